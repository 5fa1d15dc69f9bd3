//! The United Kingdom edition: a table of codes with titles and metadata, as text and as XML.
//!
//! What no public source tells is our own choice: the digits of `USAGE_UK` (0 for a code of any
//! position, 1 for a dagger, 2 for an asterisk, 3 for a code that is subdivided) and of
//! `GENDER_MASK` (1 male, 2 female, 0 none), the point in `QUALIFIERS`, that `TREE_DESCRIPTION` is the
//! beginning of a title, and the names of the root and of the row of the XML.

use super::codes::{Code, dotted, padded};
use super::plan::{Plan, Usage};
use crate::xml;
use std::fmt::Write as _;

const COLUMNS: [&str; 12] = [
    "CODE",
    "ALT_CODE",
    "USAGE",
    "USAGE_UK",
    "DESCRIPTION",
    "MODIFIER_4",
    "MODIFIER_5",
    "QUALIFIERS",
    "GENDER_MASK",
    "MIN_AGE",
    "MAX_AGE",
    "TREE_DESCRIPTION",
];

impl Code {
    fn row(&self) -> [String; 12] {
        let (usage, position) = match self.usage {
            Usage::Default => ("DEFAULT", 0),
            Usage::Dagger => ("DAGGER", 1),
            Usage::Asterisk => ("ASTERISK", 2),
        };
        let position = if self.subdivided { 3 } else { position };
        let partners: Vec<String> = self.partners.iter().map(|code| dotted(code)).collect();
        let own = [&self.modifier_5, &self.modifier_4].into_iter().find(|text| !text.is_empty());
        [
            dotted(&self.code),
            if self.subdivided { self.code.clone() } else { padded(&self.code) },
            usage.to_owned(),
            position.to_string(),
            self.description.clone(),
            self.modifier_4.clone(),
            self.modifier_5.clone(),
            partners.join("^"),
            self.sex.to_string(),
            self.ages.0.to_string(),
            self.ages.1.to_string(),
            brief(own.unwrap_or(&self.description)).to_owned(),
        ]
    }
}

/// The words at the beginning of a title that fit into a tree.
fn brief(title: &str) -> &str {
    let fits = |(at, _): &(usize, &str)| *at <= 24;
    title
        .match_indices(' ')
        .chain([(title.len(), "")])
        .take_while(fits)
        .last()
        .map_or(title, |(at, _)| &title[..at])
}

impl Plan {
    /// The table as text, with tabs between its columns.
    pub(crate) fn uk_text(&self) -> String {
        let mut text = COLUMNS.join("\t");
        text.push_str("\r\n");
        for code in &self.codes {
            text.push_str(&code.row().join("\t"));
            text.push_str("\r\n");
        }
        text
    }

    /// The table as XML: an element for each code, with one for each column that is not empty.
    pub(crate) fn uk_xml(&self) -> String {
        let mut text = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\r\n<ICD10>\r\n".to_owned();
        for code in &self.codes {
            text.push_str("<ROW>");
            for (name, value) in COLUMNS.iter().zip(code.row()) {
                if !value.is_empty() {
                    let _ = write!(text, "<{name}>{}</{name}>", xml::escaped(&value));
                }
            }
            text.push_str("</ROW>\r\n");
        }
        text.push_str("</ICD10>\r\n");
        text
    }
}
