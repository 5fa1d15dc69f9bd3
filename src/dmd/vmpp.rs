//! Virtual medicinal product packs.

use super::ampp::Ampp;
use super::record::{links, record};
use super::schema::{Link, List, Order, TableId};
use super::vmp::Vmp;

record! {
    /// A virtual medicinal product pack (VMPP): an amount of a VMP.
    Vmpp: VMPP, Vmpp;
    /// Its identifier (VPPID), an SCTID.
    id = id "VPPID";
    /// Its name (NM).
    name = name "NM";
    /// Its abbreviated name (ABBREVNM); not in the XML schema's early versions.
    abbreviated_name = text "ABBREVNM";
    /// Whether it is marked as invalid (INVALID). Invalid products stay in the files.
    is_invalid = flag "INVALID";
    /// What it is a pack of (VPID); `None` where the release lacks that.
    vmp = to(Vmp) "VPID";
    /// The identifier of its VMP, also where the release lacks that.
    vmp_id = id_of(TableId::Vmp) "VPID";
    /// How much of it there is in a pack (QTYVAL), in [`Vmpp::quantity_units`].
    quantity = decimal "QTYVAL";
    /// The units of the quantity (QTY_UOMCD).
    quantity_units = code(List::UnitOfMeasure) "QTY_UOMCD";
    /// Whether it is a combination pack, or only a component of one (COMBPACKCD).
    combination_pack = code(List::CombinationPack) "COMBPACKCD";
}

links! {
    Vmpp: VMPP;
    /// The AMPPs of this pack, by AMP and then by id.
    ampps = Link::Order(Order::AmppByVmpp) => Ampp;
    /// What the Drug Tariff says of it: at most one in all releases seen.
    drug_tariff_info = Link::Rows(TableId::DrugTariffInfo) => DrugTariffInfo;
    /// The components of this combination pack.
    components = Link::Rows(TableId::VmppContent) => VmppComponent;
    /// The combination packs that this pack is a component of.
    combinations = Link::Order(Order::VmppContentByChild) => VmppComponent;
}

record! {
    /// What the Drug Tariff says of a VMPP (DTINFO).
    DrugTariffInfo: DRUG_TARIFF_INFO, DrugTariffInfo;
    /// The VMPP (VPPID).
    vmpp = to(Vmpp) "VPPID";
    /// The payment category (PAY_CATCD).
    payment_category = code(List::DrugTariffPaymentCategory) "PAY_CATCD";
    /// The price in pence (PRICE).
    price = integer "PRICE";
    /// The day since which the price is valid (DT).
    price_from = date "DT";
    /// The price before, in pence (PREVPRICE).
    previous_price = integer "PREVPRICE";
}

record! {
    /// A component of a combination VMPP (CCONTENT).
    VmppComponent: VMPP_CONTENT, VmppContent;
    /// The combination pack (PRNTVPPID).
    combination = to(Vmpp) "PRNTVPPID";
    /// The component (CHLDVPPID).
    component = to(Vmpp) "CHLDVPPID";
    /// The identifier of the combination pack, also where the release lacks that.
    combination_id = id_of(TableId::Vmpp) "PRNTVPPID";
    /// The identifier of the component, also where the release lacks that.
    component_id = id_of(TableId::Vmpp) "CHLDVPPID";
}
