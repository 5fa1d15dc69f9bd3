//! `farr subsumes`: is one concept above another?

use std::io::Write as _;

use clap::{Args, ValueEnum};
use farr::snomed::{HistoryProfile, NotClassified, Unclassified};
use farr::{Sctid, Snomed, Subsumption};
use serde::Serialize;

use crate::cli::Common;
use crate::exit;
use crate::failure::Failure;
use crate::input::Items;
use crate::open;
use crate::output::format::Format;
use crate::output::records::{Record, RecordWriter};
use crate::output::text::shown;
use crate::streams::Streams;

/// Pairs that are asked about in one go.
const CHUNK: usize = 4096;

/// Is one concept above another? Five answers
///
/// Prints equivalent, subsumes (GENERAL is above SPECIFIC), subsumed-by (it is below), not-subsumed
/// (neither is above the other), or not-classified: an end is inactive or not connected to the
/// root, so the release does not say, and "no" would be a guess. Which end, and why, is told on
/// standard error.
#[derive(Args, Debug)]
#[command(after_help = "EXAMPLES:
  farr subsumes 64572001 24700007
      Prints 'subsumes': multiple sclerosis is a disease
  [ \"$(farr subsumes 73211009 44054006)\" = subsumes ] && echo diabetes
      In a script
  farr subsumes 64572001 199317008 --history mod
      An inactive concept, replaced by what SAME AS, REPLACED BY, WAS A and PARTIALLY EQUIVALENT TO
      lead to; where the replacements do not agree, the answer is not-classified
  farr subsumes --format csv < pairs.tsv > answers.csv
      Pairs from a file, divided by tab, comma or space: one answer a line, in their order

Exits with 0 for each of the five answers, 1 where an id is not in the release, 2 where an id cannot
be read. Among pairs from a file, those lines say unknown-concept or malformed.")]
pub(crate) struct Arguments {
    /// The id that may be above; - reads pairs from standard input
    #[arg(value_name = "GENERAL")]
    general: Option<String>,

    /// The id that may be below
    #[arg(value_name = "SPECIFIC")]
    specific: Option<String>,

    /// Replace inactive concepts by the active ones that these associations lead to
    #[arg(long, value_enum, default_value_t, value_name = "PROFILE")]
    history: Profile,
}

/// Which associations a question reaches over.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum Profile {
    /// None
    #[default]
    None,
    /// SAME AS
    Min,
    /// SAME AS, REPLACED BY, WAS A, PARTIALLY EQUIVALENT TO
    Mod,
    /// All
    Max,
}

impl Profile {
    fn profile(self) -> HistoryProfile<'static> {
        match self {
            Profile::None => HistoryProfile::None,
            Profile::Min => HistoryProfile::Minimum,
            Profile::Mod => HistoryProfile::Moderate,
            Profile::Max => HistoryProfile::Maximum,
        }
    }
}

/// The answer to one pair.
#[derive(Debug, Serialize)]
struct Answer {
    general: String,
    specific: String,
    /// One of the five, `unknown-concept`, or `malformed`.
    answer: &'static str,
    /// `inactive` or `unplaced`, where that is why the answer is not-classified.
    general_reason: Option<&'static str>,
    specific_reason: Option<&'static str>,
    /// What is wrong with the question.
    message: Option<String>,
    /// Why history gives no answer either, where it was asked.
    history_reason: Option<&'static str>,
    /// The weakest association that the answer rests on.
    weakest: Option<&'static str>,
    #[serde(skip)]
    exit_code: u8,
}

impl Record for Answer {
    const COLUMNS: &'static [&'static str] = &[
        "general",
        "specific",
        "answer",
        "general_reason",
        "specific_reason",
        "message",
        "history_reason",
        "weakest",
    ];

    fn cells(&self) -> Vec<String> {
        vec![
            self.general.clone(),
            self.specific.clone(),
            self.answer.to_owned(),
            self.general_reason.unwrap_or_default().to_owned(),
            self.specific_reason.unwrap_or_default().to_owned(),
            self.message.clone().unwrap_or_default(),
            self.history_reason.unwrap_or_default().to_owned(),
            self.weakest.unwrap_or_default().to_owned(),
        ]
    }
}

impl Answer {
    fn malformed(general: &str, specific: &str, message: String) -> Answer {
        Answer {
            general: general.to_owned(),
            specific: specific.to_owned(),
            answer: "malformed",
            general_reason: None,
            specific_reason: None,
            message: Some(message),
            history_reason: None,
            weakest: None,
            exit_code: exit::USAGE,
        }
    }

    fn of(snomed: Snomed<'_>, general: &str, specific: &str, history: Profile) -> Answer {
        let ids = read(snomed, general).and_then(|first| Ok((first, read(snomed, specific)?)));
        let (first, second) = match ids {
            Ok(ids) => ids,
            Err(message) => return Answer::malformed(general, specific, message),
        };
        let mut answer = Answer {
            general: general.to_owned(),
            specific: specific.to_owned(),
            answer: "unknown-concept",
            general_reason: None,
            specific_reason: None,
            message: None,
            history_reason: None,
            weakest: None,
            exit_code: exit::ANSWERED,
        };
        let found = match history {
            Profile::None => snomed.subsumes(first, second),
            asked => {
                let found = snomed.subsumes_with_history(first, second, asked.profile());
                found.map(|found| {
                    answer.history_reason = found.unclassified.map(|why| why.code());
                    answer.weakest = found.weakest.map(|kind| kind.code());
                    found.answer
                })
            }
        };
        match found {
            Ok(subsumption) => {
                answer.answer = subsumption.code();
                if let Subsumption::NotClassified(NotClassified { general, specific }) = subsumption
                {
                    answer.general_reason = general.map(reason);
                    answer.specific_reason = specific.map(reason);
                }
            }
            Err(unknown) => {
                answer.message = Some(unknown.to_string());
                answer.exit_code = exit::NOT_FOUND;
            }
        }
        answer
    }

    /// Why the release does not say, for reading.
    fn explanation(&self) -> Option<String> {
        let end = |id: &str, reason: Option<&str>| {
            Some(match reason? {
                "inactive" => format!("{id} is inactive"),
                _ => format!("{id} is active, but not connected to the root by all its parents"),
            })
        };
        let ends =
            [end(&self.general, self.general_reason), end(&self.specific, self.specific_reason)];
        let ends: Vec<String> = ends.into_iter().flatten().collect();
        let history = self.history_reason.map(|why| match why {
            "nothing-to-follow" => "no association of this profile leads to an active concept",
            "dead-end" => "a way of its associations ends without an active concept",
            "disagree" => "what it leads to does not agree",
            "former-parent" => "a former parent does not say this",
            "unplaced" => "what it leads to is not connected to the root",
            _ => "it leads to more concepts than are looked at",
        });
        match (ends.is_empty(), history) {
            (true, None) => None,
            (true, Some(history)) => Some(format!("the release does not say: {history}")),
            (false, None) => Some(format!("the release does not say: {}", ends.join(", and "))),
            (false, Some(history)) => {
                let ends = ends.join(", and ");
                Some(format!("the release does not say: {ends}; {history}"))
            }
        }
    }
}

fn reason(reason: Unclassified) -> &'static str {
    match reason {
        Unclassified::Inactive => "inactive",
        Unclassified::Unplaced => "unplaced",
    }
}

/// Reads an id. One that is wrong in itself is taken where the release has published it so.
fn read(snomed: Snomed<'_>, text: &str) -> Result<Sctid, String> {
    Sctid::parse(text).or_else(|error| {
        let published = Sctid::parse_as_published(text).ok();
        published
            .filter(|id| snomed.concept(*id).is_some())
            .ok_or_else(|| format!("\"{}\": {error}", shown(text)))
    })
}

/// Answers.
pub(crate) fn run(
    arguments: Arguments,
    common: &Common,
    streams: &mut Streams<'_>,
) -> Result<u8, Failure> {
    common.format.require("subsumes", &Format::WITHOUT_CODES)?;
    let pair = match (arguments.general, arguments.specific) {
        (Some(general), Some(specific)) => Some((general, specific)),
        (Some(general), None) if general != "-" => {
            return Err(Failure::Usage(
                "two ids are needed: farr subsumes GENERAL SPECIFIC, or pairs by standard input"
                    .to_owned(),
            ));
        }
        _ => None,
    };
    let history = arguments.history;
    match pair {
        Some((general, specific)) => one(general.trim(), specific.trim(), history, common, streams),
        None => many(history, common, streams),
    }
}

fn one(
    general: &str,
    specific: &str,
    history: Profile,
    common: &Common,
    streams: &mut Streams<'_>,
) -> Result<u8, Failure> {
    let terminology = open::for_one_question(common)?;
    let answer = terminology.ask(|snomed| Answer::of(snomed, general, specific, history))?;
    match (&answer.message, answer.exit_code) {
        (Some(message), exit::NOT_FOUND) => return Err(Failure::NotFound(message.clone())),
        (Some(message), _) => return Err(Failure::Usage(message.clone())),
        _ => {}
    }
    match common.format {
        Format::Table => writeln!(streams.out, "{}", answer.answer)?,
        format => {
            let mut records = RecordWriter::begin::<Answer>(format, streams.out)?;
            records.write(streams.out, &answer)?;
            records.finish(streams.out)?;
        }
    }
    if let Some(explanation) = answer.explanation() {
        streams.note(&explanation);
    }
    Ok(exit::ANSWERED)
}

fn many(history: Profile, common: &Common, streams: &mut Streams<'_>) -> Result<u8, Failure> {
    let mut items = Items::new(Vec::new(), "pair of ids")?;
    let terminology = open::for_one_question(common)?;
    let mut records = match common.format {
        Format::Table => None,
        format => Some(RecordWriter::begin::<Answer>(format, streams.out)?),
    };
    let mut code = exit::ANSWERED;
    let mut asked = 0_usize;
    loop {
        let lines = items.next_chunk(CHUNK)?;
        if lines.is_empty() {
            break;
        }
        let answers = terminology.ask(|snomed| {
            let answer = |line: &String| match pair_of(line) {
                Some((general, specific)) => Answer::of(snomed, general, specific, history),
                None => {
                    let message = format!("\"{}\": expected two ids", shown(line));
                    Answer::malformed(line, "", message)
                }
            };
            lines.iter().map(answer).collect::<Vec<_>>()
        })?;
        for answer in &answers {
            asked += 1;
            code = code.max(answer.exit_code);
            match &mut records {
                Some(records) => records.write(streams.out, answer)?,
                None => {
                    writeln!(streams.out, "{}", answer.answer)?;
                    if let Some(text) = answer.message.clone().or_else(|| answer.explanation()) {
                        streams.note(&format!("pair {asked}: {text}"));
                    }
                }
            }
        }
    }
    if let Some(records) = records {
        records.finish(streams.out)?;
    }
    if asked == 0 {
        streams.warn("standard input holds no pairs");
    }
    Ok(code)
}

/// The two ids of a line.
fn pair_of(line: &str) -> Option<(&str, &str)> {
    let mut ids = line
        .split(|character: char| character.is_whitespace() || character == ',')
        .filter(|id| !id.is_empty());
    let pair = (ids.next()?, ids.next()?);
    ids.next().is_none().then_some(pair)
}
