//! Which row of its table each record becomes, and what the numbers in its columns are.

use farr::dmd::schema::{Kind, List, TABLES, Table, TableId};
use rayon::prelude::*;
use rustc_hash::FxHashMap;

use super::log::Log;
use super::read::DmdRelease;
use super::value::ABSENT;
use super::xml::Cells;
use crate::error::BuildError;
use crate::problem::{NoteKind, Notes};
use crate::rf2::Problems;
use crate::snomed::IdTable;

/// The rows of one table, in the order of the index.
#[derive(Debug, Default)]
pub(crate) struct TableOrder {
    /// The row as read, for each row of the index.
    pub(crate) order: Vec<u32>,
    /// The row of the index, by id.
    ids: Option<IdTable>,
}

impl TableOrder {
    /// How many rows there are.
    pub(crate) fn rows(&self) -> u32 {
        self.order.len() as u32
    }
}

/// An entry of a lookup list: its code, and its row as read, where the lookup file has it.
type Entry = (u64, Option<u32>);

/// The numbers of a release.
#[derive(Debug)]
pub(crate) struct DmdNumbering {
    /// By number of the table. The lookup table has its rows in `lists`.
    pub(crate) tables: Vec<TableOrder>,
    /// Ids that rows refer to and tables lack, ascending.
    pub(crate) missing: Vec<u64>,
    /// The entries of each list, by code.
    pub(crate) lists: Vec<Vec<(u64, Option<u32>)>>,
}

/// What the logs of all files have to say of references.
struct Told<'r> {
    release: &'r DmdRelease,
    logs: Vec<Log>,
}

impl Told<'_> {
    fn note(&mut self, file: usize, kind: NoteKind, at: u64, what: impl FnOnce() -> String) {
        self.logs[file].note(kind, at, what);
    }

    fn tell(self, notes: &mut Notes) -> Result<(), BuildError> {
        let mut problems = Problems::default();
        for (log, file) in self.logs.into_iter().zip(&self.release.files) {
            log.tell(&file.entry, &mut problems, notes)?;
        }
        problems.into_result()
    }
}

impl DmdNumbering {
    /// Numbers the rows of a release. What does not fit together goes to the notes.
    pub(crate) fn new(release: &DmdRelease, notes: &mut Notes) -> Result<DmdNumbering, BuildError> {
        let logs = release.files.iter().map(|_| Log::default()).collect();
        let mut told = Told { release, logs };
        let kept: Vec<Vec<u32>> =
            TABLES.iter().map(|table| kept(release, table, &mut told)).collect();
        let lists = lists(release, &kept, &mut told)?;
        let mut numbering = DmdNumbering {
            tables: TABLES.iter().map(|_| TableOrder::default()).collect(),
            missing: Vec::new(),
            lists,
        };
        // Ids first, for what is missing must be known before anything is in order.
        for (table, kept) in TABLES.iter().zip(&kept) {
            if let (Some(column), Some((_, cells))) = (table.id_column(), release.table(table.id)) {
                let ids = kept.iter().map(|row| (cells.row(*row as usize)[column], *row));
                let ids: Vec<(u64, u32)> = ids.collect();
                numbering.tables[table.id.number()].ids = Some(IdTable::new(ids.into_iter()));
            }
        }
        numbering.missing = numbering.find_missing(release, &kept, &mut told);
        // In the order in which tables own each other.
        let owned = |table: &Table| table.owner.is_some();
        let with_id = |table: &Table| table.id_column().is_some();
        let of_vmps = [TableId::Vmp, TableId::Amp, TableId::Vmpp, TableId::Ampp];
        let first = TABLES.into_iter().filter(|table| with_id(table) && !owned(table));
        let products = of_vmps.into_iter().map(TableId::table);
        let rest = TABLES.into_iter().filter(|table| !with_id(table));
        let all: Vec<&Table> = first.chain(products).chain(rest).collect();
        let mut kept: Vec<Option<Vec<u32>>> = kept.into_iter().map(Some).collect();
        for table in all {
            let rows = kept[table.id.number()].take().unwrap_or_default();
            if let (Some((_, cells)), true) = (release.table(table.id), table.id != TableId::Lookup)
            {
                numbering.order(table, cells, rows);
            }
        }
        numbering.check_packs(release, &mut told);
        numbering.check_levels(release, &mut told);
        told.tell(notes)?;
        Ok(numbering)
    }

    /// Puts the rows of a table in order, and its ids at their new places.
    fn order(&mut self, table: &'static Table, cells: &Cells, mut rows: Vec<u32>) {
        let id = table.id_column();
        let owner = table.owner.map(|owner| table.column(owner));
        let key = |row: &u32| -> (u64, u64, u64, u64) {
            let cells = cells.row(*row as usize);
            let owned = owner.map_or(0, |column| match table.columns[column].kind {
                Kind::Reference(owning) => u64::from(self.reference(owning, cells[column])),
                _ => 0,
            });
            match (id, table.file) {
                (Some(id), _) => (owned, cells[id], 0, 0),
                // Equal rows are equal in all their cells, or stay in the order of the file.
                (None, "f_history1") => (cells[0], cells[1], cells[2], cells[3]),
                _ => (owned, u64::from(*row), 0, 0),
            }
        };
        rows.par_sort_by_cached_key(key);
        let ids = id.map(|id| {
            let new = rows.iter().zip(0..).map(|(row, new)| (cells.row(*row as usize)[id], new));
            let new: Vec<(u64, u32)> = new.collect();
            IdTable::new(new.into_iter())
        });
        self.tables[table.id.number()] = TableOrder { order: rows, ids };
    }

    /// The rows of a table that are kept, by their numbers as read.
    pub(crate) fn rows_as_read(&self, table: TableId) -> impl Iterator<Item = u32> + '_ {
        let entries = self.lists.iter().flatten().filter_map(|(_, row)| *row);
        let of_lists = entries.filter(move |_| table == TableId::Lookup);
        self.tables[table.number()].order.iter().copied().chain(of_lists)
    }

    /// The row that an id has in a table.
    pub(crate) fn row(&self, table: TableId, id: u64) -> Option<u32> {
        self.tables[table.number()].ids.as_ref()?.get(id)
    }

    /// The number of a reference, as an index stores it.
    pub(crate) fn reference(&self, table: TableId, id: u64) -> u32 {
        if id == ABSENT {
            return Kind::NONE_U32;
        }
        self.row(table, id).unwrap_or_else(|| {
            let place = self.missing.binary_search(&id).unwrap_or_default() as u32;
            self.tables[table.number()].rows() + place
        })
    }

    /// The place of a code in its list, as an index stores it.
    pub(crate) fn code(&self, list: List, code: u64) -> u16 {
        if code == ABSENT {
            return farr::index::format::NONE_U16;
        }
        let entries = &self.lists[list.number()];
        entries.binary_search_by_key(&code, |entry| entry.0).unwrap_or_default() as u16
    }

    /// The ids that rows refer to and their tables lack.
    fn find_missing(
        &self,
        release: &DmdRelease,
        kept: &[Vec<u32>],
        told: &mut Told<'_>,
    ) -> Vec<u64> {
        let mut missing = Vec::new();
        for table in TABLES {
            let Some((file, cells)) = release.table(table.id) else { continue };
            for (column, described) in table.columns.iter().enumerate() {
                let Kind::Reference(target) = described.kind else { continue };
                let is_here = release.table(target).is_some();
                let supplementary = release.files[file].supplementary;
                let mut alone = None;
                for row in &kept[table.id.number()] {
                    let id = cells.row(*row as usize)[column];
                    if id == ABSENT || self.row(target, id).is_some() {
                        continue;
                    }
                    missing.push(id);
                    let at = cells.at[*row as usize];
                    if supplementary && !is_here {
                        alone.get_or_insert(at);
                    } else {
                        let element = described.element;
                        told.note(file, NoteKind::DanglingId, at, || format!("{element} {id}"));
                    }
                }
                if let Some(at) = alone {
                    let what = || format!("{} ({})", described.element, target.table().file);
                    told.note(file, NoteKind::SupplementaryAlone, at, what);
                }
            }
        }
        missing.par_sort_unstable();
        missing.dedup();
        missing
    }

    /// An AMPP is of the VMP of its AMP, and its VMPP is of the same.
    fn check_packs(&self, release: &DmdRelease, told: &mut Told<'_>) {
        let ampp = TableId::Ampp.table();
        let columns = (ampp.column("VPPID"), ampp.column("APID"));
        let vmp_of = |table: TableId, id: u64| {
            let (_, cells) = release.table(table)?;
            let row = self.tables[table.number()].order.get(self.row(table, id)? as usize)?;
            Some(cells.row(*row as usize)[table.table().column("VPID")])
        };
        let Some((file, cells)) = release.table(TableId::Ampp) else { return };
        for row in &self.tables[TableId::Ampp.number()].order {
            let record = cells.row(*row as usize);
            let by_vmpp = vmp_of(TableId::Vmpp, record[columns.0]);
            let by_amp = vmp_of(TableId::Amp, record[columns.1]);
            if by_vmpp.zip(by_amp).is_some_and(|(one, other)| one != other) {
                let at = cells.at[*row as usize];
                told.note(file, NoteKind::PackDisagrees, at, || record[0].to_string());
            }
        }
    }

    /// An id names one product.
    fn check_levels(&self, release: &DmdRelease, told: &mut Told<'_>) {
        let levels = [TableId::Vtm, TableId::Vmp, TableId::Amp, TableId::Vmpp, TableId::Ampp];
        for (number, level) in levels.into_iter().enumerate() {
            let Some((file, cells)) = release.table(level) else { continue };
            let column = level.table().id_column().unwrap_or_default();
            for row in &self.tables[level.number()].order {
                let id = cells.row(*row as usize)[column];
                if levels[..number].iter().any(|above| self.row(*above, id).is_some()) {
                    let at = cells.at[*row as usize];
                    told.note(file, NoteKind::IdAtTwoLevels, at, || id.to_string());
                }
            }
        }
    }
}

/// The rows of a table to keep: of those with one id the first.
fn kept(release: &DmdRelease, table: &'static Table, told: &mut Told<'_>) -> Vec<u32> {
    let Some((file, cells)) = release.table(table.id) else { return Vec::new() };
    let rows = 0..cells.rows() as u32;
    let Some(column) = table.id_column() else { return rows.collect() };
    let text = &release.files[file].cells;
    let same = |one: &[u64], other: &[u64]| {
        table.columns.iter().zip(one.iter().zip(other)).all(|(column, (one, other))| {
            match column.kind {
                Kind::Text | Kind::Decimal => text.text(*one) == text.text(*other),
                _ => one == other,
            }
        })
    };
    let mut firsts: FxHashMap<u64, u32> = FxHashMap::default();
    firsts.reserve(cells.rows());
    rows.filter(|row| {
        let record = cells.row(*row as usize);
        let first = *firsts.entry(record[column]).or_insert(*row);
        if first != *row {
            let kind = match same(cells.row(first as usize), record) {
                true => NoteKind::RecordRepeated,
                false => NoteKind::RecordConflict,
            };
            told.note(file, kind, cells.at[*row as usize], || record[column].to_string());
        }
        first == *row
    })
    .collect()
}

/// The entries of all lists: those of the lookup file, and the codes that rows have beyond them.
fn lists(
    release: &DmdRelease,
    kept: &[Vec<u32>],
    told: &mut Told<'_>,
) -> Result<Vec<Vec<Entry>>, BuildError> {
    let mut lists: Vec<Vec<Entry>> = List::ALL.iter().map(|_| Vec::new()).collect();
    let lookup = release.table(TableId::Lookup);
    if let Some((file, cells)) = lookup {
        let text = &release.files[file].cells;
        for (row, list) in (0..).zip(&cells.lists) {
            lists[list.number()].push((cells.row(row as usize)[0], Some(row)));
        }
        for entries in &mut lists {
            entries.sort_unstable();
            entries.dedup_by(|later, first| {
                if later.0 != first.0 {
                    return false;
                }
                let (later, first) = (later.1.unwrap_or_default(), first.1.unwrap_or_default());
                let (one, other) = (cells.row(first as usize), cells.row(later as usize));
                let same = one[..4] == other[..4] && text.text(one[4]) == text.text(other[4]);
                let kind = match same {
                    true => NoteKind::RecordRepeated,
                    false => NoteKind::RecordConflict,
                };
                let at = cells.at[later as usize];
                told.note(file, kind, at, || {
                    format!("{} {}", cells.lists[later as usize].element(), one[0])
                });
                true
            });
        }
    }
    let mut further: Vec<Vec<u64>> = List::ALL.iter().map(|_| Vec::new()).collect();
    for table in TABLES {
        let Some((file, cells)) = release.table(table.id) else { continue };
        for (column, described) in table.columns.iter().enumerate() {
            let Kind::Code(list) = described.kind else { continue };
            let entries = &lists[list.number()];
            let alone = release.files[file].supplementary && lookup.is_none();
            let mut first = None;
            for row in kept[table.id.number()].iter().map(|row| *row as usize) {
                let code = cells.row(row)[column];
                let known = entries.binary_search_by_key(&code, |entry| entry.0).is_ok();
                if code == ABSENT || known {
                    continue;
                }
                further[list.number()].push(code);
                match alone {
                    true => _ = first.get_or_insert(cells.at[row]),
                    false => {
                        let element = described.element;
                        let what = || format!("{element} {code}");
                        told.note(file, NoteKind::UnknownCode, cells.at[row], what);
                    }
                }
            }
            if let Some(at) = first {
                let what = || format!("{} (f_lookup2)", described.element);
                told.note(file, NoteKind::SupplementaryAlone, at, what);
            }
        }
    }
    for (entries, mut codes) in lists.iter_mut().zip(further) {
        codes.sort_unstable();
        codes.dedup();
        entries.extend(codes.into_iter().map(|code| (code, None)));
        entries.sort_unstable();
        if entries.len() >= usize::from(farr::index::format::NONE_U16) {
            return Err(BuildError::TooLarge { what: "entries of a lookup list" });
        }
    }
    Ok(lists)
}
