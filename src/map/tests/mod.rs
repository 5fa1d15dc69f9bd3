//! Tests of rules and of selections.

use super::Truth;
use crate::id::Sctid;

mod cases;
mod forms;
mod groups;
mod hostile;
mod model;
mod published;
mod random;

fn id(text: &str) -> Sctid {
    text.parse().unwrap()
}

/// What is a kind of what in the cases of `testdata/map`.
fn is_a(finding: Sctid, concept: Sctid) -> Truth {
    assert_ne!(finding, concept, "nobody is asked of a concept and itself");
    match (finding.value(), concept.value()) {
        (103_007, _) | (_, 103_007) => Truth::Unknown,
        (101_009, 90_979_004 | 64_572_001) | (90_979_004, 64_572_001) => Truth::True,
        _ => Truth::False,
    }
}
