//! `der2_ssRefset_ModuleDependency`.

use super::log::Log;
use super::read::Rows;
use super::row::Row;

/// One active row: at `source_time`, `module` needs `target` as of `target_time`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct ModuleDependency {
    pub(crate) module: u64,
    pub(crate) source_time: u32,
    pub(crate) target: u64,
    pub(crate) target_time: u32,
}

/// The active rows of a chunk.
#[derive(Debug, Default)]
pub(crate) struct ModuleDependencies {
    pub(crate) rows: Vec<ModuleDependency>,
}

impl Rows<8> for ModuleDependencies {
    const COLUMNS: [&'static str; 8] = [
        "id",
        "effectiveTime",
        "active",
        "moduleId",
        "refsetId",
        "referencedComponentId",
        "sourceEffectiveTime",
        "targetEffectiveTime",
    ];

    #[allow(private_interfaces)]
    fn row(&mut self, row: &Row<'_, 8>, log: &mut Log) {
        let (Some(true), Some(module), Some(target)) =
            (row.active(2, log), row.sctid(3, log), row.sctid(5, log))
        else {
            return;
        };
        let (Some(source_time), Some(target_time)) =
            (row.effective_time(6, log), row.effective_time(7, log))
        else {
            return;
        };
        self.rows.push(ModuleDependency { module, source_time, target, target_time });
    }
}
