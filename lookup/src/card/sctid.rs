//! A text read as a SNOMED CT identifier, and looked up.

use farr::id::{Component, SctidError};
use farr::{Dialect, Sctid, Snomed};
use serde::Serialize;

use super::concept::ConceptCard;
use super::description::DescriptionCard;

/// How a text stands as an identifier. The order is that of how much was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Status {
    /// It cannot be read as one.
    Malformed,
    /// Its check digit is wrong, and the release does not have it so.
    WrongCheckDigit,
    /// It is well-formed, and of a kind that indexes do not hold.
    NotHeld,
    /// It is well-formed, and the release does not have it.
    NotInRelease,
    /// It is well-formed, and the system that may have it is not among the opened files.
    NotAsked,
    /// It is valid as it stands: an NHS number, which no release lists.
    Valid,
    /// The release has it.
    Found,
}

impl Status {
    /// Its word in the output.
    pub(crate) fn word(self) -> &'static str {
        match self {
            Status::Malformed => "malformed",
            Status::WrongCheckDigit => "wrong-check-digit",
            Status::NotHeld => "not-held",
            Status::NotInRelease => "not-in-release",
            Status::NotAsked => "not-asked",
            Status::Valid => "valid",
            Status::Found => "found",
        }
    }
}

/// How much to gather of a concept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Detail {
    /// What a row has room for.
    Summary,
    /// Everything.
    Whole,
}

/// A text read as an SCTID.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct SctidCard {
    pub(crate) status: Status,
    /// `concept`, `description`, `relationship`, …; `None` where the partition is none.
    pub(crate) component: Option<&'static str>,
    /// Seven digits; `None` in the short form.
    pub(crate) namespace: Option<String>,
    /// Where the check digit is wrong, the digit that the others require.
    pub(crate) expected_check_digit: Option<u8>,
    /// What is wrong with it, also where the release has it so.
    pub(crate) reason: Option<String>,
    /// The description with this id.
    pub(crate) description: Option<DescriptionCard>,
    /// The concept with this id, or the concept of the description.
    pub(crate) concept: Option<Box<ConceptCard>>,
}

impl SctidCard {
    /// Reads and looks up a text; `None` where it is nothing like an SCTID.
    pub(crate) fn of(
        snomed: Option<Snomed<'_>>,
        text: &str,
        dialect: Dialect,
        detail: Detail,
    ) -> Option<SctidCard> {
        let checked = Sctid::parse(text);
        // Releases have published ids with wrong check digits, and records hold them: the release
        // is asked about those too, and the card says both.
        let id = match checked {
            Ok(id) => id,
            Err(_) => Sctid::parse_as_published(text).ok()?,
        };
        let description = snomed.and_then(|snomed| snomed.description(id));
        let concept = match description {
            Some(description) => description.concept(),
            None => snomed.and_then(|snomed| snomed.concept(id)),
        };
        let found = description.is_some() || concept.is_some();
        let component = id.component();
        let held = matches!(component, Some(Component::Concept | Component::Description));
        let status = match checked {
            _ if found => Status::Found,
            Err(SctidError::CheckDigit { .. }) => Status::WrongCheckDigit,
            Err(_) => Status::Malformed,
            Ok(_) if snomed.is_none() => Status::NotAsked,
            Ok(_) if held => Status::NotInRelease,
            Ok(_) => Status::NotHeld,
        };
        let expected_check_digit = match checked {
            Err(SctidError::CheckDigit { expected, .. }) => Some(expected),
            _ => None,
        };
        let reason = checked.err().map(|error| match (error, found) {
            (SctidError::CheckDigit { expected, found }, true) => format!(
                "the check digit is {found} where the other digits require {expected}; \
                 the release has published it so"
            ),
            (error, _) => error.to_string(),
        });
        Some(SctidCard {
            status,
            component: component.map(component_name),
            namespace: id.namespace().map(|namespace| format!("{namespace:07}")),
            expected_check_digit,
            reason,
            description: snomed
                .zip(description)
                .map(|(snomed, description)| DescriptionCard::of(snomed, description, dialect)),
            concept: snomed.zip(concept).map(|(snomed, concept)| {
                Box::new(match detail {
                    Detail::Summary => ConceptCard::summary(snomed, concept, dialect),
                    Detail::Whole => ConceptCard::of(snomed, concept, dialect),
                })
            }),
        })
    }

    /// What kind of identifier it is, for reading.
    pub(crate) fn kind(&self) -> String {
        match self.component {
            Some(component) => format!("{component} id"),
            None => "SNOMED CT id".to_owned(),
        }
    }
}

/// The word for a kind of component.
fn component_name(component: Component) -> &'static str {
    match component {
        Component::Concept => "concept",
        Component::Description => "description",
        Component::Relationship => "relationship",
        Component::LegacySubset => "legacy-subset",
        Component::LegacyMapSet => "legacy-map-set",
        Component::LegacyMapTarget => "legacy-map-target",
        Component::Expression => "expression",
        _ => "other",
    }
}
