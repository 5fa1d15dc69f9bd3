//! `farr lookup`, end to end.

use crate::common::*;
use serde_json::Value;

#[test]
fn a_card_holds_what_a_clinician_looks_for() {
    let printed = ask(&["lookup", &plume()]);
    assert_eq!(printed.code, 0, "{}", printed.err);
    for expected in [
        "Multiple plumosis (disorder)",
        &plume(),
        "preferred by 900000000000508004 British word list",
        "active (effective 2002-01-31)",
        "sufficiently defined",
        "900000000000207008 Core part",
        "Featherism (acceptable)",
        "An ailment of the plumed lobe.",
        "64572001 Ailment",
        "0 children, 0 descendants",
        "group 1",
        &format!("{} Plumed lobe", lobe()),
        "2.50",
        "http://snomed.info/sct/900000000000207008/version/20260101",
    ] {
        assert!(printed.out.contains(expected), "no {expected:?} in\n{}", printed.out);
    }
    assert_eq!(printed.err, "");
}

#[test]
fn an_expression_is_a_card_of_its_concepts_and_of_what_is_wrong() {
    let (plume, lobe) = (plume(), lobe());
    let text = format!("{DISEASE} |Ailment| + {plume} |Plume| : {DISEASE} = {lobe}");
    let printed = ask(&["lookup", &text]);
    assert_eq!(printed.code, 0, "{}", printed.err);
    let normal = format!("=== {DISEASE} + {plume} : {DISEASE} = {lobe}");
    for expected in [
        "postcoordinated: just what is written",
        &format!("Focus               {DISEASE} Ailment"),
        &format!("Attribute           {DISEASE} Ailment"),
        &format!("Value               {lobe} Plumed lobe"),
        &normal,
        &format!("\"Plume\" is not a term of {plume}"),
        &format!("whether {DISEASE} is an attribute is not known"),
    ] {
        assert!(printed.out.contains(expected), "no {expected:?} in\n{}", printed.out);
    }

    let json = ask(&["lookup", &text, "--format", "json"]);
    let records: Value = serde_json::from_str(&json.out).unwrap();
    let (record, card) = (&records[0], &records[0]["expression"]);
    assert_eq!((&record["status"], &record["sctid"]), (&"found".into(), &Value::Null));
    assert_eq!(card["normal_form"], normal);
    assert_eq!(card["precoordinated"], Value::Null);
    assert_eq!(card["concepts"][1]["given_term"], "Plume");
    assert_eq!(card["concepts"][2]["role"], "attribute-name");
    assert_eq!(card["concepts"][3]["concept"]["term"], "Plumed lobe");
    let findings: Vec<&Value> =
        card["findings"].as_array().unwrap().iter().map(|one| &one["code"]).collect();
    assert_eq!(findings, ["other-term", "attribute-unclear"]);
    assert_eq!(card["findings"][0]["start"], text.find(&plume).unwrap());

    let row = ask(&["lookup", &text, "--format", "csv"]);
    assert!(row.out.contains(",postcoordinated-expression,"), "{}", row.out);
    let codes = |text: &str| ask(&["lookup", text, "--format", "codes"]).out;
    assert_eq!(codes(&text), "");
    assert_eq!(codes(&format!("=== {plume}")), format!("{plume}\n"));
}

#[test]
fn what_is_not_in_the_release_and_what_is_no_expression_ends_with_one() {
    let absent_one = ask(&["lookup", &format!("{DISEASE}+{}", absent()), "--format", "json"]);
    assert_eq!(absent_one.code, 1);
    let records: Value = serde_json::from_str(&absent_one.out).unwrap();
    assert_eq!(records[0]["status"], "not-in-release");
    assert_eq!(records[0]["expression"]["findings"][0]["code"], "unknown-concept");

    let cut = ask(&["lookup", &format!("{DISEASE} : {DISEASE}")]);
    assert_eq!(cut.code, 1);
    assert!(cut.out.contains("expected '=' behind the name of an attribute"), "{}", cut.out);
    assert!(cut.out.contains(&format!("\n{}^\n", " ".repeat(19))), "{}", cut.out);

    let wrong = ask(&["lookup", "24700008 + 24700007", "--format", "json"]);
    let records: Value = serde_json::from_str(&wrong.out).unwrap();
    assert_eq!(records[0]["status"], "wrong-check-digit");
}

#[test]
fn the_dialect_decides_the_preferred_term() {
    let printed = ask(&["--dialect", "en-us", "lookup", &plume(), "--format", "json"]);
    let records: Value = serde_json::from_str(&printed.out).unwrap();
    assert_eq!(records[0]["sctid"]["concept"]["preferred_term"]["term"], "Featherism");
    assert_eq!(ask(&["lookup", &plume(), "--dialect", "klingon"]).code, 2);
}

#[test]
fn an_inactive_concept_is_found_and_said_to_be_inactive() {
    let printed = ask(&["lookup", &retired()]);
    assert_eq!(printed.code, 0);
    assert!(printed.out.contains("INACTIVE"), "{}", printed.out);
    assert!(printed.out.contains("no longer says"), "{}", printed.out);
}

#[test]
fn a_description_id_gives_the_description_and_its_concept() {
    let found = ask(&["lookup", &plume(), "--format", "json"]);
    let records: Value = serde_json::from_str(&found.out).unwrap();
    let id = records[0]["sctid"]["concept"]["synonyms"][0]["id"].as_str().unwrap().to_owned();
    let printed = ask(&["lookup", &id]);
    assert_eq!(printed.code, 0);
    assert!(printed.out.contains(&format!("Description         {id}")), "{}", printed.out);
    assert!(printed.out.contains(&format!("Concept             {}", plume())), "{}", printed.out);
}

#[test]
fn what_is_not_in_the_release_is_told_with_its_kind() {
    let printed = ask(&["lookup", &absent()]);
    assert_eq!(printed.code, 1);
    assert!(printed.out.contains("well-formed, not in this release"), "{}", printed.out);
    let extension = ask(&["lookup", "999000041000000102"]);
    assert_eq!(extension.code, 1);
    assert!(extension.out.contains("1000000"), "{}", extension.out);
    let relationship = ask(&["lookup", "100022"]);
    assert_eq!(relationship.code, 1);
    assert!(relationship.out.contains("relationship id"), "{}", relationship.out);
}

#[test]
fn a_wrong_check_digit_is_told_and_the_release_is_asked_all_the_same() {
    let (published, digit) = wrongly_published();
    let printed = ask(&["lookup", &published]);
    assert_eq!(printed.code, 0);
    assert!(printed.out.contains("Dummy ailment"), "{}", printed.out);
    assert!(printed.out.contains(&format!("require {digit}")), "{}", printed.out);

    let right = format!("{}{digit}", &published[..published.len() - 1]);
    let absent = ask(&["lookup", &right]);
    assert_eq!(absent.code, 1, "{}", absent.out);

    let wrong = ask(&["lookup", "24700008"]);
    assert_eq!(wrong.code, 1);
    assert!(wrong.out.contains("require 7"), "{}", wrong.out);
}

#[test]
fn a_number_that_reads_in_two_ways_is_told_in_both() {
    let nhs = ask(&["lookup", "999 000 0018"]);
    assert_eq!(nhs.code, 0);
    assert!(nhs.out.contains("NHS number") && nhs.out.contains("test data"), "{}", nhs.out);

    // Both check digits hold.
    let both = (9_990_000..).map(|item| item * 1000).find_map(|stem: u64| {
        (0..1000).map(|tail| (stem + tail).to_string()).find(|text| {
            farr::Sctid::parse(text)
                .is_ok_and(|id| id.component() == Some(farr::id::Component::Concept))
                && farr::id::NhsNumber::parse(text).is_ok()
        })
    });
    let printed = ask(&["lookup", &both.unwrap()]);
    assert!(printed.out.contains("well-formed, not in this release"), "{}", printed.out);
    assert!(printed.out.contains("the same digits can also be read"), "{}", printed.out);
    assert_eq!(printed.code, 0);
}

#[test]
fn what_is_no_code_is_said_to_be_none() {
    let printed = ask(&["lookup", "MERGER"]);
    assert_eq!(printed.code, 1);
    assert!(
        printed.out.contains(
            "neither a SNOMED CT id, a GTIN, an NHS number, nor a code of ICD-10 or OPCS-4"
        ),
        "{}",
        printed.out
    );
}

#[test]
fn what_was_done_to_a_code_is_said_and_which_it_was() {
    let (plume, gavel) = (plume(), gavel());
    let core = format!("the only code of the release that it can have been is {CORE} |Core part|");
    let plume_alone = format!("the only code of the release that it can have been is {plume}");
    let cases = [
        ("9.99E+17".to_owned(), "rounded", "digits are lost"),
        ("900000000000207000".to_owned(), "rounded", core.as_str()),
        ("9.00000000000207E+17".to_owned(), "rounded", core.as_str()),
        (format!("{plume}.0"), "as a number", plume_alone.as_str()),
        (format!("'{plume}"), "as a number", plume_alone.as_str()),
        (format!("{plume};{gavel}"), "2 codes", "one is asked for"),
        ("G20..".to_owned(), "Read code", "CTV3"),
    ];
    for (text, said, also) in cases {
        let printed = ask(&["lookup", &text]);
        assert_eq!(printed.code, 1, "{text}");
        let out = printed.out.split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(out.contains(said) && out.contains(also), "{text}: {out}");
        let printed = ask(&["lookup", &text, "--format", "json"]);
        let json: Value = serde_json::from_str(&printed.out).unwrap();
        let card = json.as_array().map_or(&json, |all| &all[0]);
        assert!(card["damage"].as_str().is_some_and(|damage| damage.contains(said)), "{json}");
    }
    let printed = ask(&["lookup", &plume, "--format", "json"]);
    let json: Value = serde_json::from_str(&printed.out).unwrap();
    assert!(json.as_array().map_or(&json, |all| &all[0])["damage"].is_null(), "{json}");
}

#[test]
fn records_keep_the_order_of_the_input_and_have_a_status() {
    let input = format!("{}\r\n\n{}\nabc\n{} |Gavel colic|\n", plume(), absent(), gavel());
    for (format, delimiter) in [("csv", ','), ("tsv", '\t')] {
        let printed = pipe(&input, &["lookup", "--format", format]);
        assert_eq!(printed.code, 1);
        let rows: Vec<Vec<&str>> =
            printed.out.lines().map(|line| line.split(delimiter).collect()).collect();
        assert_eq!(rows[0][..4], ["code", "status", "kind", "concept_id"]);
        let statuses: Vec<&str> = rows[1..].iter().map(|row| row[1]).collect();
        assert_eq!(statuses, ["found", "not-in-release", "malformed", "found"]);
        assert_eq!(rows[1][5], "Multiple plumosis");
    }
    let jsonl = pipe(&input, &["lookup", "-", "--format", "jsonl"]);
    let codes: Vec<Value> =
        jsonl.out.lines().map(|line| serde_json::from_str::<Value>(line).unwrap()).collect();
    assert_eq!(codes.len(), 4);
    assert_eq!(codes[1]["code"], absent());
    assert_eq!(codes[0]["sctid"]["concept"]["id"], plume(), "ids are strings");

    let list = pipe(&input, &["lookup", "--format", "codes"]);
    assert_eq!(list.out, format!("{}\n{}\n", plume(), gavel()));
    let sql = pipe(&input, &["lookup", "--format", "sql-in"]);
    assert_eq!(sql.out, format!("'{}','{}'\n", plume(), gavel()));
    let markdown = pipe(&input, &["lookup", "--format", "markdown"]);
    assert!(markdown.out.starts_with("| code | status |"), "{}", markdown.out);
    assert_eq!(markdown.out.lines().count(), 6);
}

#[test]
fn an_empty_input_is_an_empty_answer() {
    let printed = pipe("", &["lookup", "--format", "json"]);
    assert_eq!((printed.code, printed.out.as_str()), (0, "[]\n"));
    assert!(printed.err.contains("no codes"), "{}", printed.err);
}

#[test]
fn a_term_cannot_command_the_terminal() {
    let printed = ask(&["lookup", &gavel()]);
    assert!(!printed.out.contains('\u{1b}') && !printed.out.contains('\u{7}'));
    assert!(printed.out.contains("\\u{1b}[31mred"), "{}", printed.out);
}

#[test]
fn colours_are_there_when_asked_for_and_not_otherwise() {
    let coloured = ask(&["lookup", &plume(), "--color", "always"]);
    assert!(coloured.out.contains("\u{1b}["));
    let never = ask(&["--color", "never", "lookup", &plume()]);
    assert!(!never.out.contains('\u{1b}'));
    let plain = run(farr(&["lookup", &plume()]).env("NO_COLOR", "1"));
    assert!(!plain.out.contains('\u{1b}'));
}
