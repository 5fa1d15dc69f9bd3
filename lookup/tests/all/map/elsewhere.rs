//! `farr map` where the answer is not the concept's own by a map: back from codes, through
//! successors, from above, and by simple maps.

use std::collections::BTreeSet;

use crate::common::dmd::*;
use crate::common::maps::*;
use serde_json::Value;

fn text(value: &Value) -> &str {
    value.as_str().unwrap()
}

fn list(value: &Value) -> &[Value] {
    value.as_array().unwrap()
}

#[test]
fn every_spelling_of_a_code_finds_the_rows_that_have_it() {
    let mut conditional = 0;
    for published in [RULES, UK] {
        let map = published.1;
        let rows: Vec<Vec<String>> = rows_of_map(published).into_values().flatten().collect();
        // Without its point, filler and mark.
        let plain = |target: &str| -> String {
            let body = target.replace('.', "");
            let body = match body.len() {
                5.. => body.trim_end_matches(['A', 'D']).to_owned(),
                _ => body,
            };
            if body.len() == 4 { body.trim_end_matches('X').to_owned() } else { body }
        };
        let codes: BTreeSet<String> =
            rows.iter().map(|row| plain(&row[10])).filter(|code| code.len() > 2).collect();
        for code in codes.iter().filter(|code| !code.contains('#')).take(25) {
            let expected: BTreeSet<(&str, &str, &str)> = rows
                .iter()
                .filter(|row| plain(&row[10]) == *code)
                .map(|row| (row[5].as_str(), row[6].as_str(), row[7].as_str()))
                .collect();
            let (category, rest) = code.split_at(3);
            let spelled = match rest {
                "" => vec![code.clone(), format!("{code}X"), format!("{code}.X")],
                rest => vec![code.clone(), format!("{category}.{rest}"), code.to_lowercase()],
            };
            for spelled in spelled {
                let printed = ask_of(
                    with_snomed(),
                    &["map", "--reverse", &spelled, "--map", map, "--format", "json"],
                );
                assert_eq!(printed.code, 0, "{spelled}: {}", printed.out);
                assert!(printed.err.contains("not for coding"), "{}", printed.err);
                let records: Value = serde_json::from_str(&printed.out).unwrap();
                assert_eq!(records[0]["use"], "searching");
                let rows = list(&records[0]["rows"]).iter();
                let found: Vec<(String, String, String)> = rows
                    .map(|row| {
                        conditional += usize::from(row["conditional"] == true);
                        (
                            text(&row["concept"]["id"]).to_owned(),
                            row["group"].to_string(),
                            row["priority"].to_string(),
                        )
                    })
                    .collect();
                let found: BTreeSet<(&str, &str, &str)> =
                    found.iter().map(|(a, b, c)| (a.as_str(), b.as_str(), c.as_str())).collect();
                assert_eq!(found, expected, "{spelled}");
            }
        }
    }
    assert!(conditional > 0, "some rows have a rule");
}

#[test]
fn a_search_by_code_says_what_it_is_for() {
    let concept = rows_of_map(RULES);
    let target = concept.values().flatten().map(|row| row[10].clone()).find(|t| !t.is_empty());
    let target = target.unwrap();
    let asked = ["map", "--reverse", &target, "--map", "international"];
    let card = ask_of(with_snomed(), &asked);
    assert!(card.out.contains("for searching, not for coding"), "{}", card.out);
    let csv = ask_of(with_snomed(), &[&asked[..], &["--format", "csv"]].concat());
    let used = columns(&rows_of(&csv.out, b','), &["use"]).concat();
    assert!(!used.is_empty() && used.iter().all(|word| word == "searching"));
    let asked = ["map", "--reverse", "Q99.9", "99", "--map", "international", "--format", "csv"];
    let absent = ask_of(with_snomed(), &asked);
    let outcomes = columns(&rows_of(&absent.out, b','), &["outcome"]).concat();
    assert_eq!((absent.code, outcomes), (1, ["no-map", "malformed"].map(str::to_owned).to_vec()));
}

#[test]
fn simple_maps_give_all_rows_as_they_are() {
    let file = "Refset/Map/der2_sRefset_SimpleMapMONOSnapshot_GB_20260801.txt";
    let rows = rows_of_file(file);
    for row in &rows {
        let targets: BTreeSet<&str> = rows
            .iter()
            .filter(|other| (&other[4], &other[5], &other[2]) == (&row[4], &row[5], &row[2]))
            .map(|other| other[6].as_str())
            .collect();
        let name = if row[4] == CTV3 { "ctv3" } else { "icd-o" };
        let answer = mapped(&[&row[5], "--map", name]);
        assert_eq!((&answer["outcome"], &answer["form"]), (&"targets".into(), &"simple".into()));
        let found: BTreeSet<&str> =
            list(&answer["targets"]).iter().map(|one| text(&one["target"])).collect();
        assert_eq!(found, targets);
        assert_eq!(answer["message"].is_null(), targets.len() == 1);
        let back = ask_of(
            with_snomed(),
            &["map", "--reverse", &row[6], "--map", &row[4], "--format", "csv"],
        );
        let ids = columns(&rows_of(&back.out, b','), &["concept_id"]).concat();
        assert!(ids.contains(&row[5]), "{}", back.out);
    }
    // A map with a correlation has rules of its own, and is no simple one.
    let other = ask_of(with_snomed(), &["map", "1195985002", "--map", "99000341000000103"]);
    assert_eq!(other.code, 1);
    assert!(other.err.contains(CTV3), "{}", other.err);
}

#[test]
fn successors_answer_only_where_they_are_asked_and_several_are_not_chosen_from() {
    let inactive = inactive_concepts();
    let ids: Vec<&str> = inactive.iter().map(String::as_str).collect();
    for map in [INTERNATIONAL, UK_ICD_10] {
        let asked = [&["map"], &ids[..], &["--map", map]].concat();
        let (own, _) = json_of(with_snomed(), &asked);
        let (through, _) = json_of(with_snomed(), &[&asked[..], &["--successors"]].concat());
        let (histories, _) = json_of(with_snomed(), &[&["history"], &ids[..]].concat());
        let (mut one, mut several) = (0, 0);
        for ((own, through), history) in own.iter().zip(&through).zip(&histories) {
            assert!(own["through"].is_null() && list(&own["successors"]).is_empty());
            if own["outcome"] != "no-map" {
                assert_eq!(own, through, "its own map comes first");
                continue;
            }
            let successors = list(&history["concept"]["successors"]);
            let successor = |at: usize| text(&successors[at]["concept"]["id"]);
            match text(&history["concept"]["outcome"]) {
                "one" => {
                    assert_eq!(through["through"]["id"], successor(0));
                    let alone = ask_of(
                        with_snomed(),
                        &["map", successor(0), "--map", map, "--format", "json"],
                    );
                    let alone: Value = serde_json::from_str(&alone.out).unwrap();
                    assert_eq!(through["outcome"], alone[0]["outcome"]);
                    assert_eq!(through["targets"], alone[0]["targets"]);
                    assert!(text(&through["message"]).contains(successor(0)));
                    one += 1;
                }
                "several" => {
                    assert_eq!(through["outcome"], "several-successors");
                    assert!(list(&through["targets"]).is_empty(), "none is chosen");
                    let found = list(&through["successors"]).iter();
                    let found: Vec<&str> = found.map(|one| text(&one["code"])).collect();
                    let expected: Vec<&str> = (0..successors.len()).map(successor).collect();
                    assert_eq!(found, expected);
                    several += 1;
                }
                _ => assert_eq!(own["outcome"], through["outcome"]),
            }
        }
        assert!(one > 0 && several > 0, "{one} {several}");
    }
}

#[test]
fn ancestors_are_candidates_and_the_outcome_stays() {
    let relationships = rows_of_file("Terminology/sct2_Relationship_MONOSnapshot_GB_20260801.txt");
    let parents = |concept: &str| -> Vec<String> {
        let rows = relationships
            .iter()
            .filter(|row| row[2] == "1" && row[7] == "116680003" && row[4] == concept);
        rows.map(|row| row[5].clone()).collect()
    };
    let above = |concept: &str| -> BTreeSet<String> {
        let (mut all, mut left) = (BTreeSet::new(), vec![concept.to_owned()]);
        while let Some(one) = left.pop() {
            for parent in parents(&one) {
                if all.insert(parent.clone()) {
                    left.push(parent);
                }
            }
        }
        all
    };
    let rows = rows_of_map(UK);
    let mapped: BTreeSet<&str> = rows.keys().map(String::as_str).collect();
    let below: BTreeSet<&str> =
        relationships.iter().filter(|row| row[2] == "1").map(|row| row[4].as_str()).collect();
    let mut told = 0;
    for concept in below.iter().filter(|concept| !mapped.contains(*concept)).take(150) {
        let asked = ["map", concept, "--ancestors"];
        let (records, code) = json_of(with_snomed(), &asked);
        assert_eq!((&records[0]["outcome"], code), (&"no-map".into(), 1));
        assert!(list(&records[0]["targets"]).is_empty());
        let all: Vec<String> =
            above(concept).into_iter().filter(|one| mapped.contains(one.as_str())).collect();
        let nearest: BTreeSet<&str> = all
            .iter()
            .filter(|one| !all.iter().any(|other| above(other).contains(*one)))
            .map(String::as_str)
            .collect();
        let ancestors = list(&records[0]["ancestors"]);
        let found: BTreeSet<&str> = ancestors.iter().map(|one| text(&one["code"])).collect();
        assert_eq!(found, nearest, "{concept}");
        told += found.len();
    }
    assert!(told > 0);
}

#[test]
fn the_card_of_a_concept_has_its_maps() {
    let (rules, blocks) = (rows_of_map(RULES), rows_of_map(UK));
    let (mut asked, mut without) = (0, 0);
    for (concept, rows) in &rules {
        let (records, _) = json_of(with_snomed(), &["lookup", concept]);
        let maps = list(&records[0]["sctid"]["concept"]["maps"]);
        let of = |map: &str| maps.iter().find(|one| one["map"]["id"] == map);
        let international = of(INTERNATIONAL).unwrap();
        let shown: Vec<&str> =
            list(&international["rows"]).iter().map(|row| text(&row["rule"])).collect();
        let published: Vec<&str> = rows.iter().map(|row| row[8].as_str()).collect();
        assert_eq!(shown, published, "{concept}");
        let alone = mapped(&[concept, "--map", INTERNATIONAL]);
        assert_eq!(international["outcome"], alone["outcome"]);
        assert_eq!(international["missing"], alone["missing"]);
        assert_eq!(of(UK_ICD_10).is_some(), blocks.contains_key(concept));
        if international["outcome"] == "needs-context" {
            let card = ask_of(with_snomed(), &["lookup", concept]);
            assert!(card.out.contains("asks for "), "{}", card.out);
            asked += 1;
        }
        if international["outcome"] == "not-classifiable" {
            let card = ask_of(with_snomed(), &["lookup", concept]);
            let told = format!("not classifiable: {}", text(&international["message"]));
            assert!(card.out.contains(&told), "{}", card.out);
            without += 1;
        }
    }
    assert!(asked > 0 && without > 0, "{asked} {without}");
    for concept in blocks.keys() {
        let (records, _) = json_of(with_snomed(), &["lookup", concept]);
        let maps = list(&records[0]["sctid"]["concept"]["maps"]);
        let uk = maps.iter().find(|one| one["map"]["id"] == UK_ICD_10).unwrap();
        let alone = mapped(&[concept, "--map", UK_ICD_10]);
        for key in ["outcome", "targets", "alternatives", "blocks", "flags"] {
            assert_eq!(uk[key], alone[key], "{concept}");
        }
    }
}
