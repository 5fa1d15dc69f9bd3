//! SHA-256 sums as values.

use std::fmt;
use std::str::FromStr;

/// The SHA-256 of a file ([FIPS 180-4](https://doi.org/10.6028/NIST.FIPS.180-4)).
///
/// ```
/// use farr::published::Sha256Sum;
/// let empty = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
/// let sum: Sha256Sum = empty.parse().map_err(|()| "64 hexadecimal digits")?;
/// assert_eq!(sum.to_string(), empty);
/// assert!("e3b0".parse::<Sha256Sum>().is_err());
/// # Ok::<(), &'static str>(())
/// ```
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Sha256Sum(pub [u8; 32]);

impl FromStr for Sha256Sum {
    type Err = ();

    /// Reads 64 lower-case hexadecimal digits.
    fn from_str(text: &str) -> Result<Sha256Sum, ()> {
        let digits = text.as_bytes();
        if digits.len() != 64 {
            return Err(());
        }
        let mut sum = [0; 32];
        for (byte, pair) in sum.iter_mut().zip(digits.chunks_exact(2)) {
            let mut value = 0;
            for digit in pair {
                let digit = match digit {
                    b'0'..=b'9' => digit.wrapping_sub(b'0'),
                    b'a'..=b'f' => digit.wrapping_sub(b'a').wrapping_add(10),
                    _ => return Err(()),
                };
                value = value << 4 | digit;
            }
            *byte = value;
        }
        Ok(Sha256Sum(sum))
    }
}

impl fmt::Display for Sha256Sum {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

impl fmt::Debug for Sha256Sum {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Sha256Sum({self})")
    }
}
