//! The cases of `testdata/ecl`, and some that need a closer look.

use std::path::Path;

use super::there_and_back;
use crate::ecl::syntax::{
    ConceptOperand, Criteria, DescriptionFilter, Equality, Expression, FieldComparison, Filter,
    Focus, MemberFilter, Order, Refinement, RefsetOperator, SearchTerm, Time,
};
use crate::ecl::{Ecl, EclErrorKind};

fn data(name: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("testdata/ecl").join(name);
    std::fs::read_to_string(path).expect("the file can be read")
}

#[test]
fn valid_expressions_have_these_forms() {
    let text = data("valid.txt");
    let lines: Vec<&str> = text.lines().collect();
    assert!(lines.len() > 150 && lines.len().is_multiple_of(3), "{}", lines.len());
    for case in lines.chunks(3) {
        let ecl = there_and_back(case[0]);
        assert_eq!(ecl.to_string(), case[1].trim_start(), "{}", case[0]);
        assert_eq!(ecl.long().to_string(), case[2].trim_start(), "{}", case[0]);
        assert_eq!(ecl.source(), case[0]);
        assert_eq!(Ecl::from_expression(ecl.expression().clone()).as_ref(), Ok(&ecl));
    }
}

#[test]
fn invalid_expressions_are_explained() {
    let text = data("invalid.txt");
    let cases: Vec<&str> = text.split_terminator("\n\n").collect();
    assert!(cases.len() > 60, "{}", cases.len());
    for case in cases {
        let (expression, expected) = case.split_once("\n-- ").expect("a kind");
        let error = Ecl::parse(expression).expect_err(expression);
        let explained = format!("{}\n{}", error.kind(), error.render(expression));
        assert_eq!(explained, expected, "{expression}");
        assert!(expected[error.kind().to_string().len() + 1..].starts_with(&error.to_string()));
    }
}

/// The only filter of the expression.
fn member_filter(text: &str) -> MemberFilter {
    match there_and_back(text).expression() {
        Expression::Sub(sub) => sub.member_filters[0].criteria[0].clone(),
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_field_is_compared_with_what_was_written() {
    let field = |text: &str| match member_filter(&format!("^ * {{{{ M field {text} }}}}")) {
        MemberFilter::Field(name, comparison) => {
            assert_eq!(name.name, "field");
            comparison
        }
        other => panic!("{other:?}"),
    };
    let date = Time(Some(20_240_101));
    let word = |word: &str| SearchTerm::Match(vec![word.to_owned()]);
    let equal = Equality::Equal;
    assert_eq!(field("= \"20240101\""), FieldComparison::Terms(equal, vec![word("20240101")]));
    assert_eq!(field(">= \"20240101\""), FieldComparison::Time(Order::GreaterOrEqual, vec![date]));
    let unpublished = Time(None);
    assert_eq!(field("!= \"\""), FieldComparison::Time(Order::NotEqual, vec![unpublished]));
    assert_eq!(
        field("= (\"20240101\" \"\")"),
        FieldComparison::Time(Order::Equal, vec![date, unpublished])
    );
    assert_eq!(
        field("= (match:\"a\" wild:\"b\")"),
        FieldComparison::Terms(equal, vec![word("a"), SearchTerm::Wild("b".to_owned())])
    );
    assert_eq!(field("= TRUE"), FieldComparison::Boolean(equal, true));
    assert!(matches!(field("= true#1"), FieldComparison::Concepts(..)));
    assert!(matches!(field("= (\"A#1\" OR *)"), FieldComparison::Concepts(..)));
    assert!(matches!(member_filter("^ * {{ m MODULEID = * }}"), MemberFilter::Module(..)));
    assert!(Ecl::parse("^ * {{ M field = (\"\" \"a\") }}").is_err());
}

#[test]
fn a_reference_set_has_two_references_and_one_in_brackets_is_an_expression() {
    let operand = |text: &str| match there_and_back(text).expression() {
        Expression::Sub(sub) => match &sub.filters[..] {
            [Filter::Description(Criteria { criteria, .. })] => match &criteria[..] {
                [DescriptionFilter::TypeId(_, operand)] => operand.clone(),
                other => panic!("{other:?}"),
            },
            other => panic!("{other:?}"),
        },
        other => panic!("{other:?}"),
    };
    let set = operand("* {{ typeId = ( 900000000000013009|a| 900000000000003001 ) }}");
    assert!(matches!(set, ConceptOperand::References(references) if references.len() == 2));
    for text in ["900000000000013009", "(900000000000013009)", "((900000000000013009 |a|))"] {
        let single = operand(&format!("* {{{{ typeId = {text} }}}}"));
        assert!(matches!(single, ConceptOperand::Expression(sub)
            if matches!(sub.focus, Focus::Concept(_))));
    }
}

#[test]
fn a_capital_r_is_a_flag_or_begins_a_scheme() {
    let refset = |text: &str| match there_and_back(text).expression() {
        Expression::Sub(sub) => sub.refset.clone(),
        other => panic!("{other:?}"),
    };
    assert_eq!(refset("^R*"), Some(RefsetOperator::ContainingAny));
    assert_eq!(refset("^ R#1"), Some(RefsetOperator::MemberOf));
    assert_eq!(refset("^R1#1"), Some(RefsetOperator::MemberOf));
    let reverse = |text: &str| match there_and_back(text).expression() {
        Expression::Refined(_, Refinement::Attribute(attribute)) => attribute.reverse,
        other => panic!("{other:?}"),
    };
    assert!(reverse("*:R 363698007 = *") && reverse("*:R363698007 = *") && reverse("*:(R* = *)"));
    assert!(reverse("* : REVERSEOF(* OR *) = *"));
    assert!(!reverse("* : R1#363698007 = *") && !reverse("* : (R#1) = *"));
}

#[test]
fn spans_are_those_of_the_text() {
    let text = " << 64572001 |a| : { R 363698007 = \u{e9}".replace('\u{e9}', "24700007 |é| } ");
    let ecl = Ecl::parse(&text).unwrap();
    let spelled: Vec<&str> =
        ecl.identifiers().iter().map(|found| &text[found.span.start..found.span.end]).collect();
    assert_eq!(spelled, ["64572001", "363698007", "24700007"]);
    let Expression::Refined(focus, Refinement::Group(group)) = ecl.expression() else {
        panic!("{ecl:?}")
    };
    assert_eq!(&text[focus.span.start..focus.span.end], "<< 64572001 |a|");
    assert_eq!(&text[group.span.start..group.span.end], "{ R 363698007 = 24700007 |é| }");
    let Refinement::Attribute(attribute) = &*group.attributes else { panic!("{ecl:?}") };
    assert_eq!(&text[attribute.span.start..attribute.span.end], "R 363698007 = 24700007 |é|");
}

#[test]
fn wrong_check_digits_are_told_and_are_no_errors() {
    let ecl = there_and_back("<< 24700008 : 363698007 = 64572001 {{ D id = 24700007 }}");
    let wrong = ecl.malformed_ids();
    assert_eq!(wrong.len(), 1);
    assert_eq!((wrong[0].0.id.value(), wrong[0].0.span.start), (24_700_008, 3));
}

#[test]
fn a_tree_that_no_text_spells_is_refused() {
    let ecl = Ecl::parse("<< 24700007").unwrap();
    let Expression::Sub(mut sub) = ecl.expression().clone() else { panic!("{ecl:?}") };
    let single = Expression::And(vec![sub.clone()]);
    assert_eq!(Ecl::from_expression(single).unwrap_err().kind(), EclErrorKind::Unspellable);
    sub.focus = Focus::Nested(Box::new(Expression::Or(Vec::new())));
    assert!(Ecl::from_expression(Expression::Sub(sub)).is_err());
}
