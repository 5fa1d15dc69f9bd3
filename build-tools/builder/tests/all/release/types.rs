//! Snapshot, Full and Delta of generated releases: whatever an index is built from, it says the
//! same of the same day.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use crate::support::compare::compare;
use crate::support::model::{Columns, Model, number};
use farr::index::format::{META, Tag};
use farr::{Sctid, Terminology};
use farr_build::{Build, BuildError, NoteKind, ReleaseType, Report, Silent};
use farr_synth::{Parameters, Release};

/// The date of the releases, and of the release before, where their Deltas start.
const NEWEST: u32 = 20_260_801;
const BEFORE: u32 = 20_260_401;
/// Days of releases and between them, in most of which something changed.
const DAYS: [u32; 9] = [
    20_020_131, 20_031_231, 20_040_401, 20_090_615, 20_130_731, 20_190_801, 20_220_501, BEFORE,
    20_260_701,
];

/// A release with all types, made once.
fn package() -> &'static Path {
    static PACKAGE: OnceLock<(tempfile::TempDir, PathBuf)> = OnceLock::new();
    let (_, path) = PACKAGE.get_or_init(|| {
        let folder = tempfile::tempdir().expect("a temporary folder can be made");
        let parameters = Parameters { seed: 11, scale: 0.002, date: NEWEST };
        let release = Release::new(parameters).expect("the parameters are good");
        let types = [
            farr_synth::ReleaseType::Snapshot,
            farr_synth::ReleaseType::Full,
            farr_synth::ReleaseType::Delta,
        ];
        release.write_release_types(folder.path(), &types).expect("the release can be written");
        let path = folder.path().join(release.name());
        (folder, path)
    });
    path
}

/// A package with some of the release types of the generated one, in a folder that goes away.
fn part(types: &[&str]) -> (tempfile::TempDir, PathBuf) {
    let folder = tempfile::tempdir().expect("a temporary folder can be made");
    let path = folder.path().join("package");
    types
        .iter()
        .for_each(|name| crate::support::copy_folder(&package().join(name), &path.join(name)));
    let information = "release_package_information.json";
    fs::copy(package().join(information), path.join(information)).expect("it can be copied");
    (folder, path)
}

struct Built {
    bytes: Vec<u8>,
    opened: Terminology,
    report: Report,
}

fn run(build: &Build) -> Result<Built, BuildError> {
    let folder = tempfile::tempdir().expect("a temporary folder can be made");
    let output = folder.path().join("index.farr");
    let report = build.run(&output, &Silent)?;
    let bytes = fs::read(output).expect("the index was published");
    let opened = Terminology::from_bytes(bytes.clone()).expect("the builder verified it");
    Ok(Built { bytes, opened, report })
}

fn built(build: &Build) -> Built {
    run(build).unwrap_or_else(|error| panic!("{error}"))
}

/// Holds every section but META of two indexes against each other.
fn assert_same(one: &Built, other: &Built, what: &str) {
    let sections = |built: &Built| -> Vec<(Tag, Vec<u8>)> {
        let tags = built.report.sections.iter().map(|(tag, _, _)| *tag).filter(|tag| *tag != META);
        tags.map(|tag| {
            let range = farr_exercise::section(&built.bytes, tag).expect("the section is there");
            (tag, built.bytes[range].to_vec())
        })
        .collect()
    };
    let (one, other) = (sections(one), sections(other));
    let tags = |all: &[(Tag, Vec<u8>)]| all.iter().map(|(tag, _)| *tag).collect::<Vec<_>>();
    assert_eq!(tags(&one), tags(&other), "{what}");
    assert!(one.len() > 10, "{what}: {} sections", one.len());
    for ((tag, bytes), (_, expected)) in one.iter().zip(&other) {
        let at = bytes.iter().zip(expected).position(|(one, other)| one != other);
        assert!(bytes == expected, "{what}: {tag} differs, first at {at:?}");
    }
}

/// The patterns of the refsets of a release: the letters of the columns beyond those of every
/// refset. One of them is of nobody's making.
const PATTERNS: [&str; 16] = [
    "", "c", "cci", "ci", "cisscc", "i", "ics", "iissscc", "iisssci", "s", "sc", "scs", "ss",
    "sscc", "sscs", "sssssss",
];

/// Those of an index that have a row.
fn patterns(built: &Built) -> BTreeSet<&'static str> {
    let files = files(&package().join("Snapshot"));
    let snomed = built.opened.snomed().expect("it holds SNOMED CT");
    let mut found = BTreeSet::new();
    for path in files {
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let content = name.split('_').nth(1).and_then(|content| content.strip_suffix("Refset"));
        let Some(pattern) = content else { continue };
        for row in rows(&path) {
            let refset = Sctid::as_published(number(&row[4])).expect("it is an id");
            let refset = snomed.refset(refset).expect("its rows are in the index");
            assert!(refset.len() + refset.inactive_len() > 0, "{name}");
            let known = PATTERNS.into_iter().find(|known| *known == pattern);
            found.insert(known.unwrap_or_else(|| panic!("{name} is of another pattern")));
        }
    }
    found
}

/// All files below a folder.
fn files(folder: &Path) -> Vec<PathBuf> {
    let paths = fs::read_dir(folder).expect("the folder can be read").map(|entry| {
        let path = entry.expect("the folder can be read").path();
        if path.is_dir() { files(&path) } else { vec![path] }
    });
    paths.flatten().collect()
}

/// The rows of a file, without its header.
fn rows(path: &Path) -> Vec<Columns> {
    let text = fs::read_to_string(path).expect("the file can be read");
    text.lines().skip(1).map(|row| row.split('\t').map(str::to_owned).collect()).collect()
}

#[test]
fn a_full_reduced_to_its_newest_rows_is_its_snapshot() {
    let snapshot = built(&Build::new().snomed(package()).strict(true));
    assert_eq!(patterns(&snapshot), PATTERNS.into_iter().collect());
    let full = built(&Build::new().snomed(package()).release_type(ReleaseType::Full).strict(true));
    assert_eq!(snapshot.report.meta.release_types, [("Snapshot".to_owned(), 1)]);
    assert_eq!(full.report.meta.release_types, [("Full".to_owned(), 1)]);
    assert_same(&full, &snapshot, "Full");
    let today = built(&Build::new().snomed(package()).as_of(NEWEST).strict(true));
    assert_eq!(today.report.meta.release_types, [("Full".to_owned(), 1)]);
    assert_eq!(today.report.meta.as_of, Some(NEWEST));
    assert_same(&today, &snapshot, "Full as of the newest day");
    let (_folder, alone) = part(&["Full"]);
    let alone = built(&Build::new().snomed(alone));
    assert!(alone.report.notes.of(NoteKind::OtherReleaseType).is_some());
    assert_same(&alone, &snapshot, "a Full alone");
}

#[test]
fn every_day_is_a_sound_release() {
    let mut last = 0;
    let mut changed = 0;
    for day in DAYS {
        let built = built(&Build::new().snomed(package()).as_of(day));
        // International releases are more frequent: between UK ones the UK needs an earlier one.
        let told = built.report.notes.iter().find(|(kind, _)| *kind != NoteKind::DependencyDate);
        assert_eq!(told, None, "{day}");
        let count = |name| built.report.meta.count(name).expect("it is counted");
        let concepts = count("concepts");
        assert!(concepts >= last && count("active concepts") > 0, "{day}: {concepts}");
        assert_eq!(count("placed concepts"), count("active concepts"), "{day}");
        changed += u32::from(concepts > last);
        last = concepts;
        let version = built.report.meta.version.as_deref().expect("it names its edition");
        let date = version.rsplit('/').next().and_then(|date| date.parse::<u32>().ok());
        assert!(date.is_some_and(|date| date <= day), "{day}: {version}");
    }
    assert!(changed >= 4, "concepts were added on {changed} days only");
}

#[test]
fn the_state_on_a_day_is_what_a_person_reads_off_the_full() {
    for day in [20_130_731, BEFORE] {
        let (_folder, full) = part(&["Full"]);
        let mut model = Model::default();
        model.read_until(&full, "Full", u64::from(day));
        let built = built(&Build::new().snomed(&full).as_of(day));
        compare(built.opened.snomed().expect("it holds SNOMED CT"), &model);
    }
}

#[test]
fn members_of_a_day_are_those_that_were_active_then() {
    let built = built(&Build::new().snomed(package()).as_of(BEFORE));
    let snomed = built.opened.snomed().expect("it holds SNOMED CT");
    let mut versions: BTreeMap<String, Vec<Columns>> = BTreeMap::new();
    for path in files(&package().join("Full")) {
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        if name.contains("Refset_") && !name.contains("ModuleDependency") {
            rows(&path).into_iter().for_each(|row| {
                versions.entry(row[0].clone()).or_default().push(row);
            });
        }
    }
    // Each is looked for among all members of its refset, so not all of them are.
    let (mut added_later, mut inactivated_later) = (0, 0);
    for (member, mut rows) in versions {
        rows.sort_by_key(|row| number(&row[1]));
        let then = rows.iter().rfind(|row| number(&row[1]) <= u64::from(BEFORE));
        let then = then.map(|row| row[2].as_str());
        let now = &rows[rows.len() - 1];
        let (count, active_then) = match (then, now[2].as_str()) {
            (None, _) => (&mut added_later, false),
            (Some("1"), "0") => (&mut inactivated_later, true),
            _ => continue,
        };
        if *count >= 100 {
            continue;
        }
        *count += 1;
        let id = |column: usize| Sctid::as_published(number(&now[column])).expect("it is an id");
        let is_it = |found: farr::snomed::Member<'_>| found.id().to_string() == member;
        let refset = snomed.refset(id(4));
        let active = refset.is_some_and(|refset| refset.members().any(is_it));
        let inactive = refset.is_some_and(|refset| refset.inactive_members().any(is_it));
        assert_eq!((active, inactive), (active_then, false), "{now:?}");
    }
    assert!(added_later > 0 && inactivated_later > 0, "{added_later}, {inactivated_later}");
}

#[test]
fn a_delta_over_the_release_before_gives_the_newest() {
    let snapshot = built(&Build::new().snomed(package()));
    let (folder, before) = part(&["Full"]);
    cut(&before.join("Full"), BEFORE);
    let delta = Build::new().snomed(&before).delta(package());
    let laid_over = built(&delta);
    assert_same(&laid_over, &snapshot, "Delta over the Full before");
    let types = [("Full".to_owned(), 1), ("Delta".to_owned(), 1)];
    assert_eq!(laid_over.report.meta.release_types, types);
    for kind in [NoteKind::DeltaStart, NoteKind::OldDelta, NoteKind::Repeated] {
        assert_eq!(laid_over.report.notes.of(kind), None);
    }
    let twice = built(&delta.clone().delta(package()));
    assert_same(&twice, &snapshot, "the Delta twice");
    let early = built(&delta.as_of(20_260_501));
    let expected = built(&Build::new().snomed(package()).as_of(20_260_501));
    assert_same(&early, &expected, "a part of the Delta");

    // Over what is there already it is old, and over less than it starts from it leaves a gap.
    let old = built(&Build::new().snomed(package()).delta(package()));
    assert_same(&old, &snapshot, "Delta over the newest Snapshot");
    assert!(old.report.notes.of(NoteKind::OldDelta).is_some());
    cut(&before.join("Full"), 20_251_001);
    let error = run(&Build::new().snomed(&before).delta(package())).map(|_| ());
    let error = error.expect_err("a release between is missing");
    assert!(matches!(error, BuildError::DeltaGap { from: BEFORE, base: Some(_), .. }), "{error}");
    drop(folder);
}

/// Leaves of the rows of a folder those up to a day.
fn cut(folder: &Path, day: u32) {
    for entry in fs::read_dir(folder).expect("the folder can be read") {
        let path = entry.expect("the folder can be read").path();
        if path.is_dir() {
            cut(&path, day);
            continue;
        }
        let text = fs::read_to_string(&path).expect("the file can be read");
        let kept = text.split_inclusive("\r\n").enumerate().filter(|(line, row)| {
            let time = row.split('\t').nth(1).and_then(|time| time.parse::<u32>().ok());
            *line == 0 || time.is_some_and(|time| time <= day)
        });
        let text: String = kept.map(|(_, row)| row).collect();
        fs::write(&path, text).expect("the file can be written");
    }
}

#[test]
fn a_delta_alone_is_refused() {
    let (_folder, delta) = part(&["Delta"]);
    for build in [
        Build::new().snomed(&delta),
        Build::new().snomed(package()).snomed(&delta),
        Build::new().snomed(package()).release_type(ReleaseType::Delta),
    ] {
        let error = run(&build).map(|_| ()).expect_err("it holds changes only");
        assert!(matches!(error, BuildError::DeltaAlone { .. }), "{error}");
    }
    let (_folder, snapshot) = part(&["Snapshot"]);
    let error = run(&Build::new().snomed(package()).delta(&snapshot)).map(|_| ());
    assert!(matches!(error, Err(BuildError::NoDelta { .. })), "{error:?}");
}

#[test]
fn a_snapshot_is_not_taken_back_in_time() {
    let (_folder, snapshot) = part(&["Snapshot"]);
    let error = run(&Build::new().snomed(&snapshot).as_of(BEFORE)).map(|_| ());
    let Err(BuildError::Rows { problems, .. }) = &error else { panic!("{error:?}") };
    assert!(problems[0].file.contains("Snapshot") && problems[0].line > 1, "{}", problems[0]);
    assert_eq!(problems[0].column, Some((2, "effectiveTime".into())));
    assert!(problems[0].expected.contains("20260401"), "{}", problems[0]);
    let newest = built(&Build::new().snomed(&snapshot).as_of(20_270_101));
    assert_same(&newest, &built(&Build::new().snomed(&snapshot)), "a Snapshot of the past");
    assert_eq!(newest.report.meta.release_types, [("Snapshot".to_owned(), 1)]);
    let error = run(&Build::new().snomed(package()).as_of(20_010_101)).map(|_| ());
    assert!(matches!(error, Err(BuildError::NothingYet { date: 20_010_101 })), "{error:?}");
    let error = run(&Build::new().snomed(package()).as_of(20_261_301)).map(|_| ());
    assert!(matches!(error, Err(BuildError::NoDate { date: 20_261_301 })), "{error:?}");
}

#[test]
fn rows_without_a_date_are_no_part_of_a_day() {
    let (_folder, full) = part(&["Full"]);
    let terminology = full.join("Full/Terminology");
    let concepts = fs::read_dir(&terminology)
        .expect("the folder can be read")
        .map(|entry| entry.expect("the folder can be read").path())
        .find(|path| path.to_string_lossy().contains("sct2_Concept_"))
        .expect("there are concepts");
    let text = fs::read_to_string(&concepts).expect("the file can be read");
    let unpublished = "404684003\t\t0\t900000000000207008\t900000000000074008\r\n";
    fs::write(&concepts, text + unpublished).expect("the file can be written");
    let today = built(&Build::new().snomed(&full).as_of(NEWEST));
    assert_eq!(today.report.notes.of(NoteKind::Undated).map(|note| note.count), Some(1));
    assert_same(&today, &built(&Build::new().snomed(package())), "without the blank row");
}
