//! What other programs wrote into the footer of a file about its columns.
//!
//! Spark and Arrow keep a schema of their own there, and believe it rather than that of the file: a
//! column that it does not name is not seen, or the file not read.

use parquet::file::metadata::KeyValue;
use serde_json::{Value, json};

use super::arrow_schema;

/// Where Arrow keeps its schema.
const ARROW: &str = "ARROW:schema";
/// Where Spark keeps its schema.
const SPARK: &str = "org.apache.spark.sql.parquet.row.metadata";

/// The entries for a file with these columns of text more; the first is always there. An entry that
/// cannot be read is left out: without it, the schema of the file itself counts.
pub(super) fn with_columns(entries: &[KeyValue], added: &[String]) -> Vec<KeyValue> {
    let changed = |entry: &KeyValue| {
        let extend = match entry.key.as_str() {
            ARROW => arrow_schema::with_columns,
            SPARK => spark,
            _ => return Some(entry.clone()),
        };
        let value = extend(entry.value.as_deref()?, added)?;
        Some(KeyValue { key: entry.key.clone(), value: Some(value) })
    };
    entries.iter().filter_map(changed).collect()
}

fn spark(schema: &str, added: &[String]) -> Option<String> {
    let mut schema: Value = serde_json::from_str(schema).ok()?;
    let fields = schema.get_mut("fields")?.as_array_mut()?;
    for (place, name) in added.iter().enumerate() {
        fields.push(json!({
            "name": name, "type": "string", "nullable": place > 0, "metadata": {},
        }));
    }
    Some(schema.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spark_sees_the_columns_that_are_added() {
        let schema = r#"{"type":"struct","fields":[{"name":"code","type":"long","nullable":true,"metadata":{}}]}"#;
        let entries = [
            KeyValue::new(SPARK.to_owned(), schema.to_owned()),
            KeyValue::new("own".to_owned(), "kept".to_owned()),
        ];
        let added = ["farr_outcome".to_owned(), "farr_findings".to_owned()];
        let changed = with_columns(&entries, &added);
        let schema: Value = serde_json::from_str(changed[0].value.as_ref().unwrap()).unwrap();
        let names: Vec<&str> = schema["fields"]
            .as_array()
            .unwrap()
            .iter()
            .map(|field| field["name"].as_str().unwrap())
            .collect();
        assert_eq!(names, ["code", "farr_outcome", "farr_findings"]);
        assert_eq!(changed[1], entries[1]);
    }

    #[test]
    fn a_schema_that_cannot_be_read_is_left_out() {
        for key in [SPARK, ARROW] {
            let entries = [KeyValue::new(key.to_owned(), "x".to_owned())];
            assert_eq!(with_columns(&entries, &["a".to_owned()]), []);
        }
    }
}
