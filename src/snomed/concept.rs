//! One concept.

use super::attributes::{Attributes, RoleGroups};
use super::concept_set::ConceptSet;
use super::constants;
use super::description::{Description, DescriptionType, Descriptions};
use super::edition::Snomed;
use super::hierarchy::{Concepts, PlacedConcept};
use super::language::Dialect;
use super::paths::PathsToRoot;
use super::term::PreferredTerm;
use crate::id::Sctid;
use crate::index::format::{CONCEPT_RECORD_LENGTH, NONE_U8, NONE_U16};

/// A concept of the release, active or inactive.
///
/// A handle: `Copy`, and free to make. What it gives borrows the terminology, not the handle.
#[derive(Clone, Copy)]
pub struct Concept<'t> {
    pub(crate) snomed: Snomed<'t>,
    pub(crate) ordinal: u32,
}

impl std::fmt::Debug for Concept<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Concept({})", self.id())
    }
}

/// Two handles are equal if they are of the same concept of the same terminology.
impl PartialEq for Concept<'_> {
    fn eq(&self, other: &Concept<'_>) -> bool {
        self.ordinal == other.ordinal && self.snomed.is_same(other.snomed)
    }
}

impl Eq for Concept<'_> {}

/// Whether a concept's relationships define it sufficiently.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DefinitionStatus {
    /// Sufficiently defined.
    Defined,
    /// Primitive.
    Primitive,
    /// Another concept, as published.
    Other(Sctid),
}

/// The record of a concept, and the starts of the next one.
pub(super) struct Record<'t> {
    bytes: &'t [u8; CONCEPT_RECORD_LENGTH * 2],
}

impl Record<'_> {
    #[inline]
    fn u32(&self, at: usize) -> u32 {
        let bytes = self.bytes.get(at..).and_then(<[u8]>::first_chunk);
        bytes.map_or(0, |bytes| u32::from_le_bytes(*bytes))
    }

    #[inline]
    fn u16(&self, at: usize) -> u16 {
        let bytes = self.bytes.get(at..).and_then(<[u8]>::first_chunk);
        bytes.map_or(0, |bytes| u16::from_le_bytes(*bytes))
    }

    /// The number of its status.
    #[inline]
    pub(super) fn status_number(&self) -> usize {
        self.u16(20).into()
    }

    /// The number of its effective time.
    #[inline]
    pub(super) fn date_number(&self) -> usize {
        self.u16(22).into()
    }

    /// The row of the preferred term in a stored dialect.
    #[inline]
    pub(super) fn preferred_row(&self, dialect: usize) -> Option<u32> {
        let offset = self.bytes.get(dialect.checked_add(26)?).copied()?;
        let (start, end) = self.rows(List::Descriptions);
        let row = start.checked_add(usize::from(offset))?;
        (offset != NONE_U8 && row < end).then_some(u32::try_from(row).ok()?)
    }

    /// Where the concept's rows of one section start and end.
    #[inline]
    pub(super) fn rows(&self, list: List) -> (usize, usize) {
        let at = list as usize;
        (self.u32(at) as usize, self.u32(at + CONCEPT_RECORD_LENGTH) as usize)
    }
}

/// The lists whose starts stand in a concept's record, by their place in it.
#[derive(Clone, Copy, Debug)]
pub(super) enum List {
    Descriptions = 0,
    Parents = 4,
    Children = 8,
    Ancestors = 12,
    Attributes = 16,
}

impl<'t> Concept<'t> {
    #[inline]
    pub(super) fn record(self) -> Option<Record<'t>> {
        let at = (self.ordinal as usize).checked_mul(CONCEPT_RECORD_LENGTH)?;
        Some(Record { bytes: self.snomed.view(self.snomed.layout.concepts).array(at)? })
    }

    /// Where the concept's rows of one section start and end: always inside it, so that neither
    /// work nor memory is bounded by what a file merely says.
    #[inline]
    pub(super) fn rows(self, list: List) -> (usize, usize) {
        let (start, end) = self.record().map_or((0, 0), |record| record.rows(list));
        let layout = self.snomed.layout;
        let section = match list {
            List::Descriptions => layout.descriptions,
            List::Parents => layout.parents,
            List::Children => layout.children,
            List::Ancestors => layout.ancestors,
            List::Attributes => layout.attributes,
        };
        match start <= end && end <= section.items {
            true => (start, end),
            false => self.rows_outside(),
        }
    }

    /// No rows, and a note that the record of a file that was not verified contradicts it.
    #[cold]
    fn rows_outside(self) -> (usize, usize) {
        let at = (self.ordinal as usize).saturating_mul(CONCEPT_RECORD_LENGTH);
        self.snomed.view(self.snomed.layout.concepts).report(at, "rows outside their section");
        (0, 0)
    }

    /// Its SCTID.
    #[inline]
    pub fn id(self) -> Sctid {
        // Every ordinal below the count has an id on a verified file; the root stands in where a
        // damaged block is being found out about.
        self.snomed.id(self.ordinal).unwrap_or(constants::ROOT)
    }

    /// Whether the release has it as active.
    #[inline]
    pub fn is_active(self) -> bool {
        self.ordinal < self.snomed.layout.active
    }

    fn status(self, word: usize) -> Option<Sctid> {
        let number = usize::from(self.record()?.u16(20));
        let view = self.snomed.view(self.snomed.layout.concept_statuses);
        Sctid::as_published(view.u64(number.checked_mul(3)?.checked_add(word)?)?)
    }

    /// The module of its newest row. `None` only where the index is damaged.
    pub fn module(self) -> Option<Sctid> {
        self.status(0)
    }

    /// Whether it is sufficiently defined. `None` only where the index is damaged.
    pub fn definition_status(self) -> Option<DefinitionStatus> {
        Some(match self.status(1)? {
            constants::DEFINED => DefinitionStatus::Defined,
            constants::PRIMITIVE => DefinitionStatus::Primitive,
            other => DefinitionStatus::Other(other),
        })
    }

    /// The effective time of its newest row, as the number `YYYYMMDD`; `None` for a row that was
    /// not published yet.
    pub fn effective_time(self) -> Option<u32> {
        let number = usize::from(self.record()?.u16(22));
        self.snomed.view(self.snomed.layout.dates).u32(number).filter(|date| *date != 0)
    }

    /// The text in the last brackets of its fully specified name, `disorder` say; `None` where
    /// there is none.
    pub fn semantic_tag(self) -> Option<&'t str> {
        let number = self.record()?.u16(24);
        let section = self.snomed.layout.semantic_tags;
        let known = number != NONE_U16;
        known.then(|| self.snomed.view(section).short_text(section.items, number.into())).flatten()
    }

    /// All its descriptions, text definitions and inactive ones included: active before inactive,
    /// then fully specified names, synonyms, text definitions, then preferred before acceptable.
    #[inline]
    pub fn descriptions(self) -> Descriptions<'t> {
        Descriptions::of(self)
    }

    /// Its fully specified name: the active one, or for want of it an inactive one.
    ///
    /// ```
    /// # let golden = concat!(env!("CARGO_MANIFEST_DIR"), "/testdata/golden/1.0-tiny.farr");
    /// # let terminology = farr::Terminology::open([golden])?;
    /// # let snomed = terminology.snomed()?;
    /// let squeak = snomed.concept("401004".parse()?).ok_or("not in this release")?;
    /// let name = squeak.fully_specified_name().ok_or("no name")?;
    /// assert_eq!(name.term(), "Squeak (disorder)");
    /// assert_eq!(squeak.semantic_tag(), Some("disorder"));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[inline]
    pub fn fully_specified_name(self) -> Option<Description<'t>> {
        self.descriptions().find(|description| {
            description.description_type() == DescriptionType::FullySpecifiedName
        })
    }

    /// Whether one of its descriptions, inactive ones included, has just this term.
    pub(crate) fn has_term(self, term: &str) -> bool {
        self.descriptions().any(|description| description.term() == term)
    }

    /// Its active synonyms.
    pub fn synonyms(self) -> impl Iterator<Item = Description<'t>> {
        self.descriptions().filter(|description| {
            description.is_active() && description.description_type() == DescriptionType::Synonym
        })
    }

    /// Its active text definitions.
    pub fn text_definitions(self) -> impl Iterator<Item = Description<'t>> {
        self.descriptions().filter(|description| {
            description.is_active()
                && description.description_type() == DescriptionType::TextDefinition
        })
    }

    /// The term to show for it in a dialect, and where that was found; see [`PreferredTerm`] for
    /// what is taken where the dialect prefers none. `None` where it has no description at all.
    ///
    /// ```
    /// # let golden = concat!(env!("CARGO_MANIFEST_DIR"), "/testdata/golden/1.0-tiny.farr");
    /// # let terminology = farr::Terminology::open([golden])?;
    /// # let snomed = terminology.snomed()?;
    /// use farr::Dialect;
    /// let squeak = snomed.concept("401004".parse()?).ok_or("not in this release")?;
    /// let term = squeak.preferred_term(Dialect::GB).ok_or("no term")?;
    /// assert_eq!(term.text(), "Squeak");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[inline]
    pub fn preferred_term(self, dialect: Dialect) -> Option<PreferredTerm<'t>> {
        PreferredTerm::of(self, dialect)
    }

    /// Its parents by active is-a rows, inactive ones included where a row names one.
    ///
    /// A parent that the release does not have is among [`Concept::missing_parents`].
    ///
    /// ```
    /// # let golden = concat!(env!("CARGO_MANIFEST_DIR"), "/testdata/golden/1.0-tiny.farr");
    /// # let terminology = farr::Terminology::open([golden])?;
    /// # let snomed = terminology.snomed()?;
    /// let squeak = snomed.concept("401004".parse()?).ok_or("not in this release")?;
    /// let quibble = snomed.concept("301000".parse()?).ok_or("not in this release")?;
    /// assert!(squeak.parents().any(|parent| parent == quibble));
    /// assert!(quibble.children().any(|child| child == squeak));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[inline]
    pub fn parents(self) -> Concepts<'t> {
        Concepts::list(self.snomed, self.snomed.layout.parents, self.rows(List::Parents))
    }

    /// Ids that its is-a rows name as parents and the release does not have.
    pub fn missing_parents(self) -> impl Iterator<Item = Sctid> {
        let (start, end) = self.rows(List::Parents);
        let view = self.snomed.view(self.snomed.layout.parents);
        (start..end)
            .filter_map(move |at| view.u32(at))
            .filter(move |ordinal| *ordinal >= self.snomed.layout.concept_count)
            .filter_map(move |ordinal| self.snomed.id(ordinal))
    }

    /// Its children by active is-a rows.
    #[inline]
    pub fn children(self) -> Concepts<'t> {
        Concepts::list(self.snomed, self.snomed.layout.children, self.rows(List::Children))
    }

    /// All concepts above it, itself left out; none for an inactive concept.
    ///
    /// Reads one stored row: cost grows with the number of ancestors, about twenty.
    ///
    /// ```
    /// # let golden = concat!(env!("CARGO_MANIFEST_DIR"), "/testdata/golden/1.0-tiny.farr");
    /// # let terminology = farr::Terminology::open([golden])?;
    /// # let snomed = terminology.snomed()?;
    /// let squeak = snomed.concept("401004".parse()?).ok_or("not in this release")?;
    /// let root = snomed.root().ok_or("no root")?;
    /// assert!(squeak.ancestors().any(|ancestor| ancestor == root));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[inline]
    pub fn ancestors(self) -> Concepts<'t> {
        Concepts::list(self.snomed, self.snomed.layout.ancestors, self.rows(List::Ancestors))
    }

    /// All concepts below it, itself left out: a set with a size, made without a walk; empty for an
    /// inactive concept.
    ///
    /// ```
    /// # let golden = concat!(env!("CARGO_MANIFEST_DIR"), "/testdata/golden/1.0-tiny.farr");
    /// # let terminology = farr::Terminology::open([golden])?;
    /// # let snomed = terminology.snomed()?;
    /// let squeak = snomed.concept("401004".parse()?).ok_or("not in this release")?;
    /// let quibble = snomed.concept("301000".parse()?).ok_or("not in this release")?;
    /// let below = quibble.descendants();
    /// assert!(below.contains(squeak) && !below.contains(quibble));
    /// assert_eq!(below.len(), below.ids().count());
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[inline]
    pub fn descendants(self) -> ConceptSet<'t> {
        ConceptSet::new(self.snomed, self.snomed.below(self.ordinal, false))
    }

    /// All concepts below it, and itself.
    #[inline]
    pub fn descendants_or_self(self) -> ConceptSet<'t> {
        ConceptSet::new(self.snomed, self.snomed.below(self.ordinal, true))
    }

    /// Its attributes, by role group, type and value.
    pub fn attributes(self) -> Attributes<'t> {
        Attributes::of(self)
    }

    /// Its attributes, group by group; group 0 holds those that are not grouped.
    ///
    /// ```
    /// # let golden = concat!(env!("CARGO_MANIFEST_DIR"), "/testdata/golden/1.0-tiny.farr");
    /// # let terminology = farr::Terminology::open([golden])?;
    /// # let snomed = terminology.snomed()?;
    /// let mut attributes = 0;
    /// for concept in snomed.concepts() {
    ///     for group in concept.role_groups() {
    ///         attributes += group.attributes().filter(|one| one.group == group.number).count();
    ///     }
    /// }
    /// assert!(attributes > 0);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn role_groups(self) -> RoleGroups<'t> {
        RoleGroups::of(self)
    }

    /// The ways from it up to the root, one after the other, shortest detours not sorted.
    ///
    /// ```
    /// # let golden = concat!(env!("CARGO_MANIFEST_DIR"), "/testdata/golden/1.0-tiny.farr");
    /// # let terminology = farr::Terminology::open([golden])?;
    /// # let snomed = terminology.snomed()?;
    /// let squeak = snomed.concept("401004".parse()?).ok_or("not in this release")?;
    /// let path = squeak.paths_to_root().next().ok_or("no path")?;
    /// assert_eq!((path.first(), path.last()), (Some(&squeak), snomed.root().as_ref()));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn paths_to_root(self) -> PathsToRoot<'t> {
        PathsToRoot::from(self)
    }

    /// This concept as one whose place is known, with plain yes and no; `None` where it is inactive
    /// or not connected to the root by all its parents.
    ///
    /// ```
    /// # let golden = concat!(env!("CARGO_MANIFEST_DIR"), "/testdata/golden/1.0-tiny.farr");
    /// # let terminology = farr::Terminology::open([golden])?;
    /// # let snomed = terminology.snomed()?;
    /// let squeak = snomed.concept("401004".parse()?).ok_or("not in this release")?;
    /// let quibble = snomed.concept("301000".parse()?).ok_or("not in this release")?;
    /// let (squeak, quibble) = (squeak.placed().ok_or("?")?, quibble.placed().ok_or("?")?);
    /// assert!(squeak.is_a(quibble) && !quibble.is_a(squeak));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[inline]
    pub fn placed(self) -> Option<PlacedConcept<'t>> {
        PlacedConcept::of(self)
    }

    /// Whether it is `general`, or below it: `None` where the release does not say, because either
    /// is inactive, or this one has a parent that leads nowhere.
    ///
    /// A concept of another terminology is looked up here by its id.
    ///
    /// ```
    /// # let golden = concat!(env!("CARGO_MANIFEST_DIR"), "/testdata/golden/1.0-tiny.farr");
    /// # let terminology = farr::Terminology::open([golden])?;
    /// # let snomed = terminology.snomed()?;
    /// let squeak = snomed.concept("401004".parse()?).ok_or("not in this release")?;
    /// let quibble = snomed.concept("301000".parse()?).ok_or("not in this release")?;
    /// assert_eq!(squeak.is_a(quibble), Some(true));
    /// assert_eq!(quibble.is_a(squeak), Some(false));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn is_a(self, general: Concept<'_>) -> Option<bool> {
        let general = match self.snomed.is_same(general.snomed) {
            true => general.ordinal,
            false => self.snomed.ordinal(general.id())?,
        };
        self.snomed.is_a(self.ordinal, general)
    }
}
