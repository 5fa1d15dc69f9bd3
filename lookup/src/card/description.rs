//! The card of a description.

use farr::snomed::{Acceptability, CaseSignificance};
use farr::{Description, Dialect, Snomed};
use serde::Serialize;

use super::concept::{Named, description_type};
use crate::output::number::date;

/// What a language reference set says of a description.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct AcceptabilityCard {
    pub(crate) refset: Named,
    pub(crate) acceptability: &'static str,
}

/// Everything that is known of a description.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct DescriptionCard {
    pub(crate) id: String,
    pub(crate) term: String,
    /// `fully-specified-name`, `synonym`, `text-definition`, or an id as published.
    #[serde(rename = "type")]
    pub(crate) description_type: String,
    pub(crate) active: bool,
    pub(crate) effective_time: Option<String>,
    pub(crate) language: String,
    /// `entire-term-case-sensitive`, `initial-character-case-insensitive`,
    /// `entire-term-case-insensitive`, or an id as published.
    pub(crate) case_significance: String,
    pub(crate) module_id: Option<String>,
    pub(crate) acceptabilities: Vec<AcceptabilityCard>,
}

impl DescriptionCard {
    /// Gathers the card.
    pub(crate) fn of(
        snomed: Snomed<'_>,
        description: Description<'_>,
        dialect: Dialect,
    ) -> DescriptionCard {
        let case_significance = match description.case_significance() {
            CaseSignificance::EntireTermCaseSensitive => "entire-term-case-sensitive".to_owned(),
            CaseSignificance::InitialCharacterCaseInsensitive => {
                "initial-character-case-insensitive".to_owned()
            }
            CaseSignificance::EntireTermCaseInsensitive => {
                "entire-term-case-insensitive".to_owned()
            }
            CaseSignificance::Other(id) => id.to_string(),
        };
        let acceptabilities =
            description.acceptabilities().map(|(refset, word)| AcceptabilityCard {
                refset: Named::of_id(snomed, refset, dialect),
                acceptability: acceptability(word),
            });
        DescriptionCard {
            id: description.id().to_string(),
            term: description.term().to_owned(),
            description_type: description_type(description.description_type()),
            active: description.is_active(),
            effective_time: description.effective_time().map(date),
            language: description.language().to_owned(),
            case_significance,
            module_id: description.module().map(|module| module.to_string()),
            acceptabilities: acceptabilities.collect(),
        }
    }
}

/// The word for an acceptability.
pub(crate) fn acceptability(word: Acceptability) -> &'static str {
    match word {
        Acceptability::Preferred => "preferred",
        Acceptability::Acceptable => "acceptable",
    }
}
