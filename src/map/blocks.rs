//! What UK maps say of a concept: defaults, and what else a coder may choose.

use std::borrow::Cow;
use std::fmt;

use super::table::{PlacedRow, Rest};
use super::target::UkTarget;
use crate::id::Sctid;

/// A row of a map by blocks, as it was published, for one concept.
#[derive(Clone)]
pub struct BlockRow<'t> {
    /// `mapBlock`: blocks are different sets of codes for the concept.
    pub block: u32,
    /// `mapGroup`: of each group of a block one code is needed, in their order.
    pub group: u32,
    /// `mapPriority`: the first of a group is its default, the others may be chosen instead.
    pub priority: u32,
    /// `mapTarget`, as published: see [`UkTarget`].
    pub target: Cow<'t, str>,
    rest: Rest<'t>,
}

impl fmt::Debug for BlockRow<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("BlockRow")
            .field("block", &self.block)
            .field("group", &self.group)
            .field("priority", &self.priority)
            .field("target", &self.target)
            .field("advice", &self.advice())
            .finish()
    }
}

/// By all that they say.
impl PartialEq for BlockRow<'_> {
    fn eq(&self, other: &BlockRow<'_>) -> bool {
        self.place() == other.place()
            && self.target == other.target
            && self.advice() == other.advice()
            && self.correlation() == other.correlation()
    }
}

impl Eq for BlockRow<'_> {}

/// What a row says of where its code stands among others, and of further codes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Sequencing {
    /// `CODE MUST BE USED IN A PRIMARY POSITION`.
    pub must_be_primary: bool,
    /// `CODE MUST NEVER BE USED IN A PRIMARY POSITION`.
    pub never_primary: bool,
    /// `ADDITIONAL CODE MANDATORY`.
    pub additional_code_mandatory: bool,
    /// `ADDITIONAL CODE POSSIBLE`.
    pub additional_code_possible: bool,
}

impl<'t> BlockRow<'t> {
    /// A row of a release.
    #[inline]
    pub(super) fn of(row: &PlacedRow<'_, 't>) -> BlockRow<'t> {
        let (block, group, priority) = row.place;
        let (target, rest) = (row.target(), Rest::Stored(row.member()));
        BlockRow { block, group, priority, target, rest }
    }

    /// A row that stands by itself, with its advice.
    ///
    /// ```
    /// use farr::map::BlockRow;
    /// let row = BlockRow::new((1, 1, 2), "X384", "ALWAYS X38.4");
    /// assert_eq!((row.priority, row.advice().as_ref()), (2, "ALWAYS X38.4"));
    /// ```
    pub fn new(
        (block, group, priority): (u32, u32, u32),
        target: impl Into<Cow<'t, str>>,
        advice: impl Into<Cow<'t, str>>,
    ) -> BlockRow<'t> {
        let rest = Rest::of_advice(advice.into());
        BlockRow { block, group, priority, target: target.into(), rest }
    }

    pub(super) fn place(&self) -> (u32, u32, u32) {
        (self.block, self.group, self.priority)
    }

    /// `mapAdvice`, for people: fragments between bars.
    pub fn advice(&self) -> Cow<'t, str> {
        self.rest.advice()
    }

    /// `correlationId`; `None` where it is no identifier.
    pub fn correlation(&self) -> Option<Sctid> {
        self.rest.correlation()
    }

    /// The target, read as a code of ICD-10 with its mark; see [`UkTarget`].
    pub fn icd10(&self) -> UkTarget<'_> {
        UkTarget::icd10(&self.target)
    }

    /// The target, read as a code of OPCS-4; see [`UkTarget`].
    pub fn opcs4(&self) -> UkTarget<'_> {
        UkTarget::opcs4(&self.target)
    }

    /// Whether the target is a code: not blank, and no word like `#NC`.
    pub fn has_code(&self) -> bool {
        let target = self.target.trim();
        !target.is_empty() && !target.bytes().any(|byte| byte == b'#')
    }

    /// What its advice says in the words of the standard; other words are for people.
    ///
    /// ```
    /// use farr::map::BlockRow;
    /// let row = BlockRow::new((1, 1, 1), "X384", "ALWAYS X38.4 | ADDITIONAL CODE POSSIBLE");
    /// let sequencing = row.sequencing();
    /// assert!(sequencing.additional_code_possible && !sequencing.additional_code_mandatory);
    /// ```
    pub fn sequencing(&self) -> Sequencing {
        let mut found = Sequencing::default();
        for fragment in self.advice().split('|') {
            match fragment.trim() {
                "CODE MUST BE USED IN A PRIMARY POSITION" => found.must_be_primary = true,
                "CODE MUST NEVER BE USED IN A PRIMARY POSITION" => found.never_primary = true,
                "ADDITIONAL CODE MANDATORY" => found.additional_code_mandatory = true,
                "ADDITIONAL CODE POSSIBLE" => found.additional_code_possible = true,
                _ => {}
            }
        }
        found
    }
}

/// What a map by blocks says of a concept. It has no rules: **the coder decides** by the record.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Defaults<'t> {
    /// Codes to begin with.
    Targets {
        /// The default of each group of the first block, in the order of the groups: all of them
        /// together stand for the concept.
        targets: Vec<BlockRow<'t>>,
        /// The rows of the same groups that may be chosen instead.
        alternatives: Vec<BlockRow<'t>>,
        /// The rows of the other blocks, by block: another set of codes each.
        other_blocks: Vec<Vec<BlockRow<'t>>>,
    },
    /// The default of a group of the first block is no code, `#NC` say: the concept as a whole has
    /// no default, and the others are not given for a part of it.
    NotClassifiable {
        /// The rows that have no code.
        rows: Vec<BlockRow<'t>>,
        /// All other rows, for the coder to look at.
        candidates: Vec<BlockRow<'t>>,
    },
    /// There are no rows.
    NoMap,
}

impl<'t> Defaults<'t> {
    /// Of rows in the order of block, group and priority. Each is read whole once, to where it goes.
    #[inline]
    pub(super) fn of<R>(
        rows: &[R],
        place: impl Fn(&R) -> (u32, u32, u32),
        whole: impl Fn(&R) -> BlockRow<'t>,
    ) -> Defaults<'t> {
        let block = |row: &R| place(row).0;
        let group = |row: &R| place(row).1;
        let mut blocks = rows.chunk_by(|one, next| block(one) == block(next));
        let Some(first) = blocks.next() else { return Defaults::NoMap };
        let groups = first.chunk_by(|one, next| group(one) == group(next));
        let count = groups.clone().count();
        let mut targets = Vec::with_capacity(count);
        let mut alternatives = Vec::with_capacity(first.len().saturating_sub(count));
        for rows in groups {
            if let Some((default, others)) = rows.split_first() {
                targets.push(whole(default));
                alternatives.extend(others.iter().map(&whole));
            }
        }
        if targets.iter().all(BlockRow::has_code) {
            let other_blocks = blocks.map(|rows| rows.iter().map(&whole).collect()).collect();
            return Defaults::Targets { targets, alternatives, other_blocks };
        }
        let (candidates, rows): (Vec<_>, Vec<_>) =
            targets.into_iter().partition(BlockRow::has_code);
        let others = blocks.flatten().map(whole);
        let candidates = candidates.into_iter().chain(alternatives).chain(others).collect();
        Defaults::NotClassifiable { rows, candidates }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(block: u32, group: u32, priority: u32, target: &'static str) -> BlockRow<'static> {
        BlockRow::new((block, group, priority), target, "")
    }

    fn defaults(rows: &[BlockRow<'static>]) -> Defaults<'static> {
        Defaults::of(rows, BlockRow::place, BlockRow::clone)
    }

    #[test]
    fn the_first_of_each_group_of_the_first_block_is_the_default() {
        let rows = vec![
            row(1, 1, 1, "S597"),
            row(1, 1, 2, "S598"),
            row(1, 2, 1, "X59X"),
            row(2, 1, 1, "S599"),
            row(4, 1, 1, "T113"),
        ];
        let Defaults::Targets { targets, alternatives, other_blocks } = defaults(&rows) else {
            panic!("it has codes")
        };
        assert_eq!(targets, [rows[0].clone(), rows[2].clone()]);
        assert_eq!(alternatives, [rows[1].clone()]);
        assert_eq!(other_blocks, [vec![rows[3].clone()], vec![rows[4].clone()]]);
    }

    #[test]
    fn half_a_set_is_never_given() {
        for word in ["#NC", "#NIS", "#HLT", "", "  "] {
            let rows = vec![
                row(1, 1, 1, "A010"),
                row(1, 2, 1, word),
                row(1, 2, 2, "B020"),
                row(2, 1, 1, "C030"),
            ];
            let expected = Defaults::NotClassifiable {
                rows: vec![rows[1].clone()],
                candidates: vec![rows[0].clone(), rows[2].clone(), rows[3].clone()],
            };
            assert_eq!(defaults(&rows), expected);
        }
        assert_eq!(defaults(&[]), Defaults::NoMap);
    }

    #[test]
    fn advice_in_other_words_says_nothing_for_machines() {
        let one = BlockRow::new(
            (1, 1, 1),
            "A010",
            "ALWAYS A01.0 | CODE MUST NEVER BE USED IN A PRIMARY POSITION | ADDITIONAL CODE \
             MANDATORY | SEE ALSO ADDITIONAL CODE POSSIBLE",
        );
        let expected = Sequencing {
            never_primary: true,
            additional_code_mandatory: true,
            ..Sequencing::default()
        };
        assert_eq!(one.sequencing(), expected);
    }
}
