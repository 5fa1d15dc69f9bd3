//! What is found with the cells of a row, and not with its coding.

use farr::coding::Severity;

/// What is found with the cells of a row of a table, before its code is judged. The codes are kept for
/// ever, as those of [`FindingCode`](farr::coding::FindingCode) are.
///
/// A [`Validator`](farr::coding::Validator) sees no table, and never gives one: who reads tables, as
/// `farr validate` does, weighs them by
/// [`NamedBinding::cell_severity`](super::NamedBinding::cell_severity).
///
/// # Example
/// ```
/// use farr::coding::Severity;
/// use farr_codelists::rules::CellFinding;
///
/// assert_eq!(CellFinding::named("unreadable-date"), Some(CellFinding::UnreadableDate));
/// assert_eq!(CellFinding::UnreadableDate.default_severity(), Severity::Warn);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum CellFinding {
    /// What stands in the place of the code is neither text nor a number.
    UnreadableCode,
    /// The day cannot be read: the code is judged as if none were given.
    UnreadableDate,
    /// The sex cannot be read.
    UnreadableSex,
    /// The age cannot be read.
    UnreadableAge,
    /// The other codes of the episode cannot be read: a dagger code may be among them.
    UnreadableAlongside,
}

impl CellFinding {
    /// All of them.
    pub const ALL: [CellFinding; 5] = [
        CellFinding::UnreadableCode,
        CellFinding::UnreadableDate,
        CellFinding::UnreadableSex,
        CellFinding::UnreadableAge,
        CellFinding::UnreadableAlongside,
    ];

    /// The one of this code.
    pub fn named(code: &str) -> Option<CellFinding> {
        CellFinding::ALL.into_iter().find(|known| known.code() == code)
    }

    /// The code, `unreadable-date` say.
    pub const fn code(self) -> &'static str {
        match self {
            CellFinding::UnreadableCode => "unreadable-code",
            CellFinding::UnreadableDate => "unreadable-date",
            CellFinding::UnreadableSex => "unreadable-sex",
            CellFinding::UnreadableAge => "unreadable-age",
            CellFinding::UnreadableAlongside => "unreadable-alongside",
        }
    }

    /// What it says, in half a sentence.
    pub const fn about(self) -> &'static str {
        match self {
            CellFinding::UnreadableCode => {
                "what stands in the place of the code is neither text nor a number"
            }
            CellFinding::UnreadableDate => "the date cannot be read, and was left out of account",
            CellFinding::UnreadableSex => "the sex cannot be read, and was left out of account",
            CellFinding::UnreadableAge => "the age cannot be read, and was left out of account",
            CellFinding::UnreadableAlongside => {
                "the other codes cannot be read, and whether a dagger code is among them is not known"
            }
        }
    }

    /// How much it weighs where nothing else is asked.
    pub const fn default_severity(self) -> Severity {
        match self {
            CellFinding::UnreadableCode => Severity::Reject,
            // What was left out of account might have changed the verdict.
            CellFinding::UnreadableDate
            | CellFinding::UnreadableSex
            | CellFinding::UnreadableAge
            | CellFinding::UnreadableAlongside => Severity::Warn,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_document_has_a_row_for_each_as_it_is_and_none_is_that_of_a_coding() {
        let document = include_str!("../../../docs/findings.md");
        for found in CellFinding::ALL {
            let (code, severity) = (found.code(), found.default_severity().word());
            let row = format!("| `{code}` | {severity} | {}", found.about());
            assert!(document.contains(&row), "{row}");
            assert_eq!(CellFinding::named(code), Some(found));
            assert_eq!(farr::coding::FindingCode::named(code), None);
        }
    }
}
