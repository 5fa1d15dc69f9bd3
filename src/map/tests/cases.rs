//! The cases of `testdata/map/rules.tsv`.

use std::path::Path;

use super::{id, is_a};
use crate::map::{Age, MapRule, Missing, Patient, Sex};

/// The patient of whom these words are known.
fn patient(words: &str) -> Patient {
    let mut patient = Patient::new();
    for word in words.split_whitespace() {
        let (fact, value) = word.split_once(':').unwrap_or((word, ""));
        patient = match fact {
            "female" | "male" => patient.sex(fact.parse::<Sex>().unwrap()),
            "gender" => patient.sex(Sex::from_administrative_gender(value).unwrap()),
            "onset" => patient.age_at_onset(age(value)),
            "now" => patient.age_now(age(value)),
            "has" => patient.has(id(value)),
            "lacks" => patient.lacks(id(value)),
            "complete" => patient.complete(),
            other => panic!("{other}"),
        };
    }
    patient
}

fn age(text: &str) -> Age {
    if let Some((birth, day)) = text.split_once("..") {
        return Age::between(birth.parse().unwrap(), day.parse().unwrap()).unwrap();
    }
    match text.split_once('-') {
        Some((youngest, oldest)) => {
            Age::spanning(youngest.parse().unwrap(), oldest.parse().unwrap()).unwrap()
        }
        None => text.parse().unwrap(),
    }
}

fn spelled(missing: &Missing) -> String {
    match missing {
        Missing::Finding(concept) => format!("finding:{concept}"),
        Missing::Placement { finding, concept } => format!("placement:{finding}<{concept}"),
        other => other.code().to_owned(),
    }
}

#[test]
fn rules_come_to_what_is_expected_of_them() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("testdata/map/rules.tsv");
    let text = std::fs::read_to_string(path).unwrap();
    let mut cases = 0;
    for line in text.lines().filter(|line| !line.starts_with('#')) {
        let fields: Vec<&str> = line.split('\t').collect();
        let [rule, words, truth, missing] = fields[..] else { panic!("{line}") };
        let (rule, patient) = (MapRule::as_published(rule), patient(words));
        let found = match rule.evaluate(&patient, is_a) {
            Ok(evaluated) => {
                assert_eq!(rule.truth(&patient, is_a), Ok(evaluated.truth), "{line}");
                let missing: Vec<String> = evaluated.missing.iter().map(spelled).collect();
                (evaluated.truth.to_string(), missing.join(" "))
            }
            Err(contradiction) => ("contradiction".to_owned(), format!("{contradiction:?}")),
        };
        assert_eq!(found, (truth.to_owned(), missing.to_owned()), "{line}");
        // A rule that is spelled as the guide spells it says the same.
        let canonical = rule.to_string();
        let read = MapRule::as_published(&canonical);
        if rule.error().is_none() {
            assert_eq!(read.condition(), rule.condition(), "{line}");
            assert_eq!(read.to_string(), canonical);
        }
        cases += 1;
    }
    assert!(cases > 300, "{cases}");
}
