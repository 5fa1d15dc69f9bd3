//! What every release keeps to: the rules of the format, and the proportions of the UK edition.

use farr_synth::{Parameters, Release};
use std::collections::{BTreeMap, HashMap, HashSet};
use std::fs;
use std::path::Path;
use std::sync::OnceLock;

const SCALE: f64 = 0.002;
const IS_A: &str = "116680003";
const FULLY_SPECIFIED_NAME: &str = "900000000000003001";
const SYNONYM: &str = "900000000000013009";
const PREFERRED: &str = "900000000000548007";

/// The rows of each table, without its header, and the texts of the workload.
struct Written {
    tables: BTreeMap<String, Vec<Vec<String>>>,
    workload: BTreeMap<String, String>,
}

impl Written {
    fn get() -> &'static Self {
        static WRITTEN: OnceLock<Written> = OnceLock::new();
        WRITTEN.get_or_init(|| Self::write(SCALE))
    }

    fn write(scale: f64) -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder can be made");
        let parameters = Parameters { seed: 5, scale, ..Parameters::default() };
        let release = Release::new(parameters).expect("the parameters are good");
        let mut files = release.write(folder.path()).expect("the release can be written");
        files.extend(release.write_workload(folder.path()).expect("the workload can be written"));
        let mut written = Self { tables: BTreeMap::new(), workload: BTreeMap::new() };
        for file in files {
            let text = fs::read_to_string(folder.path().join(&file.path)).expect("it is UTF-8");
            let name = file.path.file_name().expect("a file has a name").to_string_lossy();
            if Path::new("workload") == file.path.parent().expect("a file is in a folder") {
                written.workload.insert(name.into_owned(), text);
                continue;
            }
            assert!(text.ends_with("\r\n") && !text.starts_with('\u{feff}'), "{name}");
            assert_eq!(text.matches('\n').count(), text.matches("\r\n").count(), "{name}");
            assert_eq!(text.matches('\r').count(), text.matches("\r\n").count(), "{name}");
            let Some(rows) = file.rows else { continue };
            let mut lines = text.split_terminator("\r\n");
            let columns = lines.next().expect("a table has a header").split('\t').count();
            let table: Vec<Vec<String>> =
                lines.map(|line| line.split('\t').map(str::to_owned).collect()).collect();
            assert!(table.iter().all(|row| row.len() == columns), "{name}");
            assert_eq!(table.len() as u64, rows, "{name}");
            written.tables.insert(name.into_owned(), table);
        }
        written
    }

    fn table(&self, start: &str) -> &[Vec<String>] {
        let (_, table) =
            self.tables.iter().find(|(name, _)| name.starts_with(start)).expect("it was written");
        table
    }

    fn active(&self, start: &str) -> impl Iterator<Item = &Vec<String>> {
        self.table(start).iter().filter(|row| row[2] == "1")
    }

    fn parents(&self) -> HashMap<&str, Vec<&str>> {
        let mut parents: HashMap<&str, Vec<&str>> = HashMap::new();
        for row in self.active("sct2_Relationship_") {
            if row[7] == IS_A {
                parents.entry(&row[4]).or_default().push(&row[5]);
            }
        }
        parents
    }
}

fn ancestors<'a>(parents: &HashMap<&'a str, Vec<&'a str>>, concept: &str) -> HashSet<&'a str> {
    let mut seen = HashSet::new();
    let mut pending: Vec<&str> = parents.get(concept).cloned().unwrap_or_default();
    while let Some(next) = pending.pop() {
        if seen.insert(next) {
            pending.extend(parents.get(next).into_iter().flatten());
        }
    }
    seen
}

/// The Verhoeff check, written the other way than in the generator: by the dihedral group itself.
fn has_check_digit(id: &str) -> bool {
    let permutation = [1, 5, 7, 6, 2, 8, 3, 0, 9, 4];
    let mut check = 0;
    for (position, digit) in id.bytes().rev().enumerate() {
        let permuted =
            (0..position % 8).fold(usize::from(digit - b'0'), |digit, _| permutation[digit]);
        let (turn, mirror) = (check % 5, check / 5);
        let (other_turn, other_mirror) = (permuted % 5, permuted / 5);
        let sum = if mirror == 0 { turn + other_turn } else { 5 + turn - other_turn };
        check = sum % 5 + 5 * (mirror ^ other_mirror);
    }
    check == 0
}

#[test]
fn every_identifier_has_its_check_digit_and_partition() {
    for (name, table) in &Written::get().tables {
        for row in table {
            for (at, field) in row.iter().enumerate() {
                let number = field.bytes().all(|byte| byte.is_ascii_digit());
                let identifier = number && field.len() > 8;
                let text = at == 7 && name.contains("Description");
                assert!(!identifier || text || has_check_digit(field), "{field} in {name}");
            }
        }
    }
    let partitions = |start: &str, last: char| {
        for row in Written::get().table(start) {
            let digits: Vec<char> = row[0].chars().collect();
            assert!(digits.len() <= 18 && digits[digits.len() - 2] == last, "{}", row[0]);
            assert!(matches!(digits[digits.len() - 3], '0' | '1'), "{}", row[0]);
        }
    };
    partitions("sct2_Concept_", '0');
    partitions("sct2_Description_", '1');
    partitions("sct2_TextDefinition_", '1');
    partitions("sct2_Relationship_", '2');
    partitions("sct2_RelationshipConcreteValues_", '2');
}

#[test]
fn no_identifier_is_used_twice() {
    let mut seen = HashSet::new();
    for (name, table) in &Written::get().tables {
        for row in table.iter().filter(|_| !name.starts_with("sct2_Identifier")) {
            assert!(seen.insert(&row[0]), "{} in {name}", row[0]);
            let member = name.contains("Refset");
            assert_eq!(member, row[0].len() == 36, "{} in {name}", row[0]);
        }
    }
}

#[test]
fn rows_come_in_the_stated_proportions() {
    let written = Written::get();
    let near = |what: &str, count: usize, full: f64| {
        let stated = full * SCALE;
        assert!((stated * 0.75..stated * 1.25 + 300.0).contains(&(count as f64)), "{count} {what}");
    };
    near("concepts", written.table("sct2_Concept_").len(), 1_000_000.0);
    near("active concepts", written.active("sct2_Concept_").count(), 650_000.0);
    near("descriptions", written.table("sct2_Description_").len(), 2_900_000.0);
    let is_a = written.active("sct2_Relationship_").filter(|row| row[7] == IS_A).count();
    near("is-a", is_a, 1_500_000.0);
    let attributes = written.active("sct2_Relationship_").count() - is_a;
    near("attributes", attributes, 2_500_000.0);
    near("concrete values", written.table("sct2_RelationshipConcreteValues_").len(), 50_000.0);
    near("axioms", written.table("sct2_sRefset_OWLExpression").len(), 650_000.0);
    near("simple members", written.table("der2_Refset_Simple").len(), 600_000.0);
    near("associations", written.table("der2_cRefset_Association").len(), 380_000.0);
    near("International map", written.table("der2_iisssccRefset_").len(), 200_000.0);
    near("UK map", written.table("der2_iisssciRefset_").len(), 150_000.0);
    // The fixed concepts weigh more in a small release.
    let language = written.table("der2_cRefset_Language").len() as f64;
    assert!((9_000.0..14_000.0).contains(&language), "{language} language rows");
}

#[test]
fn every_reference_is_to_what_the_release_holds() {
    let written = Written::get();
    let all: HashSet<&str> = written.table("sct2_Concept_").iter().map(|row| &*row[0]).collect();
    let active: HashSet<&str> = written.active("sct2_Concept_").map(|row| &*row[0]).collect();
    let descriptions: HashSet<&str> = ["sct2_Description_", "sct2_TextDefinition_"]
        .into_iter()
        .flat_map(|start| written.table(start))
        .map(|row| &*row[0])
        .collect();
    for (name, table) in &written.tables {
        for row in table {
            assert!(active.contains(&*row[3]), "module {} in {name}", row[3]);
            for field in &row[4..] {
                let concept = field.len() > 8
                    && field.bytes().all(|byte| byte.is_ascii_digit())
                    && field.as_bytes()[field.len() - 2] == b'0';
                assert!(!concept || all.contains(&**field), "{field} in {name}");
            }
            if name.contains("Refset") {
                assert!(active.contains(&*row[4]), "reference set {} in {name}", row[4]);
                let component = &*row[5];
                let known = all.contains(component) || descriptions.contains(component);
                assert!(known, "{component} in {name}");
            }
        }
    }
    for row in written.active("sct2_Relationship_") {
        assert!([4, 5, 7, 8, 9].iter().all(|&at| active.contains(&*row[at])), "{row:?}");
        assert!(row[7] != IS_A || row[6] == "0", "{row:?}");
    }
    let named: HashSet<&str> = written.active("sct2_Description_").map(|row| &*row[4]).collect();
    assert!(all.iter().all(|concept| named.contains(concept)));
}

#[test]
fn every_column_of_every_reference_set_is_described() {
    let written = Written::get();
    let mut described: HashMap<&str, BTreeMap<usize, &str>> = HashMap::new();
    for row in written.active("der2_cciRefset_RefsetDescriptor") {
        let order = row[8].parse().expect("an order is a number");
        let twice = described.entry(&row[5]).or_default().insert(order, &row[7]);
        assert_eq!(twice, None, "{row:?}");
    }
    let mut patterns = HashSet::new();
    for (name, table) in written.tables.iter().filter(|(name, _)| name.contains("Refset")) {
        let pattern = name.split('_').nth(1).expect("a file name has parts");
        let letters = pattern.strip_suffix("Refset").expect("it is a reference set");
        patterns.insert(letters);
        for row in table {
            assert_eq!(row.len(), 6 + letters.len(), "{name}");
            let columns = &described[&*row[4]];
            assert_eq!(columns.len(), 1 + letters.len(), "{} in {name}", row[4]);
            for (at, letter) in letters.chars().enumerate() {
                let kind = match columns[&(at + 1)] {
                    "900000000000460005" | "900000000000461009" | "900000000000462002" => 'c',
                    "900000000000476001" | "900000000000478000" => 'i',
                    "900000000000465000" | "707000009" | "900000000000475002" => 's',
                    other => panic!("{other} in {name}"),
                };
                assert_eq!(kind, letter, "column {at} of {} in {name}", row[4]);
            }
        }
    }
    assert_eq!(patterns.len(), 16, "{patterns:?}");
}

#[test]
fn a_concept_says_all_that_its_first_parent_says_or_more_closely() {
    let written = Written::get();
    let parents = written.parents();
    let mut said: HashMap<&str, HashMap<(&str, &str), &str>> = HashMap::new();
    for row in written.active("sct2_Relationship_") {
        if row[7] != IS_A && row[8] == "900000000000011006" {
            said.entry(&row[4]).or_default().insert((&row[6], &row[7]), &row[5]);
        }
    }
    let (mut same, mut closer, mut more) = (0, 0, 0);
    for (concept, own) in &parents {
        let (Some(above), below) = (said.get(own[0]), said.get(concept)) else { continue };
        for (place, value) in above {
            let here = below.and_then(|below| below.get(place));
            let here = here.unwrap_or_else(|| panic!("{concept} lacks {place:?} of {}", own[0]));
            same += usize::from(here == value);
            closer += usize::from(ancestors(&parents, here).contains(value));
        }
        more += usize::from(below.is_some_and(|below| below.len() > above.len()));
    }
    let all: usize = parents.values().filter_map(|own| said.get(own[0])).map(HashMap::len).sum();
    assert_eq!(same + closer, all);
    assert!(closer * 10 > all && same > closer && more > 100, "{same}, {closer}, {more}");
}

#[test]
fn every_concept_has_one_name_and_no_two_the_same() {
    let written = Written::get();
    let mut names: HashMap<&str, &str> = HashMap::new();
    let mut terms = HashSet::new();
    for row in written.active("sct2_Description_").filter(|row| row[6] == FULLY_SPECIFIED_NAME) {
        assert!(names.insert(&row[4], &row[7]).is_none(), "{}", row[4]);
        assert!(terms.insert(row[7].to_lowercase()), "{}", row[7]);
    }
    assert_eq!(names.len(), written.table("sct2_Concept_").len());
}

#[test]
fn a_dialect_prefers_one_synonym_of_a_concept() {
    let written = Written::get();
    let synonyms: HashMap<&str, &str> = written
        .active("sct2_Description_")
        .filter(|row| row[6] == SYNONYM)
        .map(|row| (&*row[0], &*row[4]))
        .collect();
    let mut preferred = HashSet::new();
    let mut named = HashSet::new();
    for row in written.active("der2_cRefset_Language").filter(|row| row[6] == PREFERRED) {
        if let Some(concept) = synonyms.get(&*row[5]) {
            assert!(preferred.insert((&*row[4], *concept)), "{row:?}");
            if row[4].ends_with("1261000000100") || row[4].ends_with("691000001104") {
                named.insert(*concept);
            }
        }
    }
    assert!(written.active("sct2_Concept_").all(|row| named.contains(&*row[0])));
}

#[test]
fn the_hierarchy_has_one_root_and_no_redundant_step() {
    let written = Written::get();
    let parents = written.parents();
    for row in written.active("sct2_Concept_") {
        let above = ancestors(&parents, &row[0]);
        assert!(!above.contains(&*row[0]), "{} is in a cycle", row[0]);
        assert!(row[0] == "138875005" || above.contains("138875005"), "{}", row[0]);
        let own = parents.get(&*row[0]).cloned().unwrap_or_default();
        for parent in &own {
            let implied = own.iter().any(|other| ancestors(&parents, other).contains(parent));
            assert!(!implied, "{} is above {} in two ways", parent, row[0]);
        }
    }
    assert!(parents.values().any(|list| list.len() > 2));
}

#[test]
fn the_pairs_of_the_workload_are_true() {
    for written in [Written::get(), &Written::write(0.0001)] {
        let parents = written.parents();
        let mut truths = 0;
        let pairs = &written.workload["subsumption.tsv"];
        for line in pairs.lines() {
            let fields: Vec<&str> = line.split('\t').collect();
            let truth = ancestors(&parents, fields[1]).contains(fields[0]);
            assert_eq!(truth.to_string(), fields[2], "{line}");
            truths += usize::from(truth);
        }
        assert_eq!(truths, pairs.lines().count() / 2);
    }
}

#[test]
fn the_smallest_release_has_everything() {
    let written = Written::write(0.0001);
    for (name, table) in &written.tables {
        let may_be_empty = name.contains("Identifier") || name.contains("TextDefinition");
        assert!(may_be_empty || !table.is_empty(), "{name}");
    }
    let concepts = written.table("sct2_Concept_");
    assert!(concepts.iter().any(|row| row[2] == "0"));
    assert!(concepts.iter().any(|row| row[0].len() > 15));
    let targets = |refset: &str| {
        written.active("der2_cRefset_Association").filter(|row| row[4] == refset).count()
    };
    assert!(targets("900000000000523009") > 1 && targets("900000000000527005") > 1);
    assert!(targets("900000000000524003") > 0 && targets("900000000000526001") > 1);
    assert!(written.workload["search.tsv"].lines().any(|line| line.starts_with("typo1\t")));
    assert!(written.workload["ecl.tsv"].lines().count() >= 100);
}

#[test]
fn bad_parameters_are_refused() {
    for (scale, date) in [(0.0, 20_260_801), (f64::NAN, 20_260_801), (0.1, 20_261_301), (0.1, 1)] {
        assert!(Release::new(Parameters { seed: 1, scale, date }).is_err());
    }
}
