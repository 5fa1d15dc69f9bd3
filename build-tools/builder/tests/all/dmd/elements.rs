//! Every element of every record of dm+d is in the index, as published, and nothing else is.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use crate::support::build_dmd;
use crate::support::dmd::{
    Said, belonging, dmd_folders, dmd_terminology, said_by_entry, said_by_files, said_by_index,
    table_of,
};
use crate::support::naive_dmd::{self, NaiveRecord};
use crate::support::shared::shared;
use farr::dmd::schema::{List, TABLES, TableId};
use farr::dmd::{Dmd, LookupEntry};
use farr::{Sctid, Terminology};
use farr_exercise::Random;

fn id(text: &str) -> Sctid {
    // Also where it has too few digits, as one of a sample does.
    let id = text.trim().parse().ok().and_then(Sctid::as_published);
    id.unwrap_or_else(|| panic!("{text} is no id"))
}

/// How often each thing is said.
fn counted(said: impl Iterator<Item = Said>) -> BTreeMap<Said, usize> {
    let mut counted = BTreeMap::new();
    said.for_each(|said| *counted.entry(said).or_default() += 1);
    counted
}

/// Holds an index against the records of the files that it was built from.
fn compare(dmd: Dmd<'_>, records: &[NaiveRecord]) {
    let by_files = counted(records.iter().map(said_by_files));
    let rows = TableId::ALL.into_iter().filter(|table| *table != TableId::Lookup);
    let rows = rows.flat_map(|table| dmd.table(table)).map(said_by_index);
    let entries = dmd.records::<LookupEntry<'_>>();
    // Codes that rows have and the lookup file lacks are entries too, of which files say nothing.
    let (known, unknown): (Vec<_>, Vec<_>) = entries.partition(|entry| entry.is_known());
    let by_index = counted(rows.chain(known.into_iter().map(said_by_entry)));
    for (said, count) in &by_files {
        assert_eq!(by_index.get(said), Some(count), "in the files only: {said:?}");
    }
    for said in by_index.keys() {
        assert!(by_files.contains_key(said), "in the index only: {said:?}");
    }
    let used = used_codes(records);
    for entry in unknown {
        let list = entry.list().expect("it stands in a list");
        assert!(used.contains(&(list, entry.code())), "{} {}", list.element(), entry.code());
        assert_eq!(entry.record().elements().count(), 1, "{entry:?}");
    }
    for record in records {
        found_by_id(dmd, record);
    }
}

/// Lists and codes that rows have.
fn used_codes(records: &[NaiveRecord]) -> BTreeSet<(List, u64)> {
    let mut used = BTreeSet::new();
    for record in records {
        for column in table_of(record).columns {
            if let farr::dmd::schema::Kind::Code(list) = column.kind
                && let Some(code) = record.get(column.element)
            {
                used.insert((list, code.trim().parse().expect("a code is a number")));
            }
        }
    }
    used
}

/// Finds a record again by its id, or among what belongs to the record that it belongs to.
fn found_by_id(dmd: Dmd<'_>, record: &NaiveRecord) {
    let table = table_of(record);
    let said = said_by_files(record);
    let own = record.elements.iter().find(|(name, _)| {
        let column = table.columns.iter().find(|column| column.element == name);
        column.is_some_and(|column| column.kind == farr::dmd::schema::Kind::Id)
    });
    let own = own.map(|(_, text)| id(text));
    let found = match (table.id, own) {
        (TableId::Ingredient, Some(own)) => dmd.ingredient(own).map(|found| found.record()),
        (TableId::TradeFamily, Some(own)) => dmd.trade_family(own).map(|found| found.record()),
        (TableId::TradeFamilyGroup, Some(own)) => {
            dmd.trade_family_group(own).map(|found| found.record())
        }
        (TableId::Lookup, None) => {
            let list = List::of_element(&record.path[1]).expect("it is a list");
            let code = record.get("CD").expect("an entry has a code").parse().expect("a number");
            let entry = dmd.lookup(list, code).expect("the entry is there");
            assert_eq!(said_by_entry(entry), said);
            return;
        }
        (_, Some(own)) => dmd.product(own).map(|found| found.record()),
        (_, None) => return among_its_owners(dmd, record, &said),
    };
    let found = found.unwrap_or_else(|| panic!("not found: {said:?}"));
    assert_eq!(said_by_index(found), said);
}

fn among_its_owners(dmd: Dmd<'_>, record: &NaiveRecord, said: &Said) {
    let table = table_of(record);
    let Some(owner) = table.owner.and_then(|owner| record.get(owner)) else { return };
    // Where the release lacks the owner, its rows are among all of the table only.
    let belonging = match table.id {
        TableId::TradeFamilyAmp => {
            let family = dmd.trade_family(id(owner)).expect("the family is there");
            family.amps().map(|found| found.record()).collect()
        }
        _ => match dmd.product(id(owner)) {
            Some(product) => belonging(product),
            None => return,
        },
    };
    let found = belonging.into_iter().any(|found| said_by_index(found) == *said);
    assert!(found, "not among what belongs to {owner}: {said:?}");
}

#[test]
fn every_element_of_the_release_in_testdata_is_there_and_nothing_else() {
    let terminology = dmd_terminology();
    let dmd = terminology.dmd().expect("it holds dm+d");
    let folders = dmd_folders();
    let records = naive_dmd::read(&[&folders[0], &folders[1]]);
    compare(dmd, &records);
    // The release is there to have everything.
    let has: BTreeSet<(TableId, &str)> = records
        .iter()
        .flat_map(|record| {
            let table = table_of(record).id;
            record.elements.iter().map(move |(name, _)| (table, name.as_str()))
        })
        .collect();
    for table in TABLES {
        for column in table.columns {
            assert!(has.contains(&(table.id, column.element)), "{:?} {}", table.id, column.element);
        }
    }
    for list in List::ALL {
        assert!(dmd.list(list).len() > 1, "{}", list.element());
    }
}

/// Builds an index of files beside the repository, and opens it.
fn built(paths: &[&Path]) -> Terminology {
    build_dmd(paths).terminology()
}

#[test]
fn every_element_of_the_sample_of_april_2019_is_there_and_nothing_else() {
    let Some(sample) = shared("dmd/2019-04-sample") else { return };
    let terminology = built(&[&sample]);
    let dmd = terminology.dmd().expect("it holds dm+d");
    compare(dmd, &naive_dmd::read(&[&sample]));
    both_ways(dmd, false);
    packs_are_those_of_the_rows(dmd);
}

#[test]
fn every_element_of_the_sample_with_a_changed_id_is_there_and_nothing_else() {
    let Some(sample) = shared("dmd/2019-04-sample-changed-vpid") else { return };
    let terminology = built(&[&sample]);
    let dmd = terminology.dmd().expect("it holds dm+d");
    compare(dmd, &naive_dmd::read(&[&sample]));
    both_ways(dmd, false);
}

/// Unpacks a zip file, and those within it, into a folder.
fn unpacked(path: &Path, folder: &Path) {
    let file = std::fs::File::open(path).expect("the zip file can be opened");
    let mut archive = zip::ZipArchive::new(file).expect("it is a zip file");
    archive.extract(folder).expect("it unpacks");
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(&folder).expect("the folder can be read") {
            let path: PathBuf = entry.expect("the folder can be read").path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|end| end == "zip") {
                unpacked(&path, &path.with_extension("unpacked"));
                std::fs::remove_file(path).expect("it can be removed");
            }
        }
    }
}

#[test]
fn every_element_of_the_supplementary_release_of_february_2025_is_there_and_nothing_else() {
    let Some(folder) = shared("dmd/2025-02-bonus") else { return };
    let release = folder.join("nhsbsa_dmdbonus.zip");
    let temporary = tempfile::tempdir().expect("a temporary folder can be made");
    unpacked(&release, temporary.path());
    let terminology = built(&[&release]);
    let dmd = terminology.dmd().expect("it holds dm+d");
    let records = naive_dmd::read(&[temporary.path()]);
    assert!(records.len() > 60_000, "{} records", records.len());
    compare(dmd, &records);
}

/// A row of the index by the table and the number that it shows itself with.
fn shown(record: farr::dmd::Record<'_>) -> String {
    format!("{record:?}")
}

/// Pairs of what something has, and of what that says it is of.
macro_rules! pairs {
    ($all:expr, $forward:ident, $others:expr, $back:ident) => {{
        let mut forward: Vec<(String, String)> = $all
            .flat_map(|one| one.$forward().map(move |other| (one, other)))
            .map(|(one, other)| (shown(one.record()), shown(other.record())))
            .collect();
        let mut back: Vec<(String, String)> = $others
            .filter_map(|other| Some((shown(other.$back()?.record()), shown(other.record()))))
            .collect();
        forward.sort();
        back.sort();
        assert_eq!(forward, back, "{} and {}", stringify!($forward), stringify!($back));
        (stringify!($forward), forward.len())
    }};
}

/// Every relation, from both of its ends.
fn both_ways(dmd: Dmd<'_>, all_occur: bool) {
    let (vtms, vmps, amps, vmpps) = (dmd.vtms(), dmd.vmps(), dmd.amps(), dmd.vmpps());
    let (ampps, ingredients) = (dmd.ampps(), dmd.ingredients());
    let (families, groups) = (dmd.trade_families(), dmd.trade_family_groups());
    let relations = [
        pairs!(vtms, vmps, vmps, vtm),
        pairs!(vtms, ingredients, dmd.records::<farr::dmd::VtmIngredient<'_>>(), vtm),
        pairs!(vmps, amps, amps, vmp),
        pairs!(vmps, vmpps, vmpps, vmp),
        pairs!(vmps, ingredients, dmd.records::<farr::dmd::VirtualProductIngredient<'_>>(), vmp),
        pairs!(vmps, ont_drug_forms, dmd.records::<farr::dmd::OntDrugForm<'_>>(), vmp),
        pairs!(vmps, drug_forms, dmd.records::<farr::dmd::DrugForm<'_>>(), vmp),
        pairs!(vmps, drug_routes, dmd.records::<farr::dmd::DrugRoute<'_>>(), vmp),
        pairs!(vmps, control_drug_info, dmd.records::<farr::dmd::ControlDrugInfo<'_>>(), vmp),
        pairs!(vmps, bnf_details, dmd.records::<farr::dmd::VmpBnf<'_>>(), vmp),
        pairs!(amps, ampps, ampps, amp),
        pairs!(amps, excipients, dmd.records::<farr::dmd::Excipient<'_>>(), amp),
        pairs!(amps, licensed_routes, dmd.records::<farr::dmd::LicensedRoute<'_>>(), amp),
        pairs!(amps, product_information, dmd.records::<farr::dmd::ProductInformation<'_>>(), amp),
        pairs!(amps, bnf_details, dmd.records::<farr::dmd::AmpBnf<'_>>(), amp),
        pairs!(amps, trade_families, dmd.records::<farr::dmd::TradeFamilyAmp<'_>>(), amp),
        pairs!(vmpps, ampps, ampps, vmpp),
        pairs!(vmpps, drug_tariff_info, dmd.records::<farr::dmd::DrugTariffInfo<'_>>(), vmpp),
        pairs!(vmpps, components, dmd.records::<farr::dmd::VmppComponent<'_>>(), combination),
        pairs!(vmpps, combinations, dmd.records::<farr::dmd::VmppComponent<'_>>(), component),
        pairs!(ampps, appliance_pack_info, dmd.records::<farr::dmd::AppliancePackInfo<'_>>(), ampp),
        pairs!(ampps, prescrib_info, dmd.records::<farr::dmd::PrescribInfo<'_>>(), ampp),
        pairs!(ampps, price_info, dmd.records::<farr::dmd::PriceInfo<'_>>(), ampp),
        pairs!(ampps, reimbursement_info, dmd.records::<farr::dmd::ReimbursementInfo<'_>>(), ampp),
        pairs!(ampps, components, dmd.records::<farr::dmd::AmppComponent<'_>>(), combination),
        pairs!(ampps, combinations, dmd.records::<farr::dmd::AmppComponent<'_>>(), component),
        pairs!(ampps, gtins, dmd.records::<farr::dmd::PackGtin<'_>>(), ampp),
        pairs!(
            ingredients,
            in_vmps,
            dmd.records::<farr::dmd::VirtualProductIngredient<'_>>(),
            ingredient
        ),
        pairs!(ingredients, in_amps, dmd.records::<farr::dmd::Excipient<'_>>(), ingredient),
        pairs!(ingredients, in_vtms, dmd.records::<farr::dmd::VtmIngredient<'_>>(), ingredient),
        pairs!(families, amps, dmd.records::<farr::dmd::TradeFamilyAmp<'_>>(), trade_family),
        pairs!(groups, families, families, group),
    ];
    for (relation, pairs) in relations {
        assert!(pairs > 0 || !all_occur, "{relation} is hardly tested");
    }
    for product in dmd.products() {
        assert_eq!(dmd.product(product.id()), Some(product));
        for found in belonging(product) {
            let (_, _, elements) = said_by_index(found);
            let id = product.id().value().to_string();
            assert!(elements.iter().any(|(_, value)| *value == id), "{id}: {elements:?}");
        }
    }
}

/// For every GTIN and on random days the packs are those that the rows say, one by one.
fn packs_are_those_of_the_rows(dmd: Dmd<'_>) {
    use farr::dmd::{On, PackGtin};
    let rows = || dmd.records::<PackGtin<'_>>();
    let mut random = Random::new(13);
    let edges = rows().flat_map(|row| [row.start(), row.end()]).flatten();
    let edges: Vec<u32> = edges.map(farr::Date::number).collect();
    assert!(!edges.is_empty());
    for gtin in rows().filter_map(PackGtin::gtin) {
        let of = |keep: &dyn Fn(&PackGtin<'_>) -> bool| -> Vec<String> {
            let found = rows().filter(|row| row.gtin() == Some(gtin) && keep(row));
            found.map(|row| shown(row.record())).collect()
        };
        let sorted = |on| {
            let found = dmd.packs_by_gtin(gtin, on).map(|row| shown(row.record()));
            found.collect::<BTreeSet<_>>()
        };
        let any = sorted(On::AnyDay);
        assert_eq!(any.len(), dmd.packs_by_gtin(gtin, On::AnyDay).count(), "a pack twice");
        assert_eq!(any, of(&|_| true).into_iter().collect());
        for _ in 0..40 {
            // Days of the rows, those beside them, and any.
            let near = edges[random.below(edges.len())] + random.below(3) as u32;
            let any = 19_400_000 + random.below(110) as u32 * 10_000 + random.below(1300) as u32;
            let number = if random.below(4) == 0 { any } else { near - 1 };
            let Some(date) = farr::Date::from_number(number) else { continue };
            let held = |row: &PackGtin<'_>| {
                // As text, years first, days compare as numbers.
                let day = date.to_string();
                let said = said_by_index(row.record()).2;
                let get = |name: &str| said.iter().find(|(found, _)| found == name);
                get("STARTDT").is_none_or(|(_, start)| *start <= day)
                    && get("ENDDT").is_none_or(|(_, end)| day <= *end)
            };
            let expected: BTreeSet<String> = of(&held).into_iter().collect();
            assert_eq!(sorted(On::date(date)), expected, "{gtin:?} on {date}");
        }
    }
}

#[test]
fn relations_and_barcodes_hold_from_both_ends() {
    let terminology = dmd_terminology();
    let dmd = terminology.dmd().expect("it holds dm+d");
    both_ways(dmd, true);
    packs_are_those_of_the_rows(dmd);
    // What the rows are there for: two packs of one GTIN at once, and two GTINs of one pack.
    let gtins: Vec<_> = dmd.ampps().flat_map(|ampp| ampp.gtins()).collect();
    let day = farr::Date::from_number(20_260_801).expect("a date");
    let packs = |row: &farr::dmd::PackGtin<'_>| {
        let gtin = row.gtin().expect("none is empty");
        dmd.packs_by_gtin(gtin, farr::dmd::On::date(day)).count()
    };
    assert!(gtins.iter().any(|row| packs(row) == 2));
    assert!(dmd.ampps().any(|ampp| ampp.gtins().len() == 2));
}
