//! Expression constraints of every construct with their answers, in `testdata/ecl`.
//!
//! `FARR_BLESS=1 cargo test -p farr-build --test all ecl::answers` writes `answers.tsv` anew from the
//! naive evaluator, which shares no code with the one that is held to it.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use crate::support::naive_ecl::{Found, Naive, Refusal, Release};
use crate::support::{build, testdata};
use farr::ecl::{Ecl, EvaluationError, Report, SelectedValue, Selection};
use farr::{Snomed, Terminology};
use sha2::{Digest as _, Sha256};

/// Answers up to this size stand in the file as they are.
const LISTED: usize = 24;

/// What stands in the file: how many of what, and the ids, or the digest of the list of them.
fn written(found: &Found) -> String {
    let (what, lines): (&str, Vec<String>) = match found {
        Found::Concepts(ids) => ("concepts", ids.iter().map(u64::to_string).collect()),
        Found::Rows(rows) => ("rows", rows.iter().map(|row| row.join("\t")).collect()),
    };
    let content = match found {
        Found::Concepts(_) if lines.len() <= LISTED => lines.join(" "),
        _ => {
            let text: String = lines.iter().map(|line| format!("{line}\n")).collect();
            let digest = Sha256::digest(text.as_bytes());
            digest.iter().fold("sha256:".to_owned(), |mut hex, byte| {
                let _ = write!(hex, "{byte:02x}");
                hex
            })
        }
    };
    format!("{what}\t{}\t{content}", lines.len())
}

/// The codes of what is wrong with an expression.
fn codes(error: &EvaluationError) -> String {
    match error {
        EvaluationError::Findings(findings) => {
            let codes: Vec<&str> = findings.iter().map(|finding| finding.kind.code()).collect();
            codes.join(" ")
        }
        EvaluationError::Unsupported { .. } => "unsupported".to_owned(),
        EvaluationError::Rows { .. } => "rows".to_owned(),
        other => panic!("{other}"),
    }
}

/// The same by the naive evaluator.
fn refusal(refusal: &Refusal) -> &'static str {
    match refusal {
        Refusal::NotOfConcepts(_) => "not-concepts",
        Refusal::UnknownField(_) => "unknown-field",
        Refusal::FieldType(_) => "field-type",
        Refusal::ValuesWithin => "rows",
        Refusal::UnknownDialect(_) => "unknown-dialect",
        Refusal::ReverseInGroup => "unsupported",
        Refusal::UnknownIdentifier(_) => "unknown-identifier",
    }
}

/// By the naive evaluator.
fn expected(naive: &Naive<'_>, ecl: &Ecl) -> String {
    match naive.evaluate(ecl.expression()) {
        Ok(found) => written(&found),
        Err(error) => format!("refused\t\t{}", refusal(&error)),
    }
}

/// By the evaluator.
fn answered(snomed: Snomed<'_>, ecl: &Ecl) -> String {
    match snomed.evaluation().select(ecl).map(|answer| answer.concepts) {
        Ok(Selection::Concepts(set)) => {
            written(&Found::Concepts(set.ids().map(|id| id.value()).collect()))
        }
        Ok(Selection::Rows(selected)) => {
            let row = |row: &Vec<Option<SelectedValue<'_>>>| -> Vec<String> {
                row.iter().flatten().map(ToString::to_string).collect()
            };
            let rows: BTreeSet<Vec<String>> = selected.rows.iter().map(row).collect();
            assert_eq!(rows.len(), selected.rows.len(), "{ecl}: each row once");
            written(&Found::Rows(rows))
        }
        Err(error) => {
            // The naive evaluator stops at the first.
            let codes = codes(&error);
            let distinct: BTreeSet<&str> = codes.split(' ').collect();
            format!("refused\t\t{}", distinct.into_iter().collect::<Vec<_>>().join(" "))
        }
    }
}

fn lines(name: &str) -> Vec<String> {
    let path = testdata("ecl").join(name);
    let text = std::fs::read_to_string(path).expect("the cases can be read");
    text.lines().map(str::to_owned).collect()
}

fn index(release: &str) -> Terminology {
    build(&[&testdata(release)]).terminology()
}

fn parsed(expression: &str) -> Ecl {
    Ecl::parse(expression).unwrap_or_else(|error| panic!("{}", error.render(expression)))
}

#[test]
fn expressions_of_every_construct_have_the_answers_of_the_file() {
    let releases = ["synthetic", "tiny"];
    let indexes = releases.map(index);
    let bless = std::env::var_os("FARR_BLESS").is_some_and(|value| value == "1");
    let rows = releases.map(|name| bless.then(|| Release::read(&[&testdata(name)])));
    let mut over = 0;
    let mut anew = String::new();
    let (mut cases, mut answers, mut differ) = (0, 0, Vec::new());
    for line in lines("answers.tsv") {
        if line.starts_with('#') {
            anew.push_str(&format!("{line}\n"));
            over = usize::from(line.ends_with("(tiny)"));
            continue;
        }
        let snomed = indexes[over].snomed().expect("the builder verified it");
        let (expression, in_file) = line.split_once('\t').unwrap_or((&line, ""));
        let ecl = parsed(expression);
        let expected = match &rows[over] {
            Some(release) => expected(&Naive { release }, &ecl),
            None => in_file.to_owned(),
        };
        anew.push_str(&format!("{expression}\t{expected}\n"));
        let answered = answered(snomed, &ecl);
        cases += 1;
        answers += usize::from(!answered.contains("\t0\t") && !answered.starts_with("refused"));
        if answered != expected {
            differ.push(format!("{expression}\n  expected {expected}\n  answered {answered}"));
        }
    }
    assert!(differ.is_empty(), "{} of {cases} differ:\n{}", differ.len(), differ.join("\n"));
    assert!(cases >= 120 && answers * 4 >= cases * 3, "{answers} of {cases} have an answer");
    if bless {
        std::fs::write(testdata("ecl").join("answers.tsv"), anew).expect("it can be written");
    }
}

#[test]
fn an_expression_is_refused_for_the_reasons_of_the_file() {
    let index = index("synthetic");
    let snomed = index.snomed().expect("the builder verified it");
    let evaluation = snomed.evaluation().other_terms(Report::Error).not_refsets(Report::Error);
    for line in lines("refused.tsv") {
        let (expression, expected) = line.split_once('\t').expect("an expression and its codes");
        let error = evaluation.select(&parsed(expression)).expect_err(expression);
        assert_eq!(codes(&error), expected, "{expression}");
        let shown = error.render(expression);
        assert!(shown.contains(" --> line 1, column "), "{shown}");
        // What is refused as a whole is not answered for one concept.
        assert!(evaluation.compile(&parsed(expression)).is_err(), "{expression}");
    }
}
