//! Two editions of a classification compared: each kind of change planted once, and every text of
//! every rubric against a plain list of them.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use crate::support::change::line;
use crate::support::{run, testdata};
use farr::Terminology;
use farr::classification::{Classification, RubricCode};
use farr::diff::ClassificationComparison;
use farr_build::Build;

fn lines<'t, C: RubricCode>(old: Classification<'t, C>, new: Classification<'t, C>) -> Vec<String> {
    let comparison = ClassificationComparison::new(old, new);
    let mut lines = Vec::new();
    comparison.changes(&mut |change| lines.push(line(&change)));
    // The whole is what is told of each code, but for what cannot be told of any.
    let mut parts = Vec::new();
    for code in comparison.codes() {
        comparison.changes_of(code, &mut |change| parts.push(line(&change)));
    }
    parts.retain(|line| !line.starts_with("cannot-tell"));
    let mut whole: Vec<_> =
        lines.iter().filter(|line| !line.starts_with("cannot-tell")).cloned().collect();
    whole.sort();
    parts.sort();
    assert_eq!(parts, whole);
    lines
}

fn uk() -> PathBuf {
    let content = testdata("icd10").join("uk/ICD10_Edition5_20990401/Content");
    content.join("ICD10_Edition5_CodesAndTitlesAndMetadata_GB_20990401.txt")
}

fn read(path: &Path) -> String {
    std::fs::read_to_string(path).expect("the file can be read")
}

/// The index of one file, or of this text in its stead.
fn index(path: &Path, text: &str, opcs4: bool) -> Terminology {
    let folder = tempfile::tempdir().expect("a temporary folder can be made");
    let copy = folder.path().join(path.file_name().expect("it has a name"));
    std::fs::write(&copy, text).expect("the file can be written");
    let build = if opcs4 { Build::new().opcs4(&copy) } else { Build::new().icd10(&copy) };
    run(build).terminology()
}

fn edited(path: &Path, from: &str, to: &str) -> String {
    let text = read(path);
    assert!(text.contains(from), "{} has no {from}", path.display());
    text.replacen(from, to, 1)
}

/// What is told of the UK file and a copy of it in which this is that.
fn uk_planted(from: &str, to: &str) -> Vec<String> {
    let old = index(&uk(), &read(&uk()), false);
    let new = index(&uk(), &edited(&uk(), from, to), false);
    lines(old.icd10().expect("ICD-10"), new.icd10().expect("ICD-10"))
}

#[test]
fn the_same_edition_twice_has_no_change() {
    let bytes = || crate::support::classification_index();
    let open = || Terminology::from_bytes(bytes()).expect("the golden file is good");
    let (old, new) = (open(), open());
    let none: Vec<String> = Vec::new();
    assert_eq!(lines(old.icd10().expect("ICD-10"), new.icd10().expect("ICD-10")), none);
    assert_eq!(lines(old.icd10_cm().expect("ICD-10-CM"), new.icd10_cm().expect("ICD-10-CM")), none);
    assert_eq!(lines(old.opcs4().expect("OPCS-4"), new.opcs4().expect("OPCS-4")), none);
}

#[test]
fn a_rubric_comes_and_goes() {
    let row = "J46\tJ46X\tDEFAULT\t0\tWheeze without end\t\t\t\t\t\t\tWheeze without end";
    let other = "J47\tJ47X\tDEFAULT\t0\tWheeze\t\t\t\t\t\t\tWheeze";
    assert_eq!(
        uk_planted(row, other),
        [
            "rubric-removed J46 category: Wheeze without end -> -",
            "rubric-added J47 category: - -> Wheeze"
        ]
    );
}

#[test]
fn a_title_is_told_once_however_many_columns_have_it() {
    assert_eq!(
        uk_planted("Blush of the skin\t", "Flush of the skin\t"),
        ["rubric-retitled A46 title: Blush of the skin -> Flush of the skin"]
    );
    assert_eq!(
        uk_planted("\tBlush of the skin\r\n", "\tFlush of the skin\r\n"),
        ["rubric-retitled A46 tree-description: Blush of the skin -> Flush of the skin"]
    );
}

#[test]
fn marks_partners_and_columns_of_them_are_usage() {
    assert_eq!(
        uk_planted("A170\tDAGGER", "A170\tDEFAULT"),
        ["rubric-usage-changed A17.0 mark: dagger -> -"]
    );
    assert_eq!(
        uk_planted(
            "A178\tDAGGER\t0\tOther larch disease of nerves\t\t\tG05.0*^G63.0*",
            "A178\tDAGGER\t0\tOther larch disease of nerves\t\t\tG05.0*"
        ),
        ["rubric-usage-changed A17.8 partners: G05.0*, G63.0* -> G05.0*"]
    );
    // Their order says nothing of the partners; the column is told as published.
    assert_eq!(
        uk_planted("G05.0*^G63.0*", "G63.0*^G05.0*"),
        ["rubric-usage-changed A17.8 qualifiers: G05.0*^G63.0* -> G63.0*^G05.0*"]
    );
    assert_eq!(
        uk_planted("J46X\tDEFAULT\t0", "J46X\tDEFAULT\t1"),
        ["rubric-usage-changed J46 usage-uk: 0 -> 1"]
    );
}

#[test]
fn limits_of_sex_and_age_are_told_in_words() {
    assert_eq!(
        uk_planted("Tight hood\t\t\t\t1\t", "Tight hood\t\t\t\t\t"),
        ["rubric-limits-changed N47 sex: male -> not-stated"]
    );
    assert_eq!(
        uk_planted("\t1\t15\t124\t", "\t1\t18\t\t"),
        [
            "rubric-limits-changed C61 min-age: 15 -> 18",
            "rubric-limits-changed C61 max-age: 124 -> -",
        ]
    );
}

#[test]
fn a_first_subdivision_is_a_change_of_what_may_be_coded() {
    let row = "J46\tJ46X\tDEFAULT\t0\tWheeze without end\t\t\t\t\t\t\tWheeze without end\r\n";
    let found = uk_planted(
        row,
        &format!(
            "{}J46.0\tJ460\tDEFAULT\t0\tWheeze\t\t\t\t\t\t\tWheeze\r\n",
            row.replace("J46X", "J46")
        ),
    );
    assert_eq!(
        found,
        [
            "rubric-validity-changed J46 further-character: none -> fourth",
            "rubric-texts-changed J46 alt-code: J46X -> J46",
            "rubric-added J46.0 subcategory: - -> Wheeze",
        ]
    );
}

fn cm(order: &str, tabular: &str) -> Terminology {
    let folder = tempfile::tempdir().expect("a temporary folder can be made");
    std::fs::write(folder.path().join("icd10cm_order_2099.txt"), order).expect("it can be written");
    let path = folder.path().join("icd10cm_tabular_2099.xml");
    std::fs::write(path, tabular).expect("it can be written");
    Terminology::from_bytes(run(Build::new().icd10(folder.path())).bytes).expect("it is good")
}

fn cm_planted(order: (&str, &str), tabular: (&str, &str)) -> Vec<String> {
    let folder = testdata("icd10").join("cm");
    let (orders, tabulars) =
        (folder.join("icd10cm_order_2099.txt"), folder.join("icd10cm_tabular_2099.xml"));
    let old = cm(&read(&orders), &read(&tabulars));
    let new = cm(&edited(&orders, order.0, order.1), &edited(&tabulars, tabular.0, tabular.1));
    lines(old.icd10_cm().expect("ICD-10-CM"), new.icd10_cm().expect("ICD-10-CM"))
}

#[test]
fn validity_of_the_order_file_is_told() {
    assert_eq!(
        cm_planted(("C7A0    1 ", "C7A0    0 "), ("", "")),
        [
            "rubric-validity-changed C7A.0 valid: valid -> not-valid",
            "rubric-validity-changed C7A.0 further-character: none -> further",
        ]
    );
}

#[test]
fn notes_are_sets_and_those_of_chapters_and_blocks_are_told_too() {
    assert_eq!(
        cm_planted(("", ""), ("Old blue flux", "Very old blue flux")),
        ["rubric-texts-changed A00.0 inclusion: Old blue flux -> Very old blue flux"]
    );
    assert_eq!(
        cm_planted(
            ("", ""),
            (
                "<note>carrier (Z22.-)</note><note>colds (J00-J06)</note>",
                "<note>colds (J00-J06)</note><note>carrier (Z22.-)</note>"
            )
        ),
        Vec::<String>::new()
    );
    assert_eq!(
        cm_planted(("", ""), ("<note>carrier (Z22.-)</note>", "")),
        ["rubric-texts-changed 1 excludes2: carrier (Z22.-) -> -"]
    );
    assert_eq!(
        cm_planted(
            ("", ""),
            ("<desc>Flux diseases (A00-A09)</desc>", "<desc>Fluxes (A00-A09)</desc>")
        ),
        ["rubric-retitled A00-A09 title: Flux diseases (A00-A09) -> Fluxes (A00-A09)"]
    );
}

#[test]
fn a_block_of_another_range_moves_what_is_below_it() {
    assert_eq!(
        cm_planted(("", ""), ("<section id=\"A00-A09\">", "<section id=\"A00-A08\">")),
        [
            "rubric-added A00-A08 block: - -> Flux diseases (A00-A09)",
            "rubric-removed A00-A09 block: Flux diseases (A00-A09) -> -",
            "rubric-moved A00: A00-A09 -> A00-A08 [parent-lost A00-A09 Flux diseases (A00-A09)] [parent-gained A00-A08 Flux diseases (A00-A09)]",
        ]
    );
}

#[test]
fn the_metadata_of_opcs_4_are_told() {
    let folder = testdata("icd10").join("opcs4");
    let titles = folder.join("OPCS411_CodesAndTitles_20990401.txt");
    let old = index(&titles, &read(&titles), true);
    let new = index(&titles, &edited(&titles, "Picture of no kind", "No picture"), true);
    assert_eq!(
        lines(old.opcs4().expect("OPCS-4"), new.opcs4().expect("OPCS-4")),
        ["rubric-retitled Y90.1 title: Picture of no kind -> No picture"]
    );
    // With the metadata beside them, what these say is new.
    let both = run(Build::new().opcs4(&folder)).terminology();
    let found = lines(old.opcs4().expect("OPCS-4"), both.opcs4().expect("OPCS-4"));
    for wanted in [
        "rubric-limits-changed M61.1 sex-absolute: - -> 1",
        "rubric-limits-changed A01.9 sex-scrutiny: - -> 3",
        "rubric-validity-changed R17.1 status: - -> 3",
        "rubric-texts-changed R17.1 method-of-delivery: - -> 7",
        "rubric-retitled A01.1 category-name: - -> Work on the great wall",
    ] {
        assert!(found.iter().any(|line| line == wanted), "{wanted}: {found:#?}");
    }
    assert_eq!(found.len(), 19, "{found:#?}");
}

/// Everything that an edition says of its rubrics, code by code.
fn said<C: RubricCode>(classification: Classification<'_, C>) -> BTreeMap<String, Vec<String>> {
    let mut said = BTreeMap::new();
    for rubric in classification.rubrics() {
        let mut all: Vec<String> =
            rubric.texts().map(|text| format!("{}: {}", text.kind(), text.text())).collect();
        all.sort();
        let key = match rubric.code() {
            Some(code) => code.to_string(),
            None => rubric.code_text().to_owned(),
        };
        said.insert(key, all);
    }
    said
}

#[test]
fn what_is_told_of_two_sources_is_where_they_differ() {
    let folder = testdata("icd10");
    let claml = folder.join("claml/invented.xml");
    let (old, new) = (index(&uk(), &read(&uk()), false), index(&claml, &read(&claml), false));
    let (old, new) = (old.icd10().expect("ICD-10"), new.icd10().expect("ICD-10"));
    let comparison = ClassificationComparison::new(old, new);
    let mut told: BTreeMap<String, usize> = BTreeMap::new();
    comparison.changes(&mut |change| *told.entry(change.code).or_default() += 1);
    let found = lines(old, new);
    // One of them has chapters and blocks, the other none: what moved is not known.
    assert!(found[0].starts_with("cannot-tell  chapters and blocks: - -> "), "{found:#?}");
    assert!(!found.iter().any(|line| line.starts_with("rubric-moved") && line.contains(": - -> ")));
    // Nor is it of one that is asked about: of a block, or of which one a category is below.
    let by_code = |code: &str| {
        let mut lines = Vec::new();
        comparison.changes_of(code, &mut |change| lines.push(line(&change)));
        lines
    };
    let block = new.groups().next().expect("it has blocks").code_text();
    let told_of_block = by_code(block);
    assert!(
        matches!(told_of_block.as_slice(), [one] if one.starts_with(&format!("cannot-tell {block} chapters and blocks: - -> "))),
        "{told_of_block:#?}"
    );
    let category = new.codes().find(|rubric| {
        let code = rubric.code().expect("it has a code");
        let is_below_a_block = rubric.parent().is_some_and(|parent| parent.code().is_none());
        is_below_a_block && old.rubric(code).is_some()
    });
    let category = category.expect("they share a category").code_text();
    assert!(by_code(category).contains(&found[0]), "{:#?}", by_code(category));
    let (olds, news) = (said(old), said(new));
    let mut compared = 0;
    for (code, texts) in &olds {
        let differs = news.get(code).is_none_or(|others| others != texts);
        // A code is told of where its texts differ, whatever else is told of it.
        assert!(!differs || told.contains_key(code), "{code}");
        compared += usize::from(news.contains_key(code));
    }
    for (code, _) in news.iter().filter(|(code, _)| code.parse::<farr::Icd10Code>().is_ok()) {
        assert!(olds.contains_key(code) || told.contains_key(code), "{code}");
    }
    assert!(compared > 3, "the sources share {compared} codes");
}
