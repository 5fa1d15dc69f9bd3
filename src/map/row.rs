//! A row of the map.

use std::borrow::Cow;

use super::rule::MapRule;
use crate::id::Sctid;

/// A row of an [extended map reference set][rfs], as it was published, for one concept.
///
/// # Example
/// ```
/// use farr::map::{MapRow, MapRule};
///
/// let row = MapRow {
///     group: 1,
///     priority: 1,
///     rule: MapRule::as_published("TRUE"),
///     advice: "ALWAYS J18.0".into(),
///     target: "J18.0".into(),
///     correlation: "447561005".parse().ok(),
///     category: "447637006".parse().ok(),
/// };
/// assert_eq!(row.code(), Some("J18.0"));
/// ```
///
/// [rfs]: https://docs.snomed.org/snomed-ct-specifications/snomed-ct-release-file-specification
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MapRow<'r> {
    /// `mapGroup`. A concept has one target of each group, in their order.
    pub group: u32,
    /// `mapPriority`: the order in which the rows of a group are tried.
    pub priority: u32,
    /// `mapRule`.
    pub rule: MapRule<'r>,
    /// `mapAdvice`, for people: fragments between bars.
    pub advice: Cow<'r, str>,
    /// `mapTarget`: a code, dotted; blank where there is none.
    pub target: Cow<'r, str>,
    /// `correlationId`; `None` where it is no identifier.
    pub correlation: Option<Sctid>,
    /// `mapCategoryId`; `None` where it is no identifier.
    pub category: Option<Sctid>,
}

impl MapRow<'_> {
    /// Returns the target without white space around it; `None` where there is none, so that what
    /// comes to this row cannot be classified.
    ///
    /// # Example
    /// ```
    /// use farr::map::{MapRow, MapRule};
    ///
    /// let row = MapRow {
    ///     group: 1,
    ///     priority: 1,
    ///     rule: MapRule::as_published("TRUE"),
    ///     advice: "MAP SOURCE CONCEPT CANNOT BE CLASSIFIED WITH AVAILABLE DATA".into(),
    ///     target: "".into(),
    ///     correlation: None,
    ///     category: None,
    /// };
    /// assert_eq!(row.code(), None);
    /// ```
    #[must_use]
    pub fn code(&self) -> Option<&str> {
        Some(self.target.trim()).filter(|code| !code.is_empty())
    }
}
