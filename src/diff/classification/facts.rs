//! What an edition says of a code, beside its texts.

use crate::classification::{FurtherCharacter, Rubric, RubricCode, TextKind};
use crate::diff::ChangeKind;
use crate::id::DaggerAsterisk;

/// What is made of the columns and the place of a rubric.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Fact {
    /// Whether it may be coded with.
    Valid,
    /// Whether a coder has to go on to a subdivision.
    FurtherCharacter,
    /// Whether modifiers made it.
    Modified,
    /// Its spelling.
    Code,
    /// Dagger or asterisk.
    Mark,
    /// The codes that are the other half of a dual classification.
    Partners,
    /// The sex that it is limited to.
    Sex,
    /// The least age.
    MinimumAge,
    /// The greatest age.
    MaximumAge,
    /// Its title.
    Title,
}

/// In the order in which they are told.
pub(super) const FACTS: [Fact; 10] = [
    Fact::Title,
    Fact::Valid,
    Fact::FurtherCharacter,
    Fact::Mark,
    Fact::Partners,
    Fact::Sex,
    Fact::MinimumAge,
    Fact::MaximumAge,
    Fact::Modified,
    Fact::Code,
];

fn mark(usage: Option<DaggerAsterisk>) -> Option<&'static str> {
    Some(match usage? {
        DaggerAsterisk::Dagger => "dagger",
        DaggerAsterisk::Asterisk => "asterisk",
    })
}

/// The partners by code, each with its mark. Their order says nothing.
fn partners<C: RubricCode>(rubric: Rubric<'_, C>) -> Option<String> {
    let mut partners: Vec<String> = rubric
        .partners()
        .map(|partner| match partner.usage() {
            Some(DaggerAsterisk::Dagger) => format!("{}†", partner.text()),
            Some(DaggerAsterisk::Asterisk) => format!("{}*", partner.text()),
            None => partner.text().to_owned(),
        })
        .collect();
    partners.sort_unstable();
    (!partners.is_empty()).then(|| partners.join(", "))
}

impl Fact {
    /// What an edition says; `None` where it says nothing.
    pub(super) fn of<C: RubricCode>(self, rubric: Rubric<'_, C>) -> Option<String> {
        let word = match self {
            Fact::Title => rubric.title(),
            Fact::Valid => match rubric.is_valid()? {
                true => "valid",
                false => "not-valid",
            },
            Fact::FurtherCharacter => match rubric.further_character() {
                FurtherCharacter::None => "none",
                FurtherCharacter::Fourth => "fourth",
                FurtherCharacter::Fifth => "fifth",
                FurtherCharacter::Further => "further",
            },
            Fact::Modified => match rubric.is_modified() {
                true => "by-modifiers",
                false => "by-itself",
            },
            Fact::Code => rubric.code_text(),
            Fact::Mark => mark(rubric.usage())?,
            Fact::Partners => return partners(rubric),
            Fact::Sex => rubric.sex().word(),
            Fact::MinimumAge => return rubric.ages().minimum.map(|age| age.to_string()),
            Fact::MaximumAge => return rubric.ages().maximum.map(|age| age.to_string()),
        };
        Some(word.to_owned())
    }

    /// The kind of change it is where it is another.
    pub(super) fn kind(self) -> ChangeKind {
        match self {
            Fact::Title => ChangeKind::RubricRetitled,
            Fact::Valid | Fact::FurtherCharacter => ChangeKind::RubricValidityChanged,
            Fact::Modified | Fact::Code => ChangeKind::RubricTextsChanged,
            Fact::Mark | Fact::Partners => ChangeKind::RubricUsageChanged,
            Fact::Sex | Fact::MinimumAge | Fact::MaximumAge => ChangeKind::RubricLimitsChanged,
        }
    }

    /// Its word.
    pub(super) fn component(self) -> &'static str {
        match self {
            Fact::Title => "title",
            Fact::Valid => "valid",
            Fact::FurtherCharacter => "further-character",
            Fact::Modified => "made",
            Fact::Code => "code-text",
            Fact::Mark => "mark",
            Fact::Partners => "partners",
            Fact::Sex => "sex",
            Fact::MinimumAge => "min-age",
            Fact::MaximumAge => "max-age",
        }
    }

    /// Whether it is made of the texts of this kind, which say no more.
    pub(super) fn is_made_of(self, kind: TextKind) -> bool {
        match self {
            Fact::Title => matches!(
                kind,
                TextKind::Title
                    | TextKind::Description
                    | TextKind::Modifier4
                    | TextKind::Modifier5
                    | TextKind::CodeName
            ),
            Fact::Code => matches!(kind, TextKind::Code | TextKind::AltCode),
            Fact::Mark => kind == TextKind::Usage,
            Fact::Partners => kind == TextKind::Qualifiers,
            Fact::Sex => matches!(kind, TextKind::GenderMask | TextKind::SexAbsolute),
            Fact::MinimumAge => kind == TextKind::MinimumAge,
            Fact::MaximumAge => kind == TextKind::MaximumAge,
            Fact::Valid | Fact::FurtherCharacter | Fact::Modified => false,
        }
    }
}
