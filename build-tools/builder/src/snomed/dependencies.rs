//! Whether the modules that modules need are here, and as of the date that is needed
//! ([module dependency](https://docs.snomed.org/snomed-ct-specifications/snomed-ct-release-file-specification)).

use std::collections::BTreeMap;

use crate::problem::{NoteKind, Notes};
use crate::rf2::{ModuleDependency, Span, UNPUBLISHED};

/// Tells of each dependency of a module's newest release that is not met by what was read.
///
/// The release of a module that is here is the one its own dependency rows name. A module without
/// such rows is known by its effective times only: one later than what is needed says that it is
/// another release, but earlier ones say nothing, because a release need not change every module.
pub(crate) fn check_dependencies(
    dependencies: &[ModuleDependency],
    module_times: &BTreeMap<u64, Span>,
    notes: &mut Notes,
) {
    let mut releases: BTreeMap<u64, u32> = BTreeMap::new();
    for row in dependencies.iter().filter(|row| row.source_time != UNPUBLISHED) {
        let release = releases.entry(row.module).or_default();
        *release = (*release).max(row.source_time);
    }
    let mut needed: Vec<(u64, u32, u64, u32)> = dependencies
        .iter()
        .filter(|row| row.module != row.target && row.target_time != UNPUBLISHED)
        // What an earlier release of the module needed is past.
        .filter(|row| releases.get(&row.module) == Some(&row.source_time))
        .map(|row| (row.module, row.source_time, row.target, row.target_time))
        .collect();
    needed.sort_unstable();
    needed.dedup();
    for (module, source_time, target, target_time) in needed {
        let needs = format!("{module} of {source_time} needs {target} of {target_time}");
        let Some(span) = module_times.get(&target) else {
            notes.add(NoteKind::MissingDependency, || format!("{needs}, which has no row"));
            continue;
        };
        match (releases.get(&target), span) {
            (Some(release), _) if *release != target_time => {
                notes.add(NoteKind::DependencyDate, || {
                    format!("{needs}, here is that of {release}")
                });
            }
            (None, Some((first, last))) if *last > target_time => {
                let what = format!("{needs}, here are rows of {first} to {last}");
                notes.add(NoteKind::DependencyDate, || what);
            }
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const EDITION: u64 = 30;
    const CORE: u64 = 20;
    const MODEL: u64 = 10;

    fn row(module: u64, source_time: u32, target: u64, target_time: u32) -> ModuleDependency {
        ModuleDependency { module, source_time, target, target_time, ..Default::default() }
    }

    fn told(dependencies: &[ModuleDependency], times: &[(u64, Span)]) -> Vec<(NoteKind, String)> {
        let mut notes = Notes::default();
        check_dependencies(dependencies, &times.iter().copied().collect(), &mut notes);
        let told = notes.iter().flat_map(|(kind, note)| {
            note.examples.iter().map(move |example| (kind, example.clone()))
        });
        told.collect()
    }

    /// An edition of September on an International release of August whose model component last
    /// changed in June: as real ones are.
    fn sound() -> (Vec<ModuleDependency>, Vec<(u64, Span)>) {
        let rows = vec![
            row(EDITION, 20_250_909, EDITION, 20_250_909),
            row(EDITION, 20_250_909, CORE, 20_250_801),
            row(EDITION, 20_250_909, MODEL, 20_250_801),
            row(EDITION, 20_240_909, CORE, 20_240_801),
            row(CORE, 20_250_801, MODEL, 20_250_801),
        ];
        let times = vec![
            (EDITION, Some((20_250_909, 20_250_909))),
            (CORE, Some((20_020_131, 20_250_801))),
            (MODEL, Some((20_020_131, 20_250_601))),
        ];
        (rows, times)
    }

    #[test]
    fn a_sound_release_is_nothing_to_tell_of() {
        let (rows, times) = sound();
        assert_eq!(told(&rows, &times), []);
    }

    #[test]
    fn a_module_that_is_not_here_is_missing() {
        let (rows, mut times) = sound();
        times.retain(|(module, _)| *module != MODEL);
        let told = told(&rows, &times);
        assert_eq!(told.len(), 2, "{told:?}");
        assert!(told.iter().all(|(kind, _)| *kind == NoteKind::MissingDependency), "{told:?}");
        assert_eq!(told[0].1, "20 of 20250801 needs 10 of 20250801, which has no row");
    }

    #[test]
    fn an_older_and_a_newer_release_than_is_needed_are_of_another_date() {
        for here in [20_250_701, 20_250_901] {
            let (mut rows, times) = sound();
            rows[4] = row(CORE, here, MODEL, 20_250_801);
            let told = told(&rows, &times);
            let expected = format!("30 of 20250909 needs 20 of 20250801, here is that of {here}");
            assert_eq!(told, [(NoteKind::DependencyDate, expected)]);
        }
        let (rows, mut times) = sound();
        times[2].1 = Some((20_020_131, 20_250_901));
        let told = told(&rows, &times);
        assert_eq!(told.len(), 2, "{told:?}");
        assert!(told.iter().all(|(kind, _)| *kind == NoteKind::DependencyDate), "{told:?}");
    }
}
