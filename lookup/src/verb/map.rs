//! `farr map`: from a concept to the codes of a classification.

use std::io::{self, Write};

use clap::{Args, ValueEnum};
use farr::map::{Age, Patient, PublishedMap, Sex, constants};
use farr::{Sctid, Snomed};

use crate::answers::{Answered, answer_all};
use crate::card::draw::Sheet;
use crate::card::map::{self, MapCard, Outcome, TargetCard};
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
/// codes of all groups are given, or none.
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
  cut -f2 problems.tsv | farr map --format csv > codes.csv
      A column of concepts: one row each

Exits with 1 where any concept has no map, or is not in the release.")]
pub(crate) struct Arguments {
    /// Concept ids; - reads them from standard input, one a line
    #[arg(value_name = "CODE")]
    codes: Vec<String>,

    /// Which map: uk-icd10, international, icd10-cm, uk-opcs4, or the id of its refset [default: uk-icd10
    /// where the release has it, or else international]
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

/// A map as it is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum AskedMap {
    Refset(Sctid),
    UkOpcs4,
}

fn asked_map(text: &str) -> Result<AskedMap, String> {
    Ok(match text {
        "uk-icd10" => AskedMap::Refset(constants::UK_ICD_10),
        "international" => AskedMap::Refset(constants::INTERNATIONAL_ICD_10),
        "icd10-cm" => AskedMap::Refset(constants::ICD_10_CM),
        "uk-opcs4" => AskedMap::UkOpcs4,
        id => AskedMap::Refset(id.parse().map_err(|error: farr::id::SctidError| {
            format!("expected uk-icd10, international, icd10-cm, uk-opcs4 or an id: {error}")
        })?),
    })
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
    }
}

/// The map that is asked for, where the release has it.
fn find<'t>(snomed: Snomed<'t>, asked: Option<AskedMap>) -> Option<PublishedMap<'t>> {
    match asked {
        Some(AskedMap::UkOpcs4) => snomed.uk_opcs_4_map().map(PublishedMap::Blocks),
        Some(AskedMap::Refset(id)) => snomed.published_map(id),
        None => [constants::UK_ICD_10, constants::INTERNATIONAL_ICD_10]
            .into_iter()
            .filter_map(|id| snomed.published_map(id))
            .find(|map| !map.refset().is_empty()),
    }
}

/// Maps.
pub(crate) fn run(
    arguments: Arguments,
    common: &Common,
    streams: &mut Streams<'_>,
) -> Result<u8, Failure> {
    common.format.require("map", &Format::WITHOUT_CODES)?;
    let items = Items::new(arguments.codes.clone(), "code")?;
    let patient = arguments.patient();
    patient.check().map_err(|error| Failure::Usage(error.to_string()))?;
    let terminology = open::for_one_question(common)?;
    let (asked, explained, dialect) = (arguments.map, arguments.explain, common.dialect);
    let by_rules =
        terminology.ask(|snomed| Some(matches!(find(snomed, asked)?, PublishedMap::Rules(_))))?;
    let Some(by_rules) = by_rules else {
        let ids = terminology.ask(|snomed| {
            let maps = snomed.published_maps().map(|map| map.refset().id().to_string());
            maps.collect::<Vec<_>>().join(" ")
        })?;
        return Err(Failure::NotFound(match ids.as_str() {
            "" => "this release has no extended map".to_owned(),
            ids => format!("this release does not have that map; it has {ids}"),
        }));
    };
    if !by_rules && (arguments.says_of_the_patient() || explained) {
        streams.warn("this map has no rules: what is said of the patient does not enter");
    }
    answer_all(items, CHUNK, common.format, streams, |codes| {
        let answers = terminology.ask(|snomed| {
            let Some(map) = find(snomed, asked) else { return Ok(Vec::new()) };
            let card =
                |code: &String| MapCard::of(snomed, map, code.trim(), &patient, explained, dialect);
            codes.iter().map(card).collect::<Result<Vec<_>, _>>()
        })?;
        answers.map_err(|error| Failure::Input(format!("the map cannot be asked: {error}")))
    })
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
    ];

    fn cells(&self) -> Vec<String> {
        let codes = |cards: &[TargetCard]| {
            cards.iter().map(TargetCard::shown).collect::<Vec<_>>().join(" ")
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
        ]
    }
}

impl Answered for MapCard {
    const COLUMNS: &'static [&'static str] = <MapCard as Record>::COLUMNS;

    fn is_found(&self) -> bool {
        !matches!(self.outcome, Outcome::NoMap | Outcome::NotInRelease | Outcome::Malformed)
    }

    fn write(&self, records: &mut RecordWriter, sink: &mut impl Write) -> io::Result<()> {
        records.write(sink, self)
    }

    fn draw(&self, sheet: &mut Sheet) {
        map::draw(sheet, self);
    }
}
