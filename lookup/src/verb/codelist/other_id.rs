//! Rows that say that a code is another id of a product: does dm+d say so too?

use farr::{Sctid, Systems};
use farr_codelists::{Entry, OtherId};

/// Why what a row says of its code cannot be taken; `None` where dm+d says the same, or the row says no such
/// thing.
pub(super) fn amiss(entry: &Entry, systems: Systems<'_>) -> Option<String> {
    let (said, other) = entry.other_id()?;
    let Some(dmd) = systems.dmd() else {
        return Some(
            "whether it is another id of a product dm+d says, which is not opened".to_owned(),
        );
    };
    let code = entry.code.text();
    let (Ok(id), Ok(other_id)) = (Sctid::parse(code), Sctid::parse(other)) else {
        return Some(format!("it is said to be another id of {other}, and one of them is no id"));
    };
    let (before, after) = match said {
        OtherId::Previous => (id, other_id),
        OtherId::Subsequent => (other_id, id),
    };
    let is_so = before != after && dmd.current(before).ids().iter().any(|found| found.id == after);
    let is_so = is_so && dmd.product(after).is_some();
    (!is_so).then(|| {
        let named = dmd.product(id).map(|product| format!(", and {code} is {}", product.name()));
        format!(
            "dm+d does not have {before} as an earlier id of {after}{}",
            named.unwrap_or_default()
        )
    })
}
