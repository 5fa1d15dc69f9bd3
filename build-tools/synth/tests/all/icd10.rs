//! The classifications agree with each other and with the maps that lead to them, and their files
//! have the forms of the real ones.

use farr_synth::{Parameters, Release};
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::fs;

const UK: &str = "ICD10_Edition5_20260401/Content/\
                  ICD10_Edition5_CodesAndTitlesAndMetadata_GB_20260401.txt";
const UK_XML: &str = "ICD10_Edition5_XML_20260401/Content/\
                      ICD10_Edition5_CodesAndTitlesAndMetadata_GB_20260401.xml";
const CLAML: &str = "icdClaML2026ens/icd102026en.xml";
const OPCS_TITLES: &str = "OPCS411_20260401/OPCS411_CodesAndTitles_20260401.txt";
const OPCS_METADATA: &str = "OPCS411_20260401/OPCS411_Metadata_20260401.txt";
const ORDER: &str = "icd10cm_2026/icd10cm_order_2026.txt";
const TABULAR: &str = "icd10cm_2026/icd10cm_tabular_2026.xml";
const ICD_10_MAP: &str = "999002271000000101";

/// The texts of the files, and the active rows of both map files.
struct Written {
    files: HashMap<String, String>,
    international: Vec<Vec<String>>,
    united_kingdom: Vec<Vec<String>>,
    /// The concept whose name says that it is the map to OPCS-4.
    procedures: String,
}

impl Written {
    fn new(scale: f64) -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder can be made");
        let parameters = Parameters { seed: 4, scale, ..Parameters::default() };
        let release = Release::new(parameters).expect("the parameters are good");
        let written = release.write_icd10(folder.path()).expect("the files can be written");
        let files = written.iter().map(|file| {
            let text = fs::read_to_string(folder.path().join(&file.path)).expect("it is UTF-8");
            (file.path.to_string_lossy().into_owned(), text)
        });
        let files = files.collect();
        let tables = release.write(folder.path()).expect("the release can be written");
        let rows = |start: &str| -> Vec<Vec<String>> {
            let file = tables
                .iter()
                .find(|file| file.path.to_string_lossy().contains(start))
                .expect("the table is written");
            let text = fs::read_to_string(folder.path().join(&file.path)).expect("it is UTF-8");
            let rows = text.split_terminator("\r\n").skip(1);
            rows.map(|line| line.split('\t').map(str::to_owned).collect())
                .filter(|row: &Vec<String>| row[2] == "1")
                .collect()
        };
        let named = rows("sct2_Description_").into_iter().find(|row| {
            row[7].contains("Classification of Interventions and Procedures Version 4.")
                && row[7].ends_with("complex map reference set (foundation metadata concept)")
        });
        Self {
            files,
            international: rows("der2_iisssccRefset_"),
            united_kingdom: rows("der2_iisssciRefset_"),
            procedures: named.expect("the map to OPCS-4 has a name").remove(4),
        }
    }

    /// The rows of the United Kingdom edition: each has its twelve columns.
    fn uk(&self) -> Vec<Vec<&str>> {
        let text = &self.files[UK];
        assert!(text.ends_with("\r\n"));
        assert_eq!(text.matches('\n').count(), text.matches("\r\n").count());
        let mut rows: Vec<Vec<&str>> =
            text.split_terminator("\r\n").map(|line| line.split('\t').collect()).collect();
        assert!(rows.iter().all(|row| row.len() == 12));
        let header = rows.remove(0);
        assert_eq!(
            header.join(" "),
            "CODE ALT_CODE USAGE USAGE_UK DESCRIPTION MODIFIER_4 MODIFIER_5 QUALIFIERS GENDER_MASK \
             MIN_AGE MAX_AGE TREE_DESCRIPTION"
        );
        rows
    }

    /// Codes of the United Kingdom edition that are not subdivided, with their usage.
    fn finest(&self) -> HashMap<&str, &str> {
        let rows = self.uk();
        let above: HashSet<String> = rows.iter().filter_map(|row| parent(row[0])).collect();
        rows.into_iter().filter(|row| !above.contains(row[0])).map(|row| (row[0], row[2])).collect()
    }
}

/// The code above one: `M45.X0` is within `M45`.
fn parent(code: &str) -> Option<String> {
    let shorter = match code.len() {
        3 => return None,
        5 => &code[..3],
        _ => &code[..5],
    };
    Some(shorter.trim_end_matches(".X").to_owned())
}

fn dotted(code: &str) -> String {
    match code.split_at(3) {
        (category, "" | "X") => category.to_owned(),
        (category, rest) => format!("{category}.{rest}"),
    }
}

/// An element: it holds text and further elements.
#[derive(Debug, Default, PartialEq)]
struct Element {
    name: String,
    attributes: BTreeMap<String, String>,
    text: String,
    children: Vec<Element>,
}

impl Element {
    fn parse(document: &str) -> Self {
        let mut open = vec![Self::default()];
        for token in document.split('<').skip(1) {
            let (tag, text) = token.split_once('>').expect("a tag ends");
            if tag.starts_with(['?', '!']) {
                continue;
            }
            if let Some(name) = tag.strip_prefix('/') {
                let element = open.pop().expect("something is open");
                assert_eq!(name, element.name);
                open.last_mut().expect("something is open").children.push(element);
                continue;
            }
            let inner = tag.trim_end_matches('/');
            let (name, rest) = inner.split_once(' ').unwrap_or((inner, ""));
            let pieces: Vec<&str> = rest.split('"').collect();
            let attributes = pieces
                .chunks_exact(2)
                .map(|pair| (pair[0].trim().trim_end_matches('=').to_owned(), pair[1].to_owned()));
            let element = Self {
                name: name.to_owned(),
                attributes: attributes.collect(),
                text: text.replace("&apos;", "'").replace("&quot;", "\"").replace("&amp;", "&"),
                children: Vec::new(),
            };
            match tag.ends_with('/') {
                true => open.last_mut().expect("something is open").children.push(element),
                false => open.push(element),
            }
        }
        assert_eq!(open.len(), 1, "everything is closed");
        open.remove(0).children.remove(0)
    }

    fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a Self> {
        self.children.iter().filter(move |child| child.name == name)
    }

    fn get(&self, attribute: &str) -> &str {
        self.attributes.get(attribute).map_or("", |value| value)
    }

    fn preferred(&self) -> &Self {
        let mut all = self.all("Rubric").filter(|rubric| rubric.get("kind") == "preferred");
        let found = all.next().expect("there is a preferred rubric");
        assert!(all.next().is_none(), "and one only");
        &found.children[0]
    }

    /// All elements of a name at any depth.
    fn within<'a>(&'a self, name: &str, found: &mut Vec<&'a Self>) {
        for child in &self.children {
            if child.name == name {
                found.push(child);
            }
            child.within(name, found);
        }
    }
}

/// What a row of the United Kingdom edition says: the three parts of the title, the usage and the
/// other codes of its pairs.
type Said = (String, String, String, String, BTreeSet<String>);

/// Every code of ClaML, by a naive expander.
fn expanded(claml: &Element) -> (BTreeMap<String, Said>, BTreeSet<char>) {
    let usage = |element: &Element| match element.get("usage") {
        "dagger" => "DAGGER".to_owned(),
        "aster" => "ASTERISK".to_owned(),
        other => {
            assert_eq!(other, "");
            "DEFAULT".to_owned()
        }
    };
    let partners = |element: &Element| {
        let references = element.preferred().all("Reference");
        references.map(|reference| reference.text.clone()).collect::<BTreeSet<_>>()
    };
    let classes: HashMap<&str, &Element> = claml
        .all("Class")
        .filter(|class| class.get("kind") == "category")
        .map(|class| (class.get("code"), class))
        .collect();
    let mut codes = BTreeMap::new();
    let mut patterns = BTreeSet::new();
    for class in classes.values() {
        let title = class.preferred().text.clone();
        let said = (title, String::new(), String::new(), usage(class), partners(class));
        codes.insert(class.get("code").to_owned(), said);
        for modified in class.all("ModifiedBy") {
            let modifier = modified.get("code");
            let valid: Vec<&str> =
                modified.all("ValidModifierClass").map(|class| class.get("code")).collect();
            assert_eq!(valid.is_empty(), modified.get("all") != "false");
            let below: Vec<&&Element> =
                class.all("SubClass").map(|child| &classes[child.get("code")]).collect();
            let fifth = modifier.ends_with("_5");
            patterns.insert(match (class.get("code").len(), below.is_empty(), fifth) {
                (3, true, false) => 'A',
                (3, false, false) => 'B',
                (3, true, true) => 'C',
                (3, false, true) => 'D',
                _ => 'E',
            });
            let excludes = |base: &&&Element| {
                base.all("ExcludeModifier").any(|excluded| excluded.get("code") == modifier)
            };
            let bases: Vec<&&Element> = match below.is_empty() {
                true => vec![class],
                false => below.into_iter().filter(|base| !excludes(base)).collect(),
            };
            for digit in
                claml.all("ModifierClass").filter(|class| class.get("modifier") == modifier)
            {
                let code = digit.get("code");
                if !valid.is_empty() && !valid.contains(&code) {
                    continue;
                }
                for base in &bases {
                    let under = base.get("code");
                    let filler = match (under.len(), fifth) {
                        (3, true) => ".X",
                        (3, false) => ".",
                        _ => "",
                    };
                    let made = format!("{under}{filler}{}", code.trim_start_matches('.'));
                    let title = base.preferred().text.clone();
                    let meaning = digit.preferred().text.clone();
                    let (fourth, fifth) = match made.len() {
                        5 => (meaning, String::new()),
                        _ => (String::new(), meaning),
                    };
                    let (of, codes_of) = match digit.get("usage") {
                        "" => (usage(base), partners(base)),
                        _ => (usage(digit), partners(digit)),
                    };
                    let before = codes.insert(made, (title, fourth, fifth, of, codes_of));
                    assert!(before.is_none(), "{code} of {under} is made once");
                }
            }
        }
    }
    (codes, patterns)
}

#[test]
fn claml_expands_to_the_codes_of_the_united_kingdom_edition() {
    for scale in [0.0001, 0.0004, 0.01, 1.0] {
        let folder = tempfile::tempdir().expect("a temporary folder can be made");
        let release = match scale {
            // At full size only the classifications are of interest, and the seed is another.
            1.0 => Release::new(Parameters { seed: 1, scale: 1.0, ..Parameters::default() }),
            _ => Release::new(Parameters { seed: 4, scale, ..Parameters::default() }),
        };
        let release = release.expect("the parameters are good");
        release.write_icd10(folder.path()).expect("the files can be written");
        let read = |path: &str| fs::read_to_string(folder.path().join(path)).expect("it is UTF-8");
        let claml = Element::parse(&read(CLAML));
        assert_eq!((claml.name.as_str(), claml.get("version")), ("ClaML", "2.0.0"));
        let (codes, patterns) = expanded(&claml);
        assert_eq!(patterns.into_iter().collect::<String>(), "ABCDE", "{scale}");
        let text = read(UK);
        let rows = text.split_terminator("\r\n").skip(1).map(|line| {
            let row: Vec<&str> = line.split('\t').collect();
            let own = |at: usize| row[at].to_owned();
            let partners = row[7].split('^').filter(|code| !code.is_empty()).map(str::to_owned);
            (own(0), (own(4), own(5), own(6), own(2), partners.collect()))
        });
        let uk: BTreeMap<String, Said> = rows.collect();
        assert_eq!(uk.len(), text.split_terminator("\r\n").count() - 1, "no code twice");
        for (code, said) in &codes {
            assert_eq!(uk.get(code), Some(said), "{code} at {scale}");
        }
        assert_eq!(codes.len(), uk.len());
        match scale {
            1.0 => assert!((17_700..=17_900).contains(&uk.len()), "{}", uk.len()),
            0.01 => assert!((1_600..1_800).contains(&uk.len()), "{}", uk.len()),
            _ => assert!(uk.len() < 280, "{}", uk.len()),
        }
    }
}

#[test]
fn claml_is_a_tree_and_its_references_lead_somewhere() {
    let written = Written::new(0.0001);
    let claml = Element::parse(&written.files[CLAML]);
    let codes = written.uk().iter().map(|row| row[0]).collect::<HashSet<_>>();
    let above: HashMap<&str, &str> = claml
        .all("Class")
        .flat_map(|class| class.all("SuperClass").map(|of| (class.get("code"), of.get("code"))))
        .collect();
    let mut kinds: BTreeMap<&str, usize> = BTreeMap::new();
    for class in claml.all("Class") {
        *kinds.entry(class.get("kind")).or_default() += 1;
        for below in class.all("SubClass") {
            assert_eq!(above.get(below.get("code")), Some(&class.get("code")));
        }
    }
    let links: usize = claml.all("Class").map(|class| class.all("SubClass").count()).sum();
    assert_eq!(links, above.len());
    assert_eq!(kinds["chapter"], 22);
    assert!(above.values().any(|code| *code == "C00-C75"), "blocks are within blocks");
    let modifiers: HashSet<&str> = claml.all("Modifier").map(|one| one.get("code")).collect();
    let mut rubrics: BTreeMap<&str, usize> = BTreeMap::new();
    let mut found = Vec::new();
    claml.within("Rubric", &mut found);
    for rubric in found {
        *rubrics.entry(rubric.get("kind")).or_default() += 1;
        let mut references = Vec::new();
        rubric.within("Reference", &mut references);
        for reference in references {
            let code = match reference.get("code") {
                "" => reference.text.as_str(),
                code => code,
            };
            assert!(codes.contains(code) || modifiers.contains(code), "{reference:?}");
        }
    }
    for kind in ["preferred", "inclusion", "exclusion", "note", "modifierlink"] {
        assert!(rubrics.contains_key(kind), "{kind} in {rubrics:?}");
    }
    let mut excluded = Vec::new();
    claml.within("ExcludeModifier", &mut excluded);
    let mut valid = Vec::new();
    claml.within("ValidModifierClass", &mut valid);
    assert!(!excluded.is_empty() && !valid.is_empty());
}

#[test]
fn the_xml_twin_says_what_the_text_says() {
    let written = Written::new(0.0001);
    let xml = Element::parse(&written.files[UK_XML]);
    let names: Vec<&str> = written.files[UK].lines().next().unwrap_or("").split('\t').collect();
    assert_eq!(xml.children.len(), written.uk().len());
    for (element, row) in xml.children.iter().zip(written.uk()) {
        let given: Vec<(&str, &str)> =
            element.children.iter().map(|one| (one.name.as_str(), one.text.as_str())).collect();
        let all = names.iter().copied().zip(row);
        assert_eq!(given, all.filter(|(_, value)| !value.is_empty()).collect::<Vec<_>>());
    }
}

#[test]
fn the_smallest_united_kingdom_edition_has_everything() {
    let written = Written::new(0.0001);
    let rows = written.uk();
    let finest = written.finest();
    let usages: HashMap<&str, &str> = rows.iter().map(|row| (row[0], row[2])).collect();
    let partners: HashMap<&str, BTreeSet<&str>> =
        rows.iter().map(|row| (row[0], row[7].split('^').collect())).collect();
    for row in &rows {
        let code = row[0];
        let undotted: String = code.split('.').collect();
        let padded = code.len() == 3 && finest.contains_key(code);
        assert_eq!(row[1], format!("{undotted}{}", if padded { "X" } else { "" }));
        assert!(["DEFAULT", "DAGGER", "ASTERISK"].contains(&row[2]), "{row:?}");
        assert_eq!(row[3] == "3", !finest.contains_key(code), "{row:?}");
        assert!(!row[4].is_empty() && row[11].len() < 120 && !row[11].is_empty());
        for partner in row[7].split('^').filter(|partner| !partner.is_empty()) {
            let pair = [row[2], usages[partner]];
            assert!(matches!(pair, ["DAGGER", "ASTERISK"] | ["ASTERISK", "DAGGER"]), "{row:?}");
            assert!(partners[partner].contains(code), "{code} with {partner}");
        }
        assert!(row[2] == "DEFAULT" || !finest.contains_key(code) || !row[7].is_empty(), "{row:?}");
        let within = |first: &str, last: &str| (first..=last).contains(&&code[..3]);
        let sex = if within("N40", "N51") || within("C60", "C63") {
            "1"
        } else if within("O00", "O99") || within("N70", "N98") || within("C51", "C58") {
            "2"
        } else {
            "0"
        };
        assert_eq!(row[8], sex, "{code}");
        let [least, most] = [9, 10].map(|at| row[at].parse::<u16>().expect("an age is a number"));
        assert!(least <= most, "{row:?}");
        assert!(!code.starts_with('P') || (least, most) == (0, 0), "{row:?}");
    }
    for code in ["I10", "M45.X0", "M81.99", "S52.90", "S52.91", "W00.0", "G01", "E10.2", "C61"] {
        assert!(finest.contains_key(code), "{code}");
    }
    let letters: BTreeSet<char> = rows.iter().filter_map(|row| row[0].chars().next()).collect();
    assert_eq!(letters.len(), 26);
    assert!(rows.iter().any(|row| row[7].contains('^')));
    assert!(rows.iter().any(|row| row[10] != "999" && row[10] != "0"));
}

/// Targets are at the finest level, but for a few.
fn strays<'a>(codes: impl Iterator<Item = &'a str>, known: &HashSet<String>) -> (usize, usize) {
    let (mut all, mut strays) = (0, 0);
    for code in codes {
        all += 1;
        strays += usize::from(!known.contains(code));
    }
    (all, strays)
}

#[test]
fn targets_are_of_the_classifications_but_for_two_in_a_thousand() {
    for (scale, most) in [(0.0004, 1), (0.02, 30)] {
        let written = Written::new(scale);
        let finest = written.finest();
        let known: HashSet<String> = finest.keys().map(|&code| code.to_owned()).collect();
        let targets = written.international.iter().map(|row| &*row[10]);
        let (all, astray) = strays(targets.filter(|target| !target.is_empty()), &known);
        assert!(astray >= 1 && astray <= most && all > 30, "{astray} of {all}");
        let mut suffixed = 0;
        let mut united_kingdom = Vec::new();
        for row in written.united_kingdom.iter().filter(|row| row[4] == ICD_10_MAP) {
            let target = row[10].as_str();
            if target.starts_with('#') {
                continue;
            }
            let (code, usage) = match target.split_at(target.len() - 1) {
                (code, "D") => (dotted(code), Some("DAGGER")),
                (code, "A") => (dotted(code), Some("ASTERISK")),
                _ => (dotted(target), None),
            };
            suffixed += usize::from(usage.is_some());
            if let Some(usage) = usage {
                assert_eq!(finest.get(&*code), Some(&usage), "{row:?}");
            }
            assert_ne!((usage, finest.get(&*code)), (None, Some(&"ASTERISK")), "{row:?}");
            assert_eq!(row[9].split(" | ").next(), Some(&*format!("ALWAYS {code}")));
            united_kingdom.push(code);
        }
        let (all, astray) = strays(united_kingdom.iter().map(|code| &**code), &known);
        assert!(astray >= 1 && astray <= most && all > 30, "{astray} of {all}");
        assert!(suffixed > 0);
        let titles = &written.files[OPCS_TITLES];
        let known = titles.lines().filter_map(|line| line.split('\t').next());
        let known: HashSet<String> =
            known.filter(|code| code.len() == 5).map(str::to_owned).collect();
        let rows: Vec<_> =
            written.united_kingdom.iter().filter(|row| row[4] == written.procedures).collect();
        let codes: Vec<String> = rows
            .iter()
            .filter(|row| !row[10].starts_with('#'))
            .map(|row| dotted(&row[10]))
            .collect();
        let (all, astray) = strays(codes.iter().map(|code| &**code), &known);
        assert!(astray >= 1 && astray <= most && all > 10, "{astray} of {all}");
        if scale > 0.001 {
            assert!(rows.iter().any(|row| row[10] == "#NC"));
            assert!(rows.iter().any(|row| row[12] == "3"));
            for fragment in [
                "ADDITIONAL CODE POSSIBLE",
                "ADDITIONAL CODE MANDATORY",
                "CODE MUST NEVER BE USED IN A PRIMARY POSITION",
                "CODE MUST BE USED IN A PRIMARY POSITION",
            ] {
                assert!(rows.iter().any(|row| row[9].ends_with(fragment)), "{fragment}");
            }
            let stated = 73_000.0 * scale;
            assert!((stated * 0.85..stated * 1.1).contains(&(rows.len() as f64)), "{}", rows.len());
        }
    }
}

#[test]
fn what_is_chosen_for_a_sex_is_not_of_the_other() {
    let written = Written::new(0.02);
    let uk = written.uk();
    let sexes: HashMap<&str, &str> = uk.iter().map(|row| (row[0], row[8])).collect();
    let mut chosen = 0;
    for row in &written.international {
        let other = match () {
            () if row[8].starts_with("IFA 248152002") => "1",
            () if row[8].starts_with("IFA 248153007") => "2",
            () => continue,
        };
        chosen += 1;
        assert_ne!(sexes.get(&*row[10]), Some(&other), "{row:?}");
    }
    assert!(chosen > 100, "{chosen}");
}

#[test]
fn opcs_4_has_its_two_forms() {
    for scale in [0.0001, 0.01] {
        let written = Written::new(scale);
        let titles: BTreeMap<&str, &str> = written.files[OPCS_TITLES]
            .split_terminator("\r\n")
            .map(|line| line.split_once('\t').expect("a title is behind a tab"))
            .collect();
        let letters: BTreeSet<&str> = titles.keys().map(|code| &code[..1]).collect();
        assert!(letters.len() == 25 && !letters.contains("I"));
        let lines = written.files[OPCS_METADATA].split_terminator("\r\n");
        let mut count = 0;
        let mut delivered = false;
        for line in lines {
            assert!(line.is_ascii() && line.len() == 228, "{}", line.len());
            let field = |first: usize, last: usize| line[first..last].trim_end();
            assert_eq!(line[..11].len(), field(0, 11).len());
            let code = dotted(field(12, 16));
            let cut = |title: &str, width: usize| {
                title.get(..width).unwrap_or(title).trim_end().to_owned()
            };
            assert_eq!(field(24, 79), cut(titles[&code[..3]], 55));
            assert_eq!(field(84, 144), cut(titles[&*code], 60));
            assert!(["0", "1", "2"].contains(&field(187, 188)), "{line}");
            assert_eq!(field(187, 188), field(191, 192));
            assert!(!field(193, 195).is_empty());
            delivered |= !field(218, 228).is_empty();
            let between: String = [11..12, 16..24, 79..84, 144..187, 188..191, 192..193, 195..218]
                .into_iter()
                .map(|range| &line[range])
                .collect();
            assert_eq!(between.trim(), "", "{line}");
            count += 1;
        }
        assert_eq!(count, titles.keys().filter(|code| code.len() == 5).count());
        assert!(delivered);
    }
}

#[test]
fn icd_10_cm_has_its_two_forms() {
    let written = Written::new(0.0001);
    let text = &written.files[ORDER];
    assert!(text.is_ascii());
    let tabular = Element::parse(&written.files[TABULAR]);
    let mut diags = Vec::new();
    tabular.within("diag", &mut diags);
    let child = |element: &Element, name: &str| {
        element.all(name).next().map_or_else(String::new, |child| child.text.trim().to_owned())
    };
    let named: HashMap<String, String> =
        diags.iter().map(|diag| (child(diag, "name"), child(diag, "desc"))).collect();
    let (mut seventh, mut fillers) = (0, 0);
    for (number, line) in text.split_terminator("\r\n").enumerate() {
        assert_eq!(line[..5], format!("{:05}", number + 1));
        assert_eq!([&line[5..6], &line[13..14], &line[15..16], &line[76..77]], [" "; 4], "{line}");
        let code = line[6..13].trim_end();
        let title = &line[77..];
        assert_eq!(line[16..76].trim_end(), title.get(..60).unwrap_or(title).trim_end());
        let last = code.len() == 7;
        seventh += usize::from(last);
        fillers += usize::from(last && code.contains('X'));
        assert!(["0", "1"].contains(&&line[14..15]));
        match last {
            true => assert_eq!(&line[14..15], "1", "{line}"),
            false => assert_eq!(named[&dotted(code)], title),
        }
    }
    assert!(seventh > 3 && fillers > 0);
    let plain = text.lines().filter(|line| line[6..13].trim_end().len() < 7).count();
    assert_eq!(plain, named.len());
    let tags =
        ["inclusionTerm", "excludes1", "excludes2", "useAdditionalCode", "codeFirst", "extension"];
    for tag in tags {
        let mut found = Vec::new();
        tabular.within(tag, &mut found);
        assert!(!found.is_empty(), "{tag}");
    }
}

#[test]
fn the_same_seed_gives_the_same_bytes_and_another_gives_others() {
    let files = |seed: u64| {
        let folder = tempfile::tempdir().expect("a temporary folder can be made");
        let parameters = Parameters { seed, scale: 0.001, ..Parameters::default() };
        let release = Release::new(parameters).expect("the parameters are good");
        let files = release.write_icd10(folder.path()).expect("the files can be written");
        let read = files.into_iter().map(|file| {
            let bytes = fs::read(folder.path().join(&file.path)).expect("it can be read");
            (file.path, bytes)
        });
        read.collect::<BTreeMap<_, _>>()
    };
    let (one, again, other) = (files(1), files(1), files(2));
    assert_eq!(one.len(), 7);
    assert!(one == again);
    assert!(one.iter().all(|(path, bytes)| other[path] != *bytes));
}

#[test]
fn the_workload_of_maps_asks_for_all_kinds_of_patients() {
    let folder = tempfile::tempdir().expect("a temporary folder can be made");
    let parameters = Parameters { seed: 4, scale: 0.0002, ..Parameters::default() };
    let release = Release::new(parameters).expect("the parameters are good");
    release.write_workload(folder.path()).expect("the workload can be written");
    let text = fs::read_to_string(folder.path().join("workload/map.csv")).expect("it is UTF-8");
    let mut lines = text.lines();
    assert_eq!(lines.next(), Some("concept_id,sex,age_at_onset"));
    let rows: Vec<Vec<&str>> = lines.map(|line| line.split(',').collect()).collect();
    assert_eq!(rows.len(), 200);
    let sexes: BTreeSet<&str> = rows.iter().map(|row| row[1]).collect();
    assert_eq!(sexes.into_iter().collect::<Vec<_>>(), ["", "female", "male"]);
    let units: BTreeSet<&str> =
        rows.iter().map(|row| row[2].trim_start_matches(|c: char| c.is_ascii_digit())).collect();
    assert_eq!(units.into_iter().collect::<Vec<_>>(), ["", "d", "m", "y"]);
}
