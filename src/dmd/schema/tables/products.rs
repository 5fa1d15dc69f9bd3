//! Products and what they are made of: `f_vtm2`, `f_vmp2`, `f_amp2` and `f_ingredient2`.

use super::super::Kind::{Code, Date, Decimal, Flag, Id, Reference, Sctid, Text};
use super::super::column::{one, optional};
use super::super::list::List;
use super::super::table::{Link, Order, Table, TableId};
use super::{UNIT, belonging};

/// `f_vtm2`.
pub(crate) const VTM: Table = Table {
    id: TableId::Vtm,
    file: "f_vtm2",
    path: &["VIRTUAL_THERAPEUTIC_MOIETIES", "VTM"],
    columns: &[
        one("VTMID", Id),
        optional("INVALID", Flag),
        one("NM", Text),
        optional("ABBREVNM", Text),
        optional("VTMIDPREV", Sctid),
        optional("VTMIDDT", Date),
    ],
    owner: None,
    links: &[Link::Rows(TableId::Vmp), Link::Rows(TableId::VtmIngredient)],
};

/// `f_vmp2`, VMPS.
pub(crate) const VMP: Table = Table {
    id: TableId::Vmp,
    file: "f_vmp2",
    path: &["VIRTUAL_MED_PRODUCTS", "VMPS", "VMP"],
    columns: &[
        one("VPID", Id),
        optional("VPIDDT", Date),
        optional("VPIDPREV", Sctid),
        optional("VTMID", Reference(TableId::Vtm)),
        optional("INVALID", Flag),
        one("NM", Text),
        optional("ABBREVNM", Text),
        one("BASISCD", Code(List::BasisOfName)),
        optional("NMDT", Date),
        optional("NMPREV", Text),
        optional("BASIS_PREVCD", Code(List::BasisOfName)),
        optional("NMCHANGECD", Code(List::NameChangeReason)),
        optional("COMBPRODCD", Code(List::CombinationProduct)),
        one("PRES_STATCD", Code(List::PrescribingStatus)),
        optional("SUG_F", Flag),
        optional("GLU_F", Flag),
        optional("PRES_F", Flag),
        optional("CFC_F", Flag),
        optional("NON_AVAILCD", Code(List::NonAvailability)),
        optional("NON_AVAILDT", Date),
        optional("DF_INDCD", Code(List::DoseFormIndicator)),
        optional("UDFS", Decimal),
        optional("UDFS_UOMCD", UNIT),
        optional("UNIT_DOSE_UOMCD", UNIT),
    ],
    owner: Some("VTMID"),
    links: &[
        Link::Rows(TableId::Amp),
        Link::Rows(TableId::Vmpp),
        Link::Rows(TableId::VirtualProductIngredient),
        Link::Rows(TableId::OntDrugForm),
        Link::Rows(TableId::DrugForm),
        Link::Rows(TableId::DrugRoute),
        Link::Rows(TableId::ControlDrugInfo),
        Link::Rows(TableId::VmpBnf),
    ],
};

/// `f_amp2`, AMPS.
pub(crate) const AMP: Table = Table {
    id: TableId::Amp,
    file: "f_amp2",
    path: &["ACTUAL_MEDICINAL_PRODUCTS", "AMPS", "AMP"],
    columns: &[
        one("APID", Id),
        optional("INVALID", Flag),
        one("VPID", Reference(TableId::Vmp)),
        one("NM", Text),
        optional("ABBREVNM", Text),
        one("DESC", Text),
        optional("NMDT", Date),
        optional("NM_PREV", Text),
        one("SUPPCD", Code(List::Supplier)),
        one("LIC_AUTHCD", Code(List::LicensingAuthority)),
        optional("LIC_AUTH_PREVCD", Code(List::LicensingAuthority)),
        optional("LIC_AUTHCHANGECD", Code(List::LicensingAuthorityChangeReason)),
        optional("LIC_AUTHCHANGEDT", Date),
        optional("COMBPRODCD", Code(List::CombinationProduct)),
        optional("FLAVOURCD", Code(List::Flavour)),
        optional("EMA", Flag),
        optional("PARALLEL_IMPORT", Flag),
        one("AVAIL_RESTRICTCD", Code(List::AvailabilityRestriction)),
    ],
    owner: Some("VPID"),
    links: &[
        Link::Rows(TableId::Ampp),
        Link::Rows(TableId::ActualProductIngredient),
        Link::Rows(TableId::LicensedRoute),
        Link::Rows(TableId::ActualProductInformation),
        Link::Rows(TableId::AmpBnf),
        Link::Order(Order::TradeFamilyAmpByAmp),
    ],
};

/// `f_ingredient2`.
pub(crate) const INGREDIENT: Table = Table {
    id: TableId::Ingredient,
    file: "f_ingredient2",
    path: &["INGREDIENT_SUBSTANCES", "ING"],
    columns: &[
        one("ISID", Id),
        optional("ISIDDT", Date),
        optional("ISIDPREV", Sctid),
        optional("INVALID", Flag),
        one("NM", Text),
    ],
    owner: None,
    links: &[
        Link::Order(Order::VirtualProductIngredientByIngredient),
        Link::Order(Order::ActualProductIngredientByIngredient),
        Link::Order(Order::VtmIngredientByIngredient),
    ],
};

/// `f_vmp2`, VIRTUAL_PRODUCT_INGREDIENT.
pub(crate) const VIRTUAL_PRODUCT_INGREDIENT: Table = belonging(
    TableId::VirtualProductIngredient,
    "f_vmp2",
    &["VIRTUAL_MED_PRODUCTS", "VIRTUAL_PRODUCT_INGREDIENT", "VPI"],
    &[
        one("VPID", Reference(TableId::Vmp)),
        one("ISID", Reference(TableId::Ingredient)),
        optional("BASIS_STRNTCD", Code(List::BasisOfStrength)),
        optional("BS_SUBID", Reference(TableId::Ingredient)),
        optional("STRNT_NMRTR_VAL", Decimal),
        optional("STRNT_NMRTR_UOMCD", UNIT),
        optional("STRNT_DNMTR_VAL", Decimal),
        optional("STRNT_DNMTR_UOMCD", UNIT),
    ],
    "VPID",
);

/// `f_vmp2`, ONT_DRUG_FORM.
pub(crate) const ONT_DRUG_FORM: Table = belonging(
    TableId::OntDrugForm,
    "f_vmp2",
    &["VIRTUAL_MED_PRODUCTS", "ONT_DRUG_FORM", "ONT"],
    &[one("VPID", Reference(TableId::Vmp)), one("FORMCD", Code(List::OntFormRoute))],
    "VPID",
);

/// `f_vmp2`, DRUG_FORM.
pub(crate) const DRUG_FORM: Table = belonging(
    TableId::DrugForm,
    "f_vmp2",
    &["VIRTUAL_MED_PRODUCTS", "DRUG_FORM", "DFORM"],
    &[one("VPID", Reference(TableId::Vmp)), one("FORMCD", Code(List::Form))],
    "VPID",
);

/// `f_vmp2`, DRUG_ROUTE.
pub(crate) const DRUG_ROUTE: Table = belonging(
    TableId::DrugRoute,
    "f_vmp2",
    &["VIRTUAL_MED_PRODUCTS", "DRUG_ROUTE", "DROUTE"],
    &[one("VPID", Reference(TableId::Vmp)), one("ROUTECD", Code(List::Route))],
    "VPID",
);

/// `f_vmp2`, CONTROL_DRUG_INFO.
pub(crate) const CONTROL_DRUG_INFO: Table = belonging(
    TableId::ControlDrugInfo,
    "f_vmp2",
    &["VIRTUAL_MED_PRODUCTS", "CONTROL_DRUG_INFO", "CONTROL_INFO"],
    &[
        one("VPID", Reference(TableId::Vmp)),
        one("CATCD", Code(List::ControlledDrugCategory)),
        optional("CATDT", Date),
        optional("CAT_PREVCD", Code(List::ControlledDrugCategory)),
    ],
    "VPID",
);

/// `f_amp2`, AP_INGREDIENT.
pub(crate) const ACTUAL_PRODUCT_INGREDIENT: Table = belonging(
    TableId::ActualProductIngredient,
    "f_amp2",
    &["ACTUAL_MEDICINAL_PRODUCTS", "AP_INGREDIENT", "AP_ING"],
    &[
        one("APID", Reference(TableId::Amp)),
        one("ISID", Reference(TableId::Ingredient)),
        optional("STRNTH", Decimal),
        optional("UOMCD", UNIT),
    ],
    "APID",
);

/// `f_amp2`, LICENSED_ROUTE.
pub(crate) const LICENSED_ROUTE: Table = belonging(
    TableId::LicensedRoute,
    "f_amp2",
    &["ACTUAL_MEDICINAL_PRODUCTS", "LICENSED_ROUTE", "LIC_ROUTE"],
    &[one("APID", Reference(TableId::Amp)), one("ROUTECD", Code(List::Route))],
    "APID",
);

/// `f_amp2`, AP_INFORMATION.
pub(crate) const ACTUAL_PRODUCT_INFORMATION: Table = belonging(
    TableId::ActualProductInformation,
    "f_amp2",
    &["ACTUAL_MEDICINAL_PRODUCTS", "AP_INFORMATION", "AP_INFO"],
    &[
        one("APID", Reference(TableId::Amp)),
        optional("SZ_WEIGHT", Text),
        optional("COLOURCD", Code(List::Colour)),
        optional("PROD_ORDER_NO", Text),
    ],
    "APID",
);
