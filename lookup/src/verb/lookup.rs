//! `farr lookup`: what kind of code or number something is, and everything known of it.

use std::io::Write as _;

use clap::Args;
use farr::{Dialect, Snomed};
use serde::Serialize;

use crate::card::concept::ConceptCard;
use crate::card::draw::{self, Sheet};
use crate::card::nhs::{NhsNumberCard, range_name};
use crate::card::release::ReleaseCard;
use crate::card::sctid::{Detail, SctidCard, Status};
use crate::cli::Common;
use crate::exit;
use crate::failure::Failure;
use crate::input::Items;
use crate::open;
use crate::output::format::Format;
use crate::output::records::{Record, RecordWriter};
use crate::output::text::shown;
use crate::streams::Streams;

/// Codes that are asked about in one go: the answers to them are held in memory.
const CHUNK: usize = 512;

/// Look up codes and numbers: what kind each is, and everything known of it
///
/// Takes SNOMED CT concept and description ids, and NHS numbers. A number that can be read in two
/// ways is shown in both. An id with a wrong check digit is looked up as it stands, and the card
/// says both what is wrong and what the release has.
#[derive(Args, Debug)]
#[command(after_help = "EXAMPLES:
  farr lookup 24700007
      The card of a concept
  farr lookup 41398015
      A description, and its concept
  farr lookup '24700007 |Multiple sclerosis|' --dialect en-us
      The term between bars is left off
  farr lookup 24700007 --format json
      The same for a program; see OUTPUT.md for the keys
  cut -f2 problems.tsv | farr lookup --format csv > problems.csv
      A column of codes: one row a code, in their order, with a status

Exits with 1 where any code was not found or is not valid.")]
pub(crate) struct Arguments {
    /// Codes or numbers; - reads them from standard input, one a line
    #[arg(value_name = "CODE")]
    codes: Vec<String>,
}

/// A code, and every way to read it.
#[derive(Debug, Serialize)]
struct Answer {
    code: String,
    /// The best that any reading gave.
    status: Status,
    /// It read as a SNOMED CT identifier.
    sctid: Option<SctidCard>,
    /// It read as an NHS number.
    nhs_number: Option<NhsNumberCard>,
}

impl Answer {
    fn of(snomed: Snomed<'_>, code: &str, dialect: Dialect, detail: Detail) -> Answer {
        let bare = without_term(code);
        let sctid = SctidCard::of(snomed, bare, dialect, detail);
        let nhs = NhsNumberCard::of(bare);
        let well_formed = sctid.as_ref().is_some_and(|card| card.reason.is_none());
        // Ten digits may be either, so a wrong NHS number is told unless it is a right SCTID.
        let ten = bare.bytes().filter(u8::is_ascii_digit).count() == 10
            && bare.bytes().all(|byte| byte.is_ascii_digit() || matches!(byte, b' ' | b'-'));
        let nhs_number = (nhs.valid || ten && !well_formed).then_some(nhs);
        let of_nhs = nhs_number.as_ref().map(|card| match card.valid {
            true => Status::Valid,
            false => Status::Malformed,
        });
        let status = sctid.as_ref().map(|card| card.status).max(of_nhs);
        Answer {
            code: code.to_owned(),
            status: status.unwrap_or(Status::Malformed),
            sctid,
            nhs_number,
        }
    }

    fn concept(&self) -> Option<&ConceptCard> {
        self.sctid.as_ref()?.concept.as_deref()
    }

    fn is_found(&self) -> bool {
        self.status >= Status::Valid
    }

    /// The ways it reads, joined by `+`.
    fn kind(&self) -> String {
        let mut kinds = Vec::new();
        kinds.extend(self.sctid.as_ref().map(|card| card.component.unwrap_or("sctid")));
        kinds.extend(self.nhs_number.as_ref().map(|_| "nhs-number"));
        kinds.join("+")
    }

    /// What is to be said of it in a line.
    fn note(&self) -> String {
        let mut notes = Vec::new();
        if let Some(card) = &self.sctid {
            notes.extend(match (card.status, &card.reason) {
                (_, Some(reason)) => Some(reason.clone()),
                (Status::NotInRelease, None) => Some(match &card.namespace {
                    Some(namespace) => {
                        format!("well-formed, not in this release (namespace {namespace})")
                    }
                    None => "well-formed, not in this release".to_owned(),
                }),
                (Status::NotHeld, None) => {
                    Some("well-formed; an index does not hold ids of this kind".to_owned())
                }
                _ => None,
            });
        }
        if let Some(card) = &self.nhs_number {
            notes.extend(match (&card.message, &card.display) {
                (Some(message), _) => Some(format!("as an NHS number: {message}")),
                (None, Some(_)) if card.doubts.is_empty() => Some("a valid NHS number".to_owned()),
                (None, Some(_)) => Some(format!("a valid NHS number: {}", card.doubts.join("; "))),
                (None, None) => None,
            });
        }
        if self.sctid.is_none() && self.nhs_number.is_none() {
            notes.push(unreadable(&self.code).to_owned());
        }
        notes.join("; ")
    }
}

impl Record for Answer {
    const COLUMNS: &'static [&'static str] = &[
        "code",
        "status",
        "kind",
        "concept_id",
        "active",
        "preferred_term",
        "fully_specified_name",
        "semantic_tag",
        "effective_time",
        "definition_status",
        "module_id",
        "note",
    ];

    fn cells(&self) -> Vec<String> {
        let concept = self.concept();
        let of =
            |field: fn(&ConceptCard) -> Option<String>| concept.and_then(field).unwrap_or_default();
        vec![
            self.code.clone(),
            self.status.word().to_owned(),
            self.kind(),
            of(|card| Some(card.id.clone())),
            of(|card| Some(card.active.to_string())),
            of(|card| Some(card.preferred_term.as_ref()?.term.clone())),
            of(|card| card.fully_specified_name.clone()),
            of(|card| card.semantic_tag.clone()),
            of(|card| card.effective_time.clone()),
            of(|card| card.definition_status.clone()),
            of(|card| Some(card.module.as_ref()?.id.clone())),
            self.note(),
        ]
    }

    fn code(&self) -> Option<String> {
        self.concept().map(|card| card.id.clone())
    }
}

/// A code without the term that SNOMED CT expressions put between bars behind it.
fn without_term(code: &str) -> &str {
    match code.split_once('|') {
        Some((id, rest)) if rest.trim_end().ends_with('|') => id.trim_end(),
        _ => code,
    }
}

/// What to say of a text that is no code of any kind.
fn unreadable(code: &str) -> &'static str {
    let exponent = code.split_once(['E', 'e']).is_some_and(|(digits, power)| {
        let number = |text: &str| {
            !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.')
        };
        number(digits) && number(power.trim_start_matches('+'))
    });
    match exponent {
        true => {
            "a number as a spreadsheet shows it: its last digits are lost, so take the code \
                 from its source again"
        }
        false => "neither a SNOMED CT id nor an NHS number",
    }
}

/// Looks up.
pub(crate) fn run(
    arguments: Arguments,
    common: &Common,
    streams: &mut Streams<'_>,
) -> Result<u8, Failure> {
    let mut items = Items::new(arguments.codes, "code")?;
    let terminology = open::for_one_question(common)?;
    let dialect = common.dialect;
    let detail = match common.format {
        Format::Table | Format::Json | Format::Jsonl => Detail::Whole,
        _ => Detail::Summary,
    };
    let mut asked = 0_usize;
    let mut all_found = true;
    let mut screen = Screen::default();
    let mut records = match common.format {
        Format::Table => None,
        format => Some(RecordWriter::begin::<Answer>(format, streams.out)?),
    };
    loop {
        let codes = items.next_chunk(CHUNK)?;
        if codes.is_empty() {
            break;
        }
        asked += codes.len();
        // The foot of the cards is the same for all.
        let foot = records.is_none() && screen.release.is_none();
        let (answers, release) = terminology.ask(|snomed| {
            let answers: Vec<Answer> =
                codes.iter().map(|code| Answer::of(snomed, code, dialect, detail)).collect();
            (answers, foot.then(|| ReleaseCard::of(snomed, dialect)))
        })?;
        for answer in &answers {
            all_found &= answer.is_found();
            match &mut records {
                Some(records) => records.write(streams.out, answer)?,
                None => screen.show(answer, streams)?,
            }
        }
        screen.release = screen.release.or(release);
    }
    match records {
        Some(records) => records.finish(streams.out)?,
        None => screen.finish(streams)?,
    }
    if asked == 0 {
        streams.warn("standard input holds no codes");
    }
    Ok(if all_found { exit::ANSWERED } else { exit::NOT_FOUND })
}

/// Cards one after the other, and the release at the foot.
#[derive(Debug, Default)]
struct Screen {
    shown: usize,
    release: Option<ReleaseCard>,
}

impl Screen {
    fn show(&mut self, answer: &Answer, streams: &mut Streams<'_>) -> Result<(), Failure> {
        let mut sheet = Sheet::new(streams.palette(), streams.width());
        if self.shown > 0 {
            sheet.line("");
        }
        self.shown += 1;
        draw_answer(&mut sheet, answer);
        Ok(streams.out.write_all(sheet.into_text().as_bytes())?)
    }

    fn finish(&self, streams: &mut Streams<'_>) -> Result<(), Failure> {
        if let Some(release) = &self.release {
            let palette = streams.palette();
            let line = palette.quiet(&shown(&release.line()));
            writeln!(streams.out, "\n{line}")?;
        }
        Ok(())
    }
}

fn draw_answer(sheet: &mut Sheet, answer: &Answer) {
    let palette = sheet.palette();
    let mut begun = false;
    if let Some(card) = &answer.sctid {
        begun = true;
        draw_sctid(sheet, answer, card);
    }
    if let Some(card) = &answer.nhs_number {
        if begun {
            sheet.line("");
            let both = "the same digits can also be read as an NHS number:";
            sheet.line(&palette.warning(both));
        }
        begun = true;
        draw_nhs(sheet, answer, card);
    }
    if !begun {
        sheet.line(&palette.heading(&shown(&answer.code)));
        sheet.labelled("Code", unreadable(&answer.code), |text| palette.bad(text));
    }
}

fn draw_sctid(sheet: &mut Sheet, answer: &Answer, card: &SctidCard) {
    let palette = sheet.palette();
    if let Some(description) = &card.description {
        draw::description(sheet, description);
        sheet.line("");
    }
    match &card.concept {
        Some(concept) => draw::concept(sheet, concept),
        None if card.description.is_some() => {
            sheet.line(&palette.bad("its concept is not in this release"));
        }
        None => {
            sheet.line(&palette.heading(&shown(&answer.code)));
            let verdict = match card.status {
                Status::NotInRelease => "well-formed, not in this release",
                Status::NotHeld => "well-formed; an index does not hold ids of this kind",
                Status::WrongCheckDigit => "wrong check digit, and not in this release",
                _ => "not well-formed, and not in this release",
            };
            sheet.labelled("Kind", &card.kind(), str::to_owned);
            sheet.labelled("Status", verdict, |text| palette.bad(text));
            let issuer = match &card.namespace {
                Some(namespace) => namespace.as_str(),
                None => "none: issued by SNOMED International",
            };
            if card.component.is_some() {
                sheet.labelled("Namespace", issuer, str::to_owned);
            }
        }
    }
    if let Some(reason) = &card.reason {
        sheet.labelled("Check", reason, |text| palette.warning(text));
    }
}

fn draw_nhs(sheet: &mut Sheet, answer: &Answer, card: &NhsNumberCard) {
    let palette = sheet.palette();
    let display = card.display.as_deref().unwrap_or(&answer.code);
    sheet.line(&palette.heading(&shown(display)));
    match &card.message {
        Some(message) => {
            sheet.labelled("NHS number", "not valid", |text| palette.bad(text));
            sheet.labelled("Check", message, str::to_owned);
        }
        None => sheet.labelled("NHS number", "valid", |text| palette.good(text)),
    }
    if let Some(range) = card.range {
        sheet.labelled("Range", range_name(range), str::to_owned);
    }
    match card.plausible {
        Some(true) => sheet.labelled("Plausible", "yes: nothing speaks against it", str::to_owned),
        Some(false) => {
            sheet.labelled("Plausible", &format!("no: {}", card.doubts.join("; ")), |text| {
                palette.warning(text)
            });
        }
        None => {}
    }
}
