//! The characters of values.

use std::fmt;

/// The characters that a value may have: the letters are those of the dictionary.
///
/// # Example
/// ```
/// use farr::id::gs1::CharacterSet;
///
/// assert!(CharacterSet::X.contains(b'<') && !CharacterSet::X.contains(b'#'));
/// assert!(CharacterSet::Y.contains(b'#') && !CharacterSet::Y.contains(b'a'));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum CharacterSet {
    /// The digits 0 to 9.
    N,
    /// CSET 82: digits, letters, `_` and the signs ``! " % & ' ( ) * + , - . / : ; < = > ?``.
    X,
    /// CSET 39: digits, capital letters, `#`, `-` and `/`.
    Y,
    /// CSET 64, base64 for file names: digits, letters, `-` and `_`, and `=` as padding at the end.
    Z,
}

impl CharacterSet {
    /// Whether a byte of ASCII is in the set.
    #[must_use]
    #[inline]
    #[allow(clippy::indexing_slicing, reason = "a byte is an index of 256")]
    pub const fn contains(self, byte: u8) -> bool {
        SETS[byte as usize] & self.bit() != 0
    }

    const fn bit(self) -> u8 {
        match self {
            CharacterSet::N => 1,
            CharacterSet::X => 2,
            CharacterSet::Y => 4,
            CharacterSet::Z => 8,
        }
    }

    /// The sets without a table.
    const fn has(self, byte: u8) -> bool {
        match self {
            CharacterSet::N => byte.is_ascii_digit(),
            CharacterSet::X => matches!(
                byte,
                b'!'..=b'"' | b'%'..=b'?' | b'A'..=b'Z' | b'_' | b'a'..=b'z'
            ),
            CharacterSet::Y => matches!(byte, b'#' | b'-' | b'/' | b'0'..=b'9' | b'A'..=b'Z'),
            CharacterSet::Z => {
                matches!(byte, b'-' | b'_' | b'=' | b'0'..=b'9' | b'A'..=b'Z' | b'a'..=b'z')
            }
        }
    }
}

/// For each byte the sets that it is in, a bit each.
#[allow(
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    reason = "a table that is wrong does not compile"
)]
static SETS: [u8; 256] = {
    let mut sets = [0; 256];
    let all = [CharacterSet::N, CharacterSet::X, CharacterSet::Y, CharacterSet::Z];
    let mut byte = 0;
    while byte < sets.len() {
        let mut set = 0;
        while set < all.len() {
            if all[set].has(byte as u8) {
                sets[byte] |= all[set].bit();
            }
            set += 1;
        }
        byte += 1;
    }
    sets
};

/// What is expected, for a message.
impl fmt::Display for CharacterSet {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            CharacterSet::N => "a digit 0 to 9",
            CharacterSet::X => "a character of CSET 82",
            CharacterSet::Y => "a character of CSET 39",
            CharacterSet::Z => "a character of CSET 64",
        })
    }
}
