//! Generated releases against a model that reads their text files, line by line.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use crate::support::compare::compare;
use crate::support::model::{Model, number};
use crate::support::scan::{self, Scan};
use crate::support::{build, testdata};
use farr::{Sctid, Terminology};
use farr_synth::{Parameters, Release};
use rayon::prelude::*;

/// Seeds of the generated releases.
const SEEDS: std::ops::Range<u64> = 100..120;

/// Writes the release of a seed, of one of several sizes and dates, and its workload.
fn generate(seed: u64, folder: &Path) -> PathBuf {
    let scale = [0.000_1, 0.000_15, 0.000_2, 0.000_3][seed as usize % 4];
    let date = [20_260_801, 20_240_229, 20_251_231][seed as usize % 3];
    let release = Release::new(Parameters { seed, scale, date }).expect("the parameters are good");
    release.write(folder).expect("the release can be written");
    release.write_workload(folder).expect("the workload can be written");
    folder.join(release.name())
}

/// Builds packages, opens the index in both ways, and holds it against a model.
fn agrees(packages: &[&Path], model: &Model) -> Terminology {
    let bytes = build(packages).bytes;
    let opened = Terminology::from_bytes(bytes).expect("the builder verified it");
    let snomed = opened.snomed().expect("the builder verified it");
    compare(snomed, model);
    opened
}

#[test]
fn an_index_says_what_the_release_says() {
    SEEDS.into_par_iter().for_each(|seed| {
        let folder = tempfile::tempdir().expect("a temporary folder can be made");
        let release = generate(seed, folder.path());
        let model = Model::read(&[&release]);
        assert!(model.concepts.len() > 100, "seed {seed}");
        let opened = agrees(&[&release], &model);
        let snomed = opened.snomed().expect("the builder verified it");
        let scan = Scan::new(&model);
        let text = std::fs::read_to_string(folder.path().join("workload/search.tsv"));
        let queries = scan::workload(&text.expect("the workload was written"));
        let mut asked = 0;
        for (kind, queries) in &queries {
            // Of the mistyped ones nothing is promised but that they are answered.
            let mistyped = kind == "typo1";
            for (query, concept) in queries.iter().take(if mistyped { 5 } else { 60 }) {
                let found = scan::compare(snomed, &scan, query);
                assert!(mistyped || found.contains(concept), "seed {seed}: {query:?}");
                asked += 1;
            }
        }
        assert!(asked > 50, "seed {seed}: {asked} queries");
    });
}

#[test]
fn the_tiny_release_with_all_its_oddities_is_read_as_it_stands() {
    let release = testdata("tiny");
    let model = Model::read(&[&release]);
    assert!(!model.definitions.is_empty() && !model.concrete.is_empty());
    let opened = agrees(&[&release], &model);
    let snomed = opened.snomed().expect("the builder verified it");
    let scan = Scan::new(&model);
    for query in [
        "",
        "?",
        "s",
        "squeak",
        "hinge squeak",
        "oedema",
        "edema",
        "crohns",
        "xray",
        "x ray",
        "2.5",
    ] {
        scan::compare(snomed, &scan, query);
    }
    assert_eq!(scan::compare(snomed, &scan, "grade ii beta").len(), 0);
    assert_eq!(scan::compare(snomed, &scan, "beta 500 mg").len(), 1);
    assert_eq!(scan::compare(snomed, &scan, "menie").len(), 1);
}

/// The text files of a release: path within it, and lines.
fn text_files(folder: &Path, found: &mut Vec<(PathBuf, Vec<String>)>) {
    for entry in std::fs::read_dir(folder).expect("the folder can be read") {
        let path = entry.expect("the folder can be read").path();
        if path.is_dir() {
            text_files(&path, found);
        } else if path.extension().is_some_and(|extension| extension == "txt") {
            let text = std::fs::read_to_string(&path).expect("the file can be read");
            found.push((path, text.lines().map(str::to_owned).collect()));
        }
    }
}

/// Shares the rows of a release out between two packages. The first also has an older version of
/// some rows of the second, which say something else.
fn split(release: &Path, folder: &Path) -> [PathBuf; 2] {
    let mut files = Vec::new();
    text_files(release, &mut files);
    let packages = ["first", "second"].map(|name| folder.join(name));
    let mut older = 0;
    for (path, lines) in files {
        let within = path.strip_prefix(release).expect("the file is within");
        let Some((header, rows)) = lines.split_first() else { continue };
        let mut parts = [format!("{header}\r\n"), format!("{header}\r\n")];
        for (number, row) in rows.iter().enumerate() {
            parts[number % 2].push_str(&format!("{row}\r\n"));
            let mut columns: Vec<&str> = row.split('\t').collect();
            if number % 10 == 1 && columns.len() > 3 {
                columns[1] = "19990131";
                columns[2] = if columns[2] == "1" { "0" } else { "1" };
                parts[0].push_str(&format!("{}\r\n", columns.join("\t")));
                older += 1;
            }
        }
        for (package, part) in packages.iter().zip(parts) {
            let path = package.join(within);
            std::fs::create_dir_all(path.parent().unwrap_or(package)).expect("a folder");
            std::fs::write(path, part).expect("the file can be written");
        }
    }
    assert!(older > 100, "{older} older rows");
    packages
}

#[test]
fn of_several_packages_the_newest_row_is_taken_in_any_order() {
    (200..204_u64).into_par_iter().for_each(|seed| {
        let folder = tempfile::tempdir().expect("a temporary folder can be made");
        let release = generate(seed, folder.path());
        let whole = Model::read(&[&release]);
        let [first, second] = split(&release, folder.path());
        assert_eq!(Model::read(&[&first, &second]).concepts, whole.concepts);
        agrees(&[&first, &second], &whole);
        agrees(&[&second, &first], &whole);
    });
}

/// So many concepts have moved to one place that their number takes more than two bytes.
#[test]
fn a_target_may_have_more_sources_than_two_bytes_count() {
    const SOURCES: u32 = 70_000;
    const TARGET: &str = "402006";
    let folder = tempfile::tempdir().expect("a temporary folder can be made");
    let snapshot = folder.path().join("Snapshot");
    std::fs::create_dir_all(&snapshot).expect("a folder can be made");
    let mut concepts = "id\teffectiveTime\tactive\tmoduleId\tdefinitionStatusId\r\n".to_owned();
    let mut rows = "id\teffectiveTime\tactive\tmoduleId\trefsetId\treferencedComponentId\t\
                    targetComponentId\r\n"
        .to_owned();
    let source = |number: u32| 7_000_000_008 + u64::from(number) * 1_000;
    for number in 0..SOURCES {
        let (id, of) = (source(number), "20260801\t");
        let module = "900000000000207008";
        concepts.push_str(&format!("{id}\t{of}0\t{module}\t900000000000074008\r\n"));
        let member = format!("5eed0000-0000-5000-8000-{number:012x}");
        let refset = "900000000000526001";
        rows.push_str(&format!("{member}\t{of}1\t{module}\t{refset}\t{id}\t{TARGET}\r\n"));
    }
    let write = |name: &str, text: &str| {
        std::fs::write(snapshot.join(name), text).expect("the file can be written");
    };
    write("sct2_Concept_Snapshot_XX_20260801.txt", &concepts);
    write("der2_cRefset_AssociationSnapshot_XX_20260801.txt", &rows);

    let bytes = build(&[&testdata("tiny"), folder.path()]).bytes;
    let opened = Terminology::from_bytes(bytes).expect("the builder verified it");
    let snomed = opened.snomed().expect("the builder verified it");
    let concept = |id: u64| Sctid::as_published(id).and_then(|id| snomed.concept(id));
    let target = concept(number(TARGET)).expect("it is a concept");
    let sources: BTreeSet<u64> = target
        .inverse_associations()
        .filter_map(|association| association.target.concept())
        .map(|source| source.id().value())
        .collect();
    assert!((0..SOURCES).all(|number| sources.contains(&source(number))), "{}", sources.len());
    for number in (0..SOURCES).step_by(1_009).chain([SOURCES - 1]) {
        let from = concept(source(number)).expect("it is a concept");
        let targets: Vec<_> = from.associations().map(|found| found.target.concept()).collect();
        assert_eq!(targets, [Some(target)]);
    }
}
