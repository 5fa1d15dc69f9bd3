//! One rubric: a chapter, a block, a category or a subdivision of one.

use std::fmt;
use std::ops::Range;

use super::code::RubricCode;
use super::edition::Classification;
use super::limits::{AgeLimits, SexLimit};
use super::rubrics::Rubrics;
use super::text::{Reference, RubricText, RubricTexts};
use super::text_kind::TextKind;
use crate::id::DaggerAsterisk;
use crate::index::format::{NONE_RUBRIC, RUBRIC_LENGTH, RUBRIC_MODIFIED};

/// A rubric of a [`Classification`]: a chapter, a block, a category or a subdivision of one.
///
/// A handle: `Copy`, and free to pass around.
#[derive(Clone, Copy)]
pub struct Rubric<'t, C> {
    pub(super) classification: Classification<'t, C>,
    pub(super) number: u32,
    record: &'t [u8; RUBRIC_LENGTH],
}

/// What a rubric is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum RubricKind {
    /// A chapter.
    Chapter,
    /// A block of categories, or of blocks.
    Block,
    /// A category: a code of three characters.
    Category,
    /// A subdivision of a category, by a fourth character or further ones.
    Subcategory,
}

impl RubricKind {
    /// The word for it in outputs, `subcategory` say. Words stay.
    pub const fn word(self) -> &'static str {
        match self {
            RubricKind::Chapter => "chapter",
            RubricKind::Block => "block",
            RubricKind::Category => "category",
            RubricKind::Subcategory => "subcategory",
        }
    }
}

/// Whether a coder has to go on to a subdivision of a code.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum FurtherCharacter {
    /// The edition has no subdivision of it.
    None,
    /// The edition subdivides it by a fourth character: a category is coded by its subdivisions.
    Fourth,
    /// The edition subdivides it by a fifth character. The WHO leaves the use of fifth characters to
    /// those who code; the national standards of a country may demand it.
    Fifth,
    /// The edition (of ICD-10-CM) subdivides it further, or says that it is no code to be used.
    Further,
}

impl<'t, C: RubricCode> Rubric<'t, C> {
    #[inline]
    pub(super) fn of_number(
        classification: Classification<'t, C>,
        number: u32,
    ) -> Option<Rubric<'t, C>> {
        if number >= classification.layout.rubric_count {
            return None;
        }
        Some(Rubric { classification, number, record: classification.record(number)? })
    }

    #[inline]
    fn u32(self, at: usize) -> u32 {
        let bytes = self.record.get(at..).and_then(<[u8]>::first_chunk::<4>);
        bytes.map_or(0, |bytes| u32::from_le_bytes(*bytes))
    }

    fn u16(self, at: usize) -> u16 {
        let bytes = self.record.get(at..).and_then(<[u8]>::first_chunk::<2>);
        bytes.map_or(0, |bytes| u16::from_le_bytes(*bytes))
    }

    fn u8(self, at: usize) -> u8 {
        self.record.get(at).copied().unwrap_or_default()
    }

    /// The key of its code, 0 where it is a chapter or block.
    pub(super) fn key(self) -> u64 {
        let [a, b, c, d, e, f, g, h, ..] = *self.record;
        u64::from_le_bytes([a, b, c, d, e, f, g, h])
    }

    pub(super) fn parent_number(self) -> u32 {
        self.u32(8)
    }

    /// One past the last rubric below it.
    pub(super) fn end(self) -> u32 {
        self.u32(12)
    }

    pub(super) fn first_text(self) -> u32 {
        self.u32(16)
    }

    pub(super) fn code_span(self) -> (u32, u8) {
        (self.u32(20), self.u8(24))
    }

    pub(super) fn kind_byte(self) -> u8 {
        self.u8(25)
    }

    pub(super) fn flags(self) -> u8 {
        self.u8(26)
    }

    /// The classification that it is of.
    pub fn classification(self) -> Classification<'t, C> {
        self.classification
    }

    /// Its code; `None` where it is a chapter or block.
    pub fn code(self) -> Option<C> {
        C::from_key(self.key())
    }

    /// Its code as published, with its point and without a mark: `IX`, `A00-A09`, `E11.9`, `M45.X0`.
    pub fn code_text(self) -> &'t str {
        let (start, length) = self.code_span();
        self.classification.string(start, usize::from(length))
    }

    /// What it is.
    pub fn kind(self) -> RubricKind {
        match (self.kind_byte(), self.code()) {
            (0, _) => RubricKind::Chapter,
            (_, None) => RubricKind::Block,
            (_, Some(code)) if code.subdivisions() == 0 => RubricKind::Category,
            (_, Some(_)) => RubricKind::Subcategory,
        }
    }

    /// Its title; empty where its source gives none. For a code that modifiers made, the title of what
    /// they modify and theirs.
    pub fn title(self) -> &'t str {
        self.first_of(TextKind::Title).unwrap_or_default()
    }

    /// All its texts, in the order of its source.
    pub fn texts(self) -> RubricTexts<'t, C> {
        RubricTexts::new(self.classification, self.text_numbers())
    }

    /// The numbers of its texts.
    pub(super) fn text_numbers(self) -> Range<u32> {
        let next = self.number.checked_add(1);
        // Of the record past the end only the first text counts.
        let end = next.and_then(|next| {
            let record = self.classification.record(next)?;
            Some(Rubric { number: next, record, ..self }.first_text())
        });
        self.first_text()..end.unwrap_or_default()
    }

    /// Its texts of a kind: the terms it includes, say.
    pub fn texts_of(self, kind: TextKind) -> impl Iterator<Item = RubricText<'t, C>> {
        self.texts().filter(move |text| text.kind() == kind)
    }

    /// A column of a file of the NHS, as published; `None` where it was empty, or its source is
    /// another.
    pub fn column(self, kind: TextKind) -> Option<&'t str> {
        self.first_of(kind).filter(|_| kind.is_column())
    }

    fn first_of(self, kind: TextKind) -> Option<&'t str> {
        self.texts().find(|text| text.kind() == kind).map(|text| text.text())
    }

    /// The rubric above it; `None` at the top.
    pub fn parent(self) -> Option<Rubric<'t, C>> {
        match self.parent_number() {
            NONE_RUBRIC => None,
            // A rubric stands before those below it; a damaged file could lead round in a circle.
            number if number < self.number => Rubric::of_number(self.classification, number),
            _ => None,
        }
    }

    /// The rubrics above it, the nearest first.
    pub fn ancestors(self) -> impl Iterator<Item = Rubric<'t, C>> {
        std::iter::successors(self.parent(), |rubric| rubric.parent())
    }

    /// It and the rubrics above it.
    pub(super) fn and_above(self) -> impl Iterator<Item = Rubric<'t, C>> {
        std::iter::successors(Some(self), |rubric| rubric.parent())
    }

    /// The rubrics just below it.
    pub fn children(self) -> Rubrics<'t, C> {
        Rubrics::siblings(self.classification, self.number.saturating_add(1), self.end())
    }

    /// All rubrics below it, each before what is below it.
    pub fn descendants(self) -> Rubrics<'t, C> {
        Rubrics::all(self.classification, self.number.saturating_add(1), self.end())
    }

    /// Whether it is `general` or below it in this edition.
    pub fn is_within(self, general: Rubric<'t, C>) -> bool {
        general.number <= self.number && self.number < general.end().max(general.number)
            || self.number == general.number
    }

    /// The chapter that it is or is below; `None` where the source has no chapters. That of an ICD-10
    /// code is known without them: [`Icd10Code::chapter`](crate::Icd10Code::chapter).
    pub fn chapter(self) -> Option<Rubric<'t, C>> {
        self.and_above().find(|rubric| rubric.kind() == RubricKind::Chapter)
    }

    /// The blocks that it is below, the narrowest first.
    pub fn blocks(self) -> impl Iterator<Item = Rubric<'t, C>> {
        self.ancestors().filter(|rubric| rubric.kind() == RubricKind::Block)
    }

    /// The category that it is or is below; `None` for a chapter or block.
    pub fn category(self) -> Option<Rubric<'t, C>> {
        self.and_above().find(|rubric| rubric.kind() == RubricKind::Category)
    }

    /// The mark of the code by itself: a dagger is an aetiology that a manifestation may stand beside,
    /// an asterisk a manifestation, which never stands alone or first.
    pub fn usage(self) -> Option<DaggerAsterisk> {
        match self.flags() >> 1 & 3 {
            1 => Some(DaggerAsterisk::Dagger),
            2 => Some(DaggerAsterisk::Asterisk),
            _ => None,
        }
    }

    /// The codes that its texts name as the other half of a dual classification, in their order.
    pub fn partners(self) -> impl Iterator<Item = Reference<'t, C>> {
        self.texts().flat_map(RubricText::references).filter(|reference| reference.is_partner())
    }

    /// Whether modifiers made it: its source has no rubric of its own for it.
    pub fn is_modified(self) -> bool {
        self.flags() & RUBRIC_MODIFIED != 0
    }

    /// Whether its source says that it may be coded with; `None` where it says nothing, as all but the
    /// order file of ICD-10-CM.
    pub fn is_valid(self) -> Option<bool> {
        match self.flags() >> 3 & 3 {
            1 => Some(true),
            2 => Some(false),
            _ => None,
        }
    }

    /// Whether the edition has subdivisions of it, and by which character. The subdivisions are its
    /// [children](Self::children).
    pub fn further_character(self) -> FurtherCharacter {
        let Some(code) = self.code() else { return FurtherCharacter::None };
        let child = self.children().find_map(Rubric::code);
        match (self.is_valid(), child) {
            (Some(true), _) | (None, None) => FurtherCharacter::None,
            (Some(false), _) => FurtherCharacter::Further,
            (None, Some(child)) if C::SYSTEM == super::CodeSystem::Icd10 => {
                // A fifth character may stand where there is no fourth, behind a filler: M45.X0.
                let text = self.classification.rubric(child).map_or("", Rubric::code_text);
                match (code.subdivisions(), text.get(4..5) == Some("X")) {
                    (0, false) => FurtherCharacter::Fourth,
                    _ => FurtherCharacter::Fifth,
                }
            }
            (None, Some(_)) if C::SYSTEM == super::CodeSystem::Opcs4 => FurtherCharacter::Fourth,
            (None, Some(_)) => FurtherCharacter::Further,
        }
    }

    /// The sex that its source limits it to.
    pub fn sex(self) -> SexLimit {
        SexLimit::of_number(self.flags() >> 5)
    }

    /// The ages that its source limits it to, as published.
    pub fn ages(self) -> AgeLimits {
        AgeLimits::of_record(self.u16(28), self.u16(30))
    }
}

impl<C: RubricCode> PartialEq for Rubric<'_, C> {
    fn eq(&self, other: &Self) -> bool {
        self.number == other.number
            && std::ptr::eq(self.classification.layout, other.classification.layout)
    }
}

impl<C: RubricCode> Eq for Rubric<'_, C> {}

impl<C: RubricCode> fmt::Debug for Rubric<'_, C> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Rubric({} {})", self.code_text(), self.title())
    }
}
