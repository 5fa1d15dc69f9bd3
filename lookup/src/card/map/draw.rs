//! The cards of maps, for reading.

use super::concept::ConceptMapCard;
use super::{MapCard, Outcome, TargetCard};
use crate::card::draw::Sheet;

/// Draws a card.
pub(crate) fn card(sheet: &mut Sheet, card: &MapCard) {
    let palette = sheet.palette();
    match &card.concept {
        Some(concept) => {
            sheet.heading(concept.term.as_deref().unwrap_or("(no term)"));
            sheet.labelled("Concept", &concept.id, |id| palette.id(id));
        }
        None => sheet.heading(&card.code),
    }
    sheet.plain("Map", card.map.term.as_deref().unwrap_or(&card.map.id));
    if let Some(through) = &card.through {
        let term = through.term.as_deref().unwrap_or("(no term)");
        let text = format!("{} {term}: its successor, not itself", through.id);
        sheet.labelled("Through", &text, |text| palette.warning(text));
    }
    let told = match card.outcome {
        Outcome::Targets if card.form == "simple" => "the rows as they are published",
        Outcome::Targets => "the code of each group, all of them together",
        Outcome::Defaults => "to begin with; the coder decides by the record",
        Outcome::NeedsContext => "more has to be known of the patient",
        Outcome::NotClassifiable => "there is no code for the whole of it",
        Outcome::SeveralSuccessors => "none is chosen: one of its successors has to be",
        Outcome::NoMap => "none",
        Outcome::Contradiction => "none can be told",
        Outcome::NotInRelease | Outcome::Malformed => "not known",
    };
    sheet.labelled("Codes", told, |text| match card.outcome {
        Outcome::Targets => palette.good(text),
        Outcome::Defaults | Outcome::NeedsContext | Outcome::SeveralSuccessors => {
            palette.warning(text)
        }
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
    sheet.list("Successors", card.successors.iter().map(line));
    if !card.ancestors.is_empty() {
        let text = "more general concepts: what they have is not of this one";
        sheet.labelled("Above it", text, |text| palette.warning(text));
        sheet.list("", card.ancestors.iter().map(line));
    }
    if let Some(explanation) = &card.explanation {
        explanation.lines().for_each(|line| sheet.line(line));
    }
}

/// What a map says of another concept, in a line.
fn line(card: &MapCard) -> String {
    let term = card.concept.as_ref().and_then(|concept| concept.term.as_deref());
    let term = term.unwrap_or("(no term)");
    let codes = match card.targets.is_empty() {
        true => card.outcome.word().replace('-', " "),
        false => joined(&card.targets),
    };
    let missing = match card.missing.is_empty() {
        true => String::new(),
        false => format!(" ({})", card.missing.join(" ")),
    };
    format!("{} {term}: {codes}{missing}", card.code)
}

fn joined(cards: &[TargetCard]) -> String {
    cards.iter().map(TargetCard::marked).collect::<Vec<_>>().join(" ")
}

/// Rows of a map that a card of a concept shows.
const ROWS: usize = 6;

/// Draws the maps of a concept on its card.
pub(crate) fn of_concept(sheet: &mut Sheet, maps: &[ConceptMapCard]) {
    let palette = sheet.palette();
    for map in maps {
        sheet.plain("Map", map.map.term.as_deref().unwrap_or(&map.map.id));
        if map.outcome == Outcome::NeedsContext {
            let text = format!("asks for {}", map.missing.join(", "));
            sheet.labelled("", &text, |text| palette.warning(text));
        }
        // Without it the rows of a group that has codes would pass for the whole.
        if matches!(map.outcome, Outcome::NotClassifiable | Outcome::Contradiction) {
            let because = map.message.as_deref().unwrap_or("no code for the whole of it");
            let text = format!("{}: {because}", map.outcome.word().replace('-', " "));
            sheet.labelled("", &text, |text| palette.warning(text));
        }
        let mut lines: Vec<String> = Vec::new();
        if map.rows.is_empty() {
            match (map.targets.is_empty(), map.form) {
                (true, _) => {}
                (false, "blocks") => lines.push(format!("{} to begin with", joined(&map.targets))),
                (false, _) => lines.extend(map.targets.iter().map(TargetCard::marked)),
            }
            let others = map.alternatives.len() + map.blocks.len();
            if others > 0 {
                lines.push(format!("{others} more to choose from: farr map"));
            }
        }
        lines.extend(map.rows.iter().map(|row| {
            let number = |number: Option<u32>| number.unwrap_or_default();
            let rule = row.rule.as_deref().unwrap_or_default();
            format!("{}.{} {}: {rule}", number(row.group), number(row.priority), row.marked())
        }));
        sheet.list("", lines.iter().take(ROWS).cloned());
        sheet.rest(lines.len(), ROWS);
    }
}
