//! All rules that the pack has to keep.

use std::collections::BTreeSet;

use crate::assumption::{self, Assumption};
use crate::hazard::Hazard;
use crate::risk::{HIGHEST_RESIDUAL, Rating, risk};
use crate::source::{Target, targets};
use crate::{Problem, Tree, cases, changelog, generated};

const LOG: &str = "docs/safety/hazard-log/";
const INDEX: &str = "docs/safety/hazard-log/README.md";
const REPORT: &str = "docs/safety/safety-case-report.md";
const ASSUMPTIONS: &str = "docs/safety/integrator-assumptions.md";
const CHANGELOG: &str = "CHANGELOG.md";
const DOCUMENTS: [&str; 5] =
    ["docs/safety/README.md", "docs/safety/intended-use.md", ASSUMPTIONS, REPORT, INDEX];

/// The pack as it was read, and the tests of the workspace.
#[derive(Debug)]
pub struct Pack {
    /// The hazards, by their ids.
    pub hazards: Vec<Hazard>,
    /// The assumptions, in the order of the document.
    pub assumptions: Vec<Assumption>,
    /// The test binaries.
    pub targets: Vec<Target>,
}

/// Reads the pack and tells everything that is wrong with it; nothing is left out behind the first.
///
/// Reads all Rust sources of the workspace: a second or so.
pub fn check(tree: &Tree) -> (Pack, Vec<Problem>) {
    let (targets, mut problems) = targets(tree);
    let (pack, of_pack) = check_against(tree, targets);
    problems.extend(of_pack);
    (pack, problems)
}

/// The same, where the test binaries are known.
pub fn check_against(tree: &Tree, targets: Vec<Target>) -> (Pack, Vec<Problem>) {
    let mut problems = Vec::new();
    for document in DOCUMENTS {
        if tree.get(document).is_none() {
            problems.push(Problem::new(document, "the document is not there"));
        }
    }
    let hazards: Vec<Hazard> = tree
        .below(LOG)
        .filter(|path| *path != INDEX)
        .filter_map(|path| Hazard::read(path, tree.get(path)?, &mut problems))
        .collect();
    let text = tree.get(ASSUMPTIONS).unwrap_or_default();
    let assumptions = assumption::read(ASSUMPTIONS, text, &mut problems);

    check_numbers(tree, &assumptions, &mut problems);
    for hazard in &hazards {
        check_risks(hazard, &mut problems);
        check_controls(hazard, tree, &targets, &mut problems);
    }
    check_assumptions(&hazards, &assumptions, &mut problems);
    for (document, made) in made(&hazards) {
        let Some(text) = tree.get(document) else { continue };
        if generated::put(text, &made).is_none_or(|current| current != text) {
            let what = "what is made of the hazards is not current: run the test with FARR_BLESS=1";
            problems.push(Problem::new(document, what));
        }
    }
    match tree.get(CHANGELOG) {
        Some(text) => problems.extend(changelog::check(CHANGELOG, text)),
        None => problems.push(Problem::new(CHANGELOG, "the document is not there")),
    }
    (Pack { hazards, assumptions, targets }, problems)
}

/// The documents with a part that is made of the hazards, each with that part.
pub fn made(hazards: &[Hazard]) -> [(&'static str, String); 2] {
    [(INDEX, generated::index(hazards)), (REPORT, generated::summary(hazards))]
}

/// Ids of hazards are those of their files, and neither they nor those of assumptions have gaps.
fn check_numbers(tree: &Tree, assumptions: &[Assumption], problems: &mut Vec<Problem>) {
    for (at, path) in tree.below(LOG).filter(|path| *path != INDEX).enumerate() {
        let id = format!("H{:02}", at.saturating_add(1));
        let file = path.strip_prefix(LOG).unwrap_or_default();
        if !file.starts_with(&format!("{id}-")) {
            problems.push(Problem::new(path, format!("ids are not consecutive: {id} comes here")));
        }
        if !tree.get(path).unwrap_or_default().starts_with(&format!("# {id}: ")) {
            problems.push(Problem::new(path, format!("its title does not begin with {id}")));
        }
    }
    for (at, assumption) in assumptions.iter().enumerate() {
        let id = format!("A{:02}", at.saturating_add(1));
        if assumption.id != id {
            let what = format!("ids are not consecutive: {} where {id} comes", assumption.id);
            problems.push(Problem::new(ASSUMPTIONS, what));
        }
    }
}

fn check_risks(hazard: &Hazard, problems: &mut Vec<Problem>) {
    let mut tell = |what: String| problems.push(Problem::new(&*hazard.file, what));
    for (word, rating) in [("initial", hazard.initial), ("residual", hazard.residual)] {
        let Rating { likelihood, severity, risk: written } = rating;
        match risk(likelihood, severity) {
            None => tell(format!("{word}: likelihood and severity go from 1 to 5")),
            Some(right) if right != written => tell(format!(
                "{word}: likelihood {likelihood} and severity {severity} are risk {right}, not {written}"
            )),
            Some(_) => {}
        }
    }
    let (initial, residual) = (hazard.initial, hazard.residual);
    if residual.likelihood > initial.likelihood || residual.severity > initial.severity {
        tell("the residual rating is above the initial one".to_owned());
    }
    if residual.risk > HIGHEST_RESIDUAL {
        tell(format!("a residual risk above {HIGHEST_RESIDUAL} is not released"));
    }
    if hazard.status == "closed" && residual.risk >= HIGHEST_RESIDUAL {
        tell(format!("a residual risk of {} is not closed", residual.risk));
    }
    if hazard.status == "transferred to integrator" && hazard.assumptions.is_empty() {
        tell("it is transferred, and rests on no assumption".to_owned());
    }
}

fn check_controls(hazard: &Hazard, tree: &Tree, targets: &[Target], problems: &mut Vec<Problem>) {
    for control in &hazard.controls {
        let mut tell = |what: String| {
            problems.push(Problem::new(&*hazard.file, format!("{}: {what}", control.id)));
        };
        if control.needs_test() && control.tests.is_empty() {
            tell(format!("a control of kind {:?} names no test", control.kind));
        }
        for name in &control.tests {
            if let Some(why) = why_not_run(name, tree, targets) {
                tell(format!("{name}: {why}"));
            }
        }
        for table in &cases::TABLES {
            let runs = control.tests.iter().any(|name| name == table.test);
            let names =
                |name: &String| cases::of(name).is_some_and(|(of, _)| of.file == table.file);
            if runs && !control.tests.iter().any(names) {
                tell(format!(
                    "{}: it runs many cases, and none of {} is named",
                    table.test, table.file
                ));
            }
        }
    }
}

/// Why a named test is no evidence, or `None` where it runs.
fn why_not_run(name: &str, tree: &Tree, targets: &[Target]) -> Option<&'static str> {
    let Some((file, function)) = name.split_once("::") else {
        return Some("not of the form path/of/file.rs::function");
    };
    if let Some((table, case)) = cases::of(name) {
        return match tree.get(file) {
            None => Some("there is no such file"),
            Some(text) if !cases::has(text, case) => {
                Some("the table has no such case, with a row that gives it and a near miss")
            }
            Some(_) => why_not_run(table.test, tree, targets),
        };
    }
    if tree.get(file).is_none() {
        return Some("there is no such file");
    }
    let mut modules = BTreeSet::new();
    let mut found = None;
    for target in targets {
        for test in target.tests.iter().filter(|test| test.file == file && test.name == function) {
            if !modules.insert((&target.package, target.kind, &target.binary)) {
                return Some("the file has several tests of that name");
            }
            // One binary in which it does not run is enough to ask.
            found = Some(match found {
                Some(Some(why)) => Some(why),
                _ => why_no_evidence(test),
            });
        }
    }
    match found {
        Some(why) => why,
        None => Some("no test binary of the workspace has such a test"),
    }
}

fn why_no_evidence(test: &crate::source::FoundTest) -> Option<&'static str> {
    if test.is_left_out {
        Some("a cfg leaves the test out")
    } else if test.is_ignored {
        Some("the test is ignored")
    } else if test.may_skip {
        Some("the test skips itself where its data is not there")
    } else {
        None
    }
}

/// Hazards name assumptions that exist, and assumptions name the hazards that rest on them.
fn check_assumptions(hazards: &[Hazard], assumptions: &[Assumption], problems: &mut Vec<Problem>) {
    for hazard in hazards {
        for id in &hazard.assumptions {
            match assumptions.iter().find(|assumption| assumption.id == *id) {
                None => {
                    let what = format!("it rests on {id}, and there is no such assumption");
                    problems.push(Problem::new(&*hazard.file, what));
                }
                Some(assumption) if !assumption.hazards.contains(&hazard.id) => {
                    let what = format!("{id}: {} rests on it and is not named", hazard.id);
                    problems.push(Problem::new(ASSUMPTIONS, what));
                }
                Some(_) => {}
            }
        }
    }
    for assumption in assumptions {
        for id in &assumption.hazards {
            let rests = hazards
                .iter()
                .any(|hazard| hazard.id == *id && hazard.assumptions.contains(&assumption.id));
            if !rests {
                let what = format!("{}: {id} is named and does not rest on it", assumption.id);
                problems.push(Problem::new(ASSUMPTIONS, what));
            }
        }
    }
}
