//! The distinct columns of rows, by number: what a filter asks once, not of every row.

use super::concept::{Concept, List};
use super::concept_set::OrdinalSet;
use super::description::{Acceptability, Description};
use super::edition::Snomed;
use super::refset::Column;
use crate::id::Sctid;
use crate::index::format::ASSOCIATION_LENGTH;

/// The columns that few combinations of exist among descriptions.
#[derive(Clone, Copy, Debug)]
pub(crate) struct DescriptionKind<'t> {
    pub(crate) module: Sctid,
    pub(crate) type_id: Sctid,
    pub(crate) active: bool,
    pub(crate) language: &'t str,
}

impl<'t> Snomed<'t> {
    pub(crate) fn concept_status_count(self) -> usize {
        self.layout.concept_statuses.items
    }

    /// Module, definition status and active of an entry.
    pub(crate) fn concept_status(self, number: usize) -> Option<(Sctid, Sctid, bool)> {
        let view = self.view(self.layout.concept_statuses);
        let word = |place: usize| view.u64(number.checked_mul(3)?.checked_add(place)?);
        let id = |place| word(place).and_then(Sctid::as_published);
        Some((id(0)?, id(1)?, word(2)? == 1))
    }

    pub(crate) fn date_count(self) -> usize {
        self.layout.dates.items
    }

    /// An effective time; `None` for a blank one.
    pub(crate) fn date(self, number: usize) -> Option<u32> {
        self.view(self.layout.dates).u32(number).filter(|date| *date != 0)
    }

    pub(crate) fn description_kind_count(self) -> usize {
        self.layout.description_kinds.items
    }

    pub(crate) fn description_kind(self, number: usize) -> Option<DescriptionKind<'t>> {
        let record = self.view(self.layout.description_kinds).record::<40>(number)?;
        let (words, _) = record.as_chunks::<8>();
        let word = |place: usize| words.get(place).map(|word| u64::from_le_bytes(*word));
        let code = words.get(4)?;
        let end = code.iter().position(|byte| *byte == 0).unwrap_or(code.len());
        Some(DescriptionKind {
            module: word(0).and_then(Sctid::as_published)?,
            type_id: word(1).and_then(Sctid::as_published)?,
            active: word(3)? == 1,
            language: std::str::from_utf8(code.get(..end)?).ok()?,
        })
    }

    pub(crate) fn acceptability_pattern_count(self) -> usize {
        self.layout.acceptabilities.items
    }

    /// What the language refsets of a pattern say.
    pub(crate) fn acceptability_pattern(
        self,
        pattern: usize,
    ) -> impl Iterator<Item = (Sctid, Acceptability)> + use<'t> {
        let section = self.layout.acceptabilities;
        let view = self.view(section);
        let known = pattern < section.items;
        let start = view.u32(pattern).filter(|_| known).unwrap_or(0) as usize;
        let end = view.u32(pattern.saturating_add(1)).filter(|_| known).unwrap_or(0) as usize;
        let entries = section.items.saturating_add(1);
        let refsets = self.view(self.layout.language_refsets);
        (start..end).map_while(move |at| {
            let (numbers, _) = view.record::<4>(entries.checked_add(at)?)?.as_chunks::<2>();
            let refset = u16::from_le_bytes(*numbers.first()?);
            let refset = Sctid::as_published(refsets.u64(usize::from(refset))?)?;
            let acceptability = match u16::from_le_bytes(*numbers.get(1)?) {
                1 => Acceptability::Preferred,
                _ => Acceptability::Acceptable,
            };
            Some((refset, acceptability))
        })
    }

    /// The refsets that say what is accepted where.
    pub(crate) fn language_refsets(self) -> impl Iterator<Item = Sctid> + use<'t> {
        let section = self.layout.language_refsets;
        let view = self.view(section);
        (0..section.items).filter_map(move |at| view.u64(at).and_then(Sctid::as_published))
    }

    pub(crate) fn refset_count(self) -> usize {
        self.layout.refsets.refsets.items
    }

    /// The numbers of the refsets whose concepts are in a set, or of all: of their rows only
    /// historical associations are stored by concept.
    pub(crate) fn association_refsets(self, within: Option<&OrdinalSet<'_>>) -> Vec<u16> {
        let wanted = |id: Sctid| match within {
            None => true,
            Some(set) => self.ordinal(id).is_some_and(|ordinal| set.contains(ordinal)),
        };
        self.refsets().filter(|refset| wanted(refset.id())).map(|refset| refset.number).collect()
    }

    pub(crate) fn member_status_count(self) -> usize {
        self.layout.refsets.member_statuses.items
    }

    /// The component code of what a member row references.
    #[inline]
    pub(crate) fn member_component(self, row: u32) -> Option<u32> {
        self.view(self.layout.refsets.referenced_components).u32(row as usize)
    }

    #[inline]
    pub(crate) fn member_status_number(self, row: u32) -> Option<u16> {
        let number = self.view(self.layout.refsets.member_status).record(row as usize)?;
        Some(u16::from_le_bytes(*number))
    }

    /// The module of a member row.
    pub(crate) fn member_module(self, row: u32) -> Option<Sctid> {
        Sctid::as_published(self.member_status(self.member_status_number(row)?)?.0)
    }

    /// The effective time of a member row; `None` for a blank one.
    pub(crate) fn member_time(self, row: u32) -> Option<u32> {
        let status = self.member_status(self.member_status_number(row)?);
        status.map(|(_, time)| time).filter(|time| *time != 0)
    }

    /// The first active row of a part, looking from one on, whose component code is `code` or more.
    pub(crate) fn first_row_from(self, part: super::refset::Part, from: u32, code: u32) -> u32 {
        let codes = self.view(self.layout.refsets.referenced_components);
        let end = part.first.saturating_add(part.active);
        let before = |at: usize| codes.u32(at).is_some_and(|found| found < code);
        // Near ones first: runs of concepts come in order.
        let found = super::concept_set::gallop(end as usize, from.max(part.first) as usize, before);
        u32::try_from(found).unwrap_or(end)
    }

    /// The associations of the concepts `start .. end`, as they are stored.
    pub(crate) fn raw_associations_of_run(
        self,
        start: u32,
        end: u32,
    ) -> &'t [[u8; ASSOCIATION_LENGTH]] {
        self.association_entries(self.layout.refsets.associations, start, end).unwrap_or_default()
    }

    /// The inverse associations of the concepts `start .. end`, as they are stored.
    pub(crate) fn raw_inverse_associations_of_run(
        self,
        start: u32,
        end: u32,
    ) -> &'t [[u8; ASSOCIATION_LENGTH]] {
        self.association_entries(self.layout.refsets.inverse_associations, start, end)
            .unwrap_or_default()
    }
}

impl Concept<'_> {
    /// The numbers of its status and of its effective time.
    #[inline]
    pub(crate) fn status_and_date(self) -> Option<(usize, usize)> {
        let record = self.record()?;
        Some((record.status_number(), record.date_number()))
    }
}

impl Description<'_> {
    /// The numbers of its kind, its effective time and its pattern of acceptability.
    #[inline]
    pub(crate) fn numbers(self) -> (usize, usize, usize) {
        (self.number(14), self.number(16), self.number(18))
    }
}

impl<'t> Column<'t> {
    /// The active rows of a part with a value, where they are stored by value.
    pub(crate) fn rows_with(self, part: super::refset::Part, raw: u32) -> &'t [[u8; 4]] {
        super::refset::with_value(self, part, raw).unwrap_or_default()
    }
}

impl<'t> Concept<'t> {
    /// Ordinals of its parents as they are stored, missing ones at the end.
    #[inline]
    pub(crate) fn raw_parents(self) -> &'t [[u8; 4]] {
        let (start, end) = self.rows(List::Parents);
        self.snomed.view(self.snomed.layout.parents).records(start, end).unwrap_or_default()
    }

    /// Ordinals of its ancestors as they are stored.
    #[inline]
    pub(crate) fn raw_ancestors(self) -> &'t [[u8; 4]] {
        let (start, end) = self.rows(List::Ancestors);
        self.snomed.view(self.snomed.layout.ancestors).records(start, end).unwrap_or_default()
    }

    /// Its attributes as they are stored: see [`crate::index::format::ATTRIBUTES`].
    #[inline]
    pub(crate) fn raw_attributes(self) -> &'t [[u8; 8]] {
        let (start, end) = self.rows(List::Attributes);
        self.snomed.view(self.snomed.layout.attributes).records(start, end).unwrap_or_default()
    }

    /// Its description rows: the first, and the one behind the last.
    #[inline]
    pub(crate) fn description_rows(self) -> (usize, usize) {
        self.rows(List::Descriptions)
    }
}
