//! Releases of dm+d: the one in `testdata`, and what their elements hold, as text.

use std::collections::BTreeMap;
use std::path::PathBuf;

use farr::Terminology;
use farr::dmd::schema::{Kind, TABLES, Table, TableId};
use farr::dmd::{DmdRecord, ElementValue, LookupEntry, Product, Record};

use super::naive_dmd::NaiveRecord;
use super::testdata;

/// The main and the supplementary release in `testdata`.
pub(crate) fn dmd_folders() -> [PathBuf; 2] {
    ["nhsbsa_dmd_8.0.0_20260801000001", "nhsbsa_dmdbonus_8.0.0_20260801000001"]
        .map(|release| testdata("dmd").join(release))
}

/// The golden file of the dm+d release, open.
pub(crate) fn dmd_terminology() -> Terminology {
    Terminology::from_bytes(super::dmd_index()).expect("the golden file is good")
}

/// The table of a record.
pub(crate) fn table_of(record: &NaiveRecord) -> &'static Table {
    let found = TABLES.into_iter().find(|table| record.is_at(table.path));
    found.unwrap_or_else(|| panic!("the schema has no table for {record:?}"))
}

/// Table, list where it is a lookup entry, and names and values of elements, by name: what must be
/// the same in the files and in the index.
pub(crate) type Said = (TableId, String, Vec<(String, String)>);

/// What a record of the files says.
pub(crate) fn said_by_files(record: &NaiveRecord) -> Said {
    let table = table_of(record);
    let list = if table.id == TableId::Lookup { record.path[1].clone() } else { String::new() };
    let mut elements = Vec::new();
    for (name, text) in &record.elements {
        let column = table.columns.iter().find(|column| column.element == name);
        let column = column.unwrap_or_else(|| panic!("the schema lacks {name} of {record:?}"));
        elements.push((name.clone(), published(column.kind, text)));
    }
    elements.sort();
    (table.id, list, elements)
}

/// A text in the one way in which values are compared: numbers without leading zeros, everything
/// else as published.
fn published(kind: Kind, text: &str) -> String {
    match kind {
        Kind::Text => text.to_owned(),
        Kind::Decimal | Kind::Date => text.trim().to_owned(),
        _ => text.trim().parse::<u64>().expect("a number").to_string(),
    }
}

/// What a record of the index says.
pub(crate) fn said_by_index(record: Record<'_>) -> Said {
    let table = record.table();
    let mut elements = Vec::new();
    for element in record.elements() {
        let value = match element.value {
            ElementValue::Id(id) => id.value().to_string(),
            ElementValue::Code(entry) => entry.code().to_string(),
            ElementValue::Number(number) | ElementValue::Gtin(number) => number.to_string(),
            ElementValue::Integer(number) => number.to_string(),
            ElementValue::Text(text) => text.to_owned(),
            ElementValue::Decimal(number) => number.as_published().to_owned(),
            ElementValue::Date(date) => date.to_string(),
            ElementValue::Flag(flag) => u8::from(flag).to_string(),
            other => panic!("a kind of value that no test knows: {other:?}"),
        };
        elements.push((element.name.to_owned(), value));
    }
    elements.sort();
    (table.id, String::new(), elements)
}

/// What an entry of a lookup list says.
pub(crate) fn said_by_entry(entry: LookupEntry<'_>) -> Said {
    let (table, _, elements) = said_by_index(entry.record());
    (table, entry.list().expect("it stands in a list").element().to_owned(), elements)
}

fn all<'t, R: DmdRecord<'t>>(rows: impl Iterator<Item = R>) -> Vec<Record<'t>> {
    rows.map(DmdRecord::record).collect()
}

/// All records that belong to a product.
pub(crate) fn belonging<'t>(product: Product<'t>) -> Vec<Record<'t>> {
    match product {
        Product::Vtm(vtm) => [all(vtm.vmps()), all(vtm.ingredients())].concat(),
        Product::Vmp(vmp) => [
            all(vmp.amps()),
            all(vmp.vmpps()),
            all(vmp.ingredients()),
            all(vmp.ont_drug_forms()),
            all(vmp.drug_forms()),
            all(vmp.drug_routes()),
            all(vmp.control_drug_info()),
            all(vmp.bnf_details()),
        ]
        .concat(),
        Product::Amp(amp) => [
            all(amp.ampps()),
            all(amp.excipients()),
            all(amp.licensed_routes()),
            all(amp.product_information()),
            all(amp.bnf_details()),
        ]
        .concat(),
        Product::Vmpp(vmpp) => [all(vmpp.drug_tariff_info()), all(vmpp.components())].concat(),
        Product::Ampp(ampp) => [
            all(ampp.appliance_pack_info()),
            all(ampp.prescrib_info()),
            all(ampp.price_info()),
            all(ampp.reimbursement_info()),
            all(ampp.components()),
            all(ampp.gtins()),
        ]
        .concat(),
    }
}

/// All that an index says that its files can have said, and how often.
pub(crate) fn said(bytes: &[u8]) -> BTreeMap<Said, usize> {
    let terminology = Terminology::from_bytes(bytes.to_vec()).expect("the builder verified it");
    let dmd = terminology.dmd().expect("it holds dm+d");
    let rows = TableId::ALL.into_iter().filter(|table| *table != TableId::Lookup);
    let rows = rows.flat_map(|table| dmd.table(table)).map(said_by_index);
    let entries = dmd.records::<LookupEntry<'_>>().filter(|entry| entry.is_known());
    let mut counted = BTreeMap::new();
    rows.chain(entries.map(said_by_entry)).for_each(|said| *counted.entry(said).or_default() += 1);
    counted
}
