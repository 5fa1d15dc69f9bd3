//! `farr codelist`, end to end.

use std::path::PathBuf;

use crate::common::*;
use serde_json::Value;

/// A file of `testdata/codelist`, whose ids are those of the golden index of the tiny release.
fn file(name: &str) -> String {
    format!("{}/../testdata/codelist/{name}", env!("CARGO_MANIFEST_DIR"))
}

/// Asks that index.
fn ask_golden(arguments: &[&str]) -> Printed {
    let golden = concat!(env!("CARGO_MANIFEST_DIR"), "/../testdata/golden/1.0-tiny.farr");
    run(bare().env("FARR_INDEX", golden).arg("codelist").args(arguments))
}

/// A list of the release with history, written to a file.
fn written(name: &str, text: &str) -> String {
    let path = folder("codelist").join(name);
    std::fs::write(&path, text).unwrap();
    path.to_str().unwrap().to_owned()
}

fn json(printed: &Printed) -> Vec<Value> {
    serde_json::from_str(&printed.out).unwrap_or_else(|_| panic!("{} {}", printed.out, printed.err))
}

#[test]
fn a_list_is_expanded_in_every_format() {
    let list = file("opencodelists.csv");
    let expand =
        |more: &[&str]| ask_golden(&[&["expand", &list, "--system", "snomed"], more].concat());
    assert_eq!(expand(&["--format", "codes"]).out, "401004\n403001\n402006\n");
    assert_eq!(expand(&["--format", "sql-in"]).out, "'401004','403001','402006'\n");
    let csv = expand(&["--format", "csv"]);
    assert!(
        csv.out.starts_with(
            "code,term,system,status,stated_term\n401004,Squeak,snomed,active,Squeak\n"
        ),
        "{}",
        csv.out
    );
    assert_eq!(json(&expand(&["--format", "json"])).len(), 3);
    let table = expand(&[]);
    assert!(table.out.contains("Squeak of hinge"), "{}", table.out);
    assert_eq!((table.code, table.err.as_str()), (0, "3 codes\n"));
    for (to, begin) in [
        ("opencodelists", "code,term\n401004,Squeak\n"),
        ("codes", "401004\n"),
        ("definition", "code,term,is_included\n401004,Squeak,+\n"),
        ("ecl", "401004 |Squeak| OR\n"),
        ("fhir", "{\n"),
    ] {
        let printed = expand(&["--to", to]);
        assert!(printed.out.starts_with(begin), "{to}: {} {}", printed.out, printed.err);
        assert_eq!(printed.code, 0, "{to}");
        // And what was written is the same list.
        let again = written(&format!("again-{to}"), &printed.out);
        let back = ask_golden(&["expand", &again, "--system", "snomed", "--format", "codes"]);
        let sorted = |text: &str| {
            let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
            lines.sort();
            lines
        };
        assert_eq!(sorted(&back.out), sorted("401004\n403001\n402006\n"), "{to}: {}", back.err);
    }
    let cluster = expand(&["--to", "cluster"]);
    assert_eq!(cluster.code, 2);
    let cluster = expand(&["--to", "cluster", "--name", "SQUEAK_COD"]);
    assert!(cluster.out.contains("SQUEAK_COD,,401004,Squeak,,1\n"), "{}", cluster.out);
    assert_eq!(expand(&["--to", "ecl", "--format", "json"]).code, 2);
}

#[test]
fn what_a_file_does_not_say_has_to_be_stated() {
    let system = ask_golden(&["expand", &file("opencodelists.csv")]);
    assert_eq!(system.code, 2);
    assert!(system.err.contains("--system snomed or dmd"), "{}", system.err);
    let cluster = ask_golden(&["expand", &file("clusters.csv")]);
    assert_eq!(cluster.code, 2);
    let arguments =
        ["expand", &file("clusters.csv"), "--cluster", "SQUEAK_COD", "--format", "codes"];
    let cluster = ask_golden(&arguments);
    assert_eq!(cluster.out, "401004\n403001\n");
    assert!(cluster.err.contains("clusters.csv:4:25: 404007"), "{}", cluster.err);
    let piped = run(bare()
        .env("FARR_INDEX", concat!(env!("CARGO_MANIFEST_DIR"), "/../testdata/golden/1.0-tiny.farr"))
        .args(["codelist", "expand", "-", "--format", "codes"])
        .write_stdin("<< 404007"));
    assert_eq!(piped.out, "404007\n4061999999102\n");
}

#[test]
fn a_damaged_list_has_no_expansion() {
    let printed = ask_golden(&["expand", &file("damaged.csv"), "--system", "snomed"]);
    assert_eq!((printed.code, printed.out.as_str()), (3, ""));
    assert!(printed.err.contains("damaged.csv:2:1: 4.052E+12 is no code"), "{}", printed.err);
    assert!(printed.err.contains("damaged.csv:7:1: the row has no code"), "{}", printed.err);
    let unknown = ask_golden(&["expand", &file("unknown-filter.json")]);
    assert_eq!(unknown.code, 3);
    assert!(unknown.err.contains("unknown-filter.json:7:"), "{}", unknown.err);
    let list = written("absent.csv", &format!("{}\n{}\n", plume(), absent()));
    let printed = ask(&["codelist", "expand", &list, "--system", "snomed"]);
    assert_eq!((printed.code, printed.out.as_str()), (1, ""));
    let arguments =
        ["codelist", "expand", &list, "--system", "snomed", "--keep-unknown", "--format", "csv"];
    let printed = ask(&arguments);
    assert!(
        printed.out.contains(&format!("{},,snomed,not-in-release,\n", absent())),
        "{}",
        printed.out
    );
}

#[test]
fn a_list_is_compressed() {
    let list = written("branch.ecl", "<< 401004 MINUS << 403001");
    let printed = ask_golden(&["compress", &list, "--no-terms"]);
    assert_eq!(printed.out, "401004 OR 704006\n", "{}", printed.err);
    let list = written("branch2.ecl", "<< 301000 MINUS << 403001");
    let printed = ask_golden(&["compress", &list]);
    assert_eq!(printed.out, "<< 301000 |Quibble| MINUS << 403001 |Squeak of hinge|\n");
    assert_eq!(printed.err, "5 codes in 2 operands\n");
    let printed = ask_golden(&["compress", &list, "--format", "json"]);
    let answer: Value = serde_json::from_str(&printed.out).unwrap();
    assert_eq!((&answer["codes"], &answer["operands"]), (&5.into(), &2.into()));
    let inactive = written("inactive.txt", &format!("{}\n{}\n", retired(), plume()));
    let printed = ask(&["codelist", "compress", &inactive, "--system", "snomed", "--no-terms"]);
    let mut ids: Vec<&str> = printed.out.trim().split(" OR ").collect();
    ids.sort_unstable();
    let mut expected = [retired(), plume()];
    expected.sort_unstable();
    assert_eq!(ids, expected, "{}", printed.err);
    assert!(printed.err.contains("1 concept is inactive"), "{}", printed.err);
}

#[test]
fn each_code_is_checked() {
    let good = written("good.csv", &format!("code,term\n{},Multiple plumosis\n", plume()));
    let printed = ask(&["codelist", "check", &good, "--system", "snomed"]);
    assert_eq!((printed.code, printed.out.as_str()), (0, ""), "{}", printed.err);
    let text = format!(
        "code,term\n{},Multiple plumosis\n{},Vapours\n{},Gavel colic\n{},Gavel colic\n1.2E+10,\n,x\n",
        plume(),
        retired(),
        absent(),
        plume().replace('7', "8"),
    );
    let bad = written("bad.csv", &text);
    let printed = ask(&["codelist", "check", &bad, "--system", "snomed", "--format", "json"]);
    assert_eq!(printed.code, 1);
    let rows = json(&printed);
    let found: Vec<(u64, String)> = rows
        .iter()
        .map(|row| {
            (row["line"].as_u64().unwrap(), row["findings"][0].as_str().unwrap_or("").to_owned())
        })
        .collect();
    assert_eq!(found[0], (2, String::new()), "{rows:?}");
    assert_eq!(found[1], (3, "inactive".to_owned()));
    assert_eq!(found[2], (4, "not-in-release".to_owned()));
    assert_eq!(found[4], (6, "rounded-by-spreadsheet".to_owned()));
    assert_eq!(found[5], (7, "no-code".to_owned()));
}

#[test]
fn the_concepts_of_an_expression_are_checked() {
    let check = |name: &str, text: &str| {
        let list = written(name, text);
        ask(&["codelist", "check", &list, "--system", "snomed"])
    };
    // Inactive, so that nothing is below it.
    let dead = check("dead.ecl", &format!("<< {}", chained()));
    assert_eq!(dead.code, 1, "{}", dead.err);
    assert!(dead.out.contains("inactive") && dead.out.contains(&gavel()), "{}", dead.out);
    assert!(dead.err.ends_with("1 code named, 1 in the list: 1 to look at\n"), "{}", dead.err);
    let repair = written("dead.ecl", &format!("<< {}", chained()));
    let repair = ask(&["codelist", "repair", &repair, "--system", "snomed", "--format", "json"]);
    assert_eq!(json(&repair)[0]["suggestions"][0]["code"], gavel());
    // The terms of two concepts, swapped.
    let swapped = format!("{} |Gavel colic| OR {} |Multiple plumosis|", plume(), gavel());
    let printed = check("swapped.ecl", &swapped);
    assert_eq!(printed.code, 1);
    assert_eq!(printed.out.matches("display-of-another").count(), 2, "{}", printed.out);
    let list = written("swapped.ecl", &swapped);
    let expanded = ask(&["codelist", "expand", &list, "--system", "snomed", "--format", "codes"]);
    assert!(expanded.err.contains("is not a term of"), "{}", expanded.err);
    let nothing = check("nothing.ecl", &format!("{0} MINUS {0}", plume()));
    assert!(nothing.out.contains("comes-to-nothing"), "{}", nothing.out);
    let right = check("right.ecl", &format!("<< {} |Multiple plumosis|", plume()));
    assert_eq!((right.code, right.out.as_str()), (0, ""), "{}", right.err);
    let list = written("right.ecl", &format!("<< {}", plume()));
    let printed = ask(&["codelist", "check", &list, "--format", "codes"]);
    assert_eq!((printed.code, printed.out.as_str()), (0, ""), "{}", printed.err);
    // A row without a code is counted apart.
    let rows = check("rows.csv", &format!("code,term\n{},Multiple plumosis\n,x\n", plume()));
    assert!(rows.err.ends_with("1 code, 1 other finding: 1 to look at\n"), "{}", rows.err);
    // What defines a list cannot be kept as it stands.
    let list = written("unknown.ecl", &format!("<< {}", absent()));
    let printed = ask(&["codelist", "expand", &list]);
    assert_eq!(printed.code, 1);
    assert!(!printed.err.contains("--keep-unknown"), "{}", printed.err);
}

#[test]
fn what_spreadsheets_write_is_read() {
    let text = "code,term\n402006,Creaking œdema\n";
    let little: Vec<u8> =
        std::iter::once(0xfeff).chain(text.encode_utf16()).flat_map(u16::to_le_bytes).collect();
    let windows = b"code,term\n402006,Creaking \x9cdema\n".to_vec();
    for (name, bytes, told) in [("little.csv", little, false), ("windows.csv", windows, true)] {
        let path = index().parent().unwrap().join(name);
        std::fs::write(&path, bytes).unwrap();
        let path = path.to_str().unwrap();
        let printed = ask_golden(&["expand", path, "--system", "snomed", "--format", "csv"]);
        assert!(printed.out.contains("402006,Creaking œdema,snomed"), "{}", printed.out);
        assert_eq!(printed.err.contains("was read as Windows-1252"), told, "{}", printed.err);
    }
}

#[test]
fn the_url_of_an_implicit_value_set_is_a_list() {
    let expand = |url: &str| ask_golden(&["expand", url, "--format", "codes"]);
    let below = expand("http://snomed.info/sct?fhir_vs=isa/404007");
    assert_eq!(below.out, "404007\n4061999999102\n", "{}", below.err);
    let ecl = expand("http://snomed.info/sct?fhir_vs=ecl/%3C%20404007");
    assert_eq!(ecl.out, "4061999999102\n", "{}", ecl.err);
    let wrong = expand("http://snomed.info/sct?fhir_vs=isa/x");
    assert_eq!((wrong.code, wrong.out.as_str()), (2, ""), "{}", wrong.err);
}

#[test]
fn an_expression_in_windows_1252_is_guessed_and_markup_is_not() {
    let read = |name: &str, bytes: &[u8]| {
        let path = index().parent().unwrap().join(name);
        std::fs::write(&path, bytes).unwrap();
        ask_golden(&["expand", path.to_str().unwrap(), "--format", "codes"])
    };
    let printed = read("windows.ecl", b"< 404007 /* caf\xe9 */");
    assert_eq!(printed.out, "4061999999102\n", "{}", printed.err);
    assert!(printed.err.contains("was read as Windows-1252"), "{}", printed.err);
    for markup in [&b"<ValueSet name=\"caf\xe9\"/>"[..], b"<?xml version=\"1.0\"?><a>\xe9</a>"] {
        let printed = read("windows.xml", markup);
        assert_eq!(printed.code, 3, "{}", printed.err);
        assert!(printed.err.contains("not in UTF-8"), "{}", printed.err);
    }
}

#[test]
fn a_url_that_says_how_it_is_read_takes_no_other_word_for_it() {
    let url = "http://snomed.info/sct?fhir_vs=isa/404007";
    let expand =
        |more: &[&str]| ask_golden(&[&["expand", url, "--system", "snomed"], more].concat());
    assert_eq!(expand(&[]).code, 0);
    for more in [["--from", "ecl"], ["--column", "code"], ["--cluster", "A"]] {
        let printed = expand(&more);
        assert_eq!(printed.code, 2, "{more:?}");
        assert!(printed.err.contains("the URL says how it is to be read"), "{}", printed.err);
    }
    assert_eq!(ask_golden(&["expand", url, "--system", "dmd"]).code, 2);
}

#[test]
fn what_is_amiss_with_a_list_as_a_whole_is_checked() {
    let set = |name: &str, parts: &str| {
        let text = format!(r#"{{"resourceType":"ValueSet","compose":{{{parts}}}}}"#);
        written(name, &text)
    };
    let sct = r#""system":"http://snomed.info/sct""#;
    let squeak = format!(r#"{{{sct},"concept":[{{"code":"401004"}}]}}"#);
    let emptied = format!(r#""include":[{squeak}],"exclude":[{squeak}]"#);
    let other = r#""include":[{"valueSet":["http://snomed.info/sct/999?fhir_vs=isa/404007"]}]"#;
    for (list, word) in [
        (written("header.csv", "code,term\n"), "comes-to-nothing"),
        (set("emptied.json", &emptied), "comes-to-nothing"),
        (set("other.json", other), "other-version"),
    ] {
        let mut asked = vec!["check", list.as_str(), "--format", "json"];
        if list.ends_with(".csv") {
            asked.extend(["--system", "snomed"]);
        }
        let printed = ask_golden(&asked);
        let rows = json(&printed);
        let amiss: Vec<&Value> = rows.iter().filter(|row| row["outcome"] != "accept").collect();
        assert_eq!((amiss.len(), printed.code), (1, 1), "{list}: {}", printed.out);
        assert_eq!(amiss[0]["findings"][0], word, "{list}");
    }
    // A sentence, and the place in the columns.
    let list = written("refset.ecl", "<< 401004\nMINUS ^ 401004");
    let rows = json(&ask_golden(&["check", &list, "--format", "json"]));
    let row = rows.iter().find(|row| row["findings"][0] == "expression").unwrap();
    assert_eq!(row["message"], "this release has no rows of a refset 401004");
    assert_eq!((row["line"].as_u64(), row["column"].as_u64()), (Some(2), Some(9)));
}

#[test]
fn a_mark_that_the_edition_has_otherwise_is_told() {
    let golden =
        concat!(env!("CARGO_MANIFEST_DIR"), "/../testdata/golden/1.0-classifications.farr");
    let list = written("marks.csv", "code\nA17.0D\nA01.0A\nG01XD\n");
    let asked = ["check", &list, "--system", "icd10", "--format", "json"];
    let printed = run(bare().env("FARR_INDEX", golden).arg("codelist").args(asked));
    let rows = json(&printed);
    let found: Vec<(&str, bool)> = rows
        .iter()
        .map(|row| {
            let findings = row["findings"].as_array().unwrap();
            let differs = findings.iter().any(|finding| finding == "mark-differs");
            (row["code"].as_str().unwrap(), differs)
        })
        .collect();
    assert_eq!(found, [("A17.0", false), ("A01.0", true), ("G01", true)], "{}", printed.out);
    assert_eq!(printed.code, 1);
}

#[test]
fn two_lists_are_compared() {
    let old = written("old.txt", &format!("{}\n{}\n", plume(), chained()));
    let new = written("new.txt", &format!("{}\n{}\n", plume(), gavel()));
    let arguments = ["codelist", "diff", &old, &new, "--system", "snomed", "--format", "json"];
    let printed = ask(&arguments);
    assert_eq!(printed.code, 1);
    let rows = json(&printed);
    assert_eq!(rows.len(), 2, "{rows:?}");
    assert_eq!((&rows[0]["change"], &rows[0]["code"]), (&"removed".into(), &chained().into()));
    assert_eq!(rows[0]["reason"], "outdated");
    assert_eq!(rows[0]["successors"][0], gavel());
    assert_eq!((&rows[1]["change"], &rows[1]["code"]), (&"added".into(), &gavel().into()));
    let same = ask(&["codelist", "diff", &old, &old, "--system", "snomed"]);
    assert_eq!((same.code, same.out.as_str(), same.err.contains("nothing differs")), (0, "", true));
}

/// The release as it will be: one concept inactive, one below another, one called otherwise.
fn next_release() -> PathBuf {
    let folder = folder("codelist");
    let release = folder.join("next");
    write_release(&release);
    let change = |name: &str, from: String, to: String| {
        let path = release.join("Snapshot/Terminology").join(name);
        let text = std::fs::read_to_string(&path).unwrap();
        assert!(text.contains(&from), "{from}");
        std::fs::write(&path, text.replace(&from, &to)).unwrap();
    };
    let concepts = "sct2_Concept_Snapshot_INT_20260101.txt";
    let lobe = lobe();
    change(concepts, format!("{lobe}\t20020131\t1"), format!("{lobe}\t20020131\t0"));
    let relationships = "sct2_Relationship_Snapshot_INT_20260101.txt";
    let from = format!("{}\t{DISEASE}\t0", gavel());
    change(relationships, from, format!("{}\t{FINDING}\t0", gavel()));
    let descriptions = "sct2_Description_Snapshot-en_INT_20260101.txt";
    change(descriptions, "\tMultiple plumosis\t".into(), "\tMultiple featherosis\t".into());
    let index = folder.join("next.farr");
    farr_build::Build::new().snomed(release).run(&index, &farr_build::Silent).unwrap();
    index
}

#[test]
fn a_new_release_changes_a_list() {
    let next = next_release();
    let list =
        written("over.txt", &format!("{}\n{}\n{}\n{}\n", plume(), gavel(), lobe(), retired()));
    let (old, new) = (index().to_str().unwrap(), next.to_str().unwrap());
    let arguments = [
        "codelist", "diff", &list, "--old", old, "--index", new, "--system", "snomed", "--format",
        "json",
    ];
    let printed = run(bare().args(arguments));
    assert_eq!(printed.code, 1, "{}", printed.err);
    let rows = json(&printed);
    let found: Vec<(String, String)> = rows
        .iter()
        .map(|row| {
            let text = |key: &str| row[key].as_str().unwrap().to_owned();
            (text("change"), text("code"))
        })
        .collect();
    let expected = [
        ("renamed".to_owned(), plume()),
        ("moved".to_owned(), gavel()),
        ("inactivated".to_owned(), lobe()),
    ];
    assert_eq!(found, expected, "{rows:?}");
    assert_eq!(rows[0]["after"], "Multiple featherosis");
    assert_eq!((&rows[1]["before"], &rows[1]["after"]), (&DISEASE.into(), &FINDING.into()));
}

#[test]
fn repairs_are_suggested_and_never_made() {
    let gavel = gavel();
    // Two neighbours swapped, with the right term and with another.
    let swapped = {
        let mut digits: Vec<char> = plume().chars().collect();
        let place = digits.windows(2).rposition(|pair| pair[0] != pair[1]).unwrap();
        digits.swap(place, place + 1);
        digits.into_iter().collect::<String>()
    };
    let text = format!(
        "code,term\n{},Gavel gripe\n{},Colic of court\n{},Vapours\n{swapped},Multiple plumosis\n{gavel},Gavel colic\n",
        chained(),
        ambiguous(),
        retired(),
    );
    let list = written("repair.csv", &text);
    let arguments = ["codelist", "repair", &list, "--system", "snomed", "--format", "json"];
    let printed = ask(&arguments);
    assert_eq!(printed.code, 1, "{}", printed.err);
    let rows = json(&printed);
    let certainty = |row: usize| rows[row]["certainty"].as_str().unwrap();
    assert_eq!(rows.len(), 4, "{rows:?}");
    assert_eq!((certainty(0), &rows[0]["suggestions"][0]["code"]), ("one", &gavel.clone().into()));
    assert_eq!((certainty(1), rows[1]["suggestions"].as_array().unwrap().len()), ("candidates", 2));
    assert_eq!(certainty(2), "none");
    assert_eq!(
        (certainty(3), &rows[3]["suggestions"][0]["code"]),
        ("one", &plume().into()),
        "{rows:?}"
    );
    assert_eq!(rows[3]["problem"], "wrong-check-digit");
    // Another term beside it: nothing is suggested.
    let other = written("other.csv", &format!("code,term\n{swapped},Gavel colic\n"));
    let rows =
        json(&ask(&["codelist", "repair", &other, "--system", "snomed", "--format", "json"]));
    assert_eq!(rows[0]["certainty"], "none", "{rows:?}");
    // What a spreadsheet left of a long id, by the one that rounds to it.
    let rounded = written("rounded.csv", "code,term\n9.00000000000207E+17,Core part\n");
    let rows =
        json(&ask(&["codelist", "repair", &rounded, "--system", "snomed", "--format", "json"]));
    assert_eq!(
        (&rows[0]["certainty"], &rows[0]["suggestions"][0]["code"]),
        (&"one".into(), &CORE.into()),
        "{rows:?}"
    );
    // What a field that is too short left of it.
    let cut = written("cut.csv", "code,term\n90000000000020700,Core part\n");
    let rows = json(&ask(&["codelist", "repair", &cut, "--system", "snomed", "--format", "json"]));
    assert_eq!(
        (&rows[0]["problem"], &rows[0]["certainty"], &rows[0]["suggestions"][0]["code"]),
        (&"truncated".into(), &"one".into(), &CORE.into()),
        "{rows:?}"
    );
    assert_eq!(std::fs::read_to_string(&list).unwrap(), text);
    // A digit that several known ids are away from says nothing, and a rounded id what it rounds from.
    let printed =
        ask_golden(&["repair", &file("damaged.csv"), "--system", "snomed", "--format", "json"]);
    let rows = json(&printed);
    assert_eq!(
        (&rows[0]["certainty"], &rows[0]["suggestions"][0]["code"]),
        (&"one".into(), &"4051999999104".into()),
        "{rows:?}"
    );
    assert_eq!((&rows[1]["code"], &rows[1]["certainty"]), (&"403002".into(), &"none".into()));
    assert!(
        rows[1]["message"].as_str().unwrap().contains("known ids are one slip away"),
        "{rows:?}"
    );
    let sound = written("sound.csv", &format!("code\n{gavel}\n"));
    assert_eq!(ask(&["codelist", "repair", &sound, "--system", "snomed"]).code, 0);
}

#[test]
fn what_a_row_says_of_another_id_is_held_to_dmd() {
    let dmd = format!("{}/../testdata/golden/1.0-dmd.farr", env!("CARGO_MANIFEST_DIR"));
    let list = written(
        "other_ids.csv",
        "code,term,dmd_id,dmd_type,bnf_code\n\
         9970011009,VMP previous to 990200011000001108,9970011009,VMP,\n\
         990200031000001102,VMP previous to 990200011000001108,990200031000001102,VMP,\n",
    );
    let ask = |verb: &str| {
        run(bare().args(["codelist", verb, &list, "--format", "json", "--index", &dmd]))
    };
    let printed = ask("check");
    let rows = json(&printed);
    assert_eq!(rows[0]["findings"], serde_json::json!(["previous-id"]), "{}", printed.out);
    // A product that is another one is no earlier id of this one, whatever the row says.
    assert_eq!(rows[1]["findings"], serde_json::json!(["other-id"]), "{}", printed.out);
    assert!(rows[1]["message"].as_str().unwrap().contains("Brackenamol"), "{}", printed.out);
    assert_eq!(printed.code, 1);
}

#[test]
fn a_replacement_is_certain_where_the_text_is_of_the_old_code_or_the_new_one() {
    let dmd = format!("{}/../testdata/golden/1.0-dmd.farr", env!("CARGO_MANIFEST_DIR"));
    let certainty = |text: &str| {
        let list = written("replaced.csv", &format!("code,term\n9970011009,{text}\n"));
        let arguments = ["codelist", "repair", &list, "--system", "dmd", "--format", "json"];
        let printed = run(bare().args(arguments).args(["--index", &dmd]));
        let rows = json(&printed);
        rows[0]["certainty"].as_str().unwrap().to_owned()
    };
    assert_eq!(certainty("Farrolol 10mg tablets"), "one");
    assert_eq!(certainty(""), "one");
    assert_eq!(certainty("Brackenamol 25µg/hour transdermal patches"), "candidates");
}
