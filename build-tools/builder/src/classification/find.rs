//! Finding the files of a classification: told by their content, not by their names.

use std::io::Read;
use std::path::{Path, PathBuf};

use farr::classification::CodeSystem;
use farr::id::Icd10Code;
use farr::index::{SetAside, SourceFile};

use super::{Family, cm_order, cm_tabular, name, opcs4, uk, uk_xml};
use crate::error::BuildError;
use crate::release::{self, Archives, Entry};
use crate::xml;

/// What a file is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum FileKind {
    UkText,
    UkXml,
    Claml,
    CmOrder,
    CmTabular,
    Opcs4Titles,
    Opcs4Metadata,
}

impl FileKind {
    /// The classification that it is a file of.
    pub(super) fn system(self) -> CodeSystem {
        match self {
            FileKind::UkText | FileKind::UkXml | FileKind::Claml => CodeSystem::Icd10,
            FileKind::CmOrder | FileKind::CmTabular => CodeSystem::Icd10Cm,
            FileKind::Opcs4Titles | FileKind::Opcs4Metadata => CodeSystem::Opcs4,
        }
    }

    fn family(self) -> Family {
        match self.system() {
            CodeSystem::Opcs4 => Family::Opcs4,
            _ => Family::Icd10,
        }
    }

    /// What tells editions apart in a path of such a file.
    fn edition(self, path: &str) -> Option<String> {
        match self.system() {
            CodeSystem::Icd10 => name::date(path).map(|date| date.to_string()),
            CodeSystem::Icd10Cm => name::icd10_cm_year(path),
            CodeSystem::Opcs4 => name::opcs4_version(path),
        }
    }

    /// Whether files of both kinds are one edition together.
    fn goes_with(self, other: FileKind) -> bool {
        let is_claml = |kind| kind == FileKind::Claml;
        self != other && !is_claml(self) && !is_claml(other)
    }
}

/// What was found.
#[derive(Debug, Default)]
pub(super) struct Found {
    pub(super) files: Vec<(FileKind, Entry)>,
    pub(super) set_aside: Vec<SetAside>,
    archives: Vec<Archives>,
}

impl Found {
    /// The files of a classification.
    pub(super) fn of(
        &self,
        system: CodeSystem,
    ) -> impl Iterator<Item = &(FileKind, Entry)> + Clone {
        self.files.iter().filter(move |(kind, _)| kind.system() == system)
    }

    /// The file of a kind.
    pub(super) fn the(&self, kind: FileKind) -> Option<&Entry> {
        self.files.iter().find(|(one, _)| *one == kind).map(|(_, entry)| entry)
    }

    /// The files and archives that the files of a classification come from.
    pub(super) fn sources(&self, system: CodeSystem) -> Result<Vec<SourceFile>, BuildError> {
        let mut sources = Vec::new();
        for (_, entry) in self.of(system).filter(|(_, entry)| entry.archive_of().is_none()) {
            let (name, sha256) = (entry.file_name().to_owned(), entry.sha256()?);
            sources.push(SourceFile { name, bytes: entry.bytes, sha256 });
        }
        let names = self.of(system).map(|(_, entry)| entry.name.as_str());
        for archives in &self.archives {
            for archive in archives.clone().that_hold(names.clone()) {
                sources.push(release::hash_file(&archive)?);
            }
        }
        Ok(sources)
    }
}

/// Finds the files of a family at these paths. Two editions of one classification are refused.
pub(super) fn find(paths: &[PathBuf], family: Family) -> Result<Found, BuildError> {
    let mut found = Found::default();
    for path in paths {
        let (entries, archives) = release::find_entries(path)?;
        let before = found.files.len();
        for entry in entries {
            found.take(entry, family)?;
        }
        if found.files.len() == before {
            let what = family.files();
            return Err(BuildError::NoClassification { path: path.clone(), what });
        }
        found.archives.push(archives);
    }
    Ok(found)
}

impl Found {
    fn take(&mut self, entry: Entry, family: Family) -> Result<(), BuildError> {
        let beginning = beginning(&entry)?;
        let kind = kind(&entry, &beginning)?.filter(|kind| kind.family() == family);
        let Some(kind) = kind else {
            if is_text(entry.file_name()) {
                let (name, rows) = (entry.file_name().to_owned(), rows(&entry, &beginning)?);
                self.set_aside.push(SetAside { name, rows });
            }
            return Ok(());
        };
        for (other, first) in self.of(kind.system()) {
            let editions = (other.edition(&first.name), kind.edition(&entry.name));
            let differ = matches!(editions, (Some(one), Some(other)) if one != other);
            if differ || !kind.goes_with(*other) {
                let (first, second) = (first.name.clone(), entry.name);
                return Err(BuildError::TwoEditions { system: kind.system(), first, second });
            }
        }
        self.files.push((kind, entry));
        Ok(())
    }
}

/// Whether a file is one for programs, and not a guide for people.
fn is_text(name: &str) -> bool {
    let end = Path::new(name).extension().and_then(|end| end.to_str()).unwrap_or_default();
    ["txt", "xml", "tsv", "csv", "tab"].iter().any(|one| end.eq_ignore_ascii_case(one))
}

/// The first lines of a file, as far as they are text.
fn beginning(entry: &Entry) -> Result<Vec<String>, BuildError> {
    const MOST: u64 = 64 << 10;
    let mut bytes = Vec::new();
    let read = entry.stream(|reader| reader.take(MOST).read_to_end(&mut bytes))?;
    read.map_err(|error| super::read::unreadable(entry, &error))?;
    let text = String::from_utf8_lossy(&bytes);
    let text = text.trim_start_matches('\u{feff}');
    let lines = text.lines().filter(|line| !line.trim().is_empty());
    Ok(lines.take(2).map(str::to_owned).collect())
}

/// What a file is; `None` where it is nothing that is read.
fn kind(entry: &Entry, beginning: &[String]) -> Result<Option<FileKind>, BuildError> {
    let [first, ..] = beginning else { return Ok(None) };
    if first.trim_start().starts_with('<') {
        return kind_of_xml(entry);
    }
    if is_uk_header(first) {
        return Ok(Some(FileKind::UkText));
    }
    let all = |is_it: fn(&str) -> bool| beginning.iter().all(|line| is_it(line));
    if all(cm_order::is_it) {
        return Ok(Some(FileKind::CmOrder));
    }
    if all(opcs4::is_metadata) {
        return Ok(Some(FileKind::Opcs4Metadata));
    }
    let is_header = first.to_ascii_uppercase().contains("CODE") && uk::columns_in(first) < 3;
    let titles = if is_header { &beginning[1..] } else { beginning };
    let are_titles = !titles.is_empty() && titles.iter().all(|line| opcs4::is_title(line));
    Ok(are_titles.then_some(FileKind::Opcs4Titles))
}

fn kind_of_xml(entry: &Entry) -> Result<Option<FileKind>, BuildError> {
    let mut root = String::new();
    entry.stream(|reader| {
        xml::is_within(reader, &mut |element, _| {
            root.clone_from(&element.name);
            true
        })
    })?;
    Ok(match root.as_str() {
        "ClaML" => Some(FileKind::Claml),
        cm_tabular::ROOT => Some(FileKind::CmTabular),
        _ if entry.stream(uk_xml::is_it)? => Some(FileKind::UkXml),
        _ => None,
    })
}

/// Whether a line is the header of the UK file with its metadata: the file of codes and titles has few
/// of its columns, and tables of equivalences have none.
fn is_uk_header(line: &str) -> bool {
    let mut names = line.split('\t').filter_map(uk::column_of);
    names.any(|column| uk::COLUMNS[column] == "CODE") && uk::columns_in(line) > 3
}

/// The rows of a file that is set aside, where it is one of lines: those with a header, without it.
fn rows(entry: &Entry, beginning: &[String]) -> Result<u64, BuildError> {
    let [first, ..] = beginning else { return Ok(0) };
    if first.trim_start().starts_with('<') {
        return Ok(0);
    }
    let mut lines = 0_u64;
    let chunks = entry.chunks(&|_| {}, |chunk| {
        let ends = memchr::memchr_iter(b'\n', chunk.bytes).count() as u64;
        let is_cut = chunk.bytes.last().is_some_and(|last| *last != b'\n');
        ends + u64::from(is_cut)
    })?;
    lines += chunks.into_iter().sum::<u64>();
    let code = first.split(['\t', ' ']).next().unwrap_or_default();
    let has_header = first.contains('\t') && Icd10Code::parse(code).is_err();
    Ok(lines.saturating_sub(u64::from(has_header)))
}
