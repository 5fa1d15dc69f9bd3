//! `xres2_HistorySubstitutionTable_Concepts`.

use farr::index::format::{
    SUBSTITUTION_AMBIGUOUS, SUBSTITUTION_SAME_NAME_WITHOUT_TAG, SUBSTITUTION_SAME_TAG,
    SUBSTITUTION_SAME_TOP_LEVEL,
};

use super::{Read, read_table};
use crate::problem::NoteKind;
use crate::release::Entry;
use crate::rf2::log::Log;
use crate::rf2::refset::Texts;
use crate::rf2::row::Row;

/// The columns, by position; these are our names for them.
const COLUMNS: [&str; 14] = [
    "oldConceptId",
    "oldConceptStatus",
    "newConceptId",
    "newConceptStatus",
    "path",
    "isAmbiguous",
    "iterations",
    "oldConceptFSN",
    "oldConceptFSN_TagCount",
    "newConceptFSN",
    "newConceptFSN_TagCount",
    "TLH_IdenticalFlag",
    "FSN_TaglessIdenticalFlag",
    "FSN_TagIdenticalFlag",
];

/// The columns that are flags, and the bits that stand for them.
const FLAGS: [(usize, u16); 4] = [
    (5, SUBSTITUTION_AMBIGUOUS),
    (11, SUBSTITUTION_SAME_TOP_LEVEL),
    (12, SUBSTITUTION_SAME_NAME_WITHOUT_TAG),
    (13, SUBSTITUTION_SAME_TAG),
];

/// One row; `path` is a number of the part it was read in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Substitution {
    pub(crate) old: u64,
    pub(crate) new: u64,
    pub(crate) path: u32,
    pub(crate) iterations: u16,
    pub(crate) flags: u16,
}

/// The rows of a chunk.
#[derive(Debug, Default)]
pub(crate) struct SubstitutionRows {
    pub(crate) rows: Vec<Substitution>,
    pub(crate) paths: Texts,
}

/// Reads a substitution table.
pub(crate) fn read_substitutions(
    entry: &Entry,
    advance: &(dyn Fn(u64) + Sync),
) -> Read<SubstitutionRows> {
    read_table(entry, COLUMNS, advance, take)
}

fn take(rows: &mut SubstitutionRows, row: &Row<'_, 14>, log: &mut Log) {
    let Some(old) = row.sctid(0, log) else { return };
    if row.fields[2].is_empty() {
        log.note(row.line, NoteKind::SubstitutionWithoutConcept, row.fields[0]);
        return;
    }
    let (Some(new), Some(path)) = (row.sctid(2, log), row.text(4, log)) else { return };
    let mut flags = 0;
    for (column, bit) in FLAGS {
        match row.active(column, log) {
            Some(true) => flags |= bit,
            Some(false) => {}
            None => return,
        }
    }
    let iterations = std::str::from_utf8(row.fields[6]).ok().and_then(|text| text.parse().ok());
    let Some(iterations) = iterations else {
        log.problem(row.line, Some(6), "a number of iterations, at most 65535", row.fields[6]);
        return;
    };
    let path = rows.paths.number(path);
    rows.rows.push(Substitution { old, new, path, iterations, flags });
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fields(line: &str) -> Row<'_, 14> {
        let mut fields = line.split('\t').map(str::as_bytes);
        Row { fields: std::array::from_fn(|_| fields.next().expect("14 fields")), line: 3 }
    }

    #[test]
    fn rows_are_read_by_position() {
        let (mut rows, mut log) = (SubstitutionRows::default(), Log::default());
        let line = "601008\t1\t401004\t0\tSAME AS\t1\t2\tOld (x)\t1\tNew (x)\t1\t1\t0\t1";
        take(&mut rows, &fields(line), &mut log);
        let flags = SUBSTITUTION_AMBIGUOUS | SUBSTITUTION_SAME_TOP_LEVEL | SUBSTITUTION_SAME_TAG;
        let row = Substitution { old: 601_008, new: 401_004, path: 0, iterations: 2, flags };
        assert_eq!(rows.rows, [row]);
        assert!(log.problems.is_empty() && log.notes.is_empty());
        for (bad, column) in [
            ("x\t1\t401004\t0\tp\t1\t2\to\t1\tn\t1\t1\t0\t1", 0),
            ("601008\t1\tx\t0\tp\t1\t2\to\t1\tn\t1\t1\t0\t1", 2),
            ("601008\t1\t401004\t0\tp\t2\t2\to\t1\tn\t1\t1\t0\t1", 5),
            ("601008\t1\t401004\t0\tp\t1\t-1\to\t1\tn\t1\t1\t0\t1", 6),
            ("601008\t1\t401004\t0\tp\t1\t2\to\t1\tn\t1\t1\t0\t", 13),
        ] {
            let mut log = Log::default();
            take(&mut rows, &fields(bad), &mut log);
            assert_eq!(log.problems[0].1, Some(column), "{bad}");
        }
        take(&mut rows, &fields("601008\t1\t\t0\tp\t1\t2\to\t1\tn\t1\t1\t0\t1"), &mut log);
        assert_eq!(log.notes[0].0, NoteKind::SubstitutionWithoutConcept);
        assert_eq!(rows.rows.len(), 1);
    }
}
