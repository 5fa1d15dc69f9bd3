//! Which codes, lists and rules are asked about.

use std::path::Path;

use clap::Args;
use farr::coding::System;
use farr::{Ecl, Icd10Code, Sctid};
use farr_codelists::Codelist;
use farr_codelists::rules::{self, NamedBinding};

use super::column;
use crate::failure::Failure;
use crate::output::number::grouped;
use crate::output::text::shown;
use crate::table::encoding::Encoding;
use crate::verb::codelist::source::{Reading, Source};
use crate::verb::rules::asked_wrongly;

/// What `-` stands for, which may be a file.
const STANDARD_INPUT: &str = "/dev/stdin";

/// What is asked about.
#[derive(Args, Debug)]
#[command(next_help_heading = "Only what touches these")]
pub(super) struct About {
    /// A list of codes or a value set in any format of farr codelist; repeat it for several
    #[arg(long, value_name = "FILE")]
    codelist: Vec<String>,

    /// An expression constraint: the codes that it yields, then and now; repeat it for several
    #[arg(long, value_name = "ECL")]
    ecl: Vec<String>,

    /// A rule pack, by name or file, or one binding of it, PACK#BINDING: the codes that it accepts,
    /// then and now; repeat it for several
    #[arg(long, value_name = "PACK")]
    rules: Vec<String>,

    /// A table of CSV, TSV, JSON lines or Parquet: each code of its --column
    #[arg(long, value_name = "FILE", requires = "column")]
    table: Option<String>,

    /// The encoding of that table [default: told by the beginning of the file]
    #[arg(long, value_enum, value_name = "ENCODING", requires = "table")]
    encoding: Option<Encoding>,

    #[command(flatten)]
    reading: Reading,
}

/// What was read of it.
#[derive(Debug)]
pub(super) struct Asked {
    /// Lists and constraints, by what they are called.
    pub(super) lists: Vec<(String, Codelist)>,
    /// The file of each, or the option.
    pub(super) files: Vec<String>,
    /// The codes of a column.
    pub(super) codes: Vec<(System, String)>,
    /// What rule packs require.
    pub(super) bindings: Vec<NamedBinding>,
    /// The table whose column has none, and the system that they would be of.
    pub(super) empty: Option<(System, String)>,
    /// What reading the lists told of them.
    pub(super) notes: Vec<String>,
    /// What is amiss with a table and no reason to refuse it.
    pub(super) warnings: Vec<String>,
}

impl Asked {
    /// Whether codes are asked about one by one.
    pub(super) fn has_codes(&self) -> bool {
        !self.lists.is_empty() || !self.codes.is_empty() || self.empty.is_some()
    }
}

impl About {
    /// The files that are read.
    pub(super) fn files(&self) -> impl Iterator<Item = &Path> {
        let packs = self.rules.iter().map(|reference| {
            reference.rsplit_once('#').map_or(reference.as_str(), |(pack, _)| pack)
        });
        let files = self.codelist.iter().chain(&self.table).map(String::as_str);
        let files = files.map(|file| if file == "-" { STANDARD_INPUT } else { file });
        files.chain(packs).map(Path::new)
    }

    /// What is asked about, for a report.
    pub(super) fn told(&self) -> Vec<(&'static str, String)> {
        let mut told = Vec::new();
        told.extend(self.codelist.iter().map(|file| ("List of codes", file.clone())));
        told.extend(self.ecl.iter().map(|ecl| ("Constraint", ecl.clone())));
        told.extend(self.rules.iter().map(|rules| ("Rules", rules.clone())));
        told.extend(self.table.iter().map(|file| ("Table", file.clone())));
        told
    }

    /// Reads all of it; nothing, where everything is asked about.
    pub(super) fn read(&self) -> Result<Option<Asked>, Failure> {
        let is_whole = self.codelist.is_empty()
            && self.ecl.is_empty()
            && self.rules.is_empty()
            && self.table.is_none();
        if is_whole {
            return match self.reading.is_unused() {
                true => Ok(None),
                false => Err(Failure::Usage(
                    "--from, --system, --column and --cluster are for reading a --codelist or a \
                     --table, and none is given"
                        .to_owned(),
                )),
            };
        }
        let (mut lists, mut files, mut notes) = (Vec::new(), Vec::new(), Vec::new());
        for name in &self.codelist {
            let source = self.reading.read(name)?;
            notes.extend(source.notes());
            let Source { file, list } = source;
            lists.push((name.clone(), list));
            files.push(file);
        }
        for text in &self.ecl {
            let ecl =
                Ecl::parse(text).map_err(|error| Failure::Usage(format!("--ecl: {error}")))?;
            lists.push((text.clone(), Codelist::of_ecl(ecl)));
            files.push("--ecl".to_owned());
        }
        let mut required = Vec::new();
        for reference in &self.rules {
            required.extend(bindings(reference)?);
        }
        let (mut codes, mut empty, mut warnings) = (Vec::new(), None, Vec::new());
        if let (Some(file), Some(column)) = (&self.table, self.reading.column()) {
            let system = self.reading.system().unwrap_or(System::Snomed);
            let read = column::read(file, column, self.encoding)?;
            if read.codes.is_empty() {
                empty = Some((system, file.clone()));
            }
            if read.without > 0 {
                let rows = if read.without == 1 { "row has" } else { "rows have" };
                let count = grouped(read.without);
                warnings.push(format!("{count} {rows} no code in {column:?}: {}", shown(file)));
            }
            if looks_like_a_code(column) {
                warnings.push(format!(
                    "{column:?} is taken for the name of the column, and not asked about: the first line \
                     of a table names its columns. A file of codes alone is read by --codelist"
                ));
            }
            codes = read.codes.into_iter().map(|code| (system, code)).collect();
        }
        Ok(Some(Asked { lists, files, codes, bindings: required, empty, notes, warnings }))
    }
}

/// Whether the name of a column is a code rather: of a file without a header.
fn looks_like_a_code(column: &str) -> bool {
    Sctid::parse(column).is_ok() || Icd10Code::parse(column).is_ok()
}

/// The bindings of a pack by its name or its file, or the one that is named behind a #.
fn bindings(reference: &str) -> Result<Vec<NamedBinding>, Failure> {
    let read = match reference.contains('#') {
        true => rules::binding(reference).map(|binding| vec![binding]),
        false => rules::named(reference).map(|pack| pack.bindings().to_vec()),
    };
    read.map_err(|error| asked_wrongly(&error))
}
