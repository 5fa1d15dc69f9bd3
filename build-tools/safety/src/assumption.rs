//! What the pack assumes of whoever builds on farr, as `integrator-assumptions.md` has it.

use crate::Problem;

/// An assumption, and the hazards that are said to rest on it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Assumption {
    /// `A01`, `A02`, …
    pub id: String,
    /// As the list behind `**Hazards:**` has them.
    pub hazards: Vec<String>,
}

/// What each assumption says, in this order.
const PARTS: [&str; 3] = ["**If it is false:** ", "**How to check:** ", "**Hazards:** "];

/// Reads all assumptions of a file; those that lack a part are told.
pub fn read(file: &str, text: &str, problems: &mut Vec<Problem>) -> Vec<Assumption> {
    let mut assumptions = Vec::new();
    for part in text.split("\n### ").skip(1) {
        let (id, body) = part.split_once('\n').unwrap_or((part, ""));
        let mut paragraphs = body.split("\n\n").map(str::trim).filter(|text| !text.is_empty());
        if paragraphs.next().is_none_or(|first| first.starts_with("**If it is false")) {
            problems.push(Problem::new(file, format!("{id}: what is assumed, is not said")));
        }
        let mut hazards = "";
        for mark in PARTS {
            match paragraphs.next().and_then(|paragraph| paragraph.strip_prefix(mark)) {
                Some(said) if !said.trim().is_empty() => hazards = said,
                _ => {
                    let mark = mark.trim();
                    problems.push(Problem::new(file, format!("{id}: {mark} is missing or empty")));
                }
            }
        }
        // A heading of the second level may follow the last assumption of a part.
        let hazards = hazards.lines().next().unwrap_or_default().trim().trim_end_matches('.');
        assumptions.push(Assumption {
            id: id.trim().to_owned(),
            hazards: hazards.split(", ").map(str::to_owned).collect(),
        });
    }
    assumptions
}
