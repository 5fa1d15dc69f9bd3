//! Ways up.

use super::concept::Concept;
use super::hierarchy::Concepts;

/// The ways from a concept up to a concept without parents, usually the root: each a list that
/// begins with the concept.
///
/// There can be thousands, so they are made one at a time. A concept stands once in a path, also in
/// an index whose hierarchy was tampered with to go in circles; where it leads nowhere for too
/// long, the paths end.
#[derive(Debug)]
pub struct PathsToRoot<'t> {
    path: Vec<Concept<'t>>,
    /// For each concept of the path, the parents still to go to.
    parents: Vec<Concepts<'t>>,
    /// Steps back since the last path.
    fruitless: u32,
}

/// Steps back without a path beyond which there are only circles: without them, there is a path
/// within as many steps as the hierarchy is deep, and it is some twenty deep.
const FRUITLESS: u32 = 1 << 16;
/// Concepts of a path at most.
const LONGEST: usize = 1 << 12;

impl<'t> PathsToRoot<'t> {
    pub(super) fn from(concept: Concept<'t>) -> PathsToRoot<'t> {
        PathsToRoot { path: vec![concept], parents: vec![concept.parents()], fruitless: 0 }
    }
}

impl<'t> Iterator for PathsToRoot<'t> {
    type Item = Vec<Concept<'t>>;

    fn next(&mut self) -> Option<Vec<Concept<'t>>> {
        loop {
            let next = self.parents.last_mut()?.next();
            match next {
                Some(parent) if self.path.len() < LONGEST && !self.path.contains(&parent) => {
                    self.path.push(parent);
                    self.parents.push(parent.parents());
                }
                Some(_) => {}
                None => {
                    let top = self.path.last().copied();
                    let ended = top.is_some_and(|top| top.parents().len() == 0);
                    let path = ended.then(|| self.path.clone());
                    self.path.pop();
                    self.parents.pop();
                    if path.is_some() {
                        self.fruitless = 0;
                        return path;
                    }
                    self.fruitless += 1;
                    if self.fruitless > FRUITLESS {
                        self.parents.clear();
                    }
                }
            }
        }
    }
}
