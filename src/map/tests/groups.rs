//! Rows, groups and what is selected.

use proptest::prelude::*;
use proptest::sample::select as one_of;

use super::{id, is_a};
use crate::map::{
    Age, Candidate, Contradiction, MapRow, MapRule, Missing, Patient, Selection, SelectionError,
    Sex, Truth, Unclassifiable, explain, select,
};

const NEWBORN: &str =
    "IFA 445518008 | Age at onset of clinical finding (observable entity) | < 28.0 days";
const FEMALE: &str = "IFA 248152002 | Female (finding) |";
const MALE: &str = "IFA 248153007 | Male (finding) |";
const TONSILLITIS: &str = "IFA 90979004 | Chronic tonsillitis (disorder) |";
const CANDIDIASIS: &str = "IFA 232406009 | Chronic pharyngeal candidiasis (disorder) |";
const OTHERWISE: &str = "OTHERWISE TRUE";

fn row<'r>(group: u32, priority: u32, rule: &'r str, target: &'r str) -> MapRow<'r> {
    MapRow::new((group, priority), MapRule::as_published(rule), target)
}

/// The selection in a line; the explanation must come to the same.
fn selected(rows: &[MapRow<'_>], patient: &Patient) -> String {
    let selection = select(rows, patient, is_a).unwrap();
    assert_eq!(explain(rows, patient, is_a).unwrap().selection, selection);
    match selection {
        Selection::Targets(rows) => {
            let codes: Vec<_> = rows.iter().map(|row| row.code().unwrap()).collect();
            codes.join(" ")
        }
        Selection::NeedsContext { missing, candidates } => {
            let missing: Vec<_> = missing.iter().map(|missing| missing.code()).collect();
            let rows: Vec<_> = candidates
                .iter()
                .map(|candidate| {
                    let reasons: Vec<_> = candidate.missing.iter().map(|m| m.code()).collect();
                    let row = &candidate.row;
                    let code = row.code().unwrap_or("none");
                    format!("{}.{} {code} [{}]", row.group, row.priority, reasons.join(" "))
                })
                .collect();
            format!("{}: {}", missing.join(" "), rows.join(", "))
        }
        Selection::NotClassifiable { groups, candidates } => {
            let others: Vec<_> = candidates
                .iter()
                .map(|candidate| {
                    let row = &candidate.row;
                    format!("{}.{} {}", row.group, row.priority, row.code().unwrap_or("none"))
                })
                .collect();
            let others = match others.is_empty() {
                true => String::new(),
                false => format!("; {}", others.join(", ")),
            };
            let groups: Vec<_> = groups
                .iter()
                .map(|group| {
                    let priority = group.row.as_ref().map(|row| row.priority);
                    format!("{} by {priority:?}", group.group)
                })
                .collect();
            format!("not classifiable: {}{others}", groups.join(", "))
        }
        Selection::NoMap => "no map".to_owned(),
    }
}

#[test]
fn the_rows_that_the_specification_prints_give_their_targets() {
    let nobody = Patient::new();
    // 127009, 177007, 162004, 181007 and 183005.
    let rows = [row(1, 1, "TRUE", "O03.8"), row(2, 1, "TRUE", "O08.6")];
    assert_eq!(selected(&rows, &nobody), "O03.8 O08.6");
    let rows = [row(1, 1, "TRUE", "T63.4"), row(2, 1, "TRUE", "X25")];
    assert_eq!(selected(&rows, &nobody), "T63.4 X25");
    for target in ["F31.1", "J18.0", "D61.8"] {
        assert_eq!(selected(&[row(1, 1, "TRUE", target)], &nobody), target);
    }
    // 140004.
    let rows = [
        row(1, 1, TONSILLITIS, "J35.0"),
        row(1, 2, CANDIDIASIS, "B37.8"),
        row(1, 3, OTHERWISE, "J31.2"),
    ];
    let (tonsillitis, candidiasis) = (id("90979004"), id("232406009"));
    let asked = "finding: 1.1 J35.0 [finding], 1.2 B37.8 [finding], 1.3 J31.2 []";
    assert_eq!(selected(&rows, &nobody), asked);
    assert_eq!(selected(&rows, &nobody.clone().has(tonsillitis)), "J35.0");
    assert_eq!(selected(&rows, &nobody.clone().has(id("101009"))), "J35.0");
    // The first row stops the group, though the second would be true.
    assert_eq!(
        selected(&rows, &nobody.clone().has(candidiasis)),
        "finding: 1.1 J35.0 [finding], 1.2 B37.8 []"
    );
    assert_eq!(selected(&rows, &nobody.clone().has(candidiasis).complete()), "B37.8");
    assert_eq!(selected(&rows, &nobody.clone().has(candidiasis).lacks(tonsillitis)), "B37.8");
    assert_eq!(selected(&rows, &nobody.clone().complete()), "J31.2");
    assert_eq!(
        selected(&rows, &nobody.clone().lacks(tonsillitis)),
        "finding: 1.2 B37.8 [finding], 1.3 J31.2 []"
    );
    // An inactive finding may be any of them, also where the list is complete.
    assert_eq!(
        selected(&rows, &nobody.clone().has(id("103007")).complete()),
        "placement: 1.1 J35.0 [placement], 1.2 B37.8 [placement], 1.3 J31.2 []"
    );
}

#[test]
fn age_chooses_the_row_and_is_asked_for_where_it_is_not_known() {
    let rows = [row(1, 1, NEWBORN, "P39.9"), row(1, 2, OTHERWISE, "A49.9")];
    let at = |age: &str| Patient::new().age_at_onset(age.parse::<Age>().unwrap());
    assert_eq!(selected(&rows, &at("40y")), "A49.9");
    assert_eq!(selected(&rows, &at("5d")), "P39.9");
    assert_eq!(selected(&rows, &at("27d")), "P39.9");
    assert_eq!(selected(&rows, &at("28d")), "A49.9");
    let asked = "age-at-onset: 1.1 P39.9 [age-at-onset], 1.2 A49.9 []";
    assert_eq!(selected(&rows, &Patient::new()), asked);
    assert_eq!(selected(&rows, &Patient::new().age_now(Age::years(40))), asked);
    assert_eq!(
        selected(&rows, &at("0y")),
        "age-at-onset-exactly: 1.1 P39.9 [age-at-onset-exactly], 1.2 A49.9 []"
    );
}

#[test]
fn sex_never_falls_through() {
    let rows =
        [row(1, 1, FEMALE, "N94.8"), row(1, 2, MALE, "N50.8"), row(1, 3, OTHERWISE, "R10.2")];
    assert_eq!(selected(&rows, &Patient::new().sex(Sex::Female)), "N94.8");
    assert_eq!(selected(&rows, &Patient::new().sex(Sex::Male)), "N50.8");
    let asked = "sex: 1.1 N94.8 [sex], 1.2 N50.8 [sex], 1.3 R10.2 []";
    assert_eq!(selected(&rows, &Patient::new().complete()), asked);
    let other = Sex::from_administrative_gender("other").unwrap();
    assert_eq!(selected(&rows, &Patient::new().sex(other)), asked);
}

#[test]
fn all_groups_are_given_or_none() {
    let nobody = Patient::new();
    let sure = row(1, 1, "TRUE", "T63.4");
    let rows = [sure.clone(), row(2, 1, FEMALE, "N94.8"), row(2, 2, OTHERWISE, "R10.2")];
    assert_eq!(selected(&rows, &nobody), "sex: 2.1 N94.8 [sex], 2.2 R10.2 []");
    assert_eq!(selected(&rows, &Patient::new().sex(Sex::Male)), "T63.4 R10.2");
    // No target, by whatever row; nothing is asked that could not help.
    let rows = [rows.as_slice(), &[row(3, 1, "TRUE", " ")]].concat();
    // The rows of the other groups are told of, chosen or not, and are no codes.
    let others = "1.1 T63.4, 2.1 N94.8, 2.2 R10.2";
    let expected = format!("not classifiable: 3 by Some(1); {others}");
    assert_eq!(selected(&rows, &nobody), expected);
    let Selection::NotClassifiable { candidates, .. } = select(&rows, &nobody, is_a).unwrap()
    else {
        panic!("group 3 has no code")
    };
    let missing: Vec<&[Missing]> = candidates.iter().map(|one| one.missing.as_slice()).collect();
    assert_eq!(missing, [&[][..], &[Missing::Sex], &[]]);
    let known = "not classifiable: 3 by Some(1); 1.1 T63.4, 2.2 R10.2";
    assert_eq!(selected(&rows, &Patient::new().sex(Sex::Male)), known);
    // No rule is true.
    let rows = [sure, row(2, 1, FEMALE, "N94.8"), row(2, 2, FEMALE, "N94.9")];
    let expected = "not classifiable: 2 by None; 1.1 T63.4";
    assert_eq!(selected(&rows, &Patient::new().sex(Sex::Male)), expected);
    let selection = select(&rows, &Patient::new().sex(Sex::Male), is_a).unwrap();
    let groups = vec![Unclassifiable { group: 2, row: None }];
    let candidates = vec![Candidate { row: rows[0].clone(), missing: Vec::new() }];
    assert_eq!(selection, Selection::NotClassifiable { groups, candidates });
    assert_eq!(selection.codes(), None);
    // A row without target may be what the answer leads to.
    let rows = [row(1, 1, NEWBORN, ""), row(1, 2, OTHERWISE, "A49.9")];
    assert_eq!(selected(&rows, &nobody), "age-at-onset: 1.1 none [age-at-onset], 1.2 A49.9 []");
    assert_eq!(selected(&[], &nobody), "no map");
}

#[test]
fn what_is_missing_is_asked_for_once_for_all_groups() {
    let rows = [
        row(1, 1, FEMALE, "A00.0"),
        row(1, 2, NEWBORN, "A00.1"),
        row(1, 3, OTHERWISE, "A00.9"),
        row(2, 1, NEWBORN, "B00.0"),
        row(2, 2, OTHERWISE, "B00.9"),
        row(3, 1, MALE, "C00.0"),
        row(3, 2, OTHERWISE, "C00.9"),
    ];
    let all = "sex age-at-onset: 1.1 A00.0 [sex], 1.2 A00.1 [age-at-onset], 1.3 A00.9 [], \
               2.1 B00.0 [age-at-onset], 2.2 B00.9 [], 3.1 C00.0 [sex], 3.2 C00.9 []";
    assert_eq!(selected(&rows, &Patient::new()), all);
    let male = Patient::new().sex(Sex::Male);
    let left = "age-at-onset: 1.2 A00.1 [age-at-onset], 1.3 A00.9 [], \
                2.1 B00.0 [age-at-onset], 2.2 B00.9 []";
    assert_eq!(selected(&rows, &male), left);
    assert_eq!(selected(&rows, &male.age_at_onset(Age::days(1))), "A00.1 B00.0 C00.0");
}

#[test]
fn rows_are_sorted_whatever_order_they_come_in_and_groups_need_not_be_consecutive() {
    let rows =
        [row(7, 2, OTHERWISE, "R10.2"), row(2, 9, "TRUE", "T63.4"), row(7, 1, FEMALE, "N94.8")];
    assert_eq!(selected(&rows, &Patient::new().sex(Sex::Female)), "T63.4 N94.8");
    assert_eq!(selected(&rows, &Patient::new().sex(Sex::Male)), "T63.4 R10.2");
}

#[test]
fn two_rows_of_the_same_place_are_no_order() {
    let rows = [row(1, 1, "TRUE", "A00"), row(2, 4, FEMALE, "A01"), row(2, 4, MALE, "A02")];
    let error = SelectionError::SamePriority { group: 2, priority: 4 };
    assert_eq!(select(&rows, &Patient::new(), is_a), Err(error));
    assert_eq!(explain(&rows, &Patient::new(), is_a), Err(error));
}

#[test]
fn contradictory_facts_have_no_selection() {
    let both = Patient::new().sex(Sex::Female).sex(Sex::Male);
    let error = SelectionError::Contradiction(Contradiction::Sex);
    for rows in [vec![], vec![row(1, 1, "TRUE", "A00")]] {
        assert_eq!(select(&rows, &both, is_a), Err(error));
        assert_eq!(explain(&rows, &both, is_a), Err(error));
    }
    let patient = Patient::new().has(id("101009")).lacks(id("64572001"));
    let error = SelectionError::Contradiction(Contradiction::Finding(id("90979004")));
    assert_eq!(select(&[row(1, 1, TONSILLITIS, "J35.0")], &patient, is_a), Err(error));
}

#[test]
fn a_rule_that_cannot_be_read_stops_its_group() {
    let rows = [row(1, 1, "IF PREGNANT", "O99.8"), row(1, 2, OTHERWISE, "A49.9")];
    let complete = Patient::new().sex(Sex::Male).age_at_onset(Age::years(40)).complete();
    let asked = "unreadable-rule: 1.1 O99.8 [unreadable-rule], 1.2 A49.9 []";
    assert_eq!(selected(&rows, &complete), asked);
    // Behind a row that is chosen, it does no harm.
    let rows = [row(1, 1, MALE, "N50.8"), row(1, 2, "IF PREGNANT", "O99.8")];
    assert_eq!(selected(&rows, &complete), "N50.8");
}

#[test]
fn a_blank_rule_chooses_only_where_there_is_nothing_to_choose() {
    assert_eq!(
        selected(&[row(1, 1, "", "G35"), row(2, 1, " ", "H46")], &Patient::new()),
        "G35 H46"
    );
    let rows = [row(1, 1, "", "S59.7"), row(1, 2, "", "S59.8")];
    let asked = "blank-rule: 1.1 S59.7 [blank-rule], 1.2 S59.8 [blank-rule]";
    assert_eq!(selected(&rows, &Patient::new().complete()), asked);
}

#[test]
fn the_same_code_of_two_groups_is_told_once() {
    let rows =
        [row(1, 1, "TRUE", "Z00.3"), row(2, 1, "TRUE", "Z00.0"), row(3, 1, "TRUE", " Z00.3")];
    let selection = select(&rows, &Patient::new(), is_a).unwrap();
    assert_eq!(selection.codes(), Some(vec!["Z00.3", "Z00.0"]));
    assert!(matches!(selection, Selection::Targets(rows) if rows.len() == 3));
}

#[test]
fn an_explanation_shows_every_rule() {
    let both = format!("{FEMALE} AND {NEWBORN}");
    let rows = [
        row(1, 1, MALE, "N50.8"),
        row(1, 2, &both, "P39.9"),
        row(1, 3, OTHERWISE, ""),
        row(2, 1, "IF\u{1b}[31m", "A49.9"),
        row(3, 1, "", "G35"),
    ];
    let explanation = explain(&rows, &Patient::new().sex(Sex::Female), is_a).unwrap();
    let expected = format!(
        "group 1\n  1 N50.8: {MALE}\n    false\n  2 P39.9: {both}\n    \
         unknown: the age at onset is not known\n      true    {FEMALE}\n      \
         unknown {NEWBORN}\n  3 no target: OTHERWISE TRUE\n    not reached\n\
         group 2\n  1 A49.9: IF\u{fffd}[31m\n    \
         unknown: the rule cannot be read (expected TRUE, OTHERWISE TRUE or IFA)\n\
         group 3\n  1 G35: no rule\n    true\n"
    );
    assert_eq!(explanation.to_string(), expected);
    let clause = &explanation.groups[0].rows[1].clauses[1];
    assert_eq!((clause.truth, clause.missing), (Truth::Unknown, Some(Missing::AgeAtOnset)));
    assert_eq!(explain(&[], &Patient::new(), is_a).unwrap().to_string(), "no map\n");
}

fn sexes() -> impl Strategy<Value = Option<Sex>> {
    one_of(&[None, Some(Sex::Female), Some(Sex::Male)][..])
}

fn rows() -> impl Strategy<Value = Vec<(u32, &'static str, &'static str)>> {
    let rule = one_of(
        &[NEWBORN, FEMALE, MALE, TONSILLITIS, CANDIDIASIS, "TRUE", OTHERWISE, "", "NOISE"][..],
    );
    proptest::collection::vec((0..3_u32, rule, one_of(&["A00", "B00", "C00", ""][..])), 0..8)
}

proptest! {
    /// What is asked for can be answered, and the answer is one that was announced.
    #[test]
    fn an_answer_leads_to_a_candidate(
        rows in rows(),
        sex in sexes(),
        answered in sexes().prop_map(|sex| sex.unwrap_or(Sex::Female)),
        age in one_of(&["0d", "27d", "28d", "0y", "40y"][..]),
    ) {
        let rows: Vec<MapRow<'_>> = rows
            .iter()
            .enumerate()
            .map(|(priority, (group, rule, target))| row(*group, priority as u32, rule, target))
            .collect();
        let before = Patient::new().sex(sex);
        let after = before.clone().sex(sex.unwrap_or(answered)).age_at_onset(
            age.parse::<Age>().unwrap(),
        ).complete();
        selected(&rows, &before);
        let first = select(&rows, &before, is_a).unwrap();
        let second = select(&rows, &after, is_a).unwrap();
        match (first, second) {
            (Selection::NeedsContext { candidates, missing }, Selection::Targets(chosen)) => {
                prop_assert!(!missing.is_empty());
                for group in candidates.iter().map(|candidate| candidate.row.group) {
                    let row = chosen.iter().find(|row| row.group == group).unwrap();
                    prop_assert!(candidates.iter().any(|candidate| candidate.row == *row));
                }
            }
            (
                Selection::NeedsContext { candidates, .. },
                Selection::NotClassifiable { groups, .. },
            ) => {
                for group in groups {
                    let known = candidates.iter().any(|candidate| match &group.row {
                        Some(row) => candidate.row == *row,
                        None => candidate.row.group == group.group,
                    });
                    prop_assert!(known);
                }
            }
            (
                Selection::NeedsContext { candidates, .. },
                Selection::NeedsContext { candidates: left, .. },
            ) => {
                for candidate in left {
                    prop_assert!(candidates.iter().any(|before| before.row == candidate.row));
                }
            }
            (
                Selection::NotClassifiable { groups, candidates },
                Selection::NotClassifiable { groups: more, candidates: left },
            ) => {
                prop_assert!(groups.iter().all(|group| more.contains(group)));
                // No row comes to be there, and each group is told of in one of the two ways.
                for candidate in &left {
                    prop_assert!(candidates.iter().any(|before| before.row == candidate.row));
                }
                for group in rows.iter().map(|row| row.group) {
                    let without = more.iter().any(|other| other.group == group);
                    let others = left.iter().any(|candidate| candidate.row.group == group);
                    prop_assert!(without != others, "group {}", group);
                }
            }
            // What was settled stays as it is.
            (first, second) => prop_assert_eq!(first, second),
        }
    }
}
