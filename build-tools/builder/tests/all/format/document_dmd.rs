//! The tables of dm+d in `docs/format.md` against the schema.

use farr::dmd::schema::{Kind, Link, List, Order, TABLES, Table, TableId};

use super::tables::rows;

/// A record as `docs/dmd.md` names it.
fn record(table: &Table) -> String {
    format!("`{}`", table.path[1..].join(" / "))
}

fn link(link: &Link) -> String {
    match link {
        Link::Rows(table) => format!("table {}", table.number()),
        Link::Order(order) => format!("order {}", *order as usize),
    }
}

fn belongs_to(table: &Table) -> String {
    let Some(owner) = table.owner else { return String::new() };
    let Kind::Reference(target) = table.columns[table.column(owner)].kind else {
        panic!("{owner} refers to nothing")
    };
    format!("table {} by `{owner}`", target.number())
}

/// Holds the rows of a table of the document against what they should be.
fn hold(columns: &[&str], expected: Vec<Vec<String>>) {
    let documented: Vec<Vec<String>> = rows(columns).into_iter().map(|(_, cells)| cells).collect();
    let lines: Vec<String> =
        expected.iter().map(|cells| format!("| {} |", cells.join(" | "))).collect();
    assert!(documented == expected, "the table should be:\n{}", lines.join("\n"));
}

#[test]
fn tables_are_those_of_the_schema() {
    let row = |table: &&Table| {
        let links: Vec<String> = table.links.iter().map(link).collect();
        vec![
            table.id.number().to_string(),
            record(table),
            format!("`{}`", table.file),
            table.row_length().to_string(),
            belongs_to(table),
            links.join(", "),
        ]
    };
    let columns = ["table", "record", "in", "bytes of a row", "belongs to", "links"];
    hold(&columns, TABLES.iter().map(row).collect());
}

#[test]
fn orders_and_lists_are_those_of_the_schema() {
    let order = |order: &Order| {
        let (table, column) = order.of();
        let number = (*order as usize).to_string();
        vec![number, format!("`{order:?}`"), table.number().to_string(), format!("`{column}`")]
    };
    hold(&["order", "name", "rows of table", "by"], Order::ALL.iter().map(order).collect());
    let list = |list: List| vec![list.number().to_string(), format!("`{}`", list.element())];
    hold(&["list", "element"], List::ALL.into_iter().map(list).collect());
}

/// What the document says of the width of each column.
#[test]
fn columns_are_stored_as_the_document_says() {
    let stored = |words: &str| {
        let row = rows(&["stored as", "type", "value"]).into_iter().map(|(_, cells)| cells);
        let mut row = row.filter(|cells| cells[0].split(", ").any(|word| word == words));
        match row.next().unwrap_or_else(|| panic!("there is no row of {words}"))[1].as_str() {
            "u64" => 8,
            "6 bytes" => 6,
            "u32" => 4,
            "u16" => 2,
            "u8" => 1,
            other => panic!("{other} is no type"),
        }
    };
    for (words, kind) in [
        ("id", Kind::Id),
        ("SCTID", Kind::Sctid),
        ("number", Kind::Number),
        ("GTIN", Kind::Gtin),
        ("reference", Kind::Reference(TableId::Vtm)),
        ("code", Kind::Code(List::Form)),
        ("text", Kind::Text),
        ("decimal", Kind::Decimal),
        ("date", Kind::Date),
        ("integer", Kind::Integer),
        ("flag", Kind::Flag),
    ] {
        assert_eq!(stored(words), kind.width(), "{words}");
    }
}
