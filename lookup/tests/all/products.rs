//! `farr lookup`, `farr search` and `farr ecl` where an index holds dm+d, end to end.

use crate::common::dmd::*;
use crate::common::*;
use serde_json::Value;

/// A VMP of `testdata/dmd`, and ids that it had before.
const VMP: &str = "990200011000001108";
const PREVIOUS: &str = "9970011009";
/// Its moiety.
const VTM: &str = "990100011000001106";
/// A GTIN that one of its packs has had since June 2021, and one that it had until then.
const GTIN: &str = "2000000000022";
const FORMER_GTIN: &str = "2000000000015";

fn json(printed: &Printed) -> Value {
    serde_json::from_str(&printed.out).unwrap()
}

/// The rows of comma-separated text without a quoted comma, by the names of their columns.
fn rows(printed: &Printed) -> Vec<std::collections::BTreeMap<String, String>> {
    let mut reader = csv::Reader::from_reader(printed.out.as_bytes());
    reader.deserialize().map(Result::unwrap).collect()
}

#[test]
fn a_product_is_looked_up_where_dmd_alone_is_open() {
    let printed = ask_of(by_hand(), &["lookup", VMP, VTM, "--format", "json"]);
    assert_eq!(printed.code, 0, "{}", printed.err);
    let answers = json(&printed);
    assert_eq!(answers[0]["status"], "found");
    assert_eq!(answers[0]["sctid"]["status"], "not-asked");
    assert_eq!(answers[0]["dmd"]["status"], "found");
    assert_eq!(answers[0]["dmd"]["product"]["level"], "VMP");
    assert_eq!(answers[0]["dmd"]["product"]["vtm"]["id"], VTM);
    assert_eq!(answers[0]["dmd"]["product"]["in_snomed"], Value::Null);
    assert_eq!(answers[0]["gtin"], Value::Null);
    assert_eq!(answers[1]["dmd"]["product"]["level"], "VTM");
    let card = ask_of(by_hand(), &["lookup", VMP]).out;
    assert!(card.starts_with("Farrolol 10mg tablets\nVMP "), "{card}");
    assert!(card.ends_with("\ndm+d, release 8.0.0 of 2026-08-01\n"), "{card}");
    assert!(!card.contains("SNOMED CT"), "what is not open is not told of: {card}");
}

#[test]
fn a_previous_id_leads_to_the_product_of_today() {
    let printed = ask_of(by_hand(), &["lookup", PREVIOUS, "--format", "json"]);
    assert_eq!(printed.code, 0);
    let answer = &json(&printed)[0];
    assert_eq!(
        (&answer["status"], &answer["dmd"]["status"]),
        (&"found".into(), &"previous-id".into())
    );
    assert_eq!(answer["dmd"]["product"]["id"], VMP);
    assert_eq!(answer["dmd"]["current"]["outcome"], "one");
    let row = &rows(&ask_of(by_hand(), &["lookup", PREVIOUS, "--format", "csv"]))[0];
    assert_eq!((row["dmd_status"].as_str(), row["dmd_id"].as_str()), ("previous-id", VMP));
    assert_eq!(row["kind"], "concept+vmp");
    assert_eq!(
        row["note"],
        format!("as an id of dm+d: a previous id of VMP {VMP} Farrolol 10mg tablets")
    );
}

#[test]
fn every_level_and_every_gtin_is_recognised() {
    let terminology = farr::Terminology::open([by_hand()]).unwrap();
    let release = terminology.dmd().unwrap();
    let products: Vec<(String, &str)> = release
        .products()
        .map(|product| (product.id().to_string(), product.level().name()))
        .collect();
    let input: String = products.iter().map(|(id, _)| format!("{id}\n")).collect();
    let command = &mut bare();
    let printed = run(command
        .env("FARR_INDEX", by_hand())
        .args(["lookup", "--format", "csv"])
        .write_stdin(input));
    assert_eq!(printed.code, 0);
    let rows = rows(&printed);
    assert_eq!(rows.len(), products.len());
    for (row, (id, level)) in rows.iter().zip(&products) {
        assert_eq!((&row["dmd_id"], row["dmd_level"].as_str()), (id, *level));
        assert_eq!(row["kind"], format!("concept+{}", level.to_lowercase()));
    }
    for ampp in release.ampps() {
        for found in ampp.gtins() {
            let gtin = found.gtin().unwrap().to_string();
            let answer = &json(&ask_of(by_hand(), &["lookup", &gtin, "--format", "json"]))[0];
            let packs = answer["gtin"]["packs"].as_array().unwrap();
            let has = |pack: &&Value| pack["ampp"]["id"] == ampp.id().to_string();
            assert!(packs.iter().any(|pack| has(&pack)), "{gtin}: {answer}");
            assert_eq!(answer["status"], "found");
        }
    }
}

#[test]
fn gtins_are_told_from_ids_and_their_days_are_told() {
    let answer = &json(&ask_of(by_hand(), &["lookup", GTIN, "--format", "json"]))[0];
    assert_eq!((&answer["sctid"], &answer["dmd"]), (&Value::Null, &Value::Null));
    assert_eq!(answer["gtin"]["status"], "found");
    assert_eq!(answer["gtin"]["gtin"], format!("0{GTIN}"));
    let former = ask_of(by_hand(), &["lookup", FORMER_GTIN]);
    assert_eq!(former.code, 0);
    assert!(former.out.contains("from 2016-01-01 to 2021-05-31, NOT on "), "{}", former.out);

    // Not in dm+d, which does not have all: that is no fault of the number.
    let other = ask_of(by_hand(), &["lookup", "5012617019844", "--format", "csv"]);
    assert_eq!((other.code, rows(&other)[0]["status"].as_str()), (1, "not-in-release"));
    assert!(rows(&other)[0]["note"].contains("dm+d has no pack of this GTIN"), "{}", other.out);
    let wrong = ask_of(by_hand(), &["lookup", "5012617019845", "--format", "csv"]);
    assert_eq!((wrong.code, rows(&wrong)[0]["status"].as_str()), (1, "wrong-check-digit"));
    // Without dm+d nothing is known of it.
    let unasked = ask(&["lookup", "5012617019844", "--format", "csv"]);
    assert_eq!((unasked.code, rows(&unasked)[0]["status"].as_str()), (1, "not-asked"));
}

#[test]
fn an_id_that_dmd_lacks_is_not_said_to_be_unknown_to_snomed_ct() {
    let printed = ask_of(by_hand(), &["lookup", "24700007", "--format", "csv"]);
    assert_eq!(printed.code, 1);
    let row = &rows(&printed)[0];
    assert_eq!(
        (row["status"].as_str(), row["dmd_status"].as_str()),
        ("not-asked", "not-in-release")
    );
    let scan = ask_of(by_hand(), &["lookup", "(01)05012617019844(10)A1"]);
    assert!(scan.out.contains("farr scan"), "{}", scan.out);
}

#[test]
fn concept_and_product_stand_on_one_card() {
    let terminology = farr::Terminology::open([with_snomed()]).unwrap();
    let (snomed, release) = (terminology.snomed().unwrap(), terminology.dmd().unwrap());
    let held = |vtm: &farr::dmd::Vtm<'_>| {
        snomed.concept(vtm.id()).is_some_and(|concept| concept.is_active())
    };
    let vtm = release.vtms().find(|vtm| held(vtm)).unwrap();
    let id = vtm.id().to_string();
    let answer = &json(&ask_of(with_snomed(), &["lookup", &id, "--format", "json"]))[0];
    assert_eq!(
        (&answer["sctid"]["status"], &answer["dmd"]["status"]),
        (&"found".into(), &"found".into())
    );
    assert_eq!(answer["dmd"]["product"]["in_snomed"], true);
    let card = ask_of(with_snomed(), &["lookup", &id]).out;
    let (concept, product) = (card.find("Concept ").unwrap(), card.find("\nVTM ").unwrap());
    assert!(concept < product, "{card}");
    assert_eq!(card.matches("Parents ").count(), 1, "{card}");
    // A product that SNOMED CT does not have yet is no less one of dm+d.
    let newer = release.vmps().find(|vmp| snomed.concept(vmp.id()).is_none()).unwrap();
    let printed = ask_of(with_snomed(), &["lookup", &newer.id().to_string()]);
    assert_eq!(printed.code, 0);
    assert!(
        printed.out.contains("not in the opened release: dm+d may be newer"),
        "{}",
        printed.out
    );
    assert!(!printed.out.contains("Namespace"), "{}", printed.out);
}

#[test]
fn products_are_searched_by_name_level_validity_and_prescribability() {
    let found = |arguments: &[&str]| {
        let mut all = vec!["search", "--format", "csv", "--limit", "100"];
        all.extend(arguments);
        rows(&ask_of(by_hand(), &all))
    };
    // Where dm+d alone is open, products are what is searched.
    let all = found(&["brack"]);
    assert!(!all.is_empty() && all.iter().all(|row| row["invalid"] == "false"));
    let with_invalid = found(&["brack", "--invalid"]);
    let valid: Vec<_> = with_invalid.iter().filter(|row| row["invalid"] == "false").collect();
    assert_eq!(valid, all.iter().collect::<Vec<_>>());
    assert!(with_invalid.len() > all.len());
    let vmps = found(&["brack", "--level", "VMP"]);
    assert!(!vmps.is_empty() && vmps.iter().all(|row| row["level"] == "VMP"));
    let several = found(&["brack", "--level", "vmp", "--level", "amp"]);
    assert_eq!(
        several.len(),
        all.iter().filter(|row| ["VMP", "AMP"].contains(&row["level"].as_str())).count()
    );
    let prescribable = found(&["farrolol", "--prescribable", "primary-care"]);
    let expected: Vec<_> = found(&["farrolol"])
        .into_iter()
        .filter(|row| ["prescribable", "with-caution"].contains(&row["primary_care"].as_str()))
        .collect();
    assert!(!expected.is_empty());
    assert_eq!(prescribable, expected);
    let previous = found(&["farrolol hydrochloride", "--previous-names", "--level", "vmp"]);
    assert_eq!(
        (previous[0]["id"].as_str(), previous[0]["matched_name"].as_str()),
        (VMP, "previous")
    );
}

#[test]
fn names_of_medicines_are_not_corrected_unless_that_is_asked_for() {
    for arguments in [
        &["search", "farolol"][..],
        &["search", "farolol", "--prescribable", "primary-care"],
        &["search", "farolol", "--format", "csv"],
        &["search", "farolol", "--format", "codes"],
    ] {
        let printed = ask_of(by_hand(), arguments);
        assert_eq!(printed.code, 1, "{}", printed.err);
        assert!(!printed.out.contains("arrolol"), "{}", printed.out);
        // Which words are near is said; no product of them is shown.
        assert!(printed.err.contains("spelled nearly so: farrolol"), "{}", printed.err);
    }
    let asked = ask_of(by_hand(), &["search", "farolol", "--typos", "--format", "csv"]);
    assert_eq!(asked.code, 0);
    let asked = rows(&asked);
    assert!(!asked.is_empty() && asked.iter().all(|row| row["corrected"] == "true"));
    let silent = ask_of(by_hand(), &["search", "farolol", "--no-typos"]);
    assert!(!silent.err.contains("farrolol"), "{}", silent.err);
}

#[test]
fn what_is_asked_of_concepts_is_never_answered_with_products() {
    let printed = ask_of(by_hand(), &["search", "farrolol", "--tag", "product"]);
    assert_eq!(printed.code, 3);
    assert!(printed.err.contains("SNOMED CT"), "{}", printed.err);
    assert_eq!(printed.out, "");
    let printed = ask(&["search", "farrolol", "--dmd"]);
    assert_eq!(printed.code, 3);
    assert!(printed.err.contains("dm+d"), "{}", printed.err);
    assert_eq!(ask(&["search", "x", "--dmd", "--inactive"]).code, 2);
    // With both open, concepts are searched unless products are asked for.
    let header =
        |arguments: &[&str]| ask_of(with_snomed(), arguments).out.lines().next().map(str::to_owned);
    let concepts = header(&["search", "a", "--format", "csv"]).unwrap();
    assert!(concepts.starts_with("query,id,term,"), "{concepts}");
    let products = header(&["search", "a", "--dmd", "--format", "csv"]).unwrap();
    assert!(products.starts_with("query,level,id,name,"), "{products}");
}

#[test]
fn an_expression_is_held_to_levels_of_dmd() {
    let terminology = farr::Terminology::open([with_snomed()]).unwrap();
    let (snomed, release) = (terminology.snomed().unwrap(), terminology.dmd().unwrap());
    let mut expected: Vec<u64> = release
        .products()
        .filter(|product| ["VTM", "VMP"].contains(&product.level().name()) && !product.is_invalid())
        .filter(|product| snomed.concept(product.id()).is_some())
        .map(|product| product.id().value())
        .collect();
    expected.sort_unstable();
    let levels = ["--dmd-level", "vtm", "--dmd-level", "VMP"];
    let list = ask_of(with_snomed(), &[&["ecl", "*", "--format", "codes"], &levels[..]].concat());
    let found: Vec<u64> = list.out.lines().map(|line| line.parse().unwrap()).collect();
    assert!(!expected.is_empty());
    assert_eq!(found, expected);
    let count = ask_of(with_snomed(), &[&["ecl", "*", "--count"], &levels[..]].concat());
    assert_eq!(count.out.trim(), expected.len().to_string());
    let none = ask_of(with_snomed(), &["ecl", "404684003", "--dmd-level", "vtm", "--count"]);
    assert_eq!((none.out.trim(), none.code), ("0", 0));
    // An index without dm+d does not answer with all, nor with none.
    let absent = ask(&["ecl", "*", "--dmd-level", "vtm"]);
    assert_eq!((absent.code, absent.out.as_str()), (3, ""));
    let rows = ask_of(with_snomed(), &["ecl", "^ [mapTarget] 447562003", "--dmd-level", "vtm"]);
    assert_eq!(rows.code, 2, "{}", rows.err);
}

#[test]
fn the_manual_has_every_column_and_key_of_lookup() {
    let (vtm, vmp) = (VTM.to_owned(), VMP.to_owned());
    let codes = [&vtm, &vmp, PREVIOUS, GTIN, FORMER_GTIN, "9990000018", "24700007", "abc"];
    let (mut records, _) = json_of(by_hand(), &[&["lookup"], &codes[..]].concat());
    let terminology = farr::Terminology::open([with_snomed()]).unwrap();
    let snomed = terminology.snomed().unwrap();
    let concept = snomed.concepts().find(|concept| concept.attributes().len() > 2).unwrap();
    let description = concept.descriptions().next().unwrap();
    for id in [concept.id(), description.id()] {
        records.extend(json_of(with_snomed(), &["lookup", &id.to_string()]).0);
    }
    let header = rows_of(&ask_of(by_hand(), &["lookup", VTM, "--format", "csv"]).out, b',');
    is_as_documented(
        "lookup",
        &header[0],
        &records,
        &["record", "parts", "dmd", "packs", "nhs_number"],
    );
}
