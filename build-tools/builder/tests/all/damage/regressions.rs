//! Every seed and every past find of the fuzz targets, through the bodies of those targets.

use std::path::{Path, PathBuf};

use crate::support::testdata;
use farr_exercise::target;
use rayon::prelude::*;

/// The inputs of a target in this folder of `fuzz/`, however many there are.
fn inputs(folder: &str, name: &str) -> Vec<PathBuf> {
    let fuzz = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fuzz");
    let Ok(entries) = std::fs::read_dir(fuzz.join(folder).join(name)) else { return Vec::new() };
    let paths = entries.map(|entry| entry.expect("the folder can be read").path());
    paths.filter(|path| path.extension().is_none_or(|extension| extension != "md")).collect()
}

fn run(name: &str, body: fn(&[u8]), further: Vec<PathBuf>) {
    let seeds = inputs("seeds", name);
    assert!(!seeds.is_empty(), "{name} has no seeds");
    let all: Vec<PathBuf> =
        seeds.into_iter().chain(inputs("regressions", name)).chain(further).collect();
    all.par_iter().for_each(|path| {
        // A panic of the body does not say which input it was.
        println!("{}", path.display());
        body(&std::fs::read(path).expect("the input can be read"));
    });
}

fn golden() -> Vec<PathBuf> {
    let entries = std::fs::read_dir(testdata("golden")).expect("there are golden files");
    let paths = entries.map(|entry| entry.expect("there are golden files").path());
    paths.filter(|path| path.extension().is_some_and(|extension| extension == "farr")).collect()
}

#[test]
fn index() {
    run("index", target::index, golden());
}

#[test]
fn index_raw() {
    run("index_raw", target::index_raw, golden());
}

#[test]
fn changes() {
    run("changes", target::changes, golden());
}

#[test]
fn rf2() {
    run("rf2", target::rf2, Vec::new());
}

#[test]
fn sctid() {
    run("sctid", target::sctid, Vec::new());
}

#[test]
fn pointer() {
    run("pointer", target::pointer, Vec::new());
}

#[test]
fn nhs_number() {
    run("nhs_number", target::nhs_number, Vec::new());
}

#[test]
fn icd10() {
    run("icd10", target::icd10, Vec::new());
    let text = std::fs::read_to_string(testdata("identifiers").join("icd10.tsv"));
    for line in text.expect("there are cases").lines() {
        let input = line.split('\t').next().unwrap_or_default();
        println!("{input}");
        target::icd10(input.replace("⟨SP⟩", " ").as_bytes());
    }
}

#[test]
fn gs1() {
    run("gs1", target::gs1, Vec::new());
    let text = std::fs::read_to_string(testdata("identifiers").join("gs1.tsv"));
    for line in text.expect("there are cases").lines() {
        let input = line.split('\t').next().unwrap_or_default().replace("⟨GS⟩", "\u{1d}");
        println!("{input}");
        target::gs1(input.as_bytes());
    }
}

#[test]
fn ecl_parse() {
    run("ecl_parse", target::ecl_parse, Vec::new());
}

#[test]
fn ecl_evaluate() {
    run("ecl_evaluate", target::ecl_evaluate, Vec::new());
    let mut expressions = 0;
    for name in ["answers.tsv", "refused.tsv", "valid.txt"] {
        let text = std::fs::read_to_string(testdata("ecl").join(name)).expect("there are cases");
        for line in text.lines() {
            let expression = line.split('\t').next().unwrap_or_default();
            println!("{expression}");
            target::ecl_evaluate(expression.as_bytes());
            expressions += 1;
        }
    }
    assert!(expressions > 400, "{expressions} expressions");
}

#[test]
fn expression() {
    run("expression", target::expression, Vec::new());
    for (name, column) in [("accepted.tsv", 0), ("refused.tsv", 0), ("checked.tsv", 1)] {
        let text = std::fs::read_to_string(testdata("expression").join(name));
        for line in text.expect("there are cases").lines() {
            let expression = line.split('\t').nth(column).unwrap_or_default();
            println!("{expression}");
            target::expression(expression.as_bytes());
        }
    }
}

#[test]
fn refset_rows() {
    run("refset_rows", target::refset_rows, Vec::new());
}

#[test]
fn dmd_xml() {
    run("dmd_xml", target::dmd_xml, Vec::new());
}

#[test]
fn icd10_uk() {
    let folder = testdata("icd10").join("uk");
    let content = |name: &str| folder.join(name).join("Content");
    let file = "ICD10_Edition5_CodesAndTitlesAndMetadata_GB_20990401";
    let text = content("ICD10_Edition5_20990401").join(format!("{file}.txt"));
    let xml = content("ICD10_Edition5_XML_20990401").join(format!("{file}.xml"));
    run("icd10_uk", target::icd10_uk, vec![text, xml]);
}

#[test]
fn claml() {
    run("claml", target::claml, vec![testdata("icd10").join("claml/invented.xml")]);
}

#[test]
fn codelist() {
    let entries = std::fs::read_dir(testdata("codelist")).expect("there are lists");
    let files = entries.map(|entry| entry.expect("there are lists").path());
    run("codelist", target::codelist, files.collect());
}

#[test]
fn rule_pack() {
    let packs = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../codelists/packs");
    let folders = [packs, testdata("rules/broken")];
    let entries =
        folders.iter().flat_map(|folder| std::fs::read_dir(folder).expect("there are packs"));
    let files = entries.map(|entry| entry.expect("there are packs").path());
    run("rule_pack", target::rule_pack, files.filter(|file| file.is_file()).collect());
}

#[test]
fn map_rule() {
    run("map_rule", target::map_rule, Vec::new());
    let text = std::fs::read_to_string(testdata("map").join("rules.tsv"));
    for line in text.expect("there are cases").lines() {
        let rule = line.split('\t').next().unwrap_or_default();
        println!("{rule}");
        target::map_rule(rule.as_bytes());
    }
}

#[test]
fn delimited_text() {
    run("delimited_text", target::delimited_text, Vec::new());
}

#[test]
fn json_line() {
    run("json_line", target::json_line, Vec::new());
}
