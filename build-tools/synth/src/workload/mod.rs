//! What benchmarks and tests ask of a release, with the answers where they are cheap to know.

mod codings;
mod dmd;
mod ecl;
mod map;
mod search;

use crate::dmd::plan::Plan;
use crate::random::Random;
use crate::snomed::WrittenFile;
use crate::snomed::concepts::{Adjacency, Concept};
use crate::snomed::content::Content;
use std::collections::HashSet;
use std::fmt::Write as _;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

/// Descendants beyond which a concept is left out of the list of usual ones.
const MANY: usize = 4_000;
/// What the descendant sets of the list are to average.
const USUAL: usize = 40;

/// Writes the workload of a release to `workload/` in `folder`.
pub(crate) fn write(content: &Content, folder: &Path) -> io::Result<Vec<WrittenFile>> {
    let workload = Workload::new(content);
    let lists = [
        ("ids.txt", workload.ids()),
        ("subsumption.tsv", workload.subsumption()),
        ("descendants.txt", workload.descendants()),
        ("search.tsv", workload.search()),
        ("ecl.tsv", workload.ecl()),
        ("map.csv", workload.map()),
    ];
    write_lists(folder, lists)
}

/// Writes so many rows of codes to validate to `workload/` in `folder`.
pub(crate) fn write_codings(
    content: &Content,
    folder: &Path,
    rows: u64,
) -> io::Result<Vec<WrittenFile>> {
    Workload::new(content).write_codings(folder, rows)
}

/// Writes the workload of a dm+d release to `workload/` in `folder`.
pub(crate) fn write_dmd(products: &Plan, folder: &Path) -> io::Result<Vec<WrittenFile>> {
    write_lists(folder, dmd::lists(products))
}

fn write_lists<const COUNT: usize>(
    folder: &Path,
    lists: [(&str, String); COUNT],
) -> io::Result<Vec<WrittenFile>> {
    fs::create_dir_all(folder.join("workload"))?;
    lists
        .into_iter()
        .map(|(name, text)| {
            let path = PathBuf::from("workload").join(name);
            fs::write(folder.join(&path), &text)?;
            Ok(WrittenFile { path, rows: Some(text.lines().count() as u64) })
        })
        .collect()
}

struct Workload<'a> {
    content: &'a Content,
    active: Vec<Concept>,
    inactive: Vec<Concept>,
    children: Adjacency,
}

impl<'a> Workload<'a> {
    fn new(content: &'a Content) -> Self {
        let concepts = &content.concepts;
        let (active, inactive): (Vec<Concept>, Vec<Concept>) =
            concepts.order.iter().partition(|&&concept| concepts.is_active(concept));
        let mut lists = vec![Vec::new(); concepts.len()];
        for &concept in &active {
            for &parent in concepts.parents.of(concept) {
                lists[parent as usize].push(concept);
            }
        }
        let mut children = Adjacency::default();
        lists.iter().for_each(|list| children.push(list));
        Self { content, active, inactive, children }
    }

    fn random(&self, purpose: &str) -> Random {
        Random::keyed(self.content.parameters.seed, purpose, 0)
    }

    fn id(&self, concept: Concept) -> u64 {
        self.content.concepts.id(concept)
    }

    fn any_active(&self, random: &mut Random) -> Concept {
        self.active[random.below(self.active.len())]
    }

    /// All that is reached from a concept, without it; nothing when there is more than `bound`.
    fn reached(&self, from: &Adjacency, concept: Concept, bound: usize) -> Option<Vec<Concept>> {
        let mut seen = HashSet::new();
        let mut list: Vec<Concept> = Vec::new();
        let mut next = concept;
        let mut at = 0;
        loop {
            for &other in from.of(next) {
                if seen.insert(other) {
                    list.push(other);
                }
            }
            if list.len() > bound {
                return None;
            }
            match list.get(at) {
                None => return Some(list),
                Some(&other) => next = other,
            }
            at += 1;
        }
    }

    fn ancestors(&self, concept: Concept) -> Vec<Concept> {
        self.reached(&self.content.concepts.parents, concept, usize::MAX).unwrap_or_default()
    }

    /// Concepts to look up: nine in ten are active.
    fn ids(&self) -> String {
        let mut random = self.random("lookup");
        let mut text = String::new();
        for _ in 0..self.content.parameters.rooted(100_000, 500) {
            let from = if random.chance(100) { &self.inactive } else { &self.active };
            let _ = writeln!(text, "{}", self.id(from[random.below(from.len())]));
        }
        text
    }

    /// Pairs of active concepts, and whether the first subsumes the second; half of them do.
    fn subsumption(&self) -> String {
        let mut random = self.random("subsumption");
        let mut text = String::new();
        let count = self.content.parameters.rooted(100_000, 500);
        for number in 0..count {
            let mut specific = self.any_active(&mut random);
            let mut ancestors = self.ancestors(specific);
            while ancestors.is_empty() {
                specific = self.any_active(&mut random);
                ancestors = self.ancestors(specific);
            }
            let truth = number % 2 == 0;
            let general = if truth {
                ancestors[random.below(ancestors.len())]
            } else {
                self.stranger(specific, &ancestors, &mut random)
            };
            let _ = writeln!(text, "{}\t{}\t{truth}", self.id(general), self.id(specific));
        }
        text
    }

    /// An active concept that does not subsume another: a relation of it, a concept with many
    /// below it, or any.
    fn stranger(&self, concept: Concept, ancestors: &[Concept], random: &mut Random) -> Concept {
        loop {
            let other = match random.below(4) {
                0 => {
                    let near = ancestors[random.below(ancestors.len())];
                    let children = self.children.of(near);
                    children[random.below(children.len())]
                }
                1 => {
                    let elsewhere = self.ancestors(self.any_active(random));
                    match elsewhere.len() {
                        0 => continue,
                        count => elsewhere[random.below(count)],
                    }
                }
                _ => self.any_active(random),
            };
            if other != concept && !ancestors.contains(&other) {
                return other;
            }
        }
    }

    /// Concepts whose descendants are asked for: mostly few, sometimes thousands.
    fn descendants(&self) -> String {
        let mut random = self.random("descendants");
        let mut text = String::new();
        let (mut sum, mut count) = (0, 0);
        let wanted = self.content.parameters.rooted(10_000, 200);
        let mut attempts = 0;
        while count < wanted {
            let concept = self.any_active(&mut random);
            let many = self.reached(&self.children, concept, MANY).map_or(MANY, |list| list.len());
            attempts += 1;
            // Leaves and large sets are drawn until the mean is right; a small release may not
            // have sets enough, and gets what there is.
            let fits = if sum > USUAL * count { many < USUAL } else { many > 1 };
            if many < MANY && (fits || attempts > wanted * 20) {
                sum += many;
                count += 1;
                let _ = writeln!(text, "{}", self.id(concept));
            }
        }
        text
    }
}
