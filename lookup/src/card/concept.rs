//! The card of a concept.

use farr::snomed::{AttributeValue, ConcreteValue, DefinitionStatus, DescriptionType, TermSource};
use farr::{Concept, Dialect, Sctid, Snomed};
use serde::Serialize;

use super::description::{DescriptionCard, acceptability};
use super::history::SuccessorSummary;
use super::map::concept::ConceptMapCard;
use crate::output::number::date;

/// A concept by id and preferred term.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Named {
    pub(crate) id: String,
    /// `None` where the release does not have the concept.
    pub(crate) term: Option<String>,
    /// `None` where the release does not have the concept.
    pub(crate) active: Option<bool>,
}

impl Named {
    pub(crate) fn of(concept: Concept<'_>, dialect: Dialect) -> Named {
        let term = concept.preferred_term(dialect);
        Named {
            id: concept.id().to_string(),
            term: term.map(|term| term.text().to_owned()),
            active: Some(concept.is_active()),
        }
    }

    pub(crate) fn of_id(snomed: Snomed<'_>, id: Sctid, dialect: Dialect) -> Named {
        snomed.concept(id).map_or_else(
            || Named { id: id.to_string(), term: None, active: None },
            |concept| Named::of(concept, dialect),
        )
    }
}

/// The preferred term, and where it was found.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct PreferredTermCard {
    pub(crate) term: String,
    pub(crate) description_id: String,
    /// `dialect`, `other-dialect`, `fully-specified-name`, `synonym` or `inactive-description`.
    pub(crate) source: &'static str,
    /// The language reference set that prefers it, where one does.
    pub(crate) refset: Option<Named>,
}

/// A synonym.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct SynonymCard {
    pub(crate) id: String,
    pub(crate) term: String,
    /// `preferred` or `acceptable`; `None` where the dialect does not say.
    pub(crate) acceptability: Option<&'static str>,
}

/// A group of attributes that belong together; group 0 holds those that are not grouped.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct RoleGroupCard {
    pub(crate) group: u16,
    pub(crate) attributes: Vec<AttributeCard>,
}

/// An attribute.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct AttributeCard {
    #[serde(rename = "type")]
    pub(crate) attribute_type: Named,
    pub(crate) value: ValueCard,
    pub(crate) inferred: bool,
}

/// The value of an attribute.
#[derive(Clone, Debug, Serialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub(crate) enum ValueCard {
    Concept(Named),
    /// As published, a string: no digit is lost.
    Number {
        number: String,
    },
    String {
        string: String,
    },
    Boolean {
        boolean: bool,
    },
}

/// Everything that is known of a concept.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct ConceptCard {
    pub(crate) id: String,
    pub(crate) active: bool,
    /// Effective time of the newest row, in the form of ISO 8601.
    pub(crate) effective_time: Option<String>,
    pub(crate) fully_specified_name: Option<String>,
    pub(crate) preferred_term: Option<PreferredTermCard>,
    pub(crate) semantic_tag: Option<String>,
    /// `primitive`, `defined`, or an id as published.
    pub(crate) definition_status: Option<String>,
    pub(crate) module: Option<Named>,
    pub(crate) synonyms: Vec<SynonymCard>,
    pub(crate) text_definitions: Vec<String>,
    pub(crate) parents: Vec<Named>,
    /// Whether all ways up end at the root; `false` for every inactive concept.
    pub(crate) placed: bool,
    pub(crate) children: usize,
    pub(crate) descendants: usize,
    pub(crate) role_groups: Vec<RoleGroupCard>,
    pub(crate) descriptions: Vec<DescriptionCard>,
    /// The refsets that have it as the referenced component of an active row.
    pub(crate) refsets: Vec<Named>,
    /// What every map that has it says of it, without a patient.
    pub(crate) maps: Vec<ConceptMapCard>,
    /// What to use now for it, where it is inactive.
    pub(crate) history: Option<SuccessorSummary>,
}

impl ConceptCard {
    /// Gathers what a row of a table has room for, and leaves the lists empty: a column of codes is
    /// looked up in a fraction of the time.
    pub(crate) fn summary(
        snomed: Snomed<'_>,
        concept: Concept<'_>,
        dialect: Dialect,
    ) -> ConceptCard {
        ConceptCard {
            id: concept.id().to_string(),
            active: concept.is_active(),
            effective_time: concept.effective_time().map(date),
            fully_specified_name: concept
                .fully_specified_name()
                .map(|description| description.term().to_owned()),
            preferred_term: preferred_term(snomed, concept, dialect),
            semantic_tag: concept.semantic_tag().map(str::to_owned),
            definition_status: concept.definition_status().map(definition_status),
            module: concept.module().map(|id| Named::of_id(snomed, id, dialect)),
            placed: concept.placed().is_some(),
            children: concept.children().len(),
            descendants: concept.descendants().len(),
            synonyms: Vec::new(),
            text_definitions: Vec::new(),
            parents: Vec::new(),
            role_groups: Vec::new(),
            descriptions: Vec::new(),
            refsets: Vec::new(),
            maps: Vec::new(),
            history: None,
        }
    }

    /// Gathers the whole card.
    pub(crate) fn of(snomed: Snomed<'_>, concept: Concept<'_>, dialect: Dialect) -> ConceptCard {
        let named = |id| Named::of_id(snomed, id, dialect);
        let role_groups = concept.role_groups().map(|group| RoleGroupCard {
            group: group.number,
            attributes: group
                .attributes()
                .map(|attribute| AttributeCard {
                    attribute_type: named(attribute.attribute_type),
                    value: value(snomed, attribute.value, dialect),
                    inferred: attribute.is_inferred,
                })
                .collect(),
        });
        let synonyms = concept.synonyms().map(|description| SynonymCard {
            id: description.id().to_string(),
            term: description.term().to_owned(),
            acceptability: description.acceptability(dialect).map(acceptability),
        });
        ConceptCard {
            synonyms: synonyms.collect(),
            text_definitions: concept
                .text_definitions()
                .map(|description| description.term().to_owned())
                .collect(),
            parents: concept
                .parents()
                .map(|parent| Named::of(parent, dialect))
                .chain(concept.missing_parents().map(named))
                .collect(),
            role_groups: role_groups.collect(),
            descriptions: concept
                .descriptions()
                .map(|description| DescriptionCard::of(snomed, description, dialect))
                .collect(),
            refsets: concept.refsets().map(|refset| named(refset.id())).collect(),
            maps: ConceptMapCard::all(snomed, concept, dialect),
            history: SuccessorSummary::of(snomed, concept, dialect),
            ..ConceptCard::summary(snomed, concept, dialect)
        }
    }

    /// Synonyms other than the preferred term.
    pub(crate) fn other_synonyms(&self) -> impl Iterator<Item = &SynonymCard> {
        let preferred = self.preferred_term.as_ref().map(|term| term.description_id.as_str());
        self.synonyms.iter().filter(move |synonym| Some(synonym.id.as_str()) != preferred)
    }
}

/// The preferred term of a concept, and where it was found.
fn preferred_term(
    snomed: Snomed<'_>,
    concept: Concept<'_>,
    dialect: Dialect,
) -> Option<PreferredTermCard> {
    let preferred = concept.preferred_term(dialect)?;
    let (source, refset) = match preferred.source() {
        TermSource::Dialect(refset) => ("dialect", Some(refset)),
        TermSource::OtherDialect(refset) => ("other-dialect", Some(refset)),
        TermSource::FullySpecifiedName => ("fully-specified-name", None),
        TermSource::Synonym => ("synonym", None),
        TermSource::Inactive => ("inactive-description", None),
    };
    Some(PreferredTermCard {
        term: preferred.text().to_owned(),
        description_id: preferred.description().id().to_string(),
        source,
        refset: refset.map(|refset| Named::of_id(snomed, refset, dialect)),
    })
}

fn value(snomed: Snomed<'_>, value: AttributeValue<'_>, dialect: Dialect) -> ValueCard {
    match value {
        AttributeValue::Concept(concept) => ValueCard::Concept(Named::of(concept, dialect)),
        AttributeValue::Missing(id) => ValueCard::Concept(Named::of_id(snomed, id, dialect)),
        AttributeValue::Concrete(ConcreteValue::Decimal(number)) => {
            ValueCard::Number { number: number.to_string() }
        }
        AttributeValue::Concrete(ConcreteValue::String(text)) => {
            ValueCard::String { string: text.to_owned() }
        }
        AttributeValue::Concrete(ConcreteValue::Boolean(boolean)) => ValueCard::Boolean { boolean },
    }
}

/// The word for a definition status.
fn definition_status(status: DefinitionStatus) -> String {
    match status {
        DefinitionStatus::Defined => "defined".to_owned(),
        DefinitionStatus::Primitive => "primitive".to_owned(),
        DefinitionStatus::Other(id) => id.to_string(),
    }
}

/// The word for a kind of description.
pub(crate) fn description_type(kind: DescriptionType) -> String {
    match kind {
        DescriptionType::FullySpecifiedName => "fully-specified-name".to_owned(),
        DescriptionType::Synonym => "synonym".to_owned(),
        DescriptionType::TextDefinition => "text-definition".to_owned(),
        DescriptionType::Other(id) => id.to_string(),
    }
}
