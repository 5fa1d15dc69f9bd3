//! `farr search`: concepts by the words of their terms, products by those of their names, and rubrics
//! by those of their titles.

mod concepts;
mod products;
mod rubrics;

use std::io::Write as _;

use clap::{Args, ValueEnum};
use farr::Sctid;
use farr::dmd::Setting;
use farr::id::Icd10CmCode;
use farr::index::OpenError;
use farr::snomed::Correction;
use farr::{Icd10Code, Opcs4Code, Systems, Terminology};

use self::rubrics::{Rubrics, System};
use crate::cli::Common;
use crate::exit;
use crate::failure::Failure;
use crate::input::Items;
use crate::level::LevelName;
use crate::open;
use crate::output::format::Format;
use crate::output::records::{Record, RecordWriter};
use crate::output::table::{Look, Table};
use crate::output::text::shown;
use crate::streams::Streams;
use crate::verb::classification::Spelled;
use crate::verb::ecl::parsed;
use crate::verb::ecl::settings::{Settings, failure, warn};

/// The options of a search for concepts.
const OF_CONCEPTS: [&str; 5] = ["inactive", "all", "tag", "below", "within"];

/// Search for concepts or products by the beginnings of the words of their terms
///
/// Every word of TEXT must begin a word of the term, in any order; case, accents and punctuation do
/// not matter. The shortest matching term comes first, and each concept once. Where nothing matches
/// as typed, words one or two typing errors away are looked for, and that is said; but no medicine is
/// found so unless --typos asks for that, and no code alone is written. Products of dm+d
/// are searched where --dmd or another of the options for them asks for that, or where no index
/// with SNOMED CT is open; classifications where --classification does, or where nothing else is open.
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
  farr search amox cap --level vmp --prescribable primary-care
      Generic products of dm+d that may be prescribed in primary care
  farr search mult scl --classification icd10 --under VI
      Rubrics of ICD-10, within a chapter
  farr search - --limit 1 --format csv < terms.txt > codes.csv
      The best match for each line of a file

Exits with 1 where nothing was found.")]
pub(crate) struct Arguments {
    /// The words; - reads queries from standard input, one a line
    #[arg(value_name = "TEXT")]
    words: Vec<String>,

    /// How many at most
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

    /// Correct typing errors in names of medicines too, and where only codes are written: what is
    /// found may be another drug
    #[arg(long, conflicts_with = "no_typos")]
    typos: bool,

    #[command(flatten)]
    products: Products,

    #[command(flatten)]
    rubrics: Rubrics,
}

impl Arguments {
    /// Whether words of a query may be corrected: those of medicines only where that is asked for.
    fn corrects(&self, format: Format) -> bool {
        // A code alone cannot say that it is of another word than the one typed.
        self.typos || !self.no_typos && !matches!(format, Format::Codes | Format::SqlIn)
    }

    /// What to say before the hits; `near` gives the words that the query is corrected to where words are
    /// corrected, and is asked where there are no hits.
    fn remark(
        &self,
        query: &str,
        found: usize,
        corrected_to: Option<&[Correction]>,
        near: impl FnOnce() -> Vec<Correction>,
    ) -> Option<String> {
        match (found, corrected_to) {
            (0, _) => {
                let near = if self.no_typos { Vec::new() } else { near() };
                Some(match near.as_slice() {
                    [] => format!("nothing matches \"{}\"", shown(query)),
                    near => spelled_nearly_so(query, near),
                })
            }
            (_, Some(corrections)) => Some(corrected(query, corrections)),
            (_, None) => None,
        }
    }
}

/// The options of a search for products.
#[derive(Args, Debug)]
#[command(next_help_heading = "Products of dm+d")]
struct Products {
    /// Search for products of dm+d, not for concepts
    #[arg(long, conflicts_with_all = OF_CONCEPTS)]
    dmd: bool,

    /// Only products of this level; repeat it for several
    #[arg(long, value_enum, value_name = "LEVEL", ignore_case = true,
        conflicts_with_all = OF_CONCEPTS)]
    level: Vec<LevelName>,

    /// Products marked as invalid too, behind the others
    #[arg(long, conflicts_with_all = OF_CONCEPTS)]
    invalid: bool,

    /// Previous names too, behind the others
    #[arg(long, conflicts_with_all = OF_CONCEPTS)]
    previous_names: bool,

    /// Only products that may be prescribed in this setting, with caution or without; those of
    /// which dm+d does not say it are left out
    #[arg(long, value_enum, value_name = "SETTING",
        conflicts_with_all = OF_CONCEPTS)]
    prescribable: Option<SettingName>,
}

impl Products {
    fn are_asked_for(&self) -> bool {
        self.dmd
            || !self.level.is_empty()
            || self.invalid
            || self.previous_names
            || self.prescribable.is_some()
    }
}

/// A setting of prescribing, as it is typed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum SettingName {
    /// General practice: whole products
    PrimaryCare,
    /// Hospitals: a moiety or a product, with a dose
    DoseBased,
}

impl From<SettingName> for Setting {
    fn from(name: SettingName) -> Setting {
        match name {
            SettingName::PrimaryCare => Setting::PrimaryCare,
            SettingName::DoseBased => Setting::DoseBased,
        }
    }
}

/// Something that a search finds.
trait Hit: Record {
    /// The hits of one query for reading.
    fn table(found: &[Self]) -> Table
    where
        Self: Sized;
}

/// The column of a table that says of a hit that words of the query were corrected to find it. It is there
/// where any were: a table is read without what was said before it, too.
const CORRECTED: (&str, Look) = ("found by", Look::Short);

fn of_corrected_words(is_corrected: bool) -> String {
    if is_corrected { "corrected words".to_owned() } else { String::new() }
}

/// What one query gave.
#[derive(Debug)]
struct Results<H> {
    found: Vec<H>,
    /// To be said before the hits: that there are none, or that the query was corrected.
    remark: Option<String>,
    has_more: bool,
}

/// Why a query could not be asked.
#[derive(Debug)]
enum Refused {
    /// For what it is: a list of queries goes on.
    Query(Failure),
    /// For what is asked of all.
    Search(Failure),
}

impl Refused {
    fn no_words(query: &str) -> Refused {
        Refused::Query(Failure::Usage(format!("\"{}\": no word to look for", shown(query))))
    }

    fn too_long() -> Refused {
        let told = "the text is too long: at most 1,000 characters and 32 words".to_owned();
        Refused::Query(Failure::Usage(told))
    }
}

/// Searches.
pub(crate) fn run(
    arguments: Arguments,
    common: &Common,
    streams: &mut Streams<'_>,
) -> Result<u8, Failure> {
    let (words, format) = (arguments.words.clone(), common.format);
    let items = match words.as_slice() {
        [] => Items::new(words, "text to search for")?,
        [only] if only == "-" => Items::new(words, "text to search for")?,
        words => Items::new(vec![words.join(" ")], "text to search for")?,
    };
    let within = arguments.within.as_deref().map(parsed).transpose()?;
    let terminology = open::for_one_question(common)?;
    let (has_snomed, has_dmd, only) = terminology.ask_systems(|systems| {
        (systems.snomed().is_some(), systems.dmd().is_some(), only_classification(systems))
    })?;
    // What is asked of concepts is never answered with products.
    let of_concepts = arguments.inactive
        || arguments.all
        || arguments.tag.is_some()
        || arguments.below.is_some()
        || within.is_some();
    let only = only.filter(|_| !of_concepts && !arguments.products.are_asked_for());
    if let Some(system) = arguments.rubrics.classification.or(only) {
        return answer(items, common, streams, |query| match system {
            System::Icd10 => in_rubrics::<Icd10Code>(&terminology, query, &arguments, format),
            System::Icd10Cm => in_rubrics::<Icd10CmCode>(&terminology, query, &arguments, format),
            System::Opcs4 => in_rubrics::<Opcs4Code>(&terminology, query, &arguments, format),
        });
    }
    if arguments.products.are_asked_for() || !has_snomed && has_dmd && !of_concepts {
        return answer(items, common, streams, |query| {
            terminology.ask_dmd(|dmd| products::search(dmd, query, &arguments))
        });
    }
    if let Some(within) = &within {
        let evaluated = terminology.ask(|snomed| {
            let answer = Settings::default().evaluation(snomed).run(within);
            answer.map(|answer| answer.warnings)
        })?;
        let warnings = evaluated.map_err(|error| failure(&error, within, streams))?;
        warn(&warnings, within, streams);
    }
    answer(items, common, streams, |query| {
        let within = within.as_ref();
        terminology.ask(|snomed| concepts::search(snomed, query, &arguments, within, common))
    })
}

/// The classification that is open, where nothing else is.
fn only_classification(systems: Systems<'_>) -> Option<System> {
    if systems.snomed().is_some() || systems.dmd().is_some() {
        return None;
    }
    let open = [
        systems.icd10().map(|_| System::Icd10),
        systems.icd10_cm().map(|_| System::Icd10Cm),
        systems.opcs4().map(|_| System::Opcs4),
    ];
    open.into_iter().flatten().next()
}

fn in_rubrics<C: Spelled>(
    terminology: &Terminology,
    query: &str,
    arguments: &Arguments,
    format: Format,
) -> Result<Result<Results<rubrics::Found>, Refused>, OpenError> {
    let found = terminology
        .ask_systems(|systems| rubrics::search::<C>(systems, query, arguments, format))?;
    found.ok_or(OpenError::Absent { what: C::SYSTEM.name() })
}

/// Asks all queries, and writes what they give.
fn answer<H: Hit>(
    mut items: Items,
    common: &Common,
    streams: &mut Streams<'_>,
    search: impl Fn(&str) -> Result<Result<Results<H>, Refused>, OpenError>,
) -> Result<u8, Failure> {
    let mut records = match common.format {
        Format::Table => None,
        format => Some(RecordWriter::begin::<H>(format, streams.out)?),
    };
    let several = items.reads_input();
    let mut all_found = true;
    loop {
        let queries = items.next_chunk(1)?;
        let Some(query) = queries.first() else { break };
        let results = match search(query)? {
            Ok(results) => results,
            Err(Refused::Query(failure)) if several => {
                // A query that could not be asked is told in a list of them.
                streams.warn(&failure.to_string());
                all_found = false;
                continue;
            }
            Err(Refused::Query(failure) | Refused::Search(failure)) => return Err(failure),
        };
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

/// That nothing matches, and which words are spelled nearly so: what they find is not shown.
fn spelled_nearly_so(query: &str, corrections: &[Correction]) -> String {
    let words: Vec<String> =
        corrections.iter().map(|Correction { found, .. }| shown(found).into_owned()).collect();
    format!(
        "nothing matches \"{}\"; spelled nearly so: {}: search for the one that is meant, or see \
         --typos",
        shown(query),
        words.join(", ")
    )
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

/// The hits of one query as a table.
fn show<H: Hit>(
    query: &str,
    several: bool,
    found: &[H],
    streams: &mut Streams<'_>,
) -> Result<(), Failure> {
    let table = H::table(found);
    let palette = streams.palette();
    if several {
        writeln!(streams.out, "{}", palette.heading(&shown(query)))?;
    }
    Ok(streams.table(&table)?)
}
