//! The build itself: read, merge, check, number, write, verify, publish.

mod classifications;
mod dmd;
mod map_targets;
mod refsets;
mod snomed;

use std::path::{Path, PathBuf};
use std::sync::mpsc;

use farr::index::{Meta, OpenError, format};

use crate::classification::{self, Edition, Family};
use crate::dmd::DmdRelease;
use crate::error::BuildError;
use crate::file::{IndexWriter, Staged};
use crate::history::{self, HistoryTables};
use crate::problem::Notes;
use crate::progress::Progress;
use crate::release::ReleaseType;
use crate::report::Report;
use crate::section::Section;
use crate::snomed::{Packages, Release, merge, read};

/// A build: what goes in, and how strictly it is looked at.
#[derive(Clone, Debug, Default)]
pub struct Build {
    packages: Packages,
    history: Vec<PathBuf>,
    dmd: Vec<PathBuf>,
    icd10: Vec<PathBuf>,
    opcs4: Vec<PathBuf>,
    strict: bool,
    rootless: bool,
}

/// Sections on their way to the file.
type Sections<'s> = &'s mpsc::SyncSender<Section>;

impl Build {
    /// A build of nothing yet.
    pub fn new() -> Build {
        Build::default()
    }

    /// Adds a SNOMED CT package: a folder, a zip file, or a zip file of zip files. Of several
    /// packages the newest row of each component is taken.
    #[must_use]
    pub fn snomed(mut self, path: impl Into<PathBuf>) -> Build {
        self.packages.whole.push(path.into());
        self
    }

    /// Adds changes: the Delta of a package, applied over the packages of [`Build::snomed`]. Of a
    /// component's rows the newest is taken, so a Delta may be given twice, and several in any
    /// order.
    ///
    /// A Delta that starts after the release below it ends is refused; where it does not say where
    /// it starts, that is told as [`NoteKind::DeltaStart`](crate::NoteKind::DeltaStart).
    ///
    /// ```no_run
    /// use farr_build::{Build, Silent};
    ///
    /// Build::new()
    ///     .snomed("SnomedCT_UKClinicalRF2_PRODUCTION_20260401T000001Z")
    ///     .delta("SnomedCT_UKClinicalRF2_PRODUCTION_20260801T000001Z")
    ///     .run("uk-snomed.farr".as_ref(), &Silent)?;
    /// # Ok::<(), farr_build::BuildError>(())
    /// ```
    #[must_use]
    pub fn delta(mut self, path: impl Into<PathBuf>) -> Build {
        self.packages.deltas.push(path.into());
        self
    }

    /// Which release type to read of a package that has several: its Snapshot unless said
    /// otherwise. A package that does not have it is read by what it has, and that is told; a
    /// [`ReleaseType::Delta`] is no release and is refused here, see [`Build::delta`].
    #[must_use]
    pub fn release_type(mut self, preferred: ReleaseType) -> Build {
        self.packages.preferred = Some(preferred);
        self
    }

    /// Builds the state on a day, `YYYYMMDD`: of each component the newest row that is not of a
    /// later day. It is read from the Full of a package. A Snapshot is taken where there is no Full
    /// and all its rows are as old as that; otherwise the build fails, naming the first rows that
    /// are not. Rows without an effective time are of no day, and left out of a Full with a note.
    ///
    /// ```no_run
    /// use farr_build::{Build, Silent};
    ///
    /// Build::new()
    ///     .snomed("SnomedCT_InternationalRF2_PRODUCTION_20260801T120000Z")
    ///     .as_of(20_250_401)
    ///     .run("april-2025.farr".as_ref(), &Silent)?;
    /// # Ok::<(), farr_build::BuildError>(())
    /// ```
    #[must_use]
    pub fn as_of(mut self, date: u32) -> Build {
        self.packages.as_of = Some(date);
        self
    }

    /// Adds history tables of the UK: a folder or zip file with a history substitution table
    /// (`xres2_HistorySubstitutionTable_Concepts_…`), a query table (`xres2_SNOMEDQueryTable_…`),
    /// or both; or one of these files.
    ///
    /// They are held against the release, and what differs is told in the notes. Of the query table
    /// what goes beyond the hierarchy is kept (provenance above 0); the other rows are the
    /// hierarchy, and are only compared with it.
    #[must_use]
    pub fn history(mut self, path: impl Into<PathBuf>) -> Build {
        self.history.push(path.into());
        self
    }

    /// Adds files of dm+d: a folder, a zip file, or a zip file of zip files, or one XML file. A weekly
    /// release and a supplementary one make one dictionary; two weekly releases are refused.
    ///
    /// Files are told by their root elements. Files and parts of files that are not there are legal;
    /// what their rows would have been is then missing, and said so where other rows refer to it.
    ///
    /// ```no_run
    /// use farr_build::{Build, Silent};
    ///
    /// Build::new()
    ///     .dmd("nhsbsa_dmd_8.0.0_20260801000001.zip")
    ///     .dmd("nhsbsa_dmdbonus_8.0.0_20260801000001.zip")
    ///     .run("dmd.farr".as_ref(), &Silent)?;
    /// # Ok::<(), farr_build::BuildError>(())
    /// ```
    #[must_use]
    pub fn dmd(mut self, path: impl Into<PathBuf>) -> Build {
        self.dmd.push(path.into());
        self
    }

    /// Adds files of ICD-10 or of ICD-10-CM: a folder, a zip file, or one file. Told by what is in
    /// them: the UK file of codes, titles and metadata, as text or XML; ClaML; the order file and the
    /// tabular list of ICD-10-CM.
    ///
    /// What is read of each is in `docs/icd10.md`.
    ///
    /// ```no_run
    /// use farr_build::{Build, Silent};
    ///
    /// Build::new()
    ///     .icd10("ICD10_Edition5_20160401.zip")
    ///     .opcs4("OPCS411.zip")
    ///     .run("classifications.farr".as_ref(), &Silent)?;
    /// # Ok::<(), farr_build::BuildError>(())
    /// ```
    #[must_use]
    pub fn icd10(mut self, path: impl Into<PathBuf>) -> Build {
        self.icd10.push(path.into());
        self
    }

    /// Adds files of OPCS-4: codes and titles, metadata, or both.
    #[must_use]
    pub fn opcs4(mut self, path: impl Into<PathBuf>) -> Build {
        self.opcs4.push(path.into());
        self
    }

    /// Whether to refuse what real releases have and are otherwise read on with: see
    /// [`NoteKind::refused_when_strict`](crate::NoteKind::refused_when_strict).
    #[must_use]
    pub fn strict(mut self, strict: bool) -> Build {
        self.strict = strict;
        self
    }

    /// Whether to take a release of SNOMED CT without its root concept: a part of one, or an extension
    /// by itself. None of its concepts is then placed, so that subsumption is never answered by it,
    /// and [`NoteKind::NoRoot`](crate::NoteKind::NoRoot) says so.
    #[must_use]
    pub fn rootless(mut self, rootless: bool) -> Build {
        self.rootless = rootless;
        self
    }

    /// Builds the index and publishes it at `output`.
    ///
    /// The file is written beside, synced, opened again, verified in full and renamed; whatever
    /// fails, or if the process is killed, what stood at `output` before stands there still. The
    /// same release gives the same bytes.
    ///
    /// # Errors
    ///
    /// [`BuildError`]; nothing is left behind then.
    pub fn run(&self, output: &Path, progress: &dyn Progress) -> Result<Report, BuildError> {
        let mut notes = Notes::default();
        let has_snomed = !self.packages.whole.is_empty() || !self.packages.deltas.is_empty();
        let classified = !self.icd10.is_empty() || !self.opcs4.is_empty();
        if !has_snomed && self.dmd.is_empty() && !classified {
            return Err(BuildError::NothingGiven);
        }
        let mut snomed = match has_snomed {
            true => Some(self.read_snomed(progress, &mut notes)?),
            false => None,
        };
        let dmd = match self.dmd.is_empty() {
            true => None,
            false => Some(crate::dmd::read(&self.dmd, progress, &mut notes)?),
        };

        let editions = self.read_classifications(progress, &mut notes)?;

        let mut staged = Staged::create_beside(output)?;
        let (sender, receiver) = mpsc::sync_channel(8);
        let path = staged.path().to_owned();
        let file = staged.file();
        let (made, written) = std::thread::scope(|scope| {
            let writer = scope.spawn(move || write(file, &receiver));
            let made = self.make(snomed.as_mut(), dmd, editions, &sender, progress, notes);
            drop(sender);
            (made, writer.join())
        });
        let (meta, mut notes) = made?;
        let (sections, bytes) = match written {
            Ok(written) => written.map_err(|source| BuildError::Io { file: path, source })?,
            Err(panic) => std::panic::resume_unwind(panic),
        };
        progress.phase("verifying", None);
        staged.publish(|terminology| {
            if let Some((_, tables)) = &snomed {
                let olds: Vec<u64> = tables.substitutions.iter().map(|row| row.old).collect();
                history::compare(terminology.snomed()?, &olds, &mut notes);
            }
            refsets::check(terminology, &mut notes)?;
            map_targets::check(terminology, &mut notes)?;
            // What only the whole index shows is refused as what was seen on the way to it.
            match self.strict && notes.refused_when_strict() {
                true => Err(BuildError::Strict { notes: std::mem::take(&mut notes) }),
                false => Ok(()),
            }
        })?;
        Ok(Report { meta, notes, sections, bytes })
    }

    fn read_snomed(
        &self,
        progress: &dyn Progress,
        notes: &mut Notes,
    ) -> Result<(Release, HistoryTables), BuildError> {
        let mut release = read(&self.packages, progress, notes)?;
        progress.phase("merging", None);
        merge(&mut release, notes);
        let mut tables = history::read(&self.history, progress, notes)?;
        release.sources.append(&mut tables.sources);
        Ok((release, tables))
    }

    fn read_classifications(
        &self,
        progress: &dyn Progress,
        notes: &mut Notes,
    ) -> Result<Vec<Edition>, BuildError> {
        let mut editions = Vec::new();
        for (paths, family) in [(&self.icd10, Family::Icd10), (&self.opcs4, Family::Opcs4)] {
            if !paths.is_empty() {
                editions.append(&mut classification::read(paths, family, progress, notes)?);
            }
        }
        Ok(editions)
    }

    /// Makes the sections of all code systems, and what the index says of itself.
    fn make(
        &self,
        snomed: Option<&mut (Release, HistoryTables)>,
        dmd: Option<DmdRelease>,
        editions: Vec<Edition>,
        sections: Sections<'_>,
        progress: &dyn Progress,
        mut notes: Notes,
    ) -> Result<(Meta, Notes), BuildError> {
        let mut meta = Meta { builder: BUILDER.to_owned(), ..Meta::default() };
        if let Some((release, tables)) = snomed {
            (meta, notes) = snomed::make(release, tables, self, sections, progress, notes)?;
        }
        if let Some(release) = dmd {
            dmd::make(release, self, sections, progress, &mut meta, &mut notes)?;
        }
        for edition in editions {
            classifications::make(edition, self, sections, progress, &mut meta, &mut notes)?;
        }
        // The receiver goes away early only where writing failed, and that error is told instead.
        let _ = sections.send(Section::new(format::META, 1, meta.to_text().into_bytes()));
        Ok((meta, notes))
    }
}

/// What an index says that it was made by.
const BUILDER: &str = concat!("farr-build ", env!("CARGO_PKG_VERSION"));

type Written = (Vec<(format::Tag, u64, u64)>, u64);

/// Writes sections as they come.
fn write(file: &mut std::fs::File, sections: &mpsc::Receiver<Section>) -> std::io::Result<Written> {
    let mut writer = IndexWriter::new(file)?;
    let mut told = Vec::new();
    for section in sections {
        writer.section(&section)?;
        told.push((section.tag, section.items, section.bytes.len() as u64));
        let bytes = section.bytes.len();
        drop(section);
        // Large sections go to the disk while the next ones are being made.
        if bytes > 16 << 20 {
            writer.flush()?;
        }
    }
    Ok((told, writer.finish()?))
}

/// A code system, or none where the index does not hold it.
fn present<T>(system: Result<T, OpenError>) -> Result<Option<T>, OpenError> {
    match system {
        Err(OpenError::Absent { .. }) => Ok(None),
        system => system.map(Some),
    }
}
