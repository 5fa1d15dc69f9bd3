//! Rows of a release file: tabs between fields, CR LF after every line including the last.

use crate::snomed::versions::Selection;
use rayon::prelude::*;
use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::path::Path;

/// How many parts are rendered before they are written: bounds the memory of a large release.
const PARTS_AT_ONCE: usize = 16;

/// The bytes of some rows of one file.
#[derive(Debug, Default)]
pub(crate) struct Rows {
    /// Which versions of each component the file holds.
    pub(crate) selection: Selection,
    bytes: Vec<u8>,
    count: u64,
    within: bool,
}

impl Rows {
    fn separate(&mut self) {
        if self.within {
            self.bytes.push(b'\t');
        }
        self.within = true;
    }

    pub(crate) fn number(&mut self, mut value: u64) -> &mut Self {
        self.separate();
        let mut digits = [0; 20];
        let mut at = digits.len();
        loop {
            at -= 1;
            digits[at] = b'0' + (value % 10) as u8;
            value /= 10;
            if value == 0 {
                break;
            }
        }
        self.bytes.extend_from_slice(&digits[at..]);
        self
    }

    pub(crate) fn flag(&mut self, value: bool) -> &mut Self {
        self.number(u64::from(value))
    }

    pub(crate) fn text(&mut self, value: &str) -> &mut Self {
        self.separate();
        self.bytes.extend_from_slice(value.as_bytes());
        self
    }

    /// A UUID made of two hashes, in the form of version 5.
    pub(crate) fn uuid(&mut self, high: u64, low: u64) -> &mut Self {
        self.separate();
        let high = (high & !0xf000) | 0x5000;
        let low = (low & !(0b11 << 62)) | (0b10 << 62);
        let value = u128::from(high) << 64 | u128::from(low);
        for digit in 0..32 {
            if matches!(digit, 8 | 12 | 16 | 20) {
                self.bytes.push(b'-');
            }
            let nibble = (value >> (124 - 4 * digit)) as usize & 15;
            self.bytes.push(b"0123456789abcdef"[nibble]);
        }
        self
    }

    pub(crate) fn end(&mut self) {
        self.bytes.extend_from_slice(b"\r\n");
        self.count += 1;
        self.within = false;
    }
}

/// Writes one file of `parts` parts, rendered in parallel and written in order; gives the number
/// of rows. The columns of `header` are parted by spaces.
pub(crate) fn write_file(
    path: &Path,
    header: &str,
    selection: Selection,
    parts: usize,
    render: impl Fn(usize, &mut Rows) + Sync,
) -> io::Result<u64> {
    let mut file = BufWriter::with_capacity(1 << 20, File::create(path)?);
    file.write_all(header.replace(' ', "\t").as_bytes())?;
    file.write_all(b"\r\n")?;
    let mut count = 0;
    for first in (0..parts).step_by(PARTS_AT_ONCE) {
        let last = parts.min(first + PARTS_AT_ONCE);
        let rendered: Vec<Rows> = (first..last)
            .into_par_iter()
            .map(|part| {
                let mut rows = Rows { selection, ..Rows::default() };
                render(part, &mut rows);
                rows
            })
            .collect();
        for rows in rendered {
            file.write_all(&rows.bytes)?;
            count += rows.count;
        }
    }
    file.flush()?;
    Ok(count)
}
