//! Small releases written row by row: concepts, is-a, refset rows.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use farr::Sctid;
use farr::id::Component;

use super::model::{INFERRED, IS_A, ROOT};

const MODULE: u64 = 900_000_000_000_207_008;
const PRIMITIVE: u64 = 900_000_000_000_074_008;
const MODIFIER: u64 = 900_000_000_000_451_002;
const SYNONYM: u64 = 900_000_000_000_013_009;
const CASE: u64 = 900_000_000_000_448_009;
/// Not specified, and properly classified: what most rows of a map have.
const CORRELATION: u64 = 447_561_005;
const CATEGORY: u64 = 447_637_006;

/// The id of invented concept `item`.
pub(crate) fn concept(item: u64) -> u64 {
    Sctid::from_parts(700_000 + item, None, Component::Concept).expect("a concept's id").value()
}

/// The id of invented description `item`.
pub(crate) fn description(item: u64) -> u64 {
    let id = Sctid::from_parts(700_000 + item, None, Component::Description);
    id.expect("a description's id").value()
}

/// The rows of a release, without their headers.
#[derive(Debug, Default)]
pub(crate) struct Small {
    concepts: String,
    descriptions: String,
    relationships: String,
    associations: String,
    values: String,
    rule_rows: String,
    simple_map_rows: String,
    rows: u64,
}

impl Small {
    /// A release of the root alone.
    pub(crate) fn new() -> Small {
        let mut small = Small::default();
        small.concept_row(ROOT, true);
        small
    }

    fn concept_row(&mut self, id: u64, active: bool) {
        let active = u8::from(active);
        let _ = write!(self.concepts, "{id}\t20260101\t{active}\t{MODULE}\t{PRIMITIVE}\r\n");
    }

    /// Adds an active concept below these, or below the root.
    pub(crate) fn active(&mut self, item: u64, parents: &[u64]) -> &mut Small {
        self.concept_row(concept(item), true);
        let parents: Vec<u64> = match parents {
            [] => vec![ROOT],
            parents => parents.iter().map(|parent| concept(*parent)).collect(),
        };
        for parent in parents {
            self.rows += 1;
            let id = Sctid::from_parts(900_000 + self.rows, None, Component::Relationship);
            let id = id.expect("a relationship's id");
            let _ = write!(
                self.relationships,
                "{id}\t20260101\t1\t{MODULE}\t{}\t{parent}\t0\t{IS_A}\t{INFERRED}\t{MODIFIER}\r\n",
                concept(item)
            );
        }
        self
    }

    /// Adds inactive concepts.
    pub(crate) fn inactive(&mut self, items: impl IntoIterator<Item = u64>) -> &mut Small {
        items.into_iter().for_each(|item| self.concept_row(concept(item), false));
        self
    }

    /// Adds a description of a concept.
    pub(crate) fn description(&mut self, item: u64, of: u64, active: bool) -> &mut Small {
        let (id, of, active) = (description(item), concept(of), u8::from(active));
        let _ = write!(
            self.descriptions,
            "{id}\t20260101\t{active}\t{MODULE}\t{of}\ten\t{SYNONYM}\tterm {item}\t{CASE}\r\n"
        );
        self
    }

    fn member(&mut self) -> String {
        self.rows += 1;
        format!("00000000-0000-4000-8000-{:012x}\t20260101\t1\t{MODULE}", self.rows)
    }

    /// Adds an association between any two components.
    pub(crate) fn association(&mut self, refset: u64, component: u64, target: u64) -> &mut Small {
        let member = self.member();
        let _ = write!(self.associations, "{member}\t{refset}\t{component}\t{target}\r\n");
        self
    }

    /// Adds an association between invented concepts.
    pub(crate) fn leads(&mut self, refset: Sctid, from: u64, to: u64) -> &mut Small {
        self.association(refset.value(), concept(from), concept(to))
    }

    /// Adds an attribute value of a component.
    pub(crate) fn value(&mut self, refset: Sctid, component: u64, value: u64) -> &mut Small {
        let member = self.member();
        let _ = write!(self.values, "{member}\t{refset}\t{component}\t{value}\r\n");
        self
    }

    /// Adds a row of a map by rules: its group and priority, its rule and its target.
    pub(crate) fn rule_row(
        &mut self,
        map: Sctid,
        of: u64,
        (group, priority): (u32, u32),
        rule: &str,
        target: &str,
    ) -> &mut Small {
        let member = self.member();
        let _ = write!(
            self.rule_rows,
            "{member}\t{map}\t{of}\t{group}\t{priority}\t{rule}\tALWAYS {target}\t{target}\t\
             {CORRELATION}\t{CATEGORY}\r\n"
        );
        self
    }

    /// Adds a row of a simple map.
    pub(crate) fn simple_map_row(
        &mut self,
        map: Sctid,
        of: u64,
        target: &str,
        active: bool,
    ) -> &mut Small {
        self.rows += 1;
        let (rows, active) = (self.rows, u8::from(active));
        let _ = write!(
            self.simple_map_rows,
            "00000000-0000-4000-8000-{rows:012x}\t20260101\t{active}\t{MODULE}\t{map}\t{of}\t{target}\r\n"
        );
        self
    }

    /// Writes the release into a folder, and gives its path.
    pub(crate) fn write(&self, folder: &Path) -> PathBuf {
        let release = folder.join("release");
        let of = |folder: &str| release.join("Snapshot").join(folder);
        let (terminology, content) = (of("Terminology"), of("Refset/Content"));
        let map = of("Refset/Map");
        for folder in [&terminology, &content, &map] {
            std::fs::create_dir_all(folder).expect("a folder can be made");
        }
        let refset = "id\teffectiveTime\tactive\tmoduleId\trefsetId\treferencedComponentId";
        for (folder, name, header, rows) in [
            (
                &terminology,
                "sct2_Concept_Snapshot",
                "id\teffectiveTime\tactive\tmoduleId\tdefinitionStatusId".to_owned(),
                &self.concepts,
            ),
            (
                &terminology,
                "sct2_Description_Snapshot-en",
                "id\teffectiveTime\tactive\tmoduleId\tconceptId\tlanguageCode\ttypeId\tterm\t\
                 caseSignificanceId"
                    .to_owned(),
                &self.descriptions,
            ),
            (
                &terminology,
                "sct2_Relationship_Snapshot",
                "id\teffectiveTime\tactive\tmoduleId\tsourceId\tdestinationId\t\
                 relationshipGroup\ttypeId\tcharacteristicTypeId\tmodifierId"
                    .to_owned(),
                &self.relationships,
            ),
            (
                &content,
                "der2_cRefset_AssociationSnapshot",
                format!("{refset}\ttargetComponentId"),
                &self.associations,
            ),
            (
                &content,
                "der2_cRefset_AttributeValueSnapshot",
                format!("{refset}\tvalueId"),
                &self.values,
            ),
            (
                &map,
                "der2_iisssccRefset_ExtendedMapSnapshot",
                format!(
                    "{refset}\tmapGroup\tmapPriority\tmapRule\tmapAdvice\tmapTarget\t\
                     correlationId\tmapCategoryId"
                ),
                &self.rule_rows,
            ),
            (
                &map,
                "der2_sRefset_SimpleMapSnapshot",
                format!("{refset}\tmapTarget"),
                &self.simple_map_rows,
            ),
        ] {
            let path = folder.join(format!("{name}_XX_20260101.txt"));
            std::fs::write(path, format!("{header}\r\n{rows}")).expect("the file can be written");
        }
        release
    }

    /// Builds the release and opens its index.
    pub(crate) fn open(&self) -> farr::Terminology {
        let folder = tempfile::tempdir().expect("a temporary folder can be made");
        super::build(&[&self.write(folder.path())]).terminology()
    }
}
