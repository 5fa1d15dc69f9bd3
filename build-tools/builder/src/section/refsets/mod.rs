//! Refsets: every row, every column. Read by `farr::snomed::refset`.

mod associations;
mod codes;
mod columns;
mod descriptors;
mod identifiers;
mod membership;
mod parts;
mod source;

use farr::index::format;
use rayon::prelude::*;
use rustc_hash::FxHashMap;

use super::Section;
use super::bytes::{texts, u32s, u64s};
use crate::error::BuildError;
use crate::problem::Notes;
use crate::rf2::UNPUBLISHED;
use crate::rf2::refset::{Texts, Values};
use crate::snomed::{Numbering, Release};
use codes::Codes;
use columns::Column;
use parts::Part;
use source::{Source, acceptability, sources};

/// What was written.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Counts {
    pub(crate) refsets: u64,
    pub(crate) rows: u64,
    pub(crate) active_rows: u64,
    pub(crate) identifiers: u64,
}

/// Writes the refsets and the alternate identifiers of a merged release, which are used up;
/// `descriptions` is the section of the descriptions.
pub(crate) fn sections(
    release: &mut Release,
    numbering: &Numbering,
    descriptions: &[u8],
    notes: &mut Notes,
    send: impl Fn(Section),
) -> Result<Counts, BuildError> {
    let concepts = numbering.concepts();
    let mut codes = Codes::new(&numbering.ids[..concepts as usize], descriptions);
    let sources = sources(release);
    let mut referenced: Vec<Vec<u32>> = Vec::with_capacity(sources.len());
    for source in &sources {
        referenced.push(codes.see(source.table.rows.par_iter().map(|row| row.component)));
        for values in &source.table.values {
            if let Values::Components(ids) = values {
                // What is no id is none of a concept either, and is left out again.
                codes.see(ids.par_iter().copied());
            }
        }
    }
    let acceptabilities = sources.iter().filter(|source| source.is_language);
    let acceptabilities = acceptabilities.flat_map(|source| &source.memberships);
    let mut ids: Vec<u64> = acceptabilities.map(acceptability).collect();
    ids.sort_unstable();
    ids.dedup();
    let named = |row: &crate::rf2::Identifier| [row.scheme, row.component];
    ids.extend(release.identifiers.iter().flat_map(named));
    codes.see(ids.into_par_iter());
    codes.others.retain(|id| *id != 0 && id & crate::rf2::refset::NO_ID == 0);
    codes.number()?;
    for (source, referenced) in sources.iter().zip(&mut referenced) {
        codes.complete(referenced, source.table.rows.par_iter().map(|row| row.component));
    }

    let mut refsets: Vec<u64> = sources
        .iter()
        .flat_map(|source| source.memberships.iter().map(|membership| membership.refset))
        .collect();
    refsets.sort_unstable();
    refsets.dedup();
    if refsets.len() >= usize::from(u16::MAX) || sources.len() >= usize::from(u16::MAX) {
        return Err(BuildError::TooLarge { what: "refsets" });
    }
    let total: usize = sources.iter().map(|source| source.table.rows.len()).sum();
    if total >= 1 << 30 {
        return Err(BuildError::TooLarge { what: "refset rows" });
    }

    let (statuses, status_section) = statuses(&sources, release)?;
    let unusual_ids = release.refsets.unusual_ids();
    let mut pool = Texts::default();
    let mut all_parts: Vec<Part> = Vec::new();
    let mut tables: Vec<Vec<Column>> = Vec::with_capacity(sources.len());
    let mut table_records: Vec<u32> = Vec::new();
    let (mut rows, mut column_count) = (0_u32, 0_u32);
    let mut ids: Vec<u8> = Vec::with_capacity(total * 16);
    let mut components: Vec<u32> = Vec::with_capacity(total);
    let mut status: Vec<u8> = Vec::with_capacity(total * 2);
    let mut unusual: Vec<(u32, &str)> = Vec::new();
    // Each table is let go once it is written: the language rows alone are some hundred megabytes.
    for ((source, referenced), table) in sources.into_iter().zip(referenced).zip(0..) {
        let order = parts::order(&source, &referenced, &refsets);
        all_parts.extend(parts::parts(&source, &order, &refsets, table, rows));
        table_records.extend([rows, column_count]);
        let members = &source.table.rows;
        let from = ids.len();
        ids.resize(from + order.len() * 16, 0);
        let places = ids[from..].as_chunks_mut::<16>().0;
        places.par_iter_mut().zip(&order).for_each(|(place, row)| {
            // The first digits first.
            *place = members[*row as usize].member.swap_bytes().to_le_bytes();
        });
        components.par_extend(order.par_iter().map(|row| referenced[*row as usize]));
        drop(referenced);
        let from = status.len();
        status.resize(from + order.len() * 2, 0);
        let places = status[from..].as_chunks_mut::<2>().0;
        places.par_iter_mut().zip(&order).for_each(|(place, row)| {
            let key = (source.membership(*row).module, members[*row as usize].effective_time);
            *place = statuses[&key].to_le_bytes();
        });
        if !unusual_ids.is_empty() {
            unusual.extend(order.iter().zip(rows..).filter_map(|(row, at)| {
                Some((at, *unusual_ids.get(&members[*row as usize].member)?))
            }));
        }
        let texts = &release.refsets.texts;
        let columns = columns_of(&source, &order, rows, &codes, texts, &mut pool);
        rows += order.len() as u32;
        column_count += columns.len() as u32;
        tables.push(columns);
    }
    table_records.extend([rows, column_count]);
    all_parts.sort_unstable_by_key(|part| (part.refset, part.table));

    send(Section::new(format::MEMBER_IDS, rows as usize, ids));
    send(Section::new(format::MEMBER_STATUS, rows as usize, status));
    send(status_section);
    let unusual_rows: Vec<u32> = unusual.iter().map(|(row, _)| *row).collect();
    send(Section::new(format::UNUSUAL_MEMBERS, unusual.len(), u32s(&unusual_rows)));
    send(texts(format::UNUSUAL_MEMBER_IDS, unusual.iter().map(|(_, text)| *text)));

    let identifiers = std::mem::take(&mut release.identifiers);
    for row in &identifiers {
        pool.number(&row.text);
    }
    let mut all_texts: Vec<(Box<str>, u32)> = pool.into_texts().into_iter().zip(0..).collect();
    all_texts.par_sort_unstable();
    if all_texts.len() >= 1 << 30
        || all_texts.iter().map(|(text, _)| text.len()).sum::<usize>() > u32::MAX as usize
    {
        return Err(BuildError::TooLarge { what: "texts of refsets" });
    }
    let mut renumbered = vec![0_u32; all_texts.len()];
    for ((_, old), new) in all_texts.iter().zip(0..) {
        renumbered[*old as usize] = new;
    }
    columns::sections(&mut tables, &all_parts, &renumbered)?.into_iter().for_each(&send);
    let text_number = |text: &str| all_texts.partition_point(|(other, _)| **other < *text) as u32;
    identifiers::sections(&identifiers, &codes, &statuses, text_number).into_iter().for_each(&send);
    send(texts(format::MEMBER_TEXTS, all_texts.iter().map(|(text, _)| &**text)));
    let historical =
        associations::historical(&refsets, &all_parts, &tables, numbering, |id| codes.concept(id));
    associations::sections(&historical, &all_parts, &tables, &components, concepts)
        .into_iter()
        .for_each(&send);
    descriptors::check(
        &refsets,
        &all_parts,
        &tables,
        &components,
        numbering,
        |id| codes.concept(id),
        notes,
    );
    membership::sections(&refsets, &all_parts, &components, concepts)?.into_iter().for_each(&send);
    send(Section::new(format::REFSET_TABLES, tables.len(), u32s(&table_records)));
    send(Section::new(format::REFERENCED_COMPONENTS, components.len(), u32s(&components)));
    let others = codes.others.iter().copied();
    send(Section::new(format::OTHER_COMPONENTS, codes.others.len(), u64s(others)));
    Ok(Counts {
        refsets: refsets.len() as u64,
        rows: u64::from(rows),
        active_rows: all_parts.iter().map(|part| u64::from(part.active)).sum(),
        identifiers: identifiers.len() as u64,
    })
}

/// The columns of a table in the order of its rows.
fn columns_of(
    source: &Source,
    order: &[u32],
    first: u32,
    codes: &Codes,
    texts: &[Box<str>],
    pool: &mut Texts,
) -> Vec<Column> {
    let table = &source.table;
    let columns = table.names.iter().zip(&table.values);
    columns
        .map(|(name, values)| match values {
            Values::Components(_) if source.is_language => {
                let ids = order.iter().map(|row| acceptability(source.membership(*row)));
                // Two codes, looked up once.
                let (mut last, mut code) = (0, 0);
                let values = ids.map(|id| {
                    if id != last {
                        (last, code) = (id, codes.code(id));
                    }
                    code
                });
                Column::new(b'c', name, first, values.collect())
            }
            Values::Components(ids) => {
                let ids = order.iter().map(|row| ids[*row as usize]);
                Column::components(name, first, ids, codes, texts, pool)
            }
            Values::Integers(integers) => {
                let bits = |row: &u32| u32::from_le_bytes(integers[*row as usize].to_le_bytes());
                Column::new(b'i', name, first, order.iter().map(bits).collect())
            }
            Values::Texts(column) => Column::texts(name, first, column, order, codes, texts, pool),
        })
        .collect()
}

type Statuses = FxHashMap<(u64, u32), u16>;

/// The distinct modules and effective times, and their section.
fn statuses(sources: &[Source], release: &Release) -> Result<(Statuses, Section), BuildError> {
    let mut found: Statuses = FxHashMap::default();
    for source in sources {
        let mut last = None;
        for row in &source.table.rows {
            let module = source.memberships[row.membership as usize].module;
            let key = (module, row.effective_time);
            if last != Some(key) {
                found.insert(key, 0);
                last = Some(key);
            }
        }
    }
    found.extend(release.identifiers.iter().map(|row| ((row.module, row.effective_time), 0)));
    let mut all: Vec<(u64, u32)> = found.keys().copied().collect();
    all.sort_unstable();
    if all.len() > usize::from(u16::MAX) {
        return Err(BuildError::TooLarge { what: "modules and effective times" });
    }
    let mut bytes: Vec<u8> = Vec::with_capacity(all.len() * 12);
    for (number, key) in all.iter().enumerate() {
        found.insert(*key, number as u16);
        let time = if key.1 == UNPUBLISHED { 0 } else { key.1 };
        bytes.extend_from_slice(&key.0.to_le_bytes());
        bytes.extend_from_slice(&time.to_le_bytes());
    }
    Ok((found, Section::new(format::MEMBER_STATUSES, all.len(), bytes)))
}
