//! Codes in quotation marks with commas between, as an IN clause of SQL has them.

use crate::delimited::{Cell, Flaw, Row};

/// The rows of such a text, a code each; `None` where it is something else.
///
/// It is one where brackets or a second code say so. Then all of it has to be: of a text that was cut
/// off, or has a value without a code, the codes that are left are no list.
pub(super) fn rows(text: &str) -> Option<Result<Vec<Row>, Flaw>> {
    is_one(text).then(|| Reader { text, at: 0 }.rows())
}

/// Whether a text begins as such a list does. Blanks within the marks are no part of a value, and a value
/// may be empty: a first code with a text behind it that is neither is a table with a term.
pub(super) fn is_one(text: &str) -> bool {
    let mut reader = Reader { text, at: 0 };
    let in_brackets = reader.takes('(');
    let value = |cell: Result<Cell, Flaw>| cell.ok().map(|cell| cell.text.trim().to_owned());
    let like_a_code = |value: &str| {
        let of_code = |letter: char| letter.is_ascii_alphanumeric() || letter == '.';
        value.chars().all(of_code) && value.contains(|letter: char| letter.is_ascii_digit())
    };
    let first = value(reader.cell());
    if !first.is_some_and(|first| like_a_code(&first)) {
        return false;
    }
    let second = |value: &str| value.is_empty() || like_a_code(value);
    in_brackets || reader.takes(',') && value(reader.cell()).is_some_and(|value| second(&value))
}

struct Reader<'s> {
    text: &'s str,
    at: usize,
}

impl Reader<'_> {
    fn rest(&self) -> &str {
        self.text.get(self.at..).unwrap_or_default()
    }

    fn skip_space(&mut self) {
        let rest = self.rest();
        self.at = self.at.saturating_add(rest.len().saturating_sub(rest.trim_start().len()));
    }

    fn takes(&mut self, letter: char) -> bool {
        self.skip_space();
        let is_there = self.rest().starts_with(letter);
        if is_there {
            self.at = self.at.saturating_add(letter.len_utf8());
        }
        is_there
    }

    /// A text in quotation marks; one within it is doubled.
    fn cell(&mut self) -> Result<Cell, Flaw> {
        self.skip_space();
        let at = self.at;
        if !self.takes('\'') {
            return Err(Flaw { at, what: "a code in quotation marks is expected" });
        }
        let mut text = String::new();
        loop {
            let rest = self.rest();
            let Some(length) = rest.find('\'') else {
                return Err(Flaw { at, what: "a quotation mark is not closed" });
            };
            text.push_str(rest.get(..length).unwrap_or_default());
            let is_doubled = rest.get(length..).unwrap_or_default().starts_with("''");
            self.at = self.at.saturating_add(length).saturating_add(1);
            if !is_doubled {
                return Ok(Cell { text, at });
            }
            text.push('\'');
            self.at = self.at.saturating_add(1);
        }
    }

    fn row(&mut self) -> Result<Row, Flaw> {
        let cell = self.cell()?;
        match cell.text.trim().is_empty() {
            true => Err(Flaw { at: cell.at, what: "there is no code between the quotation marks" }),
            false => Ok(vec![cell]),
        }
    }

    fn rows(mut self) -> Result<Vec<Row>, Flaw> {
        let in_brackets = self.takes('(');
        let mut rows = vec![self.row()?];
        while self.takes(',') {
            rows.push(self.row()?);
        }
        if in_brackets && !self.takes(')') {
            return Err(Flaw { at: self.at, what: "a comma or a closing bracket is expected" });
        }
        self.skip_space();
        match self.rest().is_empty() {
            true => Ok(rows),
            false => Err(Flaw { at: self.at, what: "a comma is expected" }),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Option<Result<Vec<String>, usize>> {
        let cells = |rows: Vec<Row>| rows.into_iter().flatten().map(|cell| cell.text).collect();
        rows(text).map(|read| read.map(cells).map_err(|flaw| flaw.at))
    }

    #[test]
    fn each_text_in_quotation_marks_is_a_code() {
        for text in ["'301000','A46'", " ( '301000' ,\n\t'A46' )\n", "'301000',\r\n'A46'\r\n"] {
            assert_eq!(read(text), Some(Ok(vec!["301000".to_owned(), "A46".to_owned()])), "{text}");
        }
        assert_eq!(read("('301000')"), Some(Ok(vec!["301000".to_owned()])));
        // Blanks within the marks are for the reader of codes to take away.
        let padded = ["301000".to_owned(), " A46 ".to_owned()];
        assert_eq!(read("'301000',' A46 '"), Some(Ok(padded.into())));
    }

    #[test]
    fn what_is_cut_off_or_goes_on_otherwise_is_refused() {
        assert_eq!(read("'301000','A46',"), Some(Err(15)));
        assert_eq!(read("'301000','A46','12"), Some(Err(15)));
        assert_eq!(read("('301000','A46'"), Some(Err(15)));
        assert_eq!(read("'301000','A46'\n'401004'"), Some(Err(15)));
        assert_eq!(read("'301000','A46',401004"), Some(Err(15)));
        assert_eq!(read("'301000',' ','A46'"), Some(Err(9)));
    }

    #[test]
    fn other_texts_are_none() {
        for text in ["'301000'\n'401004'\n", "'301000','5 mg tablets'", "301000,401004", "(<< 1)"] {
            assert_eq!(read(text), None, "{text}");
        }
    }
}
