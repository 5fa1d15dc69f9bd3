//! The safety pack of this repository keeps its rules, and each rule finds what breaks it.
//!
//! With `FARR_BLESS=1` the parts that are made of the hazards are written anew.

use std::fs;
use std::path::PathBuf;
use std::sync::OnceLock;

use farr_safety::check::{check_against, made};
use farr_safety::source::{Target, targets};
use farr_safety::{Problem, Tree, check, generated};

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../..")
}

fn repository() -> Tree {
    Tree::read(&root()).expect("the repository can be read")
}

/// What is wrong with the repository after a cut of its documents, a line each.
fn after(cut: impl FnOnce(&mut Tree)) -> String {
    static READ: OnceLock<(Tree, Vec<Target>)> = OnceLock::new();
    let (tree, targets) = READ.get_or_init(|| {
        let tree = repository();
        let (targets, _) = targets(&tree);
        (tree, targets)
    });
    let mut tree = tree.clone();
    cut(&mut tree);
    lines(&check_against(&tree, targets.clone()).1)
}

/// The same after a cut of the sources of one member of the workspace, which are read again, alone.
fn after_in(member: &str, cut: impl FnOnce(&mut Tree)) -> String {
    let mut tree = repository();
    tree.set("Cargo.toml", format!("[workspace]\nmembers = [{member:?}]\n"));
    cut(&mut tree);
    lines(&check(&tree).1)
}

fn lines(problems: &[Problem]) -> String {
    problems.iter().map(|problem| format!("{problem}\n")).collect()
}

/// Replaces a text that is in a file.
fn replace(tree: &mut Tree, file: &str, from: &str, to: &str) {
    let text = tree.get(file).unwrap_or_else(|| panic!("{file} is there")).to_owned();
    assert!(text.contains(from), "{file} has no {from:?}");
    tree.set(file, text.replacen(from, to, 1));
}

const BUILDER: &str = "build-tools/builder";
const LOG: &str = "docs/safety/hazard-log/";

/// The file of a hazard.
fn hazard(tree: &Tree, id: &str) -> String {
    let beginning = format!("{LOG}{id}-");
    tree.below(&beginning).next().expect("the hazard is there").to_owned()
}

#[test]
fn the_pack_of_this_repository_keeps_every_rule() {
    let mut tree = repository();
    if std::env::var_os("FARR_BLESS").is_some() {
        let (pack, _) = check(&tree);
        for (document, part) in made(&pack.hazards) {
            let text = tree.get(document).expect("the document is there");
            let current = generated::put(text, &part).expect("the document has its marks");
            fs::write(root().join(document), &current).expect("the document can be written");
            tree.set(document, current);
        }
    }
    let (pack, problems) = check(&tree);
    let told: Vec<String> = problems.iter().map(ToString::to_string).collect();
    assert!(told.is_empty(), "\n{}", told.join("\n"));
    assert!(pack.hazards.len() >= 26 && pack.assumptions.len() >= 20);
}

#[test]
fn a_test_that_is_not_there_is_found() {
    let told = after(|tree| {
        let file = hazard(tree, "H05");
        replace(tree, &file, "::several_are_never_made_one`", "::several_are_made_one`");
    });
    assert!(told.contains("H05-"), "{told}");
    assert!(
        told.contains("::several_are_made_one: no test binary of the workspace has such a test")
    );
    let told = after_in(BUILDER, |tree| {
        assert!(tree.remove("build-tools/builder/tests/all/history/concepts.rs"));
    });
    assert!(
        told.contains("concepts.rs::several_are_never_made_one: there is no such file"),
        "{told}"
    );
    let told = after(|tree| {
        let file = hazard(tree, "H05");
        let name = "build-tools/builder/tests/all/history/concepts.rs::several";
        replace(tree, &file, name, "build-tools/builder/tests/all/history/concepts.rs:several");
    });
    assert!(told.contains("not of the form"), "{told}");
}

#[test]
fn a_test_that_does_not_run_is_found() {
    let file = "build-tools/builder/tests/all/history/concepts.rs";
    let head = "#[test]\nfn several_are_never_made_one()";
    for (change, why) in [
        ("#[test]\n#[ignore]\nfn several_are_never_made_one()", "the test is ignored"),
        ("fn several_are_never_made_one()", "no test binary of the workspace has such a test"),
        ("// #[test]\nfn several_are_never_made_one()", "no test binary"),
        ("#[test]\n#[cfg(windows)]\nfn several_are_never_made_one()", "a cfg leaves the test out"),
        ("#[cfg(any())]\n#[test]\nfn several_are_never_made_one()", "a cfg leaves the test out"),
        (
            "fn perhaps() { eprintln!(\"SKIPPED: no data\"); }\n#[test]\nfn \
             several_are_never_made_one() { perhaps() }\nfn rest()",
            "the test skips itself where its data is not there",
        ),
    ] {
        let told = after_in(BUILDER, |tree| replace(tree, file, head, change));
        assert!(
            told.contains(&format!("concepts.rs::several_are_never_made_one: {why}")),
            "{told}"
        );
    }
    let told = after_in(BUILDER, |_| ());
    assert!(!told.contains("concepts.rs::several_are_never_made_one"), "{told}");
    let told = after_in(BUILDER, |tree| {
        let manifest = "build-tools/builder/Cargo.toml";
        replace(tree, manifest, "[package]", "[package]\nautotests = false");
    });
    let none = "no test binary of the workspace has such a test";
    assert!(told.contains(&format!("concepts.rs::several_are_never_made_one: {none}")), "{told}");
    // The folder of a package that is a member no more.
    assert!(told.contains(&format!("several_candidates_are_shown_and_none_is_chosen: {none}")));
    // A module that no `mod` leads to any more.
    let groups = format!("src/map/tests/groups.rs::sex_never_falls_through: {none}");
    assert!(!after_in(".", |_| ()).contains(&groups));
    assert!(
        after_in(".", |tree| replace(tree, "src/map/mod.rs", "mod tests;", "")).contains(&groups)
    );
}

#[test]
fn a_case_that_was_taken_out_of_its_table_is_found() {
    let table = "testdata/coding/verdicts.tsv";
    let told = after(|tree| {
        let text = tree.get(table).unwrap();
        let rest = text.lines().filter(|row| !row.starts_with("previous-id\t"));
        let rest: String = rest.map(|row| format!("{row}\n")).collect();
        tree.set(table, rest);
    });
    assert!(
        told.contains(&format!("C4: {table}::previous-id: the table has no such case")),
        "{told}"
    );
    let told = after(|tree| {
        let file = hazard(tree, "H25");
        replace(tree, &file, &format!("<br>`{table}::previous-id`"), "");
    });
    assert!(told.contains("it runs many cases, and none of testdata"), "{told}");
    let told = after(|tree| assert!(tree.remove(table)));
    assert!(told.contains("::previous-id: there is no such file"), "{told}");
}

#[test]
fn a_control_without_a_test_is_found() {
    let told = after(|tree| {
        let file = hazard(tree, "H05");
        let text = tree.get(&file).unwrap().to_owned();
        let row = text.lines().find(|line| line.starts_with("| C1 |")).unwrap();
        let cells: Vec<&str> = row.split(" | ").collect();
        let bare = format!("{} | {} | {} | |", cells[0], cells[1], cells[2]);
        tree.set(file, text.replacen(row, &bare, 1));
    });
    assert!(told.contains("C1: a control of kind \"design\" names no test"), "{told}");
}

#[test]
fn each_field_that_is_missing_is_found() {
    let tree = repository();
    let file = hazard(&tree, "H05");
    let text = tree.get(&file).unwrap().to_owned();
    let mut fields = 0;
    for row in text.lines().take_while(|line| !line.starts_with("## ")) {
        let Some(name) = row.strip_prefix("| ").and_then(|row| row.split(" | ").next()) else {
            continue;
        };
        if name == "field" {
            continue;
        }
        fields += 1;
        for broken in [String::new(), format!("| {name} | |\n")] {
            let cut = text.replacen(&format!("{row}\n"), &broken, 1);
            let told = after(|tree| tree.set(&*file, cut.as_str()));
            assert!(told.contains(&format!("\"{name}\" is missing")), "{name}: {told}");
        }
    }
    assert_eq!(fields, 10);
    for (heading, why) in [
        ("\n## Causes\n", "there is no cause"),
        ("\n## Controls\n", "there is no control"),
        ("\n## What is left\n", "\"## What is left\" is missing"),
    ] {
        let told = after(|tree| replace(tree, &file, heading, "\n## Else\n"));
        assert!(told.contains(why), "{told}");
    }
}

#[test]
fn a_risk_that_the_matrix_does_not_give_is_found() {
    let change = |from: &str, to: &str| {
        after(|tree| {
            let file = hazard(tree, "H05");
            replace(tree, &file, from, to);
        })
    };
    let told = change(
        "| Initial likelihood, severity | 3, 4 |",
        "| Initial likelihood, severity | 3, 5 |",
    );
    assert!(told.contains("initial: likelihood 3 and severity 5 are risk 4, not 3"), "{told}");
    let told = change("| Initial risk | 3 |", "| Initial risk | 2 |");
    assert!(told.contains("are risk 3, not 2"), "{told}");
    let told = change(
        "| Residual likelihood, severity | 1, 4 |",
        "| Residual likelihood, severity | 6, 4 |",
    );
    assert!(told.contains("residual: likelihood and severity go from 1 to 5"), "{told}");
    let told = change(
        "| Residual likelihood, severity | 1, 4 |",
        "| Residual likelihood, severity | 1, 5 |",
    );
    assert!(told.contains("the residual rating is above the initial one"), "{told}");
    let told = change(
        "| 1, 4 |\n| Residual risk | 2 |\n| Status | transferred to integrator |",
        "| 3, 4 |\n| Residual risk | 3 |\n| Status | closed |",
    );
    assert!(told.contains("a residual risk of 3 is not closed"), "{told}");
    let told = change("| 1, 4 |\n| Residual risk | 2 |", "| 4, 4 |\n| Residual risk | 4 |");
    assert!(told.contains("is not released"), "{told}");
    let told = change("| Status | transferred to integrator |", "| Status | done |");
    assert!(told.contains("the status \"done\" is none of"), "{told}");
}

#[test]
fn links_to_assumptions_hold_in_both_directions() {
    let told = after(|tree| {
        let file = hazard(tree, "H05");
        replace(tree, &file, "[A07]", "[A77]");
    });
    assert!(told.contains("it rests on A77, and there is no such assumption"), "{told}");
    assert!(told.contains("A07: H05 is named and does not rest on it"), "{told}");
    let told = after(|tree| {
        replace(
            tree,
            "docs/safety/integrator-assumptions.md",
            "**Hazards:** H0",
            "**Hazards:** H9",
        );
    });
    assert!(told.contains("rests on it and is not named"), "{told}");
    let told = after(|tree| {
        replace(tree, "docs/safety/integrator-assumptions.md", "**How to check:** ", "To check: ");
    });
    assert!(told.contains("**How to check:** is missing"), "{told}");
    let told = after(|tree| {
        let file = hazard(tree, "H05");
        let text = tree.get(&file).unwrap().to_owned();
        let row = text.lines().find(|line| line.starts_with("| Rests on |")).unwrap();
        tree.set(file, text.replacen(row, "| Rests on | none |", 1));
    });
    assert!(told.contains("it is transferred, and rests on no assumption"), "{told}");
}

#[test]
fn ids_have_no_gaps() {
    let told = after(|tree| {
        let file = hazard(tree, "H05");
        assert!(tree.remove(&file));
    });
    assert!(told.contains("ids are not consecutive: H05 comes here"), "{told}");
    let told = after(|tree| {
        let file = hazard(tree, "H05");
        replace(tree, &file, "# H05: ", "# H06: ");
    });
    assert!(told.contains("its title does not begin with H05"), "{told}");
    let told = after(|tree| {
        replace(tree, "docs/safety/integrator-assumptions.md", "### A03", "### A33");
    });
    assert!(told.contains("ids are not consecutive: A33 where A03 comes"), "{told}");
}

#[test]
fn what_is_made_of_the_hazards_is_current() {
    let told = after(|tree| {
        let file = hazard(tree, "H05");
        let text = tree.get(&file).unwrap().to_owned();
        let (_, rest) = text.split_once('\n').unwrap();
        tree.set(file, format!("# H05: Another name\n{rest}"));
    });
    assert!(
        told.contains("hazard-log/README.md: what is made of the hazards is not current"),
        "{told}"
    );
    let told =
        after(|tree| replace(tree, "docs/safety/safety-case-report.md", "| 5 | ", "| 5 | 9"));
    assert!(told.contains("safety-case-report.md: what is made of the hazards is not current"));
}

#[test]
fn documents_and_clinical_impacts_are_there() {
    let told = after(|tree| assert!(tree.remove("docs/safety/intended-use.md")));
    assert_eq!(told, "docs/safety/intended-use.md: the document is not there\n");
    let told = after(|tree| replace(tree, "CHANGELOG.md", "### Clinical impact", "### Impact"));
    assert!(told.contains("CHANGELOG.md: Unreleased: no \"Clinical impact\""), "{told}");
}
