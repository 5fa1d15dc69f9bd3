//! A row of the map.

use std::borrow::Cow;
use std::fmt;

use super::rule::MapRule;
use super::table::Rest;
use crate::id::Sctid;

/// A row of an [extended map reference set][rfs], as it was published, for one concept.
///
/// # Example
/// ```
/// use farr::map::{MapRow, MapRule};
///
/// let row = MapRow::new((1, 1), MapRule::as_published("TRUE"), "J18.0");
/// assert_eq!(row.code(), Some("J18.0"));
/// ```
///
/// [rfs]: https://docs.snomed.org/snomed-ct-specifications/snomed-ct-release-file-specification
#[derive(Clone)]
pub struct MapRow<'r> {
    /// `mapGroup`. A concept has one target of each group, in their order.
    pub group: u32,
    /// `mapPriority`: the order in which the rows of a group are tried.
    pub priority: u32,
    /// `mapRule`.
    pub rule: MapRule<'r>,
    /// `mapTarget`: a code, dotted; blank where there is none.
    pub target: Cow<'r, str>,
    pub(super) rest: Rest<'r>,
}

impl<'r> MapRow<'r> {
    /// Returns a row that stands by itself: of a group and a priority, without advice.
    ///
    /// # Example
    /// ```
    /// use farr::map::{MapRow, MapRule};
    ///
    /// let row = MapRow::new((1, 2), MapRule::as_published("OTHERWISE TRUE"), "R10.2");
    /// assert_eq!((row.group, row.priority), (1, 2));
    /// ```
    #[must_use]
    pub fn new(
        (group, priority): (u32, u32),
        rule: MapRule<'r>,
        target: impl Into<Cow<'r, str>>,
    ) -> MapRow<'r> {
        let rest = Rest::of_advice(Cow::Borrowed(""));
        MapRow { group, priority, rule, target: target.into(), rest }
    }

    /// Returns it with an advice, and otherwise with neither correlation nor category.
    ///
    /// # Example
    /// ```
    /// use farr::map::{MapRow, MapRule};
    ///
    /// let row = MapRow::new((1, 1), MapRule::as_published("TRUE"), "J18.0");
    /// assert_eq!(row.with_advice("ALWAYS J18.0").advice(), "ALWAYS J18.0");
    /// ```
    #[must_use]
    pub fn with_advice(mut self, advice: impl Into<Cow<'r, str>>) -> MapRow<'r> {
        self.rest = Rest::of_advice(advice.into());
        self
    }

    /// Returns the target without white space around it; `None` where there is none, so that what
    /// comes to this row cannot be classified. As published: see
    /// [`MapRow::needs_further_character`].
    ///
    /// # Example
    /// ```
    /// use farr::map::{MapRow, MapRule};
    ///
    /// let row = MapRow::new((1, 1), MapRule::as_published("TRUE"), "");
    /// assert_eq!(row.code(), None);
    /// ```
    #[must_use]
    pub fn code(&self) -> Option<&str> {
        Some(self.target.trim()).filter(|code| !code.is_empty())
    }

    /// Returns whether the target leaves its last character open, `S52.521?`: it is then no code
    /// yet, and neither the map nor a fact of the patient that the rules ask for completes it.
    ///
    /// The map to ICD-10-CM does so where the seventh character says which encounter it is.
    ///
    /// # Example
    /// ```
    /// use farr::map::{MapRow, MapRule};
    ///
    /// let row = MapRow::new((1, 1), MapRule::as_published("TRUE"), "S52.521?");
    /// assert!(row.needs_further_character());
    /// assert_eq!(row.code(), Some("S52.521?"));
    /// ```
    #[must_use]
    pub fn needs_further_character(&self) -> bool {
        self.target.trim_end().ends_with('?')
    }

    /// Returns `mapAdvice`, for people: fragments between bars. Of a row of a release it is read
    /// here.
    #[must_use]
    pub fn advice(&self) -> Cow<'r, str> {
        self.rest.advice()
    }

    /// Returns `correlationId`; `None` where it is no identifier.
    #[must_use]
    pub fn correlation(&self) -> Option<Sctid> {
        self.rest.correlation()
    }

    /// Returns `mapCategoryId`; `None` where it is no identifier.
    #[must_use]
    pub fn category(&self) -> Option<Sctid> {
        self.rest.category()
    }
}

impl fmt::Debug for MapRow<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("MapRow")
            .field("group", &self.group)
            .field("priority", &self.priority)
            .field("rule", &self.rule.text())
            .field("target", &self.target)
            .field("advice", &self.advice())
            .finish()
    }
}

/// By all that they say.
impl PartialEq for MapRow<'_> {
    fn eq(&self, other: &MapRow<'_>) -> bool {
        (self.group, self.priority) == (other.group, other.priority)
            && self.rule == other.rule
            && self.target == other.target
            && self.advice() == other.advice()
            && self.correlation() == other.correlation()
            && self.category() == other.category()
    }
}

impl Eq for MapRow<'_> {}
