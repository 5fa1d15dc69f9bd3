//! NHS numbers as strings of ten digits, the form that messages carry: as JSON numbers they would
//! lose leading zeros.

use super::NhsNumber;
use serde::de::{Deserialize, Deserializer, Error, Visitor};
use serde::ser::{Serialize, Serializer};
use std::fmt;

/// The ten digits without spaces, as a string.
impl Serialize for NhsNumber {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(&format_args!("{:010}", self.0))
    }
}

/// Accepts what [`NhsNumber::parse`] accepts, and no number.
impl<'de> Deserialize<'de> for NhsNumber {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<NhsNumber, D::Error> {
        deserializer.deserialize_str(Digits)
    }
}

struct Digits;

impl Visitor<'_> for Digits {
    type Value = NhsNumber;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an NHS number as a string of ten digits")
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<NhsNumber, E> {
        NhsNumber::parse(text).map_err(E::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::NhsNumber;

    #[test]
    fn a_string_goes_both_ways_and_an_error_does_not_repeat_it() {
        let number: NhsNumber = serde_json::from_str("\"060 723 0002\"").unwrap();
        assert_eq!(serde_json::to_string(&number).unwrap(), "\"0607230002\"");
        let error = serde_json::from_str::<NhsNumber>("\"0607230003\"").unwrap_err();
        assert!(!error.to_string().contains("060"), "{error}");
    }

    #[test]
    fn a_number_is_refused() {
        assert!(serde_json::from_str::<NhsNumber>("9990000018").is_err());
    }
}
