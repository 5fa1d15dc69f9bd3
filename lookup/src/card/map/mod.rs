//! What a map says of a concept.

pub(crate) mod concept;
pub(crate) mod draw;
mod edition;
pub(crate) mod found;
mod outcome;
pub(crate) mod target;

use farr::classification::CodeSystem;
use farr::map::{
    BlockRow, Defaults, MapRow, Missing, Patient, PublishedMap, RuleMap, Selection, SelectionError,
    SimpleMap, SuccessorAnswer, ThroughSuccessors,
};
use farr::snomed::{Refset, Successor};
use farr::{Concept, Dialect, Sctid, Snomed};
use serde::Serialize;

pub(crate) use self::outcome::Outcome;
pub(crate) use self::target::TargetCard;
use super::concept::Named;

/// A map of any form.
// Few are made, and none is kept: a box would cost more than it saves.
#[allow(clippy::large_enum_variant)]
#[derive(Clone, Copy, Debug)]
pub(crate) enum AnyMap<'t> {
    Published(PublishedMap<'t>),
    Simple(SimpleMap<'t>),
}

impl<'t> AnyMap<'t> {
    pub(crate) fn refset(&self) -> Refset<'t> {
        match self {
            AnyMap::Published(map) => map.refset(),
            AnyMap::Simple(map) => map.refset(),
        }
    }

    /// `rules`, `blocks` or `simple`.
    pub(crate) fn form(&self) -> &'static str {
        match self {
            AnyMap::Published(PublishedMap::Rules(_)) => "rules",
            AnyMap::Published(PublishedMap::Blocks(_)) => "blocks",
            AnyMap::Simple(_) => "simple",
        }
    }

    pub(crate) fn target_system(&self) -> Option<CodeSystem> {
        match self {
            AnyMap::Published(map) => map.target_system(),
            AnyMap::Simple(_) => None,
        }
    }
}

/// What is asked of a map beside a concept.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Asked<'q> {
    pub(crate) patient: &'q Patient,
    pub(crate) explained: bool,
    /// Whether an inactive concept without a map has those of its successors.
    pub(crate) successors: bool,
    /// Whether the nearest ancestors with a map of a concept without one are told.
    pub(crate) ancestors: bool,
    pub(crate) dialect: Dialect,
}

/// What a map says of a concept.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct MapCard {
    /// As given.
    pub(crate) code: String,
    pub(crate) concept: Option<Named>,
    /// The refset of the map.
    pub(crate) map: Named,
    /// `rules`, `blocks` or `simple`.
    pub(crate) form: &'static str,
    /// `icd10`, `icd10-cm` or `opcs4`, where that is known.
    pub(crate) system: Option<&'static str>,
    pub(crate) outcome: Outcome,
    /// The one successor whose answer it is, where the concept itself has none.
    pub(crate) through: Option<Named>,
    /// All codes that stand for the concept, in order; empty unless the outcome is `targets` or
    /// `defaults`.
    pub(crate) targets: Vec<TargetCard>,
    /// Rows of the same groups that may be chosen instead.
    pub(crate) alternatives: Vec<TargetCard>,
    /// Other sets of codes.
    pub(crate) blocks: Vec<Vec<TargetCard>>,
    /// What the advice of any target says in the words of the standard.
    pub(crate) flags: Vec<&'static str>,
    /// Where there are no targets: the rows that may yet be chosen, or that are left.
    pub(crate) candidates: Vec<TargetCard>,
    /// What has to be known: `sex`, `age-at-onset`, `age-now`, the id of a finding, …
    pub(crate) missing: Vec<String>,
    pub(crate) message: Option<String>,
    /// How the rules led there, where that was asked for.
    pub(crate) explanation: Option<String>,
    /// What the map says of each of several successors: none is chosen.
    pub(crate) successors: Vec<MapCard>,
    /// What the map says of the nearest ancestors that it has, for a person to look at.
    pub(crate) ancestors: Vec<MapCard>,
}

impl MapCard {
    /// Of a code, without anything known of it.
    fn new(code: &str, map: &AnyMap<'_>, named: Named, outcome: Outcome) -> MapCard {
        MapCard {
            code: code.to_owned(),
            concept: None,
            map: named,
            form: map.form(),
            system: map.target_system().map(|system| system.word()),
            outcome,
            through: None,
            targets: Vec::new(),
            alternatives: Vec::new(),
            blocks: Vec::new(),
            flags: Vec::new(),
            candidates: Vec::new(),
            missing: Vec::new(),
            message: None,
            explanation: None,
            successors: Vec::new(),
            ancestors: Vec::new(),
        }
    }

    /// Asks a map about a code.
    pub(crate) fn of<'t>(
        snomed: Snomed<'t>,
        map: &AnyMap<'t>,
        code: &str,
        asked: Asked<'_>,
    ) -> MapCard {
        let named = Named::of_id(snomed, map.refset().id(), asked.dialect);
        match concept_of(snomed, code) {
            Ok(concept) => MapCard::of_concept(snomed, map, named, code, concept, asked),
            Err((outcome, message)) => {
                let message = Some(message);
                MapCard { message, ..MapCard::new(code, map, named, outcome) }
            }
        }
    }

    pub(crate) fn of_concept<'t>(
        snomed: Snomed<'t>,
        map: &AnyMap<'t>,
        named: Named,
        code: &str,
        concept: Concept<'t>,
        asked: Asked<'_>,
    ) -> MapCard {
        let mut card = MapCard::new(code, map, named, Outcome::NoMap);
        card.concept = Some(Named::of(concept, asked.dialect));
        let told = match map {
            AnyMap::Published(PublishedMap::Rules(map)) => card.rules(snomed, map, concept, asked),
            AnyMap::Published(PublishedMap::Blocks(map)) => {
                card.defaults(&map.defaults(concept));
                Ok(())
            }
            AnyMap::Simple(map) => {
                card.simple(*map, concept);
                Ok(())
            }
        };
        if let Err(error) = told {
            card.outcome = Outcome::Contradiction;
            card.message = Some(error.to_string());
        }
        if card.outcome == Outcome::NoMap {
            card.without_rows(snomed, map, concept, asked);
        }
        card
    }

    /// Says why there is nothing, and what was asked for instead.
    fn without_rows<'t>(
        &mut self,
        snomed: Snomed<'t>,
        map: &AnyMap<'t>,
        concept: Concept<'t>,
        asked: Asked<'_>,
    ) {
        let id = concept.id();
        self.message = Some(match concept.is_active() {
            true => "the map has no row of this concept".to_owned(),
            false => format!("{id} is inactive: see farr history {id}"),
        });
        let AnyMap::Published(published) = map else { return };
        if asked.successors && !concept.is_active() {
            let told = match published {
                PublishedMap::Rules(rules) => {
                    rules.through_successors(concept, asked.patient).map(|through| {
                        self.through(map, through, asked, |card, selection| {
                            card.selection(snomed, selection, asked.dialect);
                        });
                    })
                }
                PublishedMap::Blocks(blocks) => {
                    let through = blocks.through_successors(concept);
                    self.through(map, through, asked, |card, defaults| card.defaults(defaults));
                    Ok(())
                }
            };
            if let Err(error) = told {
                self.outcome = Outcome::Contradiction;
                self.message = Some(error.to_string());
            }
        }
        if asked.ancestors && self.outcome == Outcome::NoMap {
            let nearest = published.nearest_mapped(concept).ancestors;
            let plain = Asked { explained: false, successors: false, ancestors: false, ..asked };
            self.ancestors = nearest
                .into_iter()
                .map(|ancestor| {
                    let (named, id) = (self.map.clone(), ancestor.id().to_string());
                    MapCard::of_concept(snomed, map, named, &id, ancestor, plain)
                })
                .collect();
        }
    }

    fn through<'t, A>(
        &mut self,
        map: &AnyMap<'t>,
        through: ThroughSuccessors<'t, A>,
        asked: Asked<'_>,
        answer: impl Fn(&mut MapCard, &A),
    ) {
        let named = |successor: &Successor<'t>| Named::of(successor.concept(), asked.dialect);
        match through {
            ThroughSuccessors::One(SuccessorAnswer { through, answer: of }) => {
                self.message = None;
                answer(self, &of);
                let id = through.concept().id();
                self.through = Some(named(&through));
                self.message = Some(match (self.outcome, self.message.take()) {
                    (Outcome::NoMap, _) => format!("the map has no row of its successor {id}"),
                    (_, None) => format!("of its successor {id}, not of itself"),
                    (_, Some(message)) => format!("of its successor {id}: {message}"),
                });
            }
            ThroughSuccessors::Several { answers, all_needed, .. } => {
                self.outcome = Outcome::SeveralSuccessors;
                let mut told = "which of them was meant is not said".to_owned();
                if all_needed {
                    told = "all of them together mean what it meant".to_owned();
                }
                self.message = Some(format!("inactive, with {} successors: {told}", answers.len()));
                self.successors = answers
                    .iter()
                    .map(|one| {
                        let id = one.through.concept().id().to_string();
                        let mut card = MapCard::new(&id, map, self.map.clone(), Outcome::NoMap);
                        card.concept = Some(named(&one.through));
                        answer(&mut card, &one.answer);
                        card
                    })
                    .collect();
            }
            _ => {}
        }
    }

    fn rules<'t>(
        &mut self,
        snomed: Snomed<'t>,
        map: &RuleMap<'t>,
        concept: Concept<'t>,
        asked: Asked<'_>,
    ) -> Result<(), SelectionError> {
        self.selection(snomed, &map.select(concept, asked.patient)?, asked.dialect);
        if asked.explained && self.outcome != Outcome::NoMap {
            self.explanation = Some(map.explain(concept, asked.patient)?.to_string());
        }
        Ok(())
    }

    fn selection(&mut self, snomed: Snomed<'_>, selection: &Selection<'_>, dialect: Dialect) {
        let card = |row: &MapRow<'_>, missing: &[Missing]| {
            TargetCard::of_rule(snomed, row, missing, dialect)
        };
        (self.outcome, self.message) = match selection {
            Selection::Targets(rows) => {
                self.targets = rows.iter().map(|row| card(row, &[])).collect();
                self.gather_flags();
                (Outcome::Targets, None)
            }
            Selection::NeedsContext { missing, candidates } => {
                self.candidates =
                    candidates.iter().map(|one| card(&one.row, &one.missing)).collect();
                self.missing = missing.iter().map(|missing| target::word(*missing)).collect();
                let told: Vec<String> = missing.iter().map(ToString::to_string).collect();
                (Outcome::NeedsContext, Some(told.join("; ")))
            }
            Selection::NotClassifiable { groups, candidates } => {
                let numbers: Vec<String> =
                    groups.iter().map(|group| group.group.to_string()).collect();
                let without = groups.iter().filter_map(|group| group.row.as_ref());
                let others = candidates.iter().map(|one| card(&one.row, &one.missing));
                self.candidates = without.map(|row| card(row, &[])).chain(others).collect();
                self.candidates.sort_by_key(|card| (card.group, card.priority));
                let told = format!("no code for group {}", numbers.join(", "));
                (Outcome::NotClassifiable, Some(told))
            }
            Selection::NoMap => (Outcome::NoMap, None),
            _ => (Outcome::NotClassifiable, Some("an answer that is not known here".to_owned())),
        };
    }

    fn defaults(&mut self, defaults: &Defaults<'_>) {
        let system = match self.system {
            Some("opcs4") => Some(CodeSystem::Opcs4),
            Some("icd10") => Some(CodeSystem::Icd10),
            _ => None,
        };
        let cards = |rows: &[BlockRow<'_>]| -> Vec<TargetCard> {
            rows.iter().map(|row| TargetCard::of_block(row, system)).collect()
        };
        match defaults {
            Defaults::Targets { targets, alternatives, other_blocks } => {
                self.outcome = Outcome::Defaults;
                self.targets = cards(targets);
                self.alternatives = cards(alternatives);
                self.blocks = other_blocks.iter().map(|rows| cards(rows)).collect();
                self.gather_flags();
            }
            Defaults::NotClassifiable { rows, candidates } => {
                self.outcome = Outcome::NotClassifiable;
                self.candidates = cards(candidates);
                self.message = Some(without_code(rows));
            }
            _ => self.outcome = Outcome::NoMap,
        }
    }

    /// The flags of all targets together, each once.
    fn gather_flags(&mut self) {
        for flag in self.targets.iter().flat_map(|target| &target.flags) {
            if !self.flags.contains(flag) {
                self.flags.push(flag);
            }
        }
    }

    fn simple<'t>(&mut self, map: SimpleMap<'t>, concept: Concept<'t>) {
        let targets = map.targets(concept);
        self.targets = targets.iter().map(|target| TargetCard::of_simple(target)).collect();
        if !targets.is_empty() {
            self.outcome = Outcome::Targets;
        }
        if targets.len() > 1 {
            self.message = Some(beside(targets.len()));
        }
    }
}

/// Of several rows of a simple map.
pub(crate) fn beside(count: usize) -> String {
    format!("{count} rows stand beside each other: a simple map does not say which to take")
}

/// Of the rows of groups that have no code.
pub(crate) fn without_code(rows: &[BlockRow<'_>]) -> String {
    let groups: Vec<String> = rows.iter().map(|row| row.group.to_string()).collect();
    let words: Vec<&str> = rows.iter().map(|row| row.target.trim()).collect();
    let told = format!("no code for group {}", groups.join(", "));
    match words.iter().all(|word| word.is_empty()) {
        true => told,
        false => format!("{told}: {}", words.join(" ")),
    }
}

/// The concept of a code; or what is amiss with it.
pub(crate) fn concept_of<'t>(
    snomed: Snomed<'t>,
    code: &str,
) -> Result<Concept<'t>, (Outcome, String)> {
    let id = match Sctid::parse_as_published(code) {
        Ok(id) => id,
        Err(error) => return Err((Outcome::Malformed, error.to_string())),
    };
    snomed.concept(id).ok_or_else(|| {
        let told = match Sctid::parse(code) {
            Ok(_) => "not a concept of this release".to_owned(),
            Err(error) => format!("not a concept of this release; {error}"),
        };
        (Outcome::NotInRelease, told)
    })
}
