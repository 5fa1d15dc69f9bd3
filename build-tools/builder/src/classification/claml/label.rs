//! The label of a rubric as one line of text, and the codes that it refers to.

use farr::classification::TextKind;
use farr::id::DaggerAsterisk;

use crate::classification::edition::{ClassText, Reference};
use crate::classification::mark;
use crate::xml::{Element, Node};

/// The dagger or asterisk that the attribute `usage` names.
pub(super) fn usage(element: &Element) -> Option<DaggerAsterisk> {
    match element.attribute("usage")? {
        "dagger" => Some(DaggerAsterisk::Dagger),
        "aster" | "asterisk" => Some(DaggerAsterisk::Asterisk),
        _ => None,
    }
}

/// The text kind of a rubric kind; `None` for one that is not known.
pub(super) fn kind_of(name: &str) -> Option<TextKind> {
    Some(match name {
        "preferred" => TextKind::Title,
        "preferredLong" => TextKind::LongTitle,
        "inclusion" => TextKind::Inclusion,
        "exclusion" => TextKind::Exclusion,
        "note" => TextKind::Note,
        "text" => TextKind::Text,
        "coding-hint" => TextKind::CodingHint,
        "definition" => TextKind::Definition,
        "introduction" => TextKind::Introduction,
        "footnote" => TextKind::Footnote,
        "modifierlink" => TextKind::ModifierLink,
        _ => return None,
    })
}

/// The texts of a rubric, one for each label that is not empty.
///
/// Labels in other languages than English are left out where there is one in English. The mark of a
/// rubric or a fragment stands in its text, before the code in brackets; that of the title is the mark
/// of the class, and the title is without the code in brackets, which is among its references.
pub(super) fn texts(rubric: &Element, class_usage: Option<DaggerAsterisk>) -> Vec<ClassText> {
    let name = rubric.attribute("kind").unwrap_or("none");
    let kind = kind_of(name).unwrap_or(TextKind::Other);
    let is_english =
        |label: &Element| label.attribute("xml:lang").is_none_or(|lang| lang.starts_with("en"));
    let any_english = rubric.named("Label").any(is_english);
    let is_title = matches!(kind, TextKind::Title | TextKind::LongTitle);
    let labels = rubric.named("Label").filter(|label| !any_english || is_english(label));
    let mut texts = Vec::new();
    for label in labels {
        let rubric_usage = usage(rubric);
        let mut line = Line {
            is_title,
            may_be_partner: is_title || kind == TextKind::Inclusion,
            usage: rubric_usage.or(class_usage.filter(|_| is_title)),
            mark: rubric_usage.filter(|_| !is_title),
            ..Line::default()
        };
        line.within(label);
        line.place_mark();
        if line.text.is_empty() {
            continue;
        }
        let text = match kind {
            TextKind::Other => format!("{name}: {}", line.text),
            _ => line.text,
        };
        // A link is to a modifier, which is no code.
        let references = match kind {
            TextKind::ModifierLink => Vec::new(),
            _ => line.references,
        };
        texts.push(ClassText { kind, text, references });
    }
    texts
}

/// A text under way.
#[derive(Debug, Default)]
struct Line {
    text: String,
    references: Vec<Reference>,
    /// Whether white space came since the last word.
    spaced: bool,
    is_title: bool,
    may_be_partner: bool,
    /// The mark of what the references stand in.
    usage: Option<DaggerAsterisk>,
    /// The mark that is yet to be placed.
    mark: Option<DaggerAsterisk>,
}

impl Line {
    fn within(&mut self, element: &Element) {
        for node in &element.children {
            match node {
                Node::Text(text) => self.add(text),
                Node::Element(inner) => match inner.name.as_str() {
                    "Reference" => self.reference(inner),
                    // Parts of a word, often: the 12 of B₁₂.
                    "Term" => self.within(inner),
                    "Fragment" => self.fragment(inner),
                    _ => {
                        self.spaced = true;
                        self.within(inner);
                        self.spaced = true;
                    }
                },
            }
        }
    }

    fn add(&mut self, text: &str) {
        self.spaced |= text.starts_with(|c: char| c.is_whitespace());
        for (number, word) in text.split_whitespace().enumerate() {
            if (self.spaced || number > 0) && !self.text.is_empty() {
                self.text.push(' ');
            }
            self.spaced = false;
            self.text.push_str(word);
        }
        self.spaced |= text.ends_with(|c: char| c.is_whitespace());
    }

    fn fragment(&mut self, fragment: &Element) {
        let around = (self.usage, self.mark);
        if let Some(usage) = usage(fragment) {
            (self.usage, self.mark) = (Some(usage), Some(usage).filter(|_| !self.is_title));
        }
        self.spaced = true;
        self.within(fragment);
        self.spaced = true;
        if self.mark.is_some() && usage(fragment).is_some() {
            self.place_mark();
        }
        self.usage = around.0;
        // A mark of the whole that was placed within the fragment is placed.
        self.mark = around.1.filter(|_| usage(fragment).is_some() || self.mark.is_some());
    }

    /// Writes the mark behind what it is of.
    fn place_mark(&mut self) {
        if let Some(mark) = self.mark.take() {
            self.text.push(mark.symbol());
        }
    }

    fn reference(&mut self, element: &Element) {
        let shown = element.text();
        let in_brackets = element.attribute("class") == Some("in brackets");
        let named = element.attribute("code").unwrap_or(&shown);
        let (code, named_mark) = mark::split(named);
        let (shown_code, shown_mark) = mark::split(&shown);
        let usage = usage(element).or(named_mark).or(shown_mark);
        let is_partner =
            in_brackets && self.may_be_partner && (usage.is_some() || self.usage.is_some());
        if !code.is_empty() {
            self.references.push(Reference { code: code.to_owned(), usage, is_partner });
        }
        if !in_brackets {
            return self.within_reference(&shown, usage.filter(|_| shown_mark.is_none()));
        }
        self.place_mark();
        if self.is_title && is_partner {
            return;
        }
        let shown_code = if shown_code.is_empty() { code } else { shown_code };
        self.spaced = true;
        self.add(&format!("({shown_code}"));
        self.text.extend(usage.map(DaggerAsterisk::symbol));
        self.text.push(')');
        self.spaced = true;
    }

    fn within_reference(&mut self, shown: &str, mark: Option<DaggerAsterisk>) {
        self.add(shown);
        self.text.extend(mark.map(DaggerAsterisk::symbol));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(rubric: &str) -> Vec<ClassText> {
        let mut found = Vec::new();
        let file = format!("<a>{rubric}</a>");
        let child = &mut |element: Element| found.extend(texts(&element, None));
        crate::xml::read_children(&mut file.as_bytes(), &mut |_| true, child).unwrap().unwrap();
        found
    }

    fn line(rubric: &str) -> String {
        read(rubric).into_iter().map(|text| text.text).collect::<Vec<_>>().join(" | ")
    }

    #[test]
    fn a_label_is_one_line() {
        for (rubric, expected) in [
            (
                "<Rubric kind='text'><Label>one\n  two <Term>three</Term>, four</Label></Rubric>",
                "one two three, four",
            ),
            (
                "<Rubric kind='text'><Label>B<Term class='subscript'>12</Term> low</Label></Rubric>",
                "B12 low",
            ),
            (
                "<Rubric kind='text'><Label><Para>one</Para><Para>two</Para></Label></Rubric>",
                "one two",
            ),
            (
                "<Rubric kind='inclusion'><Label><Fragment type='list'>stem:</Fragment><Fragment \
              type='list'>leaf</Fragment></Label></Rubric>",
                "stem: leaf",
            ),
            (
                "<Rubric kind='exclusion'><Label>other<Reference class='in brackets' \
              code='A01.-'>A01.-</Reference></Label></Rubric>",
                "other (A01.-)",
            ),
            (
                "<Rubric kind='exclusion'><Label>see <Reference code='A01'>A01.-</Reference>, \
              also</Label></Rubric>",
                "see A01.-, also",
            ),
            ("<Rubric kind='odd'><Label>what</Label></Rubric>", "odd: what"),
            (
                "<Rubric kind='text'><Label xml:lang='de'>eins</Label><Label \
              xml:lang='en'>one</Label></Rubric>",
                "one",
            ),
            ("<Rubric kind='text'><Label/></Rubric>", ""),
        ] {
            assert_eq!(line(rubric), expected, "{rubric}");
        }
    }

    #[test]
    fn marks_stand_where_they_are_printed_and_with_their_references() {
        let inclusion = "<Rubric kind='inclusion' usage='dagger'><Label>of the eye <Reference \
            class='in brackets' code='H28.0' usage='aster'>H28.0</Reference></Label></Rubric>";
        assert_eq!(line(inclusion), "of the eye† (H28.0*)");
        let reference = &read(inclusion)[0].references[0];
        assert_eq!((reference.code.as_str(), reference.is_partner), ("H28.0", true));
        assert_eq!(reference.usage, Some(DaggerAsterisk::Asterisk));

        let fragments = "<Rubric kind='inclusion'><Label><Fragment>stem:</Fragment><Fragment \
            usage='dagger'>leaf <Reference class='in brackets'>G01*</Reference></Fragment>\
            </Label></Rubric>";
        assert_eq!(line(fragments), "stem: leaf† (G01*)");

        let without = "<Rubric kind='inclusion' usage='aster'><Label>leaf</Label></Rubric>";
        assert_eq!(line(without), "leaf*");

        let title = "<Rubric kind='preferred' usage='dagger'><Label>title <Reference class='in \
            brackets' code='G01' usage='aster'>G01</Reference></Label></Rubric>";
        assert_eq!(line(title), "title");
        assert!(read(title)[0].references[0].is_partner);
    }

    #[test]
    fn what_is_excluded_is_no_partner() {
        let exclusion = "<Rubric kind='exclusion'><Label>other <Reference class='in brackets' \
            usage='dagger'>A17.0</Reference></Label></Rubric>";
        assert_eq!(line(exclusion), "other (A17.0†)");
        assert!(!read(exclusion)[0].references[0].is_partner);
    }
}
