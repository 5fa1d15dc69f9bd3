//! Refinements: attributes that some concept has, and others.

use farr::ecl::syntax::{
    Attribute, AttributeGroup, Cardinality, Comparison, Equality, Focus, HierarchyOperator, Number,
    Order, Refinement, Span, SubExpression,
};
use proptest::collection::vec;
use proptest::option::weighted;
use proptest::prelude::*;
use proptest::sample::select;

use super::pool::{Pool, Stated, reference};
use super::{Drawn, bare};

pub(super) fn equality() -> impl Strategy<Value = Equality> {
    prop_oneof![5 => Just(Equality::Equal), 1 => Just(Equality::NotEqual)]
}

pub(super) fn order() -> impl Strategy<Value = Order> {
    select(vec![
        Order::Equal,
        Order::NotEqual,
        Order::Less,
        Order::LessOrEqual,
        Order::Greater,
        Order::GreaterOrEqual,
    ])
}

fn cardinality() -> impl Strategy<Value = Option<Cardinality>> {
    let some = (0..3_u32, weighted(0.6, 0..3_u32))
        .prop_map(|(least, more)| Cardinality { least, most: more.map(|more| least + more) });
    weighted(0.25, some)
}

fn of_concept(id: u64, hierarchy: Option<HierarchyOperator>) -> SubExpression {
    SubExpression { hierarchy, ..bare(Focus::Concept(reference(id))) }
}

/// What names attributes.
pub(super) fn name(pool: &Pool, operand: &Drawn<SubExpression>) -> Drawn<SubExpression> {
    let kinds: Vec<u64> = pool.stated.iter().map(|stated| stated.kind).collect();
    let below = weighted(0.2, Just(HierarchyOperator::DescendantOrSelfOf));
    let known = (select(kinds), below).prop_map(|(kind, below)| of_concept(kind, below));
    prop_oneof![12 => known, 1 => Just(bare(Focus::Any)), 1 => operand.clone()].boxed()
}

pub(super) fn refinement(pool: &Pool, operand: &Drawn<SubExpression>) -> Drawn<Refinement> {
    let outer = attribute(pool, operand, true).prop_map(Refinement::Attribute).boxed();
    let within = attribute(pool, operand, false).prop_map(Refinement::Attribute).boxed();
    let within = prop_oneof![2 => within.clone(), 3 => several(&within)].boxed();
    // Within braces too, a conjunction stands in a disjunction only in brackets: both are drawn.
    let within = prop_oneof![4 => within.clone(), 1 => several(&within)].boxed();
    let group = (cardinality(), within).prop_map(|(cardinality, attributes)| {
        let attributes = Box::new(attributes);
        Refinement::Group(AttributeGroup { cardinality, attributes, span: Span::default() })
    });
    let one = prop_oneof![3 => outer, 2 => group].boxed();
    let all = prop_oneof![3 => one.clone(), 2 => several(&one)].boxed();
    prop_oneof![6 => all.clone(), 1 => several(&all)].boxed()
}

fn several(one: &Drawn<Refinement>) -> Drawn<Refinement> {
    let list = || vec(one.clone(), 2..4);
    prop_oneof![list().prop_map(Refinement::And), list().prop_map(Refinement::Or)].boxed()
}

fn attribute(pool: &Pool, operand: &Drawn<SubExpression>, reverse: bool) -> Drawn<Attribute> {
    let stated = (select(pool.stated.clone()), equality(), weighted(0.15, Just(())))
        .prop_map(|(Stated { kind, value }, equality, exact)| {
            let below = exact.is_none().then_some(HierarchyOperator::DescendantOrSelfOf);
            let value = Box::new(of_concept(value, below));
            (of_concept(kind, None), Comparison::Concepts(equality, value))
        })
        .boxed();
    let any = (name(pool, operand), equality())
        .prop_map(|(name, equality)| {
            (name, Comparison::Concepts(equality, Box::new(bare(Focus::Any))))
        })
        .boxed();
    let drawn = (name(pool, operand), operand.clone(), equality())
        .prop_map(|(name, value, equality)| (name, Comparison::Concepts(equality, Box::new(value))))
        .boxed();
    // Within braces the specification gives it no meaning.
    let reversed = (0..8_u8).prop_map(move |luck| reverse && luck == 0);
    let with_concepts = (cardinality(), reversed, prop_oneof![8 => stated, 1 => any, 2 => drawn])
        .prop_map(|(cardinality, reverse, (name, comparison))| Attribute {
            cardinality,
            reverse,
            name: Box::new(name),
            comparison,
            span: Span::default(),
        })
        .boxed();
    if pool.concrete.is_empty() {
        return with_concepts;
    }
    // A value may be of another kind than those of the attribute are.
    let truth = weighted(0.1, select(vec!["true", "false"]));
    let value = (select(pool.concrete.clone()), truth)
        .prop_map(|((kind, value), truth)| (kind, truth.map_or(value, str::to_owned)));
    let concrete = (cardinality(), value, equality(), order()).prop_map(
        |(cardinality, (kind, published), equality, order)| Attribute {
            cardinality,
            reverse: false,
            name: Box::new(of_concept(kind, None)),
            comparison: compared(&published, equality, order),
            span: Span::default(),
        },
    );
    prop_oneof![10 => with_concepts, 1 => concrete].boxed()
}

/// The comparison that suits a concrete value.
fn compared(published: &str, equality: Equality, order: Order) -> Comparison {
    if let Some(number) = published.strip_prefix('#') {
        return Comparison::Number(order, Number(number.to_owned()));
    }
    match published.trim_matches('"') {
        "true" => Comparison::Boolean(equality, true),
        "false" => Comparison::Boolean(equality, false),
        text => {
            let plain = text.replace("\\\"", "\"").replace("\\\\", "\\");
            Comparison::Strings(equality, vec![plain, "none".to_owned()])
        }
    }
}
