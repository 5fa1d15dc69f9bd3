//! The names that changes are told with, in the dialect that is asked for.

use farr::coding::System;
use farr::diff::{Change, Comparison};
use farr::{Dialect, Sctid};

/// Gives the concepts of a change their preferred terms in a dialect, in the newer release where that has
/// them. What a release says otherwise stands as it is published.
pub(super) fn name(change: &mut Change, comparison: &Comparison<'_>, dialect: Dialect) {
    // They come in this one.
    if dialect == Dialect::NHS_CLINICAL || change.system != System::Snomed {
        return;
    }
    let term = |code: &str| -> Option<String> {
        let id = Sctid::parse_as_published(code).ok()?;
        let releases = [comparison.newer(), comparison.old()].into_iter();
        let mut concepts = releases.filter_map(|systems| systems.snomed()?.concept(id));
        let term = concepts.find_map(|concept| concept.preferred_term(dialect))?;
        Some(term.text().to_owned())
    };
    if let Some(term) = term(&change.code) {
        change.display = term;
    }
    for related in &mut change.related {
        if let Some(term) = term(&related.code) {
            related.display = term;
        }
    }
}
