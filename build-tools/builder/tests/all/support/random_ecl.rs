//! Expressions drawn at random over a release: every kind of node, most of them with answers.

mod filters;
mod pool;
mod refinements;

use farr::ecl::syntax::{
    AlternateIdentifier, Expression, Focus, HierarchyOperator, HistorySupplement, RefsetOperator,
    Span, SubExpression,
};
use proptest::collection::vec;
use proptest::option::weighted;
use proptest::prelude::*;
use proptest::sample::select;

pub(crate) use pool::Pool;

/// How deep brackets and values stand within each other.
const DEPTH: usize = 4;

type Drawn<T> = BoxedStrategy<T>;

/// Expressions over what the pool holds.
pub(crate) fn expression(pool: &Pool) -> Drawn<Expression> {
    let mut operand = sub(pool, None);
    let mut whole = operand.clone().prop_map(Expression::Sub).boxed();
    for _ in 1..DEPTH {
        operand = sub(pool, Some(&whole));
        whole = compound(pool, &operand);
    }
    whole
}

fn compound(pool: &Pool, operand: &Drawn<SubExpression>) -> Drawn<Expression> {
    let several = || vec(operand.clone(), 2..4);
    let refinement = refinements::refinement(pool, operand);
    let attributes = vec(refinements::name(pool, operand), 1..3);
    prop_oneof![
        6 => operand.clone().prop_map(Expression::Sub),
        2 => several().prop_map(Expression::And),
        2 => several().prop_map(Expression::Or),
        2 => (operand.clone(), operand.clone())
            .prop_map(|(left, right)| Expression::Minus(Box::new(left), Box::new(right))),
        6 => (operand.clone(), refinement)
            .prop_map(|(focus, refinement)| Expression::Refined(focus, refinement)),
        1 => (operand.clone(), attributes)
            .prop_map(|(focus, attributes)| Expression::Dotted(focus, attributes)),
    ]
    .boxed()
}

/// One operand, with another expression within its brackets now and then.
fn sub(pool: &Pool, inner: Option<&Drawn<Expression>>) -> Drawn<SubExpression> {
    let focus = focus(pool, inner);
    let plain = (weighted(0.7, hierarchy()), focus.clone())
        .prop_map(|(hierarchy, focus)| SubExpression { hierarchy, ..bare(focus) });
    let containing = focus.prop_map(|focus| SubExpression {
        refset: Some(RefsetOperator::ContainingAny),
        ..bare(focus)
    });
    let with_inner = inner.cloned();
    let both = prop_oneof![30 => plain, 10 => members(pool, inner), 1 => containing];
    (both, vec(filters::filter(pool), 0..2), weighted(0.06, history(with_inner)), 0..10_u8)
        .prop_map(|(mut sub, filters, history, luck)| {
            // Filters now and then: each takes most of an answer away.
            if luck < 3 {
                sub.filters = filters;
            }
            sub.history = history;
            sub
        })
        .boxed()
}

/// An operand that is nothing but its focus.
fn bare(focus: Focus) -> SubExpression {
    SubExpression::new(focus, Span::default())
}

fn focus(pool: &Pool, inner: Option<&Drawn<Expression>>) -> Drawn<Focus> {
    let concept = select(pool.concepts.clone()).prop_map(|id| Focus::Concept(pool::reference(id)));
    let broad = select(pool.broad.clone()).prop_map(|id| Focus::Concept(pool::reference(id)));
    let alternate = Just(Focus::Alternate(AlternateIdentifier {
        scheme: "LOINC".to_owned(),
        code: "54486-6".to_owned(),
        term: None,
        span: Span::default(),
    }));
    let plain = prop_oneof![30 => concept, 30 => broad, 5 => Just(Focus::Any), 1 => alternate];
    match inner {
        None => plain.boxed(),
        Some(inner) => {
            let nested = inner.clone().prop_map(|inner| Focus::Nested(Box::new(inner)));
            prop_oneof![3 => plain, 1 => nested].boxed()
        }
    }
}

fn hierarchy() -> impl Strategy<Value = HierarchyOperator> {
    use HierarchyOperator as Operator;
    select(vec![
        Operator::DescendantOrSelfOf,
        Operator::DescendantOrSelfOf,
        Operator::DescendantOrSelfOf,
        Operator::DescendantOf,
        Operator::DescendantOf,
        Operator::ChildOf,
        Operator::ChildOrSelfOf,
        Operator::AncestorOf,
        Operator::AncestorOrSelfOf,
        Operator::ParentOf,
        Operator::ParentOrSelfOf,
        Operator::Top,
        Operator::Bottom,
    ])
}

/// `^` and `^ [field]`, with filters of what the refset has.
fn members(pool: &Pool, inner: Option<&Drawn<Expression>>) -> Drawn<SubExpression> {
    let refsets = pool.refsets.clone();
    let any = focus(pool, inner);
    select(refsets)
        .prop_flat_map(move |refset| {
            let own = Focus::Concept(pool::reference(refset.id));
            let focus = prop_oneof![12 => Just(own), 1 => Just(Focus::Any), 2 => any.clone()];
            let fields = vec(select(refset.names()), 1..3).prop_map(|names| {
                RefsetOperator::Fields(names.iter().map(|name| pool::field(name)).collect())
            });
            let operator = prop_oneof![
                12 => Just(RefsetOperator::MemberOf),
                3 => fields,
                1 => Just(RefsetOperator::AllFields(Span::default())),
            ];
            let filters = vec(filters::member_filter(&refset), 0..2);
            (focus, operator, filters, weighted(0.2, hierarchy()))
        })
        .prop_map(|(focus, operator, member_filters, hierarchy)| SubExpression {
            refset: Some(operator),
            member_filters,
            hierarchy,
            ..bare(focus)
        })
        .boxed()
}

fn history(inner: Option<Drawn<Expression>>) -> Drawn<HistorySupplement> {
    let profiles = select(vec![
        HistorySupplement::Minimum,
        HistorySupplement::Moderate,
        HistorySupplement::Maximum,
        HistorySupplement::Subset(Box::new(Expression::Sub(bare(Focus::Any)))),
        HistorySupplement::Subset(Box::new(Expression::Sub(SubExpression {
            hierarchy: Some(HierarchyOperator::DescendantOf),
            ..bare(Focus::Concept(pool::reference(900_000_000_000_522_004)))
        }))),
    ]);
    match inner {
        None => profiles.boxed(),
        Some(inner) => {
            let subset = inner.prop_map(|inner| HistorySupplement::Subset(Box::new(inner)));
            prop_oneof![10 => profiles, 1 => subset].boxed()
        }
    }
}
