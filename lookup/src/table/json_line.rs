//! A line of JSON lines: the values of some members of its object, and where to add others.

use std::borrow::Cow;
use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, Error, MapAccess, Visitor};
use serde_json::value::RawValue;

/// What is looked for in an object.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Wanted<'w> {
    /// Members whose values are given.
    pub(crate) names: &'w [&'w str],
    /// Members that must not be there.
    pub(crate) reserved: &'w [&'w str],
}

/// The object of a line.
#[derive(Debug)]
pub(crate) struct Object<'l> {
    values: Vec<Option<&'l RawValue>>,
    is_empty: bool,
    /// Where its closing bracket stands.
    end: usize,
}

impl<'l> Object<'l> {
    /// Reads a line that holds an object and nothing else.
    ///
    /// # Errors
    ///
    /// What is wrong: no object, or not JSON, or a member twice that is looked for.
    pub(crate) fn read(line: &'l [u8], wanted: Wanted<'_>) -> Result<Object<'l>, String> {
        let mut reader = serde_json::Deserializer::from_slice(line);
        let (values, is_empty) = wanted
            .deserialize(&mut reader)
            .and_then(|read| reader.end().map(|()| read))
            .map_err(|error| plain(&error))?;
        let end = line.iter().rposition(|byte| *byte == b'}').unwrap_or_default();
        Ok(Object { values, is_empty, end })
    }

    /// What a member says: text as it reads, a number as it is written; nothing where it is absent
    /// or null.
    ///
    /// # Errors
    ///
    /// It is neither text nor a number.
    pub(crate) fn cell(&self, at: usize) -> Result<Option<Cow<'l, str>>, &'static str> {
        let Some(Some(value)) = self.values.get(at).copied() else { return Ok(None) };
        let text = value.get();
        match text.as_bytes().first() {
            Some(b'"') => {
                let inner = text.get(1..text.len().saturating_sub(1)).unwrap_or_default();
                match inner.contains('\\') {
                    false => Ok(Some(Cow::Borrowed(inner))),
                    // Half a pair of surrogates is JSON, and no text.
                    true => serde_json::from_str(text)
                        .map(|text| Some(Cow::Owned(text)))
                        .map_err(|_| "holds half a character"),
                }
            }
            Some(b'n') => Ok(None),
            Some(b'-' | b'0'..=b'9') => Ok(Some(Cow::Borrowed(text))),
            _ => Err("is neither text nor a number"),
        }
    }

    /// What a member is written as; nothing where it is absent.
    pub(crate) fn raw(&self, at: usize) -> &'l str {
        self.values.get(at).copied().flatten().map_or("", RawValue::get)
    }

    /// The line up to where members can be added, what has to stand before the first of them, and
    /// the rest of the line.
    pub(crate) fn around<'b>(&self, line: &'b [u8]) -> (&'b [u8], &'static str, &'b [u8]) {
        let (before, behind) = line.split_at_checked(self.end).unwrap_or((line, &[]));
        (before, if self.is_empty { "" } else { "," }, behind)
    }
}

/// What serde says, without the place: every line is line 1 to it.
fn plain(error: &serde_json::Error) -> String {
    let told = error.to_string();
    match told.rsplit_once(" at line ") {
        Some((what, _)) => format!("{what} at column {}", error.column()),
        None => told,
    }
}

impl<'de> DeserializeSeed<'de> for Wanted<'_> {
    type Value = (Vec<Option<&'de RawValue>>, bool);

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_map(self)
    }
}

impl<'de> Visitor<'de> for Wanted<'_> {
    type Value = (Vec<Option<&'de RawValue>>, bool);

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut members: A) -> Result<Self::Value, A::Error> {
        let mut values = vec![None; self.names.len()];
        let mut is_empty = true;
        while let Some(key) = members.next_key_seed(Key(self))? {
            is_empty = false;
            let value: &'de RawValue = members.next_value()?;
            // One member may be looked for as several things.
            let Some(key) = key else { continue };
            for (place, name) in values.iter_mut().zip(self.names) {
                if *name == key && place.replace(value).is_some() {
                    return Err(A::Error::custom(format!("the key {key:?} stands there twice")));
                }
            }
        }
        Ok((values, is_empty))
    }
}

/// A key: which of the wanted names it is.
#[derive(Clone, Copy)]
struct Key<'w>(Wanted<'w>);

impl<'de, 'w> DeserializeSeed<'de> for Key<'w> {
    type Value = Option<&'w str>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_str(self)
    }
}

impl<'w> Visitor<'_> for Key<'w> {
    type Value = Option<&'w str>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a key")
    }

    fn visit_str<E: Error>(self, key: &str) -> Result<Self::Value, E> {
        if self.0.reserved.contains(&key) {
            return Err(E::custom(format!("there is a key {key:?} already")));
        }
        Ok(self.0.names.iter().copied().find(|name| *name == key))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const WANTED: Wanted<'_> = Wanted { names: &["code", "sex"], reserved: &["farr_outcome"] };

    fn cells(line: &str) -> Result<[Option<String>; 2], String> {
        let object = Object::read(line.as_bytes(), WANTED)?;
        let cell = |at| object.cell(at).map(|cell| cell.map(Cow::into_owned));
        Ok([cell(0)?, cell(1)?])
    }

    fn added(line: &str) -> String {
        let object = Object::read(line.as_bytes(), WANTED).unwrap();
        let (before, comma, behind) = object.around(line.as_bytes());
        format!(
            "{}{comma}\"x\":1{}",
            str::from_utf8(before).unwrap(),
            str::from_utf8(behind).unwrap()
        )
    }

    #[test]
    fn members_are_found_and_nothing_else_is_touched() {
        let line = r#" { "a": {"code": "no"}, "code" : 22298006, "s\u0065x":"\u0031"} "#;
        assert_eq!(cells(line).unwrap(), [Some("22298006".into()), Some("1".into())]);
        let expected = r#" { "a": {"code": "no"}, "code" : 22298006, "s\u0065x":"\u0031","x":1} "#;
        assert_eq!(added(line), expected);
        assert_eq!(added("{}"), r#"{"x":1}"#);
        assert_eq!(added("{ }\r"), "{ \"x\":1}\r");
        assert_eq!(cells(r#"{"code":null}"#).unwrap(), [None, None]);
        assert_eq!(cells(r#"{"code":"1.20e3","sex":1.20e3}"#).unwrap()[1], Some("1.20e3".into()));
    }

    #[test]
    fn what_is_no_object_is_told() {
        for (line, told) in [
            ("[1]", "an object"),
            (r#"{"code":1"#, "EOF"),
            (r#"{"code":1} x"#, "trailing characters"),
            (r#"{"code":1,"code":2}"#, "twice"),
            (r#"{"farr_outcome":1}"#, "already"),
            (r#"{"code":[1]}"#, "neither text nor a number"),
            (r#"{"code":"\ud800"}"#, "half a character"),
        ] {
            let found = cells(line).unwrap_err();
            assert!(found.contains(told), "{line}: {found}");
            assert!(!found.contains("line 1"), "{found}");
        }
    }
}
