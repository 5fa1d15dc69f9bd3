//! GTINs as strings of 14 digits: a JSON number would lose the leading zeros that other systems
//! compare.

use super::Gtin;
use serde::de::{Deserialize, Deserializer, Error, Visitor};
use serde::ser::{Serialize, Serializer};
use std::fmt;

/// The 14 digits, as a string.
impl Serialize for Gtin {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

/// Accepts what [`Gtin::parse`] accepts, and no number.
impl<'de> Deserialize<'de> for Gtin {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Gtin, D::Error> {
        deserializer.deserialize_str(Digits)
    }
}

struct Digits;

impl Visitor<'_> for Digits {
    type Value = Gtin;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a GTIN as a string of 8, 12, 13 or 14 digits")
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Gtin, E> {
        Gtin::parse(text).map_err(E::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::Gtin;

    #[test]
    fn a_string_goes_both_ways_and_a_number_or_a_bad_digit_is_refused() {
        let gtin: Gtin = serde_json::from_str("\"5012617019844\"").unwrap();
        assert_eq!(serde_json::to_string(&gtin).unwrap(), "\"05012617019844\"");
        assert!(serde_json::from_str::<Gtin>("5012617019844").is_err());
        let error = serde_json::from_str::<Gtin>("\"5012617019845\"").unwrap_err();
        assert!(error.to_string().contains("require 4"), "{error}");
    }
}
