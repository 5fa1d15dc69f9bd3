//! The tables.

mod lookup;
mod packs;
mod products;
mod supplementary;

use super::Kind::{self, Code};
use super::column::Column;
use super::list::List;
use super::table::{Table, TableId};

pub(crate) use lookup::*;
pub(crate) use packs::*;
pub(crate) use products::*;
pub(crate) use supplementary::*;

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

const UNIT: Kind = Code(List::UnitOfMeasure);

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

#[cfg(test)]
mod tests {
    use super::super::Kind::Reference;
    use super::super::table::{Link, Order};
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
