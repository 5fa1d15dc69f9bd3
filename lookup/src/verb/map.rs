//! `farr map`: from a concept to the codes of a classification.

mod asked;
mod column;

mod row;

use std::io::{self, Write};

use clap::{Args, ValueEnum};
use farr::Sctid;
use farr::map::{Age, Patient, Sex};

use self::asked::{AskedMap, asked_map, find, form_of};
use self::column::ColumnQuestion;
use crate::answers::{Answered, answer_all};
use crate::card::draw::Sheet;
use crate::card::map::found::FoundCard;
use crate::card::map::{Asked, MapCard, TargetCard, draw};
use crate::cli::Common;
use crate::failure::Failure;
use crate::input::Items;
use crate::open;
use crate::output::format::Format;
use crate::output::records::{Record, RecordWriter};
use crate::streams::Streams;

/// Concepts that are asked about in one go.
const CHUNK: usize = 512;

/// Map concepts to codes of ICD-10 or OPCS-4, for a patient
///
/// Maps by rules (International, ICD-10-CM) give the codes for this patient, or say what has to be
/// known first and which codes it decides between; nothing is assumed of what is not given. UK maps
/// have no rules: they give codes to begin with, what else may be chosen, and the coder decides. The
/// codes of all groups are given, or none. Simple maps (CTV3, ICD-O) have rows and nothing to choose
/// by: all are given.
#[derive(Args, Debug)]
#[command(after_help = "EXAMPLES:
  farr map 24700007
      The UK map to ICD-10, where the release has it; or else the International one
  farr map 195967001 --map international --age-at-onset 41y --sex female
      By rules, for this patient
  farr map 10629009 --map international --explain
      How each rule led there
  farr map 65801008 --map uk-opcs4
      The newest OPCS-4 that the release has a map to
  farr map 155576007 --successors
      Of an inactive concept without a map, what its successors have
  farr map --column snomed --sex-column sex --age-at-onset-column onset problems.csv > coded.csv
      Every row of a file as it is, with four columns behind it
  farr map --reverse G35
      The concepts that have a code: for searching, not for coding
  cut -f2 problems.tsv | farr map --format csv > codes.csv
      A column of concepts: one row each

Exits with 1 where any concept has no map, or is not in the release.")]
pub(crate) struct Arguments {
    /// Concept ids; - reads them from standard input, one a line. With --column a file of comma- or
    /// tab-separated values, or - for standard input; with --reverse codes
    #[arg(value_name = "CODE")]
    codes: Vec<String>,

    /// Which map: uk-icd10, international, icd10-cm, uk-opcs4, ctv3, icd-o, or the id of its refset
    /// [default: uk-icd10 where the release has it, or else international]
    #[arg(long, value_name = "MAP", value_parser = asked_map)]
    map: Option<AskedMap>,

    /// Sex of the patient
    #[arg(long, value_enum, value_name = "SEX")]
    sex: Option<SexName>,

    /// Age when the condition began, as in 41y, 6m, 3w, 27d
    #[arg(long, value_name = "AGE", value_parser = age)]
    age_at_onset: Option<Age>,

    /// Age now, in the same form
    #[arg(long, value_name = "AGE", value_parser = age)]
    age_now: Option<Age>,

    /// Something else that the patient has; repeat it for several
    #[arg(long, value_name = "ID")]
    has: Vec<Sctid>,

    /// Something that the patient does not have; repeat it for several
    #[arg(long, value_name = "ID")]
    lacks: Vec<Sctid>,

    /// What --has names is everything that the patient has
    #[arg(long)]
    complete: bool,

    /// How each rule led to the answer
    #[arg(long)]
    explain: bool,

    /// Of an inactive concept without a map, what the map says of its successors: of one, or of each
    /// of several, of which none is chosen
    #[arg(long)]
    successors: bool,

    /// Of a concept without a map, what the map says of the nearest concepts above it, for a person
    /// to look at
    #[arg(long)]
    ancestors: bool,

    /// Map a column of a file: its rows are kept as they are, and get columns outcome, codes,
    /// missing and message
    #[arg(
        long,
        value_name = "NAME",
        conflicts_with_all = ["explain", "successors", "ancestors", "reverse"]
    )]
    column: Option<String>,

    /// The column with the sex: female, male, F, M, or 2, 1, 0, 9 as in the NHS data dictionary
    #[arg(long, value_name = "NAME", requires = "column", conflicts_with = "sex")]
    sex_column: Option<String>,

    /// The column with the age when the condition began: 41y, 6m, 3w, 27d, or a number of years
    #[arg(long, value_name = "NAME", requires = "column", conflicts_with = "age_at_onset")]
    age_at_onset_column: Option<String>,

    /// The column with the age now, in the same form
    #[arg(long, value_name = "NAME", requires = "column", conflicts_with = "age_now")]
    age_now_column: Option<String>,

    /// What the names of the columns that are added begin with
    #[arg(long, value_name = "TEXT", requires = "column", default_value = "map_")]
    prefix: String,

    /// From codes to the concepts that have them, in any spelling: for searching, not for coding
    #[arg(
        long,
        conflicts_with_all = [
            "sex", "age_at_onset", "age_now", "has", "lacks", "complete", "explain", "successors",
            "ancestors",
        ]
    )]
    reverse: bool,
}

/// A sex as it is typed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum SexName {
    /// Female
    Female,
    /// Male
    Male,
    /// Not known, or neither: rules on the sex are then not decided
    Unknown,
}

fn age(text: &str) -> Result<Age, String> {
    Age::parse(text).map_err(|error| error.to_string())
}

impl Arguments {
    fn patient(&self) -> Patient {
        let sex = self.sex.and_then(|sex| match sex {
            SexName::Female => Some(Sex::Female),
            SexName::Male => Some(Sex::Male),
            SexName::Unknown => None,
        });
        let patient = Patient::new().sex(sex).age_at_onset(self.age_at_onset).age_now(self.age_now);
        let patient = self.has.iter().fold(patient, |patient, id| patient.has(*id));
        let patient = self.lacks.iter().fold(patient, |patient, id| patient.lacks(*id));
        match self.complete {
            true => patient.complete(),
            false => patient,
        }
    }

    fn says_of_the_patient(&self) -> bool {
        self.sex.is_some()
            || self.age_at_onset.is_some()
            || self.age_now.is_some()
            || !self.has.is_empty()
            || !self.lacks.is_empty()
            || self.complete
            || self.sex_column.is_some()
            || self.age_at_onset_column.is_some()
            || self.age_now_column.is_some()
    }
}

/// Maps.
pub(crate) fn run(
    arguments: Arguments,
    common: &Common,
    streams: &mut Streams<'_>,
) -> Result<u8, Failure> {
    let patient = arguments.patient();
    patient.check().map_err(|error| Failure::Usage(error.to_string()))?;
    if arguments.column.is_some() {
        return run_column(&arguments, &patient, common, streams);
    }
    common.format.require("map", &Format::WITHOUT_CODES)?;
    let items = Items::new(arguments.codes.clone(), "code")?;
    let terminology = open::for_one_question(common)?;
    let (asked, dialect) = (arguments.map, common.dialect);
    let form = form_of(&terminology, asked)?;
    warn_of_idle_facts(&arguments, form, streams);
    if arguments.reverse {
        if common.format != Format::Table {
            streams.warn("concepts by code are for searching, not for coding");
        }
        return answer_all(items, CHUNK, common.format, streams, |codes| {
            Ok(terminology.ask(|snomed| {
                let Some(map) = find(snomed, asked) else { return Vec::new() };
                let card = |code: &String| FoundCard::of(snomed, &map, code.trim(), dialect);
                codes.iter().map(card).collect::<Vec<_>>()
            })?)
        });
    }
    let question = Asked {
        patient: &patient,
        explained: arguments.explain,
        successors: arguments.successors,
        ancestors: arguments.ancestors,
        dialect,
    };
    answer_all(items, CHUNK, common.format, streams, |codes| {
        Ok(terminology
            .ask_systems(|systems| {
                let snomed = systems.snomed()?;
                let map = find(snomed, asked)?;
                let card = |code: &String| {
                    let mut card = MapCard::of(snomed, &map, code.trim(), question);
                    card.look_up(systems);
                    card
                };
                Some(codes.iter().map(card).collect())
            })?
            .unwrap_or_default())
    })
}

/// Maps a column of a file.
fn run_column(
    arguments: &Arguments,
    patient: &Patient,
    common: &Common,
    streams: &mut Streams<'_>,
) -> Result<u8, Failure> {
    let formats = [Format::Table, Format::Csv, Format::Tsv];
    common.format.require("map --column", &formats)?;
    let file = match arguments.codes.as_slice() {
        [] => None,
        [file] => Some(file.as_str()),
        _ => return Err(Failure::Usage("--column takes one file".to_owned())),
    };
    let terminology = open::for_one_question(common)?;
    let form = form_of(&terminology, arguments.map)?;
    warn_of_idle_facts(arguments, form, streams);
    let question = ColumnQuestion {
        file,
        code: arguments.column.as_deref().unwrap_or_default(),
        sex: arguments.sex_column.as_deref(),
        age_at_onset: arguments.age_at_onset_column.as_deref(),
        age_now: arguments.age_now_column.as_deref(),
        prefix: &arguments.prefix,
        map: arguments.map,
        patient,
        format: common.format,
    };
    column::run(&question, &terminology, streams)
}

/// What is said of a patient to a map that does not ask.
fn warn_of_idle_facts(arguments: &Arguments, form: &str, streams: &mut Streams<'_>) {
    if form != "rules" && (arguments.says_of_the_patient() || arguments.explain) {
        streams.warn("this map has no rules: what is said of the patient does not enter");
    }
    if form == "simple" && (arguments.successors || arguments.ancestors) {
        streams.warn("of a simple map, neither successors nor ancestors are asked");
    }
}

impl Record for MapCard {
    const COLUMNS: &'static [&'static str] = &[
        "code",
        "concept_id",
        "term",
        "map",
        "outcome",
        "targets",
        "flags",
        "alternatives",
        "blocks",
        "candidates",
        "missing",
        "message",
        "through",
        "successors",
        "ancestors",
    ];

    fn cells(&self) -> Vec<String> {
        let codes = |cards: &[TargetCard]| {
            // A row without a target is a word, so that as many stand there as there are rows.
            let word = |card: &TargetCard| match card.shown() {
                "" => "no-code".to_owned(),
                code => code.to_owned(),
            };
            cards.iter().map(word).collect::<Vec<_>>().join(" ")
        };
        let ids = |cards: &[MapCard]| {
            cards.iter().map(|card| card.code.as_str()).collect::<Vec<_>>().join(" ")
        };
        let concept = self.concept.as_ref();
        let flags = self.targets.iter().map(|target| target.flags.join(" "));
        vec![
            self.code.clone(),
            concept.map(|concept| concept.id.clone()).unwrap_or_default(),
            concept.and_then(|concept| concept.term.clone()).unwrap_or_default(),
            self.map.id.clone(),
            self.outcome.word().to_owned(),
            codes(&self.targets),
            // One part a target.
            match self.targets.iter().all(|target| target.flags.is_empty()) {
                true => String::new(),
                false => flags.collect::<Vec<_>>().join(";"),
            },
            codes(&self.alternatives),
            self.blocks.iter().map(|block| codes(block)).collect::<Vec<_>>().join(";"),
            codes(&self.candidates),
            self.missing.join(" "),
            self.message.clone().unwrap_or_default(),
            self.through.as_ref().map(|through| through.id.clone()).unwrap_or_default(),
            ids(&self.successors),
            ids(&self.ancestors),
        ]
    }
}

impl Answered for MapCard {
    const COLUMNS: &'static [&'static str] = <MapCard as Record>::COLUMNS;

    fn is_found(&self) -> bool {
        self.outcome.is_found()
    }

    fn write(&self, records: &mut RecordWriter, sink: &mut impl Write) -> io::Result<()> {
        records.write(sink, self)
    }

    fn draw(&self, sheet: &mut Sheet) {
        draw::card(sheet, self);
    }
}
