//! `der2_ssRefset_ModuleDependency`.

use super::log::Log;
use super::member_id::UnusualIds;
use super::read::Rows;
use super::row::Row;

/// One row: at `source_time`, `module` needs `target` as of `target_time`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct ModuleDependency {
    pub(crate) member: u128,
    pub(crate) refset: u64,
    pub(crate) effective_time: u32,
    pub(crate) active: bool,
    pub(crate) module: u64,
    pub(crate) source_time: u32,
    pub(crate) target: u64,
    pub(crate) target_time: u32,
}

/// The rows of a chunk.
#[derive(Debug, Default)]
pub(crate) struct ModuleDependencies {
    pub(crate) rows: Vec<ModuleDependency>,
    unusual: UnusualIds,
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
        let Some((effective_time, active, module, refset, target)) = row.of_refset(log) else {
            return;
        };
        // What an inactive row says otherwise is not to be read.
        let times = match active {
            true => (row.effective_time(6, log), row.effective_time(7, log)),
            false => (Some(0), Some(0)),
        };
        let (Some(source_time), Some(target_time)) = times else { return };
        let Some(member) = self.unusual.member(row, log) else { return };
        self.rows.push(ModuleDependency {
            member,
            refset,
            effective_time,
            active,
            module,
            source_time,
            target,
            target_time,
        });
    }
}
