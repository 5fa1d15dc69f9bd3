//! `farr dmd`: products of dm+d, and what hangs below them.

use std::io::{self, Write};

use clap::Args;
use farr::dmd::{Dmd, Product};
use farr::id::Gtin;
use farr::index::OpenError;
use farr::{Date, Dialect, Sctid, Systems};
use serde::Serialize;

use crate::answers::{Answered, answer_all};
use crate::card::current::Thing;
use crate::card::dictionary::{self, DmdCard, DmdStatus};
use crate::card::draw::Sheet;
use crate::card::product::ProductSummary;
use crate::card::product_tree::{self, Below};
use crate::card::sctid::Detail;
use crate::cli::Common;
use crate::failure::Failure;
use crate::input::Items;
use crate::open;
use crate::output::format::Format;
use crate::output::records::{Record, RecordWriter};
use crate::streams::Streams;

/// Codes that are asked about in one go.
const CHUNK: usize = 256;

/// Show products of dm+d: a card, and a tree of everything below
///
/// Takes ids of VTMs, VMPs, AMPs, VMPPs and AMPPs. A previous id is followed to what has another one
/// now; where that is several things, all are named and none is chosen. Ids of ingredients,
/// suppliers, forms, routes, units and trade families are told too. The card of a VTM has everything
/// below it at its foot; --tree adds that to other levels and other formats.
#[derive(Args, Debug)]
#[command(after_help = "EXAMPLES:
  farr dmd 90332006
      A VTM, and everything below it
  farr dmd 39113611000001102 --tree
      A VMP with its packs and actual products
  farr dmd 347209005
      A previous id, and what it leads to
  farr dmd 347209005 --on 2004-06-01
      The same for a code that was recorded on that day
  farr dmd 90332006 --tree --format csv > below.csv
      One row for each product below
  cut -f2 prescriptions.tsv | farr dmd --format csv > products.csv
      A column of codes: level, name, products above, whether it may be prescribed

Exits with 1 where any code is not in dm+d, now or formerly, or with --on not on that day.")]
pub(crate) struct Arguments {
    /// Product ids; - reads them from standard input, one a line
    #[arg(value_name = "CODE")]
    codes: Vec<String>,

    /// Everything below each product too, of whichever level
    #[arg(long, conflicts_with = "no_tree")]
    tree: bool,

    /// Only the card, also of a VTM
    #[arg(long)]
    no_tree: bool,

    /// The day on which the codes were used, as in 2019-04-01: ids of VTMs and VMPs change, and what
    /// had a code then may not be what has it now
    #[arg(long, value_name = "DATE")]
    on: Option<Date>,
}

/// A code, what dm+d has of it, and what is below that.
#[derive(Debug, Serialize)]
struct Answer {
    code: String,
    #[serde(flatten)]
    found: DmdCard,
    /// The products below, in the order of the tree; `None` where they are not asked for.
    tree: Option<Vec<Below>>,
}

/// What to gather.
#[derive(Clone, Copy, Debug)]
struct Wanted {
    /// Everything below a product too.
    tree: bool,
    /// The same, of VTMs alone.
    tree_of_vtms: bool,
    on: Option<Date>,
    dialect: Dialect,
}

impl Answer {
    fn of(systems: Systems<'_>, dmd: Dmd<'_>, code: &str, wanted: Wanted) -> Answer {
        let (snomed, dialect) = (systems.snomed(), wanted.dialect);
        let mut found = DmdCard::of(dmd, code, wanted.on, snomed, dialect, Detail::Whole);
        let nowhere = !found.status.is_known() && found.status != DmdStatus::OtherDay;
        if let Some(message) = found.message.as_mut().filter(|_| nowhere) {
            message.push_str(hint(systems, code));
        }
        let product = found.product.as_ref().and_then(|card| card.summary.id.parse().ok());
        let product = product.and_then(|id: Sctid| dmd.product(id)).filter(|product| {
            wanted.tree || wanted.tree_of_vtms && matches!(product, Product::Vtm(_))
        });
        let tree = product.map(|product| product_tree::below(dmd, product, snomed, dialect));
        Answer { code: code.to_owned(), found, tree }
    }
}

/// Where else to look for what is not in dm+d.
fn hint(systems: Systems<'_>, code: &str) -> &'static str {
    let is_gtin = code.len() >= 12 && Gtin::parse(code).is_ok();
    let in_snomed = || {
        let id = Sctid::parse_as_published(code).ok()?;
        systems.snomed()?.concept(id)
    };
    match (is_gtin, in_snomed()) {
        (_, Some(_)) => "; SNOMED CT has it: see farr lookup",
        (true, None) => "; it can be read as the GTIN of a barcode: see farr scan",
        (false, None) => "",
    }
}

/// A row: the product of a code, or one below it.
#[derive(Debug, Serialize)]
#[serde(transparent)]
struct Row<'a> {
    answer: &'a Answer,
    #[serde(skip)]
    below: Option<&'a Below>,
}

impl Record for Row<'_> {
    const COLUMNS: &'static [&'static str] = &[
        "code",
        "status",
        "depth",
        "level",
        "id",
        "name",
        "invalid",
        "discontinued",
        "vtm_id",
        "vtm_name",
        "vmp_id",
        "vmp_name",
        "amp_id",
        "amp_name",
        "vmpp_id",
        "vmpp_name",
        "primary_care",
        "primary_care_reasons",
        "dose_based",
        "dose_based_reasons",
        "in_snomed",
        "current_kinds",
        "current_ids",
        "message",
    ];

    fn cells(&self) -> Vec<String> {
        let answer = self.answer;
        let mut cells = vec![answer.code.clone(), answer.found.status.word().to_owned()];
        cells.push(match (self.below, &answer.found.product) {
            (Some(below), _) => below.depth.to_string(),
            (None, Some(_)) => "0".to_owned(),
            (None, None) => String::new(),
        });
        let product = self.product();
        let of = |cell: fn(&ProductSummary) -> Option<String>| {
            product.and_then(cell).unwrap_or_default()
        };
        cells.extend([
            of(|product| Some(product.level.to_owned())),
            of(|product| Some(product.id.clone())),
            of(|product| Some(product.name.clone())),
            of(|product| Some(product.invalid.to_string())),
            of(|product| Some(product.discontinued?.to_string())),
        ]);
        for above in [
            product.map(|product| &product.vtm),
            product.map(|product| &product.vmp),
            product.map(|product| &product.amp),
            product.map(|product| &product.vmpp),
        ] {
            let above = above.and_then(Option::as_ref);
            cells.push(above.map(|above| above.id.clone()).unwrap_or_default());
            cells.push(above.and_then(|above| above.name.clone()).unwrap_or_default());
        }
        for setting in 0..2 {
            let answered = product.and_then(|product| product.prescribing.get(setting));
            cells.push(answered.map(|one| one.verdict.to_owned()).unwrap_or_default());
            cells.push(answered.map(|one| one.reasons.join(" ")).unwrap_or_default());
        }
        cells.push(of(|product| Some(product.concept.in_snomed?.to_string())));
        // What is said of the code stands in its own row alone.
        let own = Some(answer).filter(|_| self.below.is_none());
        let things = |cell: fn(&Thing) -> &str| {
            own.map(|answer| answer.found.things(cell).join(" ")).unwrap_or_default()
        };
        cells.extend([things(|thing| thing.kind), things(|thing| &thing.id)]);
        cells.push(own.and_then(|answer| answer.found.message.clone()).unwrap_or_default());
        cells
    }

    fn code(&self) -> Option<String> {
        self.product().map(|product| product.id.clone())
    }
}

impl<'a> Row<'a> {
    fn product(&self) -> Option<&'a ProductSummary> {
        match self.below {
            Some(below) => Some(&below.product),
            None => self.answer.found.product.as_ref().map(|card| &card.summary),
        }
    }
}

/// Shows.
pub(crate) fn run(
    arguments: Arguments,
    common: &Common,
    streams: &mut Streams<'_>,
) -> Result<u8, Failure> {
    let items = Items::new(arguments.codes, "code")?;
    let terminology = open::for_one_question(common)?;
    let wanted = Wanted {
        tree: arguments.tree,
        // Rows and records are one a code unless more is asked for.
        tree_of_vtms: common.format == Format::Table && !arguments.no_tree,
        on: arguments.on,
        dialect: common.dialect,
    };
    answer_all(items, CHUNK, common.format, streams, |codes| {
        let answers = terminology.ask_systems(|systems| {
            let dmd = systems.dmd()?;
            Some(codes.iter().map(|code| Answer::of(systems, dmd, code, wanted)).collect())
        })?;
        answers.ok_or_else(|| OpenError::Absent { what: "dm+d" }.into())
    })
}

impl Answered for Answer {
    const COLUMNS: &'static [&'static str] = <Row<'_> as Record>::COLUMNS;

    fn is_found(&self) -> bool {
        self.found.status.is_known()
    }

    fn write(&self, records: &mut RecordWriter, sink: &mut impl Write) -> io::Result<()> {
        records.write(sink, &Row { answer: self, below: None })?;
        let tree = self.tree.as_deref().filter(|_| records.takes_rows());
        for below in tree.unwrap_or_default() {
            records.write(sink, &Row { answer: self, below: Some(below) })?;
        }
        Ok(())
    }

    fn draw(&self, sheet: &mut Sheet) {
        dictionary::draw(sheet, &self.found, &self.code, false);
        product_tree::draw(sheet, self.tree.as_deref().unwrap_or_default());
    }
}
