//! The card of an NHS number.

use farr::id::{NhsNumber, NhsNumberError, NhsNumberRange};
use serde::Serialize;

/// What is known of an NHS number without asking anybody.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct NhsNumberCard {
    pub(crate) valid: bool,
    /// Ten digits; `None` where the text is no NHS number.
    pub(crate) number: Option<String>,
    /// As it is shown to people, 3-3-4.
    pub(crate) display: Option<String>,
    /// A word for its range.
    pub(crate) range: Option<&'static str>,
    /// Whether nothing speaks against it being a patient's.
    pub(crate) plausible: Option<bool>,
    /// What speaks against it.
    pub(crate) doubts: Vec<String>,
    /// A word for why it is not valid.
    pub(crate) reason: Option<&'static str>,
    /// The same for reading.
    pub(crate) message: Option<String>,
}

impl NhsNumberCard {
    /// Reads a text as an NHS number.
    pub(crate) fn of(text: &str) -> NhsNumberCard {
        match NhsNumber::parse(text) {
            Ok(number) => NhsNumberCard {
                valid: true,
                number: Some(format!("{:010}", number.value())),
                display: Some(number.to_string()),
                range: Some(range(number.range())),
                plausible: Some(number.plausibility().is_plausible()),
                doubts: number.plausibility().reasons().map(|doubt| doubt.to_string()).collect(),
                reason: None,
                message: None,
            },
            Err(error) => NhsNumberCard {
                valid: false,
                number: None,
                display: None,
                range: None,
                plausible: None,
                doubts: Vec::new(),
                reason: Some(reason(error)),
                message: Some(error.to_string()),
            },
        }
    }
}

/// The word for a range.
fn range(range: NhsNumberRange) -> &'static str {
    match range {
        NhsNumberRange::Scotland => "scotland",
        NhsNumberRange::NorthernIreland => "northern-ireland",
        NhsNumberRange::EnglandWalesIsleOfMan => "england-wales-isle-of-man",
        NhsNumberRange::IrelandIhi => "ireland",
        NhsNumberRange::Unallocated => "unallocated",
        NhsNumberRange::Spare => "spare",
        NhsNumberRange::Test => "test",
        NhsNumberRange::NeverIssued => "never-issued",
        _ => "other",
    }
}

/// A range for reading.
pub(crate) fn range_name(word: &str) -> &str {
    match word {
        "scotland" => "Scotland (CHI number)",
        "northern-ireland" => "Northern Ireland (Health and Care number)",
        "england-wales-isle-of-man" => "England, Wales and the Isle of Man",
        "ireland" => "Ireland (Individual Health Identifier)",
        "unallocated" => "not allocated",
        "spare" => "held in reserve",
        "test" => "test data, never a patient",
        "never-issued" => "never issued",
        other => other,
    }
}

/// The word for a reason.
pub(crate) fn reason(error: NhsNumberError) -> &'static str {
    match error {
        NhsNumberError::Empty => "empty",
        NhsNumberError::NotText { .. } => "not-text",
        NhsNumberError::NonAsciiDigit { .. } => "non-ascii-digit",
        NhsNumberError::NonAsciiSpace { .. } => "non-ascii-space",
        NhsNumberError::NonAsciiHyphen { .. } => "non-ascii-hyphen",
        NhsNumberError::Character { .. } => "character",
        NhsNumberError::TooShort { .. } => "too-short",
        NhsNumberError::TooLong { .. } => "too-long",
        NhsNumberError::MixedSeparators { .. } => "mixed-separators",
        NhsNumberError::Grouping { .. } => "grouping",
        NhsNumberError::NoCheckDigit => "no-check-digit",
        NhsNumberError::CheckDigit => "check-digit",
        _ => "other",
    }
}
