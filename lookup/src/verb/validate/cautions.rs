//! What is amiss with what is asked, before any code is judged by it.

use farr::coding::Validator;
use farr::ecl::GapEffect;

/// A sentence for each thing of a constraint that the release cannot answer, and for one that no concept
/// satisfies.
pub(super) fn cautions(validator: &Validator<'_>) -> Vec<String> {
    let gaps = validator.constraint_gaps();
    let mut cautions: Vec<String> = gaps
        .iter()
        .map(|gap| {
            let effect = match gap.effect {
                GapEffect::Missing => "does not satisfy it",
                GapEffect::Excess => "satisfies it",
                GapEffect::Both => "does or does not satisfy it",
            };
            format!(
                "of the constraint: {}; of a code that {effect}, that is not known",
                gap.finding
            )
        })
        .collect();
    if gaps.is_empty() && validator.constraint_len() == Some(0) {
        cautions.push("no concept of the release satisfies the constraint".to_owned());
    }
    cautions
}
