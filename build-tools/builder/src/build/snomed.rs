//! The part of a build that is SNOMED CT.

use std::collections::BTreeMap;

use farr::index::{Meta, format};

use super::{BUILDER, Build, Sections};
use crate::error::BuildError;
use crate::history::{self, HistoryTables};
use crate::problem::{NoteKind, Notes};
use crate::progress::Progress;
use crate::release::ReleaseType;
use crate::section::descriptions::{Descriptions, TypeOrder};
use crate::section::history as history_sections;
use crate::section::search::{SearchSections, SearchTerm, search_sections};
use crate::section::{Section, attributes, concepts, descriptions, hierarchy, languages, refsets};
use crate::snomed::{self, Numbering, Release};

/// Makes the sections of a merged release of SNOMED CT, in the order of the file.
pub(super) fn make(
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
            let numbering = Numbering::new(release, build.rootless, &mut notes)?;
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
        classifications: Vec::new(),
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
