//! `docs/maps.md` against the command: what it shows is what a reader gets who types it in.

use std::path::{Path, PathBuf};

use crate::common::dmd::{columns, rows_of};
use crate::common::{bare, folder, run};

/// Where the document has its index; the test has one of its own.
const INDEX: &str = "/tmp/worked.farr";

fn repository() -> &'static Path {
    Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/.."))
}

fn document() -> String {
    std::fs::read_to_string(repository().join("docs/maps.md")).unwrap()
}

/// A line behind a `$`, and what stands below it up to the next.
struct Shown {
    command: String,
    below: String,
}

/// All lines that a reader may type, in order.
fn shown(document: &str) -> Vec<Shown> {
    let (mut within, mut all) = (false, Vec::<Shown>::new());
    for line in document.lines() {
        if line.starts_with("```") {
            within = line == "```text";
        } else if let (true, Some(command)) = (within, line.strip_prefix("$ ")) {
            all.push(Shown { command: command.to_owned(), below: String::new() });
        } else if let (true, Some(last)) = (within, all.last_mut()) {
            last.below.push_str(line);
            last.below.push('\n');
        }
    }
    all
}

/// Runs the command from the root of the repository, with an index of the worked release.
fn farr(arguments: &str, index: &Path) -> crate::common::Printed {
    let index = index.to_str().unwrap();
    let arguments = arguments.split_whitespace();
    let arguments: Vec<&str> =
        arguments.map(|word| if word == INDEX { index } else { word }).collect();
    run(bare().current_dir(repository()).env("FARR_INDEX", index).args(arguments))
}

/// A place for an index of this name.
fn index(name: &str) -> PathBuf {
    folder("map-docs").join(name)
}

/// Builds the index as the document does, which is its first command.
fn built(name: &str, all: &[Shown]) -> PathBuf {
    let index = index(name);
    let build = all.first().unwrap().command.strip_prefix("farr ").unwrap();
    assert!(build.starts_with("build ") && build.contains(INDEX), "{build}");
    let printed = farr(build, &index);
    assert_eq!((printed.out.as_str(), printed.err.as_str(), printed.code), ("", "", 0));
    index
}

#[test]
fn every_command_prints_what_the_document_shows() {
    let document = document();
    let all = shown(&document);
    let index = built("worked.farr", &all);
    let (mut asked, mut ended) = (0, 0);
    for Shown { command, below } in all.iter().skip(1) {
        if let Some(arguments) = command.strip_prefix("farr ") {
            assert_eq!(ended, 0, "before {command}: a failure that the document does not show");
            let printed = farr(arguments, &index);
            // At a shell both go to the screen; the command writes one of them.
            assert_eq!(&format!("{}{}", printed.out, printed.err), below, "{command}");
            (asked, ended) = (asked + 1, printed.code);
        } else if command == "echo $?" {
            assert_eq!(below, &format!("{ended}\n"));
            ended = 0;
        } else {
            assert_eq!(command, &format!("export FARR_INDEX={INDEX}"));
        }
    }
    assert_eq!(ended, 0, "a failure that the document does not show");
    // None is overlooked, in another kind of block say.
    assert_eq!(asked, document.lines().filter(|line| line.starts_with("$ farr map ")).count());
    assert!(asked > 10, "{asked}");
}

/// The first and the last cell of each row of the table that compares.
fn compared(document: &str) -> Vec<(String, String)> {
    let table = document.split("\n| asked |").nth(1).unwrap();
    let rows = table.lines().skip(2).take_while(|line| line.starts_with('|'));
    let code = |cell: &str| {
        let between = cell.split('`').nth(1);
        between.unwrap_or_else(|| panic!("no code in {cell}")).to_owned()
    };
    let ends = rows.map(|row| {
        let cells: Vec<&str> = row.trim_matches('|').split(" | ").collect();
        (code(cells.first().unwrap()), code(cells.last().unwrap()))
    });
    ends.collect()
}

#[test]
fn farr_says_what_the_table_of_engines_has_it_say() {
    let document = document();
    let index = built("compared.farr", &shown(&document));
    let rows = compared(&document);
    for (asked, said) in &rows {
        let map = if said.starts_with("defaults") { "uk-icd10" } else { "international" };
        let printed = farr(&format!("map {asked} --map {map} --format csv"), &index);
        let csv = rows_of(&printed.out, b',');
        let answer = &columns(&csv, &["outcome", "targets", "missing"])[0];
        let answer: Vec<&str> =
            answer.iter().map(String::as_str).filter(|cell| !cell.is_empty()).collect();
        assert_eq!(&answer.join(" "), said, "{asked}");
    }
    assert!(rows.len() > 8, "{}", rows.len());
}
