//! Reading all files of a release, on all cores.

use std::collections::BTreeMap;
use std::path::Path;

use farr::index::{SetAside, SourceFile};
use farr::snomed::ConcreteValue;
use rayon::prelude::*;

use super::delta::{self, DeltaPackage};
use super::packages::{Found, Packages};
use super::refsets::RefsetRows;
use crate::error::BuildError;
use crate::problem::Notes;
use crate::progress::Progress;
use crate::release::{self, Content, Entry, ReleaseType, package_of};
use crate::rf2::refset::{self, RefsetFile};
use crate::rf2::{
    Concept, ConceptStatus, Concepts, ConcreteValues, Description, DescriptionKind, Descriptions,
    FileRows, Identifier, Interned, LanguageRow, LanguageRows, Membership, ModuleDependencies,
    ModuleDependency, ModuleTimes, Problems, Relationship, RelationshipKind, Relationships, Rows,
    Span, Target, TextArena, Versions, count_rows, package_information, read_file,
    read_identifiers,
};

/// All rows of one or several packages, as read: not merged yet.
#[derive(Debug, Default)]
pub(crate) struct Release {
    pub(crate) concepts: Vec<Concept>,
    pub(crate) statuses: Vec<ConceptStatus>,
    pub(crate) descriptions: Vec<Description>,
    pub(crate) description_kinds: Vec<DescriptionKind>,
    pub(crate) arenas: Vec<TextArena>,
    pub(crate) relationships: Vec<Relationship>,
    pub(crate) relationship_kinds: Vec<RelationshipKind>,
    /// The distinct concrete values: numbers ascending, then the others.
    pub(crate) values: Vec<String>,
    pub(crate) language_rows: Vec<LanguageRow>,
    pub(crate) memberships: Vec<Membership>,
    /// The rows of all other refsets.
    pub(crate) refsets: RefsetRows,
    pub(crate) identifiers: Vec<Identifier>,
    pub(crate) dependencies: Vec<ModuleDependency>,
    pub(crate) sources: Vec<SourceFile>,
    pub(crate) set_aside: Vec<SetAside>,
    pub(crate) licence: Option<String>,
    /// Packages the rows come from, each with the release type that was read of it.
    pub(crate) packages: Vec<(String, ReleaseType)>,
    /// The modules of all rows, and their effective times.
    pub(crate) module_times: BTreeMap<u64, Span>,
    pub(crate) rows_read: u64,
}

impl Release {
    /// The term of a description.
    pub(crate) fn term(&self, description: &Description) -> &str {
        let start = description.text_start as usize;
        let end = start + usize::from(description.text_length);
        &self.arenas[usize::from(description.arena)][start..end]
    }
}

/// Numbers by number and then as published, other values behind them by text.
fn published_order(one: &str, other: &str) -> std::cmp::Ordering {
    match (ConcreteValue::from_published(one), ConcreteValue::from_published(other)) {
        (Some(ConcreteValue::Decimal(first)), Some(ConcreteValue::Decimal(second))) => {
            first.cmp(&second).then_with(|| one.cmp(other))
        }
        (Some(ConcreteValue::Decimal(_)), _) => std::cmp::Ordering::Less,
        (_, Some(ConcreteValue::Decimal(_))) => std::cmp::Ordering::Greater,
        _ => one.cmp(other),
    }
}

/// What one file gave.
enum Part {
    Concepts(FileRows<Concepts>),
    Descriptions(FileRows<Descriptions>),
    Relationships(FileRows<Relationships>),
    ConcreteValues(FileRows<ConcreteValues>),
    Language(FileRows<LanguageRows>),
    Dependencies(FileRows<ModuleDependencies>, RefsetFile),
    Refset(RefsetFile),
    Identifiers(FileRows<Vec<Identifier>>),
    SetAside(SetAside),
    Source(SourceFile),
}

/// One piece of work.
enum Job<'a> {
    Read(Content, &'a Entry, Versions),
    Hash(&'a Entry),
    HashArchive(&'a Path),
}

/// Reads the packages.
pub(crate) fn read(
    packages: &Packages,
    progress: &dyn Progress,
    notes: &mut Notes,
) -> Result<Release, BuildError> {
    let found = packages.find(notes)?;
    let bytes = found.files().map(|(_, _, entry)| entry.bytes).sum();
    progress.phase("reading", Some(bytes));

    // The largest files first: the last ones then fill the gaps.
    let mut jobs: Vec<(usize, Job<'_>)> = Vec::new();
    for (place, name, entry) in found.files() {
        let content = refset::content(&name.content, entry)?;
        if content != Content::Other && entry.archive_of().is_none() {
            jobs.push((place, Job::Hash(entry)));
        }
        let one_of_each = name.release_type == ReleaseType::Snapshot;
        let versions = Versions { as_of: packages.as_of, one_of_each };
        jobs.push((place, Job::Read(content, entry, versions)));
    }
    jobs.extend(found.archives().map(|(place, path)| (place, Job::HashArchive(path))));
    let advance = |bytes| progress.advance(bytes);
    let parts: Vec<_> = jobs
        .into_par_iter()
        .map(|(place, job)| (place, job.package(), run(job, &advance)))
        .collect();

    let mut release = Release::default();
    let mut problems = Problems::default();
    let mut files = Files::default();
    let mut times: BTreeMap<(usize, String), Vec<ModuleTimes>> = BTreeMap::new();
    for (place, package, part) in parts {
        let (part, mut file_times, file_problems, file_notes) = part?;
        problems.append(file_problems);
        notes.append(file_notes);
        files.take(part, &mut release);
        if let Some(package) = package {
            times.entry((place, package)).or_default().append(&mut file_times);
        }
    }
    problems.into_result()?;
    files.assemble(&mut release)?;
    release.module_times = ModuleTimes::join(times.values().flatten());
    describe(&found, &times, &mut release, notes)?;
    if let Some(date) = packages.as_of.filter(|_| release.concepts.is_empty()) {
        return Err(BuildError::NothingYet { date });
    }
    Ok(release)
}

/// Takes in what the packages say of themselves, and holds Deltas against what is below them.
fn describe(
    found: &Found,
    times: &BTreeMap<(usize, String), Vec<ModuleTimes>>,
    release: &mut Release,
    notes: &mut Notes,
) -> Result<(), BuildError> {
    let mut delta_from = BTreeMap::new();
    for (place, entry) in found.information() {
        let information = package_information(entry, notes)?;
        release.licence = release.licence.take().or(information.licence);
        let folder = entry.name.rsplit_once('/').map_or("", |(folder, _)| folder);
        delta_from.insert((place, folder.to_owned()), information.delta_from);
    }
    let mut base: Vec<&ModuleTimes> = Vec::new();
    let mut deltas = Vec::new();
    for (place, name, release_type) in found.packages() {
        release.packages.push((name.to_owned(), release_type));
        let key = (place, name.to_owned());
        let rows = times.get(&key).map(Vec::as_slice).unwrap_or_default();
        match release_type {
            ReleaseType::Delta => deltas.push(DeltaPackage {
                name: name.to_owned(),
                from: delta_from.get(&key).copied().flatten(),
                times: ModuleTimes::join(rows.iter()),
            }),
            _ => base.extend(rows),
        }
    }
    delta::check(&ModuleTimes::join(base.into_iter()), deltas, notes)
}

type Ran = Result<(Part, Vec<ModuleTimes>, Problems, Notes), BuildError>;

impl Job<'_> {
    /// The package whose rows are read; `None` where none are.
    fn package(&self) -> Option<String> {
        match self {
            Job::Read(_, entry, _) => Some(package_of(&entry.name)),
            Job::Hash(_) | Job::HashArchive(_) => None,
        }
    }
}

fn run(job: Job<'_>, advance: &(dyn Fn(u64) + Sync)) -> Ran {
    fn rows<const N: usize, T: Rows<N>>(
        (entry, versions): (&Entry, Versions),
        advance: &(dyn Fn(u64) + Sync),
        part: fn(FileRows<T>) -> Part,
    ) -> Ran {
        let (mut rows, problems, notes) = read_file(entry, versions, advance)?;
        let times = std::mem::take(&mut rows.times);
        Ok((part(rows), times, problems, notes))
    }
    let whole = |part, times| Ok((part, times, Problems::default(), Notes::default()));
    match job {
        Job::Read(content, entry, versions) => {
            let file = (entry, versions);
            match content {
                Content::Concept => rows(file, advance, Part::Concepts),
                Content::Description | Content::TextDefinition => {
                    rows(file, advance, Part::Descriptions)
                }
                Content::Relationship => rows(file, advance, Part::Relationships),
                Content::ConcreteValues => rows(file, advance, Part::ConcreteValues),
                Content::LanguageRefset => rows(file, advance, Part::Language),
                // Module dependencies are a refset too: what is wrong with a line is told once.
                Content::ModuleDependency => {
                    let (mut rows, problems, mut notes) = read_file(entry, versions, advance)?;
                    let times = std::mem::take(&mut rows.times);
                    let (file, more, all) = refset::read_refset("ss", entry, versions, &|_| {})?;
                    notes.append_absent(all);
                    let problems = if problems.named.is_empty() { more } else { problems };
                    Ok((Part::Dependencies(rows, file), times, problems, notes))
                }
                Content::Refset(pattern) => {
                    let (mut file, problems, notes) =
                        refset::read_refset(&pattern, entry, versions, advance)?;
                    let times = std::mem::take(&mut file.rows.times);
                    Ok((Part::Refset(file), times, problems, notes))
                }
                Content::Identifier => {
                    let (mut rows, problems, notes) = read_identifiers(entry, versions, advance)?;
                    let times = std::mem::take(&mut rows.times);
                    Ok((Part::Identifiers(rows), times, problems, notes))
                }
                Content::Other => {
                    let (rows, times) = count_rows(entry, versions, advance)?;
                    let name = entry.file_name().to_owned();
                    whole(Part::SetAside(SetAside { name, rows }), times)
                }
            }
        }
        Job::Hash(entry) => {
            let (name, sha256) = (entry.file_name().to_owned(), entry.sha256()?);
            whole(Part::Source(SourceFile { name, bytes: entry.bytes, sha256 }), Vec::new())
        }
        Job::HashArchive(path) => whole(Part::Source(release::hash_file(path)?), Vec::new()),
    }
}

/// The parts by kind, in the order of the files.
#[derive(Default)]
struct Files {
    concepts: Vec<Concepts>,
    descriptions: Vec<Descriptions>,
    relationships: Vec<Relationships>,
    language: Vec<LanguageRows>,
    refsets: Vec<RefsetFile>,
}

impl Files {
    fn take(&mut self, part: Part, release: &mut Release) {
        match part {
            Part::Concepts(file) => self.concepts.extend(file.parts),
            Part::Descriptions(file) => self.descriptions.extend(file.parts),
            Part::Relationships(file) => self.relationships.extend(file.parts),
            Part::ConcreteValues(file) => {
                self.relationships.extend(file.parts.into_iter().map(|values| values.0));
            }
            Part::Language(file) => self.language.extend(file.parts),
            Part::Dependencies(file, refset) => {
                self.refsets.push(refset);
                release.dependencies.extend(file.parts.into_iter().flat_map(|part| part.rows));
            }
            Part::Refset(file) => self.refsets.push(file),
            Part::Identifiers(file) => {
                release.identifiers.extend(file.parts.into_iter().flatten());
            }
            Part::SetAside(set_aside) => release.set_aside.push(set_aside),
            Part::Source(source) => release.sources.push(source),
        }
    }

    /// Joins the parts: their own numbers become those of the release.
    fn assemble(self, release: &mut Release) -> Result<(), BuildError> {
        let (statuses, numbers) = Interned::join(self.concepts.iter().map(|p| p.statuses.keys()));
        release.statuses = statuses;
        for (part, numbers) in self.concepts.into_iter().zip(numbers) {
            release.concepts.extend(part.rows.into_iter().map(|mut row| {
                row.status = numbers[row.status as usize];
                row
            }));
        }

        let (kinds, numbers) = Interned::join(self.descriptions.iter().map(|p| p.kinds.keys()));
        release.description_kinds = kinds;
        let total = self.descriptions.iter().map(|part| part.rows.len()).sum();
        release.descriptions.reserve_exact(total);
        for (part, numbers) in self.descriptions.into_iter().zip(numbers) {
            let arena = u16::try_from(release.arenas.len())
                .map_err(|_| BuildError::TooLarge { what: "descriptions" })?;
            release.arenas.push(part.text);
            release.descriptions.extend(part.rows.into_iter().map(|mut row| {
                row.kind = numbers[row.kind as usize];
                row.arena = arena;
                row
            }));
        }

        let (kinds, numbers) = Interned::join(self.relationships.iter().map(|p| p.kinds.keys()));
        release.relationship_kinds = kinds;
        let mut values: Vec<&String> =
            self.relationships.iter().flat_map(|part| &part.values).collect();
        values.sort_unstable_by(|one, other| published_order(one, other));
        values.dedup();
        release.values = values.into_iter().cloned().collect();
        let total = self.relationships.iter().map(|part| part.rows.len()).sum();
        release.relationships.reserve_exact(total);
        for (part, numbers) in self.relationships.into_iter().zip(numbers) {
            let number_of = |value: u32| {
                let text = &part.values[value as usize];
                release.values.partition_point(|other| published_order(other, text).is_lt()) as u32
            };
            release.relationships.extend(part.rows.into_iter().map(|mut row| {
                // Kinds were counted in 16 bits in each part, and joined they are hardly more.
                row.kind = numbers[usize::from(row.kind)] as u16;
                if let Target::Value(value) = row.target {
                    row.target = Target::Value(number_of(value));
                }
                row
            }));
        }
        if release.relationship_kinds.len() > usize::from(u16::MAX) {
            return Err(BuildError::TooLarge { what: "kinds of relationship" });
        }

        let (memberships, numbers) =
            Interned::join(self.language.iter().map(|part| part.memberships.keys()));
        release.memberships = memberships;
        let total = self.language.iter().map(|part| part.rows.len()).sum();
        release.language_rows.reserve_exact(total);
        release.refsets = RefsetRows::assemble(self.refsets)?;
        for (part, numbers) in self.language.into_iter().zip(numbers) {
            release.refsets.unusual.extend(part.unusual.0);
            release.language_rows.extend(part.rows.into_iter().map(|mut row| {
                row.membership = numbers[row.membership as usize];
                row
            }));
        }
        release.rows_read = (release.concepts.len()
            + release.descriptions.len()
            + release.relationships.len()
            + release.language_rows.len()
            + release.refsets.rows()
            + release.identifiers.len()) as u64;
        Ok(())
    }
}
