//! The id of the description that was chosen.

use super::Judging;
use crate::coding::detail::Detail;
use crate::coding::finding::{Suggestion, SuggestionKind};
use crate::coding::finding_code::FindingCode;
use crate::id::{Component, Sctid};
use crate::snomed::Concept;

impl<'v> Judging<'v, '_> {
    pub(super) fn description_id(&mut self, concept: Concept<'v>, text: &str) {
        let dialect = self.validator.binding.dialect;
        let id = match Sctid::parse(text.trim()) {
            Ok(id) if id.component() == Some(Component::Description) => id,
            Ok(_) => {
                self.add(FindingCode::DescriptionMismatch, || {
                    (Detail::Made("the id is of no description".into()), Vec::new())
                });
                return;
            }
            Err(error) => {
                self.add(FindingCode::DescriptionMismatch, || (Detail::Sctid(error), Vec::new()));
                return;
            }
        };
        let found = self.validator.snomed().and_then(|snomed| snomed.description(id));
        let Some(description) = found else {
            self.plain(FindingCode::DescriptionUnknown);
            return;
        };
        if description.concept_id() != Some(concept.id()) {
            let other = description.concept();
            let other =
                other.map(|other| Suggestion::concept(SuggestionKind::TermOf, other, dialect));
            self.add(FindingCode::DescriptionMismatch, || {
                (Detail::Text(description.term()), other.into_iter().collect())
            });
        }
    }
}
