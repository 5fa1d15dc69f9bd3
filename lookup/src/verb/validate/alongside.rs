//! The other codes of an episode, as cells have them.

use farr::id::MarkedIcd10Code;

/// What may stand between codes of one cell.
const SEPARATORS: [char; 4] = [';', ',', '|', ' '];

/// What the columns with other codes say of a row.
#[derive(Debug, Default)]
pub(super) struct Alongside<'c> {
    /// The codes of the cells that can be read.
    pub(super) codes: Vec<&'c str>,
    /// The cells that cannot be read: any code may stand there.
    pub(super) unreadable: Vec<&'c str>,
}

impl<'c> Alongside<'c> {
    /// The codes of cells: one in each, or several with separators between; none in one that is empty.
    pub(super) fn of(cells: impl Iterator<Item = &'c str>) -> Alongside<'c> {
        let mut alongside = Alongside::default();
        for cell in cells {
            let parts = cell.split(|c: char| SEPARATORS.contains(&c) || c.is_whitespace());
            let parts = parts.filter(|part| !part.is_empty());
            let whole = cell.trim();
            if parts.clone().all(is_code) {
                alongside.codes.extend(parts);
            } else if is_code(whole) {
                alongside.codes.push(whole);
            } else {
                // Whoever reads a part of it alone guesses.
                alongside.unreadable.push(cell);
            }
        }
        alongside
    }
}

fn is_code(text: &str) -> bool {
    MarkedIcd10Code::parse(text).is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cell_has_a_code_several_or_none() {
        let all: [(&str, &[&str]); 9] = [
            ("", &[]),
            (" \u{a0}", &[]),
            ("A17.0", &["A17.0"]),
            (" a170d ", &["a170d"]),
            ("A17.0;A01.0", &["A17.0", "A01.0"]),
            ("A17.0, A01.0+", &["A17.0", "A01.0+"]),
            ("A17.0 | A01.0", &["A17.0", "A01.0"]),
            ("A17.0  A01.0", &["A17.0", "A01.0"]),
            ("A17.0\tA01.0;", &["A17.0", "A01.0"]),
        ];
        for (cell, codes) in all {
            let read = Alongside::of([cell].into_iter());
            assert_eq!(read.codes, codes, "{cell:?}");
            assert!(read.unreadable.is_empty(), "{cell:?}");
        }
    }

    #[test]
    fn a_cell_of_which_something_cannot_be_read_has_no_codes_and_is_told() {
        for cell in ["zzz", "[\"A17.0\"]", "A17.0;zzz", "see A17.0", "A17.0/A01.0", "9434765919"] {
            let read = Alongside::of([cell, "B05"].into_iter());
            assert_eq!(read.codes, ["B05"], "{cell:?}");
            assert_eq!(read.unreadable, [cell]);
        }
    }
}
