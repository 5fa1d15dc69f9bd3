//! Which targets a concept has for a patient.

use std::borrow::{Borrow, Cow};

use thiserror::Error;

use super::evaluate::{Evaluated, evaluate_with_reasons};
use super::missing::{self, Missing};
use super::patient::{Contradiction, Patient};
use super::row::MapRow;
use super::rule::{Condition, MapRule};
use super::truth::Truth;
use crate::id::Sctid;

/// What the map says of a concept, for a patient: all of it, or nothing.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Selection<'r> {
    /// The chosen row of each group, in the order of the groups. Each has a target, and all of them
    /// together stand for the concept.
    Targets(Vec<MapRow<'r>>),
    /// More has to be known.
    NeedsContext {
        /// Why groups cannot be decided: of each, why the first of its candidates is unknown. Each
        /// reason once, in the order of the rows.
        missing: Vec<Missing>,
        /// The rows of undecided groups that may yet be chosen, in order.
        candidates: Vec<Candidate<'r>>,
    },
    /// The concept has no code: of these groups no rule is true, or the row that is chosen has no
    /// target. What else may become known of the patient does not change it.
    NotClassifiable {
        /// The groups that have none, at least one.
        groups: Vec<Unclassifiable<'r>>,
        /// The rows of the other groups, for a person to look at: those that are chosen, and of
        /// undecided groups those that may yet be. They stand for a part of the concept, and are no
        /// answer.
        candidates: Vec<Candidate<'r>>,
    },
    /// There are no rows.
    NoMap,
}

/// A row that may yet be chosen, or is chosen where that is of no use.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Candidate<'r> {
    /// The row.
    pub row: MapRow<'r>,
    /// Why its own rule is unknown; empty where it is true, so that the row is chosen if no candidate
    /// of its group before it is.
    pub missing: Vec<Missing>,
}

/// A group that makes the concept not classifiable.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unclassifiable<'r> {
    /// The group.
    pub group: u32,
    /// The row that was chosen and has no target, with its advice; `None` where no rule is true.
    pub row: Option<MapRow<'r>>,
}

/// Why the rows cannot be gone through.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum SelectionError {
    /// The patient's facts exclude each other.
    #[error(transparent)]
    Contradiction(#[from] Contradiction),
    /// Which row is tried first is not certain.
    #[error("two rows of group {group} have priority {priority}, so that neither is the first")]
    SamePriority {
        /// Their group.
        group: u32,
        /// Their priority.
        priority: u32,
    },
}

impl Selection<'_> {
    /// Returns the codes, each once, in the order of the groups; `None` where there are no targets.
    ///
    /// # Example
    /// ```
    /// use farr::map::Selection;
    ///
    /// assert_eq!(Selection::NoMap.codes(), None);
    /// ```
    #[must_use]
    pub fn codes(&self) -> Option<Vec<&str>> {
        let Selection::Targets(rows) = self else { return None };
        let mut codes = Vec::with_capacity(rows.len());
        for code in rows.iter().filter_map(MapRow::code) {
            if !codes.contains(&code) {
                codes.push(code);
            }
        }
        Some(codes)
    }
}

/// Returns the targets of a concept for a patient, given the active rows of the concept in any order.
///
/// Within a group the first row by priority whose rule is true is chosen. A rule that cannot be
/// decided stops its group: no row behind it is chosen. A rule without text is true where its row is
/// the only one of the group, and otherwise unknown. `is_a` is as for
/// [`MapRule::truth`](super::MapRule::truth).
///
/// Costs well below a microsecond for a few rows.
///
/// # Errors
/// The patient's facts exclude each other, or two rows have the same group and priority.
///
/// # Example
/// ```
/// use farr::Sctid;
/// use farr::map::{MapRow, MapRule, Patient, Selection, Sex, Truth, select};
///
/// let row = |priority, rule, target| MapRow::new((1, priority), MapRule::as_published(rule), target);
/// let rows = [
///     row(1, "IFA 248152002 | Female (finding) |", "N94.8"),
///     row(2, "OTHERWISE TRUE", "R10.2"),
/// ];
/// let is_a = |_: Sctid, _: Sctid| Truth::Unknown;
/// let selection = select(&rows, &Patient::new().sex(Sex::Male), is_a)?;
/// assert_eq!(selection.codes(), Some(vec!["R10.2"]));
/// assert!(matches!(select(&rows, &Patient::new(), is_a)?, Selection::NeedsContext { .. }));
/// # Ok::<(), farr::map::SelectionError>(())
/// ```
pub fn select<'r>(
    rows: &[MapRow<'r>],
    patient: &Patient,
    mut is_a: impl FnMut(Sctid, Sctid) -> Truth,
) -> Result<Selection<'r>, SelectionError> {
    patient.check()?;
    let rows = in_order(rows)?;
    select_in_order(&rows, patient, &mut is_a)
}

/// Goes through rows by group and priority, none of them twice the same, for a patient whose facts
/// do not exclude each other.
pub(super) fn select_in_order<'r, R: Tried<'r>>(
    rows: &[R],
    patient: &Patient,
    is_a: &mut impl FnMut(Sctid, Sctid) -> Truth,
) -> Result<Selection<'r>, SelectionError> {
    let mut outcomes = Outcomes::default();
    for group in groups(rows) {
        let number = group.first().map_or(0, |row| row.place().0);
        outcomes.add(number, decide(group, patient, is_a, &mut |_| ())?);
    }
    Ok(outcomes.selection())
}

/// A row whose rule is tried: what of it is not looked at need not be read.
pub(super) trait Tried<'r> {
    /// Its rule, kept or read anew.
    type Rule<'a>: Borrow<MapRule<'r>>
    where
        Self: 'a;

    /// Its group and its priority.
    fn place(&self) -> (u32, u32);

    fn rule(&self) -> Self::Rule<'_>;

    /// All of it.
    fn whole(&self, rule: Self::Rule<'_>) -> MapRow<'r>;
}

impl<'r> Tried<'r> for MapRow<'r> {
    type Rule<'a>
        = &'a MapRule<'r>
    where
        Self: 'a;

    fn place(&self) -> (u32, u32) {
        (self.group, self.priority)
    }

    fn rule(&self) -> &MapRule<'r> {
        &self.rule
    }

    fn whole(&self, _: &MapRule<'r>) -> MapRow<'r> {
        self.clone()
    }
}

/// The rows by group and priority.
pub(super) fn in_order<'a, 'r>(
    rows: &'a [MapRow<'r>],
) -> Result<Cow<'a, [MapRow<'r>]>, SelectionError> {
    let mut rows = Cow::Borrowed(rows);
    if !rows.is_sorted_by_key(MapRow::place) {
        rows.to_mut().sort_by_key(MapRow::place);
    }
    are_distinct(&rows)?;
    Ok(rows)
}

/// Whether no two of sorted rows have the same place.
pub(super) fn are_distinct<'r>(rows: &[impl Tried<'r>]) -> Result<(), SelectionError> {
    for pair in rows.windows(2) {
        if let [one, next] = pair
            && one.place() == next.place()
        {
            let (group, priority) = one.place();
            return Err(SelectionError::SamePriority { group, priority });
        }
    }
    Ok(())
}

/// Sorted rows by group.
pub(super) fn groups<'a, 'r, R: Tried<'r>>(
    rows: &'a [R],
) -> impl Iterator<Item = &'a [R]> + use<'a, 'r, R> {
    rows.chunk_by(|one, next| one.place().0 == next.place().0)
}

/// What comes of a group.
pub(super) enum Decision<'r> {
    Chosen(MapRow<'r>),
    Undecided(Vec<Candidate<'r>>),
    NoneHolds,
}

/// Goes through the rows of a group by priority, up to the one that is chosen or stops it, and tells
/// of each.
pub(super) fn decide<'r, R: Tried<'r>>(
    group: &[R],
    patient: &Patient,
    is_a: &mut impl FnMut(Sctid, Sctid) -> Truth,
    tell: &mut impl FnMut(&Evaluated),
) -> Result<Decision<'r>, Contradiction> {
    let mut candidates = Vec::new();
    for row in group {
        let rule = row.rule();
        let evaluated = match (rule.borrow().condition(), group) {
            // Without an alternative there is nothing to choose by.
            (Condition::Blank, [_]) => Evaluated { truth: Truth::True, missing: Vec::new() },
            _ => evaluate_with_reasons(rule.borrow(), patient, is_a)?,
        };
        if candidates.is_empty() {
            tell(&evaluated);
        }
        match evaluated.truth {
            Truth::False => {}
            Truth::True if candidates.is_empty() => return Ok(Decision::Chosen(row.whole(rule))),
            truth => {
                candidates.push(Candidate { row: row.whole(rule), missing: evaluated.missing });
                if truth == Truth::True {
                    break;
                }
            }
        }
    }
    Ok(match candidates.is_empty() {
        true => Decision::NoneHolds,
        false => Decision::Undecided(candidates),
    })
}

/// What came of the groups so far.
#[derive(Default)]
pub(super) struct Outcomes<'r> {
    chosen: Vec<MapRow<'r>>,
    missing: Vec<Missing>,
    candidates: Vec<Candidate<'r>>,
    unclassifiable: Vec<Unclassifiable<'r>>,
}

impl<'r> Outcomes<'r> {
    pub(super) fn add(&mut self, group: u32, decision: Decision<'r>) {
        match decision {
            Decision::Chosen(row) if row.code().is_some() => self.chosen.push(row),
            Decision::Chosen(row) => {
                self.unclassifiable.push(Unclassifiable { group, row: Some(row) });
            }
            Decision::NoneHolds => {
                self.unclassifiable.push(Unclassifiable { group, row: None });
            }
            Decision::Undecided(candidates) => {
                for reason in candidates.iter().take(1).flat_map(|first| &first.missing) {
                    missing::add(&mut self.missing, *reason);
                }
                self.candidates.extend(candidates);
            }
        }
    }

    /// A group that has no code cannot get one by what is missing for another.
    pub(super) fn selection(self) -> Selection<'r> {
        if !self.unclassifiable.is_empty() {
            let mut candidates = self.candidates;
            let chosen = self.chosen.into_iter();
            candidates.extend(chosen.map(|row| Candidate { row, missing: Vec::new() }));
            candidates.sort_by_key(|candidate| candidate.row.place());
            Selection::NotClassifiable { groups: self.unclassifiable, candidates }
        } else if !self.candidates.is_empty() {
            Selection::NeedsContext { missing: self.missing, candidates: self.candidates }
        } else if !self.chosen.is_empty() {
            Selection::Targets(self.chosen)
        } else {
            Selection::NoMap
        }
    }
}
