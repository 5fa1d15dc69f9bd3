//! `docs/format.md` against the code and the golden files.

use std::collections::{BTreeMap, BTreeSet};

use farr::Dialect;
use farr::Terminology;
use farr::classification::TextKind;
use farr::index::bucket::{BUCKET_LENGTH, home};
use farr::index::format::{
    self, ALIGNMENT, BLOCK, DATA_START, HEADER_LENGTH, MAGIC, MAJOR, MINOR, SECTION_CAPACITY,
    SECTION_ENTRY_LENGTH, SECTION_VERSION, Tag,
};
use farr::index::known_sections;
use farr_exercise::{section, sections};

use super::golden_files;
use super::tables::{codes, document, fields, number, read, record_headings, record_length, rows};

/// Tag and layout of every section.
fn section_rows() -> Vec<(String, String)> {
    let mut found = Vec::new();
    for (_, cells) in rows(&["tag", "items", "layout", "what"]) {
        for tag in codes(&cells[0]) {
            found.push((tag.to_owned(), cells[2].clone()));
        }
    }
    found
}

#[test]
fn every_section_has_one_row_and_no_row_is_of_anything_else() {
    let known: BTreeSet<String> = known_sections().map(|tag| tag.to_string()).collect();
    let documented: Vec<String> = section_rows().into_iter().map(|(tag, _)| tag).collect();
    let distinct: BTreeSet<String> = documented.iter().cloned().collect();
    assert_eq!(distinct.len(), documented.len(), "a section has two rows");
    assert_eq!(distinct, known);
}

/// The constants of the format are what the reader knows: a section that is written and not known
/// would be refused by the reader that comes with it.
#[test]
fn every_tag_of_the_code_is_known_to_the_reader() {
    let code = std::fs::read_to_string(crate::support::repository().join("src/index/format.rs"));
    let code = code.expect("the code can be read");
    let known: BTreeSet<String> = known_sections().map(|tag| tag.to_string()).collect();
    let mut constants = 0;
    for line in code.lines().filter(|line| line.starts_with("pub const")) {
        let Some((_, tag)) = line.split_once("Tag = Tag(*b\"") else { continue };
        assert!(known.contains(&tag[..4]), "{line}");
        constants += 1;
    }
    assert!(constants > 70, "{constants} constants");
    assert_eq!(known.len(), constants + 36, "twelve sections of each classification");
}

#[test]
fn the_header_that_the_document_describes_is_that_of_every_golden_file() {
    let fields = fields("Header");
    assert_eq!(record_length("Header"), HEADER_LENGTH);
    for (name, bytes) in golden_files() {
        let opened = Terminology::from_bytes(bytes.clone()).expect("the golden file opens");
        let header = opened.files()[0].header();
        let expected = BTreeMap::from([
            ("major version", u64::from(header.version.0)),
            ("minor version", u64::from(header.version.1)),
            ("length of the header", HEADER_LENGTH as u64),
            ("length of the file", header.file_length),
            ("sections in use", u64::from(header.sections)),
            ("bytes of a checksum block", BLOCK as u64),
            ("start of the checksum table", header.checksums_start),
            ("build id", header.build_id),
            ("zero", 0),
            ("checksum of the tables", u64::from(header.tables_checksum)),
            ("checksum of the header", u64::from(crc32fast::hash(&bytes[..60]))),
        ]);
        let (magic, numbers) = fields.split_first().expect("there are fields");
        let spelled: Vec<String> = MAGIC.iter().map(|byte| format!("{byte:02x}")).collect();
        assert_eq!(codes(&magic.value), [spelled.join(" ")]);
        assert_eq!(bytes[..magic.width], MAGIC);
        let found: BTreeMap<&str, u64> =
            numbers.iter().map(|field| (field.name.as_str(), read(&bytes, 0, field))).collect();
        assert_eq!(found, expected, "{name}");
        for field in numbers.iter().filter(|field| field.value.parse::<u64>().is_ok()) {
            let minor = field.name == "minor version" && header.version.1 != MINOR;
            let stated = number(&field.value) as u64;
            assert!(minor || read(&bytes, 0, field) == stated, "{name}: {}", field.name);
        }
    }
}

#[test]
fn the_section_table_that_the_document_describes_is_that_of_every_golden_file() {
    let fields = fields("Section table");
    assert_eq!(record_length("Section table"), SECTION_ENTRY_LENGTH);
    for (name, bytes) in golden_files() {
        let opened = Terminology::from_bytes(bytes.clone()).expect("the golden file opens");
        let sections: Vec<_> = opened.files()[0].sections().collect();
        assert!(!sections.is_empty(), "{name}");
        for (place, expected) in sections.iter().enumerate() {
            let base = HEADER_LENGTH + place * SECTION_ENTRY_LENGTH;
            let value = |field: &str| {
                let field = fields.iter().find(|found| found.name.starts_with(field));
                read(&bytes, base, field.unwrap_or_else(|| panic!("the table lacks a field")))
            };
            assert_eq!(&bytes[base..base + 4], &expected.tag.0, "{name}");
            assert_eq!(value("version"), u64::from(SECTION_VERSION), "{name}");
            assert_eq!(value("length"), expected.bytes, "{name} {}", expected.tag);
            assert_eq!(value("items"), expected.items, "{name} {}", expected.tag);
            assert_eq!(value("start") % ALIGNMENT as u64, 0, "{name} {}", expected.tag);
            assert_eq!(value("flags"), u64::from(format::MUST_UNDERSTAND), "{name}");
        }
    }
}

/// The items of a section.
fn items(index: &[u8], tag: &str) -> usize {
    let mut table = index[HEADER_LENGTH..DATA_START].chunks_exact(SECTION_ENTRY_LENGTH);
    let entry = table.find(|entry| entry.starts_with(tag.as_bytes())).expect("the section");
    entry[24..].iter().rev().fold(0, |items, byte| items << 8 | usize::from(*byte))
}

fn u32_at(bytes: &[u8], at: usize) -> usize {
    u32::from_le_bytes(std::array::from_fn(|byte| bytes[at + byte])) as usize
}

/// Whether a section is as long as its layout says.
fn is_as_long(index: &[u8], tag: &str, layout: &str) -> bool {
    let bytes = section(index, Tag(std::array::from_fn(|at| tag.as_bytes()[at])));
    let bytes = &index[bytes.expect("the section is there")];
    let items = items(index, tag);
    let texts = |entry: usize| {
        let starts = (items + 1) * 4;
        bytes.len() == starts + u32_at(bytes, items * 4) * entry
    };
    match (tag, layout) {
        ("CREC", "`rows`") => {
            bytes.len() == (self::items(index, "CIDS") + 1) * record_length("`CREC`")
        }
        ("ACPT", "`rows`") => texts(record_length("`ACPT`")),
        ("QTAB", "`rows`") => {
            let starts = (self::items(index, "CREC") + 1) * 4;
            bytes.len() == starts + items * record_length("`QTAB`")
        }
        (_, "`texts`") => texts(1),
        (_, "`buckets`") => !bytes.is_empty() && bytes.len().is_multiple_of(BUCKET_LENGTH),
        (_, "`words`") => {
            let words = u64::from_le_bytes(std::array::from_fn(|at| bytes[bytes.len() - 20 + at]));
            bytes[..8] == 3_u64.to_le_bytes() && words == items as u64
        }
        (_, "`sets`") => items == 0 || !bytes.is_empty(),
        (_, "`bytes`") => items == 1,
        _ => match layout.strip_prefix("`lists` of ") {
            Some(entry) => {
                let blocks = self::items(index, "CREC").div_ceil(32);
                let before = bytes.len() - items * number(entry);
                before == blocks * 68 || before == blocks * 132
            }
            None => {
                let (length, further) = layout.split_once(" + ").unwrap_or((layout, "0"));
                let length = length.strip_suffix(" − 1").unwrap_or(length);
                bytes.len() == (items + number(further)) * number(length)
            }
        },
    }
}

#[test]
fn sections_of_golden_files_are_as_long_as_their_layouts_say() {
    let layouts: BTreeMap<String, String> = section_rows().into_iter().collect();
    let mut seen = BTreeSet::new();
    for (name, bytes) in golden_files() {
        for (tag, _) in sections(&bytes) {
            let tag = tag.to_string();
            let Some(layout) = layouts.get(&tag) else { panic!("{name}: {tag} has no row") };
            assert!(is_as_long(&bytes, &tag, layout), "{name}: {tag} is not {layout}");
            seen.insert(tag);
        }
    }
    // The history tables of the UK are in no golden file; `independent_history` reads them.
    let unseen: Vec<&String> = layouts.keys().filter(|tag| !seen.contains(*tag)).collect();
    assert_eq!(unseen, ["HSTX", "HSUB", "QTAB"]);
}

#[test]
fn records_are_as_long_as_the_layouts_of_their_sections() {
    let layouts: BTreeMap<String, String> = section_rows().into_iter().collect();
    let mut compared = 0;
    for heading in record_headings() {
        let Some(tag) = heading.strip_prefix('`').and_then(|text| text.strip_suffix('`')) else {
            continue;
        };
        // The sections of a classification go by what follows their letter.
        let full = if tag.len() == 3 { format!("I{tag}") } else { tag.to_owned() };
        let layout = layouts.get(&full).unwrap_or_else(|| panic!("{heading} is of no section"));
        if layout == "`rows`" {
            continue;
        }
        let layout = layout.strip_prefix("`lists` of ").unwrap_or(layout);
        let length = layout.split(' ').next().unwrap_or_default();
        assert_eq!(number(length), record_length(&heading), "{heading}");
        compared += 1;
    }
    assert!(compared > 20, "{compared} records");
    assert_eq!(record_length("Buckets"), BUCKET_LENGTH);
    assert_eq!(record_length("`CREC`"), format::CONCEPT_RECORD_LENGTH);
    assert_eq!(record_length("`QTAB`"), format::QUERY_TABLE_LENGTH);
    assert_eq!(record_length("`HSUB`"), format::SUBSTITUTION_LENGTH);
}

#[test]
fn the_bounds_of_the_parts_of_a_file_are_those_of_the_code() {
    let text = document();
    let table_end = HEADER_LENGTH + SECTION_CAPACITY * SECTION_ENTRY_LENGTH;
    assert_eq!(table_end, DATA_START);
    for line in [
        format!("| 0 to {HEADER_LENGTH} | header |"),
        format!(
            "| {HEADER_LENGTH} to {DATA_START} | section table: {SECTION_CAPACITY} entries of \
             {SECTION_ENTRY_LENGTH} bytes |"
        ),
        format!("| {DATA_START} to c | sections, each on a multiple of {ALIGNMENT} bytes"),
    ] {
        assert!(text.contains(&line), "{line}");
    }
    assert_eq!(crc32fast::hash(b"123456789"), 0xcbf4_3926);
    assert!(text.contains("`cbf43926`"));
}

#[test]
fn the_hash_of_the_document_is_that_of_the_code() {
    let text = document();
    let constant = text.split("id × 0x").nth(1).and_then(|rest| rest.split(' ').next());
    let constant = constant.and_then(|digits| u64::from_str_radix(digits, 16).ok());
    let constant = constant.expect("the document has the constant");
    for id in [138_875_005, 900_000_000_000_207_008, 5_012_345_678_900, u64::MAX] {
        for buckets in [1, 7, 176, 300_001] {
            let mixed = (u128::from(id) * u128::from(constant) % (1 << 64)) >> 32;
            assert_eq!((mixed * buckets as u128) >> 32, home(id, buckets) as u128);
        }
    }
}

#[test]
fn the_dialects_of_the_document_are_those_that_are_stored() {
    let table = rows(&["dialect", "language refsets"]);
    assert_eq!(table.len(), Dialect::STORED.len());
    for ((_, cells), dialect) in table.iter().zip(Dialect::STORED) {
        assert_eq!(Dialect::named(codes(&cells[0])[0]), Some(dialect));
        let refsets: Vec<String> = dialect.refsets().map(|refset| refset.to_string()).collect();
        assert_eq!(cells[1], refsets.join(", "));
    }
}

#[test]
fn the_kinds_of_texts_are_those_of_the_code() {
    let documented: Vec<[String; 2]> = rows(&["kind", "name"])
        .into_iter()
        .map(|(_, cells)| [cells[0].clone(), cells[1].clone()])
        .collect();
    let expected: Vec<[String; 2]> = TextKind::all()
        .map(|kind| [kind.number().to_string(), format!("`{}`", kind.name())])
        .collect();
    let lines: Vec<String> =
        expected.iter().map(|[number, name]| format!("| {number} | {name} |")).collect();
    assert_eq!(documented, expected, "{}", lines.join("\n"));
}

#[test]
fn the_format_of_this_farr_and_of_every_golden_file_is_in_the_table_of_versions() {
    let versions: BTreeMap<String, Vec<String>> = rows(&["format", "written by", "read by"])
        .into_iter()
        .map(|(_, cells)| (cells[0].clone(), cells[1..].to_vec()))
        .collect();
    let farr = env!("CARGO_PKG_VERSION").rsplit_once('.').map(|(minor, _)| format!("farr {minor}"));
    let farr = farr.expect("a version has three parts");
    let own = versions.get(&format!("{MAJOR}.{MINOR}")).expect("a row of this format");
    assert!(own[0].contains(&farr), "{farr} is not among what writes this format");
    for (name, bytes) in golden_files() {
        let (format, _) = name.split_once('-').expect("a golden file is named by its format");
        let row = versions.get(format).unwrap_or_else(|| panic!("{name}: no row of its format"));
        assert!(row[1].contains(&farr), "{name}: {farr} is not among what reads it");
        let [major, minor] = [8, 10].map(|at| u16::from_le_bytes([bytes[at], bytes[at + 1]]));
        assert_eq!(format, format!("{major}.{minor}"), "{name}");
    }
}
