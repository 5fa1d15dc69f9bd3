//! What became of inactive concepts: small releases with every turn that a history can take, and
//! generated ones beside a naive walk over their rows.

use std::collections::{BTreeMap, BTreeSet};

use crate::support::build;
use crate::support::model::{Model, number};
use crate::support::small::{Small, concept, description};
use farr::snomed::constants::{
    ALTERNATIVE, CONCEPT_INACTIVATION_INDICATOR, DESCRIPTION_INACTIVATION_INDICATOR, MOVED_FROM,
    MOVED_TO, PARTIALLY_EQUIVALENT_TO, POSSIBLY_EQUIVALENT_TO, POSSIBLY_REPLACED_BY, REFERS_TO,
    REPLACED_BY, SAME_AS, SIMILAR_TO, WAS_A,
};
use farr::snomed::{
    AssociationKind, ConceptSet, DeadEndReason, HistoryProfile, HistoryUnclassified,
    InactivationReason, Successors,
};
use farr::{Concept, Sctid, Snomed, Subsumption, Terminology};
use farr_synth::{Parameters, Release};
use rayon::prelude::*;

fn id(value: u64) -> Sctid {
    Sctid::as_published(value).expect("an SCTID")
}

fn at(snomed: Snomed<'_>, item: u64) -> Concept<'_> {
    snomed.concept(id(concept(item))).expect("the release has it")
}

/// Which of the invented concepts stand in the place of one, whatever sort of answer it is.
fn ends(snomed: Snomed<'_>, item: u64) -> (&'static str, Vec<u64>) {
    let successors = at(snomed, item).successors();
    let all = successors.all().iter().map(|successor| successor.concept().id().value());
    (successors.code(), all.collect())
}

fn dead_ends(snomed: Snomed<'_>, item: u64) -> Vec<(String, DeadEndReason, usize)> {
    let successors = at(snomed, item).successors();
    let told = successors.dead_ends().iter().map(|dead_end| {
        (dead_end.component().to_string(), dead_end.reason(), dead_end.path().len())
    });
    told.collect()
}

/// Active concepts 1 to 5, and inactive ones from 10 on.
fn small() -> Small {
    let mut small = Small::new();
    small.active(1, &[]).active(2, &[1]).active(3, &[1]).active(4, &[2]).active(5, &[]);
    small
}

fn with(terminology: &Terminology, ask: impl FnOnce(Snomed<'_>)) {
    ask(terminology.snomed().expect("the builder verified it"));
}

#[test]
fn one_successor_is_found_over_any_number_of_hops() {
    let mut small = small();
    small.inactive(10..=13).leads(SAME_AS, 10, 1).leads(REPLACED_BY, 11, 10);
    small.leads(SAME_AS, 12, 11).leads(MOVED_FROM, 12, 4);
    // Two ways to one end, the weaker of which says nothing new.
    small.leads(SAME_AS, 13, 2).leads(POSSIBLY_EQUIVALENT_TO, 13, 2);
    with(&small.open(), |snomed| {
        for item in [10, 11, 12] {
            assert_eq!(ends(snomed, item), ("one", vec![concept(1)]));
        }
        assert!(matches!(at(snomed, 1).successors(), Successors::Active));
        let successors = at(snomed, 12).successors();
        let Successors::One(successor) = &successors else { panic!("{successors:?}") };
        let path: Vec<_> =
            successor.path().iter().map(|hop| (hop.kind(), hop.target.to_string())).collect();
        let expected = [
            (AssociationKind::SameAs, concept(11).to_string()),
            (AssociationKind::ReplacedBy, concept(10).to_string()),
            (AssociationKind::SameAs, concept(1).to_string()),
        ];
        assert_eq!(path, expected);
        assert_eq!(successor.weakest(), AssociationKind::ReplacedBy);
        assert_eq!(successors.one(), Some(at(snomed, 1)));
        assert_eq!(ends(snomed, 13), ("one", vec![concept(2)]));
        let before: Vec<u64> =
            at(snomed, 1).predecessors().iter().map(|one| one.concept().id().value()).collect();
        assert_eq!(before, [concept(10), concept(11), concept(12)]);
        let through = at(snomed, 10).predecessors();
        assert_eq!(through.len(), 2);
        assert_eq!(through[1].path().len(), 2);
        assert_eq!(through[1].path()[1].target, at(snomed, 10).into());
        assert!(at(snomed, 4).predecessors().is_empty(), "MOVED FROM leads to no substitute");
    });
}

#[test]
fn several_are_never_made_one() {
    let mut small = small();
    small.inactive(10..=17);
    small.leads(SAME_AS, 10, 1).leads(SAME_AS, 10, 2);
    small.leads(SAME_AS, 11, 1).leads(POSSIBLY_EQUIVALENT_TO, 11, 2);
    // One candidate, and no more than a candidate.
    small.leads(POSSIBLY_EQUIVALENT_TO, 12, 1).leads(WAS_A, 13, 1).leads(ALTERNATIVE, 14, 1);
    small.leads(SIMILAR_TO, 15, 1).leads(POSSIBLY_REPLACED_BY, 16, 1);
    // A choice one hop further on.
    small.leads(REPLACED_BY, 17, 11);
    with(&small.open(), |snomed| {
        assert_eq!(ends(snomed, 10), ("several", vec![concept(1), concept(2)]));
        assert_eq!(ends(snomed, 11), ("several", vec![concept(1), concept(2)]));
        for item in 12..=16 {
            assert_eq!(ends(snomed, item), ("several", vec![concept(1)]));
            assert_eq!(at(snomed, item).successors().one(), None);
        }
        assert_eq!(ends(snomed, 17), ("several", vec![concept(1), concept(2)]));
        let successors = at(snomed, 17).successors();
        let weakest: Vec<_> = successors.all().iter().map(|one| one.weakest()).collect();
        let expected = [AssociationKind::ReplacedBy, AssociationKind::PossiblyEquivalentTo];
        assert_eq!(weakest, expected);
    });
}

#[test]
fn parts_are_needed_together_where_nothing_else_is_said() {
    let mut small = small();
    small.inactive(10..=14);
    small.leads(PARTIALLY_EQUIVALENT_TO, 10, 1).leads(PARTIALLY_EQUIVALENT_TO, 10, 11);
    small.leads(SAME_AS, 11, 2);
    // A part that may be either of two.
    small.leads(PARTIALLY_EQUIVALENT_TO, 12, 1).leads(PARTIALLY_EQUIVALENT_TO, 12, 13);
    small.leads(POSSIBLY_EQUIVALENT_TO, 13, 2).leads(POSSIBLY_EQUIVALENT_TO, 13, 3);
    // Parts, and something that may be the whole.
    small.leads(PARTIALLY_EQUIVALENT_TO, 14, 1).leads(PARTIALLY_EQUIVALENT_TO, 14, 2);
    small.leads(POSSIBLY_REPLACED_BY, 14, 5);
    with(&small.open(), |snomed| {
        for (item, needed) in [(10, true), (12, false), (14, false)] {
            let Successors::Several(candidates) = at(snomed, item).successors() else {
                panic!("{item}")
            };
            assert_eq!(candidates.all_needed, needed, "{item}");
        }
    });
}

#[test]
fn circles_end_and_dead_ends_are_told() {
    let mut small = small();
    small.inactive(10..=21);
    small.leads(SAME_AS, 10, 11).leads(REPLACED_BY, 11, 10).leads(SAME_AS, 12, 12);
    // A circle with a way out, and one beside a way out.
    small.leads(SAME_AS, 13, 14).leads(SAME_AS, 14, 13).leads(REPLACED_BY, 14, 1);
    small.leads(SAME_AS, 15, 10).leads(SAME_AS, 15, 1);
    small.association(MOVED_TO.value(), concept(16), concept(999));
    small.leads(REPLACED_BY, 17, 16);
    small.association(SAME_AS.value(), concept(18), concept(998));
    small.leads(SAME_AS, 19, 20).leads(MOVED_FROM, 20, 21).leads(SAME_AS, 19, 1);
    with(&small.open(), |snomed| {
        assert_eq!(ends(snomed, 10), ("none", vec![]));
        assert_eq!(dead_ends(snomed, 10), [(concept(10).to_string(), DeadEndReason::Circle, 0)]);
        assert_eq!(dead_ends(snomed, 12), [(concept(12).to_string(), DeadEndReason::Circle, 0)]);
        assert_eq!(ends(snomed, 13), ("one", vec![concept(1)]));
        // One of its ways never ends, so the other one is not all there is to say.
        assert_eq!(ends(snomed, 15), ("several", vec![concept(1)]));
        assert_eq!(dead_ends(snomed, 15), [(concept(10).to_string(), DeadEndReason::Circle, 1)]);
        assert_eq!(dead_ends(snomed, 16), [(concept(16).to_string(), DeadEndReason::MovedTo, 0)]);
        let namespaces: Vec<String> =
            at(snomed, 16).moved_to().map(|namespace| namespace.to_string()).collect();
        assert_eq!(namespaces, [concept(999).to_string()]);
        assert_eq!(dead_ends(snomed, 17), [(concept(16).to_string(), DeadEndReason::MovedTo, 1)]);
        assert_eq!(
            dead_ends(snomed, 18),
            [(concept(998).to_string(), DeadEndReason::NotInRelease, 1)]
        );
        assert_eq!(ends(snomed, 19), ("several", vec![concept(1)]));
        assert_eq!(
            dead_ends(snomed, 19),
            [(concept(20).to_string(), DeadEndReason::NotFollowed, 1)]
        );
        assert_eq!(
            dead_ends(snomed, 21),
            [(concept(21).to_string(), DeadEndReason::NoAssociation, 0)]
        );
    });
}

#[test]
fn a_long_chain_and_a_wide_fan_cost_no_more_than_their_length() {
    let mut small = small();
    small.inactive(10..=4_009);
    for item in 10..2_009 {
        small.leads(SAME_AS, item, item + 1);
    }
    for item in 2_010..=4_009 {
        small.leads(WAS_A, 2_009, item).leads(SAME_AS, item, 1);
    }
    with(&small.open(), |snomed| {
        let successors = at(snomed, 10).successors();
        assert_eq!(successors.all().len(), 1);
        assert_eq!(successors.all()[0].path().len(), 2_001);
        assert_eq!(successors.all()[0].weakest(), AssociationKind::WasA);
        assert_eq!(at(snomed, 1).predecessors().len(), 4_000);
    });
}

#[test]
fn reasons_are_those_of_the_release_and_none_where_it_states_none() {
    let mut small = small();
    small.inactive(10..=12).description(1, 1, false).description(2, 1, true);
    small.value(CONCEPT_INACTIVATION_INDICATOR, concept(10), 900_000_000_000_482_003);
    small.value(CONCEPT_INACTIVATION_INDICATOR, concept(11), concept(1));
    small.value(DESCRIPTION_INACTIVATION_INDICATOR, description(1), 900_000_000_000_494_007);
    small.association(REFERS_TO.value(), description(1), concept(2));
    with(&small.open(), |snomed| {
        let reason = |item| at(snomed, item).inactivation_reason();
        assert_eq!(reason(10), Some(InactivationReason::Duplicate));
        assert_eq!(reason(11), Some(InactivationReason::Other(id(concept(1)))));
        assert_eq!(reason(12), None);
        assert_eq!(at(snomed, 10).effective_time(), Some(20_260_101));
        let text = |item| snomed.description(id(description(item))).expect("it is there");
        assert_eq!(text(1).inactivation_reason(), Some(InactivationReason::Inappropriate));
        let named: Vec<_> = text(1).refers_to().collect();
        assert_eq!(named, [at(snomed, 2).into()]);
        assert_eq!(text(2).inactivation_reason(), None);
        assert_eq!(text(2).refers_to().count(), 0);
    });
}

#[test]
fn subsumption_with_history_answers_where_all_replacements_agree() {
    use HistoryProfile::{Maximum, Minimum, Moderate};
    use Subsumption::{Equivalent, NotSubsumed, SubsumedBy, Subsumes};
    let mut small = small();
    small.inactive(10..=16);
    small.leads(SAME_AS, 10, 2).leads(REPLACED_BY, 11, 10);
    small.leads(POSSIBLY_EQUIVALENT_TO, 12, 2).leads(POSSIBLY_EQUIVALENT_TO, 12, 3);
    small.leads(WAS_A, 13, 2).leads(SAME_AS, 14, 13);
    small.leads(SAME_AS, 15, 2).leads(SAME_AS, 15, 16);
    with(&small.open(), |snomed| {
        let ask = |general, specific, profile| {
            let (general, specific) = (id(concept(general)), id(concept(specific)));
            let found = snomed.subsumes_with_history(general, specific, profile);
            let found = found.expect("the release has both");
            match found.unclassified {
                Some(why) => {
                    assert_eq!(found.answer.code(), "not-classified");
                    Err(why)
                }
                None => Ok(found.answer),
            }
        };
        let no = |why: HistoryUnclassified| Err(why);
        assert_eq!(ask(2, 10, Minimum), Ok(Equivalent));
        assert_eq!(ask(1, 10, Minimum), Ok(Subsumes));
        assert_eq!(ask(4, 10, Minimum), Ok(SubsumedBy));
        assert_eq!(ask(3, 10, Minimum), Ok(NotSubsumed));
        assert_eq!(ask(1, 11, Moderate), Ok(Subsumes));
        assert_eq!(ask(1, 11, Minimum), no(HistoryUnclassified::NothingToFollow));
        assert_eq!(ask(10, 11, Moderate), Ok(Equivalent));
        assert_eq!(ask(1, 12, Maximum), Ok(Subsumes));
        assert_eq!(ask(2, 12, Maximum), no(HistoryUnclassified::Disagree));
        assert_eq!(ask(5, 12, Maximum), Ok(NotSubsumed));
        // What was below 2 is below 2 and 1; whether it was 4, or above it, nobody says.
        assert_eq!(ask(2, 13, Moderate), Ok(Subsumes));
        assert_eq!(ask(13, 2, Moderate), Ok(SubsumedBy));
        assert_eq!(ask(1, 14, Moderate), Ok(Subsumes));
        assert_eq!(ask(4, 13, Moderate), no(HistoryUnclassified::FormerParent));
        // Beside its former parent it may have had others.
        assert_eq!(ask(5, 13, Moderate), no(HistoryUnclassified::FormerParent));
        assert_eq!(ask(13, 10, Moderate), Ok(SubsumedBy));
        assert_eq!(ask(13, 14, Moderate), no(HistoryUnclassified::FormerParent));
        assert_eq!(ask(2, 15, Maximum), no(HistoryUnclassified::DeadEnd));
        assert_eq!(ask(15, 15, HistoryProfile::None), Ok(Equivalent));
        assert_eq!(ask(1, 10, HistoryProfile::None), no(HistoryUnclassified::NothingToFollow));
        assert_eq!(ask(1, 10, HistoryProfile::These(&[SAME_AS])), Ok(Subsumes));
        assert_eq!(ask(1, 2, HistoryProfile::None), Ok(Subsumes));
        let unknown = snomed.subsumes_with_history(id(concept(1)), id(concept(997)), Maximum);
        assert_eq!(unknown.expect_err("it is not there").id, id(concept(997)));
        assert_eq!(at(snomed, 10).is_a_with_history(at(snomed, 1), Minimum), Some(true));
        assert_eq!(at(snomed, 10).is_a_with_history(at(snomed, 4), Minimum), Some(false));
        assert_eq!(at(snomed, 11).is_a_with_history(at(snomed, 1), Minimum), None);

        let items = |set: ConceptSet<'_>| set.sorted_ids();
        let ids = |items: &[u64]| items.iter().map(|item| id(concept(*item))).collect::<Vec<_>>();
        let one = at(snomed, 1);
        assert_eq!(items(one.descendants_with_history(Minimum)), ids(&[2, 3, 4, 10, 15]));
        assert_eq!(items(one.descendants_with_history(Moderate)), ids(&[2, 3, 4, 10, 13, 15]));
        assert_eq!(items(one.descendants_with_history(Maximum)), ids(&[2, 3, 4, 10, 12, 13, 15]));
        let two = at(snomed, 2);
        assert_eq!(items(two.descendants_with_history(Maximum)), ids(&[4]));
        let with_two = two.descendants_or_self_with_history(Minimum);
        assert_eq!(items(with_two), ids(&[2, 4, 10, 15]));
    });
}

/// The kinds that are followed, the strongest first.
const STRENGTH: [Sctid; 8] = [
    SAME_AS,
    REPLACED_BY,
    PARTIALLY_EQUIVALENT_TO,
    POSSIBLY_EQUIVALENT_TO,
    POSSIBLY_REPLACED_BY,
    SIMILAR_TO,
    ALTERNATIVE,
    WAS_A,
];

/// The active rows of followed associations: from each component, how weak and to which other one.
fn rows(model: &Model) -> BTreeMap<u64, Vec<(usize, u64)>> {
    let mut rows: BTreeMap<u64, Vec<(usize, u64)>> = BTreeMap::new();
    for (header, row) in model.refset_rows.values() {
        let refset = number(&row[4]);
        let strength = STRENGTH.iter().position(|known| known.value() == refset);
        if let (Some(strength), "1", Some("targetComponentId")) =
            (strength, &*row[2], header.get(6).map(String::as_str))
        {
            rows.entry(number(&row[5])).or_default().push((strength, number(&row[6])));
        }
    }
    rows
}

/// All that can be reached from a concept by associations no weaker than this, itself included.
fn reached(
    model: &Model,
    rows: &BTreeMap<u64, Vec<(usize, u64)>>,
    from: u64,
    weakest: usize,
) -> BTreeSet<u64> {
    let (mut seen, mut left) = (BTreeSet::from([from]), vec![from]);
    while let Some(at) = left.pop() {
        if model.is_active(at) {
            continue;
        }
        for (strength, to) in rows.get(&at).into_iter().flatten() {
            if *strength <= weakest && seen.insert(*to) {
                left.push(*to);
            }
        }
    }
    seen
}

/// The sort of answer, and each end with the weakest association of its strongest way.
fn naive(
    model: &Model,
    rows: &BTreeMap<u64, Vec<(usize, u64)>>,
    old: u64,
) -> (&'static str, BTreeMap<u64, usize>) {
    let mut ends = BTreeMap::new();
    for weakest in 0..STRENGTH.len() {
        for end in reached(model, rows, old, weakest) {
            if model.is_active(end) {
                ends.entry(end).or_insert(weakest);
            }
        }
    }
    if model.is_active(old) {
        return ("active", BTreeMap::new());
    }
    // Whether from everywhere on the way an end can be reached, and nothing else ends there.
    let everywhere = reached(model, rows, old, STRENGTH.len());
    let sound = everywhere.iter().all(|at| {
        model.is_active(*at)
            || rows.contains_key(at)
                && reached(model, rows, *at, STRENGTH.len()).iter().any(|at| model.is_active(*at))
    });
    let code = match ends.values().collect::<Vec<_>>()[..] {
        [] => "none",
        [0 | 1] if sound => "one",
        _ => "several",
    };
    (code, ends)
}

#[test]
fn successors_are_those_of_a_naive_walk_over_the_rows() {
    let outcomes: Vec<BTreeMap<&str, usize>> = (300..308_u64)
        .into_par_iter()
        .map(|seed| {
            let folder = tempfile::tempdir().expect("a temporary folder can be made");
            let scale = [0.000_2, 0.000_5][seed as usize % 2];
            let parameters = Parameters { seed, scale, ..Parameters::default() };
            let release = Release::new(parameters).expect("the parameters are good");
            release.write(folder.path()).expect("the release can be written");
            let path = folder.path().join(release.name());
            let model = Model::read(&[&path]);
            let opened = build(&[&path]).terminology();
            let snomed = opened.snomed().expect("the builder verified it");
            let rows = rows(&model);
            let mut outcomes = BTreeMap::new();
            let mut pairs = BTreeSet::new();
            for concept in snomed.concepts() {
                let old = concept.id().value();
                let successors = concept.successors();
                let ends: BTreeMap<u64, usize> = successors
                    .all()
                    .iter()
                    .map(|one| {
                        let kind = |id: &Sctid| AssociationKind::of(*id) == one.weakest();
                        let strength = STRENGTH.iter().position(kind).expect("a followed kind");
                        path_holds(&model, old, one.concept(), &one.path(), strength);
                        (one.concept().id().value(), strength)
                    })
                    .collect();
                assert_eq!((successors.code(), ends.clone()), naive(&model, &rows, old), "{old}");
                *outcomes.entry(successors.code()).or_default() += 1;
                pairs.extend(ends.into_keys().map(|end| (end, old)));
            }
            // The same pairs from the other end.
            let mut back = BTreeSet::new();
            for concept in snomed.concepts().filter(|concept| concept.is_active()) {
                for one in concept.predecessors() {
                    let weakest = AssociationKind::of(STRENGTH[STRENGTH.len() - 1]);
                    assert!(one.weakest() <= weakest && !one.concept().is_active());
                    assert_eq!(one.path().last().map(|hop| hop.target), Some(concept.into()));
                    back.insert((concept.id().value(), one.concept().id().value()));
                }
            }
            assert_eq!(pairs, back, "seed {seed}");
            outcomes
        })
        .collect();
    for code in ["active", "one", "several", "none"] {
        let count: usize = outcomes.iter().filter_map(|one| one.get(code)).sum();
        assert!(count > 10, "{code}: {count}");
    }
}

/// Holds a path against the rows of the release.
fn path_holds(
    model: &Model,
    old: u64,
    end: Concept<'_>,
    path: &[farr::snomed::Association<'_>],
    weakest: usize,
) {
    let mut from = old;
    let mut found = 0;
    for hop in path {
        assert!(!model.is_active(from));
        let to = hop.target.id().expect("a component").value();
        let refset = hop.refset.id();
        let stands = model.refset_rows.values().any(|(_, row)| {
            row[2] == "1"
                && number(&row[4]) == refset.value()
                && number(&row[5]) == from
                && number(&row[6]) == to
        });
        assert!(stands, "{from} {refset} {to}");
        found = found.max(STRENGTH.iter().position(|known| *known == refset).expect("followed"));
        from = to;
    }
    assert_eq!((from, found), (end.id().value(), weakest));
}
