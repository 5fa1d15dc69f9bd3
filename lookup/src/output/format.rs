//! The output formats.

use clap::ValueEnum;

use crate::failure::Failure;

/// How an answer is written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    /// For reading: a card or a table
    #[default]
    Table,
    /// One JSON value: an array of records, or one object
    Json,
    /// JSON, one record a line
    Jsonl,
    /// Comma-separated values with a header
    Csv,
    /// Tab-separated values with a header
    Tsv,
    /// One id a line and nothing else
    Codes,
    /// The ids as 'quoted','list' for an SQL IN clause
    SqlIn,
    /// A Markdown table
    Markdown,
}

impl Format {
    /// Those of an answer whose rows are no codes.
    pub(crate) const WITHOUT_CODES: [Format; 6] =
        [Format::Table, Format::Json, Format::Jsonl, Format::Csv, Format::Tsv, Format::Markdown];

    /// Its name on the command line.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Format::Table => "table",
            Format::Json => "json",
            Format::Jsonl => "jsonl",
            Format::Csv => "csv",
            Format::Tsv => "tsv",
            Format::Codes => "codes",
            Format::SqlIn => "sql-in",
            Format::Markdown => "markdown",
        }
    }

    /// Refuses a format that a verb does not write.
    pub(crate) fn require(self, verb: &str, written: &[Format]) -> Result<(), Failure> {
        if written.contains(&self) {
            return Ok(());
        }
        let names: Vec<&str> = written.iter().map(|format| format.name()).collect();
        Err(Failure::Usage(format!(
            "farr {verb} does not write {}; it writes {}",
            self.name(),
            match names.as_slice() {
                [rest @ .., last] if !rest.is_empty() => format!("{} and {last}", rest.join(", ")),
                names => names.join(""),
            }
        )))
    }
}
