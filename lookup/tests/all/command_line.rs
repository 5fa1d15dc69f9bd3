//! The command line itself: help, options, pipes, pages, the demonstration.

use std::io::{BufRead as _, BufReader, Read as _};
use std::process::Stdio;

use crate::common::*;

const VERBS: [&str; 17] = [
    "lookup",
    "search",
    "subsumes",
    "ecl",
    "history",
    "refset",
    "map",
    "dmd",
    "scan",
    "nhs-number",
    "build",
    "publish",
    "info",
    "verify",
    "demo",
    "completions",
    "man",
];

#[test]
fn every_help_has_examples() {
    let all = run(bare().arg("--help"));
    assert_eq!(all.code, 0);
    assert!(all.out.contains("EXAMPLES") && all.out.contains("EXIT CODES"));
    for verb in VERBS {
        for flag in ["--help", "-h"] {
            let printed = run(bare().args([verb, flag]));
            assert_eq!(printed.code, 0, "{verb}");
            assert!(printed.out.contains("EXAMPLES"), "{verb} {flag}:\n{}", printed.out);
        }
    }
}

#[test]
fn wrong_usage_ends_with_2_and_says_what_to_do() {
    for arguments in [
        &[][..],
        &["frobnicate"],
        &["lookup", "--frobnicate"],
        &["lookup", "1", "--format", "xml"],
        &["search", "x", "--limit", "0"],
        &["nhs-number", "--seed", "1", "9990000018"],
        &["--index", "a.farr", "lookup", "1", "--index", "b.farr"],
    ] {
        let printed = run(bare().args(arguments));
        assert_eq!((printed.code, printed.out.as_str()), (2, ""), "{arguments:?}");
    }
    let unset = run(bare().args(["lookup", "24700007"]));
    assert_eq!(unset.code, 2);
    assert!(unset.err.contains("FARR_INDEX") && unset.err.contains("farr demo"), "{}", unset.err);
}

#[test]
fn options_stand_before_or_after_the_verb() {
    let index = index().to_str().unwrap();
    let before = run(bare().args(["--index", index, "--format", "codes", "lookup", &plume()]));
    let after = run(bare().args(["lookup", &plume(), "--index", index, "--format", "codes"]));
    assert_eq!(before.out, format!("{}\n", plume()));
    assert_eq!(before.out, after.out);
}

#[test]
fn two_indexes_of_one_code_system_are_not_chosen_between() {
    let index = index().to_str().unwrap();
    let printed = run(bare().args(["lookup", &plume(), "--index", index, "--index", index]));
    assert_eq!(printed.code, 3);
    assert!(printed.err.contains("both hold SNOMED CT"), "{}", printed.err);
    let listed = std::env::join_paths([index, index]).unwrap();
    let printed = run(bare().args(["lookup", &plume()]).env("FARR_INDEX", listed));
    assert!(printed.err.contains("both hold SNOMED CT"), "{}", printed.err);
}

#[test]
fn a_closed_pipe_ends_quietly() {
    let made: String = std::iter::repeat_n(format!("{}\n", plume()), 20_000).collect();
    let input = folder("command-line").join("many.txt");
    std::fs::write(&input, made).unwrap();
    let mut child = std::process::Command::new(assert_cmd::cargo::cargo_bin!("farr"))
        .args(["lookup", "--format", "csv"])
        .env("FARR_INDEX", index())
        .stdin(std::fs::File::open(&input).unwrap())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut line = String::new();
    BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
    assert!(line.starts_with("code,"));
    let mut said = String::new();
    child.stderr.take().unwrap().read_to_string(&mut said).unwrap();
    assert_eq!(said, "");
    assert!(child.wait().unwrap().success());
}

#[test]
fn completions_and_pages_are_made() {
    for shell in ["bash", "zsh", "fish", "elvish", "powershell"] {
        let printed = run(bare().args(["completions", shell]));
        assert!(printed.out.contains("nhs-number"), "{shell}");
    }
    assert!(run(bare().arg("man")).out.starts_with(".ie"));
    let folder = folder("command-line").join("man");
    assert_eq!(run(bare().arg("man").arg(&folder)).code, 0);
    for page in ["farr.1", "farr-lookup.1", "farr-nhs-number.1"] {
        assert!(folder.join(page).exists(), "{page}");
    }
}

#[test]
fn the_demonstration_shows_every_verb() {
    index();
    let release = release();
    // A signature that is required of published sets is not asked of what it makes itself.
    let key = "RWQf6LRCGA9i53mlYecO4IzT51TGPpvWucNSCh1CBM0QTaLn73Y7GFO3";
    let mut command = bare();
    command.args(["demo", "--release"]).arg(release).env("FARR_PUBLIC_KEY", key);
    let printed = run(&mut command);
    assert_eq!(printed.code, 0, "{}", printed.err);
    for expected in [
        "$ farr build",
        "$ farr search",
        "showing results for",
        "$ farr lookup",
        "subsumes\n",
        "not-subsumed\n",
        "not-classified\n",
        "$ farr ecl",
        "$ farr nhs-number",
        "What to do next",
    ] {
        assert!(printed.out.contains(expected), "no {expected:?} in\n{}", printed.out);
    }
    let absent = run(bare().args(["demo", "--release", "/no/such/release"]));
    assert_eq!(absent.code, 3);
}

#[test]
fn the_demonstration_needs_no_flags_in_the_source_tree() {
    let bundled = concat!(env!("CARGO_MANIFEST_DIR"), "/../testdata/synthetic");
    let printed = run(bare().arg("demo"));
    let expected = if std::path::Path::new(bundled).exists() { 0 } else { 3 };
    assert_eq!(printed.code, expected, "{}", printed.err);
}
