//! All that a release says, from which each file is written.

use super::concepts::{Concept, Concepts};
use super::dates::Dates;
use super::inheritance::AttributeTable;
use super::module::Module;
use super::terms::Terms;
use super::versions::{Selection, Since, Version};
use super::vocabulary::Vocabulary;
use crate::icd10;
use crate::parameters::Parameters;
use crate::random::{Random, keyed_hash};
use crate::rows::{Rows, write_file};
use rayon::prelude::*;
use std::io;
use std::path::Path;

/// Concepts rendered by one task.
const CONCEPTS_OF_PART: usize = 4096;

/// The concepts, words and dates of one release. Everything else is a function of these.
#[derive(Debug)]
pub(crate) struct Content {
    pub(crate) parameters: Parameters,
    pub(crate) dates: Dates,
    pub(crate) concepts: Concepts,
    pub(crate) terms: Terms,
    pub(crate) attributes: AttributeTable,
    /// The classification that findings are mapped to.
    pub(crate) icd10: icd10::plan::Plan,
    /// The classification that procedures are mapped to.
    pub(crate) opcs4: icd10::opcs4::Plan,
}

impl Content {
    pub(crate) fn new(parameters: Parameters) -> Self {
        let dates = Dates::until(parameters.date);
        let vocabulary = Vocabulary::new(parameters.seed, parameters.words());
        let concepts = Concepts::new(&parameters, &dates, &vocabulary);
        let icd10 = icd10::plan::Plan::new(&parameters, &vocabulary);
        let opcs4 = icd10::opcs4::Plan::new(&parameters, &vocabulary);
        let redraws = vec![0; concepts.len()];
        let terms = Terms::new(parameters.seed, vocabulary, redraws);
        let attributes = AttributeTable::default();
        let mut content = Self { parameters, dates, concepts, terms, attributes, icd10, opcs4 };
        content.make_names_unique();
        content.attributes = content.attribute_table();
        content
    }

    fn make_names_unique(&mut self) {
        let all: Vec<Concept> = (0..self.concepts.len() as Concept).collect();
        let mut names = self.name_hashes(&all);
        loop {
            names.par_sort_unstable();
            let taken: Vec<Concept> = names
                .windows(2)
                .filter(|pair| pair[0].0 == pair[1].0 && !self.concepts.is_fixed(pair[1].1))
                .map(|pair| pair[1].1)
                .collect();
            if taken.is_empty() {
                return;
            }
            for &concept in &taken {
                self.terms.redraw(concept);
            }
            let mut again = taken.clone();
            again.sort_unstable();
            names.retain(|(_, concept)| again.binary_search(concept).is_err());
            names.extend(self.name_hashes(&taken));
        }
    }

    fn name_hashes(&self, concepts: &[Concept]) -> Vec<(u64, Concept)> {
        concepts
            .par_iter()
            .map(|&concept| {
                let name = self.terms.fully_specified_name(&self.concepts, concept);
                (keyed_hash(0, &name.to_lowercase(), 0), concept)
            })
            .collect()
    }

    /// The random numbers of one concept for one purpose.
    pub(crate) fn random(&self, purpose: &str, concept: Concept) -> Random {
        Random::keyed(self.parameters.seed, purpose, concept.into())
    }

    /// Writes a file with rows for concepts, in the order of their identifiers.
    pub(crate) fn write_concepts(
        &self,
        path: &Path,
        header: &str,
        selection: Selection,
        render: impl Fn(Concept, &mut Rows) + Sync,
    ) -> io::Result<u64> {
        let parts = self.concepts.len().div_ceil(CONCEPTS_OF_PART);
        write_file(path, header, selection, parts, |part, rows| {
            let first = part * CONCEPTS_OF_PART;
            let last = self.concepts.len().min(first + CONCEPTS_OF_PART);
            for &concept in &self.concepts.order[first..last] {
                render(concept, rows);
            }
        })
    }

    /// The versions of a reference set member; `columns` writes what its pattern adds, as it was
    /// formerly or as it is.
    pub(crate) fn member(
        &self,
        rows: &mut Rows,
        member: &Member<'_>,
        columns: impl Fn(&mut Rows, bool),
    ) {
        let newest = Version::newest(member.effective, member.active);
        let Member { purpose, key, module, since, .. } = *member;
        let earlier = || self.earlier(purpose, key, module, since, newest);
        for version in rows.selection.of(newest, earlier) {
            let module = if version.former { module.former() } else { module };
            let seed = self.parameters.seed;
            rows.uuid(keyed_hash(seed, purpose, key), keyed_hash(!seed, purpose, key))
                .number(version.effective.into())
                .flag(version.active)
                .number(module.id())
                .number(member.refset)
                .number(member.component);
            columns(rows, version.former);
            rows.end();
        }
    }

    /// When a concept was first published. Concepts that others refer to were there from the
    /// beginning, so that no reference is older than what it leads to.
    pub(crate) fn birth(&self, concept: Concept) -> u32 {
        let effective = self.concepts.effective[concept as usize];
        let newcomer =
            self.concepts.is_newcomer(concept) && effective <= self.dates.latest(Module::Core);
        if newcomer { effective } else { self.dates.first(self.concepts.module(concept)) }
    }
}

/// What every reference set member says.
#[derive(Debug)]
pub(crate) struct Member<'a> {
    /// What the member is for; with `key` it names the member.
    pub(crate) purpose: &'a str,
    pub(crate) key: u64,
    pub(crate) since: Since,
    pub(crate) effective: u32,
    pub(crate) active: bool,
    pub(crate) module: Module,
    pub(crate) refset: u64,
    pub(crate) component: u64,
}
