//! Descriptions: the terms of a concept.

use super::concept::{Concept, List};
use super::constants;
use super::edition::{Snomed, partition_point};
use super::language::Dialect;
use crate::id::Sctid;
use crate::index::format::{CONCEPT_RECORD_LENGTH, DESCRIPTION_RECORD_LENGTH};

/// A description: a term of a concept, or its text definition.
#[derive(Clone, Copy)]
pub struct Description<'t> {
    snomed: Snomed<'t>,
    row: u32,
    record: &'t [u8; DESCRIPTION_RECORD_LENGTH],
}

impl std::fmt::Debug for Description<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Description({}, {:?})", self.id(), self.term())
    }
}

/// What kind of term a description is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DescriptionType {
    /// Fully specified name, with its semantic tag in brackets.
    FullySpecifiedName,
    /// Synonym; a preferred term is a synonym that a language refset prefers.
    Synonym,
    /// Text definition.
    TextDefinition,
    /// Another concept, as published.
    Other(Sctid),
}

/// Which characters of a term may change case.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CaseSignificance {
    /// None of them: the entire term is case sensitive.
    EntireTermCaseSensitive,
    /// The first one only.
    InitialCharacterCaseInsensitive,
    /// All of them.
    EntireTermCaseInsensitive,
    /// Another concept, as published.
    Other(Sctid),
}

/// What a language refset says of a description.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Acceptability {
    /// It is the one to use.
    Preferred,
    /// It may be used.
    Acceptable,
}

impl<'t> Description<'t> {
    #[inline]
    pub(crate) fn of_row(snomed: Snomed<'t>, row: u32) -> Option<Description<'t>> {
        let record = snomed.view(snomed.layout.descriptions).record(row as usize)?;
        Some(Description { snomed, row, record })
    }

    #[inline]
    pub(super) fn snomed(self) -> Snomed<'t> {
        self.snomed
    }

    /// Its row.
    #[inline]
    pub(crate) fn row(self) -> u32 {
        self.row
    }

    #[inline]
    fn u16(self, at: usize) -> u16 {
        let bytes = self.record.get(at..).and_then(<[u8]>::first_chunk);
        bytes.map_or(0, |bytes| u16::from_le_bytes(*bytes))
    }

    /// A number of its record.
    #[inline]
    pub(super) fn number(self, at: usize) -> usize {
        self.u16(at).into()
    }

    /// Its SCTID.
    #[inline]
    pub fn id(self) -> Sctid {
        let bytes = self.record.first_chunk().map_or(0, |bytes| u64::from_le_bytes(*bytes));
        Sctid::as_published(bytes).unwrap_or(constants::ROOT)
    }

    /// Its term, as published.
    #[inline]
    pub fn term(self) -> &'t str {
        let start = self.record.get(8..).and_then(<[u8]>::first_chunk);
        let start = start.map_or(0, |bytes| u32::from_le_bytes(*bytes)) as usize;
        let length = usize::from(self.u16(12));
        self.snomed.view(self.snomed.layout.text).text(start, length).unwrap_or_default()
    }

    #[inline]
    fn kind(self) -> Option<&'t [u8; 40]> {
        self.snomed.view(self.snomed.layout.description_kinds).record(usize::from(self.u16(14)))
    }

    #[inline]
    fn kind_id(self, word: usize) -> Option<Sctid> {
        let (words, _) = self.kind()?.as_chunks::<8>();
        Sctid::as_published(u64::from_le_bytes(*words.get(word)?))
    }

    /// Whether the release has it as active. The descriptions of an inactive concept usually stay
    /// active, so that old records can be shown.
    #[inline]
    pub fn is_active(self) -> bool {
        self.kind().is_some_and(|kind| kind.get(24) == Some(&1))
    }

    /// What kind of term it is.
    #[inline]
    pub fn description_type(self) -> DescriptionType {
        match self.kind_id(1) {
            Some(constants::FULLY_SPECIFIED_NAME) => DescriptionType::FullySpecifiedName,
            Some(constants::SYNONYM) => DescriptionType::Synonym,
            Some(constants::TEXT_DEFINITION) => DescriptionType::TextDefinition,
            other => DescriptionType::Other(other.unwrap_or(constants::ROOT)),
        }
    }

    /// Which characters of the term may change case.
    pub fn case_significance(self) -> CaseSignificance {
        match self.kind_id(2) {
            Some(constants::ENTIRE_TERM_CASE_SENSITIVE) => {
                CaseSignificance::EntireTermCaseSensitive
            }
            Some(constants::INITIAL_CHARACTER_CASE_INSENSITIVE) => {
                CaseSignificance::InitialCharacterCaseInsensitive
            }
            Some(constants::ENTIRE_TERM_CASE_INSENSITIVE) => {
                CaseSignificance::EntireTermCaseInsensitive
            }
            other => CaseSignificance::Other(other.unwrap_or(constants::ROOT)),
        }
    }

    /// Its language code, `en` say.
    pub fn language(self) -> &'t str {
        let code = self.kind().and_then(|kind| kind.get(32..)).unwrap_or_default();
        let end = code.iter().position(|byte| *byte == 0).unwrap_or(code.len());
        code.get(..end).and_then(|code| std::str::from_utf8(code).ok()).unwrap_or_default()
    }

    /// The module of its newest row. `None` only where the index is damaged.
    pub fn module(self) -> Option<Sctid> {
        self.kind_id(0)
    }

    /// The effective time of its newest row, `YYYYMMDD`; `None` for a row not published yet.
    pub fn effective_time(self) -> Option<u32> {
        let date = self.snomed.view(self.snomed.layout.dates).u32(usize::from(self.u16(16)));
        date.filter(|date| *date != 0)
    }

    /// What each language refset says of it: its active language rows.
    #[inline]
    pub fn acceptabilities(self) -> impl Iterator<Item = (Sctid, Acceptability)> + use<'t> {
        self.snomed.acceptability_pattern(self.number(18))
    }

    /// What a dialect says of it: the word of its first refset that has one; `None` where none has.
    pub fn acceptability(self, dialect: Dialect) -> Option<Acceptability> {
        self.acceptabilities()
            .filter_map(|(refset, acceptability)| Some((dialect.place(refset)?, acceptability)))
            .min_by_key(|(place, _)| *place)
            .map(|(_, acceptability)| acceptability)
    }

    /// The first refset of a dialect that prefers it.
    pub(super) fn preferred_in(self, dialect: Dialect) -> Option<Sctid> {
        self.acceptabilities()
            .filter(|(_, acceptability)| *acceptability == Acceptability::Preferred)
            .filter_map(|(refset, _)| Some((dialect.place(refset)?, refset)))
            .min_by_key(|(place, _)| *place)
            .map(|(_, refset)| refset)
    }

    fn concept_ordinal(self) -> Option<u32> {
        let view = self.snomed.view(self.snomed.layout.concepts);
        let starts_by = |ordinal: usize| {
            let record = view.record::<CONCEPT_RECORD_LENGTH>(ordinal);
            let start = record.and_then(|record| record.first_chunk());
            start.is_some_and(|start| u32::from_le_bytes(*start) <= self.row)
        };
        // The first concept that starts beyond this row; the one before it has the row.
        let beyond = partition_point(0, self.snomed.layout.total as usize, starts_by);
        u32::try_from(beyond.checked_sub(1)?).ok()
    }

    /// Its concept; `None` where the release does not have it.
    ///
    /// Found by a search among the concepts, well under a microsecond.
    pub fn concept(self) -> Option<Concept<'t>> {
        let ordinal = self.concept_ordinal()?;
        let known = ordinal < self.snomed.layout.concept_count;
        known.then_some(Concept { snomed: self.snomed, ordinal })
    }

    /// The id of its concept, also where the release does not have that concept.
    pub fn concept_id(self) -> Option<Sctid> {
        self.snomed.id(self.concept_ordinal()?)
    }
}

/// The descriptions of a concept.
#[derive(Clone, Copy, Debug)]
pub struct Descriptions<'t> {
    snomed: Snomed<'t>,
    next: usize,
    end: usize,
}

impl<'t> Descriptions<'t> {
    #[inline]
    pub(super) fn of(concept: Concept<'t>) -> Descriptions<'t> {
        let (next, end) = concept.rows(List::Descriptions);
        Descriptions { snomed: concept.snomed, next, end: end.max(next) }
    }
}

impl<'t> Iterator for Descriptions<'t> {
    type Item = Description<'t>;

    #[inline]
    fn next(&mut self) -> Option<Description<'t>> {
        if self.next >= self.end {
            return None;
        }
        let description = Description::of_row(self.snomed, u32::try_from(self.next).ok()?)?;
        self.next += 1;
        Some(description)
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        let left = self.end.saturating_sub(self.next);
        (left, Some(left))
    }
}

impl ExactSizeIterator for Descriptions<'_> {}
