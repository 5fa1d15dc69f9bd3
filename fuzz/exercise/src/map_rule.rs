//! A rule of the map, read, printed, and evaluated for whatever patient.

use farr::Sctid;
use farr::map::{
    Age, ClauseKind, Condition, MapRow, MapRule, Missing, Patient, Selection, Sex, Truth, explain,
    select,
};

/// Bytes as a rule of the map.
///
/// # Panics
///
/// Where a rule that was read is not read again from what is printed of it, an error names a place
/// that the text does not have, what cannot be read is true or false, or the ways of evaluating
/// contradict each other.
pub fn map_rule(input: &[u8]) {
    let Ok(text) = std::str::from_utf8(input) else { return };
    let rule = MapRule::as_published(text);
    assert_eq!(MapRule::parse(text).err(), rule.error());
    let printed = rule.to_string();
    match rule.condition() {
        Condition::Unreadable(error) => {
            assert!(text.len() > farr::map::LENGTH_LIMIT || text.get(error.span()).is_some());
            let shown = error.render(text);
            assert!(shown.chars().all(|c| c == '\n' || !c.is_control()), "{shown:?}");
            assert_eq!(printed, text);
        }
        // With a decimal and spaces it may be longer than it was.
        _ if printed.len() > farr::map::LENGTH_LIMIT => {}
        condition => {
            let read = MapRule::as_published(&printed);
            assert_eq!(read.condition(), condition, "{printed}");
            assert_eq!(read.to_string(), printed);
        }
    }
    let mut findings = Vec::new();
    if let Condition::Clauses(clauses) = rule.condition() {
        for clause in clauses {
            assert_eq!(text.get(clause.span()), Some(rule.text_of(clause)));
            if let ClauseKind::Finding(concept) = clause.kind() {
                findings.push(concept);
            }
        }
    }
    for patient in patients(&findings) {
        evaluated(&rule, &patient);
    }
}

/// Of whom nothing, little and everything is known.
fn patients(findings: &[Sctid]) -> Vec<Patient> {
    let newborn = Patient::new().sex(Sex::Male).age_at_onset(Age::days(27)).age_now(Age::weeks(4));
    let adult = Patient::new().sex(Sex::Female).age_at_onset(Age::years(40));
    let all = findings.iter().take(20).fold(adult.clone(), |all, finding| all.has(*finding));
    vec![Patient::new(), newborn.complete(), adult, all.complete()]
}

fn evaluated(rule: &MapRule<'_>, patient: &Patient) {
    for kind in [Truth::True, Truth::False, Truth::Unknown] {
        let is_a = |_: Sctid, _: Sctid| kind;
        let evaluated = rule.evaluate(patient, is_a).expect("the facts agree");
        let truth = evaluated.truth;
        assert_eq!(rule.truth(patient, is_a), Ok(truth));
        assert_eq!(truth == Truth::Unknown, !evaluated.missing.is_empty());
        if rule.error().is_some() {
            assert_eq!(evaluated.missing, [Missing::UnreadableRule]);
        }
        let rows = [row(1, rule.clone(), "A00"), row(2, MapRule::as_published("TRUE"), "B00")];
        let selection = select(&rows, patient, is_a).expect("the facts agree");
        match &selection {
            Selection::Targets(rows) => match rows.as_slice() {
                [row] => assert_eq!(row.target == "A00", truth == Truth::True),
                rows => panic!("{} targets of one group", rows.len()),
            },
            Selection::NeedsContext { missing, candidates } => {
                assert_eq!((truth, missing), (Truth::Unknown, &evaluated.missing));
                assert_eq!(candidates.len(), 2);
            }
            other => panic!("{other:?}"),
        }
        let explanation = explain(&rows, patient, is_a).expect("the facts agree");
        assert_eq!(explanation.selection, selection);
        let shown = explanation.to_string();
        assert!(shown.chars().all(|c| c == '\n' || !c.is_control()), "{shown:?}");
    }
}

fn row<'r>(priority: u32, rule: MapRule<'r>, target: &'r str) -> MapRow<'r> {
    MapRow::new((1, priority), rule, target)
}
