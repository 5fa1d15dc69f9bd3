//! What touches some codes, lists and rules.

use farr::diff::{Change, Comparison};
use farr_codelists::diff::{self, Touching};

use super::asked::Asked;
use crate::cli::Common;
use crate::failure::Failure;
use crate::verb::codelist::source::no_expansion;

/// Every change of a code that is asked about, and of what lists and rules come to.
pub(super) fn changes(
    comparison: &Comparison<'_>,
    asked: &Asked,
    common: &Common,
) -> Result<Vec<Change>, Failure> {
    let touching = Touching {
        lists: &asked.lists,
        bindings: &asked.bindings,
        codes: &asked.codes,
        dialect: common.dialect,
    };
    diff::changes(comparison, &touching).map_err(|refused| {
        let file = asked.files.get(refused.place).unwrap_or(&refused.name);
        no_expansion(file, &refused.error)
    })
}
