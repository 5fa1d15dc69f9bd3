//! Actual medicinal product packs.

use super::amp::Amp;
use super::gtin::PackGtin;
use super::record::{links, record};
use super::schema::{Link, List, Order, TableId};
use super::vmpp::Vmpp;

record! {
    /// An actual medicinal product pack (AMPP): an amount of an AMP, what is dispensed.
    Ampp: AMPP, Ampp;
    /// Its identifier (APPID), an SCTID.
    id = id "APPID";
    /// Its name (NM).
    name = name "NM";
    /// Its abbreviated name (ABBREVNM).
    abbreviated_name = text "ABBREVNM";
    /// Whether it is marked as invalid (INVALID). Invalid products stay in the files.
    is_invalid = flag "INVALID";
    /// What it is an actual pack of (VPPID); `None` where the release lacks that.
    vmpp = to(Vmpp) "VPPID";
    /// The identifier of its VMPP, also where the release lacks that.
    vmpp_id = id_of(TableId::Vmpp) "VPPID";
    /// What is in it (APID); `None` where the release lacks that.
    amp = to(Amp) "APID";
    /// The identifier of its AMP, also where the release lacks that.
    amp_id = id_of(TableId::Amp) "APID";
    /// Whether it is a combination pack, or only a component of one (COMBPACKCD).
    combination_pack = code(List::CombinationPack) "COMBPACKCD";
    /// Its legal category (LEGAL_CATCD): GSL, P, POM.
    legal_category = code(List::LegalCategory) "LEGAL_CATCD";
    /// How it is divided, `4 x 7 tablets` say (SUBP).
    subpack = text "SUBP";
    /// Whether it is discontinued, or reinstated (DISCCD).
    discontinued = code(List::Discontinued) "DISCCD";
    /// The day since which that holds (DISCDT).
    discontinued_from = date "DISCDT";
}

impl Ampp<'_> {
    /// Whether it is marked as discontinued. Discontinued is not invalid: packs may still be about.
    pub fn is_discontinued(self) -> bool {
        self.discontinued().is_some_and(|entry| entry.code() == 1)
    }
}

links! {
    Ampp: AMPP;
    /// What is known of it as an appliance.
    appliance_pack_info = Link::Rows(TableId::AppliancePackInfo) => AppliancePackInfo;
    /// What is known of prescribing it: at most one in all releases seen.
    prescrib_info = Link::Rows(TableId::PrescribInfo) => PrescribInfo;
    /// Its price: at most one in all releases seen.
    price_info = Link::Rows(TableId::PriceInfo) => PriceInfo;
    /// What is known of its reimbursement: at most one in all releases seen.
    reimbursement_info = Link::Rows(TableId::ReimbursementInfo) => ReimbursementInfo;
    /// The components of this combination pack.
    components = Link::Rows(TableId::AmppContent) => AmppComponent;
    /// The combination packs that this pack is a component of.
    combinations = Link::Order(Order::AmppContentByChild) => AmppComponent;
    /// Its GTINs, of all days, in the order of the file.
    gtins = Link::Rows(TableId::Gtin) => PackGtin;
}

record! {
    /// What is known of an AMPP as an appliance (PACK_INFO).
    AppliancePackInfo: APPLIANCE_PACK_INFO, AppliancePackInfo;
    /// The AMPP (APPID).
    ampp = to(Ampp) "APPID";
    /// Whether it is reimbursed (REIMB_STATCD).
    reimbursement_status = code(List::ReimbursementStatus) "REIMB_STATCD";
    /// The day since which that holds (REIMB_STATDT).
    reimbursement_status_from = date "REIMB_STATDT";
    /// Whether it was reimbursed before (REIMB_STATPREVCD).
    previous_reimbursement_status = code(List::ReimbursementStatus) "REIMB_STATPREVCD";
    /// Its order number (PACK_ORDER_NO).
    order_number = text "PACK_ORDER_NO";
}

record! {
    /// What is known of prescribing an AMPP (PRESCRIB_INFO).
    PrescribInfo: PRESCRIB_INFO, PrescribInfo;
    /// The AMPP (APPID).
    ampp = to(Ampp) "APPID";
    /// Whether it is on schedule 2 of the selected list scheme: for stated conditions only (SCHED_2).
    is_schedule_2 = flag "SCHED_2";
    /// Whether it is a borderline substance (ACBS).
    is_acbs = flag "ACBS";
    /// Whether it is personally administered (PADM).
    is_personally_administered = flag "PADM";
    /// Whether it may be prescribed in instalments on form FP10 MDA (FP10_MDA).
    is_fp10_mda = flag "FP10_MDA";
    /// Whether it is on schedule 1 of the selected list scheme: not on the NHS (SCHED_1).
    is_schedule_1 = flag "SCHED_1";
    /// Whether it is a hospital pack (HOSP).
    is_hospital_pack = flag "HOSP";
    /// Whether it is in the nurse formulary (NURSE_F).
    is_in_nurse_formulary = flag "NURSE_F";
    /// Whether it is in the extended nurse formulary (ENURSE_F).
    is_in_extended_nurse_formulary = flag "ENURSE_F";
    /// Whether it is in the dental formulary (DENT_F).
    is_in_dental_formulary = flag "DENT_F";
}

record! {
    /// The price of an AMPP (PRICE_INFO).
    PriceInfo: PRICE_INFO, PriceInfo;
    /// The AMPP (APPID).
    ampp = to(Ampp) "APPID";
    /// The price in pence (PRICE).
    price = integer "PRICE";
    /// The day since which the price is valid (PRICEDT).
    price_from = date "PRICEDT";
    /// The price before, in pence (PRICE_PREV).
    previous_price = integer "PRICE_PREV";
    /// What the price is based on (PRICE_BASISCD).
    price_basis = code(List::PriceBasis) "PRICE_BASISCD";
}

record! {
    /// What is known of the reimbursement of an AMPP (REIMB_INFO).
    ReimbursementInfo: REIMBURSEMENT_INFO, ReimbursementInfo;
    /// The AMPP (APPID).
    ampp = to(Ampp) "APPID";
    /// How many prescription charges it is (PX_CHRGS).
    prescription_charges = integer "PX_CHRGS";
    /// How many dispensing fees it is (DISP_FEES).
    dispensing_fees = integer "DISP_FEES";
    /// Whether broken bulk may be claimed (BB).
    has_broken_bulk = flag "BB";
    /// Whether its stability is limited (LTD_STAB); files no longer fill it.
    has_limited_stability = flag "LTD_STAB";
    /// Whether it is a calendar pack (CAL_PACK).
    is_calendar_pack = flag "CAL_PACK";
    /// Whether it is a special container (SPEC_CONTCD).
    special_container = code(List::SpecialContainer) "SPEC_CONTCD";
    /// Whether no discount is deducted (DND).
    discount_not_deducted = code(List::DiscountNotDeducted) "DND";
    /// Whether form FP34D is used (FP34D).
    is_fp34d = flag "FP34D";
}

record! {
    /// A component of a combination AMPP (CCONTENT).
    AmppComponent: AMPP_CONTENT, AmppContent;
    /// The combination pack (PRNTAPPID).
    combination = to(Ampp) "PRNTAPPID";
    /// The component (CHLDAPPID).
    component = to(Ampp) "CHLDAPPID";
    /// The identifier of the combination pack, also where the release lacks that.
    combination_id = id_of(TableId::Ampp) "PRNTAPPID";
    /// The identifier of the component, also where the release lacks that.
    component_id = id_of(TableId::Ampp) "CHLDAPPID";
}
