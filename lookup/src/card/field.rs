//! Values of refset fields.

use farr::ecl::SelectedValue;
use farr::snomed::{Component, FieldValue};
use farr::{Dialect, Snomed};
use serde::{Serialize, Serializer};

use super::concept::Named;
use crate::output::number::date;

/// The value of a field.
#[derive(Debug, Serialize)]
#[serde(untagged)]
pub(crate) enum FieldCard {
    Component(Option<Named>),
    Integer(i32),
    Boolean(bool),
    Text(String),
}

impl FieldCard {
    pub(crate) fn of(snomed: Snomed<'_>, value: FieldValue<'_>, dialect: Dialect) -> FieldCard {
        match value {
            FieldValue::Integer(integer) => FieldCard::Integer(integer),
            FieldValue::Text(text) => FieldCard::Text(text.to_string()),
            FieldValue::Component(component) => {
                FieldCard::Component(named(snomed, component, dialect))
            }
        }
    }

    /// The value of a selected field, which may be one that every row has; `None` where it is empty.
    pub(crate) fn of_selected(
        snomed: Snomed<'_>,
        value: SelectedValue<'_>,
        dialect: Dialect,
    ) -> Option<FieldCard> {
        Some(match value {
            SelectedValue::Member(id) => FieldCard::Text(id.to_string()),
            SelectedValue::Time(time) => FieldCard::Text(date(time?)),
            SelectedValue::Active(active) => FieldCard::Boolean(active),
            SelectedValue::Component(component) => {
                FieldCard::Component(named(snomed, component, dialect))
            }
            SelectedValue::Field(value) => FieldCard::of(snomed, value, dialect),
        })
    }

    /// As a table shows it: a component with its term.
    pub(crate) fn shown(&self) -> String {
        match self {
            FieldCard::Component(Some(Named { id, term: Some(term), .. })) => {
                format!("{id} |{term}|")
            }
            card => card.cell(),
        }
    }

    /// As delimited text has it: a component by its id.
    pub(crate) fn cell(&self) -> String {
        match self {
            FieldCard::Component(named) => named.as_ref().map(|n| n.id.clone()).unwrap_or_default(),
            FieldCard::Integer(integer) => integer.to_string(),
            FieldCard::Boolean(boolean) => boolean.to_string(),
            FieldCard::Text(text) => text.clone(),
        }
    }
}

/// A component by id and term: of a concept its preferred term, of a description its own.
pub(crate) fn named(
    snomed: Snomed<'_>,
    component: Component<'_>,
    dialect: Dialect,
) -> Option<Named> {
    match component {
        Component::Concept(concept) => Some(Named::of(concept, dialect)),
        Component::Description(description) => Some(Named {
            id: description.id().to_string(),
            term: Some(description.term().to_owned()),
            active: Some(description.is_active()),
        }),
        Component::Other(id) => Some(Named::of_id(snomed, id, dialect)),
        Component::None => None,
    }
}

/// Fields by name, as one object in JSON.
pub(crate) fn as_object<S: Serializer>(
    fields: &[(String, Option<FieldCard>)],
    serializer: S,
) -> Result<S::Ok, S::Error> {
    serializer.collect_map(fields.iter().map(|(name, value)| (name, value)))
}
