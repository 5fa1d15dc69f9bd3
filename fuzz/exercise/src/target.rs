//! The bodies of the fuzz targets: bytes in, a panic where a promise is broken.
//!
//! They are functions of a library so that the same bodies run every seed and every past find as
//! ordinary tests, without a fuzzer.

use std::path::Path;
use std::sync::OnceLock;

use farr::ecl::{Amount, Ecl, EvaluationError, LENGTH_LIMIT, Report, Selection};
use farr::index::format::{MAJOR, MINOR};
use farr::index::{OpenError, OpenOptions, Verification};
use farr::{NhsNumber, Sctid, Terminology};
use farr_build::{Build, BuildError, Silent, fuzzed};

use crate::answers::{Limits, answers};
use crate::checksums::repair;
use crate::classification::classification_answers;
use crate::digest::Digest;
use crate::dmd::dmd_answers;
use crate::dmd_xml::DmdXml;
use crate::rf2::Rf2;

pub use crate::changes::changes;
pub use crate::codelist::codelist;
pub use crate::expression::expression;
pub use crate::gs1::gs1;
pub use crate::icd10::icd10;
pub use crate::map_rule::map_rule;
pub use crate::pointer::pointer;
pub use crate::rule_pack::rule_pack;
pub use crate::tables::{delimited_text, json_line};

/// Bytes as an index, their checksums made right first: the structure alone must hold.
pub fn index(input: &[u8]) {
    let mut bytes = input.to_vec();
    repair(&mut bytes);
    open(bytes, Limits::BRIEF);
}

/// Bytes as an index, as they are.
pub fn index_raw(input: &[u8]) {
    open(input.to_vec(), Limits::BRIEF);
}

/// What came of opening an index and asking it everything.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Opened {
    /// The digest of all answers, where the index verified in full.
    pub full: Option<u64>,
    /// The digest of all answers, where nothing that they touched was found damaged on first use.
    pub first_use: Option<u64>,
}

/// Opens an index in both ways and asks it everything.
///
/// # Panics
///
/// Where the two ways contradict each other: an index that verifies in full must give the same
/// answers when it is verified on first use.
pub fn open(bytes: Vec<u8>, limits: Limits) -> Opened {
    let first_use = OpenOptions::new().verification(Verification::FirstUse);
    let first_use = Terminology::from_bytes_with(bytes.clone(), first_use).and_then(|opened| {
        // Not under the guard of `ask`, and so with an error of its own.
        let _ = opened.files().iter().map(|file| file.meta().is_ok()).collect::<Vec<_>>();
        opened.ask_systems(|systems| {
            of_systems([
                systems.snomed().map(|snomed| answers(snomed, limits)),
                systems.dmd().map(|dmd| dmd_answers(dmd, limits)),
                systems.icd10().map(|icd10| classification_answers(icd10, limits)),
                systems.icd10_cm().map(|icd10_cm| classification_answers(icd10_cm, limits)),
                systems.opcs4().map(|opcs4| classification_answers(opcs4, limits)),
            ])
        })
    });
    let length = bytes.len();
    let full = Terminology::from_bytes(bytes).and_then(|opened| {
        Ok(of_systems([
            present(opened.snomed())?.map(|snomed| answers(snomed, limits)),
            present(opened.dmd())?.map(|dmd| dmd_answers(dmd, limits)),
            present(opened.icd10())?.map(|icd10| classification_answers(icd10, limits)),
            present(opened.icd10_cm())?.map(|icd10_cm| classification_answers(icd10_cm, limits)),
            present(opened.opcs4())?.map(|opcs4| classification_answers(opcs4, limits)),
        ]))
    });
    if let Err(error) = &full {
        explained(error, length);
    }
    if let Ok(full) = &full {
        assert_eq!(Some(*full), first_use.as_ref().ok().copied(), "{first_use:?}");
    }
    Opened { full: full.ok().flatten(), first_use: first_use.ok().flatten() }
}

/// A code system, or none where the index does not hold it.
fn present<T>(system: Result<T, OpenError>) -> Result<Option<T>, OpenError> {
    match system {
        Err(OpenError::Absent { .. }) => Ok(None),
        system => system.map(Some),
    }
}

/// The digest of the answers of all code systems, where there is one.
fn of_systems(systems: [Option<u64>; 5]) -> Option<u64> {
    let mut digest = Digest::default();
    digest.add(systems);
    systems.iter().any(Option::is_some).then(|| digest.finish())
}

/// An error names a byte that the file has.
fn explained(error: &OpenError, length: usize) {
    if let Some(corrupt) = error.corrupt() {
        assert!(corrupt.at <= length as u64, "{error}");
        assert!(!corrupt.what.is_empty(), "{error}");
    }
}

/// Bytes as a file of a release.
///
/// # Panics
///
/// Where the build panics, leaves something behind, or makes an index that it then refuses.
pub fn rf2(input: &[u8]) {
    if let Some(rf2) = Rf2::new(input) {
        built(|folder| Ok(Build::new().snomed(rf2.write(folder)?)));
    }
}

/// Bytes as a file of refset rows, or of alternate identifiers.
///
/// # Panics
///
/// As [`rf2`].
pub fn refset_rows(input: &[u8]) {
    if let Some(rf2) = Rf2::of_refset(input) {
        built(|folder| Ok(Build::new().snomed(rf2.write(folder)?)));
    }
}

/// Bytes as a file of a release of dm+d.
///
/// # Panics
///
/// As [`rf2`].
pub fn dmd_xml(input: &[u8]) {
    if let Some(dmd) = DmdXml::new(input) {
        built(|folder| Ok(Build::new().dmd(dmd.write(folder)?)));
    }
}

/// The header of the text of the UK edition of ICD-10.
const UK_HEADER: &[u8] = b"CODE\tALT_CODE\tUSAGE\tUSAGE_UK\tDESCRIPTION\tMODIFIER_4\tMODIFIER_5\t\
    QUALIFIERS\tGENDER_MASK\tMIN_AGE\tMAX_AGE\tTREE_DESCRIPTION\n";

/// Bytes as a file of the UK edition of ICD-10: behind the header of its text, as all of it, and as XML.
///
/// # Panics
///
/// Where the readers panic, or have more rubrics than there can be.
pub fn icd10_uk(input: &[u8]) {
    for bytes in [[UK_HEADER, input].concat(), input.to_vec()] {
        let (_, rubrics) = fuzzed::icd10_uk(&bytes);
        // A line and a row of XML have eight bytes at the least.
        assert!(rubrics <= bytes.len() / 8, "{rubrics} rubrics of {} bytes", bytes.len());
    }
}

/// Bytes as what stands within the root of a file of ClaML, and as all of it.
///
/// # Panics
///
/// Where the reader or the making of classes panics.
pub fn claml(input: &[u8]) {
    for bytes in [[b"<ClaML>", input, b"</ClaML>"].concat(), input.to_vec()] {
        let (_, classes) = fuzzed::claml(&bytes);
        assert!(classes <= 2 << 20, "{classes} classes");
    }
}

/// Builds the release that is written into a folder, and asks what comes of it.
fn built(write: impl FnOnce(&Path) -> std::io::Result<Build>) {
    let folder = tempfile::tempdir().expect("a temporary folder can be made");
    let build = write(folder.path()).expect("the release can be written");
    let output = folder.path().join("index.farr");
    match build.run(&output, &Silent) {
        Ok(report) => {
            assert!(report.bytes > 0, "{report}");
            let bytes = std::fs::read(&output).expect("the index was published");
            let opened = open(bytes, Limits::BRIEF);
            assert!(opened.full.is_some(), "what was published verifies");
        }
        Err(BuildError::Verify(error)) => {
            panic!("a release gave an index that does not verify: {error}")
        }
        Err(error) => {
            assert!(!error.to_string().is_empty());
            let left = std::fs::read_dir(folder.path()).expect("the folder can be read").count();
            assert_eq!(left, 1, "a build that failed left something behind: {error}");
        }
    }
}

/// Bytes as an SCTID.
///
/// # Panics
///
/// Where what was read is not what was written.
pub fn sctid(input: &[u8]) {
    let read = Sctid::from_bytes(input);
    let text = std::str::from_utf8(input);
    if let Ok(text) = text {
        assert_eq!(read, Sctid::parse(text));
        if let Ok(published) = Sctid::parse_as_published(text) {
            assert_eq!(Sctid::as_published(published.value()), Some(published));
            // Whatever is amiss with it, these have an answer.
            let _ = (published.partition(), published.component(), published.namespace());
            let _ = (published.item(), published.check_digit(), published.to_string());
            assert_eq!(published.check().is_ok(), read.is_ok());
        } else {
            assert!(read.is_err(), "an id that no release may hold: {text}");
        }
    }
    if let Ok(id) = read {
        assert_eq!(text, Ok(id.to_string().as_str()));
        assert_eq!((id.check(), Sctid::from_value(id.value())), (Ok(()), Ok(id)));
        assert!((6..=18).contains(&input.len()));
        assert!(id.component().is_some());
    }
}

/// Bytes as an NHS number, as a file of them, and as such a file in two parts.
///
/// # Panics
///
/// Where the ways of reading contradict each other.
pub fn nhs_number(input: &[u8]) {
    if let Ok(number) = NhsNumber::from_bytes(input) {
        assert_eq!(NhsNumber::from_value(number.value()), Ok(number));
        assert_eq!(NhsNumber::parse(&number.to_string()), Ok(number));
        let plain = String::from_utf8(number.digits().to_vec()).expect("digits are ASCII");
        assert_eq!(NhsNumber::parse(&plain), Ok(number));
        assert!(!format!("{number:?}").contains(&plain), "it stays out of logs");
    }
    if let Ok(text) = std::str::from_utf8(input) {
        assert_eq!(NhsNumber::parse(text), NhsNumber::from_bytes(input));
    }
    let (complete, unfinished) = NhsNumber::complete_lines(input);
    let parts: Vec<_> = complete.chain(NhsNumber::lines(unfinished)).collect();
    assert!(NhsNumber::lines(input).eq(parts), "a file in two parts");
    let mut lines: Vec<&[u8]> = input.split(|byte| *byte == b'\n').collect();
    // Behind the last line end there is no line.
    if lines.last().is_some_and(|last| last.is_empty()) {
        lines.pop();
    }
    // A carriage return is white space, which may stand around a number.
    let one_by_one = lines.iter().map(|line| NhsNumber::from_bytes(line));
    assert!(NhsNumber::lines(input).eq(one_by_one), "line by line");
}

/// Bytes as an expression constraint.
///
/// # Panics
///
/// Where a tree that was read is not read again from what is printed of it, or an error names a
/// place that the text does not have.
pub fn ecl_parse(input: &[u8]) {
    let Ok(text) = std::str::from_utf8(input) else { return };
    let ecl = match Ecl::parse(text) {
        Ok(ecl) => ecl,
        Err(error) => {
            let span = error.span();
            assert!(text.len() > LENGTH_LIMIT || text.get(span.start..span.end).is_some());
            assert!(!error.to_string().is_empty());
            let shown = error.render(text);
            assert!(shown.lines().count() >= 5, "{shown}");
            assert!(shown.chars().all(|c| c == '\n' || !c.is_control()), "{shown:?}");
            return;
        }
    };
    for form in [ecl.brief().to_string(), ecl.long().to_string()] {
        if form.len() <= LENGTH_LIMIT {
            assert_eq!(Ecl::parse(&form).as_ref(), Ok(&ecl), "{form}");
        }
    }
    for found in ecl.identifiers() {
        let spelled = &text[found.span.start..found.span.end];
        assert!(spelled.contains(&found.id.to_string()), "{spelled}");
    }
    assert!(ecl.malformed_ids().len() <= ecl.identifiers().len());
}

/// The index that expressions are evaluated in: the golden file of the tiny release.
pub(crate) fn tiny() -> &'static Terminology {
    static TINY: OnceLock<Terminology> = OnceLock::new();
    TINY.get_or_init(|| {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../testdata/golden");
        let golden = folder.join(format!("{MAJOR}.{MINOR}-tiny.farr"));
        Terminology::open([golden]).expect("the golden file opens")
    })
}

/// Expressions up to this length are explained too, which costs an evaluation for each part.
const EXPLAINED: usize = 400;

/// Bytes as an expression constraint, evaluated in a small index with small limits.
///
/// # Panics
///
/// Where the set that it gives and one concept after the other say different things, or an error
/// cannot be shown.
pub fn ecl_evaluate(input: &[u8]) {
    let Ok(Ok(ecl)) = std::str::from_utf8(input).map(Ecl::parse) else { return };
    let snomed = tiny().snomed().expect("the golden file holds SNOMED CT");
    let limits = farr::ecl::Limits { steps: 2_000_000, rows: 10_000 };
    let evaluation = snomed
        .evaluation()
        .unknown_concepts(Report::Warning)
        .other_terms(Report::Warning)
        .limits(limits);
    let answer = match evaluation.select(&ecl) {
        Ok(answer) => answer,
        Err(error) => {
            let shown = error.render(ecl.source());
            assert!(shown.chars().all(|c| c == '\n' || !c.is_control()), "{shown:?}");
            if let Some(span) = error.span() {
                assert!(ecl.source().get(span.start..span.end).is_some(), "{error}");
            }
            assert!(evaluation.explain(&ecl).is_err(), "{error}");
            return;
        }
    };
    for finding in &answer.warnings {
        assert!(ecl.source().get(finding.span.start..finding.span.end).is_some(), "{finding}");
    }
    let amount = match answer.concepts {
        Selection::Rows(rows) => {
            assert!(rows.rows.iter().all(|row| row.len() == rows.fields.len()), "{ecl}");
            Amount::Rows(rows.rows.len())
        }
        Selection::Concepts(set) => {
            let ids = set.sorted_ids();
            assert!(ids.len() == set.len() && ids.is_sorted_by(|one, next| one < next), "{ecl}");
            let compiled = evaluation.compile(&ecl).expect("it has an answer").concepts;
            for concept in snomed.concepts() {
                match compiled.matches(concept) {
                    Ok(matches) => assert_eq!(matches, set.contains(concept), "{ecl}"),
                    Err(error) => panic!("{ecl}: {error}"),
                }
            }
            Amount::Concepts(set.len())
        }
    };
    if ecl.source().len() <= EXPLAINED {
        match evaluation.explain(&ecl) {
            Ok(explanation) => assert_eq!(explanation.parts[0].amount, amount, "{ecl}"),
            // A part may cost more without its filters, or be one that the whole never came to.
            Err(
                EvaluationError::TooMuchWork
                | EvaluationError::TooManyRows
                | EvaluationError::Rows { .. },
            ) => {}
            Err(error) => panic!("{ecl}: {error}"),
        }
    }
}
