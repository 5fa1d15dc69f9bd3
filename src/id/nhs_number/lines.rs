//! A text file of numbers, one a line.

use super::{NhsNumber, NhsNumberError, parse, word};
use std::fmt;
use std::iter::FusedIterator;

impl NhsNumber {
    /// Returns the lines of `text` read as numbers, each in any spelling that [`NhsNumber::parse`]
    /// accepts.
    ///
    /// A line ends with a line feed, with or without a carriage return before it; the last need not
    /// end. A blank line is [`NhsNumberError::Empty`], so the items count the lines. Costs a few
    /// nanoseconds a line, and does not allocate.
    ///
    /// # Example
    /// ```
    /// use farr::id::{NhsNumber, NhsNumberError};
    ///
    /// let answers: Vec<_> = NhsNumber::lines(b"9990000018\r\n999 000 0010\n").collect();
    /// assert_eq!(answers, [NhsNumber::parse("9990000018"), Err(NhsNumberError::CheckDigit)]);
    /// ```
    #[must_use]
    pub fn lines(text: &[u8]) -> NhsNumberLines<'_> {
        NhsNumberLines { rest: text }
    }

    /// Returns the lines of `chunk` that are complete, and the beginning of the next one: to be put
    /// before the next chunk of the file, or given to [`NhsNumber::lines`] if there is none.
    ///
    /// # Example
    /// ```
    /// use farr::id::NhsNumber;
    ///
    /// let (lines, unfinished) = NhsNumber::complete_lines(b"9990000018\n9990000026\n99900");
    /// assert_eq!(lines.filter(Result::is_ok).count(), 2);
    /// assert_eq!(unfinished, b"99900");
    /// ```
    #[must_use]
    pub fn complete_lines(chunk: &[u8]) -> (NhsNumberLines<'_>, &[u8]) {
        let end = chunk.iter().rposition(|&byte| byte == b'\n').map_or(0, |index| index + 1);
        let (complete, unfinished) = chunk.split_at(end);
        (NhsNumberLines { rest: complete }, unfinished)
    }
}

/// The numbers of a text, one a line: see [`NhsNumber::lines`].
///
/// `Debug` does not show the text.
///
/// # Example
/// ```
/// use farr::id::NhsNumber;
///
/// let valid = NhsNumber::lines(b"9990000018\n9990000026\n").flatten().count();
/// assert_eq!(valid, 2);
/// ```
#[derive(Clone)]
pub struct NhsNumberLines<'t> {
    rest: &'t [u8],
}

impl Iterator for NhsNumberLines<'_> {
    type Item = Result<NhsNumber, NhsNumberError>;

    #[inline]
    fn next(&mut self) -> Option<Self::Item> {
        if let Some((digits, rest)) = plain_line(self.rest).or_else(|| grouped_line(self.rest))
            && word::are_digits(&digits)
        {
            self.rest = rest;
            return Some(parse::checked(&digits));
        }
        if self.rest.is_empty() {
            return None;
        }
        let (line, rest) = any_line(self.rest);
        self.rest = rest;
        Some(parse::parse(line))
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        (usize::from(!self.rest.is_empty()), Some(self.rest.len()))
    }
}

impl FusedIterator for NhsNumberLines<'_> {}

/// How much is left, without what.
impl fmt::Debug for NhsNumberLines<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "NhsNumberLines({} bytes left)", self.rest.len())
    }
}

/// Ten bytes and their line end, without a search for it.
#[inline(always)]
fn plain_line(text: &[u8]) -> Option<([u8; 10], &[u8])> {
    let (digits, rest) = text.split_first_chunk()?;
    Some((*digits, after_line_end(rest)?))
}

/// The same for groups of 3, 3 and 4.
#[inline(always)]
fn grouped_line(text: &[u8]) -> Option<([u8; 10], &[u8])> {
    let (&[a, b, c, first, d, e, f, second, g, h, i, j], rest) = text.split_first_chunk()?;
    let rest = after_line_end(rest)?;
    (first == second && matches!(first, b' ' | b'-'))
        .then_some(([a, b, c, d, e, f, g, h, i, j], rest))
}

#[inline(always)]
fn after_line_end(text: &[u8]) -> Option<&[u8]> {
    match text {
        [b'\n', rest @ ..] | [b'\r', b'\n', rest @ ..] => Some(rest),
        _ => None,
    }
}

/// The first line, whatever it is, and the rest. A carriage return stays: it is white space.
fn any_line(text: &[u8]) -> (&[u8], &[u8]) {
    match text.iter().position(|&byte| byte == b'\n') {
        Some(end) => (&text[..end], &text[end + 1..]),
        None => (text, &[]),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn by_splitting(text: &[u8]) -> Vec<Result<NhsNumber, NhsNumberError>> {
        let mut lines: Vec<&[u8]> = text.split(|&byte| byte == b'\n').collect();
        if lines.last().is_some_and(|line| line.is_empty()) {
            lines.pop();
        }
        lines.into_iter().map(NhsNumber::from_bytes).collect()
    }

    #[test]
    fn lines_of_every_kind() {
        let text = b"9990000018\n999 000 0026\r\n999-000-0018\n\n 9990000026 \n9990000010\n\
            999\xff\n9990000018";
        let lines: Vec<_> = NhsNumber::lines(text).collect();
        assert_eq!(lines, by_splitting(text));
        assert_eq!(lines.len(), 8);
        assert_eq!(lines[3], Err(NhsNumberError::Empty));
        assert_eq!(lines[6], Err(NhsNumberError::NotText { index: 3 }));
        assert_eq!(lines.iter().flatten().count(), 5);
    }

    #[test]
    fn debug_shows_no_digit() {
        assert_eq!(
            format!("{:?}", NhsNumber::lines(b"9990000018")),
            "NhsNumberLines(10 bytes left)"
        );
    }

    proptest! {
        #[test]
        fn any_text_reads_as_its_lines_do(
            lines in prop::collection::vec(
                prop_oneof![
                    "999000001[0-9]\r?",
                    "999[ -]000[ -]00[12][0-9]\r?",
                    "[0-9 \r-]{0,14}",
                    "\\PC{0,12}",
                ],
                0..20,
            ),
            cut in 0..300_usize,
        ) {
            let text = lines.join("\n").into_bytes();
            prop_assert_eq!(NhsNumber::lines(&text).collect::<Vec<_>>(), by_splitting(&text));

            let (chunk, next_chunk) = text.split_at(cut.min(text.len()));
            let (complete, unfinished) = NhsNumber::complete_lines(chunk);
            let rest = [unfinished, next_chunk].concat();
            let in_chunks: Vec<_> = complete.chain(NhsNumber::lines(&rest)).collect();
            prop_assert_eq!(in_chunks, by_splitting(&text));
        }
    }
}
