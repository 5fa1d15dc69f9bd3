//! Two releases compared, against what is read off their rows.

mod classification;
mod dmd;
mod edited;
mod generated;
mod naive;
mod planted;
mod random;
mod shared;

use farr::Terminology;
use farr::diff::{Change, SnomedComparison};

/// A change as a line: kind, code, component, before, after, related; `-` for what there is not.
fn line(change: &Change) -> String {
    let or_none = |text: &Option<String>| text.clone().unwrap_or_else(|| "-".to_owned());
    let mut related: Vec<String> =
        change.related.iter().map(|one| format!("{}:{}", one.role.code(), one.code)).collect();
    related.sort();
    assert_eq!(change.system, farr::coding::System::Snomed);
    let (kind, code) = (change.kind, &change.code);
    let (component, before) = (or_none(&change.component), or_none(&change.before));
    format!("{kind}|{code}|{component}|{before}|{}|{}", or_none(&change.after), related.join(" "))
}

/// All changes between two releases, as they are told.
fn changes(old: &Terminology, new: &Terminology) -> Vec<Change> {
    let (old, new) = (old.snomed().expect("SNOMED CT"), new.snomed().expect("SNOMED CT"));
    let comparison = SnomedComparison::new(old, new);
    let mut all = Vec::new();
    comparison.changes(&mut |change| all.push(change));
    // The whole is what the parts are, in their order.
    let mut parts = Vec::new();
    for concept in comparison.concept_ids() {
        comparison.changes_of(concept, &mut |change| parts.push(change));
    }
    comparison.other_changes(&mut |change| parts.push(change));
    assert_eq!(all, parts);
    all
}
