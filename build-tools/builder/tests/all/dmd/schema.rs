//! The schema of dm+d against the XML schemas that the files come with.

use std::collections::BTreeMap;

use crate::support::shared::shared;
use farr::dmd::schema::TABLES;

/// An attribute of a tag.
fn attribute<'x>(tag: &'x str, name: &str) -> Option<&'x str> {
    let (_, behind) = tag.split_once(&format!("{name}=\""))?;
    behind.split('"').next()
}

/// Of each complex type, its elements, and whether they are demanded.
type Types = BTreeMap<String, Vec<(String, bool)>>;
/// The elements that have a complex type: the elements around them and their own, and the type.
type Records = Vec<(Vec<String>, String)>;

/// Reads an XML schema tag by tag.
fn read(text: &str) -> (Types, Records) {
    // Comments have tags within.
    let mut without = String::new();
    for piece in text.split("<!--") {
        without.push_str(piece.split_once("-->").map_or(piece, |(_, behind)| behind));
    }
    let (mut types, mut records) = (Types::new(), Records::new());
    let mut within: Option<String> = None;
    let mut open: Vec<String> = Vec::new();
    for piece in without.split('<').skip(1) {
        let tag = piece.split('>').next().unwrap_or_default();
        let closed = tag.ends_with('/');
        if tag.starts_with("xs:complexType") {
            if let Some(name) = attribute(tag, "name") {
                within = Some(name.to_owned());
                types.insert(name.to_owned(), Vec::new());
            }
        } else if tag.starts_with("/xs:complexType") && open.is_empty() {
            within = None;
        } else if tag.starts_with("/xs:element") {
            open.pop();
        } else if tag.starts_with("xs:element") {
            let name = attribute(tag, "name").expect("an element has a name").to_owned();
            let kind = attribute(tag, "type");
            let required = attribute(tag, "minOccurs").is_none_or(|least| least != "0");
            if let Some(within) = &within {
                types.get_mut(within).expect("it was begun").push((name.clone(), required));
            } else if let Some(kind) = kind.filter(|kind| !kind.starts_with("xs:")) {
                let path = open.iter().cloned().chain([name.clone()]).collect();
                records.push((path, kind.to_owned()));
            } else if kind.is_some() {
                // A type without a name, where the elements around have it.
                let path = open.join("/");
                if !types.contains_key(&path) {
                    records.push((open.clone(), path.clone()));
                }
                types.entry(path).or_default().push((name.clone(), required));
            }
            if !closed {
                open.push(name);
            }
        }
    }
    (types, records)
}

#[test]
fn the_schema_has_every_element_of_the_xml_schemas_and_what_they_demand() {
    let Some(sample) = shared("dmd/2019-04-sample") else { return };
    let (mut files, mut records) = (0, 0);
    for entry in std::fs::read_dir(&sample).expect("the folder can be read") {
        let path = entry.expect("the folder can be read").path();
        if path.extension().is_none_or(|end| end != "xsd") {
            continue;
        }
        files += 1;
        let text = std::fs::read_to_string(&path).expect("the file can be read");
        let (types, found) = read(&text);
        assert!(!found.is_empty(), "{}", path.display());
        for (mut path, kind) in found {
            let mut elements = types[&kind].clone();
            if kind == "AMPPType" {
                // Its GTINs are the records, and the id around them belongs to each.
                path.push("GTINDATA".to_owned());
                elements.retain(|(name, _)| name != "GTINDATA");
                elements.extend(types["GTINType"].iter().cloned());
            }
            let fits = |table: &&&farr::dmd::schema::Table| {
                let one = |(one, other): (&&str, &String)| *one == "*" || one == other;
                table.path.len() == path.len() && table.path.iter().zip(&path).all(one)
            };
            let table = TABLES.iter().find(fits);
            let table = table.unwrap_or_else(|| panic!("the schema lacks {path:?}"));
            records += 1;
            // In the order of the XML schema, for the one that says so.
            let has = |name: &str| table.columns.iter().find(|column| column.element == name);
            for (name, required) in &elements {
                let column = has(name).unwrap_or_else(|| panic!("{path:?} lacks {name}"));
                assert_eq!(column.required, *required, "{path:?} {name}");
            }
            // The lists are of three kinds in one table; newer versions have more elements.
            let further: Vec<&str> = table.columns.iter().map(|column| column.element).collect();
            let further = further.into_iter().filter(|name| {
                elements.iter().all(|(found, _)| found != name) && table.file != "f_lookup2"
            });
            let further: Vec<&str> = further.collect();
            println!("{path:?} beyond the XML schema: {further:?}");
            assert!(further.iter().all(|name| *name == "ABBREVNM"), "{path:?}: {further:?}");
        }
    }
    assert_eq!(files, 8, "XML schemas");
    assert!(records >= 45, "{records} records");
}

#[test]
fn the_schema_has_every_element_of_the_supplementary_xml_schemas() {
    let Some(folder) = shared("dmd/2025-02-bonus") else { return };
    let file = std::fs::File::open(folder.join("nhsbsa_dmdbonus.zip")).expect("it is there");
    let mut archive = zip::ZipArchive::new(file).expect("it is a zip file");
    let mut seen = 0;
    for name in ["HISTORIC_CODES/history_v1_0.xsd", "VTM_INGREDIENTS/vtm_ing_v1_0.xsd"] {
        let entry = archive.by_name(name).expect("the XML schema is there");
        let text = std::io::read_to_string(entry).expect("it is text");
        // Whatever its types are called, each element below a record is named in a table.
        for piece in text.split("<xs:element").skip(1) {
            let tag = piece.split('>').next().unwrap_or_default();
            let name = attribute(tag, "name").expect("an element has a name");
            let known = TABLES.iter().any(|table| {
                let file = ["f_history1", "f_vtm_ing1"].contains(&table.file);
                let column = table.columns.iter().find(|column| column.element == name);
                let required = attribute(tag, "minOccurs").is_none_or(|least| least != "0");
                let demanded = column.is_some_and(|column| column.required == required);
                file && (table.path.contains(&name) || demanded)
            });
            assert!(known, "{name}");
            seen += 1;
        }
    }
    assert!(seen > 10, "{seen} elements");
}
