//! The folders and files of the classifications.

use super::clinical_modification::Modification;
use crate::snomed::WrittenFile;
use crate::snomed::content::Content;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

/// The day an edition holds from: the first of April before a date.
fn edition(date: u32) -> u32 {
    let year = date / 10_000;
    let april = year * 10_000 + 401;
    if april <= date { april } else { april - 10_000 }
}

impl Content {
    /// Writes the classifications into a folder.
    pub(crate) fn write_icd10(&self, folder: &Path) -> io::Result<Vec<WrittenFile>> {
        let date = edition(self.parameters.date);
        let year = date / 10_000;
        let modification = Modification::new(&self.parameters, &self.terms.vocabulary);
        let codes = Some(self.icd10.codes.len() as u64);
        let (order, ordered) = modification.order_file();
        let of_year = modification.year();
        let uk = format!("ICD10_Edition5_CodesAndTitlesAndMetadata_GB_{date}");
        let procedures = format!("OPCS411_{date}");
        let files = [
            (format!("ICD10_Edition5_{date}/Content/{uk}.txt"), codes, self.icd10.uk_text()),
            (format!("ICD10_Edition5_XML_{date}/Content/{uk}.xml"), codes, self.icd10.uk_xml()),
            (
                format!("icdClaML{year}ens/icd10{year}en.xml"),
                Some(self.icd10.classes.len() as u64),
                self.icd10.claml(date),
            ),
            (
                format!("{procedures}/OPCS411_CodesAndTitles_{date}.txt"),
                Some(self.opcs4.codes.len() as u64),
                self.opcs4.titles_file(),
            ),
            (
                format!("{procedures}/OPCS411_Metadata_{date}.txt"),
                Some(self.opcs4.four_characters() as u64),
                self.opcs4.metadata_file(),
            ),
            (format!("icd10cm_{of_year}/icd10cm_order_{of_year}.txt"), Some(ordered), order),
            (
                format!("icd10cm_{of_year}/icd10cm_tabular_{of_year}.xml"),
                None,
                modification.tabular_file(),
            ),
        ];
        files
            .into_iter()
            .map(|(name, rows, text)| {
                let path = folder.join(&name);
                fs::create_dir_all(path.parent().unwrap_or(folder))?;
                fs::write(path, text)?;
                Ok(WrittenFile { path: PathBuf::from(name), rows })
            })
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::edition;

    #[test]
    fn editions_hold_from_the_april_before() {
        assert_eq!(edition(20_260_801), 20_260_401);
        assert_eq!(edition(20_260_401), 20_260_401);
        assert_eq!(edition(20_260_331), 20_250_401);
    }
}
