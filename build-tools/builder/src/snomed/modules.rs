//! Which edition a release is, by its module dependencies
//! ([URI standard](https://docs.snomed.org/snomed-ct-specifications/snomed-ct-uri-standard)).

use std::collections::BTreeMap;

use crate::rf2::{ModuleDependency, UNPUBLISHED};

/// An edition: the module that depends on others and that no other depends on.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Edition {
    /// Its module and date; `None` where no module, or more than one, is nobody's dependency.
    pub(crate) module: Option<(u64, u32)>,
    /// The date of each module.
    pub(crate) modules: Vec<(u64, u32)>,
}

/// Reads the edition off the active module dependency rows.
pub(crate) fn edition(dependencies: &[ModuleDependency]) -> Edition {
    let mut times: BTreeMap<u64, u32> = BTreeMap::new();
    let mut see = |module, time: u32| {
        let latest = times.entry(module).or_default();
        *latest = (*latest).max(if time == UNPUBLISHED { 0 } else { time });
    };
    for row in dependencies {
        see(row.module, row.source_time);
        see(row.target, row.target_time);
    }
    // Only the newest rows of a module say what it needs now.
    let now = |row: &&ModuleDependency| times.get(&row.module) == Some(&row.source_time);
    let mut tops = times.iter().filter(|(module, _)| {
        let mut rows = dependencies.iter().filter(now);
        dependencies.iter().any(|row| row.module == **module)
            && !rows.any(|row| row.target == **module && row.module != **module)
    });
    let module = match (tops.next(), tops.next()) {
        (Some((module, time)), None) => Some((*module, *time)),
        _ => None,
    };
    Edition { module, modules: times.into_iter().collect() }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(module: u64, target: u64) -> ModuleDependency {
        let (source_time, target_time) = (20_260_801, 20_260_701);
        ModuleDependency { module, source_time, target, target_time, ..Default::default() }
    }

    #[test]
    fn the_module_that_nobody_needs_is_the_edition() {
        let found = edition(&[row(3, 2), row(3, 1), row(2, 1)]);
        assert_eq!(found.module, Some((3, 20_260_801)));
        assert_eq!(found.modules, [(1, 20_260_701), (2, 20_260_801), (3, 20_260_801)]);
    }

    #[test]
    fn two_such_modules_or_none_are_no_edition() {
        assert_eq!(edition(&[row(3, 1), row(2, 1)]).module, None);
        assert_eq!(edition(&[]).module, None);
    }
}
