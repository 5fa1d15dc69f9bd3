//! `farr search`, `farr subsumes` and `farr nhs-number`, end to end.

use crate::common::*;
use serde_json::Value;

#[test]
fn search_finds_by_the_beginnings_of_words() {
    let printed = ask(&["search", "plum", "mult"]);
    assert_eq!(printed.code, 0, "{}", printed.err);
    assert!(printed.out.contains(&plume()), "{}", printed.out);
    assert!(!printed.out.contains(&gavel()), "{}", printed.out);
    let by_synonym = ask(&["search", "featherism"]);
    assert!(by_synonym.out.contains("Multiple plumosis"), "{}", by_synonym.out);
}

#[test]
fn search_says_what_it_corrected_and_what_it_left_off() {
    let typo = ask(&["search", "plumsois"]);
    assert_eq!(typo.code, 0, "{}", typo.err);
    assert!(typo.err.contains("nothing matches \"plumsois\"; showing results for plumosis"));
    assert_eq!(ask(&["search", "plumsois", "--no-typos"]).code, 1);
    let more = ask(&["search", "ailment", "--limit", "1"]);
    assert!(more.err.contains("there are more"), "{}", more.err);
    let nothing = ask(&["search", "zzzzzzzz"]);
    assert_eq!((nothing.code, nothing.out.as_str()), (1, ""));
    assert!(nothing.err.contains("nothing matches"), "{}", nothing.err);
    assert_eq!(ask(&["search", "--", "--"]).code, 2);
}

#[test]
fn a_code_alone_is_never_that_of_a_corrected_word_unless_asked_for() {
    for format in ["codes", "sql-in"] {
        let printed = ask(&["search", "plumsois", "--format", format]);
        assert_eq!((printed.code, printed.out.as_str()), (1, ""));
        assert!(printed.err.contains("spelled nearly so: plumosis"), "{}", printed.err);
        let asked = ask(&["search", "plumsois", "--format", format, "--typos"]);
        assert_eq!(asked.code, 0);
        assert!(asked.err.contains("showing results for plumosis"), "{}", asked.err);
    }
    // Every other form says it of each hit.
    for format in ["csv", "tsv", "json", "jsonl", "markdown"] {
        let printed = ask(&["search", "plumsois", "--format", format]);
        assert!(printed.out.contains("corrected") && printed.out.contains("true"), "{format}");
    }
    let printed = ask(&["search", "plumsois"]);
    let rows: Vec<&str> = printed.out.lines().filter(|line| line.contains("plum")).collect();
    assert!(!rows.is_empty(), "{}", printed.out);
    assert!(rows.iter().all(|row| row.contains("corrected words")), "{}", printed.out);
    assert!(!ask(&["search", "plumosis"]).out.contains("corrected words"));
    assert_eq!(ask(&["search", "plumsois", "--typos", "--no-typos"]).code, 2);
}

#[test]
fn search_is_narrowed_and_widened() {
    assert_eq!(ask(&["search", "vapours", "--no-typos"]).code, 1);
    let inactive = ask(&["search", "vapours", "--inactive"]);
    assert!(inactive.out.contains("INACTIVE"), "{}", inactive.out);
    assert_eq!(ask(&["search", "vapours", "--all"]).code, 0);
    let codes = |arguments: &[&str]| ask(arguments).out;
    let tagged = codes(&["search", "plum", "--tag", "body structure", "--format", "codes"]);
    assert_eq!(tagged, format!("{}\n", lobe()));
    let below = codes(&["search", "plum", "--below", DISEASE, "--format", "codes"]);
    assert_eq!(below, format!("{}\n", plume()));
    assert_eq!(ask(&["search", "plum", "--below", &absent()]).code, 1);
    assert_eq!(ask(&["search", "plum", "--below", &retired()]).code, 1);
    assert_eq!(ask(&["search", "plum", "--below", "12"]).code, 2);
}

#[test]
fn search_takes_queries_from_a_pipe() {
    let printed = pipe("gavel\nfeatherism\n", &["search", "-n", "1", "--format", "csv"]);
    let rows: Vec<&str> = printed.out.lines().collect();
    assert_eq!(rows.len(), 3, "{}", printed.out);
    assert!(rows[1].starts_with(&format!("gavel,{}", gavel())), "{}", rows[1]);
    assert!(rows[2].starts_with(&format!("featherism,{}", plume())), "{}", rows[2]);
}

#[test]
fn subsumption_has_five_answers() {
    for (general, specific, answer) in [
        (DISEASE, DISEASE, "equivalent"),
        (DISEASE, &*plume(), "subsumes"),
        (&plume(), DISEASE, "subsumed-by"),
        (&plume(), &gavel(), "not-subsumed"),
        (DISEASE, &retired(), "not-classified"),
    ] {
        let printed = ask(&["subsumes", general, specific]);
        assert_eq!((printed.code, printed.out), (0, format!("{answer}\n")));
        assert_eq!(printed.err.contains("is inactive"), answer == "not-classified");
    }
}

#[test]
fn subsumption_refuses_what_it_cannot_answer() {
    let unknown = ask(&["subsumes", DISEASE, &absent()]);
    assert_eq!((unknown.code, unknown.out.as_str()), (1, ""));
    assert!(unknown.err.contains(&absent()), "{}", unknown.err);
    let malformed = ask(&["subsumes", DISEASE, "24700008"]);
    assert_eq!((malformed.code, malformed.out.as_str()), (2, ""));
    assert_eq!(ask(&["subsumes", DISEASE]).code, 2);
    let (published, _) = wrongly_published();
    assert_eq!(ask(&["subsumes", DISEASE, &published]).out, "subsumes\n");
    let codes = ask(&["subsumes", DISEASE, DISEASE, "--format", "codes"]);
    assert_eq!(codes.code, 2);
    assert!(codes.err.contains("it writes table, json"), "{}", codes.err);
}

#[test]
fn subsumption_answers_pairs_in_their_order() {
    let (p, g, r, a) = (plume(), gavel(), retired(), absent());
    let input = format!("{DISEASE}\t{p}\n{p},{g}\n{DISEASE} {r}\n{DISEASE} {a}\nx y\n");
    let printed = pipe(&input, &["subsumes"]);
    assert_eq!(printed.code, 2);
    assert_eq!(printed.out, "subsumes\nnot-subsumed\nnot-classified\nunknown-concept\nmalformed\n");
    let json = pipe(&input, &["subsumes", "--format", "json"]);
    let records: Value = serde_json::from_str(&json.out).unwrap();
    assert_eq!(records[2]["specific_reason"], "inactive");
    assert_eq!(records[2]["general_reason"], Value::Null);
}

#[test]
fn nhs_numbers_are_checked() {
    let valid = run(bare().args(["nhs-number", "999 000 0018"]));
    assert_eq!(valid.code, 0, "{}", valid.err);
    assert!(valid.out.contains("valid") && valid.out.contains("test data"), "{}", valid.out);
    let wrong = run(bare().args(["nhs-number", "9990000018", "9990000019"]));
    assert_eq!(wrong.code, 1);
    assert!(wrong.out.contains("NOT VALID"), "{}", wrong.out);
    let json = pipe("9990000019\n", &["nhs-number", "--format", "jsonl"]);
    let record: Value = serde_json::from_str(&json.out).unwrap();
    assert_eq!((&record["valid"], &record["reason"]), (&Value::Bool(false), &"check-digit".into()));
    let csv = pipe("9990000018\n", &["nhs-number", "--format", "csv"]);
    assert!(csv.out.contains("9990000018,true,9990000018,999 000 0018,test,false"), "{}", csv.out);
}

#[test]
fn nhs_numbers_are_counted() {
    let input = "9990000018\n999 000 0026\n9990000019\n\n123\n";
    let printed = pipe(input, &["nhs-number", "--count", "--format", "json"]);
    assert_eq!(printed.code, 1);
    let counts: Value = serde_json::from_str(&printed.out).unwrap();
    assert_eq!(counts["valid"], 2);
    assert_eq!(counts["invalid"], 2);
    assert_eq!(counts["blank_lines"], 1);
    assert_eq!(counts["invalid_by_reason"]["check-digit"], 1);
    assert!(pipe(input, &["nhs-number", "--count"]).out.contains("invalid: too-short"));
}

#[test]
fn test_numbers_are_made_and_all_valid() {
    let make = ["nhs-number", "--generate", "50", "--seed", "7", "--format", "codes"];
    let made = run(bare().args(make)).out;
    assert_eq!(made.lines().count(), 50);
    assert_eq!(made, run(bare().args(make)).out);
    assert_eq!(pipe(&made, &["nhs-number", "--count"]).code, 0);
    assert_eq!(run(bare().args(["nhs-number", "--generate", "9999999"])).code, 2);
}

#[test]
fn refsets_are_listed_with_their_fields() {
    let printed = ask(&["refset", "--format", "json"]);
    assert_eq!(printed.code, 0, "{}", printed.err);
    let refsets: Value = serde_json::from_str(&printed.out).unwrap();
    let ids: Vec<&str> =
        refsets.as_array().unwrap().iter().map(|refset| refset["id"].as_str().unwrap()).collect();
    assert_eq!(ids.len(), 11, "{ids:?}");
    let map = refsets.as_array().unwrap().iter().find(|refset| refset["id"] == *site()).unwrap();
    assert_eq!((&map["members"], &map["inactive_members"]), (&3.into(), &1.into()));
    assert_eq!(map["components"], serde_json::json!(["concept"]));
    assert_eq!(map["fields"][1]["name"], "mapTarget");
    assert_eq!(map["fields"][2]["type"], "component");
    assert!(ask(&["refset"]).out.contains("Place of it"));
    assert!(ask(&["lookup", &plume()]).out.contains("Reference sets"));
}

#[test]
fn the_rows_of_a_refset_have_its_fields() {
    let table = ask(&["refset", &site()]);
    assert_eq!(table.code, 0, "{}", table.err);
    assert!(table.out.contains("P70.2") && !table.out.contains("V99"), "{}", table.out);
    assert!(table.out.contains("138875005 |Everything|"), "{}", table.out);
    let csv = ask(&["refset", &site(), "--inactive", "--format", "csv"]).out;
    let rows: Vec<&str> = csv.lines().collect();
    assert_eq!(rows.len(), 5, "{csv}");
    assert!(rows[0].ends_with(",mapGroup,mapTarget,correlationId"), "{}", rows[0]);
    assert!(rows[4].contains(",false,") && rows[4].ends_with(",1,V99,138875005"), "{}", rows[4]);
    let json = ask(&["refset", &site(), "--of", &plume(), "--format", "jsonl"]).out;
    let rows: Vec<Value> = json.lines().map(|row| serde_json::from_str(row).unwrap()).collect();
    assert_eq!(rows.len(), 2, "{json}");
    assert_eq!(rows[1]["fields"]["mapGroup"], 2);
    assert_eq!(rows[1]["fields"]["correlationId"], Value::Null);
    assert_eq!(rows[0]["member_id"], "00000000-0000-4000-8000-0000000000b1");
    let codes = ask(&["refset", &site(), "--format", "codes"]).out;
    assert_eq!(codes.lines().count(), 2, "{codes}");
}

#[test]
fn refset_says_what_it_left_off_and_what_is_not_there() {
    let limited = ask(&["refset", &site(), "--limit", "1", "--fields", "mapTarget"]);
    assert!(limited.err.contains("the first 1 of 3 rows"), "{}", limited.err);
    assert!(!limited.out.contains("mapGroup"), "{}", limited.out);
    assert_eq!(ask(&["refset", &absent()]).code, 1);
    assert_eq!(ask(&["refset", &site(), "--of", &lobe()]).code, 1);
    let unknown = ask(&["refset", &site(), "--fields", "mapRule"]);
    assert_eq!(unknown.code, 2);
    assert!(unknown.err.contains("it has mapGroup, mapTarget, correlationId"), "{}", unknown.err);
}
