//! The documents of the repository, and the tables in them.

use super::repository;

/// A row of a table: the heading above it, and its cells.
pub(crate) type Row = (String, Vec<String>);

/// A document of `docs`.
pub(crate) fn text(name: &str) -> String {
    std::fs::read_to_string(repository().join("docs").join(name)).expect("the document can be read")
}

/// The rows of all tables of a document that have these columns.
pub(crate) fn rows(name: &str, columns: &[&str]) -> Vec<Row> {
    let (mut heading, mut within, mut rows) = (String::new(), false, Vec::new());
    for line in text(name).lines() {
        if line.starts_with('#') {
            heading = line.trim_start_matches(['#', ' ']).to_owned();
        }
        let Some(cells) = line.strip_prefix('|').and_then(|line| line.strip_suffix('|')) else {
            within = false;
            continue;
        };
        let cells: Vec<String> = cells.split('|').map(|cell| cell.trim().to_owned()).collect();
        let is_line = cells.iter().all(|cell| cell.chars().all(|c| matches!(c, '-' | ':')));
        if cells == columns {
            within = true;
        } else if within && (!is_line || cells.concat().is_empty()) {
            assert_eq!(cells.len(), columns.len(), "{line}");
            rows.push((heading.clone(), cells));
        }
    }
    assert!(!rows.is_empty(), "there is no table of {columns:?}");
    rows
}
