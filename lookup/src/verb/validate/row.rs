//! One row: the cells that are looked at, and what is said of them.

use std::borrow::Cow;
use std::fmt::Write as _;
use std::sync::Arc;

use farr::coding::{Coding, Facts, FindingCode, Outcome, Severity, Suggestion, System, Validator};
use farr::{Date, Systems};

use super::unstated::system_of;
use crate::table::facts::{Said, age, sex};

/// What a column is read as.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Part {
    Code,
    Display,
    Date,
    Sex,
    Age,
}

/// The columns that are added, behind their prefix. An interface.
pub(super) const ADDED: [&str; 4] = ["outcome", "findings", "message", "suggestion"];
/// Between codes of findings.
const BETWEEN_CODES: &str = ";";
/// Between messages, and between suggestions.
const BETWEEN_TEXTS: &str = "; ";

/// One thing found in a row. The codes are an interface.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Found {
    /// Something about the code.
    Coding(FindingCode),
    /// The day cannot be read: the code is judged as if none were given.
    UnreadableDate,
    /// The sex cannot be read.
    UnreadableSex,
    /// The age cannot be read.
    UnreadableAge,
}

impl Found {
    /// Its code.
    pub(crate) fn code(self) -> &'static str {
        match self {
            Found::Coding(code) => code.code(),
            Found::UnreadableDate => "unreadable-date",
            Found::UnreadableSex => "unreadable-sex",
            Found::UnreadableAge => "unreadable-age",
        }
    }

    /// What it says, in half a sentence.
    pub(crate) fn about(self) -> &'static str {
        match self {
            Found::Coding(code) => code.about(),
            Found::UnreadableDate => "the date cannot be read, and was left out of account",
            Found::UnreadableSex => "the sex cannot be read, and was left out of account",
            Found::UnreadableAge => "the age cannot be read, and was left out of account",
        }
    }
}

/// What is said of a row.
#[derive(Clone, Debug)]
pub(crate) struct Judged {
    pub(crate) outcome: Outcome,
    pub(crate) findings: Vec<(Found, Severity)>,
    /// The code as the row has it, where something was found; nothing for one that tells whose it is.
    pub(crate) code: String,
    /// Whether the code tells whose it is, so that no summary shows it: an NHS number.
    pub(crate) is_withheld: bool,
    pub(crate) message: String,
    pub(crate) suggestion: String,
}

impl Judged {
    /// The codes of the findings in one cell.
    pub(crate) fn codes(&self) -> Cow<'static, str> {
        match self.findings.as_slice() {
            [] => Cow::Borrowed(""),
            [(only, _)] => Cow::Borrowed(only.code()),
            all => {
                let codes: Vec<&str> = all.iter().map(|(found, _)| found.code()).collect();
                Cow::Owned(codes.join(BETWEEN_CODES))
            }
        }
    }

    /// The cells that are added, in the order of [`ADDED`]; `None` where there is nothing to say.
    pub(crate) fn cells(&self) -> [Option<Cow<'static, str>>; 4] {
        let [findings, message, suggestion] = self.texts();
        [Some(Cow::Borrowed(self.outcome.word())), findings, message, suggestion]
    }

    /// The cells behind the outcome.
    pub(crate) fn texts(&self) -> [Option<Cow<'static, str>>; 3] {
        let own = |text: &str| Cow::Owned(text.to_owned());
        [self.codes(), own(&self.message), own(&self.suggestion)]
            .map(|text| (!text.is_empty()).then_some(text))
    }
}

/// What the codes of a table are of.
#[derive(Clone, Copy, Debug)]
pub(super) enum CodesOf<'v> {
    /// All of one system.
    One(System),
    /// Of any that the binding asks for.
    Any,
    /// Of whichever of these knows the code.
    Whichever(Systems<'v>),
}

impl<'v> CodesOf<'v> {
    /// What codes are of, of which these are asked for.
    pub(super) fn of(asked: &[System], open: Systems<'v>) -> CodesOf<'v> {
        match asked {
            [] => CodesOf::Whichever(open),
            [only] => CodesOf::One(*only),
            _ => CodesOf::Any,
        }
    }

    /// A coding of a code.
    pub(super) fn coding<'c>(self, code: &'c str) -> Coding<'c> {
        let system = match self {
            CodesOf::One(system) => Some(system),
            CodesOf::Any => None,
            CodesOf::Whichever(open) => system_of(open, code),
        };
        system.map_or_else(|| Coding::unstated(code), |system| Coding::new(system, code))
    }
}

/// Judges rows.
#[derive(Debug)]
pub(crate) struct Judge<'v> {
    pub(super) validator: &'v Validator<'v>,
    pub(super) of: CodesOf<'v>,
    /// What the cells of a row are.
    pub(super) parts: Vec<Part>,
    /// What is said of a row where nothing was found: most rows share it.
    accepted: Arc<Judged>,
}

impl<'v> Judge<'v> {
    /// Judges rows of these cells by a binding.
    pub(super) fn new(
        validator: &'v Validator<'v>,
        of: CodesOf<'v>,
        parts: Vec<Part>,
    ) -> Judge<'v> {
        let accepted = Arc::new(Judged {
            outcome: Outcome::Accept,
            findings: Vec::new(),
            code: String::new(),
            is_withheld: false,
            message: String::new(),
            suggestion: String::new(),
        });
        Judge { validator, of, parts, accepted }
    }

    /// Whether a row is its code, a concept or product, and nothing besides: then numbers of it may be
    /// judged many at once.
    pub(super) fn takes_ids(&self) -> bool {
        self.parts == [Part::Code] && matches!(self.of, CodesOf::One(System::Snomed | System::Dmd))
    }

    /// What is said of a row where nothing was found.
    pub(super) fn accepted(&self) -> &Arc<Judged> {
        &self.accepted
    }

    /// Judges a row by its cells, one a part; `None` is an empty one.
    pub(crate) fn judge(&self, cells: &[Option<Cow<'_, str>>]) -> Arc<Judged> {
        let mut unreadable = Vec::new();
        let mut facts = Facts::new();
        let (mut code, mut display) = ("", None);
        for (part, cell) in self.parts.iter().zip(cells) {
            let cell = cell.as_deref().unwrap_or_default();
            match part {
                Part::Code => code = cell,
                Part::Display => display = (!cell.trim().is_empty()).then_some(cell),
                Part::Date => match day(cell) {
                    Said::Known(day) => facts = facts.recorded(day),
                    Said::Unknown => {}
                    Said::Unreadable => unreadable.push((Found::UnreadableDate, cell)),
                },
                Part::Sex => match sex(cell) {
                    Said::Known(sex) => facts = facts.sex(sex),
                    Said::Unknown => {}
                    Said::Unreadable => unreadable.push((Found::UnreadableSex, cell)),
                },
                Part::Age => match age(cell) {
                    Said::Known(age) => facts = facts.age(age),
                    Said::Unknown => {}
                    Said::Unreadable => unreadable.push((Found::UnreadableAge, cell)),
                },
            }
        }
        let mut coding = self.of.coding(code);
        if let Some(display) = display {
            coding = coding.display(display);
        }
        let verdict = self.validator.check(&coding, &facts);
        if verdict.findings().is_empty() && unreadable.is_empty() {
            return Arc::clone(&self.accepted);
        }
        let mut outcome = verdict.outcome();
        let mut findings = Vec::with_capacity(verdict.findings().len() + unreadable.len());
        let mut message = String::new();
        let mut suggestions: Vec<&Suggestion<'_>> = Vec::new();
        for finding in verdict.findings() {
            findings.push((Found::Coding(finding.code()), finding.severity()));
            append(&mut message, finding);
            for suggestion in finding.suggestions() {
                // Two findings may suggest the same for different reasons: it is read once.
                let is_same = |known: &&Suggestion<'_>| {
                    (known.code(), known.term()) == (suggestion.code(), suggestion.term())
                };
                if !suggestions.iter().any(is_same) {
                    suggestions.push(suggestion);
                }
            }
        }
        for (found, cell) in unreadable {
            // What was left out of account might have changed the verdict.
            outcome = outcome.max(Outcome::Warn);
            findings.push((found, Severity::Warn));
            append(&mut message, format_args!("{}: {cell:?}", found.about()));
        }
        let mut suggestion = String::new();
        suggestions.into_iter().for_each(|one| append(&mut suggestion, one));
        let is_withheld = verdict.system() == Some(System::NhsNumber);
        Arc::new(Judged {
            outcome,
            findings,
            code: if is_withheld { String::new() } else { code.to_owned() },
            is_withheld,
            message,
            suggestion,
        })
    }
}

/// Puts a text behind others.
fn append(texts: &mut String, text: impl std::fmt::Display) {
    if !texts.is_empty() {
        texts.push_str(BETWEEN_TEXTS);
    }
    // A string takes all that is written to it.
    let _ = write!(texts, "{text}");
}

/// A day as in `2026-01-31` or `20260131`, a time of the day behind it or not. No other form is
/// read: whether `03/04/2026` is in March or April is not for a program to guess.
fn day(cell: &str) -> Said<Date> {
    let cell = cell.trim();
    if cell.is_empty() {
        return Said::Unknown;
    }
    let day = match cell.find(['T', ' ']) {
        Some(end) if end == 10 => cell.get(..end).unwrap_or_default(),
        _ => cell,
    };
    day.parse().map_or(Said::Unreadable, Said::Known)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_is_read_and_never_guessed() {
        for cell in ["2026-01-31", "20260131", " 2026-01-31 ", "2026-01-31T10:00:00Z"] {
            assert_eq!(day(cell), Said::Known(Date::new(2026, 1, 31).unwrap()), "{cell}");
        }
        assert_eq!(day(" "), Said::Unknown);
        for cell in ["31/01/2026", "2026-02-30", "2026", "2026-01-31x", "46053"] {
            assert_eq!(day(cell), Said::Unreadable, "{cell}");
        }
    }

    #[test]
    fn codes_of_findings_are_distinct() {
        let own = [Found::UnreadableDate, Found::UnreadableSex, Found::UnreadableAge];
        for found in own {
            assert_eq!(FindingCode::named(found.code()), None);
            assert!(!found.about().is_empty());
        }
    }
}
