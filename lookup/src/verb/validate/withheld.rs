//! What summaries do not show: numbers that may tell whose a row is.

use farr::coding::FindingCode;
use farr::id::NhsNumber;

/// Whether a finding is of a code that a release has.
pub(super) fn is_of_a_known_code(code: FindingCode) -> bool {
    use FindingCode as F;
    !matches!(
        code,
        F::SystemUnstated
            | F::SystemNotAllowed
            | F::NotJudged
            | F::Malformed
            | F::SeveralCodes
            | F::WrittenAsNumber
            | F::RoundedBySpreadsheet
            | F::Truncated
            | F::WrongCheckDigit
            | F::DescriptionId
            | F::RelationshipId
            | F::NotInRelease
            | F::OtherExtension
            | F::NotAProduct
            | F::Expression
            | F::MalformedExpression
    )
}

/// Whether a text has a well-formed NHS number, by itself or among others.
pub(super) fn has_nhs_number(text: &str) -> bool {
    let of_number = |c: char| c.is_ascii_digit() || matches!(c, ' ' | '-');
    text.split(|c| !of_number(c)).any(|part| {
        NhsNumber::parse(part.trim()).is_ok()
            || part.split(' ').any(|word| NhsNumber::parse(word).is_ok())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_that_may_be_of_a_patient_is_seen() {
        for text in [
            "9434765919",
            "943 476 5919",
            "943-476-5919",
            "NHS: 943 476 5919",
            "1;9434765919",
            "401004 9434765919",
        ] {
            assert!(has_nhs_number(text), "{text}");
        }
        for text in ["", "401004", "9434765918", "94347659190", "9434765919000", "E11.9"] {
            assert!(!has_nhs_number(text), "{text}");
        }
    }
}
