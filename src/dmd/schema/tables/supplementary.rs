//! The supplementary release: `f_bnf1`, `f_history1`, `f_vtm_ing1` and the trade families.

use super::super::Kind::{Date, Decimal, Flag, Id, Reference, Sctid, Text};
use super::super::column::{Column, one, optional};
use super::super::table::{Link, Order, Table, TableId};
use super::{UNIT, belonging};

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
