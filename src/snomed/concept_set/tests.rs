//! Every form of set against every other, beside sorted sets of numbers.

use std::collections::BTreeSet;

use proptest::prelude::*;

use super::*;

const BOUND: u32 = 2000;

/// What a set of each form is made of; the bytes are what an index would hold.
#[derive(Clone, Debug)]
struct Made {
    form: u8,
    ordinals: BTreeSet<u32>,
    list: Vec<[u8; 4]>,
    runs: Vec<[u8; 8]>,
}

impl Made {
    fn new(form: u8, ordinals: BTreeSet<u32>) -> Made {
        let list = ordinals.iter().map(|at| at.to_le_bytes()).collect();
        let mut runs: Vec<(u32, u32)> = Vec::new();
        for at in &ordinals {
            match runs.last_mut() {
                Some(last) if last.1 == *at => last.1 += 1,
                _ => runs.push((*at, at + 1)),
            }
        }
        let bytes = |(start, end): (u32, u32)| {
            let mut bytes = [0; 8];
            bytes[..4].copy_from_slice(&start.to_le_bytes());
            bytes[4..].copy_from_slice(&end.to_le_bytes());
            bytes
        };
        Made { form, ordinals, list, runs: runs.into_iter().map(bytes).collect() }
    }

    fn set(&self) -> OrdinalSet<'_> {
        let length = self.ordinals.len() as u32;
        match self.form {
            0 => {
                // The last run stands apart, cut in two, as a concept's own does.
                let Some((last, others)) = self.runs.split_last() else {
                    return OrdinalSet::EMPTY;
                };
                let (start, end) = runs::pair(last);
                let middle = start.midpoint(end);
                let own = [(start, middle), (middle, end)];
                OrdinalSet::Stored(StoredRuns { own, others, length, bound: BOUND })
            }
            1 => OrdinalSet::Runs { runs: self.runs.iter().map(runs::pair).collect(), length },
            2 => OrdinalSet::stored_list(&self.list, BOUND),
            3 => OrdinalSet::List(self.ordinals.iter().copied().collect()),
            _ => {
                let start = self.ordinals.first().copied().unwrap_or(0);
                let mut bits = Bits::over(start, self.ordinals.last().map_or(0, |last| last + 1));
                self.ordinals.iter().for_each(|at| bits.set(*at));
                OrdinalSet::Bits(bits.count())
            }
        }
    }
}

fn listed(set: &OrdinalSet<'_>) -> Vec<u32> {
    let mut list = Vec::new();
    set.each(|at| list.push(at));
    list
}

fn made() -> impl Strategy<Value = Made> {
    let runs = prop::collection::vec((0..BOUND, 1_u32..120), 0..12).prop_map(|runs| {
        let ends = runs.into_iter().map(|(start, length)| start..(start + length).min(BOUND));
        ends.flatten().collect::<BTreeSet<u32>>()
    });
    let single = prop::collection::btree_set(0..BOUND, 0..200);
    (0_u8..5, prop_oneof![runs, single]).prop_map(|(form, ordinals)| Made::new(form, ordinals))
}

proptest! {
    #[test]
    fn algebra_is_that_of_sets(one in made(), two in made()) {
        let (first, second) = (one.set(), two.set());
        let cases = [
            (first.intersection(&second), &one.ordinals & &two.ordinals),
            (first.union(&second), &one.ordinals | &two.ordinals),
            (first.difference(&second), &one.ordinals - &two.ordinals),
            (first.retained(|at| second.contains(at)), &one.ordinals & &two.ordinals),
        ];
        for (at, (found, expected)) in cases.iter().enumerate() {
            let expected: Vec<u32> = expected.iter().copied().collect();
            prop_assert_eq!(found.len(), expected.len(), "case {}", at);
            prop_assert_eq!(listed(found), expected, "case {}", at);
        }
    }

    #[test]
    fn members_bounds_and_bits_are_those_of_the_set(one in made()) {
        let set = one.set();
        for at in 0..BOUND {
            prop_assert_eq!(set.contains(at), one.ordinals.contains(&at));
        }
        let bounds = set.bounds();
        prop_assert_eq!(bounds.is_none(), one.ordinals.is_empty());
        if let (Some((start, end)), Some(first), Some(last)) =
            (bounds, one.ordinals.first(), one.ordinals.last())
        {
            prop_assert!(start == *first && end > *last);
        }
        let bits = OrdinalSet::Bits(set.to_bits(100, 300).count());
        prop_assert_eq!(listed(&bits), listed(&set));
    }
}
