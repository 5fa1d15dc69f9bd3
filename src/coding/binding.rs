//! What is required of a coding.

use super::expression_form::ExpressionForm;
use super::finding_code::FindingCode;
use super::system::System;
use super::value_set::ValueSet;
use super::verdict::Severity;
use crate::dmd::{Level, Setting};
use crate::ecl::Ecl;
use crate::id::Sctid;
use crate::snomed::Dialect;

/// What is required of a coding: at a place of a record, by a data set, for a purpose.
///
/// As the [binding](https://hl7.org/fhir/R4/terminologies.html#binding) of FHIR, and what NHS
/// specifications ask besides. It names no release: a [`Validator`](super::Validator) joins the two.
/// By itself it asks that the code be well formed, known and active, and that a text beside it, if
/// any, be one of its terms.
///
/// # Example
/// ```
/// use farr::coding::{Binding, FindingCode, Severity, System};
/// use farr::{Dialect, Ecl};
///
/// let diabetes = Binding::new("diabetes register")
///     .system(System::Snomed)
///     .constraint(Ecl::parse("<< 73211009 |Diabetes mellitus|")?)
///     .dialect(Dialect::NHS_CLINICAL)
///     .grace_days(180)
///     .severity(FindingCode::DisplayNotPreferred, Severity::Ignore);
/// assert_eq!(diabetes.name(), "diabetes register");
/// # Ok::<(), farr::ecl::EclError>(())
/// ```
#[derive(Clone, Debug)]
pub struct Binding {
    pub(super) name: String,
    pub(super) systems: Vec<System>,
    pub(super) activity: Activity,
    pub(super) constraint: Option<Ecl>,
    pub(super) refset: Option<Sctid>,
    pub(super) value_set: Option<ValueSet>,
    pub(super) levels: Vec<Level>,
    pub(super) ingredients: bool,
    pub(super) membership: Membership,
    pub(super) setting: Option<Setting>,
    pub(super) ranges: Option<String>,
    pub(super) form: Option<Form>,
    pub(super) display: DisplayRule,
    pub(super) dialect: Dialect,
    pub(super) expressions: bool,
    pub(super) expression_form: Option<ExpressionForm>,
    pub(super) expression_attributes: Vec<Sctid>,
    pub(super) most_characters: Option<u32>,
    pub(super) separators: String,
    pub(super) most_age_days: Option<u32>,
    pub(super) severities: [Severity; FindingCode::ALL.len()],
}

/// Whether a code has to be active.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Activity {
    /// It need not be.
    Any,
    /// It has to be, on the day of recording where that is given, otherwise in the release opened.
    Active {
        /// Days after its end for which an inactive code is only warned of.
        grace_days: u32,
    },
}

/// Whether a code has to satisfy everything that a binding asks of its membership, or one thing.
///
/// What is meant are the constraint, the reference set, a value set of SNOMED CT or dm+d, and the levels
/// of dm+d with its ingredients.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Membership {
    /// All of it.
    All,
    /// Any one of it. A code of which one thing is not known, and that satisfies none of the others, is
    /// [`FindingCode::MembershipUnknown`]; only one that is known to satisfy none is
    /// [`FindingCode::OutsideAll`].
    Any,
}

/// What is asked of the text beside a code.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum DisplayRule {
    /// Nothing.
    Nothing,
    /// It is any term of the code.
    AnyTerm,
    /// It is the preferred term in the dialect of the binding, or the title or name where the system
    /// has but one.
    Preferred,
}

/// How a code of a classification is to be written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Form {
    /// With the point: `E11.9`, `I10`.
    Dotted,
    /// Without: `E119`, `I10`.
    Undotted,
    /// Without, filled to four characters: `I10X`.
    Padded,
    /// The six characters of the [NHS data sets](https://www.datadictionary.nhs.uk): `I10X-`, with
    /// fillers and the mark; the filler of the fifth may be left out.
    DataSet,
}

impl Form {
    /// The word for it in rule packs: `dotted`, `undotted`, `padded` or `data-set`.
    pub const fn word(self) -> &'static str {
        match self {
            Form::Dotted => "dotted",
            Form::Undotted => "undotted",
            Form::Padded => "padded",
            Form::DataSet => "data-set",
        }
    }

    /// The form of this word.
    pub fn named(word: &str) -> Option<Form> {
        let all = [Form::Dotted, Form::Undotted, Form::Padded, Form::DataSet];
        all.into_iter().find(|form| form.word() == word)
    }
}

impl Binding {
    /// A binding that asks what all do.
    pub fn new(name: impl Into<String>) -> Binding {
        Binding {
            name: name.into(),
            systems: Vec::new(),
            activity: Activity::Active { grace_days: 0 },
            constraint: None,
            refset: None,
            value_set: None,
            levels: Vec::new(),
            ingredients: false,
            membership: Membership::All,
            setting: None,
            ranges: None,
            form: None,
            display: DisplayRule::AnyTerm,
            dialect: Dialect::NHS_CLINICAL,
            expressions: false,
            expression_form: None,
            expression_attributes: Vec::new(),
            most_characters: None,
            separators: String::new(),
            most_age_days: None,
            severities: FindingCode::ALL.map(FindingCode::default_severity),
        }
    }

    /// Its name.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// A system that the code may be of. Asked for several times, any of them; the first is that of
    /// a code of which nothing says what it is of. Without any, every system may be.
    #[must_use]
    pub fn system(mut self, system: System) -> Binding {
        self.systems.push(system);
        self
    }

    /// The systems that the code may be of; none where every one may be.
    pub fn systems(&self) -> &[System] {
        &self.systems
    }

    /// Whether the code has to be active.
    #[must_use]
    pub fn activity(mut self, activity: Activity) -> Binding {
        self.activity = activity;
        self
    }

    /// The code has to be active, or have been until so many days before it was recorded.
    #[must_use]
    pub fn grace_days(self, days: u32) -> Binding {
        self.activity(Activity::Active { grace_days: days })
    }

    /// The concept satisfies this expression constraint.
    #[must_use]
    pub fn constraint(mut self, constraint: Ecl) -> Binding {
        self.constraint = Some(constraint);
        self
    }

    /// The concept is in this reference set.
    #[must_use]
    pub fn refset(mut self, refset: Sctid) -> Binding {
        self.refset = Some(refset);
        self
    }

    /// The code is in this value set.
    #[must_use]
    pub fn value_set(mut self, value_set: ValueSet) -> Binding {
        self.value_set = Some(value_set);
        self
    }

    /// A level of dm+d that the product may be of. Asked for several times, any of them.
    #[must_use]
    pub fn level(mut self, level: Level) -> Binding {
        self.levels.push(level);
        self
    }

    /// An ingredient of dm+d is accepted too, as if ingredients were a level.
    ///
    /// ```
    /// # let golden = concat!(env!("CARGO_MANIFEST_DIR"), "/testdata/golden/1.0-dmd.farr");
    /// # let terminology = farr::Terminology::open([golden])?;
    /// use farr::coding::{Binding, Coding, Facts, Outcome, System, Validator};
    ///
    /// let ingredient = terminology.dmd()?.ingredients().next().ok_or("none")?.id().to_string();
    /// let check = |binding: &Binding| -> Result<Outcome, Box<dyn std::error::Error>> {
    ///     let validator = Validator::new(&terminology, binding)?;
    ///     Ok(validator.check(&Coding::unstated(&ingredient), &Facts::new()).outcome())
    /// };
    /// let products = Binding::new("products").system(System::Dmd);
    /// assert_eq!(check(&products)?, Outcome::Reject);
    /// assert_eq!(check(&products.ingredients(true))?, Outcome::Accept);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn ingredients(mut self, accepted: bool) -> Binding {
        self.ingredients = accepted;
        self
    }

    /// Whether the code satisfies all that is asked of its membership, or any one thing; all unless
    /// said.
    ///
    /// ```
    /// # let golden = concat!(env!("CARGO_MANIFEST_DIR"), "/testdata/golden/1.0-tiny.farr");
    /// # let terminology = farr::Terminology::open([golden])?;
    /// use farr::Ecl;
    /// use farr::coding::{Binding, Coding, Facts, Membership, Outcome, System, Validator, ValueSet};
    ///
    /// let binding = Binding::new("either")
    ///     .system(System::Snomed)
    ///     .constraint(Ecl::parse("<< 401004")?)
    ///     .value_set(ValueSet::new("one more", System::Snomed, ["402006"])?)
    ///     .membership(Membership::Any);
    /// let validator = Validator::new(&terminology, &binding)?;
    /// let outcome = |code| validator.check(&Coding::unstated(code), &Facts::new()).outcome();
    /// assert_eq!(outcome("401004"), Outcome::Accept);
    /// assert_eq!(outcome("402006"), Outcome::Accept);
    /// assert_eq!(outcome("306005"), Outcome::Reject);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn membership(mut self, membership: Membership) -> Binding {
        self.membership = membership;
        self
    }

    /// The product may be prescribed in this setting.
    #[must_use]
    pub fn prescribable(mut self, setting: Setting) -> Binding {
        self.setting = Some(setting);
        self
    }

    /// The code of a classification is within these codes and ranges of codes, `E10-E14, O24` say.
    #[must_use]
    pub fn ranges(mut self, ranges: impl Into<String>) -> Binding {
        self.ranges = Some(ranges.into());
        self
    }

    /// The code of a classification is written so.
    #[must_use]
    pub fn form(mut self, form: Form) -> Binding {
        self.form = Some(form);
        self
    }

    /// What is asked of the text beside the code.
    #[must_use]
    pub fn display(mut self, rule: DisplayRule) -> Binding {
        self.display = rule;
        self
    }

    /// The dialect whose preferred terms count, and are shown; the clinical one of the NHS otherwise.
    #[must_use]
    pub fn dialect(mut self, dialect: Dialect) -> Binding {
        self.dialect = dialect;
        self
    }

    /// Postcoordinated expressions are accepted, each concept of them being right.
    #[must_use]
    pub fn expressions(mut self, accepted: bool) -> Binding {
        self.expressions = accepted;
        self
    }

    /// An expression that is accepted is written so.
    ///
    /// ```
    /// # let golden = concat!(env!("CARGO_MANIFEST_DIR"), "/testdata/golden/1.0-tiny.farr");
    /// # let terminology = farr::Terminology::open([golden])?;
    /// use farr::coding::{Binding, Coding, ExpressionForm, Facts, FindingCode, System, Validator};
    ///
    /// let field = Binding::new("field").system(System::Snomed).expressions(true);
    /// let field = field.expression_form(ExpressionForm::OneAttribute);
    /// let validator = Validator::new(&terminology, &field)?;
    /// let with_spaces = Coding::unstated("401004 : 201002 = 306005");
    /// let verdict = validator.check(&with_spaces, &Facts::new());
    /// assert!(verdict.has(FindingCode::WrongForm));
    /// assert_eq!(verdict.findings()[0].suggestions()[0].code(), "401004:201002=306005");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn expression_form(mut self, form: ExpressionForm) -> Binding {
        self.expression_form = Some(form);
        self
    }

    /// An attribute that an expression may have, at any depth. Asked for several times, any of them;
    /// without any, every attribute may be. The id alone decides: what is below it is not meant.
    ///
    /// ```
    /// # let golden = concat!(env!("CARGO_MANIFEST_DIR"), "/testdata/golden/1.0-tiny.farr");
    /// # let terminology = farr::Terminology::open([golden])?;
    /// use farr::coding::{Binding, Coding, Facts, FindingCode, System, Validator};
    ///
    /// let field = Binding::new("field").system(System::Snomed).expressions(true);
    /// let field = field.expression_attribute("408730004".parse()?);
    /// let validator = Validator::new(&terminology, &field)?;
    /// let verdict = validator.check(&Coding::unstated("401004:201002=306005"), &Facts::new());
    /// assert!(verdict.has(FindingCode::AttributeNotAllowed));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn expression_attribute(mut self, attribute: Sctid) -> Binding {
        self.expression_attributes.push(attribute);
        self
    }

    /// A code has at most so many characters as it was sent, spaces and terms within an expression
    /// included. White space around it is not counted, for it is a finding of its own; of several codes
    /// in a field each is counted by itself.
    ///
    /// ```
    /// # let golden = concat!(env!("CARGO_MANIFEST_DIR"), "/testdata/golden/1.0-tiny.farr");
    /// # let terminology = farr::Terminology::open([golden])?;
    /// use farr::coding::{Binding, Coding, Facts, FindingCode, System, Validator};
    ///
    /// let field = Binding::new("field").system(System::Snomed).most_characters(5);
    /// let validator = Validator::new(&terminology, &field)?;
    /// let verdict = validator.check(&Coding::unstated("401004"), &Facts::new());
    /// assert_eq!(verdict.findings()[0].code(), FindingCode::TooLong);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn most_characters(mut self, characters: u32) -> Binding {
        self.most_characters = Some(characters);
        self
    }

    /// A field may have several codes, any of these characters between them.
    #[must_use]
    pub fn separators(mut self, characters: impl Into<String>) -> Binding {
        self.separators = characters.into();
        self
    }

    /// The release is at most so many days old.
    #[must_use]
    pub fn most_age_days(mut self, days: u32) -> Binding {
        self.most_age_days = Some(days);
        self
    }

    /// How much a finding weighs here.
    #[must_use]
    pub fn severity(mut self, code: FindingCode, severity: Severity) -> Binding {
        if let Some(own) = self.severities.get_mut(code as usize) {
            *own = severity;
        }
        self
    }

    /// The dialect whose preferred terms count.
    pub(crate) fn asked_dialect(&self) -> Dialect {
        self.dialect
    }

    /// Whether ingredients of dm+d are accepted.
    pub(crate) fn asks_ingredients(&self) -> bool {
        self.ingredients
    }

    /// Whether the product is to be of some levels, or an ingredient.
    pub(super) fn asks_level(&self) -> bool {
        !self.levels.is_empty() || self.ingredients
    }

    /// The expression constraint that the concept is to satisfy.
    pub(crate) fn asked_constraint(&self) -> Option<&Ecl> {
        self.constraint.as_ref()
    }

    /// Whether it asks for what dm+d alone says of a code: a level, or prescribability.
    #[inline]
    pub(crate) fn asks_dmd(&self) -> bool {
        self.asks_level() || self.setting.is_some()
    }

    /// How much a finding weighs here.
    pub fn severity_of(&self, code: FindingCode) -> Severity {
        self.severities.get(code as usize).copied().unwrap_or(Severity::Reject)
    }
}

/// Why a binding cannot be joined with the releases opened.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum BindingError {
    /// The binding asks for something of a system that is not among the indexes opened.
    #[error("the binding asks for {what}, which needs an index of {}: open one beside", system.name())]
    NotOpen {
        /// The system.
        system: System,
        /// What is asked for.
        what: &'static str,
    },
    /// The constraint cannot be evaluated in this release: it names an unknown concept, say.
    #[error("the constraint: {0}")]
    Constraint(#[from] crate::ecl::EvaluationError),
    /// The release does not have the reference set.
    #[error("the release does not have the reference set {0}: check the id, and the release")]
    Refset(Sctid),
    /// A range of codes cannot be read.
    #[error("the ranges of codes: {0}")]
    Ranges(#[from] crate::id::CodeRangeError),
    /// A range of codes is asked for, and no classification.
    #[error(
        "ranges of codes are asked for, and no system: say ICD-10 or OPCS-4; ICD-10-CM has none"
    )]
    RangesOfWhat,
    /// A code of the value set is no code of its system.
    #[error("the value set {name}: {code:?} is no {} code", system.name())]
    ValueSet {
        /// The value set.
        name: String,
        /// The code.
        code: String,
        /// The system that it is said to be of.
        system: System,
    },
    /// An index is damaged.
    #[error(transparent)]
    Open(#[from] crate::index::OpenError),
}
