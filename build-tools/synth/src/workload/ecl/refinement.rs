//! Refinements: attributes, their groups and numbers, and concrete values.

use super::Kind;
use super::draw::Stated;
use crate::random::Random;
use crate::snomed::attributes::{Attribute, LABEL, STRENGTH, SUGAR_FREE, Value};
use crate::snomed::concepts::Concept;
use crate::snomed::kind::KindIndex;
use crate::workload::Workload;

pub(super) const KINDS: &[Kind] = &[
    ("attribute", 60, attribute),
    ("two attributes", 36, two_attributes),
    ("grouped attributes", 40, grouped),
    ("attribute hierarchy", 20, attribute_hierarchy),
    ("any value", 12, any_value),
    ("any attribute", 12, any_attribute),
    ("attribute or attribute", 16, either),
    ("attribute not present", 8, |work, random| counted(work, "[0..0] ", random)),
    ("attribute once", 8, |work, random| counted(work, "[1..1] ", random)),
    ("attribute twice or more", 8, |work, random| counted(work, "[2..*] ", random)),
    ("group cardinality", 8, counted_groups),
    ("attribute not equal", 8, not_equal),
    ("reverse attribute", 10, reverse),
    ("dotted attribute", 10, dotted),
    ("nested value", 10, nested),
    ("number equal", 10, |work, random| number(work, "=", random)),
    ("number in order", 10, |work, random| {
        let order = [">=", "<", ">", "<="][random.below(4)];
        number(work, order, random)
    }),
    ("number in range", 8, range),
    ("boolean", 2, boolean),
    ("string", 2, string),
];

impl Stated {
    /// The attribute with its value or something above it.
    fn written(&self, work: &Workload<'_>, random: &mut Random) -> String {
        format!("{} = << {}", self.kind, work.value(self.target, random))
    }

    /// The attribute with something well above its value: one of two that are to meet.
    fn written_broadly(&self, work: &Workload<'_>, random: &mut Random) -> String {
        let size = 1 << random.between(6, 14);
        format!("{} = << {}", self.kind, work.id(work.above(self.target, size, random)))
    }
}

fn attribute(work: &Workload<'_>, random: &mut Random) -> String {
    let stated = work.one_stated(random);
    let value = stated.written(work, random);
    format!("<< {} : {value}", work.field(stated.source, random))
}

fn two_attributes(work: &Workload<'_>, random: &mut Random) -> String {
    let list = work.stated(random, 2);
    let first = &list[random.below(list.len())];
    let second = &list[random.below(list.len())];
    let (one, other) = (first.written(work, random), second.written_broadly(work, random));
    let values = format!("{one}, {other}");
    format!("<< {} : {values}", work.field(first.source, random))
}

fn grouped(work: &Workload<'_>, random: &mut Random) -> String {
    let (first, second) = work.two_stated(random);
    let (one, other) = (first.written(work, random), second.written_broadly(work, random));
    format!("<< {} : {{ {one}, {other} }}", work.field(first.source, random))
}

/// Attributes with others below them: Associated with, Procedure site, Has ingredient and
/// Has active ingredient.
const BROAD_ATTRIBUTES: &[(u64, &[u64])] = &[
    (47_429_007, &[47_429_007, 42_752_001, 255_234_002]),
    (363_704_007, &[405_813_007, 405_814_001]),
    (762_951_001, &[127_489_000, 762_949_000, 732_943_007]),
    (127_489_000, &[127_489_000, 762_949_000]),
];

fn attribute_hierarchy(work: &Workload<'_>, random: &mut Random) -> String {
    let (general, specific) = BROAD_ATTRIBUTES[random.below(BROAD_ATTRIBUTES.len())];
    for _ in 0..10_000 {
        let stated = work.one_stated(random);
        if specific.contains(&stated.kind) {
            let value = work.value(stated.target, random);
            let field = work.field(stated.source, random);
            return format!("<< {field} : << {general} = << {value}");
        }
    }
    attribute(work, random)
}

fn any_value(work: &Workload<'_>, random: &mut Random) -> String {
    let stated = work.one_stated(random);
    format!("<< {} : {} = *", work.broad(stated.source, random), stated.kind)
}

fn any_attribute(work: &Workload<'_>, random: &mut Random) -> String {
    let stated = work.one_stated(random);
    let value = work.value(stated.target, random);
    format!("<< {} : * = << {value}", work.field(stated.source, random))
}

fn either(work: &Workload<'_>, random: &mut Random) -> String {
    let first = work.one_stated(random);
    let list = work.stated_of(first.source);
    let second = &list[random.below(list.len())];
    let values = format!("{} OR {}", first.written(work, random), second.written(work, random));
    let field = work.field(first.source, random);
    match random.below(3) {
        0 => format!("<< {field} : {{ {values} }}"),
        _ => format!("<< {field} : {values}"),
    }
}

fn counted(work: &Workload<'_>, cardinality: &str, random: &mut Random) -> String {
    let stated = work.one_stated(random);
    let field = work.field(stated.source, random);
    match random.below(2) {
        0 => format!("<< {field} : {cardinality}{} = *", stated.kind),
        _ => {
            let size = 1 << random.between(8, 14);
            let value = work.id(work.above(stated.target, size, random));
            format!("<< {field} : {cardinality}{} = << {value}", stated.kind)
        }
    }
}

fn counted_groups(work: &Workload<'_>, random: &mut Random) -> String {
    let (first, second) = work.two_stated(random);
    let field = work.field(first.source, random);
    let size = 1 << random.between(8, 14);
    let value = work.id(work.above(first.target, size, random));
    let cardinality = ["[1..1]", "[2..*]", "[0..0]", "[2..2]"][random.below(4)];
    format!("<< {field} : {cardinality} {{ {} = << {value}, {} = * }}", first.kind, second.kind)
}

fn not_equal(work: &Workload<'_>, random: &mut Random) -> String {
    let stated = work.one_stated(random);
    let value = work.value(stated.target, random);
    format!("<< {} : {} != << {value}", work.broad(stated.source, random), stated.kind)
}

fn reverse(work: &Workload<'_>, random: &mut Random) -> String {
    let stated = work.one_stated(random);
    let values = work.field(stated.target, random);
    let sources = work.broad(stated.source, random);
    format!("<< {values} : R {} = << {sources}", stated.kind)
}

fn dotted(work: &Workload<'_>, random: &mut Random) -> String {
    let stated = work.one_stated(random);
    let sources = work.broad(stated.source, random);
    let further = work.stated_of(stated.target);
    match further.first() {
        Some(next) if random.chance(600) => {
            format!("<< {sources} . {} . {}", stated.kind, next.kind)
        }
        _ => format!("<< {sources} . {}", stated.kind),
    }
}

fn nested(work: &Workload<'_>, random: &mut Random) -> String {
    loop {
        let outer = work.one_stated(random);
        if let Some(inner) = work.stated_of(outer.target).first() {
            let value = inner.written(work, random);
            let values = work.field(outer.target, random);
            let field = work.field(outer.source, random);
            return format!("<< {field} : {} = (<< {values} : {value})", outer.kind);
        }
    }
}

/// A product of a kind that has some concrete value, and the value; nothing where a small release
/// has no such product.
fn concrete(work: &Workload<'_>, kind: u64, random: &mut Random) -> Option<(Concept, Attribute)> {
    for _ in 0..20_000 {
        let source = work.of_kind(KindIndex::CLINICAL_DRUG, random);
        let found = work.content.attributes(source).iter().copied().find(|one| one.kind == kind);
        if let Some(attribute) = found {
            return Some((source, attribute));
        }
    }
    None
}

/// A strength, and a branch with products of that strength in it.
fn strength(work: &Workload<'_>, random: &mut Random) -> (u64, &'static str) {
    match concrete(work, STRENGTH, random) {
        Some((source, Attribute { value: Value::Number(number), .. })) => {
            (work.field(source, random), number)
        }
        _ => (KindIndex::CLINICAL_DRUG.get().root, "500"),
    }
}

fn number(work: &Workload<'_>, order: &str, random: &mut Random) -> String {
    let (field, number) = strength(work, random);
    format!("<< {field} : {STRENGTH} {order} #{number}")
}

fn range(work: &Workload<'_>, random: &mut Random) -> String {
    let (field, number) = strength(work, random);
    format!("<< {field} : {{ {STRENGTH} >= #{number}, {STRENGTH} < #1000 }}")
}

fn boolean(work: &Workload<'_>, random: &mut Random) -> String {
    let found = concrete(work, SUGAR_FREE, random);
    let truth = !matches!(found, Some((_, Attribute { value: Value::Truth(false), .. })));
    format!("<< {} : {SUGAR_FREE} = {truth}", KindIndex::CLINICAL_DRUG.get().root)
}

fn string(work: &Workload<'_>, random: &mut Random) -> String {
    // The release spells it as ECL does: quotes and backslashes behind a backslash.
    let text = match concrete(work, LABEL, random) {
        Some((_, Attribute { value: Value::Label(first, second), .. })) => {
            Value::label(first, second)
        }
        _ => "none".to_owned(),
    };
    format!("<< {} : {LABEL} = \"{text}\"", KindIndex::CLINICAL_DRUG.get().root)
}
