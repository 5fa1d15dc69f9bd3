//! One concept against a plan: nothing is expanded.

use crate::ecl::syntax::HierarchyOperator;
use crate::snomed::{Concept, Snomed, source};

use super::hierarchy;
use super::plan::{Asked, AttributeTest, Grouping, Kinds, Node, Refinement};

/// Value, kind and role group of an attribute as stored.
#[inline]
fn parts(row: &[u8; 8]) -> (u32, u16, u16) {
    let [a, b, c, d, e, f, g, h] = *row;
    (u32::from_le_bytes([a, b, c, d]), u16::from_le_bytes([e, f]), u16::from_le_bytes([g, h]))
}

#[inline]
fn is_asked(test: &AttributeTest<'_>, row: &[u8; 8]) -> bool {
    let (value, kind, _) = parts(row);
    test.kinds.contains(kind)
        && match &test.asked {
            Asked::Value(values) => values.contains(value),
            Asked::Any => true,
            Asked::Source(_) => false,
        }
}

/// Whether a concept has an attribute of a test.
pub(super) fn has_attribute(snomed: Snomed<'_>, ordinal: u32, test: &AttributeTest<'_>) -> bool {
    match &test.asked {
        Asked::Source(sources) => test.kinds.0.iter().any(|kind| {
            let postings = snomed.kind_index(*kind).postings(ordinal, ordinal.saturating_add(1));
            postings.iter().any(|posting| sources.contains(source(posting)))
        }),
        _ => snomed.attribute_rows(ordinal).iter().any(|row| is_asked(test, row)),
    }
}

/// How many attributes of a test a concept has; of a reverse one, from how many sources.
pub(super) fn count_attributes(snomed: Snomed<'_>, ordinal: u32, test: &AttributeTest<'_>) -> u32 {
    let count = match &test.asked {
        Asked::Source(sources) => {
            let mut found: Vec<u32> = Vec::new();
            for kind in &test.kinds.0 {
                let index = snomed.kind_index(*kind);
                let postings = index.postings(ordinal, ordinal.saturating_add(1));
                found.extend(postings.iter().map(source).filter(|at| sources.contains(*at)));
            }
            found.sort_unstable();
            found.dedup();
            found.len()
        }
        _ => {
            let rows = snomed.attribute_rows(ordinal).iter();
            rows.filter(|row| is_asked(test, row)).count()
        }
    };
    u32::try_from(count).unwrap_or(u32::MAX)
}

/// Gives the values of a concept's attributes of these kinds.
pub(super) fn each_value(
    snomed: Snomed<'_>,
    ordinal: u32,
    kinds: &Kinds,
    mut with: impl FnMut(u32),
) {
    for row in snomed.attribute_rows(ordinal) {
        let (value, kind, _) = parts(row);
        if kinds.contains(kind) {
            with(value);
        }
    }
}

/// How many role groups of a concept satisfy a refinement; an attribute that is not grouped is a
/// group of its own.
pub(super) fn count_groups(
    snomed: Snomed<'_>,
    ordinal: u32,
    grouping: &Grouping,
    within: &Refinement<'_>,
) -> u32 {
    let rows = snomed.attribute_rows(ordinal);
    let together = |one: &[u8; 8], next: &[u8; 8]| {
        let (group, next) = (parts(one).2, parts(next).2);
        group != 0 && group == next
    };
    let counts = |group: &&[[u8; 8]]| match &grouping.kinds {
        Some(kinds) => group.iter().any(|row| kinds.contains(parts(row).1)),
        None => true,
    };
    let groups = rows.chunk_by(together).filter(counts);
    let count = groups.filter(|group| group_satisfies(group, within)).count();
    u32::try_from(count).unwrap_or(u32::MAX)
}

fn group_satisfies(group: &[[u8; 8]], within: &Refinement<'_>) -> bool {
    match within {
        Refinement::Attribute(test) => {
            let count = group.iter().filter(|row| is_asked(test, row)).count();
            test.counted.allows(u32::try_from(count).unwrap_or(u32::MAX))
        }
        Refinement::And(all) => all.iter().all(|one| group_satisfies(group, one)),
        Refinement::Or(any) => any.iter().any(|one| group_satisfies(group, one)),
        // The parser lets no group stand in a group.
        Refinement::Group(..) => false,
    }
}

/// Whether a concept satisfies a refinement.
fn satisfies(snomed: Snomed<'_>, ordinal: u32, asked: &Refinement<'_>) -> bool {
    match asked {
        Refinement::Attribute(test) if test.counted.is_some() => {
            has_attribute(snomed, ordinal, test)
        }
        Refinement::Attribute(test) => test.counted.allows(count_attributes(snomed, ordinal, test)),
        Refinement::Group(grouping, within) => {
            grouping.counted.allows(count_groups(snomed, ordinal, grouping, within))
        }
        Refinement::And(all) => all.iter().all(|one| satisfies(snomed, ordinal, one)),
        Refinement::Or(any) => any.iter().any(|one| satisfies(snomed, ordinal, one)),
    }
}

/// Whether a concept is in what a plan gives; `None` where only an evaluation can tell.
pub(super) fn matches(snomed: Snomed<'_>, ordinal: u32, node: &Node<'_>) -> Option<bool> {
    Some(match node {
        Node::Known(set) => set.contains(ordinal),
        Node::Hierarchy(operator, inner) => return by_hierarchy(snomed, ordinal, *operator, inner),
        Node::And(all) => {
            let mut unknown = false;
            for one in all {
                match matches(snomed, ordinal, one) {
                    Some(false) => return Some(false),
                    Some(true) => {}
                    None => unknown = true,
                }
            }
            return (!unknown).then_some(true);
        }
        Node::Or(any) => {
            let mut unknown = false;
            for one in any {
                match matches(snomed, ordinal, one) {
                    Some(true) => return Some(true),
                    Some(false) => {}
                    None => unknown = true,
                }
            }
            return (!unknown).then_some(false);
        }
        Node::Minus(from, without) => {
            matches(snomed, ordinal, from)? && !matches(snomed, ordinal, without)?
        }
        Node::Refined(focus, asked) => {
            matches(snomed, ordinal, focus)? && satisfies(snomed, ordinal, asked)
        }
        Node::Dotted(inner, kinds) => {
            for kind in &kinds.0 {
                let index = snomed.kind_index(*kind);
                for posting in index.postings(ordinal, ordinal.saturating_add(1)) {
                    if matches(snomed, source(posting), inner)? {
                        return Some(true);
                    }
                }
            }
            false
        }
        Node::Members(test) => return test.contains(snomed, ordinal),
        Node::Containing(inner) => return super::member::contains_any(snomed, ordinal, inner),
        Node::Described(inner, test) => {
            matches(snomed, ordinal, inner)? && test.accepts(Concept { snomed, ordinal })
        }
        Node::Filtered(inner, test) => {
            matches(snomed, ordinal, inner)? && test.accepts(Concept { snomed, ordinal })
        }
        Node::History(inner, refsets) => {
            if matches(snomed, ordinal, inner)? {
                return Some(true);
            }
            for target in super::history::successors(snomed, ordinal, refsets) {
                if matches(snomed, target, inner)? {
                    return Some(true);
                }
            }
            false
        }
    })
}

/// Whether the neighbours that an operator looks at the other way are in what a plan gives.
fn by_hierarchy(
    snomed: Snomed<'_>,
    ordinal: u32,
    operator: HierarchyOperator,
    inner: &Node<'_>,
) -> Option<bool> {
    use HierarchyOperator as Op;
    let (reverse, with_self) = match operator {
        Op::DescendantOf => (Op::AncestorOf, false),
        Op::DescendantOrSelfOf => (Op::AncestorOf, true),
        Op::ChildOf => (Op::ParentOf, false),
        Op::ChildOrSelfOf => (Op::ParentOf, true),
        Op::ParentOf => (Op::ChildOf, false),
        Op::ParentOrSelfOf => (Op::ChildOf, true),
        // What lies below a concept may be most of the release.
        Op::AncestorOf | Op::AncestorOrSelfOf | Op::Top | Op::Bottom => return None,
    };
    if with_self && matches(snomed, ordinal, inner)? {
        return Some(true);
    }
    let mut found = Some(false);
    hierarchy::of_concept(snomed, reverse, ordinal).each(|at| {
        if found == Some(false) {
            found = matches(snomed, at, inner);
        }
    });
    found
}
