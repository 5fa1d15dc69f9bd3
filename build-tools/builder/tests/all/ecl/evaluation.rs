//! Expression constraints against an evaluator that walks the graph and scans the rows.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::atomic::AtomicBool;

use crate::support::build;
use crate::support::naive_ecl::{Found, Naive, Refusal, Release};
use crate::support::random_ecl::{self, Pool};
use crate::support::shared::shared;
use farr::ecl::{
    DEPTH_LIMIT, Ecl, EclErrorKind, EvaluationError, FindingKind, Limits, Report, Selection,
};
use farr::{Snomed, Terminology};
use farr_synth::{Parameters, Release as Generated};
use proptest::strategy::{Strategy, ValueTree};
use proptest::test_runner::TestRunner;
use rayon::prelude::*;

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
    let index = build(&[&path]).terminology();
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

/// Expressions over real SNOMED CT, of every kind that the test edition has an answer to.
const REAL: &[&str] = &[
    "<< 404684003",
    "< 64572001",
    "<! 138875005",
    ">> 128045006",
    ">! 10200004",
    "<< 128045006 OR << 10200004",
    "<< 64572001 AND << 128045006",
    "<< 404684003 MINUS << 64572001",
    "< 404684003 : 363698007 = *",
    "< 404684003 : 363698007 = << 39057004, 116676008 = *",
    "< 404684003 : { 363698007 = << 91723000, 116676008 = << 49755003 }",
    "< 404684003 : [2..*] 363698007 = *",
    "< 404684003 : [0..0] 116676008 = *",
    "< 404684003 : [1..3] { [1..1] 363698007 = * }",
    "< 404684003 : << 47429007 = *",
    "< 404684003 : * = *",
    "* : 1142135004 >= #0",
    "* : 1142135004 != #1",
    "* : { << 127489000 = *, 1142135004 > #10 }",
    "* : R 363698007 = << 404684003",
    "<< 404684003 . 363698007",
    "<< 404684003 . 363698007 . 272741003",
    "<< 71388002 . *",
    "^ 900000000000527005",
    "^ (900000000000527005 OR 900000000000526001)",
    "^ *",
    "^R *",
    "^ [targetComponentId] 900000000000526001",
    "^ [targetComponentId] (< 900000000000522004) {{ M active = true }}",
    "* {{ C active = false }}",
    "* {{ C definitionStatus = defined }}",
    "<< 404684003 {{ term = \"dis\" }}",
    "<< 404684003 {{ D type = def }}",
    "<< 404684003 {{ dialect = en-gb (prefer), type = syn, term = wild:\"*itis\" }}",
    "<< 404684003 {{ + HISTORY-MAX }}",
    "<< 138875005 {{ + HISTORY-MIN }}",
    "!!> (<< 64572001 : 363698007 = *)",
    "!!< (<< 64572001)",
    "*",
    "<< *",
    "< *",
    "> *",
];

#[test]
fn real_snomed_ct_gives_what_its_files_give() {
    let Some(path) = shared("snomed/hl7-test-edition") else { return };
    let index = build(&[&path]).terminology();
    let snomed = index.snomed().expect("the builder verified it");
    let release = Release::read(&[&path]);
    let naive = Naive { release: &release };
    let mut some = 0;
    for expression in REAL {
        let ecl = Ecl::parse(expression).expect("it parses");
        agrees(snomed, &naive, &ecl).unwrap_or_else(|differs| panic!("{differs}"));
        let empty = Found::Concepts(BTreeSet::new());
        some += usize::from(naive.evaluate(ecl.expression()).is_ok_and(|found| found != empty));
    }
    assert!(some > REAL.len() * 3 / 4, "{some} of {} have answers", REAL.len());
    let differ = drawn(&path, &index);
    assert!(differ.is_empty(), "{} differ:\n{}", differ.len(), differ.join("\n"));
}

#[test]
fn what_stands_for_every_concept_is_settled() {
    let (_folder, path, index) = generated(5, 0.000_2);
    let snomed = index.snomed().expect("the builder verified it");
    let release = Release::read(&[&path]);
    let count = |expression: &str| {
        let ecl = Ecl::parse(expression).expect("it parses");
        snomed.evaluate(&ecl).expect("it has an answer").len()
    };
    let (all, active) = (snomed.concept_count(), snomed.active_concept_count());
    assert!(active < all);
    for everything in ["*", "<< *", ">> *", "<<! *", ">>! *"] {
        assert_eq!(count(everything), all, "{everything}");
    }
    assert_eq!(count("* {{ C active = true }}"), active);
    assert_eq!(count("* {{ C active = false }}"), all - active);
    // The root alone has no parent.
    assert_eq!(count("< *"), active - 1);
    assert_eq!(count("<! *"), active - 1);
    assert_eq!(count("> *"), release.children.len());
    let members: BTreeSet<u64> = release
        .refsets()
        .flat_map(|refset| release.rows(refset))
        .filter(|row| row.is_active() && row.is_of_concept())
        .map(|row| row.component())
        .filter(|id| release.concepts.contains_key(id))
        .collect();
    assert_eq!(count("^ *"), members.len());
    // An inactive concept stands for itself, and has no place in the hierarchy.
    let inactive = snomed.concepts().find(|concept| !concept.is_active()).expect("there is one");
    let id = inactive.id();
    assert_eq!(count(&id.to_string()), 1);
    assert_eq!((count(&format!("<< {id}")), count(&format!("< {id}"))), (1, 0));
}

#[test]
fn what_is_wrong_with_an_expression_is_told_apart() {
    let (_folder, _, index) = generated(5, 0.000_1);
    let snomed = index.snomed().expect("the builder verified it");
    let mixed = Ecl::parse("<< 128045006 OR << 10200004 AND << 64572001").expect_err("mixed");
    assert_eq!(mixed.kind(), EclErrorKind::MixedOperators);
    let told = |expression: &str| {
        let ecl = Ecl::parse(expression).expect("it parses");
        match snomed.evaluate(&ecl) {
            Err(EvaluationError::Findings(findings)) => findings,
            other => panic!("{expression}: {other:?}"),
        }
    };
    let malformed = told("< 99999999");
    assert!(matches!(malformed[0].kind, FindingKind::MalformedId { why: Some(_), .. }));
    assert_eq!((malformed[0].span.start, malformed[0].span.end), (2, 10));
    // Well-formed, and no concept of the generated release.
    let unknown = told("<< 138875005 MINUS 999999990989121104");
    assert!(matches!(unknown[0].kind, FindingKind::UnknownConcept { .. }));
    let description = told("<< 900000000000508004 OR 139017");
    assert!(matches!(description[0].kind, FindingKind::MalformedId { .. }));
    let language = told("^ 900000000000508004");
    assert!(matches!(language[0].kind, FindingKind::NotConcepts { .. }));
    // Asked for as a warning, the rest is answered.
    let ecl = Ecl::parse("<< 138875005 |Something else| MINUS 999999990989121104").expect("parses");
    let evaluation = snomed.evaluation().unknown_concepts(Report::Warning);
    let answer = evaluation.other_terms(Report::Warning).run(&ecl).expect("it is answered");
    assert_eq!(answer.concepts.len(), snomed.active_concept_count());
    let codes: Vec<&str> = answer.warnings.iter().map(|finding| finding.kind.code()).collect();
    assert_eq!(codes, ["other-term", "unknown-concept"]);
}

#[test]
fn work_is_bounded_and_can_be_called_off() {
    let (_folder, _, index) = generated(5, 0.000_2);
    let snomed = index.snomed().expect("the builder verified it");
    let costly = vec!["(>> (<< *) . *)"; 2000].join(" OR ");
    let ecl = Ecl::parse(&costly).expect("it parses");
    let limits = Limits { steps: 1_000_000, ..Limits::default() };
    let stopped = snomed.evaluation().limits(limits).run(&ecl).expect_err("it costs too much");
    assert_eq!(stopped, EvaluationError::TooMuchWork);
    let called_off = AtomicBool::new(true);
    let stopped = snomed.evaluation().cancel(&called_off).run(&ecl).expect_err("called off");
    assert_eq!(stopped, EvaluationError::Cancelled);
}

#[test]
fn the_deepest_expression_fits_a_small_stack() {
    let (_folder, _, index) = generated(5, 0.000_1);
    let nestings = [("(<< ", ")"), ("(* : 363698007 = ", ")"), ("(* MINUS ", ")"), ("^ (", ")")];
    for (open, close) in nestings {
        let depth = DEPTH_LIMIT / 2 - 4;
        let text = format!("{}*{}", open.repeat(depth), close.repeat(depth));
        let Ok(ecl) = Ecl::parse(&text) else { panic!("{open} does not nest {depth} deep") };
        std::thread::scope(|scope| {
            let thread = std::thread::Builder::new().stack_size(2 << 20);
            let run = || {
                let snomed = index.snomed().expect("the builder verified it");
                let _ = snomed.evaluation().select(&ecl);
                let compiled = snomed.evaluation().compile(&ecl);
                let root = snomed.root().expect("there is a root");
                compiled.is_ok_and(|compiled| compiled.concepts.matches(root).is_ok())
            };
            thread.spawn_scoped(scope, run).expect("a thread").join().expect("no overflow");
        });
    }
}

#[test]
fn concepts_are_found_by_identifiers_of_other_schemes() {
    let (_folder, _, index) = generated(5, 0.000_5);
    let snomed = index.snomed().expect("the builder verified it");
    let mut asked = 0;
    for concept in snomed.concepts() {
        for identifier in concept.alternate_identifiers().filter(|found| found.is_active()) {
            let Some(scheme) = identifier.scheme().id() else { continue };
            let text = format!("<< Own-scheme#\"{}\"", identifier.identifier());
            let ecl = Ecl::parse(&text).expect("it parses");
            let evaluation = snomed.evaluation().identifier_scheme("own-SCHEME", scheme);
            let found = evaluation.run(&ecl).expect("it has an answer").concepts;
            assert_eq!(found, concept.descendants_or_self(), "{text}");
            // Without the alias nobody knows what scheme is meant.
            match snomed.evaluate(&ecl) {
                Err(EvaluationError::Findings(findings)) => {
                    assert!(matches!(findings[0].kind, FindingKind::UnknownScheme { .. }));
                }
                other => panic!("{other:?}"),
            }
            asked += 1;
        }
    }
    assert!(asked > 0, "the release has alternate identifiers");
}
