//! Whether a set goes back behind the one before, or elsewhere.

use farr::published::{SetDescription, SetRelease};

/// Releases of which it cannot be told whether they are older: a day is not known, and the file is
/// another one.
pub(super) fn undated_releases(before: &SetDescription, now: &SetDescription) -> Vec<String> {
    let sum_of = |set: &SetDescription, name: &str| {
        set.files().iter().find(|file| file.name == name).map(|file| file.sha256)
    };
    let mut notes = Vec::new();
    for old in before.releases() {
        let Some(new) = now.releases().iter().find(|new| new.system == old.system) else {
            continue;
        };
        let is_dated = new.date.is_some() && old.date.is_some();
        if !is_dated && sum_of(now, &new.file) != sum_of(before, &old.file) {
            let name = old.system.name();
            notes.push(format!("whether {name} is older cannot be told: a release has no date"));
        }
    }
    notes
}

/// The edition of a release of SNOMED CT, by the URI of its version.
fn edition(release: &SetRelease) -> Option<&str> {
    Some(release.version.as_deref()?.split_once("/version/")?.0)
}

/// What goes back in time, or elsewhere: a release of a system that is older than the one before, or of
/// another edition.
pub(super) fn older_releases(before: &SetDescription, now: &SetDescription) -> Vec<String> {
    let mut notes = Vec::new();
    for old in before.releases() {
        let name = old.system.name();
        let Some(new) = now.releases().iter().find(|new| new.system == old.system) else {
            notes.push(format!("the set before holds {name}, and this one does not"));
            continue;
        };
        if let (Some(new), Some(old)) = (new.date, old.date)
            && new < old
        {
            notes.push(format!("{name} of {new} is older than that of the set before, of {old}"));
        }
        if let (Some(new), Some(old)) = (edition(new), edition(old))
            && new != old
        {
            notes.push(format!(
                "{name} is of another edition, {new}, than that of the set before, {old}"
            ));
        }
    }
    notes
}

#[cfg(test)]
mod tests {
    use farr::coding::System;
    use farr::published::{SetFile, Sha256Sum};

    use super::*;

    #[test]
    fn another_edition_is_told() {
        let of = |edition: &str| {
            let name = "snomed-0123456789abcdef.farr".to_owned();
            let release = SetRelease {
                file: name.clone(),
                system: System::Snomed,
                version: Some(format!("http://snomed.info/sct/{edition}/version/20260801")),
                date: "20260801".parse().ok(),
            };
            let file = SetFile { name, bytes: 1, sha256: Sha256Sum([0; 32]), build_id: 0 };
            SetDescription::new(1, None, vec![file], vec![release]).unwrap()
        };
        let told = older_releases(&of("83821000000107"), &of("11999999107"));
        assert!(told.len() == 1 && told[0].contains("another edition"), "{told:?}");
        assert_eq!(older_releases(&of("83821000000107"), &of("83821000000107")), [""; 0]);
    }

    #[test]
    fn a_release_that_goes_back_in_time_is_told() {
        let of = |day: &str| {
            let name = "dmd-0123456789abcdef.farr".to_owned();
            let release = SetRelease {
                file: name.clone(),
                system: System::Dmd,
                version: None,
                date: day.parse().ok(),
            };
            let file = SetFile { name, bytes: 1, sha256: Sha256Sum([0; 32]), build_id: 0 };
            SetDescription::new(1, None, vec![file], vec![release]).unwrap()
        };
        let told = |before, now| older_releases(&of(before), &of(now));
        assert_eq!(told("2026-08-03", "2026-08-10"), [""; 0]);
        assert_eq!(told("2026-08-03", "unknown"), [""; 0]);
        assert_eq!(
            told("2026-08-10", "2026-08-03"),
            ["dm+d of 2026-08-03 is older than that of the set before, of 2026-08-10"]
        );
    }
}
