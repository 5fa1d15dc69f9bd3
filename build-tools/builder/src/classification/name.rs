//! What the names of files and of the folders around them say of an edition.

use farr::Date;

/// The day that a path says, as in `…_GB_20160401.txt` and `ICD10_Edition5_20160401`: that of the file
/// before those of its folders.
pub(super) fn date(path: &str) -> Option<u32> {
    let digits = path.split(|c: char| !c.is_ascii_digit());
    digits.rev().filter(|digits| digits.len() == 8).find_map(|digits| {
        let number: u32 = digits.parse().ok()?;
        let is_near = (1990..2100).contains(&(number / 10_000));
        let date = Date::new(number / 10_000, number / 100 % 100, number % 100);
        date.filter(|_| is_near).map(Date::number)
    })
}

/// The edition of ICD-10 that a path says: `5` of `ICD10_Edition5_…`.
pub(super) fn icd10_edition(path: &str) -> Option<String> {
    after(path, "ICD10_Edition")
}

/// The year of ICD-10-CM that a file is of: `2026` of `icd10cm_order_2026.txt`.
pub(super) fn icd10_cm_year(path: &str) -> Option<String> {
    let name = path.rsplit('/').next()?;
    let mut years = name.split(|c: char| !c.is_ascii_digit()).filter(|digits| digits.len() == 4);
    years.find(|year| year.starts_with("20")).map(str::to_owned)
}

/// The version of OPCS-4 that a path says: `4.11` of `OPCS411_…`.
pub(super) fn opcs4_version(path: &str) -> Option<String> {
    let digits = after(path, "OPCS4").or_else(|| after(path, "OPCS-4."))?;
    let digits = digits.trim_start_matches('0');
    (!digits.is_empty() && digits.len() < 3).then(|| format!("4.{digits}"))
}

/// The digits that stand behind a word, in capitals or not; the last such word counts.
fn after(path: &str, word: &str) -> Option<String> {
    let lower = path.to_ascii_lowercase();
    let at = lower.rfind(&word.to_ascii_lowercase())? + word.len();
    let rest = lower.get(at..)?.trim_start_matches(['.', '_']);
    let end = rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len());
    Some(rest[..end].to_owned()).filter(|digits| !digits.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_real_files_are_read() {
        let path = "icd_df_10.5.0_20151102000001.zip/ICD10_Edition5_20160401/Content/\
            ICD10_Edition5_CodesAndTitlesAndMetadata_GB_20160401.txt";
        assert_eq!(date(path), Some(20_160_401));
        assert_eq!(icd10_edition(path).as_deref(), Some("5"));
        assert_eq!(date("ICD10_Edition5_XML_20160401/Content/file.xml"), Some(20_160_401));
        assert_eq!(date("a/20161340.txt"), None);
        assert_eq!(date("icd_df_10.5.0_20151102000001/file.txt"), None);
        assert_eq!(icd10_edition("dummy.txt"), None);
        assert_eq!(icd10_cm_year("x2025/icd10cm_order_2026.txt").as_deref(), Some("2026"));
        assert_eq!(icd10_cm_year("icd10cm-tabular-April-2026.xml").as_deref(), Some("2026"));
        assert_eq!(icd10_cm_year("tabular.xml"), None);
        for (path, version) in [
            ("OPCS411_CodesAndTitles_20260401.txt", Some("4.11")),
            ("OPCS410 Metadata Nov 2022 V1.0.txt", Some("4.10")),
            ("OPCS49/CodesAndTitles.txt", Some("4.9")),
            ("OPCS-4.11/Metadata.txt", Some("4.11")),
            ("Metadata.txt", None),
        ] {
            assert_eq!(opcs4_version(path).as_deref(), version, "{path}");
        }
    }
}
