//! One code, and what is to be said of it.

use farr::coding::{BindingError, Facts, Outcome, Suggestion, Validator, Verdict};
use serde::Serialize;

use super::Arguments;
use super::cautions::cautions;
use super::row::CodesOf;
use crate::card::draw::Sheet;
use crate::cli::Common;
use crate::exit;
use crate::failure::Failure;
use crate::output::format::Format;
use crate::output::records::{Record, RecordWriter, json_value};
use crate::streams::Streams;
use std::io::Write as _;

/// What is said of a code.
#[derive(Debug, Serialize)]
struct VerdictCard {
    code: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    display: Option<String>,
    outcome: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    system: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    release: Option<String>,
    findings: Vec<FindingCard>,
}

#[derive(Debug, Serialize)]
struct FindingCard {
    code: &'static str,
    severity: &'static str,
    message: String,
    suggestions: Vec<SuggestionCard>,
}

#[derive(Debug, Serialize)]
struct SuggestionCard {
    kind: &'static str,
    system: &'static str,
    code: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    term: Option<String>,
}

impl VerdictCard {
    fn of(code: &str, display: Option<&str>, verdict: &Verdict<'_>) -> VerdictCard {
        let findings = verdict.findings().iter().map(|finding| FindingCard {
            code: finding.code().code(),
            severity: finding.severity().word(),
            message: finding.message(),
            suggestions: finding.suggestions().iter().map(SuggestionCard::of).collect(),
        });
        VerdictCard {
            code: code.to_owned(),
            display: display.map(str::to_owned),
            outcome: verdict.outcome().word(),
            system: verdict.system().map(|system| system.word()),
            release: verdict.release().map(ToString::to_string),
            findings: findings.collect(),
        }
    }

    fn draw(&self, sheet: &mut Sheet) {
        let palette = sheet.palette();
        let heading = match &self.display {
            Some(display) => format!("{} {display}", self.code),
            None => self.code.clone(),
        };
        sheet.heading(&heading);
        let paint = |text: &str| match self.outcome {
            "accept" => palette.good(text),
            "warn" => palette.warning(text),
            _ => palette.bad(text),
        };
        let said = match self.outcome {
            "accept" => "accepted",
            "warn" => "to be looked at",
            _ => "not accepted",
        };
        sheet.labelled("outcome", said, paint);
        if let Some(release) = &self.release {
            sheet.plain("judged by", release);
        }
        for finding in &self.findings {
            sheet.plain(finding.severity, &format!("{} ({})", finding.message, finding.code));
            sheet.list(
                "",
                finding.suggestions.iter().map(|suggestion| match &suggestion.term {
                    Some(term) => format!("{} {term} ({})", suggestion.code, suggestion.kind),
                    None => format!("{} ({})", suggestion.code, suggestion.kind),
                }),
            );
        }
    }
}

impl SuggestionCard {
    fn of(suggestion: &Suggestion<'_>) -> SuggestionCard {
        SuggestionCard {
            kind: suggestion.kind().word(),
            system: suggestion.system().word(),
            code: suggestion.code().to_owned(),
            term: suggestion.term().map(str::to_owned),
        }
    }
}

impl Record for VerdictCard {
    const COLUMNS: &'static [&'static str] =
        &["code", "outcome", "findings", "message", "suggestion"];

    fn cells(&self) -> Vec<String> {
        let codes: Vec<&str> = self.findings.iter().map(|finding| finding.code).collect();
        let messages: Vec<&str> =
            self.findings.iter().map(|finding| finding.message.as_str()).collect();
        let suggestions = self.findings.iter().flat_map(|finding| &finding.suggestions);
        let suggestions: Vec<String> = suggestions
            .map(|suggestion| match &suggestion.term {
                Some(term) => format!("{} |{term}|", suggestion.code),
                None => suggestion.code.clone(),
            })
            .collect();
        vec![
            self.code.clone(),
            self.outcome.to_owned(),
            codes.join(";"),
            messages.join("; "),
            suggestions.join("; "),
        ]
    }
}

/// Why nothing can be judged by a binding.
pub(super) fn unanswerable(error: BindingError) -> Failure {
    match error {
        BindingError::Open(error) => Failure::Index(error),
        error => Failure::Usage(error.to_string()),
    }
}

/// Validates one code; gives what the process ends with.
pub(super) fn run(
    code: &str,
    arguments: &Arguments,
    common: &Common,
    streams: &mut Streams<'_>,
) -> Result<u8, Failure> {
    common.format.require("validate --code", &Format::WITHOUT_CODES)?;
    arguments.check_position()?;
    let terminology = super::table::open(arguments, common)?;
    let mut binding = arguments.asked.binding(common)?;
    if let Some(days) = arguments.most_age {
        binding = binding.most_age_days(days);
    }
    let asked = arguments.asked.systems();
    let display = arguments.display.as_deref();
    let (card, outcome, cautions) = terminology
        .ask_systems(|systems| {
            let mut coding = CodesOf::of(&asked, systems).coding(code);
            if let Some(display) = display {
                coding = coding.display(display);
            }
            let validator = Validator::of(systems, &binding)?.today(arguments.day());
            let facts = Facts::new().position(arguments.position.map(Into::into));
            let verdict = validator.check(&coding, &facts);
            let card = VerdictCard::of(code, display, &verdict);
            Ok((card, verdict.outcome(), cautions(&validator)))
        })?
        .map_err(unanswerable)?;
    for caution in cautions {
        streams.warn(&caution);
    }
    match common.format {
        Format::Table => {
            let mut sheet = Sheet::new(streams.palette(), streams.width());
            card.draw(&mut sheet);
            streams.out.write_all(sheet.into_text().as_bytes())?;
        }
        format @ (Format::Json | Format::Jsonl) => json_value(streams.out, format, &card)?,
        format => {
            let mut records = RecordWriter::begin::<VerdictCard>(format, streams.out)?;
            records.write(streams.out, &card)?;
            records.finish(streams.out)?;
        }
    }
    let denied = match outcome {
        Outcome::Accept => false,
        Outcome::Warn => arguments.deny_warnings,
        Outcome::Reject => true,
    };
    Ok(if denied { exit::NOT_FOUND } else { exit::ANSWERED })
}
