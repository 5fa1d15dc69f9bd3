//! Random trees, printed and parsed; random texts, parsed.

use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;
use proptest::sample::select;

use super::there_and_back;
use crate::expression::Expression;
use crate::expression::print::Printed;
use crate::expression::syntax::*;
use crate::id::Sctid;

/// Spans are all equal.
const HERE: Span = Span { start: 0, end: 0 };

/// Few concepts, so that some stand twice.
fn reference() -> impl Strategy<Value = ConceptReference> {
    let id = prop_oneof![100_000..100_004_u64, 100_000..1_000_000_000_000_000_000_u64];
    let term = option::weighted(0.3, "[!-{}~é漢]{1,4}( {1,2}[!-{}~]{1,3})?");
    (id, term).prop_map(|(id, term)| {
        let id = Sctid::as_published(id).expect("an id");
        ConceptReference { id, term, span: HERE }
    })
}

fn value(depth: u32) -> BoxedStrategy<AttributeValue> {
    let number = r"[+-]?(0|[1-9][0-9]{0,2})(\.[0-9]{1,3})?";
    let plain = prop_oneof![
        4 => reference().prop_map(AttributeValue::Concept),
        1 => number.prop_map(|text| AttributeValue::Number(Number(text))),
        1 => "[\t\n -~é]{1,4}".prop_map(AttributeValue::String),
        1 => any::<bool>().prop_map(AttributeValue::Boolean),
    ];
    match depth {
        0 => plain.boxed(),
        _ => {
            let nested = expression(depth - 1);
            let nested = nested.prop_map(|nested| AttributeValue::Expression(Box::new(nested)));
            prop_oneof![2 => plain, 1 => nested].boxed()
        }
    }
}

fn attribute(depth: u32) -> impl Strategy<Value = Attribute> {
    (reference(), value(depth)).prop_map(|(name, value)| Attribute { name, value, span: HERE })
}

fn expression(depth: u32) -> BoxedStrategy<SubExpression> {
    let group = vec(attribute(depth), 1..3)
        .prop_map(|attributes| AttributeGroup { attributes, span: HERE });
    (vec(reference(), 1..4), vec(attribute(depth), 0..4), vec(group, 0..4))
        .prop_map(|(focus_concepts, attributes, groups)| {
            let refinement = Refinement { attributes, groups };
            SubExpression { focus_concepts, refinement, span: HERE }
        })
        .boxed()
}

fn status() -> impl Strategy<Value = Option<DefinitionStatus>> {
    option::of(select(vec![DefinitionStatus::EquivalentTo, DefinitionStatus::SubtypeOf]))
}

/// The same tree with every list the other way round, and every list twice.
fn turned(expression: &SubExpression) -> SubExpression {
    fn of<T>(list: &[T], turn: impl Fn(&T) -> T) -> Vec<T> {
        list.iter().rev().chain(list).map(turn).collect()
    }
    let attribute = |attribute: &Attribute| Attribute {
        value: match &attribute.value {
            AttributeValue::Expression(nested) => {
                AttributeValue::Expression(Box::new(turned(nested)))
            }
            value => value.clone(),
        },
        ..attribute.clone()
    };
    let group = |group: &AttributeGroup| AttributeGroup {
        attributes: of(&group.attributes, attribute),
        span: HERE,
    };
    SubExpression {
        focus_concepts: of(&expression.focus_concepts, Clone::clone),
        refinement: Refinement {
            attributes: of(&expression.refinement.attributes, attribute),
            groups: of(&expression.refinement.groups, group),
        },
        span: HERE,
    }
}

/// Pieces of the language, and of what looks like it.
const PIECES: &[&str] = &[
    "64572001",
    "363698007",
    "|a b|",
    "===",
    "<<<",
    "+",
    ":",
    "=",
    ",",
    "{",
    "}",
    "(",
    ")",
    "#5",
    "#-1.5",
    "\"a\"",
    "\"\"",
    "\"\\\\\"",
    "true",
    "FALSE",
    "/*",
    "|",
    "\"",
    "é",
    "7",
    "<<",
    "*",
];

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    #[test]
    fn what_is_printed_is_read_as_the_same_tree(status in status(), tree in expression(2)) {
        let text = Printed { status, expression: &tree, terms: true }.to_string();
        let read = there_and_back(&text);
        prop_assert_eq!(read.definition_status(), status);
        prop_assert_eq!(read.expression(), &tree, "{}", text);
    }

    #[test]
    fn order_and_repetition_do_not_change_the_normal_form(tree in expression(2)) {
        let normal = |tree: &SubExpression| {
            let text = Printed { status: None, expression: tree, terms: true }.to_string();
            there_and_back(&text).normal_form()
        };
        prop_assert_eq!(normal(&turned(&tree)), normal(&tree));
    }

    #[test]
    fn any_order_of_pieces_is_read_or_refused(
        pieces in vec((select(PIECES), select(&[" ", "", "\r\n\t"][..])), 0..24)
    ) {
        let text: String = pieces.iter().flat_map(|(piece, space)| [*piece, *space]).collect();
        read_or_refused(&text);
        read_or_refused(&format!("64572001:{text}"));
    }

    #[test]
    fn any_text_is_read_or_refused(text in any::<String>()) {
        read_or_refused(&text);
        read_or_refused(&format!("64572001 |{text}|"));
        read_or_refused(&format!("64572001 : 363698007 = \"{text}\""));
    }
}

fn read_or_refused(text: &str) {
    match Expression::parse(text) {
        Ok(_) => drop(there_and_back(text)),
        Err(error) => {
            let span = error.span();
            assert!(text.get(span.start..span.end).is_some(), "{text:?}: {span:?}");
            assert!(!error.render(text).contains('\u{1b}'));
        }
    }
}
