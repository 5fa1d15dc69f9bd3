//! The UK history substitution table and query table: what stands for inactive concepts, worked
//! out beforehand.
//!
//! Both follow from the associations, but for a few rows in a hundred that say otherwise: the real
//! tables are edited by hand, and a reader must not take one for the other.

use super::concepts::Concept;
use super::content::Content;
use super::history::{MOVED_FROM, MOVED_TO, name};
use super::package::WrittenFile;
use super::versions::Selection;
use crate::rows::Rows;
use std::collections::{BTreeSet, HashMap};
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

const SUBSTITUTIONS: &str = "OLDCID OLDCIDSTATUS NEWCID NEWCIDSTATUS PATH ISAMBIGUOUS ITERATIONS OLDFSN OLDFSN_TAGCOUNT NEWFSN NEWFSN_TAGCOUNT TLH_IDENTICALFLAG FSN_TAGLESSIDENTICALFLAG FSN_TAGIDENTICALFLAG";
const QUERY: &str = "SUPERTYPEID SUBTYPEID PROVENANCE";

/// Beyond so many associations, or round in a circle, no substitute is looked for.
const MOST_ITERATIONS: usize = 10;
/// Supertypes of the query table at full scale: with all of them it would have twenty million rows.
const SUPERTYPES: usize = 20_000;

/// What stands for an inactive concept.
struct Substitute {
    concept: Concept,
    /// The associations that lead to it.
    path: Vec<u64>,
}

/// The tables at work.
struct Tables<'a> {
    content: &'a Content,
    places: HashMap<u64, Concept>,
}

/// Writes the rows of a concept.
type RowsOf<'a> = fn(&Tables<'a>, Concept, &mut Rows);

impl Content {
    /// Writes both tables into the release folder in `folder`.
    pub(crate) fn write_history_tables(&self, folder: &Path) -> io::Result<Vec<WrittenFile>> {
        let ids = self.concepts.ids.iter().enumerate();
        let places = ids.map(|(place, &id)| (id, place as Concept)).collect();
        let tables = Tables { content: self, places };
        let date = self.parameters.date;
        let files: [(&str, String, &str, RowsOf<'_>); 2] = [
            (
                "HistorySubstitutionTable",
                format!("xres2_HistorySubstitutionTable_Concepts_GB1000000_{date}.txt"),
                SUBSTITUTIONS,
                Tables::substitution_rows,
            ),
            (
                "QueryTable",
                format!("xres2_SNOMEDQueryTable_CORE-UK_{date}.txt"),
                QUERY,
                Tables::query_rows,
            ),
        ];
        let mut written = Vec::new();
        for (name, file, header, rows_of) in files {
            let within = PathBuf::from(self.package_name()).join("Resources").join(name);
            fs::create_dir_all(folder.join(&within))?;
            let path = within.join(file);
            let newest = Selection::Newest;
            let rows =
                self.write_concepts(&folder.join(&path), header, newest, |concept, rows| {
                    rows_of(&tables, concept, rows);
                })?;
            written.push(WrittenFile { path, rows: Some(rows) });
        }
        Ok(written)
    }
}

impl Tables<'_> {
    /// The active concepts that associations lead to.
    fn substitutes(&self, concept: Concept) -> Vec<Substitute> {
        let mut found: Vec<Substitute> = Vec::new();
        let mut seen = BTreeSet::from([concept]);
        let mut next = vec![Substitute { concept, path: Vec::new() }];
        while let Some(at) = next.pop() {
            for (refset, target) in self.content.history(at.concept).associations {
                // A namespace is nobody's substitute.
                if refset == MOVED_TO || refset == MOVED_FROM || at.path.len() == MOST_ITERATIONS {
                    continue;
                }
                let Some(&target) = self.places.get(&target) else { continue };
                if seen.insert(target) {
                    let path = [&at.path[..], &[refset]].concat();
                    let reached = Substitute { concept: target, path };
                    match self.content.concepts.is_active(target) {
                        true => found.push(reached),
                        false => next.push(reached),
                    }
                }
            }
        }
        found.sort_by_key(|substitute| self.content.concepts.id(substitute.concept));
        found
    }

    fn substitution_rows(&self, old: Concept, rows: &mut Rows) {
        let concepts = &self.content.concepts;
        let Some(rank) = concepts.inactive_rank(old) else { return };
        let mut substitutes = self.substitutes(old);
        let mut random = self.content.random("substitution", old);
        if random.chance(10) || rank % 41 == 5 {
            // Edited by hand: left out, or led to something near.
            match (random.chance(300), substitutes.first_mut()) {
                (true, _) => substitutes.clear(),
                (false, Some(first)) => first.concept = concepts.parents.of(old)[0],
                (false, None) => {}
            }
            substitutes.sort_by_key(|substitute| substitute.concept);
            substitutes.dedup_by_key(|substitute| substitute.concept);
        }
        let reason = self.content.history(old).reason.unwrap_or_default();
        let ambiguous = substitutes.len() > 1;
        for Substitute { concept: new, path } in substitutes {
            let path: Vec<&str> = path.into_iter().map(name).collect();
            let [old_name, new_name] = [old, new]
                .map(|concept| self.content.terms.fully_specified_name(concepts, concept));
            let tags = |name: &str| name.matches(" (").count() as u64;
            let parts = |name: &str| {
                let (words, tag) = name.rsplit_once(" (").unwrap_or((name, ""));
                (words.to_owned(), tag.to_owned())
            };
            let ((old_words, old_tag), (new_words, new_tag)) = (parts(&old_name), parts(&new_name));
            rows.number(concepts.id(old))
                .number(reason)
                .number(concepts.id(new))
                .number(0)
                .text(&path.join(" > "))
                .flag(ambiguous)
                .number(path.len() as u64)
                .text(&old_name)
                .number(tags(&old_name))
                .text(&new_name)
                .number(tags(&new_name))
                .flag(self.top_level(old) == self.top_level(new))
                .flag(old_words == new_words)
                .flag(old_tag == new_tag)
                .end();
        }
    }

    /// The child of the root that a concept is below, by its first parents.
    fn top_level(&self, concept: Concept) -> Concept {
        let mut at = concept;
        while let Some(&parent) = self.content.concepts.parents.of(at).first() {
            if self.content.concepts.parents.of(parent).is_empty() {
                break;
            }
            at = parent;
        }
        at
    }

    /// Whether the query table has a concept's descendants.
    fn is_supertype(&self, concept: Concept) -> bool {
        let all = self.content.concepts.len();
        all <= SUPERTYPES
            || (!self.content.concepts.is_fixed(concept)
                && self.content.random("supertype", concept).below(all) < SUPERTYPES)
    }

    /// The rows of a concept as subtype: 0 for what the hierarchy says, 1 for what its one
    /// substitute makes of it, 2 where there are several.
    fn query_rows(&self, subtype: Concept, rows: &mut Rows) {
        let concepts = &self.content.concepts;
        let (mut above, provenance) = match concepts.is_active(subtype) {
            true => (self.ancestors([subtype]), 0),
            false => {
                let substitutes: Vec<Concept> =
                    self.substitutes(subtype).into_iter().map(|found| found.concept).collect();
                let provenance = if substitutes.len() > 1 { 2 } else { 1 };
                let mut above = self.ancestors(substitutes.iter().copied());
                above.extend(substitutes);
                (above, provenance)
            }
        };
        if provenance > 0 && self.content.random("query row", subtype).chance(10) {
            above.clear();
        }
        for supertype in above.into_iter().filter(|&concept| self.is_supertype(concept)) {
            rows.number(concepts.id(supertype))
                .number(concepts.id(subtype))
                .number(provenance)
                .end();
        }
    }

    fn ancestors(&self, of: impl IntoIterator<Item = Concept>) -> BTreeSet<Concept> {
        let mut found = BTreeSet::new();
        let mut next: Vec<Concept> = of.into_iter().collect();
        while let Some(at) = next.pop() {
            next.extend(
                self.content.concepts.parents.of(at).iter().filter(|parent| found.insert(**parent)),
            );
        }
        found
    }
}
