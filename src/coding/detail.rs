//! What a finding knows beside its code: the message is made of it when it is asked for.

use super::binding::Form;
use super::expression_form::ExpressionForm;
use super::system::System;
use crate::classification::AgeLimits;
use crate::date::Date;
use crate::dmd::{Level, Prescribability};
use crate::id::{
    ClassificationCodeError, DaggerAsterisk, GtinError, NhsNumberError, Plausibility, SctidError,
};
use crate::map::Sex;
use crate::snomed::InactivationReason;

/// What a finding knows beside its code.
#[derive(Clone, Debug)]
pub(super) enum Detail<'v> {
    Nothing,
    Sctid(SctidError),
    Classification(ClassificationCodeError),
    NhsNumber(NhsNumberError),
    Gtin(GtinError),
    /// The system that the code is of or belongs to.
    System(System),
    NotAllowed {
        found: System,
        allowed: &'v [System],
    },
    /// How many.
    Count(usize),
    Namespace {
        number: u32,
        owner: Option<&'v str>,
    },
    /// The release lacks it, and dm+d has it as a product of this name.
    InDmd(&'v str),
    Inactive {
        since: Option<Date>,
        reason: Option<InactivationReason>,
    },
    Day(Date),
    /// A text of the binding or the release: a constraint, a name, the right term.
    Text(&'v str),
    /// A text that was made.
    Made(Box<str>),
    Level {
        found: Level,
        allowed: &'v [Level],
        /// Whether an ingredient would do.
        ingredients: bool,
    },
    Prescribability(Prescribability),
    Form(Form),
    ExpressionForm(ExpressionForm),
    /// How many characters the code has, and may have.
    Length {
        found: usize,
        most: u32,
    },
    Mark(Option<DaggerAsterisk>),
    Sex(Option<Sex>),
    Ages(AgeLimits),
    Plausibility(Plausibility),
    Age {
        days: u32,
        most: u32,
    },
}
