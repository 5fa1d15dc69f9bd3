//! One row: the cells that are looked at, and what is said of them.

use std::borrow::Cow;
use std::fmt::Write as _;
use std::sync::Arc;

use farr::Systems;
use farr::coding::{
    Coding, Facts, FindingCode, Knowledge, Outcome, Position, Severity, Suggestion, System,
    Validator, Verdict, inspect,
};
use farr::id::Component;

use farr_codelists::rules::CellFinding;

use super::alongside::Alongside;
use super::unstated::system_of;
use crate::table::facts::{Said, age, day, sex};
use crate::table::withheld::has_nhs_number;

/// What a column is read as.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Part {
    Code,
    Display,
    Date,
    Sex,
    Age,
    /// Another code of the same episode.
    Alongside,
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
    /// Something about a cell of the row.
    Cell(CellFinding),
}

impl Found {
    /// The one of this code.
    pub(crate) fn named(code: &str) -> Option<Found> {
        let of_cell = CellFinding::named(code).map(Found::Cell);
        of_cell.or_else(|| FindingCode::named(code).map(Found::Coding))
    }

    /// How much it weighs where nothing else is asked.
    fn default_severity(self) -> Severity {
        match self {
            Found::Coding(code) => code.default_severity(),
            Found::Cell(found) => found.default_severity(),
        }
    }

    /// Its code.
    pub(crate) fn code(self) -> &'static str {
        match self {
            Found::Coding(code) => code.code(),
            Found::Cell(found) => found.code(),
        }
    }

    /// What it says, in half a sentence.
    pub(crate) fn about(self) -> &'static str {
        match self {
            Found::Coding(code) => code.about(),
            Found::Cell(found) => found.about(),
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
    /// What is said, as it is counted and summed up: no cell but the code is in it.
    pub(crate) message: String,
    /// What is said in the row itself, with the cells that cannot be read; `None` where that is the same.
    /// A cell may be anything, the number of a patient in the wrong column too.
    pub(crate) own_message: Option<String>,
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
        let message = self.own_message.as_ref().unwrap_or(&self.message);
        [self.codes(), own(message), own(&self.suggestion)]
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
    systems: Systems<'v>,
    pub(super) of: CodesOf<'v>,
    /// What the cells of a row are.
    pub(super) parts: Vec<Part>,
    /// How much findings of a row weigh, where something else is asked.
    severities: Vec<(Found, Severity)>,
    /// Where the codes stand among those of their episodes.
    position: Option<Position>,
    /// What is said of a row where nothing was found: most rows share it.
    accepted: Arc<Judged>,
}

impl<'v> Judge<'v> {
    /// Judges rows of these cells by a binding.
    pub(super) fn new(
        validator: &'v Validator<'v>,
        systems: Systems<'v>,
        of: CodesOf<'v>,
        parts: Vec<Part>,
    ) -> Judge<'v> {
        let accepted = Arc::new(Judged {
            outcome: Outcome::Accept,
            findings: Vec::new(),
            code: String::new(),
            is_withheld: false,
            message: String::new(),
            own_message: None,
            suggestion: String::new(),
        });
        let severities = Vec::new();
        Judge { validator, systems, of, parts, severities, position: None, accepted }
    }

    /// The same of other cells.
    pub(super) fn with_parts(&self, parts: Vec<Part>) -> Judge<'v> {
        let Judge { validator, systems, of, .. } = *self;
        Judge::new(validator, systems, of, parts)
            .weighing(self.severities.clone())
            .standing(self.position)
    }

    /// The codes stand there among those of their episodes.
    pub(super) fn standing(mut self, position: Option<Position>) -> Judge<'v> {
        self.position = position;
        self
    }

    /// Findings weigh so much; those of a coding the binding weighs.
    pub(super) fn weighing(mut self, severities: Vec<(Found, Severity)>) -> Judge<'v> {
        self.severities = severities;
        self
    }

    fn severity_of(&self, found: Found) -> Severity {
        let asked = self.severities.iter().rev().find(|(asked, _)| *asked == found);
        asked.map_or(found.default_severity(), |(_, severity)| *severity)
    }

    /// What is said of a row in which something else than text or a number stands in the place of the
    /// code.
    pub(super) fn unreadable_code(&self, written: &str) -> Arc<Judged> {
        let found = Found::Cell(CellFinding::UnreadableCode);
        let severity = self.severity_of(found);
        if severity == Severity::Ignore {
            return Arc::clone(&self.accepted);
        }
        let is_withheld = has_nhs_number(written);
        Arc::new(Judged {
            outcome: outcome_of(severity),
            findings: vec![(found, severity)],
            code: if is_withheld { String::new() } else { written.to_owned() },
            is_withheld,
            message: found.about().to_owned(),
            own_message: None,
            suggestion: String::new(),
        })
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
        let mut unreadable: Vec<(Found, &str)> = Vec::new();
        let is_alongside = |part: &Part| *part == Part::Alongside;
        let others = self.parts.iter().zip(cells).filter(|(part, _)| is_alongside(part));
        let others = Alongside::of(others.map(|(_, cell)| cell.as_deref().unwrap_or_default()));
        let alongside: Option<&[&str]> =
            self.parts.iter().any(is_alongside).then_some(others.codes.as_slice());
        unreadable.extend(
            others
                .unreadable
                .iter()
                .map(|cell| (Found::Cell(CellFinding::UnreadableAlongside), *cell)),
        );
        let mut facts = Facts::new().position(self.position).alongside(alongside);
        let (mut code, mut display) = ("", None);
        for (part, cell) in self.parts.iter().zip(cells) {
            let cell = cell.as_deref().unwrap_or_default();
            match part {
                Part::Code => code = cell,
                Part::Alongside => {}
                Part::Display => display = (!cell.trim().is_empty()).then_some(cell),
                Part::Date => match day(cell) {
                    Said::Known(day) => facts = facts.recorded(day),
                    Said::Unknown => {}
                    Said::Unreadable => {
                        unreadable.push((Found::Cell(CellFinding::UnreadableDate), cell))
                    }
                },
                Part::Sex => match sex(cell) {
                    Said::Known(sex) => facts = facts.sex(sex),
                    Said::Unknown => {}
                    Said::Unreadable => {
                        unreadable.push((Found::Cell(CellFinding::UnreadableSex), cell))
                    }
                },
                Part::Age => match age(cell) {
                    Said::Known(age) => facts = facts.age(age),
                    Said::Unknown => {}
                    Said::Unreadable => {
                        unreadable.push((Found::Cell(CellFinding::UnreadableAge), cell))
                    }
                },
            }
        }
        let mut coding = self.of.coding(code);
        if let Some(display) = display {
            coding = coding.display(display);
        }
        unreadable.retain(|(found, _)| self.severity_of(*found) != Severity::Ignore);
        let mut verdict = self.validator.check(&coding, &facts);
        // A dagger code may stand in what cannot be read: that there is none is not known.
        if !others.unreadable.is_empty() && verdict.has(FindingCode::AsteriskAlone) {
            verdict = self.validator.check(&coding, &facts.alongside(None));
        }
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
        let mut own_message = (!unreadable.is_empty()).then(|| message.clone());
        for (found, cell) in unreadable {
            let severity = self.severity_of(found);
            outcome = outcome.max(outcome_of(severity));
            if !findings.contains(&(found, severity)) {
                findings.push((found, severity));
                append(&mut message, found.about());
            }
            if let Some(own) = &mut own_message {
                append(own, format_args!("{}: {cell:?}", found.about()));
            }
        }
        let mut suggestion = String::new();
        suggestions.into_iter().for_each(|one| append(&mut suggestion, one));
        let is_withheld = verdict.system() == Some(System::NhsNumber)
            || has_nhs_number(code) && !self.is_known(&verdict, code);
        Arc::new(Judged {
            outcome,
            findings,
            code: if is_withheld { String::new() } else { code.to_owned() },
            is_withheld,
            message,
            own_message,
            suggestion,
        })
    }

    /// Whether a release has the code, of the system that it was judged as. A number that no release has
    /// may be a patient's in the wrong column, whatever was found, and whatever is ignored.
    fn is_known(&self, verdict: &Verdict<'_>, code: &str) -> bool {
        let is_of_it = |system: System| match verdict.system() {
            None => true,
            // What dm+d has is of SNOMED CT, too.
            Some(System::Snomed | System::Dmd) => matches!(system, System::Snomed | System::Dmd),
            Some(judged) => judged == system,
        };
        inspect(self.systems, code).iter().any(|found| {
            let is_known = matches!(found.known, Knowledge::Known(_)) && found.fault.is_none();
            is_known && is_of_it(found.system) && found.component != Some(Component::Description)
        })
    }
}

fn outcome_of(severity: Severity) -> Outcome {
    match severity {
        Severity::Ignore | Severity::Note => Outcome::Accept,
        Severity::Warn => Outcome::Warn,
        Severity::Reject => Outcome::Reject,
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_of_findings_are_distinct() {
        for found in CellFinding::ALL.map(Found::Cell) {
            assert_eq!(FindingCode::named(found.code()), None);
            assert_eq!(Found::named(found.code()), Some(found));
            assert!(!found.about().is_empty());
        }
    }
}
