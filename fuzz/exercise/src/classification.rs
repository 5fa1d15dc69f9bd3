//! Asking a classification everything.

use farr::classification::{Classification, Reference, Rubric, RubricCode, RubricResults};

use crate::answers::Limits;
use crate::digest::Digest;

/// What is searched for in every index, beside the titles it holds itself.
const QUERIES: [&str; 5] = ["", "a", "sweet", "swete", "disorder of unspecified"];

/// The digest of all answers of a classification.
pub fn classification_answers<C: RubricCode>(
    classification: Classification<'_, C>,
    limits: Limits,
) -> u64 {
    let mut digest = Digest::default();
    digest.add(classification.meta().to_text());
    digest.add((classification.len(), classification.edition().title));
    let rubrics = classification.len();
    let step = rubrics.div_ceil(limits.concepts.max(1)).max(1);
    for rubric in classification.rubrics().step_by(step).take(limits.concepts) {
        ask(classification, rubric, limits, &mut digest);
    }
    for group in classification.groups().take(limits.rows) {
        digest.add((group.code_text(), classification.group(group.code_text()) == Some(group)));
    }
    digest.add(classification.roots().take(limits.rows).count());
    let step = rubrics.div_ceil(limits.rows.max(1)).max(1);
    for rubric in classification.codes().step_by(step).take(limits.rows) {
        digest.add(rubric.code_text());
    }
    for query in QUERIES {
        results(&classification.search(query).limit(limits.rows).run(), &mut digest);
    }
    for rubric in classification.rubrics().take(limits.searches) {
        results(&classification.search(rubric.title()).codes().run(), &mut digest);
        if let Some(parent) = rubric.parent() {
            let beginning: String = rubric.title().chars().take(3).collect();
            results(&classification.search(&beginning).within(parent).run(), &mut digest);
        }
    }
    digest.finish()
}

fn name<C: RubricCode>(rubric: Rubric<'_, C>, digest: &mut Digest) {
    digest.add((rubric.code_text(), rubric.kind().word(), rubric.title()));
}

fn ask<C: RubricCode>(
    classification: Classification<'_, C>,
    rubric: Rubric<'_, C>,
    limits: Limits,
    digest: &mut Digest,
) {
    name(rubric, digest);
    digest.add(format!("{rubric:?}"));
    if let Some(code) = rubric.code() {
        digest.add(classification.rubric(code) == Some(rubric));
        digest.add(classification.nearest(code).map(Rubric::code_text));
    }
    digest.add(format!("{:?} {:?}", rubric.usage(), rubric.further_character()));
    digest.add((rubric.is_modified(), rubric.is_valid(), rubric.sex().word()));
    digest.add((rubric.ages().minimum, rubric.ages().maximum));
    for text in rubric.texts().take(limits.rows) {
        digest.add((text.kind().name(), text.text(), rubric.column(text.kind())));
        text.references().take(limits.rows).for_each(|found| reference(found, digest));
    }
    rubric.partners().take(limits.rows).for_each(|found| reference(found, digest));
    rubric.ancestors().take(limits.rows).for_each(|above| {
        name(above, digest);
        digest.add(rubric.is_within(above));
    });
    rubric.children().take(limits.rows).for_each(|below| name(below, digest));
    rubric.descendants().take(limits.rows).for_each(|below| name(below, digest));
    let around = [rubric.chapter(), rubric.blocks().next(), rubric.category(), rubric.parent()];
    around.into_iter().flatten().for_each(|found| name(found, digest));
}

fn reference<C: RubricCode>(found: Reference<'_, C>, digest: &mut Digest) {
    digest.add((found.text(), format!("{:?}", found.usage()), found.is_partner()));
    digest.add((found.code().is_some(), found.rubric().map(Rubric::code_text)));
}

fn results<C: RubricCode>(results: &RubricResults<'_, C>, digest: &mut Digest) {
    for hit in results.hits() {
        digest.add((hit.rubric().code_text(), hit.text().text(), hit.text().kind().name()));
    }
    digest.add((results.has_more(), results.is_corrected()));
    digest.add((results.had_no_words(), results.was_too_long()));
    for correction in results.corrections() {
        digest.add((&correction.typed, &correction.found));
    }
}
