//! Maps as a release publishes them.

use std::borrow::Cow;

use super::blocks::{BlockRow, Defaults};
use super::explain::{Explanation, explain};
use super::patient::Patient;
use super::row::MapRow;
use super::rule::MapRule;
use super::select::{Selection, SelectionError, select};
use super::truth::Truth;
use crate::id::Sctid;
use crate::snomed::{Concept, FieldType, FieldValue, Member, Refset, Snomed, Subsumption};

/// Columns that both forms have, after those of every refset.
const COLUMNS: [(&str, FieldType); 6] = [
    ("mapGroup", FieldType::Integer),
    ("mapPriority", FieldType::Integer),
    ("mapRule", FieldType::String),
    ("mapAdvice", FieldType::String),
    ("mapTarget", FieldType::String),
    ("correlationId", FieldType::Component),
];

/// An extended map of a release, in one of its two forms.
///
/// ```no_run
/// # let terminology = farr::Terminology::open(["uk-snomed.farr"])?;
/// # let snomed = terminology.snomed()?;
/// use farr::map::PublishedMap;
/// for map in snomed.published_maps() {
///     match map {
///         PublishedMap::Rules(map) => println!("{}: by rules", map.refset().id()),
///         PublishedMap::Blocks(map) => println!("{}: by blocks", map.refset().id()),
///     }
/// }
/// # Ok::<(), farr::index::OpenError>(())
/// ```
#[derive(Clone, Copy, Debug)]
pub enum PublishedMap<'t> {
    /// Each row has a rule, and a category in `mapCategoryId`: the maps of SNOMED International.
    Rules(RuleMap<'t>),
    /// Rows are in blocks, `mapBlock`, and have no rules: the maps of the United Kingdom.
    Blocks(BlockMap<'t>),
}

impl<'t> PublishedMap<'t> {
    fn of(refset: Refset<'t>) -> Option<PublishedMap<'t>> {
        let mut fields = refset.fields();
        for (name, field_type) in COLUMNS {
            let field = fields.next()?;
            if !field.name().eq_ignore_ascii_case(name) || field.field_type() != field_type {
                return None;
            }
        }
        let last = fields.next()?;
        match (last.name(), last.field_type(), fields.next()) {
            ("mapCategoryId", FieldType::Component, None) => {
                Some(PublishedMap::Rules(RuleMap { refset }))
            }
            ("mapBlock", FieldType::Integer, None) => {
                Some(PublishedMap::Blocks(BlockMap { refset }))
            }
            _ => None,
        }
    }

    /// The refset whose rows it is.
    pub fn refset(self) -> Refset<'t> {
        match self {
            PublishedMap::Rules(map) => map.refset,
            PublishedMap::Blocks(map) => map.refset,
        }
    }

    /// The concepts with an active row whose target is exactly this text, as published: of
    /// International maps with a point, of UK maps without one and with what stands behind the code.
    ///
    /// For searching, not for coding: a map leads from a concept to a code and not back. Each concept
    /// once, by id. Costs two searches, and little a row.
    pub fn concepts_with_target(self, target: &str) -> Vec<Concept<'t>> {
        let members = self.refset().members_with_text("mapTarget", target);
        let concepts = members.into_iter().flatten();
        let mut found: Vec<Concept<'t>> =
            concepts.filter_map(|member| member.referenced_component().concept()).collect();
        found.sort_unstable_by_key(|concept| concept.id());
        found.dedup_by_key(|concept| concept.id());
        found
    }
}

/// A map by rules.
#[derive(Clone, Copy, Debug)]
pub struct RuleMap<'t> {
    refset: Refset<'t>,
}

impl<'t> RuleMap<'t> {
    /// The refset whose rows it is.
    pub fn refset(self) -> Refset<'t> {
        self.refset
    }

    /// The active rows of a concept, by group and priority; none where it has no map. Nothing is
    /// inherited: a concept without rows has no map, whatever the concepts above it have.
    ///
    /// Costs a search among the rows, and little for each of the concept.
    pub fn rows(self, concept: Concept<'t>) -> RuleRows<'t> {
        let mut rows: Vec<RuleRow<'t>> =
            self.refset.members_of(concept.into()).map(RuleRow::of).collect();
        rows.sort_by_key(|row| (row.group, row.priority));
        RuleRows { rows, snomed: concept.snomed }
    }
}

/// A row as it is in the index, where long texts may be in parts.
#[derive(Clone, Debug)]
struct RuleRow<'t> {
    group: u32,
    priority: u32,
    rule: Cow<'t, str>,
    advice: Cow<'t, str>,
    target: Cow<'t, str>,
    correlation: Option<Sctid>,
    category: Option<Sctid>,
}

impl<'t> RuleRow<'t> {
    fn of(member: Member<'t>) -> RuleRow<'t> {
        RuleRow {
            group: number(member, "mapGroup"),
            priority: number(member, "mapPriority"),
            rule: text(member, "mapRule"),
            advice: text(member, "mapAdvice"),
            target: text(member, "mapTarget"),
            correlation: id(member, "correlationId"),
            category: id(member, "mapCategoryId"),
        }
    }
}

/// The rows of a concept in a map by rules; made by [`RuleMap::rows`].
#[derive(Clone, Debug)]
pub struct RuleRows<'t> {
    rows: Vec<RuleRow<'t>>,
    snomed: Snomed<'t>,
}

impl RuleRows<'_> {
    /// The rows with their rules read, by group and priority.
    pub fn rows(&self) -> Vec<MapRow<'_>> {
        let rows = self.rows.iter().map(|row| MapRow {
            group: row.group,
            priority: row.priority,
            rule: MapRule::as_published(&row.rule),
            advice: &row.advice,
            target: &row.target,
            correlation: row.correlation,
            category: row.category,
        });
        rows.collect()
    }

    /// The targets for a patient: [`select`](super::select) with the hierarchy of this release, in
    /// which a concept that is inactive, or that it does not have, is a kind of nothing for certain.
    ///
    /// # Errors
    /// As [`select`](super::select).
    ///
    /// ```no_run
    /// # let terminology = farr::Terminology::open(["uk-snomed.farr"])?;
    /// # let snomed = terminology.snomed()?;
    /// use farr::map::{Age, Patient, PublishedMap, Selection, Sex, constants};
    /// let map = snomed.published_map(constants::INTERNATIONAL_ICD_10).ok_or("no such map")?;
    /// let PublishedMap::Rules(map) = map else { return Err("not a map by rules".into()) };
    /// let concept = snomed.concept("24700007".parse()?).ok_or("not in this release")?;
    /// let patient = Patient::new().sex(Sex::Female).age_at_onset(Age::years(41));
    /// match map.rows(concept).select(&patient)? {
    ///     Selection::Targets(rows) => println!("{:?}", rows.iter().map(|row| row.target)),
    ///     Selection::NeedsContext { missing, .. } => println!("asked for: {missing:?}"),
    ///     Selection::NotClassifiable { groups } => println!("no code: {groups:?}"),
    ///     _ => println!("no map"),
    /// }
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn select(&self, patient: &Patient) -> Result<Selection<'_>, SelectionError> {
        select(&self.rows(), patient, |finding, concept| is_a(self.snomed, finding, concept))
    }

    /// [`RuleRows::select`], and how each rule led there.
    ///
    /// # Errors
    /// As [`explain`](super::explain).
    pub fn explain(&self, patient: &Patient) -> Result<Explanation<'_>, SelectionError> {
        explain(&self.rows(), patient, |finding, concept| is_a(self.snomed, finding, concept))
    }
}

/// Whether one concept is a kind of another, as far as the release says.
fn is_a(snomed: Snomed<'_>, finding: Sctid, concept: Sctid) -> Truth {
    match snomed.subsumes(concept, finding) {
        Ok(Subsumption::Equivalent | Subsumption::Subsumes) => Truth::True,
        Ok(Subsumption::NotSubsumed | Subsumption::SubsumedBy) => Truth::False,
        Ok(Subsumption::NotClassified(_)) | Err(_) => Truth::Unknown,
    }
}

/// A map by blocks.
#[derive(Clone, Copy, Debug)]
pub struct BlockMap<'t> {
    refset: Refset<'t>,
}

impl<'t> BlockMap<'t> {
    /// The refset whose rows it is.
    pub fn refset(self) -> Refset<'t> {
        self.refset
    }

    /// What its codes are of, by the name of its refset; `None` where that says neither.
    pub fn classification(self) -> Option<Classification> {
        let name = self.refset.concept()?.fully_specified_name()?.term();
        Classification::named_in(name)
    }

    /// The active rows of a concept, by block, group and priority; none where it has no map.
    ///
    /// Costs a search among the rows, and little for each of the concept.
    pub fn rows(self, concept: Concept<'t>) -> Vec<BlockRow<'t>> {
        let members = self.refset.members_of(concept.into());
        let mut rows: Vec<BlockRow<'t>> = members
            .map(|member| BlockRow {
                block: number(member, "mapBlock"),
                group: number(member, "mapGroup"),
                priority: number(member, "mapPriority"),
                advice: text(member, "mapAdvice"),
                target: text(member, "mapTarget"),
                correlation: id(member, "correlationId"),
            })
            .collect();
        rows.sort_by_key(|row| (row.block, row.group, row.priority));
        rows
    }

    /// What a coder is offered for a concept: see [`Defaults`].
    ///
    /// ```no_run
    /// # let terminology = farr::Terminology::open(["uk-snomed.farr"])?;
    /// # let snomed = terminology.snomed()?;
    /// use farr::map::{Defaults, PublishedMap, constants};
    /// let map = snomed.published_map(constants::UK_ICD_10).ok_or("no such map")?;
    /// let PublishedMap::Blocks(map) = map else { return Err("not a map by blocks".into()) };
    /// let concept = snomed.concept("24700007".parse()?).ok_or("not in this release")?;
    /// if let Defaults::Targets { targets, alternatives, .. } = map.defaults(concept) {
    ///     println!("{targets:?}, or {alternatives:?}: the coder decides");
    /// }
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn defaults(self, concept: Concept<'t>) -> Defaults<'t> {
        Defaults::of(self.rows(concept))
    }
}

/// What the codes of a map are of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Classification {
    /// ICD-10.
    Icd10,
    /// OPCS-4.
    Opcs4,
}

impl Classification {
    fn named_in(name: &str) -> Option<Classification> {
        let name = name.to_ascii_lowercase();
        let opcs_4 = name.contains("classification of interventions and procedures");
        match (opcs_4, name.contains("icd-10")) {
            (true, false) => Some(Classification::Opcs4),
            (false, true) => Some(Classification::Icd10),
            _ => None,
        }
    }
}

/// A number of a row; one that is below zero, which no map has, is read as zero.
fn number(member: Member<'_>, field: &str) -> u32 {
    let number = member.field(field).and_then(FieldValue::integer);
    number.and_then(|number| u32::try_from(number).ok()).unwrap_or_default()
}

fn text<'t>(member: Member<'t>, field: &str) -> Cow<'t, str> {
    let text = member.field(field).and_then(FieldValue::text);
    text.map(|text| text.to_cow()).unwrap_or_default()
}

fn id(member: Member<'_>, field: &str) -> Option<Sctid> {
    member.field(field)?.component()?.id()
}

impl<'t> Snomed<'t> {
    /// The extended map whose rows are in this refset; `None` where the release does not have it, or
    /// it is no extended map by its columns.
    pub fn published_map(self, refset: Sctid) -> Option<PublishedMap<'t>> {
        PublishedMap::of(self.refset(refset)?)
    }

    /// All extended maps of the release, by the id of their refsets.
    pub fn published_maps(self) -> impl Iterator<Item = PublishedMap<'t>> {
        self.refsets().filter_map(PublishedMap::of)
    }

    /// The UK map to OPCS-4: a refset whose name says so and that has active rows; of several that
    /// of the highest version.
    ///
    /// Each version of OPCS-4 has a refset of its own, so it is known by its name, "… Classification
    /// of Interventions and Procedures Version 4.11 … complex map reference set".
    pub fn uk_opcs_4_map(self) -> Option<BlockMap<'t>> {
        let maps = self.published_maps().filter_map(|map| match map {
            PublishedMap::Blocks(map) if !map.refset.is_empty() => {
                let name = map.refset.concept()?.fully_specified_name()?.term();
                Some((opcs_4_version(name)?, map))
            }
            _ => None,
        });
        maps.max_by_key(|(version, map)| (*version, map.refset.id())).map(|(_, map)| map)
    }
}

/// The minor version of OPCS-4 in the name of a map's refset.
fn opcs_4_version(name: &str) -> Option<u32> {
    const BEFORE: &str = "classification of interventions and procedures version 4.";
    let name = name.to_ascii_lowercase();
    let (_, behind) = name.split_once(BEFORE)?;
    let digits = behind.find(|digit: char| !digit.is_ascii_digit()).unwrap_or(behind.len());
    let (version, rest) = behind.split_at_checked(digits)?;
    rest.contains("complex map reference set").then(|| version.parse().ok())?
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_version_of_opcs_4_is_in_the_name() {
        let name = |version: &str| {
            format!(
                "Office of Population Censuses and Surveys Classification of Interventions and \
                 Procedures Version 4.{version} four character code United Kingdom complex map \
                 reference set (foundation metadata concept)"
            )
        };
        assert_eq!(opcs_4_version(&name("11")), Some(11));
        assert_eq!(opcs_4_version(&name("9")), Some(9));
        assert_eq!(opcs_4_version(&name("")), None);
        assert_eq!(opcs_4_version("ICD-10 fifth edition complex map reference set"), None);
        assert_eq!(Classification::named_in(&name("9")), Some(Classification::Opcs4));
        let icd_10 = "ICD-10 fifth edition five character code United Kingdom complex map";
        assert_eq!(Classification::named_in(icd_10), Some(Classification::Icd10));
        assert_eq!(Classification::named_in("CTV3 simple map reference set"), None);
        let simple = name("9").replace("complex", "simple");
        assert_eq!(opcs_4_version(&simple), None);
    }
}
