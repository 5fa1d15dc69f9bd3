//! A reader that refuses what no file of a release has, before it is in memory, and counts lines.

use std::io::{self, BufRead, Read};

/// Bytes that one tag, text or comment may have.
const LONGEST: usize = 1 << 20;

/// Reads as another, and ends in an error where so many bytes come before [`Bounded::begin`] is called
/// again.
#[derive(Debug)]
pub(crate) struct Bounded<R> {
    reader: R,
    read: usize,
    line_ends: u64,
}

impl<R> Bounded<R> {
    pub(crate) fn new(reader: R) -> Bounded<R> {
        Bounded { reader, read: 0, line_ends: 0 }
    }

    /// Something else begins.
    pub(crate) fn begin(&mut self) {
        self.read = 0;
    }

    /// The line that is being read, counted from 1.
    pub(crate) fn line(&self) -> u64 {
        self.line_ends + 1
    }
}

impl<R: BufRead> Read for Bounded<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let available = self.fill_buf()?;
        let length = available.len().min(buffer.len());
        buffer[..length].copy_from_slice(&available[..length]);
        self.consume(length);
        Ok(length)
    }
}

impl<R: BufRead> BufRead for Bounded<R> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        if self.read > LONGEST {
            let what = "a text or tag of more than 1 MiB: no file of a release has one";
            return Err(io::Error::new(io::ErrorKind::InvalidData, what));
        }
        self.reader.fill_buf()
    }

    fn consume(&mut self, amount: usize) {
        self.read += amount;
        // What was filled is still there: this reads nothing.
        if let Ok(bytes) = self.reader.fill_buf() {
            let bytes = &bytes[..amount.min(bytes.len())];
            self.line_ends += memchr::memchr_iter(b'\n', bytes).count() as u64;
        }
        self.reader.consume(amount);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_has_no_end_is_refused_and_a_long_file_is_not() {
        let endless = Bounded::new(io::BufReader::new(io::repeat(b'a')));
        let mut read = Vec::new();
        let error = endless.take(1 << 30).read_to_end(&mut read).unwrap_err();
        assert_eq!(error.kind(), io::ErrorKind::InvalidData);
        assert!(read.len() < 2 << 20);

        let text = vec![b'a'; 5 << 20];
        let mut reader = Bounded::new(text.as_slice());
        let mut part = vec![0; 1 << 19];
        for _ in 0..10 {
            reader.begin();
            reader.read_exact(&mut part).unwrap();
        }
    }

    #[test]
    fn lines_are_counted_as_they_are_read() {
        let mut reader = Bounded::new(b"ab\ncd\n\ne".as_slice());
        assert_eq!(reader.line(), 1);
        let mut part = [0; 4];
        reader.read_exact(&mut part).unwrap();
        assert_eq!(reader.line(), 2);
        reader.read_to_end(&mut Vec::new()).unwrap();
        assert_eq!(reader.line(), 4);
    }
}
