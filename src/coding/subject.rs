//! What findings are about.

use super::finding_code::FindingCode;

/// What a [`FindingCode`] is about: where to look for what is to be mended.
///
/// # Example
/// ```
/// use farr::coding::{FindingCode, FindingSubject};
///
/// assert_eq!(FindingCode::RoundedBySpreadsheet.subject(), FindingSubject::Damage);
/// assert_eq!(FindingCode::Inactive.subject(), FindingSubject::Code);
/// assert_eq!(FindingCode::DisplayNotATerm.subject(), FindingSubject::Term);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum FindingSubject {
    /// The text of the code: it was damaged on its way.
    Damage,
    /// The code itself: what it is a code of, and whether it is in use. Another may stand in its place.
    Code,
    /// How the code is written, in a field or beside others.
    Writing,
    /// Whether a code that may be right is one that is asked for, here and of this patient.
    Use,
    /// The text or the description beside the code.
    Term,
    /// What the code was held against: its system and the release.
    Release,
    /// A postcoordinated expression.
    Expression,
}

impl FindingCode {
    /// What it is about.
    ///
    /// Every code is named here, so that whoever adds one has to say so.
    pub const fn subject(self) -> FindingSubject {
        use FindingCode::*;
        match self {
            Malformed | WrittenAsNumber | RoundedBySpreadsheet | Truncated | WrongCheckDigit => {
                FindingSubject::Damage
            }
            PublishedWithWrongCheckDigit
            | DescriptionId
            | RelationshipId
            | ReadCode
            | NotInRelease
            | OtherExtension
            | GtinUnknown
            | Inactive
            | InactiveInGrace
            | InactiveSince
            | InvalidSinceUnknown
            | PreviousId
            | NotAProduct
            | ImplausibleNhsNumber => FindingSubject::Code,
            Missing
            | SurroundingSpace
            | SeveralCodes
            | TooLong
            | WrongForm
            | NeedsFurtherCharacter
            | NeedsFifthCharacter
            | MarkDiffers
            | AsteriskFirst
            | AsteriskAlone
            | AsteriskNeedsDagger => FindingSubject::Writing,
            NotYetActive
            | ActivityUnknown
            | OutsideConstraint
            | OutsideRefset
            | OutsideValueSet
            | OutsideRange
            | OutsideAll
            | MembershipUnknown
            | WrongLevel
            | NotPrescribable
            | NotRecommended
            | PrescribeWithCaution
            | PrescribabilityUnknown
            | SexMismatch
            | SexUndecided
            | AgeMismatch
            | AgeUndecided => FindingSubject::Use,
            DisplayMissing | DisplayDiffers | DisplayNotPreferred | DisplayOtherDialect
            | DisplayInactiveTerm | DisplayNotATerm | DisplayOfAnother | DescriptionMismatch
            | DescriptionUnknown => FindingSubject::Term,
            UnknownSystem | SystemNotAllowed | SystemUnstated | NotJudged | OtherVersion
            | StaleRelease | ReleaseAgeUnknown => FindingSubject::Release,
            Expression | MalformedExpression | NotAnAttribute | AttributeUnclear
            | AttributeNotAllowed | ExpressionNotPlaced => FindingSubject::Expression,
        }
    }
}
