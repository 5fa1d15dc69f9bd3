//! What kind of change it is when an element is another.

use crate::diff::ChangeKind;
use crate::dmd::schema::{Column, Kind, Table, TableId};

/// What it is when this element of this table is another. Total: an element that is not named here
/// is another element of a product, or of a record that is of none.
pub(super) fn kind_of(table: TableId, column: &Column) -> ChangeKind {
    use TableId as T;
    let of_record =
        matches!(table, T::Ingredient | T::Lookup | T::TradeFamily | T::TradeFamilyGroup);
    match (table, column.element) {
        (T::Vtm | T::Vmp | T::Amp | T::Vmpp | T::Ampp, "NM" | "DESC" | "ABBREVNM") => {
            ChangeKind::ProductRenamed
        }
        // The day of a discontinuation decides as much as the discontinuation does.
        (T::Vmp, "NON_AVAILCD" | "NON_AVAILDT")
        | (T::Amp, "AVAIL_RESTRICTCD")
        | (T::Ampp, "DISCCD" | "DISCDT") => ChangeKind::AvailabilityChanged,
        (T::Vmp, "PRES_STATCD") => ChangeKind::PrescribingStatusChanged,
        (T::PriceInfo, "PRICE" | "PRICE_PREV" | "PRICE_BASISCD")
        | (T::DrugTariffInfo, "PRICE" | "PREVPRICE") => ChangeKind::PriceChanged,
        _ if column.kind == Kind::Date => ChangeKind::Republished,
        _ if of_record => ChangeKind::RecordChanged,
        _ => ChangeKind::ProductChanged,
    }
}

/// The element whose value before this element holds, for those that hold one.
pub(super) fn previous_of(table: TableId, element: &str) -> Option<&'static str> {
    use TableId as T;
    Some(match (table, element) {
        (T::Vtm, "VTMIDPREV") => "VTMID",
        (T::Vmp, "VPIDPREV") => "VPID",
        (T::Vmp, "BASIS_PREVCD") => "BASISCD",
        (T::Amp, "LIC_AUTH_PREVCD") => "LIC_AUTHCD",
        (T::Ingredient, "ISIDPREV") => "ISID",
        (T::Lookup, "CDPREV") => "CD",
        (T::TradeFamily, "TFIDPREV") => "TFID",
        (T::TradeFamilyGroup, "TFGIDPREV") => "TFGID",
        (T::Vmp | T::TradeFamily | T::TradeFamilyGroup, "NMPREV") | (T::Amp, "NM_PREV") => "NM",
        (T::ControlDrugInfo, "CAT_PREVCD") => "CATCD",
        (T::AppliancePackInfo, "REIMB_STATPREVCD") => "REIMB_STATCD",
        (T::DrugTariffInfo, "PREVPRICE") | (T::PriceInfo, "PRICE_PREV") => "PRICE",
        _ => return None,
    })
}

/// How records of a table that belong to a product are told apart within it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Rows {
    /// A product has at most one, in all releases seen.
    One,
    /// By what this element holds.
    By(&'static str),
}

/// A table of records that belong to a product.
#[derive(Clone, Copy, Debug)]
pub(super) struct Belonging {
    pub(super) table: TableId,
    /// The element that names the product that a change of it is told of.
    pub(super) about: &'static str,
    pub(super) rows: Rows,
}

/// The tables of records that belong to products.
pub(super) const BELONGING: [Belonging; 20] = {
    use Rows::{By, One};
    use TableId as T;
    const fn of(table: TableId, about: &'static str, rows: Rows) -> Belonging {
        Belonging { table, about, rows }
    }
    [
        of(T::VtmIngredient, "VTMID", By("ISID")),
        of(T::VirtualProductIngredient, "VPID", By("ISID")),
        of(T::OntDrugForm, "VPID", By("FORMCD")),
        of(T::DrugForm, "VPID", By("FORMCD")),
        of(T::DrugRoute, "VPID", By("ROUTECD")),
        of(T::ControlDrugInfo, "VPID", One),
        of(T::VmpBnf, "VPID", One),
        of(T::ActualProductIngredient, "APID", By("ISID")),
        of(T::LicensedRoute, "APID", By("ROUTECD")),
        of(T::ActualProductInformation, "APID", One),
        of(T::AmpBnf, "APID", One),
        // It belongs to a family, and says something of the product.
        of(T::TradeFamilyAmp, "APID", By("TFID")),
        of(T::DrugTariffInfo, "VPPID", One),
        of(T::VmppContent, "PRNTVPPID", By("CHLDVPPID")),
        of(T::AppliancePackInfo, "APPID", One),
        of(T::PrescribInfo, "APPID", One),
        of(T::PriceInfo, "APPID", One),
        of(T::ReimbursementInfo, "APPID", One),
        of(T::AmppContent, "PRNTAPPID", By("CHLDAPPID")),
        of(T::Gtin, "AMPPID", By("GTIN")),
    ]
};

/// The level of products that records of a table are told of, and the link that leads to them.
pub(super) fn holder(belonging: &Belonging) -> Option<(TableId, crate::dmd::schema::Link)> {
    use crate::dmd::schema::{Link, Order};
    let table = belonging.table.table();
    let about = table.columns.iter().find(|column| column.element == belonging.about)?;
    let Kind::Reference(holder) = about.kind else { return None };
    let link = match belonging.table {
        TableId::TradeFamilyAmp => Link::Order(Order::TradeFamilyAmpByAmp),
        table => Link::Rows(table),
    };
    Some((holder, link))
}

/// The name of a record in a component: its own element, or that of its file where its own is that
/// of a product.
pub(super) fn record_name(table: &Table) -> &'static str {
    match table.id {
        TableId::VmpBnf | TableId::AmpBnf => "BNF_DETAILS",
        _ => table.path.last().copied().unwrap_or_default(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dmd::schema::TABLES;

    #[test]
    fn every_table_is_of_products_or_belongs_to_one_or_is_a_record_or_history() {
        use TableId as T;
        for table in TABLES {
            let product = matches!(table.id, T::Vtm | T::Vmp | T::Amp | T::Vmpp | T::Ampp);
            let record = matches!(
                table.id,
                T::Ingredient | T::Lookup | T::TradeFamily | T::TradeFamilyGroup
            );
            let history = table.file == "f_history1";
            let belongs = BELONGING.iter().filter(|found| found.table == table.id).count();
            let ways = [product, record, history].into_iter().filter(|holds| *holds).count();
            assert_eq!(ways + belongs, 1, "{:?}", table.id);
        }
        for belonging in BELONGING {
            let (holder, link) = holder(&belonging).expect("it refers to a product");
            assert!(holder.table().links.contains(&link), "{belonging:?}");
            if let Rows::By(key) = belonging.rows {
                belonging.table.table().column(key);
            }
        }
    }

    #[test]
    fn elements_that_hold_what_was_before_stand_beside_what_is_now() {
        let mut found = 0;
        for table in TABLES {
            for column in table.columns {
                let Some(now) = previous_of(table.id, column.element) else {
                    // The history file alone has a previous id beside a current one.
                    let previous = column.element.contains("PREV");
                    assert!(!previous || column.element == "IDPREVIOUS", "{}", column.element);
                    continue;
                };
                table.column(now);
                found += 1;
            }
        }
        assert_eq!(found, 17);
    }
}
