//! What every dm+d release keeps to: its schema, its references, how things are named, and that its
//! products are concepts of the SNOMED CT release.

use crate::support::{Element, Files};
use farr::dmd::schema::{Kind, List, TABLES, Table, TableId};
use farr::id::gs1::Scan;
use farr::{Gtin, Sctid};
use farr_synth::{Parameters, Release};
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::fs;
use std::path::Path;
use std::sync::OnceLock;

const LEVELS: [TableId; 5] =
    [TableId::Vtm, TableId::Vmp, TableId::Vmpp, TableId::Amp, TableId::Ampp];

/// A release as it was written.
struct Written {
    files: Files,
    /// The concepts of the SNOMED CT release, and whether they are active.
    concepts: HashMap<String, bool>,
    workload: BTreeMap<String, String>,
}

impl Written {
    fn get() -> &'static Self {
        static WRITTEN: OnceLock<Written> = OnceLock::new();
        WRITTEN.get_or_init(|| Self::write(0.01))
    }

    fn write(scale: f64) -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder can be made");
        let parameters = Parameters { seed: 3, scale, ..Parameters::default() };
        let release = Release::new(parameters).expect("the parameters are good");
        release.write_dmd(folder.path()).expect("the packages can be written");
        let files = Files::read(folder.path());
        let text = |path: &Path| fs::read_to_string(folder.path().join(path)).expect("it is UTF-8");
        let mut concepts = HashMap::new();
        for file in release.write(folder.path()).expect("the release can be written") {
            if file.path.to_string_lossy().contains("sct2_Concept_") {
                concepts.extend(text(&file.path).lines().skip(1).map(|line| {
                    let mut columns = line.split('\t');
                    let id = columns.next().expect("a row has an id").to_owned();
                    (id, columns.nth(1) == Some("1"))
                }));
            }
        }
        let workload = release.write_dmd_workload(folder.path()).expect("it can be written");
        let workload = workload
            .into_iter()
            .map(|file| (file.path.to_string_lossy().into_owned(), text(&file.path)))
            .collect();
        Self { files, concepts, workload }
    }

    fn records(&self, table: TableId) -> Vec<&Element> {
        self.files.records(table.table())
    }

    /// The records of a table by their identifiers.
    fn by_id(&self, table: TableId) -> HashMap<&str, &Element> {
        let id = id_of(table.table());
        let records = self.records(table);
        let count = records.len();
        let map: HashMap<&str, &Element> =
            records.into_iter().map(|record| (record.of(id), record)).collect();
        assert_eq!(map.len(), count, "identifiers of {table:?} are given once");
        map
    }

    /// The codes of a list, as numbers, with their descriptions.
    fn list(&self, list: List) -> HashMap<u64, &str> {
        self.files
            .at("f_lookup2", &["LOOKUP", list.element(), "INFO"])
            .into_iter()
            .map(|entry| (number(entry.of("CD")), entry.of("DESC")))
            .collect()
    }
}

fn id_of(table: &Table) -> &'static str {
    let id = table.columns.iter().find(|column| column.kind == Kind::Id);
    id.expect("the table has an identifier").element
}

fn number(text: &str) -> u64 {
    text.parse().expect("it is a number")
}

/// The columns of a table, without the one that stands outside its records.
fn columns(table: &Table) -> impl Iterator<Item = (&'static str, Kind, bool)> {
    table
        .columns
        .iter()
        .map(|column| (column.element, column.kind, column.required))
        .filter(|&(element, ..)| element != "AMPPID")
}

#[test]
fn every_optional_element_occurs() {
    for written in [&Written::write(0.0001), Written::get()] {
        for table in TABLES {
            let records = written.files.records(table);
            assert!(!records.is_empty(), "{:?} has records", table.id);
            for (element, _, required) in columns(table) {
                let has = records.iter().filter(|record| record.get(element).is_some()).count();
                if required {
                    assert_eq!(has, records.len(), "{:?} has always {element}", table.id);
                } else {
                    assert!(has > 0, "{:?} has {element} somewhere", table.id);
                }
            }
            let known: HashSet<&str> = columns(table).map(|(element, ..)| element).collect();
            let mut children = records.iter().flat_map(|record| &record.children);
            assert!(children.all(|child| known.contains(child.name.as_str())));
        }
    }
}

#[test]
fn every_reference_leads_somewhere() {
    let written = Written::get();
    let lists: Vec<_> = List::ALL.into_iter().map(|list| (list, written.list(list))).collect();
    let ids: BTreeMap<TableId, HashMap<&str, &Element>> = TableId::ALL
        .into_iter()
        .filter(|id| id.table().columns.iter().any(|column| column.kind == Kind::Id))
        .map(|id| (id, written.by_id(id)))
        .collect();
    for table in TABLES {
        for record in written.files.records(table) {
            for (element, kind, _) in columns(table) {
                let Some(text) = record.get(element) else { continue };
                let good = match kind {
                    Kind::Reference(other) => ids[&other].contains_key(text),
                    Kind::Code(list) => lists
                        .iter()
                        .any(|(of, codes)| *of == list && codes.contains_key(&number(text))),
                    Kind::Id | Kind::Sctid => Sctid::parse(text).is_ok(),
                    Kind::Gtin => Gtin::parse(text).is_ok(),
                    _ => !text.is_empty(),
                };
                assert!(good, "{:?} with {element} {text}", table.id);
            }
        }
    }
    for pack in written.files.at("f_gtin2", &["GTIN_DETAILS", "AMPPS", "AMPP"]) {
        assert!(ids[&TableId::Ampp].contains_key(pack.of("AMPPID")));
    }
}

#[test]
fn packs_are_of_the_product_they_name() {
    let written = Written::get();
    let [vmpps, amps] = [TableId::Vmpp, TableId::Amp].map(|id| written.by_id(id));
    for ampp in written.records(TableId::Ampp) {
        let (vmpp, amp) = (vmpps[ampp.of("VPPID")], amps[ampp.of("APID")]);
        assert_eq!(vmpp.of("VPID"), amp.of("VPID"), "{ampp:?}");
    }
}

#[test]
fn names_are_made_of_those_above() {
    let written = Written::get();
    let [vmps, vmpps, amps] =
        [TableId::Vmp, TableId::Vmpp, TableId::Amp].map(|id| written.by_id(id));
    let [units, suppliers] = [List::UnitOfMeasure, List::Supplier].map(|list| written.list(list));
    let quantity =
        |vmpp: &Element| format!("{} {}", vmpp.of("QTYVAL"), units[&number(vmpp.of("QTY_UOMCD"))]);
    for vmpp in vmpps.values() {
        let vmp = vmps[vmpp.of("VPID")];
        assert_eq!(vmpp.of("NM"), format!("{} {}", vmp.of("NM"), quantity(vmpp)));
    }
    for amp in amps.values() {
        let supplier = suppliers[&number(amp.of("SUPPCD"))];
        assert_eq!(amp.of("DESC"), format!("{} ({supplier})", amp.of("NM")));
    }
    for ampp in written.records(TableId::Ampp) {
        let description = amps[ampp.of("APID")].of("DESC");
        let mut name = format!("{description} {}", quantity(vmpps[ampp.of("VPPID")]));
        if let Some(within) = ampp.get("SUBP") {
            name = format!("{name} {within}");
        }
        assert_eq!(ampp.of("NM"), name);
    }
    for level in [TableId::Vtm, TableId::Vmp, TableId::Vmpp, TableId::Ampp] {
        let records = written.records(level);
        let names: HashSet<&str> = records.iter().map(|record| record.of("NM")).collect();
        assert_eq!(names.len(), records.len(), "names of {level:?} are given once");
        let mut short = records.iter().filter_map(|record| record.get("ABBREVNM"));
        assert!(short.all(|name| name.chars().count() <= 60));
    }
}

#[test]
fn numbers_of_a_pack_follow_one_another() {
    let written = Written::get();
    let mut packs: BTreeMap<&str, Vec<&Element>> = BTreeMap::new();
    for pack in written.files.at("f_gtin2", &["GTIN_DETAILS", "AMPPS", "AMPP"]) {
        let data = pack.children.iter().filter(|child| child.name == "GTINDATA");
        packs.entry(pack.of("AMPPID")).or_default().extend(data);
    }
    let mut lengths = BTreeSet::new();
    for (pack, numbers) in packs {
        for pair in numbers.windows(2) {
            let end = pair[0].get("ENDDT").expect("a number that was followed has ended");
            assert!(pair[0].of("STARTDT") <= end && end < pair[1].of("STARTDT"), "{pack}");
        }
        for of in numbers {
            lengths.insert(of.of("GTIN").len());
            let example = of.of("GTIN").trim_start_matches('0');
            let example = if example.len() == 14 { &example[1..] } else { example };
            assert!(example.starts_with("952"), "no real company has {example}");
        }
    }
    assert_eq!(lengths, BTreeSet::from([13, 14]));
}

#[test]
fn most_products_are_concepts() {
    let written = Written::get();
    let mut all = HashSet::new();
    for (level, share) in LEVELS.into_iter().zip([90..=99, 95..=99, 95..=99, 35..=65, 15..=40]) {
        let ids = written.by_id(level);
        let known = ids.keys().filter(|&&id| written.concepts.contains_key(id)).count();
        let percent = known * 100 / ids.len();
        assert!(share.contains(&percent), "{percent} % of {level:?} are concepts");
        assert!(ids.keys().all(|&id| all.insert(id)), "{level:?} has its identifiers alone");
    }
    let inactive = all.iter().filter(|&&id| written.concepts.get(id) == Some(&false)).count();
    assert!((1..all.len() / 50).contains(&inactive), "{inactive} are inactive concepts");
}

#[test]
fn the_workload_asks_of_the_release() {
    let written = Written::get();
    let lines = |name: &str| written.workload[&format!("workload/{name}")].lines();
    for (level, name) in LEVELS.into_iter().zip(["vtm", "vmp", "vmpp", "amp", "ampp"]) {
        let ids = written.by_id(level);
        assert!(lines(&format!("dmd_{name}.txt")).all(|id| ids.contains_key(id)));
    }
    let gtins: HashSet<Gtin> = written
        .records(TableId::Gtin)
        .into_iter()
        .map(|record| Gtin::parse(record.of("GTIN")).expect("the number is valid"))
        .collect();
    assert!(lines("dmd_gtin.txt").all(|gtin| gtins.contains(&Gtin::parse(gtin).expect("valid"))));
    for text in lines("dmd_element_strings.txt") {
        let scan = Scan::parse(text).expect("the text can be read");
        assert!(gtins.contains(&scan.gtin().expect("it has a number")), "{text:?}");
        let elements = scan.element_strings().expect("it is of element strings");
        assert!(
            elements.batch_or_lot().is_some() && elements.serial_number().is_some(),
            "{text:?}"
        );
    }
    let history: HashSet<(&str, &str)> = TABLES
        .iter()
        .filter(|table| table.file == "f_history1")
        .flat_map(|table| written.files.records(table))
        .map(|record| (record.of("IDPREVIOUS"), record.of("IDCURRENT")))
        .collect();
    for line in lines("dmd_previous.tsv") {
        assert!(history.contains(&line.split_once('\t').expect("two columns")), "{line}");
    }
}
