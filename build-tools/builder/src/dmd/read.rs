//! Reading all files of dm+d, on all cores.

use std::path::PathBuf;

use farr::dmd::schema::TableId;
use farr::index::{SetAside, SourceFile};
use rayon::prelude::*;

use super::find::{DmdFile, find};
use super::log::Log;
use super::xml::{self, Cells, FileCells};
use crate::error::BuildError;
use crate::problem::{NoteKind, Notes};
use crate::progress::Progress;
use crate::release::Entry;
use crate::rf2::Problems;

/// One file, as read.
#[derive(Debug)]
pub(crate) struct ReadFile {
    pub(super) entry: Entry,
    pub(super) supplementary: bool,
    pub(crate) cells: FileCells,
}

/// A release of dm+d, as read.
#[derive(Debug, Default)]
pub(crate) struct DmdRelease {
    pub(crate) files: Vec<ReadFile>,
    pub(crate) date: Option<u32>,
    pub(crate) version: Option<String>,
    pub(crate) sources: Vec<SourceFile>,
    pub(crate) set_aside: Vec<SetAside>,
}

impl DmdRelease {
    /// The rows of a table, and the number of the file that holds them; `None` where that file is
    /// not here.
    pub(crate) fn table(&self, table: TableId) -> Option<(usize, &Cells)> {
        self.files.iter().enumerate().find_map(|(number, file)| {
            let cells = file.cells.tables.iter().find(|cells| cells.table.id == table)?;
            Some((number, cells))
        })
    }
}

/// Finds the files at these paths and reads them.
pub(crate) fn read(
    paths: &[PathBuf],
    progress: &dyn Progress,
    notes: &mut Notes,
) -> Result<DmdRelease, BuildError> {
    let found = find(paths)?;
    let mut files = found.files;
    progress.phase("reading dm+d", Some(files.iter().map(|file| file.entry.bytes).sum()));
    let advance = |bytes| progress.advance(bytes);
    // The largest first, so that no core waits long for the last.
    files.sort_by(|one, other| {
        let size = other.entry.bytes.cmp(&one.entry.bytes);
        size.then_with(|| one.entry.name.cmp(&other.entry.name))
    });
    let read: Result<Vec<(FileCells, Log)>, BuildError> = files
        .par_iter()
        .with_max_len(1)
        .map(|file| {
            let entry = &file.entry;
            let read = entry.stream(|reader| xml::read(reader, &advance))?;
            let what = |error: std::io::Error| BuildError::Archive {
                file: entry.name.clone(),
                what: error.to_string(),
            };
            read.map_err(what)
        })
        .collect();
    let mut problems = Problems::default();
    let mut release =
        DmdRelease { sources: found.sources, set_aside: found.set_aside, ..DmdRelease::default() };
    (release.date, release.version) = describe(&files, notes);
    for (file, (cells, log)) in files.into_iter().zip(read?) {
        log.tell(&file.entry, &mut problems, notes)?;
        let supplementary = file.is_supplementary();
        release.files.push(ReadFile { entry: file.entry, supplementary, cells });
    }
    problems.into_result()?;
    Ok(release)
}

/// Day and version of the release, from the names of its main files.
fn describe(files: &[DmdFile], notes: &mut Notes) -> (Option<u32>, Option<String>) {
    let main = || files.iter().filter(|file| !file.is_supplementary());
    let date = main().filter_map(DmdFile::date).max();
    for file in main().filter(|file| file.date().is_some() && file.date() != date) {
        notes.add(NoteKind::DifferentDays, || file.entry.file_name().to_owned());
    }
    (date, main().find_map(DmdFile::version))
}
