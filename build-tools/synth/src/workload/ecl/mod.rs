//! Expressions of the expression constraint language over the content of the release, in the mix
//! that analysts ask: mostly code lists, then refinements and reference sets.

mod codelist;
mod draw;
mod filter;
mod hierarchy;
mod refinement;
mod refset;

use super::Workload;
use crate::random::Random;
use std::collections::HashSet;
use std::fmt::Write as _;

/// How often an expression is drawn again because its kind has it already.
const DRAWS: usize = 50;

/// A kind of expression: its name, how many a full release has, and how one is made.
type Kind = (&'static str, usize, fn(&Workload<'_>, &mut Random) -> String);

impl Workload<'_> {
    /// Lines of kind and expression. Those of a kind stand together, and names of kinds stay: what
    /// was measured of a kind can be held against what was measured before.
    pub(super) fn ecl(&self) -> String {
        let mut text = String::new();
        for (name, full, make) in kinds() {
            let mut random = self.random(&format!("ecl, {name}"));
            let mut seen = HashSet::new();
            for _ in 0..self.content.parameters.rooted(full, 2) {
                let mut expression = make(self, &mut random);
                // A small release may not have different ones enough.
                for _ in 0..DRAWS {
                    if !seen.contains(&expression) {
                        break;
                    }
                    expression = make(self, &mut random);
                }
                let _ = writeln!(text, "{name}\t{expression}");
                seen.insert(expression);
            }
        }
        text
    }
}

fn kinds() -> impl Iterator<Item = Kind> {
    [hierarchy::KINDS, codelist::KINDS, refset::KINDS, refinement::KINDS, filter::KINDS]
        .into_iter()
        .flatten()
        .copied()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_full_release_is_asked_a_thousand_expressions() {
        let mut names = HashSet::new();
        assert!(kinds().all(|(name, ..)| names.insert(name)));
        assert!((1000..1100).contains(&kinds().map(|(_, count, _)| count).sum::<usize>()));
        let share = |kinds: &[Kind]| kinds.iter().map(|(_, count, _)| count).sum::<usize>();
        let algebra = share(hierarchy::KINDS) + share(codelist::KINDS);
        assert!((430..500).contains(&algebra), "{algebra}");
    }
}
