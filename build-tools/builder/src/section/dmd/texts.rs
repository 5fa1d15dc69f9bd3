//! The texts of dm+d, each once, and those that begin another within that.

use farr::dmd::schema::Kind;
use rayon::prelude::*;
use rustc_hash::FxHashMap;

use crate::dmd::{ABSENT, DmdNumbering, DmdRelease};
use crate::error::BuildError;

/// All texts, and where each lies.
#[derive(Debug, Default)]
pub(super) struct Texts<'r> {
    pub(super) bytes: Vec<u8>,
    starts: FxHashMap<&'r str, u32>,
}

impl<'r> Texts<'r> {
    /// The texts of all rows that are kept.
    pub(super) fn new(
        release: &'r DmdRelease,
        numbering: &DmdNumbering,
    ) -> Result<Texts<'r>, BuildError> {
        let mut texts: Vec<&str> = Vec::new();
        for file in &release.files {
            for cells in &file.cells.tables {
                let columns: Vec<usize> = (0..cells.table.columns.len())
                    .filter(|at| {
                        matches!(cells.table.columns[*at].kind, Kind::Text | Kind::Decimal)
                    })
                    .collect();
                let rows = numbering.rows_as_read(cells.table.id);
                let found = rows.flat_map(|row| {
                    let record = cells.row(row as usize);
                    columns.iter().map(|column| record[*column])
                });
                let found = found.filter(|cell| *cell != ABSENT);
                texts.extend(found.filter_map(|cell| file.cells.text(cell)));
            }
        }
        texts.par_sort_unstable();
        texts.dedup();
        Texts::lay(texts)
    }

    /// Lays distinct, ascending texts. A text is the beginning of another only if it is that of the
    /// next one.
    fn lay(texts: Vec<&'r str>) -> Result<Texts<'r>, BuildError> {
        let mut laid = Texts::default();
        laid.starts.reserve(texts.len());
        let mut next: Option<(&str, u32)> = None;
        for text in texts.into_iter().rev() {
            let start = match next {
                Some((longer, start)) if longer.starts_with(text) => start,
                _ => {
                    let start = u32::try_from(laid.bytes.len());
                    laid.bytes.extend_from_slice(text.as_bytes());
                    start.map_err(|_| BuildError::TooLarge { what: "texts of dm+d" })?
                }
            };
            laid.starts.insert(text, start);
            next = Some((text, start));
        }
        match u32::try_from(laid.bytes.len()) {
            Ok(length) if length < Kind::NONE_U32 => Ok(laid),
            _ => Err(BuildError::TooLarge { what: "texts of dm+d" }),
        }
    }

    /// Start and length of a text.
    pub(super) fn span(&self, text: Option<&str>) -> (u32, u16) {
        match text.and_then(|text| Some((*self.starts.get(text)?, text.len()))) {
            Some((start, length)) => (start, length as u16),
            None => (Kind::NONE_U32, 0),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn beginnings_lie_within_what_they_begin() {
        let mut all =
            vec!["Adenocor 6mg", "Adenocor", "Adenocor 6mg/2ml (Sanofi)", "Zinc", "A", "5"];
        all.sort_unstable();
        let laid = Texts::lay(all.clone()).unwrap();
        assert_eq!(laid.bytes.len(), "Adenocor 6mg/2ml (Sanofi)Zinc5".len());
        for text in all {
            let (start, length) = laid.span(Some(text));
            let bytes = &laid.bytes[start as usize..start as usize + usize::from(length)];
            assert_eq!(bytes, text.as_bytes());
        }
        assert_eq!(laid.span(None), (Kind::NONE_U32, 0));
    }
}
