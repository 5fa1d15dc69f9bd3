//! `sct2_Concept`.

use super::intern::Interned;
use super::log::Log;
use super::read::Rows;
use super::row::{Component, Row};

/// The columns that few combinations of exist.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct ConceptStatus {
    pub(crate) active: bool,
    pub(crate) module: u64,
    pub(crate) definition_status: u64,
}

/// One concept row; `status` is a number of the part it was read in, then of the release.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Concept {
    pub(crate) id: u64,
    pub(crate) effective_time: u32,
    pub(crate) status: u32,
}

/// The rows of a chunk.
#[derive(Debug, Default)]
pub(crate) struct Concepts {
    pub(crate) rows: Vec<Concept>,
    pub(crate) statuses: Interned<ConceptStatus>,
}

impl Rows<5> for Concepts {
    const COLUMNS: [&'static str; 5] =
        ["id", "effectiveTime", "active", "moduleId", "definitionStatusId"];

    #[allow(private_interfaces)]
    fn row(&mut self, row: &Row<'_, 5>, log: &mut Log) {
        let (Some(id), Some(effective_time), Some(active), Some(module), Some(definition_status)) = (
            row.component(Component::Concept, log),
            row.effective_time(1, log),
            row.active(2, log),
            row.sctid(3, log),
            row.sctid(4, log),
        ) else {
            return;
        };
        let status = self.statuses.number(ConceptStatus { active, module, definition_status });
        self.rows.push(Concept { id, effective_time, status });
    }
}
