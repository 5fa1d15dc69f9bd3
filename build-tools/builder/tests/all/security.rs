//! `SECURITY.md` against the repository: what it names exists, and what it says is not there is not.

use std::fs::File;
use std::io::Write;
use std::path::{Path, PathBuf};

use crate::support::repository;
use farr_build::{Build, Silent};
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

fn text(path: &Path) -> String {
    std::fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// What the threat model says that shows each control, by threat.
fn shown_by() -> Vec<(String, Vec<String>)> {
    let document = text(&repository().join("SECURITY.md"));
    let mut rows = document.lines().skip_while(|line| *line != "| threat | control | shown by |");
    assert!(rows.next().is_some(), "there is a threat model");
    rows.skip(1)
        .map_while(|line| line.strip_prefix("| ")?.strip_suffix(" |"))
        .map(|line| {
            let cells: Vec<&str> = line.split(" | ").collect();
            assert_eq!(cells.len(), 3, "{line}");
            let named = cells[2].split('`').skip(1).step_by(2);
            (cells[0].to_owned(), named.map(str::to_owned).collect())
        })
        .collect()
}

/// Whether a test or a file or a fuzz target of this name is there.
fn exists(name: &str) -> bool {
    let target = repository().join(format!("fuzz/fuzz_targets/{name}.rs"));
    match name.split_once("::") {
        Some((file, test)) => {
            let code = text(&repository().join(file));
            let before = code.split(&format!("fn {test}()")).next().unwrap_or_default();
            code.len() > before.len() && before.trim_end().ends_with("#[test]")
        }
        None => target.is_file() || repository().join(name).is_file(),
    }
}

#[test]
fn what_shows_a_control_exists() {
    let rows = shown_by();
    assert!(rows.len() > 10, "{} threats", rows.len());
    for (threat, named) in rows {
        assert!(!named.is_empty(), "nothing shows the control of: {threat}");
        for name in named {
            assert!(exists(&name), "{threat}: there is no {name}");
        }
    }
    assert!(
        !exists("build-tools/builder/tests/all/security.rs::no_such_test") && !exists("no-target")
    );
}

/// Every fuzz target is named by the threat that it is for.
#[test]
fn every_fuzz_target_is_in_the_threat_model() {
    let named: Vec<String> = shown_by().into_iter().flat_map(|(_, named)| named).collect();
    let targets = std::fs::read_dir(repository().join("fuzz/fuzz_targets")).expect("targets");
    for target in targets {
        let path = target.expect("a target").path();
        let name = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        assert!(named.contains(&name), "{name} is of no threat");
    }
}

/// The code of a folder, without its tests.
fn code(folder: &Path, found: &mut Vec<(PathBuf, String)>) {
    for entry in std::fs::read_dir(folder).expect("a folder of code") {
        let path = entry.expect("a file of code").path();
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        if path.is_dir() && name != "tests" {
            code(&path, found);
        } else if name.ends_with(".rs") && name != "tests.rs" {
            let all = text(&path);
            let shipped = all.split("#[cfg(test)]").next().unwrap_or_default().to_owned();
            found.push((path, shipped));
        }
    }
}

#[test]
fn neither_the_runtime_nor_the_builder_has_a_network_or_a_clock() {
    let mut found = Vec::new();
    for folder in ["src", "build-tools/builder/src", "codelists/src"] {
        code(&repository().join(folder), &mut found);
    }
    assert!(found.len() > 200, "{} files", found.len());
    for (path, code) in found {
        for never in ["std::net", "TcpStream", "UdpSocket", "SystemTime::now", "Instant::now"] {
            assert!(!code.contains(never), "{}: {never}", path.display());
        }
        // Nor does it start anything that could have one.
        assert!(!code.contains("std::process::Command"), "{}", path.display());
    }
    // The crates that could be linked for it are refused by name.
    let policy = text(&repository().join("deny.toml"));
    for refused in ["reqwest", "hyper", "ureq", "curl", "tokio", "socket2", "openssl", "rustls"] {
        assert!(policy.contains(&format!("{{ crate = \"{refused}\" }}")), "{refused}");
    }
}

/// A zip file with one entry.
fn zipped(name: &str, contents: &[u8]) -> Vec<u8> {
    let mut zip = ZipWriter::new(std::io::Cursor::new(Vec::new()));
    zip.start_file(name, SimpleFileOptions::default()).expect("an entry can be made");
    zip.write_all(contents).expect("an entry can be written");
    zip.finish().expect("a zip file can be made").into_inner()
}

#[test]
fn a_zip_file_writes_nothing_where_its_names_point() {
    let folder = tempfile::tempdir().expect("a temporary folder can be made");
    let within = folder.path().join("a/b");
    std::fs::create_dir_all(&within).expect("a folder can be made");
    let concepts = b"id\teffectiveTime\tactive\tmoduleId\tdefinitionStatusId\r\n";
    let name = "../sct2_Concept_Snapshot_INT_20260801.txt";
    let absolute = folder.path().join("sct2_Concept_Snapshot_INT_20260801.txt");
    for (what, bytes) in [
        ("above", zipped(name, concepts)),
        ("absolute", zipped(&absolute.to_string_lossy(), concepts)),
        ("nested above", zipped("../../inner.zip", &zipped(name, concepts))),
    ] {
        let path = within.join("release.zip");
        File::create(&path).and_then(|mut file| file.write_all(&bytes)).expect("a file");
        let output = within.join("index.farr");
        // There is no root, so no index either.
        assert!(Build::new().snomed(&path).run(&output, &Silent).is_err(), "{what}");
        let left = |folder: &Path| {
            let entries = std::fs::read_dir(folder).expect("a folder can be read");
            entries.map(|entry| entry.expect("an entry").file_name()).collect::<Vec<_>>()
        };
        assert_eq!(left(folder.path()), ["a"], "{what}");
        assert_eq!(left(&folder.path().join("a")), ["b"], "{what}");
        assert_eq!(left(&within), ["release.zip"], "{what}");
    }
}
