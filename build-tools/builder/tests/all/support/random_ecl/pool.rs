//! What expressions are drawn from: ids, words and values of one release.

use std::collections::BTreeSet;

use farr::Sctid;
use farr::ecl::syntax::{ConceptReference, FieldName, Span};

use crate::support::model::number;
use crate::support::naive_ecl::{Kind, Release};

/// A refset with the columns it has, and some values of each.
#[derive(Clone, Debug)]
pub(crate) struct Refset {
    pub(super) id: u64,
    pub(super) columns: Vec<(String, Kind, Vec<String>)>,
}

impl Refset {
    pub(super) fn names(&self) -> Vec<String> {
        self.columns.iter().map(|(name, ..)| name.clone()).collect()
    }
}

/// An attribute of some concept whose value is a concept: its type, and the value or a concept
/// above it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Stated {
    pub(super) kind: u64,
    pub(super) value: u64,
}

/// What a release has to draw from.
#[derive(Clone, Debug)]
pub(crate) struct Pool {
    /// All concepts, inactive ones too.
    pub(super) concepts: Vec<u64>,
    /// Those with some below them, more often the more there are.
    pub(super) broad: Vec<u64>,
    pub(super) stated: Vec<Stated>,
    /// Types and values of concrete attributes, as published.
    pub(super) concrete: Vec<(u64, String)>,
    pub(super) refsets: Vec<Refset>,
    pub(super) modules: Vec<u64>,
    pub(super) times: Vec<u32>,
    pub(super) terms: Vec<String>,
    pub(super) descriptions: Vec<u64>,
}

/// Values kept of each column.
const VALUES: usize = 12;

impl Pool {
    /// All there is to draw from a release.
    pub(crate) fn of(release: &Release) -> Pool {
        let concepts: Vec<u64> = release.concepts.keys().copied().collect();
        let mut broad = Vec::new();
        for concept in &concepts {
            let below = release.walk(*concept, &release.children).len();
            let often = usize::BITS - below.leading_zeros();
            broad.extend((0..often).map(|_| *concept));
        }
        let mut stated = Vec::new();
        let mut concrete = Vec::new();
        let mut sources: Vec<u64> = release.attributes.keys().copied().collect();
        sources.sort_unstable();
        for row in sources.iter().flat_map(|source| &release.attributes[source]) {
            let Ok(value) = row.value.parse() else {
                concrete.push((row.kind, row.value.clone()));
                continue;
            };
            let above = release.walk(value, &release.parents);
            let values = above.into_iter().chain([value]);
            stated.extend(values.map(|value| Stated { kind: row.kind, value }));
        }
        let rows = || release.concepts.values();
        let modules: BTreeSet<u64> = rows().map(|row| number(&row[3])).collect();
        let times: BTreeSet<u32> = rows().filter_map(|row| row[1].parse().ok()).collect();
        let of_concept = |concept: &u64| release.descriptions.get(concept).into_iter().flatten();
        let descriptions = || concepts.iter().flat_map(of_concept);
        Pool {
            terms: descriptions().map(|one| one.columns[7].clone()).collect(),
            descriptions: descriptions().map(|one| number(&one.columns[0])).collect(),
            refsets: release.refsets().map(|refset| columns(release, refset)).collect(),
            modules: modules.into_iter().collect(),
            times: times.into_iter().collect(),
            concepts,
            broad,
            stated,
            concrete,
        }
    }
}

fn columns(release: &Release, refset: u64) -> Refset {
    let rows = release.rows(refset);
    let names = rows.first().map_or(&[][..], |row| row.fields());
    let columns = names.iter().map(|name| {
        let values = rows.iter().filter_map(|row| row.column(name));
        let texts: BTreeSet<String> = values.map(|value| value.text.to_owned()).collect();
        let step = texts.len().div_ceil(VALUES).max(1);
        let kind = rows[0].column(name).map_or(Kind::Text, |value| value.kind);
        (name.clone(), kind, texts.into_iter().step_by(step).collect())
    });
    Refset { id: refset, columns: columns.collect() }
}

/// An id as an expression refers to it.
pub(super) fn reference(id: u64) -> ConceptReference {
    let id = Sctid::as_published(id).expect("an id of a release is one");
    ConceptReference { id, term: None, span: Span::default() }
}

/// The name of a field as an expression has it.
pub(super) fn field(name: &str) -> FieldName {
    FieldName { name: name.to_owned(), span: Span::default() }
}
