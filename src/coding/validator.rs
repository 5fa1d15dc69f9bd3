//! A binding joined with the releases that are open.

use std::borrow::Cow;
use std::sync::OnceLock;

use super::batch::Batch;
use super::binding::{Binding, BindingError};
use super::check::{self, Judging, Namespaces};
use super::coding::Coding;
use super::facts::Facts;
use super::finding_code::FindingCode;
use super::system::System;
use super::verdict::{Release, Verdict};
use crate::classification::{Classification, RubricCode};
use crate::date::Date;
use crate::ecl::{Gap, GapEffect};
use crate::id::{ClassificationCode, CodeRange, Icd10Code, Opcs4Code, Sctid};
use crate::snomed::{Component, ConceptSet, Refset, Snomed};
use crate::terminology::{Systems, Terminology};

/// A [`Binding`] joined with the releases that are open: its constraint evaluated, its ranges read.
///
/// Threads may share it. Accepting a code allocates nothing; a finding does.
///
/// See the [module](super) for an example.
#[derive(Debug)]
pub struct Validator<'t> {
    pub(super) systems: Systems<'t>,
    pub(super) binding: Binding,
    pub(super) constraint: Option<ConceptSet<'t>>,
    pub(super) gaps: Vec<Gap>,
    pub(super) refset: Option<Members<'t>>,
    pub(super) ranges: Ranges,
    pub(super) releases: Vec<Release>,
    pub(super) namespaces: OnceLock<Namespaces>,
    pub(super) today: Option<Date>,
    pub(super) batch: Batch,
    pub(super) sorted: OnceLock<Box<[u64]>>,
}

/// A reference set, and its concepts as a set: a look at one bit, where the concept's own list of
/// reference sets is two look-ups away.
#[derive(Debug)]
pub(super) struct Members<'t> {
    pub(super) refset: Refset<'t>,
    pub(super) concepts: ConceptSet<'t>,
}

impl Members<'_> {
    /// Whether it has a row of an id that the release has as no concept.
    pub(super) fn has_other(&self, id: Sctid) -> bool {
        self.refset.members_of(Component::Other(id)).next().is_some()
    }
}

/// The ranges of codes of a binding, in the classifications that it asks for.
#[derive(Debug, Default)]
pub(super) struct Ranges {
    pub(super) icd10: Vec<CodeRange<Icd10Code>>,
    pub(super) opcs4: Vec<CodeRange<Opcs4Code>>,
}

impl<'t> Validator<'t> {
    /// Joins a binding with a terminology, which is verified in full first.
    ///
    /// # Errors
    /// [`BindingError`]: the binding asks for what the terminology does not have, or an index is
    /// damaged.
    pub fn new(
        terminology: &'t Terminology,
        binding: &Binding,
    ) -> Result<Validator<'t>, BindingError> {
        Validator::of(terminology.systems()?, binding)
    }

    /// Joins a binding with code systems: within
    /// [`Terminology::ask_systems`](crate::Terminology::ask_systems), for one question.
    ///
    /// # Errors
    /// [`BindingError`], but for damage.
    pub fn of(systems: Systems<'t>, binding: &Binding) -> Result<Validator<'t>, BindingError> {
        let snomed =
            |what| systems.snomed().ok_or(BindingError::NotOpen { system: System::Snomed, what });
        let (constraint, gaps) = match &binding.constraint {
            Some(ecl) => {
                let snomed = snomed("an expression constraint")?;
                let set = snomed.evaluate(ecl)?.into_asked();
                (Some(set), snomed.evaluation().gaps(ecl)?)
            }
            None => (None, Vec::new()),
        };
        let refset = match binding.refset {
            Some(id) => {
                let snomed = snomed("a reference set")?;
                let refset = snomed.refset(id).ok_or(BindingError::Refset(id))?;
                let concepts = ConceptSet::of(snomed, refset.concepts()).into_asked();
                Some(Members { refset, concepts })
            }
            None => None,
        };
        let what = match (binding.asks_level(), binding.setting) {
            (true, _) => Some("a level of products"),
            (false, Some(_)) => Some("whether products may be prescribed"),
            (false, None) => None,
        };
        if let Some(what) = what
            && systems.dmd().is_none()
        {
            return Err(BindingError::NotOpen { system: System::Dmd, what });
        }
        Ok(Validator {
            constraint,
            gaps,
            refset,
            ranges: Ranges::of(binding)?,
            releases: releases(systems),
            systems,
            binding: binding.clone(),
            namespaces: OnceLock::new(),
            today: None,
            batch: Batch::default(),
            sorted: OnceLock::new(),
        })
    }

    /// Says which day it is, for all codings whose [`Facts`] do not, and so for many ids at once: by it
    /// go the age of a release, and days of grace. farr never asks the clock.
    ///
    /// ```
    /// # let golden = concat!(env!("CARGO_MANIFEST_DIR"), "/testdata/golden/1.0-tiny.farr");
    /// # let terminology = farr::Terminology::open([golden])?;
    /// use farr::coding::{Binding, FindingCode, System, Validator};
    ///
    /// let binding = Binding::new("problem").system(System::Snomed).most_age_days(60);
    /// let validator = Validator::new(&terminology, &binding)?.today("20300101".parse::<farr::Date>()?);
    /// let mut findings = [0];
    /// validator.check_ids(&[401004], &mut findings);
    /// assert_eq!(FindingCode::from_number(findings[0]), Some(FindingCode::StaleRelease));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn today(mut self, day: impl Into<Option<Date>>) -> Validator<'t> {
        self.today = day.into();
        // What was judged before was judged on another day.
        self.batch = Batch::default();
        self
    }

    /// The binding.
    pub fn binding(&self) -> &Binding {
        &self.binding
    }

    /// The releases that codings are judged against.
    pub fn releases(&self) -> &[Release] {
        &self.releases
    }

    /// What the release cannot say of the constraint, an inactive concept of which it asks what is below
    /// say. Where the constraint may miss codes, one that does not satisfy it is
    /// [`FindingCode::MembershipUnknown`](super::FindingCode::MembershipUnknown); where it may have codes
    /// that do not belong, one that does. Mend the constraint.
    pub fn constraint_gaps(&self) -> &[Gap] {
        &self.gaps
    }

    /// How many concepts of the release satisfy the constraint; `None` where the binding has none.
    pub fn constraint_len(&self) -> Option<usize> {
        self.constraint.as_ref().map(ConceptSet::len)
    }

    /// The first gap of the constraint that has such an effect.
    #[inline]
    pub(super) fn gap(&self, has: impl Fn(GapEffect) -> bool) -> Option<&Gap> {
        self.gaps.iter().find(|gap| has(gap.effect))
    }

    /// Judges a coding.
    ///
    /// An accepted code of SNOMED CT costs a few look-ups and allocates nothing; after
    /// [`Validator::judge_ahead`] it costs one. What is wrong costs more: suggestions are looked for.
    pub fn check<'v>(&'v self, coding: &Coding<'_>, facts: &Facts<'_>) -> Verdict<'v> {
        let facts = Facts { today: facts.today.or(self.today), ..*facts };
        if self.is_known_to_be_right(coding, &facts) {
            let (system, findings) = (System::Snomed, Vec::new());
            return Verdict { system: Some(system), release: self.release(system), findings };
        }
        Judging::new(self, &facts).judge(coding)
    }

    /// The codes of all that is found with a code of a system, with nothing beside it.
    pub(crate) fn codes_found(&self, system: System, code: &str) -> Vec<FindingCode> {
        let facts = Facts::new();
        let verdict = Judging::new(self, &facts).codes_of(&Coding::new(system, code));
        verdict.findings.iter().map(|finding| finding.code()).collect()
    }

    /// A code as the binding asks for it to be written; one that cannot be read stands as it is.
    pub(crate) fn written<'c>(&self, system: System, code: &'c str) -> Cow<'c, str> {
        let form = self.binding.form.and_then(|form| check::written(form, system, code));
        form.map_or(Cow::Borrowed(code), Cow::Owned)
    }

    pub(crate) fn snomed(&self) -> Option<Snomed<'t>> {
        self.systems.snomed()
    }

    pub(super) fn release(&self, system: System) -> Option<&Release> {
        self.releases.iter().find(|release| release.system == system)
    }
}

impl Ranges {
    fn of(binding: &Binding) -> Result<Ranges, BindingError> {
        let Some(text) = &binding.ranges else { return Ok(Ranges::default()) };
        let asked = |system| binding.systems.contains(&system);
        let ranges = Ranges {
            icd10: read(asked(System::Icd10), text)?,
            opcs4: read(asked(System::Opcs4), text)?,
        };
        let any = [System::Icd10, System::Opcs4].into_iter().any(asked);
        any.then_some(ranges).ok_or(BindingError::RangesOfWhat)
    }
}

fn read<C: ClassificationCode>(asked: bool, text: &str) -> Result<Vec<CodeRange<C>>, BindingError> {
    if !asked {
        return Ok(Vec::new());
    }
    let ranges: Result<Vec<_>, _> = CodeRange::<C>::list(text).collect();
    Ok(ranges?)
}

/// The releases that are open, one a system.
pub(crate) fn releases(systems: Systems<'_>) -> Vec<Release> {
    let mut releases = Vec::new();
    if let Some(snomed) = systems.snomed() {
        let meta = snomed.meta();
        let stated = meta.version.as_deref().and_then(|uri| uri.rsplit('/').next());
        let date = stated.and_then(|day| day.parse().ok()).or_else(|| {
            // A release that does not say which edition it is has the day of its newest module.
            meta.modules.iter().map(|(_, time)| *time).max()
        });
        let date = date.and_then(Date::from_number);
        releases.push(Release { system: System::Snomed, version: meta.version, date });
    }
    if let Some(dmd) = systems.dmd() {
        let (version, date) = (dmd.meta().dmd_version, dmd.release_date());
        releases.push(Release { system: System::Dmd, version, date });
    }
    releases.extend(systems.icd10().map(|icd10| of_classification(System::Icd10, icd10)));
    releases.extend(systems.icd10_cm().map(|icd10| of_classification(System::Icd10Cm, icd10)));
    releases.extend(systems.opcs4().map(|opcs4| of_classification(System::Opcs4, opcs4)));
    releases
}

fn of_classification<C: RubricCode>(
    system: System,
    classification: Classification<'_, C>,
) -> Release {
    let edition = classification.edition();
    Release { system, version: edition.version, date: edition.date.and_then(Date::from_number) }
}
