//! The words in which the table is written.

use crate::id::gs1::{AiRange, ApplicationIdentifier, CharacterSet, Check, Component, Definition};

/// Alternatives, each a group of application identifiers that must all be there.
pub(super) type Groups = &'static [&'static [AiRange]];

/// A definition of one application identifier.
pub(super) const fn one(
    number: u16,
    title: &'static str,
    components: &'static [Component],
) -> Definition {
    many(number, number, title, components)
}

/// A definition of application identifiers that differ in their last digit only.
pub(super) const fn many(
    first: u16,
    last: u16,
    title: &'static str,
    components: &'static [Component],
) -> Definition {
    Definition {
        first: ApplicationIdentifier(first),
        last: ApplicationIdentifier(last),
        title,
        components,
        has_predefined_length: false,
        is_data_attribute: false,
        requires: &[],
        excludes: &[],
        key_qualifiers: None,
    }
}

impl Definition {
    pub(super) const fn predefined_length(mut self) -> Definition {
        self.has_predefined_length = true;
        self
    }

    pub(super) const fn data_attribute(mut self) -> Definition {
        self.is_data_attribute = true;
        self
    }

    pub(super) const fn requiring(mut self, groups: Groups) -> Definition {
        self.requires = groups;
        self
    }

    pub(super) const fn excluding(mut self, others: &'static [AiRange]) -> Definition {
        self.excludes = others;
        self
    }

    pub(super) const fn with_key(mut self, qualifiers: &'static [&'static [u16]]) -> Definition {
        self.key_qualifiers = Some(qualifiers);
        self
    }
}

pub(super) const fn exactly(
    characters: CharacterSet,
    length: usize,
    checks: &'static [Check],
) -> Component {
    Component { characters, minimum: length, maximum: length, is_optional: false, checks }
}

pub(super) const fn up_to(
    characters: CharacterSet,
    length: usize,
    checks: &'static [Check],
) -> Component {
    Component { characters, minimum: 1, maximum: length, is_optional: false, checks }
}

impl Component {
    pub(super) const fn optional(mut self) -> Component {
        self.is_optional = true;
        self
    }
}

pub(super) const fn ai(number: u16) -> AiRange {
    range(number, number)
}

pub(super) const fn range(first: u16, last: u16) -> AiRange {
    AiRange { first: ApplicationIdentifier(first), last: ApplicationIdentifier(last) }
}

pub(super) const REQUIRES_01_02_03_8006_8026: Groups =
    &[&[ai(1)], &[ai(2)], &[ai(3)], &[ai(8006)], &[ai(8026)]];
pub(super) const REQUIRES_8020: Groups = &[&[ai(8020)]];
pub(super) const REQUIRES_01_03_8006: Groups = &[&[ai(1)], &[ai(3)], &[ai(8006)]];
pub(super) const REQUIRES_01: Groups = &[&[ai(1)]];
pub(super) const REQUIRES_01_02: Groups = &[&[ai(1)], &[ai(2)]];
pub(super) const REQUIRES_00_01: Groups = &[&[ai(0)], &[ai(1)]];
pub(super) const REQUIRES_00: Groups = &[&[ai(0)]];
pub(super) const REQUIRES_01_02_03: Groups = &[&[ai(1)], &[ai(2)], &[ai(3)]];
pub(super) const REQUIRES_01_8004: Groups = &[&[ai(1)], &[ai(8004)]];
pub(super) const REQUIRES_8017_8018: Groups = &[&[ai(8017)], &[ai(8018)]];
pub(super) const REQUIRES_8018: Groups = &[&[ai(8018)]];
pub(super) const REQUIRES_01_WITH_21_WITH_8040: Groups = &[&[ai(1), ai(21), ai(8040)]];
