//! Delimited text, cell by cell, each with the byte that it begins at.
//!
//! As RFC 4180 has it: a cell that begins with a quotation mark ends at the next one that is not
//! doubled, and may hold delimiters and line ends. What RFC 4180 does not have is refused, as a
//! quotation mark too many would swallow rows.

/// A cell: what it says, and where it begins.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Cell {
    pub(crate) text: String,
    pub(crate) at: usize,
}

/// A row that is not blank.
pub(crate) type Row = Vec<Cell>;

/// What is wrong at a byte.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Flaw {
    pub(crate) at: usize,
    pub(crate) what: &'static str,
}

/// Reads all rows. Blank lines are none. A row ends with a line feed, a carriage return, or both.
pub(crate) fn rows(text: &str, delimiter: u8) -> Result<Vec<Row>, Flaw> {
    let bytes = text.as_bytes();
    let (mut rows, mut row, mut at) = (Vec::new(), Row::new(), 0_usize);
    while at < bytes.len() || !row.is_empty() {
        let start = at;
        let cell;
        if bytes.get(at) == Some(&b'"') {
            (cell, at) = quoted(text, at)?;
        } else {
            let rest = bytes.get(at..).unwrap_or_default();
            let length = rest
                .iter()
                .position(|byte| *byte == delimiter || matches!(byte, b'\n' | b'\r'))
                .unwrap_or(rest.len());
            at = at.saturating_add(length);
            cell = text.get(start..at).unwrap_or_default().to_owned();
        }
        row.push(Cell { text: cell, at: start });
        match bytes.get(at) {
            Some(byte) if *byte == delimiter => {
                at = at.saturating_add(1);
                // A delimiter at the very end has an empty cell behind it.
                if at == bytes.len() {
                    row.push(Cell { text: String::new(), at });
                    rows.push(std::mem::take(&mut row));
                }
                continue;
            }
            Some(b'\r') if bytes.get(at.saturating_add(1)) == Some(&b'\n') => {
                at = at.saturating_add(2);
            }
            Some(b'\n' | b'\r') => at = at.saturating_add(1),
            Some(_) => {
                let what = "something stands behind a closing quotation mark";
                return Err(Flaw { at, what });
            }
            None => {}
        }
        let ended = std::mem::take(&mut row);
        let blank = matches!(ended.as_slice(), [cell] if cell.text.trim().is_empty());
        if !blank {
            rows.push(ended);
        }
    }
    Ok(rows)
}

/// A cell in quotation marks, and the byte behind it.
fn quoted(text: &str, start: usize) -> Result<(String, usize), Flaw> {
    let mut cell = String::new();
    let mut at = start.saturating_add(1);
    loop {
        let rest = text.get(at..).unwrap_or_default();
        let Some(length) = rest.find('"') else {
            return Err(Flaw { at: start, what: "the quotation mark is not closed" });
        };
        cell.push_str(rest.get(..length).unwrap_or_default());
        at = at.saturating_add(length).saturating_add(1);
        if text.as_bytes().get(at) != Some(&b'"') {
            return Ok((cell, at));
        }
        cell.push('"');
        at = at.saturating_add(1);
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn texts(text: &str) -> Result<Vec<Vec<String>>, Flaw> {
        let rows = rows(text, b',')?;
        Ok(rows.into_iter().map(|row| row.into_iter().map(|cell| cell.text).collect()).collect())
    }

    #[test]
    fn rows_end_in_three_ways() {
        let expected = vec![vec!["a", "b"], vec!["c", ""], vec!["d", "e"]];
        for text in ["a,b\nc,\n\nd,e", "a,b\r\nc,\r\n \r\nd,e\r\n", "a,b\rc,\rd,e\r"] {
            assert_eq!(texts(text).unwrap(), expected, "{text:?}");
        }
        assert_eq!(texts("a,").unwrap(), vec![vec!["a", ""]]);
        assert_eq!(texts("").unwrap(), Vec::<Vec<String>>::new());
        assert_eq!(texts(",\n").unwrap(), vec![vec!["", ""]]);
    }

    #[test]
    fn a_quotation_mark_too_many_swallows_nothing() {
        assert_eq!(texts("a,\"b\nc,d\n").unwrap_err().at, 2);
        assert_eq!(texts("a,\"b\"c\n").unwrap_err().at, 5);
        // Within a cell it is a letter like any other.
        assert_eq!(texts("a,5\" nail\n").unwrap(), vec![vec!["a", "5\" nail"]]);
    }

    #[test]
    fn a_cell_knows_where_it_begins() {
        let text = "id,\"a \"\"b\"\"\nc\"\nd,e";
        let rows = rows(text, b',').unwrap();
        let begins: Vec<usize> = rows.iter().flatten().map(|cell| cell.at).collect();
        assert_eq!(begins, [0, 3, 15, 17]);
        assert_eq!(rows[0][1].text, "a \"b\"\nc");
    }

    proptest! {
        /// What the csv crate writes is read as it was.
        #[test]
        fn what_was_written_is_read(
            rows in prop::collection::vec(prop::collection::vec("[a-c,\"\r\n é]{0,6}", 2..4), 0..6),
        ) {
            let mut writer = csv::WriterBuilder::new().flexible(true).from_writer(Vec::new());
            rows.iter().for_each(|row| writer.write_record(row).unwrap());
            let text = String::from_utf8(writer.into_inner().unwrap()).unwrap();
            prop_assert_eq!(texts(&text).unwrap(), rows);
        }
    }
}
