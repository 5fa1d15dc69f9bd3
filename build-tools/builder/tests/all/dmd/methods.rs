//! The methods that give elements of dm+d: named here for the compiler to find, and asked.

use std::collections::BTreeSet;

use farr::dmd::schema::{Kind, TableId};
use farr::dmd::*;
use farr::snomed::Decimal;
use farr::{Date, Gtin, Sctid};

use crate::support::dmd::said_by_index;

/// What a method gives, written as `said_by_index` writes elements; `None` for what is absent.
trait Given {
    fn given(self) -> Option<String>;
}

impl Given for &str {
    fn given(self) -> Option<String> {
        (!self.is_empty()).then(|| self.to_owned())
    }
}

/// A flag that is clear is as one that is absent.
impl Given for bool {
    fn given(self) -> Option<String> {
        self.then(|| "1".to_owned())
    }
}

impl<T: Given> Given for Option<T> {
    fn given(self) -> Option<String> {
        self.and_then(Given::given)
    }
}

macro_rules! given {
    ($($of:ty: $one:ident => $text:expr;)*) => {
        $(impl Given for $of {
            fn given(self) -> Option<String> {
                let $one = self;
                Some($text)
            }
        })*
    };
}

given! {
    u32: one => one.to_string();
    u64: one => one.to_string();
    Sctid: one => one.value().to_string();
    Gtin: one => one.value().to_string();
    Date: one => one.to_string();
    Decimal<'_>: one => one.as_published().to_owned();
    LookupEntry<'_>: one => one.code().to_string();
    Vtm<'_>: one => one.id().value().to_string();
    Vmp<'_>: one => one.id().value().to_string();
    Amp<'_>: one => one.id().value().to_string();
    Vmpp<'_>: one => one.id().value().to_string();
    Ampp<'_>: one => one.id().value().to_string();
    Ingredient<'_>: one => one.id().value().to_string();
    TradeFamily<'_>: one => one.id().value().to_string();
    TradeFamilyGroup<'_>: one => one.id().value().to_string();
}

/// Each record of a table, and what a method gives of it.
type Asked<'t> = Vec<(Record<'t>, Option<String>)>;

/// A method that gives an element.
pub(crate) struct Method {
    pub(crate) table: TableId,
    pub(crate) element: &'static str,
    /// As in `Vmp::name`.
    pub(crate) path: &'static str,
    ask: for<'t> fn(Dmd<'t>) -> Asked<'t>,
}

macro_rules! methods {
    ($($of:ident { $($element:literal: $($method:ident),+;)* })*) => {
        /// Every method that gives an element of a record with a type of its own.
        pub(crate) fn methods() -> Vec<Method> {
            vec![$($($(Method {
                table: <$of<'_> as DmdRecord<'_>>::TABLE,
                element: $element,
                path: concat!(stringify!($of), "::", stringify!($method)),
                ask: |dmd| {
                    let all = dmd.records::<$of<'_>>();
                    all.map(|one| (one.record(), $of::$method(one).given())).collect()
                },
            },)+)*)*]
        }
    };
}

methods! {
    Vtm {
        "VTMID": id;
        "INVALID": is_invalid;
        "NM": name;
        "ABBREVNM": abbreviated_name;
        "VTMIDPREV": previous_id;
        "VTMIDDT": id_valid_from;
    }
    Vmp {
        "VPID": id;
        "VPIDDT": id_valid_from;
        "VPIDPREV": previous_id;
        "VTMID": vtm, vtm_id;
        "INVALID": is_invalid;
        "NM": name;
        "ABBREVNM": abbreviated_name;
        "BASISCD": basis_of_name;
        "NMDT": name_valid_from;
        "NMPREV": previous_name;
        "BASIS_PREVCD": previous_basis_of_name;
        "NMCHANGECD": name_change_reason;
        "COMBPRODCD": combination_product;
        "PRES_STATCD": prescribing_status;
        "SUG_F": is_sugar_free;
        "GLU_F": is_gluten_free;
        "PRES_F": is_preservative_free;
        "CFC_F": is_cfc_free;
        "NON_AVAILCD": non_availability;
        "NON_AVAILDT": non_availability_from;
        "DF_INDCD": dose_form_indicator;
        "UDFS": unit_dose_form_size;
        "UDFS_UOMCD": unit_dose_form_units;
        "UNIT_DOSE_UOMCD": unit_dose_unit_of_measure;
    }
    Amp {
        "APID": id;
        "INVALID": is_invalid;
        "VPID": vmp, vmp_id;
        "NM": name;
        "ABBREVNM": abbreviated_name;
        "DESC": description;
        "NMDT": name_valid_from;
        "NM_PREV": previous_name;
        "SUPPCD": supplier;
        "LIC_AUTHCD": licensing_authority;
        "LIC_AUTH_PREVCD": previous_licensing_authority;
        "LIC_AUTHCHANGECD": licensing_authority_change_reason;
        "LIC_AUTHCHANGEDT": licensing_authority_changed;
        "COMBPRODCD": combination_product;
        "FLAVOURCD": flavour;
        "EMA": has_additional_monitoring;
        "PARALLEL_IMPORT": is_parallel_import;
        "AVAIL_RESTRICTCD": availability_restriction;
    }
    Vmpp {
        "VPPID": id;
        "INVALID": is_invalid;
        "NM": name;
        "ABBREVNM": abbreviated_name;
        "VPID": vmp, vmp_id;
        "QTYVAL": quantity;
        "QTY_UOMCD": quantity_units;
        "COMBPACKCD": combination_pack;
    }
    Ampp {
        "APPID": id;
        "INVALID": is_invalid;
        "NM": name;
        "ABBREVNM": abbreviated_name;
        "VPPID": vmpp, vmpp_id;
        "APID": amp, amp_id;
        "COMBPACKCD": combination_pack;
        "LEGAL_CATCD": legal_category;
        "SUBP": subpack;
        "DISCCD": discontinued;
        "DISCDT": discontinued_from;
    }
    Ingredient {
        "ISID": id;
        "ISIDDT": id_valid_from;
        "ISIDPREV": previous_id;
        "INVALID": is_invalid;
        "NM": name;
    }
    LookupEntry {
        "CD": code;
        "CDDT": valid_from;
        "CDPREV": previous_code;
        "INVALID": is_invalid;
        "DESC": description;
    }
    VirtualProductIngredient {
        "VPID": vmp;
        "ISID": ingredient, ingredient_id;
        "BASIS_STRNTCD": basis_of_strength;
        "BS_SUBID": base_substance, base_substance_id;
        "STRNT_NMRTR_VAL": strength_numerator;
        "STRNT_NMRTR_UOMCD": strength_numerator_units;
        "STRNT_DNMTR_VAL": strength_denominator;
        "STRNT_DNMTR_UOMCD": strength_denominator_units;
    }
    OntDrugForm {
        "VPID": vmp;
        "FORMCD": form;
    }
    DrugForm {
        "VPID": vmp;
        "FORMCD": form;
    }
    DrugRoute {
        "VPID": vmp;
        "ROUTECD": route;
    }
    ControlDrugInfo {
        "VPID": vmp;
        "CATCD": category;
        "CATDT": category_from;
        "CAT_PREVCD": previous_category;
    }
    Excipient {
        "APID": amp;
        "ISID": ingredient, ingredient_id;
        "STRNTH": strength;
        "UOMCD": strength_units;
    }
    LicensedRoute {
        "APID": amp;
        "ROUTECD": route;
    }
    ProductInformation {
        "APID": amp;
        "SZ_WEIGHT": size_or_weight;
        "COLOURCD": colour;
        "PROD_ORDER_NO": order_number;
    }
    DrugTariffInfo {
        "VPPID": vmpp;
        "PAY_CATCD": payment_category;
        "PRICE": price;
        "DT": price_from;
        "PREVPRICE": previous_price;
    }
    VmppComponent {
        "PRNTVPPID": combination, combination_id;
        "CHLDVPPID": component, component_id;
    }
    AppliancePackInfo {
        "APPID": ampp;
        "REIMB_STATCD": reimbursement_status;
        "REIMB_STATDT": reimbursement_status_from;
        "REIMB_STATPREVCD": previous_reimbursement_status;
        "PACK_ORDER_NO": order_number;
    }
    PrescribInfo {
        "APPID": ampp;
        "SCHED_2": is_schedule_2;
        "ACBS": is_acbs;
        "PADM": is_personally_administered;
        "FP10_MDA": is_fp10_mda;
        "SCHED_1": is_schedule_1;
        "HOSP": is_hospital_pack;
        "NURSE_F": is_in_nurse_formulary;
        "ENURSE_F": is_in_extended_nurse_formulary;
        "DENT_F": is_in_dental_formulary;
    }
    PriceInfo {
        "APPID": ampp;
        "PRICE": price;
        "PRICEDT": price_from;
        "PRICE_PREV": previous_price;
        "PRICE_BASISCD": price_basis;
    }
    ReimbursementInfo {
        "APPID": ampp;
        "PX_CHRGS": prescription_charges;
        "DISP_FEES": dispensing_fees;
        "BB": has_broken_bulk;
        "LTD_STAB": has_limited_stability;
        "CAL_PACK": is_calendar_pack;
        "SPEC_CONTCD": special_container;
        "DND": discount_not_deducted;
        "FP34D": is_fp34d;
    }
    AmppComponent {
        "PRNTAPPID": combination, combination_id;
        "CHLDAPPID": component, component_id;
    }
    PackGtin {
        "AMPPID": ampp, ampp_id;
        "GTIN": gtin;
        "STARTDT": start;
        "ENDDT": end;
    }
    VmpBnf {
        "VPID": vmp, vmp_id;
        "BNF": bnf;
        "ATC": atc;
        "DDD": defined_daily_dose;
        "DDD_UOMCD": defined_daily_dose_units;
    }
    AmpBnf {
        "APID": amp, amp_id;
        "BNF": bnf;
    }
    VtmIngredient {
        "VTMID": vtm, vtm_id;
        "ISID": ingredient, ingredient_id;
    }
    TradeFamily {
        "TFID": id;
        "TFIDDT": id_valid_from;
        "TFIDPREV": previous_id;
        "TFGID": group, group_id;
        "INVALID": is_invalid;
        "NM": name;
        "NMDT": name_valid_from;
        "NMPREV": previous_name;
    }
    TradeFamilyGroup {
        "TFGID": id;
        "TFGIDDT": id_valid_from;
        "TFGIDPREV": previous_id;
        "INVALID": is_invalid;
        "NM": name;
        "NMDT": name_valid_from;
        "NMPREV": previous_name;
    }
    TradeFamilyAmp {
        "TFID": trade_family;
        "APID": amp, amp_id;
    }
}

impl Method {
    /// Holds what it gives against the element itself, and tells how often that is there.
    pub(crate) fn hold_to_element(&self, dmd: Dmd<'_>) -> usize {
        let mut present = 0;
        for (record, given) in (self.ask)(dmd) {
            let (_, _, said) = said_by_index(record);
            let said = said.into_iter().find(|(name, _)| name == self.element);
            let said = said.map(|(_, value)| value);
            let said = said.filter(|value| self.kind() != Kind::Flag || value != "0");
            assert_eq!(given, said, "{} of {record:?}", self.path);
            present += usize::from(said.is_some());
        }
        present
    }

    fn kind(&self) -> Kind {
        let table = self.table.table();
        table.columns[table.column(self.element)].kind
    }
}

macro_rules! fields {
    ($($element:literal: $field:ident;)*) => {
        /// Elements of the history file, and the fields that give them.
        pub(crate) const HISTORY: &[(&str, &str)] =
            &[$(($element, concat!("PreviousId::", stringify!($field))),)*];

        /// What the fields give, in this order.
        fn fields(row: PreviousId) -> Vec<Option<String>> {
            vec![$(row.$field.given(),)*]
        }
    };
}

fields! {
    "IDCURRENT": current;
    "IDPREVIOUS": previous;
    "STARTDT": start;
    "ENDDT": end;
}

/// The tables of the history file, and what they are of.
pub(crate) const HISTORY_TABLES: [(TableId, IdKind); 7] = [
    (TableId::VtmHistory, IdKind::Vtm),
    (TableId::VmpHistory, IdKind::Vmp),
    (TableId::IngredientHistory, IdKind::Ingredient),
    (TableId::SupplierHistory, IdKind::Supplier),
    (TableId::FormHistory, IdKind::Form),
    (TableId::RouteHistory, IdKind::Route),
    (TableId::UnitOfMeasureHistory, IdKind::UnitOfMeasure),
];

/// Holds the rows of the history file against what is told of ids through time.
pub(crate) fn hold_history_to_elements(dmd: Dmd<'_>) {
    for (table, kind) in HISTORY_TABLES {
        let mut said = BTreeSet::new();
        let mut given = BTreeSet::new();
        for record in dmd.table(table) {
            let (_, _, elements) = said_by_index(record);
            let get = |name: &str| {
                let found = elements.iter().find(|(element, _)| element == name);
                found.map(|(_, value)| value.clone())
            };
            said.insert(HISTORY.iter().map(|(element, _)| get(element)).collect::<Vec<_>>());
            let current = get("IDCURRENT").expect("it has one").parse().expect("a number");
            let current = Sctid::as_published(current).expect("an id");
            let rows = dmd.history_of(current);
            let rows = rows.filter(|row| row.kind == kind && row.source == IdSource::History);
            given.extend(rows.map(fields));
        }
        assert!(!said.is_empty(), "{table:?}");
        assert_eq!(given, said, "{table:?}");
    }
}
