//! The history tables of the UK: columns by position, for the spelling of their headers varies.

mod query_table;
mod substitution;

pub(crate) use query_table::{QueryTableRow, read_query_table};
pub(crate) use substitution::{Substitution, read_substitutions};

use std::borrow::Cow;

use super::log::Log;
use super::read::{Problems, read_lines_under, split_fields, strip_return, told};
use super::row::Row;
use super::versions::ModuleTimes;
use crate::error::BuildError;
use crate::problem::Notes;
use crate::release::Entry;

/// What a file of the history tables holds, by its name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum HistoryFile {
    Substitutions,
    QueryTable,
}

impl HistoryFile {
    /// Reads a file name: `xres2_HistorySubstitutionTable_Concepts_GB1000000_20260801.txt`.
    pub(crate) fn parse(name: &str) -> Option<HistoryFile> {
        let stem = name.strip_suffix(".txt")?.strip_prefix("xres2_")?;
        if stem.starts_with("HistorySubstitutionTable_Concepts_") {
            Some(HistoryFile::Substitutions)
        } else if stem.starts_with("SNOMEDQueryTable_") {
            Some(HistoryFile::QueryTable)
        } else {
            None
        }
    }
}

type Read<T> = Result<(Vec<T>, Problems, Notes), BuildError>;

/// Reads a table of so many columns, chunk by chunk; `row` takes in one line.
fn read_table<const N: usize, T: Default + Send>(
    entry: &Entry,
    columns: [&'static str; N],
    advance: &(dyn Fn(u64) + Sync),
    row: impl Fn(&mut T, &Row<'_, N>, &mut Log) + Sync,
) -> Read<T> {
    let chunks = entry.chunks(advance, |chunk| {
        let mut rows = T::default();
        let mut log = Log::default();
        let header = |line: &[u8], log: &mut Log| header::<N>(strip_return(line), log);
        read_lines_under(chunk, header, &mut log, |line, number, log| {
            if let Some(fields) = split_fields(line, number, log) {
                row(&mut rows, &Row { fields, line: number }, log);
            }
        });
        // These tables have neither modules nor times.
        (rows, ModuleTimes::default(), log)
    })?;
    let (rows, problems, notes) = told(entry.file_name(), &columns.map(Cow::Borrowed), chunks);
    Ok((rows.parts, problems, notes))
}

/// Whether the first line is a header of so many columns; their names may be any, but a row of data
/// is not one.
fn header<const N: usize>(line: &[u8], log: &mut Log) -> bool {
    let names: Vec<&[u8]> = line.split(|byte| *byte == b'\t').collect();
    let trailing = names.iter().rev().take_while(|name| name.is_empty()).count();
    if names.len() < N || names.len() - trailing > N {
        let found = format!("{} columns", names.len());
        log.problem(0, None, format!("a header of {N} columns"), found.as_bytes());
        return false;
    }
    if names[0].iter().all(u8::is_ascii_digit) {
        log.problem(0, Some(0), "the name of a column", names[0]);
        return false;
    }
    true
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_files_are_known_by_their_names() {
        for (name, file) in [
            (
                "xres2_HistorySubstitutionTable_Concepts_GB1000000_20260801.txt",
                Some(HistoryFile::Substitutions),
            ),
            ("xres2_SNOMEDQueryTable_CORE-UK_20260801.txt", Some(HistoryFile::QueryTable)),
            ("xres2_HistorySubstitutionTable_Descriptions_GB_20260801.txt", None),
            ("sct2_Concept_Snapshot_GB_20260801.txt", None),
            ("xres2_SNOMEDQueryTable_CORE-UK_20260801.csv", None),
        ] {
            assert_eq!(HistoryFile::parse(name), file, "{name}");
        }
    }

    #[test]
    fn a_header_has_as_many_names_as_columns() {
        for (line, sound) in [
            (&b"supertypeId\tsubtypeId\tprovenance"[..], true),
            (b"A\tB\tC\t", true),
            (b"A\tB", false),
            (b"A\tB\tC\tD", false),
            (b"138875005\t404684003\t0", false),
        ] {
            let mut log = Log::default();
            assert_eq!(header::<3>(line, &mut log), sound, "{}", line.escape_ascii());
            assert_eq!(log.problems.is_empty(), sound);
        }
    }
}
