//! Random trees, printed and parsed; random texts, parsed.

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;

use super::there_and_back;
use super::trees::expression;
use crate::ecl::Ecl;

/// Pieces of the language, and of what looks like it.
const PIECES: &[&str] = &[
    "24700007",
    "|a b|",
    "*",
    "ANY",
    "LOINC#1-8",
    "\"A#b c\"",
    "(",
    ")",
    "<",
    "<<!",
    ">",
    "!!>",
    "^",
    "^R",
    "[a, b]",
    "[*]",
    "[0..1]",
    "[1 to many]",
    "AND",
    ",",
    "OR",
    "MINUS",
    ":",
    ".",
    "=",
    "!=",
    "NOT =",
    "<>",
    ">=",
    "R",
    "reverseOf",
    "{",
    "}",
    "{{",
    "}}",
    "C",
    "D",
    "M",
    "#5",
    "#-1.5",
    "\"a\"",
    "\"\"",
    "\"20240101\"",
    "wild:\"a*\"",
    "true",
    "term",
    "active",
    "moduleId",
    "definitionStatus",
    "primitive",
    "dialect",
    "en-gb",
    "dialectId",
    "(prefer)",
    "type",
    "syn",
    "typeId",
    "effectiveTime",
    "language",
    "en",
    "id",
    "mapTarget",
    "+",
    "HISTORY",
    "HISTORY-MIN",
    "{{ + HISTORY }}",
    "memberOf",
    "descendantOf",
    "top",
    "/* */",
    "/*",
    "|",
    "\"",
    "é",
    "7",
];

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    #[test]
    fn what_is_printed_is_read_as_the_same_tree(tree in expression(2)) {
        for text in [tree.brief().to_string(), tree.long().to_string()] {
            let read = there_and_back(&text);
            prop_assert_eq!(read.expression(), &tree, "{}", text);
        }
        let written = Ecl::from_expression(tree.clone()).unwrap();
        prop_assert_eq!(written.expression(), &tree);
    }

    #[test]
    fn any_order_of_pieces_is_read_or_refused(
        pieces in vec((select(PIECES), select(&[" ", "", "\n"][..])), 0..24)
    ) {
        let text: String = pieces.iter().flat_map(|(piece, space)| [*piece, *space]).collect();
        read_or_refused(&text);
    }

    #[test]
    fn any_text_is_read_or_refused(text in any::<String>(), hostile in "[<>*(){}|:=,.\"#^1R ]{0,40}") {
        read_or_refused(&text);
        read_or_refused(&hostile);
        read_or_refused(&format!("* : {text}"));
        read_or_refused(&format!("* {{{{ term = \"{text}\" }}}}"));
        read_or_refused(&format!("24700007 |{text}|"));
    }
}

fn read_or_refused(text: &str) {
    match Ecl::parse(text) {
        Ok(_) => drop(there_and_back(text)),
        Err(error) => {
            let span = error.span();
            assert!(text.get(span.start..span.end).is_some(), "{text:?}: {span:?}");
            assert!(!error.render(text).contains('\u{1b}'));
        }
    }
}
