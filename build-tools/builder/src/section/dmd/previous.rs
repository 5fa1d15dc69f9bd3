//! Ids through time: read by `farr::dmd::previous`.

use farr::dmd::schema::{List, TableId};
use farr::index::format::{DMD_CURRENT, DMD_PREVIOUS, DMD_PREVIOUS_LENGTH};

use crate::dmd::{ABSENT, DmdNumbering, DmdRelease};
use crate::section::Section;
use crate::section::bytes::u32s;

/// Previous id, current id, kind, source, start, end.
type Row = (u64, u64, u32, u32, u32, u32);

/// The element of a thing itself says so.
const RECORD: u32 = 0;
/// The history file says so.
const HISTORY: u32 = 1;

/// The sections.
pub(super) fn sections(release: &DmdRelease, numbering: &DmdNumbering) -> Vec<Section> {
    let mut rows = of_records(release, numbering);
    rows.extend(of_lookup(release, numbering));
    for table in [
        TableId::VtmHistory,
        TableId::VmpHistory,
        TableId::IngredientHistory,
        TableId::SupplierHistory,
        TableId::FormHistory,
        TableId::RouteHistory,
        TableId::UnitOfMeasureHistory,
    ] {
        let Some((_, cells)) = release.table(table) else { continue };
        let date = |cell: u64| if cell == ABSENT { 0 } else { cell as u32 };
        for row in 0..cells.rows() {
            if let [current, previous, start, end] = *cells.row(row)
                && current != ABSENT
                && previous != ABSENT
            {
                let kind = table.number() as u32;
                rows.push((previous, current, kind, HISTORY, date(start), date(end)));
            }
        }
    }
    rows.sort_unstable();
    rows.dedup();
    let mut bytes = Vec::with_capacity(rows.len() * DMD_PREVIOUS_LENGTH);
    for (previous, current, kind, source, start, end) in &rows {
        bytes.extend_from_slice(&previous.to_le_bytes());
        bytes.extend_from_slice(&current.to_le_bytes());
        bytes.extend_from_slice(&u32s(&[*kind, *source, *start, *end]));
    }
    let mut order: Vec<u32> = (0..rows.len() as u32).collect();
    order.sort_by_key(|row| rows[*row as usize].1);
    vec![
        Section::new(DMD_PREVIOUS, rows.len(), bytes),
        Section::new(DMD_CURRENT, order.len(), u32s(&order)),
    ]
}

fn of_records(release: &DmdRelease, numbering: &DmdNumbering) -> Vec<Row> {
    let elements = [
        (TableId::Vtm, "VTMIDPREV", TableId::VtmHistory),
        (TableId::Vmp, "VPIDPREV", TableId::VmpHistory),
        (TableId::Ingredient, "ISIDPREV", TableId::IngredientHistory),
        (TableId::TradeFamily, "TFIDPREV", TableId::TradeFamily),
        (TableId::TradeFamilyGroup, "TFGIDPREV", TableId::TradeFamilyGroup),
    ];
    let mut found = Vec::new();
    for (table, element, kind) in elements {
        let Some((_, cells)) = release.table(table) else { continue };
        let described = table.table();
        let (id, previous) = (described.id_column().unwrap_or_default(), described.column(element));
        for row in numbering.rows_as_read(table) {
            let record = cells.row(row as usize);
            if record[previous] != ABSENT {
                found.push((record[previous], record[id], kind.number() as u32, RECORD, 0, 0));
            }
        }
    }
    found
}

fn of_lookup(release: &DmdRelease, numbering: &DmdNumbering) -> Vec<Row> {
    let Some((_, cells)) = release.table(TableId::Lookup) else { return Vec::new() };
    let previous = TableId::Lookup.table().column("CDPREV");
    let kinds = [
        (List::Supplier, TableId::SupplierHistory),
        (List::Form, TableId::FormHistory),
        (List::Route, TableId::RouteHistory),
        (List::UnitOfMeasure, TableId::UnitOfMeasureHistory),
    ];
    let of_list = |(list, kind): (List, TableId)| {
        let entries = numbering.lists[list.number()].iter();
        entries.filter_map(move |(code, row)| {
            let before = cells.row((*row)? as usize)[previous];
            // Codes of these lists are SCTIDs; what is none is no id.
            let is_id = farr::Sctid::as_published(*code).is_some() && before != ABSENT;
            is_id.then_some((before, *code, kind.number() as u32, RECORD, 0, 0))
        })
    };
    kinds.into_iter().flat_map(of_list).collect()
}
