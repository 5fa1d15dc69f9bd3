//! The sentence that a finding is for people.

use std::fmt;

use super::detail::Detail;
use super::finding::{Finding, Suggestion, SuggestionKind};
use super::finding_code::FindingCode;
use crate::id::DaggerAsterisk;
use crate::map::Sex;

impl fmt::Display for Finding<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(part) = self.part {
            write!(f, "part {}: ", part.saturating_add(1))?;
        }
        match self.detail.sentence(f, self.code)? {
            true => {}
            // The code's own words, as a sentence.
            false => f.write_str(self.code.about())?,
        }
        suggested(f, &self.suggestions)
    }
}

/// What to do about it, behind the sentence.
fn suggested(f: &mut fmt::Formatter<'_>, suggestions: &[Suggestion<'_>]) -> fmt::Result {
    /// Suggestions said in a message; the rest are counted.
    const SHOWN: usize = 3;
    let Some(first) = suggestions.first() else { return Ok(()) };
    f.write_str(match first.kind() {
        SuggestionKind::Successor => "; it was replaced by ",
        SuggestionKind::Candidate => "; a person has to choose what to use now: ",
        SuggestionKind::Original => "; the only code of the release that it can have been is ",
        SuggestionKind::PossibleOriginal => "; it may have been ",
        SuggestionKind::Concept => "; the concept is ",
        SuggestionKind::PreferredTerm => "; the term to show is ",
        SuggestionKind::TermOf => "; it is a term of ",
        SuggestionKind::Nearest => "; the nearest that would do: ",
        SuggestionKind::Subdivision => "; choose among ",
        SuggestionKind::Partner => "; it goes with ",
        SuggestionKind::Current => "; the id now is ",
        SuggestionKind::Mapped => "; it is mapped from ",
        SuggestionKind::Form => "; write it ",
    })?;
    for (place, suggestion) in suggestions.iter().take(SHOWN).enumerate() {
        if place > 0 {
            f.write_str(", ")?;
        }
        match (suggestion.kind(), suggestion.term()) {
            (SuggestionKind::PreferredTerm, Some(term)) => write!(f, "\"{term}\"")?,
            _ => write!(f, "{suggestion}")?,
        }
    }
    match suggestions.len().saturating_sub(SHOWN) {
        0 => Ok(()),
        more => write!(f, " and {more} more"),
    }
}

impl Detail<'_> {
    /// The sentence, within one that has more to say.
    pub(super) fn text(&self, code: FindingCode) -> String {
        struct Text<'d, 'v>(&'d Detail<'v>, FindingCode);
        impl fmt::Display for Text<'_, '_> {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.sentence(f, self.1).map(|_| ())
            }
        }
        Text(self, code).to_string()
    }

    /// Writes the sentence of a finding with this detail; `false` where the detail adds nothing.
    fn sentence(&self, f: &mut fmt::Formatter<'_>, code: FindingCode) -> Result<bool, fmt::Error> {
        let about = code.about();
        match self {
            Detail::Nothing => return Ok(false),
            Detail::Sctid(error) => wrong(f, code, error)?,
            Detail::Classification(error) => wrong(f, code, error)?,
            Detail::NhsNumber(error) => wrong(f, code, error)?,
            Detail::Gtin(error) => wrong(f, code, error)?,
            Detail::System(system) => write!(f, "{about} ({})", system.name())?,
            Detail::NotAllowed { found, allowed } => {
                write!(f, "the code is of {}, and is asked for of ", found.name())?;
                for (place, system) in allowed.iter().enumerate() {
                    write!(f, "{}{}", if place > 0 { " or " } else { "" }, system.name())?;
                }
            }
            Detail::Count(count) => write!(f, "the field has {count} codes, and one is asked for")?,
            Detail::Namespace { number, owner: Some(owner) } => {
                write!(
                    f,
                    "the id is of namespace {number}, of which the release has no concept; it belongs to: {owner}"
                )?;
            }
            Detail::Namespace { number, owner: None } => {
                write!(
                    f,
                    "the id is of namespace {number}, of which the release has no concept, nor says whose it is"
                )?;
            }
            Detail::InDmd(name) => {
                write!(f, "the SNOMED CT release does not have the id; dm+d has it: {name}")?;
            }
            Detail::Inactive { since, reason } => inactive(f, code, *since, *reason)?,
            Detail::Day(day) => write!(f, "{about}: {day}")?,
            Detail::Text(own) if code == FindingCode::DisplayOfAnother => {
                write!(f, "the text is no term of the code, which is \"{own}\"")?;
            }
            // What is not known says why better than the code does.
            Detail::Made(text) if code == FindingCode::MembershipUnknown => {
                write!(f, "whether the concept belongs there is not known: {text}")?;
            }
            Detail::Text(text) => write!(f, "{about}: {text}")?,
            Detail::Made(text) => write!(f, "{about}: {text}")?,
            Detail::Level { found, allowed, ingredients } => {
                let name = found.full_name();
                let article = if found.name().starts_with('A') { "an" } else { "a" };
                write!(f, "it is {article} {} ({name}), where is asked for ", found.name())?;
                let levels = allowed.iter().map(|level| level.name());
                let words = levels.chain(ingredients.then_some("an ingredient"));
                for (place, word) in words.enumerate() {
                    write!(f, "{}{word}", if place > 0 { " or " } else { "" })?;
                }
            }
            Detail::Prescribability(answer) => {
                write!(f, "{about} ({})", answer.setting().code())?;
                let decisive =
                    answer.reasons().filter(|r| r.verdict(answer.setting()) == answer.verdict());
                for (place, reason) in decisive.enumerate() {
                    write!(f, "{}{}", if place > 0 { "; " } else { ": " }, reason.phrase())?;
                }
            }
            Detail::Form(form) => write!(f, "{about}: {}", form.word())?,
            Detail::ExpressionForm(form) => {
                write!(f, "the expression is written in another form than is asked for: ")?;
                f.write_str(form.picture())?;
            }
            Detail::Length { found, most } => {
                write!(f, "the code has {found} characters, and may have {most}")?;
            }
            Detail::Mark(mark) => write!(
                f,
                "the code is marked, and the edition has it as {}",
                match mark {
                    Some(DaggerAsterisk::Dagger) => "a dagger code",
                    Some(DaggerAsterisk::Asterisk) => "an asterisk code",
                    None => "neither dagger nor asterisk",
                }
            )?,
            Detail::Sex(Some(Sex::Female)) => {
                write!(f, "{about}: the edition limits it to females")?
            }
            Detail::Sex(Some(Sex::Male)) => write!(f, "{about}: the edition limits it to males")?,
            Detail::Sex(None) => {
                write!(f, "{about}: the edition does not say what its limit means")?
            }
            Detail::Ages(ages) => {
                write!(f, "{about}: the edition has ")?;
                match (ages.minimum, ages.maximum) {
                    (Some(minimum), Some(maximum)) => write!(f, "{minimum} to {maximum}")?,
                    (Some(minimum), None) => write!(f, "{minimum} and above")?,
                    (None, Some(maximum)) => write!(f, "up to {maximum}")?,
                    (None, None) => f.write_str("none")?,
                }
                f.write_str(", taken as completed years")?;
            }
            Detail::Plausibility(plausibility) => {
                for (place, reason) in plausibility.reasons().enumerate() {
                    write!(f, "{}{reason}", if place > 0 { "; " } else { "" })?;
                }
            }
            Detail::Age { days, most } => {
                write!(f, "the release is {days} days old, and may be {most}")?;
            }
        }
        Ok(true)
    }
}

/// Why a text is no code. Of a check digit the reason says all; what a spreadsheet did is not explained
/// by what it left.
fn wrong(f: &mut fmt::Formatter<'_>, code: FindingCode, error: &dyn fmt::Display) -> fmt::Result {
    match code {
        FindingCode::WrongCheckDigit => write!(f, "{error}"),
        FindingCode::RoundedBySpreadsheet
        | FindingCode::WrittenAsNumber
        | FindingCode::Truncated => f.write_str(code.about()),
        _ => write!(f, "{}: {error}", code.about()),
    }
}

fn inactive(
    f: &mut fmt::Formatter<'_>,
    code: FindingCode,
    since: Option<crate::date::Date>,
    reason: Option<crate::snomed::InactivationReason>,
) -> fmt::Result {
    f.write_str(code.about())?;
    if let Some(since) = since {
        write!(f, ": inactive since {since}")?;
    }
    match reason {
        Some(reason) => write!(f, ", reason: {reason}"),
        None => Ok(()),
    }
}
