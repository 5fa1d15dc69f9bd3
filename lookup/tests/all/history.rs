//! `farr history` and `farr subsumes --history`, end to end.

use crate::common::*;
use serde_json::Value;

fn json(arguments: &[&str]) -> Value {
    let printed = ask(arguments);
    serde_json::from_str(&printed.out).unwrap_or_else(|error| panic!("{error}: {}", printed.out))
}

#[test]
fn a_chain_leads_to_the_one_concept_to_use_now() {
    let printed = ask(&["history", &chained()]);
    assert_eq!(printed.code, 0, "{}", printed.err);
    for text in [
        "INACTIVE since 2002-01-31",
        "outdated",
        "Use instead",
        &gavel(),
        &format!("replaced by {}", wrongly_retired()),
        "then same as",
    ] {
        assert!(printed.out.contains(text), "{text}: {}", printed.out);
    }
    let record = &json(&["history", &chained(), "--format", "json"])[0];
    assert_eq!(record["status"], "found");
    let concept = &record["concept"];
    assert_eq!(concept["outcome"], "one");
    assert_eq!(concept["reason"]["code"], "outdated");
    let successor = &concept["successors"][0];
    assert_eq!(successor["concept"]["id"], gavel());
    assert_eq!(successor["weakest"], "replaced-by");
    assert_eq!(successor["path"][0]["target"]["id"], wrongly_retired());
    assert_eq!(successor["path"][1]["kind"], "same-as");
    // No table was given to the build, which is not the same as a table without a row.
    assert_eq!(concept["substitutions"], Value::Null);
}

#[test]
fn several_candidates_are_shown_and_none_is_chosen() {
    let printed = ask(&["history", &ambiguous()]);
    assert_eq!(printed.code, 0, "{}", printed.err);
    assert!(printed.out.contains("Candidates") && !printed.out.contains("Use instead"));
    assert!(printed.out.contains(&gavel()) && printed.out.contains(&plume()), "{}", printed.out);
    let codes = ask(&["history", &ambiguous(), &chained(), &plume(), "--format", "codes"]);
    assert_eq!(codes.out, format!("{}\n{}\n", gavel(), plume()));
}

#[test]
fn a_namespace_is_told_and_not_followed() {
    let printed = ask(&["history", &moved()]);
    assert!(printed.out.contains("Moved to") && printed.out.contains(&namespace()));
    assert!(printed.out.contains("nothing that the release names"), "{}", printed.out);
    let concept = &json(&["history", &moved(), "--format", "json"])[0]["concept"];
    assert_eq!(concept["outcome"], "none");
    assert_eq!(concept["dead_ends"][0]["reason"], "moved-to");
    assert_eq!(concept["moved_to"][0]["id"], namespace());
}

#[test]
fn an_active_concept_shows_what_it_stands_in_for() {
    let concept = &json(&["history", &gavel(), "--format", "json"])[0]["concept"];
    assert_eq!(concept["outcome"], "active");
    let before: Vec<&str> = concept["predecessors"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| one["concept"]["id"].as_str().unwrap())
        .collect();
    assert_eq!(before, [wrongly_retired(), chained(), ambiguous()]);
    let printed = ask(&["history", &gavel()]);
    assert!(printed.out.contains("Stands in for"), "{}", printed.out);
}

#[test]
fn a_description_has_its_reason_and_what_it_really_names() {
    let printed = ask(&["history", &hostile_description()]);
    assert_eq!(printed.code, 0, "{}", printed.err);
    assert!(printed.out.contains("inappropriate"), "{}", printed.out);
    assert!(printed.out.contains("Really names") && printed.out.contains(&plume()));
    assert!(!printed.out.contains('\u{1b}') && !printed.out.contains('\u{7}'));
}

#[test]
fn rows_stand_beside_their_codes_and_strangers_end_with_1() {
    let input = format!("{}\n{}\n12\n{}\n", chained(), absent(), ambiguous());
    let printed = pipe(&input, &["history", "--format", "csv"]);
    assert_eq!(printed.code, 1);
    let rows: Vec<&str> = printed.out.lines().collect();
    assert_eq!(rows.len(), 5, "{}", printed.out);
    assert!(rows[0].starts_with("code,status,concept_id,active,effective_time,reason,outcome"));
    assert!(rows[1].contains(&format!(",outdated,one,{},replaced-by,", gavel())), "{}", rows[1]);
    assert!(rows[2].starts_with(&format!("{},not-in-release,", absent())), "{}", rows[2]);
    assert!(rows[3].starts_with("12,malformed,"), "{}", rows[3]);
    let both = "possibly-equivalent-to possibly-equivalent-to";
    assert!(rows[4].contains(both), "{}", rows[4]);
    for format in ["tsv", "markdown", "jsonl", "sql-in"] {
        assert_eq!(pipe(&input, &["history", "--format", format]).code, 1, "{format}");
    }
    assert_eq!(ask(&["history", &absent()]).code, 1);
}

#[test]
fn the_card_of_an_inactive_concept_says_what_to_use_now() {
    let one = ask(&["lookup", &chained()]);
    assert!(one.out.contains("Use instead") && one.out.contains(&gavel()), "{}", one.out);
    let several = ask(&["lookup", &ambiguous()]);
    assert!(several.out.contains("2 candidates, a choice to make"), "{}", several.out);
    let none = ask(&["lookup", &retired()]);
    assert!(none.out.contains("nothing that the release names"), "{}", none.out);
    let record = &json(&["lookup", &chained(), "--format", "json"])[0]["sctid"]["concept"];
    assert_eq!(record["history"]["outcome"], "one");
    assert_eq!(record["history"]["successors"][0]["id"], gavel());
    let active = &json(&["lookup", &gavel(), "--format", "json"])[0]["sctid"]["concept"];
    assert_eq!(active["history"], Value::Null);
}

#[test]
fn subsumption_reaches_over_history_where_it_is_asked_to() {
    for (specific, profile, answer) in [
        (chained(), "none", "not-classified"),
        (chained(), "min", "not-classified"),
        (chained(), "mod", "subsumes"),
        (chained(), "max", "subsumes"),
        (ambiguous(), "mod", "not-classified"),
        (ambiguous(), "max", "subsumes"),
        (moved(), "max", "not-classified"),
    ] {
        let printed = ask(&["subsumes", DISEASE, &specific, "--history", profile]);
        assert_eq!((printed.code, printed.out), (0, format!("{answer}\n")), "{profile}");
        assert_eq!(printed.err.contains("does not say"), answer == "not-classified");
    }
    let disagree = ask(&["subsumes", &gavel(), &ambiguous(), "--history", "max"]);
    assert!(disagree.err.contains("does not agree"), "{}", disagree.err);
    let record =
        &json(&["subsumes", DISEASE, &chained(), "--history", "mod", "--format", "json"])[0];
    assert_eq!(record["weakest"], "replaced-by");
    assert_eq!(record["history_reason"], Value::Null);
    assert_eq!(ask(&["subsumes", DISEASE, &absent(), "--history", "max"]).code, 1);
    assert_eq!(ask(&["subsumes", DISEASE, &plume(), "--history", "all"]).code, 2);
}

#[test]
fn the_rows_of_a_substitution_table_stand_beside_the_associations() {
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name);
    write_release(&path("release"));
    let row = |old: &str, new: &str, ambiguous: u8| {
        format!("{old}\t1\t{new}\t0\tby way of tea\t{ambiguous}\t1\tO\t1\tN\t1\t1\t0\t1\r\n")
    };
    let header: Vec<String> = (0..14).map(|column| format!("COLUMN{column}")).collect();
    let rows = [row(&chained(), &plume(), 0), row(&retired(), &absent(), 1)].concat();
    let table = path("xres2_HistorySubstitutionTable_Concepts_GB1000000_20260101.txt");
    std::fs::write(&table, format!("{}\r\n{rows}", header.join("\t"))).unwrap();
    let out = path("out.farr");
    let built = run(bare()
        .args(["build", "--format", "json", "--snomed"])
        .arg(path("release"))
        .arg("--history")
        .arg(&table)
        .arg("-o")
        .arg(&out));
    assert_eq!(built.code, 0, "{}", built.err);
    let report: Value = serde_json::from_str(&built.out).unwrap();
    assert_eq!(report["counts"]["substitutions"], 2);
    let kinds: Vec<&str> =
        report["notes"].as_array().unwrap().iter().map(|n| n["kind"].as_str().unwrap()).collect();
    for kind in ["substitution-differs", "substitution-ends", "association-without-substitution"] {
        assert!(kinds.contains(&kind), "{kind}: {kinds:?}");
    }
    let ask = |arguments: &[&str]| run(bare().args(arguments).arg("--index").arg(&out));
    let text = ask(&["history", &chained()]);
    assert!(text.out.contains("by way of tea") && text.out.contains(&plume()), "{}", text.out);
    let json = ask(&["history", &chained(), &retired(), &gavel(), "--format", "json"]);
    let records: Value = serde_json::from_str(&json.out).unwrap();
    let rows = |at: usize| &records[at]["concept"]["substitutions"];
    assert_eq!(rows(0)[0]["concept"]["id"], plume());
    assert_eq!(rows(0)[0]["same_name_without_tag"], false);
    assert_eq!(rows(1)[0]["ambiguous"], true);
    assert_eq!(rows(1)[0]["concept"]["term"], Value::Null);
    assert_eq!(rows(2), &Value::Array(Vec::new()));
    // What the table says takes the place of no association.
    assert_eq!(records[0]["concept"]["successors"][0]["concept"]["id"], gavel());
    let nothing = run(bare()
        .args(["build", "--snomed"])
        .arg(path("release"))
        .arg("--history")
        .arg(path("release"))
        .arg("-o")
        .arg(&out));
    assert_eq!(nothing.code, 3);
    assert!(nothing.err.contains("no history table"), "{}", nothing.err);
}
