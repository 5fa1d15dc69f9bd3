//! The card of a rubric.

use super::draw::Sheet;
use super::rubric::{BelowRubric, ReferenceCard, RubricCard, RubricName, symbol};
use crate::output::text::shown;

/// Rubrics below that a card names; the tree has them all.
const CHILDREN: usize = 12;

/// What texts are called on a card.
const LABELS: [(&str, &str); 16] = [
    ("long-title", "Long title"),
    ("short-title", "Short title"),
    ("inclusion", "Includes"),
    ("includes", "Includes"),
    ("exclusion", "Excludes"),
    ("excludes1", "Excludes1"),
    ("excludes2", "Excludes2"),
    ("note", "Note"),
    ("text", "Text"),
    ("coding-hint", "Coding hint"),
    ("definition", "Definition"),
    ("footnote", "Footnote"),
    ("code-first", "Code first"),
    ("use-additional-code", "Code besides"),
    ("code-also", "Code too"),
    ("seventh-character", "7th character"),
];

/// Draws a rubric.
pub(crate) fn rubric(sheet: &mut Sheet, card: &RubricCard) {
    let palette = sheet.palette();
    let name = &card.name;
    sheet.heading(&format!("{}  {}", name.marked(), shown(&name.title)));
    sheet.plain("Kind", &format!("{} of {}", name.kind, card.system));
    for (number, above) in card.above.iter().enumerate() {
        sheet.plain(if number == 0 { "Within" } else { "" }, &line(above));
    }
    match name.usage {
        Some("dagger") => sheet.plain("Usage", "dagger: an asterisk code may stand beside it"),
        Some(_) => sheet.labelled(
            "Usage",
            "asterisk: beside a dagger code, never alone and never first",
            |text| palette.warning(text),
        ),
        None => {}
    }
    sheet.list("Pairs with", card.partners.iter().map(reference));
    let limit = match card.sex {
        "female" | "male" => card.sex,
        "not-understood" => "limited in a way that the file does not explain",
        _ => "",
    };
    if !limit.is_empty() {
        sheet.labelled("Sex", limit, |text| palette.warning(text));
    }
    if let Some(ages) = ages(card) {
        sheet.plain("Age", &ages);
    }
    let further = match (card.further_character, card.valid) {
        ("fourth", _) => Some("a fourth character: it is coded by what is below"),
        ("fifth", _) => Some("a fifth character, where national standards demand it"),
        ("further", _) => Some("further characters: it is no code to be used"),
        _ => None,
    };
    if let Some(further) = further {
        sheet.labelled("Needs", further, |text| palette.warning(text));
    }
    if card.modified {
        sheet.plain("Made by", "modifiers: the source has no rubric of its own for it");
    }
    let mut last = "";
    for text in &card.texts {
        let label = LABELS.iter().find(|(kind, _)| *kind == text.kind).map_or(text.kind, |l| l.1);
        sheet.plain(if label == last { "" } else { label }, &shown(&text.text));
        last = label;
    }
    let shown_children = card.children.len().min(CHILDREN);
    sheet.list("Below", card.children.iter().take(CHILDREN).map(line));
    sheet.rest(card.children.len(), shown_children);
}

fn line(name: &RubricName) -> String {
    format!("{} {}", name.marked(), shown(&name.title))
}

fn reference(reference: &ReferenceCard) -> String {
    let title = reference.title.as_deref().unwrap_or("(not in this edition)");
    format!("{}{} {}", shown(&reference.code), symbol(reference.usage), shown(title))
}

/// The limits of age, where they limit anything.
fn ages(card: &RubricCard) -> Option<String> {
    // Files write no upper limit as a number that nobody reaches.
    let maximum = card.maximum_age.filter(|age| *age < 120);
    match (card.minimum_age.filter(|age| *age > 0), maximum) {
        (None, None) => None,
        (Some(from), None) => Some(format!("from {from}")),
        (None, Some(to)) => Some(format!("up to {to}")),
        (Some(from), Some(to)) => Some(format!("{from} to {to}")),
    }
}

/// Draws what is below a rubric as a tree.
pub(crate) fn tree(sheet: &mut Sheet, tree: &[BelowRubric]) {
    let palette = sheet.palette();
    // From the last upwards: of each depth, whether more of it follows before its parent ends.
    let mut follows: Vec<Vec<bool>> = Vec::with_capacity(tree.len());
    let mut open: Vec<bool> = Vec::new();
    for BelowRubric { depth, .. } in tree.iter().rev() {
        open.resize(*depth, false);
        follows.push(open.clone());
        if let Some(last) = open.last_mut() {
            *last = true;
        }
    }
    for (BelowRubric { depth, name }, follows) in tree.iter().zip(follows.iter().rev()) {
        let (mut first, mut rest) = (String::new(), String::new());
        for (level, follows) in follows.iter().enumerate() {
            let (mark, further) = if *follows { ("├─ ", "│  ") } else { ("└─ ", "   ") };
            first.push_str(if level + 1 == *depth { mark } else { further });
            rest.push_str(further);
        }
        let title = shown(&name.title);
        let code = name.marked();
        let words = title.split(' ').map(|word| (word.to_owned(), word.to_owned()));
        let painted = (code.clone(), palette.id(&code));
        sheet.hanging(&first, &rest, std::iter::once(painted).chain(words));
    }
}
