//! Element strings as text again.

use super::separator::GS;
use super::{Element, ElementStrings};
use std::fmt::{self, Write};

impl<'t> ElementStrings<'t> {
    /// Returns the element strings as people read them, to be printed: `(01)…(17)…`, with `\(` for
    /// a bracket that opens in a value. [`Scan::parse`](super::Scan::parse) reads it back.
    ///
    /// # Example
    /// ```
    /// use farr::id::gs1::Scan;
    ///
    /// let scan = Scan::parse("]d20105012617019844172711301021A")?;
    /// let all = scan.element_strings().ok_or("no element strings")?;
    /// assert_eq!(all.bracketed().to_string(), "(01)05012617019844(17)271130(10)21A");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn bracketed(&self) -> impl fmt::Display + '_ {
        Bracketed(self)
    }

    /// Returns the element strings as a scanner sends them, to be printed: the character GS after
    /// each value that needs it and is not the last, no symbology identifier and nothing before the
    /// first application identifier.
    ///
    /// A text such as `17271130` is also eight digits, and read as a GTIN if no symbology
    /// identifier stands before it.
    ///
    /// # Example
    /// ```
    /// use farr::id::gs1::Scan;
    ///
    /// let scan = Scan::parse("(10)A1(01)05012617019844(21)77")?;
    /// let all = scan.element_strings().ok_or("no element strings")?;
    /// assert_eq!(all.unbracketed().to_string(), "10A1\u{1d}01050126170198442177");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn unbracketed(&self) -> impl fmt::Display + '_ {
        Unbracketed(self)
    }
}

struct Bracketed<'e, 't>(&'e ElementStrings<'t>);

impl fmt::Display for Bracketed<'_, '_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for element in self.0 {
            write!(f, "({})", element.ai)?;
            for (place, part) in element.value().split('(').enumerate() {
                f.write_str(if place == 0 { "" } else { "\\(" })?;
                f.write_str(part)?;
            }
        }
        Ok(())
    }
}

struct Unbracketed<'e, 't>(&'e ElementStrings<'t>);

impl fmt::Display for Unbracketed<'_, '_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut before: Option<&Element<'_>> = None;
        for element in self.0 {
            if before.is_some_and(|before| !before.definition.has_predefined_length) {
                f.write_char(GS)?;
            }
            write!(f, "{}{}", element.ai, element.value())?;
            before = Some(element);
        }
        Ok(())
    }
}
