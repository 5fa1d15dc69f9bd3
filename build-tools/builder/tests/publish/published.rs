//! Published folders, and two sets that disagree on everything a reader looks at.

use std::path::{Path, PathBuf};

use farr::published::{OpenSet, SetOptions};
use farr_build::{Publish, Published, Silent};

/// A golden file.
pub(crate) fn golden(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../testdata/golden");
    folder.join(format!("1.0-{name}.farr"))
}

/// One of two sets: of other releases, with other numbers of concepts, one with dm+d and the other
/// with classifications.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Which {
    A,
    B,
}

impl Which {
    pub(crate) fn indexes(self) -> [PathBuf; 2] {
        match self {
            Which::A => [golden("tiny"), golden("dmd")],
            Which::B => [golden("synthetic"), golden("classifications")],
        }
    }

    /// Publishing of this set in a folder.
    pub(crate) fn publish(self, folder: &Path) -> Publish {
        self.indexes().into_iter().fold(Publish::new(folder), Publish::index)
    }

    pub(crate) fn published(self, folder: &Path) -> Published {
        self.publish(folder).run(&Silent).expect("it is published")
    }
}

/// Which of the two sets this is, by everything that can be asked of it; a panic where its parts are
/// not of one set.
pub(crate) fn which(set: &OpenSet) -> Which {
    let terminology = set.terminology();
    let snomed = terminology.snomed().expect("both have SNOMED CT");
    // The smaller of the two golden files of SNOMED CT has fewer concepts than this.
    let small = snomed.concept_count() < 100;
    let squeak = snomed.concept("401004".parse().expect("an id")).is_some();
    let dmd = terminology.dmd().is_ok();
    let icd10 = terminology.icd10().is_ok();
    let named = set.description().files().iter().any(|file| file.name.starts_with("dmd-"));
    let released = set.releases().iter().any(|release| release.system().word() == "dmd");
    match (small, squeak, dmd, !icd10, named, released) {
        (true, true, true, true, true, true) => Which::A,
        (false, false, false, false, false, false) => Which::B,
        mixed => panic!("set {} is mixed of two: {mixed:?}", set.number()),
    }
}

/// Which set is current, opened and verified in full.
pub(crate) fn current(folder: &Path) -> Which {
    which(&OpenSet::open(folder, &SetOptions::new()).expect("the current set is whole"))
}

/// The names in a folder, in order.
pub(crate) fn names(folder: &Path) -> Vec<String> {
    let entries = std::fs::read_dir(folder).expect("the folder is there");
    let mut names: Vec<String> =
        entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}

/// The names of the index files in a folder.
pub(crate) fn index_names(folder: &Path) -> Vec<String> {
    names(folder).into_iter().filter(|name| name.ends_with(".farr")).collect()
}

/// That nothing lies in a folder but the sets that it lists.
pub(crate) fn no_leftovers(folder: &Path) {
    let sets = Publish::new(folder).sets().expect("the sets can be listed");
    let mut named: Vec<String> = Vec::new();
    for set in &sets {
        assert_eq!(set.missing, Vec::<String>::new(), "set {}", set.number);
        let described = set.description.as_ref().expect("it can be read");
        named.extend(described.files().iter().map(|file| file.name.clone()));
    }
    named.sort();
    named.dedup();
    assert_eq!(index_names(folder), named);
    let unfinished = |names: Vec<String>| names.iter().any(|name| name.ends_with(".publishing"));
    assert!(!unfinished(names(folder)) && !unfinished(names(&folder.join("sets"))));
}
