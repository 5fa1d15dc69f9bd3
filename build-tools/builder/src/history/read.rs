//! Finding the tables and reading the substitutions.

use std::path::PathBuf;

use farr::index::SourceFile;
use rayon::prelude::*;

use crate::error::BuildError;
use crate::problem::{NoteKind, Notes};
use crate::progress::Progress;
use crate::release::{self, Entry};
use crate::rf2::Problems;
use crate::rf2::history::{HistoryFile, Substitution, read_substitutions};

/// The tables as given: the substitutions read, the query tables yet to be.
#[derive(Debug, Default)]
pub(crate) struct HistoryTables {
    /// Whether there is a substitution table, be it empty.
    pub(crate) has_substitutions: bool,
    /// By old and new concept, each pair once; paths are entries of `paths`.
    pub(crate) substitutions: Vec<Substitution>,
    /// Ascending.
    pub(crate) paths: Vec<Box<str>>,
    pub(crate) query_tables: Vec<Entry>,
    pub(crate) sources: Vec<SourceFile>,
}

/// Finds the tables at these paths and reads the substitutions.
pub(crate) fn read(
    paths: &[PathBuf],
    progress: &dyn Progress,
    notes: &mut Notes,
) -> Result<HistoryTables, BuildError> {
    let mut tables = HistoryTables::default();
    let mut substitutions = Vec::new();
    for path in paths {
        let (entries, archives) = release::find_entries(path)?;
        let mut read = Vec::new();
        for entry in entries {
            let Some(file) = HistoryFile::parse(entry.file_name()) else { continue };
            read.push(entry.name.clone());
            if entry.archive_of().is_none() {
                let (name, sha256) = (entry.file_name().to_owned(), entry.sha256()?);
                tables.sources.push(SourceFile { name, bytes: entry.bytes, sha256 });
            }
            match file {
                HistoryFile::Substitutions => substitutions.push(entry),
                HistoryFile::QueryTable => tables.query_tables.push(entry),
            }
        }
        if read.is_empty() {
            return Err(BuildError::NoHistoryTable { path: path.clone() });
        }
        for archive in archives.that_hold(read.iter().map(String::as_str)) {
            tables.sources.push(release::hash_file(&archive)?);
        }
    }
    if substitutions.is_empty() {
        return Ok(tables);
    }
    progress.phase("substitutions", Some(substitutions.iter().map(|entry| entry.bytes).sum()));
    let advance = |bytes| progress.advance(bytes);
    let mut problems = Problems::default();
    let mut rows: Vec<(u64, u64, Box<str>, u16, u16)> = Vec::new();
    for entry in &substitutions {
        let (parts, found, told) = read_substitutions(entry, &advance)?;
        problems.append(found);
        notes.append(told);
        for part in parts {
            let paths = part.paths.into_texts();
            rows.extend(part.rows.into_iter().map(|row| {
                let path = paths[row.path as usize].clone();
                (row.old, row.new, path, row.iterations, row.flags)
            }));
        }
    }
    problems.into_result()?;
    // All columns take part, so that the same rows in another order give the same bytes.
    rows.par_sort_unstable();
    rows.dedup_by(|later, kept| {
        let same = (later.0, later.1) == (kept.0, kept.1);
        if same {
            let example = || format!("{} by {}", later.0, later.1);
            notes.add(NoteKind::SubstitutionRepeated, example);
        }
        same
    });
    let mut paths: Vec<Box<str>> = rows.iter().map(|row| row.2.clone()).collect();
    paths.par_sort_unstable();
    paths.dedup();
    if rows.len() >= 1 << 30
        || paths.iter().map(|path| path.len()).sum::<usize>() > u32::MAX as usize
    {
        return Err(BuildError::TooLarge { what: "substitutions" });
    }
    tables.has_substitutions = true;
    tables.substitutions = rows
        .into_iter()
        .map(|(old, new, path, iterations, flags)| {
            let path = paths.partition_point(|other| **other < *path) as u32;
            Substitution { old, new, path, iterations, flags }
        })
        .collect();
    tables.paths = paths;
    Ok(tables)
}
