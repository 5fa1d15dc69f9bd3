//! A pack as a tree whose every value knows its place, whether TOML or JSON wrote it.

use std::ops::Range;

use serde_json::value::RawValue;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use crate::valueset::{Items, Members};

/// A value, and the bytes that it stands in.
#[derive(Clone, Debug)]
pub(super) struct Node {
    pub(super) span: Range<usize>,
    pub(super) value: Value,
}

/// What a value is.
#[derive(Clone, Debug)]
pub(super) enum Value {
    Text(String),
    /// A whole number that is not negative.
    Number(u64),
    Truth(bool),
    List(Vec<Node>),
    Table(Vec<Member>),
    /// What no field of a pack has: its name.
    Other(&'static str),
}

/// A field of a table.
#[derive(Clone, Debug)]
pub(super) struct Member {
    pub(super) key: String,
    pub(super) key_at: usize,
    pub(super) node: Node,
}

/// What is wrong with a text, and at which byte.
pub(super) type Wrong = (usize, String);

/// Values within each other at most; a pack has five.
const DEEPEST: usize = 16;

impl Value {
    /// What it is, for people.
    pub(super) fn name(&self) -> &'static str {
        match self {
            Value::Text(_) => "text",
            Value::Number(_) => "a number",
            Value::Truth(_) => "true or false",
            Value::List(_) => "a list",
            Value::Table(_) => "a table",
            Value::Other(name) => name,
        }
    }
}

/// Reads TOML.
pub(super) fn of_toml(text: &str) -> Result<Node, Wrong> {
    let (table, errors) = DeTable::parse_recoverable(text);
    // Those behind the first are often of what the first left open.
    let told = errors.iter().map(|error| {
        let at = error.span().map_or(0, |span| span.start);
        (at, error.message().lines().collect::<Vec<_>>().join(", "))
    });
    if let Some(first) = told.min() {
        return Err(first);
    }
    let span = table.span();
    Ok(Node { span, value: of_table(table.get_ref()) })
}

fn of_table(table: &DeTable<'_>) -> Value {
    let members = table.iter().map(|(key, value)| Member {
        key: key.get_ref().to_string(),
        key_at: key.span().start,
        node: of_value(value),
    });
    let mut members: Vec<Member> = members.collect();
    // The order of the file, in which errors are told.
    members.sort_by_key(|member| member.key_at);
    Value::Table(members)
}

/// The parser itself refuses what is nested too deep.
fn of_value(value: &Spanned<DeValue<'_>>) -> Node {
    let found = match value.get_ref() {
        DeValue::String(text) => Value::Text(text.to_string()),
        DeValue::Integer(number) => match u64::from_str_radix(number.as_str(), number.radix()) {
            Ok(number) => Value::Number(number),
            Err(_) => Value::Other("a negative or too large number"),
        },
        DeValue::Float(_) => Value::Other("a number with a point"),
        DeValue::Boolean(truth) => Value::Truth(*truth),
        DeValue::Datetime(_) => Value::Other("a date without quotation marks"),
        DeValue::Array(items) => Value::List(items.iter().map(of_value).collect()),
        DeValue::Table(table) => of_table(table),
    };
    Node { span: value.span(), value: found }
}

/// Reads JSON.
pub(super) fn of_json(text: &str) -> Result<Node, Wrong> {
    let raw: &RawValue = serde_json::from_str(text).map_err(|error| {
        let line = error.line().saturating_sub(1);
        let start = text.split_inclusive('\n').take(line).map(str::len).sum::<usize>();
        // The column is that of the byte behind, counted from 1.
        let at = start.saturating_add(error.column().saturating_sub(1)).min(text.len());
        let message = error.to_string();
        let message = message.split(" at line ").next().unwrap_or_default().to_owned();
        (at, message)
    })?;
    of_raw(text, raw, 0)
}

fn of_raw(text: &str, raw: &RawValue, depth: usize) -> Result<Node, Wrong> {
    // The raw value is a part of the text.
    let at = (raw.get().as_ptr() as usize).saturating_sub(text.as_ptr() as usize);
    let span = at..at.saturating_add(raw.get().len());
    if depth > DEEPEST {
        return Err((at, "values stand too deep within each other".to_owned()));
    }
    let deeper = depth.saturating_add(1);
    let unread = |error: serde_json::Error| (at, error.to_string());
    let value = match raw.get().as_bytes().first() {
        Some(b'{') => {
            let read: Members<'_> = serde_json::from_str(raw.get()).map_err(unread)?;
            let mut members: Vec<Member> = Vec::new();
            for (key, raw) in read.0 {
                let node = of_raw(text, raw, deeper)?;
                let key_at = key_before(text, node.span.start);
                if members.iter().any(|member| member.key == key) {
                    return Err((key_at, format!("{key:?} stands twice in one object")));
                }
                members.push(Member { key, key_at, node });
            }
            Value::Table(members)
        }
        Some(b'[') => {
            let items: Items<'_> = serde_json::from_str(raw.get()).map_err(unread)?;
            let items: Result<Vec<Node>, Wrong> =
                items.0.into_iter().map(|item| of_raw(text, item, deeper)).collect();
            Value::List(items?)
        }
        Some(b'"') => Value::Text(serde_json::from_str(raw.get()).map_err(unread)?),
        Some(b't') => Value::Truth(true),
        Some(b'f') => Value::Truth(false),
        Some(b'n') => Value::Other("null"),
        _ => match raw.get().parse() {
            Ok(number) => Value::Number(number),
            Err(_) => Value::Other("a number that is not whole, negative or too large"),
        },
    };
    Ok(Node { span, value })
}

/// Where the key of a value begins: before the value stand its colon and the key in quotation marks.
fn key_before(text: &str, value_at: usize) -> usize {
    let before = text.get(..value_at).unwrap_or_default().trim_end();
    let before = before.strip_suffix(':').unwrap_or(before).trim_end();
    let Some(inner) = before.strip_suffix('"') else { return value_at };
    // A quotation mark within the key has an odd number of backslashes before it.
    let opening = inner.rmatch_indices('"').find(|(at, _)| {
        let before = inner.get(..*at).unwrap_or_default();
        let backslashes = before.len().saturating_sub(before.trim_end_matches('\\').len());
        backslashes.is_multiple_of(2)
    });
    opening.map_or(value_at, |(at, _)| at)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn outline(node: &Node, text: &str) -> String {
        match &node.value {
            Value::Table(members) => {
                let members = members.iter().map(|member| {
                    let line = text[..member.key_at].matches('\n').count() + 1;
                    format!("{line} {}: {}", member.key, outline(&member.node, text))
                });
                format!("{{{}}}", members.collect::<Vec<_>>().join(", "))
            }
            Value::List(items) => {
                let items = items.iter().map(|item| outline(item, text));
                format!("[{}]", items.collect::<Vec<_>>().join(", "))
            }
            Value::Text(_) | Value::Number(_) | Value::Truth(_) | Value::Other(_) => {
                text[node.span.clone()].to_owned()
            }
        }
    }

    #[test]
    fn values_know_their_places_in_toml() {
        let text = "b = 'x'\na = 0x1F\n[[c]]\nd = [true, -1]\n[c.e]\n\"f g\" = '''y'''\n";
        let node = of_toml(text).unwrap();
        assert_eq!(
            outline(&node, text),
            "{1 b: 'x', 2 a: 0x1F, 3 c: [{4 d: [true, -1], 5 e: {6 f g: '''y'''}}]}"
        );
        assert_eq!(of_toml("a = 'x'\nb = [\n]\nc =\nd = 1").unwrap_err().0, 19);
        assert!(of_toml("a = 1\na = 2").unwrap_err().1.contains("duplicate"));
        assert!(of_toml(&"[".repeat(100_000)).is_err());
        assert!(of_toml(&format!("a = {}", "[".repeat(100_000))).is_err());
    }

    #[test]
    fn values_know_their_places_in_json() {
        let text = "{\"b\\\"\\\\\": \"x\",\n \"c\" : [ {\"d\": [true, -1, null]} ]}";
        let node = of_json(text).unwrap();
        assert_eq!(outline(&node, text), "{1 b\"\\: \"x\", 2 c: [{2 d: [true, -1, null]}]}");
        let Value::Table(members) = &node.value else { panic!() };
        assert_eq!(members[0].key_at, 1);
        assert_eq!(of_json("{\"a\": 1,\n \"a\": 2}").unwrap_err().0, 10);
        assert_eq!(of_json("{\"a\" 1}").unwrap_err().0, 5);
        assert!(of_json(&format!("{}1{}", "[".repeat(50), "]".repeat(50))).is_err());
        assert!(of_json(&"[".repeat(100_000)).is_err());
    }
}
