//! The build itself: read, merge, check, number, write, verify, publish.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::mpsc;

use farr::index::{Meta, format};

use crate::dmd::{self, DmdNumbering, DmdRelease};
use crate::error::BuildError;
use crate::file::{IndexWriter, Staged};
use crate::history::{self, HistoryTables};
use crate::problem::{NoteKind, Notes};
use crate::progress::Progress;
use crate::release::ReleaseType;
use crate::report::Report;
use crate::section::descriptions::{Descriptions, TypeOrder};
use crate::section::dmd as dmd_sections;
use crate::section::history as history_sections;
use crate::section::search::{SearchSections, SearchTerm, search_sections};
use crate::section::{Section, attributes, concepts, descriptions, hierarchy, languages, refsets};
use crate::snomed::{self, Numbering, Release};

/// A build: what goes in, and how strictly it is looked at.
#[derive(Clone, Debug, Default)]
pub struct Build {
    packages: snomed::Packages,
    history: Vec<PathBuf>,
    dmd: Vec<PathBuf>,
    strict: bool,
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
    /// it starts, that is told as [`NoteKind::DeltaStart`].
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

    /// Whether to refuse what real releases have and are otherwise read on with: see
    /// [`NoteKind::refused_when_strict`].
    #[must_use]
    pub fn strict(mut self, strict: bool) -> Build {
        self.strict = strict;
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
        if !has_snomed && self.dmd.is_empty() {
            return Err(BuildError::NothingGiven);
        }
        let mut snomed = match has_snomed {
            true => Some(self.read_snomed(progress, &mut notes)?),
            false => None,
        };
        let dmd = match self.dmd.is_empty() {
            true => None,
            false => Some(dmd::read(&self.dmd, progress, &mut notes)?),
        };

        let mut staged = Staged::create_beside(output)?;
        let (sender, receiver) = mpsc::sync_channel(8);
        let path = staged.path().to_owned();
        let file = staged.file();
        let (made, written) = std::thread::scope(|scope| {
            let writer = scope.spawn(move || write(file, &receiver));
            let made = self.make(snomed.as_mut(), dmd, &sender, progress, notes);
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
            Ok(())
        })?;
        Ok(Report { meta, notes, sections, bytes })
    }

    fn read_snomed(
        &self,
        progress: &dyn Progress,
        notes: &mut Notes,
    ) -> Result<(Release, HistoryTables), BuildError> {
        let mut release = snomed::read(&self.packages, progress, notes)?;
        progress.phase("merging", None);
        snomed::merge(&mut release, notes);
        let mut tables = history::read(&self.history, progress, notes)?;
        release.sources.append(&mut tables.sources);
        Ok((release, tables))
    }

    /// Makes the sections of all code systems, and what the index says of itself.
    fn make(
        &self,
        snomed: Option<&mut (Release, HistoryTables)>,
        dmd: Option<DmdRelease>,
        sections: Sections<'_>,
        progress: &dyn Progress,
        mut notes: Notes,
    ) -> Result<(Meta, Notes), BuildError> {
        let mut meta = Meta { builder: BUILDER.to_owned(), ..Meta::default() };
        if let Some((release, tables)) = snomed {
            (meta, notes) = make_snomed(release, tables, self, sections, progress, notes)?;
        }
        if let Some(release) = dmd {
            make_dmd(release, self, sections, progress, &mut meta, &mut notes)?;
        }
        // The receiver goes away early only where writing failed, and that error is told instead.
        let _ = sections.send(Section::new(format::META, 1, meta.to_text().into_bytes()));
        Ok((meta, notes))
    }
}

/// What an index says that it was made by.
const BUILDER: &str = concat!("farr-build ", env!("CARGO_PKG_VERSION"));

/// Makes the sections of dm+d.
fn make_dmd(
    mut release: DmdRelease,
    build: &Build,
    sections: Sections<'_>,
    progress: &dyn Progress,
    meta: &mut Meta,
    notes: &mut Notes,
) -> Result<(), BuildError> {
    progress.phase("numbering dm+d", None);
    meta.dmd_date = release.date;
    meta.dmd_version = release.version.take();
    meta.sources.append(&mut release.sources);
    meta.set_aside.append(&mut release.set_aside);
    let numbering = DmdNumbering::new(&release, notes)?;
    if build.strict && notes.refused_when_strict() {
        return Err(BuildError::Strict { notes: std::mem::take(notes) });
    }
    progress.phase("writing dm+d", None);
    dmd_sections::sections(release, numbering, meta, |section| drop(sections.send(section)))
}

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

/// Makes the sections of a merged release of SNOMED CT, in the order of the file.
fn make_snomed(
    release: &mut Release,
    tables: &HistoryTables,
    build: &Build,
    sections: Sections<'_>,
    progress: &dyn Progress,
    mut notes: Notes,
) -> Result<(Meta, Notes), BuildError> {
    // The receiver goes away early only where writing failed, and that error is told instead.
    let send = |section| drop(sections.send(section));
    progress.phase("numbering", None);
    let mut language_notes = Notes::default();
    let (numbered, acceptabilities) = rayon::join(
        || {
            let numbering = Numbering::new(release, &mut notes)?;
            let attributes = attributes::attributes(release, &numbering, &mut notes);
            Ok::<_, BuildError>((numbering, attributes))
        },
        || languages::acceptabilities(release, &mut language_notes),
    );
    let (mut numbering, attributes) = numbered?;
    let acceptabilities = acceptabilities?;
    notes.append(language_notes);
    release.relationships = Vec::new();
    numbering.relationship_ends = Vec::new();

    progress.phase("descriptions", None);
    let dates = concepts::dates(release)?;
    let mut described = descriptions::descriptions(release, &numbering, &dates, &acceptabilities)?;
    numbering.description_concepts = Vec::new();
    release.descriptions = Vec::new();

    progress.phase("refsets", None);
    let description_rows = &described.sections[0].bytes;
    let members = refsets::sections(release, &numbering, description_rows, &mut notes, send)?;

    let (mut pairs, mut pair_count) = (history::QueryTable::default(), 0);
    if tables.has_substitutions {
        history_sections::substitutions(tables).into_iter().for_each(send);
    }
    if !tables.query_tables.is_empty() {
        pairs = history::query_table(&tables.query_tables, &numbering, progress, &mut notes)?;
        send(history_sections::query_table(&pairs, numbering.concepts()));
        pair_count = std::mem::take(&mut pairs.pairs).len() as u64;
    }

    progress.phase("search and hierarchy", None);
    let text = Section::new(format::TEXT, 1, std::mem::take(&mut described.text));
    let mut meta = describe(release, &numbering, &mut notes);
    meta.as_of = build.packages.as_of;
    let mut count = |name: &str, count: u64| meta.counts.push((name.to_owned(), count));
    count("concepts", u64::from(numbering.concepts()));
    count("active concepts", u64::from(numbering.active));
    count("descriptions", described.rows.len() as u64 - described.definitions);
    count("text definitions", described.definitions);
    count("active descriptions and text definitions", described.active);
    count("is-a", numbering.is_a_rows);
    count("attributes", attributes.attribute_rows);
    count("concrete values", attributes.concrete_rows);
    count("active language rows", acceptabilities.rows);
    count("refsets", members.refsets);
    count("refset rows", members.rows);
    count("active refset rows", members.active_rows);
    count("alternate identifiers", members.identifiers);
    if tables.has_substitutions {
        count("substitutions", tables.substitutions.len() as u64);
    }
    if !tables.query_tables.is_empty() {
        count("query table pairs", pair_count);
        count("query table pairs of the hierarchy", pairs.confirmed);
    }

    let described_sections = std::mem::take(&mut described.sections);
    let (searched, checked) = rayon::join(
        || search(&numbering, &described, &text.bytes),
        || {
            concepts::sections(
                release,
                &numbering,
                &dates,
                &described,
                &text.bytes,
                &attributes.starts,
                &mut notes,
            )?
            .into_iter()
            .for_each(send);
            if build.strict && notes.refused_when_strict() {
                return Err(BuildError::Strict { notes: std::mem::take(&mut notes) });
            }
            described_sections.into_iter().for_each(send);
            acceptabilities.sections.into_iter().for_each(send);
            attributes.sections.into_iter().for_each(send);
            hierarchy::sections(&numbering).into_iter().for_each(send);
            Ok(())
        },
    );
    checked?;
    let searched = searched?;
    send(text);
    drop((described, numbering));
    let names = searched.zones.get(8..12).and_then(<[u8]>::first_chunk);
    let names = names.map_or(0, |end| u64::from(u32::from_le_bytes(*end)));
    meta.counts.push(("searchable terms".into(), names));
    let tags = [
        format::RANKS,
        format::RANK_ZONES,
        format::WORDS,
        format::WORD_POSTINGS,
        format::PREFIX_POSTINGS,
        format::POSTINGS,
    ];
    let items = searched.sections().map(|(_, items)| items);
    let SearchSections { ranks, zones, words, word_postings, prefix_postings, postings, .. } =
        searched;
    let bytes = [ranks, zones, words, word_postings, prefix_postings, postings];
    for ((tag, items), bytes) in tags.into_iter().zip(items).zip(bytes) {
        send(Section::new(tag, items as usize, bytes));
    }
    Ok((meta, notes))
}

/// What the index says of itself, counts left out.
fn describe(release: &mut Release, numbering: &Numbering, notes: &mut Notes) -> Meta {
    let edition = snomed::edition(&release.dependencies);
    if edition.module.is_none() {
        notes.add(NoteKind::NoEdition, || {
            format!("{} modules with dependencies", edition.modules.len())
        });
    }
    snomed::check_dependencies(&release.dependencies, &release.module_times, notes);
    // Modules that stand in rows and in no dependency are named too, without a date.
    let mut modules = edition.modules;
    for status in &release.statuses {
        if !modules.iter().any(|(module, _)| *module == status.module) {
            modules.push((status.module, 0));
        }
    }
    modules.sort_unstable();
    let mut release_types: BTreeMap<ReleaseType, u64> = BTreeMap::new();
    for (_, release_type) in &release.packages {
        *release_types.entry(*release_type).or_default() += 1;
    }
    Meta {
        builder: BUILDER.to_owned(),
        edition: edition.module.map(|(module, _)| format!("http://snomed.info/sct/{module}")),
        version: edition
            .module
            .filter(|(_, time)| *time != 0)
            .map(|(module, time)| format!("http://snomed.info/sct/{module}/version/{time}")),
        as_of: None,
        dmd_version: None,
        dmd_date: None,
        release_types: release_types
            .into_iter()
            .map(|(release_type, packages)| (release_type.name().to_owned(), packages))
            .collect(),
        modules,
        sources: std::mem::take(&mut release.sources),
        set_aside: std::mem::take(&mut release.set_aside),
        counts: vec![("placed concepts".into(), u64::from(numbering.placed))],
        licence: release.licence.take(),
    }
}

/// The search sections: every description, text definitions in a zone that only filters reach.
fn search(
    numbering: &Numbering,
    described: &Descriptions,
    text: &[u8],
) -> Result<SearchSections, BuildError> {
    let mut terms = Vec::with_capacity(described.rows.len());
    for ordinal in 0..numbering.concepts() {
        let starts = &described.starts;
        for row in starts[ordinal as usize]..starts[ordinal as usize + 1] {
            let found = &described.rows[row as usize];
            let class = match (found.order, found.preferred) {
                (TypeOrder::Synonym, true) => 0,
                (TypeOrder::Synonym, false) => 1,
                (TypeOrder::FullySpecifiedName, _) => 2,
                _ => 3,
            };
            let zone = match (class, found.active, ordinal < numbering.active) {
                (3, ..) => 3,
                (_, true, true) => 0,
                (_, true, false) => 1,
                (_, false, _) => 2,
            };
            let start = found.text_start as usize;
            let term = &text[start..start + usize::from(found.text_length)];
            // The terms were checked when they were read.
            let text = std::str::from_utf8(term).unwrap_or_default();
            terms.push(SearchTerm { row, ordinal, zone, class, text });
        }
    }
    search_sections(&terms).map_err(|_| BuildError::TooLarge { what: "words" })
}
