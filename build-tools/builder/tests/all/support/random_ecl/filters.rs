//! Filters of concepts, of descriptions and of the members of a refset.

use farr::Sctid;
use farr::ecl::syntax::{
    Acceptability, Activity, ConceptFilter, ConceptOperand, Criteria, DefinitionStatusToken,
    DescriptionFilter, DialectAlias, DialectId, Equality, FieldComparison, Filter, Focus,
    HierarchyOperator, MemberFilter, Number, SearchTerm, Span, SubExpression, Time, TypeToken,
};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;

use super::pool::{Pool, Refset, field, reference};
use super::refinements::{equality, order};
use super::{Drawn, bare};
use crate::support::naive_ecl::Kind;

const MODULES: u64 = 900_000_000_000_443_000;
const BRITISH: u64 = 900_000_000_000_508_004;
const AMERICAN: u64 = 900_000_000_000_509_007;

fn braces<T: std::fmt::Debug + 'static>(criterion: Drawn<T>) -> impl Strategy<Value = Criteria<T>> {
    vec(criterion, 1..3).prop_map(|criteria| Criteria { criteria, span: Span::default() })
}

pub(super) fn filter(pool: &Pool) -> Drawn<Filter> {
    prop_oneof![
        braces(description_filter(pool)).prop_map(Filter::Description),
        braces(concept_filter(pool)).prop_map(Filter::Concept),
    ]
    .boxed()
}

fn one_of(ids: Vec<u64>) -> Drawn<ConceptOperand> {
    let plain = |id| ConceptOperand::Expression(Box::new(bare(Focus::Concept(reference(id)))));
    let modules = ConceptOperand::Expression(Box::new(SubExpression {
        hierarchy: Some(HierarchyOperator::DescendantOf),
        ..bare(Focus::Concept(reference(MODULES)))
    }));
    let several = vec(select(ids.clone()), 2..4)
        .prop_map(|ids| ConceptOperand::References(ids.into_iter().map(reference).collect()));
    prop_oneof![6 => select(ids).prop_map(plain), 2 => several, 1 => Just(modules)].boxed()
}

fn times(pool: &Pool) -> impl Strategy<Value = Vec<Time>> + use<> {
    let day = select(pool.times.clone()).prop_map(|day| Time(Some(day)));
    vec(prop_oneof![12 => day, 1 => Just(Time(None))], 1..3)
}

fn activity() -> impl Strategy<Value = Activity> {
    select(vec![Activity::Active, Activity::Inactive, Activity::Any])
}

fn concept_filter(pool: &Pool) -> Drawn<ConceptFilter> {
    let tokens = vec![DefinitionStatusToken::Primitive, DefinitionStatusToken::Defined];
    let statuses = one_of(vec![900_000_000_000_074_008, 900_000_000_000_073_002]);
    prop_oneof![
        (equality(), vec(select(tokens), 1..3))
            .prop_map(|(equality, list)| ConceptFilter::DefinitionStatus(equality, list)),
        (equality(), statuses)
            .prop_map(|(equality, ids)| ConceptFilter::DefinitionStatusId(equality, ids)),
        (equality(), one_of(pool.modules.clone()))
            .prop_map(|(equality, ids)| ConceptFilter::Module(equality, ids)),
        (order(), times(pool))
            .prop_map(|(order, times)| ConceptFilter::EffectiveTime(order, times)),
        (equality(), activity())
            .prop_map(|(equality, activity)| ConceptFilter::Active(equality, activity)),
    ]
    .boxed()
}

/// Beginnings of words that some term has, or a pattern that it fits.
fn search_term(texts: Vec<String>) -> Drawn<SearchTerm> {
    (select(texts), 0..8_usize, 1..7_usize, any::<bool>())
        .prop_map(|(text, at, length, wild)| {
            let words: Vec<&str> = text.split(|c: char| !c.is_alphanumeric()).collect();
            let words: Vec<&str> = words.into_iter().filter(|word| !word.is_empty()).collect();
            let Some(word) = words.get(at % words.len().max(1)) else {
                return SearchTerm::Wild("*".to_owned());
            };
            let begin: String = word.chars().take(length).collect();
            match wild {
                true => SearchTerm::Wild(format!("*{begin}*")),
                false if length > 4 && words.len() > 1 => {
                    SearchTerm::Match(vec![begin, words[0].to_uppercase()])
                }
                false => SearchTerm::Match(vec![begin]),
            }
        })
        .boxed()
}

fn acceptability() -> impl Strategy<Value = Vec<Acceptability>> {
    let one = select(vec![
        Acceptability::Preferred,
        Acceptability::Acceptable,
        Acceptability::Reference(reference(900_000_000_000_548_007)),
    ]);
    vec(one, 0..2)
}

fn description_filter(pool: &Pool) -> Drawn<DescriptionFilter> {
    let terms = vec(search_term(pool.terms.clone()), 1..3);
    let tokens = vec![TypeToken::FullySpecifiedName, TypeToken::Synonym, TypeToken::Definition];
    let types = one_of(vec![900_000_000_000_003_001, 900_000_000_000_013_009]);
    let aliases = select(vec!["en-gb", "en-us", "EN-GB", "en-x-nhs-clinical"]);
    let alias = (aliases, acceptability()).prop_map(|(alias, acceptability)| DialectAlias {
        alias: alias.to_owned(),
        acceptability,
        span: Span::default(),
    });
    let dialect = |refset| bare(Focus::Concept(reference(refset)));
    let with_id = (select(vec![BRITISH, AMERICAN]), acceptability())
        .prop_map(|(refset, acceptability)| DialectId { refset: reference(refset), acceptability });
    let ids = vec(select(pool.descriptions.clone()), 1..4);
    prop_oneof![
        6 => (equality(), terms).prop_map(|(equality, terms)| DescriptionFilter::Term(equality, terms)),
        1 => (equality(), select(vec!["en", "sv"]))
            .prop_map(|(equality, code)| DescriptionFilter::Language(equality, vec![code.to_owned()])),
        2 => (equality(), vec(select(tokens), 1..3))
            .prop_map(|(equality, tokens)| DescriptionFilter::Type(equality, tokens)),
        1 => (equality(), types).prop_map(|(equality, ids)| DescriptionFilter::TypeId(equality, ids)),
        2 => (equality(), vec(alias, 1..3))
            .prop_map(|(equality, list)| DescriptionFilter::Dialect(equality, list)),
        1 => (equality(), select(vec![BRITISH, AMERICAN]), acceptability()).prop_map(
            move |(equality, refset, acceptability)| {
                DescriptionFilter::DialectExpression(equality, Box::new(dialect(refset)), acceptability)
            }
        ),
        1 => (equality(), vec(with_id, 2..3))
            .prop_map(|(equality, list)| DescriptionFilter::DialectId(equality, list)),
        1 => (equality(), one_of(pool.modules.clone()))
            .prop_map(|(equality, ids)| DescriptionFilter::Module(equality, ids)),
        1 => (order(), times(pool))
            .prop_map(|(order, times)| DescriptionFilter::EffectiveTime(order, times)),
        1 => (equality(), activity())
            .prop_map(|(equality, activity)| DescriptionFilter::Active(equality, activity)),
        1 => (equality(), ids).prop_map(|(equality, ids)| {
            DescriptionFilter::Id(equality, ids.into_iter().filter_map(Sctid::as_published).collect())
        }),
    ]
    .boxed()
}

/// Filters of the rows of a refset, by its own columns and by what every row has.
pub(super) fn member_filter(refset: &Refset) -> Drawn<Criteria<MemberFilter>> {
    let columns: Vec<_> =
        refset.columns.iter().filter(|(_, _, values)| !values.is_empty()).cloned().collect();
    let modules = one_of(vec![900_000_000_000_207_008, 999_000_011_000_000_103]);
    let day = vec(select(vec![20_020_131, 20_200_731, 20_260_401]), 1..2);
    let common = prop_oneof![
        (equality(), modules).prop_map(|(equality, ids)| MemberFilter::Module(equality, ids)),
        (order(), day).prop_map(|(order, days)| {
            MemberFilter::EffectiveTime(
                order,
                days.into_iter().map(|day| Time(Some(day))).collect(),
            )
        }),
        (equality(), activity())
            .prop_map(|(equality, activity)| MemberFilter::Active(equality, activity)),
    ]
    .boxed();
    if columns.is_empty() {
        return braces(common).boxed();
    }
    let own = select(columns)
        .prop_flat_map(|(name, kind, values)| {
            compared(kind, values)
                .prop_map(move |compared| MemberFilter::Field(field(&name), compared))
        })
        .boxed();
    braces(prop_oneof![2 => own, 1 => common].boxed()).boxed()
}

/// The comparison that suits a column.
fn compared(kind: Kind, values: Vec<String>) -> Drawn<FieldComparison> {
    let ids: Vec<u64> = values.iter().filter_map(|value| value.parse().ok()).collect();
    match kind {
        Kind::Integer if !ids.is_empty() => (order(), select(ids))
            .prop_map(|(order, n)| FieldComparison::Number(order, Number(n.to_string())))
            .boxed(),
        Kind::Component if !ids.is_empty() => (equality(), select(ids), any::<bool>())
            .prop_map(|(equality, id, below)| {
                let hierarchy = below.then_some(HierarchyOperator::DescendantOrSelfOf);
                let sub = SubExpression { hierarchy, ..bare(Focus::Concept(reference(id))) };
                FieldComparison::Concepts(equality, Box::new(sub))
            })
            .boxed(),
        _ => (equality(), vec(search_term(values), 1..2))
            .prop_map(|(equality, terms): (Equality, _)| FieldComparison::Terms(equality, terms))
            .boxed(),
    }
}
