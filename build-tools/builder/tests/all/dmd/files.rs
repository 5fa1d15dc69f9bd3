//! The files of dm+d as they are found: in folders and zip files, too many of them and too few, and
//! made to do harm.

use std::io::{Read as _, Write as _};
use std::path::{Path, PathBuf};

use crate::support::dmd::{dmd_folders, said};
use crate::support::edited_dmd::Edited;
use crate::support::{Built, dmd_index, run, try_run};
use farr::Date;
use farr_build::{Build, BuildError, NoteKind, Silent};
use rayon::prelude::*;

/// What the release says as it stands.
fn good() -> std::collections::BTreeMap<crate::support::dmd::Said, usize> {
    said(&dmd_index())
}

fn meta(built: &Built) -> (Option<u32>, Option<String>) {
    (built.report.meta.dmd_date, built.report.meta.dmd_version.clone())
}

#[test]
fn day_and_version_are_those_of_the_names() {
    let built = Edited::new().silent();
    assert_eq!(meta(&built), (Some(20_260_801), Some("8.0.0".to_owned())));
    let terminology = built.terminology();
    let dmd = terminology.dmd().expect("it holds dm+d");
    assert_eq!(dmd.release_date(), Date::new(2026, 8, 1));
    // Names do not say what a file is.
    let edited = Edited::new();
    let from = edited.file("f_vmp2");
    std::fs::rename(&from, from.with_file_name("products.XML")).expect("it can be renamed");
    assert!(said(&edited.silent().bytes) == good());
}

#[test]
fn two_releases_at_once_are_refused() {
    let edited = Edited::new();
    let other = Edited::new();
    let error = try_run(Build::new().dmd(edited.path()).dmd(other.path())).err();
    let Some(BuildError::DmdTwice { root, first, second }) = error else { panic!("{error:?}") };
    assert!(["ACTUAL_MEDICINAL_PRODUCTS", "ACTUAL_MEDICINAL_PROD_PACKS"].contains(&root.as_str()));
    assert!(first.contains("f_amp") && second.contains("f_amp"), "{first} {second}");
    // Beside each other in one folder, as two weeks' downloads lie.
    let week = edited.path().join("nhsbsa_dmd_8.1.0_20260808000001");
    std::fs::create_dir(&week).expect("a folder can be made");
    std::fs::copy(edited.file("f_vtm2"), week.join("f_vtm2_3080826.xml")).expect("it is copied");
    let error = try_run(Build::new().dmd(edited.path())).err();
    let Some(BuildError::DmdTwice { root, first, second }) = error else { panic!("{error:?}") };
    assert_eq!(root, "VIRTUAL_THERAPEUTIC_MOIETIES");
    assert!(first.ends_with("f_vtm2_3010826.xml") && second.ends_with("f_vtm2_3080826.xml"));
}

#[test]
fn main_files_of_different_days_are_told() {
    let edited = Edited::new();
    let from = edited.file("f_amp2");
    std::fs::rename(&from, from.with_file_name("f_amp2_3080826.xml")).expect("it can be renamed");
    let built = edited.build().unwrap_or_else(|error| panic!("{error}"));
    assert_eq!(meta(&built).0, Some(20_260_808));
    let note = built.report.notes.of(NoteKind::DifferentDays).expect("it is told");
    // All that are older than the newest.
    assert_eq!(note.count, 7, "{note:?}");
    let mut examples = note.examples.clone();
    examples.sort();
    assert_eq!(examples[0], "f_ampp2_3010826.xml");
    assert!(said(&built.bytes) == good());
    let error = try_run(Build::new().dmd(edited.path()).strict(true)).err();
    assert!(matches!(error, Some(BuildError::Strict { .. })), "{error:?}");
    // The supplementary release comes less often, and on days of its own.
    let edited = Edited::new();
    let from = edited.file("f_bnf1");
    std::fs::rename(&from, from.with_file_name("f_bnf1_0150726.xml")).expect("it can be renamed");
    assert_eq!(meta(&edited.silent()).0, Some(20_260_801));
}

#[test]
fn empty_elements_are_absent_ones() {
    let edited = Edited::new()
        .change("f_vmp2", "<BASISCD>", "<ABBREVNM></ABBREVNM><BASISCD>")
        .change(
            "f_ampp2",
            "<LEGAL_CATCD>0003</LEGAL_CATCD></AMPP>",
            "<LEGAL_CATCD>0003</LEGAL_CATCD><SUBP/><DISCDT/></AMPP>",
        )
        .change("f_vtm2", "<NM>Brackenamol</NM>", "<NM>Brackenamol</NM><VTMIDPREV> </VTMIDPREV>")
        .change("f_vmp2", "<PRES_STATCD>0005", "<SUG_F></SUG_F><PRES_STATCD>0005")
        .change(
            "f_gtin2",
            "<STARTDT>2012-03-04</STARTDT>",
            "<STARTDT>2012-03-04</STARTDT><ENDDT/>",
        );
    // The first VMP has an abbreviated name already, and may not have two.
    let edited = edited.change("f_vmp2", "<ABBREVNM>Farrol 10mg tabs</ABBREVNM>", "");
    let built = edited.silent();
    let mut expected = good();
    let without: Vec<_> = expected
        .keys()
        .filter(|(_, _, elements)| elements.iter().any(|(_, value)| value == "Farrol 10mg tabs"))
        .cloned()
        .collect();
    for mut said in without {
        expected.remove(&said);
        said.2.retain(|(name, _)| name != "ABBREVNM");
        expected.insert(said, 1);
    }
    assert!(said(&built.bytes) == expected);
}

#[test]
fn sections_and_files_may_be_absent_or_empty() {
    let text = Edited::new().text("f_vmpp2");
    let (begin, end) = ("  <DRUG_TARIFF_INFO>\n", "  </DRUG_TARIFF_INFO>\n");
    let from = text.find(begin).expect("the section is there");
    let to = text.find(end).expect("the section ends");
    let absent = text[..from].to_owned() + &text[to + end.len()..];
    let empty = text[..from + begin.len()].to_owned() + &text[to..];
    let closed = text[..from].to_owned() + "<DRUG_TARIFF_INFO/>" + &text[to + end.len()..];
    for text in [absent, empty, closed] {
        let built = Edited::new().write("f_vmpp2", text).silent();
        let terminology = built.terminology();
        let dmd = terminology.dmd().expect("it holds dm+d");
        assert_eq!(dmd.records::<farr::dmd::DrugTariffInfo<'_>>().len(), 0);
        assert_eq!(dmd.records::<farr::dmd::VmppComponent<'_>>().len(), 2);
    }
    for absent in [&["f_gtin2"][..], &["f_bnf1", "f_history1"], &["f_vtm_ing1", "f_tradefamily1"]] {
        absent.iter().fold(Edited::new(), |edited, file| edited.without(file)).silent();
    }
    // Of the supplementary release alone nothing can be wrong that the main one would show.
    let built = run(Build::new().dmd(&dmd_folders()[1]).strict(true));
    assert!(built.report.notes.of(NoteKind::SupplementaryAlone).is_some());
    assert_eq!(meta(&built), (None, None));
}

#[test]
fn a_file_that_is_not_of_dmd_is_set_aside_and_one_that_should_be_is_not() {
    let edited = Edited::new();
    let beside = edited.path().join("readme.xml");
    std::fs::write(&beside, "<README>Nothing</README>").expect("it can be written");
    std::fs::write(edited.path().join("notes.txt"), "<VMPS>").expect("it can be written");
    let built = edited.silent();
    let aside: Vec<&str> =
        built.report.meta.set_aside.iter().map(|one| one.name.as_str()).collect();
    assert_eq!(aside, ["readme.xml"]);
    for content in ["", " \n", "nothing", "<?xml version=\"1.0\"?>", "<!-- -->"] {
        let edited = Edited::new().write("f_gtin2", content);
        let problem = edited.problem();
        assert!(problem.file.starts_with("f_gtin2"), "{content:?}: {problem}");
    }
    // A file that says with its name that it is one, and with its root that it is not.
    let edited = Edited::new().write("f_gtin2", "\n <README/>");
    let expected = "the root element of a dm+d file";
    edited.refused("f_gtin2", "<README/>", "byte of the line", expected);
    // One that no name tells of may be of a kind that is yet to come.
    let further = edited.file("f_gtin2").with_file_name("f_weather1_0010826.xml");
    std::fs::rename(edited.file("f_gtin2"), further).expect("it can be renamed");
    edited.silent();
}

#[test]
fn where_there_is_nothing_there_is_an_error() {
    let folder = tempfile::tempdir().expect("a temporary folder can be made");
    let output = folder.path().join("index.farr");
    let error = Build::new().run(&output, &Silent).err();
    assert!(matches!(error, Some(BuildError::NothingGiven)), "{error:?}");
    let empty = folder.path().join("empty");
    std::fs::create_dir(&empty).expect("a folder can be made");
    let error = try_run(Build::new().dmd(&empty)).err();
    assert!(matches!(&error, Some(BuildError::NoDmd { path }) if *path == empty), "{error:?}");
    // Beside a release too.
    let error = try_run(Build::new().dmd(Edited::new().path()).dmd(&empty)).err();
    assert!(matches!(error, Some(BuildError::Io { .. } | BuildError::NoDmd { .. })), "{error:?}");
    let error = try_run(Build::new().dmd(folder.path().join("absent"))).err();
    assert!(matches!(error, Some(BuildError::Io { .. })), "{error:?}");
    let snomed = crate::support::testdata("tiny");
    let error = try_run(Build::new().dmd(&snomed)).err();
    assert!(matches!(error, Some(BuildError::NoDmd { .. })), "{error:?}");
    assert!(!output.exists());
}

/// A zip file of these names and contents.
fn zipped(path: &Path, files: &[(String, Vec<u8>)]) -> PathBuf {
    let file = std::fs::File::create(path).expect("the zip file can be made");
    let mut writer = zip::ZipWriter::new(file);
    let options = zip::write::SimpleFileOptions::default();
    for (name, content) in files {
        writer.start_file(name.as_str(), options).expect("an entry can be made");
        writer.write_all(content).expect("an entry can be written");
    }
    writer.finish().expect("the zip file can be finished");
    path.to_owned()
}

/// Names and contents of the files of a release, those of the GTIN file in a zip of their own.
fn contents(release: &Path, folder: &Path) -> Vec<(String, Vec<u8>)> {
    let read = |path: PathBuf| {
        let name = path.strip_prefix(release).expect("it is within").to_string_lossy().into_owned();
        (name, std::fs::read(path).expect("the file can be read"))
    };
    let files = crate::support::naive_dmd::files(release).into_iter().map(read);
    let (inner, mut outer): (Vec<_>, Vec<_>) = files.partition(|(name, _)| name.contains("gtin"));
    if !inner.is_empty() {
        let name = "week312026-r2_3-GTIN.zip";
        let path = zipped(&folder.join(name), &inner);
        outer.push((name.to_owned(), std::fs::read(path).expect("the file can be read")));
    }
    outer
}

/// Both releases as zip files, the GTIN file in a zip file within one of them.
fn downloads(folder: &Path) -> [PathBuf; 2] {
    dmd_folders().map(|release| {
        let name = release.file_name().unwrap_or_default().to_string_lossy().into_owned();
        zipped(&folder.join(format!("{name}.zip")), &contents(&release, folder))
    })
}

#[test]
fn zip_files_and_zip_files_within_them_are_read_as_folders_are() {
    let folder = tempfile::tempdir().expect("a temporary folder can be made");
    let [main, supplementary] = downloads(folder.path());
    let built = run(Build::new().dmd(&main).dmd(&supplementary).strict(true));
    assert!(said(&built.bytes) == good());
    assert_eq!(meta(&built), (Some(20_260_801), Some("8.0.0".to_owned())));
    let sources: Vec<&str> =
        built.report.meta.sources.iter().map(|one| one.name.as_str()).collect();
    assert_eq!(sources.len(), 2, "{sources:?}");
    // Two downloads in a folder.
    std::fs::remove_file(folder.path().join("week312026-r2_3-GTIN.zip")).expect("it is there");
    let built = run(Build::new().dmd(folder.path()).strict(true));
    assert!(said(&built.bytes) == good());
    // One file alone.
    let built = run(Build::new().dmd(Edited::new().file("f_vtm2")).strict(true));
    assert_eq!(built.report.meta.count("VTMs"), Some(4));
}

#[test]
fn a_damaged_zip_file_is_refused_or_gives_what_it_held() {
    let folder = tempfile::tempdir().expect("a temporary folder can be made");
    let release = &dmd_folders()[1];
    let path = zipped(&folder.path().join("whole.zip"), &contents(release, folder.path()));
    let bytes = std::fs::read(&path).expect("the file can be read");
    let whole = said(&run(Build::new().dmd(&path)).bytes);
    let directory = bytes.windows(4).position(|four| four == b"PK\x01\x02").expect("it has one");
    let step = bytes.len().div_ceil(1500);
    let refused: usize = (0..bytes.len())
        .into_par_iter()
        .step_by(step)
        .map(|at| {
            let mut damaged = bytes.clone();
            damaged[at] ^= 1 << (at % 8);
            let path = folder.path().join(format!("{at}.zip"));
            std::fs::write(&path, damaged).expect("the file can be written");
            let built = try_run(Build::new().dmd(&path));
            std::fs::remove_file(path).expect("it is there");
            let Ok(built) = built else { return 1 };
            let found = said(&built.bytes);
            // Where the directory is damaged, a file may have another name and not be one of dm+d.
            let same = |(said, count)| whole.get(said) == Some(count);
            assert!(found.iter().all(same), "byte {at}: another answer");
            assert!(found == whole || at >= directory, "byte {at}: less than there is");
            0
        })
        .sum();
    assert!(refused > 500, "{refused} refused");
    for length in (0..bytes.len()).step_by(97) {
        let path = folder.path().join("short.zip");
        std::fs::write(&path, &bytes[..length]).expect("the file can be written");
        let error = try_run(Build::new().dmd(&path)).err();
        assert!(matches!(error, Some(BuildError::Archive { .. })), "{length} bytes: {error:?}");
    }
}

/// Many bytes of a kind, without being in memory.
struct Many(u8, u64);

impl Many {
    fn reader(&self) -> impl std::io::Read {
        std::io::repeat(self.0).take(self.1)
    }
}

#[test]
fn texts_and_tags_without_end_are_refused_from_folders_and_zip_files() {
    let root = "<VIRTUAL_THERAPEUTIC_MOIETIES>";
    let folder = tempfile::tempdir().expect("a temporary folder can be made");
    let hundred = 100 << 20;
    for (begin, many) in [
        (format!("{root}<VTM><VTMID>1</VTMID><NM>"), Many(b'a', hundred)),
        (format!("{root}<VTM><VTMID>"), Many(b' ', hundred)),
        (format!("{root}<VTM><"), Many(b'a', hundred)),
        (format!("{root}<VTM x='"), Many(b'a', hundred)),
        (format!("{root}<VTM><NM><![CDATA["), Many(b'a', hundred)),
        (format!("{root}<!-- "), Many(b'-', hundred)),
        (format!("{root}<?"), Many(b'a', hundred)),
        (root.to_owned(), Many(b' ', hundred)),
        (String::new(), Many(b' ', hundred)),
        ("<".to_owned(), Many(b'a', hundred)),
        (format!("{root}&"), Many(b'a', hundred)),
    ] {
        let plain = folder.path().join("f_vtm2_3010826.xml");
        let mut file = std::fs::File::create(&plain).expect("the file can be made");
        file.write_all(begin.as_bytes()).expect("the file can be written");
        // A file of 100 MiB with what it should have before it ends, if anybody came to that.
        std::io::copy(&mut many.reader().take(4 << 20), &mut file).expect("it can be written");
        file.set_len(hundred).expect("the file can be made long");
        let packed = folder.path().join("main.zip");
        let file = std::fs::File::create(&packed).expect("the file can be made");
        let mut writer = zip::ZipWriter::new(file);
        let options = zip::write::SimpleFileOptions::default();
        writer.start_file("f_vtm2_3010826.xml", options).expect("an entry can be made");
        writer.write_all(begin.as_bytes()).expect("an entry can be written");
        std::io::copy(&mut many.reader(), &mut writer).expect("it can be written");
        writer.finish().expect("the zip file can be finished");
        for path in [&plain, &packed] {
            let error = try_run(Build::new().dmd(path)).err();
            let Some(BuildError::Rows { problems, .. }) = &error else {
                panic!("{begin}: {error:?}");
            };
            assert!(problems[0].file.starts_with("f_vtm2"), "{begin}: {}", problems[0]);
            let byte = problems[0].column.as_ref().map_or(0, |(byte, _)| *byte);
            assert!(byte < 3 << 20, "{begin}: read on to byte {byte}");
        }
    }
}

#[test]
fn what_unpacks_beyond_measure_is_refused() {
    let folder = tempfile::tempdir().expect("a temporary folder can be made");
    let packed = |name: &str, begin: &str, line: &str, inner: &str| {
        let path = folder.path().join(name);
        let file = std::fs::File::create(&path).expect("the file can be made");
        let mut writer = zip::ZipWriter::new(file);
        let options = zip::write::SimpleFileOptions::default()
            .compression_method(zip::CompressionMethod::Deflated);
        writer.start_file(inner, options).expect("an entry can be made");
        writer.write_all(begin.as_bytes()).expect("an entry can be written");
        let block = line.repeat((1 << 20) / line.len());
        (0..80).for_each(|_| writer.write_all(block.as_bytes()).expect("it can be written"));
        writer.finish().expect("the zip file can be finished");
        path
    };
    let concepts = "id\teffectiveTime\tactive\tmoduleId\tdefinitionStatusId\r\n";
    let rf2 = packed("rf2.zip", concepts, "\r\n", "sct2_Concept_Snapshot_INT_20260801.txt");
    // Each comment is short, so that no other bound is met.
    let root = "<VIRTUAL_THERAPEUTIC_MOIETIES>";
    let dmd = packed("dmd.zip", root, "<!-- a -->\n", "f_vtm2_3010826.xml");
    // It is no zip file either, but that is not asked of so much.
    let nested = packed("nested.zip", "PK", "\n", "week312026-r2_3-GTIN.zip");
    for build in [Build::new().snomed(rf2), Build::new().dmd(dmd), Build::new().dmd(nested)] {
        let error = try_run(build).err().map(|error| error.to_string()).unwrap_or_default();
        assert!(error.contains("unpacks beyond all measure"), "{error}");
    }
}

#[test]
fn zip_files_that_hold_nothing_of_dmd_are_no_sources() {
    let folder = tempfile::tempdir().expect("a temporary folder can be made");
    downloads(folder.path());
    std::fs::remove_file(folder.path().join("week312026-r2_3-GTIN.zip")).expect("it is there");
    zipped(&folder.path().join("other.zip"), &[("readme.txt".to_owned(), b"nothing".to_vec())]);
    let built = run(Build::new().dmd(folder.path()));
    let sources = built.report.meta.sources.iter();
    assert!(sources.clone().count() == 2 && sources.clone().all(|one| one.name != "other.zip"));
}

#[test]
fn zip_files_nest_three_deep_and_what_lies_deeper_is_refused() {
    let folder = tempfile::tempdir().expect("a temporary folder can be made");
    let edited = Edited::new();
    let vtm = edited.file("f_vtm2");
    let content = std::fs::read(&vtm).expect("the file can be read");
    let name = vtm.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let mut inner = (name, content);
    for depth in 1..=4 {
        let path = zipped(&folder.path().join(format!("{depth}.zip")), &[inner]);
        let built = try_run(Build::new().dmd(&path));
        match built {
            Ok(built) => {
                assert!(depth < 4, "a fourth zip file was opened");
                assert_eq!(built.report.meta.count("VTMs"), Some(4));
            }
            Err(error) => {
                assert_eq!(depth, 4, "{error}");
                assert!(error.to_string().contains("deeper than any release"), "{error}");
            }
        }
        inner = (format!("{depth}.zip"), std::fs::read(path).expect("the file can be read"));
    }
}
