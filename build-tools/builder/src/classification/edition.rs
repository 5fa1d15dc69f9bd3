//! A classification as its files say it, before it is put in order.

use farr::classification::{CodeSystem, TextKind};
use farr::id::DaggerAsterisk;
use farr::index::{SetAside, SourceFile};

/// One edition of a classification, from one file or from several that say the same.
#[derive(Debug)]
pub(crate) struct Edition {
    pub(crate) system: CodeSystem,
    /// What its source calls it, where it does.
    pub(crate) title: Option<String>,
    /// The version that its source or the names of its files say.
    pub(crate) version: Option<String>,
    /// The day from which it is valid, `YYYYMMDD`, where its source or the names of its files say.
    pub(crate) date: Option<u32>,
    /// Its rubrics in the order of the source; none twice by code.
    pub(crate) classes: Vec<Class>,
    pub(crate) sources: Vec<SourceFile>,
    pub(crate) set_aside: Vec<SetAside>,
}

/// A rubric, as its source has it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Class {
    pub(crate) kind: ClassKind,
    /// The code: of a chapter as published (`IX`, `9`), of a block as a range (`A00-A09`), of a code
    /// with its point (`E11.9`, `M45.X0`), without marks.
    pub(crate) code: String,
    /// The code of the rubric above, where the source says which; what it does not say is found from
    /// the code.
    pub(crate) parent: Option<String>,
    /// What it is by itself; a dagger or an asterisk that stands at a reference is the reference's.
    pub(crate) usage: Option<DaggerAsterisk>,
    /// Whether modifiers made it: its source has no rubric of its own for it.
    pub(crate) is_modified: bool,
    /// Whether it may be coded with, where the source says so outright (the flag of the order file of
    /// ICD-10-CM).
    pub(crate) is_valid: Option<bool>,
    /// GENDER_MASK, MIN_AGE and MAX_AGE, as numbers.
    pub(crate) gender_mask: Option<u8>,
    pub(crate) minimum_age: Option<u16>,
    pub(crate) maximum_age: Option<u16>,
    /// Its texts in the order of the source; the title is the first.
    pub(crate) texts: Vec<ClassText>,
    /// Where it stands, for what is said about it: a file (as in problems and notes) and a line.
    pub(crate) file: std::sync::Arc<str>,
    pub(crate) line: u64,
}

#[cfg(test)]
impl Class {
    /// A class of a test: nothing is said of it but this.
    pub(crate) fn bare(kind: ClassKind, code: &str, parent: Option<&str>) -> Class {
        Class {
            kind,
            code: code.into(),
            parent: parent.map(str::to_owned),
            usage: None,
            is_modified: false,
            is_valid: None,
            gender_mask: None,
            minimum_age: None,
            maximum_age: None,
            texts: Vec::new(),
            file: "test".into(),
            line: 1,
        }
    }
}

/// What a rubric is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum ClassKind {
    Chapter,
    Block,
    /// A category or any subdivision of one.
    Code,
}

/// A text of a rubric.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct ClassText {
    pub(crate) kind: TextKind,
    pub(crate) text: String,
    /// The codes that it refers to, in its order.
    pub(crate) references: Vec<Reference>,
}

/// A reference from a text to a code or a range of codes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Reference {
    /// As published, without the mark: `G30.-`, `A00-A09`, `E14`.
    pub(crate) code: String,
    /// The mark it stands with.
    pub(crate) usage: Option<DaggerAsterisk>,
    /// Whether the partner of a dual classification: it stands in brackets, or in QUALIFIERS.
    pub(crate) is_partner: bool,
}
