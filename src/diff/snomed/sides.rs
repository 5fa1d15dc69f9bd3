//! The two releases, and which numbers of the one are which of the other.
//!
//! Concepts, kinds, dates and texts have other numbers in each index. What is translated once here
//! is compared by numbers from then on, without looking up an id or making a text.

use std::collections::BTreeMap;

use crate::id::Sctid;
use crate::index::format::CONCRETE;
use crate::snomed::{Acceptability, Code, Concept, Description, Snomed};

/// That the other release has nothing the like.
pub(super) const NONE: u32 = u32::MAX;

/// Two releases.
#[derive(Debug)]
pub(super) struct Sides<'t> {
    pub(super) old: Snomed<'t>,
    pub(super) new: Snomed<'t>,
    /// By ordinal of the older release that of the newer one, concepts that rows name and a
    /// release does not have included.
    ordinals: Vec<u32>,
    description_kinds: Vec<u32>,
    patterns: Vec<u32>,
    attribute_kinds: Vec<u32>,
    concrete_values: Vec<u32>,
    member_statuses: Vec<u32>,
}

/// By the number of each thing of the older release the number that it has in the newer one.
fn numbers<K: Ord>(old: impl Iterator<Item = K>, new: impl Iterator<Item = K>) -> Vec<u32> {
    let new: BTreeMap<K, u32> = new.zip(0..).collect();
    old.map(|key| new.get(&key).copied().unwrap_or(NONE)).collect()
}

/// Records of a section, all of them.
fn records<'t, const N: usize>(
    snomed: Snomed<'t>,
    section: crate::index::Section,
) -> impl Iterator<Item = &'t [u8; N]> {
    let view = snomed.view(section);
    (0..section.items).map_while(move |at| view.record::<N>(at))
}

fn translated(table: &[u32], number: usize) -> u32 {
    table.get(number).copied().unwrap_or(NONE)
}

impl<'t> Sides<'t> {
    pub(super) fn new(old: Snomed<'t>, new: Snomed<'t>) -> Sides<'t> {
        let missing: BTreeMap<Sctid, u32> = (new.layout.concept_count..new.layout.total)
            .filter_map(|ordinal| Some((new.id(ordinal)?, ordinal)))
            .collect();
        let ordinal = |old_ordinal| {
            let id = old.id(old_ordinal)?;
            new.ordinal(id).or_else(|| missing.get(&id).copied())
        };
        let ordinals = (0..old.layout.total).map(|one| ordinal(one).unwrap_or(NONE)).collect();
        let pattern = |snomed: Snomed<'t>, number| -> Vec<(Sctid, bool)> {
            let said = snomed.acceptability_pattern(number);
            let mut said: Vec<_> =
                said.map(|(refset, said)| (refset, said == Acceptability::Preferred)).collect();
            said.sort_unstable();
            said
        };
        let patterns = numbers(
            (0..old.acceptability_pattern_count()).map(|number| pattern(old, number)),
            (0..new.acceptability_pattern_count()).map(|number| pattern(new, number)),
        );
        let concrete = |snomed: Snomed<'t>| {
            let section = snomed.layout.concrete_values;
            let view = snomed.view(section);
            (0..section.items).map(move |at| view.short_text(section.items, at))
        };
        Sides {
            ordinals,
            description_kinds: numbers(
                records::<40>(old, old.layout.description_kinds),
                records::<40>(new, new.layout.description_kinds),
            ),
            patterns,
            attribute_kinds: numbers(
                records::<16>(old, old.layout.attribute_kinds),
                records::<16>(new, new.layout.attribute_kinds),
            ),
            concrete_values: numbers(concrete(old), concrete(new)),
            member_statuses: numbers(
                records::<12>(old, old.layout.refsets.member_statuses),
                records::<12>(new, new.layout.refsets.member_statuses),
            ),
            old,
            new,
        }
    }

    /// The ordinal in the newer release.
    #[inline]
    pub(super) fn ordinal(&self, old: u32) -> u32 {
        translated(&self.ordinals, old as usize)
    }

    /// Whether two ordinals, of the older and of the newer release, are of one id.
    #[inline]
    pub(super) fn is_same_concept(&self, old: u32, new: u32) -> bool {
        let there = self.ordinal(old);
        there == new && there != NONE
    }

    /// Whether two rows of attributes have the same type, value and role group.
    #[inline]
    pub(super) fn is_same_attribute(&self, old: [u8; 8], new: [u8; 8]) -> bool {
        let [a, b, c, d, e, f, g, h] = old;
        let [i, j, k, l, m, n, o, p] = new;
        let (value, other) = (u32::from_le_bytes([a, b, c, d]), u32::from_le_bytes([i, j, k, l]));
        let value = match value & CONCRETE {
            0 => self.ordinal(value),
            _ => translated(&self.concrete_values, (value & !CONCRETE) as usize) | CONCRETE,
        };
        let kind = translated(&self.attribute_kinds, u16::from_le_bytes([e, f]).into());
        value == other
            && value != NONE
            && kind == u32::from(u16::from_le_bytes([m, n]))
            && [g, h] == [o, p]
    }

    /// Whether two descriptions of one id are the same in each column, their language rows too.
    #[inline]
    pub(super) fn is_same_description(&self, old: Description<'t>, new: Description<'t>) -> bool {
        let (kind, date, pattern) = old.numbers();
        let (new_kind, new_date, new_pattern) = new.numbers();
        translated(&self.description_kinds, kind) as usize == new_kind
            && translated(&self.patterns, pattern) as usize == new_pattern
            && self.old.date(date) == self.new.date(new_date)
            && old.term() == new.term()
    }

    /// Whether module and effective time of two member rows are the same.
    #[inline]
    pub(super) fn is_same_status(&self, old: u32, new: u32) -> bool {
        let number = self.old.member_status_number(old).map(usize::from);
        let number = number.map_or(NONE, |number| translated(&self.member_statuses, number));
        self.new.member_status_number(new).map(u32::from) == Some(number)
    }

    /// Whether two component codes are of one id, or of one text.
    #[inline]
    pub(super) fn is_same_code(&self, old: u32, new: u32) -> bool {
        match (Code::of(old), Code::of(new)) {
            (Code::Concept(old), Code::Concept(new)) => self.is_same_concept(old, new),
            (Code::None, Code::None) => true,
            (Code::Description(old), Code::Description(new)) => {
                let old = Description::of_row(self.old, old).map(Description::id);
                old.is_some() && old == Description::of_row(self.new, new).map(Description::id)
            }
            (Code::Text(old), Code::Text(new)) => {
                self.old.member_text(old) == self.new.member_text(new)
            }
            // What is in one release and not in the other is of another kind in each.
            _ => {
                let id = |snomed: Snomed<'t>, code| snomed.component_of_code(code)?.id();
                let old = id(self.old, old);
                old.is_some() && old == id(self.new, new)
            }
        }
    }

    /// The concepts of an id in both.
    #[inline]
    pub(super) fn concepts(&self, id: Sctid) -> (Option<Concept<'t>>, Option<Concept<'t>>) {
        (self.old.concept(id), self.new.concept(id))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn things_have_the_number_of_their_like() {
        let numbers = numbers(["a", "b", "c"].into_iter(), ["c", "a"].into_iter());
        assert_eq!(numbers, [1, NONE, 0]);
    }
}
