//! Everything that an edition of a classification says of a code.

use farr::classification::{FurtherCharacter, Reference, Rubric, RubricCode, TextKind};
use farr::id::DaggerAsterisk;
use serde::Serialize;

/// A rubric in a line.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct RubricName {
    /// As published, with its point.
    pub(crate) code: String,
    /// `chapter`, `block`, `category` or `subcategory`.
    pub(crate) kind: &'static str,
    pub(crate) title: String,
    /// `dagger` or `asterisk`.
    pub(crate) usage: Option<&'static str>,
}

impl RubricName {
    pub(crate) fn of<C: RubricCode>(rubric: Rubric<'_, C>) -> RubricName {
        RubricName {
            code: rubric.code_text().to_owned(),
            kind: rubric.kind().word(),
            title: rubric.title().to_owned(),
            usage: rubric.usage().map(usage_word),
        }
    }

    /// The code with its mark.
    pub(crate) fn marked(&self) -> String {
        format!("{}{}", self.code, symbol(self.usage))
    }
}

pub(crate) fn usage_word(usage: DaggerAsterisk) -> &'static str {
    match usage {
        DaggerAsterisk::Dagger => "dagger",
        DaggerAsterisk::Asterisk => "asterisk",
    }
}

/// The mark of a word of [`usage_word`].
pub(crate) fn symbol(usage: Option<&str>) -> &'static str {
    match usage {
        Some("dagger") => "†",
        Some(_) => "*",
        None => "",
    }
}

/// A code that a text refers to.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct ReferenceCard {
    /// As published, without its mark.
    pub(crate) code: String,
    pub(crate) usage: Option<&'static str>,
    /// Whether it is the other half of a dual classification.
    pub(crate) partner: bool,
    /// The title it has in this edition.
    pub(crate) title: Option<String>,
}

impl ReferenceCard {
    fn of<C: RubricCode>(reference: Reference<'_, C>) -> ReferenceCard {
        ReferenceCard {
            code: reference.text().to_owned(),
            usage: reference.usage().map(usage_word),
            partner: reference.is_partner(),
            title: reference.rubric().map(|rubric| rubric.title().to_owned()),
        }
    }
}

/// A text of a rubric.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct TextCard {
    pub(crate) kind: &'static str,
    pub(crate) text: String,
    pub(crate) references: Vec<ReferenceCard>,
}

/// A rubric, and what is said of it.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct RubricCard {
    #[serde(flatten)]
    pub(crate) name: RubricName,
    /// What its classification is called.
    #[serde(skip)]
    pub(crate) system: &'static str,
    /// The rubrics above, from the top.
    pub(crate) above: Vec<RubricName>,
    /// Those just below.
    pub(crate) children: Vec<RubricName>,
    /// Whether the edition subdivides it, and by which character: `none`, `fourth`, `fifth` or
    /// `further`.
    pub(crate) further_character: &'static str,
    /// Whether the source says that it may be coded with.
    pub(crate) valid: Option<bool>,
    /// Made by modifiers.
    pub(crate) modified: bool,
    /// `not-stated`, `any`, `female`, `male` or `not-understood`.
    pub(crate) sex: &'static str,
    pub(crate) minimum_age: Option<u16>,
    pub(crate) maximum_age: Option<u16>,
    /// The other halves of a dual classification.
    pub(crate) partners: Vec<ReferenceCard>,
    /// Its texts, the title left out.
    pub(crate) texts: Vec<TextCard>,
    /// Columns of a file of the NHS, as published.
    pub(crate) columns: serde_json::Map<String, serde_json::Value>,
}

impl RubricCard {
    pub(crate) fn of<C: RubricCode>(rubric: Rubric<'_, C>) -> RubricCard {
        let mut above: Vec<RubricName> = rubric.ancestors().map(RubricName::of).collect();
        above.reverse();
        let read = || rubric.texts().filter(|text| !text.kind().is_column());
        let texts = read().filter(|text| text.kind() != TextKind::Title).map(|text| TextCard {
            kind: text.kind().name(),
            text: text.text().to_owned(),
            references: text.references().map(ReferenceCard::of).collect(),
        });
        let columns = rubric.texts().filter(|text| text.kind().is_column());
        let ages = rubric.ages();
        RubricCard {
            name: RubricName::of(rubric),
            system: C::SYSTEM.name(),
            above,
            children: rubric.children().map(RubricName::of).collect(),
            further_character: further_word(rubric.further_character()),
            valid: rubric.is_valid(),
            modified: rubric.is_modified(),
            sex: rubric.sex().word(),
            minimum_age: ages.minimum,
            maximum_age: ages.maximum,
            partners: rubric.partners().map(ReferenceCard::of).collect(),
            texts: texts.collect(),
            columns: columns
                .map(|text| (text.kind().name().to_owned(), text.text().to_owned().into()))
                .collect(),
        }
    }

    /// The rubric of a kind above it, or itself.
    pub(crate) fn at(&self, kind: &str) -> Option<&RubricName> {
        self.above.iter().chain([&self.name]).rfind(|name| name.kind == kind)
    }
}

fn further_word(further: FurtherCharacter) -> &'static str {
    match further {
        FurtherCharacter::None => "none",
        FurtherCharacter::Fourth => "fourth",
        FurtherCharacter::Fifth => "fifth",
        FurtherCharacter::Further => "further",
    }
}

/// A rubric below another, and how far.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct BelowRubric {
    pub(crate) depth: usize,
    #[serde(flatten)]
    pub(crate) name: RubricName,
}

/// All rubrics below one, each before what is below it.
pub(crate) fn below<C: RubricCode>(top: Rubric<'_, C>) -> Vec<BelowRubric> {
    let outside = top.ancestors().count();
    top.descendants()
        .map(|rubric| BelowRubric {
            depth: rubric.ancestors().count() - outside,
            name: RubricName::of(rubric),
        })
        .collect()
}
