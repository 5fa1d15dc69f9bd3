//! A rule: its text, and what the text says.

use std::borrow::Cow;
use std::fmt;
use std::ops::Range;

use super::error::MapRuleError;
use super::limit::{AgeLimit, Operator};
use super::parse::{self, Read};
use super::sex::Sex;
use crate::id::Sctid;

/// The text of a `mapRule`, and what it says ([map specification][grammar], appendix A).
///
/// It borrows the text, unless it was given one to keep. A rule of one clause is read without allocating, in about a tenth of a
/// microsecond, and one of several with one allocation.
///
/// White space, the case of keywords and the number of units may vary. Read like the rule that they
/// stand for are: a term without one of its bars or both, or left out, where it is certain where
/// it ends; `IFA` repeated, or left out behind `AND`; `OR DESCENDANTS` behind a concept, which says
/// what is so anyway; and the entities `&#x7C;`, `&lt;` and `&gt;`. A term may hold anything but a
/// bar, and what looks like the beginning of a clause: `IFA`, `AND` or `OR` before an identifier.
///
/// What cannot be read is never true or false: [`MapRule::parse`] refuses it, and
/// [`MapRule::as_published`] keeps it as [`Condition::Unreadable`].
///
/// Two rules are equal where their texts are.
///
/// # Example
/// ```
/// use farr::map::{Condition, MapRule};
///
/// let rule = MapRule::parse("IFA 248152002 | Female (finding) |  and IFA 90979004")?;
/// let Condition::Clauses(clauses) = rule.condition() else { panic!("it has clauses") };
/// assert_eq!(clauses.len(), 2);
/// assert_eq!(rule.to_string(), "IFA 248152002 | Female (finding) | AND IFA 90979004");
/// # Ok::<(), farr::map::MapRuleError>(())
/// ```
///
/// [grammar]: https://docs.snomed.org/snomed-ct-specifications/snomed-ct-to-icd-10-map-specification/appendices/appendix-a-maprule-grammar-and-formatting
#[derive(Clone, Debug)]
pub struct MapRule<'t> {
    text: Cow<'t, str>,
    read: Result<Read, MapRuleError>,
}

/// What a rule says.
///
/// # Example
/// ```
/// use farr::map::{Condition, MapRule};
///
/// assert_eq!(MapRule::parse("TRUE")?.condition(), Condition::Always);
/// assert_eq!(MapRule::parse("OTHERWISE TRUE")?.condition(), Condition::Otherwise);
/// # Ok::<(), farr::map::MapRuleError>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Condition<'r> {
    /// `TRUE`.
    Always,
    /// `OTHERWISE TRUE`: true where all rules before it in the group are false.
    Otherwise,
    /// `IFA …`, with as many more behind `AND`: true where all of them are. At least one.
    Clauses(&'r [Clause]),
    /// There is no text.
    Blank,
    /// It cannot be read.
    Unreadable(MapRuleError),
}

/// A condition on the patient, and where it stands.
///
/// Two are equal where what they ask is, wherever they stand and whatever the term.
#[derive(Clone, Copy, Debug)]
pub struct Clause {
    pub(super) kind: ClauseKind,
    pub(super) span: Place,
    pub(super) term: Place,
}

/// Bytes of a text that is no longer than [`LENGTH_LIMIT`](super::LENGTH_LIMIT).
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Place {
    start: u16,
    end: u16,
}

/// What a clause asks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ClauseKind {
    /// Whether the patient has this, or a kind of it.
    Finding(Sctid),
    /// Whether the patient is of this sex.
    Sex(Sex),
    /// How an age compares with a limit.
    Age {
        /// Which age.
        of: AgeOf,
        /// How it is compared.
        operator: Operator,
        /// What it is compared with.
        limit: AgeLimit,
    },
}

/// Which age.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum AgeOf {
    /// The age at which it began, 445518008.
    Onset,
    /// The current age, 424144002.
    Now,
}

impl<'t> MapRule<'t> {
    /// Returns the rule that `text` spells. Costs about a tenth of a microsecond a clause.
    ///
    /// # Errors
    /// It is not a rule; the error says where.
    ///
    /// # Example
    /// ```
    /// use farr::map::MapRule;
    ///
    /// assert!(MapRule::parse("IFA 248153007 | Male (finding) |").is_ok());
    /// assert!(MapRule::parse("IF MALE CHOOSE").is_err());
    /// ```
    pub fn parse(text: &'t str) -> Result<MapRule<'t>, MapRuleError> {
        let read = parse::read(text)?;
        Ok(MapRule { text: Cow::Borrowed(text), read: Ok(read) })
    }

    /// Returns the rule that a release published: [`MapRule::parse`] for what has to be kept, though
    /// it may not be readable.
    ///
    /// # Example
    /// ```
    /// use farr::Sctid;
    /// use farr::map::{Condition, MapRule, Patient, Truth};
    ///
    /// let rule = MapRule::as_published("IFA PREGNANT");
    /// assert!(matches!(rule.condition(), Condition::Unreadable(_)));
    /// let is_a = |_: Sctid, _: Sctid| Truth::False;
    /// assert_eq!(rule.truth(&Patient::new().complete(), is_a)?, Truth::Unknown);
    /// # Ok::<(), farr::map::Contradiction>(())
    /// ```
    #[must_use]
    pub fn as_published(text: impl Into<Cow<'t, str>>) -> MapRule<'t> {
        let text = text.into();
        let read = parse::read(&text);
        MapRule { text, read }
    }

    /// Returns the text, as it is.
    ///
    /// # Example
    /// ```
    /// assert_eq!(farr::map::MapRule::as_published(" true").text(), " true");
    /// ```
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Returns what it says.
    ///
    /// # Example
    /// ```
    /// use farr::map::{ClauseKind, Condition, MapRule, Sex};
    ///
    /// let rule = MapRule::parse("IFA 248153007 | Male (finding) |")?;
    /// let Condition::Clauses([clause]) = rule.condition() else { panic!("it has one clause") };
    /// assert_eq!(clause.kind(), ClauseKind::Sex(Sex::Male));
    /// # Ok::<(), farr::map::MapRuleError>(())
    /// ```
    #[must_use]
    pub fn condition(&self) -> Condition<'_> {
        match &self.read {
            Ok(Read::Always) => Condition::Always,
            Ok(Read::Otherwise) => Condition::Otherwise,
            Ok(Read::Blank) => Condition::Blank,
            Ok(Read::One(clause)) => Condition::Clauses(std::slice::from_ref(clause)),
            Ok(Read::Several(clauses)) => Condition::Clauses(clauses),
            Err(error) => Condition::Unreadable(*error),
        }
    }

    /// Returns whether it is `TRUE`: it holds of everybody, and nothing before it has to be false.
    ///
    /// # Example
    /// ```
    /// use farr::map::MapRule;
    ///
    /// assert!(MapRule::parse("TRUE")?.is_always());
    /// assert!(!MapRule::parse("OTHERWISE TRUE")?.is_always());
    /// # Ok::<(), farr::map::MapRuleError>(())
    /// ```
    #[must_use]
    pub const fn is_always(&self) -> bool {
        matches!(self.read, Ok(Read::Always))
    }

    /// Returns why it cannot be read, if so.
    ///
    /// # Example
    /// ```
    /// assert!(farr::map::MapRule::as_published("TRUE").error().is_none());
    /// assert!(farr::map::MapRule::as_published("TRULY").error().is_some());
    /// ```
    #[must_use]
    pub fn error(&self) -> Option<MapRuleError> {
        self.read.as_ref().err().copied()
    }

    /// Returns the text of one of its clauses; of a clause of another rule, anything.
    ///
    /// # Example
    /// ```
    /// use farr::map::{Condition, MapRule};
    ///
    /// let rule = MapRule::parse("IFA 248152002 | Female | AND IFA 90979004 | Tonsils AND more |")?;
    /// let Condition::Clauses([_, second]) = rule.condition() else { panic!("it has two") };
    /// assert_eq!(rule.text_of(second), "IFA 90979004 | Tonsils AND more |");
    /// # Ok::<(), farr::map::MapRuleError>(())
    /// ```
    #[must_use]
    pub fn text_of(&self, clause: &Clause) -> &str {
        self.text.get(clause.span.range()).unwrap_or_default()
    }

    /// The text of one of its clauses, for as long as that of the rule.
    pub(super) fn lasting_text_of(&self, clause: &Clause) -> Cow<'t, str> {
        match &self.text {
            Cow::Borrowed(text) => text.get(clause.span.range()).unwrap_or_default().into(),
            Cow::Owned(_) => self.text_of(clause).to_owned().into(),
        }
    }

    /// Returns the term of one of its clauses, which names the concept; `None` where it is left out.
    ///
    /// # Example
    /// ```
    /// use farr::map::{Condition, MapRule};
    ///
    /// let rule = MapRule::parse("IFA 248152002 | Female (finding) |")?;
    /// let Condition::Clauses([clause]) = rule.condition() else { panic!("it has one clause") };
    /// assert_eq!(rule.term_of(clause), Some("Female (finding)"));
    /// # Ok::<(), farr::map::MapRuleError>(())
    /// ```
    #[must_use]
    pub fn term_of(&self, clause: &Clause) -> Option<&str> {
        self.text.get(clause.term.range()).map(str::trim).filter(|term| !term.is_empty())
    }
}

impl Clause {
    /// Returns what it asks.
    ///
    /// # Example
    /// ```
    /// use farr::map::{ClauseKind, Condition, MapRule};
    ///
    /// let rule = MapRule::parse("IFA 90979004 | Chronic tonsillitis (disorder) |")?;
    /// let Condition::Clauses([clause]) = rule.condition() else { panic!("it has one clause") };
    /// assert_eq!(clause.kind(), ClauseKind::Finding("90979004".parse()?));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub const fn kind(&self) -> ClauseKind {
        self.kind
    }

    /// Returns where it stands, in bytes of the text of the rule.
    ///
    /// # Example
    /// ```
    /// use farr::map::{Condition, MapRule};
    ///
    /// let rule = MapRule::parse(" IFA 90979004 ")?;
    /// let Condition::Clauses([clause]) = rule.condition() else { panic!("it has one clause") };
    /// assert_eq!(clause.span(), 1..13);
    /// # Ok::<(), farr::map::MapRuleError>(())
    /// ```
    #[must_use]
    pub const fn span(&self) -> Range<usize> {
        self.span.range()
    }
}

impl Place {
    /// Empty where the text is longer than it may be.
    pub(super) fn new(range: Range<usize>) -> Place {
        match (u16::try_from(range.start), u16::try_from(range.end)) {
            (Ok(start), Ok(end)) => Place { start, end },
            _ => Place::default(),
        }
    }

    const fn range(self) -> Range<usize> {
        self.start as usize..self.end as usize
    }
}

/// By what they ask.
impl PartialEq for Clause {
    fn eq(&self, other: &Clause) -> bool {
        self.kind == other.kind
    }
}

impl Eq for Clause {}

/// By the text.
impl PartialEq for MapRule<'_> {
    fn eq(&self, other: &MapRule<'_>) -> bool {
        self.text == other.text
    }
}

impl Eq for MapRule<'_> {}

/// As the map specification spells it, which reads as the same rule; what cannot be read, as it is.
impl fmt::Display for MapRule<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.condition() {
            Condition::Always => f.write_str("TRUE"),
            Condition::Otherwise => f.write_str("OTHERWISE TRUE"),
            Condition::Blank => Ok(()),
            Condition::Unreadable(_) => f.write_str(&self.text),
            Condition::Clauses(clauses) => {
                for (number, clause) in clauses.iter().enumerate() {
                    if number > 0 {
                        f.write_str(" AND ")?;
                    }
                    self.write_clause(f, clause)?;
                }
                Ok(())
            }
        }
    }
}

impl MapRule<'_> {
    fn write_clause(&self, f: &mut fmt::Formatter<'_>, clause: &Clause) -> fmt::Result {
        write!(f, "IFA {}", clause.kind.concept())?;
        if let Some(term) = self.term_of(clause) {
            write!(f, " | {term} |")?;
        }
        match clause.kind {
            ClauseKind::Age { operator, limit, .. } => write!(f, " {operator} {limit}"),
            ClauseKind::Finding(_) | ClauseKind::Sex(_) => Ok(()),
        }
    }
}
