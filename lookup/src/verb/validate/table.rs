//! A table from its beginning to its end: which kind it is, and where everything goes.

use std::io::{self, IsTerminal as _, Write};
use std::path::Path;

use farr::coding::{Outcome, System, Validator};
use farr::{Systems, Terminology};
use farr_codelists::rules::NamedBinding;
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use super::cautions::cautions;
use super::delimited::{self, Shape};
use super::json_lines::{self, Keys};
use super::row::{ADDED, CodesOf, Judge, Part};
use super::summary::Overview;
use super::tally::{Outcomes, Totals};
use super::{Arguments, Summary, report, summary};
use crate::cli::Common;
use crate::exit;
use crate::failure::Failure;
use crate::open;
use crate::output::format::Format;
use crate::streams::Streams;
use crate::table::encoding::write_as;
use crate::table::published::{Unpublished, keep};
use crate::table::text::TextSource;

/// What a Parquet file begins with.
const PARQUET: &[u8] = b"PAR1";
/// What one begins with whose footer is encrypted.
#[cfg(feature = "parquet")]
const ENCRYPTED: &[u8] = b"PARE";

/// Validates a table; gives what the process ends with.
pub(super) fn run(
    arguments: &Arguments,
    common: &Common,
    streams: &mut Streams<'_>,
) -> Result<u8, Failure> {
    let file = arguments.file.as_deref().filter(|file| *file != "-");
    if file.is_none() && io::stdin().is_terminal() {
        return Err(Failure::Usage(
            "no table given: name a file, or pipe one into it; --code CODE is for one code".into(),
        ));
    }
    arguments.check_position()?;
    let terminology = open(arguments, common)?;
    let mut binding = arguments.asked.binding(common)?;
    if let Some(days) = arguments.most_age {
        binding = binding.most_age_days(days);
    }
    let bar = bar(file, arguments.out.is_some());
    let source = TextSource::open(file, arguments.encoding, &bar)?;
    keep_what_is_needed(arguments, common, &terminology, file)?;
    let mut report = arguments.report.as_deref().map(Unpublished::create).transpose()?;
    let mut out = arguments.out.as_deref().map(Unpublished::create).transpose()?;
    let sinks = Sinks { streams, out: out.as_mut(), report: report.as_mut(), bar: &bar };
    let judged = |systems: Systems<'_>| {
        let validator = Validator::of(systems, &binding).map_err(super::one::unanswerable)?;
        let validator = validator.today(arguments.day());
        for caution in cautions(&validator) {
            sinks.streams.warn(&caution);
        }
        let of = CodesOf::of(&arguments.asked.systems(), systems);
        go_through(arguments, common, &validator, (systems, of), source, sinks)
    };
    let Done { outcomes, summary } = match arguments.out {
        // A file is seen when all that the answers touched is known to be whole.
        Some(_) => terminology.ask_systems(judged)??,
        None => judged(terminology.systems()?)?,
    };
    bar.finish_and_clear();
    if let Some(out) = out {
        out.publish()?;
    }
    if let Some(report) = report {
        report.publish()?;
    }
    if let Some(summary) = summary {
        streams.note(&summary);
    }
    let denied = outcomes.of(Outcome::Reject) > 0
        || arguments.deny_warnings && outcomes.of(Outcome::Warn) > 0;
    Ok(if denied { exit::NOT_FOUND } else { exit::ANSWERED })
}

/// Refuses to write over what is read, and two things in one place.
fn keep_what_is_needed(
    arguments: &Arguments,
    common: &Common,
    terminology: &Terminology,
    file: Option<&str>,
) -> Result<(), Failure> {
    let rules = arguments.asked.rules.as_ref();
    // A file may be put in the place of a stream, too.
    let file = Path::new(file.unwrap_or("/dev/stdin"));
    let (out, report) = (arguments.out.as_deref(), arguments.report.as_deref());
    for written in [out, report].into_iter().flatten() {
        keep(written, [(file, "the table that is read")])?;
        let indexes = terminology.files().iter();
        keep(written, indexes.map(|index| (index.path(), "an index that is asked")))?;
        let rules = rules.into_iter().flat_map(NamedBinding::files);
        keep(written, rules.map(|file| (file.as_path(), "a file of the rules")))?;
        keep(written, common.key_file().map(|file| (file, "the public key")))?;
    }
    let out = out.unwrap_or(Path::new("/dev/stdout"));
    report.map_or(Ok(()), |report| keep(report, [(out, "where the table is to go")]))
}

/// Where everything goes.
struct Sinks<'s, 'o> {
    streams: &'s mut Streams<'o>,
    out: Option<&'s mut Unpublished>,
    report: Option<&'s mut Unpublished>,
    bar: &'s ProgressBar,
}

/// What came of a table.
struct Done {
    outcomes: Outcomes,
    summary: Option<String>,
}

/// Judges all rows, and writes them and the report.
fn go_through(
    arguments: &Arguments,
    common: &Common,
    validator: &Validator<'_>,
    (systems, of): (Systems<'_>, CodesOf<'_>),
    source: TextSource,
    sinks: Sinks<'_, '_>,
) -> Result<Done, Failure> {
    let Sinks { streams, mut out, report, bar } = sinks;
    let file = arguments.file.as_deref().filter(|file| *file != "-");
    let parts = parts(arguments);
    let judge = Judge::new(validator, systems, of, parts.iter().map(|(part, _)| *part).collect())
        .weighing(arguments.asked.severities())
        .standing(arguments.position.map(Into::into));
    let added: Vec<String> =
        ADDED.iter().map(|name| format!("{}{name}", arguments.prefix)).collect();
    let mut totals = Totals::default();
    let name = source.name().to_owned();
    let table = Table { arguments, common, judge: &judge, parts: &parts, added: &added };
    let start = source.peek();
    #[cfg(feature = "parquet")]
    if start.starts_with(ENCRYPTED) && file.is_some_and(crate::table::parquet::is_encrypted) {
        let told = "is Parquet that is encrypted, which is not read: decrypt it first";
        return Err(Failure::Input(format!("{name} {told}")));
    }
    let is_parquet = start.starts_with(PARQUET);
    let unmarked = start.strip_prefix("\u{feff}".as_bytes()).unwrap_or(start);
    let is_json = unmarked.trim_ascii_start().starts_with(b"{");
    let kind = if is_parquet {
        table.parquet(file, out.as_deref_mut(), &mut totals, bar)?
    } else {
        let sink: &mut dyn Write = match &mut out {
            Some(out) => out,
            None => streams.out,
        };
        let kind = match is_json {
            true => table.json_lines(source, sink, &mut totals)?,
            false => table.delimited(source, sink, &mut totals)?,
        };
        sink.flush()?;
        kind
    };
    let overview = Overview {
        file: &name,
        kind: &kind,
        columns: parts.iter().map(|(part, name)| (*part, name.as_str())).collect(),
        asked: told(arguments),
        releases: validator.releases(),
        today: arguments.day(),
        totals: &totals,
    };
    if let Some(report) = report {
        report.write_all(report::page(&overview).as_bytes())?;
    }
    let summary = match arguments.summary {
        Summary::Text => Some(summary::text(&overview)),
        Summary::Json => Some(summary::json(&overview)?),
        Summary::None => None,
    };
    Ok(Done { outcomes: totals.outcomes, summary })
}

/// The indexes; none, where the check digits of a number say all that can be said.
pub(super) fn open(arguments: &Arguments, common: &Common) -> Result<Terminology, Failure> {
    let systems = arguments.asked.systems();
    let by_itself = |system: &System| matches!(system, System::NhsNumber | System::Gtin);
    if !systems.is_empty() && systems.iter().all(by_itself) && open::is_unnamed(common) {
        let none: [&std::path::Path; 0] = [];
        return open::map(&none, farr::index::Verification::FirstUse);
    }
    open::for_one_question(common)
}

/// What is asked, for a report.
fn told(arguments: &Arguments) -> Vec<(&'static str, String)> {
    let mut told = arguments.asked.told();
    told.extend(arguments.position.map(|place| ("Position", place.word().to_owned())));
    told.extend(
        arguments.most_age.map(|days| ("Age of the release", format!("{days} days at most"))),
    );
    told.extend(arguments.day().map(|day| ("Judged on", day.to_string())));
    told
}

/// The columns that are looked at, the one of the code first.
fn parts(arguments: &Arguments) -> Vec<(Part, String)> {
    [
        (Part::Code, &arguments.column),
        (Part::Display, &arguments.display_column),
        (Part::Date, &arguments.date_column),
        (Part::Sex, &arguments.sex_column),
        (Part::Age, &arguments.age_column),
    ]
    .into_iter()
    .filter_map(|(part, name)| Some((part, name.clone()?)))
    .chain(arguments.alongside_column.iter().map(|name| (Part::Alongside, name.clone())))
    .collect()
}

fn bar(file: Option<&str>, has_out: bool) -> ProgressBar {
    // Beside rows on the same screen, a bar would be in their way.
    if io::stdout().is_terminal() && !has_out {
        return ProgressBar::hidden();
    }
    let length = file.and_then(|file| Some(std::fs::metadata(file).ok()?.len()));
    let template = match length {
        Some(_) => "{bar:30} {bytes}/{total_bytes} {bytes_per_sec} {eta}",
        None => "{spinner} {bytes} {bytes_per_sec}",
    };
    let bar = ProgressBar::with_draw_target(length, ProgressDrawTarget::stderr());
    if let Ok(style) = ProgressStyle::with_template(template) {
        bar.set_style(style);
    }
    bar
}

/// What is needed to go through a table of any kind.
struct Table<'t> {
    arguments: &'t Arguments,
    common: &'t Common,
    judge: &'t Judge<'t>,
    parts: &'t [(Part, String)],
    added: &'t [String],
}

impl Table<'_> {
    fn delimited(
        &self,
        mut source: TextSource,
        sink: &mut dyn Write,
        totals: &mut Totals,
    ) -> Result<String, Failure> {
        let wanted = [Format::Table, Format::Csv, Format::Tsv];
        self.common.format.require("validate, of delimited text,", &wanted)?;
        let encoding = source.encoding();
        let is_list = self.parts.is_empty();
        let header = match is_list {
            true => {
                write_as(sink, encoding, source.take_mark())?;
                source.check_lines()?;
                None
            }
            false => Some(source.header()?),
        };
        let places = match &header {
            None => vec![0],
            Some(header) => {
                check_added(&header.names, self.added)?;
                self.parts.iter().map(|(_, name)| header.place(name)).collect::<Result<_, _>>()?
            }
        };
        let delimiter = header.as_ref().map_or(b',', |header| header.delimiter);
        let shape = Shape {
            delimiter,
            written: match self.common.format {
                Format::Csv => b',',
                Format::Tsv => b'\t',
                _ => delimiter,
            },
            columns: header.as_ref().map_or(1, |header| header.names.len()),
            places,
            encoding,
            is_spreadsheet_safe: self.arguments.spreadsheet_safe,
            is_list,
        };
        let listed = self.judge.with_parts(vec![Part::Code]);
        delimited::begin(sink, header.as_ref(), &shape, self.added)?;
        let judge = if is_list { &listed } else { self.judge };
        delimited::run(&mut source, judge, &shape, sink, totals)?;
        let kind = match (is_list, delimiter) {
            (true, _) => "a list of codes",
            (false, b'\t') => "tab-separated values",
            (false, _) => "comma-separated values",
        };
        Ok(format!("{kind}, {}", encoding.name()))
    }

    fn json_lines(
        &self,
        mut source: TextSource,
        sink: &mut dyn Write,
        totals: &mut Totals,
    ) -> Result<String, Failure> {
        let wanted = [Format::Table, Format::Jsonl];
        self.common.format.require("validate, of JSON lines,", &wanted)?;
        self.require_column()?;
        self.refuse_spreadsheets()?;
        let encoding = source.encoding();
        let looked_at: Vec<String> = self.parts.iter().map(|(_, name)| name.clone()).collect();
        let keys = Keys { looked_at, added: self.added.to_vec(), encoding };
        json_lines::run(&mut source, self.judge, &keys, sink, totals)?;
        Ok(format!("JSON lines, {}", encoding.name()))
    }

    #[cfg(feature = "parquet")]
    fn parquet(
        &self,
        file: Option<&str>,
        out: Option<&mut Unpublished>,
        totals: &mut Totals,
        bar: &ProgressBar,
    ) -> Result<String, Failure> {
        self.common.format.require("validate, of Parquet,", &[Format::Table])?;
        self.require_column()?;
        self.refuse_spreadsheets()?;
        let Some(file) = file else {
            return Err(Failure::Usage(
                "Parquet is not read from a pipe: its end says where everything is. Name the file"
                    .to_owned(),
            ));
        };
        let names: Vec<&str> = self.parts.iter().map(|(_, name)| name.as_str()).collect();
        match out {
            Some(out) => {
                super::parquet::run(file, self.judge, &names, self.added, out, totals, bar)?;
            }
            None if io::stdout().is_terminal() => {
                let told = "Parquet is not for a screen: name a file with -o";
                return Err(Failure::Usage(told.to_owned()));
            }
            None => {
                // Standard output itself, past the stream of text.
                let out = io::stdout();
                super::parquet::run(file, self.judge, &names, self.added, out, totals, bar)?;
            }
        }
        Ok("Parquet".to_owned())
    }

    #[cfg(not(feature = "parquet"))]
    fn parquet(
        &self,
        _file: Option<&str>,
        _out: Option<&mut Unpublished>,
        _totals: &mut Totals,
        _bar: &ProgressBar,
    ) -> Result<String, Failure> {
        Err(Failure::Usage("this farr was built without its feature parquet".to_owned()))
    }

    fn require_column(&self) -> Result<(), Failure> {
        match self.parts.first() {
            Some((Part::Code, _)) => Ok(()),
            _ => Err(Failure::Usage("say where the codes are with --column NAME".to_owned())),
        }
    }

    fn refuse_spreadsheets(&self) -> Result<(), Failure> {
        match self.arguments.spreadsheet_safe {
            false => Ok(()),
            true => Err(Failure::Usage("--spreadsheet-safe is for delimited text".to_owned())),
        }
    }
}

/// Refuses to add a column whose name is taken.
pub(super) fn check_added(names: &[String], added: &[String]) -> Result<(), Failure> {
    match added.iter().find(|name| names.contains(name)) {
        None => Ok(()),
        Some(name) => Err(Failure::Usage(format!(
            "the file has a column {name:?} already: name what is added with --prefix"
        ))),
    }
}
