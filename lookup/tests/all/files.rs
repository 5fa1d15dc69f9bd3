//! Building, describing and verifying indexes, and what is wrong with them, end to end.

use std::path::PathBuf;

use crate::common::*;
use serde_json::Value;

fn scratch(name: &str) -> PathBuf {
    folder(&format!("files/{name}"))
}

#[test]
fn a_build_reports_and_gives_the_same_bytes_again() {
    let folder = scratch("build");
    write_release(&folder.join("release"));
    let out = folder.join("out.farr");
    let build = |more: &[&str]| {
        run(bare()
            .args(["build", "-o"])
            .arg(&out)
            .arg("--snomed")
            .arg(folder.join("release"))
            .args(more))
    };
    let told = build(&[]);
    assert_eq!(told.code, 0, "{}", told.err);
    assert!(told.out.contains("active concepts"), "{}", told.out);
    assert!(told.out.contains("wrong check digit"), "{}", told.out);
    assert!(told.err.contains("reading"), "{}", told.err);
    let quiet = build(&["--quiet"]);
    assert_eq!((quiet.out.as_str(), quiet.err.as_str()), ("", ""));
    let json = build(&["--quiet", "--format", "json"]);
    let report: Value = serde_json::from_str(&json.out).unwrap();
    assert_eq!(report["counts"]["concepts"], 17);
    assert_eq!(std::fs::read(&out).unwrap(), std::fs::read(index()).unwrap());
    let strict = build(&["--strict", "--quiet"]);
    assert_eq!(strict.code, 3);
    assert!(strict.err.contains("wrong check digit"), "{}", strict.err);
    assert_eq!(build(&["--format", "csv"]).code, 2);
}

#[test]
fn a_broken_release_is_told_by_file_line_and_column() {
    let folder = scratch("broken-release");
    write_release(&folder);
    let concepts = folder.join("Snapshot/Terminology/sct2_Concept_Snapshot_INT_20260101.txt");
    let text = std::fs::read_to_string(&concepts).unwrap();
    std::fs::write(&concepts, text.replacen("\t20020131\t1\t", "\t20020131\tyes\t", 3)).unwrap();
    let out = folder.join("out.farr");
    let printed = run(bare().args(["build", "-o"]).arg(&out).arg("--snomed").arg(&folder));
    assert_eq!(printed.code, 3);
    assert!(printed.err.contains("3 rows cannot be read"), "{}", printed.err);
    assert!(printed.err.contains("line 2, column 3 (active): expected"), "{}", printed.err);
    assert!(!out.exists());
    let nothing = run(bare().args(["build", "-o"]).arg(&out).args(["--snomed", "/no/such/place"]));
    assert_eq!(nothing.code, 3);
    assert_eq!(run(bare().args(["build", "--snomed", "x"])).code, 2);
    assert_eq!(run(bare().args(["build", "-o", "x.farr"])).code, 2);
}

#[test]
fn info_says_what_an_index_holds() {
    let printed = ask(&["info"]);
    assert_eq!(printed.code, 0, "{}", printed.err);
    for expected in ["20260101", "Core part", "sct2_Concept_Snapshot_INT_20260101.txt", "CREC"] {
        assert!(printed.out.contains(expected), "no {expected} in\n{}", printed.out);
    }
    let json = run(bare().args(["info", "--format", "json"]).arg(index()));
    let infos: Value = serde_json::from_str(&json.out).unwrap();
    assert_eq!(infos[0]["counts"]["active concepts"], 12);
    assert_eq!(infos[0]["sources"][0]["sha256"].as_str().unwrap().len(), 64);
    assert_eq!(infos[0]["modules"][0]["id"], "900000000000012004");
}

#[test]
fn verify_finds_every_damage() {
    let good = std::fs::read(index()).unwrap();
    let fine = run(bare().arg("verify").arg(index()));
    assert_eq!(fine.code, 0);
    assert!(fine.out.starts_with("ok "), "{}", fine.out);
    let json = run(bare().args(["verify", "--format", "json"]).arg(index()));
    let verdicts: Value = serde_json::from_str(&json.out).unwrap();
    assert_eq!(verdicts[0]["ok"], true);

    let damaged = scratch("damaged").join("flipped.farr");
    for at in [9, 20, 100, 2_200, good.len() / 2, good.len() - 1] {
        let mut bytes = good.clone();
        bytes[at] ^= 1;
        std::fs::write(&damaged, &bytes).unwrap();
        let printed = run(bare().args(["verify"]).arg(index()).arg(&damaged));
        assert_eq!(printed.code, 3, "byte {at}");
        assert!(printed.out.contains("ok ") && printed.out.contains("NOT OK"), "{}", printed.out);
    }
    std::fs::write(&damaged, &good[..good.len() / 2]).unwrap();
    assert_eq!(run(bare().arg("verify").arg(&damaged)).code, 3);
    std::fs::write(&damaged, b"").unwrap();
    assert_eq!(run(bare().arg("verify").arg(&damaged)).code, 3);
}

#[test]
fn a_damaged_index_gives_no_answer() {
    let mut bytes = std::fs::read(index()).unwrap();
    let middle = bytes.len() / 2;
    bytes[middle] ^= 1;
    let damaged = scratch("no-answer").join("flipped.farr");
    std::fs::write(&damaged, &bytes).unwrap();
    for format in ["table", "csv"] {
        let printed =
            run(bare().args(["lookup", "--format", format, &plume(), "--index"]).arg(&damaged));
        assert_eq!(printed.code, 3);
        assert!(!printed.out.contains("plumosis"), "{}", printed.out);
        assert!(printed.err.contains("damaged: section"), "{}", printed.err);
    }
    std::fs::write(&damaged, &bytes[..100]).unwrap();
    let truncated = run(bare().args(["search", "x", "--index"]).arg(&damaged));
    assert_eq!(truncated.code, 3);
    let missing = run(bare().args(["lookup", "24700007", "--index", "/no/such.farr"]));
    assert_eq!(missing.code, 3);
    assert!(missing.err.contains("/no/such.farr"), "{}", missing.err);
    std::fs::write(&damaged, b"id,term\n1,x\n").unwrap();
    let stranger = run(bare().args(["lookup", "24700007", "--index"]).arg(&damaged));
    assert_eq!(stranger.code, 3);
    assert!(stranger.err.contains("not a farr index"), "{}", stranger.err);
}
