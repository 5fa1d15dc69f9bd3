//! What to use now for an inactive concept.

use std::fmt;
use std::sync::Arc;

use super::kind::AssociationKind;
use super::walk::{Direction, Walk};
use crate::snomed::association::{Association, raw_association};
use crate::snomed::concept::Concept;
use crate::snomed::edition::Snomed;
use crate::snomed::refset::{Code, Component};

/// What to use now for a concept.
///
/// Several are never made one: whether [`Successors::Several`] has one candidate or ten, the release
/// leaves the choice to a person who knows what was meant.
#[derive(Clone, Debug)]
pub enum Successors<'t> {
    /// The concept is itself active.
    Active,
    /// This one stands in its place: every way ends there, and one of them is of SAME AS and
    /// REPLACED BY alone.
    One(Successor<'t>),
    /// These may, and the release does not say which: several ends, or one that only weaker
    /// associations lead to, or one beside ways that end nowhere.
    Several(Candidates<'t>),
    /// Nothing does.
    None(NoSuccessor<'t>),
}

/// An active concept that an inactive one leads to, and by which way.
#[derive(Clone)]
pub struct Successor<'t> {
    concept: Concept<'t>,
    way: Way<'t>,
}

/// How something was reached: kept in the form that costs least.
#[derive(Clone)]
enum Way<'t> {
    Direct(Association<'t>),
    /// A node of a walk.
    Walked(Arc<Walk<'t>>, u32),
}

impl<'t> Way<'t> {
    fn path(&self) -> Vec<Association<'t>> {
        match self {
            Way::Direct(association) => vec![*association],
            Way::Walked(walk, place) => walk.path(*place),
        }
    }

    fn weakest(&self) -> AssociationKind {
        match self {
            Way::Direct(association) => association.kind(),
            Way::Walked(walk, place) => {
                walk.nodes.get(*place as usize).map_or(AssociationKind::Other, |node| node.weakest)
            }
        }
    }
}

impl<'t> Successor<'t> {
    /// The active concept.
    pub fn concept(&self) -> Concept<'t> {
        self.concept
    }

    /// The associations that lead to it, one a hop, and where each leads: the strongest way, and of
    /// equally strong ones the shortest. Allocates.
    pub fn path(&self) -> Vec<Association<'t>> {
        self.way.path()
    }

    /// The weakest association of its path: how much the path as a whole says.
    pub fn weakest(&self) -> AssociationKind {
        self.way.weakest()
    }
}

impl fmt::Debug for Successor<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Successor")
            .field("concept", &self.concept)
            .field("path", &self.path())
            .finish()
    }
}

/// What may stand in the place of an inactive concept: the strongest first.
#[derive(Clone, Debug)]
pub struct Candidates<'t> {
    /// The active concepts, each once.
    pub successors: Vec<Successor<'t>>,
    /// Whether all of them together mean what the concept meant, by PARTIALLY EQUIVALENT TO: one
    /// of them alone would leave out a part.
    pub all_needed: bool,
    /// Ways that led to no active concept.
    pub dead_ends: Vec<DeadEnd<'t>>,
}

/// That nothing stands in the place of an inactive concept.
#[derive(Clone, Debug)]
pub struct NoSuccessor<'t> {
    /// Where its ways end: at least one.
    pub dead_ends: Vec<DeadEnd<'t>>,
}

/// Where a way ends without an active concept.
#[derive(Clone)]
pub struct DeadEnd<'t> {
    component: Component<'t>,
    reason: DeadEndReason,
    way: Way<'t>,
}

/// Why a way ends there.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum DeadEndReason {
    /// An inactive concept without any association.
    NoAssociation,
    /// An inactive concept that was moved to another namespace: see [`Concept::moved_to`].
    MovedTo,
    /// An inactive concept whose associations are of no kind that is followed.
    NotFollowed,
    /// A concept that the release does not have.
    NotInRelease,
    /// It is no concept.
    NotAConcept,
    /// Inactive concepts lead to each other in a circle, and nowhere else.
    Circle,
}

impl DeadEndReason {
    /// A word for it that stays, `no-association` say.
    pub fn code(self) -> &'static str {
        match self {
            DeadEndReason::NoAssociation => "no-association",
            DeadEndReason::MovedTo => "moved-to",
            DeadEndReason::NotFollowed => "not-followed",
            DeadEndReason::NotInRelease => "not-in-release",
            DeadEndReason::NotAConcept => "not-a-concept",
            DeadEndReason::Circle => "circle",
        }
    }
}

impl<'t> DeadEnd<'t> {
    /// What stands at the end of the way: of a circle one of its concepts.
    pub fn component(&self) -> Component<'t> {
        self.component
    }

    /// Why the way ends there.
    pub fn reason(&self) -> DeadEndReason {
        self.reason
    }

    /// The associations that lead to it; none where it is the concept asked about. Allocates.
    pub fn path(&self) -> Vec<Association<'t>> {
        self.way.path()
    }
}

impl fmt::Debug for DeadEnd<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("DeadEnd")
            .field("component", &self.component)
            .field("reason", &self.reason)
            .field("path", &self.path())
            .finish()
    }
}

impl<'t> Successors<'t> {
    /// The one concept to use now: the one successor. `None` where there are several, or none, or
    /// the concept is active.
    pub fn one(&self) -> Option<Concept<'t>> {
        match self {
            Successors::One(successor) => Some(successor.concept),
            _ => None,
        }
    }

    /// Every active concept that a way leads to.
    pub fn all(&self) -> &[Successor<'t>] {
        match self {
            Successors::One(successor) => std::slice::from_ref(successor),
            Successors::Several(candidates) => &candidates.successors,
            Successors::Active | Successors::None(_) => &[],
        }
    }

    /// The ways that led to no active concept.
    pub fn dead_ends(&self) -> &[DeadEnd<'t>] {
        match self {
            Successors::Several(candidates) => &candidates.dead_ends,
            Successors::None(none) => &none.dead_ends,
            Successors::Active | Successors::One(_) => &[],
        }
    }

    /// `active`, `one`, `several` or `none`.
    pub fn code(&self) -> &'static str {
        match self {
            Successors::Active => "active",
            Successors::One(_) => "one",
            Successors::Several(_) => "several",
            Successors::None(_) => "none",
        }
    }
}

impl<'t> Concept<'t> {
    /// What to use now for it, where it is inactive: over any number of hops, with the associations
    /// followed.
    ///
    /// Followed are SAME AS and REPLACED BY, and with less weight PARTIALLY EQUIVALENT TO,
    /// POSSIBLY EQUIVALENT TO, POSSIBLY REPLACED BY, SIMILAR TO, ALTERNATIVE and WAS A. MOVED TO,
    /// MOVED FROM and REFERS TO are not: they lead to no substitute. Each concept is looked at
    /// once, so circles end.
    ///
    /// One hop costs well under a microsecond and allocates nothing.
    ///
    /// ```
    /// # let golden = concat!(env!("CARGO_MANIFEST_DIR"), "/testdata/golden/1.0-synthetic.farr");
    /// # let terminology = farr::Terminology::open([golden])?;
    /// # let snomed = terminology.snomed()?;
    /// use farr::snomed::Successors;
    /// for concept in snomed.concepts() {
    ///     match concept.successors() {
    ///         Successors::Active => assert!(concept.is_active()),
    ///         Successors::One(successor) => assert!(successor.weakest().is_replacement()),
    ///         Successors::Several(candidates) => assert!(!candidates.successors.is_empty()),
    ///         Successors::None(none) => assert!(!none.dead_ends.is_empty()),
    ///     }
    /// }
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn successors(self) -> Successors<'t> {
        if self.is_active() {
            return Successors::Active;
        }
        let snomed = self.snomed;
        if let [entry] = snomed.raw_associations(self.ordinal) {
            let (code, number) = raw_association(*entry);
            if let (Code::Concept(ordinal), Some(refset)) =
                (Code::of(code), snomed.refset_of_number(number))
                && ordinal < snomed.layout.active
            {
                let concept = Concept { snomed, ordinal };
                let association = Association { refset, target: Component::Concept(concept) };
                if association.kind().is_replacement() {
                    return Successors::One(Successor { concept, way: Way::Direct(association) });
                }
            }
        }
        let follows = |number| Some(snomed.association_kind(number)).filter(|k| k.is_followed());
        of_walk(snomed, Walk::from(snomed, self.ordinal, Direction::Forward, follows))
    }

    /// The namespaces that MOVED TO names of it: whose issuer may have the concept now.
    pub fn moved_to(self) -> impl Iterator<Item = Component<'t>> + use<'t> {
        self.associations()
            .filter(|association| association.kind() == AssociationKind::MovedTo)
            .map(|association| association.target)
    }
}

fn of_walk<'t>(snomed: Snomed<'t>, walk: Walk<'t>) -> Successors<'t> {
    let walk = Arc::new(walk);
    let places = || (0_u32..).zip(&walk.nodes);
    let is_end = |place: u32| {
        let node = walk.nodes.get(place as usize);
        node.is_some_and(|node| node.links == 0)
    };
    let successors: Vec<Successor<'t>> = places()
        .filter_map(|(place, node)| {
            let concept = Concept { snomed, ordinal: walk.active(node)? };
            Some(Successor { concept, way: Way::Walked(Arc::clone(&walk), place) })
        })
        .collect();
    let mut ends: Vec<(u32, DeadEndReason)> = places()
        .filter(|(_, node)| node.links == 0 && walk.active(node).is_none())
        .map(|(place, _)| (place, dead_end(walk.component(place))))
        .collect();
    let trapped = walk.trapped(places().map(|(place, _)| place).filter(|place| is_end(*place)));
    // One is enough to tell of a circle.
    ends.extend(trapped.first().map(|place| (*place, DeadEndReason::Circle)));
    let dead_ends: Vec<DeadEnd<'t>> = ends
        .into_iter()
        .map(|(place, reason)| DeadEnd {
            component: walk.component(place),
            reason,
            way: Way::Walked(Arc::clone(&walk), place),
        })
        .collect();
    match successors.as_slice() {
        [] => Successors::None(NoSuccessor { dead_ends }),
        [one] if dead_ends.is_empty() && one.weakest().is_replacement() => {
            Successors::One(one.clone())
        }
        _ => {
            let all_needed = dead_ends.is_empty() && walk.is_partition();
            Successors::Several(Candidates { successors, all_needed, dead_ends })
        }
    }
}

/// Why nothing was followed on from a component.
pub(super) fn dead_end(component: Component<'_>) -> DeadEndReason {
    let concept = match component {
        Component::Concept(concept) => concept,
        Component::Other(_) => return DeadEndReason::NotInRelease,
        Component::Description(_) | Component::None => return DeadEndReason::NotAConcept,
    };
    if concept.moved_to().next().is_some() {
        DeadEndReason::MovedTo
    } else if concept.associations().next().is_some() {
        DeadEndReason::NotFollowed
    } else {
        DeadEndReason::NoAssociation
    }
}
