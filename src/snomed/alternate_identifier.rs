//! Alternate identifiers: what other schemes call a component.

use super::concept::Concept;
use super::edition::{Snomed, partition_point};
use super::refset::Component;
use crate::id::Sctid;

/// An active or inactive row of the identifier file.
#[derive(Clone, Copy, Debug)]
pub struct AlternateIdentifier<'t> {
    snomed: Snomed<'t>,
    scheme: u32,
    text: u32,
    component: u32,
    status: u16,
    active: bool,
}

impl<'t> AlternateIdentifier<'t> {
    /// The scheme that gives the identifier.
    pub fn scheme(self) -> Component<'t> {
        self.snomed.component_of_code(self.scheme).unwrap_or(Component::None)
    }

    /// The identifier, as published.
    pub fn identifier(self) -> &'t str {
        self.snomed.member_text(self.text).unwrap_or_default()
    }

    /// The component that it identifies.
    pub fn component(self) -> Component<'t> {
        self.snomed.component_of_code(self.component).unwrap_or(Component::None)
    }

    /// Whether the release has it as active.
    pub fn is_active(self) -> bool {
        self.active
    }

    /// Its module. `None` only where the index is damaged.
    pub fn module(self) -> Option<Sctid> {
        Sctid::as_published(self.snomed.member_status(self.status)?.0)
    }

    /// Its effective time, `YYYYMMDD`; `None` for a row not published yet.
    pub fn effective_time(self) -> Option<u32> {
        self.snomed.member_status(self.status).map(|(_, time)| time).filter(|time| *time != 0)
    }
}

impl<'t> Snomed<'t> {
    fn alternate_identifier_at(self, at: usize) -> Option<AlternateIdentifier<'t>> {
        let view = self.view(self.layout.refsets.alternate_identifiers);
        let [a, b, c, d] = *view.record::<16>(at)?.as_chunks::<4>().0 else { return None };
        let [scheme, text, component] = [a, b, c].map(u32::from_le_bytes);
        let [e, f, g, h] = d;
        let status = u16::from_le_bytes([e, f]);
        let active = u16::from_le_bytes([g, h]) == 1;
        Some(AlternateIdentifier { snomed: self, scheme, text, component, status, active })
    }

    /// The component that a scheme gives this identifier, by an active row; `None` where it has
    /// none.
    ///
    /// Costs a search among the texts and one among the identifiers.
    pub fn alternate_identifier(self, scheme: Sctid, code: &str) -> Option<Component<'t>> {
        let scheme = self.code_of_component(self.component(scheme))?;
        let text = self.number_of_member_text(code)?;
        let count = self.layout.refsets.alternate_identifiers.items;
        let start = partition_point(0, count, |at| {
            self.alternate_identifier_at(at)
                .is_some_and(|found| (found.scheme, found.text) < (scheme, text))
        });
        (start..count)
            .map_while(|at| self.alternate_identifier_at(at))
            .take_while(|found| (found.scheme, found.text) == (scheme, text))
            .find(|found| found.active)
            .map(AlternateIdentifier::component)
    }

    /// All alternate identifiers, inactive ones included, by scheme and identifier.
    pub fn alternate_identifiers(self) -> impl Iterator<Item = AlternateIdentifier<'t>> {
        let count = self.layout.refsets.alternate_identifiers.items;
        (0..count).map_while(move |at| self.alternate_identifier_at(at))
    }
}

impl<'t> Concept<'t> {
    /// Its alternate identifiers, inactive ones included, by scheme and identifier.
    pub fn alternate_identifiers(self) -> impl Iterator<Item = AlternateIdentifier<'t>> {
        let snomed = self.snomed;
        let section = snomed.layout.refsets.alternate_identifier_order;
        let order = snomed.view(section);
        let at = move |place: usize| snomed.alternate_identifier_at(order.u32(place)? as usize);
        let start = partition_point(0, section.items, |place| {
            at(place).is_some_and(|found| found.component < self.ordinal)
        });
        (start..section.items)
            .map_while(at)
            .take_while(move |found| found.component == self.ordinal)
    }
}
