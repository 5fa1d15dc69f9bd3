//! Texts of refset columns, stored whole or as a template.

use std::borrow::Cow;
use std::fmt::{self, Write};

use crate::snomed::Concept;
use crate::snomed::edition::Snomed;

/// The byte of a template that stands for an id: a column cannot hold one, for it ends there.
const PLACE: u8 = b'\t';

/// A text of a refset row, exactly as published.
///
/// Long texts full of concept ids, OWL expressions say, are stored as a template and the concepts;
/// [`Display`](fmt::Display) writes either kind without allocating.
#[derive(Clone, Copy)]
pub struct MemberText<'t> {
    template: &'t str,
    parameters: &'t [[u8; 4]],
    snomed: Snomed<'t>,
}

/// A piece of a [`MemberText`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TextPiece<'t> {
    /// Characters.
    Text(&'t str),
    /// The id of a concept.
    Concept(Concept<'t>),
}

impl<'t> MemberText<'t> {
    pub(super) fn new(
        snomed: Snomed<'t>,
        template: &'t str,
        parameters: &'t [[u8; 4]],
    ) -> MemberText<'t> {
        MemberText { template, parameters, snomed }
    }

    /// The text, where it is stored in one piece; [`MemberText::to_cow`] gives any.
    pub fn as_str(self) -> Option<&'t str> {
        self.parameters.is_empty().then_some(self.template)
    }

    /// The text: borrowed where it is stored in one piece.
    pub fn to_cow(self) -> Cow<'t, str> {
        self.as_str().map_or_else(|| Cow::Owned(self.to_string()), Cow::Borrowed)
    }

    /// Whether it has no characters.
    pub fn is_empty(self) -> bool {
        self.template.is_empty()
    }

    /// Whether it is a text of another release, where `same` says which ordinals there are of the
    /// same concepts. Allocates only where one of them is stored as a template and they differ.
    pub(crate) fn is_same(self, other: MemberText<'_>, same: impl Fn(u32, u32) -> bool) -> bool {
        if self.template == other.template && self.parameters.len() == other.parameters.len() {
            let mut pairs = self.parameters.iter().zip(other.parameters);
            let known = |(one, two): (&[u8; 4], &[u8; 4])| {
                same(u32::from_le_bytes(*one), u32::from_le_bytes(*two))
            };
            if pairs.all(known) {
                return true;
            }
        }
        match (self.as_str(), other.as_str()) {
            (Some(one), Some(two)) => one == two,
            _ => self.to_cow() == other.to_cow(),
        }
    }

    /// Its pieces, one behind the other: characters, and the concepts whose ids stand between
    /// them. A text that is stored in one piece is one piece, whatever ids are in it.
    pub fn pieces(self) -> impl Iterator<Item = TextPiece<'t>> {
        let MemberText { mut template, parameters, snomed } = self;
        let mut parameters = parameters.iter();
        std::iter::from_fn(move || {
            if template.is_empty() {
                return None;
            }
            let place = template.bytes().position(|byte| byte == PLACE);
            if place == Some(0) {
                template = template.get(1..).unwrap_or_default();
                let ordinal = u32::from_le_bytes(*parameters.next()?);
                let known = ordinal < snomed.layout.concept_count;
                return known.then_some(TextPiece::Concept(Concept { snomed, ordinal }));
            }
            let (piece, rest) = template.split_at_checked(place.unwrap_or(template.len()))?;
            template = rest;
            Some(TextPiece::Text(piece))
        })
        .filter(|piece| *piece != TextPiece::Text(""))
    }
}

impl fmt::Display for MemberText<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(text) = self.as_str() {
            return f.pad(text);
        }
        for piece in self.pieces() {
            match piece {
                TextPiece::Text(text) => f.write_str(text)?,
                TextPiece::Concept(concept) => write!(f, "{}", concept.id())?,
            }
        }
        Ok(())
    }
}

impl fmt::Debug for MemberText<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?}", self.to_cow())
    }
}

/// What of a text is still to be met.
struct Expected<'a>(&'a str);

impl Write for Expected<'_> {
    fn write_str(&mut self, written: &str) -> fmt::Result {
        self.0 = self.0.strip_prefix(written).ok_or(fmt::Error)?;
        Ok(())
    }
}

impl PartialEq<str> for MemberText<'_> {
    fn eq(&self, other: &str) -> bool {
        if let Some(text) = self.as_str() {
            return text == other;
        }
        let mut expected = Expected(other);
        write!(expected, "{self}").is_ok() && expected.0.is_empty()
    }
}

impl PartialEq<&str> for MemberText<'_> {
    fn eq(&self, other: &&str) -> bool {
        *self == **other
    }
}

impl PartialEq for MemberText<'_> {
    fn eq(&self, other: &MemberText<'_>) -> bool {
        match (self.as_str(), other.as_str()) {
            (Some(one), Some(two)) => one == two,
            (Some(one), None) => other == one,
            (None, Some(two)) => self == two,
            (None, None) => self.to_cow() == other.to_cow(),
        }
    }
}

impl Eq for MemberText<'_> {}
