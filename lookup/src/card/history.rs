//! What became of a concept, and what it stands in for.

use farr::snomed::{Association, DeadEnd, Predecessor, Substitution, Successor, Successors};
use farr::{Concept, Description, Dialect, Snomed};
use serde::Serialize;

use super::concept::Named;
use super::field::named;
use crate::output::number::date;

/// One hop of a path.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct HopCard {
    /// `same-as`, `replaced-by`, …, or `other`.
    pub(crate) kind: &'static str,
    /// The association refset.
    pub(crate) refset: Named,
    /// Where it leads.
    pub(crate) target: Option<Named>,
}

/// A concept at the end of a path: of a predecessor at its beginning.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct RelatedCard {
    pub(crate) concept: Named,
    /// The weakest association of the path.
    pub(crate) weakest: &'static str,
    pub(crate) path: Vec<HopCard>,
}

/// A way that led to no active concept.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct DeadEndCard {
    pub(crate) component: Option<Named>,
    /// `no-association`, `moved-to`, `not-followed`, `not-in-release`, `not-a-concept` or `circle`.
    pub(crate) reason: &'static str,
    pub(crate) path: Vec<HopCard>,
}

/// A row of the history substitution table.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct SubstitutionCard {
    pub(crate) concept: Option<Named>,
    pub(crate) ambiguous: bool,
    pub(crate) iterations: u16,
    pub(crate) same_top_level: bool,
    pub(crate) same_name_without_tag: bool,
    pub(crate) same_tag: bool,
    pub(crate) path: String,
}

/// Why something was made inactive.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct ReasonCard {
    /// `duplicate`, `outdated`, …, or `other`.
    pub(crate) code: &'static str,
    /// The concept that stands for it.
    pub(crate) value: Named,
}

/// The history of a description.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct DescriptionHistoryCard {
    pub(crate) id: String,
    pub(crate) term: String,
    pub(crate) active: bool,
    pub(crate) effective_time: Option<String>,
    pub(crate) reason: Option<ReasonCard>,
    /// What it really names.
    pub(crate) refers_to: Vec<Named>,
}

/// The history of a concept.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct HistoryCard {
    pub(crate) concept: Named,
    pub(crate) fully_specified_name: Option<String>,
    /// Effective time of the newest row: of an inactive concept since when it is so.
    pub(crate) effective_time: Option<String>,
    pub(crate) reason: Option<ReasonCard>,
    /// `active`, `one`, `several` or `none`.
    pub(crate) outcome: &'static str,
    pub(crate) successors: Vec<RelatedCard>,
    /// Whether all successors together mean what the concept meant.
    pub(crate) all_needed: bool,
    pub(crate) dead_ends: Vec<DeadEndCard>,
    pub(crate) moved_to: Vec<Named>,
    pub(crate) predecessors: Vec<RelatedCard>,
    /// `None` where the index has no substitution table.
    pub(crate) substitutions: Option<Vec<SubstitutionCard>>,
}

fn path(snomed: Snomed<'_>, hops: &[Association<'_>], dialect: Dialect) -> Vec<HopCard> {
    let hop = |hop: &Association<'_>| HopCard {
        kind: hop.kind().code(),
        refset: Named::of_id(snomed, hop.refset.id(), dialect),
        target: named(snomed, hop.target, dialect),
    };
    hops.iter().map(hop).collect()
}

impl RelatedCard {
    fn successor(snomed: Snomed<'_>, one: &Successor<'_>, dialect: Dialect) -> RelatedCard {
        RelatedCard {
            concept: Named::of(one.concept(), dialect),
            weakest: one.weakest().code(),
            path: path(snomed, &one.path(), dialect),
        }
    }

    fn predecessor(snomed: Snomed<'_>, one: &Predecessor<'_>, dialect: Dialect) -> RelatedCard {
        RelatedCard {
            concept: Named::of(one.concept(), dialect),
            weakest: one.weakest().code(),
            path: path(snomed, &one.path(), dialect),
        }
    }
}

impl DeadEndCard {
    fn of(snomed: Snomed<'_>, end: &DeadEnd<'_>, dialect: Dialect) -> DeadEndCard {
        DeadEndCard {
            component: named(snomed, end.component(), dialect),
            reason: end.reason().code(),
            path: path(snomed, &end.path(), dialect),
        }
    }
}

impl SubstitutionCard {
    fn of(snomed: Snomed<'_>, row: Substitution<'_>, dialect: Dialect) -> SubstitutionCard {
        SubstitutionCard {
            concept: named(snomed, row.concept(), dialect),
            ambiguous: row.is_ambiguous(),
            iterations: row.iterations(),
            same_top_level: row.is_same_top_level(),
            same_name_without_tag: row.is_same_name_without_tag(),
            same_tag: row.is_same_tag(),
            path: row.path().to_owned(),
        }
    }
}

impl ReasonCard {
    fn of(
        snomed: Snomed<'_>,
        reason: farr::snomed::InactivationReason,
        dialect: Dialect,
    ) -> ReasonCard {
        ReasonCard { code: reason.code(), value: Named::of_id(snomed, reason.id(), dialect) }
    }

    /// The reason for reading.
    pub(crate) fn text(&self) -> String {
        match (self.code, &self.value.term) {
            ("other", Some(term)) => format!("{} {term}", self.value.id),
            ("other", None) => self.value.id.clone(),
            (code, _) => code.replace('-', " "),
        }
    }
}

impl DescriptionHistoryCard {
    pub(crate) fn of(
        snomed: Snomed<'_>,
        description: Description<'_>,
        dialect: Dialect,
    ) -> DescriptionHistoryCard {
        let reason = description.inactivation_reason();
        DescriptionHistoryCard {
            id: description.id().to_string(),
            term: description.term().to_owned(),
            active: description.is_active(),
            effective_time: description.effective_time().map(date),
            reason: reason.map(|reason| ReasonCard::of(snomed, reason, dialect)),
            refers_to: description
                .refers_to()
                .filter_map(|target| named(snomed, target, dialect))
                .collect(),
        }
    }
}

impl HistoryCard {
    pub(crate) fn of(snomed: Snomed<'_>, concept: Concept<'_>, dialect: Dialect) -> HistoryCard {
        let successors = concept.successors();
        let all_needed = match &successors {
            Successors::Several(candidates) => candidates.all_needed,
            _ => false,
        };
        let name = concept.fully_specified_name();
        HistoryCard {
            concept: Named::of(concept, dialect),
            fully_specified_name: name.map(|name| name.term().to_owned()),
            effective_time: concept.effective_time().map(date),
            reason: concept
                .inactivation_reason()
                .map(|reason| ReasonCard::of(snomed, reason, dialect)),
            outcome: successors.code(),
            successors: successors
                .all()
                .iter()
                .map(|one| RelatedCard::successor(snomed, one, dialect))
                .collect(),
            all_needed,
            dead_ends: successors
                .dead_ends()
                .iter()
                .map(|end| DeadEndCard::of(snomed, end, dialect))
                .collect(),
            moved_to: concept
                .moved_to()
                .filter_map(|target| named(snomed, target, dialect))
                .collect(),
            predecessors: concept
                .predecessors()
                .iter()
                .map(|one| RelatedCard::predecessor(snomed, one, dialect))
                .collect(),
            substitutions: snomed.has_substitution_table().then(|| {
                concept
                    .substitutions()
                    .map(|row| SubstitutionCard::of(snomed, row, dialect))
                    .collect()
            }),
        }
    }
}

/// What to use now for an inactive concept, in short.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct SuccessorSummary {
    pub(crate) reason: Option<ReasonCard>,
    /// `one`, `several` or `none`.
    pub(crate) outcome: &'static str,
    pub(crate) all_needed: bool,
    pub(crate) successors: Vec<Named>,
}

impl SuccessorSummary {
    /// The summary of an inactive concept.
    pub(crate) fn of(
        snomed: Snomed<'_>,
        concept: Concept<'_>,
        dialect: Dialect,
    ) -> Option<SuccessorSummary> {
        let successors = concept.successors();
        let all_needed = match &successors {
            Successors::Active => return None,
            Successors::Several(candidates) => candidates.all_needed,
            Successors::One(_) | Successors::None(_) => false,
        };
        let reason = concept.inactivation_reason();
        let all = successors.all().iter();
        Some(SuccessorSummary {
            reason: reason.map(|reason| ReasonCard::of(snomed, reason, dialect)),
            outcome: successors.code(),
            all_needed,
            successors: all.map(|one| Named::of(one.concept(), dialect)).collect(),
        })
    }
}
