//! The maps of a concept, on its card.

use farr::map::{Patient, PublishedMap};
use farr::{Concept, Dialect, Snomed};
use serde::Serialize;

use super::{AnyMap, Asked, MapCard, Outcome, TargetCard};
use crate::card::concept::Named;

/// What a map says of a concept, without a patient.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct ConceptMapCard {
    /// The refset of the map.
    pub(crate) map: Named,
    /// `rules`, `blocks` or `simple`.
    pub(crate) form: &'static str,
    /// `icd10`, `icd10-cm` or `opcs4`, where that is known.
    pub(crate) system: Option<&'static str>,
    pub(crate) outcome: Outcome,
    pub(crate) targets: Vec<TargetCard>,
    pub(crate) alternatives: Vec<TargetCard>,
    pub(crate) blocks: Vec<Vec<TargetCard>>,
    pub(crate) flags: Vec<&'static str>,
    pub(crate) missing: Vec<String>,
    pub(crate) message: Option<String>,
    /// Of a map by rules, every row by group and priority, its rule as it is.
    pub(crate) rows: Vec<TargetCard>,
}

impl ConceptMapCard {
    /// What all maps of the release that have rows of a concept say of it, by the id of their
    /// refsets.
    pub(crate) fn all(
        snomed: Snomed<'_>,
        concept: Concept<'_>,
        dialect: Dialect,
    ) -> Vec<ConceptMapCard> {
        let Some(concept) = snomed.concept(concept.id()) else { return Vec::new() };
        let nobody = Patient::new();
        let asked = Asked {
            patient: &nobody,
            explained: false,
            successors: false,
            ancestors: false,
            dialect,
        };
        let refsets = concept.refsets();
        let maps = refsets.filter_map(|refset| {
            let published = snomed.published_map(refset.id()).map(AnyMap::Published);
            published.or_else(|| snomed.simple_map(refset.id()).map(AnyMap::Simple))
        });
        let card = |map: AnyMap<'_>| {
            let named = Named::of_id(snomed, map.refset().id(), dialect);
            let rows = match &map {
                AnyMap::Published(PublishedMap::Rules(map)) => map.rows(concept),
                _ => Vec::new(),
            };
            let card = MapCard::of_concept(snomed, &map, named, "", concept, asked);
            ConceptMapCard {
                map: card.map,
                form: card.form,
                system: card.system,
                outcome: card.outcome,
                targets: card.targets,
                alternatives: card.alternatives,
                blocks: card.blocks,
                flags: card.flags,
                missing: card.missing,
                message: card.message,
                rows: rows
                    .iter()
                    .map(|row| TargetCard::of_rule(snomed, row, &[], dialect))
                    .collect(),
            }
        };
        maps.map(card).filter(|card| card.outcome != Outcome::NoMap).collect()
    }
}
