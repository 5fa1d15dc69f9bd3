//! `farr map`, end to end.

use std::collections::BTreeSet;

use crate::common::dmd::*;
use crate::common::maps::*;
use serde_json::Value;

/// Days that an age in a unit lasts, to compare ages far from each other's limits.
fn days(number: f64, unit: &str) -> f64 {
    number
        * match unit.trim_end_matches('s') {
            "day" => 1.0,
            "week" => 7.0,
            "month" => 30.4,
            "year" => 365.25,
            other => panic!("{other}"),
        }
}

/// Whether a rule holds of somebody of this age at onset and sex who has nothing else.
fn holds(rule: &str, age: f64, sex: &str) -> bool {
    if matches!(rule, "TRUE" | "OTHERWISE TRUE") {
        return true;
    }
    rule.split(" AND ").all(|clause| {
        let clause = clause.strip_prefix("IFA ").unwrap();
        let (id, rest) = clause.split_once(" |").unwrap();
        let limit = rest.rsplit_once('|').unwrap().1.trim();
        match (id, limit.split_once(' ')) {
            ("248152002", _) => sex == "female",
            ("248153007", _) => sex == "male",
            ("445518008", Some((operator, limit))) => {
                let (count, unit) = limit.split_once(' ').unwrap();
                let limit = days(count.parse().unwrap(), unit);
                match operator {
                    "<" => age < limit,
                    "<=" => age <= limit,
                    ">=" => age >= limit,
                    ">" => age > limit,
                    other => panic!("{other}"),
                }
            }
            _ => false,
        }
    })
}

fn codes(records: &Value) -> Vec<&str> {
    records.as_array().unwrap().iter().map(|one| one["target"].as_str().unwrap()).collect()
}

#[test]
fn rules_choose_what_the_rows_of_the_file_say_of_a_patient() {
    let mut outcomes = [0; 2];
    for (concept, rows) in rows_of_map(RULES) {
        for (age, sex) in [("5d", "female"), ("40y", "male"), ("13y", "female"), ("2m", "male")] {
            let (count, unit) = age.split_at(age.len() - 1);
            let unit = match unit {
                "d" => "day",
                "m" => "month",
                _ => "year",
            };
            let in_days = days(count.parse().unwrap(), unit) + 0.5;
            let answer = mapped(&[
                &concept,
                "--map",
                "international",
                "--age-at-onset",
                age,
                "--sex",
                sex,
                "--complete",
            ]);
            let chosen = rows.chunk_by(|one, next| one[6] == next[6]).map(|group| {
                let row = group.iter().find(|row| holds(&row[8], in_days, sex)).unwrap();
                row[10].as_str()
            });
            let chosen: Vec<&str> = chosen.collect();
            match chosen.iter().all(|target| !target.is_empty()) {
                true => {
                    assert_eq!(answer["outcome"], "targets", "{concept} {age} {sex}");
                    assert_eq!(codes(&answer["targets"]), chosen, "{concept} {age} {sex}");
                    outcomes[0] += 1;
                }
                false => {
                    assert_eq!(answer["outcome"], "not-classifiable", "{concept} {age} {sex}");
                    assert_eq!(codes(&answer["targets"]), [""; 0], "half a set");
                    outcomes[1] += 1;
                }
            }
        }
    }
    assert!(outcomes[0] > 100, "{outcomes:?}");
}

#[test]
fn what_is_not_known_is_asked_for_and_nothing_is_given() {
    let mut asked = 0;
    for (concept, rows) in rows_of_map(RULES) {
        let answer = mapped(&[&concept, "--map", INTERNATIONAL]);
        // The first rule of each group decides whether anything has to be known.
        let first = |group: &[Vec<String>]| group[0][8].starts_with("IFA");
        let undecided = rows.chunk_by(|one, next| one[6] == next[6]).any(first);
        let hopeless = rows
            .chunk_by(|one, next| one[6] == next[6])
            .any(|group| !first(group) && group[0][10].is_empty());
        if hopeless {
            assert_eq!(answer["outcome"], "not-classifiable", "{concept}");
        } else if undecided {
            assert_eq!(answer["outcome"], "needs-context", "{concept}");
            assert_eq!(codes(&answer["targets"]), [""; 0]);
            assert!(!answer["missing"].as_array().unwrap().is_empty());
            assert!(answer["candidates"].as_array().unwrap().len() > 1);
            asked += 1;
        } else {
            assert_eq!(answer["outcome"], "targets", "{concept}");
        }
    }
    assert!(asked > 5, "{asked}");
}

#[test]
fn uk_maps_give_the_first_of_each_group_and_leave_the_rest_to_the_coder() {
    let mut alternatives = 0;
    let rows_of = |map: (&'static str, &'static str)| {
        rows_of_map(map).into_iter().map(move |(concept, rows)| (map.1, concept, rows))
    };
    for (map, concept, mut rows) in rows_of(UK).chain(rows_of(UK_PROCEDURES)) {
        rows.sort_by_key(|row| (number(&row[12]), number(&row[6]), number(&row[7])));
        let answer = match map {
            UK_ICD_10 => mapped(&[&concept]),
            _ => mapped(&[&concept, "--map", "uk-opcs4"]),
        };
        assert_eq!(answer["map"]["id"], map);
        if rows.iter().all(|row| row[10].starts_with('#')) {
            assert_eq!(answer["outcome"], "not-classifiable", "{concept}");
            assert_eq!(codes(&answer["targets"]), [""; 0]);
            continue;
        }
        assert_eq!(answer["outcome"], "defaults", "{concept}");
        let first: Vec<&Vec<String>> = rows.iter().filter(|row| row[12] == rows[0][12]).collect();
        let groups = first.chunk_by(|one, next| one[6] == next[6]);
        let (mut targets, mut others) = (Vec::new(), Vec::new());
        for group in groups {
            targets.push(group[0][10].as_str());
            others.extend(group[1..].iter().map(|row| row[10].as_str()));
        }
        assert_eq!(codes(&answer["targets"]), targets, "{concept}");
        assert_eq!(codes(&answer["alternatives"]), others, "{concept}");
        alternatives += others.len();
        let flags = answer["targets"].as_array().unwrap().iter().flat_map(|target| {
            target["flags"].as_array().unwrap().iter().map(|flag| flag.as_str().unwrap())
        });
        let flags: BTreeSet<&str> = flags.collect();
        let all = answer["flags"].as_array().unwrap().iter().map(|flag| flag.as_str().unwrap());
        assert_eq!(all.collect::<BTreeSet<_>>(), flags, "{concept}");
        for target in answer["targets"].as_array().unwrap() {
            // The advice of the file names the code with its point, up to its fourth character.
            let advice = target["advice"].as_str().unwrap();
            let code = advice.strip_prefix("ALWAYS ").unwrap().split(" | ").next().unwrap();
            let has = |flag: &str| target["flags"].as_array().unwrap().contains(&flag.into());
            assert_eq!(has("never-primary"), advice.contains("NEVER BE USED"), "{advice}");
            assert_eq!(has("must-be-primary"), advice.contains("MUST BE USED"), "{advice}");
            let plain = |text: &str| text.replace('.', "").trim_end_matches('X').to_owned();
            let read = plain(target["code"].as_str().unwrap());
            assert!(read.starts_with(&plain(code)), "{read} for {code}");
        }
    }
    assert!(alternatives > 3, "{alternatives}");
}

#[test]
fn what_cannot_be_asked_is_told() {
    let concept = rows_of_map(RULES).into_keys().next().unwrap();
    let asked = |arguments: &[&str]| ask_of(with_snomed(), &[&["map"], arguments].concat());
    let contradiction =
        asked(&[&concept, "--map", "international", "--age-at-onset", "40y", "--age-now", "3y"]);
    assert_eq!((contradiction.code, contradiction.out.as_str()), (2, ""));
    assert!(contradiction.err.contains("above the current age"), "{}", contradiction.err);
    assert_eq!(asked(&[&concept, "--age-at-onset", "old"]).code, 2);
    assert_eq!(asked(&[&concept, "--sex", "x"]).code, 2);
    assert_eq!(asked(&[&concept, "--format", "codes"]).code, 2, "half a set in a list");
    let absent = asked(&[&concept, "--map", "icd10-cm"]);
    assert_eq!(absent.code, 1);
    assert!(absent.err.contains(INTERNATIONAL) && absent.err.contains(UK_ICD_10), "{}", absent.err);
    let unknown = asked(&["138875005", "24700007", "abc", "--format", "csv"]);
    let outcomes = columns(&rows_of(&unknown.out, b','), &["outcome"]).concat();
    assert_eq!(
        (unknown.code, outcomes),
        (1, ["no-map", "not-in-release", "malformed"].map(str::to_owned).to_vec())
    );
    assert_eq!(asked(&[&concept, "--reverse", "--sex", "male"]).code, 2);
    assert_eq!(asked(&[&concept, "--sex-column", "sex"]).code, 2);
    let idle = asked(&[&concept, "--sex", "male"]);
    assert!(idle.err.contains("no rules"), "{}", idle.err);
}

#[test]
fn the_manual_has_every_column_and_key() {
    let mut records = Vec::new();
    for concept in rows_of_map(RULES).keys().chain(rows_of_map(UK).keys()) {
        for map in [INTERNATIONAL, UK_ICD_10] {
            records.extend(json_of(with_snomed(), &["map", concept, "--map", map]).0);
        }
    }
    let header =
        rows_of(&ask_of(with_snomed(), &["map", "138875005", "--format", "csv"]).out, b',');
    // The manual tells outcomes as it tells statuses of other verbs.
    for record in &mut records {
        record["status"] = record["outcome"].clone();
    }
    is_as_documented("map", &header[0], &records, &[]);
}
