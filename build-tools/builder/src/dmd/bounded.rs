//! A reader that refuses what no file of dm+d has, before it is in memory.

use std::io::{self, BufRead, Read};

/// Bytes that may come without a `<` or a `>` between them.
const LONGEST_RUN: usize = 1 << 20;

/// Reads as another, and ends in an error where a text or a tag goes on without end.
#[derive(Debug)]
pub(super) struct Bounded<R> {
    reader: R,
    run: usize,
}

impl<R> Bounded<R> {
    pub(super) fn new(reader: R) -> Bounded<R> {
        Bounded { reader, run: 0 }
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
        if self.run > LONGEST_RUN {
            let what = "a text or tag of more than 1 MiB: this is no dm+d file";
            return Err(io::Error::new(io::ErrorKind::InvalidData, what));
        }
        self.reader.fill_buf()
    }

    fn consume(&mut self, amount: usize) {
        // What was filled last is still there, so this reads nothing.
        let consumed = self.reader.fill_buf().unwrap_or_default();
        let consumed = &consumed[..amount.min(consumed.len())];
        self.run = match memchr::memrchr2(b'<', b'>', consumed) {
            Some(at) => consumed.len() - at,
            None => self.run + consumed.len(),
        };
        self.reader.consume(amount);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_run_without_end_is_refused_and_a_long_file_is_not() {
        let endless = Bounded::new(io::BufReader::new(io::repeat(b'a')));
        let mut read = Vec::new();
        let error = endless.take(1 << 30).read_to_end(&mut read).unwrap_err();
        assert_eq!(error.kind(), io::ErrorKind::InvalidData);
        assert!(read.len() < 2 << 20);

        let tags = "<a>".repeat(1 << 20);
        let mut read = String::new();
        Bounded::new(tags.as_bytes()).read_to_string(&mut read).unwrap();
        assert_eq!(read, tags);
    }
}
