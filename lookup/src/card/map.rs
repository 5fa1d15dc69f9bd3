//! What a map to a classification says of a concept.

use farr::id::DaggerAsterisk;
use farr::map::{
    BlockMap, BlockRow, Classification, Defaults, MapRow, Missing, Patient, PublishedMap, RuleMap,
    Selection, SelectionError, UkTarget,
};
use farr::{Concept, Dialect, Sctid, Snomed};
use serde::Serialize;

use super::concept::Named;
use super::draw::Sheet;

/// What came of it. The words are an interface.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Outcome {
    /// Codes, by rules.
    Targets,
    /// Codes to begin with: a coder decides.
    Defaults,
    /// More has to be known of the patient.
    NeedsContext,
    /// The map says that there is no code.
    NotClassifiable,
    /// The map has no row of the concept.
    NoMap,
    /// The release does not have the concept.
    NotInRelease,
    /// It is no identifier of a concept.
    Malformed,
}

impl Outcome {
    /// Its word in the output.
    pub(crate) fn word(self) -> &'static str {
        match self {
            Outcome::Targets => "targets",
            Outcome::Defaults => "defaults",
            Outcome::NeedsContext => "needs-context",
            Outcome::NotClassifiable => "not-classifiable",
            Outcome::NoMap => "no-map",
            Outcome::NotInRelease => "not-in-release",
            Outcome::Malformed => "malformed",
        }
    }
}

/// A row of a map.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct TargetCard {
    /// Of UK maps.
    pub(crate) block: Option<u32>,
    pub(crate) group: u32,
    pub(crate) priority: u32,
    /// The code with its point; of what is no code, `None`.
    pub(crate) code: Option<String>,
    /// `dagger` or `asterisk`, where the target is marked so.
    pub(crate) mark: Option<&'static str>,
    /// As published.
    pub(crate) target: String,
    pub(crate) rule: Option<String>,
    pub(crate) advice: String,
    pub(crate) category: Option<Named>,
    /// What the advice says in the words of the standard.
    pub(crate) flags: Vec<&'static str>,
    /// Why it is not known whether the row is chosen.
    pub(crate) missing: Vec<String>,
}

impl TargetCard {
    fn of_rule(
        snomed: Snomed<'_>,
        row: &MapRow<'_>,
        missing: &[Missing],
        dialect: Dialect,
    ) -> Self {
        TargetCard {
            block: None,
            group: row.group,
            priority: row.priority,
            code: row.code().map(str::to_owned),
            mark: None,
            target: row.target.to_owned(),
            rule: Some(row.rule.text().to_owned()),
            advice: row.advice.to_owned(),
            category: row.category.map(|id| Named::of_id(snomed, id, dialect)),
            flags: Vec::new(),
            missing: missing.iter().map(|missing| word(*missing)).collect(),
        }
    }

    fn of_block(row: &BlockRow<'_>, classification: Option<Classification>) -> TargetCard {
        let target = match classification {
            Some(Classification::Icd10) => Some(row.icd10()),
            Some(Classification::Opcs4) => Some(row.opcs4()),
            None => None,
        };
        let (code, mark) = match target {
            Some(UkTarget::Icd10(code)) => (Some(code.code().to_string()), code.mark()),
            Some(UkTarget::Opcs4(code)) => (Some(code.to_string()), None),
            _ => (None, None),
        };
        let sequencing = row.sequencing();
        let flags = [
            (sequencing.must_be_primary, "must-be-primary"),
            (sequencing.never_primary, "never-primary"),
            (sequencing.additional_code_mandatory, "additional-code-mandatory"),
            (sequencing.additional_code_possible, "additional-code-possible"),
        ];
        TargetCard {
            block: Some(row.block),
            group: row.group,
            priority: row.priority,
            code,
            mark: mark.map(|mark| match mark {
                DaggerAsterisk::Dagger => "dagger",
                DaggerAsterisk::Asterisk => "asterisk",
            }),
            target: row.target.to_string(),
            rule: None,
            advice: row.advice.to_string(),
            category: None,
            flags: flags.into_iter().filter(|(set, _)| *set).map(|(_, flag)| flag).collect(),
            missing: Vec::new(),
        }
    }

    /// The code, or as published what cannot be read as one.
    pub(crate) fn shown(&self) -> &str {
        self.code.as_deref().unwrap_or(&self.target)
    }

    /// It in a line.
    fn line(&self) -> String {
        let mark = match self.mark {
            Some("dagger") => "†",
            Some(_) => "*",
            None => "",
        };
        let target = if self.shown().is_empty() { "no code" } else { self.shown() };
        let flags: Vec<String> = self.flags.iter().map(|flag| flag.replace('-', " ")).collect();
        let told = match (flags.is_empty(), self.rule.as_deref()) {
            (false, _) => format!(": {}", flags.join(", ")),
            (true, Some(rule)) if !self.missing.is_empty() => format!(": {rule}"),
            (true, _) => String::new(),
        };
        format!("{target}{mark}{told}")
    }
}

/// What is missing, as a word: of a finding its id.
fn word(missing: Missing) -> String {
    match missing {
        Missing::Finding(finding) => finding.to_string(),
        Missing::Placement { finding, concept } => format!("{finding}-is-a-{concept}"),
        other => other.code().to_owned(),
    }
}

/// What a map says of a concept.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct MapCard {
    /// As given.
    pub(crate) code: String,
    pub(crate) concept: Option<Named>,
    /// The refset of the map.
    pub(crate) map: Named,
    pub(crate) outcome: Outcome,
    /// All codes that stand for the concept, in order; empty unless the outcome is `targets` or
    /// `defaults`.
    pub(crate) targets: Vec<TargetCard>,
    /// Rows of the same groups that may be chosen instead.
    pub(crate) alternatives: Vec<TargetCard>,
    /// Other sets of codes.
    pub(crate) blocks: Vec<Vec<TargetCard>>,
    /// Where there are no targets: the rows that may yet be chosen, or that are left.
    pub(crate) candidates: Vec<TargetCard>,
    /// What has to be known: `sex`, `age-at-onset`, `age-now`, the id of a finding, …
    pub(crate) missing: Vec<String>,
    pub(crate) message: Option<String>,
    /// How the rules led there, where that was asked for.
    pub(crate) explanation: Option<String>,
}

impl MapCard {
    /// Of a code, without anything known of it.
    pub(crate) fn new(
        code: &str,
        map: Named,
        outcome: Outcome,
        message: Option<String>,
    ) -> MapCard {
        MapCard {
            code: code.to_owned(),
            concept: None,
            map,
            outcome,
            targets: Vec::new(),
            alternatives: Vec::new(),
            blocks: Vec::new(),
            candidates: Vec::new(),
            missing: Vec::new(),
            message,
            explanation: None,
        }
    }

    /// Asks a map about a code, for a patient.
    pub(crate) fn of<'t>(
        snomed: Snomed<'t>,
        map: PublishedMap<'t>,
        code: &str,
        patient: &Patient,
        explained: bool,
        dialect: Dialect,
    ) -> Result<MapCard, SelectionError> {
        let named = Named::of_id(snomed, map.refset().id(), dialect);
        let id = match Sctid::parse_as_published(code) {
            Ok(id) => id,
            Err(error) => {
                let told = Some(error.to_string());
                return Ok(MapCard::new(code, named, Outcome::Malformed, told));
            }
        };
        let Some(concept) = snomed.concept(id) else {
            let told = match Sctid::parse(code) {
                Ok(_) => "not a concept of this release".to_owned(),
                Err(error) => format!("not a concept of this release; {error}"),
            };
            return Ok(MapCard::new(code, named, Outcome::NotInRelease, Some(told)));
        };
        let mut card = MapCard::new(code, named, Outcome::NoMap, None);
        card.concept = Some(Named::of(concept, dialect));
        match map {
            PublishedMap::Rules(map) => {
                card.select(snomed, map, concept, patient, explained, dialect)?;
            }
            PublishedMap::Blocks(map) => card.defaults(map, concept),
        }
        if card.outcome == Outcome::NoMap {
            card.message = Some(match concept.is_active() {
                true => "the map has no row of this concept".to_owned(),
                false => format!("{id} is inactive: see farr history {id}"),
            });
        }
        Ok(card)
    }

    fn select<'t>(
        &mut self,
        snomed: Snomed<'t>,
        map: RuleMap<'t>,
        concept: Concept<'t>,
        patient: &Patient,
        explained: bool,
        dialect: Dialect,
    ) -> Result<(), SelectionError> {
        let rows = map.rows(concept);
        let card = |row: &MapRow<'_>, missing: &[Missing]| {
            TargetCard::of_rule(snomed, row, missing, dialect)
        };
        let (outcome, message) = match rows.select(patient)? {
            Selection::Targets(rows) => {
                self.targets = rows.iter().map(|row| card(row, &[])).collect();
                (Outcome::Targets, None)
            }
            Selection::NeedsContext { missing, candidates } => {
                self.candidates =
                    candidates.iter().map(|one| card(&one.row, &one.missing)).collect();
                self.missing = missing.iter().map(|missing| word(*missing)).collect();
                let told: Vec<String> = missing.iter().map(ToString::to_string).collect();
                (Outcome::NeedsContext, Some(told.join("; ")))
            }
            Selection::NotClassifiable { groups } => {
                let numbers: Vec<String> =
                    groups.iter().map(|group| group.group.to_string()).collect();
                let rows = groups.iter().filter_map(|group| group.row.as_ref());
                self.candidates = rows.map(|row| card(row, &[])).collect();
                let told = format!("no code for group {}", numbers.join(", "));
                (Outcome::NotClassifiable, Some(told))
            }
            Selection::NoMap => (Outcome::NoMap, None),
            _ => (Outcome::NotClassifiable, Some("an answer that is not known here".to_owned())),
        };
        if explained && outcome != Outcome::NoMap {
            self.explanation = Some(rows.explain(patient)?.to_string());
        }
        (self.outcome, self.message) = (outcome, message);
        Ok(())
    }

    fn defaults<'t>(&mut self, map: BlockMap<'t>, concept: Concept<'t>) {
        let classification = map.classification();
        let cards = |rows: &[BlockRow<'_>]| -> Vec<TargetCard> {
            rows.iter().map(|row| TargetCard::of_block(row, classification)).collect()
        };
        match map.defaults(concept) {
            Defaults::Targets { targets, alternatives, other_blocks } => {
                self.outcome = Outcome::Defaults;
                self.targets = cards(&targets);
                self.alternatives = cards(&alternatives);
                self.blocks = other_blocks.iter().map(|rows| cards(rows)).collect();
            }
            Defaults::NotClassifiable { rows, candidates } => {
                let groups: Vec<String> = rows.iter().map(|row| row.group.to_string()).collect();
                let words: Vec<&str> = rows.iter().map(|row| row.target.trim()).collect();
                self.outcome = Outcome::NotClassifiable;
                self.candidates = cards(&candidates);
                let told = format!("no code for group {}", groups.join(", "));
                self.message = Some(match words.iter().all(|word| word.is_empty()) {
                    true => told,
                    false => format!("{told}: {}", words.join(" ")),
                });
            }
            _ => self.outcome = Outcome::NoMap,
        }
    }
}

/// Draws a card.
pub(crate) fn draw(sheet: &mut Sheet, card: &MapCard) {
    let palette = sheet.palette();
    match &card.concept {
        Some(concept) => {
            sheet.heading(concept.term.as_deref().unwrap_or("(no term)"));
            sheet.labelled("Concept", &concept.id, |id| palette.id(id));
        }
        None => sheet.heading(&card.code),
    }
    sheet.plain("Map", card.map.term.as_deref().unwrap_or(&card.map.id));
    let told = match card.outcome {
        Outcome::Targets => "the code of each group, all of them together",
        Outcome::Defaults => "to begin with; the coder decides by the record",
        Outcome::NeedsContext => "more has to be known of the patient",
        Outcome::NotClassifiable => "there is no code for the whole of it",
        Outcome::NoMap => "none",
        Outcome::NotInRelease | Outcome::Malformed => "not known",
    };
    sheet.labelled("Codes", told, |text| match card.outcome {
        Outcome::Targets => palette.good(text),
        Outcome::Defaults | Outcome::NeedsContext => palette.warning(text),
        _ => palette.bad(text),
    });
    if let Some(message) = &card.message {
        let label = if card.outcome == Outcome::NeedsContext { "Asked" } else { "Because" };
        sheet.labelled(label, message, |text| palette.warning(text));
    }
    sheet.list("Targets", card.targets.iter().map(TargetCard::line));
    sheet.list("Instead", card.alternatives.iter().map(TargetCard::line));
    for block in &card.blocks {
        let number = block.first().and_then(|row| row.block).unwrap_or_default();
        sheet.list(&format!("Or block {number}"), block.iter().map(TargetCard::line));
    }
    sheet.list("Candidates", card.candidates.iter().map(TargetCard::line));
    if let Some(explanation) = &card.explanation {
        explanation.lines().for_each(|line| sheet.line(line));
    }
}
