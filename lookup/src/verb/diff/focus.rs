//! What touches some codes, lists and rules.

use std::collections::BTreeSet;

use farr::coding::System;
use farr::diff::{Change, Comparison};

use super::asked::Asked;
use super::{lists, rules};
use crate::cli::Common;
use crate::failure::Failure;

/// Every change of a code that is asked about, and of what lists and rules come to.
///
/// What a list gained or lost stands first, then its codes in their order. A code of several lists is
/// told of once.
pub(super) fn changes(
    comparison: &Comparison<'_>,
    asked: &Asked,
    common: &Common,
) -> Result<Vec<Change>, Failure> {
    let mut changes = Vec::new();
    let mut codes: BTreeSet<(System, String)> = asked.codes.iter().cloned().collect();
    for (name, source) in &asked.lists {
        lists::changes(comparison, name, source, common, &mut codes, &mut changes)?;
    }
    for binding in &asked.bindings {
        rules::changes(comparison, binding, &mut changes);
    }
    for (system, code) in &codes {
        comparison.changes_of(*system, code, &mut |change| changes.push(change));
    }
    Ok(changes)
}
