//! Which release an answer is from.

use farr::classification::CodeSystem;
use farr::index::{Meta, MetaClassification};
use farr::{Dialect, Sctid, Snomed};
use serde::Serialize;

use super::concept::Named;
use crate::output::number::date;

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

/// Version and day of a dm+d release, as far as the names of its files say.
pub(crate) fn dmd_release(meta: &Meta) -> String {
    dmd_words(meta.dmd_version.as_deref(), meta.dmd_date.map(date).as_deref())
}

/// The same, of a version and a day in words.
pub(crate) fn dmd_words(version: Option<&str>, date: Option<&str>) -> String {
    match (version, date) {
        (Some(version), Some(date)) => format!("release {version} of {date}"),
        (None, Some(date)) => format!("release of {date}"),
        (Some(version), None) => format!("release {version}"),
        (None, None) => "a release whose files do not say of which day it is".to_owned(),
    }
}

/// An edition of a classification in a line, as far as its source says.
pub(crate) fn edition_of_meta(edition: &MetaClassification) -> String {
    let system = CodeSystem::ALL.into_iter().find(|system| system.word() == edition.system);
    let name = system.map_or(edition.system.as_str(), |system| system.name());
    let mut words = vec![name.to_owned()];
    words.extend(edition.title.clone().filter(|title| title != name));
    words.extend(edition.version.as_ref().map(|version| format!("version {version}")));
    words.extend(edition.date.map(|day| format!("of {}", date(day))));
    words.join(", ")
}
