//! The cases of `testdata/coding/verdicts.tsv`: for every finding one that gives it, and a near miss.

use std::collections::{BTreeMap, BTreeSet};

use crate::coding::*;
use crate::dmd::{Level, Setting};
use crate::{Date, Dialect, Ecl, Terminology};

const CASES: &str = include_str!("../../../testdata/coding/verdicts.tsv");

/// One line.
struct Case<'c> {
    finding: &'c str,
    kind: &'c str,
    binding: &'c str,
    code: &'c str,
    beside: &'c str,
    findings: &'c str,
    suggestion: &'c str,
}

fn cases() -> Vec<Case<'static>> {
    let lines = CASES.lines().skip(1);
    lines
        .map(|line| {
            let fields: Vec<&str> = line.split('\t').collect();
            let [finding, kind, binding, code, beside, findings, suggestion, _about] = fields[..]
            else {
                panic!("eight columns: {line}");
            };
            Case { finding, kind, binding, code, beside, findings, suggestion }
        })
        .collect()
}

fn pairs(text: &str) -> impl Iterator<Item = (&str, &str)> {
    let parts = text.split("; ").filter(|part| !part.is_empty());
    parts.map(|part| part.split_once('=').unwrap_or((part, "")))
}

pub(super) fn terminology(only: Option<&str>) -> Terminology {
    let golden =
        |name: &str| format!("{}/testdata/golden/1.0-{name}.farr", env!("CARGO_MANIFEST_DIR"));
    match only {
        Some("snomed") => Terminology::open([golden("tiny")]).unwrap(),
        Some("synthetic") => Terminology::open([golden("synthetic")]).unwrap(),
        Some("published") => Terminology::open([golden("published")]).unwrap(),
        _ => {
            let names = ["tiny", "dmd", "classifications"];
            Terminology::open(names.map(golden)).unwrap()
        }
    }
}

fn binding(text: &str) -> Binding {
    let mut binding = Binding::new("case");
    for (key, value) in pairs(text) {
        let codes = || value.split(' ');
        binding = match key {
            "system" => binding.system(System::named(value).unwrap()),
            "only" => binding,
            "activity" => binding.activity(Activity::Any),
            "grace" => binding.grace_days(value.parse().unwrap()),
            "constraint" => binding.constraint(Ecl::parse(value).unwrap()),
            "refset" => binding.refset(value.parse().unwrap()),
            "values" => binding.value_set(ValueSet::new("set", System::Snomed, codes()).unwrap()),
            "icd10-values" => {
                binding.value_set(ValueSet::new("set", System::Icd10, codes()).unwrap())
            }
            "level" => binding.level(Level::named(value).unwrap()),
            "ingredients" => binding.ingredients(true),
            "membership" => binding.membership(Membership::Any),
            "prescribable" => {
                assert_eq!(value, "primary-care");
                binding.prescribable(Setting::PrimaryCare)
            }
            "ranges" => binding.ranges(value),
            "form" => binding.form(Form::named(value).unwrap()),
            "display" => binding.display(match value {
                "nothing" => DisplayRule::Nothing,
                "preferred" => DisplayRule::Preferred,
                other => panic!("{other}"),
            }),
            "dialect" => binding.dialect(Dialect::named(value).unwrap()),
            "expressions" => binding.expressions(true),
            "expression-form" => binding.expression_form(ExpressionForm::named(value).unwrap()),
            "attribute" => binding.expression_attribute(value.parse().unwrap()),
            "most-characters" => binding.most_characters(value.parse().unwrap()),
            "separators" => binding.separators(value),
            "most-age" => binding.most_age_days(value.parse().unwrap()),
            code => {
                let code = FindingCode::named(code).unwrap_or_else(|| panic!("{code}"));
                binding.severity(code, Severity::named(value).unwrap())
            }
        };
    }
    binding
}

/// Judges a case: the findings, and the first suggestion.
fn judged(case: &Case<'_>, validator: &Validator<'_>) -> (String, String) {
    let beside: BTreeMap<&str, &str> = pairs(case.beside).collect();
    let get = |key| beside.get(key).copied();
    let date = |key| get(key).map(|day: &str| Date::from_number(day.parse().unwrap()).unwrap());
    let coding = match get("uri") {
        Some(uri) => Coding::with_uri(uri, case.code),
        None => Coding::unstated(case.code),
    };
    let coding = coding.display(get("display")).description_id(get("description"));
    let coding = coding.version(get("version"));
    let alongside: Option<Vec<&str>> =
        get("alongside").map(|codes| codes.split(' ').filter(|code| !code.is_empty()).collect());
    let facts = Facts::new()
        .recorded(date("on"))
        .today(date("today"))
        .sex(get("sex").map(|sex| sex.parse().unwrap()))
        .age(get("age").map(|age| age.parse().unwrap()))
        .position(get("position").map(|position| match position {
            "primary" => Position::Primary,
            _ => Position::Secondary,
        }))
        .alongside(alongside.as_deref());
    let verdict = validator.check(&coding, &facts);
    for finding in verdict.findings() {
        assert!(finding.severity() > Severity::Ignore);
        assert!(finding.message().len() > 10, "{}", finding.message());
    }
    let codes: Vec<&str> = verdict.findings().iter().map(|finding| finding.code().code()).collect();
    let first = verdict.findings().iter().find_map(|finding| finding.suggestions().first());
    let first = first.map(|first| format!("{} {}", first.kind().word(), first.code()));
    (codes.join(", "), first.unwrap_or_default())
}

#[test]
fn every_case_has_the_findings_and_the_suggestion_that_it_names() {
    let all = terminology(None);
    let only = ["snomed", "synthetic", "published"].map(|name| (name, terminology(Some(name))));
    let mut wrong = Vec::new();
    for case in cases() {
        let terminology = match pairs(case.binding).find(|(key, _)| *key == "only") {
            None => &all,
            Some((_, name)) => &only.iter().find(|(known, _)| *known == name).unwrap().1,
        };
        let validator = Validator::new(terminology, &binding(case.binding)).unwrap();
        let (findings, suggestion) = judged(&case, &validator);
        if (findings.as_str(), suggestion.as_str()) != (case.findings, case.suggestion) {
            wrong.push(format!(
                "{} {} {:?} {}: gave [{findings}] [{suggestion}], and not [{}] [{}]",
                case.finding, case.kind, case.code, case.beside, case.findings, case.suggestion
            ));
        }
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

#[test]
fn every_finding_has_a_case_that_gives_it_and_a_near_miss() {
    let (mut gives, mut misses) = (BTreeSet::new(), BTreeSet::new());
    for case in cases() {
        let found = case.findings.split(", ").any(|code| code == case.finding);
        match case.kind {
            "gives" => assert!(found && gives.insert(case.finding) | true, "{}", case.finding),
            "near-miss" => {
                assert!(!found && misses.insert(case.finding) | true, "{}", case.finding)
            }
            other => panic!("{other}"),
        }
    }
    let lacking: Vec<&str> = FindingCode::ALL
        .into_iter()
        .map(FindingCode::code)
        .filter(|code| !gives.contains(code) || !misses.contains(code))
        .collect();
    assert!(lacking.is_empty(), "{lacking:?}");
}

#[test]
fn a_binding_that_cannot_be_joined_is_an_error_that_says_what_is_missing() {
    let snomed = terminology(Some("snomed"));
    let refused = |text: &str| Validator::new(&snomed, &binding(text)).unwrap_err().to_string();
    assert!(refused("system=dmd; level=VMP").contains("dm+d"));
    assert!(refused("system=dmd; prescribable=primary-care").contains("dm+d"));
    assert!(refused("system=snomed; refset=24700007").contains("24700007"));
    assert!(refused("system=icd10; ranges=E10-").contains("ranges"));
    assert!(refused("system=snomed; ranges=E10-E14").contains("no system"));
    assert!(refused("system=snomed; constraint=<< 24700007").contains("constraint"));
}

#[test]
fn a_malformed_expression_is_told_by_its_character_as_people_count() {
    let all = terminology(None);
    let validator = Validator::new(&all, &binding("system=snomed; expressions")).unwrap();
    let text = "401004 |Créaking œdema| : 201002";
    let verdict = validator.check(&Coding::unstated(text), &Facts::new());
    let message = verdict.findings()[0].message();
    let end = text.chars().count() + 1;
    assert!(message.ends_with(&format!("at character {end}")), "{message}");
}

#[test]
fn a_verdict_names_the_release_that_was_asked() {
    let all = terminology(None);
    let validator = Validator::new(&all, &binding("system=snomed; system=icd10")).unwrap();
    let verdict = validator.check(&Coding::unstated("401004"), &Facts::new());
    let release = verdict.release().unwrap().to_string();
    assert_eq!(release, "SNOMED CT http://snomed.info/sct/11999999107/version/20260801");
    assert_eq!(validator.releases().len(), 5);
    let icd10 = Coding::new(System::Icd10, "A01.0");
    let verdict = validator.check(&icd10, &Facts::new());
    assert_eq!(verdict.release().map(Release::system), Some(System::Icd10));
}

#[test]
fn a_text_is_inspected_by_what_it_was_too() {
    let all = terminology(None);
    let inspected = |text: &str| {
        let found = all.ask_systems(|systems| inspect(systems, text)).unwrap();
        found
            .into_iter()
            .map(|one| (one.system, one.known, one.fault.is_some()))
            .collect::<Vec<_>>()
    };
    let known = |name: &str| Knowledge::Known(name.to_owned());
    // The id that a product had, and an ingredient.
    let farrolol = (System::Dmd, known("Farrolol 10mg tablets"), false);
    assert!(inspected("9970011009").contains(&farrolol), "{:?}", inspected("9970011009"));
    let ingredients = inspected("990600011000001105");
    assert!(ingredients.iter().any(|(system, known, _)| {
        *system == System::Dmd && matches!(known, Knowledge::Known(_))
    }));
    // One of several codes, or of none.
    let rounded = inspected("9.00000000000207E+17");
    assert_eq!(rounded, [(System::Snomed, Knowledge::NotAsked, true)]);
}
