//! Attributes and definition status.

use std::fmt::Write;

use super::about::{About, name};
use crate::diff::{Change, ChangeKind};
use crate::id::Sctid;
use crate::snomed::constants::INFERRED;
use crate::snomed::{AttributeValue, Concept, DefinitionStatus, Snomed};

/// Tells of the attributes of a concept that is in both releases.
pub(super) fn tell(
    about: &About<'_, '_>,
    (old, new): (Concept<'_>, Concept<'_>),
    emit: &mut dyn FnMut(Change),
) {
    let (attributes, attributes_now) = (old.raw_attributes(), new.raw_attributes());
    let mut pairs = attributes.iter().zip(attributes_now);
    let is_same = attributes.len() == attributes_now.len()
        && pairs.all(|(old, new)| about.sides().is_same_attribute(*old, *new));
    if is_same {
        return;
    }
    // In another order, or in groups of other numbers, they are still the same.
    let (mut groups, mut groups_now) = (groups(old), groups(new));
    leave_common(&mut groups, &mut groups_now);
    if groups.is_empty() && groups_now.is_empty() {
        return;
    }
    let (before, after) = (text(old.snomed, &groups), text(new.snomed, &groups_now));
    emit(about.change(ChangeKind::ConceptRedefined).from_to(before, after));
}

/// An attribute without the number of its group.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Told {
    attribute_type: Sctid,
    value: Value,
    characteristic_type: Sctid,
}

#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Value {
    Concept(Sctid),
    Concrete(String),
}

/// The attributes of a role group, or one that is in none.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Group {
    is_grouped: bool,
    attributes: Vec<Told>,
}

fn groups(concept: Concept<'_>) -> Vec<Group> {
    let mut groups: Vec<Group> = Vec::new();
    for group in concept.role_groups() {
        let mut attributes: Vec<Told> = group
            .attributes()
            .map(|attribute| Told {
                attribute_type: attribute.attribute_type,
                value: match attribute.value {
                    AttributeValue::Concept(value) => Value::Concept(value.id()),
                    AttributeValue::Missing(id) => Value::Concept(id),
                    AttributeValue::Concrete(value) => Value::Concrete(value.to_string()),
                },
                characteristic_type: attribute.characteristic_type,
            })
            .collect();
        attributes.sort_unstable();
        match group.number {
            0 => groups.extend(
                attributes
                    .into_iter()
                    .map(|one| Group { is_grouped: false, attributes: vec![one] }),
            ),
            _ => groups.push(Group { is_grouped: true, attributes }),
        }
    }
    groups.sort_unstable();
    groups
}

/// Leaves out of each list what stands in both, as often as it does; they ascend.
pub(super) fn leave_common<T: Ord>(one: &mut Vec<T>, other: &mut Vec<T>) {
    let (mut left, mut left_other) = (Vec::new(), Vec::new());
    let mut ones = std::mem::take(one).into_iter().peekable();
    let mut others = std::mem::take(other).into_iter().peekable();
    while let (Some(first), Some(first_other)) = (ones.peek(), others.peek()) {
        match first.cmp(first_other) {
            std::cmp::Ordering::Less => left.extend(ones.next()),
            std::cmp::Ordering::Greater => left_other.extend(others.next()),
            std::cmp::Ordering::Equal => {
                ones.next();
                others.next();
            }
        }
    }
    left.extend(ones);
    left_other.extend(others);
    (*one, *other) = (left, left_other);
}

/// Groups in the manner of compositional grammar; `None` where there are none.
fn text(snomed: Snomed<'_>, groups: &[Group]) -> Option<String> {
    let mut text = String::new();
    // A string takes whatever is written.
    for group in groups {
        if !text.is_empty() {
            text.push_str(", ");
        }
        if group.is_grouped {
            text.push_str("{ ");
        }
        for (place, attribute) in group.attributes.iter().enumerate() {
            if place > 0 {
                text.push_str(", ");
            }
            let _ = match &attribute.value {
                Value::Concept(value) => write!(
                    text,
                    "{} = {}",
                    Named(snomed, attribute.attribute_type),
                    Named(snomed, *value)
                ),
                Value::Concrete(value) => {
                    write!(text, "{} = {value}", Named(snomed, attribute.attribute_type))
                }
            };
            if attribute.characteristic_type != INFERRED {
                let _ = write!(text, " [{}]", Named(snomed, attribute.characteristic_type));
            }
        }
        if group.is_grouped {
            text.push_str(" }");
        }
    }
    Some(text).filter(|text| !text.is_empty())
}

/// An id with its term, as expressions have them.
struct Named<'t>(Snomed<'t>, Sctid);

impl std::fmt::Display for Named<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self.0.concept(self.1).and_then(name) {
            Some(name) => write!(f, "{} |{name}|", self.1),
            None => self.1.fmt(f),
        }
    }
}

/// Tells of the definition status of a concept that is in the same state in both releases, and
/// whether there was something to tell.
pub(super) fn tell_status(
    about: &About<'_, '_>,
    (old, new): (Concept<'_>, Concept<'_>),
    emit: &mut dyn FnMut(Change),
) -> bool {
    let (before, after) = (old.definition_status(), new.definition_status());
    if before == after {
        return false;
    }
    let change = about.change(ChangeKind::DefinitionStatusChanged);
    emit(change.from_to(before.map(word), after.map(word)));
    true
}

fn word(status: DefinitionStatus) -> String {
    match status {
        DefinitionStatus::Defined => "defined".to_owned(),
        DefinitionStatus::Primitive => "primitive".to_owned(),
        DefinitionStatus::Other(id) => id.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_stands_in_both_is_left_out_as_often_as_it_does() {
        let (mut one, mut other) = (vec![1, 2, 2, 3, 5], vec![0, 2, 3, 3, 5]);
        leave_common(&mut one, &mut other);
        assert_eq!((one, other), (vec![1, 2], vec![0, 3]));
    }
}
