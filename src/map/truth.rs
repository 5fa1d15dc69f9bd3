//! True, false, and neither.

use std::fmt;

/// Whether something holds, so far as is known.
///
/// # Example
/// ```
/// use farr::map::Truth;
///
/// assert_eq!(Truth::Unknown.and(Truth::False), Truth::False);
/// assert_eq!(Truth::Unknown.and(Truth::True), Truth::Unknown);
/// assert_eq!(Truth::from(true), Truth::True);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Truth {
    /// It holds.
    True,
    /// It does not hold.
    False,
    /// What is known does not say.
    Unknown,
}

impl Truth {
    /// Returns whether both hold
    /// ([Kleene's strong logic](https://en.wikipedia.org/wiki/Three-valued_logic)): false where
    /// either is false, whatever the other.
    ///
    /// # Example
    /// ```
    /// use farr::map::Truth;
    ///
    /// assert_eq!(Truth::True.and(Truth::True), Truth::True);
    /// ```
    #[must_use]
    pub const fn and(self, other: Truth) -> Truth {
        match (self, other) {
            (Truth::False, _) | (_, Truth::False) => Truth::False,
            (Truth::True, Truth::True) => Truth::True,
            _ => Truth::Unknown,
        }
    }

    /// Returns a word for it that stays: `true`, `false` or `unknown`.
    ///
    /// # Example
    /// ```
    /// assert_eq!(farr::map::Truth::Unknown.code(), "unknown");
    /// ```
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Truth::True => "true",
            Truth::False => "false",
            Truth::Unknown => "unknown",
        }
    }
}

impl From<bool> for Truth {
    fn from(holds: bool) -> Truth {
        if holds { Truth::True } else { Truth::False }
    }
}

/// Its [code](Truth::code).
impl fmt::Display for Truth {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.code())
    }
}

#[cfg(test)]
mod tests {
    use super::Truth;

    /// Both operands, and what comes of them.
    const AND: [&str; 9] = [
        "true true true",
        "true false false",
        "true unknown unknown",
        "false true false",
        "false false false",
        "false unknown false",
        "unknown true unknown",
        "unknown false false",
        "unknown unknown unknown",
    ];

    #[test]
    fn and_is_kleenes() {
        let all = [Truth::True, Truth::False, Truth::Unknown];
        let mut table = Vec::new();
        for one in all {
            for other in all {
                table.push(format!("{one} {other} {}", one.and(other)));
            }
        }
        assert_eq!(table, AND);
    }
}
