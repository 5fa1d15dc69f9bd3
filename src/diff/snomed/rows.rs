//! Which member rows are about which concept.
//!
//! In an index rows are found by refset and component. A comparison asks the other way round, of
//! every concept: so the rows of all refsets are counted out by concept once, about a tenth of a
//! second for ten million of them, and eight bytes each.

use crate::snomed::{Code, Member, Part, Refset, Snomed};

/// The rows of one refset in one table.
#[derive(Clone, Copy, Debug)]
pub(super) struct PartRows<'t> {
    pub(super) refset: Refset<'t>,
    pub(super) part: Part,
    /// The id of its refset.
    pub(super) id: u64,
}

/// A member row, and the number of its part.
#[derive(Clone, Copy, Debug)]
pub(super) struct Placed {
    pub(super) row: u32,
    pub(super) part: u32,
}

/// The member rows of a release by concept: those of a concept and of its descriptions, by refset,
/// table, active before inactive, component and member id.
#[derive(Debug)]
pub(super) struct Rows<'t> {
    /// By refset id and table.
    pub(super) parts: Vec<PartRows<'t>>,
    /// Where the rows of each concept end; behind those of concepts, all others.
    ends: Vec<u32>,
    rows: Vec<Placed>,
}

impl PartRows<'_> {
    /// Whether one of its rows is active.
    #[inline]
    pub(super) fn is_active(&self, row: u32) -> bool {
        row < self.part.first.saturating_add(self.part.active)
    }

    fn beyond(&self) -> u32 {
        let active = self.part.first.saturating_add(self.part.active);
        active.saturating_add(self.part.inactive)
    }
}

impl<'t> PartRows<'t> {
    pub(super) fn member(&self, row: u32) -> Member<'t> {
        Member::new(self.refset, row, self.part.table, self.is_active(row))
    }
}

impl<'t> Rows<'t> {
    pub(super) fn of(snomed: Snomed<'t>) -> Rows<'t> {
        let parts = parts(snomed);
        let owners = Owners::of(snomed);
        // How many rows each concept has, then where they start, then, all placed, where they end.
        let mut places = vec![0_u32; (snomed.layout.concept_count as usize).saturating_add(1)];
        let mut total = 0_usize;
        for part in &parts {
            for code in owners.codes(part) {
                if let Some(count) = places.get_mut(owners.of_code(*code)) {
                    *count = count.saturating_add(1);
                    total = total.saturating_add(1);
                }
            }
        }
        let mut start = 0_u32;
        for place in &mut places {
            let count = std::mem::replace(place, start);
            start = start.saturating_add(count);
        }
        let mut rows = vec![Placed { row: 0, part: 0 }; total];
        for (number, part) in (0..).zip(&parts) {
            for (row, code) in (part.part.first..).zip(owners.codes(part)) {
                if let Some(place) = places.get_mut(owners.of_code(*code)) {
                    if let Some(slot) = rows.get_mut(*place as usize) {
                        *slot = Placed { row, part: number };
                    }
                    *place = place.saturating_add(1);
                }
            }
        }
        Rows { parts, ends: places, rows }
    }

    /// The rows of a concept and of its descriptions.
    #[inline]
    pub(super) fn of_concept(&self, ordinal: u32) -> &[Placed] {
        let ordinal = ordinal as usize;
        let before = ordinal.checked_sub(1).map(|before| self.ends.get(before).copied());
        let start = before.unwrap_or(Some(0)).unwrap_or(u32::MAX) as usize;
        let end = self.ends.get(ordinal).copied().unwrap_or(0) as usize;
        self.rows.get(start..end).unwrap_or_default()
    }

    /// The rows that are about neither a concept of the release nor a description of one.
    pub(super) fn others(&self) -> &[Placed] {
        self.of_concept(u32::try_from(self.ends.len().saturating_sub(1)).unwrap_or(u32::MAX))
    }

    /// The part of a row.
    #[inline]
    pub(super) fn part(&self, placed: Placed) -> Option<&PartRows<'t>> {
        self.parts.get(placed.part as usize)
    }
}

/// The parts of all refsets; none where they have more rows between them than there are. Some have
/// rows of others then, which a file that was not verified may say, and what is counted out would have
/// no bound.
fn parts(snomed: Snomed<'_>) -> Vec<PartRows<'_>> {
    let layout = &snomed.layout.refsets;
    let (mut parts, mut left) = (Vec::new(), layout.member_ids.items);
    for refset in snomed.refsets() {
        let id = refset.id().value();
        for part in refset.parts() {
            let part = PartRows { refset, part, id };
            let rows = part.beyond().saturating_sub(part.part.first) as usize;
            match left.checked_sub(rows) {
                Some(fewer) if parts.len() < layout.parts.items => left = fewer,
                _ => {
                    snomed.view(layout.parts).report(0, "a row of two parts");
                    return Vec::new();
                }
            }
            parts.push(part);
        }
    }
    parts
}

/// The ordinal of the concept that a component belongs to.
struct Owners<'t> {
    snomed: Snomed<'t>,
    /// By description row.
    of_descriptions: Vec<u32>,
}

impl<'t> Owners<'t> {
    fn of(snomed: Snomed<'t>) -> Owners<'t> {
        let mut of_descriptions = vec![u32::MAX; snomed.layout.descriptions.items];
        for concept in snomed.concepts() {
            let (start, end) = concept.description_rows();
            let rows = of_descriptions.get_mut(start..end).unwrap_or_default();
            rows.fill(concept.ordinal);
        }
        Owners { snomed, of_descriptions }
    }

    /// What the rows of a part are about: looked up as one, for there are millions.
    fn codes(&self, part: &PartRows<'t>) -> &'t [[u8; 4]] {
        let codes = self.snomed.view(self.snomed.layout.refsets.referenced_components);
        let rows = part.part.first as usize..part.beyond() as usize;
        codes.records::<4>(rows.start, rows.end).unwrap_or_default()
    }

    /// Of a row about nothing that belongs to a concept, the number behind that of all concepts.
    #[inline]
    fn of_code(&self, code: [u8; 4]) -> usize {
        let concepts = self.snomed.layout.concept_count;
        let owner = match Code::of(u32::from_le_bytes(code)) {
            Code::Concept(ordinal) => ordinal,
            Code::Description(row) => {
                self.of_descriptions.get(row as usize).copied().unwrap_or(concepts)
            }
            _ => concepts,
        };
        owner.min(concepts) as usize
    }
}
