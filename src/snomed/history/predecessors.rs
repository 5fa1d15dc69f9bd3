//! What a concept stands in for.

use std::fmt;
use std::sync::Arc;

use super::kind::AssociationKind;
use super::walk::{Direction, Walk};
use crate::snomed::association::Association;
use crate::snomed::concept::Concept;
use crate::snomed::refset::Component;

/// An inactive concept that leads to another one, and by which way.
#[derive(Clone)]
pub struct Predecessor<'t> {
    concept: Concept<'t>,
    walk: Arc<Walk<'t>>,
    place: u32,
}

impl<'t> Predecessor<'t> {
    /// The inactive concept.
    pub fn concept(&self) -> Concept<'t> {
        self.concept
    }

    /// The associations that lead from it to the concept asked about, one a hop: the strongest way,
    /// and of equally strong ones the shortest. Allocates.
    pub fn path(&self) -> Vec<Association<'t>> {
        self.walk.path(self.place)
    }

    /// The weakest association of its path: how much the path as a whole says.
    pub fn weakest(&self) -> AssociationKind {
        let node = self.walk.nodes.get(self.place as usize);
        node.map_or(AssociationKind::Other, |node| node.weakest)
    }
}

impl fmt::Debug for Predecessor<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Predecessor")
            .field("concept", &self.concept)
            .field("path", &self.path())
            .finish()
    }
}

impl<'t> Concept<'t> {
    /// The inactive concepts from which a way leads to it, over any number of hops: of an active
    /// concept those that have it among their [successors](Concept::successors), of an inactive one
    /// those that lead on through it. The strongest come first.
    ///
    /// Costs as much as there are associations on the way.
    ///
    /// ```
    /// # let golden = concat!(env!("CARGO_MANIFEST_DIR"), "/testdata/golden/1.0-synthetic.farr");
    /// # let terminology = farr::Terminology::open([golden])?;
    /// # let snomed = terminology.snomed()?;
    /// for old in snomed.concepts() {
    ///     for successor in old.successors().all() {
    ///         let before = successor.concept().predecessors();
    ///         assert!(before.iter().any(|predecessor| predecessor.concept() == old));
    ///     }
    /// }
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn predecessors(self) -> Vec<Predecessor<'t>> {
        let snomed = self.snomed;
        if snomed.raw_inverse_associations(self.ordinal).is_empty() {
            return Vec::new();
        }
        let follows = |number| Some(snomed.association_kind(number)).filter(|k| k.is_followed());
        let walk = Arc::new(Walk::from(snomed, self.ordinal, Direction::Backward, follows));
        let count = u32::try_from(walk.nodes.len()).unwrap_or(u32::MAX);
        // The first is where the walk began.
        (1..count)
            .filter_map(|place| match walk.component(place) {
                Component::Concept(concept) => {
                    Some(Predecessor { concept, walk: Arc::clone(&walk), place })
                }
                _ => None,
            })
            .collect()
    }
}
