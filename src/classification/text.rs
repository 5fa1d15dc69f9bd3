//! The texts of a rubric, and the codes that they refer to.

use std::iter::FusedIterator;
use std::ops::Range;

use super::code::RubricCode;
use super::edition::Classification;
use super::rubric::Rubric;
use super::text_kind::TextKind;
use crate::id::DaggerAsterisk;
use crate::index::format::{RUBRIC_REFERENCE_LENGTH, RUBRIC_TEXT_LENGTH};

/// A text of a rubric.
#[derive(Clone, Copy, Debug)]
pub struct RubricText<'t, C> {
    classification: Classification<'t, C>,
    number: u32,
    start: u32,
    length: u32,
    kind: TextKind,
}

impl<'t, C: RubricCode> RubricText<'t, C> {
    /// The text of a number; one of a kind that this version does not know is
    /// [`TextKind::Other`].
    pub(super) fn of_number(
        classification: Classification<'t, C>,
        number: u32,
    ) -> Option<RubricText<'t, C>> {
        let (start, length, kind, _) = fields(record(classification, number)?);
        if number >= classification.layout.text_count {
            return None;
        }
        let kind = TextKind::from_number(kind).unwrap_or(TextKind::Other);
        Some(RubricText { classification, number, start, length, kind })
    }

    /// What it is.
    pub fn kind(self) -> TextKind {
        self.kind
    }

    /// The text.
    pub fn text(self) -> &'t str {
        self.classification.string(self.start, self.length as usize)
    }

    /// The codes that it refers to, in its order.
    pub fn references(self) -> impl Iterator<Item = Reference<'t, C>> {
        let first = |number| record(self.classification, number).map_or(0, |text| fields(text).3);
        let next = self.number.saturating_add(1);
        // A damaged end would be anywhere.
        let held = u32::try_from(self.classification.layout.references.items).unwrap_or(u32::MAX);
        (first(self.number)..first(next).min(held))
            .filter_map(move |number| Reference::of_number(self.classification, number))
    }
}

fn record<'t, C: RubricCode>(
    classification: Classification<'t, C>,
    number: u32,
) -> Option<&'t [u8; RUBRIC_TEXT_LENGTH]> {
    classification.source.view(classification.layout.texts).record(number as usize)
}

/// Start, length, number of the kind, first reference.
pub(super) fn fields(record: &[u8; RUBRIC_TEXT_LENGTH]) -> (u32, u32, u8, u32) {
    let [a, b, c, d, e, f, g, kind, rest @ ..] = *record;
    let start = u32::from_le_bytes([a, b, c, d]);
    (start, u32::from_le_bytes([e, f, g, 0]), kind, u32::from_le_bytes(rest))
}

/// The texts of a rubric, in the order of its source.
#[derive(Clone, Debug)]
pub struct RubricTexts<'t, C> {
    classification: Classification<'t, C>,
    numbers: Range<u32>,
}

impl<'t, C: RubricCode> RubricTexts<'t, C> {
    pub(super) fn new(classification: Classification<'t, C>, numbers: Range<u32>) -> Self {
        RubricTexts { classification, numbers }
    }
}

impl<'t, C: RubricCode> Iterator for RubricTexts<'t, C> {
    type Item = RubricText<'t, C>;

    fn next(&mut self) -> Option<RubricText<'t, C>> {
        let text = RubricText::of_number(self.classification, self.numbers.next()?);
        if text.is_none() {
            self.numbers = 0..0;
        }
        text
    }
}

impl<C: RubricCode> FusedIterator for RubricTexts<'_, C> {}

/// A code, or a range of codes, that a text refers to.
#[derive(Clone, Copy, Debug)]
pub struct Reference<'t, C> {
    classification: Classification<'t, C>,
    text: &'t str,
    usage: u8,
    partner: u8,
}

impl<'t, C: RubricCode> Reference<'t, C> {
    fn of_number(classification: Classification<'t, C>, number: u32) -> Option<Self> {
        let view = classification.source.view(classification.layout.references);
        let record = view.record::<RUBRIC_REFERENCE_LENGTH>(number as usize)?;
        let [a, b, c, d, e, f, usage, partner] = *record;
        let length = u16::from_le_bytes([e, f]);
        let text = classification.string(u32::from_le_bytes([a, b, c, d]), usize::from(length));
        Some(Reference { classification, text, usage, partner })
    }

    /// As published, without the mark: `G30.-`, `A00-A09`.
    pub fn text(self) -> &'t str {
        self.text
    }

    /// The mark that it stands with.
    pub fn usage(self) -> Option<DaggerAsterisk> {
        match self.usage {
            1 => Some(DaggerAsterisk::Dagger),
            2 => Some(DaggerAsterisk::Asterisk),
            _ => None,
        }
    }

    /// Whether it is named as the other half of a dual classification: in brackets, or as a qualifier.
    pub fn is_partner(self) -> bool {
        self.partner == 1
    }

    /// The code, where it refers to one and not to a range.
    pub fn code(self) -> Option<C> {
        C::read(self.text).ok()
    }

    /// The rubric it leads to: of a code, or of a block that is written so. `None` where this edition
    /// does not have it, or it is a range that is no block.
    pub fn rubric(self) -> Option<Rubric<'t, C>> {
        match self.code() {
            Some(code) => self.classification.rubric(code),
            None => self.classification.group(self.text),
        }
    }
}
