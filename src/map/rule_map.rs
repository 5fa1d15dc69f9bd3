//! Maps by rules.

use super::explain::{Explanation, explain};
use super::patient::Patient;
use super::row::MapRow;
use super::rule::MapRule;
use super::select::{Selection, SelectionError, Tried, are_distinct, select_in_order};
use super::table::{MapTable, PlacedRow, Reads, Rest};
use super::truth::Truth;
use crate::id::Sctid;
use crate::snomed::{Concept, Refset, Snomed, Subsumption};

/// A map by rules.
///
/// A few hundred bytes, so that its columns are looked up once: pass a reference.
#[derive(Clone, Copy, Debug)]
pub struct RuleMap<'t> {
    pub(super) table: MapTable<'t>,
}

impl<'t> RuleMap<'t> {
    /// The refset whose rows it is.
    pub fn refset(&self) -> Refset<'t> {
        self.table.refset
    }

    /// Whether the concept has an active row. Costs a search among the rows.
    pub fn has(&self, concept: Concept<'_>) -> bool {
        self.table.has(concept)
    }

    /// The active rows of a concept with their rules read, by group and priority; none where it has
    /// no map. Nothing is inherited: a concept without rows has no map, whatever the concepts above
    /// it have.
    ///
    /// Costs a search among the rows, and little for each of the concept.
    pub fn rows(&self, concept: Concept<'_>) -> Vec<MapRow<'t>> {
        self.table.placed(concept, |rows| rows.iter().map(|row| row.whole(row.rule())).collect())
    }

    /// The targets of a concept for a patient: [`select`](super::select) with the hierarchy of this
    /// release, in which a concept that is inactive, or that it does not have, is a kind of nothing
    /// for certain.
    ///
    /// Costs a search among the rows, and reads the rules that are reached; below a microsecond for
    /// most concepts.
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
    /// match map.select(concept, &patient)? {
    ///     Selection::Targets(rows) => println!("{:?}", rows.iter().map(|row| &row.target)),
    ///     Selection::NeedsContext { missing, .. } => println!("asked for: {missing:?}"),
    ///     Selection::NotClassifiable { groups, .. } => println!("no code: {groups:?}"),
    ///     _ => println!("no map"),
    /// }
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn select(
        &self,
        concept: Concept<'_>,
        patient: &Patient,
    ) -> Result<Selection<'t>, SelectionError> {
        patient.check()?;
        let snomed = self.table.snomed();
        self.table.placed(concept, |rows| {
            are_distinct(rows)?;
            select_in_order(rows, patient, &mut |finding, concept| is_a(snomed, finding, concept))
        })
    }

    /// [`RuleMap::select`], and how each rule led there.
    ///
    /// # Errors
    /// As [`explain`](super::explain).
    pub fn explain(
        &self,
        concept: Concept<'_>,
        patient: &Patient,
    ) -> Result<Explanation<'t>, SelectionError> {
        let snomed = self.table.snomed();
        let rows = self.rows(concept);
        explain(&rows, patient, |finding, concept| is_a(snomed, finding, concept))
    }
}

impl<'t> Tried<'t> for PlacedRow<'_, 't> {
    type Rule<'a>
        = MapRule<'t>
    where
        Self: 'a;

    #[inline]
    fn place(&self) -> (u32, u32) {
        let (_, group, priority) = self.place;
        (group, priority)
    }

    #[inline]
    fn rule(&self) -> MapRule<'t> {
        MapRule::as_published(self.table.rule.whole_text(self.row))
    }

    fn whole(&self, rule: MapRule<'t>) -> MapRow<'t> {
        let (_, group, priority) = self.place;
        let (target, rest) = (self.target(), Rest::Stored(self.member()));
        MapRow { group, priority, rule, target, rest }
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
