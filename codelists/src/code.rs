//! What a cell spells, read as a code of one system.

use std::fmt;

use farr::id::{
    ClassificationCodeError, Component, DaggerAsterisk, MarkedIcd10Code, Sctid, SctidError,
};
use farr::{Icd10Code, Opcs4Code};

use crate::finding::FindingKind;
use crate::system::System;

/// A code as a file has it.
///
/// It may be damaged: then [`Code::flaw`] says how, and [`Code::text`] is what stood there. A code
/// without a flaw is well-formed; whether a release has it is another question.
///
/// ```
/// use farr_codelists::{Code, Flaw, System};
/// assert_eq!(Code::read(System::Snomed, "24700007").flaw(), None);
/// assert_eq!(Code::read(System::Snomed, "1.23457E+17").flaw(), Some(&Flaw::Rounded));
/// assert_eq!(Code::read(System::Icd10, "g35x").text(), "G35");
/// assert_eq!(Code::read(System::Icd10, "A170D").text(), "A17.0");
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Code {
    text: String,
    flaw: Option<Flaw>,
    wrapped: bool,
    mark: Option<DaggerAsterisk>,
}

/// What is wrong with a code.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Flaw {
    /// A spreadsheet rounded it: powers of ten, zeros for all digits behind the fifteenth.
    Rounded,
    /// A number with a decimal point; the digits before it, where they spell an SCTID.
    Decimal(Option<Sctid>),
    /// The last digit is not the check digit of the others. Releases have published such ids.
    WrongCheckDigit {
        /// The id as it stands.
        id: Sctid,
        /// The digit that the others require.
        expected: u8,
    },
    /// The id of another kind of component.
    NotAConcept(Sctid, Component),
    /// It cannot be a code of the system, and why.
    Malformed(String),
}

impl Flaw {
    /// What to call it among the findings.
    pub fn kind(&self) -> FindingKind {
        match self {
            Flaw::Rounded | Flaw::Decimal(_) => FindingKind::Rounded,
            Flaw::WrongCheckDigit { .. } => FindingKind::WrongCheckDigit,
            Flaw::NotAConcept(..) => FindingKind::NotAConcept,
            Flaw::Malformed(_) => FindingKind::Malformed,
        }
    }
}

/// A sentence without the code.
impl fmt::Display for Flaw {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Flaw::Rounded => {
                f.write_str("a spreadsheet has rounded it, so its last digits are lost")
            }
            Flaw::Decimal(_) => f.write_str("a spreadsheet has made it a decimal number"),
            Flaw::WrongCheckDigit { id, expected } => {
                let found = id.check_digit();
                write!(f, "the check digit is {found} where the other digits require {expected}")
            }
            Flaw::NotAConcept(_, Component::Description) => {
                f.write_str("it is the id of a description, not of a concept")
            }
            Flaw::NotAConcept(..) => f.write_str("it is not the id of a concept"),
            Flaw::Malformed(why) => f.write_str(why),
        }
    }
}

impl Code {
    /// Reads a cell. White space around it and what keeps a spreadsheet from rounding it (`'123`,
    /// `="123"`) are no part of it. `None` is a system that farr does not know: its codes, and those
    /// of systems that are not [read](crate::ListSystem::READ), stand as they are.
    pub fn read(system: impl Into<Option<System>>, cell: &str) -> Code {
        let (bare, wrapped) = unwrapped(cell);
        let mut mark = None;
        let (text, flaw) = match system.into() {
            Some(System::Snomed | System::Dmd) => (bare.to_owned(), sctid_flaw(bare)),
            Some(System::Icd10) => match Icd10Code::parse(bare) {
                Ok(code) => (code.to_string(), None),
                Err(error) => match (error, MarkedIcd10Code::parse(bare)) {
                    (ClassificationCodeError::Marked { .. }, Ok(marked)) => {
                        mark = marked.mark();
                        (marked.code().to_string(), None)
                    }
                    (error, _) => (bare.to_owned(), Some(Flaw::Malformed(error.to_string()))),
                },
            },
            Some(System::Opcs4) => match Opcs4Code::parse(bare) {
                Ok(code) => (code.to_string(), None),
                Err(error) => (bare.to_owned(), Some(Flaw::Malformed(error.to_string()))),
            },
            _ => (bare.to_owned(), None),
        };
        Code { text, flaw, wrapped, mark }
    }

    /// The code, in the one spelling that its system has: digits, or with its point. Where it has a
    /// flaw, what stood there.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// What is wrong with it.
    pub fn flaw(&self) -> Option<&Flaw> {
        self.flaw.as_ref()
    }

    /// Whether something stood around it beside plain white space.
    pub fn is_wrapped(&self) -> bool {
        self.wrapped
    }

    /// The mark of a dagger or an asterisk behind a code of ICD-10, which hospital data record as `†`
    /// and `*` or `D` and `A`. It says how the code was used in a record, and is no part of it.
    pub fn mark(&self) -> Option<DaggerAsterisk> {
        self.mark
    }

    /// The SCTID that it spells, also where its check digit is wrong: a release may have published
    /// it so. `None` where it spells none.
    pub fn sctid(&self) -> Option<Sctid> {
        match &self.flaw {
            None => Sctid::parse(&self.text).ok(),
            Some(Flaw::WrongCheckDigit { id, .. }) => Some(*id),
            Some(_) => None,
        }
    }
}

/// What is wrong with an SCTID of a concept.
fn sctid_flaw(text: &str) -> Option<Flaw> {
    let error = match Sctid::parse(text) {
        Ok(id) => {
            return match id.component() {
                Some(Component::Concept) => None,
                Some(other) => Some(Flaw::NotAConcept(id, other)),
                None => Some(Flaw::Malformed("it is not the id of a concept".to_owned())),
            };
        }
        Err(error) => error,
    };
    if is_power_of_ten(text) || has_lost_digits(text) {
        return Some(Flaw::Rounded);
    }
    if let Some((whole, part)) = text.split_once('.')
        && is_digits(whole)
        && is_digits(part)
    {
        return Some(Flaw::Decimal(Sctid::parse(whole).ok()));
    }
    match error {
        SctidError::CheckDigit { expected, .. } => match Sctid::parse_as_published(text) {
            Ok(id) => Some(Flaw::WrongCheckDigit { id, expected }),
            Err(error) => Some(Flaw::Malformed(error.to_string())),
        },
        error => Some(Flaw::Malformed(error.to_string())),
    }
}

/// `1.23457E+17`.
fn is_power_of_ten(text: &str) -> bool {
    let Some((number, power)) = text.split_once(['E', 'e']) else { return false };
    let whole = match number.split_once(['.', ',']) {
        Some((whole, part)) => is_digits(whole) && is_digits(part),
        None => is_digits(number),
    };
    whole && is_digits(power.strip_prefix('+').unwrap_or(power))
}

/// Spreadsheets keep fifteen digits of a number and put zeros for the rest. A genuine id may end so
/// too, and then its check digit is right.
fn has_lost_digits(text: &str) -> bool {
    text.len() > 15 && is_digits(text) && text.bytes().skip(15).all(|digit| digit == b'0')
}

fn is_digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// The cell without what stands around the code, and whether that was more than plain white space.
fn unwrapped(cell: &str) -> (&str, bool) {
    let plain = cell.trim_ascii();
    let unseen = |letter: char| {
        letter.is_whitespace()
            || matches!(letter, '\u{200b}'..='\u{200d}' | '\u{2060}' | '\u{feff}')
    };
    let mut bare = plain.trim_matches(unseen);
    if let Some(inner) = bare.strip_prefix("=\"").and_then(|rest| rest.strip_suffix('"')) {
        bare = inner.trim_matches(unseen);
    } else if let Some(inner) = bare.strip_prefix('\'') {
        bare = inner.strip_suffix('\'').unwrap_or(inner).trim_matches(unseen);
    }
    (bare, bare.len() != plain.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kind(system: System, cell: &str) -> Option<FindingKind> {
        Code::read(system, cell).flaw().map(Flaw::kind)
    }

    #[test]
    fn what_a_spreadsheet_rounded_is_no_code() {
        let snomed = System::Snomed;
        for rounded in ["1.23457E+17", "9E+17", "1,23457e17", "900000000000207000", "24700007.0"] {
            assert_eq!(kind(snomed, rounded), Some(FindingKind::Rounded), "{rounded}");
        }
        // Zeros at the end, and a check digit that is right: genuine.
        assert_eq!(kind(snomed, "1240751000000100"), None);
        assert_eq!(kind(snomed, "24700008"), Some(FindingKind::WrongCheckDigit));
        assert_eq!(kind(snomed, "41398015"), Some(FindingKind::NotAConcept));
        for malformed in ["", "G35", "24700007x", "1.2.3", "E+17", "-24700007", "2470"] {
            assert_eq!(kind(snomed, malformed), Some(FindingKind::Malformed), "{malformed}");
        }
    }

    #[test]
    fn what_stands_around_a_code_is_no_part_of_it() {
        for (cell, wrapped) in [
            (" 24700007 ", false),
            ("'24700007", true),
            ("'24700007'", true),
            ("=\"24700007\"", true),
            ("24700007\u{a0}", true),
        ] {
            let code = Code::read(System::Snomed, cell);
            assert_eq!((code.text(), code.flaw(), code.is_wrapped()), ("24700007", None, wrapped));
        }
    }

    #[test]
    fn a_code_of_a_classification_has_one_spelling() {
        for spelling in ["E119", "E11.9", "e11.9 "] {
            assert_eq!(Code::read(System::Icd10, spelling).text(), "E11.9");
        }
        for marked in ["A17.0†", "A170D", "a17.0d", "A17.0+"] {
            let code = Code::read(System::Icd10, marked);
            assert_eq!((code.text(), code.flaw()), ("A17.0", None), "{marked}");
            assert_eq!(code.mark(), Some(DaggerAsterisk::Dagger), "{marked}");
        }
        assert_eq!(Code::read(System::Icd10, "G01XA").mark(), Some(DaggerAsterisk::Asterisk));
        // Nothing tells whether this is a mark or a fourth character of ICD-10-CM.
        assert_eq!(kind(System::Icd10, "F32A"), Some(FindingKind::Malformed));
        assert_eq!(Code::read(System::Opcs4, "X384").text(), "X38.4");
        assert_eq!(kind(System::Icd10, "24700007"), Some(FindingKind::Malformed));
    }
}
