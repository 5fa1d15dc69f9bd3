//! What a comparison of both releases must tell.

use super::NextRelease;
use std::fmt::Write as _;

/// One change that was planted, or that follows from one, in the words of `farr::diff`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Expected {
    /// The kind, `concept-inactivated` say.
    pub kind: &'static str,
    /// The code system, as the index names it.
    pub system: &'static str,
    /// The concept, product or rubric.
    pub code: String,
    /// The description, reference set or element; empty where the change is of the whole.
    pub component: String,
    /// What the older release says, where that is one column.
    pub before: String,
    /// What the newer release says, where that is one column.
    pub after: String,
    /// Pairs `role:code`, in order.
    pub related: Vec<String>,
}

impl Expected {
    pub(super) fn new(
        kind: &'static str,
        system: &'static str,
        code: impl Into<String>,
    ) -> Expected {
        let (component, before, after) = Default::default();
        Expected { kind, system, code: code.into(), component, before, after, related: Vec::new() }
    }

    pub(super) fn of(mut self, component: impl Into<String>) -> Expected {
        self.component = component.into();
        self
    }

    pub(super) fn said(mut self, before: impl Into<String>, after: impl Into<String>) -> Expected {
        (self.before, self.after) = (before.into(), after.into());
        self
    }

    pub(super) fn with(mut self, role: &str, code: impl std::fmt::Display) -> Expected {
        self.related.push(format!("{role}:{code}"));
        self.related.sort();
        self
    }
}

impl NextRelease {
    /// The text of `planted.csv`.
    pub(super) fn csv(&self) -> String {
        let mut text = "kind,system,code,component,before,after,related\r\n".to_owned();
        for change in &self.changes {
            let Expected { kind, system, code, component, before, after, related } = change;
            let [before, after] = [before, after].map(|value| quoted(value));
            let related = related.join(" ");
            let _ =
                write!(text, "{kind},{system},{code},{component},{before},{after},{related}\r\n");
        }
        text
    }
}

/// A field of a table, in quotation marks where it needs them (RFC 4180).
fn quoted(value: &str) -> String {
    match value.contains([',', '"', '\r', '\n']) {
        true => format!("\"{}\"", value.replace('"', "\"\"")),
        false => value.to_owned(),
    }
}
