//! The tables.

use super::Kind::{Code, Date, Decimal, Flag, Gtin, Id, Integer, Number, Reference, Sctid, Text};
use super::column::{Column, one, optional};
use super::list::List;
use super::table::{Link, Order, Table, TableId};

/// All tables, by number.
pub const TABLES: [&Table; TableId::ALL.len()] = [
    &VTM,
    &VMP,
    &AMP,
    &VMPP,
    &AMPP,
    &INGREDIENT,
    &LOOKUP,
    &VIRTUAL_PRODUCT_INGREDIENT,
    &ONT_DRUG_FORM,
    &DRUG_FORM,
    &DRUG_ROUTE,
    &CONTROL_DRUG_INFO,
    &ACTUAL_PRODUCT_INGREDIENT,
    &LICENSED_ROUTE,
    &ACTUAL_PRODUCT_INFORMATION,
    &DRUG_TARIFF_INFO,
    &VMPP_CONTENT,
    &APPLIANCE_PACK_INFO,
    &PRESCRIB_INFO,
    &PRICE_INFO,
    &REIMBURSEMENT_INFO,
    &AMPP_CONTENT,
    &GTIN,
    &VMP_BNF,
    &AMP_BNF,
    &VTM_HISTORY,
    &VMP_HISTORY,
    &INGREDIENT_HISTORY,
    &SUPPLIER_HISTORY,
    &FORM_HISTORY,
    &ROUTE_HISTORY,
    &UNIT_OF_MEASURE_HISTORY,
    &VTM_INGREDIENT,
    &TRADE_FAMILY,
    &TRADE_FAMILY_GROUP,
    &TRADE_FAMILY_AMP,
];

pub(super) fn of(id: TableId) -> &'static Table {
    // One table a number: the test holds both orders together.
    TABLES.get(id.number()).copied().unwrap_or(&VTM)
}

const UNIT: super::Kind = Code(List::UnitOfMeasure);

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

/// `f_lookup2`, all lists.
pub(crate) const LOOKUP: Table = Table {
    id: TableId::Lookup,
    file: "f_lookup2",
    path: &["LOOKUP", "*", "INFO"],
    columns: &[
        one("CD", Number),
        optional("CDDT", Date),
        optional("CDPREV", Sctid),
        optional("INVALID", Flag),
        one("DESC", Text),
    ],
    owner: None,
    links: &[],
};

/// A table of rows that belong to a record and have nothing of their own.
const fn belonging(
    id: TableId,
    file: &'static str,
    path: &'static [&'static str],
    columns: &'static [Column],
    owner: &'static str,
) -> Table {
    Table { id, file, path, columns, owner: Some(owner), links: &[] }
}

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

/// `f_bnf1`, VMPS.
pub(crate) const VMP_BNF: Table = belonging(
    TableId::VmpBnf,
    "f_bnf1",
    &["BNF_DETAILS", "VMPS", "VMP"],
    &[
        one("VPID", Reference(TableId::Vmp)),
        optional("BNF", Text),
        optional("ATC", Text),
        optional("DDD", Decimal),
        optional("DDD_UOMCD", UNIT),
    ],
    "VPID",
);

/// `f_bnf1`, AMPS.
pub(crate) const AMP_BNF: Table = belonging(
    TableId::AmpBnf,
    "f_bnf1",
    &["BNF_DETAILS", "AMPS", "AMP"],
    &[one("APID", Reference(TableId::Amp)), one("BNF", Text)],
    "APID",
);

const HISTORY_COLUMNS: &[Column] = &[
    one("IDCURRENT", Sctid),
    one("IDPREVIOUS", Sctid),
    one("STARTDT", Date),
    optional("ENDDT", Date),
];

const fn history(id: TableId, path: &'static [&'static str]) -> Table {
    Table { id, file: "f_history1", path, columns: HISTORY_COLUMNS, owner: None, links: &[] }
}

/// `f_history1`, VTMS.
pub(crate) const VTM_HISTORY: Table = history(TableId::VtmHistory, &["HISTORY", "VTMS", "VTM"]);
/// `f_history1`, VMPS.
pub(crate) const VMP_HISTORY: Table = history(TableId::VmpHistory, &["HISTORY", "VMPS", "VMP"]);
/// `f_history1`, INGS.
pub(crate) const INGREDIENT_HISTORY: Table =
    history(TableId::IngredientHistory, &["HISTORY", "INGS", "ING"]);
/// `f_history1`, SUPPS.
pub(crate) const SUPPLIER_HISTORY: Table =
    history(TableId::SupplierHistory, &["HISTORY", "SUPPS", "SUPP"]);
/// `f_history1`, FORMS.
pub(crate) const FORM_HISTORY: Table = history(TableId::FormHistory, &["HISTORY", "FORMS", "FORM"]);
/// `f_history1`, ROUTES.
pub(crate) const ROUTE_HISTORY: Table =
    history(TableId::RouteHistory, &["HISTORY", "ROUTES", "ROUTE"]);
/// `f_history1`, UOMS.
pub(crate) const UNIT_OF_MEASURE_HISTORY: Table =
    history(TableId::UnitOfMeasureHistory, &["HISTORY", "UOMS", "UOM"]);

/// `f_vtm_ing1`.
pub(crate) const VTM_INGREDIENT: Table = belonging(
    TableId::VtmIngredient,
    "f_vtm_ing1",
    &["VTM_INGREDIENTS", "VTM_ING"],
    &[one("VTMID", Reference(TableId::Vtm)), one("ISID", Reference(TableId::Ingredient))],
    "VTMID",
);

/// Trade families, TFS.
pub(crate) const TRADE_FAMILY: Table = Table {
    id: TableId::TradeFamily,
    file: "f_tradefamily1",
    path: &["TRADE_FAMILY", "TFS", "TF"],
    columns: &[
        one("TFID", Id),
        optional("TFIDDT", Date),
        optional("TFIDPREV", Sctid),
        optional("TFGID", Reference(TableId::TradeFamilyGroup)),
        optional("INVALID", Flag),
        one("NM", Text),
        optional("NMDT", Date),
        optional("NMPREV", Text),
    ],
    owner: None,
    links: &[Link::Rows(TableId::TradeFamilyAmp)],
};

/// Trade families, TFGS.
pub(crate) const TRADE_FAMILY_GROUP: Table = Table {
    id: TableId::TradeFamilyGroup,
    file: "f_tradefamily1",
    path: &["TRADE_FAMILY", "TFGS", "TFG"],
    columns: &[
        one("TFGID", Id),
        optional("TFGIDDT", Date),
        optional("TFGIDPREV", Sctid),
        optional("INVALID", Flag),
        one("NM", Text),
        optional("NMDT", Date),
        optional("NMPREV", Text),
    ],
    owner: None,
    links: &[Link::Order(Order::TradeFamilyByGroup)],
};

/// Trade families, TF_AMPS.
pub(crate) const TRADE_FAMILY_AMP: Table = belonging(
    TableId::TradeFamilyAmp,
    "f_tradefamily1",
    &["TRADE_FAMILY", "TF_AMPS", "TF_AMP"],
    &[one("TFID", Reference(TableId::TradeFamily)), one("APID", Reference(TableId::Amp))],
    "TFID",
);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tables_stand_at_their_numbers_and_name_what_they_have() {
        for (number, table) in TABLES.iter().enumerate() {
            assert_eq!(table.id.number(), number);
            assert_eq!(table.id.table(), *table);
            if let Some(owner) = table.owner {
                let Reference(owning) = table.columns[table.column(owner)].kind else {
                    panic!("{owner} refers to nothing");
                };
                assert!(owning.table().links.contains(&Link::Rows(table.id)), "{owner}");
            }
            for link in table.links {
                let (holder, column) = match link {
                    Link::Rows(rows) => (rows.table(), rows.table().owner.unwrap()),
                    Link::Order(order) => (order.of().0.table(), order.of().1),
                };
                let kind = holder.columns[holder.column(column)].kind;
                assert_eq!(kind, Reference(table.id), "{column}");
            }
        }
        for (number, order) in Order::ALL.into_iter().enumerate() {
            assert_eq!(order as usize, number);
        }
        for (number, list) in List::ALL.into_iter().enumerate() {
            assert_eq!(list.number(), number);
        }
    }
}
