//! Whether a product may be prescribed, and why.

use super::dictionary::Dmd;
use super::product::Product;

/// Where prescribing is done, and how.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Setting {
    /// Primary care.
    PrimaryCare,
    /// Dose-based.
    DoseBased,
}

/// What.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// Yes.
    Prescribable,
    /// Yes, but.
    WithCaution,
    /// No.
    NotPrescribable,
    /// The sources do not say.
    Unknown,
}

/// Why.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PrescribingReason {
    /// Invalid.
    Invalid,
}

/// Answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Prescribability {}

impl Prescribability {
    /// Verdict.
    pub fn verdict(self) -> Verdict {
        Verdict::Unknown
    }
}

impl<'t> Dmd<'t> {
    /// Answer.
    pub fn prescribable(self, _product: Product<'t>, _setting: Setting) -> Prescribability {
        Prescribability {}
    }
}
