//! Finding the files of dm+d: told by their root elements, not by their names.

use std::path::{Path, PathBuf};

use farr::dmd::schema::TABLES;
use farr::index::{SetAside, SourceFile};

use super::xml::{root, tables_of};
use crate::error::BuildError;
use crate::release::{self, Entry};

/// A file of dm+d.
#[derive(Debug)]
pub(super) struct DmdFile {
    pub(super) entry: Entry,
    pub(super) root: String,
}

impl DmdFile {
    /// Whether it is of the supplementary release.
    pub(super) fn is_supplementary(&self) -> bool {
        let supplementary = ["f_bnf1", "f_history1", "f_vtm_ing1", "f_tradefamily1"];
        tables_of(&self.root).any(|table| supplementary.contains(&table.file))
    }

    /// The day that its name says, as in `f_vmp2_3010826.xml` for the first of August 2026.
    pub(super) fn date(&self) -> Option<u32> {
        let name = self.entry.file_name();
        let stem = name.strip_suffix(".xml").or_else(|| name.strip_suffix(".XML"))?;
        let (_, digits) = stem.rsplit_once('_')?;
        let all = digits.len() == 7 && digits.bytes().all(|byte| byte.is_ascii_digit());
        let part = |start: usize| digits.get(start..start + 2)?.parse::<u32>().ok();
        let date = farr::Date::new(2000 + part(5)?, part(3)?, part(1)?)?;
        all.then_some(date.number())
    }

    /// The version of its release, `8.0.0`, where a folder or zip file around it says so.
    pub(super) fn version(&self) -> Option<String> {
        self.entry.name.split('/').find_map(|part| {
            let rest = part.strip_prefix("nhsbsa_dmd_")?;
            let version = rest.split_once('_').map_or(rest, |(version, _)| version);
            let numbers = version.split('.').count() == 3
                && version.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.');
            numbers.then(|| version.to_owned())
        })
    }
}

/// What was found.
#[derive(Debug, Default)]
pub(super) struct Found {
    pub(super) files: Vec<DmdFile>,
    pub(super) sources: Vec<SourceFile>,
    pub(super) set_aside: Vec<SetAside>,
}

/// Finds the files at these paths.
pub(super) fn find(paths: &[PathBuf]) -> Result<Found, BuildError> {
    let mut found = Found::default();
    for path in paths {
        let (entries, archives) = release::find_entries(path)?;
        let before = found.files.len();
        for entry in entries {
            found.take(entry)?;
        }
        if found.files.len() == before {
            return Err(BuildError::NoDmd { path: path.clone() });
        }
        let read = found.files[before..].iter().map(|file| file.entry.name.as_str());
        for archive in archives.that_hold(read) {
            found.sources.push(release::hash_file(&archive)?);
        }
    }
    Ok(found)
}

/// Whether a file has the name of one that is known, and so must have its root.
fn has_name(name: &str) -> bool {
    TABLES.iter().any(|table| name.strip_prefix(table.file).is_some_and(|end| end.starts_with('_')))
}

impl Found {
    fn take(&mut self, entry: Entry) -> Result<(), BuildError> {
        let name = entry.file_name();
        if !Path::new(name).extension().is_some_and(|end| end.eq_ignore_ascii_case("xml")) {
            return Ok(());
        }
        let root = entry.stream(|reader| root(reader))?;
        let known = match &root {
            Ok(Some(root)) => tables_of(root).next().is_some() || has_name(name),
            // What has the name of a dm+d file is read, and its reading says what is wrong.
            _ => name.starts_with("f_"),
        };
        if !known {
            self.set_aside.push(SetAside { name: name.to_owned(), rows: 0 });
            return Ok(());
        }
        let root = root.ok().flatten().filter(|root| tables_of(root).next().is_some());
        let root = root.unwrap_or_default();
        if let Some(first) = self.files.iter().find(|file| file.root == root && !root.is_empty()) {
            let first = first.entry.name.clone();
            return Err(BuildError::DmdTwice { root, first, second: entry.name });
        }
        if entry.archive_of().is_none() {
            let (name, sha256) = (name.to_owned(), entry.sha256()?);
            self.sources.push(SourceFile { name, bytes: entry.bytes, sha256 });
        }
        self.files.push(DmdFile { entry, root });
        Ok(())
    }
}
