//! The table that joins hazards, controls, tests and their results.

use std::fmt::Write as _;

use super::log::{Outcome, Run};
use crate::{Pack, cases};

/// What an output says of its run, as `run of: name: value`, and how it is told.
const ORIGIN: [(&str, &str); 5] = [
    ("commit", "commit of the sources"),
    ("begun", "begun"),
    ("toolchain", "toolchain"),
    ("host", "host"),
    ("kills", "kills of a publisher at random moments"),
];

/// The document of evidence, and how many named tests did not pass.
///
/// Of when, of which sources and where the run was, it says what the output itself says: one output
/// gives one document.
pub fn evidence(pack: &Pack, run: &Run, version: &str) -> (String, usize) {
    let mut rows = String::new();
    let mut named = 0_usize;
    let mut not_passed = 0_usize;
    for hazard in &pack.hazards {
        for control in &hazard.controls {
            let first = format!("{} | {} {}", hazard.id, control.id, control.what);
            if control.tests.is_empty() {
                let _ = writeln!(rows, "| {first} | {} | no test |", control.kind);
            }
            for test in &control.tests {
                named = named.saturating_add(1);
                let result = result(pack, run, test);
                if result != "passed" {
                    not_passed = not_passed.saturating_add(1);
                }
                let _ = writeln!(rows, "| {first} | `{test}` | {result} |");
            }
        }
    }
    let [passed, failed, ignored] = run.counts();
    let mut text = format!(
        "# Evidence of the controls of farr {version}\n\n\
         Made from the output of a run of the tests by `.ci/safety-evidence`. Each row is a control of \
         the hazard log in `docs/safety/hazard-log` and a test that it names.\n\n\
         Tests named: {named}. Of these did not pass: {not_passed}. In the whole run {passed} tests \
         passed, {failed} failed, {ignored} were ignored; {} said that data which is not distributed \
         was not there, and none of these is named.\n\n",
        run.skipped
    );
    text.push_str("The run:\n\n");
    for (name, what) in ORIGIN {
        let said = run.origin.iter().find(|(said, _)| said == name);
        let value = said.map_or("not said in the output", |(_, value)| value.as_str());
        let _ = writeln!(text, "- {what}: {value}");
    }
    text.push('\n');
    if !run.strangers.is_empty() {
        text.push_str("Parts of the output that are not of these sources, and not counted:\n\n");
        for stranger in &run.strangers {
            let _ = writeln!(text, "- {stranger}");
        }
        text.push('\n');
    }
    text.push_str("| hazard | control | test | last result |\n|---|---|---|---|\n");
    text.push_str(&rows);
    (text, not_passed)
}

/// The result of a test in all binaries that it is part of: the worst.
fn result(pack: &Pack, run: &Run, test: &str) -> &'static str {
    // A case is run by the test of its table.
    let test = cases::of(test).map_or(test, |(table, _)| table.test);
    let Some((file, function)) = test.split_once("::") else { return "not run" };
    let mut results = Vec::new();
    for (at, target) in pack.targets.iter().enumerate() {
        for found in
            target.tests.iter().filter(|found| found.file == file && found.name == function)
        {
            results.push(run.outcome(at, &found.printed));
        }
    }
    if results.contains(&Some(Outcome::Failed)) {
        "FAILED"
    } else if results.is_empty() || results.iter().any(|result| *result != Some(Outcome::Passed)) {
        "not run"
    } else {
        "passed"
    }
}
