//! The forms of rules, and where something stands in them.

use crate::map::{
    AgeOf, ClauseKind, Condition, LENGTH_LIMIT, MapRule, MapRuleErrorKind, Operator, Sex, Unit,
};

use super::id;

/// What the only clause asks.
fn only(text: &str) -> ClauseKind {
    let rule = MapRule::parse(text).unwrap_or_else(|error| panic!("{}", error.render(text)));
    match rule.condition() {
        Condition::Clauses([clause]) => clause.kind(),
        other => panic!("{text}: {other:?}"),
    }
}

#[test]
fn rules_without_clauses_are_told_apart() {
    let condition = |text: &'static str| match MapRule::as_published(text).condition() {
        Condition::Always => "always",
        Condition::Otherwise => "otherwise",
        Condition::Blank => "blank",
        Condition::Unreadable(_) => "unreadable",
        Condition::Clauses(_) => "clauses",
    };
    assert_eq!(condition("TRUE"), "always");
    assert_eq!(condition("OTHERWISE TRUE"), "otherwise");
    assert_eq!(condition(" \t"), "blank");
    assert_eq!(condition("OTHERWISETRUE"), "unreadable");
    assert_eq!(condition("TRUE1"), "unreadable");
}

#[test]
fn every_operator_and_unit_is_read() {
    let operators = [
        ("<", Operator::Less),
        ("<=", Operator::LessOrEqual),
        (">", Operator::Greater),
        (">=", Operator::GreaterOrEqual),
        ("=", Operator::Equal),
        ("&lt;", Operator::Less),
        ("&gt;=", Operator::GreaterOrEqual),
    ];
    let units = [
        ("years", Unit::Years),
        ("month", Unit::Months),
        ("WEEKS", Unit::Weeks),
        ("Day", Unit::Days),
    ];
    let ages = [("445518008", AgeOf::Onset), ("424144002", AgeOf::Now)];
    for (sign, expected) in operators {
        for (word, unit) in units {
            for (concept, age) in ages {
                let text = format!("IFA {concept} | Age (observable entity) | {sign} 12.25 {word}");
                let ClauseKind::Age { of, operator, limit } = only(&text) else { panic!("{text}") };
                assert_eq!((of, operator), (age, expected), "{text}");
                assert_eq!((limit.thousandths(), limit.unit()), (12_250, unit), "{text}");
            }
        }
    }
}

#[test]
fn concepts_are_a_sex_or_a_finding() {
    assert_eq!(only("IFA 248152002 | Female (finding) |"), ClauseKind::Sex(Sex::Female));
    assert_eq!(only("IFA 248153007 | Male (finding) |"), ClauseKind::Sex(Sex::Male));
    assert_eq!(only("IFA 90979004 | Tonsils |"), ClauseKind::Finding(id("90979004")));
    // A release may publish a wrong check digit.
    assert!(matches!(only("IFA 90979005 | Tonsils |"), ClauseKind::Finding(_)));
}

#[test]
fn a_term_is_what_stands_between_the_bars() {
    for (text, term) in [
        ("IFA 90979004 | Tonsils |", Some("Tonsils")),
        ("IFA 90979004 |Tonsils AND < 3.0 years = IFA|", Some("Tonsils AND < 3.0 years = IFA")),
        ("IFA 90979004 | Tönsils 12.5 | OR DESCENDANTS", Some("Tönsils 12.5")),
        ("IFA 90979004 Tonsils  ", Some("Tonsils")),
        ("IFA 90979004 | |", None),
        ("IFA 90979004", None),
        ("IFA 445518008 | Age < 3 days", Some("Age")),
        ("IFA 445518008 Age < 3 days", Some("Age")),
        ("IFA 445518008 Age | < 3 days", Some("Age")),
        ("IFA 445518008 < 3 days", None),
        ("IFA 445518008 | A < B | < 3 days", Some("A < B")),
    ] {
        let rule = MapRule::parse(text).unwrap_or_else(|error| panic!("{}", error.render(text)));
        let Condition::Clauses([clause]) = rule.condition() else { panic!("{text}") };
        assert_eq!(rule.term_of(clause), term, "{text}");
        assert_eq!(rule.text_of(clause), text.trim_end(), "{text}");
    }
}

#[test]
fn clauses_have_their_texts() {
    let text = " IFA 248152002 | a |  AND  445518008 | b | < 3 days AND IFA 90979004 | c | ";
    let rule = MapRule::parse(text).unwrap();
    let Condition::Clauses(clauses) = rule.condition() else { panic!("it has clauses") };
    let texts: Vec<&str> = clauses.iter().map(|clause| rule.text_of(clause)).collect();
    assert_eq!(texts, ["IFA 248152002 | a |", "445518008 | b | < 3 days", "IFA 90979004 | c |"]);
    assert!(clauses.iter().all(|clause| rule.text_of(clause) == &text[clause.span()]));
    let canonical = "IFA 248152002 | a | AND IFA 445518008 | b | < 3.0 days AND IFA 90979004 | c |";
    assert_eq!(rule.to_string(), canonical);
}

#[test]
fn what_is_wrong_is_told_with_its_place() {
    use MapRuleErrorKind::{
        Comparison, Concept, Keyword, MissingBar, Number, Observable, Trailing, Unit,
    };
    for (text, kind, place) in [
        ("MAYBE", Keyword, "MAYBE"),
        ("OTHERWISE", Keyword, ""),
        ("IFA", Concept, ""),
        ("IFA | a |", Concept, "|"),
        ("IFA 12345 | a |", Concept, "12345"),
        ("IFA 90979004x", Concept, "90979004x"),
        ("IFA 1234567890123456789", Concept, "1234567890123456789"),
        ("IFA 090979004", Concept, "090979004"),
        ("IFA 90979004 | a | b", Trailing, "b"),
        ("IFA 90979004 | a | OR IFA 248152002", Trailing, "IFA"),
        ("IFA 90979004 | a | AND", Concept, ""),
        ("IFA 90979004 | a | > 3 years", Observable, ">"),
        ("IFA 90979004 | a AND IFA 248152002 | b |", MissingBar, " a AND IFA 248152002 "),
        ("IFA 90979004 | a > 3", MissingBar, " a > 3"),
        ("IFA 445518008 | a |", Comparison, ""),
        ("IFA 445518008 | a | is", Comparison, "is"),
        ("IFA 445518008 | a | < é", Number, "é"),
        ("IFA 445518008 | a | < 1.2.3 days", Number, "1.2.3"),
        ("IFA 445518008 | a | < 1234567 days", Number, "1234567"),
        ("IFA 445518008 | a | < 1.2345 days", Number, "1.2345"),
        ("IFA 445518008 | a | < 3 moons", Unit, "moons"),
        ("IFA 445518008 | a | < 3 dayss", Unit, "dayss"),
        ("TRUE,", Trailing, ","),
    ] {
        let error = MapRule::parse(text).expect_err(text);
        assert_eq!((error.kind(), &text[error.span()]), (kind, place), "{text}");
        assert_eq!(MapRule::as_published(text).error(), Some(error));
        assert_eq!(MapRule::as_published(text).to_string(), text);
    }
}

#[test]
fn a_rule_is_no_longer_than_places_in_it_can_be_told() {
    let start = "IFA 90979004 | ";
    let term = "a".repeat(LENGTH_LIMIT - start.len() - 1);
    let text = format!("{start}{term}|");
    let rule = MapRule::parse(&text).unwrap();
    let Condition::Clauses([clause]) = rule.condition() else { panic!("it has one clause") };
    assert_eq!((rule.text_of(clause), rule.term_of(clause)), (text.as_str(), Some(term.as_str())));
    let error = MapRule::parse(&format!("{text} ")).map(|_| ()).unwrap_err();
    assert_eq!(error.kind(), MapRuleErrorKind::TooLong);
}

#[test]
fn rules_of_one_clause_are_small() {
    // A row is handed over by value.
    assert!(size_of::<MapRule<'_>>() <= 64, "{}", size_of::<MapRule<'_>>());
}
