//! What bytes of text stand for.
//!
//! UTF-8 and Windows-1252 hold delimiters, quotation marks and line ends as the same bytes, so a
//! file in either is read and written as it is, and only the cells that are looked at are decoded.
//! UTF-16 is turned into UTF-8 as it is read and back as it is written, which loses nothing: what is
//! not UTF-16 is an error.

use std::borrow::Cow;
use std::io::{self, Read, Write};

use clap::ValueEnum;

/// An encoding of text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Encoding {
    /// UTF-8, with or without a byte order mark
    #[value(name = "utf-8")]
    Utf8,
    /// Windows-1252, which spreadsheets write in Western Europe
    #[value(name = "windows-1252")]
    Windows1252,
    /// UTF-16, low byte first
    #[value(name = "utf-16le")]
    Utf16Le,
    /// UTF-16, high byte first
    #[value(name = "utf-16be")]
    Utf16Be,
}

impl Encoding {
    /// The encoding of a file that begins so: by its byte order mark, or by what cannot be UTF-8.
    /// `is_whole` says that nothing comes behind.
    pub(crate) fn of(start: &[u8], is_whole: bool) -> Encoding {
        if start.starts_with(&[0xff, 0xfe]) {
            return Encoding::Utf16Le;
        }
        if start.starts_with(&[0xfe, 0xff]) {
            return Encoding::Utf16Be;
        }
        match std::str::from_utf8(start) {
            Ok(_) => Encoding::Utf8,
            // A character that is cut off by the end of what was read.
            Err(error) if error.error_len().is_none() && !is_whole => Encoding::Utf8,
            Err(_) => Encoding::Windows1252,
        }
    }

    /// Its name.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Encoding::Utf8 => "UTF-8",
            Encoding::Windows1252 => "Windows-1252",
            Encoding::Utf16Le => "UTF-16 (low byte first)",
            Encoding::Utf16Be => "UTF-16 (high byte first)",
        }
    }

    /// Whether text is turned into UTF-8 as it is read, and back as it is written.
    pub(crate) fn is_utf16(self) -> bool {
        matches!(self, Encoding::Utf16Le | Encoding::Utf16Be)
    }

    /// What bytes say that were read.
    pub(crate) fn decode(self, bytes: &[u8]) -> Cow<'_, str> {
        match self {
            Encoding::Windows1252 => encoding_rs::WINDOWS_1252.decode_without_bom_handling(bytes).0,
            _ => String::from_utf8_lossy(bytes),
        }
    }

    /// Text as the bytes to write: a character that Windows-1252 lacks becomes a question mark.
    pub(crate) fn encode(self, text: &str) -> Cow<'_, [u8]> {
        if self != Encoding::Windows1252 || text.is_ascii() {
            return Cow::Borrowed(text.as_bytes());
        }
        let mut bytes = Vec::with_capacity(text.len());
        let mut utf8 = [0; 4];
        for character in text.chars() {
            let (encoded, _, is_lost) =
                encoding_rs::WINDOWS_1252.encode(character.encode_utf8(&mut utf8));
            bytes.extend_from_slice(if is_lost { b"?" } else { &encoded });
        }
        Cow::Owned(bytes)
    }
}

/// UTF-16 that is read as UTF-8.
#[derive(Debug)]
pub(crate) struct Utf16Reader<R> {
    input: R,
    is_big: bool,
    /// Read, and not decoded: a unit or a pair may be cut off.
    raw: Vec<u8>,
    /// Decoded, and not handed on.
    utf8: Vec<u8>,
    given: usize,
    is_at_end: bool,
    /// Units that were decoded.
    units: u64,
}

impl<R: Read> Utf16Reader<R> {
    pub(crate) fn new(input: R, is_big: bool) -> Utf16Reader<R> {
        let (raw, utf8) = (Vec::new(), Vec::new());
        Utf16Reader { input, is_big, raw, utf8, given: 0, is_at_end: false, units: 0 }
    }

    fn fill(&mut self) -> io::Result<()> {
        self.utf8.clear();
        self.given = 0;
        let read = self.input.by_ref().take(1 << 16).read_to_end(&mut self.raw)?;
        self.is_at_end = read == 0;
        let units = self.raw.as_chunks::<2>().0.iter().map(|pair| match self.is_big {
            true => u16::from_le_bytes(*pair).swap_bytes(),
            false => u16::from_le_bytes(*pair),
        });
        let mut taken = 0;
        let count = self.raw.len() / 2;
        let decoded = char::decode_utf16(units);
        let mut utf8 = [0; 4];
        for character in decoded {
            match character {
                Ok(character) => {
                    taken += character.len_utf16();
                    self.utf8.extend_from_slice(character.encode_utf8(&mut utf8).as_bytes());
                }
                // The second half of a pair is yet to be read.
                Err(error)
                    if taken + 1 == count
                        && !self.is_at_end
                        && error.unpaired_surrogate() < 0xdc00 =>
                {
                    break;
                }
                Err(error) => {
                    let place = (self.units + taken as u64) * 2;
                    let unit = error.unpaired_surrogate();
                    return Err(malformed(format!("byte {place}: {unit:04X} is half a character")));
                }
            }
        }
        self.units += taken as u64;
        self.raw.drain(..taken * 2);
        if self.is_at_end && !self.raw.is_empty() {
            return Err(malformed("it ends in the middle of a character".to_owned()));
        }
        Ok(())
    }
}

fn malformed(what: String) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, format!("this is not UTF-16: {what}"))
}

impl<R: Read> Read for Utf16Reader<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        while self.given == self.utf8.len() && !self.is_at_end {
            self.fill()?;
        }
        let rest = self.utf8.get(self.given..).unwrap_or_default();
        let length = rest.len().min(buffer.len());
        if let (Some(to), Some(from)) = (buffer.get_mut(..length), rest.get(..length)) {
            to.copy_from_slice(from);
        }
        self.given += length;
        Ok(length)
    }
}

/// Writes whole characters of UTF-8 as they stand in an encoding of two bytes, and all else as it is.
pub(crate) fn write_as(sink: &mut dyn Write, encoding: Encoding, utf8: &[u8]) -> io::Result<()> {
    if !encoding.is_utf16() {
        return sink.write_all(utf8);
    }
    let text = std::str::from_utf8(utf8).map_err(io::Error::other)?;
    let mut bytes = Vec::with_capacity(utf8.len() * 2);
    for unit in text.encode_utf16() {
        bytes.extend_from_slice(&match encoding {
            Encoding::Utf16Be => unit.swap_bytes().to_le_bytes(),
            _ => unit.to_le_bytes(),
        });
    }
    sink.write_all(&bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Gives one byte at a time.
    struct Drip<'b>(&'b [u8]);

    impl Read for Drip<'_> {
        fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
            let (Some(to), Some((first, rest))) = (buffer.first_mut(), self.0.split_first()) else {
                return Ok(0);
            };
            *to = *first;
            self.0 = rest;
            Ok(1)
        }
    }

    #[test]
    fn a_file_tells_its_encoding() {
        for (start, encoding) in [
            (&b"code\n"[..], Encoding::Utf8),
            (b"\xef\xbb\xbfcode\n", Encoding::Utf8),
            ("caf\u{e9}\n".as_bytes(), Encoding::Utf8),
            (b"caf\xe9\n", Encoding::Windows1252),
            (b"\xff\xfec\0", Encoding::Utf16Le),
            (b"\xfe\xff\0c", Encoding::Utf16Be),
        ] {
            assert_eq!(Encoding::of(start, true), encoding, "{start:?}");
        }
        let cut = &"caf\u{e9}".as_bytes()[..4];
        assert_eq!(Encoding::of(cut, false), Encoding::Utf8);
        assert_eq!(Encoding::of(cut, true), Encoding::Windows1252);
    }

    #[test]
    fn windows_1252_keeps_what_it_has() {
        let encoding = Encoding::Windows1252;
        assert_eq!(
            encoding.decode(b"M\xe9ni\xe8re \x96 \x80"),
            "M\u{e9}ni\u{e8}re \u{2013} \u{20ac}"
        );
        assert_eq!(
            &*encoding.encode("M\u{e9}ni\u{e8}re \u{2265} 3 \u{b5}g"),
            b"M\xe9ni\xe8re ? 3 \xb5g"
        );
        assert_eq!(&*Encoding::Utf8.encode("\u{2265}"), "\u{2265}".as_bytes());
    }

    #[test]
    fn utf_16_comes_back_as_it_was() {
        let text =
            "\u{feff}code,term\r\n1,M\u{e9}ni\u{e8}re \u{1f9ea} \u{ffff}\u{d7ff}\u{e000}\r\n";
        for encoding in [Encoding::Utf16Le, Encoding::Utf16Be] {
            let mut raw = Vec::new();
            write_as(&mut raw, encoding, text.as_bytes()).unwrap();
            let is_big = encoding == Encoding::Utf16Be;
            let mut read = String::new();
            Utf16Reader::new(raw.as_slice(), is_big).read_to_string(&mut read).unwrap();
            assert_eq!(read, text);
            let mut dripped = String::new();
            Utf16Reader::new(Drip(&raw), is_big).read_to_string(&mut dripped).unwrap();
            assert_eq!(dripped, text);
        }
    }

    #[test]
    fn what_is_not_utf_16_is_not_read() {
        for (raw, told) in [
            (&[0xff, 0xfe, b'a', 0, 0x00, 0xd8][..], "byte 4: D800"),
            (&[0x00, 0xd8, b'a', 0], "byte 0: D800"),
            (&[0x00, 0xdc, b'a', 0], "byte 0: DC00"),
            (&[b'a', 0, b'b'], "in the middle"),
        ] {
            let mut read = String::new();
            let error = Utf16Reader::new(raw, false).read_to_string(&mut read).unwrap_err();
            assert!(error.to_string().contains(told), "{error}");
        }
    }
}
