//! Two sets of releases, whichever systems they hold.

use std::sync::OnceLock;

use super::change::Change;
use super::classification::ClassificationComparison;
use super::dmd::DmdComparison;
use super::kind::ChangeKind;
use super::snomed::SnomedComparison;
use crate::classification::RubricCode;
use crate::coding::System;
use crate::id::{Icd10CmCode, Icd10Code, Opcs4Code, Sctid};
use crate::terminology::Systems;

/// An older and a newer set of opened indexes.
///
/// Each system that both sets have is compared. One that only one of them has is not, and
/// [`Comparison::not_compared`] names it: its codes are neither all new nor all gone.
///
/// # Example
/// ```
/// # let golden = concat!(env!("CARGO_MANIFEST_DIR"), "/testdata/golden/1.0-tiny.farr");
/// # let dmd = concat!(env!("CARGO_MANIFEST_DIR"), "/testdata/golden/1.0-dmd.farr");
/// use farr::Terminology;
/// use farr::coding::System;
/// use farr::diff::Comparison;
///
/// let old = Terminology::open([golden, dmd])?;
/// let new = Terminology::open([golden])?;
/// let comparison = Comparison::new(old.systems()?, new.systems()?);
/// let mut changes = Vec::new();
/// comparison.changes(&mut |change| changes.push(change));
/// assert!(changes.is_empty());
/// assert_eq!(comparison.not_compared(), [System::Dmd]);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug)]
pub struct Comparison<'t> {
    old: Systems<'t>,
    new: Systems<'t>,
    // Each is made when it is first asked for: some walk over what they compare.
    snomed: OnceLock<Option<SnomedComparison<'t>>>,
    dmd: OnceLock<Option<DmdComparison<'t>>>,
    icd10: OnceLock<Option<ClassificationComparison<'t, Icd10Code>>>,
    icd10_cm: OnceLock<Option<ClassificationComparison<'t, Icd10CmCode>>>,
    opcs4: OnceLock<Option<ClassificationComparison<'t, Opcs4Code>>>,
}

/// The systems that are compared, in the order in which their changes are given.
pub(super) const SYSTEMS: [System; 5] =
    [System::Snomed, System::Dmd, System::Icd10, System::Icd10Cm, System::Opcs4];

pub(super) fn has(systems: Systems<'_>, system: System) -> bool {
    match system {
        System::Snomed => systems.snomed().is_some(),
        System::Dmd => systems.dmd().is_some(),
        System::Icd10 => systems.icd10().is_some(),
        System::Icd10Cm => systems.icd10_cm().is_some(),
        System::Opcs4 => systems.opcs4().is_some(),
        _ => false,
    }
}

impl<'t> Comparison<'t> {
    /// Of an older set and a newer one.
    pub fn new(old: Systems<'t>, new: Systems<'t>) -> Comparison<'t> {
        Comparison {
            old,
            new,
            snomed: OnceLock::new(),
            dmd: OnceLock::new(),
            icd10: OnceLock::new(),
            icd10_cm: OnceLock::new(),
            opcs4: OnceLock::new(),
        }
    }

    /// The older set.
    pub fn old(&self) -> Systems<'t> {
        self.old
    }

    /// The newer set.
    pub fn newer(&self) -> Systems<'t> {
        self.new
    }

    /// The systems that both sets have.
    pub fn compared(&self) -> Vec<System> {
        SYSTEMS
            .into_iter()
            .filter(|system| has(self.old, *system) && has(self.new, *system))
            .collect()
    }

    /// The systems that only one set has: nothing is said of what changed in them.
    pub fn not_compared(&self) -> Vec<System> {
        SYSTEMS
            .into_iter()
            .filter(|system| has(self.old, *system) != has(self.new, *system))
            .collect()
    }

    /// SNOMED CT, where both have it.
    pub fn snomed(&self) -> Option<&SnomedComparison<'t>> {
        let make = || Some(SnomedComparison::new(self.old.snomed()?, self.new.snomed()?));
        self.snomed.get_or_init(make).as_ref()
    }

    /// dm+d, where both have it. The first call walks over the products of both.
    pub fn dmd(&self) -> Option<&DmdComparison<'t>> {
        let make = || Some(DmdComparison::new(self.old.dmd()?, self.new.dmd()?));
        self.dmd.get_or_init(make).as_ref()
    }

    /// ICD-10, where both have it.
    pub fn icd10(&self) -> Option<&ClassificationComparison<'t, Icd10Code>> {
        let make = || Some(ClassificationComparison::new(self.old.icd10()?, self.new.icd10()?));
        self.icd10.get_or_init(make).as_ref()
    }

    /// ICD-10-CM, where both have it.
    pub fn icd10_cm(&self) -> Option<&ClassificationComparison<'t, Icd10CmCode>> {
        let make =
            || Some(ClassificationComparison::new(self.old.icd10_cm()?, self.new.icd10_cm()?));
        self.icd10_cm.get_or_init(make).as_ref()
    }

    /// OPCS-4, where both have it.
    pub fn opcs4(&self) -> Option<&ClassificationComparison<'t, Opcs4Code>> {
        let make = || Some(ClassificationComparison::new(self.old.opcs4()?, self.new.opcs4()?));
        self.opcs4.get_or_init(make).as_ref()
    }

    /// Every change of every system that both sets have, in an order that the same sets give again.
    ///
    /// One thread's work: some microseconds a concept. To use several, give each of them a part of
    /// [`SnomedComparison::concept_ids`].
    pub fn changes(&self, emit: &mut impl FnMut(Change)) {
        if let Some(snomed) = self.snomed() {
            snomed.changes(emit);
        }
        if let Some(dmd) = self.dmd() {
            dmd.changes(emit);
        }
        if let Some(icd10) = self.icd10() {
            icd10.changes(emit);
        }
        if let Some(icd10_cm) = self.icd10_cm() {
            icd10_cm.changes(emit);
        }
        if let Some(opcs4) = self.opcs4() {
            opcs4.changes(emit);
        }
    }

    /// What changed about one code, as a record has it: in microseconds, so that a list of thousands
    /// is asked of at once.
    ///
    /// A code of SNOMED CT that is a product of dm+d is asked of in both. A code of which nothing can
    /// be said gives [`ChangeKind::CannotTell`] with the reason: never silence. So does what one of the
    /// releases was built without, a file of dm+d say: such a change may be without a code, and is
    /// then the same for every code that is asked of. Tell it once.
    pub fn changes_of(&self, system: System, code: &str, emit: &mut impl FnMut(Change)) {
        match system {
            System::Snomed | System::Dmd => self.sctid(system, code, emit),
            System::Icd10 => self.rubric(self.icd10(), system, code, emit),
            System::Icd10Cm => self.rubric(self.icd10_cm(), system, code, emit),
            System::Opcs4 => self.rubric(self.opcs4(), system, code, emit),
            other => emit(cannot_tell(other, code, "the system has no releases")),
        }
    }

    fn sctid(&self, system: System, code: &str, emit: &mut impl FnMut(Change)) {
        let Ok(id) = Sctid::parse_as_published(code) else {
            let what = format!("not a code of {}", system.name());
            return emit(cannot_tell(system, code, &what));
        };
        let mut is_known = false;
        if let Some(snomed) = self.snomed()
            && system == System::Snomed
        {
            let in_any = [self.old, self.new].map(Systems::snomed).into_iter().flatten();
            if in_any.into_iter().any(|release| release.concept(id).is_some()) {
                is_known = true;
                snomed.changes_of(id, emit);
                snomed.tell_absent(emit);
            }
            is_known |= snomed.changes_of_refset(id, emit);
        }
        if let Some(dmd) = self.dmd()
            && dmd.knows(id)
        {
            is_known = true;
            dmd.changes_by_id(id, emit);
        }
        if !is_known {
            let is_compared = has(self.old, system) && has(self.new, system);
            let of_description = self.of_description(system, id);
            let reason = of_description.as_deref();
            emit(cannot_tell(system, code, reason.unwrap_or(self.reason(system, is_compared))));
        } else if system == System::Snomed && self.snomed().is_none() {
            // dm+d knows the product, and says what it has to say of it alone.
            emit(cannot_tell(system, "", self.reason(system, false)));
        }
        // A product of SNOMED CT in the dm+d of one set alone: half of the question is open.
        let mut in_one = [self.old, self.new].map(Systems::dmd).into_iter().flatten();
        if system == System::Snomed
            && has(self.old, System::Dmd) != has(self.new, System::Dmd)
            && in_one.any(|release| release.product(id).is_some())
        {
            emit(cannot_tell(System::Dmd, "", "only one of the sets has the system"));
        }
    }

    /// That an id is of a description, and of which concept.
    fn of_description(&self, system: System, id: Sctid) -> Option<String> {
        let releases = [self.new, self.old].map(Systems::snomed).into_iter().flatten();
        let mut releases = releases.filter(|_| system == System::Snomed);
        let concept =
            releases.find_map(|release| Some(release.description(id)?.concept()?.id()))?;
        Some(format!("the id of a description, of {concept}"))
    }

    fn rubric<C: RubricCode>(
        &self,
        compared: Option<&ClassificationComparison<'t, C>>,
        system: System,
        code: &str,
        emit: &mut impl FnMut(Change),
    ) {
        let Some(comparison) = compared else {
            return emit(cannot_tell(system, code, self.reason(system, false)));
        };
        match comparison.has(code) {
            Some(true) => comparison.changes_of(code, emit),
            Some(false) => emit(cannot_tell(system, code, self.reason(system, true))),
            None => {
                emit(cannot_tell(system, code, &format!("not a code of {}", system.name())));
            }
        }
    }

    fn reason(&self, system: System, is_compared: bool) -> &'static str {
        match (is_compared, has(self.old, system), has(self.new, system)) {
            (true, ..) => "in neither release",
            (false, true, _) => "the newer set does not have the system",
            (false, false, true) => "the older set does not have the system",
            (false, false, false) => "neither set has the system",
        }
    }
}

fn cannot_tell(system: System, code: &str, reason: &str) -> Change {
    Change::new(ChangeKind::CannotTell, system, code, "").from_to(None, Some(reason.to_owned()))
}
