//! `farr dmd`: products of dm+d, and what hangs below them.

use std::io::Write as _;

use clap::Args;
use farr::dmd::{Dmd, Product};
use farr::{Date, Dialect, Sctid, Systems};
use serde::Serialize;

use crate::card::current::{self, CurrentCard};
use crate::card::draw::Sheet;
use crate::card::draw_product;
use crate::card::product::{ProductCard, ProductName};
use crate::cli::Common;
use crate::exit;
use crate::failure::Failure;
use crate::input::Items;
use crate::open;
use crate::output::format::Format;
use crate::output::records::{Record, RecordWriter};
use crate::output::text::shown;
use crate::streams::Streams;

/// Codes that are asked about in one go.
const CHUNK: usize = 256;

/// Show products of dm+d: a card, and a tree of everything below
///
/// Takes ids of VTMs, VMPs, AMPs, VMPPs and AMPPs, and previous ids of them: a previous id is
/// followed to the products that have it now, all of them where there are several. Ids of ingredients,
/// suppliers, forms, routes, units and trade families are told too. A VTM is shown with everything
/// below it; --tree shows that of the other levels.
#[derive(Args, Debug)]
#[command(after_help = "EXAMPLES:
  farr dmd 90332006
      A VTM, and everything below it
  farr dmd 39113611000001102 --tree
      A VMP with its packs and actual products
  farr dmd 347209005
      A previous id, and what it leads to
  farr dmd 90332006 --tree --format csv > below.csv
      One row for each product below
  cut -f2 prescriptions.tsv | farr dmd --format csv > products.csv
      A column of codes: level, name, products above, whether it may be prescribed

Exits with 1 where any code is not in dm+d, now or formerly.")]
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

    /// For previous ids: the day on which the code was used, as in 2019-04-01
    #[arg(long, value_name = "DATE")]
    on: Option<Date>,
}

/// How a code stands. The words are an interface.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
enum Status {
    /// It is the id of a product.
    Found,
    /// It is the id of something else in dm+d.
    NotAProduct,
    /// It was the id of what has another one now.
    PreviousId,
    /// The release knows nothing of it.
    NotInRelease,
    /// It is no identifier.
    Malformed,
}

impl Status {
    fn word(self) -> &'static str {
        match self {
            Status::Found => "found",
            Status::NotAProduct => "not-a-product",
            Status::PreviousId => "previous-id",
            Status::NotInRelease => "not-in-release",
            Status::Malformed => "malformed",
        }
    }
}

/// A code, and what dm+d has of it.
#[derive(Debug, Serialize)]
struct Answer {
    code: String,
    status: Status,
    product: Option<ProductCard>,
    /// What the code leads to now, where it is, or was, that of a thing whose code may change.
    current: Option<CurrentCard>,
    /// The products below, in the order of the tree.
    #[serde(skip_serializing_if = "Option::is_none")]
    below: Option<Vec<ProductName>>,
    message: Option<String>,
    /// The tree, drawn.
    #[serde(skip)]
    tree: Option<String>,
}

/// What to gather.
#[derive(Clone, Copy, Debug)]
struct Wanted {
    tree: Option<bool>,
    on: Option<Date>,
    dialect: Dialect,
    /// How the tree is drawn, where it is.
    sheet: Option<(crate::output::palette::Palette, Option<usize>)>,
}

impl Answer {
    fn of(systems: Systems<'_>, dmd: Dmd<'_>, code: &str, wanted: Wanted) -> Answer {
        let id = match Sctid::parse_as_published(code) {
            Ok(id) => id,
            Err(error) => return Answer::without(code, Status::Malformed, error.to_string()),
        };
        let current = CurrentCard::of(dmd, id, wanted.on);
        if let Some(product) = dmd.product(id) {
            let mut answer = Answer::new(code, Status::Found);
            // Of a product that has had this id alone there is nothing more to say.
            let told = current.leads_elsewhere(id) || !current.rows.is_empty();
            answer.current = told.then_some(current);
            answer.gather(systems, dmd, product, wanted);
            return answer;
        }
        let elsewhere = current.leads_elsewhere(id);
        let status = match current.outcome {
            "none" => Status::NotInRelease,
            _ if elsewhere => Status::PreviousId,
            _ => Status::NotAProduct,
        };
        let mut answer = Answer::new(code, status);
        if status == Status::NotInRelease {
            answer.message = Some(match (Sctid::parse(code), wanted.on) {
                (Err(error), _) => format!("not in this release of dm+d; {error}"),
                (Ok(_), Some(date)) => {
                    format!("not in this release of dm+d as of {date}, now or formerly")
                }
                (Ok(_), None) => "not in this release of dm+d, now or formerly".to_owned(),
            });
        }
        // The one product that has it now is shown; of several none is chosen.
        if let [one] = current.things.as_slice()
            && let Some(product) = one.id.parse().ok().and_then(|id: Sctid| dmd.product(id))
        {
            answer.gather(systems, dmd, product, wanted);
        }
        answer.current = Some(current);
        answer
    }

    fn new(code: &str, status: Status) -> Answer {
        Answer {
            code: code.to_owned(),
            status,
            product: None,
            current: None,
            below: None,
            message: None,
            tree: None,
        }
    }

    fn without(code: &str, status: Status, message: String) -> Answer {
        Answer { message: Some(message), ..Answer::new(code, status) }
    }

    fn gather<'t>(
        &mut self,
        systems: Systems<'t>,
        dmd: Dmd<'t>,
        product: Product<'t>,
        wanted: Wanted,
    ) {
        self.product = Some(ProductCard::of(dmd, product, systems.snomed(), wanted.dialect));
        let tree = wanted.tree.unwrap_or(matches!(product, Product::Vtm(_)));
        match wanted.sheet {
            _ if !tree => {}
            Some((palette, width)) => {
                let mut sheet = Sheet::new(palette, width);
                draw_product::tree(&mut sheet, product);
                self.tree = Some(sheet.into_text());
            }
            None => {
                let mut below = Vec::new();
                gather_below(product, true, &mut below);
                self.below = Some(below);
            }
        }
    }

    fn is_found(&self) -> bool {
        !matches!(self.status, Status::NotInRelease | Status::Malformed)
    }
}

fn gather_below(product: Product<'_>, top: bool, below: &mut Vec<ProductName>) {
    // Four levels at the most, so this goes no deeper.
    for child in draw_product::children_in_tree(product, top) {
        below.push(ProductName::of(child));
        gather_below(child, false, below);
    }
}

/// A row: the product of a code, or one below it.
#[derive(Debug, Serialize)]
struct Row<'a> {
    #[serde(flatten)]
    answer: &'a Answer,
    #[serde(skip)]
    below: Option<&'a ProductName>,
}

impl Record for Row<'_> {
    const COLUMNS: &'static [&'static str] = &[
        "code",
        "status",
        "level",
        "id",
        "name",
        "invalid",
        "vtm_id",
        "vtm_name",
        "vmp_id",
        "vmp_name",
        "amp_id",
        "amp_name",
        "primary_care",
        "primary_care_reasons",
        "dose_based",
        "dose_based_reasons",
        "in_snomed",
        "current_ids",
        "message",
    ];

    fn cells(&self) -> Vec<String> {
        let answer = self.answer;
        let mut cells = vec![answer.code.clone(), answer.status.word().to_owned()];
        if let Some(below) = self.below {
            let invalid = below.invalid.map(|invalid| invalid.to_string());
            cells.extend([below.level.to_owned(), below.id.clone()]);
            cells.extend([below.name.clone().unwrap_or_default(), invalid.unwrap_or_default()]);
            cells.resize(Self::COLUMNS.len(), String::new());
            return cells;
        }
        let of = |cell: fn(&ProductCard) -> String| {
            answer.product.as_ref().map(cell).unwrap_or_default()
        };
        let id = |name: &Option<ProductName>| {
            name.as_ref().map(|one| one.id.clone()).unwrap_or_default()
        };
        let words = |name: &Option<ProductName>| {
            name.as_ref().and_then(|one| one.name.clone()).unwrap_or_default()
        };
        cells.extend([
            of(|card| card.level.to_owned()),
            of(|card| card.id.clone()),
            of(|card| card.name.clone()),
            of(|card| card.invalid.to_string()),
        ]);
        let above = answer.product.as_ref();
        for name in
            [above.map(|card| &card.vtm), above.map(|card| &card.vmp), above.map(|card| &card.amp)]
        {
            cells.push(name.map(id).unwrap_or_default());
            cells.push(name.map(words).unwrap_or_default());
        }
        for setting in 0..2 {
            let answered = above.and_then(|card| card.prescribing.get(setting));
            cells.push(answered.map(|one| one.verdict.to_owned()).unwrap_or_default());
            cells.push(answered.map(|one| one.reasons.join(" ")).unwrap_or_default());
        }
        let in_snomed = above.and_then(|card| card.concept.in_snomed);
        cells.push(in_snomed.map(|held| held.to_string()).unwrap_or_default());
        let things = answer.current.iter().flat_map(|current| &current.things);
        cells.push(things.map(|thing| thing.id.as_str()).collect::<Vec<_>>().join(" "));
        cells.push(answer.message.clone().unwrap_or_default());
        cells
    }

    fn code(&self) -> Option<String> {
        match self.below {
            Some(below) => Some(below.id.clone()),
            None => self.answer.product.as_ref().map(|card| card.id.clone()),
        }
    }
}

/// Shows.
pub(crate) fn run(
    arguments: Arguments,
    common: &Common,
    streams: &mut Streams<'_>,
) -> Result<u8, Failure> {
    let mut items = Items::new(arguments.codes, "code")?;
    let terminology = open::for_one_question(common)?;
    let is_table = common.format == Format::Table;
    let wanted = Wanted {
        tree: match (arguments.tree, arguments.no_tree) {
            (true, _) => Some(true),
            (_, true) => Some(false),
            // A table for programs has one row a code unless more is asked for.
            _ if is_table => None,
            _ => Some(false),
        },
        on: arguments.on,
        dialect: common.dialect,
        sheet: is_table.then(|| (streams.palette(), streams.width())),
    };
    let mut records = match common.format {
        Format::Table => None,
        format => Some(RecordWriter::begin::<Row<'_>>(format, streams.out)?),
    };
    let is_rows = !matches!(common.format, Format::Json | Format::Jsonl);
    let (mut asked, mut all_found) = (0_usize, true);
    loop {
        let codes = items.next_chunk(CHUNK)?;
        if codes.is_empty() {
            break;
        }
        let answers = terminology.ask_systems(|systems| {
            let dmd = systems.dmd()?;
            Some(
                codes.iter().map(|code| Answer::of(systems, dmd, code, wanted)).collect::<Vec<_>>(),
            )
        })?;
        let Some(answers) = answers else {
            return Err(farr::index::OpenError::Absent { what: "dm+d" }.into());
        };
        for answer in &answers {
            all_found &= answer.is_found();
            match &mut records {
                Some(records) => {
                    records.write(streams.out, &Row { answer, below: None })?;
                    for below in answer.below.iter().flatten().filter(|_| is_rows) {
                        records.write(streams.out, &Row { answer, below: Some(below) })?;
                    }
                }
                None => {
                    let mut sheet = Sheet::new(streams.palette(), streams.width());
                    if asked > 0 {
                        sheet.line("");
                    }
                    draw(&mut sheet, answer);
                    streams.out.write_all(sheet.into_text().as_bytes())?;
                    if let Some(tree) = &answer.tree {
                        streams.out.write_all(tree.as_bytes())?;
                    }
                }
            }
            asked += 1;
        }
    }
    if let Some(records) = records {
        records.finish(streams.out)?;
    }
    if asked == 0 {
        streams.warn("standard input holds no codes");
    }
    Ok(if all_found { exit::ANSWERED } else { exit::NOT_FOUND })
}

fn draw(sheet: &mut Sheet, answer: &Answer) {
    let palette = sheet.palette();
    let own = answer.status == Status::Found;
    if !own {
        sheet.line(&palette.heading(&shown(&answer.code)));
        match answer.status {
            Status::PreviousId => {
                sheet.labelled("Code", "a previous id", |text| palette.warning(text))
            }
            Status::NotAProduct => sheet.plain("Code", "in dm+d, and no product"),
            _ => {
                let message = answer.message.as_deref().unwrap_or("not in dm+d");
                sheet.labelled("Code", message, |text| palette.bad(text));
            }
        }
    }
    if let Some(current) = answer.current.as_ref().filter(|_| !own) {
        current::draw(sheet, current);
    }
    if let Some(card) = &answer.product {
        if !own {
            sheet.line("");
        }
        draw_product::product(sheet, card);
    }
    if let Some(current) = answer.current.as_ref().filter(|_| own) {
        current::draw(sheet, current);
    }
}
