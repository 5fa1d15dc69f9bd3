//! Packs and their barcodes: `f_vmpp2`, `f_ampp2` and `f_gtin2`.

use super::super::Kind::{Code, Date, Decimal, Flag, Gtin, Id, Integer, Reference, Text};
use super::super::column::{one, optional};
use super::super::list::List;
use super::super::table::{Link, Order, Table, TableId};
use super::{UNIT, belonging};

/// `f_vmpp2`, VMPPS.
pub(crate) const VMPP: Table = Table {
    id: TableId::Vmpp,
    file: "f_vmpp2",
    path: &["VIRTUAL_MED_PRODUCT_PACK", "VMPPS", "VMPP"],
    columns: &[
        one("VPPID", Id),
        optional("INVALID", Flag),
        one("NM", Text),
        optional("ABBREVNM", Text),
        one("VPID", Reference(TableId::Vmp)),
        one("QTYVAL", Decimal),
        one("QTY_UOMCD", UNIT),
        optional("COMBPACKCD", Code(List::CombinationPack)),
    ],
    owner: Some("VPID"),
    links: &[
        Link::Rows(TableId::DrugTariffInfo),
        Link::Rows(TableId::VmppContent),
        Link::Order(Order::AmppByVmpp),
        Link::Order(Order::VmppContentByChild),
    ],
};

/// `f_ampp2`, AMPPS.
pub(crate) const AMPP: Table = Table {
    id: TableId::Ampp,
    file: "f_ampp2",
    path: &["ACTUAL_MEDICINAL_PROD_PACKS", "AMPPS", "AMPP"],
    columns: &[
        one("APPID", Id),
        optional("INVALID", Flag),
        one("NM", Text),
        optional("ABBREVNM", Text),
        one("VPPID", Reference(TableId::Vmpp)),
        one("APID", Reference(TableId::Amp)),
        optional("COMBPACKCD", Code(List::CombinationPack)),
        one("LEGAL_CATCD", Code(List::LegalCategory)),
        optional("SUBP", Text),
        optional("DISCCD", Code(List::Discontinued)),
        optional("DISCDT", Date),
    ],
    owner: Some("APID"),
    links: &[
        Link::Rows(TableId::AppliancePackInfo),
        Link::Rows(TableId::PrescribInfo),
        Link::Rows(TableId::PriceInfo),
        Link::Rows(TableId::ReimbursementInfo),
        Link::Rows(TableId::AmppContent),
        Link::Rows(TableId::Gtin),
        Link::Order(Order::AmppContentByChild),
    ],
};

/// `f_vmpp2`, DRUG_TARIFF_INFO.
pub(crate) const DRUG_TARIFF_INFO: Table = belonging(
    TableId::DrugTariffInfo,
    "f_vmpp2",
    &["VIRTUAL_MED_PRODUCT_PACK", "DRUG_TARIFF_INFO", "DTINFO"],
    &[
        one("VPPID", Reference(TableId::Vmpp)),
        one("PAY_CATCD", Code(List::DrugTariffPaymentCategory)),
        optional("PRICE", Integer),
        optional("DT", Date),
        optional("PREVPRICE", Integer),
    ],
    "VPPID",
);

/// `f_vmpp2`, COMB_CONTENT.
pub(crate) const VMPP_CONTENT: Table = belonging(
    TableId::VmppContent,
    "f_vmpp2",
    &["VIRTUAL_MED_PRODUCT_PACK", "COMB_CONTENT", "CCONTENT"],
    &[one("PRNTVPPID", Reference(TableId::Vmpp)), one("CHLDVPPID", Reference(TableId::Vmpp))],
    "PRNTVPPID",
);

/// `f_ampp2`, APPLIANCE_PACK_INFO.
pub(crate) const APPLIANCE_PACK_INFO: Table = belonging(
    TableId::AppliancePackInfo,
    "f_ampp2",
    &["ACTUAL_MEDICINAL_PROD_PACKS", "APPLIANCE_PACK_INFO", "PACK_INFO"],
    &[
        one("APPID", Reference(TableId::Ampp)),
        one("REIMB_STATCD", Code(List::ReimbursementStatus)),
        optional("REIMB_STATDT", Date),
        optional("REIMB_STATPREVCD", Code(List::ReimbursementStatus)),
        optional("PACK_ORDER_NO", Text),
    ],
    "APPID",
);

/// `f_ampp2`, DRUG_PRODUCT_PRESCRIB_INFO.
pub(crate) const PRESCRIB_INFO: Table = belonging(
    TableId::PrescribInfo,
    "f_ampp2",
    &["ACTUAL_MEDICINAL_PROD_PACKS", "DRUG_PRODUCT_PRESCRIB_INFO", "PRESCRIB_INFO"],
    &[
        one("APPID", Reference(TableId::Ampp)),
        optional("SCHED_2", Flag),
        optional("ACBS", Flag),
        optional("PADM", Flag),
        optional("FP10_MDA", Flag),
        optional("SCHED_1", Flag),
        optional("HOSP", Flag),
        optional("NURSE_F", Flag),
        optional("ENURSE_F", Flag),
        optional("DENT_F", Flag),
    ],
    "APPID",
);

/// `f_ampp2`, MEDICINAL_PRODUCT_PRICE.
pub(crate) const PRICE_INFO: Table = belonging(
    TableId::PriceInfo,
    "f_ampp2",
    &["ACTUAL_MEDICINAL_PROD_PACKS", "MEDICINAL_PRODUCT_PRICE", "PRICE_INFO"],
    &[
        one("APPID", Reference(TableId::Ampp)),
        optional("PRICE", Integer),
        optional("PRICEDT", Date),
        optional("PRICE_PREV", Integer),
        one("PRICE_BASISCD", Code(List::PriceBasis)),
    ],
    "APPID",
);

/// `f_ampp2`, REIMBURSEMENT_INFO.
pub(crate) const REIMBURSEMENT_INFO: Table = belonging(
    TableId::ReimbursementInfo,
    "f_ampp2",
    &["ACTUAL_MEDICINAL_PROD_PACKS", "REIMBURSEMENT_INFO", "REIMB_INFO"],
    &[
        one("APPID", Reference(TableId::Ampp)),
        optional("PX_CHRGS", Integer),
        optional("DISP_FEES", Integer),
        optional("BB", Flag),
        optional("LTD_STAB", Flag),
        optional("CAL_PACK", Flag),
        optional("SPEC_CONTCD", Code(List::SpecialContainer)),
        optional("DND", Code(List::DiscountNotDeducted)),
        optional("FP34D", Flag),
    ],
    "APPID",
);

/// `f_ampp2`, COMB_CONTENT.
pub(crate) const AMPP_CONTENT: Table = belonging(
    TableId::AmppContent,
    "f_ampp2",
    &["ACTUAL_MEDICINAL_PROD_PACKS", "COMB_CONTENT", "CCONTENT"],
    &[one("PRNTAPPID", Reference(TableId::Ampp)), one("CHLDAPPID", Reference(TableId::Ampp))],
    "PRNTAPPID",
);

/// `f_gtin2`: a row for each GTINDATA, with the AMPPID of the AMPP around it.
pub(crate) const GTIN: Table = belonging(
    TableId::Gtin,
    "f_gtin2",
    &["GTIN_DETAILS", "AMPPS", "AMPP", "GTINDATA"],
    &[
        one("AMPPID", Reference(TableId::Ampp)),
        one("GTIN", Gtin),
        one("STARTDT", Date),
        optional("ENDDT", Date),
    ],
    "AMPPID",
);
