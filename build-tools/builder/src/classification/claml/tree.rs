//! Which class is below which.

use std::collections::HashMap;

use super::model::ClamlClass;
use crate::classification::log::Log;
use crate::problem::NoteKind;

/// Classes above one class: files have seven.
const DEEPEST: usize = 64;

/// The classes of a file by their numbers there, each under the first of its parents.
pub(super) struct Tree {
    codes: Vec<String>,
    parents: Vec<Option<usize>>,
    has_below: Vec<bool>,
    repeated: Vec<bool>,
    /// Classes above before those below.
    downwards: Vec<usize>,
}

impl Tree {
    /// Places classes. A class that stands twice, several parents, and classes that are named and are
    /// not there are noted; a circle is a problem.
    pub(super) fn new(classes: &[ClamlClass], log: &mut Log) -> Tree {
        let mut numbers: HashMap<&str, usize> = HashMap::with_capacity(classes.len());
        let mut repeated = vec![false; classes.len()];
        for (number, class) in classes.iter().enumerate() {
            if let Some(first) = numbers.get(class.code.as_str()).copied() {
                repeated[number] = true;
                let first = classes[first].line;
                log.note(NoteKind::ClassRepeated, class.line, || {
                    format!("{}, which stands on line {first}", class.code)
                });
            } else {
                numbers.insert(&class.code, number);
            }
        }
        let mut parents: Vec<Option<usize>> = vec![None; classes.len()];
        let known = |class: &ClamlClass, codes: &[String], log: &mut Log| -> Vec<usize> {
            let known = |code: &String| {
                let number = numbers.get(code.as_str()).copied();
                if number.is_none() {
                    let what = || format!("{} names {code}", class.code);
                    log.note(NoteKind::MissingClass, class.line, what);
                }
                number
            };
            codes.iter().filter_map(known).collect()
        };
        let mut several = vec![false; classes.len()];
        for (number, class) in classes.iter().enumerate().filter(|(number, _)| !repeated[*number]) {
            let above = known(class, &class.above, log);
            parents[number] = above.first().copied();
            several[number] = above.iter().any(|one| Some(*one) != parents[number]);
        }
        let mut has_below = vec![false; classes.len()];
        for (number, class) in classes.iter().enumerate().filter(|(number, _)| !repeated[*number]) {
            for below in known(class, &class.below, log) {
                has_below[number] = true;
                let parent = *parents[below].get_or_insert(number);
                several[below] |= parent != number;
            }
        }
        for (number, class) in classes.iter().enumerate().filter(|(number, _)| several[*number]) {
            let parent = parents[number].map_or("", |parent| classes[parent].code.as_str());
            let what = || format!("{}, kept under {parent}", class.code);
            log.note(NoteKind::SeveralParents, class.line, what);
        }
        parents.iter().flatten().for_each(|parent| has_below[*parent] = true);
        let downwards = order(classes, &mut parents, log);
        let codes = classes.iter().map(|class| class.code.clone()).collect();
        Tree { codes, parents, has_below, repeated, downwards }
    }

    /// Whether the class has the code of one before it.
    pub(super) fn is_repeated(&self, class: usize) -> bool {
        self.repeated[class]
    }

    /// Whether no class is below it.
    pub(super) fn is_last(&self, class: usize) -> bool {
        !self.has_below[class]
    }

    pub(super) fn parent_number(&self, class: usize) -> Option<usize> {
        self.parents[class]
    }

    /// The code of the class above.
    pub(super) fn parent(&self, class: usize) -> Option<&str> {
        self.parents[class].map(|parent| self.codes[parent].as_str())
    }

    /// The classes above, the nearest first.
    pub(super) fn above(&self, class: usize) -> impl Iterator<Item = usize> {
        std::iter::successors(self.parents[class], |above| self.parents[*above])
    }

    /// All classes that stand once, those above before those below.
    pub(super) fn downwards(&self) -> impl Iterator<Item = usize> {
        self.downwards.iter().copied().filter(|class| !self.repeated[*class])
    }
}

/// Classes by their depth. One that is deeper than any, as in a circle, is a problem and has no parent
/// then.
fn order(classes: &[ClamlClass], parents: &mut [Option<usize>], log: &mut Log) -> Vec<usize> {
    let mut depths = Vec::with_capacity(classes.len());
    for (number, class) in classes.iter().enumerate() {
        let above = std::iter::successors(parents[number], |above| parents[*above]);
        let depth = above.take(DEEPEST).count();
        if depth == DEEPEST {
            log.problem(class.line, None, "no circle, and fewer classes above", &class.code);
            parents[number] = None;
        }
        depths.push(depth);
    }
    let mut order: Vec<usize> = (0..classes.len()).collect();
    order.sort_by_key(|class| depths[*class]);
    order
}
