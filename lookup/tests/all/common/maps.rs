//! The maps of the synthetic release, as its files have them.

use std::collections::BTreeMap;

use serde_json::Value;

use super::dmd::{json_of, with_snomed};

pub(crate) const INTERNATIONAL: &str = "447562003";
pub(crate) const UK_ICD_10: &str = "999002271000000101";
pub(crate) const CTV3: &str = "900000000000497000";

/// The pattern of the file of a map, and the id of its refset.
pub(crate) const RULES: (&str, &str) = ("iissscc", INTERNATIONAL);
pub(crate) const UK: (&str, &str) = ("iisssci", UK_ICD_10);
/// The map to OPCS-4 stands in the same file; its id is the generator's own.
pub(crate) const UK_PROCEDURES: (&str, &str) = ("iisssci", "99000441000000109");

const SNAPSHOT: &str = concat!(
    env!("CARGO_MANIFEST_DIR"),
    "/../testdata/synthetic/SnomedCT_MonolithRF2_PRODUCTION_20260801T120000Z/Snapshot"
);

/// The rows of a file of the release.
pub(crate) fn rows_of_file(file: &str) -> Vec<Vec<String>> {
    let text = std::fs::read_to_string(format!("{SNAPSHOT}/{file}")).unwrap();
    text.lines().skip(1).map(|line| line.split('\t').map(str::to_owned).collect()).collect()
}

/// The ids of the inactive concepts of the release.
pub(crate) fn inactive_concepts() -> Vec<String> {
    let rows = rows_of_file("Terminology/sct2_Concept_MONOSnapshot_GB_20260801.txt");
    rows.into_iter().filter(|row| row[2] == "0").map(|row| row[0].clone()).collect()
}

/// The active rows of a map, by concept and as its file has them.
pub(crate) fn rows_of_map((pattern, refset): (&str, &str)) -> BTreeMap<String, Vec<Vec<String>>> {
    let file = format!("Refset/Map/der2_{pattern}Refset_ExtendedMapMONOSnapshot_GB_20260801.txt");
    let mut rows: BTreeMap<String, Vec<Vec<String>>> = BTreeMap::new();
    for row in rows_of_file(&file) {
        if row[2] == "1" && row[4] == refset {
            rows.entry(row[5].clone()).or_default().push(row);
        }
    }
    for rows in rows.values_mut() {
        rows.sort_by_key(|row| (number(&row[6]), number(&row[7])));
    }
    assert!(rows.len() > 10);
    rows
}

pub(crate) fn number(text: &str) -> u32 {
    text.parse().unwrap()
}

/// The one record of an answer that is there.
pub(crate) fn mapped(arguments: &[&str]) -> Value {
    let (records, code) = json_of(with_snomed(), &[&["map"], arguments].concat());
    assert_eq!((records.len(), code), (1, 0), "{arguments:?}");
    records[0].clone()
}
