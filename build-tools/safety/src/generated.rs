//! Parts of the pack that are made of the hazards, and never written by hand.

use std::fmt::Write as _;

use crate::hazard::{Hazard, STATUSES};

/// Where a part that is made begins; a title follows.
pub const BEGIN: &str = "<!-- made of the hazard files: begin -->\n";
/// Where it ends.
pub const END: &str = "<!-- made of the hazard files: end -->";

/// The table of all hazards, for `hazard-log/README.md`.
pub fn index(hazards: &[Hazard]) -> String {
    let mut table =
        "\n| id | hazard | initial risk | residual risk | status |\n|---|---|---|---|---|\n"
            .to_owned();
    for hazard in hazards {
        let file = hazard.file.rsplit('/').next().unwrap_or_default();
        let _ = writeln!(
            table,
            "| [{}]({file}) | {} | {} | {} | {} |",
            hazard.id, hazard.name, hazard.initial.risk, hazard.residual.risk, hazard.status
        );
    }
    table.push('\n');
    table
}

/// How many hazards have each residual risk and status, for the report.
pub fn summary(hazards: &[Hazard]) -> String {
    let controls = hazards.iter().flat_map(|hazard| &hazard.controls);
    let (proved, other): (Vec<_>, Vec<_>) = controls.partition(|control| control.needs_test());
    let tests: usize = proved.iter().map(|control| control.tests.len()).sum();
    let mut text = format!(
        "\n{} hazards, {} controls that tests prove (by {tests} references to tests), {} controls that \
         are information, training or business.\n\n| risk | before controls | with controls |\n\
         |---|---|---|\n",
        hazards.len(),
        proved.len(),
        other.len()
    );
    for risk in 1..=5 {
        let initial = hazards.iter().filter(|hazard| hazard.initial.risk == risk).count();
        let residual = hazards.iter().filter(|hazard| hazard.residual.risk == risk).count();
        let _ = writeln!(text, "| {risk} | {initial} | {residual} |");
    }
    text.push_str("\n| status | hazards |\n|---|---|\n");
    for status in STATUSES {
        let those: Vec<&str> = hazards
            .iter()
            .filter(|hazard| hazard.status == status)
            .map(|hazard| &*hazard.id)
            .collect();
        let list = if those.is_empty() { "none".to_owned() } else { those.join(", ") };
        let _ = writeln!(text, "| {status} | {list} |");
    }
    text.push('\n');
    text
}

/// A document with another part in the place of the one that is made; `None` where it has no marks.
pub fn put(document: &str, part: &str) -> Option<String> {
    let (before, rest) = document.split_once(BEGIN)?;
    let (_, after) = rest.split_once(END)?;
    Some(format!("{before}{BEGIN}{part}{END}{after}"))
}
