//! Codes of SNOMED CT.

use super::Judging;
use super::product::suggestion as product_suggestion;
use crate::coding::binding::Membership;
use crate::coding::coding::Coding;
use crate::coding::detail::Detail;
use crate::coding::finding::{Suggestion, SuggestionKind};
use crate::coding::finding_code::FindingCode;
use crate::coding::system::System;
use crate::id::{Component, Sctid};
use crate::snomed::Concept;

impl<'v> Judging<'v, '_> {
    #[inline]
    pub(super) fn snomed_code(&mut self, code: &str, coding: &Coding<'_>) {
        match Sctid::from_bytes(code.as_bytes()) {
            Ok(id) => self.snomed_id(id, coding),
            Err(error) => self.not_an_sctid(System::Snomed, code, error, coding),
        }
    }

    #[inline]
    pub(super) fn snomed_id(&mut self, id: Sctid, coding: &Coding<'_>) {
        let concept = self.validator.snomed().and_then(|snomed| snomed.concept(id));
        match concept {
            Some(concept) => self.concept(concept, coding),
            None => self.no_concept(id, coding),
        }
    }

    /// A concept of the release.
    #[inline]
    pub(super) fn concept(&mut self, concept: Concept<'v>, coding: &Coding<'_>) {
        self.activity_of(concept);
        self.memberships(concept);
        if self.asks_for_a_product() {
            self.product_of(concept);
        }
        if let Some(description) = coding.description_id {
            self.description_id(concept, description);
        }
        self.display_of(concept, coding);
    }

    /// Whether the concept has to be a product of dm+d, whatever else it is.
    #[inline]
    pub(super) fn asks_for_a_product(&self) -> bool {
        let binding = &self.validator.binding;
        binding.setting.is_some() || (binding.asks_level() && binding.membership == Membership::All)
    }

    /// Whether dm+d is asked for what it has of the concept.
    #[inline]
    pub(super) fn asks_dmd(&self) -> bool {
        self.validator.binding.asks_dmd()
    }

    /// A well-formed id that is of no concept of the release.
    #[cold]
    fn no_concept(&mut self, id: Sctid, coding: &Coding<'_>) {
        if self.asks_dmd()
            && let Some(dmd) = self.validator.systems.dmd()
            && (dmd.product(id).is_some()
                || self.judges_ingredient() && dmd.ingredient(id).is_some()
                || !self.current_products(dmd, id).is_empty())
        {
            // What is asked is for dm+d to say, which has a product before SNOMED CT does.
            self.dmd_id(id, coding);
            if coding.description_id.is_some() {
                self.plain(FindingCode::DescriptionUnknown);
            }
            return;
        }
        let unknown = self.no_concept_by_itself(id);
        if unknown {
            self.memberships_of_unknown(id);
        }
    }

    /// As [`Judging::no_concept`], of the id alone; whether it is one that the release does not have.
    pub(super) fn no_concept_by_itself(&mut self, id: Sctid) -> bool {
        match id.component() {
            Some(Component::Description) => self.description_for_concept(id),
            Some(Component::Relationship) => {
                let origins = self.origins_if_told(System::Snomed, id.value());
                self.add(FindingCode::RelationshipId, || (Detail::Nothing, origins));
            }
            _ if self.validator.snomed().is_none() => self.not_judged(System::Snomed),
            _ => {
                self.unknown_by_itself(System::Snomed, id);
                return true;
            }
        }
        false
    }

    /// A well-formed id that the release does not have.
    #[cold]
    pub(super) fn unknown(&mut self, system: System, id: Sctid) {
        self.unknown_by_itself(system, id);
        self.memberships_of_unknown(id);
    }

    fn unknown_by_itself(&mut self, system: System, id: Sctid) {
        let validator = self.validator;
        if system == System::Snomed
            && let Some(product) = validator.systems.dmd().and_then(|dmd| dmd.product(id))
        {
            // dm+d comes every week, and SNOMED CT after it.
            self.add(FindingCode::NotInRelease, || (Detail::InDmd(product.name()), Vec::new()));
            return;
        }
        if system == System::Snomed
            && let Some(number) = id.namespace()
        {
            let namespaces = validator.known_namespaces();
            if !namespaces.has(number) {
                let owner = namespaces.owner(number);
                self.add(FindingCode::OtherExtension, || {
                    (Detail::Namespace { number, owner }, Vec::new())
                });
                return;
            }
        }
        // A rounded id passes the check digit by chance, one time in ten.
        let origins = self.origins_if_told(system, id.value());
        let dmd = validator.systems.dmd().filter(|_| system == System::Snomed);
        let now = dmd.map(|dmd| self.current_products(dmd, id)).unwrap_or_default();
        self.add(FindingCode::NotInRelease, || {
            let release = validator.release(system).map(ToString::to_string);
            let detail = release.map_or(Detail::Nothing, |text| Detail::Made(text.into()));
            let now =
                now.into_iter().map(|found| product_suggestion(SuggestionKind::Current, found));
            (detail, now.chain(origins).collect())
        });
    }

    /// An id of a description where a concept is asked for.
    #[cold]
    fn description_for_concept(&mut self, id: Sctid) {
        let dialect = self.validator.binding.dialect;
        let snomed = self.validator.snomed();
        let description = snomed.and_then(|snomed| snomed.description(id));
        // An id that was rounded may have become one of a description.
        let origins = match description {
            None => self.origins_if_told(System::Snomed, id.value()),
            Some(_) => Vec::new(),
        };
        self.add(FindingCode::DescriptionId, || match description {
            None => (Detail::Nothing, origins),
            Some(description) => {
                let concept = description.concept();
                let concept = concept
                    .map(|concept| Suggestion::concept(SuggestionKind::Concept, concept, dialect));
                (Detail::Text(description.term()), concept.into_iter().collect())
            }
        });
    }
}
