//! Subsumption and descendants: farr beside `concept-graph`.

use std::hint::black_box;
use std::path::Path;

use anyhow::{Context, Result};
use concept_graph::ordinal::Ordinal;
use concept_graph::subsumption::{Outcome, subsumes};
use farr::snomed::PlacedConcept;
use farr::{Concept, Sctid, Snomed, Subsumption};
use serde_json::{Value, json};

use crate::pairs::pairs;
use crate::peer_graph::PeerGraph;
use crate::release::{Release, workload};
use crate::rounds::{contender, measure};

const PAIRS: usize = 1_000_000;
/// Pairs of a batch: as many as stay in the cache with their answers.
const BATCH: usize = 4096;
const PEER: &str = "concept-graph";

/// Asks both, and writes the pairs to `pairs_file` for the contenders in other processes.
pub fn run(
    snomed: Snomed<'_>,
    folder: &Path,
    work: &Path,
    pairs_file: &Path,
    rounds: usize,
) -> Result<Value> {
    let graph = PeerGraph::new(&Release::read(folder)?)?;
    let by_id = pairs(&graph, PAIRS);
    let lines: String = by_id.iter().map(|(a, b)| format!("{a}\t{b}\n")).collect();
    std::fs::write(pairs_file, lines).with_context(|| pairs_file.display().to_string())?;
    let asked = Asked::new(snomed, &graph, &by_id)?;
    let mut figures = asked.subsumption(snomed, &graph, rounds);
    figures.extend(descendants(snomed, &graph, &workload(work, "descendants.txt")?, rounds)?);
    let stated = stated(snomed, &workload(work, "subsumption.tsv")?)?;
    let size: usize = snomed.concepts().map(|concept| concept.descendants().len()).sum();
    Ok(json!({
        "figures": figures,
        "closure": { "farr": size, PEER: graph.size() },
        "workload": { "pairs": stated.0, "as stated": stated.1 },
    }))
}

/// The pairs, in the form each contender asks by.
struct Asked<'t> {
    handles: Vec<(PlacedConcept<'t>, PlacedConcept<'t>)>,
    sctids: Vec<(Sctid, Sctid)>,
    ordinals: Vec<(Ordinal, Ordinal)>,
    values: Vec<(u64, u64)>,
}

impl<'t> Asked<'t> {
    fn new(snomed: Snomed<'t>, graph: &PeerGraph, pairs: &[(u64, u64)]) -> Result<Asked<'t>> {
        let sctids: Vec<(Sctid, Sctid)> = pairs
            .iter()
            .map(|(a, b)| Some((Sctid::as_published(*a)?, Sctid::as_published(*b)?)))
            .collect::<Option<_>>()
            .context("an id of the release is no number that farr takes")?;
        let placed = |id| snomed.concept(id).and_then(Concept::placed);
        let handles = sctids
            .iter()
            .map(|(a, b)| Some((placed(*a)?, placed(*b)?)))
            .collect::<Option<_>>()
            .context("a concept that farr does not place")?;
        let ordinals = pairs.iter().map(|(a, b)| (graph.ordinals[a], graph.ordinals[b])).collect();
        Ok(Asked { handles, sctids, ordinals, values: pairs.to_vec() })
    }

    fn subsumption(&self, snomed: Snomed<'_>, graph: &PeerGraph, rounds: usize) -> Vec<Value> {
        let Asked { handles, sctids, ordinals, values } = self;
        let PeerGraph { closure, ordinals: table, .. } = graph;
        let by_sctid =
            |general: u64, specific: u64| match (table.get(&general), table.get(&specific)) {
                (Some(general), Some(specific)) => {
                    subsumes(closure, *general, *specific) == Outcome::Subsumes
                }
                _ => false,
            };
        let one = |(general, specific): (Sctid, Sctid)| {
            snomed.subsumes(general, specific) == Ok(Subsumption::Subsumes)
        };
        vec![
            measure(
                "subsumption, by handle",
                rounds,
                PAIRS,
                vec![
                    contender("farr", || count(handles, |(a, b)| a.subsumes(b))),
                    contender(PEER, || count(ordinals, |(a, b)| closure.is_ancestor(a, b))),
                ],
            ),
            measure(
                "subsumption, by handle, each after the last",
                rounds,
                PAIRS,
                vec![
                    contender("farr", || chain(handles, |(a, b)| a.subsumes(b))),
                    contender(PEER, || chain(ordinals, |(a, b)| closure.is_ancestor(a, b))),
                ],
            ),
            measure(
                "subsumption, two SCTIDs, in batches",
                rounds,
                PAIRS,
                vec![
                    contender("farr", || {
                        let batches = sctids.chunks(BATCH).map(|batch| {
                            let answers = snomed.subsumes_many(black_box(batch));
                            answers.iter().filter(|a| **a == Ok(Subsumption::Subsumes)).count()
                        });
                        batches.sum::<usize>() as u64
                    }),
                    contender(PEER, || count(values, |(a, b)| by_sctid(a, b))),
                ],
            ),
            measure(
                "subsumption, two SCTIDs, one by one",
                rounds,
                PAIRS,
                vec![
                    contender("farr", || count(sctids, one)),
                    contender(PEER, || count(values, |(a, b)| by_sctid(a, b))),
                ],
            ),
            measure(
                "subsumption, two SCTIDs, each after the last",
                rounds,
                PAIRS,
                vec![
                    contender("farr", || chain(sctids, one)),
                    contender(PEER, || chain(values, |(a, b)| by_sctid(a, b))),
                ],
            ),
        ]
    }
}

fn count<P: Copy>(pairs: &[P], is_above: impl Fn(P) -> bool) -> u64 {
    black_box(pairs).iter().filter(|pair| is_above(**pair)).count() as u64
}

/// Asks about a pair or about its neighbour, as the last answer says: no question can begin before
/// the one before it has ended.
fn chain<P: Copy>(pairs: &[P], is_above: impl Fn(P) -> bool) -> u64 {
    let mut last = false;
    let mut found = 0;
    for at in 0..pairs.len() {
        last = is_above(pairs[at ^ usize::from(last)]);
        found += u64::from(last);
    }
    found
}

fn descendants(
    snomed: Snomed<'_>,
    graph: &PeerGraph,
    lines: &str,
    rounds: usize,
) -> Result<Vec<Value>> {
    let mut concepts = Vec::new();
    let mut ordinals = Vec::new();
    for line in lines.lines() {
        let id: Sctid = line.parse()?;
        concepts.push(snomed.concept(id).context("a concept that farr does not have")?);
        ordinals.push(*graph.ordinals.get(&id.value()).context("a concept that is not active")?);
    }
    let PeerGraph { closure, ids, .. } = graph;
    Ok(vec![
        measure(
            "descendants as SCTIDs",
            rounds,
            concepts.len(),
            vec![
                contender("farr", || {
                    concepts.iter().fold(0, |sum: u64, concept| {
                        let below = concept.descendants();
                        below.ids().fold(sum, |sum, id| sum.wrapping_add(id.value()))
                    })
                }),
                contender(PEER, || {
                    let all = ordinals.iter().flat_map(|ordinal| closure.descendants(*ordinal));
                    all.fold(0, |sum: u64, at| sum.wrapping_add(ids[at as usize]))
                }),
            ],
        ),
        measure(
            "descendants, their number",
            rounds,
            concepts.len(),
            vec![
                contender("farr", || {
                    let lengths = concepts.iter().map(|concept| concept.descendants().len());
                    lengths.sum::<usize>() as u64
                }),
                contender(PEER, || {
                    ordinals.iter().map(|ordinal| closure.descendants(*ordinal).len()).sum()
                }),
            ],
        ),
    ])
}

/// The pairs of the workload: how many there are, and for how many farr says what the generator
/// says.
fn stated(snomed: Snomed<'_>, lines: &str) -> Result<(usize, usize)> {
    let (mut all, mut right) = (0, 0);
    for line in lines.lines() {
        let columns: Vec<&str> = line.split('\t').collect();
        let [general, specific, says] = columns[..] else { continue };
        let answer = snomed.subsumes(general.parse()?, specific.parse()?)?;
        let is_above = matches!(answer, Subsumption::Subsumes | Subsumption::Equivalent);
        all += 1;
        right += usize::from(is_above == (says == "true"));
    }
    Ok((all, right))
}
