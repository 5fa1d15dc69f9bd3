//! What an edition has of a code that was asked for.

use farr::classification::Classification;
use serde::Serialize;

use super::spelling::{Forms, Spelled};
use crate::card::draw::Sheet;
use crate::card::draw_rubric;
use crate::card::rubric::{BelowRubric, RubricCard, RubricName, below, usage_word};
use crate::output::records::Record;
use crate::output::text::shown;

/// What came of it. The words are an interface.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Status {
    /// A chapter, a block or a code of the edition.
    Found,
    /// A range, and it holds codes of the edition.
    Range,
    /// It has the form of a code, and the edition does not have it.
    NotInEdition,
    /// It is no code, block or chapter.
    Malformed,
}

impl Status {
    pub(crate) fn word(self) -> &'static str {
        match self {
            Status::Found => "found",
            Status::Range => "range",
            Status::NotInEdition => "not-in-edition",
            Status::Malformed => "malformed",
        }
    }
}

/// A code as typed, and what the edition has of it.
#[derive(Debug, Serialize)]
pub(crate) struct Answer {
    code: String,
    /// Which classification: `icd10`, `icd10-cm` or `opcs4`.
    system: &'static str,
    status: Status,
    forms: Option<Forms>,
    /// The mark that was typed.
    mark: Option<&'static str>,
    rubric: Option<RubricCard>,
    /// What stands nearest above a code that the edition does not have.
    nearest: Option<RubricName>,
    /// The codes of a range.
    range: Vec<RubricName>,
    /// Everything below; `None` where it is not asked for.
    tree: Option<Vec<BelowRubric>>,
    message: Option<String>,
}

impl Answer {
    pub(crate) fn of<C: Spelled>(
        classification: Classification<'_, C>,
        code: &str,
        tree: bool,
    ) -> Answer {
        let mut answer = Answer {
            code: code.to_owned(),
            system: C::SYSTEM.word(),
            status: Status::Malformed,
            forms: None,
            mark: None,
            rubric: None,
            nearest: None,
            range: Vec::new(),
            tree: None,
            message: None,
        };
        let text = code.trim();
        let rubric = match C::read_marked(text) {
            Ok((code, mark)) => {
                answer.forms = Some(code.forms());
                answer.mark = mark.map(usage_word);
                let rubric = classification.rubric(code);
                if rubric.is_none() {
                    answer.status = Status::NotInEdition;
                    let nearest = classification.nearest(code);
                    answer.nearest = nearest.map(RubricName::of);
                    answer.message = Some(match &answer.nearest {
                        Some(nearest) => format!(
                            "this edition does not have it; above it stands {} {}",
                            nearest.code, nearest.title
                        ),
                        None => "this edition does not have it, nor its category".to_owned(),
                    });
                }
                rubric
            }
            Err(error) => match (classification.group(text), C::range(classification, text)) {
                (Some(group), _) => Some(group),
                (None, Some(rubrics)) => {
                    answer.range = rubrics.into_iter().map(RubricName::of).collect();
                    answer.status = Status::Range;
                    if answer.range.is_empty() {
                        answer.status = Status::NotInEdition;
                        answer.message = Some("this edition has no code in the range".to_owned());
                    }
                    None
                }
                (None, None) => {
                    answer.message = Some(match C::chapter_range(text) {
                        Some(range) => {
                            answer.status = Status::NotInEdition;
                            format!("this edition does not have the chapter: its codes are {range}")
                        }
                        None => error,
                    });
                    None
                }
            },
        };
        if let Some(rubric) = rubric {
            answer.status = Status::Found;
            answer.rubric = Some(RubricCard::of(rubric));
            answer.tree = tree.then(|| below(rubric));
            answer.message = contradiction(answer.mark, rubric.usage().map(usage_word));
        }
        answer
    }

    pub(crate) fn is_found(&self) -> bool {
        matches!(self.status, Status::Found | Status::Range)
    }

    pub(crate) fn system(&self) -> &'static str {
        self.system
    }

    /// Whether what was typed has the form of a code, or is a block or chapter.
    pub(crate) fn has_form(&self) -> bool {
        matches!(self.status, Status::Found | Status::NotInEdition)
    }

    pub(crate) fn name(&self) -> Option<&RubricName> {
        self.rubric.as_ref().map(|card| &card.name)
    }

    pub(crate) fn message(&self) -> Option<&str> {
        self.message.as_deref()
    }

    /// The rows of a table: what was asked for, then what is below it.
    pub(crate) fn rows(&self) -> impl Iterator<Item = Row<'_>> {
        let own = match self.status {
            Status::Range => None,
            _ => Some(Row::whole(self)),
        };
        let range = self.range.iter().map(|name| Row { answer: self, below: Some((0, name)) });
        let tree = self.tree.iter().flatten();
        let tree = tree.map(|one| Row { answer: self, below: Some((one.depth, &one.name)) });
        own.into_iter().chain(range).chain(tree)
    }

    pub(crate) fn draw(&self, sheet: &mut Sheet) {
        let palette = sheet.palette();
        match &self.rubric {
            Some(card) => draw_rubric::rubric(sheet, card),
            None => sheet.heading(&shown(&self.code)),
        }
        let chapter = self.forms.as_ref().and_then(|forms| forms.chapter.as_deref());
        if let (Some(card), Some(chapter)) = (&self.rubric, chapter)
            && card.at("chapter").is_none()
        {
            let text = format!("{chapter}, by the code: the source has no chapters");
            sheet.plain("Chapter", &text);
        }
        if let Some(forms) = self.forms.as_ref().filter(|_| self.rubric.is_some()) {
            let mut written = vec![format!("{} undotted", forms.undotted)];
            written.extend(forms.padded.as_ref().map(|form| format!("{form} padded")));
            written.extend(forms.data_set.as_ref().map(|form| format!("{form:?} in data sets")));
            sheet.plain("Written", &written.join(", "));
        }
        if let Some(message) = &self.message {
            match self.is_found() {
                true => sheet.labelled("Check", message, |text| palette.warning(text)),
                false => sheet.labelled("Code", message, |text| palette.bad(text)),
            }
        }
        for name in &self.range {
            let code = name.marked();
            let words = shown(&name.title);
            let words = words.split(' ').map(|word| (word.to_owned(), word.to_owned()));
            let painted = (code.clone(), palette.id(&code));
            sheet.hanging("", "  ", std::iter::once(painted).chain(words));
        }
        draw_rubric::tree(sheet, self.tree.as_deref().unwrap_or_default());
    }
}

/// What to say of a mark that was typed and is not the edition's.
fn contradiction(typed: Option<&'static str>, usage: Option<&'static str>) -> Option<String> {
    match (typed?, usage) {
        (typed, Some(usage)) if typed == usage => None,
        (typed, Some(usage)) => Some(format!(
            "typed with the mark of the {typed}; in this edition its mark is the {usage}"
        )),
        ("dagger", None) => {
            Some("typed with a dagger, which this edition gives it in some uses at most".to_owned())
        }
        (typed, None) => {
            Some(format!("typed with an {typed}, which this edition does not give it"))
        }
    }
}

/// A row: what was asked for, or a rubric below it.
#[derive(Debug, Serialize)]
#[serde(transparent)]
pub(crate) struct Row<'a> {
    answer: &'a Answer,
    #[serde(skip)]
    below: Option<(usize, &'a RubricName)>,
}

impl<'a> Row<'a> {
    pub(crate) fn whole(answer: &'a Answer) -> Row<'a> {
        Row { answer, below: None }
    }

    fn name(&self) -> Option<&'a RubricName> {
        match self.below {
            Some((_, name)) => Some(name),
            None => self.answer.rubric.as_ref().map(|card| &card.name),
        }
    }
}

impl Record for Row<'_> {
    const COLUMNS: &'static [&'static str] = &[
        "code",
        "status",
        "depth",
        "kind",
        "rubric",
        "title",
        "usage",
        "undotted",
        "padded",
        "data_set",
        "chapter",
        "block",
        "category",
        "further_character",
        "valid",
        "modified",
        "sex",
        "min_age",
        "max_age",
        "message",
    ];

    fn cells(&self) -> Vec<String> {
        let answer = self.answer;
        let name = self.name();
        // What is said of the code stands in its own row alone.
        let own = Some(answer).filter(|_| self.below.is_none());
        let card = own.and_then(|answer| answer.rubric.as_ref());
        let forms = own.and_then(|answer| answer.forms.as_ref());
        let of_name = |cell: fn(&RubricName) -> Option<&str>| {
            name.and_then(cell).unwrap_or_default().to_owned()
        };
        let of_card =
            |cell: fn(&RubricCard) -> Option<String>| card.and_then(cell).unwrap_or_default();
        let of_forms =
            |cell: fn(&Forms) -> Option<&String>| forms.and_then(cell).cloned().unwrap_or_default();
        let depth = match (self.below, name) {
            (Some((depth, _)), _) => depth.to_string(),
            (None, Some(_)) => "0".to_owned(),
            (None, None) => String::new(),
        };
        let chapter = of_card(|card| Some(card.at("chapter")?.code.clone()));
        vec![
            answer.code.clone(),
            answer.status.word().to_owned(),
            depth,
            of_name(|name| Some(name.kind)),
            of_name(|name| Some(&name.code)),
            of_name(|name| Some(&name.title)),
            of_name(|name| name.usage),
            of_forms(|forms| Some(&forms.undotted)),
            of_forms(|forms| forms.padded.as_ref()),
            of_forms(|forms| forms.data_set.as_ref()),
            match chapter.is_empty() {
                true => of_forms(|forms| forms.chapter.as_ref()),
                false => chapter,
            },
            of_card(|card| Some(card.at("block")?.code.clone())),
            of_card(|card| Some(card.at("category")?.code.clone())),
            of_card(|card| Some(card.further_character.to_owned())),
            of_card(|card| Some(card.valid?.to_string())),
            of_card(|card| Some(card.modified.to_string())),
            of_card(|card| Some(card.sex.to_owned())),
            of_card(|card| Some(card.minimum_age?.to_string())),
            of_card(|card| Some(card.maximum_age?.to_string())),
            own.and_then(|answer| answer.message.clone()).unwrap_or_default(),
        ]
    }

    fn code(&self) -> Option<String> {
        self.name().map(|name| name.code.clone())
    }
}
