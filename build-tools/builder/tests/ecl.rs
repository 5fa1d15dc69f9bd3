//! Expression constraints against an evaluator that walks the graph and scans the rows.

mod support;

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use farr::ecl::{Ecl, EvaluationError, Report, Selection};
use farr::{Snomed, Terminology};
use farr_synth::{Parameters, Release as Generated};
use proptest::strategy::{Strategy, ValueTree};
use proptest::test_runner::TestRunner;
use rayon::prelude::*;
use support::build;
use support::naive_ecl::{Found, Naive, Refusal, Release};
use support::random_ecl::{self, Pool};

/// What the evaluator says, in the words of the naive one.
fn asked(snomed: Snomed<'_>, ecl: &Ecl) -> Result<Found, EvaluationError> {
    // The naive evaluator knows no findings: what is not there is empty.
    let evaluation = snomed.evaluation().unknown_concepts(Report::Ignore);
    Ok(match evaluation.select(ecl)?.concepts {
        Selection::Concepts(set) => {
            let ids: BTreeSet<u64> = set.ids().map(|id| id.value()).collect();
            assert_eq!(ids.len(), set.len(), "{ecl}");
            Found::Concepts(ids)
        }
        Selection::Rows(rows) => {
            let row = |values: &Vec<Option<farr::ecl::SelectedValue<'_>>>| {
                values.iter().flatten().map(ToString::to_string).collect()
            };
            Found::Rows(rows.rows.iter().map(row).collect())
        }
    })
}

/// Whether both give the same answer, or refuse for the same reason.
fn agrees(snomed: Snomed<'_>, naive: &Naive<'_>, ecl: &Ecl) -> Result<(), String> {
    let expected = naive.evaluate(ecl.expression());
    let found = asked(snomed, ecl);
    let same = match (&expected, &found) {
        (Ok(expected), Ok(found)) => expected == found,
        // Unknown identifiers were asked to be ignored.
        (Err(Refusal::UnknownIdentifier(_)), _) => true,
        // Of several reasons, either may be told.
        (Err(_), Err(_)) => true,
        _ => false,
    };
    if !same {
        return Err(format!("{ecl}\n  expected {expected:?}\n  found {found:?}"));
    }
    let (Ok(Found::Concepts(expected)), Ok(_)) = (&expected, &found) else { return Ok(()) };
    // One concept at a time says the same.
    let evaluation = snomed.evaluation().unknown_concepts(Report::Ignore);
    let compiled = evaluation.compile(ecl).map_err(|error| error.to_string())?.concepts;
    for concept in snomed.concepts().step_by(7) {
        let matches = compiled.matches(concept).map_err(|error| error.to_string())?;
        if matches != expected.contains(&concept.id().value()) {
            return Err(format!("{ecl}\n  {} matches: {matches}", concept.id()));
        }
    }
    Ok(())
}

/// A generated release, its index, and its rows.
fn generated(seed: u64, scale: f64) -> (tempfile::TempDir, PathBuf, Terminology) {
    let folder = tempfile::tempdir().expect("a temporary folder can be made");
    let parameters = Parameters { seed, scale, date: 20_260_801 };
    let release = Generated::new(parameters).expect("the parameters are good");
    release.write(folder.path()).expect("the release can be written");
    release.write_workload(folder.path()).expect("the workload can be written");
    let path = folder.path().join(release.name());
    let index = Terminology::from_bytes(build(&[&path]).bytes).expect("the builder verified it");
    (folder, path, index)
}

/// Expressions drawn for one release.
const DRAWN: usize = 600;

fn drawn(path: &Path, index: &Terminology) -> Vec<String> {
    let snomed = index.snomed().expect("the builder verified it");
    let release = Release::read(&[path]);
    let naive = Naive { release: &release };
    let pool = Pool::of(&release);
    let strategy = random_ecl::expression(&pool);
    let mut runner = TestRunner::deterministic();
    let mut differ = Vec::new();
    for _ in 0..DRAWN {
        let tree = strategy.new_tree(&mut runner).expect("an expression can be drawn").current();
        // Brackets that change nothing are not in the tree that is read again.
        let ecl = Ecl::parse(&tree.brief().to_string()).expect("what was drawn can be written");
        differ.extend(agrees(snomed, &naive, &ecl).err());
    }
    differ
}

#[test]
fn random_expressions_give_what_the_rows_give() {
    let seeds: Vec<u64> = (0..6).collect();
    let differ: Vec<String> = seeds
        .into_par_iter()
        .flat_map_iter(|seed| {
            let scale = [0.000_1, 0.000_2, 0.000_3][seed as usize % 3];
            let (_folder, path, index) = generated(seed, scale);
            drawn(&path, &index)
        })
        .collect();
    let shown: Vec<&str> = differ.iter().take(12).map(String::as_str).collect();
    assert!(differ.is_empty(), "{} differ:\n{}", differ.len(), shown.join("\n"));
}

#[test]
fn the_expressions_of_analysts_give_what_the_rows_give() {
    let (folder, path, index) = generated(77, 0.001);
    let snomed = index.snomed().expect("the builder verified it");
    let release = Release::read(&[&path]);
    let naive = Naive { release: &release };
    let text = std::fs::read_to_string(folder.path().join("workload/ecl.tsv"));
    let text = text.expect("the workload was written");
    let lines: Vec<&str> = text.lines().collect();
    assert!(lines.len() >= 100, "{} expressions", lines.len());
    let differ: Vec<String> = lines
        .par_iter()
        .filter_map(|line| {
            let (_, expression) = line.split_once('\t')?;
            let ecl = Ecl::parse(expression).expect("an analyst's expression parses");
            agrees(snomed, &naive, &ecl).err()
        })
        .collect();
    let shown: Vec<&str> = differ.iter().take(12).map(String::as_str).collect();
    assert!(differ.is_empty(), "{} differ:\n{}", differ.len(), shown.join("\n"));
}
