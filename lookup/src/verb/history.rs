//! `farr history`: what became of a concept, and what it stands in for.

use std::io::{self, Write};

use clap::Args;
use farr::{Dialect, Sctid, Snomed};
use serde::Serialize;

use crate::answers::{Answered, answer_all};
use crate::card::draw::Sheet;
use crate::card::draw_history;
use crate::card::history::{DescriptionHistoryCard, HistoryCard};
use crate::cli::Common;
use crate::failure::Failure;
use crate::input::Items;
use crate::open;
use crate::output::records::{Record, RecordWriter};
use crate::output::text::shown;
use crate::streams::Streams;

/// Codes that are asked about in one go: the answers to them are held in memory.
const CHUNK: usize = 256;

/// What to use now for an inactive concept, why it was made inactive, and what it stands in for
///
/// Follows SAME AS and REPLACED BY to an active concept, over any number of hops. Where they lead to
/// several, or only weaker associations lead anywhere, all candidates are shown with their paths,
/// and none is chosen. MOVED TO is told and never followed. Of a description: why it was made
/// inactive, what it really names, and the history of its concept. Where the index was built with a
/// history substitution table, its rows are shown beside.
#[derive(Args, Debug)]
#[command(after_help = "EXAMPLES:
  farr history 199317008
      What became of a concept
  farr history 199317008 --format json
      The same for a program; see OUTPUT.md for the keys
  farr history --format csv < codes.txt > histories.csv
      A column of codes: one row a code, in their order
  farr history --format codes < codes.txt
      Of each code the one concept to use now: its own where it is active; no line where the
      release names several, or none

Exits with 1 where any code is not in the release or not valid.")]
pub(crate) struct Arguments {
    /// Concept or description ids; - reads them from standard input, one a line
    #[arg(value_name = "CODE")]
    codes: Vec<String>,
}

/// A code, and its history.
#[derive(Debug, Serialize)]
struct Answer {
    code: String,
    /// `found`, `not-in-release` or `malformed`.
    status: &'static str,
    /// What is wrong with it.
    message: Option<String>,
    description: Option<DescriptionHistoryCard>,
    concept: Option<HistoryCard>,
}

impl Answer {
    fn of(snomed: Snomed<'_>, code: &str, dialect: Dialect) -> Answer {
        let nothing = |status, message| Answer {
            code: code.to_owned(),
            status,
            message: Some(message),
            description: None,
            concept: None,
        };
        let checked = Sctid::parse(code);
        // An id that was published with a wrong check digit is known to the release all the same.
        let id = match checked.or_else(|error| Sctid::parse_as_published(code).map_err(|_| error)) {
            Ok(id) => id,
            Err(error) => return nothing("malformed", error.to_string()),
        };
        let description = snomed.description(id);
        let concept = match description {
            Some(description) => description.concept(),
            None => snomed.concept(id),
        };
        if description.is_none() && concept.is_none() {
            return match checked {
                Ok(_) => {
                    let message = "neither a concept nor a description of this release";
                    nothing("not-in-release", message.to_owned())
                }
                Err(error) => nothing("malformed", error.to_string()),
            };
        }
        Answer {
            code: code.to_owned(),
            status: "found",
            message: None,
            description: description
                .map(|description| DescriptionHistoryCard::of(snomed, description, dialect)),
            concept: concept.map(|concept| HistoryCard::of(snomed, concept, dialect)),
        }
    }
}

/// Ids in one cell.
fn joined<'c>(ids: impl Iterator<Item = &'c str>) -> String {
    ids.collect::<Vec<_>>().join(" ")
}

impl Record for Answer {
    const COLUMNS: &'static [&'static str] = &[
        "code",
        "status",
        "concept_id",
        "active",
        "effective_time",
        "reason",
        "outcome",
        "successor_ids",
        "weakest",
        "all_needed",
        "dead_ends",
        "moved_to_ids",
        "predecessors",
        "substitution_ids",
        "substitution_ambiguous",
        "description_id",
        "description_active",
        "description_reason",
        "refers_to_ids",
        "message",
    ];

    fn cells(&self) -> Vec<String> {
        let of =
            |cell: fn(&HistoryCard) -> String| self.concept.as_ref().map(cell).unwrap_or_default();
        let text = |cell: fn(&DescriptionHistoryCard) -> String| {
            self.description.as_ref().map(cell).unwrap_or_default()
        };
        vec![
            self.code.clone(),
            self.status.to_owned(),
            of(|card| card.concept.id.clone()),
            of(|card| (card.outcome == "active").to_string()),
            of(|card| card.effective_time.clone().unwrap_or_default()),
            of(|card| card.reason.as_ref().map(|one| one.code.to_owned()).unwrap_or_default()),
            of(|card| card.outcome.to_owned()),
            of(|card| joined(card.successors.iter().map(|one| one.concept.id.as_str()))),
            // That of each successor, in their order.
            of(|card| joined(card.successors.iter().map(|one| one.weakest))),
            of(|card| card.all_needed.to_string()),
            of(|card| joined(card.dead_ends.iter().map(|end| end.reason))),
            of(|card| joined(card.moved_to.iter().map(|one| one.id.as_str()))),
            of(|card| card.predecessors.len().to_string()),
            of(|card| {
                let rows = card.substitutions.iter().flatten();
                joined(rows.filter_map(|row| Some(row.concept.as_ref()?.id.as_str())))
            }),
            of(|card| match card.substitutions.as_deref() {
                None | Some([]) => String::new(),
                Some(rows) => rows.iter().any(|row| row.ambiguous).to_string(),
            }),
            text(|card| card.id.clone()),
            text(|card| card.active.to_string()),
            text(|card| card.reason.as_ref().map(|one| one.code.to_owned()).unwrap_or_default()),
            text(|card| joined(card.refers_to.iter().map(|one| one.id.as_str()))),
            self.message.clone().unwrap_or_default(),
        ]
    }

    /// The one concept to use now.
    fn code(&self) -> Option<String> {
        let card = self.concept.as_ref()?;
        match (card.outcome, card.successors.as_slice()) {
            ("active", _) => Some(card.concept.id.clone()),
            ("one", [successor]) => Some(successor.concept.id.clone()),
            _ => None,
        }
    }
}

/// Answers.
pub(crate) fn run(
    arguments: Arguments,
    common: &Common,
    streams: &mut Streams<'_>,
) -> Result<u8, Failure> {
    let items = Items::new(arguments.codes, "code")?;
    let terminology = open::for_one_question(common)?;
    answer_all(items, CHUNK, common.format, streams, |codes| {
        Ok(terminology.ask(|snomed| {
            codes.iter().map(|code| Answer::of(snomed, code, common.dialect)).collect()
        })?)
    })
}

impl Answered for Answer {
    const COLUMNS: &'static [&'static str] = <Answer as Record>::COLUMNS;

    fn is_found(&self) -> bool {
        self.status == "found"
    }

    fn write(&self, records: &mut RecordWriter, sink: &mut impl Write) -> io::Result<()> {
        records.write(sink, self)
    }

    fn draw(&self, sheet: &mut Sheet) {
        let palette = sheet.palette();
        if let Some(message) = &self.message {
            sheet.line(&palette.heading(&shown(&self.code)));
            sheet.labelled("Code", message, |text| palette.bad(text));
        }
        if let Some(description) = &self.description {
            draw_history::description(sheet, description);
            sheet.line("");
        }
        match &self.concept {
            Some(concept) => draw_history::concept(sheet, concept),
            None if self.description.is_some() => {
                sheet.line(&palette.bad("its concept is not in this release"));
            }
            None => {}
        }
    }
}
