//! Everything that changed, found on all cores and told in one order.

use farr::Sctid;
use farr::diff::{Change, Comparison, DmdComparison, SnomedComparison};

use crate::failure::Failure;
use crate::table::ordered::in_order;

/// Codes that a thread compares in one go.
const PIECE: usize = 2048;

/// Takes every change of every system that both sets have.
pub(super) fn run(
    comparison: &Comparison<'_>,
    take: &mut impl FnMut(Change) -> Result<(), Failure>,
) -> Result<(), Failure> {
    if let Some(snomed) = comparison.snomed() {
        of_ids(snomed.concept_ids(), |id, changes| one_concept(snomed, id, changes), take)?;
        tell(|mut emit| snomed.other_changes(&mut emit), take)?;
    }
    if let Some(dmd) = comparison.dmd() {
        of_ids(dmd.product_ids(), |id, changes| one_product(dmd, id, changes), take)?;
        tell(|mut emit| dmd.other_changes(&mut emit), take)?;
    }
    if let Some(icd10) = comparison.icd10() {
        tell(|mut emit| icd10.changes(&mut emit), take)?;
    }
    if let Some(icd10_cm) = comparison.icd10_cm() {
        tell(|mut emit| icd10_cm.changes(&mut emit), take)?;
    }
    if let Some(opcs4) = comparison.opcs4() {
        tell(|mut emit| opcs4.changes(&mut emit), take)?;
    }
    Ok(())
}

fn one_concept(snomed: &SnomedComparison<'_>, id: Sctid, changes: &mut Vec<Change>) {
    snomed.changes_of(id, &mut |change| changes.push(change));
}

fn one_product(dmd: &DmdComparison<'_>, id: Sctid, changes: &mut Vec<Change>) {
    dmd.changes_of(id, &mut |change| changes.push(change));
}

fn of_ids(
    ids: Vec<Sctid>,
    of: impl Fn(Sctid, &mut Vec<Change>) + Sync,
    take: &mut impl FnMut(Change) -> Result<(), Failure>,
) -> Result<(), Failure> {
    let mut pieces = ids.chunks(PIECE);
    in_order(
        || Ok(pieces.next()),
        || (),
        |(), piece| {
            let mut changes = Vec::new();
            for id in piece {
                of(*id, &mut changes);
            }
            changes
        },
        |changes| changes.into_iter().try_for_each(&mut *take),
    )
}

/// Takes what is found one after the other; what the first failure leaves is not asked for.
fn tell(
    of: impl FnOnce(&mut dyn FnMut(Change)),
    take: &mut impl FnMut(Change) -> Result<(), Failure>,
) -> Result<(), Failure> {
    let mut outcome = Ok(());
    of(&mut |change| {
        if outcome.is_ok() {
            outcome = take(change);
        }
    });
    outcome
}
