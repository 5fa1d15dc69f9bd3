//! How a selection came about.

use std::borrow::Cow;
use std::fmt;

use super::evaluate::{Answer, Evaluated, ask};
use super::missing::Missing;
use super::patient::Patient;
use super::row::MapRow;
use super::rule::{Condition, MapRule};
use super::select::{Decision, Outcomes, Selection, SelectionError, decide, groups, in_order};
use super::truth::Truth;
use crate::ecl::render::control_free;
use crate::id::Sctid;

/// A selection, and each rule on the way to it; made by [`explain`].
///
/// Displayed as lines: the groups, their rows with what their rules come to, and the clauses of rules
/// of several.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Explanation<'r> {
    /// The groups, in order.
    pub groups: Vec<ExplainedGroup<'r>>,
    /// What [`select`](super::select) gives.
    pub selection: Selection<'r>,
}

/// A group, and its rows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ExplainedGroup<'r> {
    /// Its number.
    pub group: u32,
    /// Its rows by priority. The last that was reached was chosen if its rule is true, and stopped
    /// the group if it is unknown.
    pub rows: Vec<ExplainedRow<'r>>,
}

/// A row, and what its rule comes to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ExplainedRow<'r> {
    /// The row.
    pub row: MapRow<'r>,
    /// Whether its rule holds, and why that is unknown; `None` where the group was decided, or
    /// stopped, before it.
    pub evaluated: Option<Evaluated>,
    /// The clauses of its rule, where it was reached.
    pub clauses: Vec<ExplainedClause<'r>>,
}

/// A clause, and what it comes to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ExplainedClause<'r> {
    /// Its text.
    pub text: Cow<'r, str>,
    /// Whether it holds.
    pub truth: Truth,
    /// Why that is unknown, if so.
    pub missing: Option<Missing>,
}

/// Returns the targets of a concept for a patient as [`select`](super::select) does, and how each
/// rule led there.
///
/// # Errors
/// As [`select`](super::select); clauses behind one that is false are asked too, so that a
/// contradiction may show that `select` does not come to.
///
/// # Example
/// ```
/// use farr::Sctid;
/// use farr::map::{Age, MapRow, MapRule, Patient, Truth, explain};
///
/// let row = |priority, rule, target| MapRow::new((1, priority), MapRule::as_published(rule), target);
/// let rows = [
///     row(1, "IFA 248152002 | Female (finding) |", "N94.8"),
///     row(2, "OTHERWISE TRUE", "R10.2"),
/// ];
/// let explanation = explain(&rows, &Patient::new(), |_: Sctid, _: Sctid| Truth::Unknown)?;
/// let expected = "\
/// group 1
///   1 N94.8: IFA 248152002 | Female (finding) |
///     unknown: the sex is not known
///   2 R10.2: OTHERWISE TRUE
///     not reached
/// ";
/// assert_eq!(explanation.to_string(), expected);
/// # Ok::<(), farr::map::SelectionError>(())
/// ```
pub fn explain<'r>(
    rows: &[MapRow<'r>],
    patient: &Patient,
    mut is_a: impl FnMut(Sctid, Sctid) -> Truth,
) -> Result<Explanation<'r>, SelectionError> {
    patient.check()?;
    let rows = in_order(rows)?;
    let mut explained = Vec::new();
    let mut outcomes = Outcomes::default();
    for group in groups(&rows) {
        let mut reached: Vec<Evaluated> = Vec::new();
        let decision: Decision<'r> =
            decide(group, patient, &mut is_a, &mut |evaluated| reached.push(evaluated.clone()))?;
        let number = group.first().map_or(0, |row| row.group);
        outcomes.add(number, decision);
        let mut list = Vec::with_capacity(group.len());
        let mut reached = reached.into_iter();
        for row in group {
            let evaluated = reached.next();
            let clauses = match evaluated {
                Some(_) => clauses(&row.rule, patient, &mut is_a)?,
                None => Vec::new(),
            };
            list.push(ExplainedRow { row: row.clone(), evaluated, clauses });
        }
        explained.push(ExplainedGroup { group: number, rows: list });
    }
    Ok(Explanation { groups: explained, selection: outcomes.selection() })
}

fn clauses<'r>(
    rule: &MapRule<'r>,
    patient: &Patient,
    is_a: &mut impl FnMut(Sctid, Sctid) -> Truth,
) -> Result<Vec<ExplainedClause<'r>>, SelectionError> {
    let Condition::Clauses(clauses) = rule.condition() else { return Ok(Vec::new()) };
    let mut explained = Vec::with_capacity(clauses.len());
    for clause in clauses {
        let answer = ask(clause.kind(), patient, is_a)?;
        let missing = match answer {
            Answer::Unknown(missing) => Some(missing),
            Answer::Yes | Answer::No => None,
        };
        explained.push(ExplainedClause {
            text: rule.lasting_text_of(clause),
            truth: answer.truth(),
            missing,
        });
    }
    Ok(explained)
}

impl fmt::Display for Explanation<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.groups.is_empty() {
            return writeln!(f, "no map");
        }
        for group in &self.groups {
            writeln!(f, "group {}", group.group)?;
            for row in &group.rows {
                row.fmt(f)?;
            }
        }
        Ok(())
    }
}

/// Lines, set in as below a group.
impl fmt::Display for ExplainedRow<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let row = &self.row;
        let target = control_free(row.code().unwrap_or("no target"));
        let rule = control_free(row.rule.text().trim());
        let rule = if rule.is_empty() { "no rule" } else { &rule };
        writeln!(f, "  {} {target}: {rule}", row.priority)?;
        let Some(evaluated) = &self.evaluated else { return writeln!(f, "    not reached") };
        write!(f, "    {}", evaluated.truth)?;
        for (number, missing) in evaluated.missing.iter().enumerate() {
            write!(f, "{} {missing}", if number == 0 { ":" } else { ";" })?;
        }
        if let Some(error) = row.rule.error() {
            write!(f, " ({error})")?;
        }
        writeln!(f)?;
        if let [_, _, ..] = self.clauses.as_slice() {
            for clause in &self.clauses {
                writeln!(f, "      {:<7} {}", clause.truth, control_free(&clause.text))?;
            }
        }
        Ok(())
    }
}
