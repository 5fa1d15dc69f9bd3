//! Histories for reading.

use super::draw::{Sheet, named};
use super::history::{
    DeadEndCard, DescriptionHistoryCard, HistoryCard, HopCard, RelatedCard, SubstitutionCard,
    SuccessorSummary,
};
use crate::output::number::grouped;
use crate::output::text::shown;

/// Lines of a list on the screen; JSON has all.
const SCREENFUL: usize = 20;

/// Draws the history of a description; that of its concept follows.
pub(crate) fn description(sheet: &mut Sheet, card: &DescriptionHistoryCard) {
    let palette = sheet.palette();
    sheet.line(&palette.heading(&shown(&card.term)));
    sheet.labelled("Description", &card.id, |id| palette.id(id));
    status(sheet, card.active, card.effective_time.as_deref());
    if let Some(reason) = &card.reason {
        sheet.plain("Reason", &reason.text());
    } else if !card.active {
        sheet.plain("Reason", "not stated");
    }
    sheet.list("Really names", card.refers_to.iter().map(named));
}

fn status(sheet: &mut Sheet, active: bool, since: Option<&str>) {
    let palette = sheet.palette();
    let since = since.unwrap_or("an effective time not published yet");
    match active {
        true => sheet.labelled("Status", "active", |text| palette.good(text)),
        false => {
            sheet.labelled("Status", &format!("INACTIVE since {since}"), |text| palette.bad(text));
        }
    }
}

/// Draws the history of a concept.
pub(crate) fn concept(sheet: &mut Sheet, card: &HistoryCard) {
    let palette = sheet.palette();
    let name = card.fully_specified_name.as_deref();
    sheet.line(&palette.heading(&shown(name.unwrap_or("(no fully specified name)"))));
    sheet.labelled("Concept", &card.concept.id, |id| palette.id(id));
    let active = card.outcome == "active";
    status(sheet, active, card.effective_time.as_deref());
    match &card.reason {
        Some(reason) => sheet.plain("Reason", &reason.text()),
        None if !active => sheet.plain("Reason", "not stated"),
        None => {}
    }
    match card.outcome {
        "one" => sheet.list("Use instead", card.successors.iter().map(related)),
        "several" => {
            let candidates = card.successors.iter().take(SCREENFUL).map(related);
            sheet.list("Candidates", candidates.collect::<Vec<_>>());
            sheet.rest(card.successors.len(), SCREENFUL);
            let text = match card.all_needed {
                true => "all of them together mean what it meant",
                false => "the release does not say which: a choice for somebody who knows the case",
            };
            sheet.labelled("", text, |text| palette.warning(text));
        }
        "none" => {
            sheet.labelled("Use instead", "nothing that the release names", |text| {
                palette.warning(text)
            });
        }
        _ => {}
    }
    sheet.list("Dead ends", card.dead_ends.iter().take(SCREENFUL).map(dead_end));
    sheet.rest(card.dead_ends.len(), SCREENFUL);
    sheet.list("Moved to", card.moved_to.iter().map(named));
    sheet.list("Stands in for", card.predecessors.iter().take(SCREENFUL).map(related));
    sheet.rest(card.predecessors.len(), SCREENFUL);
    if let Some(substitutions) = &card.substitutions {
        match substitutions.as_slice() {
            [] if active => {}
            [] => sheet.plain("Substitution table", "no row"),
            rows => sheet.list("Substitution table", rows.iter().map(substitution)),
        }
    }
}

/// Draws in short what to use now for a concept.
pub(crate) fn summary(sheet: &mut Sheet, id: &str, card: &SuccessorSummary) {
    let palette = sheet.palette();
    if let Some(reason) = &card.reason {
        sheet.plain("Reason", &reason.text());
    }
    match (card.outcome, card.successors.as_slice()) {
        ("one", [successor]) => sheet.plain("Use instead", &named(successor)),
        ("several", successors) => {
            let many = match (card.all_needed, successors.len()) {
                (true, count) => format!("{} together", grouped(count as u64)),
                (false, 1) => "1 candidate".to_owned(),
                (false, count) => format!("{} candidates", grouped(count as u64)),
            };
            let text = format!("{many}, a choice to make: farr history {id}");
            sheet.labelled("Use instead", &text, |text| palette.warning(text));
        }
        _ => {
            let text = format!("nothing that the release names: farr history {id}");
            sheet.labelled("Use instead", &text, |text| palette.warning(text));
        }
    }
}

/// A concept and the way between it and the one asked about.
fn related(card: &RelatedCard) -> String {
    match way(&card.path) {
        Some(way) => format!("{} ({way})", named(&card.concept)),
        None => named(&card.concept),
    }
}

/// The hops of a path in words; where each but the last leads is named.
fn way(path: &[HopCard]) -> Option<String> {
    let (last, before) = path.split_last()?;
    let mut words: Vec<String> = before
        .iter()
        .map(|hop| match &hop.target {
            Some(target) => format!("{} {}", hop_name(hop), named(target)),
            None => hop_name(hop),
        })
        .collect();
    words.push(hop_name(last));
    Some(words.join(", then "))
}

fn hop_name(hop: &HopCard) -> String {
    match (hop.kind, &hop.refset.term) {
        ("other", Some(term)) => term.clone(),
        ("other", None) => hop.refset.id.clone(),
        (kind, _) => kind.replace('-', " "),
    }
}

fn dead_end(card: &DeadEndCard) -> String {
    let component = card.component.as_ref().map_or_else(|| "nothing".to_owned(), named);
    let why = match card.reason {
        "no-association" => "nothing leads on from there",
        "moved-to" => "moved to another namespace",
        "not-followed" => "none of its associations names a successor",
        "not-in-release" => "the release does not have it",
        "not-a-concept" => "not a concept",
        _ => "leads back in a circle",
    };
    match way(&card.path) {
        Some(way) => format!("{component} ({way}): {why}"),
        None => format!("the concept itself: {why}"),
    }
}

fn substitution(card: &SubstitutionCard) -> String {
    let concept = card.concept.as_ref().map_or_else(|| "nothing".to_owned(), named);
    let mut notes = vec![match card.iterations {
        1 => "1 iteration".to_owned(),
        count => format!("{count} iterations"),
    }];
    if card.ambiguous {
        notes.push("ambiguous".to_owned());
    }
    if !card.same_top_level {
        notes.push("another top level".to_owned());
    }
    if !card.same_tag {
        notes.push("another semantic tag".to_owned());
    }
    if !card.path.is_empty() {
        notes.push(card.path.clone());
    }
    format!("{concept} ({})", notes.join("; "))
}
