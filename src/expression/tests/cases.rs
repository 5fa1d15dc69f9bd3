//! The cases of `testdata/expression`, and some that need a closer look.

use std::path::Path;

use super::there_and_back;
use crate::expression::syntax::AttributeValue;
use crate::expression::{ConceptRole, Expression};

fn data(name: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("testdata/expression").join(name);
    std::fs::read_to_string(path).expect("the file can be read")
}

/// The columns of the lines, escapes undone.
fn rows(text: &str) -> impl Iterator<Item = Vec<String>> {
    text.lines().map(|line| {
        let undone = |cell: &str| {
            let mut text = cell.replace("\\t", "\t").replace("\\r", "\r").replace("\\n", "\n");
            for (escape, character) in [("\\0", "\0"), ("\\x7f", "\x7f"), ("\\feff", "\u{feff}")] {
                text = text.replace(escape, character);
            }
            text
        };
        line.split('\t').map(undone).collect()
    })
}

#[test]
fn what_the_grammar_has_is_read_and_has_this_normal_form() {
    let text = data("accepted.tsv");
    let mut cases = 0;
    for row in rows(&text) {
        let [written, normal] = &row[..] else { panic!("{row:?}") };
        assert_eq!(there_and_back(written).normal_form().source(), normal, "{written}");
        cases += 1;
    }
    assert!(cases > 40, "{cases}");
}

#[test]
fn what_the_grammar_does_not_have_is_refused_at_its_place() {
    let text = data("refused.tsv");
    let mut cases = 0;
    for row in rows(&text) {
        let [written, kind, place, message] = &row[..] else { panic!("{row:?}") };
        let error = Expression::parse(written).expect_err(written);
        let found = (error.kind().to_string(), error.span().start.to_string(), error.to_string());
        assert_eq!(found, (kind.clone(), place.clone(), message.clone()), "{written}");
        cases += 1;
    }
    assert!(cases > 40, "{cases}");
}

#[test]
fn every_concept_is_found_with_its_role_at_any_depth() {
    let text = "64572001 |a| + 404684003 : 363698007 |b| = 24700007, \
                { 116676008 = (138875005 |c| : 246075003 = (106237007), 246112005 = #5) }";
    let read = there_and_back(text);
    let found: Vec<_> =
        read.concepts().map(|found| (found.id.value(), found.role, found.term)).collect();
    let (name, value) = (ConceptRole::AttributeName, ConceptRole::AttributeValue);
    assert_eq!(
        found,
        [
            (64_572_001, ConceptRole::Focus, Some("a")),
            (404_684_003, ConceptRole::Focus, None),
            (363_698_007, name, Some("b")),
            (24_700_007, value, None),
            (116_676_008, name, None),
            (138_875_005, value, Some("c")),
            (246_075_003, name, None),
            (106_237_007, value, None),
            (246_112_005, name, None),
        ]
    );
    assert_eq!(read.concepts().len(), 9);
}

#[test]
fn spans_are_those_of_the_text() {
    let text = " === 64572001 |a| : 363698007 = 24700007 |é| , { 116676008 = ( 404684003 ) } ";
    let read = Expression::parse(text).unwrap();
    let spelled = |span: crate::ecl::syntax::Span| &text[span.start..span.end];
    let tree = read.expression();
    assert_eq!(spelled(tree.span), text.trim_matches(' ').trim_start_matches("=== "));
    let refinement = &tree.refinement;
    assert_eq!(spelled(refinement.attributes[0].span), "363698007 = 24700007 |é|");
    assert_eq!(spelled(refinement.groups[0].span), "{ 116676008 = ( 404684003 ) }");
    let grouped = &refinement.groups[0].attributes[0];
    assert_eq!(spelled(grouped.span), "116676008 = ( 404684003 )");
    let AttributeValue::Expression(nested) = &grouped.value else { panic!("{grouped:?}") };
    assert_eq!(spelled(nested.span), "404684003");
}

#[test]
fn wrong_check_digits_are_told_and_are_no_errors() {
    // A wrong check digit, and a partition that is none.
    let read = there_and_back("24700008 : 363698007 = (64572001 + 100040003)");
    let wrong: Vec<u64> = read.malformed_ids().iter().map(|(found, _)| found.id.value()).collect();
    assert_eq!(wrong, [24_700_008, 100_040_003]);
}

#[test]
fn a_concept_alone_is_precoordinated() {
    let concept = |text: &str| {
        let read = there_and_back(text);
        assert_eq!(read.is_precoordinated(), read.precoordinated().is_some());
        read.precoordinated().map(|id| id.value())
    };
    assert_eq!(concept("64572001"), Some(64_572_001));
    assert_eq!(concept("=== 64572001 |a|"), Some(64_572_001));
    assert_eq!(concept("<<< 64572001"), None);
    assert_eq!(concept("64572001 + 24700007"), None);
    assert_eq!(concept("64572001 : 363698007 = 24700007"), None);
}

#[test]
fn terms_and_order_count_until_the_normal_form() {
    let read = |text| Expression::parse(text).unwrap();
    assert_eq!(read("64572001|a|"), read(" 64572001 | a | "));
    assert_ne!(read("64572001 |a|"), read("64572001"));
    assert_ne!(read("64572001 + 24700007"), read("24700007 + 64572001"));
    assert_ne!(read("=== 64572001"), read("64572001"));
    assert_ne!(read("=== 64572001").normal_form(), read("<<< 64572001").normal_form());
}
