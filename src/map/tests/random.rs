//! Random rules, printed and read; random texts, read.

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;

use super::is_a;
use crate::map::{Condition, MapRule, Patient, Sex, Truth};

const PIECES: &[&str] = &[
    "TRUE",
    "OTHERWISE",
    "IFA",
    "AND",
    "OR",
    "and",
    "DESCENDANTS",
    "445518008",
    "424144002",
    "248152002",
    "248153007",
    "90979004",
    "12345",
    "| Age |",
    "| a AND b < 3 |",
    "|",
    "&#x7C;",
    "&lt;",
    "&",
    "<",
    "<=",
    "=",
    ">",
    "28.0",
    "28",
    "1.5",
    ".",
    "days",
    "Year",
    "months",
    "é",
    "\u{a0}",
    "(finding)",
    "Female",
];

/// A clause with white space and case that may vary, and the clause as the guide spells it.
fn clause() -> impl Strategy<Value = (String, String)> {
    let space = || select(&[" ", "  ", "\t", "\u{a0}"][..]);
    let term = "[A-Za-z(][A-Za-z é()<>=&%'.,-]{0,30}[a-z)]";
    let concept = select(&["90979004", "248152002", "248153007", "101009"][..]);
    let age = (
        select(&["445518008", "424144002"][..]),
        select(&["<", "<=", ">", ">=", "="][..]),
        0..1_000_000_u32,
        0..1_000_u32,
        select(&["years", "months", "weeks", "days"][..]),
    );
    prop_oneof![
        (term, concept, space(), space()).prop_map(|(term, concept, one, other)| {
            let written = format!("Ifa{one}{concept}{other}|{one}{term}{other}|");
            (written, format!("IFA {concept} | {} |", term.trim()))
        }),
        (term, age, space(), space()).prop_map(|(term, age, one, other)| {
            let (concept, operator, whole, part, unit) = age;
            let written = format!(
                "ifa{one}{concept}|{term}|{other}{operator}{one}{whole}.{part:03}00{other}{}",
                unit.to_uppercase()
            );
            let decimals = format!("{part:03}");
            let decimals = decimals.trim_end_matches('0');
            let decimals = if decimals.is_empty() { "0" } else { decimals };
            let term = term.trim();
            (written, format!("IFA {concept} | {term} | {operator} {whole}.{decimals} {unit}"))
        }),
    ]
}

proptest! {
    #[test]
    fn a_rule_is_read_whatever_its_white_space_and_case(clauses in vec(clause(), 1..6)) {
        let written: Vec<&str> = clauses.iter().map(|(written, _)| written.as_str()).collect();
        let canonical: Vec<&str> = clauses.iter().map(|(_, canonical)| canonical.as_str()).collect();
        let (written, canonical) = (written.join("\u{a0}and  "), canonical.join(" AND "));
        let rule = MapRule::parse(&written);
        prop_assert!(rule.is_ok(), "{}: {:?}", written, rule);
        let rule = rule.unwrap();
        prop_assert_eq!(rule.to_string(), canonical.as_str());
        let read = MapRule::parse(&canonical).unwrap();
        prop_assert_eq!(read.condition(), rule.condition());
        prop_assert_eq!(read.to_string(), canonical.as_str());
    }

    #[test]
    fn any_order_of_pieces_is_read_or_refused(
        pieces in vec((select(PIECES), select(&[" ", "", "  "][..])), 0..16)
    ) {
        let text: String = pieces.iter().flat_map(|(piece, space)| [*piece, *space]).collect();
        read_or_refused(&text)?;
        read_or_refused(&format!("IFA 445518008 | Age {text}"))?;
    }

    #[test]
    fn any_text_is_read_or_refused(text in any::<String>(), hostile in "[IFA |<>=0-9.&;x]{0,40}") {
        read_or_refused(&text)?;
        read_or_refused(&hostile)?;
        read_or_refused(&format!("IFA 90979004 | {text} |"))?;
    }
}

fn read_or_refused(text: &str) -> Result<(), TestCaseError> {
    let rule = MapRule::as_published(text);
    let all = Patient::new().sex(Sex::Female).complete();
    match rule.condition() {
        Condition::Unreadable(error) => {
            prop_assert!(text.get(error.span()).is_some(), "{:?}: {:?}", text, error);
            let shown = error.render(text);
            prop_assert!(!shown.contains('\u{1b}'), "{}", shown);
            prop_assert_eq!(rule.truth(&all, is_a), Ok(Truth::Unknown));
            prop_assert_eq!(rule.to_string(), text);
        }
        condition => {
            let canonical = rule.to_string();
            let read = MapRule::parse(&canonical);
            prop_assert!(read.is_ok(), "{:?} of {:?}", canonical, text);
            let read = read.unwrap();
            prop_assert_eq!(read.condition(), condition, "{}", canonical);
            prop_assert_eq!(read.to_string(), canonical.as_str());
        }
    }
    Ok(())
}
