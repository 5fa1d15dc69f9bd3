//! The tree of an edition: which rubric is below which, and their order.

use std::collections::HashMap;

use farr::classification::RubricCode;

use super::edition::{Class, ClassKind, Edition};
use crate::problem::{NoteKind, Notes};

/// An edition in order.
#[derive(Debug)]
pub(crate) struct Ordered<C> {
    /// The rubrics, each before what is below it.
    pub(crate) rubrics: Vec<OrderedRubric<C>>,
}

/// A rubric in its place.
#[derive(Debug)]
pub(crate) struct OrderedRubric<C> {
    /// The place of its class in the edition.
    pub(crate) class: usize,
    pub(crate) code: Option<C>,
    /// The rubric above.
    pub(crate) parent: Option<u32>,
    /// One past the last rubric below.
    pub(crate) end: u32,
}

/// Puts the rubrics of an edition in order. A rubric whose source does not say what it is below is
/// below the longest code that it subdivides, or the narrowest block that has it.
pub(crate) fn order<C: RubricCode>(edition: &Edition, notes: &mut Notes) -> Ordered<C> {
    let classes = &edition.classes;
    let codes: Vec<Option<C>> = classes
        .iter()
        .map(|class| match class.kind {
            ClassKind::Code => C::read(&class.code).ok(),
            ClassKind::Chapter | ClassKind::Block => None,
        })
        .collect();
    let parents = parents(classes, &codes, notes);
    let mut children: Vec<Vec<usize>> = vec![Vec::new(); classes.len()];
    let mut roots = Vec::new();
    for (class, parent) in parents.iter().enumerate() {
        match parent {
            Some(parent) => children[*parent].push(class),
            None => roots.push(class),
        }
    }
    // Chapters and blocks as they come, codes by their keys.
    let sort = |list: &mut Vec<usize>| {
        list.sort_by_key(|class| codes[*class].map_or((0, 0), |code| (1, code.key())));
    };
    sort(&mut roots);
    children.iter_mut().for_each(sort);

    let mut rubrics: Vec<OrderedRubric<C>> = Vec::with_capacity(classes.len());
    let mut open: Vec<(Option<u32>, std::vec::IntoIter<usize>)> = vec![(None, roots.into_iter())];
    while let Some((parent, siblings)) = open.last_mut() {
        let parent = *parent;
        match siblings.next() {
            Some(class) => {
                let number = rubrics.len() as u32;
                rubrics.push(OrderedRubric { class, code: codes[class], parent, end: number + 1 });
                open.push((Some(number), std::mem::take(&mut children[class]).into_iter()));
            }
            None => {
                let end = rubrics.len() as u32;
                if let Some(number) = parent {
                    rubrics[number as usize].end = end;
                }
                open.pop();
            }
        }
    }
    Ordered { rubrics }
}

/// The class above each.
fn parents<C: RubricCode>(
    classes: &[Class],
    codes: &[Option<C>],
    notes: &mut Notes,
) -> Vec<Option<usize>> {
    let mut by_code: HashMap<&str, usize> = HashMap::with_capacity(classes.len());
    for (number, class) in classes.iter().enumerate() {
        by_code.entry(&class.code).or_insert(number);
    }
    let by_characters = by_characters(codes);
    let blocks = blocks::<C>(classes);
    let mut parents: Vec<Option<usize>> = Vec::with_capacity(classes.len());
    for (number, class) in classes.iter().enumerate() {
        let said = class.parent.as_deref().map(|parent| by_code.get(parent).copied());
        let found = match said {
            Some(Some(parent)) if parent != number => Some(parent),
            Some(_) => {
                notes.add(NoteKind::MissingRubric, || {
                    let above = class.parent.as_deref().unwrap_or_default();
                    format!("{}, line {}: {} below {above}", class.file, class.line, class.code)
                });
                by_characters[number].or_else(|| narrowest(&blocks, codes[number]))
            }
            None => by_characters[number].or_else(|| narrowest(&blocks, codes[number])),
        };
        parents.push(found);
    }
    break_circles(classes, &mut parents, notes);
    parents
}

/// The longest other code that each subdivides.
fn by_characters<C: RubricCode>(codes: &[Option<C>]) -> Vec<Option<usize>> {
    let mut sorted: Vec<(C, usize)> =
        codes.iter().enumerate().filter_map(|(number, code)| Some(((*code)?, number))).collect();
    sorted.sort_by_key(|(code, number)| (code.key(), *number));
    let mut parents = vec![None; codes.len()];
    let mut above: Vec<(C, usize)> = Vec::new();
    for (code, number) in sorted {
        while above.last().is_some_and(|(general, _)| !code.is_within(*general)) {
            above.pop();
        }
        parents[number] = above.last().map(|(_, number)| *number);
        above.push((code, number));
    }
    parents
}

/// The blocks that are written as a range: first and last key, and their class.
fn blocks<C: RubricCode>(classes: &[Class]) -> Vec<(C, C, usize)> {
    let range = |class: &Class| {
        let (first, last) = class.code.split_once('-')?;
        Some((C::read(first).ok()?, C::read(last).ok()?))
    };
    let blocks = classes.iter().enumerate().filter(|(_, class)| class.kind == ClassKind::Block);
    blocks.filter_map(|(number, class)| range(class).map(|(a, b)| (a, b, number))).collect()
}

fn narrowest<C: RubricCode>(blocks: &[(C, C, usize)], code: Option<C>) -> Option<usize> {
    let code = code?;
    let holds = |first: C, last: C| first.key() <= code.key() && code.key() <= last.key();
    let within = blocks.iter().filter(|(first, last, _)| holds(*first, *last));
    within.min_by_key(|(first, last, _)| last.key() - first.key()).map(|(_, _, number)| *number)
}

/// Rubrics that are below themselves become roots.
fn break_circles(classes: &[Class], parents: &mut [Option<usize>], notes: &mut Notes) {
    // 0 not seen, 1 on the way, 2 done.
    let mut state = vec![0_u8; parents.len()];
    for start in 0..parents.len() {
        let mut way = Vec::new();
        let mut at = Some(start);
        while let Some(number) = at.filter(|number| state[*number] == 0) {
            state[number] = 1;
            way.push(number);
            at = parents[number];
        }
        if let Some(number) = at.filter(|number| state[*number] == 1) {
            notes.add(NoteKind::MissingRubric, || {
                let Class { file, line, code, .. } = &classes[number];
                format!("{file}, line {line}: {code} is below itself")
            });
            parents[number] = None;
        }
        way.into_iter().for_each(|number| state[number] = 2);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use farr::Icd10Code;
    use farr::classification::CodeSystem;

    fn drawn(classes: Vec<Class>) -> (String, u64) {
        let edition = Edition {
            system: CodeSystem::Icd10,
            title: None,
            version: None,
            date: None,
            classes,
            sources: Vec::new(),
            set_aside: Vec::new(),
        };
        let mut notes = Notes::default();
        let ordered = order::<Icd10Code>(&edition, &mut notes);
        let mut depths: Vec<usize> = Vec::new();
        let mut text = String::new();
        for rubric in &ordered.rubrics {
            let depth = rubric.parent.map_or(0, |parent| depths[parent as usize] + 1);
            depths.push(depth);
            let code = &edition.classes[rubric.class].code;
            text.push_str(&format!("{}{code}-{} ", ">".repeat(depth), rubric.end));
        }
        let told = notes.of(NoteKind::MissingRubric).map_or(0, |note| note.count);
        (text.trim_end().to_owned(), told)
    }

    #[test]
    fn codes_find_their_place_by_their_characters() {
        let code = |text| Class::bare(ClassKind::Code, text, None);
        let classes = ["E11.9", "M45.X0", "E11", "M45", "S52.00", "S52.0", "E11.0"].map(code);
        let (text, told) = drawn(classes.into());
        assert_eq!(text, "E11-3 >E11.0-2 >E11.9-3 M45-5 >M45.X0-5 S52.0-7 >S52.00-7");
        assert_eq!(told, 0);
    }

    #[test]
    fn blocks_have_what_is_in_their_range_and_chapters_what_they_are_said_to() {
        use ClassKind::{Block, Chapter, Code};
        let classes = vec![
            Class::bare(Chapter, "XXII", None),
            Class::bare(Chapter, "IV", None),
            Class::bare(Block, "E00-E90", Some("IV")),
            Class::bare(Block, "E10-E14", Some("E00-E90")),
            Class::bare(Code, "E14", None),
            Class::bare(Code, "E20", None),
            Class::bare(Code, "U07", Some("XXII")),
        ];
        let (text, told) = drawn(classes);
        let expected = "XXII-2 >U07-2 IV-7 >E00-E90-7 >>E10-E14-6 >>>E14-6 >>E20-7";
        assert_eq!((text.as_str(), told), (expected, 0));
    }

    #[test]
    fn what_is_below_itself_or_below_nothing_is_told() {
        use ClassKind::{Block, Code};
        let classes = vec![
            Class::bare(Block, "A00-A09", Some("B00-B09")),
            Class::bare(Block, "B00-B09", Some("A00-A09")),
            Class::bare(Code, "A00", Some("nowhere")),
        ];
        let (text, told) = drawn(classes);
        assert_eq!((text.as_str(), told), ("A00-A09-3 >B00-B09-2 >A00-3", 2));
    }
}
