//! Release dates: the effective times rows can carry.

use super::module::Module;
use crate::random::Random;

/// Every release date of each product up to the date of the release itself, in order.
#[derive(Debug)]
pub(crate) struct Dates {
    international: Vec<u32>,
    united_kingdom: Vec<u32>,
}

impl Dates {
    pub(crate) fn until(release: u32) -> Self {
        let years = 2002..=release / 10_000;
        // International releases were half-yearly, and are monthly since 2022.
        let mut international: Vec<u32> = years
            .clone()
            .flat_map(|year| {
                let monthly = year >= 2022;
                (1..=12).filter_map(move |month| match (monthly, month) {
                    (true, _) => Some(year * 10_000 + month * 100 + 1),
                    (false, 1 | 7) => Some(year * 10_000 + month * 100 + 31),
                    (false, _) => None,
                })
            })
            .filter(|&date| date <= release)
            .collect();
        let mut united_kingdom: Vec<u32> = years
            .flat_map(|year| [year * 10_000 + 401, year * 10_000 + 1001])
            .filter(|&date| date < release && date > 20_040_000)
            .collect();
        united_kingdom.push(release);
        if international.is_empty() {
            international.push(release);
        }
        Self { international, united_kingdom }
    }

    fn of(&self, module: Module) -> &[u32] {
        match module {
            Module::Core | Module::ModelComponent => &self.international,
            _ => &self.united_kingdom,
        }
    }

    /// The date of the latest release of a module.
    pub(crate) fn latest(&self, module: Module) -> u32 {
        *self.of(module).last().expect("every module has a release")
    }

    /// The date of the first release of a module.
    pub(crate) fn first(&self, module: Module) -> u32 {
        self.of(module)[0]
    }

    /// The date of each release of a module.
    pub(crate) fn all(&self, module: Module) -> &[u32] {
        self.of(module)
    }

    /// The date of the latest release of a module on a day; nothing where there is none yet.
    pub(crate) fn latest_by(&self, module: Module, day: u32) -> Option<u32> {
        let all = self.of(module);
        all[..all.partition_point(|&date| date <= day)].last().copied()
    }

    /// The date of the first release of a module from a day on, or for want of one of the last.
    pub(crate) fn first_since(&self, module: Module, day: u32) -> u32 {
        let all = self.of(module);
        all[all.partition_point(|&date| date < day).min(all.len() - 1)]
    }

    /// A date of a module between two others; nothing where there is none.
    pub(crate) fn between(
        &self,
        module: Module,
        first: u32,
        last: u32,
        random: &mut Random,
    ) -> Option<u32> {
        let all = self.of(module);
        let from = all.partition_point(|&date| date <= first);
        let to = all.partition_point(|&date| date < last);
        (from < to).then(|| all[from + random.below(to - from)])
    }

    /// The date of the UK release before this one.
    pub(crate) fn before_latest(&self) -> u32 {
        self.united_kingdom[self.united_kingdom.len().saturating_sub(2)]
    }

    /// A date no earlier than `since`; the first release holds the most rows.
    pub(crate) fn pick_since(&self, module: Module, since: u32, random: &mut Random) -> u32 {
        let all = self.of(module);
        let first = all.partition_point(|&date| date < since).min(all.len() - 1);
        let choice = match random.below(8) {
            0..=2 => 0,
            3 => (all.len() - first).saturating_sub(1 + random.zipf(all.len() - first)),
            _ => random.below(all.len() - first),
        };
        all[first + choice]
    }
}
