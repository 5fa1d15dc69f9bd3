//! `farr icd10` and `farr opcs4`, and codes of classifications elsewhere, end to end.

use crate::common::dmd::*;
use crate::common::*;
use serde_json::Value;

fn fields<'v>(records: &'v [Value], path: &str) -> Vec<&'v Value> {
    records.iter().map(|record| record.pointer(path).unwrap_or(&Value::Null)).collect()
}

#[test]
fn every_spelling_of_a_code_is_one_rubric() {
    let spellings = ["E10.2", "E102", "e102", "E102-", "E10.2-", "E102D", "E10.2†"];
    let (records, code) = json_of(classifications(), &[&["icd10"], &spellings[..]].concat());
    assert_eq!(code, 0);
    for record in &records {
        assert_eq!(record["status"], "found", "{record}");
        assert_eq!(record["rubric"]["code"], "E10.2");
        assert_eq!(record["rubric"]["usage"], "dagger");
        assert_eq!(record["rubric"]["partners"][0]["code"], "N08.3");
        assert_eq!(record["rubric"]["partners"][0]["usage"], "asterisk");
        assert_eq!(record["forms"]["data_set"], "E102- ");
        assert_eq!(record["forms"]["chapter"], "IV");
        assert_eq!(record["message"], Value::Null);
    }
    assert_eq!(fields(&records, "/mark")[5..], ["dagger", "dagger"]);
    let (padded, _) = json_of(classifications(), &["icd10", "J46", "J46X", "J46.X", "J46X-"]);
    assert!(padded.iter().all(|record| record["rubric"] == padded[0]["rubric"]));
    assert_eq!(padded[0]["forms"]["padded"], "J46X");
}

#[test]
fn what_is_not_in_the_edition_is_not_taken_for_what_is_above_it() {
    let (records, code) = json_of(classifications(), &["icd10", "E10.7", "Z99.9", "MERGER"]);
    assert_eq!(code, 1);
    let statuses = fields(&records, "/status");
    assert_eq!(statuses, ["not-in-edition", "not-in-edition", "malformed"]);
    assert!(records.iter().all(|record| record["rubric"].is_null()));
    assert_eq!(records[0]["nearest"]["code"], "E10");
    assert_eq!(records[1]["nearest"], Value::Null);
    assert_eq!(records[2]["forms"], Value::Null);
}

/// The UK file has no chapters, and a number of one is no code with a character out of place.
#[test]
fn a_chapter_that_the_edition_does_not_have_is_told_with_its_codes() {
    let (records, code) = json_of(classifications(), &["icd10", "IV", "xxii", "XXIII", "I"]);
    assert_eq!(code, 1);
    let statuses = fields(&records, "/status");
    let absent = "not-in-edition";
    assert_eq!(statuses, [absent, absent, "malformed", absent]);
    let told = |at: usize| records[at]["message"].as_str().unwrap();
    assert!(told(0).ends_with("its codes are E00-E90"), "{}", told(0));
    assert!(told(1).ends_with("its codes are U00-U99"), "{}", told(1));
    let (range, _) = json_of(classifications(), &["icd10", "E00-E90"]);
    assert_eq!(range[0]["status"], "range");
}

#[test]
fn a_mark_that_the_edition_does_not_give_is_told() {
    let (records, code) = json_of(classifications(), &["icd10", "E109A", "N083D", "N083A"]);
    assert_eq!(code, 0);
    let messages: Vec<_> = records.iter().map(|record| record["message"].as_str()).collect();
    assert!(messages[0].is_some_and(|message| message.contains("asterisk")), "{messages:?}");
    let other = messages[1].is_some_and(|message| message.contains("its mark is the asterisk"));
    assert!(other, "{messages:?}");
    assert_eq!(messages[2], None);
}

#[test]
fn subdivisions_limits_and_needs_are_told() {
    let asked = ["icd10", "E10", "M45", "M00.0", "C53.0", "C61", "P07.3", "M45X0"];
    let (records, code) = json_of(classifications(), &asked);
    assert_eq!(code, 0);
    let needs = fields(&records, "/rubric/further_character");
    assert_eq!(needs, ["fourth", "fifth", "fifth", "none", "none", "none", "none"]);
    let below = records[0]["rubric"]["children"].as_array().unwrap();
    let codes: Vec<_> = below.iter().map(|child| child["code"].as_str().unwrap()).collect();
    assert_eq!(codes, ["E10.2", "E10.3", "E10.9"]);
    assert_eq!(fields(&records, "/rubric/sex")[3..5], ["female", "male"]);
    assert_eq!(records[4]["rubric"]["minimum_age"], 15);
    assert_eq!(records[5]["rubric"]["maximum_age"], 1);
    assert_eq!(records[6]["rubric"]["above"][0]["code"], "M45");
    assert_eq!(records[6]["rubric"]["title"], "Bamboo back Many places");
    assert_eq!(records[6]["rubric"]["columns"]["modifier-5"], "Many places");
}

#[test]
fn a_range_is_a_set_of_codes_and_a_tree_has_what_is_below() {
    let printed = ask_of(classifications(), &["icd10", "E10.2-E10.3", "--format", "codes"]);
    assert_eq!(printed.out, "E10.2\nE10.3\n");
    let printed = ask_of(classifications(), &["icd10", "S52", "--tree", "--format", "csv"]);
    let rows = rows_of(&printed.out, b',');
    let told = columns(&rows, &["depth", "kind", "rubric"]);
    let expected = [
        ["0", "category", "S52"],
        ["1", "subcategory", "S52.0"],
        ["2", "subcategory", "S52.00"],
        ["2", "subcategory", "S52.01"],
    ];
    assert_eq!(told, expected);
    let printed = ask_of(classifications(), &["icd10", "S52", "--tree"]);
    assert!(printed.out.contains("└─ S52.0 "), "{}", printed.out);
    assert!(printed.out.contains("   └─ S52.01 "), "{}", printed.out);
    let empty = ask_of(classifications(), &["icd10", "X00-X09"]);
    assert_eq!(empty.code, 1);
}

#[test]
fn chapters_and_blocks_are_found_where_the_source_has_them() {
    let (records, code) = json_of(claml(), &["icd10", "IV", "iv"]);
    let kinds = fields(&records, "/rubric/kind");
    match code {
        0 => assert_eq!(kinds, ["chapter", "chapter"]),
        code => panic!("{code}: {records:?}"),
    }
    // The file of the NHS has none, and none are made up.
    let printed = ask_of(classifications(), &["icd10", "IV"]);
    assert_eq!(printed.code, 1);
}

#[test]
fn the_other_classifications_are_asked_the_same_way() {
    let (records, code) = json_of(classifications(), &["opcs4", "R171", "r17.1", "R17", "X99"]);
    assert_eq!(code, 1);
    let codes = fields(&records, "/rubric/code");
    assert_eq!(
        codes,
        ["R17.1", "R17.1", "R17", "null"]
            .map(|code| match code {
                "null" => Value::Null,
                code => Value::from(code),
            })
            .iter()
            .collect::<Vec<_>>()
    );
    let (records, _) = json_of(classifications(), &["lookup", "R17.1", "J46X", "A01.1"]);
    let systems = |record: &Value| -> Vec<String> {
        let all = record["classifications"].as_array().unwrap();
        all.iter().map(|one| one["system"].as_str().unwrap().to_owned()).collect()
    };
    assert_eq!(systems(&records[0]), ["opcs4"]);
    assert_eq!(systems(&records[1]), ["icd10"]);
    // A code of two classifications is shown as both.
    assert!(systems(&records[2]).contains(&"icd10".to_owned()));
    assert!(systems(&records[2]).contains(&"opcs4".to_owned()));
    let (closed, code) = json_of(index(), &["lookup", "J46X"]);
    assert_eq!((closed[0]["status"].as_str(), code), (Some("not-asked"), 1));
    let printed = ask_of(index(), &["icd10", "J46X"]);
    assert_eq!(printed.code, 3);
    assert!(printed.err.contains("no opened index holds ICD-10"), "{}", printed.err);
}

#[test]
fn titles_and_included_terms_are_searched() {
    let search = |arguments: &[&str]| {
        let arguments = [&["search"], arguments, &["--classification", "icd10"]].concat();
        json_of(classifications(), &arguments).0
    };
    let found = search(&["bamboo", "place"]);
    assert_eq!(fields(&found, "/code"), ["M45.X0", "M45.X9"]);
    let within = search(&["trouble", "--under", "E10"]);
    assert_eq!(within.len(), 3);
    let printed =
        ask_of(classifications(), &["search", "x", "--classification", "icd10", "--under", "Q99"]);
    assert_eq!(printed.code, 1);
    assert!(printed.err.contains("Q99 is not in this edition"), "{}", printed.err);
    // A word that is spelled nearly so is said where codes alone are written, and what it finds is not.
    let printed = ask_of(
        classifications(),
        &["search", "bambooo", "--classification", "icd10", "--format", "codes"],
    );
    assert_eq!((printed.code, printed.out.as_str()), (1, ""));
    assert!(printed.err.contains("spelled nearly so: bamboo"), "{}", printed.err);
    let printed = ask_of(classifications(), &["search", "bambooo", "--classification", "icd10"]);
    assert!(printed.out.contains("corrected words"), "{}", printed.out);
    // Nothing else is open, so classifications are searched unasked.
    let (unasked, _) = json_of(claml(), &["search", "a"]);
    assert!(unasked.iter().all(|hit| hit["kind"].is_string()));
}

#[test]
fn answers_are_as_the_manual_says() {
    let asked = ["icd10", "E10.2", "E10.7", "S52", "E10-E14", "MERGER", "--tree"];
    let (records, _) = json_of(classifications(), &asked);
    let printed = ask_of(classifications(), &["icd10", "E10", "--format", "csv"]);
    let rows = rows_of(&printed.out, b',');
    is_as_documented("icd10", &rows[0], &records, &["columns"]);
}

#[test]
fn a_pipe_closed_early_and_an_empty_one_are_no_failure() {
    let printed = pipe_to(classifications(), "", &["icd10", "--format", "csv"]);
    assert_eq!(printed.code, 0, "{}", printed.err);
    assert!(printed.out.starts_with("code,status,"), "{}", printed.out);
    let printed = pipe_to(classifications(), "J46X\r\nE109\n\n", &["icd10", "--format", "codes"]);
    assert_eq!(printed.out, "J46\nE10.9\n");
}

/// What `farr build` says of files that are none, or not whole.
#[test]
fn broken_files_are_refused_with_their_place() {
    let folder = folder("icd10");
    let out = folder.join("out.farr");
    let cases = [
        ("empty.txt", "", "no file of ICD-10"),
        ("words.txt", "some words\n", "no file of ICD-10"),
        ("cut.xml", "<ClaML version=\"2.0.0\"><Title name=\"x\"", "cut.xml, line 1"),
        (
            "row.txt",
            "CODE\tALT_CODE\tUSAGE\tUSAGE_UK\tDESCRIPTION\tMODIFIER_4\tMODIFIER_5\tQUALIFIERS\t\
             GENDER_MASK\tMIN_AGE\tMAX_AGE\tTREE_DESCRIPTION\r\nMERGER\tMERGER\tDEFAULT\t1\tA\t\t\t\t\t\t\tA\r\n",
            "row.txt, line 2, column 1 (CODE)",
        ),
    ];
    for (name, text, expected) in cases {
        let file = folder.join(name);
        std::fs::write(&file, text).unwrap();
        let arguments =
            ["build", "-q", "-o", out.to_str().unwrap(), "--icd10", file.to_str().unwrap()];
        let printed = run(bare().args(arguments));
        assert_eq!(printed.code, 3, "{name}: {}", printed.err);
        assert!(printed.err.contains(expected), "{name}: {}", printed.err);
        assert!(!out.exists(), "{name}");
    }
}
