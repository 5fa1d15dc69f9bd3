//! Classifications: ICD-10, ICD-10-CM and OPCS-4 have the same sections, whose tags
//! [`ClassificationTags`] makes. *Rubric numbers* number the rubrics in preorder of their tree: a
//! rubric, then what is below it. Chapters and blocks stand in the order of their source, codes
//! beside each other by their keys (`farr::classification::RubricCode::key`).

use super::Tag;

/// The tags of the sections of one classification.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ClassificationTags {
    /// A record of [`RUBRIC_LENGTH`] bytes a rubric, and one past the end of which only the first
    /// text counts.
    ///
    /// `u64` key of its code (0 for a chapter or block), `u32` the rubric above
    /// ([`NONE_RUBRIC`] for none), `u32` one past the last rubric below, `u32` first text in
    /// [`ClassificationTags::texts`], `u32` start of its code in [`ClassificationTags::strings`], `u8`
    /// length of that, `u8` kind (0 chapter, 1 block, 2 code), `u8` flags, `u8` zero, `u16` and `u16`
    /// least and greatest age as published ([`NONE_U16`](super::NONE_U16) for none).
    ///
    /// Flags: [`RUBRIC_MODIFIED`]; from bit 1 its mark (0 none, 1 dagger, 2 asterisk); from bit 3
    /// whether it may be coded with (0 not said, 1 yes, 2 no); from bit 5 the sex it is limited to (0
    /// not said, 1 any, 2 female, 3 male, 4 said in a way that is not understood).
    pub rubrics: Tag,
    /// Key of a code to its rubric: [buckets](crate::index::bucket).
    pub buckets: Tag,
    /// The rubrics of codes (`u32`), ascending by key.
    pub order: Tag,
    /// The texts, [`RUBRIC_TEXT_LENGTH`] bytes each, by rubric, and one past the end of which only
    /// the first reference counts: `u32` start in [`ClassificationTags::strings`], `u32` length in
    /// the low 24 bits and kind above (`farr::classification::TextKind::number`), `u32` first
    /// reference in [`ClassificationTags::references`].
    pub texts: Tag,
    /// The codes that texts refer to, [`RUBRIC_REFERENCE_LENGTH`] bytes each, by text: `u32` start
    /// and `u16` length in [`ClassificationTags::strings`], `u8` mark (0 none, 1 dagger, 2 asterisk),
    /// `u8` 1 for a partner of a dual classification.
    pub references: Tag,
    /// Codes, texts and references: UTF-8.
    pub strings: Tag,
    /// The texts that are searched by rank, as [`RANKS`](super::RANKS): `u32` text, `u32` rubric.
    pub ranks: Tag,
    /// As [`RANK_ZONES`](super::RANK_ZONES); all are in the first.
    pub zones: Tag,
    /// As [`WORDS`](super::WORDS).
    pub words: Tag,
    /// As [`WORD_POSTINGS`](super::WORD_POSTINGS).
    pub word_postings: Tag,
    /// As [`PREFIX_POSTINGS`](super::PREFIX_POSTINGS).
    pub prefix_postings: Tag,
    /// As [`POSTINGS`](super::POSTINGS).
    pub postings: Tag,
}

impl ClassificationTags {
    /// The sections of ICD-10: their tags begin with `I`.
    pub const ICD_10: ClassificationTags = ClassificationTags::with(b'I');
    /// The sections of ICD-10-CM: their tags begin with `M`.
    pub const ICD_10_CM: ClassificationTags = ClassificationTags::with(b'M');
    /// The sections of OPCS-4: their tags begin with `O`.
    pub const OPCS_4: ClassificationTags = ClassificationTags::with(b'O');

    /// Those of all classifications.
    pub const ALL: [ClassificationTags; 3] =
        [ClassificationTags::ICD_10, ClassificationTags::ICD_10_CM, ClassificationTags::OPCS_4];

    const fn with(letter: u8) -> ClassificationTags {
        ClassificationTags {
            rubrics: Tag([letter, b'R', b'U', b'B']),
            buckets: Tag([letter, b'B', b'K', b'T']),
            order: Tag([letter, b'O', b'R', b'D']),
            texts: Tag([letter, b'T', b'X', b'R']),
            references: Tag([letter, b'R', b'E', b'F']),
            strings: Tag([letter, b'S', b'T', b'R']),
            ranks: Tag([letter, b'R', b'N', b'K']),
            zones: Tag([letter, b'Z', b'O', b'N']),
            words: Tag([letter, b'W', b'R', b'D']),
            word_postings: Tag([letter, b'W', b'P', b'S']),
            prefix_postings: Tag([letter, b'P', b'P', b'S']),
            postings: Tag([letter, b'P', b'S', b'T']),
        }
    }

    /// All tags, in the order of the file.
    pub const fn all(self) -> [Tag; 12] {
        [
            self.rubrics,
            self.buckets,
            self.order,
            self.texts,
            self.references,
            self.ranks,
            self.zones,
            self.words,
            self.word_postings,
            self.prefix_postings,
            self.postings,
            self.strings,
        ]
    }

    /// The tags of term search, in the order of [`RANKS`](super::RANKS) and those after it.
    pub const fn search(self) -> [Tag; 6] {
        [
            self.ranks,
            self.zones,
            self.words,
            self.word_postings,
            self.prefix_postings,
            self.postings,
        ]
    }
}

/// Length of a record of [`ClassificationTags::rubrics`].
pub const RUBRIC_LENGTH: usize = 32;
/// Length of a record of [`ClassificationTags::texts`].
pub const RUBRIC_TEXT_LENGTH: usize = 12;
/// Length of a record of [`ClassificationTags::references`].
pub const RUBRIC_REFERENCE_LENGTH: usize = 8;
/// No rubric.
pub const NONE_RUBRIC: u32 = u32::MAX;
/// Rubric flag: modifiers made it, its source has no rubric of its own for it.
pub const RUBRIC_MODIFIED: u8 = 1;
