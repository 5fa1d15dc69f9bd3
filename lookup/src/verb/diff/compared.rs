//! The releases that are compared, and whether they are a pair.

use farr::coding::{Binding, Release, System, Validator};
use farr::{Dialect, Systems};

use crate::card::release::ReleaseCard;

/// A release that is compared, with what a person calls it.
#[derive(Debug)]
pub(super) struct Compared {
    pub(super) release: Release,
    /// The name of the module that names the edition.
    pub(super) edition: Option<String>,
}

/// The releases of a set.
pub(super) fn releases(systems: Systems<'_>, dialect: Dialect) -> Vec<Compared> {
    // A binding that asks for nothing can be joined with whatever is open.
    let validator = Validator::of(systems, &Binding::new("releases"));
    let releases = validator.map(|validator| validator.releases().to_vec()).unwrap_or_default();
    let edition = |system| match system {
        System::Snomed => ReleaseCard::of(systems.snomed()?, dialect).module?.term,
        System::Icd10 => systems.icd10()?.edition().title,
        System::Icd10Cm => systems.icd10_cm()?.edition().title,
        System::Opcs4 => systems.opcs4()?.edition().title,
        _ => None,
    };
    let compared = |release: Release| Compared { edition: edition(release.system()), release };
    releases.into_iter().map(compared).collect()
}

/// The release of a system among those of a set.
pub(super) fn of_system(releases: &[Compared], system: System) -> Option<&Compared> {
    releases.iter().find(|one| one.release.system() == system)
}

/// What makes two releases of a system an odd pair.
pub(super) fn amiss(then: &Compared, now: &Compared) -> Vec<String> {
    let name = now.release.system().name();
    let mut amiss = Vec::new();
    if let (Some(before), Some(after)) = (then.release.date(), now.release.date())
        && before > after
    {
        amiss.push(format!(
            "the newer set has the older release of {name}: {before} and then {after}; OLD comes first"
        ));
    }
    if let (Some(before), Some(after)) = (edition_of(then), edition_of(now))
        && before != after
    {
        let (before, after) = (named(before, then), named(after, now));
        amiss.push(format!(
            "the editions of {name} differ: {before} and then {after}. What one edition has and the \
             other has not is told as if a release had added or removed it"
        ));
    }
    amiss
}

/// An edition with its name, where that says more.
fn named(edition: &str, compared: &Compared) -> String {
    match compared.edition.as_deref().filter(|name| *name != edition) {
        Some(name) => format!("{edition} {name}"),
        None => edition.to_owned(),
    }
}

/// Which edition a release is of, apart from its day: names of modules change, their ids do not.
fn edition_of(compared: &Compared) -> Option<&str> {
    match compared.release.system() {
        // The URI of a version names the edition in front of the day.
        System::Snomed => {
            let (edition, _) = compared.release.version()?.split_once("/version/")?;
            edition.rsplit('/').next()
        }
        // Whose ICD-10 it is: that of the WHO and that of the NHS have other codes.
        System::Icd10 => compared.edition.as_deref(),
        _ => None,
    }
}
