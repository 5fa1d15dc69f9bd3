//! `farr scan`: from a scanned barcode to the medicine.

use std::io::Write as _;

use clap::{Args, ValueEnum};
use farr::id::gs1::{AngleBrackets, Scan, ScanOptions};
use farr::{Date, Dialect, Systems};
use serde::Serialize;

use crate::card::draw::Sheet;
use crate::card::scan::{self, PackCard, ScanCard};
use crate::cli::Common;
use crate::exit;
use crate::failure::Failure;
use crate::input::Items;
use crate::open;
use crate::output::format::Format;
use crate::output::records::{Record, RecordWriter};
use crate::output::text::shown;
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

Exits with 1 where a scan is not valid, or dm+d has no pack of the GTIN on the day.")]
pub(crate) struct Arguments {
    /// Scans; - reads them from standard input, one a line
    #[arg(value_name = "STRING")]
    scans: Vec<String>,

    /// The day for which packs are asked, and by which the century of an expiry is told [default:
    /// today]
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
    /// `found`, `other-day`, `not-in-dmd`, `no-gtin` or `malformed`.
    status: &'static str,
    scan: Option<ScanCard>,
    packs: Vec<PackCard>,
    message: Option<String>,
}

impl Answer {
    fn of(
        systems: Systems<'_>,
        text: &str,
        on: Option<Date>,
        options: ScanOptions<'_>,
        dialect: Dialect,
    ) -> Answer {
        let without = |status, scan, message: String| Answer {
            text: text.to_owned(),
            status,
            scan,
            packs: Vec::new(),
            message: Some(message),
        };
        let scan = match Scan::parse_with(text, options) {
            Ok(scan) => scan,
            Err(error) => return without("malformed", None, error.to_string()),
        };
        let card = ScanCard::of(&scan, on);
        let (Some(gtin), Some(dmd)) = (scan.gtin(), systems.dmd()) else {
            let message = "the scan names no GTIN, so there is no pack to look for".to_owned();
            return without("no-gtin", Some(card), message);
        };
        let packs = scan::packs(dmd, gtin, on, systems.snomed(), dialect);
        let (status, message) = match packs.first().map(|pack| pack.valid) {
            None => {
                let restricted = match gtin.is_restricted_circulation() {
                    true => "; it is a number for use within a shop or a region",
                    false => "",
                };
                let told = format!("this release of dm+d has no pack of this GTIN{restricted}");
                ("not-in-dmd", Some(told))
            }
            Some(false) => {
                let on = on.map(|on| on.to_string()).unwrap_or_default();
                ("other-day", Some(format!("no pack had this GTIN on {on}; one did on other days")))
            }
            Some(true) => ("found", None),
        };
        Answer { text: text.to_owned(), status, scan: Some(card), packs, message }
    }
}

/// A pack of a scan, or a scan without any.
#[derive(Debug, Serialize)]
struct Row<'a> {
    #[serde(flatten)]
    answer: &'a Answer,
    #[serde(skip)]
    pack: Option<&'a PackCard>,
}

impl Record for Row<'_> {
    const COLUMNS: &'static [&'static str] = &[
        "text",
        "status",
        "gtin",
        "batch_or_lot",
        "expiry",
        "expiry_past",
        "serial_number",
        "valid",
        "start",
        "end",
        "ampp_id",
        "ampp_name",
        "amp_id",
        "amp_name",
        "vmp_id",
        "vmp_name",
        "vtm_id",
        "vtm_name",
        "in_snomed",
        "parent_ids",
        "message",
    ];

    fn cells(&self) -> Vec<String> {
        let Answer { text, status, scan, message, .. } = self.answer;
        let of = |cell: fn(&ScanCard) -> Option<String>| {
            scan.as_ref().and_then(cell).unwrap_or_default()
        };
        let mut cells = vec![
            text.clone(),
            (*status).to_owned(),
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
        ]);
        for level in [
            self.pack.map(|pack| &pack.ampp),
            self.pack.map(|pack| &pack.amp),
            self.pack.map(|pack| &pack.vmp),
            self.pack.map(|pack| &pack.vtm),
        ] {
            let product = level.and_then(|name| name.as_ref());
            cells.push(product.map(|name| name.id.clone()).unwrap_or_default());
            cells.push(product.and_then(|name| name.name.clone()).unwrap_or_default());
        }
        cells.push(of(|pack| Some(pack.concept.as_ref()?.in_snomed?.to_string())));
        cells.push(of(|pack| {
            let parents = pack.concept.as_ref()?.parents.iter();
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
    let mut items = Items::new(arguments.scans, "scan")?;
    let terminology = open::for_one_question(common)?;
    let on = arguments.on.or_else(today);
    let options = ScanOptions::new().angle_brackets(match arguments.angle_brackets {
        Brackets::Refuse => AngleBrackets::Refuse,
        Brackets::Separator => AngleBrackets::Separator,
        Brackets::Data => AngleBrackets::Data,
    });
    let separator = arguments.separator.unwrap_or_default();
    let options = options.separator(&separator);
    let mut records = match common.format {
        Format::Table => None,
        format => Some(RecordWriter::begin::<Row<'_>>(format, streams.out)?),
    };
    let is_rows = !matches!(common.format, Format::Json | Format::Jsonl);
    let (mut asked, mut all_found) = (0_usize, true);
    loop {
        let scans = items.next_chunk(CHUNK)?;
        if scans.is_empty() {
            break;
        }
        let dialect = common.dialect;
        let answers = terminology.ask_systems(|systems| {
            systems.dmd()?;
            let answer = |text: &String| Answer::of(systems, text, on, options, dialect);
            Some(scans.iter().map(answer).collect::<Vec<_>>())
        })?;
        let Some(answers) = answers else {
            return Err(farr::index::OpenError::Absent { what: "dm+d" }.into());
        };
        for answer in &answers {
            all_found &= answer.status == "found";
            match &mut records {
                Some(records) if is_rows && !answer.packs.is_empty() => {
                    for pack in &answer.packs {
                        records.write(streams.out, &Row { answer, pack: Some(pack) })?;
                    }
                }
                Some(records) => records.write(streams.out, &Row { answer, pack: None })?,
                None => {
                    let mut sheet = Sheet::new(streams.palette(), streams.width());
                    if asked > 0 {
                        sheet.line("");
                    }
                    draw(&mut sheet, answer);
                    streams.out.write_all(sheet.into_text().as_bytes())?;
                }
            }
            asked += 1;
        }
    }
    if let Some(records) = records {
        records.finish(streams.out)?;
    }
    if asked == 0 {
        streams.warn("standard input holds no scans");
    }
    Ok(if all_found { exit::ANSWERED } else { exit::NOT_FOUND })
}

fn draw(sheet: &mut Sheet, answer: &Answer) {
    let palette = sheet.palette();
    sheet.line(&palette.heading(&shown(&answer.text)));
    if let Some(card) = &answer.scan {
        scan::draw(sheet, card);
    }
    if let Some(message) = &answer.message {
        sheet.labelled("dm+d", message, |text| palette.bad(text));
    }
    scan::draw_packs(sheet, &answer.packs);
}
