//! `farr search`: concepts by the words of their terms.

use std::io::Write as _;

use clap::Args;
use farr::ecl::{Ecl, EvaluationError};
use farr::snomed::Correction;
use farr::{Dialect, Sctid, Snomed};
use serde::Serialize;

use crate::cli::Common;
use crate::exit;
use crate::failure::Failure;
use crate::input::Items;
use crate::open;
use crate::output::format::Format;
use crate::output::records::{Record, RecordWriter};
use crate::output::table::{Look, Table};
use crate::output::text::shown;
use crate::streams::Streams;
use crate::verb::ecl::parsed;
use crate::verb::ecl::settings::{Settings, failure, warn};

/// Search for concepts by the beginnings of the words of their terms
///
/// Every word of TEXT must begin a word of the term, in any order; case, accents and punctuation do
/// not matter. The shortest matching term comes first, and each concept once. Where nothing matches
/// as typed, words one or two typing errors away are looked for, and that is said.
#[derive(Args, Debug)]
#[command(after_help = "EXAMPLES:
  farr search mult scl
      Finds 'Multiple sclerosis'
  farr search asthma --tag disorder --limit 50
      Only disorders
  farr search fracture --below 46866001
      Only this concept and what is below it
  farr search fracture --within '<< 64572001 : 363698007 = << 71341001'
      Only concepts of an expression constraint
  farr search 'heart attack' --format codes | farr lookup
      The cards of what is found
  farr search - --limit 1 --format csv < terms.txt > codes.csv
      The best match for each line of a file

Exits with 1 where nothing was found.")]
pub(crate) struct Arguments {
    /// The words; - reads queries from standard input, one a line
    #[arg(value_name = "TEXT")]
    words: Vec<String>,

    /// How many concepts at most
    #[arg(long, short = 'n', default_value = "20", value_name = "N",
        value_parser = clap::value_parser!(u32).range(1..=100_000))]
    limit: u32,

    /// Inactive concepts too, behind the active ones
    #[arg(long)]
    inactive: bool,

    /// Inactive concepts and inactive descriptions too
    #[arg(long)]
    all: bool,

    /// Only concepts with this semantic tag, as in disorder or procedure
    #[arg(long, value_name = "TAG")]
    tag: Option<String>,

    /// Only this concept and the concepts below it
    #[arg(long, value_name = "ID")]
    below: Option<Sctid>,

    /// Only concepts that satisfy an expression constraint (see farr ecl)
    #[arg(long, value_name = "ECL", conflicts_with = "below")]
    within: Option<String>,

    /// Only what matches as typed
    #[arg(long)]
    no_typos: bool,
}

/// A concept that was found.
#[derive(Debug, Serialize)]
struct Found {
    query: String,
    id: String,
    /// The term that matched.
    term: String,
    preferred_term: Option<String>,
    fully_specified_name: Option<String>,
    semantic_tag: Option<String>,
    active: bool,
    /// Whether words of the query were corrected to find it.
    corrected: bool,
}

impl Record for Found {
    const COLUMNS: &'static [&'static str] = &[
        "query",
        "id",
        "term",
        "preferred_term",
        "fully_specified_name",
        "semantic_tag",
        "active",
        "corrected",
    ];

    fn cells(&self) -> Vec<String> {
        vec![
            self.query.clone(),
            self.id.clone(),
            self.term.clone(),
            self.preferred_term.clone().unwrap_or_default(),
            self.fully_specified_name.clone().unwrap_or_default(),
            self.semantic_tag.clone().unwrap_or_default(),
            self.active.to_string(),
            self.corrected.to_string(),
        ]
    }

    fn code(&self) -> Option<String> {
        Some(self.id.clone())
    }
}

/// What one query gave.
#[derive(Debug, Default)]
struct Results {
    found: Vec<Found>,
    /// To be said before the hits: that there are none, or that the query was corrected.
    remark: Option<String>,
    has_more: bool,
    refused: Option<Refused>,
}

/// Why a query could not be asked.
#[derive(Clone, Debug)]
enum Refused {
    /// The concept of `--below` is not in the release.
    UnknownBelow,
    /// It is inactive.
    InactiveBelow,
    /// The expression of `--within` has no answer.
    Within(EvaluationError),
    NoWords,
    TooLong,
}

/// Searches.
pub(crate) fn run(
    arguments: Arguments,
    common: &Common,
    streams: &mut Streams<'_>,
) -> Result<u8, Failure> {
    let words = arguments.words.clone();
    let mut items = match words.as_slice() {
        [] => Items::new(words, "text to search for")?,
        [only] if only == "-" => Items::new(words, "text to search for")?,
        words => Items::new(vec![words.join(" ")], "text to search for")?,
    };
    let within = arguments.within.as_deref().map(parsed).transpose()?;
    let terminology = open::for_one_question(common)?;
    if let Some(within) = &within {
        let evaluated = terminology.ask(|snomed| {
            let answer = Settings::default().evaluation(snomed).run(within);
            answer.map(|answer| answer.warnings)
        })?;
        let warnings = evaluated.map_err(|error| failure(&error, within, streams))?;
        warn(&warnings, within, streams);
    }
    let mut records = match common.format {
        Format::Table => None,
        format => Some(RecordWriter::begin::<Found>(format, streams.out)?),
    };
    let several = items.reads_input();
    let mut all_found = true;
    loop {
        let queries = items.next_chunk(1)?;
        let Some(query) = queries.first() else { break };
        let results = terminology
            .ask(|snomed| search(snomed, query, &arguments, within.as_ref(), common.dialect))?;
        if let Some(refused) = results.refused {
            refuse(refused, query, &arguments, several, streams)?;
        }
        all_found &= !results.found.is_empty();
        if let Some(remark) = &results.remark {
            streams.note(remark);
        }
        match &mut records {
            Some(records) => {
                results.found.iter().try_for_each(|found| records.write(streams.out, found))?;
            }
            None => show(query, several, &results.found, streams)?,
        }
        if results.has_more {
            let shown = results.found.len();
            streams.note(&format!("the first {shown}; there are more: see --limit"));
        }
    }
    if let Some(records) = records {
        records.finish(streams.out)?;
    }
    Ok(if all_found { exit::ANSWERED } else { exit::NOT_FOUND })
}

/// A query that could not be asked ends a single search, and is told in a list of them.
fn refuse(
    refused: Refused,
    query: &str,
    arguments: &Arguments,
    several: bool,
    streams: &mut Streams<'_>,
) -> Result<(), Failure> {
    let below = arguments.below.map(|id| id.to_string()).unwrap_or_default();
    let failure = match refused {
        Refused::UnknownBelow => {
            return Err(Failure::NotFound(format!(
                "--below {below}: not a concept of this release"
            )));
        }
        Refused::InactiveBelow => {
            return Err(Failure::NotFound(format!(
                "--below {below}: the concept is inactive, and the release no longer says what is \
                 below it"
            )));
        }
        Refused::Within(error) => return Err(Failure::NotFound(format!("--within: {error}"))),
        Refused::NoWords => Failure::Usage(format!("\"{}\": no word to look for", shown(query))),
        Refused::TooLong => {
            Failure::Usage("the text is too long: at most 1,000 characters and 32 words".to_owned())
        }
    };
    if !several {
        return Err(failure);
    }
    streams.warn(&failure.to_string());
    Ok(())
}

fn search(
    snomed: Snomed<'_>,
    query: &str,
    arguments: &Arguments,
    within: Option<&Ecl>,
    dialect: Dialect,
) -> Results {
    let refused = |refused| Results { refused: Some(refused), ..Results::default() };
    let below = match arguments.below.map(|id| snomed.concept(id)) {
        Some(None) => return refused(Refused::UnknownBelow),
        Some(Some(concept)) if !concept.is_active() => return refused(Refused::InactiveBelow),
        Some(Some(concept)) => Some(concept.descendants_or_self()),
        None => None,
    };
    let satisfying = match within.map(|ecl| Settings::default().evaluation(snomed).run(ecl)) {
        Some(Err(error)) => return refused(Refused::Within(error)),
        Some(Ok(answer)) => Some(answer.concepts),
        None => None,
    };
    let mut search =
        snomed.search(query).limit(arguments.limit as usize).typos(!arguments.no_typos);
    if arguments.all {
        search = search.include_inactive();
    } else if arguments.inactive {
        search = search.include_inactive_concepts();
    }
    if let Some(tag) = &arguments.tag {
        search = search.semantic_tag(tag);
    }
    if let Some(set) = below.as_ref().or(satisfying.as_ref()) {
        search = search.within(set);
    }
    let results = search.run();
    if results.had_no_words() {
        return refused(Refused::NoWords);
    }
    if results.was_too_long() {
        return refused(Refused::TooLong);
    }
    let remark = if results.hits().is_empty() {
        Some(format!("nothing matches \"{}\"", shown(query)))
    } else if results.is_corrected() {
        Some(corrected(query, results.corrections()))
    } else {
        None
    };
    let found = results.hits().iter().map(|hit| {
        let concept = hit.concept();
        Found {
            query: query.to_owned(),
            id: concept.id().to_string(),
            term: hit.term().to_owned(),
            preferred_term: concept.preferred_term(dialect).map(|term| term.text().to_owned()),
            fully_specified_name: concept.fully_specified_name().map(|name| name.term().to_owned()),
            semantic_tag: concept.semantic_tag().map(str::to_owned),
            active: concept.is_active(),
            corrected: results.is_corrected(),
        }
    });
    Results { found: found.collect(), remark, has_more: results.has_more(), refused: None }
}

/// That the hits are of other words than those typed, and of which.
fn corrected(query: &str, corrections: &[Correction]) -> String {
    let alone = query.split_whitespace().count() == 1;
    let words: Vec<String> = corrections
        .iter()
        .map(|Correction { typed, found }| match alone {
            true => shown(found).into_owned(),
            false => format!("{} (for {})", shown(found), shown(typed)),
        })
        .collect();
    format!("nothing matches \"{}\"; showing results for {}", shown(query), words.join(", "))
}

/// The hits of one query as a table; the preferred term only where the hit is by another one.
fn show(
    query: &str,
    several: bool,
    found: &[Found],
    streams: &mut Streams<'_>,
) -> Result<(), Failure> {
    let preferred = |hit: &Found| {
        let term = hit.preferred_term.clone();
        term.filter(|term| *term != hit.term).unwrap_or_default()
    };
    let mut columns = vec![("id", Look::Id), ("matched term", Look::Term)];
    // Most hits are by the preferred term; where all are, the column says nothing.
    let by_another = found.iter().any(|hit| !preferred(hit).is_empty());
    if by_another {
        columns.push(("preferred term", Look::Term));
    }
    columns.push(("tag", Look::Short));
    let mut table = Table::new(&columns);
    for hit in found {
        let tag = hit.semantic_tag.as_deref().unwrap_or_default();
        let tag = match hit.active {
            true => tag.to_owned(),
            false => format!("{tag} INACTIVE").trim_start().to_owned(),
        };
        let mut row = vec![hit.id.clone(), hit.term.clone()];
        if by_another {
            row.push(preferred(hit));
        }
        row.push(tag);
        table.row(row);
    }
    let palette = streams.palette();
    if several {
        writeln!(streams.out, "{}", palette.heading(&shown(query)))?;
    }
    if !table.is_empty() {
        let drawn = table.draw(palette, streams.width());
        streams.out.write_all(drawn.as_bytes())?;
    }
    Ok(())
}
