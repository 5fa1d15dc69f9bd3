//! `farr map --column`, end to end.

use std::fmt::Write as _;
use std::path::Path;

use crate::common::dmd::*;
use crate::common::maps::*;

fn map_column(input: &str, arguments: &[&str]) -> crate::common::Printed {
    pipe_to(with_snomed(), input, &[&["map", "--column", "code"], arguments, &["-"]].concat())
}

#[test]
fn every_row_gets_what_the_verb_says_of_it_alone() {
    let mut input = "id,code,sex,onset\n".to_owned();
    let mut expected = Vec::new();
    let facts = [("female", "41y"), ("1", "5d"), ("", ""), ("9", "13"), ("M", "2m")];
    let concepts: Vec<String> = rows_of_map(RULES).into_keys().collect();
    for (at, (concept, (sex, onset))) in concepts.iter().zip(facts.iter().cycle()).enumerate() {
        writeln!(input, "{at},{concept},{sex},{onset}").unwrap();
        let sex = match *sex {
            "1" | "M" => "male",
            "" | "9" => "unknown",
            other => other,
        };
        let mut arguments = vec![concept.as_str(), "--map", INTERNATIONAL, "--sex", sex];
        let years = format!("{onset}y");
        match *onset {
            "" => {}
            "13" => arguments.extend(["--age-at-onset", &years]),
            other => arguments.extend(["--age-at-onset", other]),
        }
        let answer = mapped(&arguments);
        let words = |list: &serde_json::Value, key: Option<&str>| {
            let list = list.as_array().unwrap().iter();
            let mut words: Vec<String> = Vec::new();
            for one in list {
                let word = key.map_or(one, |key| &one[key]).as_str().unwrap().to_owned();
                if !words.contains(&word) {
                    words.push(word);
                }
            }
            words.join(" ")
        };
        expected.push(vec![
            at.to_string(),
            answer["outcome"].as_str().unwrap().to_owned(),
            words(&answer["targets"], Some("code")),
            words(&answer["missing"], None),
        ]);
    }
    let asked = ["--map", INTERNATIONAL, "--sex-column", "sex", "--age-at-onset-column", "onset"];
    let printed = map_column(&input, &asked);
    assert_eq!((printed.err.as_str(), printed.code), ("", 0));
    let rows = rows_of(&printed.out, b',');
    let answered = columns(&rows, &["id", "map_outcome", "map_codes", "map_missing"]);
    assert_eq!(answered, expected);
    let outcomes: std::collections::BTreeSet<&str> =
        answered.iter().map(|row| row[1].as_str()).collect();
    assert!(outcomes.len() > 1, "{outcomes:?}");
}

#[test]
fn rows_stand_as_they_stood_in_their_order_however_many() {
    let concepts: Vec<String> = rows_of_map(UK).into_keys().collect();
    let header = "\u{feff}\"note\",code\r\n";
    let mut body = String::new();
    // Several stretches, with line ends in fields.
    for (at, concept) in concepts.iter().cycle().take(60_000).enumerate() {
        match at % 3 {
            0 => write!(body, "\"{at}, a \"\"b\"\"\r\nc\",{concept}\r\n").unwrap(),
            1 => writeln!(body, "{at} 5\" nail,{concept}").unwrap(),
            _ => write!(body, "é{at},\"{concept}\"\r\n").unwrap(),
        }
    }
    let printed = map_column(&format!("{header}{body}"), &[]);
    assert_eq!((printed.err.as_str(), printed.code), ("", 0));
    let (first, rest) = printed.out.split_once('\n').unwrap();
    assert_eq!(first, "\u{feff}\"note\",code,map_outcome,map_codes,map_missing,map_message\r");
    let mut rest = rest;
    let mut rows = csv::ReaderBuilder::new()
        .has_headers(false)
        .from_reader(body.as_bytes())
        .into_records()
        .map(Result::unwrap);
    let mut at = 0;
    // What was put in is what is left where the added cells are taken away.
    let mut source = body.as_str();
    while !source.is_empty() {
        let row = rows.next().unwrap();
        let plain = concepts.iter().map(String::as_str).find(|id| *id == &row[1]).unwrap();
        let cut = source.find(plain).unwrap() + plain.len();
        let cut = cut + usize::from(source[cut..].starts_with('"'));
        assert!(rest.starts_with(&source[..cut]), "row {at}");
        rest = &rest[cut..];
        let end = rest.find('\n').unwrap();
        assert!(rest[..end].starts_with(",defaults,") || rest.starts_with(",not-class"), "{at}");
        rest = &rest[end + 1..];
        source = &source[source[cut..].find('\n').unwrap() + cut + 1..];
        at += 1;
    }
    assert_eq!((at, rest), (60_000, ""));
}

#[test]
fn a_cell_that_cannot_be_read_is_told_and_not_known() {
    let concept = rows_of_map(RULES)
        .into_iter()
        .find(|(_, rows)| {
            // Nothing but the age decides.
            let mut rules = rows.iter().map(|row| row[8].as_str());
            rules.clone().next().unwrap().starts_with("IFA 445518008")
                && rows.iter().all(|row| !row[10].is_empty())
                && rules.all(|rule| {
                    let mut clauses = rule.split(" AND ");
                    clauses.all(|clause| clause.contains("445518008") || clause.contains("TRUE"))
                })
        })
        .unwrap()
        .0;
    let input = format!("code\tage\n{concept}\t40 years\n{concept}\t\n{concept}\t400d\n");
    let asked = ["--map", "international", "--age-at-onset-column", "age", "--prefix", "x_"];
    let printed = map_column(&input, &asked);
    let rows = rows_of(&printed.out, b'\t');
    let outcomes = columns(&rows, &["x_outcome", "x_codes", "x_missing"]);
    assert_eq!(outcomes[0], ["needs-context", "", "age-at-onset"].map(str::to_owned));
    assert_eq!(outcomes[0], outcomes[1]);
    assert_ne!(outcomes[2][0], "needs-context");
    let told = columns(&rows, &["x_message"]).concat();
    assert!(told[0].ends_with("the age at onset \"40 years\" cannot be read"), "{}", told[0]);
    assert!(!told[1].contains("cannot be read"), "{}", told[1]);
}

#[test]
fn what_is_no_answer_has_its_own_outcome_and_the_process_says_so() {
    let concept = rows_of_map(RULES).into_keys().next().unwrap();
    let input = format!(
        "code,onset,now\n{concept},,\n138875005,,\n24700007,,\nx,,\n,,\n\n{concept},40y,3y\n"
    );
    let asked =
        ["--map", "international", "--age-at-onset-column", "onset", "--age-now-column", "now"];
    let printed = map_column(&input, &asked);
    assert_eq!(printed.code, 1);
    assert!(printed.out.contains("\n\n"), "a blank line is kept");
    let outcomes = columns(&rows_of(&printed.out, b','), &["map_outcome"]).concat();
    assert_eq!(
        outcomes[1..],
        ["no-map", "not-in-release", "malformed", "malformed", "contradiction"]
    );
}

#[test]
fn what_cannot_be_read_is_told_with_its_line() {
    let concept = rows_of_map(UK).into_keys().next().unwrap();
    for (rows, line) in [
        ("A,b,c\n", "line 3 has 3 fields where the header has 2"),
        ("\"x\ny\",1\n\"A\"b,c\n", "line 5: something stands behind a closing quotation mark"),
        ("x,\"y\n\n", "line 3 opens a quotation mark that is not closed"),
    ] {
        let printed = map_column(&format!("code,x\n{concept},1\n{rows}"), &[]);
        assert_eq!(printed.code, 3, "{rows:?}");
        assert!(printed.err.contains(line), "{rows:?}: {}", printed.err);
        assert!(printed.out.contains(&concept), "what stands before is written");
    }
    let usage = |input: &str, arguments: &[&str], told: &str| {
        let printed = map_column(input, arguments);
        assert_eq!((printed.code, printed.out.as_str()), (2, ""), "{told}");
        assert!(printed.err.contains(told), "{}", printed.err);
    };
    usage("id,x\n", &[], "no column \"code\"; it has id, x");
    usage("code,code\n", &[], "several columns \"code\"");
    usage("code,map_codes\n", &[], "--prefix");
    usage("code\n", &["--format", "json"], "does not write json");
    assert_eq!(map_column("", &[]).code, 3);
    let absent = ask_of(with_snomed(), &["map", "--column", "code", "/no/such.csv"]);
    assert_eq!(absent.code, 3);
    assert!(absent.err.contains("/no/such.csv"), "{}", absent.err);
}

#[test]
fn another_form_is_written_where_it_is_asked_for() {
    let concept = rows_of_map(UK).into_keys().next().unwrap();
    let input = format!("note\tcode\na, \"b\"\t{concept}");
    let printed = map_column(&input, &["--format", "csv"]);
    let rows = rows_of(&printed.out, b',');
    assert_eq!((rows[1][0].as_str(), rows[1][1].as_str()), ("a, \"b\"", concept.as_str()));
    assert!(!printed.out.ends_with('\n'), "as the input ends");
}

#[test]
fn several_rows_of_a_simple_map_are_not_made_a_set() {
    let file = "Refset/Map/der2_sRefset_SimpleMapMONOSnapshot_GB_20260801.txt";
    let rows: Vec<Vec<String>> =
        rows_of_file(file).into_iter().filter(|row| row[4] == CTV3 && row[2] == "1").collect();
    let mut input = "code\n".to_owned();
    rows.iter().for_each(|row| writeln!(input, "{}", row[5]).unwrap());
    let printed = map_column(&input, &["--map", "ctv3"]);
    let answers = columns(&rows_of(&printed.out, b','), &["map_codes", "map_message"]);
    for (row, answer) in rows.iter().zip(answers) {
        let all = rows.iter().filter(|other| other[5] == row[5]).count();
        match all {
            1 => assert_eq!(answer, [row[6].clone(), String::new()]),
            _ => {
                assert_eq!(answer[0], "");
                assert!(answer[1].contains("does not say which"), "{}", answer[1]);
            }
        }
    }
}

#[test]
fn a_code_whose_seventh_character_is_open_is_told_of() {
    let folder = crate::common::folder("map-column");
    let map = folder.join("cm/Snapshot/Refset/Map");
    std::fs::create_dir_all(&map).unwrap();
    let mut rows =
        "id\teffectiveTime\tactive\tmoduleId\trefsetId\treferencedComponentId\tmapGroup\t\
                    mapPriority\tmapRule\tmapAdvice\tmapTarget\tcorrelationId\tmapCategoryId\r\n"
            .to_owned();
    for (at, concept, group, target) in
        [(1, "701003", 1, "S52.521?"), (2, "701003", 2, "W03.XXXA"), (3, "702005", 1, "A00.9")]
    {
        write!(
            rows,
            "00000000-0000-4000-8000-00000000000{at}\t20260801\t1\t900000000000207008\t\
             6011000124106\t{concept}\t{group}\t1\tTRUE\tALWAYS {target}\t{target}\t447561005\t\
             447637006\r\n"
        )
        .unwrap();
    }
    std::fs::write(map.join("der2_iisssccRefset_ExtendedMapSnapshot_US_20260801.txt"), rows)
        .unwrap();
    let worked = Path::new(env!("CARGO_MANIFEST_DIR")).join("../testdata/map/worked");
    let index = folder.join("cm.farr");
    let build = farr_build::Build::new().snomed(worked).snomed(folder.join("cm"));
    build.run(&index, &farr_build::Silent).unwrap();

    let asked = ["map", "--map", "icd10-cm"];
    let column = [&asked[..], &["--column", "code", "-"]].concat();
    let printed = pipe_to(&index, "code\n701003\n702005\n", &column);
    let answers =
        columns(&rows_of(&printed.out, b','), &["map_outcome", "map_codes", "map_message"]);
    assert_eq!(
        answers,
        [
            ["targets", "S52.521? W03.XXXA", "a further character is needed: S52.521?"],
            ["targets", "A00.9", ""]
        ]
    );
    let json = ask_of(&index, &[&asked[..], &["701003", "--format", "json"]].concat());
    let answer: serde_json::Value = serde_json::from_str(&json.out).unwrap();
    let answer = if answer.is_array() { answer[0].clone() } else { answer };
    assert_eq!(answer["flags"], serde_json::json!(["needs-further-character"]));
    assert_eq!(answer["targets"][0]["flags"], serde_json::json!(["needs-further-character"]));
    assert_eq!(answer["targets"][1]["flags"], serde_json::json!([]));
    let text = ask_of(&index, &[&asked[..], &["701003"]].concat());
    assert!(text.out.contains("S52.521?: needs further character\n"), "{}", text.out);
}
