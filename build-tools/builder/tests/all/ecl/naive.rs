//! The naive evaluator and the random expressions themselves: what stands on them stands on
//! answers worked out by hand, and on expressions of every kind.

use std::collections::BTreeSet;
use std::path::Path;

use crate::support::naive_ecl::{Found, Naive, Refusal, Release};
use crate::support::random_ecl::{self, Pool};
use crate::support::testdata;
use farr::Sctid;
use farr::ecl::syntax::{
    Attribute, AttributeGroup, Cardinality, Comparison, ConceptReference, Equality, Expression,
    FieldName, Focus, HierarchyOperator, HistorySupplement, Refinement, RefsetOperator, Span,
    SubExpression,
};
use proptest::strategy::{Strategy, ValueTree};
use proptest::test_runner::TestRunner;

const ROOT: u64 = 138_875_005;
const IS_A: u64 = 116_680_003;
const INGREDIENT: u64 = 127_489_000;
const SITE: u64 = 363_698_007;
const CORE: u64 = 900_000_000_000_207_008;
const SAME_AS: u64 = 900_000_000_000_527_005;
const SIMPLE: u64 = 446_609_009;
const LANGUAGE: u64 = 900_000_000_000_508_004;

/// Products, and the substances 201 to 205 that they are made of: the specification's example.
const PRODUCTS: [u64; 3] = [1_010_003, 1_020_003, 1_030_003];
const SUBSTANCES: [u64; 5] = [2_010_003, 2_020_003, 2_030_003, 2_040_003, 2_050_003];
const RETIRED: u64 = 3_010_003;

/// Writes a release of a few rows and reads it.
fn small() -> Release {
    let folder = tempfile::tempdir().expect("a temporary folder can be made");
    let concepts = [ROOT, INGREDIENT, SITE, SAME_AS, SIMPLE, LANGUAGE]
        .into_iter()
        .chain(PRODUCTS)
        .chain(SUBSTANCES)
        .map(|id| (id, 1))
        .chain([(RETIRED, 0)])
        .map(|(id, active)| format!("{id}\t20200131\t{active}\t{CORE}\t900000000000074008"));
    write(folder.path(), "sct2_Concept_Snapshot_INT_20200131.txt", concepts);
    let up = |id: u64, to: u64| (id, to, 0, IS_A);
    let contains = |group, product: usize, substance: usize| {
        (PRODUCTS[product], SUBSTANCES[substance], group, INGREDIENT)
    };
    let rows = [
        up(PRODUCTS[0], ROOT),
        up(PRODUCTS[1], PRODUCTS[0]),
        up(PRODUCTS[2], PRODUCTS[1]),
        up(SUBSTANCES[0], ROOT),
        up(SUBSTANCES[1], SUBSTANCES[0]),
        contains(1, 0, 0),
        contains(1, 0, 1),
        contains(2, 0, 2),
        contains(1, 1, 1),
        contains(1, 1, 3),
        contains(0, 2, 4),
        contains(0, 2, 1),
        (PRODUCTS[0], SUBSTANCES[4], 1, SITE),
    ];
    let rows = rows.into_iter().zip(1..).map(|((source, target, group, kind), row)| {
        let inferred = 900_000_000_000_011_006_u64;
        let id = row * 1000 + 20;
        format!(
            "{id}\t20200131\t1\t{CORE}\t{source}\t{target}\t{group}\t{kind}\t{inferred}\t900000000000451002"
        )
    });
    write(folder.path(), "sct2_Relationship_Snapshot_INT_20200131.txt", rows);
    let member = |row: u32, active: u8, refset: u64, component: u64| {
        format!(
            "{row:08}-0000-4000-8000-000000000000\t20200131\t{active}\t{CORE}\t{refset}\t{component}"
        )
    };
    let simple = [member(1, 1, SIMPLE, PRODUCTS[0]), member(2, 0, SIMPLE, PRODUCTS[1])];
    write(folder.path(), "der2_Refset_SimpleSnapshot_INT_20200131.txt", simple.into_iter());
    let association = format!("{}\t{}", member(3, 1, SAME_AS, RETIRED), PRODUCTS[2]);
    let name = "der2_cRefset_AssociationSnapshot_INT_20200131.txt";
    write(folder.path(), name, [association].into_iter());
    let language = format!("{}\t900000000000548007", member(4, 1, LANGUAGE, 5_010_011));
    let name = "der2_cRefset_LanguageSnapshot-en_INT_20200131.txt";
    write(folder.path(), name, [language].into_iter());
    Release::read(&[folder.path()])
}

fn write(folder: &Path, name: &str, rows: impl Iterator<Item = String>) {
    let metadata = "id\teffectiveTime\tactive\tmoduleId\trefsetId\treferencedComponentId";
    let own = match name {
        _ if name.contains("Association") => "\ttargetComponentId",
        _ if name.contains("Language") => "\tacceptabilityId",
        _ => "",
    };
    // Only refset files are read by the names of their columns.
    let text: String = rows.map(|row| format!("{row}\r\n")).collect();
    std::fs::write(folder.join(name), format!("{metadata}{own}\r\n{text}"))
        .expect("the file can be written");
}

fn id(id: u64) -> SubExpression {
    let id = Sctid::as_published(id).expect("an id");
    let reference = ConceptReference { id, term: None, span: Span::default() };
    SubExpression::new(Focus::Concept(reference), Span::default())
}

fn any() -> SubExpression {
    SubExpression::new(Focus::Any, Span::default())
}

fn with(operator: HierarchyOperator, sub: SubExpression) -> SubExpression {
    SubExpression { hierarchy: Some(operator), ..sub }
}

fn members(operator: RefsetOperator, sub: SubExpression) -> SubExpression {
    SubExpression { refset: Some(operator), ..sub }
}

fn range(least: u32, most: u32) -> Option<Cardinality> {
    Some(Cardinality { least, most: Some(most) })
}

fn ingredient(
    cardinality: Option<Cardinality>,
    equality: Equality,
    value: SubExpression,
) -> Attribute {
    Attribute {
        cardinality,
        reverse: false,
        name: Box::new(id(INGREDIENT)),
        comparison: Comparison::Concepts(equality, Box::new(value)),
        span: Span::default(),
    }
}

fn group(cardinality: Option<Cardinality>, attributes: Refinement) -> Refinement {
    let attributes = Box::new(attributes);
    Refinement::Group(AttributeGroup { cardinality, attributes, span: Span::default() })
}

#[track_caller]
fn found(expression: Expression, expected: &[u64]) {
    let release = small();
    let answer = Naive { release: &release }.evaluate(&expression);
    assert_eq!(answer, Ok(Found::Concepts(expected.iter().copied().collect())), "{expression:?}");
}

#[track_caller]
fn refined(refinement: Refinement, expected: &[u64]) {
    found(Expression::Refined(any(), refinement), expected);
}

#[test]
fn operators_walk_the_hierarchy() {
    use HierarchyOperator as Operator;
    let [first, second, third] = PRODUCTS;
    let sub = |operator, one| Expression::Sub(with(operator, id(one)));
    found(sub(Operator::DescendantOf, first), &[second, third]);
    found(sub(Operator::DescendantOrSelfOf, RETIRED), &[RETIRED]);
    found(sub(Operator::DescendantOf, RETIRED), &[]);
    found(sub(Operator::ChildOf, first), &[second]);
    found(sub(Operator::AncestorOf, third), &[ROOT, first, second]);
    found(sub(Operator::ParentOrSelfOf, third), &[second, third]);
    let children = [first, second, third, SUBSTANCES[0], SUBSTANCES[1]];
    found(Expression::Sub(with(Operator::DescendantOf, any())), &children);
    let parents = [ROOT, first, second, SUBSTANCES[0]];
    found(Expression::Sub(with(Operator::AncestorOf, any())), &parents);
    let ends = Expression::Or(vec![id(first), id(third), id(RETIRED)]);
    let ends = || SubExpression::new(Focus::Nested(Box::new(ends.clone())), Span::default());
    found(Expression::Sub(with(Operator::Top, ends())), &[first, RETIRED]);
    found(Expression::Sub(with(Operator::Bottom, ends())), &[third, RETIRED]);
}

#[test]
fn a_reversed_attribute_counts_its_sources() {
    let reverse = Attribute { reverse: true, ..ingredient(range(3, 3), Equality::Equal, any()) };
    refined(Refinement::Attribute(reverse), &[SUBSTANCES[1]]);
}

#[test]
fn attributes_are_counted_in_all_groups_or_in_one() {
    let [first, second, third] = PRODUCTS;
    let one = |cardinality| Refinement::Attribute(ingredient(cardinality, Equality::Equal, any()));
    refined(one(range(3, 3)), &[first]);
    refined(group(None, one(range(2, 2))), &[first, second]);
    // Each attribute of group 0 is a group of its own.
    refined(group(range(2, 2), one(None)), &[first, third]);
    let outside = |cardinality| {
        let value = with(HierarchyOperator::DescendantOrSelfOf, id(SUBSTANCES[0]));
        Refinement::Attribute(ingredient(cardinality, Equality::NotEqual, value))
    };
    refined(outside(None), &[first, second, third]);
    let none_outside = Refinement::And(vec![outside(range(0, 0)), one(None)]);
    refined(none_outside, &[]);
}

#[test]
fn refsets_are_of_concepts() {
    let [first, _, third] = PRODUCTS;
    found(Expression::Sub(members(RefsetOperator::MemberOf, id(SIMPLE))), &[first]);
    found(Expression::Sub(members(RefsetOperator::MemberOf, any())), &[first, RETIRED]);
    found(Expression::Sub(members(RefsetOperator::ContainingAny, id(first))), &[SIMPLE]);
    let target = FieldName { name: "targetComponentId".to_owned(), span: Span::default() };
    let target = || RefsetOperator::Fields(vec![target.clone()]);
    found(Expression::Sub(members(target(), id(SAME_AS))), &[third]);
    let supplemented = SubExpression { history: Some(HistorySupplement::Minimum), ..id(third) };
    found(Expression::Sub(supplemented), &[third, RETIRED]);
    let release = small();
    let refused = |sub| Naive { release: &release }.evaluate(&Expression::Sub(sub));
    assert_eq!(
        refused(members(RefsetOperator::MemberOf, id(LANGUAGE))),
        Err(Refusal::NotOfConcepts(LANGUAGE))
    );
    assert_eq!(
        refused(members(target(), id(SIMPLE))),
        Err(Refusal::UnknownField("targetComponentId".to_owned()))
    );
}

#[test]
fn random_expressions_are_of_every_kind_and_mostly_answered() {
    const CASES: usize = 1_500;
    let folder = testdata("synthetic");
    let release = Release::read(&[&folder]);
    let naive = Naive { release: &release };
    let strategy = random_ecl::expression(&Pool::of(&release));
    let mut runner = TestRunner::deterministic();
    let (mut some, mut refused) = (0, 0);
    let mut drawn: BTreeSet<&str> = BTreeSet::new();
    for _ in 0..CASES {
        let tree = strategy.new_tree(&mut runner).expect("an expression");
        let expression = tree.current();
        match naive.evaluate(&expression) {
            Ok(Found::Concepts(set)) => some += usize::from(!set.is_empty()),
            Ok(Found::Rows(rows)) => some += usize::from(!rows.is_empty()),
            Err(_) => refused += 1,
        }
        let text = format!("{expression:?}");
        drawn.extend(NODES.iter().filter(|node| text.contains(**node)));
    }
    assert_eq!(drawn.len(), NODES.len(), "{drawn:?}");
    assert!(some > CASES / 3, "{some} of {CASES} have answers");
    assert!(refused < CASES / 5, "{refused} of {CASES} are refused");
}

/// How the nodes of a tree begin where it is printed.
const NODES: &[&str] = &[
    "And([",
    "Or([",
    "Minus(",
    "Refined(",
    "Dotted(",
    "DescendantOf",
    "DescendantOrSelfOf",
    "ChildOf",
    "ChildOrSelfOf",
    "AncestorOf",
    "AncestorOrSelfOf",
    "ParentOf",
    "ParentOrSelfOf",
    "Top",
    "Bottom",
    "MemberOf",
    "Fields(",
    "AllFields(",
    "ContainingAny",
    "Any",
    "Alternate(",
    "Nested(",
    "Group(",
    "cardinality: Some(",
    "reverse: true",
    "Concepts(NotEqual",
    "Number(",
    "Boolean(",
    "Term(",
    "Language(",
    "Type(",
    "TypeId(",
    "Dialect(",
    "DialectExpression(",
    "DialectId(",
    "Module(",
    "EffectiveTime(",
    "Active(",
    "Id(",
    "DefinitionStatus(",
    "DefinitionStatusId(",
    "Field(",
    "Terms(",
    "Match(",
    "Wild(",
    "References(",
    "Minimum",
    "Moderate",
    "Maximum",
    "Subset(",
];
