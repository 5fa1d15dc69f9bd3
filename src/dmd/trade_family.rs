//! Trade families and their groups.

use super::amp::Amp;
use super::record::{links, record};
use super::schema::{Link, Order, TableId};

record! {
    /// A trade family: the products of one brand.
    TradeFamily: TRADE_FAMILY, TradeFamily;
    /// Its identifier (TFID), an SCTID.
    id = id "TFID";
    /// Its name (NM).
    name = name "NM";
    /// Whether it is marked as invalid (INVALID).
    is_invalid = flag "INVALID";
    /// Its group (TFGID); `None` where it has none, or one that the release lacks.
    group = to(TradeFamilyGroup) "TFGID";
    /// The identifier of its group, also where the release lacks that.
    group_id = id_of(TableId::TradeFamilyGroup) "TFGID";
    /// The identifier before this one (TFIDPREV).
    previous_id = sctid "TFIDPREV";
    /// The day since which the identifier is valid (TFIDDT).
    id_valid_from = date "TFIDDT";
    /// The day since which the name is valid (NMDT).
    name_valid_from = date "NMDT";
    /// Its name before this one (NMPREV).
    previous_name = text "NMPREV";
}

links! {
    TradeFamily: TRADE_FAMILY;
    /// Its AMPs.
    amps = Link::Rows(TableId::TradeFamilyAmp) => TradeFamilyAmp;
}

record! {
    /// A group of trade families.
    TradeFamilyGroup: TRADE_FAMILY_GROUP, TradeFamilyGroup;
    /// Its identifier (TFGID), an SCTID.
    id = id "TFGID";
    /// Its name (NM).
    name = name "NM";
    /// Whether it is marked as invalid (INVALID).
    is_invalid = flag "INVALID";
    /// The identifier before this one (TFGIDPREV).
    previous_id = sctid "TFGIDPREV";
    /// The day since which the identifier is valid (TFGIDDT).
    id_valid_from = date "TFGIDDT";
    /// The day since which the name is valid (NMDT).
    name_valid_from = date "NMDT";
    /// Its name before this one (NMPREV).
    previous_name = text "NMPREV";
}

links! {
    TradeFamilyGroup: TRADE_FAMILY_GROUP;
    /// Its families.
    families = Link::Order(Order::TradeFamilyByGroup) => TradeFamily;
}

record! {
    /// An AMP of a trade family (TF_AMP).
    TradeFamilyAmp: TRADE_FAMILY_AMP, TradeFamilyAmp;
    /// The trade family (TFID).
    trade_family = to(TradeFamily) "TFID";
    /// The AMP (APID).
    amp = to(Amp) "APID";
    /// The identifier of the AMP, also where the release lacks that.
    amp_id = id_of(TableId::Amp) "APID";
}
