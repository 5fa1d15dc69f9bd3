//! What UK maps say of a concept: defaults, and what else a coder may choose.

use std::borrow::Cow;
use std::fmt;

use super::table::Rest;
use super::target::UkTarget;
use crate::id::Sctid;
use crate::snomed::Member;

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
    /// A row of a release: its member is in a table whose first columns are those of a map.
    pub(super) fn stored(
        (block, group, priority): (u32, u32, u32),
        target: Cow<'t, str>,
        member: Member<'t>,
    ) -> BlockRow<'t> {
        BlockRow { block, group, priority, target, rest: Rest::Stored(member) }
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
    /// Of rows in the order of block, group and priority.
    pub(super) fn of(rows: Vec<BlockRow<'t>>) -> Defaults<'t> {
        let Some(first_block) = rows.first().map(|row| row.block) else { return Defaults::NoMap };
        if let [only] = rows.as_slice()
            && only.has_code()
        {
            let (alternatives, other_blocks) = (Vec::new(), Vec::new());
            return Defaults::Targets { targets: rows, alternatives, other_blocks };
        }
        let (first, others): (Vec<_>, Vec<_>) =
            rows.into_iter().partition(|row| row.block == first_block);
        let (mut targets, mut alternatives): (Vec<BlockRow<'t>>, Vec<_>) = (Vec::new(), Vec::new());
        for row in first {
            match targets.last() {
                Some(last) if last.group == row.group => alternatives.push(row),
                _ => targets.push(row),
            }
        }
        if targets.iter().all(BlockRow::has_code) {
            let other_blocks =
                others.chunk_by(|one, next| one.block == next.block).map(<[_]>::to_vec).collect();
            return Defaults::Targets { targets, alternatives, other_blocks };
        }
        let (candidates, rows) = targets.into_iter().partition(BlockRow::has_code);
        let candidates: Vec<BlockRow<'t>> = candidates;
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

    #[test]
    fn the_first_of_each_group_of_the_first_block_is_the_default() {
        let rows = vec![
            row(1, 1, 1, "S597"),
            row(1, 1, 2, "S598"),
            row(1, 2, 1, "X59X"),
            row(2, 1, 1, "S599"),
            row(4, 1, 1, "T113"),
        ];
        let Defaults::Targets { targets, alternatives, other_blocks } = Defaults::of(rows.clone())
        else {
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
            assert_eq!(Defaults::of(rows), expected);
        }
        assert_eq!(Defaults::of(Vec::new()), Defaults::NoMap);
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
