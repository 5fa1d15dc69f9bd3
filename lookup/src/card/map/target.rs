//! A row of a map.

use farr::classification::CodeSystem;
use farr::id::DaggerAsterisk;
use farr::map::{BlockRow, MapRow, Missing, UkTarget};
use farr::{Dialect, Snomed};
use serde::Serialize;

use crate::card::concept::Named;

/// A row of a map.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct TargetCard {
    /// Of UK maps.
    pub(crate) block: Option<u32>,
    /// `None` of simple maps, as the priority.
    pub(crate) group: Option<u32>,
    pub(crate) priority: Option<u32>,
    /// The code with its point; of what is no code, `None`.
    pub(crate) code: Option<String>,
    /// Whether the opened classification has the code, and the title it has there; `None` where none is
    /// open.
    pub(crate) in_edition: Option<bool>,
    pub(crate) title: Option<String>,
    /// `dagger` or `asterisk`, where the target is marked so.
    pub(crate) mark: Option<&'static str>,
    /// As published.
    pub(crate) target: String,
    pub(crate) rule: Option<String>,
    pub(crate) advice: Option<String>,
    pub(crate) category: Option<Named>,
    /// What the advice says in the words of the standard.
    pub(crate) flags: Vec<&'static str>,
    /// Why it is not known whether the row is chosen.
    pub(crate) missing: Vec<String>,
}

impl TargetCard {
    pub(crate) fn of_rule(
        snomed: Snomed<'_>,
        row: &MapRow<'_>,
        missing: &[Missing],
        dialect: Dialect,
    ) -> TargetCard {
        TargetCard {
            block: None,
            group: Some(row.group),
            priority: Some(row.priority),
            code: row.code().map(str::to_owned),
            in_edition: None,
            title: None,
            mark: None,
            target: row.target.to_string(),
            rule: Some(row.rule.text().to_owned()),
            advice: Some(row.advice().into_owned()),
            category: row.category().map(|id| Named::of_id(snomed, id, dialect)),
            flags: match row.needs_further_character() {
                true => vec!["needs-further-character"],
                false => Vec::new(),
            },
            missing: missing.iter().map(|missing| word(*missing)).collect(),
        }
    }

    pub(crate) fn of_block(row: &BlockRow<'_>, system: Option<CodeSystem>) -> TargetCard {
        let (code, mark) = read(row, system);
        let sequencing = row.sequencing();
        let flags = [
            (sequencing.must_be_primary, "must-be-primary"),
            (sequencing.never_primary, "never-primary"),
            (sequencing.additional_code_mandatory, "additional-code-mandatory"),
            (sequencing.additional_code_possible, "additional-code-possible"),
        ];
        TargetCard {
            block: Some(row.block),
            group: Some(row.group),
            priority: Some(row.priority),
            code,
            in_edition: None,
            title: None,
            mark: mark.map(|mark| match mark {
                DaggerAsterisk::Dagger => "dagger",
                DaggerAsterisk::Asterisk => "asterisk",
            }),
            target: row.target.to_string(),
            rule: None,
            advice: Some(row.advice().into_owned()),
            category: None,
            flags: flags.into_iter().filter(|(set, _)| *set).map(|(_, flag)| flag).collect(),
            missing: Vec::new(),
        }
    }

    /// A row of a simple map: its text is its code.
    pub(crate) fn of_simple(target: &str) -> TargetCard {
        TargetCard {
            block: None,
            group: None,
            priority: None,
            code: Some(target.to_owned()),
            in_edition: None,
            title: None,
            mark: None,
            target: target.to_owned(),
            rule: None,
            advice: None,
            category: None,
            flags: Vec::new(),
            missing: Vec::new(),
        }
    }

    /// The code, or as published what cannot be read as one.
    pub(crate) fn shown(&self) -> &str {
        self.code.as_deref().unwrap_or(&self.target)
    }

    /// It in a line.
    pub(crate) fn line(&self) -> String {
        let flags: Vec<String> = self.flags.iter().map(|flag| flag.replace('-', " ")).collect();
        let told = match (flags.is_empty(), self.rule.as_deref()) {
            (_, Some(rule)) if !self.missing.is_empty() => format!(": {rule}"),
            (false, _) => format!(": {}", flags.join(", ")),
            (true, _) => String::new(),
        };
        let title = match (&self.title, self.in_edition) {
            (Some(title), _) => format!(" {title}"),
            (None, Some(false)) => " (not in the opened edition)".to_owned(),
            (None, _) => String::new(),
        };
        format!("{}{title}{told}", self.marked())
    }

    /// The code with its mark.
    pub(crate) fn marked(&self) -> String {
        let mark = match self.mark {
            Some("dagger") => "†",
            Some(_) => "*",
            None => "",
        };
        let target = if self.shown().is_empty() { "no code" } else { self.shown() };
        format!("{target}{mark}")
    }
}

/// The code of a UK row with its point, and its mark; nothing where it is no code.
pub(crate) fn read(
    row: &BlockRow<'_>,
    system: Option<CodeSystem>,
) -> (Option<String>, Option<DaggerAsterisk>) {
    let target = match system {
        Some(CodeSystem::Icd10) => Some(row.icd10()),
        Some(CodeSystem::Opcs4) => Some(row.opcs4()),
        _ => None,
    };
    match target {
        Some(UkTarget::Icd10(code)) => (Some(code.code().to_string()), code.mark()),
        Some(UkTarget::Opcs4(code)) => (Some(code.to_string()), None),
        _ => (None, None),
    }
}

/// What is missing, as a word: of a finding its id.
pub(crate) fn word(missing: Missing) -> String {
    match missing {
        Missing::Finding(finding) => finding.to_string(),
        Missing::Placement { finding, concept } => format!("{finding}-is-a-{concept}"),
        other => other.code().to_owned(),
    }
}
