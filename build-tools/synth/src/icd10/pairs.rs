//! Daggers and asterisks: which cause goes with which manifestation.

use super::modifiers::KINDS;
use super::plan::{Plan, Usage};
use crate::random::Random;

/// The manifestation of what the dagger of a modifier makes.
const OF_MODIFIER: &str = "N080";
/// Pairs that every plan has.
const CERTAIN: &[(&str, &str)] = &[("A390", "G01"), ("A170", "G01")];

/// Pairs each asterisk with causes, which become daggers.
pub(crate) fn pair(plan: &mut Plan) {
    let leaves: Vec<usize> = (0..plan.classes.len())
        .filter(|&at| plan.classes[at].subcategories == 0 && plan.modifier_of(at).is_none())
        .collect();
    let of = |usage: Usage| -> Vec<usize> {
        leaves.iter().copied().filter(|&at| plan.classes[at].usage == usage).collect()
    };
    let asterisks = of(Usage::Asterisk);
    let mut causes = of(Usage::Default);
    causes.retain(|&at| plan.classes[at].code.len() == 4 && *plan.classes[at].code < *"O");
    let at = |code: &str| plan.classes.iter().position(|class| class.code == code);
    let mut pairs: Vec<(usize, usize)> = CERTAIN
        .iter()
        .filter_map(|(dagger, asterisk)| Some((at(dagger)?, at(asterisk)?)))
        .collect();
    for asterisk in asterisks {
        let mut random = Random::keyed(plan.seed, "ICD-10 pairs", asterisk as u64);
        for _ in 0..random.between(1, 3) {
            let dagger = causes[random.below(causes.len())];
            let sexes = [dagger, asterisk].map(|at| super::codes::sex(&plan.classes[at].code));
            let odd = sexes[0] != sexes[1] && !sexes.contains(&0);
            if !odd && !pairs.contains(&(dagger, asterisk)) {
                pairs.push((dagger, asterisk));
            }
        }
    }
    for (dagger, asterisk) in pairs {
        let codes = [dagger, asterisk].map(|at| plan.classes[at].code.clone());
        plan.classes[dagger].usage = Usage::Dagger;
        plan.classes[dagger].partners.push(codes[1].clone());
        plan.classes[asterisk].partners.push(codes[0].clone());
    }
    let made: Vec<String> = (0..plan.classes.len())
        .filter_map(|at| {
            let modified = plan.modifier_of(at)?;
            let dagger = KINDS[modified.modifier].dagger?;
            let code = format!("{}{}", plan.classes[at].code, char::from(dagger));
            modified.digits.contains(&dagger).then_some(code)
        })
        .collect();
    for class in &mut plan.classes {
        if class.code == OF_MODIFIER {
            class.partners.extend(made.iter().cloned());
        }
        class.partners.sort_unstable();
    }
}

/// The code that goes with what a digit of a modifier makes.
pub(crate) fn partner_of_modifier(modifier: usize, digit: u8) -> Option<&'static str> {
    (KINDS[modifier].dagger == Some(digit)).then_some(OF_MODIFIER)
}
