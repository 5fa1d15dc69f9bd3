//! The classification as ClaML 2.0.0, in the manner of the World Health Organization: modifiers are
//! declared once, and the codes that they make are not written out.

use super::claml_rubrics::{escaped, label, rubric};
use super::codes::dotted;
use super::modifiers::Modifier;
use super::pairs::partner_of_modifier;
use super::plan::{Plan, Usage};
use super::shape::Modified;
use std::collections::BTreeSet;
use std::fmt::Write as _;

const RUBRICS: &[&str] =
    &["preferred", "inclusion", "exclusion", "note", "coding-hint", "modifierlink"];

impl Plan {
    /// The document, dated as in `20260401`.
    pub(crate) fn claml(&self, date: u32) -> String {
        let (year, month, day) = (date / 10_000, date / 100 % 100, date % 100);
        let mut text = format!(
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
             <!DOCTYPE ClaML SYSTEM \"ClaML.dtd\">\n\
             <ClaML version=\"2.0.0\">\n\
             <Meta name=\"titleLong\" value=\"A synthetic classification, made by farr-synth\"/>\n\
             <Meta name=\"lang\" value=\"en\"/>\n\
             <Title name=\"ICD-10-synthetic\" version=\"{year}\" \
             date=\"{year}-{month:02}-{day:02}\">Synthetic classification</Title>\n\
             <ClassKinds>\n<ClassKind name=\"chapter\"/>\n<ClassKind name=\"block\"/>\n\
             <ClassKind name=\"category\"/>\n</ClassKinds>\n\
             <UsageKinds>\n<UsageKind name=\"aster\" mark=\"*\"/>\n\
             <UsageKind name=\"dagger\" mark=\"†\"/>\n</UsageKinds>\n<RubricKinds>\n"
        );
        for kind in RUBRICS {
            let _ = writeln!(text, "<RubricKind name=\"{kind}\" inherited=\"false\"/>");
        }
        text.push_str("</RubricKinds>\n");
        self.modifier_elements(&mut text);
        let used = self.used_blocks();
        for (at, chapter) in self.chapters.chapters.iter().enumerate() {
            let blocks: Vec<usize> =
                chapter.blocks.clone().filter(|at| used.contains(at)).collect();
            let _ = writeln!(text, "<Class code=\"{}\" kind=\"chapter\">", chapter.number);
            let codes = self.blocks_within(None, &blocks);
            subclasses(&mut text, &codes);
            rubric(&mut text, "preferred", &escaped(&self.chapter_titles[at]));
            self.chapter_note(&mut text, at);
            text.push_str("</Class>\n");
            for &block in &blocks {
                self.block_element(&mut text, &chapter.number, block, &blocks);
                for at in self.classes_of(block) {
                    self.class_element(&mut text, at);
                }
            }
        }
        text.push_str("</ClaML>\n");
        text
    }

    fn modifier_elements(&self, text: &mut String) {
        let used: BTreeSet<usize> = self
            .classes
            .iter()
            .filter_map(|class| Some(class.modified.as_ref()?.modifier))
            .collect();
        for modifier in used.iter().map(|&at| &self.modifiers[at]) {
            let _ = writeln!(text, "<Modifier code=\"{}\">", modifier.kind.code);
            for (digit, _) in &modifier.classes {
                let _ = writeln!(text, "<SubClass code=\"{}\"/>", class_code(modifier, *digit));
            }
            rubric(text, "preferred", &escaped(&modifier.title));
            text.push_str("</Modifier>\n");
        }
        for (at, modifier) in used.iter().map(|&at| (at, &self.modifiers[at])) {
            for (digit, meaning) in &modifier.classes {
                let code = class_code(modifier, *digit);
                let name = modifier.kind.code;
                let partner = partner_of_modifier(at, *digit);
                let usage = if partner.is_some() { " usage=\"dagger\"" } else { "" };
                let _ =
                    writeln!(text, "<ModifierClass code=\"{code}\" modifier=\"{name}\"{usage}>");
                let _ = writeln!(text, "<SuperClass code=\"{name}\"/>");
                let partners: Vec<String> = partner.into_iter().map(str::to_owned).collect();
                rubric(text, "preferred", &label(meaning, "aster", &partners));
                text.push_str("</ModifierClass>\n");
            }
        }
    }

    /// Blocks that have a category, or a block that has one.
    fn used_blocks(&self) -> BTreeSet<usize> {
        let mut used = BTreeSet::new();
        for class in &self.classes {
            let mut at = Some(class.block);
            while let Some(block) = at.filter(|&block| used.insert(block)) {
                at = self.chapters.blocks[block].within;
            }
        }
        used
    }

    fn blocks_within(&self, outer: Option<usize>, blocks: &[usize]) -> Vec<String> {
        let within = |at: &&usize| self.chapters.blocks[**at].within == outer;
        blocks.iter().filter(within).map(|&at| self.chapters.blocks[at].range.code()).collect()
    }

    fn classes_of(&self, block: usize) -> impl Iterator<Item = usize> {
        (0..self.classes.len()).filter(move |&at| self.classes[at].block == block)
    }

    fn block_element(&self, text: &mut String, chapter: &str, block: usize, blocks: &[usize]) {
        let code = self.chapters.blocks[block].range.code();
        let outer = self.chapters.blocks[block].within;
        let outer = outer
            .map_or_else(|| chapter.to_owned(), |outer| self.chapters.blocks[outer].range.code());
        let _ = writeln!(text, "<Class code=\"{code}\" kind=\"block\">");
        let _ = writeln!(text, "<SuperClass code=\"{outer}\"/>");
        subclasses(text, &self.blocks_within(Some(block), blocks));
        let categories: Vec<String> = self
            .classes_of(block)
            .map(|at| self.classes[at].code.clone())
            .filter(|code| code.len() == 3)
            .collect();
        subclasses(text, &categories);
        rubric(text, "preferred", &escaped(&self.block_titles[block]));
        self.block_exclusions(text, block);
        text.push_str("</Class>\n");
    }

    fn class_element(&self, text: &mut String, at: usize) {
        let class = &self.classes[at];
        let (usage, other) = match class.usage {
            Usage::Default => ("", ""),
            Usage::Dagger => (" usage=\"dagger\"", "aster"),
            Usage::Asterisk => (" usage=\"aster\"", "dagger"),
        };
        let code = dotted(&class.code);
        let _ = writeln!(text, "<Class code=\"{code}\" kind=\"category\"{usage}>");
        let above = match class.code.len() {
            3 => self.chapters.blocks[class.block].range.code(),
            _ => class.code[..3].to_owned(),
        };
        let _ = writeln!(text, "<SuperClass code=\"{above}\"/>");
        let below = &self.classes[at + 1..];
        let below = below.iter().take(class.subcategories).map(|class| dotted(&class.code));
        subclasses(text, &below.collect::<Vec<_>>());
        if let Some(modified) = &class.modified {
            self.modified_by(text, modified);
        }
        if class.excluded {
            let category = self.classes[..at].iter().rev().find(|class| class.code.len() == 3);
            if let Some(modified) = category.and_then(|category| category.modified.as_ref()) {
                let name = self.modifiers[modified.modifier].kind.code;
                let _ = writeln!(text, "<ExcludeModifier code=\"{name}\"/>");
            }
        }
        rubric(text, "preferred", &label(&class.title, other, &class.partners));
        self.class_rubrics(text, at);
        text.push_str("</Class>\n");
    }

    fn modified_by(&self, text: &mut String, modified: &Modified) {
        let modifier = &self.modifiers[modified.modifier];
        let name = modifier.kind.code;
        if !modified.is_partial() {
            let _ = writeln!(text, "<ModifiedBy code=\"{name}\"/>");
            return;
        }
        let _ = writeln!(text, "<ModifiedBy code=\"{name}\" all=\"false\">");
        for &digit in &modified.digits {
            let code = class_code(modifier, digit);
            let _ = writeln!(text, "<ValidModifierClass code=\"{code}\"/>");
        }
        text.push_str("</ModifiedBy>\n");
    }
}

/// The code of a class of a modifier.
fn class_code(modifier: &Modifier, digit: u8) -> String {
    let dot = if modifier.kind.dotted { "." } else { "" };
    format!("{dot}{}", char::from(digit))
}

fn subclasses(text: &mut String, codes: &[String]) {
    for code in codes {
        let _ = writeln!(text, "<SubClass code=\"{code}\"/>");
    }
}
