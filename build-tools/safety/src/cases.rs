//! Cases of a test that are rows of a table: a control may name them, beside the test that runs them all.

/// A table of cases, and the test that runs every row of it.
#[derive(Debug)]
pub struct Table {
    /// The file, from the root of the repository: tab-separated, with a row for the names of columns.
    pub file: &'static str,
    /// The test, as `path/of/file.rs::function`.
    pub test: &'static str,
}

/// The tables whose cases can be named.
pub const TABLES: [Table; 1] = [Table {
    file: "testdata/coding/verdicts.tsv",
    test: "src/coding/tests/verdicts.rs::every_case_has_the_findings_and_the_suggestion_that_it_names",
}];

/// The table of which a name is a case, and the name of the case in it: `path/of/file.tsv::case`.
pub fn of(name: &str) -> Option<(&'static Table, &str)> {
    let (file, case) = name.split_once("::")?;
    TABLES.iter().find(|table| table.file == file).map(|table| (table, case))
}

/// Whether a table has a case: a row of that finding that gives it, and one that nearly does.
pub fn has(text: &str, case: &str) -> bool {
    ["gives", "near-miss"].iter().all(|kind| {
        text.lines().skip(1).any(|row| {
            let mut cells = row.split('\t');
            cells.next() == Some(case) && cells.next() == Some(*kind)
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_case_has_a_row_that_gives_it_and_a_near_miss() {
        let text = "finding\tkind\na\tgives\t1\na\tnear-miss\t2\nb\tgives\t3\n";
        assert!(has(text, "a"));
        assert!(!has(text, "b") && !has(text, "c") && !has(text, "finding"));
    }
}
