//! What a map says of a row of a file, in four cells.

use farr::Snomed;
use farr::classification::CodeSystem;
use farr::map::{BlockMap, Defaults, Patient, PublishedMap, RuleMap, Selection};

use crate::card::map::target::{read, word};
use crate::card::map::{AnyMap, Outcome, beside, concept_of, without_code};
use crate::table::facts::{Said, age, sex};

/// The columns that are read, by their place in a record.
#[derive(Clone, Copy, Debug)]
pub(super) struct Places {
    pub(super) code: usize,
    pub(super) sex: Option<usize>,
    pub(super) age_at_onset: Option<usize>,
    pub(super) age_now: Option<usize>,
}

/// What is added to a row.
#[derive(Debug)]
pub(super) struct Mapped {
    pub(super) outcome: Outcome,
    /// The codes of all groups, between spaces.
    pub(super) codes: String,
    pub(super) missing: String,
    pub(super) message: String,
}

/// The names of the columns, behind their prefix.
pub(super) const ADDED: [&str; 4] = ["outcome", "codes", "missing", "message"];

/// A map, made ready for many rows.
pub(super) struct RowMap<'t> {
    snomed: Snomed<'t>,
    map: AnyMap<'t>,
    system: Option<CodeSystem>,
}

impl<'t> RowMap<'t> {
    pub(super) fn new(snomed: Snomed<'t>, map: AnyMap<'t>) -> RowMap<'t> {
        RowMap { snomed, map, system: map.target_system() }
    }

    /// Asks the map about a row: `cell` gives what a column says, `patient` is what is known of all
    /// patients.
    pub(super) fn answer<'c>(
        &self,
        places: Places,
        patient: &Patient,
        cell: impl Fn(usize) -> std::borrow::Cow<'c, str>,
    ) -> Mapped {
        let mut told = String::new();
        let code = cell(places.code);
        let mut mapped = match code.trim() {
            "" => Mapped::new(Outcome::Malformed, "no code stands here".to_owned()),
            code => match concept_of(self.snomed, code) {
                Err((outcome, message)) => Mapped::new(outcome, message),
                Ok(concept) => match &self.map {
                    AnyMap::Published(PublishedMap::Rules(map)) => {
                        let patient = facts(places, patient, &cell, &mut told);
                        by_rules(map, concept, &patient)
                    }
                    AnyMap::Published(PublishedMap::Blocks(map)) => self.by_blocks(map, concept),
                    AnyMap::Simple(map) => match map.targets(concept).as_slice() {
                        [] => no_map(concept),
                        [only] => Mapped::with_codes(Outcome::Targets, only.to_string()),
                        rows => Mapped::new(
                            Outcome::Targets,
                            format!("{}: {}", beside(rows.len()), rows.join(" ")),
                        ),
                    },
                },
            },
        };
        if !told.is_empty() {
            let before = if mapped.message.is_empty() { "" } else { "; " };
            mapped.message.push_str(before);
            mapped.message.push_str(&told);
        }
        mapped
    }

    fn by_blocks(&self, map: &BlockMap<'t>, concept: farr::Concept<'t>) -> Mapped {
        match map.defaults(concept) {
            Defaults::Targets { targets, .. } => {
                let codes = targets.iter().map(|row| {
                    read(row, self.system).0.unwrap_or_else(|| row.target.trim().to_owned())
                });
                let codes: Vec<String> = codes.collect();
                Mapped::with_codes(Outcome::Defaults, codes.join(" "))
            }
            Defaults::NotClassifiable { rows, .. } => {
                Mapped::new(Outcome::NotClassifiable, without_code(&rows))
            }
            _ => no_map(concept),
        }
    }
}

fn by_rules<'t>(map: &RuleMap<'t>, concept: farr::Concept<'t>, patient: &Patient) -> Mapped {
    match map.select(concept, patient) {
        Err(error) => Mapped::new(Outcome::Contradiction, error.to_string()),
        Ok(selection) => match &selection {
            Selection::Targets(rows) => {
                let codes = selection.codes().unwrap_or_default();
                let mapped = Mapped::with_codes(Outcome::Targets, codes.join(" "));
                let open = rows.iter().filter(|row| row.needs_further_character());
                let open: Vec<&str> = open.filter_map(|row| row.code()).collect();
                match open.is_empty() {
                    true => mapped,
                    false => {
                        let message = format!("a further character is needed: {}", open.join(" "));
                        Mapped { message, ..mapped }
                    }
                }
            }
            Selection::NeedsContext { missing, .. } => {
                let told: Vec<String> = missing.iter().map(ToString::to_string).collect();
                let words: Vec<String> = missing.iter().map(|missing| word(*missing)).collect();
                let mapped = Mapped::new(Outcome::NeedsContext, told.join("; "));
                Mapped { missing: words.join(" "), ..mapped }
            }
            Selection::NotClassifiable { groups, .. } => {
                let groups: Vec<String> =
                    groups.iter().map(|group| group.group.to_string()).collect();
                let told = format!("no code for group {}", groups.join(", "));
                Mapped::new(Outcome::NotClassifiable, told)
            }
            _ => no_map(concept),
        },
    }
}

fn no_map(concept: farr::Concept<'_>) -> Mapped {
    let told = match concept.is_active() {
        true => "the map has no row of this concept",
        false => "the concept is inactive",
    };
    Mapped::new(Outcome::NoMap, told.to_owned())
}

/// What is known of the patient of a row; what cannot be read is told, and not known.
fn facts<'c>(
    places: Places,
    patient: &Patient,
    cell: &impl Fn(usize) -> std::borrow::Cow<'c, str>,
    told: &mut String,
) -> Patient {
    let mut unreadable = |what: &str, text: &str| {
        let before = if told.is_empty() { "" } else { "; " };
        *told += &format!("{before}{what} {text:?} cannot be read");
    };
    let mut patient = patient.clone();
    if let Some(place) = places.sex {
        let text = cell(place);
        let said = sex(&text);
        if said == Said::Unreadable {
            unreadable("the sex", &text);
        }
        patient = patient.sex(said.known());
    }
    let mut of_age = |place: Option<usize>, what: &str| {
        let text = cell(place?);
        let said = age(&text);
        if said == Said::Unreadable {
            unreadable(what, &text);
        }
        said.known()
    };
    let onset = of_age(places.age_at_onset, "the age at onset");
    let now = of_age(places.age_now, "the current age");
    patient.age_at_onset(onset).age_now(now)
}

impl Mapped {
    fn new(outcome: Outcome, message: String) -> Mapped {
        Mapped { outcome, codes: String::new(), missing: String::new(), message }
    }

    fn with_codes(outcome: Outcome, codes: String) -> Mapped {
        Mapped { outcome, codes, missing: String::new(), message: String::new() }
    }

    /// Its cells, in the order of [`ADDED`].
    pub(super) fn cells(&self) -> [&str; 4] {
        [self.outcome.word(), &self.codes, &self.missing, &self.message]
    }
}
