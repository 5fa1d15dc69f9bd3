//! Expressions of the expression constraint language over the content of the release.

use super::Workload;
use crate::random::Random;
use crate::snomed::attributes::{STRENGTH, STRENGTHS, SUGAR_FREE};
use crate::snomed::concepts::Concept;
use crate::snomed::kind::KindIndex;
use std::fmt::Write as _;

impl Workload<'_> {
    /// One expression a line.
    pub(super) fn expressions(&self) -> String {
        let mut random = self.random("expressions");
        let mut text = String::new();
        for number in 0..self.content.parameters.rooted(200, 40) {
            let _ = writeln!(text, "{}", self.expression(number, &mut random));
        }
        text
    }

    fn expression(&self, number: usize, random: &mut Random) -> String {
        let disorder = self.some(KindIndex::DISORDER, random);
        let other = self.some(KindIndex::DISORDER, random);
        let site = self.some(KindIndex::BODY_STRUCTURE, random);
        let morphology = self.some(KindIndex::MORPHOLOGY, random);
        let substance = self.some(KindIndex::SUBSTANCE, random);
        let product = KindIndex::CLINICAL_DRUG.get().root;
        let refset = self.refset(random);
        let strength = STRENGTHS[random.zipf(STRENGTHS.len())];
        match number % 16 {
            0 => format!("<< {disorder}"),
            1 => format!("< {}", self.some(KindIndex::PROCEDURE, random)),
            2 => format!("<< {disorder} AND << {other}"),
            3 => format!("<< {disorder} OR << {other}"),
            4 => format!("<< 64572001 MINUS << {disorder}"),
            5 => format!("<< 404684003 : 363698007 = << {site}"),
            6 => format!("< 64572001 : 116676008 = << {morphology}, 363698007 = << {site}"),
            7 => format!("< 64572001 : {{ 116676008 = << {morphology}, 363698007 = << {site} }}"),
            8 => format!("< {product} : {STRENGTH} = #{strength}"),
            9 => format!("< {product} : {STRENGTH} >= #{strength}"),
            10 => {
                format!("< {product} : {{ 762949000 = << {substance}, {STRENGTH} <= #{strength} }}")
            }
            11 => format!("^ {refset}"),
            12 => format!("^ {refset} AND << 404684003"),
            13 => format!("^ {refset} MINUS << {disorder}"),
            14 => format!("> {disorder}"),
            _ if number % 32 == 15 => format!("< {product} : {SUGAR_FREE} = true"),
            _ => format!("<! {}", self.some(KindIndex::BODY_STRUCTURE, random)),
        }
    }

    /// A concept of a kind, those high in the hierarchy more often.
    fn some(&self, kind: KindIndex, random: &mut Random) -> u64 {
        let range = self.content.concepts.range(kind).active();
        self.id(range.start + random.zipf(range.len()) as Concept)
    }

    fn refset(&self, random: &mut Random) -> u64 {
        let range = self.content.concepts.simple_refsets.clone();
        self.id(range.start + random.zipf(range.len()) as Concept)
    }
}
