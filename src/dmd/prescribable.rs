//! Whether a product may be prescribed, and why.

use super::amp::Amp;
use super::dictionary::Dmd;
use super::lookup::LookupEntry;
use super::product::Product;
use super::vmp::Vmp;
use super::vtm::Vtm;

/// Where prescribing is done, and how.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Setting {
    /// Product-based, as in NHS primary care: the product is chosen, and a quantity of it.
    PrimaryCare,
    /// Dose-based, as in hospitals: a moiety or a product is chosen, and a dose of it.
    DoseBased,
}

impl Setting {
    /// All settings.
    pub const ALL: [Setting; 2] = [Setting::PrimaryCare, Setting::DoseBased];

    /// A word for it that stays: `primary-care`, `dose-based`.
    pub const fn code(self) -> &'static str {
        match self {
            Setting::PrimaryCare => "primary-care",
            Setting::DoseBased => "dose-based",
        }
    }
}

/// Whether a product may be prescribed. The order is that of what prevails: where anything says no,
/// it is no, whatever else is unknown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Verdict {
    /// Nothing that dm+d says is against it.
    Prescribable,
    /// It may be; the reasons say what to heed.
    WithCaution,
    /// dm+d advises against it, or its implementation guide leaves it out of picking lists.
    NotRecommended,
    /// dm+d and its guides do not say.
    Unknown,
    /// It may not be.
    NotPrescribable,
}

impl Verdict {
    /// A word for it that stays: `with-caution` say.
    pub const fn code(self) -> &'static str {
        match self {
            Verdict::Prescribable => "prescribable",
            Verdict::WithCaution => "with-caution",
            Verdict::NotRecommended => "not-recommended",
            Verdict::Unknown => "unknown",
            Verdict::NotPrescribable => "not-prescribable",
        }
    }
}

macro_rules! reasons {
    ($($(#[$doc:meta])* $name:ident, $code:literal, $phrase:literal;)*) => {
        /// What speaks against prescribing a product, or is to be heeded.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[non_exhaustive]
        #[repr(u8)]
        pub enum PrescribingReason {
            $($(#[$doc])* $name,)*
        }

        impl PrescribingReason {
            /// All of them.
            pub const ALL: [PrescribingReason; [$($code),*].len()] = [$(PrescribingReason::$name),*];

            /// A word for it that stays: `never-as-vmp` say.
            pub const fn code(self) -> &'static str {
                match self {
                    $(PrescribingReason::$name => $code,)*
                }
            }

            /// The same for reading.
            pub const fn phrase(self) -> &'static str {
                match self {
                    $(PrescribingReason::$name => $phrase,)*
                }
            }
        }
    };
}

reasons! {
    /// The product is marked as invalid (INVALID).
    Invalid, "invalid", "marked as invalid";
    /// Packs are dispensed; what is prescribed is a VMP, an AMP, or a VTM with a dose.
    Pack, "pack", "a pack: the product in it is prescribed";
    /// A VTM needs a dose: it is prescribed only where prescribing is dose-based.
    NeedsDose, "needs-dose", "a moiety is prescribed only with a dose";
    /// Prescribing status 2 of the VMP: invalid to prescribe in NHS primary care.
    InvalidInPrimaryCare, "invalid-in-primary-care", "invalid to prescribe in NHS primary care";
    /// Prescribing status 3: not prescribable as a VMP, but its AMPs are.
    ByAmpOnly, "by-amp-only", "not prescribable as a VMP; its AMPs are";
    /// Prescribing status 4: never valid to prescribe as a VMP.
    NeverAsVmp, "never-as-vmp", "never valid to prescribe as a VMP";
    /// Prescribing status 5: not recommended to prescribe as a VMP.
    NotRecommendedAsVmp, "not-recommended-as-vmp", "not recommended to prescribe as a VMP";
    /// Prescribing status 6: not recommended as a VMP, for brands are not bioequivalent.
    BrandsNotBioequivalent, "brands-not-bioequivalent",
        "not recommended as a VMP: brands are not bioequivalent";
    /// Prescribing status 7: not recommended as a VMP, for patients need training.
    PatientTraining, "patient-training", "not recommended as a VMP: patients need training";
    /// Prescribing status 8: not recommended as a VMP, for there is no published specification.
    NoPublishedSpecification, "no-published-specification",
        "not recommended as a VMP: no published specification";
    /// Prescribing status 9: prescribing an AMP is advised.
    AmpAdvised, "amp-advised", "caution: prescribing an AMP is advised";
    /// A prescribing status that this library does not know.
    UnknownStatus, "unknown-status", "a prescribing status that is not known, or none";
    /// No actual products of the VMP are available (NON_AVAILCD 1). Where a dose is to be made a product
    /// the guide leaves it out; of picking lists in primary care no guide says so.
    NoActualProducts, "no-actual-products", "no actual products are available";
    /// The VMP of the AMP is invalid to prescribe in NHS primary care: guides do not say what that
    /// means for its AMPs.
    VmpInvalidInPrimaryCare, "vmp-invalid-in-primary-care",
        "its VMP is invalid to prescribe in NHS primary care";
    /// The release lacks the VMP of the AMP.
    VmpMissing, "vmp-missing", "its VMP is not in the release";
    /// The AMP is imported or a special (AVAIL_RESTRICTCD 4, 6).
    ImportedOrSpecial, "imported-or-special", "imported, or a special";
    /// The availability of the AMP is restricted otherwise (AVAIL_RESTRICTCD 2, 3, 5, 7): guides do not
    /// say what that means for prescribing.
    RestrictedAvailability, "restricted-availability", "its availability is restricted";
    /// The AMP is for hospitals only (AVAIL_RESTRICTCD 8). No guide forbids it elsewhere.
    HospitalOnly, "hospital-only", "for hospitals only";
    /// The AMP is not available (AVAIL_RESTRICTCD 9): guides leave it out.
    NotAvailable, "not-available", "not available";
    /// A restriction of availability that this library does not know.
    UnknownAvailability, "unknown-availability", "an availability that is not known, or none";
    /// The AMP is a parallel import, which the guide leaves out of picking lists.
    ParallelImport, "parallel-import", "a parallel import: not for picking lists";
    /// The product is only a component of a combination product (COMBPRODCD 2). Picking lists of primary
    /// care leave it out; hospitals prescribe components one by one.
    ComponentOnly, "component-only", "only a component of a combination product";
    /// The product is a combination product (COMBPRODCD 1), whose components hospitals prescribe one by
    /// one.
    Combination, "combination", "a combination product";
    /// Neither the VTM nor any of its VMPs has an ingredient in the release.
    UnknownIngredients, "unknown-ingredients", "whether it has several ingredients is not known";
    /// The VTM has several ingredients, or VMPs that do: its dose does not say how much of each.
    SeveralIngredients, "several-ingredients", "several ingredients: a dose does not say of which";
    /// The release has no pack of the AMP that is valid.
    NoPacks, "no-packs", "the release has no valid pack of it";
    /// The release was built without packs of AMPs.
    UnknownPacks, "unknown-packs", "the release was built without packs: whether it has a valid one is not known";
    /// All packs of the AMP are discontinued.
    Discontinued, "discontinued", "all of its packs are discontinued";
    /// All packs are on schedule 1 of the selected list scheme: not prescribed on the NHS.
    Schedule1, "schedule-1", "all of its packs are on schedule 1: not on the NHS";
    /// Some packs are on schedule 1.
    Schedule1InPart, "schedule-1-in-part", "some of its packs are on schedule 1: not on the NHS";
    /// Packs are on schedule 2 of the selected list scheme: for stated conditions only.
    Schedule2, "schedule-2", "on schedule 2: for stated conditions only";
    /// Packs are borderline substances: for the conditions that the advisory committee states.
    BorderlineSubstance, "borderline-substance",
        "a borderline substance: for the conditions that the ACBS states";
}

impl PrescribingReason {
    /// What it comes to in a setting, where nothing else is to be said.
    pub const fn verdict(self, setting: Setting) -> Verdict {
        use PrescribingReason as Reason;
        let primary_care = matches!(setting, Setting::PrimaryCare);
        match self {
            Reason::Invalid | Reason::Pack | Reason::NeverAsVmp | Reason::ByAmpOnly => {
                Verdict::NotPrescribable
            }
            // They speak of primary care, and of nothing else.
            Reason::NeedsDose | Reason::InvalidInPrimaryCare | Reason::Schedule1
                if primary_care =>
            {
                Verdict::NotPrescribable
            }
            Reason::HospitalOnly if primary_care => Verdict::WithCaution,
            Reason::NeedsDose | Reason::HospitalOnly => Verdict::Prescribable,
            Reason::ComponentOnly if primary_care => Verdict::NotRecommended,
            Reason::ComponentOnly => Verdict::Prescribable,
            Reason::Combination if primary_care => Verdict::Prescribable,
            Reason::Combination => Verdict::WithCaution,
            Reason::NoActualProducts if primary_care => Verdict::Unknown,
            Reason::InvalidInPrimaryCare | Reason::Schedule1 => Verdict::Unknown,
            Reason::NotRecommendedAsVmp
            | Reason::BrandsNotBioequivalent
            | Reason::PatientTraining
            | Reason::NoPublishedSpecification
            | Reason::NoActualProducts
            | Reason::NotAvailable
            | Reason::SeveralIngredients => Verdict::NotRecommended,
            Reason::ParallelImport if primary_care => Verdict::NotRecommended,
            Reason::ParallelImport => Verdict::WithCaution,
            Reason::UnknownStatus
            | Reason::RestrictedAvailability
            | Reason::VmpMissing
            | Reason::UnknownIngredients
            | Reason::UnknownPacks
            | Reason::VmpInvalidInPrimaryCare
            | Reason::UnknownAvailability => Verdict::Unknown,
            Reason::AmpAdvised
            | Reason::ImportedOrSpecial
            | Reason::NoPacks
            | Reason::Discontinued
            | Reason::Schedule1InPart
            | Reason::Schedule2
            | Reason::BorderlineSubstance => Verdict::WithCaution,
        }
    }
}

/// Whether a product may be prescribed in a setting, with all reasons.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Prescribability {
    setting: Setting,
    /// One bit a reason.
    reasons: u64,
}

impl Prescribability {
    fn add(&mut self, reason: PrescribingReason) {
        self.reasons |= 1 << (reason as u8);
    }

    /// The setting that was asked about.
    pub fn setting(self) -> Setting {
        self.setting
    }

    /// The verdict: what the strongest of the reasons comes to.
    pub fn verdict(self) -> Verdict {
        let verdicts = self.reasons().map(|reason| reason.verdict(self.setting));
        verdicts.max().unwrap_or(Verdict::Prescribable)
    }

    /// All reasons, also those that do not decide.
    pub fn reasons(self) -> impl Iterator<Item = PrescribingReason> {
        let found = move |reason: &PrescribingReason| self.reasons & (1 << (*reason as u8)) != 0;
        PrescribingReason::ALL.into_iter().filter(found)
    }
}

impl std::fmt::Debug for Prescribability {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{:?} in {:?}: ", self.verdict(), self.setting)?;
        f.debug_list().entries(self.reasons()).finish()
    }
}

impl<'t> Dmd<'t> {
    /// Whether a product may be prescribed in a setting, and why, as far as dm+d says.
    ///
    /// By the [implementation guides](https://www.nhsbsa.nhs.uk/pharmacies-gp-practices-and-appliance-contractors/dictionary-medicines-and-devices-dmd):
    /// VMPs by their prescribing status, AMPs whatever the status of their VMP, VTMs only where
    /// prescribing is dose-based, packs not at all. What these do not say is [`Verdict::Unknown`],
    /// never a guess; `docs/dmd.md` names the source of each rule. It knows neither the prescriber
    /// nor the patient.
    ///
    /// Costs a look at each pack of an AMP, and little otherwise.
    ///
    /// ```
    /// # let golden = concat!(env!("CARGO_MANIFEST_DIR"), "/testdata/golden/1.0-dmd.farr");
    /// # let terminology = farr::Terminology::open([golden])?;
    /// use farr::dmd::{PrescribingReason, Setting, Verdict};
    /// let dmd = terminology.dmd()?;
    /// let vtm = dmd.vtms().find(|vtm| !vtm.is_invalid()).ok_or("no VTM")?;
    /// let answer = dmd.prescribable(vtm.into(), Setting::PrimaryCare);
    /// assert_eq!(answer.verdict(), Verdict::NotPrescribable);
    /// assert!(answer.reasons().any(|reason| reason == PrescribingReason::NeedsDose));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn prescribable(self, product: Product<'t>, setting: Setting) -> Prescribability {
        let mut answer = Prescribability { setting, reasons: 0 };
        if product.is_invalid() {
            answer.add(PrescribingReason::Invalid);
        }
        match product {
            Product::Vtm(vtm) => of_vtm(vtm, &mut answer),
            Product::Vmp(vmp) => of_vmp(vmp, &mut answer),
            Product::Amp(amp) => of_amp(amp, &mut answer),
            Product::Vmpp(_) | Product::Ampp(_) => answer.add(PrescribingReason::Pack),
        }
        answer
    }
}

fn code(entry: Option<LookupEntry<'_>>) -> Option<u64> {
    entry.map(LookupEntry::code)
}

fn of_vtm(vtm: Vtm<'_>, answer: &mut Prescribability) {
    answer.add(PrescribingReason::NeedsDose);
    let of_vmps = vtm.vmps().map(|vmp| vmp.ingredients().len()).max().unwrap_or_default();
    match vtm.ingredients().len().max(of_vmps) {
        0 => answer.add(PrescribingReason::UnknownIngredients),
        1 => {}
        _ => answer.add(PrescribingReason::SeveralIngredients),
    }
}

/// What the indicator of combination products comes to.
fn of_combination(entry: Option<LookupEntry<'_>>, answer: &mut Prescribability) {
    match code(entry) {
        Some(1) => answer.add(PrescribingReason::Combination),
        Some(2) => answer.add(PrescribingReason::ComponentOnly),
        _ => {}
    }
}

fn of_vmp(vmp: Vmp<'_>, answer: &mut Prescribability) {
    match code(vmp.prescribing_status()) {
        Some(1) => {}
        Some(2) => answer.add(PrescribingReason::InvalidInPrimaryCare),
        Some(3) => answer.add(PrescribingReason::ByAmpOnly),
        Some(4) => answer.add(PrescribingReason::NeverAsVmp),
        Some(5) => answer.add(PrescribingReason::NotRecommendedAsVmp),
        Some(6) => answer.add(PrescribingReason::BrandsNotBioequivalent),
        Some(7) => answer.add(PrescribingReason::PatientTraining),
        Some(8) => answer.add(PrescribingReason::NoPublishedSpecification),
        Some(9) => answer.add(PrescribingReason::AmpAdvised),
        _ => answer.add(PrescribingReason::UnknownStatus),
    }
    if code(vmp.non_availability()) == Some(1) {
        answer.add(PrescribingReason::NoActualProducts);
    }
    of_combination(vmp.combination_product(), answer);
}

fn of_amp(amp: Amp<'_>, answer: &mut Prescribability) {
    match amp.vmp().map(|vmp| code(vmp.prescribing_status())) {
        None => answer.add(PrescribingReason::VmpMissing),
        Some(Some(2)) => answer.add(PrescribingReason::VmpInvalidInPrimaryCare),
        Some(_) => {}
    }
    match code(amp.availability_restriction()) {
        Some(1) => {}
        Some(4 | 6) => answer.add(PrescribingReason::ImportedOrSpecial),
        Some(2 | 3 | 5 | 7) => answer.add(PrescribingReason::RestrictedAvailability),
        Some(8) => answer.add(PrescribingReason::HospitalOnly),
        Some(9) => answer.add(PrescribingReason::NotAvailable),
        _ => answer.add(PrescribingReason::UnknownAvailability),
    }
    if amp.is_parallel_import() {
        answer.add(PrescribingReason::ParallelImport);
    }
    of_combination(amp.combination_product(), answer);
    of_packs(amp, answer);
}

fn of_packs(amp: Amp<'_>, answer: &mut Prescribability) {
    let (mut packs, mut discontinued, mut schedule_1) = (0_u32, 0_u32, 0_u32);
    for pack in amp.ampps().filter(|pack| !pack.is_invalid()) {
        let one = |holds: bool| u32::from(holds);
        packs = packs.saturating_add(1);
        discontinued = discontinued.saturating_add(one(pack.is_discontinued()));
        schedule_1 =
            schedule_1.saturating_add(one(pack.prescrib_info().any(|i| i.is_schedule_1())));
        if pack.prescrib_info().any(|info| info.is_schedule_2()) {
            answer.add(PrescribingReason::Schedule2);
        }
        if pack.prescrib_info().any(|info| info.is_acbs()) {
            answer.add(PrescribingReason::BorderlineSubstance);
        }
    }
    if packs == 0 {
        answer.add(match amp.record().dmd().ampps().next() {
            Some(_) => PrescribingReason::NoPacks,
            None => PrescribingReason::UnknownPacks,
        });
        return;
    }
    if discontinued == packs {
        answer.add(PrescribingReason::Discontinued);
    }
    match schedule_1 {
        0 => {}
        _ if schedule_1 == packs => answer.add(PrescribingReason::Schedule1),
        _ => answer.add(PrescribingReason::Schedule1InPart),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_says_no_prevails_over_what_is_not_known() {
        let mut answer = Prescribability { setting: Setting::PrimaryCare, reasons: 0 };
        assert_eq!(answer.verdict(), Verdict::Prescribable);
        answer.add(PrescribingReason::BorderlineSubstance);
        assert_eq!(answer.verdict(), Verdict::WithCaution);
        answer.add(PrescribingReason::UnknownStatus);
        assert_eq!(answer.verdict(), Verdict::Unknown);
        answer.add(PrescribingReason::Invalid);
        assert_eq!(answer.verdict(), Verdict::NotPrescribable);
        assert_eq!(answer.reasons().count(), 3);
    }

    #[test]
    fn codes_are_distinct_and_every_reason_has_a_place() {
        let mut codes: Vec<_> = PrescribingReason::ALL.map(PrescribingReason::code).to_vec();
        codes.sort_unstable();
        codes.dedup();
        assert_eq!(codes.len(), PrescribingReason::ALL.len());
        assert!(PrescribingReason::ALL.len() <= 64);
    }

    #[test]
    fn what_is_said_of_primary_care_says_no_more() {
        for reason in PrescribingReason::ALL {
            let (primary, dose) =
                (reason.verdict(Setting::PrimaryCare), reason.verdict(Setting::DoseBased));
            let of_primary_care = matches!(
                reason,
                PrescribingReason::NeedsDose
                    | PrescribingReason::HospitalOnly
                    | PrescribingReason::Schedule1
                    | PrescribingReason::InvalidInPrimaryCare
                    | PrescribingReason::ParallelImport
                    | PrescribingReason::ComponentOnly
                    | PrescribingReason::Combination
                    | PrescribingReason::NoActualProducts
            );
            assert_eq!(primary != dose, of_primary_care, "{}", reason.code());
        }
    }
}
