//! A table from its beginning to its end: which kind it is, and where everything goes.

use std::fs::File;
use std::io::{self, IsTerminal as _, Write};

use farr::Terminology;
use farr::coding::{Outcome, System, Validator};
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use super::delimited::{self, Shape};
use super::json_lines::{self, Keys};
use super::row::{ADDED, Judge, Part};
use super::summary::Overview;
use super::tally::Totals;
use super::{Arguments, Summary, report, summary};
use crate::cli::Common;
use crate::exit;
use crate::failure::Failure;
use crate::open;
use crate::output::format::Format;
use crate::streams::Streams;
use crate::table::published::{Unpublished, is_same};
use crate::table::text::TextSource;

/// What a Parquet file begins with.
const PARQUET: &[u8] = b"PAR1";

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
    let terminology = open(arguments, common)?;
    let mut binding = arguments.asked.binding(common)?;
    if let Some(days) = arguments.most_age {
        binding = binding.most_age_days(days);
    }
    let validator = Validator::new(&terminology, &binding).map_err(super::one::unanswerable)?;
    let bar = bar(file, arguments.out.is_some());
    let source = TextSource::open(file, arguments.encoding, &bar)?;
    if let (Some(file), Some(out)) = (file, &arguments.out)
        && File::open(file).is_ok_and(|file| is_same(&file, out))
    {
        return Err(Failure::Usage(format!("{} is the table that is read", out.display())));
    }
    let mut report = arguments.report.as_deref().map(Unpublished::create).transpose()?;
    let mut out = arguments.out.as_deref().map(Unpublished::create).transpose()?;
    let parts = parts(arguments);
    let systems = arguments.asked.systems();
    let judge = Judge {
        validator: &validator,
        system: systems.first().copied().filter(|_| systems.len() == 1),
        today: arguments.day(),
        parts: parts.iter().map(|(part, _)| *part).collect(),
    };
    let added: Vec<String> =
        ADDED.iter().map(|name| format!("{}{name}", arguments.prefix)).collect();
    let mut totals = Totals::default();
    let sink: &mut dyn Write = match &mut out {
        Some(out) => out,
        None => streams.out,
    };
    let name = source.name().to_owned();
    let kind = match source.peek() {
        start if start.starts_with(PARQUET) => {
            run_parquet(file, arguments, common, &judge, &parts, &added, sink, &mut totals, &bar)?
        }
        start if start.trim_ascii_start().starts_with(b"{") => {
            let wanted = [Format::Table, Format::Jsonl];
            common.format.require("validate, of JSON lines,", &wanted)?;
            run_json_lines(source, arguments, &judge, &parts, added, sink, &mut totals)?
        }
        _ => {
            let wanted = [Format::Table, Format::Csv, Format::Tsv];
            common.format.require("validate, of delimited text,", &wanted)?;
            run_delimited(source, arguments, common, &judge, &parts, &added, sink, &mut totals)?
        }
    };
    sink.flush()?;
    bar.finish_and_clear();
    if let Some(out) = out {
        out.publish()?;
    }
    let overview = Overview {
        file: &name,
        kind,
        columns: parts.iter().map(|(part, name)| (*part, name.as_str())).collect(),
        asked: arguments.asked.told(),
        releases: validator.releases(),
        today: arguments.day(),
        totals: &totals,
    };
    if let Some(mut report) = report.take() {
        report.write_all(report::page(&overview).as_bytes())?;
        report.publish()?;
    }
    match arguments.summary {
        Summary::Text => streams.note(&summary::text(&overview)),
        Summary::Json => streams.note(&summary::json(&overview)?),
        Summary::None => {}
    }
    let outcomes = totals.outcomes;
    let denied = outcomes.of(Outcome::Reject) > 0
        || arguments.deny_warnings && outcomes.of(Outcome::Warn) > 0;
    Ok(if denied { exit::NOT_FOUND } else { exit::ANSWERED })
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

#[allow(clippy::too_many_arguments)]
fn run_delimited(
    mut source: TextSource,
    arguments: &Arguments,
    common: &Common,
    judge: &Judge<'_>,
    parts: &[(Part, String)],
    added: &[String],
    sink: &mut dyn Write,
    totals: &mut Totals,
) -> Result<&'static str, Failure> {
    let encoding = source.encoding();
    let is_list = parts.is_empty();
    let header = match is_list {
        true => {
            if !encoding.is_utf16() {
                sink.write_all(source.take_mark())?;
            }
            None
        }
        false => Some(source.header()?),
    };
    let places = match &header {
        None => vec![0],
        Some(header) => {
            check_added(&header.names, added)?;
            parts.iter().map(|(_, name)| header.place(name)).collect::<Result<_, _>>()?
        }
    };
    let delimiter = header.as_ref().map_or(b',', |header| header.delimiter);
    let shape = Shape {
        delimiter,
        written: match common.format {
            Format::Csv => b',',
            Format::Tsv => b'\t',
            _ => delimiter,
        },
        columns: header.as_ref().map_or(1, |header| header.names.len()),
        places,
        encoding,
        is_spreadsheet_safe: arguments.spreadsheet_safe,
        is_list,
    };
    let listed = Judge { parts: vec![Part::Code], ..*judge };
    delimited::begin(sink, header.as_ref(), &shape, added)?;
    delimited::run(&mut source, if is_list { &listed } else { judge }, &shape, sink, totals)?;
    Ok(match (is_list, delimiter) {
        (true, _) => "a list of codes",
        (false, b'\t') => "tab-separated values",
        (false, _) => "comma-separated values",
    })
}

fn run_json_lines(
    mut source: TextSource,
    arguments: &Arguments,
    judge: &Judge<'_>,
    parts: &[(Part, String)],
    added: Vec<String>,
    sink: &mut dyn Write,
    totals: &mut Totals,
) -> Result<&'static str, Failure> {
    require_column(parts)?;
    if arguments.spreadsheet_safe {
        return Err(Failure::Usage("--spreadsheet-safe is for delimited text".to_owned()));
    }
    let looked_at: Vec<String> = parts.iter().map(|(_, name)| name.clone()).collect();
    let encoding = source.encoding();
    json_lines::run(&mut source, judge, &Keys { looked_at, added, encoding }, sink, totals)?;
    Ok("JSON lines")
}

#[cfg(feature = "parquet")]
#[allow(clippy::too_many_arguments)]
fn run_parquet(
    file: Option<&str>,
    arguments: &Arguments,
    common: &Common,
    judge: &Judge<'_>,
    parts: &[(Part, String)],
    added: &[String],
    sink: &mut dyn Write,
    totals: &mut Totals,
    bar: &ProgressBar,
) -> Result<&'static str, Failure> {
    require_column(parts)?;
    common.format.require("validate, of Parquet,", &[Format::Table])?;
    if arguments.spreadsheet_safe {
        return Err(Failure::Usage("--spreadsheet-safe is for delimited text".to_owned()));
    }
    let Some(file) = file else {
        return Err(Failure::Usage(
            "Parquet is not read from a pipe: its end says where everything is. Name the file"
                .to_owned(),
        ));
    };
    if arguments.out.is_none() && io::stdout().is_terminal() {
        return Err(Failure::Usage("Parquet is not for a screen: name a file with -o".to_owned()));
    }
    let names: Vec<&str> = parts.iter().map(|(_, name)| name.as_str()).collect();
    super::parquet::run(file, judge, &names, added, sink, totals, bar)?;
    Ok("Parquet")
}

#[cfg(not(feature = "parquet"))]
#[allow(clippy::too_many_arguments)]
fn run_parquet(
    _file: Option<&str>,
    _arguments: &Arguments,
    _common: &Common,
    _judge: &Judge<'_>,
    _parts: &[(Part, String)],
    _added: &[String],
    _sink: &mut dyn Write,
    _totals: &mut Totals,
    _bar: &ProgressBar,
) -> Result<&'static str, Failure> {
    Err(Failure::Usage("this farr was built without its feature parquet".to_owned()))
}

fn require_column(parts: &[(Part, String)]) -> Result<(), Failure> {
    match parts.first() {
        Some((Part::Code, _)) => Ok(()),
        _ => Err(Failure::Usage("say where the codes are with --column NAME".to_owned())),
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
