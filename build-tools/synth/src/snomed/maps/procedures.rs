//! The UK complex map to OPCS-4, for procedures: a code of the intervention, and often others of its
//! method and its site.

use super::united_kingdom::{FURTHER_ADVICE, Place, places};
use super::{Scope, dotted};
use crate::icd10::opcs4::Part;
use crate::rows::Rows;
use crate::sctid::{Component, UNITED_KINGDOM, compose};
use crate::snomed::concepts::Concept;
use crate::snomed::content::Content;
use crate::snomed::kind::KindIndex;

/// The reference set, which has a new identifier with each version of OPCS-4.
pub(crate) const REFSET: u64 = compose(9_900_044, Some(UNITED_KINGDOM), Component::Concept);
const SCOPE: Scope = Scope {
    purpose: "procedure scope",
    kinds: &[KindIndex::PROCEDURE, KindIndex::REGIMEN],
    per_thousand: 382,
};

impl Content {
    pub(super) fn procedure_map_rows(&self, concept: Concept, rows: &mut Rows) {
        if !self.is_mapped(&SCOPE, concept) {
            return;
        }
        let mut random = self.random("procedure targets", concept);
        let mut astray = self.is_astray(&SCOPE, concept);
        let mut list: Vec<(Place, String, String)> = Vec::new();
        if !astray && random.chance(60) {
            list.push(([1, 1, 1], "#NC".to_owned(), String::new()));
        } else {
            for place in places(&[880, 90, 30], &[500, 350, 150], &mut random) {
                // The groups behind the first are of the method and the site.
                let part = [Part::Main, Part::Method, Part::Site][match place[1] {
                    1 => 0,
                    2 if random.chance(400) => 1,
                    _ => 2,
                }];
                let code = match std::mem::take(&mut astray) {
                    true => self.opcs4.stray(&mut random),
                    false => self.opcs4.target(part, &mut random).to_owned(),
                };
                let mut advice = format!("ALWAYS {}", dotted(&code));
                match (part, random.below(10)) {
                    (Part::Main, 0..=1) => advice.push_str(FURTHER_ADVICE[0]),
                    (Part::Main, 2..=3) => advice.push_str(FURTHER_ADVICE[1]),
                    (Part::Main, 4) => advice.push_str(FURTHER_ADVICE[3]),
                    (Part::Main, _) => {}
                    _ => advice.push_str(FURTHER_ADVICE[2]),
                }
                list.push((place, code, advice));
            }
        }
        self.block_map_rows(("procedure map", REFSET), concept, &list, rows);
    }
}
