//! Actual medicinal products.

use super::ampp::Ampp;
use super::ingredient::Excipient;
use super::record::{links, record};
use super::schema::{Link, List, Order, TableId};
use super::trade_family::TradeFamilyAmp;
use super::vmp::Vmp;

record! {
    /// An actual medicinal product (AMP): a VMP as a supplier makes it.
    Amp: AMP, Amp;
    /// Its identifier (APID), an SCTID.
    id = id "APID";
    /// Its name without the supplier (NM).
    name = name "NM";
    /// Its name with the supplier (DESC).
    description = name "DESC";
    /// Its abbreviated name (ABBREVNM).
    abbreviated_name = text "ABBREVNM";
    /// Whether it is marked as invalid (INVALID). Invalid products stay in the files.
    is_invalid = flag "INVALID";
    /// What it is an actual product of (VPID); `None` where the release lacks that.
    vmp = to(Vmp) "VPID";
    /// The identifier of its VMP, also where the release lacks that.
    vmp_id = id_of(TableId::Vmp) "VPID";
    /// The day since which the name is valid (NMDT).
    name_valid_from = date "NMDT";
    /// Its name before this one (NM_PREV).
    previous_name = text "NM_PREV";
    /// Who supplies it (SUPPCD).
    supplier = code(List::Supplier) "SUPPCD";
    /// Its licensing authority (LIC_AUTHCD).
    licensing_authority = code(List::LicensingAuthority) "LIC_AUTHCD";
    /// Its licensing authority before (LIC_AUTH_PREVCD).
    previous_licensing_authority = code(List::LicensingAuthority) "LIC_AUTH_PREVCD";
    /// Why the licensing authority changed (LIC_AUTHCHANGECD).
    licensing_authority_change_reason = code(List::LicensingAuthorityChangeReason) "LIC_AUTHCHANGECD";
    /// The day on which the licensing authority changed (LIC_AUTHCHANGEDT).
    licensing_authority_changed = date "LIC_AUTHCHANGEDT";
    /// Whether it is a combination product, or only a component of one (COMBPRODCD).
    combination_product = code(List::CombinationProduct) "COMBPRODCD";
    /// Its flavour (FLAVOURCD).
    flavour = code(List::Flavour) "FLAVOURCD";
    /// Whether the European Medicines Agency asks for additional monitoring (EMA).
    has_additional_monitoring = flag "EMA";
    /// Whether it is a parallel import (PARALLEL_IMPORT).
    is_parallel_import = flag "PARALLEL_IMPORT";
    /// How its availability is restricted (AVAIL_RESTRICTCD).
    availability_restriction = code(List::AvailabilityRestriction) "AVAIL_RESTRICTCD";
}

links! {
    Amp: AMP;
    /// The packs of this product, by id.
    ampps = Link::Rows(TableId::Ampp) => Ampp;
    /// Its excipients, as far as dm+d has them.
    excipients = Link::Rows(TableId::ActualProductIngredient) => Excipient;
    /// The routes it is licensed for.
    licensed_routes = Link::Rows(TableId::LicensedRoute) => LicensedRoute;
    /// What is known of it as an appliance.
    product_information = Link::Rows(TableId::ActualProductInformation) => ProductInformation;
    /// Its BNF codes, from the supplementary release (`f_bnf1`).
    bnf_details = Link::Rows(TableId::AmpBnf) => AmpBnf;
    /// The trade families it belongs to, where the release has them.
    trade_families = Link::Order(Order::TradeFamilyAmpByAmp) => TradeFamilyAmp;
}

record! {
    /// A route that an AMP is licensed for (LIC_ROUTE).
    LicensedRoute: LICENSED_ROUTE, LicensedRoute;
    /// The AMP (APID).
    amp = to(Amp) "APID";
    /// The route (ROUTECD).
    route = code(List::Route) "ROUTECD";
}

record! {
    /// What is known of an AMP as an appliance (AP_INFO).
    ProductInformation: ACTUAL_PRODUCT_INFORMATION, ActualProductInformation;
    /// The AMP (APID).
    amp = to(Amp) "APID";
    /// Its size or weight (SZ_WEIGHT).
    size_or_weight = text "SZ_WEIGHT";
    /// Its colour (COLOURCD).
    colour = code(List::Colour) "COLOURCD";
    /// Its order number (PROD_ORDER_NO).
    order_number = text "PROD_ORDER_NO";
}

record! {
    /// The BNF code of an AMP.
    AmpBnf: AMP_BNF, AmpBnf;
    /// The AMP (APID); `None` where the release lacks it.
    amp = to(Amp) "APID";
    /// The identifier of the AMP, also where the release lacks that.
    amp_id = id_of(TableId::Amp) "APID";
    /// The BNF code, a text: zeros lead (BNF).
    bnf = text "BNF";
}
