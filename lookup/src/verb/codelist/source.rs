//! Reading a list from a file, and telling what is amiss with it.

use std::io::Read as _;

use clap::Args;
use farr::Terminology;
use farr_codelists::{
    Codelist, ExpandError, ExpandErrorKind, ExpandOptions, Expansion, Finding, FindingKind, Format,
    ListSystem, Place, ReadError, ReadErrorKind, ReadOptions, System, expand, read,
};

use crate::cli::Common;
use crate::failure::Failure;
use crate::input::unreadable;
use crate::output::text::shown;
use crate::streams::Streams;
use crate::table::encoding::{Encoding, Utf16Reader};
use crate::table::withheld::without_nhs_numbers;

/// Notes of a file that are told one by one; of more, how many there are.
const TOLD: usize = 20;

/// How files are read.
#[derive(Args, Debug)]
#[command(next_help_heading = "Reading")]
pub(crate) struct Reading {
    /// The format: opencodelists, definition, cluster, codes, fhir or ecl; found out unless stated
    #[arg(long, value_name = "FORMAT", value_parser = format)]
    from: Option<Format>,

    /// The code system where the file does not say it: snomed, dmd, icd10 or opcs4
    #[arg(long, value_name = "SYSTEM", value_parser = system)]
    system: Option<System>,

    /// The column of codes, by its name
    #[arg(long, value_name = "NAME")]
    column: Option<String>,

    /// The cluster to read of a file that holds several; repeat it for their union
    #[arg(long, value_name = "ID")]
    cluster: Vec<String>,
}

/// The list that a verb is about, and how it is read.
#[derive(Args, Debug)]
pub(super) struct OneList {
    /// The list; - is standard input. Also the URL of an implicit value set of SNOMED CT:
    /// http://snomed.info/sct?fhir_vs=isa/ID, refset/ID or ecl/EXPRESSION
    #[arg(value_name = "FILE")]
    file: String,

    #[command(flatten)]
    reading: Reading,
}

impl OneList {
    /// Reads it.
    pub(super) fn read(&self) -> Result<Source, Failure> {
        self.reading.read(&self.file)
    }
}

pub(crate) fn format(word: &str) -> Result<Format, String> {
    let words: Vec<&str> = Format::ALL.iter().map(|format| format.word()).collect();
    Format::named(word).ok_or_else(|| format!("expected one of {}", words.join(", ")))
}

fn system(word: &str) -> Result<System, String> {
    ListSystem::named(word).ok_or_else(|| "expected snomed, dmd, icd10 or opcs4".to_owned())
}

/// A list, and the name of its file.
#[derive(Debug)]
pub(crate) struct Source {
    pub(crate) file: String,
    pub(crate) list: Codelist,
}

impl Reading {
    /// Whether nothing is said of how to read.
    pub(crate) fn is_unused(&self) -> bool {
        self.from.is_none()
            && self.system.is_none()
            && self.column.is_none()
            && self.cluster.is_empty()
    }

    /// The column of codes.
    pub(crate) fn column(&self) -> Option<&str> {
        self.column.as_deref()
    }

    /// The system that is stated.
    pub(crate) fn system(&self) -> Option<System> {
        self.system
    }

    /// Reads a list; `-` is standard input.
    pub(crate) fn read(&self, file: &str) -> Result<Source, Failure> {
        if let Some(list) = Codelist::of_implicit(file) {
            let stated = self.system.is_some_and(|system| system != System::Snomed);
            if stated || self.from.is_some() || self.column.is_some() || !self.cluster.is_empty() {
                let text = format!("{}: the URL says how it is to be read", shown(file));
                return Err(Failure::Usage(text));
            }
            let list = list.map_err(|error| Failure::Usage(format!("{}: {error}", shown(file))))?;
            return Ok(Source { file: file.to_owned(), list });
        }
        let bytes = match file {
            "-" => {
                let mut bytes = Vec::new();
                std::io::stdin()
                    .lock()
                    .read_to_end(&mut bytes)
                    .map_err(|error| unreadable(&error))?;
                bytes
            }
            path => {
                std::fs::read(path).map_err(|error| Failure::Input(format!("{path}: {error}")))?
            }
        };
        let file = if file == "-" { "standard input" } else { file }.to_owned();
        let options = ReadOptions {
            format: self.from,
            system: self.system,
            column: self.column.clone(),
            clusters: self.cluster.clone(),
        };
        let (bytes, guessed) =
            in_utf8(bytes).map_err(|error| Failure::Input(format!("{}: {error}", shown(&file))))?;
        match read(&bytes, &options) {
            Ok(mut list) => {
                list.findings.extend(guessed.map(|encoding| Finding {
                    kind: FindingKind::Encoding,
                    place: Place { line: 1, column: 1 },
                    message: format!("it is not in UTF-8, and was read as {}", encoding.name()),
                }));
                Ok(Source { file, list })
            }
            Err(error) => Err(refused(&file, &error)),
        }
    }
}

/// What spreadsheets write, as UTF-8, and the encoding that it was in where that is a guess: UTF-16 is
/// known by its mark, Windows-1252 by what cannot be UTF-8. FHIR is UTF-8 always, and an archive no text:
/// of these the reader says what is wrong.
fn in_utf8(bytes: Vec<u8>) -> std::io::Result<(Vec<u8>, Option<Encoding>)> {
    let encoding = Encoding::of(&bytes, true);
    let is_text = !bytes.contains(&0) && !bytes.starts_with(b"PK");
    // An expression constraint may begin with `<` too.
    let is_markup = match bytes.trim_ascii_start() {
        [b'{', ..] => true,
        [b'<', next, ..] => next.is_ascii_alphabetic() || matches!(next, b'?' | b'!'),
        _ => false,
    };
    match encoding {
        _ if encoding.is_utf16() => {
            let mut utf8 = Vec::new();
            let is_big = encoding == Encoding::Utf16Be;
            Utf16Reader::new(bytes.as_slice(), is_big).read_to_end(&mut utf8)?;
            Ok((utf8, None))
        }
        Encoding::Windows1252 if is_text && !is_markup => {
            Ok((encoding.decode(&bytes).into_owned().into_bytes(), Some(encoding)))
        }
        _ => Ok((bytes, None)),
    }
}

/// Why a file was not read: what an option would mend is wrong usage.
fn refused(file: &str, error: &ReadError) -> Failure {
    let place = error.place.map(|place| format!("{place}:")).unwrap_or_default();
    let text = format!("{}:{place} {}", shown(file), lines(&error.message));
    match error.kind {
        ReadErrorKind::Column | ReadErrorKind::System | ReadErrorKind::Cluster => {
            Failure::Usage(text)
        }
        _ => Failure::Input(text),
    }
}

/// A message of several lines, each as it may be shown: a file may be another than was meant, and have
/// numbers of patients.
fn lines(text: &str) -> String {
    without_nhs_numbers(text).lines().map(shown).collect::<Vec<_>>().join("\n")
}

/// Findings of a file, a line each.
pub(crate) fn told<'f>(file: &str, findings: impl Iterator<Item = &'f Finding>) -> Vec<String> {
    let findings: Vec<&Finding> = findings.collect();
    let first = findings.iter().take(TOLD);
    let mut told: Vec<String> =
        first.map(|finding| format!("{}:{}", shown(file), lines(&finding.to_string()))).collect();
    if let Some(more) = findings.len().checked_sub(TOLD).filter(|more| *more > 0) {
        told.push(format!("{}: and {more} more notes", shown(file)));
    }
    told
}

impl Source {
    /// Tells findings, each with its place.
    pub(crate) fn tell<'f>(
        &self,
        findings: impl Iterator<Item = &'f Finding>,
        streams: &mut Streams<'_>,
    ) {
        told(&self.file, findings).iter().for_each(|line| streams.warn(line));
    }

    /// Tells what is no error.
    pub(crate) fn tell_notes(&self, streams: &mut Streams<'_>) {
        self.notes().iter().for_each(|line| streams.warn(line));
    }

    /// What is no error, a line each.
    pub(crate) fn notes(&self) -> Vec<String> {
        told(&self.file, self.list.findings.iter().filter(|finding| !finding.kind.is_error()))
    }

    /// The codes of the list in the releases opened, and what is to be told of them.
    pub(crate) fn expand(
        &self,
        terminology: &Terminology,
        common: &Common,
        keep_unknown: bool,
        streams: &mut Streams<'_>,
    ) -> Result<Expansion, Failure> {
        let options = ExpandOptions { dialect: common.dialect, keep_unknown };
        let expanded = terminology.ask_systems(|systems| expand(&self.list, systems, &options))?;
        let expansion = expanded.map_err(|error| self.failure(&error))?;
        self.tell_notes(streams);
        self.tell(expansion.notes.iter(), streams);
        Ok(expansion)
    }

    /// Why there is no expansion.
    pub(crate) fn failure(&self, error: &ExpandError) -> Failure {
        no_expansion(&self.file, error)
    }
}

/// Why the list of a file has no expansion.
pub(crate) fn no_expansion(file: &str, error: &ExpandError) -> Failure {
    let problems = error.problems.iter().map(|(place, message)| match place {
        Some(place) => format!("{}:{place}: {}", shown(file), lines(message)),
        None => format!("{}: {}", shown(file), lines(message)),
    });
    let mut told: Vec<String> = problems.collect();
    let count = told.len();
    if count > TOLD {
        told.truncate(TOLD);
        told.push(format!("and {} more", count - TOLD));
    }
    let advice = match error.kind {
        ExpandErrorKind::Damaged => {
            "\nno part of a list is given for the whole: see farr codelist repair"
        }
        ExpandErrorKind::Unknown => {
            "\nsee farr codelist check, or take the codes as they stand with --keep-unknown"
        }
        ExpandErrorKind::Named => {
            "\nwhat a list is defined by has to be known: see farr codelist check"
        }
        _ => "",
    };
    let text = format!("{}{advice}", told.join("\n"));
    match error.kind {
        ExpandErrorKind::Unknown | ExpandErrorKind::Named => Failure::NotFound(text),
        ExpandErrorKind::Expression => Failure::Usage(text),
        _ => Failure::Input(text),
    }
}
