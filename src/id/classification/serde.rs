//! Codes as strings, with their points.

use super::{Icd10CmCode, Icd10Code, MarkedIcd10Code, Opcs4Code};
use serde::de::{Deserialize, Deserializer, Error, Visitor};
use serde::ser::{Serialize, Serializer};
use std::fmt;
use std::marker::PhantomData;
use std::str::FromStr;

/// The code with its point, as a string.
impl Serialize for Icd10Code {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.dotted())
    }
}

/// Accepts what [`Icd10Code::parse`] accepts.
impl<'de> Deserialize<'de> for Icd10Code {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Icd10Code, D::Error> {
        deserializer.deserialize_str(Spelling::new("a code of ICD-10 without a mark"))
    }
}

/// The code with its point and the symbol of its mark, as a string.
impl Serialize for MarkedIcd10Code {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.dotted())
    }
}

/// Accepts what [`MarkedIcd10Code::parse`] accepts.
impl<'de> Deserialize<'de> for MarkedIcd10Code {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<MarkedIcd10Code, D::Error> {
        deserializer.deserialize_str(Spelling::new("a code of ICD-10"))
    }
}

/// The code with its point, as a string.
impl Serialize for Icd10CmCode {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.dotted())
    }
}

/// Accepts what [`Icd10CmCode::parse`] accepts.
impl<'de> Deserialize<'de> for Icd10CmCode {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Icd10CmCode, D::Error> {
        deserializer.deserialize_str(Spelling::new("a code of ICD-10-CM"))
    }
}

/// The code with its point, as a string.
impl Serialize for Opcs4Code {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.dotted())
    }
}

/// Accepts what [`Opcs4Code::parse`] accepts.
impl<'de> Deserialize<'de> for Opcs4Code {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Opcs4Code, D::Error> {
        deserializer.deserialize_str(Spelling::new("a code of OPCS-4"))
    }
}

struct Spelling<C> {
    expected: &'static str,
    code: PhantomData<C>,
}

impl<C> Spelling<C> {
    const fn new(expected: &'static str) -> Spelling<C> {
        Spelling { expected, code: PhantomData }
    }
}

impl<C: FromStr<Err: fmt::Display>> Visitor<'_> for Spelling<C> {
    type Value = C;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.expected)
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<C, E> {
        text.parse().map_err(E::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::{Icd10CmCode, Icd10Code, MarkedIcd10Code, Opcs4Code};
    use serde::{Serialize, de::DeserializeOwned};

    fn written_again<C: Serialize + DeserializeOwned>(text: &str) -> Result<String, String> {
        let code: C = serde_json::from_str(text).map_err(|error| error.to_string())?;
        serde_json::to_string(&code).map_err(|error| error.to_string())
    }

    #[test]
    fn a_string_goes_both_ways() {
        assert_eq!(written_again::<Icd10Code>("\"i10x\"").as_deref(), Ok("\"I10\""));
        assert_eq!(written_again::<MarkedIcd10Code>("\"A170D\"").as_deref(), Ok("\"A17.0†\""));
        assert_eq!(written_again::<Icd10CmCode>("\"S52521A\"").as_deref(), Ok("\"S52.521A\""));
        assert_eq!(written_again::<Opcs4Code>("\"X384\"").as_deref(), Ok("\"X38.4\""));
    }

    #[test]
    fn a_number_and_a_mark_where_none_belongs_are_refused_with_the_reason() {
        let error = written_again::<Opcs4Code>("384").unwrap_err();
        assert!(error.contains("a code of OPCS-4"), "{error}");
        let error = written_again::<Icd10Code>("\"A170D\"").unwrap_err();
        assert!(error.contains("a dagger at character 5"), "{error}");
    }
}
