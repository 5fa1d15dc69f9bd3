//! The same release gives the same bytes, wherever it lies: in other folders, under other names where
//! names say nothing, with other file times, written in another order, with other numbers of threads.
//! A zip file gives the same sections; META names it as the source in place of the files.

use std::fs::{self, File};
use std::io::Write;
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use crate::support::{run, testdata};
use farr::Terminology;
use farr::index::format::META;
use farr_build::Build;
use farr_exercise::{section, sections};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipWriter};

/// A release of `testdata`: its folders, and how a build takes them.
struct Release {
    name: &'static str,
    folders: &'static [&'static str],
    build: fn(Build, &Path, usize) -> Build,
}

const RELEASES: [Release; 4] = [
    Release { name: "tiny", folders: &["tiny"], build: |build, path, _| build.snomed(path) },
    Release {
        name: "synthetic",
        folders: &["synthetic/SnomedCT_MonolithRF2_PRODUCTION_20260801T120000Z"],
        build: |build, path, _| build.snomed(path),
    },
    Release {
        name: "dmd",
        folders: &[
            "dmd/nhsbsa_dmd_8.0.0_20260801000001",
            "dmd/nhsbsa_dmdbonus_8.0.0_20260801000001",
        ],
        build: |build, path, _| build.dmd(path).strict(true),
    },
    Release {
        name: "classifications",
        folders: &["icd10/uk", "icd10/cm", "icd10/opcs4"],
        build: |build, path, place| match place {
            2 => build.opcs4(path),
            _ => build.icd10(path),
        },
    },
];

impl Release {
    /// The index of the release where its folders, or what was made of them, lie at these paths.
    fn built(&self, paths: &[PathBuf], threads: usize) -> Vec<u8> {
        let paths = paths.iter().enumerate();
        let build = paths.fold(Build::new(), |build, (at, path)| (self.build)(build, path, at));
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build();
        pool.expect("threads can be started").install(|| run(build).bytes)
    }

    /// Its folders, each with the name that it has.
    fn folders(&self) -> impl Iterator<Item = (PathBuf, &'static str)> {
        self.folders.iter().map(|folder| {
            let name = folder.rsplit('/').next().unwrap_or(folder);
            (testdata(folder), name)
        })
    }
}

/// All files below a folder, by their paths from there.
fn files(folder: &Path) -> Vec<(String, Vec<u8>)> {
    fn look(folder: &Path, before: &str, found: &mut Vec<(String, Vec<u8>)>) {
        for entry in fs::read_dir(folder).expect("a folder of testdata") {
            let path = entry.expect("a file of testdata").path();
            let name = path.file_name().unwrap_or_default().to_string_lossy();
            let name = format!("{before}{name}");
            if path.is_dir() {
                look(&path, &format!("{name}/"), found);
            } else {
                found.push((name, fs::read(&path).expect("a file of testdata")));
            }
        }
    }
    let mut found = Vec::new();
    look(folder, "", &mut found);
    found.sort();
    assert!(!found.is_empty(), "{}", folder.display());
    found
}

/// Copies a release: the last file first, each with a time of its own.
fn copied(files: &[(String, Vec<u8>)], to: &Path, first_time: u64) {
    for (number, (name, bytes)) in (0_u64..).zip(files.iter().rev()) {
        let path = to.join(name);
        fs::create_dir_all(path.parent().unwrap_or(to)).expect("a folder can be made");
        let mut file = File::create(&path).expect("a file can be made");
        file.write_all(bytes).expect("a file can be written");
        let time = SystemTime::UNIX_EPOCH + Duration::from_secs(first_time + number * 86_400);
        file.set_modified(time).expect("a file can have any time");
    }
}

/// Zips a release, as it comes or from the last file to the first.
fn zipped(files: &[(String, Vec<u8>)], path: &Path, method: CompressionMethod, year: u16) {
    let mut zip = ZipWriter::new(File::create(path).expect("a file can be made"));
    let time = DateTime::from_date_and_time(year, 2, 3, 4, 5, 6).expect("a time");
    let options = SimpleFileOptions::default().compression_method(method);
    let options = options.last_modified_time(time);
    let mut files: Vec<_> = files.iter().collect();
    if method == CompressionMethod::Stored {
        files.reverse();
    }
    for (name, bytes) in files {
        zip.start_file(name.as_str(), options).expect("an entry can be made");
        zip.write_all(bytes).expect("an entry can be written");
    }
    zip.finish().expect("a zip file can be made");
}

fn golden(name: &str) -> Vec<u8> {
    use farr::index::format::{MAJOR, MINOR};
    let path = testdata("golden").join(format!("{MAJOR}.{MINOR}-{name}.farr"));
    fs::read(path).expect("the golden file can be read")
}

#[test]
fn two_folders_at_other_places_and_times_give_the_same_bytes() {
    let (one, other) = (tempfile::tempdir(), tempfile::tempdir());
    let one = one.as_ref().expect("a temporary folder").path();
    let other = other.as_ref().expect("a temporary folder").path().join("a/longer way/to it");
    for release in &RELEASES {
        let mut paths = [Vec::new(), Vec::new()];
        for (folder, name) in release.folders() {
            let files = files(&folder);
            for ((root, first_time), paths) in
                [(one, 1_000_000_000), (other.as_path(), 1_700_000_000)].into_iter().zip(&mut paths)
            {
                let to = root.join(release.name).join(name);
                copied(&files, &to, first_time);
                paths.push(to);
            }
        }
        let [one, other] =
            [(&paths[0], 1), (&paths[1], 3)].map(|(paths, threads)| release.built(paths, threads));
        assert!(one == other, "{}: two folders give different bytes", release.name);
        assert!(one == golden(release.name), "{}: not the golden file", release.name);
    }
}

/// What META says, a line each.
fn meta(index: &[u8]) -> Vec<String> {
    let meta = section(index, META).expect("there is META");
    String::from_utf8_lossy(&index[meta]).lines().map(str::to_owned).collect()
}

#[test]
fn a_zip_file_gives_the_same_sections_and_is_named_as_their_source() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    for release in &RELEASES {
        let golden = golden(release.name);
        for (method, year) in
            [(CompressionMethod::Deflated, 1998), (CompressionMethod::Stored, 2024)]
        {
            let folder = folder.path().join(format!("{method}"));
            fs::create_dir_all(&folder).expect("a folder can be made");
            let mut paths = Vec::new();
            let mut archives = Vec::new();
            for (source, name) in release.folders() {
                let path = folder.join(format!("{name}.zip"));
                zipped(&files(&source), &path, method, year);
                archives.push(format!("source\t{name}.zip\t"));
                paths.push(path);
            }
            let index = release.built(&paths, 2);
            let what = format!("{} {method}", release.name);
            Terminology::from_bytes(index.clone()).expect("what was built opens");
            for ((tag, range), (expected, expected_range)) in
                sections(&index).zip(sections(&golden))
            {
                assert_eq!(tag, expected, "{what}");
                let same = index[range] == golden[expected_range];
                assert!(same || tag == META, "{what}: {tag}");
            }
            let is_source = |line: &String| line.starts_with("source\t");
            let (sources, others): (Vec<_>, Vec<_>) = meta(&index).into_iter().partition(is_source);
            let expected = meta(&golden).into_iter().filter(|line| !is_source(line));
            assert_eq!(others, expected.collect::<Vec<_>>(), "{what}");
            // Each package's zip file, with its length and hash, and no file within one.
            assert_eq!(sources.len(), archives.len(), "{what}");
            for (source, archive) in sources.iter().zip(&archives) {
                assert!(source.starts_with(archive), "{what}: {source}");
            }
        }
    }
}

/// Nothing of the machine is in an index: neither a path, nor a user, nor a host.
#[test]
fn an_index_names_no_path() {
    for release in &RELEASES {
        for line in meta(&golden(release.name)) {
            let source = line.strip_prefix("source\t").or(line.strip_prefix("set-aside\t"));
            let name = source.and_then(|line| line.split('\t').next()).unwrap_or_default();
            assert!(!name.contains(['/', '\\']), "{}: {line}", release.name);
        }
    }
}
