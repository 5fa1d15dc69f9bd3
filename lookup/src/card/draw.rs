//! The cards for reading.

use std::fmt::Write as _;

use super::concept::{
    AttributeCard, ConceptCard, Named, PreferredTermCard, RoleGroupCard, ValueCard,
};
use super::description::DescriptionCard;
use super::{draw_history, map};
use crate::output::number::{counted, grouped};
use crate::output::palette::Palette;
use crate::output::text::{shown, width, wrapped};

/// Columns that labels take.
const LABEL: usize = 18;
/// The values of attributes begin no further to the right than this, unless their label does.
const WIDEST_LABEL: usize = 40;
/// Lines of a card are not made longer than this on any screen.
const WIDEST: usize = 100;

/// A card under way.
#[derive(Debug)]
pub(crate) struct Sheet {
    palette: Palette,
    /// How long a line may be; `None` where it is not shown on a screen.
    columns: Option<usize>,
    text: String,
}

impl Sheet {
    pub(crate) fn new(palette: Palette, screen: Option<usize>) -> Sheet {
        Sheet { palette, columns: screen.map(|screen| screen.min(WIDEST)), text: String::new() }
    }

    /// The card as lines.
    pub(crate) fn into_text(self) -> String {
        self.text
    }

    /// The colours of the card.
    pub(crate) fn palette(&self) -> Palette {
        self.palette
    }

    /// A line as it is.
    pub(crate) fn line(&mut self, line: &str) {
        self.text.push_str(line);
        self.text.push('\n');
    }

    /// What the card is headed by, over several lines where it is too long for one.
    pub(crate) fn heading(&mut self, text: &str) {
        let palette = self.palette;
        let text = if text.is_empty() { "(empty)" } else { text };
        let words: Vec<(String, String)> =
            shown(text).split(' ').map(|word| (word.to_owned(), palette.heading(word))).collect();
        self.hanging("", "", words);
    }

    /// A heading with a mark below one of its columns, where it is on one line.
    pub(crate) fn marked_heading(&mut self, text: &str, column: usize) {
        self.heading(text);
        if self.columns.is_none_or(|columns| width(&shown(text)) <= columns) {
            let mark = self.palette.bad("^");
            self.line(&format!("{}{mark}", " ".repeat(column)));
        }
    }

    /// Words, each as it is and as it is painted, behind what the first line begins with; what is too
    /// long for one line goes on behind what the others begin with.
    pub(crate) fn hanging(
        &mut self,
        first: &str,
        others: &str,
        words: impl IntoIterator<Item = (String, String)>,
    ) {
        let room = self.columns.map(|columns| columns.saturating_sub(width(first)).max(20));
        let mut line = self.palette.quiet(first);
        let mut taken = None;
        for (word, painted) in words {
            let length = width(&word);
            taken = Some(match (taken, room) {
                (None, _) => length,
                (Some(taken), Some(room)) if taken + 1 + length > room => {
                    self.line(line.trim_end());
                    line = self.palette.quiet(others);
                    length
                }
                (Some(taken), _) => {
                    line.push(' ');
                    taken + 1 + length
                }
            });
            line.push_str(&painted);
        }
        self.line(line.trim_end());
    }

    /// A labelled line; text that is too long goes on below, in its column. `paint` colours it.
    pub(crate) fn labelled(&mut self, label: &str, text: &str, paint: impl Fn(&str) -> String) {
        self.indented(0, 2 + LABEL, label, text, paint);
    }

    fn indented(
        &mut self,
        indent: usize,
        column: usize,
        label: &str,
        text: &str,
        paint: impl Fn(&str) -> String,
    ) {
        let label = shown(label);
        // A label that fills its column moves the text to the right, by as little as can be.
        let taken = (indent + width(&label) + 2).max(column);
        let room = self.columns.map(|columns| columns.saturating_sub(taken).max(20));
        let text = shown(text);
        let lines = match room {
            Some(room) => wrapped(&text, room),
            None => vec![text.into_owned()],
        };
        for (number, line) in lines.iter().enumerate() {
            let (head, used) = match number {
                0 => {
                    let head = format!("{}{}", " ".repeat(indent), self.palette.quiet(&label));
                    (head, indent + width(&label))
                }
                _ => (String::new(), 0),
            };
            let blank = " ".repeat(taken.saturating_sub(used));
            let line = format!("{head}{blank}{}", paint(line));
            self.line(line.trim_end());
        }
    }

    pub(crate) fn plain(&mut self, label: &str, text: &str) {
        self.labelled(label, text, str::to_owned);
    }

    /// Several texts under one label.
    pub(crate) fn list(&mut self, label: &str, texts: impl IntoIterator<Item = String>) {
        for (number, text) in texts.into_iter().enumerate() {
            self.plain(if number == 0 { label } else { "" }, &text);
        }
    }

    /// Says how many of a list were left off, where it was longer than what is shown.
    pub(crate) fn rest(&mut self, count: usize, shown: usize) {
        if count > shown {
            let text = format!("and {} more", grouped((count - shown) as u64));
            let palette = self.palette;
            self.labelled("", &text, |text| palette.quiet(text));
        }
    }
}

/// Draws a concept.
pub(crate) fn concept(sheet: &mut Sheet, card: &ConceptCard) {
    let palette = sheet.palette;
    let name = card.fully_specified_name.as_deref();
    let name = name.unwrap_or("(no fully specified name)");
    sheet.line(&palette.heading(&shown(name)));
    sheet.labelled("Concept", &card.id, |id| palette.id(id));
    if let Some(preferred) = &card.preferred_term {
        sheet.list("Preferred term", [preferred.term.clone()]);
        sheet.labelled("", &found_in(preferred), |text| palette.quiet(text));
    }
    let since = card.effective_time.as_deref().unwrap_or("not published yet");
    match card.active {
        true => sheet
            .labelled("Status", &format!("active (effective {since})"), |text| palette.good(text)),
        false => sheet
            .labelled("Status", &format!("INACTIVE (effective {since})"), |text| palette.bad(text)),
    }
    if let Some(history) = &card.history {
        draw_history::summary(sheet, &card.id, history);
    }
    match card.definition_status.as_deref() {
        Some("defined") => sheet.plain("Definition", "sufficiently defined"),
        Some(other) => sheet.plain("Definition", other),
        None => {}
    }
    if let Some(tag) = &card.semantic_tag {
        sheet.plain("Semantic tag", tag);
    }
    if let Some(module) = &card.module {
        sheet.plain("Module", &named(module));
    }
    let synonyms = card.other_synonyms().map(|synonym| match synonym.acceptability {
        Some(word) => format!("{} ({word})", synonym.term),
        None => synonym.term.clone(),
    });
    sheet.list("Synonyms", synonyms);
    sheet.list("Text definition", card.text_definitions.iter().cloned());
    hierarchy(sheet, card);
    // The values of all groups stand below each other.
    let attributes = card.role_groups.iter().flat_map(|group| &group.attributes);
    let widest = attributes.map(|attribute| width(&shown(type_name(attribute)))).max();
    let column = widest.map_or(0, |widest| (4 + widest).clamp(2 + LABEL, WIDEST_LABEL));
    for group in &card.role_groups {
        role_group(sheet, group, column);
    }
    map::draw::of_concept(sheet, &card.maps);
    sheet.list("Reference sets", card.refsets.iter().map(named));
}

/// Where a preferred term was found.
fn found_in(preferred: &PreferredTermCard) -> String {
    let refset = preferred.refset.as_ref().map(named).unwrap_or_default();
    match preferred.source {
        "dialect" => format!("preferred by {refset}"),
        "other-dialect" => format!("not of the dialect asked for: preferred by {refset}"),
        "fully-specified-name" => {
            "no language reference set prefers a term: from the fully specified name".to_owned()
        }
        "synonym" => "no language reference set prefers a term: an active synonym".to_owned(),
        _ => "there is no active description: an inactive one".to_owned(),
    }
}

fn hierarchy(sheet: &mut Sheet, card: &ConceptCard) {
    let palette = sheet.palette;
    if !card.active {
        let text = "the release no longer says where an inactive concept belongs";
        sheet.labelled("Hierarchy", text, |text| palette.warning(text));
    }
    sheet.list("Parents", card.parents.iter().map(named));
    if !card.active {
        return;
    }
    if !card.placed {
        let text = "not connected to the root by all its parents: subsumption by other concepts is \
                    not classified";
        sheet.labelled("Hierarchy", text, |text| palette.warning(text));
    }
    let children = counted(card.children, "child", "children");
    let descendants = counted(card.descendants, "descendant", "descendants");
    sheet.plain("Below it", &format!("{children}, {descendants}"));
}

fn role_group(sheet: &mut Sheet, group: &RoleGroupCard, column: usize) {
    match group.group {
        0 => sheet.plain("Attributes", "not grouped"),
        number => sheet.plain("Attributes", &format!("group {number}")),
    }
    for attribute in &group.attributes {
        let mut value = match &attribute.value {
            ValueCard::Concept(concept) => named(concept),
            ValueCard::Number { number } => number.clone(),
            ValueCard::String { string } => format!("\"{string}\""),
            ValueCard::Boolean { boolean } => boolean.to_string(),
        };
        if !attribute.inferred {
            value.push_str(" (not inferred)");
        }
        sheet.indented(2, column, type_name(attribute), &value, str::to_owned);
    }
}

/// What an attribute is called.
fn type_name(attribute: &AttributeCard) -> &str {
    let named = &attribute.attribute_type;
    named.term.as_deref().unwrap_or(&named.id)
}

/// Draws a description; its concept follows in a card of its own.
pub(crate) fn description(sheet: &mut Sheet, card: &DescriptionCard) {
    let palette = sheet.palette;
    sheet.line(&palette.heading(&shown(&card.term)));
    sheet.labelled("Description", &card.id, |id| palette.id(id));
    sheet.plain("Type", &card.description_type.replace('-', " "));
    let since = card.effective_time.as_deref().unwrap_or("not published yet");
    match card.active {
        true => sheet.plain("Status", &format!("active (effective {since})")),
        false => sheet
            .labelled("Status", &format!("INACTIVE (effective {since})"), |text| palette.bad(text)),
    }
    let language = format!("{}, {}", card.language, card.case_significance.replace('-', " "));
    sheet.plain("Language", &language);
    let words = card.acceptabilities.iter();
    sheet.list(
        "Acceptability",
        words.map(|word| format!("{} in {}", word.acceptability, named(&word.refset))),
    );
}

/// A concept in a line.
pub(crate) fn named(concept: &Named) -> String {
    let mut text = concept.id.clone();
    match &concept.term {
        Some(term) => {
            let _ = write!(text, " {term}");
        }
        None => text.push_str(" (not in this release)"),
    }
    if concept.active == Some(false) {
        text.push_str(" (inactive)");
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sheet(screen: usize) -> Sheet {
        Sheet::new(Palette::new(false), Some(screen))
    }

    fn words(text: &str) -> Vec<(String, String)> {
        text.split(' ').map(|word| (word.to_owned(), word.to_owned())).collect()
    }

    #[test]
    fn what_is_too_long_for_a_line_hangs_below_it() {
        let mut narrow = sheet(30);
        narrow.hanging("├─ ", "│  ", words("VMP 1 Farrolol 10mg tablets sugar free"));
        assert_eq!(narrow.into_text(), "├─ VMP 1 Farrolol 10mg tablets\n│  sugar free\n");
        let mut wide = sheet(80);
        wide.hanging("├─ ", "│  ", words("VMP 1 Farrolol 10mg tablets sugar free"));
        assert_eq!(wide.into_text(), "├─ VMP 1 Farrolol 10mg tablets sugar free\n");
    }

    #[test]
    fn a_heading_is_marked_where_it_is_on_one_line() {
        let mut wide = sheet(30);
        wide.marked_heading("one\ttwo", 5);
        assert_eq!(wide.into_text(), "one\\ttwo\n     ^\n");
        let mut narrow = sheet(20);
        narrow.marked_heading("one two three four five", 5);
        assert_eq!(narrow.into_text(), "one two three four\nfive\n");
        let mut empty = sheet(20);
        empty.heading("");
        assert_eq!(empty.into_text(), "(empty)\n");
    }
}
