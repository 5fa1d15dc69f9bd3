//! The module dependency reference set: which release of a module needs which of another.

use crate::random::keyed_hash;
use crate::rows::Rows;
use crate::snomed::content::Content;
use crate::snomed::module::Module;
use crate::snomed::versions::Selection;

/// The columns of the module dependency reference set.
pub(crate) const HEADER: &str = "id effectiveTime active moduleId refsetId referencedComponentId sourceEffectiveTime targetEffectiveTime";

const MODULE_DEPENDENCY: u64 = 900_000_000_000_534_007;

impl Content {
    /// Every module needs each module before it, said outright as dependencies are not transitive.
    /// Each release of a module says so anew, with the dates of its day.
    pub(crate) fn module_dependency_rows(&self, rows: &mut Rows) {
        let seed = self.parameters.seed;
        for source in Module::ALL {
            for target in Module::ALL.into_iter().filter(|&target| target < source) {
                let key = (source as u64) << 8 | target as u64;
                let latest = self.dates.latest(source);
                for &date in self.dates.all(source) {
                    let needed = self.dates.latest_by(target, date).unwrap_or(date);
                    let written = match rows.selection {
                        Selection::Newest => date == latest,
                        Selection::All => true,
                        Selection::After(before) => date > before,
                    };
                    if written {
                        let purpose = "module dependency";
                        rows.uuid(keyed_hash(seed, purpose, key), keyed_hash(!seed, purpose, key))
                            .number(date.into())
                            .flag(true)
                            .number(source.id())
                            .number(MODULE_DEPENDENCY)
                            .number(target.id())
                            .number(date.into())
                            .number(needed.into())
                            .end();
                    }
                }
            }
        }
    }
}
