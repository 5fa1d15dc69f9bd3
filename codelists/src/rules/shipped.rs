//! The packs that come with farr.

use std::sync::OnceLock;

use super::pack::{self, RulePack};

/// Their files, by name.
const FILES: [(&str, &str); 9] = [
    ("nhs-cds", include_str!("../../packs/nhs-cds.toml")),
    ("nhs-dids", include_str!("../../packs/nhs-dids.toml")),
    ("nhs-epma", include_str!("../../packs/nhs-epma.toml")),
    ("nhs-eps", include_str!("../../packs/nhs-eps.toml")),
    ("nhs-gp-connect", include_str!("../../packs/nhs-gp-connect.toml")),
    ("nhs-msds", include_str!("../../packs/nhs-msds.toml")),
    ("nhs-number", include_str!("../../packs/nhs-number.toml")),
    ("nhs-prescribing", include_str!("../../packs/nhs-prescribing.toml")),
    ("uk-core", include_str!("../../packs/uk-core.toml")),
];

/// The packs that come with farr, by name. Read once.
///
/// What they say is said by the documents that they name, as far as each is [sure](super::Sure): they
/// are no policy of the NHS, and no substitute for reading those.
///
/// ```
/// let packs = farr_codelists::rules::shipped();
/// assert!(packs.iter().any(|pack| pack.name() == "nhs-cds"));
/// ```
pub fn shipped() -> &'static [RulePack] {
    static PACKS: OnceLock<Vec<RulePack>> = OnceLock::new();
    PACKS.get_or_init(|| {
        let none = |_: &std::path::Path| Err(std::io::ErrorKind::NotFound.into());
        // A test holds that every one of them can be read.
        let packs = FILES
            .iter()
            .filter_map(|(name, text)| pack::of_bytes(name, text.as_bytes(), &none).ok());
        packs.collect()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_pack_is_read_and_has_the_name_of_its_file() {
        let none = |_: &std::path::Path| Err(std::io::ErrorKind::NotFound.into());
        for (name, text) in FILES {
            match pack::of_bytes(name, text.as_bytes(), &none) {
                Ok(pack) => assert_eq!(pack.name(), name),
                Err(error) => panic!("{error}"),
            }
        }
        assert_eq!(shipped().len(), FILES.len());
        assert!(FILES.is_sorted());
    }
}
