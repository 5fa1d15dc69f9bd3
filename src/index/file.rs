//! One opened index file.

use std::io::Read as _;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use memmap2::Mmap;

use super::error::{Corrupt, OpenError};
use super::format::{self, ClassificationTags, MUST_UNDERSTAND, SECTION_VERSION, Tag};
use super::guard::{self, Guard};
use super::header::{Header, HeaderError, SectionEntry};
use super::meta::Meta;
use super::options::{OpenOptions, Verification};
use super::parts::{AtOnce, one_by_one};
use super::plain_file;
use super::view::{Section, Source};

/// The sections that this library knows.
const KNOWN: &[Tag] = &[
    format::META,
    format::CONCEPT_IDS,
    format::CONCEPT_BUCKETS,
    format::CONCEPTS,
    format::CONCEPT_STATUSES,
    format::DATES,
    format::SEMANTIC_TAGS,
    format::DESCENDANTS,
    format::INTERVALS,
    format::PARENTS,
    format::CHILDREN,
    format::NON_LEAVES,
    format::ANCESTORS,
    format::ATTRIBUTES,
    format::ATTRIBUTE_KINDS,
    format::CONCRETE_VALUES,
    format::KIND_INDEX,
    format::ATTRIBUTE_VALUES,
    format::ATTRIBUTE_POSTINGS,
    format::KIND_SOURCES,
    format::DESCRIPTIONS,
    format::DESCRIPTION_KINDS,
    format::LANGUAGE_REFSETS,
    format::ACCEPTABILITIES,
    format::TEXT,
    format::DESCRIPTION_ORDER,
    format::DESCRIPTION_SAMPLE,
    format::RANKS,
    format::RANK_ZONES,
    format::WORDS,
    format::WORD_POSTINGS,
    format::PREFIX_POSTINGS,
    format::POSTINGS,
    format::REFSETS,
    format::REFSET_PARTS,
    format::REFSET_CONCEPTS,
    format::CONCEPT_REFSETS,
    format::REFSET_TABLES,
    format::REFSET_COLUMNS,
    format::COLUMN_NAMES,
    format::COLUMN_VALUES,
    format::COLUMN_DICTIONARIES,
    format::VALUE_ORDER,
    format::PARAMETER_STARTS,
    format::PARAMETERS,
    format::MEMBER_TEXTS,
    format::MEMBER_IDS,
    format::UNUSUAL_MEMBERS,
    format::UNUSUAL_MEMBER_IDS,
    format::REFERENCED_COMPONENTS,
    format::MEMBER_STATUS,
    format::MEMBER_STATUSES,
    format::OTHER_COMPONENTS,
    format::ASSOCIATIONS,
    format::INVERSE_ASSOCIATIONS,
    format::ALTERNATE_IDENTIFIERS,
    format::ALTERNATE_IDENTIFIER_ORDER,
    format::SUBSTITUTIONS,
    format::SUBSTITUTION_PATHS,
    format::QUERY_TABLE,
    format::DMD_TABLES,
    format::DMD_ROWS,
    format::DMD_TEXT,
    format::DMD_MISSING,
    format::DMD_LISTS,
    format::DMD_BUCKETS,
    format::GTIN_BUCKETS,
    format::DMD_PREVIOUS,
    format::DMD_CURRENT,
    format::DMD_RANKS,
    format::DMD_RANK_ZONES,
    format::DMD_WORDS,
    format::DMD_WORD_POSTINGS,
    format::DMD_PREFIX_POSTINGS,
    format::DMD_POSTINGS,
];

/// Whether this library knows a section: its tag, and the layout it is in.
fn is_known(section: &SectionEntry) -> bool {
    let tag = section.tag;
    section.version == SECTION_VERSION
        && (KNOWN.contains(&tag)
            || ClassificationTags::ALL.iter().any(|tags| tags.all().contains(&tag)))
}

/// The tags of all sections that this library knows, those of the classifications last.
pub fn known_sections() -> impl Iterator<Item = Tag> {
    let classified = ClassificationTags::ALL.into_iter().flat_map(ClassificationTags::all);
    KNOWN.iter().copied().chain(classified)
}

/// The bytes of a file, in memory of our own or mapped.
#[derive(Debug)]
pub(super) enum Bytes {
    Owned(Vec<u8>),
    Mapped(Mmap),
}

impl Bytes {
    fn as_slice(&self) -> &[u8] {
        match self {
            Bytes::Owned(bytes) => bytes,
            Bytes::Mapped(map) => map,
        }
    }
}

/// Who made a file that is refused, where its META section is known and sound.
fn builder(file: &[u8], header: &Header, sections: &[SectionEntry]) -> Option<String> {
    let entry = sections.iter().find(|entry| entry.tag == format::META && is_known(entry))?;
    let guard = Guard::new(header.checksums_at(), sections.to_vec());
    let view = Source::new(file, Some(&guard)).view(Section::from(entry));
    let builder = Meta::from_text(view.text(0, view.len())?).builder;
    (!builder.is_empty()).then_some(builder)
}

/// A section of an opened file, for `farr info` and whoever asks what an index costs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SectionInfo {
    /// Its name.
    pub tag: Tag,
    /// Its length in bytes.
    pub bytes: u64,
    /// How many records it holds.
    pub items: u64,
}

/// One opened index file: its header and section table, checked; its sections, read through views.
#[derive(Debug)]
pub struct IndexFile {
    path: PathBuf,
    bytes: Bytes,
    header: Header,
    sections: Vec<SectionEntry>,
    /// Present where blocks are verified on first use.
    guard: Option<Guard>,
    /// The outcome of verifying all blocks.
    blocks: OnceLock<Result<(), Corrupt>>,
}

impl IndexFile {
    /// Reads a whole file into memory.
    pub(crate) fn read(path: &Path, options: OpenOptions) -> Result<IndexFile, OpenError> {
        let io = |source| OpenError::Io { file: path.to_owned(), source };
        let mut file = plain_file::open(path).map_err(io)?;
        let length = file.metadata().map_err(io)?.len();
        let mut bytes = Vec::new();
        // All of it at once where that many bytes can be had; otherwise reading says that they cannot.
        let _ = bytes.try_reserve_exact(usize::try_from(length).unwrap_or_default());
        file.read_to_end(&mut bytes).map_err(io)?;
        IndexFile::new(path.to_owned(), Bytes::Owned(bytes), options)
    }

    /// Takes bytes that are already in memory.
    pub(crate) fn from_bytes(bytes: Vec<u8>, options: OpenOptions) -> Result<IndexFile, OpenError> {
        IndexFile::new(PathBuf::from("(memory)"), Bytes::Owned(bytes), options)
    }

    pub(super) fn new(
        path: PathBuf,
        bytes: Bytes,
        options: OpenOptions,
    ) -> Result<IndexFile, OpenError> {
        let file = bytes.as_slice();
        let damaged = |corrupt| OpenError::Corrupt { file: path.clone(), corrupt };
        let header = Header::read(file).map_err(|error| match error {
            HeaderError::NotAnIndex => OpenError::NotAnIndex { file: path.clone() },
            HeaderError::Version { found } => {
                OpenError::Version { file: path.clone(), found, supported: format::MAJOR }
            }
            HeaderError::Corrupt(corrupt) => damaged(corrupt),
        })?;
        let sections = header.read_sections(file).map_err(damaged)?;
        if let Some(unknown) = sections
            .iter()
            .find(|section| section.flags & MUST_UNDERSTAND != 0 && !is_known(section))
        {
            return Err(OpenError::UnknownSection {
                file: path.clone(),
                found: header.version,
                tag: unknown.tag,
                layout: unknown.version,
                builder: builder(file, &header, &sections),
            });
        }
        let guard = match options.verification {
            Verification::Full => None,
            Verification::FirstUse => Some(Guard::new(header.checksums_at(), sections.clone())),
        };
        let blocks = OnceLock::new();
        let opened = IndexFile { path, bytes, header, sections, guard, blocks };
        if options.verification == Verification::Full {
            opened.verify_blocks()?;
        }
        Ok(opened)
    }

    /// Where the file lies, or `(memory)`.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Its header.
    pub fn header(&self) -> &Header {
        &self.header
    }

    /// Its sections, in the order of the file.
    pub fn sections(&self) -> impl ExactSizeIterator<Item = SectionInfo> {
        self.sections.iter().map(|section| SectionInfo {
            tag: section.tag,
            bytes: section.length,
            items: section.items,
        })
    }

    /// What it says of itself.
    ///
    /// # Errors
    ///
    /// [`OpenError::Corrupt`] where that section is missing, damaged or not text.
    pub fn meta(&self) -> Result<Meta, OpenError> {
        let corrupt = |what| self.corrupt(guard::locate(&self.sections, 0, what));
        let section =
            self.section(format::META).ok_or_else(|| corrupt("there is no META section"))?;
        let view = self.source().view(section);
        match view.text(0, view.len()) {
            Some(text) => Ok(Meta::from_text(text)),
            None => Err(self.damage().map_or_else(
                || corrupt("the META section is not UTF-8"),
                |damage| self.corrupt(damage),
            )),
        }
    }

    /// Verifies every block, once; a second call returns what the first one found.
    pub(crate) fn verify_blocks(&self) -> Result<(), OpenError> {
        self.verify_blocks_at_once(&one_by_one)
    }

    /// [`IndexFile::verify_blocks`] in parts.
    pub(crate) fn verify_blocks_at_once(&self, at_once: AtOnce<'_>) -> Result<(), OpenError> {
        let (bytes, data_end) = (self.bytes.as_slice(), self.header.checksums_at());
        self.blocks
            .get_or_init(|| guard::check_all(bytes, data_end, &self.sections, at_once))
            .map_err(|corrupt| self.corrupt(corrupt))
    }

    pub(crate) fn corrupt(&self, corrupt: Corrupt) -> OpenError {
        OpenError::Corrupt { file: self.path.clone(), corrupt }
    }

    /// The first damage met by reads on first use.
    pub(crate) fn damage(&self) -> Option<Corrupt> {
        self.guard.as_ref().and_then(Guard::damage)
    }

    pub(crate) fn section(&self, tag: Tag) -> Option<Section> {
        // Of a layout that is not known the section is as one that is not known: it is passed over.
        let of_tag = |section: &&SectionEntry| section.tag == tag && is_known(section);
        self.sections.iter().find(of_tag).map(Section::from)
    }

    /// An error: what is amiss with a section as a whole.
    pub(crate) fn corrupt_section(&self, tag: Tag, what: &'static str) -> OpenError {
        let at = self.section(tag).map_or(0, |section| section.start);
        self.corrupt(Corrupt { section: Some(tag), what, at: at as u64 })
    }

    /// A section that has to be there.
    pub(crate) fn needed(&self, tag: Tag) -> Result<Section, OpenError> {
        self.section(tag).ok_or_else(|| self.corrupt_section(tag, "the section is missing"))
    }

    /// A section of records of one length that has to be there: as long as its items say, and so many
    /// further records.
    pub(crate) fn records(
        &self,
        tag: Tag,
        length: usize,
        further: usize,
    ) -> Result<Section, OpenError> {
        let section = self.needed(tag)?;
        let records = section.items.checked_add(further).and_then(|n| n.checked_mul(length));
        match records == Some(section.length) {
            true => Ok(section),
            false => Err(self.corrupt_section(tag, "the section is not as long as its items")),
        }
    }

    /// All bytes of the file.
    #[cfg(feature = "signed")]
    pub(crate) fn as_bytes(&self) -> &[u8] {
        self.bytes.as_slice()
    }

    /// The bytes, each block verified on first use where the file was opened so.
    pub(crate) fn source(&self) -> Source<'_> {
        Source::new(self.bytes.as_slice(), self.guard.as_ref())
    }

    /// The bytes, without checksums: after [`IndexFile::verify_blocks`].
    pub(crate) fn verified_source(&self) -> Source<'_> {
        Source::new(self.bytes.as_slice(), None)
    }
}
