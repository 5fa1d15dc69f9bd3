//! From the files of a classification to its editions.

use std::path::PathBuf;

use farr::classification::CodeSystem;

use super::edition::{Class, Edition};
use super::find::{FileKind, Found, find};
use super::log::Log;
use super::{Family, claml, cm, cm_order, cm_tabular, name, opcs4, uk, uk_text, uk_xml};
use crate::error::BuildError;
use crate::problem::Notes;
use crate::progress::Progress;
use crate::release::Entry;
use crate::rf2::Problems;

/// Finds the files of a family at these paths, folders, zip files or single files, and reads them: an
/// edition for each classification of the family that is there.
///
/// # Errors
///
/// [`BuildError::NoClassification`] where a path has no such file, [`BuildError::TwoEditions`] where
/// two of one classification do not go together, [`BuildError::Rows`] for what cannot be read.
pub(crate) fn read(
    paths: &[PathBuf],
    family: Family,
    progress: &dyn Progress,
    notes: &mut Notes,
) -> Result<Vec<Edition>, BuildError> {
    let mut found = find(paths, family)?;
    let bytes = found.files.iter().map(|(_, entry)| entry.bytes).sum();
    progress.phase(family.phase(), Some(bytes));
    let mut telling = Telling { problems: Problems::default(), notes, progress };
    let mut editions = Vec::new();
    for system in CodeSystem::ALL {
        if found.of(system).next().is_none() {
            continue;
        }
        let mut edition = match system {
            CodeSystem::Icd10 => telling.icd10(&found)?,
            CodeSystem::Icd10Cm => telling.icd10_cm(&found)?,
            CodeSystem::Opcs4 => telling.opcs4(&found)?,
        };
        edition.sources = found.sources(system)?;
        // What is set aside is told once.
        edition.set_aside = std::mem::take(&mut found.set_aside);
        editions.push(edition);
    }
    telling.problems.into_result()?;
    Ok(editions)
}

/// An archive that cannot be read on.
pub(super) fn unreadable(entry: &Entry, error: &std::io::Error) -> BuildError {
    BuildError::Archive { file: entry.name.clone(), what: error.to_string() }
}

/// Reading, and what there is to tell of it.
struct Telling<'t> {
    problems: Problems,
    notes: &'t mut Notes,
    progress: &'t dyn Progress,
}

impl Telling<'_> {
    fn icd10(&mut self, found: &Found) -> Result<Edition, BuildError> {
        if let Some(entry) = found.the(FileKind::Claml) {
            return self.claml(entry);
        }
        let text = found.the(FileKind::UkText);
        let xml = found.the(FileKind::UkXml);
        let mut edition = empty(CodeSystem::Icd10);
        let mut rows_of_text = None;
        if let Some(entry) = text {
            let (rows, mut log) = self.file(entry, uk_text::read)?;
            edition.classes = uk::classes(&rows, &mut log);
            log.tell(&mut self.problems, self.notes);
            rows_of_text = Some((entry.file_name(), rows));
        }
        if let Some(entry) = xml {
            let (rows, mut log) = self.file(entry, uk_xml::read)?;
            match &rows_of_text {
                Some((name, twin)) => uk::compare((name, twin), &rows, &mut log),
                None => edition.classes = uk::classes(&rows, &mut log),
            }
            log.tell(&mut self.problems, self.notes);
        }
        let paths = || [text, xml].into_iter().flatten().map(|entry| entry.name.as_str());
        edition.version = paths().find_map(name::icd10_edition);
        edition.date = paths().find_map(name::date);
        Ok(edition)
    }

    fn claml(&mut self, entry: &Entry) -> Result<Edition, BuildError> {
        let (mut read, mut log) = self.file(entry, claml::read)?;
        let mut edition = empty(CodeSystem::Icd10);
        edition.title = read.title.take();
        edition.version = read.version.take();
        edition.date = read.date;
        let expanded = claml::expand(read, &mut log);
        edition.classes = claml::convert(expanded, &mut log);
        log.tell(&mut self.problems, self.notes);
        Ok(edition)
    }

    fn icd10_cm(&mut self, found: &Found) -> Result<Edition, BuildError> {
        let mut edition = empty(CodeSystem::Icd10Cm);
        let order = found.the(FileKind::CmOrder);
        let order = order.map(|entry| self.file(entry, cm_order::read)).transpose()?;
        let tabular = found.the(FileKind::CmTabular);
        let mut tabular = tabular.map(|entry| self.file(entry, cm_tabular::read)).transpose()?;
        if let Some((tabular, _)) = &mut tabular {
            (edition.title, edition.version) = (tabular.title.take(), tabular.version.take());
        }
        let mut names = found.of(CodeSystem::Icd10Cm).map(|(_, entry)| entry.name.as_str());
        edition.version = edition.version.or_else(|| names.find_map(name::icd10_cm_year));
        edition.classes = match (order, tabular) {
            (Some((rows, mut log)), Some((tabular, mut tabular_log))) => {
                let classes = cm::of_both((&rows, &mut log), (tabular, &mut tabular_log));
                self.told([log, tabular_log], classes)
            }
            (Some((rows, log)), None) => {
                let classes = cm::of_order(&rows, &log);
                self.told([log], classes)
            }
            (None, Some((tabular, log))) => self.told([log], cm::of_tabular(tabular)),
            (None, None) => Vec::new(),
        };
        Ok(edition)
    }

    fn opcs4(&mut self, found: &Found) -> Result<Edition, BuildError> {
        let mut edition = empty(CodeSystem::Opcs4);
        let titles = found.the(FileKind::Opcs4Titles);
        let titles = titles.map(|entry| self.file(entry, opcs4::read_titles)).transpose()?;
        let metadata = found.the(FileKind::Opcs4Metadata);
        let metadata = metadata.map(|entry| self.file(entry, opcs4::read_metadata)).transpose()?;
        let paths = || found.of(CodeSystem::Opcs4).map(|(_, entry)| entry.name.as_str());
        edition.version = paths().find_map(name::opcs4_version);
        edition.date = paths().find_map(name::date);
        edition.classes = match (titles, metadata) {
            (Some((titles, mut log)), Some((metadata, mut metadata_log))) => {
                let classes = opcs4::of_both((titles, &mut log), (metadata, &mut metadata_log));
                self.told([log, metadata_log], classes)
            }
            (Some((titles, log)), None) => {
                let classes = opcs4::of_titles(titles, &log);
                self.told([log], classes)
            }
            (None, Some((metadata, mut log))) => {
                let classes = opcs4::of_metadata(metadata, &mut log);
                self.told([log], classes)
            }
            (None, None) => Vec::new(),
        };
        Ok(edition)
    }

    /// Reads a file, and begins its log.
    fn file<T>(
        &self,
        entry: &Entry,
        read: fn(&mut dyn std::io::BufRead, &mut Log) -> std::io::Result<T>,
    ) -> Result<(T, Log), BuildError> {
        let mut log = Log::new(entry.file_name());
        let what = entry.stream(|reader| read(reader, &mut log))?;
        let what = what.map_err(|error| unreadable(entry, &error))?;
        self.progress.advance(entry.bytes);
        Ok((what, log))
    }

    /// Takes in what logs have to say.
    fn told<const N: usize>(&mut self, logs: [Log; N], classes: Vec<Class>) -> Vec<Class> {
        for log in logs {
            log.tell(&mut self.problems, self.notes);
        }
        classes
    }
}

fn empty(system: CodeSystem) -> Edition {
    Edition {
        system,
        title: None,
        version: None,
        date: None,
        classes: Vec::new(),
        sources: Vec::new(),
        set_aside: Vec::new(),
    }
}
