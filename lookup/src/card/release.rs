//! Which release an answer is from.

use farr::{Dialect, Sctid, Snomed};
use serde::Serialize;

use super::concept::Named;

/// The release that answered.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct ReleaseCard {
    pub(crate) edition: Option<String>,
    pub(crate) version: Option<String>,
    /// The module that names the edition.
    #[serde(skip)]
    pub(crate) module: Option<Named>,
}

impl ReleaseCard {
    /// Reads it from the index.
    pub(crate) fn of(snomed: Snomed<'_>, dialect: Dialect) -> ReleaseCard {
        let meta = snomed.meta();
        let module = meta.edition.as_deref().and_then(|edition| edition.rsplit('/').next());
        let module = module.and_then(|module| Sctid::parse_as_published(module).ok());
        ReleaseCard {
            module: module.map(|module| Named::of_id(snomed, module, dialect)),
            edition: meta.edition,
            version: meta.version,
        }
    }

    /// The release in a line.
    pub(crate) fn line(&self) -> String {
        let name = self.module.as_ref().and_then(|module| module.term.as_deref());
        let version = self.version.as_deref().or(self.edition.as_deref());
        match (name, version) {
            (Some(name), Some(version)) => format!("{name}, {version}"),
            (None, Some(version)) => version.to_owned(),
            (_, None) => "a release that does not name its edition".to_owned(),
        }
    }
}
