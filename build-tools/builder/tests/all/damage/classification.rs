//! Damage to an index of classifications, by accident and on purpose: it tells of it, or is not touched by it.
//!
//! `FARR_DAMAGES=1000000 cargo test --release -p farr-build --test all
//! damage::classification::damage_by_chance` runs as many cases of random damage as that.

use crate::support::classification_index;
use crate::support::damage::{self, FEW};
use farr::Terminology;
use farr::index::OpenError;
use farr::index::format::{
    ClassificationTags, RUBRIC_LENGTH, RUBRIC_REFERENCE_LENGTH, RUBRIC_TEXT_LENGTH,
};
use farr_exercise::{classification_answers, craft, section};

fn everything(opened: &Terminology) -> Result<u64, OpenError> {
    opened.ask_systems(|systems| {
        let answers = [
            systems.icd10().map(|icd10| classification_answers(icd10, FEW)),
            systems.icd10_cm().map(|icd10_cm| classification_answers(icd10_cm, FEW)),
            systems.opcs4().map(|opcs4| classification_answers(opcs4, FEW)),
        ];
        answers.into_iter().flatten().fold(0_u64, |sum, answer| sum.rotate_left(7) ^ answer)
    })
}

#[test]
fn every_flipped_bit_is_refused_where_it_is() {
    damage::every_flipped_bit_is_refused_where_it_is(&classification_index(), everything);
}

#[test]
fn every_changed_byte_whose_checksum_is_made_right_does_no_harm() {
    damage::every_changed_byte_whose_checksum_is_made_right_does_no_harm(&classification_index());
}

#[test]
fn a_file_cut_short_is_refused_at_every_length() {
    damage::a_file_cut_short_is_refused_at_every_length(&classification_index());
}

#[test]
fn damage_by_chance_neither_goes_unnoticed_nor_does_harm() {
    damage::damage_by_chance_neither_goes_unnoticed_nor_does_harm(&classification_index());
}

/// Rows whose numbers lead beyond or back: an answer or a refusal, and soon.
#[test]
fn no_crafted_index_of_classifications_does_harm() {
    let index = classification_index();
    for tags in ClassificationTags::ALL {
        for (tag, length) in [
            (tags.rubrics, RUBRIC_LENGTH),
            (tags.texts, RUBRIC_TEXT_LENGTH),
            (tags.references, RUBRIC_REFERENCE_LENGTH),
        ] {
            let Some(range) = section(&index, tag) else { continue };
            let rows = &index[range];
            let items = (rows.len() / length) as u64;
            for at in (0..length).step_by(4) {
                for value in [0, u32::MAX, u32::MAX - 1, 1] {
                    let mut crafted = rows.to_vec();
                    for row in crafted.chunks_exact_mut(length) {
                        row[at..at + 4].copy_from_slice(&value.to_le_bytes());
                    }
                    let bytes = craft(&index, &[(tag, crafted, items)]);
                    damage::open_in_time(&format!("{tag} {at} {value}"), bytes);
                }
            }
        }
    }
}
