//! A release with hostile bytes in one of its files.

use std::io;
use std::path::{Path, PathBuf};

/// Name and content of the files of the release in `testdata/tiny`.
macro_rules! tiny {
    ($($name:literal),* $(,)?) => {
        [$(($name, include_bytes!(concat!(
            "../../../testdata/tiny/SnomedCT_TinyRF2_PRODUCTION_20260801T120000Z/Snapshot/",
            $name
        )).as_slice())),*]
    };
}

const FILES: [(&str, &[u8]); 7] = tiny![
    "Terminology/sct2_Concept_Snapshot_XX_20260801.txt",
    "Terminology/sct2_Description_Snapshot-en_XX_20260801.txt",
    "Terminology/sct2_TextDefinition_Snapshot-en_XX_20260801.txt",
    "Terminology/sct2_Relationship_Snapshot_XX_20260801.txt",
    "Terminology/sct2_RelationshipConcreteValues_Snapshot_XX_20260801.txt",
    "Refset/Language/der2_cRefset_LanguageSnapshot-en_XX_20260801.txt",
    "Refset/Metadata/der2_ssRefset_ModuleDependencySnapshot_XX_20260801.txt",
];

const REFSETS: [(&str, &[u8]); 7] = tiny![
    "Refset/Content/der2_Refset_SimpleSnapshot_XX_20260801.txt",
    "Refset/Content/der2_cRefset_AssociationSnapshot_XX_20260801.txt",
    "Refset/Map/der2_sRefset_SimpleMapSnapshot_XX_20260801.txt",
    "Refset/Map/der2_iisssccRefset_ExtendedMapSnapshot_XX_20260801.txt",
    "Refset/Map/der2_iRefset_OrderedSnapshot_XX_20260801.txt",
    "Refset/Metadata/der2_cciRefset_RefsetDescriptorSnapshot_XX_20260801.txt",
    "Terminology/sct2_Identifier_Snapshot_XX_20260801.txt",
];

/// What becomes of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Change {
    /// The bytes stand behind its own.
    Appended,
    /// The bytes stand behind its header.
    Replaced,
    /// The bytes are all there is.
    Whole,
}

/// A small release, one file of which is not as it should be.
///
/// The first byte of the input names the file and what becomes of it; the rest is the content.
#[derive(Clone, Copy, Debug)]
pub struct Rf2<'a> {
    changed: &'static str,
    change: Change,
    bytes: &'a [u8],
    with_refsets: bool,
}

impl<'a> Rf2<'a> {
    /// Reads an input about a file of components, language or modules, in a release without other
    /// refsets; `None` where there is not even a first byte.
    pub fn new(input: &'a [u8]) -> Option<Rf2<'a>> {
        Rf2::of(&FILES, false, input)
    }

    /// Reads an input about a file of refset rows or alternate identifiers; `None` as above.
    pub fn of_refset(input: &'a [u8]) -> Option<Rf2<'a>> {
        Rf2::of(&REFSETS, true, input)
    }

    fn of(files: &[(&'static str, &[u8])], with_refsets: bool, input: &'a [u8]) -> Option<Rf2<'a>> {
        let (first, bytes) = input.split_first()?;
        let first = usize::from(*first);
        // Digits and letters name all there is, so that an input can be written by hand.
        let change = match first / files.len() % 3 {
            0 => Change::Appended,
            1 => Change::Replaced,
            _ => Change::Whole,
        };
        let (changed, _) = files[first % files.len()];
        Some(Rf2 { changed, change, bytes, with_refsets })
    }

    /// Writes the release into a folder and gives its path.
    ///
    /// # Errors
    ///
    /// A file cannot be written.
    pub fn write(self, folder: &Path) -> io::Result<PathBuf> {
        let top = folder.join("release");
        let refsets = REFSETS.into_iter().filter(|_| self.with_refsets);
        for (name, content) in FILES.into_iter().chain(refsets) {
            let path = top.join("Snapshot").join(name);
            std::fs::create_dir_all(path.parent().unwrap_or(&top))?;
            let header = content.iter().position(|byte| *byte == b'\n').map_or(0, |at| at + 1);
            let content = match (name == self.changed, self.change) {
                (false, _) => content.to_vec(),
                (true, Change::Appended) => [content, self.bytes].concat(),
                (true, Change::Replaced) => [&content[..header], self.bytes].concat(),
                (true, Change::Whole) => self.bytes.to_vec(),
            };
            std::fs::write(path, content)?;
        }
        Ok(top)
    }
}
