//! What touches some codes, lists and rules.

use farr::coding::{Knowledge, inspect};
use farr::diff::{Change, ChangeKind, Comparison};
use farr_codelists::diff::{self, Touched, Touching};

use super::asked::Asked;
use super::named;
use crate::cli::Common;
use crate::failure::Failure;
use crate::table::withheld::{WITHHELD, has_nhs_number};
use crate::verb::codelist::source::{no_expansion, told};

/// Every change of a code that is asked about, and of what lists and rules come to.
pub(super) fn changes(
    comparison: &Comparison<'_>,
    asked: &Asked,
    common: &Common,
) -> Result<Touched, Failure> {
    let touching = Touching {
        lists: &asked.lists,
        bindings: &asked.bindings,
        codes: &asked.codes,
        dialect: common.dialect,
    };
    let mut touched = diff::changes(comparison, &touching).map_err(|refused| {
        let file = asked.files.get(refused.place).unwrap_or(&refused.name);
        no_expansion(file, &refused.error)
    })?;
    if let Some((system, table)) = &asked.empty {
        let reason = "the column has no codes".to_owned();
        let change = Change::new(ChangeKind::CannotTell, *system, "", "").of(table);
        touched.changes.push(change.from_to(None, Some(reason)));
    }
    for change in &mut touched.changes {
        named::name(change, comparison, common.dialect);
        withhold(change, comparison);
    }
    Ok(touched)
}

/// What is to be told of lists beside what changed, a line each.
pub(super) fn notes(asked: &Asked, touched: &Touched) -> Vec<String> {
    let mut notes = asked.notes.clone();
    for (place, file) in asked.files.iter().enumerate() {
        let of_list = touched.notes.iter().filter(|note| note.place == place);
        let (of_both, of_one): (Vec<_>, Vec<_>) =
            of_list.partition(|note| note.is_older && note.is_newer);
        notes.extend(told(file, of_both.into_iter().map(|note| &note.finding)));
        for (which, is_older) in [("older", true), ("newer", false)] {
            let findings = of_one.iter().filter(|note| note.is_older == is_older);
            let told = told(file, findings.map(|note| &note.finding));
            notes.extend(told.into_iter().map(|line| format!("in the {which} release: {line}")));
        }
    }
    notes
}

/// Withholds text that is no code of a release and may tell who a patient is: the wrong column was named,
/// say.
fn withhold(change: &mut Change, comparison: &Comparison<'_>) {
    let is_known = |systems, code: &str| {
        inspect(systems, code).iter().any(|found| matches!(found.known, Knowledge::Known(_)))
    };
    if change.kind == ChangeKind::CannotTell
        && has_nhs_number(&change.code)
        && !is_known(comparison.old(), &change.code)
        && !is_known(comparison.newer(), &change.code)
    {
        change.code = WITHHELD.to_owned();
        let reason = "it may be an NHS number, and is no code of either release".to_owned();
        (change.before, change.after) = (None, Some(reason));
    }
}
