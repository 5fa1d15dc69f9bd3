//! Previous identifiers: what a thing was called before, and when.

use super::day::Day;
use super::ids::{Space, fresh_previous};
use super::plan::Plan;

/// The things whose identifiers have a history, in the order of the file.
pub(crate) const SECTIONS: [Section; 7] = [
    Section {
        space: Space::Vtm,
        list: "VTMS",
        record: "VTM",
        before: &[300, 420, 200, 60, 20],
        unknown: (0, 0),
    },
    Section {
        space: Space::Vmp,
        list: "VMPS",
        record: "VMP",
        before: &[815, 165, 15, 4, 1],
        unknown: (0, 80),
    },
    Section {
        space: Space::Ingredient,
        list: "INGS",
        record: "ING",
        before: &[560, 410, 25, 5],
        unknown: (60, 100),
    },
    Section {
        space: Space::Supplier,
        list: "SUPPS",
        record: "SUPP",
        before: &[999, 1],
        unknown: (280, 900),
    },
    Section {
        space: Space::Form,
        list: "FORMS",
        record: "FORM",
        before: &[450, 510, 35, 5],
        unknown: (30, 400),
    },
    Section {
        space: Space::Route,
        list: "ROUTES",
        record: "ROUTE",
        before: &[730, 250, 20],
        unknown: (600, 200),
    },
    Section {
        space: Space::Unit,
        list: "UOMS",
        record: "UOM",
        before: &[600, 380, 20],
        unknown: (500, 650),
    },
];

/// The history of one kind of thing.
#[derive(Debug)]
pub(crate) struct Section {
    pub(crate) space: Space,
    pub(crate) list: &'static str,
    pub(crate) record: &'static str,
    /// How many in a thousand have had no identifier before, one, two and so on.
    before: &'static [usize],
    /// How many in a thousand starts are unknown: of identifiers that never changed, and of the
    /// first of those that did.
    unknown: (usize, usize),
}

/// Things of these places share their last previous identifier with the thing of the first.
const SHARED: [(Space, &[usize]); 3] =
    [(Space::Vtm, &[5, 9]), (Space::Vmp, &[7, 11]), (Space::Vmp, &[13, 17, 19])];
/// The virtual product whose previous identifier is the current one of another.
const REUSING: (usize, usize) = (23, 29);

/// A time an identifier was in use.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Span {
    pub(crate) id: u64,
    pub(crate) start: Day,
    pub(crate) end: Option<Day>,
}

/// The identifier before the current one, and the day the current one took its place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Previous {
    pub(crate) id: u64,
    pub(crate) day: Day,
}

impl Plan {
    /// The identifiers a thing has had, the earliest first; the last is the current one.
    pub(crate) fn spans(&self, section: &Section, index: usize) -> Vec<Span> {
        let space = section.space;
        let current = self.id(space, index);
        let mut random = self.random(section.list, index);
        let shared = SHARED.iter().find(|(of, all)| *of == space && all.contains(&index));
        let reusing = space == Space::Vmp && index == REUSING.0;
        let mut count = random.weighted(section.before);
        if shared.is_some() || reusing || index == 1 {
            count = count.max(1);
        }
        let start = |random: &mut crate::random::Random, per_thousand: usize| {
            random.chance(per_thousand).then_some(Day::UNKNOWN)
        };
        if count == 0 {
            let known = self.first_day.plus(random.below(self.days()) as i32);
            let start = start(&mut random, section.unknown.0).unwrap_or(known);
            return vec![Span { id: current, start, end: None }];
        }
        let mut ids: Vec<u64> =
            (0..count).map(|number| self.previous_id(space, index, number)).collect();
        if let Some((_, all)) = shared {
            ids[count - 1] = self.previous_id(space, all[0], 0);
        }
        if reusing {
            ids[count - 1] = self.id(Space::Vmp, REUSING.1);
        }
        // An identifier may have left and come back: a previous one, or the current one itself.
        if count > 2 && random.chance(500) {
            ids[2] = ids[0];
        }
        let may_return = matches!(space, Space::Vtm | Space::Form | Space::Route);
        if may_return && shared.is_none() && (index == 1 || random.chance(15)) {
            ids.insert(0, current);
        }
        ids.push(current);
        let step = self.days() / (ids.len() + 1);
        let mut spans: Vec<Span> = ids
            .iter()
            .enumerate()
            .map(|(at, &id)| {
                let start = self.first_day.plus((at * step + random.below(step)) as i32);
                Span { id, start, end: None }
            })
            .collect();
        for at in 1..spans.len() {
            spans[at - 1].end = Some(spans[at].start.plus(-1));
        }
        if let Some(unknown) = start(&mut random, section.unknown.1) {
            spans[0].start = unknown;
        }
        spans
    }

    /// The identifier before the current one of a thing, as its own file tells.
    pub(crate) fn previous(&self, space: Space, index: usize) -> Option<Previous> {
        let section = SECTIONS.iter().find(|section| section.space == space)?;
        let spans = self.spans(section, index);
        let [.., before, now] = spans[..] else { return None };
        Some(Previous { id: before.id, day: now.start })
    }

    fn previous_id(&self, space: Space, index: usize, number: usize) -> u64 {
        let retired = match space {
            Space::Vtm => &self.retired.vtms,
            Space::Vmp => &self.retired.vmps,
            Space::Ingredient => &self.retired.ingredients,
            _ => &[][..],
        };
        // A third of the first previous identifiers are inactive concepts of the SNOMED CT release.
        match retired.get(index / 3).filter(|_| number == 0 && index.is_multiple_of(3)) {
            Some(&id) => id,
            None => fresh_previous(space, (index * 8 + number) as u64),
        }
    }

    /// Previous identifiers and the current ones they led to, in the order of the file.
    pub(crate) fn previous_identifiers(&self) -> Vec<(u64, u64)> {
        let mut pairs = Vec::new();
        for section in &SECTIONS {
            for index in 0..self.count(section.space) {
                let current = self.id(section.space, index);
                let spans = self.spans(section, index);
                pairs.extend(spans.iter().map(|span| (span.id, current)).filter(|(a, b)| a != b));
            }
        }
        pairs
    }
}
