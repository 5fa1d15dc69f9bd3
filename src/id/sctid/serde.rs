//! SCTIDs as strings: as JSON numbers, those above 2^53 would lose their last digits in many
//! readers.

use super::Sctid;
use serde::de::{Deserialize, Deserializer, Error, Visitor};
use serde::ser::{Serialize, Serializer};
use std::fmt;

/// The digits, as a string.
impl Serialize for Sctid {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

/// Accepts what [`Sctid::parse`] accepts, and no number.
impl<'de> Deserialize<'de> for Sctid {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Sctid, D::Error> {
        deserializer.deserialize_str(Digits)
    }
}

struct Digits;

impl Visitor<'_> for Digits {
    type Value = Sctid;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an SCTID as a string of 6 to 18 digits")
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Sctid, E> {
        Sctid::parse(text).map_err(E::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::Sctid;

    #[test]
    fn a_string_goes_both_ways_and_a_number_or_a_bad_digit_is_refused() {
        let sctid: Sctid = serde_json::from_str("\"999999990989121104\"").unwrap();
        assert_eq!(serde_json::to_string(&sctid).unwrap(), "\"999999990989121104\"");
        assert!(serde_json::from_str::<Sctid>("24700007").is_err());
        let error = serde_json::from_str::<Sctid>("\"24700008\"").unwrap_err();
        assert!(error.to_string().contains("require 7"), "{error}");
    }
}
