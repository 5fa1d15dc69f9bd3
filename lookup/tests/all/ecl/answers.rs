//! `farr ecl` of an index, end to end.

use std::io::{BufRead as _, BufReader, Read as _};
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::sync::OnceLock;

use crate::common::*;
use serde_json::Value;

/// Extended map of the synthetic release: a refset with fields.
const MAP: &str = "447562003";

/// An index of the bundled synthetic release, made once.
fn synthetic() -> &'static Path {
    static INDEX: OnceLock<PathBuf> = OnceLock::new();
    INDEX.get_or_init(|| {
        let release = concat!(env!("CARGO_MANIFEST_DIR"), "/../testdata/synthetic");
        let index = folder("ecl").join("synthetic.farr");
        farr_build::Build::new().snomed(release).run(&index, &farr_build::Silent).unwrap();
        index
    })
}

/// Asks the synthetic release.
fn ask_synthetic(arguments: &[&str]) -> Printed {
    run(bare().env("FARR_INDEX", synthetic()).args(arguments))
}

/// The disorders of the tiny release.
fn disorders() -> Vec<String> {
    let mut ids = vec![DISEASE.to_owned(), plume(), gavel(), wrongly_published().0];
    ids.sort_by_key(|id| id.parse::<u64>().unwrap());
    ids
}

#[test]
fn concepts_are_listed_in_every_format() {
    let expression = format!("<< {DISEASE}");
    let list = |format: &str| ask(&["ecl", &expression, "--format", format]);
    let ids = disorders();
    assert_eq!(list("codes").out, ids.iter().map(|id| format!("{id}\n")).collect::<String>());
    let quoted: Vec<String> = ids.iter().map(|id| format!("'{id}'")).collect();
    assert_eq!(list("sql-in").out, format!("{}\n", quoted.join(",")));
    let csv = list("csv").out;
    assert!(csv.starts_with("id,term,fully_specified_name,semantic_tag,active\n"), "{csv}");
    let row =
        format!("\n{},Multiple plumosis,Multiple plumosis (disorder),disorder,true\n", plume());
    assert!(csv.contains(&row), "{csv}");
    assert_eq!(list("tsv").out.lines().count(), 1 + ids.len());
    let markdown = list("markdown").out;
    assert!(markdown.starts_with("| id | term |\n| --- | --- |\n"), "{markdown}");
    assert!(markdown.contains(&format!("| {} | Multiple plumosis |\n", plume())), "{markdown}");
    let lines: Vec<Value> =
        list("jsonl").out.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let found: Vec<&str> = lines.iter().map(|line| line["id"].as_str().unwrap()).collect();
    assert_eq!(found, ids);
    let json: Value = serde_json::from_str(&list("json").out).unwrap();
    assert_eq!(json["expression"], expression);
    assert_eq!((&json["total"], &json["more"]), (&4.into(), &false.into()));
    assert_eq!(json["concepts"].as_array().unwrap().len(), 4);
    let table = list("table");
    assert!(table.out.contains("Multiple plumosis"), "{}", table.out);
    assert_eq!((table.code, table.err.as_str()), (0, ""));
}

#[test]
fn an_answer_that_is_cut_says_so() {
    let expression = format!("<< {DISEASE}");
    let json = ask(&["ecl", &expression, "--limit", "1", "--format", "json"]);
    let answer: Value = serde_json::from_str(&json.out).unwrap();
    assert_eq!((&answer["total"], &answer["more"]), (&4.into(), &true.into()));
    assert_eq!(answer["concepts"].as_array().unwrap().len(), 1);
    assert_eq!(json.err, "the first 1 of 4 concepts: see --limit\n");
    let codes = ask(&["ecl", &expression, "--limit", "3", "--format", "codes"]);
    assert_eq!(codes.out.lines().count(), 3);
    assert!(codes.err.contains("the first 3 of 4"), "{}", codes.err);
    // A screenful, unless more are asked for.
    let table = ask_synthetic(&["ecl", "*"]);
    assert_eq!(table.out.lines().count(), 1 + 20);
    assert!(table.err.contains("the first 20 of "), "{}", table.err);
    assert_eq!(ask_synthetic(&["ecl", "*", "--limit", "30"]).out.lines().count(), 1 + 30);
}

#[test]
fn concepts_are_counted() {
    let expression = format!("<< {DISEASE}");
    let count = |format: &str| ask(&["ecl", &expression, "--count", "--format", format]);
    assert_eq!(count("table").out, "4\n");
    assert_eq!(count("jsonl").out, "{\"total\":4}\n");
    assert_eq!(count("csv").out, "total\n4\n");
    assert_eq!(count("codes").code, 2);
    let all: usize = ask_synthetic(&["ecl", "*", "--count"]).out.trim().parse().unwrap();
    let listed = ask_synthetic(&["ecl", "*", "--format", "codes"]);
    assert_eq!(listed.out.lines().count(), all);
}

#[test]
fn concepts_are_sorted_as_asked() {
    let expression = format!("<< {DISEASE}");
    let sorted = |by: &str| ask(&["ecl", &expression, "--sort", by, "--format", "codes"]).out;
    let lines = |text: String| text.lines().map(str::to_owned).collect::<Vec<_>>();
    assert_eq!(lines(sorted("id")), disorders());
    let by_term = vec![DISEASE.to_owned(), wrongly_published().0, gavel(), plume()];
    assert_eq!(lines(sorted("term")), by_term);
    let mut as_stored = lines(sorted("none"));
    as_stored.sort_by_key(|id| id.parse::<u64>().unwrap());
    assert_eq!(as_stored, disorders());
}

#[test]
fn an_empty_answer_is_an_answer() {
    let printed = ask(&["ecl", &format!("< {}", plume())]);
    assert_eq!((printed.code, printed.out.as_str()), (0, ""));
    assert_eq!(printed.err, "no concept satisfies it\n");
    let json = ask(&["ecl", &format!("< {}", plume()), "--format", "json"]);
    let answer: Value = serde_json::from_str(&json.out).unwrap();
    assert_eq!((&answer["total"], &answer["concepts"]), (&0.into(), &Value::Array(Vec::new())));
    assert_eq!(ask(&["ecl", &format!("< {}", plume()), "--format", "codes"]).out, "");
}

#[test]
fn what_the_release_does_not_have_is_shown_at_its_place() {
    let (there, not_there) = (plume(), absent());
    let expression = format!("<< {there} OR {not_there}");
    let printed = ask(&["ecl", &expression]);
    assert_eq!((printed.code, printed.out.as_str()), (1, ""));
    let place = expression.find(&not_there).unwrap();
    let expected = format!(
        "error: {not_there} is not a concept of this release\n --> line 1, column {}\n  |\n1 | \
         {expression}\n  | {}{}\n",
        place + 1,
        " ".repeat(place),
        "^".repeat(not_there.len())
    );
    assert_eq!(printed.err, expected);
    // All of them, not only the first.
    let both = ask(&["ecl", &format!("{not_there} OR {}", concept(799_998))]);
    assert_eq!(both.err.matches("error: ").count(), 2, "{}", both.err);

    let warned = ask(&["ecl", &expression, "--unknown", "warn", "--format", "codes"]);
    assert_eq!((warned.code, warned.out), (0, format!("{there}\n")));
    assert!(warned.err.starts_with("warning: ") && warned.err.contains("^^^"), "{}", warned.err);
    let json = ask(&["ecl", &expression, "--unknown", "warn", "--format", "json"]);
    let answer: Value = serde_json::from_str(&json.out).unwrap();
    assert_eq!(answer["warnings"][0]["code"], "unknown-concept");
    assert_eq!(answer["warnings"][0]["start"], place);
    let ignored = ask(&["ecl", &expression, "--unknown", "ignore", "--format", "codes"]);
    assert_eq!((ignored.out, ignored.err.as_str()), (format!("{there}\n"), ""));
}

#[test]
fn other_terms_are_told_unless_they_are_not_to_be() {
    let expression = format!("{} |Multiple plumes|", plume());
    let warned = ask(&["ecl", &expression, "--format", "codes"]);
    assert_eq!((warned.code, warned.out), (0, format!("{}\n", plume())));
    assert!(warned.err.contains("is not a term of"), "{}", warned.err);
    assert_eq!(ask(&["ecl", &expression, "--terms", "error"]).code, 1);
    assert_eq!(ask(&["ecl", &expression, "--terms", "ignore"]).err, "");
    assert_eq!(ask(&["ecl", &format!("{} |Featherism|", plume())]).err, "");
}

#[test]
fn wrong_usage_ends_with_2_and_shows_the_place() {
    let syntax = ask(&["ecl", "<< 64572001 AND"]);
    assert_eq!((syntax.code, syntax.out.as_str()), (2, ""));
    assert!(syntax.err.contains("1 | << 64572001 AND\n"), "{}", syntax.err);
    let unsupported = ask_synthetic(&["ecl", "* : 116680003 = *"]);
    assert_eq!(unsupported.code, 2);
    assert!(unsupported.err.contains("is-a is no attribute here"), "{}", unsupported.err);
    assert!(unsupported.err.contains("^^^^^^^^^"), "{}", unsupported.err);
    for arguments in [
        &["ecl", "*", "--count", "--limit", "3"][..],
        &["ecl", "*", "--explain", "--count"],
        &["ecl", "*", "--check", "--explain"],
        &["ecl", "*", "--limit", "0"],
        &["ecl", "*", "--long"],
        &["ecl", "*", "--identifier-scheme", "LOINC"],
        &["ecl", "*", "--dialect-alias", "mine=12"],
    ] {
        assert_eq!(ask(arguments).code, 2, "{arguments:?}");
    }
}

#[test]
fn an_expression_comes_from_standard_input_over_several_lines() {
    let text = format!("\u{feff}/* disorders */\r\n<< {DISEASE}\r\nMINUS {}\r\n", plume());
    for arguments in [&["ecl", "-", "--format", "codes"][..], &["ecl", "--format", "codes"]] {
        let printed = pipe(&text, arguments);
        assert_eq!((printed.code, printed.err.as_str()), (0, ""));
        let expected = disorders().into_iter().filter(|id| *id != plume());
        assert_eq!(printed.out, expected.map(|id| id + "\n").collect::<String>());
    }
    let wrong = pipe("<< 64572001\nAND\n", &["ecl", "-"]);
    assert_eq!(wrong.code, 2);
    assert!(wrong.err.contains("--> line 2, column 4"), "{}", wrong.err);
    let not_text = run(farr(&["ecl", "-"]).write_stdin(&b"<< \xff"[..]));
    assert_eq!(not_text.code, 2);
    assert!(not_text.err.contains("UTF-8"), "{}", not_text.err);
}

#[test]
fn selected_fields_are_rows() {
    let expression = format!("^ [referencedComponentId, mapTarget, mapGroup] {MAP}");
    let select = |format: &str| ask_synthetic(&["ecl", &expression, "--format", format]);
    let csv = select("csv");
    assert_eq!((csv.code, csv.err.as_str()), (0, ""));
    assert!(csv.out.starts_with("referencedComponentId,mapTarget,mapGroup\n"), "{}", csv.out);
    let json: Value = serde_json::from_str(&select("json").out).unwrap();
    let rows = json["rows"].as_array().unwrap();
    assert_eq!(json["total"], rows.len());
    assert_eq!(csv.out.lines().count(), rows.len() + 1);
    assert!(rows[0]["referencedComponentId"]["id"].is_string(), "{}", rows[0]);
    assert!(rows[0]["mapGroup"].is_number() && rows[0]["mapTarget"].is_string(), "{}", rows[0]);
    let count = ask_synthetic(&["ecl", &expression, "--count"]);
    assert_eq!(count.out, format!("{}\n", rows.len()));
    let table = select("table");
    assert!(table.out.contains('|') && table.err.contains("rows: see --limit"), "{}", table.out);
    let codes = select("codes");
    assert_eq!((codes.code, codes.out.as_str()), (2, ""));
    assert!(codes.err.contains("mapTarget"), "{}", codes.err);
    let metadata = format!("^ [id, active, effectiveTime, moduleId] {MAP}");
    let json = ask_synthetic(&["ecl", &metadata, "--format", "json", "--limit", "1"]);
    let answer: Value = serde_json::from_str(&json.out).unwrap();
    assert_eq!(answer["rows"][0]["active"], true);
    assert_eq!(answer["rows"][0]["effectiveTime"].as_str().unwrap().len(), "2020-01-31".len());
}

#[test]
fn an_expression_is_explained_by_its_parts() {
    let (site, lobe) = (site(), lobe());
    let expression = format!("<< {DISEASE} : {site} = << {lobe}, [0..0] {site} = << {ROOT}");
    let csv = ask(&["ecl", &expression, "--explain", "--format", "csv"]);
    assert_eq!((csv.code, csv.err.as_str()), (0, ""));
    let last = expression.len();
    let lines: Vec<&str> = csv.out.lines().collect();
    assert_eq!(lines[0], "depth,kind,text,start,end,count,of");
    assert_eq!(lines[1], format!("0,whole,\"{expression}\",0,{last},0,concepts"));
    assert_eq!(lines[2], format!("1,focus,<< {DISEASE},0,{},4,concepts", 3 + DISEASE.len()));
    assert!(lines[3].starts_with(&format!("1,attribute,{site} = << {lobe},")), "{}", csv.out);
    assert!(lines[3].ends_with(",1,concepts"), "{}", csv.out);
    assert!(lines[4].starts_with(&format!("2,attribute-value,<< {lobe},")), "{}", csv.out);
    assert!(lines[5].ends_with(",3,concepts"), "{}", csv.out);
    let table = ask(&["ecl", &expression, "--explain"]);
    assert!(
        table.out.contains(&format!("       4  focus            << {DISEASE}\n")),
        "{}",
        table.out
    );
    assert_eq!(ask(&["ecl", &expression, "--explain", "--format", "codes"]).code, 2);
    assert_eq!(ask(&["ecl", &absent(), "--explain"]).code, 1);
}

#[test]
fn every_kind_of_part_is_explained() {
    let expression = format!(
        "(< ((^ 99100001000000108) OR << 404684003) {{{{ D term = \"a\" }}}} {{{{ C active = true }}}} \
         {{{{ + HISTORY-MIN }}}} MINUS ^R (^ {MAP} {{{{ M mapGroup = #1 }}}})) : \
         (< 762705008 = *, {{ 363698007 = << 123037004 OR * = * }}) OR (363698007 = *, * = *)"
    );
    let json = ask_synthetic(&["ecl", &expression, "--explain", "--format", "json"]);
    assert_eq!(json.code, 0, "{}", json.err);
    let parts: Value = serde_json::from_str(&json.out).unwrap();
    let kinds: Vec<&str> =
        parts.as_array().unwrap().iter().map(|part| part["kind"].as_str().unwrap()).collect();
    for kind in [
        "whole",
        "focus",
        "minus-from",
        "minus-without",
        "filter",
        "hierarchy",
        "or",
        "member-of",
        "conditions",
        "attribute",
        "attribute-name",
        "attribute-value",
        "group",
    ] {
        assert!(kinds.contains(&kind), "no {kind} in {kinds:?}");
    }
    let dotted = "<< 404684003 . << 762705008 . 363698007";
    let dotted = ask_synthetic(&["ecl", dotted, "--explain", "--format", "csv"]).out;
    assert!(dotted.contains(",values,<< 404684003 . << 762705008,"), "{dotted}");
    let rows = format!("^ [mapTarget, mapGroup] {MAP} {{{{ M mapGroup = #1 }}}}");
    let rows = ask_synthetic(&["ecl", &rows, "--explain"]).out;
    assert!(rows.contains(" rows  whole"), "{rows}");
}

#[test]
fn a_search_stays_within_an_expression() {
    let within = |ecl: &str| ask(&["search", "plum", "--within", ecl, "--format", "codes"]);
    assert_eq!(within(&format!("<< {DISEASE}")).out, format!("{}\n", plume()));
    assert_eq!(within(&format!("* MINUS << {DISEASE}")).out, format!("{}\n", lobe()));
    assert_eq!(within("<<").code, 2);
    let unknown = within(&absent());
    assert_eq!(unknown.code, 1);
    assert!(unknown.err.contains("^^^"), "{}", unknown.err);
    let both = ["search", "plum", "--within", "*", "--below", DISEASE];
    assert_eq!(ask(&both).code, 2);
}

#[test]
fn a_closed_pipe_ends_quietly() {
    // Its answer fills a pipe more than once.
    let mut child = std::process::Command::new(assert_cmd::cargo::cargo_bin!("farr"))
        .args(["ecl", "*", "--format", "json"])
        .env("FARR_INDEX", synthetic())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut line = String::new();
    BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
    assert!(line.starts_with("{\"expression\":"), "{line}");
    let mut said = String::new();
    child.stderr.take().unwrap().read_to_string(&mut said).unwrap();
    assert_eq!(said, "");
    assert!(child.wait().unwrap().success());
}

#[test]
fn a_damaged_index_gives_no_answer() {
    let mut bytes = std::fs::read(synthetic()).unwrap();
    // Every block, so that whatever the question reads is damaged.
    bytes.iter_mut().skip(4096).step_by(1024).for_each(|byte| *byte ^= 1);
    let damaged = folder("ecl").join("damaged.farr");
    std::fs::write(&damaged, bytes).unwrap();
    let printed = run(bare().args(["ecl", "<< 404684003", "--index"]).arg(damaged));
    assert_eq!((printed.code, printed.out.as_str()), (3, ""), "{}", printed.err);
}
