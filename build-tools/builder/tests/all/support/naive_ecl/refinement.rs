//! Refinements: for each concept, the rows of its attributes gone through one by one.

use std::collections::{BTreeMap, BTreeSet};

use farr::ecl::syntax::{self, Cardinality, Comparison, Equality, Order, Refinement};

use super::release::Attribute;
use super::value::{Decimal, in_order};
use super::{Concepts, Naive, Refusal, is_any_value};

/// A refinement whose names and values are known.
enum Known<'e> {
    Attribute { cardinality: Option<Cardinality>, reverse: bool, names: Concepts, value: Value<'e> },
    Group(Option<Cardinality>, Box<Known<'e>>),
    And(Vec<Known<'e>>),
    Or(Vec<Known<'e>>),
}

/// What a value is compared with.
enum Value<'e> {
    /// `= *`: any value at all.
    Any,
    Concepts(Equality, Concepts),
    Number(Order, Decimal),
    Strings(Equality, &'e [String]),
    Boolean(Equality, bool),
}

impl Naive<'_> {
    /// The members of a set that satisfy a refinement.
    pub(super) fn refined(
        &self,
        set: Concepts,
        refinement: &Refinement,
    ) -> Result<Concepts, Refusal> {
        let known = self.known_refinement(refinement, false)?;
        Ok(set.into_iter().filter(|concept| self.satisfies(*concept, &known)).collect())
    }

    /// The concepts that attributes of these names lead to.
    pub(super) fn values_of(&self, set: &Concepts, names: &Concepts) -> Concepts {
        let rows = set.iter().flat_map(|source| self.attributes(*source));
        rows.filter(|row| names.contains(&row.kind)).filter_map(concept_of).collect()
    }

    fn attributes(&self, source: u64) -> &[Attribute] {
        self.release.attributes.get(&source).map_or(&[], Vec::as_slice)
    }

    fn known_refinement<'e>(
        &self,
        refinement: &'e Refinement,
        within_group: bool,
    ) -> Result<Known<'e>, Refusal> {
        let all = |list: &'e [Refinement]| {
            let known = list.iter().map(|one| self.known_refinement(one, within_group));
            known.collect::<Result<Vec<_>, _>>()
        };
        Ok(match refinement {
            Refinement::And(list) => Known::And(all(list)?),
            Refinement::Or(list) => Known::Or(all(list)?),
            Refinement::Group(group) => {
                let inner = self.known_refinement(&group.attributes, true)?;
                Known::Group(group.cardinality, Box::new(inner))
            }
            Refinement::Attribute(attribute) if attribute.reverse && within_group => {
                return Err(Refusal::ReverseInGroup);
            }
            Refinement::Attribute(attribute) => Known::Attribute {
                cardinality: attribute.cardinality,
                reverse: attribute.reverse,
                names: self.sub(&attribute.name)?,
                value: self.known_value(attribute)?,
            },
        })
    }

    fn known_value<'e>(&self, attribute: &'e syntax::Attribute) -> Result<Value<'e>, Refusal> {
        Ok(match &attribute.comparison {
            Comparison::Concepts(Equality::Equal, sub)
                if is_any_value(sub) && !attribute.reverse =>
            {
                Value::Any
            }
            Comparison::Concepts(equality, sub) => Value::Concepts(*equality, self.sub(sub)?),
            Comparison::Number(order, number) => {
                let number = Decimal::read(&number.0).expect("the parser takes numbers only");
                Value::Number(*order, number)
            }
            Comparison::Strings(equality, list) => Value::Strings(*equality, list),
            Comparison::Boolean(equality, truth) => Value::Boolean(*equality, *truth),
        })
    }

    fn satisfies(&self, concept: u64, known: &Known<'_>) -> bool {
        match known {
            Known::And(list) => list.iter().all(|one| self.satisfies(concept, one)),
            Known::Or(list) => list.iter().any(|one| self.satisfies(concept, one)),
            Known::Group(cardinality, inner) => {
                let groups = groups(self.attributes(concept));
                let count = groups.iter().filter(|group| group_satisfies(group, inner)).count();
                is_within(*cardinality, count)
            }
            Known::Attribute { cardinality, reverse: true, names, value } => {
                is_within(*cardinality, self.sources_of(concept, names, value).len())
            }
            Known::Attribute { .. } => {
                let rows: Vec<&Attribute> = self.attributes(concept).iter().collect();
                group_satisfies(&rows, known)
            }
        }
    }

    /// The sources that lead to a concept.
    fn sources_of(&self, concept: u64, names: &Concepts, value: &Value<'_>) -> BTreeSet<u64> {
        let wanted = |source: u64| match value {
            Value::Concepts(equality, set) => {
                set.contains(&source) == (*equality == Equality::Equal)
            }
            _ => false,
        };
        let leads = |row: &Attribute| names.contains(&row.kind) && concept_of(row) == Some(concept);
        let all = self.release.attributes.iter();
        all.filter(|(source, rows)| wanted(**source) && rows.iter().any(leads))
            .map(|(source, _)| *source)
            .collect()
    }
}

fn concept_of(row: &Attribute) -> Option<u64> {
    row.value.parse().ok()
}

/// The role groups; each attribute of group 0 is a group of its own.
fn groups(rows: &[Attribute]) -> Vec<Vec<&Attribute>> {
    let mut numbered: BTreeMap<u16, Vec<&Attribute>> = BTreeMap::new();
    let mut alone = Vec::new();
    for row in rows {
        match row.group {
            0 => alone.push(vec![row]),
            group => numbered.entry(group).or_default().push(row),
        }
    }
    numbered.into_values().chain(alone).collect()
}

/// Whether these rows, taken as a whole, satisfy what stands in braces.
fn group_satisfies(rows: &[&Attribute], known: &Known<'_>) -> bool {
    match known {
        Known::And(list) => list.iter().all(|one| group_satisfies(rows, one)),
        Known::Or(list) => list.iter().any(|one| group_satisfies(rows, one)),
        Known::Group(..) => unreachable!("no group stands in a group"),
        Known::Attribute { cardinality, names, value, .. } => {
            let fits = |row: &&&Attribute| names.contains(&row.kind) && value.is_met_by(&row.value);
            is_within(*cardinality, rows.iter().filter(fits).count())
        }
    }
}

fn is_within(cardinality: Option<Cardinality>, count: usize) -> bool {
    let Cardinality { least, most } = cardinality.unwrap_or(Cardinality { least: 1, most: None });
    count >= least as usize && most.is_none_or(|most| count <= most as usize)
}

impl Value<'_> {
    /// `published` is a concept, or a concrete value as the release writes it.
    fn is_met_by(&self, published: &str) -> bool {
        let equals = |equality: &Equality, same: bool| same == (*equality == Equality::Equal);
        let quoted = published.strip_prefix('"').and_then(|text| text.strip_suffix('"'));
        match self {
            Value::Any => true,
            Value::Concepts(equality, set) => {
                published.parse().is_ok_and(|id| equals(equality, set.contains(&id)))
            }
            Value::Number(order, number) => published
                .strip_prefix('#')
                .and_then(Decimal::read)
                .is_some_and(|own| in_order(*order, own.cmp(number))),
            Value::Strings(equality, list) => {
                quoted.is_some_and(|text| equals(equality, list.contains(&unescaped(text))))
            }
            Value::Boolean(equality, truth) => {
                let own = ["false", "true"].iter().position(|t| published.eq_ignore_ascii_case(t));
                own.is_some_and(|own| equals(equality, (own == 1) == *truth))
            }
        }
    }
}

fn unescaped(text: &str) -> String {
    let mut plain = String::new();
    let mut characters = text.chars();
    while let Some(character) = characters.next() {
        match character {
            '\\' => plain.extend(characters.next()),
            other => plain.push(other),
        }
    }
    plain
}
