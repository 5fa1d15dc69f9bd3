//! What concepts inherit: a concept says all that its first parent says, of the same values or of
//! subtypes of them, as in a classified release.

use super::attributes::{Attribute, Value};
use super::concepts::{Adjacency, Concept};
use super::content::Content;
use super::hierarchy::KindRange;
use crate::random::Random;
use rayon::prelude::*;

/// Of a thousand inherited values, how many are refined to a subtype.
const REFINED: usize = 300;
/// Of a thousand of its own attributes, how many a concept with children keeps: what it says is
/// said by all below it.
const KEPT_ABOVE: usize = 420;

/// The attributes of all concepts.
#[derive(Debug, Default)]
pub(crate) struct AttributeTable {
    starts: Vec<u32>,
    rows: Vec<Attribute>,
}

impl AttributeTable {
    pub(crate) fn of(&self, concept: Concept) -> &[Attribute] {
        let at = concept as usize;
        match self.starts.get(at..at + 2) {
            Some(&[start, end]) => &self.rows[start as usize..end as usize],
            _ => &[],
        }
    }
}

impl Content {
    /// The attributes of every concept.
    pub(super) fn attribute_table(&self) -> AttributeTable {
        let children = self.children();
        // Parents stand before their children, in the same kind.
        let kinds: Vec<Vec<Vec<Attribute>>> = self
            .concepts
            .kinds
            .par_iter()
            .map(|range| self.attributes_of_kind(range, &children))
            .collect();
        let fixed = self.concepts.fixed.len();
        let mut table = AttributeTable { starts: vec![0; fixed + 1], rows: Vec::new() };
        for list in kinds.into_iter().flatten() {
            table.rows.extend(list);
            table.starts.push(table.rows.len() as u32);
        }
        table
    }

    /// The active children of each concept.
    fn children(&self) -> Adjacency {
        let mut lists = vec![Vec::new(); self.concepts.len()];
        for kind in &self.concepts.kinds {
            for concept in kind.active() {
                for &parent in self.concepts.parents.of(concept) {
                    lists[parent as usize].push(concept);
                }
            }
        }
        let mut children = Adjacency::default();
        lists.iter().for_each(|list| children.push(list));
        children
    }

    fn attributes_of_kind(&self, range: &KindRange, children: &Adjacency) -> Vec<Vec<Attribute>> {
        let mut lists: Vec<Vec<Attribute>> = Vec::with_capacity((range.end - range.first) as usize);
        for concept in range.first..range.end {
            let mut own = self.drawn_attributes(concept);
            let mut random = self.random("inherited attributes", concept);
            if !children.of(concept).is_empty() {
                // Values that are no concepts have no subtypes, and are said of no group.
                own.retain(|attribute| {
                    matches!(attribute.value, Value::Concept(_)) && random.chance(KEPT_ABOVE)
                });
            }
            let parent = self.concepts.parents.of(concept).first();
            let above = parent.and_then(|parent| parent.checked_sub(range.first));
            let list = match above.filter(|_| range.active().contains(&concept)) {
                Some(above) => {
                    let above = &lists[above as usize];
                    self.inherit(concept, above, own, children, &mut random)
                }
                None => own,
            };
            lists.push(list);
        }
        lists
    }

    /// What a concept says: all that is said above it, and of its own what that leaves room for.
    fn inherit(
        &self,
        concept: Concept,
        above: &[Attribute],
        own: Vec<Attribute>,
        children: &Adjacency,
        random: &mut Random,
    ) -> Vec<Attribute> {
        let wanted = own.len();
        let mut list: Vec<Attribute> = above
            .iter()
            .map(|attribute| match attribute.value {
                Value::Concept(value) if random.chance(REFINED) => {
                    let value = self.refined(concept, value, children, random);
                    Attribute { value: Value::Concept(value), ..*attribute }
                }
                _ => *attribute,
            })
            .collect();
        for attribute in own {
            let is_concept = matches!(attribute.value, Value::Concept(_));
            let said = list
                .iter()
                .any(|other| (other.group, other.kind) == (attribute.group, attribute.kind));
            if !said && (list.len() < wanted || !is_concept) {
                list.push(attribute);
            }
        }
        list.sort_by_key(|attribute| attribute.group);
        list
    }

    /// A child of a value that a concept can refer to; the value itself where there is none.
    fn refined(
        &self,
        concept: Concept,
        value: Concept,
        children: &Adjacency,
        random: &mut Random,
    ) -> Concept {
        let below = children.of(value);
        let first = random.below(below.len());
        let mut around = below[first..].iter().chain(&below[..first]).copied();
        let module = self.concepts.module(concept);
        let fits = |child: &Concept| {
            *child != concept
                && self.concepts.module(*child) <= module
                && !self.concepts.is_newcomer(*child)
        };
        around.find(fits).unwrap_or(value)
    }
}
