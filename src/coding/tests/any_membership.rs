//! Of several things that are asked one is enough: held to each thing asked by itself.

use std::collections::BTreeMap;

use super::verdicts::terminology;
use crate::coding::*;
use crate::dmd::Level;
use crate::{Ecl, Terminology};

/// What the findings of a binding that asks one thing come to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Truth {
    Yes,
    Unknown,
    No,
}

/// Asks one thing of a binding.
type Ask = fn(Binding) -> Binding;

/// Things that are asked, each by itself.
const ASKED: [Ask; 6] = [
    |binding| binding.constraint(Ecl::parse("<< 401004").unwrap()),
    // Nothing is below an inactive concept any more.
    |binding| binding.constraint(Ecl::parse("<< 601008").unwrap()),
    |binding| binding.refset("999000011000000103".parse().unwrap()),
    |binding| {
        binding.value_set(ValueSet::new("set", System::Snomed, ["402006", "601008"]).unwrap())
    },
    |binding| binding.level(Level::Vmp).level(Level::Vtm),
    |binding| binding.ingredients(true),
];

/// Which of them is a reference set, and which a level.
const REFSET: usize = 2;
const LEVEL: usize = 4;

fn is_of_dmd_alone(all: &Terminology, id: u64) -> bool {
    let systems = all.systems().unwrap();
    let id = crate::Sctid::as_published(id).unwrap();
    let dmd = systems.dmd().unwrap();
    let is_in_dmd = dmd.product(id).is_some() || dmd.ingredient(id).is_some();
    is_in_dmd && systems.snomed().unwrap().concept(id).is_none()
}

fn binding(systems: &[System]) -> Binding {
    let binding = Binding::new("any").activity(Activity::Any).display(DisplayRule::Nothing);
    systems.iter().fold(binding, |binding, system| binding.system(*system))
}

/// Every id that the releases have, and a few that they do not.
fn ids(all: &Terminology) -> Vec<u64> {
    let systems = all.systems().unwrap();
    let mut ids = vec![24_700_007, 1_240_751_000_000_100, 9_970_011_009];
    ids.extend(systems.snomed().unwrap().concepts().ids().map(|id| id.value()));
    let dmd = systems.dmd().unwrap();
    ids.extend(dmd.products().map(|product| product.id().value()));
    ids.extend(dmd.ingredients().map(|ingredient| ingredient.id().value()));
    ids
}

/// Whether no release has the id.
fn is_absent(found: &[FindingCode]) -> bool {
    let absent = [FindingCode::NotInRelease, FindingCode::OtherExtension];
    absent.iter().any(|code| found.contains(code))
}

fn codes(validator: &Validator<'_>, id: u64) -> Vec<FindingCode> {
    let text = id.to_string();
    let verdict = validator.check(&Coding::unstated(&text), &Facts::new());
    verdict.findings().iter().map(Finding::code).collect()
}

/// What a binding that asks one thing says of an id.
fn alone(validator: &Validator<'_>, id: u64) -> Truth {
    let found = codes(validator, id);
    let has = |code: FindingCode| found.contains(&code);
    let no = [
        FindingCode::OutsideConstraint,
        FindingCode::OutsideRefset,
        FindingCode::OutsideValueSet,
        FindingCode::WrongLevel,
        FindingCode::NotAProduct,
    ];
    if no.into_iter().any(has) {
        return Truth::No;
    }
    match has(FindingCode::MembershipUnknown) || has(FindingCode::PreviousId) {
        true => Truth::Unknown,
        false => Truth::Yes,
    }
}

#[test]
fn any_of_several_is_yes_where_one_is_and_unknown_where_one_may_be() {
    let all = terminology(None);
    let ids = ids(&all);
    let mut seen = BTreeMap::new();
    for systems in [&[System::Snomed][..], &[System::Dmd, System::Snomed]] {
        let singles: Vec<Validator<'_>> = ASKED
            .iter()
            .map(|ask| Validator::new(&all, &ask(binding(&[System::Snomed]))).unwrap())
            .collect();
        // Two constraints are one binding's at most; otherwise every choice.
        let choices = (1_u32..1 << ASKED.len()).filter(|choice| choice & 0b11 != 0b11);
        for choice in choices.filter(|choice| choice.count_ones() > 1) {
            let chosen = |place: &usize| choice >> place & 1 == 1;
            let places: Vec<usize> = (0..ASKED.len()).filter(chosen).collect();
            let any = places.iter().fold(binding(systems), |any, place| ASKED[*place](any));
            let any = Validator::new(&all, &any.membership(Membership::Any)).unwrap();
            for id in &ids {
                let truths = places.iter().map(|place| match *place {
                    // Of what dm+d alone has, a reference set of a later release may be.
                    REFSET if is_of_dmd_alone(&all, *id) => Truth::Unknown,
                    // Of what SNOMED CT does not have, and dm+d not as a product, that is all that is said
                    // where a level alone is asked.
                    LEVEL if is_absent(&codes(&singles[LEVEL], *id)) => Truth::No,
                    place => alone(&singles[place], *id),
                });
                // Of an id that nobody has only lists say anything by themselves.
                let found = codes(&any, *id);
                let known = !is_absent(&found);
                let has = |code: FindingCode| found.contains(&code);
                let told = match (has(FindingCode::OutsideAll), has(FindingCode::MembershipUnknown))
                {
                    (true, false) => Truth::No,
                    (false, true) => Truth::Unknown,
                    (false, false) => Truth::Yes,
                    (true, true) => panic!("{id}: {found:?}"),
                };
                if known && systems.len() == 1 {
                    assert_eq!(Some(told), truths.min(), "{id} {places:?} {found:?}");
                }
                *seen.entry((known, told)).or_insert(0) += 1;
            }
        }
    }
    assert_eq!(seen.keys().filter(|(known, _)| *known).count(), 3, "{seen:?}");
}

#[test]
fn a_batch_says_of_any_of_several_what_a_check_says() {
    let all = terminology(None);
    let ids = ids(&all);
    let numbers: Vec<i64> = ids.iter().map(|id| id.cast_signed()).collect();
    for systems in [&[System::Snomed][..], &[System::Dmd], &[System::Dmd, System::Snomed]] {
        let any = ASKED[0](ASKED[4](ASKED[5](binding(systems)))).membership(Membership::Any);
        let validator = Validator::new(&all, &any).unwrap();
        let (mut findings, mut bits) = (vec![255; ids.len()], vec![0; ids.len().div_ceil(8)]);
        validator.check_ids(&numbers, &mut findings);
        validator.members(&numbers, &mut bits);
        for (place, id) in ids.iter().enumerate() {
            let text = id.to_string();
            let verdict = validator.check(&Coding::unstated(&text), &Facts::new());
            let worst = verdict.worst().map_or(0, |finding| finding.code().number());
            assert_eq!(findings[place], worst, "{id} {systems:?}");
            let is_member = bits[place / 8] >> (place % 8) & 1 == 1;
            assert_eq!(is_member, verdict.outcome() == Outcome::Accept, "{id}");
        }
    }
}

#[test]
fn a_message_says_of_each_thing_why_it_is_not_so() {
    let all = terminology(None);
    let message = |any: Binding, code: &str| {
        let validator = Validator::new(&all, &any.membership(Membership::Any)).unwrap();
        let verdict = validator.check(&Coding::unstated(code), &Facts::new());
        verdict.findings()[0].message()
    };
    let either = || ASKED[0](ASKED[4](binding(&[System::Snomed])));
    let told = message(either(), "306005");
    assert_eq!(
        told,
        "the code satisfies none of the conditions of which one is asked for: it does not satisfy \
         << 401004; dm+d does not have it as a product"
    );
    let told = message(either(), "601008");
    assert!(
        told.contains("satisfy << 401004 is not known, for it is inactive; dm+d does"),
        "{told}"
    );
    let told = message(either(), "990400011000001107");
    assert!(told.contains("is not known, for SNOMED CT does not have it; it is a VMPP"), "{told}");
    let either = ASKED[1](ASKED[3](binding(&[System::Snomed])));
    let told = message(either, "401004");
    assert!(
        told.contains("for 601008 is inactive; it does not belong to the value set set"),
        "{told}"
    );
}
