//! The classes that modifiers make.
//!
//! A `ModifiedBy` of a class divides it, or the last classes below it, by the classes of a modifier; an
//! `ExcludeModifier` ends that for its class and those below. Several modifiers divide one after the
//! other: by their places in a code of ICD-10, then by `position`, then those of classes above first.
//! A class that the file has itself is never made.
//!
//! The title of what is made is the title of the class, a colon between spaces, and the title of the
//! class of the modifier. It has the mark of the latter, or else that of the class.

use std::collections::{HashMap, HashSet};

use farr::classification::TextKind;
use farr::id::DaggerAsterisk;

use super::compose::{Place, compose, is_icd10, place};
use super::model::{Claml, ClamlClass, ModifiedBy, ModifierClass};
use super::tree::Tree;
use crate::classification::edition::ClassText;
use crate::classification::log::Log;
use crate::problem::NoteKind;

/// Modifiers of one class: ICD-10 has places for two.
pub(super) const MOST_MODIFIERS: usize = 16;
/// Classes that modifiers make: more than any classification has.
const MOST_MADE: usize = 1 << 18;
/// Bytes of their texts.
const MOST_BYTES: usize = 256 << 20;
/// Attempts at making one.
const MOST_STEPS: usize = 1 << 25;

/// A class of the file, or one that modifiers made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::classification) struct Expanded {
    pub(in crate::classification) code: String,
    /// The kind of the class, or of the one that was modified.
    pub(in crate::classification) kind: String,
    pub(in crate::classification) parent: Option<String>,
    pub(in crate::classification) usage: Option<DaggerAsterisk>,
    pub(in crate::classification) is_modified: bool,
    /// The title first.
    pub(in crate::classification) texts: Vec<ClassText>,
    pub(in crate::classification) line: u64,
}

impl Expanded {
    /// The title: every class has one.
    pub(in crate::classification) fn title(&self) -> &str {
        self.texts.first().map_or("", |text| &text.text)
    }
}

/// All classes in the order of the file, each followed by those that modifiers make of it. What is
/// wrong with them goes to the log.
pub(in crate::classification) fn expand(mut claml: Claml, log: &mut Log) -> Vec<Expanded> {
    for class in &claml.modifier_classes {
        if class.texts.first().is_none_or(|text| text.kind != TextKind::Title) {
            log.problem(class.line, None, "a title of a class of a modifier", &class.code);
        }
    }
    let tree = Tree::new(&claml.classes, log);
    let modifiers = Modifiers::new(&mut claml, &tree, log);
    let mut making = Making {
        options: modifiers.options(&claml.modifier_classes),
        codes: claml.classes.iter().map(|class| class.code.clone()).collect(),
        made: Vec::with_capacity(claml.classes.len()),
        bytes: 0,
        steps: 0,
        is_beyond: false,
        log,
    };
    let modifier_texts: HashMap<&str, &[ClassText]> =
        claml.modifiers.iter().map(|one| (one.code.as_str(), one.texts.as_slice())).collect();
    for (number, mut class) in claml.classes.into_iter().enumerate() {
        if tree.is_repeated(number) {
            continue;
        }
        if class.texts.first().is_none_or(|text| text.kind != TextKind::Title) {
            making.log.problem(class.line, None, "a title of a class", &class.code);
            continue;
        }
        for modifier in modifiers.own(number) {
            for text in modifier_texts.get(modifier.modifier.as_str()).copied().unwrap_or_default()
            {
                making.count(class.line, std::slice::from_ref(text));
                class.texts.push(text.clone());
            }
        }
        let parent = tree.parent(number).map(str::to_owned);
        let at = making.made.len();
        making.made.push(of_file(class, parent));
        if tree.is_last(number) {
            let sequence = making.sequence(at, modifiers.of(number));
            making.divide(at, &sequence, &mut Vec::new());
        }
        if making.is_beyond {
            break;
        }
    }
    making.made
}

fn of_file(class: ClamlClass, parent: Option<String>) -> Expanded {
    let ClamlClass { code, kind, usage, texts, line, .. } = class;
    Expanded { code, kind, parent, usage, is_modified: false, texts, line }
}

/// Which modifiers there are for which classes.
struct Modifiers {
    /// All `ModifiedBy`, each with the class it stands at.
    all: Vec<(usize, ModifiedBy)>,
    /// Those that stand at a class or above it and are not excluded, by class.
    of: Vec<Vec<usize>>,
}

impl Modifiers {
    fn new(claml: &mut Claml, tree: &Tree, log: &mut Log) -> Modifiers {
        let mut all = Vec::new();
        let mut own = vec![Vec::new(); claml.classes.len()];
        // What is modified below a class need not be by its link.
        let mut below: HashSet<(usize, String)> = HashSet::new();
        for (number, class) in claml.classes.iter_mut().enumerate() {
            for modified_by in std::mem::take(&mut class.modified_by) {
                for above in tree.above(number) {
                    below.insert((above, modified_by.modifier.clone()));
                }
                own[number].push(all.len());
                all.push((number, modified_by));
            }
        }
        let known: HashSet<&str> =
            claml.modifier_classes.iter().map(|class| class.modifier.as_str()).collect();
        let mut of: Vec<Vec<usize>> = vec![Vec::new(); claml.classes.len()];
        for number in tree.downwards() {
            let class = &claml.classes[number];
            let inherited = tree.parent_number(number).map(|parent| of[parent].clone());
            let mut modifiers = inherited.unwrap_or_default();
            modifiers.retain(|one| !class.not_modified_by.contains(&all[*one].1.modifier));
            if class.linked.len() + own[number].len() > MOST_MODIFIERS {
                let expected = format!("up to {MOST_MODIFIERS} modifiers of a class");
                log.problem(class.line, None, expected, &class.code);
                continue;
            }
            let is_linked = own[number].is_empty() && is_icd10(&class.code);
            for modifier in class.linked.iter().filter(|_| is_linked) {
                let is_here = modifiers.iter().any(|one| all[*one].1.modifier == *modifier)
                    || class.not_modified_by.contains(modifier)
                    || below.contains(&(number, modifier.clone()));
                if known.contains(modifier.as_str()) && !is_here {
                    let what = || format!("{modifier} at {}", class.code);
                    log.note(NoteKind::ModifierByLink, class.line, what);
                    let modifier = modifier.clone();
                    own[number].push(all.len());
                    all.push((number, ModifiedBy { modifier, ..ModifiedBy::default() }));
                }
            }
            for one in &own[number] {
                let modifier = &all[*one].1.modifier;
                modifiers.retain(|other| all[*other].1.modifier != *modifier);
                modifiers.push(*one);
                if !known.contains(modifier.as_str()) {
                    let what = || format!("{modifier} at {}", class.code);
                    log.note(NoteKind::UnknownModifier, class.line, what);
                }
            }
            if modifiers.len() > MOST_MODIFIERS {
                let expected = format!("up to {MOST_MODIFIERS} modifiers of a class");
                log.problem(class.line, None, expected, &class.code);
                modifiers.clear();
            }
            of[number] = modifiers;
        }
        Modifiers { all, of }
    }

    /// Those that stand at a class.
    fn own(&self, class: usize) -> impl Iterator<Item = &ModifiedBy> {
        self.of(class).filter(move |(owner, _)| *owner == class).map(|(_, modified_by)| modified_by)
    }

    /// Those that apply to a class, those of classes above first.
    fn of(&self, class: usize) -> impl Iterator<Item = &(usize, ModifiedBy)> {
        self.of[class].iter().map(|one| &self.all[*one])
    }

    /// The classes of each modifier.
    fn options<'c>(
        &self,
        classes: &'c [ModifierClass],
    ) -> HashMap<&'c str, Vec<&'c ModifierClass>> {
        let mut options: HashMap<&str, Vec<&ModifierClass>> = HashMap::new();
        for class in classes {
            options.entry(&class.modifier).or_default().push(class);
        }
        options
    }
}

/// The making under way.
struct Making<'m> {
    options: HashMap<&'m str, Vec<&'m ModifierClass>>,
    codes: HashSet<String>,
    made: Vec<Expanded>,
    bytes: usize,
    steps: usize,
    /// Whether there is more to make than is made.
    is_beyond: bool,
    log: &'m mut Log,
}

impl Making<'_> {
    /// Counts texts that are copied.
    fn count(&mut self, line: u64, texts: &[ClassText]) {
        self.bytes += texts.iter().map(|text| text.text.len() + 64).sum::<usize>();
        if !self.is_beyond
            && (self.bytes > MOST_BYTES || self.steps > MOST_STEPS || self.made.len() > MOST_MADE)
        {
            self.is_beyond = true;
            let expected = "modifiers that make no more codes and texts than a classification has";
            self.log.problem(line, None, expected, "more");
        }
    }
}

impl<'m> Making<'m> {
    /// The modifiers of a class at their turns.
    fn sequence<'b: 'm>(
        &mut self,
        class: usize,
        modifiers: impl Iterator<Item = &'b (usize, ModifiedBy)>,
    ) -> Vec<(Place, &'b ModifiedBy)> {
        let mut sequence: Vec<(Place, &ModifiedBy)> = modifiers
            .filter_map(|(_, by)| Some((place(by, self.options.get(by.modifier.as_str())?), by)))
            .collect();
        let class = &self.made[class];
        if !is_icd10(&class.code) {
            sequence.sort_by_key(|(_, by)| by.position);
            return sequence;
        }
        sequence.sort_by_key(|(place, by)| (*place, by.position));
        // The fourth character of a subdivision is there: its fifth is for the modifier of that.
        let has_fifth = sequence.iter().any(|(place, _)| *place == Place::Fifth);
        if class.code.contains('.') && has_fifth {
            sequence.retain(|(place, by)| {
                if *place == Place::Fourth {
                    let what = || format!("{} at {}", by.modifier, class.code);
                    self.log.note(NoteKind::ModifierWithoutPlace, class.line, what);
                }
                *place == Place::Fifth
            });
        }
        sequence
    }

    /// Divides a class by the first of the modifiers, and what comes of it by the others.
    fn divide(
        &mut self,
        class: usize,
        sequence: &[(Place, &ModifiedBy)],
        before: &mut Vec<(String, String)>,
    ) {
        let Some(((place, modified_by), rest)) = sequence.split_first() else { return };
        let options = self.options.get(modified_by.modifier.as_str()).cloned().unwrap_or_default();
        let (line, base) = (self.made[class].line, self.made[class].code.clone());
        let mut is_noted = false;
        for option in options {
            self.steps += 1 + option.not_after.len();
            self.count(line, &[]);
            if self.is_beyond {
                return;
            }
            let is_valid =
                modified_by.valid.as_ref().is_none_or(|valid| valid.contains(&option.code));
            if !is_valid || option.not_after.iter().any(|one| before.contains(one)) {
                continue;
            }
            let Some(code) = compose(&base, *place, &option.code) else {
                if !is_noted {
                    let what = || format!("{} at {base}", modified_by.modifier);
                    self.log.note(NoteKind::ModifierWithoutPlace, line, what);
                }
                is_noted = true;
                continue;
            };
            if !self.codes.insert(code.clone()) {
                let what = || format!("{code}, which modifier {} makes", modified_by.modifier);
                self.log.note(NoteKind::ClassRepeated, line, what);
                continue;
            }
            let made = modified(&self.made[class], option, code);
            self.count(line, &made.texts);
            self.made.push(made);
            before.push((option.modifier.clone(), option.code.clone()));
            self.divide(self.made.len() - 1, rest, before);
            before.pop();
        }
    }
}

/// What a class of a modifier makes of a class.
fn modified(class: &Expanded, option: &ModifierClass, code: String) -> Expanded {
    let joined = |before: &ClassText, after: &ClassText| ClassText {
        kind: after.kind,
        text: format!("{} : {}", before.text, after.text),
        references: before.references.iter().chain(&after.references).cloned().collect(),
    };
    let is_long = |text: &&ClassText| text.kind == TextKind::LongTitle;
    let title = class.texts.first();
    let long = class.texts.iter().find(is_long).or(title);
    let texts = option.texts.iter().map(|text| match (text.kind, title, long) {
        (TextKind::Title, Some(before), _) => joined(before, text),
        (TextKind::LongTitle, _, Some(before)) => joined(before, text),
        _ => text.clone(),
    });
    Expanded {
        code,
        kind: class.kind.clone(),
        parent: Some(class.code.clone()),
        usage: option.usage.or(class.usage),
        is_modified: true,
        texts: texts.collect(),
        line: class.line,
    }
}
