//! The module dependency reference set: which release of a module needs which of another.

use crate::rows::Rows;
use crate::snomed::content::{Content, Member};
use crate::snomed::module::Module;

/// The columns of the module dependency reference set.
pub(crate) const HEADER: &str = "id effectiveTime active moduleId refsetId referencedComponentId sourceEffectiveTime targetEffectiveTime";

const MODULE_DEPENDENCY: u64 = 900_000_000_000_534_007;

impl Content {
    /// Every module needs each module before it, said outright as dependencies are not transitive.
    pub(crate) fn module_dependency_rows(&self, rows: &mut Rows) {
        for source in Module::ALL {
            for target in Module::ALL.into_iter().filter(|&target| target < source) {
                let effective = self.dates.latest(source);
                let member = Member {
                    purpose: "module dependency",
                    key: (source as u64) << 8 | target as u64,
                    effective,
                    active: true,
                    module: source,
                    refset: MODULE_DEPENDENCY,
                    component: target.id(),
                };
                self.member(rows, &member)
                    .number(effective.into())
                    .number(self.dates.latest(target).into())
                    .end();
            }
        }
    }
}
