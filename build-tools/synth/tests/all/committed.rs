//! The releases in `testdata/synthetic` are what the generator writes, byte for byte.

use farr_synth::{Parameters, Release};
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

fn files(root: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let mut found = BTreeMap::new();
    let mut folders = vec![root.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).expect("the folder can be read") {
            let path = entry.expect("the folder can be read").path();
            if path.is_dir() {
                folders.push(path);
            } else {
                let name = path.strip_prefix(root).expect("the file is within").to_owned();
                found.insert(name, fs::read(&path).expect("the file can be read"));
            }
        }
    }
    found
}

fn write(folder: &Path) {
    let parameters = Parameters { seed: 1, scale: 0.0004, date: 20_260_801 };
    let release = Release::new(parameters).expect("the parameters are good");
    release.write(folder).expect("the release can be written");
    release.write_workload(folder).expect("the workload can be written");
    release.write_dmd(folder).expect("the packages can be written");
    release.write_dmd_workload(folder).expect("the workload can be written");
    release.write_icd10(folder).expect("the classifications can be written");
}

fn assert_same(left: &Path, right: &Path) {
    let (left, right) = (files(left), files(right));
    assert_eq!(left.keys().collect::<Vec<_>>(), right.keys().collect::<Vec<_>>());
    for (name, bytes) in &left {
        assert!(*bytes == right[name], "{} differs", name.display());
    }
}

#[test]
fn the_committed_releases_are_what_the_generator_writes() {
    let folder = tempfile::tempdir().expect("a temporary folder can be made");
    write(folder.path());
    let committed = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../testdata/synthetic");
    assert_same(&committed, folder.path());
}

#[test]
fn threads_do_not_change_a_byte() {
    let folders = [1, 2].map(|threads| {
        let folder = tempfile::tempdir().expect("a temporary folder can be made");
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build();
        pool.expect("threads can be started").install(|| write(folder.path()));
        folder
    });
    assert_same(folders[0].path(), folders[1].path());
}

#[test]
fn zips_are_the_same_each_time() {
    let zips = [1, 2].map(|_| {
        let folder = tempfile::tempdir().expect("a temporary folder can be made");
        let parameters = Parameters { scale: 0.0001, ..Parameters::default() };
        let release = Release::new(parameters).expect("the parameters are good");
        let files = release.write(folder.path()).expect("the release can be written");
        let mut zips = vec![release.write_zip(folder.path(), &files)];
        let files = release.write_dmd(folder.path()).expect("the packages can be written");
        let packages = release.write_dmd_zips(folder.path(), &files);
        zips.extend(packages.expect("the zips can be written").into_iter().map(Ok));
        zips.into_iter()
            .map(|zip| fs::read(zip.expect("the zip can be written")).expect("it can be read"))
            .collect::<Vec<_>>()
    });
    assert_eq!(zips[0].len(), 3);
    assert!(zips[0] == zips[1]);
}
