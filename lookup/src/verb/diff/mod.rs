//! `farr diff`: what a newer release says otherwise.

mod asked;
mod column;
mod compared;
mod compared_file;
mod focus;
mod named;
mod report;
mod row;
mod summary;
mod told;
mod whole;

use std::path::{Path, PathBuf};

use clap::Args;
use farr::Terminology;
use farr::diff::{ChangeKind, Comparison};
use farr::index::Verification;
use farr_codelists::rules::NamedBinding;

use self::asked::About;
use self::told::Told;
use crate::cli::Common;
use crate::exit;
use crate::failure::Failure;
use crate::open;
use crate::output::format::Format;
use crate::streams::Streams;
use crate::table::published::{Unpublished, keep};
use crate::verb::validate::Summary;

/// What the help calls the options that are about the answer, behind those about what is asked.
const TOLD: &str = "What is told";

/// What a newer release changes: everything, or what touches your codes
///
/// Compares each code system that both sets have: concepts, hierarchy, attributes, descriptions,
/// preferred terms, reference sets and maps of SNOMED CT; products, packs, statuses, prices and
/// barcodes of dm+d; rubrics of ICD-10 and OPCS-4. With --codelist, --ecl, --rules or --table, only
/// what touches those codes and constraints. A table begins with how many changes of each kind there
/// are; other formats have every change, one a row.
#[derive(Args, Debug)]
#[command(after_help = "EXAMPLES:
  farr diff uk-2026-06.farr uk-2026-08.farr
      How many changes of each kind, and the first of each
  farr diff old.farr new.farr --format csv > changes.csv
      Every change
  farr diff old.farr new.farr --report changes.html
      A report for whoever answers for clinical safety
  farr diff old.farr new.farr --codelist asthma.csv --system snomed
      Which codes of a list went inactive and to what, moved, or map to other codes
  farr diff old.farr new.farr --ecl '<< 73211009' --rules uk-core
      Which codes constraints and rules yield now, and no longer
  farr diff old.farr new.farr --table problems.csv --column snomed
      What touches the codes that a table has
  farr diff dmd-old.farr dmd-new.farr --ignore price-changed,gtin-added
      dm+d of last week and of this week
  farr diff old.farr new.farr --old dmd-old.farr --new dmd-new.farr
      Two sets of several files

Exits with 0 where nothing that matters changed, 1 where something did or cannot be told. What
matters is what may answer a question otherwise: docs/diff.md has the kinds of change. Whatever
--ignore names does not matter and is not told; --only keeps what cannot be told, unless --ignore
names cannot-tell.")]
pub(crate) struct Arguments {
    /// The index of the older release, or a folder of published ones
    #[arg(value_name = "OLD")]
    first: PathBuf,

    /// The index of the newer release, or a folder of published ones
    #[arg(value_name = "NEW")]
    second: PathBuf,

    /// A further index of the older set; repeat it for several
    #[arg(long, value_name = "FILE")]
    old: Vec<PathBuf>,

    /// A further index of the newer set; repeat it for several
    #[arg(long, value_name = "FILE")]
    new: Vec<PathBuf>,

    #[command(flatten)]
    about: About,

    /// Only these kinds of change, concept-inactivated say, and what cannot be told; several with commas
    /// between
    #[arg(
        long,
        help_heading = TOLD,
        value_name = "KINDS",
        value_delimiter = ',',
        value_parser = kind
    )]
    only: Vec<ChangeKind>,

    /// Not these kinds of change; several with commas between
    #[arg(
        long,
        help_heading = TOLD,
        value_name = "KINDS",
        value_delimiter = ',',
        value_parser = kind
    )]
    ignore: Vec<ChangeKind>,

    /// Only what may answer a question otherwise
    #[arg(long, help_heading = TOLD)]
    matters: bool,

    /// How many changes of a kind a table shows; 0 for none, but their counts
    #[arg(long, help_heading = TOLD, value_name = "N", default_value_t = 10)]
    show: usize,

    /// Write a report in HTML
    #[arg(long, help_heading = TOLD, value_name = "FILE")]
    report: Option<PathBuf>,

    /// How to write the summary that ends the run
    #[arg(long, value_enum, default_value_t, value_name = "SUMMARY")]
    summary: Summary,
}

fn kind(word: &str) -> Result<ChangeKind, String> {
    word.trim().parse().map_err(|_| {
        let words: Vec<&str> = ChangeKind::all().map(ChangeKind::code).collect();
        format!("there is no such kind of change; there are {}", words.join(", "))
    })
}

impl Arguments {
    /// Whether a kind of change is told, and counts.
    fn takes(&self, kind: ChangeKind) -> bool {
        // Whoever asks for some kinds has to hear that these could not be asked about.
        let is_open = kind == ChangeKind::CannotTell;
        let is_named = self.only.is_empty() || self.only.contains(&kind) || is_open;
        is_named && !self.ignore.contains(&kind) && (kind.matters() || !self.matters)
    }

    /// The options that choose kinds, as they were given.
    fn choice(&self) -> Vec<String> {
        let words = |kinds: &[ChangeKind]| {
            let words: Vec<&str> = kinds.iter().map(|kind| kind.code()).collect();
            words.join(",")
        };
        let mut choice = Vec::new();
        if !self.only.is_empty() {
            choice.push(format!("--only {}", words(&self.only)));
        }
        if !self.ignore.is_empty() {
            choice.push(format!("--ignore {}", words(&self.ignore)));
        }
        if self.matters {
            choice.push("--matters".to_owned());
        }
        choice
    }

    fn set(first: &PathBuf, others: &[PathBuf]) -> Result<Terminology, Failure> {
        let files: Vec<&PathBuf> = std::iter::once(first).chain(others).collect();
        open::map(&files, Verification::FirstUse)
    }
}

/// Compares and tells.
pub(crate) fn run(
    arguments: &Arguments,
    common: &Common,
    streams: &mut Streams<'_>,
) -> Result<u8, Failure> {
    common.format.require(
        "diff",
        &[
            Format::Table,
            Format::Json,
            Format::Jsonl,
            Format::Csv,
            Format::Tsv,
            Format::Codes,
            Format::Markdown,
        ],
    )?;
    if !common.index.is_empty() {
        return Err(Failure::Usage(
            "farr diff takes its indexes as OLD and NEW, further ones by --old and --new"
                .to_owned(),
        ));
    }
    let old = Arguments::set(&arguments.first, &arguments.old)?;
    let new = Arguments::set(&arguments.second, &arguments.new)?;
    if let Some(report) = &arguments.report {
        let own = [&arguments.first, &arguments.second].into_iter();
        let all = own.chain(&arguments.old).chain(&arguments.new);
        keep(report, all.map(|index| (index.as_path(), "an index that is compared")))?;
        // Those of published folders too.
        let files = old.files().iter().chain(new.files());
        keep(report, files.map(|file| (file.path(), "an index that is compared")))?;
        keep(report, arguments.about.files().map(|file| (file, "a file that is read")))?;
        keep(report, common.key_file().map(|file| (file, "the public key")))?;
        // A file may be put in the place of a stream, too.
        keep(report, [(Path::new("/dev/stdout"), "where the changes are to go")])?;
    }
    let asked = arguments.about.read()?;
    if let (Some(report), Some(asked)) = (&arguments.report, &asked) {
        let files = asked.bindings.iter().flat_map(NamedBinding::files);
        keep(report, files.map(|file| (file.as_path(), "a file of the rules")))?;
    }
    let report = arguments.report.as_deref().map(Unpublished::create).transpose()?;
    // Who reads of the comparison elsewhere has to know whether they have the same files.
    let with_sums = report.is_some() || arguments.summary == Summary::Json;
    let files = compared_file::files([&old, &new], with_sums)?;
    let mut told = Told::new(arguments, common, report, files);
    match asked {
        // Every part of both is looked at, so both are verified in full, one beside the other.
        None => {
            let (old, new) = std::thread::scope(|scope| {
                let older = scope.spawn(|| old.systems());
                let newer = new.systems();
                let stopped = || Failure::Input("a thread stopped".to_owned());
                Ok::<_, Failure>((older.join().map_err(|_| stopped())??, newer?))
            })?;
            let comparison = Comparison::new(old, new);
            told.begin(&comparison, streams)?;
            told.start(&comparison.not_compared(), streams)?;
            whole::run(&comparison, &mut |mut change| {
                named::name(&mut change, &comparison, common.dialect);
                told.take(change, streams)
            })?;
        }
        // What is looked at is verified as it is; nothing is told before it is known to be sound.
        Some(asked) => {
            asked.warnings.iter().for_each(|warning| streams.warn(warning));
            let touched = old.ask_systems(|old| {
                new.ask_systems(|new| {
                    let comparison = Comparison::new(old, new);
                    told.begin(&comparison, streams)?;
                    focus::changes(&comparison, &asked, common)
                })
            })???;
            for note in focus::notes(&asked, &touched) {
                streams.warn(&note);
                told.caution(format!("list {note}"));
            }
            told.start(&[], streams)?;
            for change in touched.changes {
                told.take(change, streams)?;
            }
            if asked.has_codes() {
                told.asked_about(touched.codes as u64, streams);
            }
        }
    }
    let matters = told.finish(streams)?;
    Ok(if matters { exit::NOT_FOUND } else { exit::ANSWERED })
}
