//! What may be wrong with a coding: stable codes.

use super::verdict::Severity;

macro_rules! finding_codes {
    ($($variant:ident, $code:literal, $severity:ident, $about:literal;)*) => {
        /// What may be wrong with a coding. The codes are kept for ever: an audit log may hold them.
        ///
        /// Each has a severity where a [`Binding`](super::Binding) does not set another.
        /// `docs/findings.md` explains each, with an example.
        ///
        /// # Example
        /// ```
        /// use farr::coding::{FindingCode, Severity};
        ///
        /// let code = FindingCode::named("wrong-check-digit").ok_or("no such code")?;
        /// assert_eq!(code, FindingCode::WrongCheckDigit);
        /// assert_eq!(code.default_severity(), Severity::Reject);
        /// # Ok::<(), &str>(())
        /// ```
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[repr(u8)]
        #[non_exhaustive]
        pub enum FindingCode {
            $(#[doc = concat!("`", $code, "`: ", $about)] $variant,)*
        }

        impl FindingCode {
            /// All codes.
            pub const ALL: [FindingCode; finding_codes!(@count $($variant)*)] =
                [$(FindingCode::$variant,)*];

            /// The code, `wrong-check-digit` say.
            pub const fn code(self) -> &'static str {
                match self { $(FindingCode::$variant => $code,)* }
            }

            /// What it says, in half a sentence.
            pub const fn about(self) -> &'static str {
                match self { $(FindingCode::$variant => $about,)* }
            }

            /// The severity where a binding does not set another.
            pub const fn default_severity(self) -> Severity {
                match self { $(FindingCode::$variant => Severity::$severity,)* }
            }
        }
    };
    (@count $($variant:ident)*) => { 0 $(+ finding_codes!(@one $variant))* };
    (@one $variant:ident) => { 1 };
}

finding_codes! {
    Missing, "missing", Reject, "there is no code";
    UnknownSystem, "unknown-system", Reject, "the URI of the system is not one that farr knows";
    SystemNotAllowed, "system-not-allowed", Reject, "the code is of a system that is not asked for";
    SystemUnstated, "system-unstated", Reject, "nothing says what system the code is of";
    NotJudged, "not-judged", Reject, "the code system is not among the indexes opened: it was not looked up";
    SurroundingSpace, "surrounding-space", Warn, "white space or invisible characters stand around the code";
    Malformed, "malformed", Reject, "the text is no code of the system";
    SeveralCodes, "several-codes", Reject, "the field has several codes";
    TooLong, "too-long", Reject, "the code has more characters than may stand there";
    WrittenAsNumber, "written-as-number", Reject, "a spreadsheet or a program wrote the code as a number, and every digit is left";
    RoundedBySpreadsheet, "rounded-by-spreadsheet", Reject, "a spreadsheet or a program rounded the code, and digits are lost";
    Truncated, "truncated", Reject, "digits are missing at the end of the code";
    WrongCheckDigit, "wrong-check-digit", Reject, "the check digit does not agree with the other digits";
    PublishedWithWrongCheckDigit, "published-with-wrong-check-digit", Note, "the release itself publishes the id with a wrong check digit";
    DescriptionId, "description-id", Reject, "the id is of a description, where a concept is asked for";
    RelationshipId, "relationship-id", Reject, "the id is of a relationship, where a concept is asked for";
    ReadCode, "read-code", Reject, "the text has the form of a Read code, version 2 or CTV3";
    NotInRelease, "not-in-release", Reject, "the code is well formed, and the release does not have it";
    OtherExtension, "other-extension", Warn, "the id is of a namespace of which the release has nothing";
    GtinUnknown, "gtin-unknown", Warn, "the check digit is right, and dm+d has no pack of the GTIN";
    Inactive, "inactive", Reject, "the code is inactive";
    InactiveInGrace, "inactive-in-grace", Warn, "the code was made inactive, and the day is within the days of grace";
    InactiveSince, "inactive-since", Note, "the release has the code as inactive, since a day after that";
    NotYetActive, "not-yet-active", Reject, "the code was not active yet on the day";
    ActivityUnknown, "activity-unknown", Note, "the release does not say whether the code was active on the day";
    InvalidSinceUnknown, "invalid-since-unknown", Warn, "dm+d marks the product as invalid, and does not say since when";
    PreviousId, "previous-id", Warn, "dm+d has another identifier for the product now";
    OutsideConstraint, "outside-constraint", Reject, "the concept does not satisfy the constraint";
    OutsideRefset, "outside-refset", Reject, "the concept is not in the reference set";
    OutsideValueSet, "outside-value-set", Reject, "the code is not in the value set";
    OutsideRange, "outside-range", Reject, "the code is not within the ranges of codes";
    OutsideAll, "outside-all", Reject, "the code satisfies none of the conditions of which one is asked for";
    MembershipUnknown, "membership-unknown", Warn, "whether the concept belongs there is not known: the release does not say, or no longer says, what it is";
    WrongLevel, "wrong-level", Reject, "the product is of another level of dm+d";
    NotAProduct, "not-a-product", Reject, "dm+d does not have it as a product";
    NotPrescribable, "not-prescribable", Reject, "the product may not be prescribed in the setting";
    NotRecommended, "not-recommended", Warn, "dm+d or its guide advises against prescribing the product in the setting";
    PrescribeWithCaution, "prescribe-with-caution", Warn, "the product may be prescribed in the setting with caution";
    PrescribabilityUnknown, "prescribability-unknown", Warn, "dm+d does not say whether the product may be prescribed in the setting";
    DisplayMissing, "display-missing", Ignore, "no text stands beside the code";
    DisplayDiffers, "display-differs", Note, "the text is a term of the code but for case, accents or punctuation";
    DisplayNotPreferred, "display-not-preferred", Warn, "the text is a term of the concept, and not the preferred one";
    DisplayOtherDialect, "display-other-dialect", Warn, "the text is a term of another dialect only";
    DisplayInactiveTerm, "display-inactive-term", Warn, "the text is a term that was made inactive";
    DisplayNotATerm, "display-not-a-term", Warn, "the text is not a term of the code";
    DisplayOfAnother, "display-of-another", Reject, "the text is a term of another code";
    DescriptionMismatch, "description-mismatch", Reject, "the description id is not one of the concept";
    DescriptionUnknown, "description-unknown", Warn, "the release does not have the description";
    WrongForm, "wrong-form", Reject, "the code is written in another form than is asked for";
    NeedsFurtherCharacter, "needs-further-character", Reject, "the code is subdivided: a further character is needed";
    NeedsFifthCharacter, "needs-fifth-character", Warn, "the edition subdivides the code by a fifth character";
    MarkDiffers, "mark-differs", Warn, "the code is marked as dagger or asterisk, and the edition has it otherwise";
    AsteriskFirst, "asterisk-first", Reject, "an asterisk code stands first, which it never does";
    AsteriskAlone, "asterisk-alone", Reject, "an asterisk code stands without a dagger code";
    AsteriskNeedsDagger, "asterisk-needs-dagger", Note, "an asterisk code needs a dagger code beside it, and the others were not given";
    SexMismatch, "sex-mismatch", Warn, "the code is limited to the other sex";
    SexUndecided, "sex-undecided", Ignore, "the code is limited to a sex, and that of the patient or the limit is not known";
    AgeMismatch, "age-mismatch", Warn, "the age is outside the limits of the code";
    AgeUndecided, "age-undecided", Ignore, "the code is limited to ages, and that of the patient does not settle it";
    ImplausibleNhsNumber, "implausible-nhs-number", Warn, "the NHS number is well formed and was not issued to a patient, or hardly can have been";
    OtherVersion, "other-version", Warn, "the coding states another version than the release opened";
    StaleRelease, "stale-release", Warn, "the release is older than is allowed";
    ReleaseAgeUnknown, "release-age-unknown", Warn, "how old the release is cannot be told";
    Expression, "expression", Reject, "the text is a postcoordinated expression, where a single concept is asked for";
    MalformedExpression, "malformed-expression", Reject, "the text begins as an expression, and is none";
    NotAnAttribute, "not-an-attribute", Reject, "the concept that names an attribute of the expression is none";
    AttributeUnclear, "attribute-unclear", Note, "whether the concept that names an attribute of the expression is one is not known";
    AttributeNotAllowed, "attribute-not-allowed", Reject, "the expression has an attribute that is not among those that may stand there";
    ExpressionNotPlaced, "expression-not-placed", Warn, "whether the meaning of the expression satisfies what is asked is not known: that takes a classifier";
}

impl FindingCode {
    /// The finding of this code.
    pub fn named(code: &str) -> Option<FindingCode> {
        FindingCode::ALL.into_iter().find(|known| known.code() == code)
    }

    /// Its number in answers of the [batch](super::Validator::check_ids), 1 and up; numbers are kept
    /// within a version of the crate, codes for ever.
    pub const fn number(self) -> u8 {
        (self as u8).saturating_add(1)
    }

    /// The finding of a number; `None` for 0, which is acceptance.
    pub fn from_number(number: u8) -> Option<FindingCode> {
        FindingCode::ALL.get(usize::from(number.checked_sub(1)?)).copied()
    }
}

/// The code.
impl std::fmt::Display for FindingCode {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.pad(self.code())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_distinct_and_found_again() {
        for (place, code) in FindingCode::ALL.into_iter().enumerate() {
            assert_eq!(code as usize, place);
            assert_eq!(FindingCode::named(code.code()), Some(code));
            assert_eq!(FindingCode::from_number(code.number()), Some(code));
            assert!(code.code().bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'-'));
        }
        assert_eq!(FindingCode::from_number(0), None);
        assert_eq!(FindingCode::named("wrong"), None);
    }

    #[test]
    fn the_document_has_a_row_for_each_code_as_it_is() {
        let document = include_str!("../../docs/findings.md");
        let rows: Vec<&str> = document.lines().filter(|line| line.starts_with("| `")).collect();
        let mut rows = rows.into_iter();
        for code in FindingCode::ALL {
            let severity = code.default_severity().word();
            let expected = format!("| `{code}` | {severity} | {} |", code.about());
            let row = rows.next().unwrap_or_default();
            assert!(row.starts_with(&expected), "{expected}: {row}");
        }
    }
}
