//! A release of dm+d with hostile bytes in one of its files.

use std::io;
use std::path::{Path, PathBuf};

/// Name and content of the files of the release in `testdata/dmd`.
macro_rules! release {
    ($($name:literal),* $(,)?) => {
        [$(($name, include_bytes!(concat!("../../../testdata/dmd/", $name)).as_slice())),*]
    };
}

const FILES: [(&str, &[u8]); 12] = release![
    "nhsbsa_dmd_8.0.0_20260801000001/f_vtm2_3010826.xml",
    "nhsbsa_dmd_8.0.0_20260801000001/f_vmp2_3010826.xml",
    "nhsbsa_dmd_8.0.0_20260801000001/f_amp2_3010826.xml",
    "nhsbsa_dmd_8.0.0_20260801000001/f_vmpp2_3010826.xml",
    "nhsbsa_dmd_8.0.0_20260801000001/f_ampp2_3010826.xml",
    "nhsbsa_dmd_8.0.0_20260801000001/f_ingredient2_3010826.xml",
    "nhsbsa_dmd_8.0.0_20260801000001/f_lookup2_3010826.xml",
    "nhsbsa_dmd_8.0.0_20260801000001/f_gtin2_0010826.xml",
    "nhsbsa_dmdbonus_8.0.0_20260801000001/f_bnf1_0010826.xml",
    "nhsbsa_dmdbonus_8.0.0_20260801000001/HISTORIC_CODES/f_history1_0010826.xml",
    "nhsbsa_dmdbonus_8.0.0_20260801000001/VTM_INGREDIENTS/f_vtm_ing1_0010826.xml",
    "nhsbsa_dmdbonus_8.0.0_20260801000001/TRADE_FAMILY/f_tradefamily1_0010826.xml",
];

/// What becomes of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Change {
    /// The bytes stand in it, before its first record.
    Within,
    /// The bytes stand between the tags of its root.
    Replaced,
    /// The bytes are all there is.
    Whole,
}

/// A small release, one file of which is not as it should be.
///
/// The first byte of the input names the file and what becomes of it; the rest is the content.
#[derive(Clone, Copy, Debug)]
pub struct DmdXml<'a> {
    changed: &'static str,
    change: Change,
    bytes: &'a [u8],
}

impl<'a> DmdXml<'a> {
    /// Reads an input; `None` where there is not even a first byte.
    pub fn new(input: &'a [u8]) -> Option<DmdXml<'a>> {
        let (first, bytes) = input.split_first()?;
        let first = usize::from(*first);
        // Digits and letters name all there is, so that an input can be written by hand.
        let change = match first / FILES.len() % 3 {
            0 => Change::Within,
            1 => Change::Replaced,
            _ => Change::Whole,
        };
        let (changed, _) = FILES[first % FILES.len()];
        Some(DmdXml { changed, change, bytes })
    }

    /// Writes the release into a folder and gives its path.
    ///
    /// # Errors
    ///
    /// A file cannot be written.
    pub fn write(self, folder: &Path) -> io::Result<PathBuf> {
        let top = folder.join("release");
        for (name, content) in FILES {
            let path = top.join(name);
            std::fs::create_dir_all(path.parent().unwrap_or(&top))?;
            // Behind the comment that every file has, and before the last tag.
            let comment = content.windows(3).position(|three| three == b"-->");
            let (begin, _) = content.split_at(comment.map_or(0, |at| at + 3));
            let last = content.windows(2).rposition(|two| two == b"</").unwrap_or(content.len());
            let content = match (name == self.changed, self.change) {
                (false, _) => content.to_vec(),
                (true, Change::Within) => [begin, self.bytes, &content[begin.len()..]].concat(),
                (true, Change::Replaced) => [begin, self.bytes, &content[last..]].concat(),
                (true, Change::Whole) => self.bytes.to_vec(),
            };
            std::fs::write(path, content)?;
        }
        Ok(top)
    }
}
