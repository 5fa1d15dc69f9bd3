//! A reader that refuses what no file of dm+d has, before it is in memory.

use std::io::{self, BufRead, Read};

/// Bytes that one tag, text or comment may have.
const LONGEST: usize = 1 << 20;

/// Reads as another, and ends in an error where so many bytes come before [`Bounded::begin`] is called
/// again.
#[derive(Debug)]
pub(super) struct Bounded<R> {
    reader: R,
    read: usize,
}

impl<R> Bounded<R> {
    pub(super) fn new(reader: R) -> Bounded<R> {
        Bounded { reader, read: 0 }
    }

    /// Something else begins.
    pub(super) fn begin(&mut self) {
        self.read = 0;
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
            let what = "a text or tag of more than 1 MiB: this is no dm+d file";
            return Err(io::Error::new(io::ErrorKind::InvalidData, what));
        }
        self.reader.fill_buf()
    }

    fn consume(&mut self, amount: usize) {
        self.read += amount;
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
}
