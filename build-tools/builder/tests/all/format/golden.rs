//! Golden files: the same release gives the same bytes, today and with any number of threads.
//!
//! `FARR_BLESS=1 cargo test -p farr-build --test all format::golden` writes them anew.

use crate::support::{run, testdata};
use farr::index::format::{MAJOR, MINOR};
use farr_build::Build;
use farr_exercise::{Limits, target};

/// Golden files beyond this are not committed.
const LARGEST: usize = 1_500_000;

/// Builds a release with so many threads.
fn built(release: &Build, threads: usize) -> Vec<u8> {
    let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build();
    pool.expect("threads can be started").install(|| run(release.clone()).bytes)
}

/// Holds the index of a release of SNOMED CT in `testdata` against its golden file, and gives it.
fn golden(name: &str) -> Vec<u8> {
    golden_of(name, &Build::new().snomed(testdata(name)))
}

/// Holds the index of a release against its golden file, and gives it.
fn golden_of(name: &str, release: &Build) -> Vec<u8> {
    let one = built(release, 1);
    let two = built(release, 2);
    assert!(one == two, "{name}: one thread and two give different bytes");
    assert!(one.len() <= LARGEST, "{name}: {} bytes are too many to commit", one.len());
    let path = testdata("golden").join(format!("{MAJOR}.{MINOR}-{name}.farr"));
    if std::env::var_os("FARR_BLESS").is_some_and(|value| value == "1") {
        std::fs::write(&path, &one).expect("the golden file can be written");
    }
    let expected = std::fs::read(&path).unwrap_or_default();
    let differ = one.iter().zip(&expected).position(|(one, other)| one != other);
    assert!(
        one == expected,
        "{} is not what the builder writes: {} bytes and {}, first different at {differ:?}; \
         where that is meant, FARR_BLESS=1 writes it anew",
        path.display(),
        expected.len(),
        one.len(),
    );
    one
}

#[test]
fn the_tiny_release_gives_its_golden_file() {
    let bytes = golden("tiny");
    // The damage tests flip every bit of this one.
    assert!(bytes.len() <= 64 << 10, "{} bytes", bytes.len());
}

#[test]
fn the_synthetic_release_gives_its_golden_file() {
    // The release of dm+d lies beside it.
    let package = testdata("synthetic").join("SnomedCT_MonolithRF2_PRODUCTION_20260801T120000Z");
    golden_of("synthetic", &Build::new().snomed(package));
}

#[test]
fn the_dmd_release_gives_its_golden_file() {
    let releases = ["nhsbsa_dmd_8.0.0_20260801000001", "nhsbsa_dmdbonus_8.0.0_20260801000001"];
    let [main, supplementary] = releases.map(|release| testdata("dmd").join(release));
    let bytes = golden_of("dmd", &Build::new().dmd(main).dmd(supplementary).strict(true));
    // The damage tests flip every bit of this one.
    assert!(bytes.len() <= 64 << 10, "{} bytes", bytes.len());
}

#[test]
fn the_classifications_give_their_golden_file() {
    let [uk, cm, opcs4] = ["icd10/uk", "icd10/cm", "icd10/opcs4"].map(testdata);
    let bytes = golden_of("classifications", &Build::new().icd10(uk).icd10(cm).opcs4(opcs4));
    // The damage tests flip every bit of this one.
    assert!(bytes.len() <= 64 << 10, "{} bytes", bytes.len());
}

#[test]
fn the_release_with_a_wrong_check_digit_gives_its_golden_file() {
    golden_of("published", &Build::new().snomed(testdata("coding/published")));
}

/// Files of earlier minor versions too, which are kept for this. Whatever lies in the folder is opened,
/// so that no file may be forgotten.
#[test]
fn every_golden_file_opens_and_answers() {
    let mut opened = 0;
    for file in std::fs::read_dir(testdata("golden")).expect("there are golden files") {
        let path = file.expect("there are golden files").path();
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        if [".gitattributes", "README.md"].contains(&name.as_str()) {
            continue;
        }
        assert!(name.ends_with(".farr"), "{name} is no golden file");
        // A file of an earlier major version is to be refused, and says so; there is none.
        assert!(name.starts_with(&format!("{MAJOR}.")), "{name} is of another major version");
        let bytes = std::fs::read(&path).expect("the golden file can be read");
        let [major, minor] = [8, 10].map(|at| u16::from_le_bytes([bytes[at], bytes[at + 1]]));
        assert!(name.starts_with(&format!("{major}.{minor}-")), "{name} is {major}.{minor}");
        let answers = target::open(bytes, Limits::SMALL);
        assert!(answers.full.is_some(), "{name} does not open");
        assert_eq!(answers.full, answers.first_use, "{name}");
        opened += 1;
    }
    // While they are written anew beside this test, they may not stand there yet.
    assert!(opened >= 4 || std::env::var_os("FARR_BLESS").is_some(), "{opened} golden files");
}
