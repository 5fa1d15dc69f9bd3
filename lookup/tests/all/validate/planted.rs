//! `farr validate` over rows of which it is known what is wrong: every finding found where it was
//! planted, and nowhere else.

use std::collections::BTreeMap;
use std::fs;

use crate::common::bare;
use farr_build::{Build, Silent};
use farr_synth::{Parameters, Release};
use serde_json::Value;

const ROWS: u64 = 60_000;

#[test]
fn what_was_planted_is_found_row_by_row_and_nothing_else() {
    let folder = tempfile::tempdir().unwrap();
    let release = Release::new(Parameters { scale: 0.004, ..Parameters::default() }).unwrap();
    release.write(folder.path()).unwrap();
    release.write_codings(folder.path(), ROWS).unwrap();
    let index = folder.path().join("snomed.farr");
    Build::new().snomed(folder.path().join(release.name())).run(&index, &Silent).unwrap();

    let workload = folder.path().join("workload");
    let out = folder.path().join("checked.csv");
    let output = bare()
        .arg("validate")
        .arg(workload.join("codings.csv"))
        .args(["--column", "code", "--system", "snomed", "--summary", "json"])
        .arg("--index")
        .arg(&index)
        .arg("-o")
        .arg(&out)
        .output()
        .unwrap();
    assert_eq!(output.status.code(), Some(1), "{}", String::from_utf8_lossy(&output.stderr));

    let mut rows = 0;
    let mut found: BTreeMap<String, u64> = BTreeMap::new();
    let given = fs::read_to_string(workload.join("codings.csv")).unwrap();
    let checked = fs::read_to_string(&out).unwrap();
    for (given, checked) in given.lines().zip(checked.lines()).skip(1) {
        let added =
            checked.strip_prefix(given).unwrap_or_else(|| panic!("{given} became {checked}"));
        let planted = given.rsplit(',').next().unwrap();
        let mut added = added.split(',').skip(1);
        let (outcome, findings) = (added.next().unwrap(), added.next().unwrap());
        assert_eq!(findings, planted, "{given}");
        assert_eq!(outcome == "accept", planted.is_empty(), "{given}");
        rows += 1;
        if !planted.is_empty() {
            *found.entry(planted.to_owned()).or_default() += 1;
        }
    }
    assert_eq!(rows, ROWS);
    let planted = fs::read_to_string(workload.join("codings-planted.tsv")).unwrap();
    let planted: BTreeMap<String, u64> = planted
        .lines()
        .map(|line| line.split_once('\t').unwrap())
        .map(|(code, rows)| (code.to_owned(), rows.parse().unwrap()))
        .collect();
    assert_eq!(found, planted);
    assert!(planted.len() >= 15, "{planted:?}");

    let summary = String::from_utf8(output.stderr).unwrap();
    let summary: Value = serde_json::from_str(summary.lines().last().unwrap()).unwrap();
    assert_eq!(summary["rows"], ROWS, "{summary}");
}
