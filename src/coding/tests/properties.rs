//! Verdicts against a stupid model, over all that the invented releases have.

use proptest::prelude::*;

use super::verdicts::terminology;
use crate::coding::*;
use crate::{Ecl, Sctid};

fn binding() -> Binding {
    Binding::new("properties").system(System::Snomed)
}

fn synthetic() -> crate::Terminology {
    let golden = concat!(env!("CARGO_MANIFEST_DIR"), "/testdata/golden/1.0-synthetic.farr");
    crate::Terminology::open([golden]).unwrap()
}

#[test]
fn every_id_is_accepted_where_a_walk_of_the_hierarchy_says_so_and_by_the_batch_alike() {
    let synthetic = synthetic();
    let snomed = synthetic.snomed().unwrap();
    for top in snomed.concepts().filter(|top| top.is_active()).step_by(7) {
        let ecl = Ecl::parse(&format!("<< {}", top.id())).unwrap();
        let validator = Validator::new(&synthetic, &binding().constraint(ecl)).unwrap();
        let ids: Vec<i64> = snomed.concepts().ids().map(|id| id.value().cast_signed()).collect();
        let (mut numbers, mut bits) = (vec![255; ids.len()], vec![0; ids.len().div_ceil(8)]);
        validator.check_ids(&ids, &mut numbers);
        validator.members(&ids, &mut bits);
        let mut clean = vec![0; ids.len().div_ceil(8)];
        validator.without_findings(&ids, &mut clean);
        for (place, concept) in snomed.concepts().enumerate() {
            let mut above = vec![concept];
            let mut within = false;
            while let Some(next) = above.pop() {
                within |= next == top;
                above.extend(next.parents());
            }
            let expected = concept.is_active() && within;
            let text = concept.id().to_string();
            let verdict = validator.check(&Coding::unstated(&text), &Facts::new());
            assert_eq!(verdict.outcome() == Outcome::Accept, expected, "{text} << {}", top.id());
            assert_eq!(numbers[place] == 0, expected, "{text}");
            assert_eq!(bits[place / 8] >> (place % 8) & 1 == 1, expected, "{text}");
            let said = !verdict.findings().is_empty();
            assert_eq!(clean[place / 8] >> (place % 8) & 1 == 0, said, "{text}");
            let worst = verdict.worst().map(|finding| finding.code());
            if !expected {
                assert_eq!(FindingCode::from_number(numbers[place]), worst, "{text}");
            }
        }
    }
}

#[test]
fn an_inactive_concept_is_refused_with_its_successors_and_never_one_of_several_as_the_one() {
    let synthetic = synthetic();
    let snomed = synthetic.snomed().unwrap();
    let validator = Validator::new(&synthetic, &binding()).unwrap();
    let mut kinds = std::collections::BTreeMap::new();
    for concept in snomed.concepts().filter(|concept| !concept.is_active()) {
        let text = concept.id().to_string();
        let verdict = validator.check(&Coding::unstated(&text), &Facts::new());
        let [finding] = verdict.findings() else { panic!("{text}") };
        assert_eq!(finding.code(), FindingCode::Inactive);
        let successors = concept.successors();
        assert_eq!(finding.suggestions().len(), successors.all().len(), "{text}");
        for (suggestion, successor) in finding.suggestions().iter().zip(successors.all()) {
            assert_eq!(suggestion.code(), successor.concept().id().to_string());
            let one = successors.one().is_some();
            assert_eq!(suggestion.kind() == SuggestionKind::Successor, one, "{text}");
            *kinds.entry(suggestion.kind().word()).or_insert(0) += 1;
        }
    }
    assert!(kinds.contains_key("successor") && kinds.contains_key("candidate"), "{kinds:?}");
}

#[test]
fn a_batch_knows_the_day_where_the_validator_is_told() {
    let synthetic = synthetic();
    let snomed = synthetic.snomed().unwrap();
    let ids: Vec<i64> = snomed.concepts().ids().map(|id| id.value().cast_signed()).collect();
    let ignored = |code| binding().severity(code, Severity::Ignore);
    for binding in [
        binding().most_age_days(10),
        ignored(FindingCode::ReleaseAgeUnknown).most_age_days(10),
        ignored(FindingCode::StaleRelease).most_age_days(10),
        binding().grace_days(100_000),
        ignored(FindingCode::Inactive).grace_days(100_000),
    ] {
        for day in [None, "20300101".parse::<crate::Date>().ok()] {
            let validator = Validator::new(&synthetic, &binding).unwrap();
            let (mut numbers, mut clean) = (vec![255; ids.len()], vec![0; ids.len().div_ceil(8)]);
            // What was judged before the day was said does not count.
            validator.check_ids(&ids, &mut numbers);
            let validator = validator.today(day);
            validator.check_ids(&ids, &mut numbers);
            validator.without_findings(&ids, &mut clean);
            let mut bits = vec![0; clean.len()];
            validator.members(&ids, &mut bits);
            for (place, id) in ids.iter().enumerate() {
                let text = id.to_string();
                let verdict = validator.check(&Coding::unstated(&text), &Facts::new().today(day));
                let of_validator = validator.check(&Coding::unstated(&text), &Facts::new());
                assert_eq!(format!("{verdict:?}"), format!("{of_validator:?}"));
                let worst = verdict.worst().map_or(0, |finding| finding.code().number());
                assert_eq!(numbers[place], worst, "{text} {day:?}");
                let bit = |bits: &[u8]| bits[place / 8] >> (place % 8) & 1 == 1;
                assert_eq!(bit(&clean), verdict.findings().is_empty(), "{text} {day:?}");
                assert_eq!(bit(&bits), verdict.outcome() == Outcome::Accept, "{text} {day:?}");
            }
        }
    }
}

#[test]
fn a_batch_says_what_a_check_says_of_any_number() {
    let all = terminology(None);
    let validator = Validator::new(&all, &binding()).unwrap();
    let ids = [-1, 0, 7, i64::MIN, i64::MAX, 401_004, 401_005, 139_017, 900_000_000_000_207_000];
    let mut numbers = [0; 9];
    validator.check_ids(&ids, &mut numbers);
    let mut clean = [0; 2];
    validator.without_findings(&ids, &mut clean);
    assert_eq!(clean, [0b10_0000, 0], "only one of them is known and nothing is found with it");
    for (id, number) in ids.into_iter().zip(numbers) {
        let text = id.to_string();
        let verdict = validator.check(&Coding::unstated(&text), &Facts::new());
        let worst = verdict.worst().map(|finding| finding.code());
        let batch = FindingCode::from_number(number);
        // A minus sign is read by the batch alone.
        assert_eq!(batch, if id < 0 { Some(FindingCode::Malformed) } else { worst }, "{id}");
    }
}

#[test]
fn judging_ahead_changes_no_verdict() {
    let all = [terminology(None), synthetic()];
    let ecl = Ecl::parse("< 138875005 MINUS <! 138875005").unwrap();
    let ignored = |code| binding().severity(code, Severity::Ignore);
    let bindings = [
        binding(),
        Binding::new("any system"),
        Binding::new("either").system(System::Snomed).system(System::Icd10),
        binding().constraint(ecl),
        binding().display(DisplayRule::Nothing),
        binding().most_age_days(10),
        binding().separators(",;"),
        ignored(FindingCode::PublishedWithWrongCheckDigit),
        ignored(FindingCode::Inactive).grace_days(100_000),
        binding().severity(FindingCode::Inactive, Severity::Note),
    ];
    let day: crate::Date = "20300101".parse().unwrap();
    let early: crate::Date = "20020131".parse().unwrap();
    let mut known = 0;
    for (terminology, binding) in
        all.iter().flat_map(|all| bindings.iter().map(move |one| (all, one)))
    {
        for today in [None, Some(day)] {
            let plain = Validator::new(terminology, binding).unwrap().today(today);
            let ahead = Validator::new(terminology, binding).unwrap().today(today);
            ahead.judge_ahead();
            for concept in terminology.snomed().unwrap().concepts().step_by(2) {
                let id = concept.id().to_string();
                let term =
                    concept.preferred_term(crate::Dialect::GB).map_or("none", |term| term.text());
                let wrong = format!("{}{}", &id[1..], &id[..1]);
                let padded = format!("{id} ");
                let codings = [
                    Coding::unstated(&id),
                    Coding::new(System::Snomed, &id),
                    Coding::new(System::Icd10, &id),
                    Coding::new(System::Snomed, &wrong),
                    Coding::new(System::Snomed, &padded),
                    Coding::with_uri("http://example.org/", &id),
                    Coding::unstated(&id).display(term),
                    Coding::unstated(&id).display("Another text"),
                    Coding::unstated(&id).version("another"),
                    Coding::unstated(&id).description_id(id.as_str()),
                ];
                let facts = [
                    Facts::new(),
                    Facts::new().today(day),
                    Facts::new().recorded(early),
                    Facts::new().sex(crate::map::Sex::Female),
                ];
                for (coding, facts) in
                    codings.iter().flat_map(|one| facts.iter().map(move |facts| (one, facts)))
                {
                    known += u32::from(ahead.is_known_to_be_right(coding, facts));
                    let (plain, ahead) = (plain.check(coding, facts), ahead.check(coding, facts));
                    assert_eq!(
                        format!("{plain:?}"),
                        format!("{ahead:?}"),
                        "{coding:?} {facts:?} {binding:?}"
                    );
                }
            }
        }
    }
    assert!(known > 1000, "{known} were known already");
}

proptest! {
    /// One digit changed, or two neighbours exchanged, is never accepted.
    #[test]
    fn a_damaged_id_is_never_accepted(pick in any::<prop::sample::Index>(), at in 0_usize..18, digit in 0_u8..10, swap in any::<bool>()) {
        let synthetic = synthetic();
        let snomed = synthetic.snomed().unwrap();
        let validator = Validator::new(&synthetic, &binding()).unwrap();
        let ids: Vec<Sctid> = snomed.concepts().filter(|c| c.is_active()).map(|c| c.id()).collect();
        let id = pick.get(&ids).to_string();
        let mut damaged = id.clone().into_bytes();
        let at = at % (damaged.len() - 1);
        if swap { damaged.swap(at, at + 1) } else { damaged[at] = b'0' + digit }
        let damaged = String::from_utf8(damaged).unwrap();
        prop_assume!(damaged != id);
        let verdict = validator.check(&Coding::unstated(&damaged), &Facts::new());
        prop_assert_eq!(verdict.outcome(), Outcome::Reject, "{} of {}", damaged, id);
    }

    /// What is suggested as the one original is known, is unique, and rounds to what was given.
    #[test]
    fn an_original_is_unique_and_rounds_to_the_damaged_one(pick in any::<prop::sample::Index>(), double in any::<bool>()) {
        let synthetic = synthetic();
        let snomed = synthetic.snomed().unwrap();
        let validator = Validator::new(&synthetic, &binding()).unwrap();
        let ids: Vec<u64> = snomed.concepts().ids().map(Sctid::value).filter(|id| *id > 1 << 53).collect();
        let id = *pick.get(&ids);
        let digits = id.ilog10() + 1;
        let step = 10_u64.pow(digits.saturating_sub(15));
        let round = |id: u64| if double { id as f64 as u64 } else { id / step * step };
        let damaged = round(id);
        prop_assume!(damaged != id);
        let verdict = validator.check(&Coding::unstated(&damaged.to_string()), &Facts::new());
        // Rounding may give an id that is known too.
        prop_assume!(verdict.outcome() != Outcome::Accept);
        let suggested: Vec<&Suggestion<'_>> = verdict.findings().iter().flat_map(|f| f.suggestions()).collect();
        let codes: Vec<&str> = suggested.iter().map(|s| s.code()).collect();
        prop_assert!(codes.contains(&id.to_string().as_str()), "{} of {}: {:?}", damaged, id, codes);
        for suggestion in &suggested {
            let found: u64 = suggestion.code().parse().unwrap();
            prop_assert!(snomed.concept(Sctid::parse(suggestion.code()).unwrap()).is_some());
            prop_assert!(found as f64 as u64 == damaged || found / step * step == damaged);
            let alone = suggestion.kind() == SuggestionKind::Original;
            prop_assert_eq!(alone, suggested.len() == 1);
        }
    }

    /// No text whatever makes a check or an inspection fail.
    #[test]
    fn any_text_gets_a_verdict(text in ".{0,40}", system in 0..System::ALL.len()) {
        let all = terminology(None);
        let binding = Binding::new("any").system(System::ALL[system]).expressions(true);
        let validator = Validator::new(&all, &binding).unwrap();
        let verdict = validator.check(&Coding::unstated(&text).display(text.as_str()), &Facts::new());
        prop_assert!(verdict.outcome() != Outcome::Accept || verdict.findings().iter().all(|f| f.severity() == Severity::Note));
        let found = all.ask_systems(|systems| inspect(systems, &text)).unwrap();
        prop_assert!(found.len() <= 9);
    }
}
