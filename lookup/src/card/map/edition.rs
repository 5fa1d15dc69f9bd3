//! What the opened classification has of the targets of a map.

use farr::Systems;
use farr::classification::{Classification, CodeSystem, RubricCode};

use super::{MapCard, TargetCard};

/// The title of a code: `Some(None)` where the classification is open and does not have it.
fn title(systems: Systems<'_>, system: &str, code: &str) -> Option<Option<String>> {
    fn of<C: RubricCode>(
        classification: Option<Classification<'_, C>>,
        code: &str,
    ) -> Option<Option<String>> {
        let rubric = C::read(code).ok().map(|code| classification.map(|open| open.rubric(code)))?;
        Some(rubric?.map(|rubric| rubric.title().to_owned()))
    }
    let system = CodeSystem::ALL.into_iter().find(|found| found.word() == system)?;
    match system {
        CodeSystem::Icd10 => of(systems.icd10(), code),
        CodeSystem::Icd10Cm => of(systems.icd10_cm(), code),
        CodeSystem::Opcs4 => of(systems.opcs4(), code),
    }
}

impl TargetCard {
    /// Looks its code up, where its classification is open.
    pub(crate) fn look_up(&mut self, systems: Systems<'_>, system: &str) {
        let found = self.code.as_deref().and_then(|code| title(systems, system, code));
        self.in_edition = found.as_ref().map(Option::is_some);
        self.title = found.flatten();
    }
}

impl MapCard {
    /// Looks its codes up, where their classification is open.
    pub(crate) fn look_up(&mut self, systems: Systems<'_>) {
        let Some(system) = self.system else { return };
        let rows = self.targets.iter_mut().chain(&mut self.alternatives);
        let rows = rows.chain(self.blocks.iter_mut().flatten()).chain(&mut self.candidates);
        rows.for_each(|row| row.look_up(systems, system));
        self.successors.iter_mut().for_each(|card| card.look_up(systems));
        self.ancestors.iter_mut().for_each(|card| card.look_up(systems));
    }
}
