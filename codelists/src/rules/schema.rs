//! The JSON Schema of packs, made from the fields that the reader takes.

use serde_json::{Map, Value, json};

use super::shape::{self, Field, Kind, Shape};

/// The JSON Schema of packs ([2020-12](https://json-schema.org/draft/2020-12)), for editors that
/// complete and check TOML and JSON; `docs/rule-pack.schema.json` is its text.
///
/// A pack that the reader takes satisfies it. It does not say everything that the reader asks: that an
/// expression constraint can be read, say, or that a name stands once.
pub fn schema() -> Value {
    let mut schema = json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Rule pack of farr",
        "description": "Bindings by name: what is required of codings, and who says so",
    });
    if let (Some(whole), Value::Object(pack)) = (schema.as_object_mut(), of_shape(&shape::PACK)) {
        whole.extend(pack);
    }
    schema
}

fn of_shape(shape: &Shape) -> Value {
    let fields = shape.fields.iter();
    let properties: Map<String, Value> =
        fields.clone().map(|field| (field.name.to_owned(), of_field(field))).collect();
    let required: Vec<&str> = fields.filter(|field| field.required).map(|f| f.name).collect();
    json!({
        "type": "object",
        "properties": properties,
        "required": required,
        "additionalProperties": false,
    })
}

fn of_field(field: &Field) -> Value {
    let mut value = of_kind(&field.kind);
    if let Some(value) = value.as_object_mut() {
        value.insert("description".to_owned(), field.about.into());
        // An example may say that there are no findings.
        if field.name == "findings" {
            value.remove("minItems");
        }
    }
    value
}

fn of_kind(kind: &Kind) -> Value {
    match kind {
        Kind::AnyText => json!({ "type": "string" }),
        Kind::Text
        | Kind::Ecl
        | Kind::Dialect
        | Kind::Ranges
        | Kind::Separators
        | Kind::Day
        | Kind::Age => json!({ "type": "string", "minLength": 1 }),
        Kind::Name => json!({ "type": "string", "pattern": "^[a-z][a-z0-9-]{0,63}$" }),
        Kind::Url => json!({ "type": "string", "pattern": "^https?://[^\\s]+$" }),
        Kind::Refset => json!({ "type": "string", "pattern": "^[1-9][0-9]{5,17}$" }),
        Kind::Concepts => json!({
            "type": "array",
            "items": { "type": "string", "pattern": "^[1-9][0-9]{5,17}$" },
            "minItems": 1,
            "uniqueItems": true,
        }),
        Kind::Truth => json!({ "type": "boolean" }),
        Kind::TruthOrAny => json!({ "enum": [true, false, "any"] }),
        Kind::Days => json!({ "type": "integer", "minimum": 0, "maximum": u32::MAX }),
        Kind::Characters => json!({ "type": "integer", "minimum": 1, "maximum": u32::MAX }),
        Kind::Word(words) => json!({ "enum": words() }),
        Kind::Words(words) => json!({
            "type": "array", "items": { "enum": words() }, "minItems": 1, "uniqueItems": true,
        }),
        Kind::Texts => json!({
            "type": "array",
            "items": { "type": "string", "minLength": 1 },
            "minItems": 1,
            "uniqueItems": true,
        }),
        Kind::Severities => json!({
            "type": "object",
            "propertyNames": { "enum": shape::weighed() },
            "additionalProperties": { "enum": shape::severities() },
        }),
        Kind::PathOr(shape) => {
            json!({ "anyOf": [{ "type": "string", "minLength": 1 }, of_shape(shape)] })
        }
        Kind::Table(shape) => of_shape(shape),
        Kind::Tables(shape) => json!({ "type": "array", "items": of_shape(shape), "minItems": 1 }),
    }
}
