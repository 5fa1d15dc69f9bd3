//! Female and male.

use std::fmt;
use std::str::FromStr;

/// What the rules ask for of a patient's sex. There is no third value: where the record has
/// neither, the sex is unknown to the rules, and left out.
///
/// # Example
/// ```
/// use farr::map::Sex;
///
/// assert_eq!("female".parse(), Ok(Sex::Female));
/// assert!("other".parse::<Sex>().is_err());
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Sex {
    /// Female.
    Female,
    /// Male.
    Male,
}

/// A text that is none of the codes expected.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "not a code for sex: expected female or male, or of FHIR's codes also other and unknown, \
     in lower case"
)]
pub struct SexError;

impl Sex {
    /// Returns what a FHIR [administrative gender] says to the rules: `other` and `unknown` say
    /// nothing, and are `None`.
    ///
    /// # Errors
    /// The text is none of the four codes.
    ///
    /// # Example
    /// ```
    /// use farr::map::{Patient, Sex};
    ///
    /// assert_eq!(Sex::from_administrative_gender("male"), Ok(Some(Sex::Male)));
    /// let other = Patient::new().sex(Sex::from_administrative_gender("other")?);
    /// assert_eq!(other, Patient::new());
    /// # Ok::<(), farr::map::SexError>(())
    /// ```
    ///
    /// [administrative gender]: https://hl7.org/fhir/R4/valueset-administrative-gender.html
    pub fn from_administrative_gender(code: &str) -> Result<Option<Sex>, SexError> {
        match code {
            "other" | "unknown" => Ok(None),
            _ => code.parse().map(Some),
        }
    }

    /// Returns `female` or `male`.
    ///
    /// # Example
    /// ```
    /// assert_eq!(farr::map::Sex::Female.code(), "female");
    /// ```
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Sex::Female => "female",
            Sex::Male => "male",
        }
    }
}

/// `female` or `male`.
impl FromStr for Sex {
    type Err = SexError;

    fn from_str(text: &str) -> Result<Sex, SexError> {
        match text {
            "female" => Ok(Sex::Female),
            "male" => Ok(Sex::Male),
            _ => Err(SexError),
        }
    }
}

/// Its [code](Sex::code).
impl fmt::Display for Sex {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.code())
    }
}
