//! Changes between releases as lines, to be compared.

use farr::diff::Change;

/// A change on one line.
pub(crate) fn line(change: &Change) -> String {
    let or_none = |text: &Option<String>| text.clone().unwrap_or_else(|| "-".to_owned());
    let mut line = format!("{} {}", change.kind, change.code);
    if let Some(component) = &change.component {
        line.push_str(&format!(" {component}"));
    }
    line.push_str(&format!(": {} -> {}", or_none(&change.before), or_none(&change.after)));
    for related in &change.related {
        line.push_str(&format!(" [{} {} {}]", related.role.code(), related.code, related.display));
    }
    line
}
