//! What kinds of change there are, each with a word that is kept for ever.

use std::fmt;
use std::str::FromStr;

/// A kind of change between two releases.
///
/// Its [code](ChangeKind::code) is kept for ever, so that a pipeline may act on it and an audit log
/// may hold it. Kinds are added, never given another meaning.
///
/// # Example
/// ```
/// use farr::diff::ChangeKind;
///
/// let kind: ChangeKind = "concept-inactivated".parse()?;
/// assert_eq!(kind, ChangeKind::ConceptInactivated);
/// assert!(kind.matters());
/// assert!(!ChangeKind::DescriptionAdded.matters());
/// # Ok::<(), farr::diff::UnknownChangeKind>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum ChangeKind {
    /// A concept that the older release has not.
    ConceptAdded,
    /// A concept that the newer release has not in any state. A release never takes a concept back:
    /// an extension was left out, or the releases are of different editions.
    ConceptRemoved,
    /// Active before, inactive now: with the reason, and what to use instead.
    ConceptInactivated,
    /// Inactive before, active now.
    ConceptReactivated,
    /// Its parents are others.
    ConceptMoved,
    /// Its parents are the same, its ancestors are not: something above it moved.
    AncestorsChanged,
    /// Its attributes are others.
    ConceptRedefined,
    /// Primitive before and defined now, or the reverse.
    DefinitionStatusChanged,
    /// It is of another module: an extension gave it to the international edition, say.
    ConceptModuleChanged,
    /// What an inactive concept leads to is another.
    SuccessorsChanged,
    /// Why an inactive concept is inactive is said otherwise.
    ReasonChanged,
    /// What the history substitution table puts in the place of a concept is another.
    SubstitutionsChanged,
    /// Another scheme calls it by an identifier that it did not.
    AlternateIdentifierAdded,
    /// Another scheme no longer calls it by an identifier.
    AlternateIdentifierRetired,
    /// The fully specified name is another.
    FullySpecifiedNameChanged,
    /// The preferred term of a language reference set is another.
    PreferredTermChanged,
    /// What it means is put into other words.
    TextDefinitionChanged,
    /// A term, new.
    DescriptionAdded,
    /// A term active before and inactive, or gone, now.
    DescriptionRetired,
    /// A term inactive before and active now.
    DescriptionReactivated,
    /// The same description id with another text, type, language or case significance.
    DescriptionChanged,
    /// A term is preferred, acceptable or neither where it was not, its preferred term apart.
    AcceptabilityChanged,
    /// A reference set, new.
    RefsetAdded,
    /// A reference set without rows now.
    RefsetRemoved,
    /// A row of a reference set, new or active again.
    MemberAdded,
    /// A row of a reference set, active before and inactive or gone now.
    MemberRetired,
    /// A row of a reference set with other values.
    MemberChanged,
    /// A row of a map, new or active again.
    MapRowAdded,
    /// A row of a map, active before and inactive or gone now.
    MapRowRetired,
    /// A row of a map with other values.
    MapRowChanged,
    /// What a map answers for a concept is another.
    MapAnswerChanged,
    /// An active relationship, new, of a concept that is active in neither release: it makes nothing.
    RelationshipAdded,
    /// An active relationship of such a concept that is inactive, or gone, now.
    RelationshipRetired,
    /// Only its module or its date is another.
    Republished,
    /// A product, new.
    ProductAdded,
    /// A product that the newer dm+d has not, neither as itself nor as a previous id.
    ProductRemoved,
    /// The product has another id.
    ProductIdChanged,
    /// Marked as invalid now.
    ProductInvalidated,
    /// Marked as invalid before, and not now.
    ProductRevalidated,
    /// Its name is another.
    ProductRenamed,
    /// Discontinued now, or available with restrictions where it was not, or the reverse.
    AvailabilityChanged,
    /// Its prescribing status, or whether it may be prescribed, is another.
    PrescribingStatusChanged,
    /// A price is another.
    PriceChanged,
    /// A barcode leads to a pack that it did not lead to.
    GtinAdded,
    /// A barcode no longer leads to a pack.
    GtinRemoved,
    /// A barcode that was known leads to other packs than it did: to another one, or to one more.
    GtinPacksChanged,
    /// Another element of a product is another.
    ProductChanged,
    /// An ingredient, trade family or entry of a lookup, new.
    RecordAdded,
    /// An ingredient, trade family or entry of a lookup that is no more.
    RecordRemoved,
    /// An ingredient, trade family or entry of a lookup with other elements.
    RecordChanged,
    /// What an id that something had before leads to is another: several things, say.
    IdAnswerChanged,
    /// A rubric, new.
    RubricAdded,
    /// A rubric that the newer edition has not.
    RubricRemoved,
    /// Another title.
    RubricRetitled,
    /// Below another rubric.
    RubricMoved,
    /// It may be coded with now and could not before, or the reverse, or needs further characters.
    RubricValidityChanged,
    /// Dagger, asterisk, or the partners of either.
    RubricUsageChanged,
    /// Its limits of sex or age.
    RubricLimitsChanged,
    /// Inclusions, exclusions and notes.
    RubricTextsChanged,
    /// A constraint, a value set or a list of codes yields the code now and did not; a binding rejected it
    /// and does not now.
    Included,
    /// A constraint, a value set or a list of codes does not yield the code now and did; a binding rejects
    /// it now and did not.
    Excluded,
    /// A binding warns of the code now and accepted it before, or the reverse, or finds something else with
    /// it: rejected it was before and is now, or in neither.
    VerdictChanged,
    /// Whether something changed cannot be known: one of the releases cannot be asked.
    CannotTell,
}

/// A kind, its code, whether it matters, and its words.
type Known = (ChangeKind, &'static str, bool, &'static str);

use ChangeKind::*;

/// In the order of the kinds.
const KNOWN: [Known; 63] = [
    (ConceptAdded, "concept-added", false, "concepts added"),
    (ConceptRemoved, "concept-removed", true, "concepts gone from the release"),
    (ConceptInactivated, "concept-inactivated", true, "concepts inactivated"),
    (ConceptReactivated, "concept-reactivated", true, "concepts reactivated"),
    (ConceptMoved, "concept-moved", true, "concepts with other parents"),
    (AncestorsChanged, "ancestors-changed", true, "concepts with other ancestors, same parents"),
    (ConceptRedefined, "concept-redefined", true, "concepts with other attributes"),
    (DefinitionStatusChanged, "definition-status-changed", true, "definition statuses changed"),
    (ConceptModuleChanged, "concept-module-changed", false, "concepts of another module"),
    (SuccessorsChanged, "successors-changed", true, "inactive concepts with other successors"),
    (ReasonChanged, "reason-changed", false, "reasons of inactivation changed"),
    (SubstitutionsChanged, "substitutions-changed", true, "substitutions of the table changed"),
    (AlternateIdentifierAdded, "alternate-identifier-added", false, "alternate identifiers added"),
    (
        AlternateIdentifierRetired,
        "alternate-identifier-retired",
        true,
        "alternate identifiers retired",
    ),
    (FullySpecifiedNameChanged, "fsn-changed", true, "fully specified names changed"),
    (PreferredTermChanged, "preferred-term-changed", true, "preferred terms changed"),
    (TextDefinitionChanged, "text-definition-changed", true, "text definitions changed"),
    (DescriptionAdded, "description-added", false, "descriptions added"),
    (DescriptionRetired, "description-retired", true, "descriptions retired"),
    (DescriptionReactivated, "description-reactivated", true, "descriptions reactivated"),
    (DescriptionChanged, "description-changed", true, "descriptions changed"),
    (AcceptabilityChanged, "acceptability-changed", true, "acceptabilities changed"),
    (RefsetAdded, "refset-added", false, "reference sets added"),
    (RefsetRemoved, "refset-removed", true, "reference sets gone"),
    (MemberAdded, "member-added", true, "rows of reference sets added"),
    (MemberRetired, "member-retired", true, "rows of reference sets retired"),
    (MemberChanged, "member-changed", true, "rows of reference sets changed"),
    (MapRowAdded, "map-row-added", false, "rows of maps added"),
    (MapRowRetired, "map-row-retired", false, "rows of maps retired"),
    (MapRowChanged, "map-row-changed", true, "rows of maps changed"),
    (MapAnswerChanged, "map-answer-changed", true, "answers of maps changed"),
    (
        RelationshipAdded,
        "relationship-added",
        true,
        "relationships added of concepts that are not active",
    ),
    (
        RelationshipRetired,
        "relationship-retired",
        true,
        "relationships retired of concepts that are not active",
    ),
    (Republished, "republished", false, "rows with another module or date alone"),
    (ProductAdded, "product-added", false, "products added"),
    (ProductRemoved, "product-removed", true, "products gone from dm+d"),
    (ProductIdChanged, "product-id-changed", true, "products with another id"),
    (ProductInvalidated, "product-invalidated", true, "products marked invalid"),
    (ProductRevalidated, "product-revalidated", true, "products no longer invalid"),
    (ProductRenamed, "product-renamed", true, "products renamed"),
    (AvailabilityChanged, "availability-changed", true, "availabilities changed"),
    (PrescribingStatusChanged, "prescribing-status-changed", true, "prescribing statuses changed"),
    (PriceChanged, "price-changed", false, "prices changed"),
    (GtinAdded, "gtin-added", false, "barcodes added"),
    (GtinRemoved, "gtin-removed", true, "barcodes gone"),
    (GtinPacksChanged, "gtin-packs-changed", true, "known barcodes of other packs"),
    (ProductChanged, "product-changed", true, "other elements of products changed"),
    (RecordAdded, "record-added", false, "ingredients, families and lookups added"),
    (RecordRemoved, "record-removed", true, "ingredients, families and lookups gone"),
    (RecordChanged, "record-changed", true, "ingredients, families and lookups changed"),
    (IdAnswerChanged, "id-answer-changed", true, "previous ids that lead to something else"),
    (RubricAdded, "rubric-added", false, "rubrics added"),
    (RubricRemoved, "rubric-removed", true, "rubrics gone"),
    (RubricRetitled, "rubric-retitled", true, "rubrics with another title"),
    (RubricMoved, "rubric-moved", true, "rubrics with another parent"),
    (RubricValidityChanged, "rubric-validity-changed", true, "rubrics of another validity"),
    (RubricUsageChanged, "rubric-usage-changed", true, "daggers and asterisks changed"),
    (RubricLimitsChanged, "rubric-limits-changed", true, "limits of sex and age changed"),
    (RubricTextsChanged, "rubric-texts-changed", true, "notes of rubrics changed"),
    (Included, "included", true, "codes that lists, constraints and bindings gained"),
    (Excluded, "excluded", true, "codes that lists, constraints and bindings lost"),
    (VerdictChanged, "verdict-changed", true, "codes of which bindings say otherwise"),
    (CannotTell, "cannot-tell", true, "questions that cannot be answered"),
];

impl ChangeKind {
    fn known(self) -> &'static Known {
        // The table is in the order of the kinds: a test holds it to that.
        KNOWN.get(self as usize).unwrap_or(&KNOWN[0])
    }

    /// Every kind.
    pub fn all() -> impl ExactSizeIterator<Item = ChangeKind> {
        KNOWN.iter().map(|(kind, ..)| *kind)
    }

    /// Its word, `concept-inactivated` say: kept for ever.
    pub fn code(self) -> &'static str {
        self.known().1
    }

    /// Whether what was recorded, asked or prescribed before may now be answered otherwise.
    ///
    /// Additions that no recorded code can have, dates and prices do not matter by this measure;
    /// they are told all the same.
    pub fn matters(self) -> bool {
        self.known().2
    }

    /// What a count of it is a count of, in the plural.
    pub fn label(self) -> &'static str {
        self.known().3
    }
}

impl fmt::Display for ChangeKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.code())
    }
}

/// A word that is no kind of change.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("no such kind of change")]
pub struct UnknownChangeKind;

impl FromStr for ChangeKind {
    type Err = UnknownChangeKind;

    fn from_str(code: &str) -> Result<ChangeKind, UnknownChangeKind> {
        let known = KNOWN.iter().find(|(_, known, ..)| *known == code);
        known.map(|(kind, ..)| *kind).ok_or(UnknownChangeKind)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_in_the_order_of_the_kinds() {
        for (place, kind) in ChangeKind::all().enumerate() {
            assert_eq!(kind as usize, place);
            assert_eq!(kind.code().parse(), Ok(kind));
        }
        assert_eq!("concept".parse::<ChangeKind>(), Err(UnknownChangeKind));
    }
}
