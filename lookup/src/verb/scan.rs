//! `farr scan`: from a scanned barcode to the medicine.

use std::io::{self, Write};

use clap::{Args, ValueEnum};
use farr::dmd::Dmd;
use farr::id::gs1::{AngleBrackets, Scan, ScanOptions};
use farr::index::OpenError;
use farr::{Date, Dialect, Sctid, Systems};
use serde::Serialize;

use crate::answers::{Answered, answer_all};
use crate::card::draw::Sheet;
use crate::card::gtin::{GtinStatus, of_packs};
use crate::card::pack::{self, PackCard};
use crate::card::scan::{self, ScanCard};
use crate::cli::Common;
use crate::failure::Failure;
use crate::input::Items;
use crate::open;
use crate::output::records::{Record, RecordWriter};
use crate::output::text::{shown, width};
use crate::streams::Streams;
use crate::today::today;

/// Scans that are asked about in one go.
const CHUNK: usize = 512;

/// Read a scanned barcode, and find the medicine: pack, product, generic, moiety
///
/// Takes what a scanner sends: GS1 element strings with or without symbology identifier and with
/// whatever separator, the bracketed text below a barcode, a GS1 Digital Link, or a GTIN alone. All
/// packs of the GTIN are shown, those that have it on the day first: a GTIN may be that of several,
/// and none is chosen.
#[derive(Args, Debug)]
#[command(after_help = "EXAMPLES:
  farr scan '(01)08712400360258(17)271130(10)A1(21)X77'
      The text below a barcode; quote it, for a shell has other plans with brackets
  farr scan 5000283101086
      A GTIN alone
  farr scan 5000283101086 --on 2019-04-01
      The packs that had it on that day
  farr scan - --format csv < scans.txt > packs.csv
      What a scanner wrote to a file, one scan a line: a row for each pack

Exits with 1 where a scan is not valid, or dm+d has no pack of the GTIN on the day. A pack that has
expired is found all the same: its card says so, and the column expiry_past.")]
pub(crate) struct Arguments {
    /// Scans; - reads them from standard input, one a line
    #[arg(value_name = "STRING")]
    scans: Vec<String>,

    /// The day for which packs are asked, by which expired packs are told, and the century of their
    /// dates [default: today, in UTC]
    #[arg(long, value_name = "DATE")]
    on: Option<Date>,

    /// Another separator that the scanner sends for FNC1, as in %
    #[arg(long, value_name = "TEXT")]
    separator: Option<String>,

    /// What <GS> and <FNC1> within a value are
    #[arg(long, value_enum, default_value_t, value_name = "AS")]
    angle_brackets: Brackets,
}

/// What `<GS>` and `<FNC1>` within a value are.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
enum Brackets {
    /// Not assumed: such a scan is refused
    #[default]
    Refuse,
    /// A separator
    Separator,
    /// Data
    Data,
}

/// A scan, and what it leads to.
#[derive(Debug, Serialize)]
struct Answer {
    text: String,
    status: GtinStatus,
    /// The day asked about.
    #[serde(serialize_with = "crate::output::number::as_text")]
    on: Date,
    scan: Option<ScanCard>,
    packs: Vec<PackCard>,
    message: Option<String>,
    /// Where the scan is wrong, in bytes from its start.
    at: Option<usize>,
}

/// What is asked of each scan.
#[derive(Clone, Copy, Debug)]
struct Asked<'o> {
    on: Date,
    options: ScanOptions<'o>,
    dialect: Dialect,
}

impl Answer {
    fn of(systems: Systems<'_>, dmd: Dmd<'_>, text: &str, asked: Asked<'_>) -> Answer {
        let Asked { on, options, dialect } = asked;
        let mut answer = Answer {
            text: text.to_owned(),
            status: GtinStatus::Malformed,
            on,
            scan: None,
            packs: Vec::new(),
            message: None,
            at: None,
        };
        let scan = match Scan::parse_with(text, options) {
            Ok(scan) => scan,
            Err(error) => {
                answer.message = Some(format!("{error}{}", hint(dmd, text)));
                answer.at = error.index();
                return answer;
            }
        };
        answer.scan = Some(ScanCard::of(&scan, on));
        let (status, message) = match scan.gtin() {
            None => {
                let message = format!("{}{}", without_gtin(&scan), hint(dmd, text));
                (GtinStatus::NoGtin, Some(message))
            }
            Some(gtin) => {
                answer.packs = pack::packs(dmd, gtin, on, systems.snomed(), dialect);
                of_packs(gtin, &answer.packs, on)
            }
        };
        (answer.status, answer.message) = (status, message);
        answer
    }
}

/// Where else to look for what is no scan of a pack: the ids of dm+d can be read as scans, too.
fn hint(dmd: Dmd<'_>, text: &str) -> &'static str {
    match Sctid::parse(text).is_ok_and(|id| dmd.product(id).is_some()) {
        true => "; it is an id of dm+d: see farr dmd",
        false => "",
    }
}

/// What to say of a scan that names no GTIN of its own.
fn without_gtin(scan: &Scan<'_>) -> String {
    let content = scan.element_strings().and_then(|all| all.content_gtin());
    match content {
        Some(content) => format!(
            "a case or a pallet: the scan names the GTIN of the items in it, {content}, and none of \
             its own; to ask about such an item, give its GTIN alone"
        ),
        None => "the scan is valid and names no GTIN, so there is no pack to look for".to_owned(),
    }
}

/// A pack of a scan, or a scan without any.
#[derive(Debug, Serialize)]
#[serde(transparent)]
struct Row<'a> {
    answer: &'a Answer,
    #[serde(skip)]
    pack: Option<&'a PackCard>,
}

impl Record for Row<'_> {
    const COLUMNS: &'static [&'static str] = &[
        "text",
        "status",
        "on",
        "gtin",
        "batch_or_lot",
        "expiry",
        "expiry_past",
        "serial_number",
        "valid",
        "start",
        "end",
        "discontinued",
        "ampp_id",
        "ampp_name",
        "amp_id",
        "amp_name",
        "vmpp_id",
        "vmpp_name",
        "vmp_id",
        "vmp_name",
        "vtm_id",
        "vtm_name",
        "in_snomed",
        "parent_ids",
        "message",
    ];

    fn cells(&self) -> Vec<String> {
        let Answer { text, status, on, scan, message, .. } = self.answer;
        let of = |cell: fn(&ScanCard) -> Option<String>| {
            scan.as_ref().and_then(cell).unwrap_or_default()
        };
        let mut cells = vec![
            text.clone(),
            status.word().to_owned(),
            on.to_string(),
            of(|card| card.gtin.clone()),
            of(|card| card.batch_or_lot.clone()),
            of(|card| {
                let expiry = card.expiry.as_ref()?;
                Some(expiry.last_day.clone().unwrap_or_else(|| expiry.digits.clone()))
            }),
            of(|card| Some(card.expiry.as_ref()?.past?.to_string())),
            of(|card| card.serial_number.clone()),
        ];
        let of =
            |cell: fn(&PackCard) -> Option<String>| self.pack.and_then(cell).unwrap_or_default();
        cells.extend([
            of(|pack| Some(pack.valid.to_string())),
            of(|pack| pack.start.clone()),
            of(|pack| pack.end.clone()),
            of(|pack| Some(pack.discontinued?.to_string())),
        ]);
        for level in [
            self.pack.map(|pack| &pack.ampp),
            self.pack.map(|pack| &pack.amp),
            self.pack.map(|pack| &pack.vmpp),
            self.pack.map(|pack| &pack.vmp),
            self.pack.map(|pack| &pack.vtm),
        ] {
            let product = level.and_then(Option::as_ref);
            cells.push(product.map(|name| name.id.clone()).unwrap_or_default());
            cells.push(product.and_then(|name| name.name.clone()).unwrap_or_default());
        }
        cells.push(of(|pack| Some(pack.concept.in_snomed?.to_string())));
        cells.push(of(|pack| {
            let parents = pack.concept.parents.iter();
            Some(parents.map(|parent| parent.id.as_str()).collect::<Vec<_>>().join(" "))
        }));
        cells.push(message.clone().unwrap_or_default());
        cells
    }

    fn code(&self) -> Option<String> {
        Some(self.pack.filter(|pack| pack.valid)?.ampp.as_ref()?.id.clone())
    }
}

/// Reads scans and finds packs.
pub(crate) fn run(
    arguments: Arguments,
    common: &Common,
    streams: &mut Streams<'_>,
) -> Result<u8, Failure> {
    let items = Items::new(arguments.scans, "scan")?;
    let terminology = open::for_one_question(common)?;
    let no_day = "the clock of this computer is not set: name the day with --on";
    let on = arguments.on.or_else(today).ok_or_else(|| Failure::Usage(no_day.to_owned()))?;
    let options = ScanOptions::new().angle_brackets(match arguments.angle_brackets {
        Brackets::Refuse => AngleBrackets::Refuse,
        Brackets::Separator => AngleBrackets::Separator,
        Brackets::Data => AngleBrackets::Data,
    });
    let separator = arguments.separator.unwrap_or_default();
    let options = options.separator(&separator);
    let asked = Asked { on, options, dialect: common.dialect };
    answer_all(items, CHUNK, common.format, streams, |scans| {
        let answers = terminology.ask_systems(|systems| {
            let dmd = systems.dmd()?;
            Some(scans.iter().map(|text| Answer::of(systems, dmd, text, asked)).collect())
        })?;
        answers.ok_or_else(|| OpenError::Absent { what: "dm+d" }.into())
    })
}

impl Answered for Answer {
    const COLUMNS: &'static [&'static str] = <Row<'_> as Record>::COLUMNS;

    fn is_found(&self) -> bool {
        matches!(self.status, GtinStatus::Found | GtinStatus::Several)
    }

    fn write(&self, records: &mut RecordWriter, sink: &mut impl Write) -> io::Result<()> {
        if self.packs.is_empty() || !records.takes_rows() {
            return records.write(sink, &Row { answer: self, pack: None });
        }
        let mut packs = self.packs.iter();
        packs.try_for_each(|pack| records.write(sink, &Row { answer: self, pack: Some(pack) }))
    }

    fn draw(&self, sheet: &mut Sheet) {
        let palette = sheet.palette();
        match self.at.and_then(|at| self.text.get(..at)) {
            Some(before) => sheet.marked_heading(&self.text, width(&shown(before))),
            None => sheet.heading(&self.text),
        }
        if let Some(card) = &self.scan {
            scan::draw(sheet, card, self.on);
        }
        if let Some(message) = &self.message {
            match self.status {
                GtinStatus::Malformed => {
                    sheet.labelled("Not valid", message, |text| palette.bad(text))
                }
                GtinStatus::NoGtin => sheet.labelled("GTIN", message, |text| palette.warning(text)),
                _ => sheet.labelled("dm+d", message, |text| palette.warning(text)),
            }
        }
        if self.status == GtinStatus::Found {
            let text = format!("one pack has this GTIN on {}", self.on);
            sheet.labelled("dm+d", &text, |text| palette.good(text));
        }
        pack::draw(sheet, &self.packs, self.on);
    }
}
