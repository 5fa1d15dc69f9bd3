//! Random trees, as the parser makes them.

use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;
use proptest::sample::select;

use crate::ecl::syntax::*;
use crate::id::Sctid;

/// Spans are all equal.
const HERE: Span = Span { start: 0, end: 0 };

fn sctid() -> impl Strategy<Value = Sctid> {
    (100_000..1_000_000_000_000_000_000_u64).prop_map(|id| Sctid::as_published(id).expect("an id"))
}

fn term() -> impl Strategy<Value = Option<String>> {
    option::weighted(0.3, "[!-{}~é漢]{1,4}( {1,2}[!-{}~]{1,3})?")
}

fn reference() -> impl Strategy<Value = ConceptReference> {
    (sctid(), term()).prop_map(|(id, term)| ConceptReference { id, term, span: HERE })
}

/// Names of schemes that begin as something else does.
const KEYWORDS: &[&str] =
    &["R", "AND", "OR", "MINUS", "NOT", "true", "any", "match", "top", "memberOf"];

fn alternate() -> impl Strategy<Value = AlternateIdentifier> {
    let scheme =
        prop_oneof!["[A-Za-z][A-Za-z0-9-]{0,4}", select(KEYWORDS).prop_map(str::to_owned),];
    let code = prop_oneof!["[A-Za-z0-9._-]{1,5}", r"[ !#-\[\]-~é]{1,5}"];
    (scheme, code, term()).prop_map(|(scheme, code, term)| AlternateIdentifier {
        scheme,
        code,
        term,
        span: HERE,
    })
}

fn equality() -> impl Strategy<Value = Equality> {
    select(vec![Equality::Equal, Equality::NotEqual])
}

fn order() -> impl Strategy<Value = Order> {
    select(vec![
        Order::Equal,
        Order::NotEqual,
        Order::Less,
        Order::LessOrEqual,
        Order::Greater,
        Order::GreaterOrEqual,
    ])
}

fn sized() -> impl Strategy<Value = Order> {
    select(vec![Order::Less, Order::LessOrEqual, Order::Greater, Order::GreaterOrEqual])
}

fn number() -> impl Strategy<Value = Number> {
    r"[+-]?(0|[1-9][0-9]{0,4})(\.[0-9]{1,3})?".prop_map(Number)
}

fn search_term() -> impl Strategy<Value = SearchTerm> {
    prop_oneof![
        vec(r#"[!-~é]{1,4}"#, 1..3).prop_map(SearchTerm::Match),
        r#"([ !#-\[\]-~é]|\\"|\\\\|\\\*){1,5}"#.prop_map(SearchTerm::Wild),
    ]
}

fn date() -> impl Strategy<Value = Time> {
    (1000..10_000_u32, 1..13_u32, 1..32_u32)
        .prop_map(|(year, month, day)| Time(Some(year * 10_000 + month * 100 + day)))
}

fn times() -> impl Strategy<Value = Vec<Time>> {
    vec(prop_oneof![3 => date(), 1 => Just(Time(None))], 1..3)
}

fn activity() -> impl Strategy<Value = Activity> {
    select(vec![Activity::Active, Activity::Inactive, Activity::Any])
}

fn acceptability() -> impl Strategy<Value = Vec<Acceptability>> {
    let token = select(vec![Acceptability::Preferred, Acceptability::Acceptable]);
    prop_oneof![vec(token, 0..3), vec(reference().prop_map(Acceptability::Reference), 0..3)]
}

fn operand(depth: u32) -> BoxedStrategy<ConceptOperand> {
    prop_oneof![
        sub(depth).prop_map(|sub| ConceptOperand::Expression(Box::new(sub))),
        vec(reference(), 2..4).prop_map(ConceptOperand::References),
    ]
    .boxed()
}

fn description_filter(depth: u32) -> BoxedStrategy<DescriptionFilter> {
    let alias = ("[a-zA-Z][a-zA-Z0-9-]{0,5}", acceptability())
        .prop_map(|(alias, acceptability)| DialectAlias { alias, acceptability, span: HERE });
    let dialect_id = (reference(), acceptability())
        .prop_map(|(refset, acceptability)| DialectId { refset, acceptability });
    let types =
        select(vec![TypeToken::FullySpecifiedName, TypeToken::Synonym, TypeToken::Definition]);
    prop_oneof![
        (equality(), vec(search_term(), 1..3)).prop_map(|(e, t)| DescriptionFilter::Term(e, t)),
        (equality(), vec("[a-z]{2}", 1..3)).prop_map(|(e, l)| DescriptionFilter::Language(e, l)),
        (equality(), vec(types, 1..3)).prop_map(|(e, t)| DescriptionFilter::Type(e, t)),
        (equality(), operand(depth)).prop_map(|(e, o)| DescriptionFilter::TypeId(e, o)),
        (equality(), vec(alias, 1..3)).prop_map(|(e, d)| DescriptionFilter::Dialect(e, d)),
        (equality(), sub(depth), acceptability())
            .prop_map(|(e, s, a)| DescriptionFilter::DialectExpression(e, Box::new(s), a)),
        (equality(), vec(dialect_id, 1..3))
            .prop_filter("a single one has an acceptability", |(_, dialects)| {
                dialects.len() > 1 || !dialects[0].acceptability.is_empty()
            })
            .prop_map(|(e, d)| DescriptionFilter::DialectId(e, d)),
        (equality(), operand(depth)).prop_map(|(e, o)| DescriptionFilter::Module(e, o)),
        (order(), times()).prop_map(|(o, t)| DescriptionFilter::EffectiveTime(o, t)),
        (equality(), activity()).prop_map(|(e, a)| DescriptionFilter::Active(e, a)),
        (equality(), vec(sctid(), 1..3)).prop_map(|(e, i)| DescriptionFilter::Id(e, i)),
    ]
    .boxed()
}

fn concept_filter(depth: u32) -> BoxedStrategy<ConceptFilter> {
    let status = select(vec![DefinitionStatusToken::Primitive, DefinitionStatusToken::Defined]);
    prop_oneof![
        (equality(), vec(status, 1..3)).prop_map(|(e, s)| ConceptFilter::DefinitionStatus(e, s)),
        (equality(), operand(depth)).prop_map(|(e, o)| ConceptFilter::DefinitionStatusId(e, o)),
        (equality(), operand(depth)).prop_map(|(e, o)| ConceptFilter::Module(e, o)),
        (order(), times()).prop_map(|(o, t)| ConceptFilter::EffectiveTime(o, t)),
        (equality(), activity()).prop_map(|(e, a)| ConceptFilter::Active(e, a)),
    ]
    .boxed()
}

fn field() -> impl Strategy<Value = FieldName> {
    "map[A-Za-z]{1,6}".prop_map(|name| FieldName { name, span: HERE })
}

fn member_filter(depth: u32) -> BoxedStrategy<MemberFilter> {
    let unpublished = (times(), any::<bool>()).prop_map(|(mut times, equal)| {
        times.push(Time(None));
        FieldComparison::Time(if equal { Order::Equal } else { Order::NotEqual }, times)
    });
    let comparison = prop_oneof![
        (equality(), sub(depth)).prop_map(|(e, s)| FieldComparison::Concepts(e, Box::new(s))),
        (order(), number()).prop_map(|(o, n)| FieldComparison::Number(o, n)),
        (equality(), vec(search_term(), 1..3)).prop_map(|(e, t)| FieldComparison::Terms(e, t)),
        (equality(), any::<bool>()).prop_map(|(e, b)| FieldComparison::Boolean(e, b)),
        (sized(), times()).prop_map(|(o, t)| FieldComparison::Time(o, t)),
        unpublished,
    ];
    prop_oneof![
        (equality(), operand(depth)).prop_map(|(e, o)| MemberFilter::Module(e, o)),
        (order(), times()).prop_map(|(o, t)| MemberFilter::EffectiveTime(o, t)),
        (equality(), activity()).prop_map(|(e, a)| MemberFilter::Active(e, a)),
        (field(), comparison).prop_map(|(field, c)| MemberFilter::Field(field, c)),
    ]
    .boxed()
}

fn criteria<T: std::fmt::Debug + 'static>(
    criterion: BoxedStrategy<T>,
) -> impl Strategy<Value = Criteria<T>> {
    vec(criterion, 1..3).prop_map(|criteria| Criteria { criteria, span: HERE })
}

fn filter(depth: u32) -> BoxedStrategy<Filter> {
    prop_oneof![
        criteria(description_filter(depth)).prop_map(Filter::Description),
        criteria(concept_filter(depth)).prop_map(Filter::Concept),
    ]
    .boxed()
}

fn hierarchy() -> impl Strategy<Value = HierarchyOperator> {
    select(vec![
        HierarchyOperator::DescendantOf,
        HierarchyOperator::DescendantOrSelfOf,
        HierarchyOperator::ChildOf,
        HierarchyOperator::ChildOrSelfOf,
        HierarchyOperator::AncestorOf,
        HierarchyOperator::AncestorOrSelfOf,
        HierarchyOperator::ParentOf,
        HierarchyOperator::ParentOrSelfOf,
        HierarchyOperator::Top,
        HierarchyOperator::Bottom,
    ])
}

fn refset() -> impl Strategy<Value = RefsetOperator> {
    prop_oneof![
        Just(RefsetOperator::MemberOf),
        vec(field(), 1..3).prop_map(RefsetOperator::Fields),
        Just(RefsetOperator::AllFields(HERE)),
        Just(RefsetOperator::ContainingAny),
    ]
}

fn history(depth: u32) -> BoxedStrategy<HistorySupplement> {
    let profiles = select(vec![
        HistorySupplement::Minimum,
        HistorySupplement::Moderate,
        HistorySupplement::Maximum,
    ]);
    if depth == 0 {
        return profiles.boxed();
    }
    prop_oneof![
        profiles,
        expression(depth - 1).prop_map(|subset| HistorySupplement::Subset(Box::new(subset))),
    ]
    .boxed()
}

fn sub(depth: u32) -> BoxedStrategy<SubExpression> {
    let leaf = prop_oneof![
        4 => reference().prop_map(Focus::Concept),
        2 => Just(Focus::Any),
        1 => alternate().prop_map(Focus::Alternate),
    ];
    if depth == 0 {
        return (option::of(hierarchy()), option::of(refset()), leaf)
            .prop_map(|(hierarchy, refset, focus)| SubExpression {
                hierarchy,
                refset,
                ..SubExpression::new(focus, HERE)
            })
            .boxed();
    }
    let nested = expression(depth - 1).prop_map(|inner| Focus::Nested(Box::new(inner)));
    (
        option::weighted(0.4, hierarchy()),
        option::weighted(0.4, refset()),
        prop_oneof![2 => leaf, 1 => nested],
        option::weighted(0.5, criteria(member_filter(depth - 1))),
        vec(filter(depth - 1), 0..2),
        option::weighted(0.1, history(depth)),
    )
        .prop_map(|(hierarchy, refset, focus, members, filters, history)| {
            let member_filters = match refset {
                Some(_) => members.into_iter().collect(),
                None => Vec::new(),
            };
            let sub = SubExpression {
                hierarchy,
                refset,
                focus,
                member_filters,
                filters,
                history,
                span: HERE,
            };
            without_idle_brackets(sub)
        })
        .boxed()
}

/// Replaces what stands in brackets that would change nothing: the parser drops those.
fn without_idle_brackets(sub: SubExpression) -> SubExpression {
    let Focus::Nested(nested) = &sub.focus else { return sub };
    let Expression::Sub(inner) = &**nested else { return sub };
    let filtered = !inner.filters.is_empty() || inner.history.is_some();
    let bare = inner.hierarchy.is_none() && inner.refset.is_none() && !filtered;
    let told_apart = match (&sub.refset, sub.hierarchy) {
        (Some(_), _) => true,
        (None, Some(_)) => inner.hierarchy.is_some() || filtered,
        (None, None) => {
            inner.history.is_some() && (!sub.filters.is_empty() || sub.history.is_some())
        }
    };
    match told_apart && !bare {
        true => sub,
        false => SubExpression { focus: Focus::Any, ..sub },
    }
}

/// A sub-expression as an expression, without brackets around all of it.
fn lifted(sub: SubExpression) -> Expression {
    let bare = SubExpression::new(sub.focus.clone(), HERE) == sub;
    match sub.focus {
        Focus::Nested(inner) if bare => *inner,
        _ => Expression::Sub(sub),
    }
}

fn comparison(depth: u32) -> BoxedStrategy<Comparison> {
    prop_oneof![
        3 => (equality(), sub(depth)).prop_map(|(e, s)| Comparison::Concepts(e, Box::new(s))),
        1 => (order(), number()).prop_map(|(o, n)| Comparison::Number(o, n)),
        1 => (equality(), vec("([ -~é]|A#){1,4}", 1..3))
            .prop_map(|(e, s)| Comparison::Strings(e, s)),
        1 => (equality(), any::<bool>()).prop_map(|(e, b)| Comparison::Boolean(e, b)),
    ]
    .boxed()
}

fn cardinality() -> impl Strategy<Value = Option<Cardinality>> {
    option::weighted(
        0.3,
        (0..3_u32, option::of(3..9_u32)).prop_map(|(least, most)| Cardinality { least, most }),
    )
}

fn refinement(depth: u32, in_group: bool) -> BoxedStrategy<Refinement> {
    let attribute = (cardinality(), any::<bool>(), sub(depth), comparison(depth)).prop_map(
        |(cardinality, reverse, name, comparison)| {
            let name = Box::new(name);
            Refinement::Attribute(Attribute { cardinality, reverse, name, comparison, span: HERE })
        },
    );
    if depth == 0 {
        return attribute.boxed();
    }
    let parts = || vec(refinement(depth - 1, in_group), 2..4);
    let mut kinds = vec![
        attribute.boxed(),
        parts().prop_map(Refinement::And).boxed(),
        parts().prop_map(Refinement::Or).boxed(),
    ];
    if !in_group {
        let group =
            (cardinality(), refinement(depth - 1, true)).prop_map(|(cardinality, inner)| {
                let attributes = Box::new(inner);
                Refinement::Group(AttributeGroup { cardinality, attributes, span: HERE })
            });
        kinds.push(group.boxed());
    }
    proptest::strategy::Union::new(kinds).boxed()
}

/// An expression of every kind, nested so deep at most.
pub(super) fn expression(depth: u32) -> BoxedStrategy<Expression> {
    prop_oneof![
        3 => sub(depth).prop_map(lifted),
        1 => vec(sub(depth), 2..4).prop_map(Expression::And),
        1 => vec(sub(depth), 2..4).prop_map(Expression::Or),
        1 => (sub(depth), sub(depth)).prop_map(|(a, b)| Expression::Minus(a.into(), b.into())),
        2 => (sub(depth), refinement(depth, false)).prop_map(|(s, r)| Expression::Refined(s, r)),
        1 => (sub(depth), vec(sub(depth), 1..3)).prop_map(|(s, a)| Expression::Dotted(s, a)),
    ]
    .boxed()
}
