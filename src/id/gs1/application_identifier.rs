//! Application identifiers, and what is known of each.

use super::{CharacterSet, Check, table};
use std::fmt;

/// A GS1 application identifier (AI): the 2 to 4 digits before a value that say what it is.
///
/// Every value of this type is assigned in the [GS1 Barcode Syntax Dictionary][dictionary]. No two
/// have the same number, so `01` is the number 1.
///
/// # Example
/// ```
/// use farr::id::gs1::ApplicationIdentifier;
///
/// let expiry = ApplicationIdentifier::new(17).ok_or("not assigned")?;
/// assert_eq!(expiry.to_string(), "17");
/// assert_eq!(expiry.definition().title(), "USE BY or EXPIRY");
/// assert_eq!(ApplicationIdentifier::new(18), None);
/// # Ok::<(), &str>(())
/// ```
///
/// [dictionary]: https://ref.gs1.org/tools/gs1-barcode-syntax-resource/syntax-dictionary/
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ApplicationIdentifier(pub(super) u16);

impl ApplicationIdentifier {
    /// Returns the application identifier of this number; `None` where none is assigned.
    ///
    /// Costs some nanoseconds.
    ///
    /// # Example
    /// ```
    /// use farr::id::gs1::ApplicationIdentifier;
    ///
    /// assert_eq!(ApplicationIdentifier::new(1).map(|ai| ai.to_string()).as_deref(), Some("01"));
    /// assert!(ApplicationIdentifier::new(3106).is_none());
    /// ```
    #[must_use]
    pub fn new(number: u16) -> Option<ApplicationIdentifier> {
        table::find(number).map(|_| ApplicationIdentifier(number))
    }

    /// Returns the number: 1 for `01`.
    #[must_use]
    pub const fn number(self) -> u16 {
        self.0
    }

    /// Returns what the dictionary says of it. Costs some nanoseconds.
    ///
    /// # Example
    /// ```
    /// use farr::id::gs1::ApplicationIdentifier;
    ///
    /// let net_weight = ApplicationIdentifier::new(3103).ok_or("not assigned")?;
    /// assert_eq!(net_weight.definition().title(), "NET WEIGHT (kg)");
    /// assert!(net_weight.definition().has_predefined_length());
    /// # Ok::<(), &str>(())
    /// ```
    #[must_use]
    pub fn definition(self) -> &'static Definition {
        // Every value was found in the table when it was made.
        table::find(self.0).unwrap_or(&Definition::NONE)
    }
}

/// The digits, two at least.
impl fmt::Display for ApplicationIdentifier {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:02}", self.0)
    }
}

/// The digits in round brackets.
impl fmt::Debug for ApplicationIdentifier {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "({self})")
    }
}

/// What the [GS1 Barcode Syntax Dictionary][dictionary] says of an application identifier, or of
/// several whose last digit is the place of a decimal point or a counter.
///
/// # Example
/// ```
/// use farr::id::gs1::{ApplicationIdentifier, CharacterSet, Definition};
///
/// let batch = ApplicationIdentifier::new(10).ok_or("not assigned")?.definition();
/// assert_eq!((batch.minimum_length(), batch.maximum_length()), (1, 20));
/// assert_eq!(batch.components()[0].characters(), CharacterSet::X);
/// assert!(Definition::all().count() > 200);
/// # Ok::<(), &str>(())
/// ```
///
/// [dictionary]: https://ref.gs1.org/tools/gs1-barcode-syntax-resource/syntax-dictionary/
#[derive(Debug, PartialEq, Eq)]
pub struct Definition {
    pub(super) first: ApplicationIdentifier,
    pub(super) last: ApplicationIdentifier,
    pub(super) title: &'static str,
    pub(super) components: &'static [Component],
    pub(super) has_predefined_length: bool,
    pub(super) is_data_attribute: bool,
    pub(super) requires: &'static [&'static [AiRange]],
    pub(super) excludes: &'static [AiRange],
    pub(super) key_qualifiers: Option<&'static [&'static [u16]]>,
}

impl Definition {
    const NONE: Definition = Definition {
        first: ApplicationIdentifier(0),
        last: ApplicationIdentifier(0),
        title: "",
        components: &[],
        has_predefined_length: false,
        is_data_attribute: false,
        requires: &[],
        excludes: &[],
        key_qualifiers: None,
    };

    /// Every definition; an application identifier stands in one of them.
    pub fn all() -> impl Iterator<Item = &'static Definition> {
        table::all()
    }

    /// The first application identifier that this defines, and the last.
    #[must_use]
    pub const fn range(&self) -> AiRange {
        AiRange { first: self.first, last: self.last }
    }

    /// The data title, as it is printed beside the value; empty where GS1 has given none.
    #[must_use]
    pub const fn title(&self) -> &'static str {
        self.title
    }

    /// The parts of the value, in their order. Optional ones come last.
    #[must_use]
    pub const fn components(&self) -> &'static [Component] {
        self.components
    }

    /// The shortest value, in characters.
    #[must_use]
    pub fn minimum_length(&self) -> usize {
        self.components.iter().filter(|part| !part.is_optional).map(|part| part.minimum).sum()
    }

    /// The longest value, in characters.
    #[must_use]
    pub fn maximum_length(&self) -> usize {
        self.components.iter().map(|part| part.maximum).sum()
    }

    /// Whether the length is one of those that need no separator after the value, whatever follows.
    #[must_use]
    pub const fn has_predefined_length(&self) -> bool {
        self.has_predefined_length
    }

    /// Whether it may stand in the query of a GS1 Digital Link URI.
    #[must_use]
    pub const fn is_data_attribute(&self) -> bool {
        self.is_data_attribute
    }

    /// What must be on the same item: one of these groups, all of the group. None, if nothing must.
    #[must_use]
    pub const fn requires(&self) -> &'static [&'static [AiRange]] {
        self.requires
    }

    /// What must not be on the same item. An application identifier does not exclude itself.
    #[must_use]
    pub const fn excludes(&self) -> &'static [AiRange] {
        self.excludes
    }

    /// For a primary key of a GS1 Digital Link URI, the sequences of qualifiers that may follow it,
    /// by number, each qualifier optional; `None` for what is no primary key.
    #[must_use]
    pub const fn key_qualifiers(&self) -> Option<&'static [&'static [u16]]> {
        self.key_qualifiers
    }
}

/// Application identifiers from one to another, both included; one alone, mostly.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct AiRange {
    pub(super) first: ApplicationIdentifier,
    pub(super) last: ApplicationIdentifier,
}

impl AiRange {
    /// The number of the first.
    #[must_use]
    pub const fn first(self) -> u16 {
        self.first.0
    }

    /// The number of the last.
    #[must_use]
    pub const fn last(self) -> u16 {
        self.last.0
    }

    /// Whether an application identifier is among them.
    #[must_use]
    pub const fn contains(self, ai: ApplicationIdentifier) -> bool {
        self.first.0 <= ai.0 && ai.0 <= self.last.0
    }
}

/// The digits; of several, the first and the last with a hyphen between them.
impl fmt::Display for AiRange {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.first)?;
        if self.first == self.last { Ok(()) } else { write!(f, "-{}", self.last) }
    }
}

/// As `Display`, in round brackets.
impl fmt::Debug for AiRange {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "({self})")
    }
}

/// A part of the value of an application identifier.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Component {
    pub(super) characters: CharacterSet,
    pub(super) minimum: usize,
    pub(super) maximum: usize,
    pub(super) is_optional: bool,
    pub(super) checks: &'static [Check],
}

impl Component {
    /// The characters that it consists of.
    #[must_use]
    pub const fn characters(&self) -> CharacterSet {
        self.characters
    }

    /// The fewest characters, where the part is there.
    #[must_use]
    pub const fn minimum_length(&self) -> usize {
        self.minimum
    }

    /// The most characters.
    #[must_use]
    pub const fn maximum_length(&self) -> usize {
        self.maximum
    }

    /// Whether the value may end before it.
    #[must_use]
    pub const fn is_optional(&self) -> bool {
        self.is_optional
    }

    /// The checks that the dictionary prescribes. [`Check::coverage`] says which are made here.
    #[must_use]
    pub const fn checks(&self) -> &'static [Check] {
        self.checks
    }
}
