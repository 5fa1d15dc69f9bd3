//! What kinds of historical association there are, and what each says.

use crate::id::Sctid;
use crate::snomed::association::Association;
use crate::snomed::constants;
use crate::snomed::edition::Snomed;

/// What an association says of where it leads. The order is that of how much it says: the strongest
/// come first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum AssociationKind {
    /// SAME AS: the same meaning.
    SameAs,
    /// REPLACED BY: what to use in its place.
    ReplacedBy,
    /// PARTIALLY EQUIVALENT TO: all of them together mean what the concept meant.
    PartiallyEquivalentTo,
    /// POSSIBLY EQUIVALENT TO: the concept meant one of these.
    PossiblyEquivalentTo,
    /// POSSIBLY REPLACED BY: one of these may be used in its place.
    PossiblyReplacedBy,
    /// SIMILAR TO.
    SimilarTo,
    /// ALTERNATIVE: the nearest to a concept that came of a classification.
    Alternative,
    /// An association that this library does not know.
    Other,
    /// WAS A: a former parent, wider than the concept was.
    WasA,
    /// MOVED TO: a namespace, whose issuer has the concept now. No substitute.
    MovedTo,
    /// MOVED FROM: from a new concept to the old one.
    MovedFrom,
    /// REFERS TO: from a description to the concept that it really names.
    RefersTo,
}

impl AssociationKind {
    /// The kind of the refset with this id.
    ///
    /// ```
    /// use farr::snomed::{AssociationKind, constants};
    /// assert_eq!(AssociationKind::of(constants::WAS_A), AssociationKind::WasA);
    /// assert!(AssociationKind::SameAs < AssociationKind::WasA);
    /// ```
    pub fn of(refset: Sctid) -> AssociationKind {
        match refset {
            constants::SAME_AS => AssociationKind::SameAs,
            constants::REPLACED_BY => AssociationKind::ReplacedBy,
            constants::PARTIALLY_EQUIVALENT_TO => AssociationKind::PartiallyEquivalentTo,
            constants::POSSIBLY_EQUIVALENT_TO => AssociationKind::PossiblyEquivalentTo,
            constants::POSSIBLY_REPLACED_BY => AssociationKind::PossiblyReplacedBy,
            constants::SIMILAR_TO => AssociationKind::SimilarTo,
            constants::ALTERNATIVE => AssociationKind::Alternative,
            constants::WAS_A => AssociationKind::WasA,
            constants::MOVED_TO => AssociationKind::MovedTo,
            constants::MOVED_FROM => AssociationKind::MovedFrom,
            constants::REFERS_TO => AssociationKind::RefersTo,
            _ => AssociationKind::Other,
        }
    }

    /// Whether what it leads to stands in the concept's place: SAME AS and REPLACED BY.
    pub fn is_replacement(self) -> bool {
        self <= AssociationKind::ReplacedBy
    }

    /// Whether it leads from an inactive concept to what may stand in its place. MOVED TO, MOVED
    /// FROM, REFERS TO and unknown kinds do not.
    pub fn is_followed(self) -> bool {
        self <= AssociationKind::WasA && self != AssociationKind::Other
    }

    /// A word for it that stays, `same-as` say.
    pub fn code(self) -> &'static str {
        match self {
            AssociationKind::SameAs => "same-as",
            AssociationKind::ReplacedBy => "replaced-by",
            AssociationKind::PartiallyEquivalentTo => "partially-equivalent-to",
            AssociationKind::PossiblyEquivalentTo => "possibly-equivalent-to",
            AssociationKind::PossiblyReplacedBy => "possibly-replaced-by",
            AssociationKind::SimilarTo => "similar-to",
            AssociationKind::Alternative => "alternative",
            AssociationKind::Other => "other",
            AssociationKind::WasA => "was-a",
            AssociationKind::MovedTo => "moved-to",
            AssociationKind::MovedFrom => "moved-from",
            AssociationKind::RefersTo => "refers-to",
        }
    }
}

impl Association<'_> {
    /// What it says.
    pub fn kind(self) -> AssociationKind {
        AssociationKind::of(self.refset.id())
    }
}

impl Snomed<'_> {
    /// The kind of the refset with this number.
    pub(super) fn association_kind(self, number: u16) -> AssociationKind {
        self.refset_of_number(number)
            .map_or(AssociationKind::Other, |refset| AssociationKind::of(refset.id()))
    }
}
