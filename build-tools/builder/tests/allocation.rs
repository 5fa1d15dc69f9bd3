//! What a hostile index can make a process allocate is bounded by its own length.

#[path = "all/support/crafted.rs"]
mod crafted;
#[path = "all/support/crafted_dmd.rs"]
mod crafted_dmd;
#[path = "all/support/golden.rs"]
mod golden;

use crafted::crafted;
use crafted_dmd::crafted_dmd;
use farr::coding::{Binding, Coding, Facts, Outcome, System, Validator};
use farr::{Ecl, Terminology};
use farr_build::{Build, BuildError, Silent};
use farr_exercise::{Damage, Limits, repair, target};
use peak_alloc::PeakAlloc;

#[global_allocator]
static ALLOCATOR: PeakAlloc = PeakAlloc;

/// The most bytes that were in use at once while this ran, beyond those before, and what it gave.
fn most_of<T>(run: impl FnOnce() -> T) -> (usize, T) {
    ALLOCATOR.reset_peak_usage();
    let before = ALLOCATOR.peak_usage();
    let given = run();
    (ALLOCATOR.peak_usage().saturating_sub(before), given)
}

/// Bytes that any file may cost beside its own length: buffers, and the answers themselves.
const FIXED: usize = 64 << 20;
/// Bytes that each byte of a file may cost.
const EACH: usize = 32;

/// Opens an index, asks it everything, and holds what that took against its length.
fn bounded(name: &str, bytes: Vec<u8>) {
    let allowed = FIXED + EACH * bytes.len();
    let (took, _) = most_of(|| target::open(bytes, Limits::BRIEF));
    assert!(took <= allowed, "{name}: {took} bytes, {allowed} allowed");
}

/// Imports files of a hundred megabytes without an end of a text or tag.
fn endless_files_of_dmd() {
    let folder = tempfile::tempdir().expect("a temporary folder can be made");
    let path = folder.path().join("f_vtm2_3010826.xml");
    let root = "<VIRTUAL_THERAPEUTIC_MOIETIES>";
    for begin in ["", "<VTM><VTMID>1</VTMID><NM>", "<VTM><", "<VTM x='", "<!--", "<VTM><![CDATA["] {
        // The rest of the file is zeros, which are as good as any text.
        std::fs::write(&path, format!("{root}{begin}")).expect("the file can be written");
        let file = std::fs::File::options().write(true).open(&path).expect("it can be opened");
        file.set_len(100 << 20).expect("the file can be made long");
        let build = Build::new().dmd(&path);
        let (took, built) = most_of(|| build.run(&folder.path().join("index.farr"), &Silent));
        assert!(matches!(built, Err(BuildError::Rows { .. })), "{begin}: {built:?}");
        assert!(took <= 16 << 20, "{begin}: {took} bytes");
    }
}

/// Judges codes that are right, by constraint, reference set, display and day: nothing is allocated.
fn codes_that_are_accepted(index: &[u8]) {
    let terminology = Terminology::from_bytes(index.to_vec()).expect("the index opens");
    let snomed = terminology.snomed().expect("SNOMED CT");
    let binding = || Binding::new("accepting").system(System::Snomed);
    let refset = snomed.refsets().max_by_key(|refset| refset.concepts().count());
    let bindings = [
        binding(),
        binding().constraint(Ecl::parse("<< 138875005").expect("it parses")),
        binding().refset(refset.expect("a reference set").id()).most_age_days(60),
    ];
    for binding in &bindings {
        let validator = Validator::new(&terminology, binding).expect("it joins");
        let codes: Vec<(String, String)> = snomed
            .concepts()
            .filter_map(|concept| {
                let term = concept.preferred_term(farr::Dialect::NHS_CLINICAL)?;
                Some((concept.id().to_string(), term.text().to_owned()))
            })
            .collect();
        let facts =
            Facts::new().recorded(farr::Date::new(2026, 8, 1)).today(farr::Date::new(2026, 8, 2));
        let mut accepted = 0;
        for (code, term) in &codes {
            let coding = Coding::unstated(code).display(term.as_str());
            let (took, verdict) = most_of(|| validator.check(&coding, &facts));
            if verdict.outcome() == Outcome::Accept && verdict.findings().is_empty() {
                assert_eq!(took, 0, "{code} took {took} bytes");
                accepted += 1;
            } else {
                assert!(took > 0, "{code}: a finding is made somewhere");
            }
        }
        assert!(accepted > 20, "{accepted}");
    }
}

// One test, for the numbers are those of the whole process.
#[test]
fn a_hostile_index_cannot_ask_for_more_than_it_is_worth() {
    let (tiny, synthetic) = (golden::index("tiny"), golden::index("synthetic"));
    bounded("the golden file", tiny.clone());
    assert!(ALLOCATOR.peak_usage() > tiny.len(), "nothing was counted");
    bounded("the larger golden file", synthetic.clone());
    for (name, bytes) in crafted(&tiny) {
        bounded(name, bytes);
    }
    for seed in 1_000_000..1_003_000 {
        let mut damaged = tiny.clone();
        Damage::new(seed).strike(&mut damaged);
        repair(&mut damaged);
        bounded(&format!("seed {seed}"), damaged);
    }
    let dmd = golden::index("dmd");
    bounded("the golden file of dm+d", dmd.clone());
    for (name, bytes) in crafted_dmd(&dmd) {
        bounded(name, bytes);
    }
    for seed in 3_000_000..3_001_000 {
        let mut damaged = dmd.clone();
        Damage::new(seed).strike(&mut damaged);
        repair(&mut damaged);
        bounded(&format!("seed {seed}, dm+d"), damaged);
    }
    endless_files_of_dmd();
    codes_that_are_accepted(&synthetic);
    for seed in 2_000_000..2_000_050 {
        let mut damaged = synthetic.clone();
        Damage::new(seed).strike(&mut damaged);
        repair(&mut damaged);
        bounded(&format!("seed {seed}, the larger file"), damaged);
    }
}
