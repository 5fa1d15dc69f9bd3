//! From the value of an attribute back to the concepts that have it.

use super::concrete::ConcreteValue;
use super::constants;
use super::edition::{Snomed, partition_point};
use crate::id::Sctid;
use crate::index::format::{CONCRETE, KIND_INDEX_RECORD_LENGTH, NO_ORDINAL};

/// The attributes of one kind, by value.
#[derive(Clone, Copy, Debug)]
pub(crate) struct KindIndex<'t> {
    snomed: Snomed<'t>,
    /// Its values, in the section of values.
    values: (usize, usize),
    sources: (usize, usize),
}

/// An attribute as it leads back: source and role group.
pub(crate) type Posting = [u8; 8];

/// The source of a posting.
#[inline]
pub(crate) fn source(posting: &Posting) -> u32 {
    let [a, b, c, d, ..] = *posting;
    u32::from_le_bytes([a, b, c, d])
}

/// The role group of a posting.
#[inline]
pub(crate) fn role_group(posting: &Posting) -> u32 {
    let [.., a, b, c, d] = *posting;
    u32::from_le_bytes([a, b, c, d])
}

impl<'t> Snomed<'t> {
    /// How many kinds of attribute there are.
    pub(crate) fn kind_count(self) -> u16 {
        u16::try_from(self.layout.attribute_kinds.items).unwrap_or(u16::MAX)
    }

    /// Number `place` of a record of the index of kinds.
    fn kind_number(self, kind: usize, place: usize) -> Option<u32> {
        let at = kind.checked_mul(KIND_INDEX_RECORD_LENGTH / 4)?.checked_add(place)?;
        self.view(self.layout.kind_index).u32(at)
    }

    /// The concept that is the type of a kind; `None` where the release does not have it.
    #[inline]
    pub(crate) fn kind_type(self, kind: u16) -> Option<u32> {
        self.kind_number(kind.into(), 2).filter(|ordinal| *ordinal != NO_ORDINAL)
    }

    /// Whether attributes of a kind define their concepts: additional and qualifying ones do not.
    pub(crate) fn is_defining(self, kind: u16) -> bool {
        let kinds = self.view(self.layout.attribute_kinds);
        let at = usize::from(kind).saturating_mul(2).saturating_add(1);
        let characteristic = kinds.u64(at).and_then(Sctid::as_published);
        characteristic != Some(constants::ADDITIONAL)
            && characteristic != Some(constants::QUALIFYING)
    }

    /// How many role groups all concepts have together.
    pub(crate) fn role_group_count(self) -> u32 {
        let total = self.kind_number(self.layout.kind_index.items, 2).unwrap_or(0);
        // There are not more of them than attributes, whatever a file says.
        total.min(self.layout.attributes.items as u32)
    }

    pub(crate) fn kind_index(self, kind: u16) -> KindIndex<'t> {
        let range = |place| {
            let start = self.kind_number(kind.into(), place)?;
            let end = self.kind_number(usize::from(kind).checked_add(1)?, place)?;
            (start <= end).then_some((start as usize, end as usize))
        };
        KindIndex {
            snomed: self,
            values: range(0).unwrap_or_default(),
            sources: range(1).unwrap_or_default(),
        }
    }

    /// The first of the concrete values that is not `before`, which all that come first are.
    pub(crate) fn concrete_point(self, before: impl Fn(ConcreteValue<'t>) -> bool) -> u32 {
        let section = self.layout.concrete_values;
        let view = self.view(section);
        partition_point(0, section.items, |at| {
            let text = view.short_text(section.items, at);
            text.and_then(ConcreteValue::from_published).is_some_and(&before)
        }) as u32
    }

    /// How many distinct concrete values there are.
    pub(crate) fn concrete_count(self) -> u32 {
        self.layout.concrete_values.items as u32
    }

    /// A concrete value by number.
    pub(crate) fn concrete_value(self, number: u32) -> Option<ConcreteValue<'t>> {
        let section = self.layout.concrete_values;
        let text = self.view(section).short_text(section.items, number as usize)?;
        ConcreteValue::from_published(text)
    }
}

impl<'t> KindIndex<'t> {
    fn word(&self, entry: usize, place: usize) -> Option<u32> {
        let view = self.snomed.view(self.snomed.layout.attribute_values);
        view.u32(entry.checked_mul(2)?.checked_add(place)?)
    }

    /// The first of its values that is `value` or more.
    #[inline]
    fn value_from(&self, value: u32) -> usize {
        let (start, end) = self.values;
        partition_point(start, end, |at| self.word(at, 0).is_some_and(|found| found < value))
    }

    fn postings_between(&self, from: usize, to: usize) -> &'t [Posting] {
        let view = self.snomed.view(self.snomed.layout.attribute_postings);
        let bounds = self.word(from, 1).zip(self.word(to, 1));
        let found = bounds.and_then(|(start, end)| view.records(start as usize, end as usize));
        found.unwrap_or_default()
    }

    /// The attributes whose value lies in `start .. end`: those of each value behind those of the
    /// one before.
    #[inline]
    pub(crate) fn postings(&self, start: u32, end: u32) -> &'t [Posting] {
        let from = self.value_from(start);
        if from >= self.values.1 || self.word(from, 0).is_none_or(|value| value >= end) {
            return &[];
        }
        let to = match end == start.saturating_add(1) {
            true => from.saturating_add(1).min(self.values.1),
            false => self.value_from(end),
        };
        self.postings_between(from, to)
    }

    /// All its attributes.
    pub(crate) fn all(&self) -> &'t [Posting] {
        self.postings_between(self.values.0, self.values.1)
    }

    /// How many distinct values it has.
    pub(crate) fn value_count(&self) -> usize {
        self.values.1.saturating_sub(self.values.0)
    }

    /// The concepts that have attributes of this kind, ascending.
    pub(crate) fn sources(&self) -> &'t [[u8; 4]] {
        let view = self.snomed.view(self.snomed.layout.kind_sources);
        view.records(self.sources.0, self.sources.1).unwrap_or_default()
    }

    /// Its values that are concepts within `start .. end`, each with its attributes.
    pub(crate) fn values(
        self,
        start: u32,
        end: u32,
    ) -> impl Iterator<Item = (u32, &'t [Posting])> + use<'t> {
        let end = end.min(self.snomed.layout.concept_count).min(CONCRETE);
        let first = self.value_from(start);
        (first..self.values.1).map_while(move |at| {
            let value = self.word(at, 0).filter(|value| *value < end)?;
            Some((value, self.postings_between(at, at.saturating_add(1))))
        })
    }
}
