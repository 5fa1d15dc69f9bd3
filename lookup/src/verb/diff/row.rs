//! A change as a row.

use farr::diff::Change;
use serde::Serialize;

use crate::output::records::Record;
use crate::table::withheld::WITHHELD;

/// A change, as other programs take it.
#[derive(Debug, Serialize)]
pub(super) struct Row<'c> {
    change: &'static str,
    /// Whether it may answer a question otherwise.
    matters: bool,
    system: &'static str,
    code: &'c str,
    display: &'c str,
    component: Option<&'c str>,
    before: Option<&'c str>,
    after: Option<&'c str>,
    related: Vec<Other<'c>>,
}

#[derive(Debug, Serialize)]
struct Other<'c> {
    role: &'static str,
    code: &'c str,
    display: &'c str,
}

impl<'c> Row<'c> {
    pub(super) fn of(change: &'c Change) -> Row<'c> {
        let other = |related: &'c farr::diff::Related| Other {
            role: related.role.code(),
            code: &related.code,
            display: &related.display,
        };
        Row {
            change: change.kind.code(),
            matters: change.kind.matters(),
            system: change.system.word(),
            code: &change.code,
            display: &change.display,
            component: change.component.as_deref(),
            before: change.before.as_deref(),
            after: change.after.as_deref(),
            related: change.related.iter().map(other).collect(),
        }
    }
}

impl Record for Row<'_> {
    const COLUMNS: &'static [&'static str] = &[
        "change",
        "matters",
        "system",
        "code",
        "display",
        "component",
        "before",
        "after",
        "related",
    ];

    fn cells(&self) -> Vec<String> {
        let related: Vec<String> =
            self.related.iter().map(|other| format!("{}:{}", other.role, other.code)).collect();
        vec![
            self.change.to_owned(),
            self.matters.to_string(),
            self.system.to_owned(),
            self.code.to_owned(),
            self.display.to_owned(),
            self.component.unwrap_or_default().to_owned(),
            self.before.unwrap_or_default().to_owned(),
            self.after.unwrap_or_default().to_owned(),
            related.join(" "),
        ]
    }

    fn code(&self) -> Option<String> {
        // What is withheld is no code, and neither is what is said in its place.
        (!self.code.is_empty() && self.code != WITHHELD).then(|| self.code.to_owned())
    }
}
