//! Columns of classifications beside the title, of which some say otherwise in the next edition.

use super::classification::Form;
use super::record::{get, with};

/// Where two columns of the metadata of OPCS-4 stand.
const METADATA_SELECTION: std::ops::Range<usize> = 0..11;
const METADATA_STATUS: std::ops::Range<usize> = 193..195;

/// A column that says otherwise, and as what that is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Column {
    /// `USAGE_UK` of ICD-10.
    Usage,
    /// `MIN_AGE` of ICD-10.
    Age,
    /// The selection of OPCS-4.
    Selection,
    /// The status of OPCS-4.
    Status,
}

impl Column {
    pub(super) fn kind(self) -> &'static str {
        match self {
            Column::Usage => "rubric-usage-changed",
            Column::Age => "rubric-limits-changed",
            Column::Selection => "rubric-texts-changed",
            Column::Status => "rubric-validity-changed",
        }
    }

    pub(super) fn component(self) -> &'static str {
        match self {
            Column::Usage => "usage-uk",
            Column::Age => "min-age",
            Column::Selection => "selection",
            Column::Status => "status",
        }
    }

    /// Its place among the columns of the United Kingdom edition of ICD-10, and its name there.
    fn of_icd10(self) -> Option<(usize, &'static str)> {
        match self {
            Column::Usage => Some((3, "USAGE_UK")),
            Column::Age => Some((9, "MIN_AGE")),
            _ => None,
        }
    }

    /// Its place in the metadata of OPCS-4.
    fn of_opcs4(self) -> Option<std::ops::Range<usize>> {
        match self {
            Column::Selection => Some(METADATA_SELECTION),
            Column::Status => Some(METADATA_STATUS),
            _ => None,
        }
    }

    /// What it says in a line; `None` where that has no such column.
    pub(super) fn value(self, form: Form, line: &str) -> Option<String> {
        let value = match form {
            Form::Columns => line.split('\t').nth(self.of_icd10()?.0)?,
            Form::Elements => get(line, self.of_icd10()?.1)?,
            Form::Widths => line.get(self.of_opcs4()?)?,
            Form::Titles => return None,
        };
        Some(value.trim().to_owned())
    }

    /// What it says in the next edition; `None` where it is not to say anything else.
    pub(super) fn next(self, before: &str) -> Option<String> {
        match self {
            Column::Usage => (before == "0").then(|| "1".to_owned()),
            Column::Age => (before == "0").then(|| "12".to_owned()),
            Column::Selection => Some(format!("{:011}", before.parse::<u64>().ok()? + 10_000_000)),
            Column::Status => Some(if before == "C" { "R" } else { "C" }.to_owned()),
        }
    }

    /// A line that says something else; itself where its form has no such column.
    pub(super) fn put(self, form: Form, line: &str, value: &str) -> String {
        match (form, self.of_icd10(), self.of_opcs4()) {
            (Form::Columns, Some((at, _)), _) => in_column(line, at, value),
            (Form::Elements, Some((_, name)), _) => with(line, name, value),
            (Form::Widths, _, Some(at)) => in_width(line, at, value),
            _ => line.to_owned(),
        }
    }
}

/// A line with tabs between its columns, with another value in one.
pub(super) fn in_column(line: &str, at: usize, value: &str) -> String {
    let mut columns: Vec<&str> = line.split('\t').collect();
    if let Some(held) = columns.get_mut(at) {
        *held = value;
    }
    columns.join("\t")
}

/// A line of fixed widths, with another value at a place, cut where it is longer than that.
pub(super) fn in_width(line: &str, at: std::ops::Range<usize>, value: &str) -> String {
    let width = at.len();
    let value = value.get(..width).unwrap_or(value);
    format!("{}{value:<width$}{}", &line[..at.start], &line[at.end..])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_column_is_read_and_put_in_each_form_that_has_it() {
        let row = "A01.1\tA011\tDEFAULT\t0\tOne\t\t\t\t0\t0\t999\tOne";
        assert_eq!(Column::Age.value(Form::Columns, row).as_deref(), Some("0"));
        let next = Column::Age.next("0").expect("it says otherwise");
        assert_eq!(
            Column::Age.put(Form::Columns, row, &next),
            "A01.1\tA011\tDEFAULT\t0\tOne\t\t\t\t0\t12\t999\tOne"
        );
        let row = "<ROW><CODE>A01.1</CODE><USAGE_UK>0</USAGE_UK></ROW>";
        assert_eq!(
            Column::Usage.put(Form::Elements, row, "1"),
            "<ROW><CODE>A01.1</CODE><USAGE_UK>1</USAGE_UK></ROW>"
        );
        let row = format!("{:011} A011{:177}C {:33}", 7, "", "");
        assert_eq!(Column::Status.value(Form::Widths, &row).as_deref(), Some("C"));
        let next = Column::Status.put(Form::Widths, &row, "R");
        assert_eq!((next.len(), &next[193..195]), (row.len(), "R "));
        let next = Column::Selection.next("00000000007").expect("it says otherwise");
        assert!(Column::Selection.put(Form::Widths, &row, &next).starts_with("00010000007 A011"));
        // The titles of OPCS-4 have neither.
        assert_eq!(Column::Status.value(Form::Titles, "A01.1\tOne"), None);
        assert_eq!(Column::Status.put(Form::Titles, "A01.1\tOne", "R"), "A01.1\tOne");
    }
}
