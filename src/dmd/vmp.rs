//! Virtual medicinal products.

use super::amp::Amp;
use super::ingredient::VirtualProductIngredient;
use super::record::{links, record};
use super::schema::{Link, List, TableId};
use super::vmpp::Vmpp;
use super::vtm::Vtm;

record! {
    /// A virtual medicinal product (VMP): a moiety in a strength and form, `Salbutamol
    /// 100micrograms/dose inhaler CFC free` say.
    Vmp: VMP, Vmp;
    /// Its identifier (VPID), an SCTID.
    id = id "VPID";
    /// Its name (NM).
    name = name "NM";
    /// Its abbreviated name (ABBREVNM).
    abbreviated_name = text "ABBREVNM";
    /// Whether it is marked as invalid (INVALID). Invalid products stay in the files.
    is_invalid = flag "INVALID";
    /// The identifier before this one (VPIDPREV). [`Dmd::current`](super::Dmd::current) knows all of
    /// them.
    previous_id = sctid "VPIDPREV";
    /// The day since which the identifier is valid (VPIDDT).
    id_valid_from = date "VPIDDT";
    /// Its moiety (VTMID); `None` where it has none, or one that the release lacks.
    vtm = to(Vtm) "VTMID";
    /// The identifier of its moiety, also where the release lacks that.
    vtm_id = id_of(TableId::Vtm) "VTMID";
    /// What its name is based on (BASISCD).
    basis_of_name = code(List::BasisOfName) "BASISCD";
    /// The day since which the name is valid (NMDT).
    name_valid_from = date "NMDT";
    /// Its name before this one (NMPREV).
    previous_name = text "NMPREV";
    /// What its previous name was based on (BASIS_PREVCD).
    previous_basis_of_name = code(List::BasisOfName) "BASIS_PREVCD";
    /// Why the name was changed (NMCHANGECD).
    name_change_reason = code(List::NameChangeReason) "NMCHANGECD";
    /// Whether it is a combination product, or only a component of one (COMBPRODCD).
    combination_product = code(List::CombinationProduct) "COMBPRODCD";
    /// Its prescribing status (PRES_STATCD); [`Dmd::prescribable`](super::Dmd::prescribable) says
    /// what follows from it.
    prescribing_status = code(List::PrescribingStatus) "PRES_STATCD";
    /// Whether it is free of sugar (SUG_F).
    is_sugar_free = flag "SUG_F";
    /// Whether it is free of gluten (GLU_F).
    is_gluten_free = flag "GLU_F";
    /// Whether it is free of preservatives (PRES_F).
    is_preservative_free = flag "PRES_F";
    /// Whether it is free of CFCs (CFC_F).
    is_cfc_free = flag "CFC_F";
    /// Whether actual products of it are available (NON_AVAILCD).
    non_availability = code(List::NonAvailability) "NON_AVAILCD";
    /// The day since which that holds (NON_AVAILDT).
    non_availability_from = date "NON_AVAILDT";
    /// Whether its dose form is discrete or continuous (DF_INDCD).
    dose_form_indicator = code(List::DoseFormIndicator) "DF_INDCD";
    /// The size of its unit dose form (UDFS), in [`Vmp::unit_dose_form_units`].
    unit_dose_form_size = decimal "UDFS";
    /// The units of the size of its unit dose form (UDFS_UOMCD).
    unit_dose_form_units = code(List::UnitOfMeasure) "UDFS_UOMCD";
    /// What a unit dose is counted in, `tablet` say (UNIT_DOSE_UOMCD).
    unit_dose_unit_of_measure = code(List::UnitOfMeasure) "UNIT_DOSE_UOMCD";
}

links! {
    Vmp: VMP;
    /// The AMPs of this product, by id.
    amps = Link::Rows(TableId::Amp) => Amp;
    /// The packs of this product, by id.
    vmpps = Link::Rows(TableId::Vmpp) => Vmpp;
    /// Its ingredients, with their strengths.
    ingredients = Link::Rows(TableId::VirtualProductIngredient) => VirtualProductIngredient;
    /// Its forms and routes together, `tablet.oral` say.
    ont_drug_forms = Link::Rows(TableId::OntDrugForm) => OntDrugForm;
    /// Its form: one in all releases seen.
    drug_forms = Link::Rows(TableId::DrugForm) => DrugForm;
    /// Its routes of administration.
    drug_routes = Link::Rows(TableId::DrugRoute) => DrugRoute;
    /// Its category as a controlled drug: one in all releases seen.
    control_drug_info = Link::Rows(TableId::ControlDrugInfo) => ControlDrugInfo;
    /// Its BNF and ATC codes, from the supplementary release (`f_bnf1`): at most one in all releases
    /// seen.
    bnf_details = Link::Rows(TableId::VmpBnf) => VmpBnf;
}

record! {
    /// A form and route of a VMP (ONT).
    OntDrugForm: ONT_DRUG_FORM, OntDrugForm;
    /// The VMP (VPID).
    vmp = to(Vmp) "VPID";
    /// The form and route (FORMCD), `tablet.oral` say.
    form = code(List::OntFormRoute) "FORMCD";
}

record! {
    /// A form of a VMP (DFORM).
    DrugForm: DRUG_FORM, DrugForm;
    /// The VMP (VPID).
    vmp = to(Vmp) "VPID";
    /// The form (FORMCD).
    form = code(List::Form) "FORMCD";
}

record! {
    /// A route of a VMP (DROUTE).
    DrugRoute: DRUG_ROUTE, DrugRoute;
    /// The VMP (VPID).
    vmp = to(Vmp) "VPID";
    /// The route (ROUTECD).
    route = code(List::Route) "ROUTECD";
}

record! {
    /// What category of controlled drug a VMP is (CONTROL_INFO).
    ControlDrugInfo: CONTROL_DRUG_INFO, ControlDrugInfo;
    /// The VMP (VPID).
    vmp = to(Vmp) "VPID";
    /// The category (CATCD); one of them is that it is none.
    category = code(List::ControlledDrugCategory) "CATCD";
    /// The day since which that holds (CATDT).
    category_from = date "CATDT";
    /// The category before (CAT_PREVCD).
    previous_category = code(List::ControlledDrugCategory) "CAT_PREVCD";
}

record! {
    /// The BNF and ATC codes of a VMP, and its defined daily dose.
    VmpBnf: VMP_BNF, VmpBnf;
    /// The VMP (VPID); `None` where the release lacks it.
    vmp = to(Vmp) "VPID";
    /// The identifier of the VMP, also where the release lacks that.
    vmp_id = id_of(TableId::Vmp) "VPID";
    /// The BNF code, a text: zeros lead (BNF).
    bnf = text "BNF";
    /// The ATC code (ATC). Files also have `n/a`, and codes that WHO does not have.
    atc = text "ATC";
    /// The defined daily dose (DDD), in [`VmpBnf::defined_daily_dose_units`].
    defined_daily_dose = decimal "DDD";
    /// The units of the defined daily dose (DDD_UOMCD).
    defined_daily_dose_units = code(List::UnitOfMeasure) "DDD_UOMCD";
}
