//! A small ICD-10-CM: the order file and the tabular list. Lines of the order file end in CR LF, which
//! is our own choice.

use super::chapters::text;
use super::titles::{Titles, key, unaccented, within};
use crate::parameters::Parameters;
use crate::random::Random;
use crate::snomed::vocabulary::Vocabulary;
use crate::xml;
use std::fmt::Write as _;

/// The chapters and sections of which there are categories, with the first category of each.
const SECTIONS: &[(u8, &str, &[&str])] = &[
    (1, "A00-B99", &["A00-A09", "A15-A19"]),
    (4, "E00-E89", &["E08-E13"]),
    (13, "M00-M99", &["M00-M02", "M80-M85"]),
    (19, "S00-T88", &["S50-S59", "T36-T50"]),
    (22, "U00-U85", &["U00-U49"]),
];
const SEVENTH: &[(char, &str)] =
    &[('A', "initial encounter"), ('D', "subsequent encounter"), ('S', "sequela")];

/// A code and those within it.
#[derive(Debug)]
struct Diagnosis {
    /// Without a point.
    code: String,
    title: String,
    /// Whether a seventh character follows: it is told once, here or above.
    seventh: bool,
    tells_seventh: bool,
    within: Vec<Diagnosis>,
}

/// A small ICD-10-CM.
#[derive(Debug)]
pub(crate) struct Modification {
    seed: u64,
    year: u32,
    /// The chapter, the section and its categories.
    sections: Vec<(usize, &'static str, Vec<Diagnosis>)>,
    terms: Vec<String>,
}

impl Modification {
    /// Of the fiscal year that a date is in: the year from October of the year before.
    pub(crate) fn new(parameters: &Parameters, vocabulary: &Vocabulary) -> Self {
        let seed = parameters.seed;
        let mut titles = Titles::new(!seed, vocabulary);
        let (year, month) = (parameters.date / 10_000, parameters.date / 100 % 100);
        let year = if month >= 10 { year + 1 } else { year };
        let count = parameters.rooted(40, 1);
        let mut sections = Vec::new();
        for (chapter, (_, _, ranges)) in SECTIONS.iter().enumerate() {
            for range in *ranges {
                let range_of = super::chapters::Range::new(range);
                let last = range_of.last.min(range_of.first + count as u16 - 1);
                let categories = (range_of.first..=last)
                    .map(|category| diagnosis(&text(category), false, seed, &mut titles))
                    .collect();
                sections.push((chapter, *range, categories));
            }
        }
        let terms =
            (0..20).map(|number| unaccented(&titles.fresh("term", &number.to_string()))).collect();
        Self { seed, year, sections, terms }
    }

    /// The year in the names of the files.
    pub(crate) fn year(&self) -> u32 {
        self.year
    }

    /// The codes in order, each with whether it is valid, in fields of fixed width.
    pub(crate) fn order_file(&self) -> (String, u64) {
        let mut text = String::new();
        let mut number = 0;
        for (_, _, categories) in &self.sections {
            for category in categories {
                order(&mut text, &mut number, category);
            }
        }
        (text, number)
    }

    /// The tabular list.
    pub(crate) fn tabular_file(&self) -> String {
        let mut text = format!(
            "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<ICD10CM.tabular>\n\
             <version>{}</version>\n<introduction>\n<introSection type=\"title\">\n\
             <title>A synthetic classification, made by farr-synth</title>\n\
             </introSection>\n</introduction>\n",
            self.year
        );
        for (at, (number, range, _)) in SECTIONS.iter().enumerate() {
            let sections: Vec<_> = self.sections.iter().filter(|section| section.0 == at).collect();
            let term = &self.terms[at];
            let _ = writeln!(text, "<chapter>\n<name>{number}</name>");
            let _ = writeln!(text, "<desc>{} ({range})</desc>", xml::escaped(term));
            text.push_str("<sectionIndex>\n");
            for (_, id, _) in &sections {
                let (first, last) = id.split_once('-').unwrap_or_default();
                let name =
                    xml::escaped(&self.terms[super::chapters::category(first) as usize % 20]);
                let _ = writeln!(
                    text,
                    "<sectionRef first=\"{first}\" last=\"{last}\" id=\"{id}\">{name}</sectionRef>"
                );
            }
            text.push_str("</sectionIndex>\n");
            for (_, id, categories) in &sections {
                let (first, _) = id.split_once('-').unwrap_or_default();
                let name =
                    xml::escaped(&self.terms[super::chapters::category(first) as usize % 20]);
                let _ = writeln!(text, "<section id=\"{id}\">\n<desc>{name} ({id})</desc>");
                for category in categories {
                    self.diag(&mut text, category);
                }
                text.push_str("</section>\n");
            }
            text.push_str("</chapter>\n");
        }
        text.push_str("</ICD10CM.tabular>\n");
        text
    }

    fn diag(&self, text: &mut String, diagnosis: &Diagnosis) {
        let Diagnosis { code, title, .. } = diagnosis;
        let name = super::codes::dotted(code);
        let _ = writeln!(text, "<diag>\n<name>{name}</name>\n<desc>{}</desc>", xml::escaped(title));
        let mut random = Random::keyed(self.seed, "ICD-10-CM notes", key(code));
        // Every section has a note of each kind, in its first category.
        let category = code.len() == 3;
        let notes = [
            ("inclusionTerm", 500),
            ("includes", if category { 300 } else { 0 }),
            ("excludes1", 200),
            ("excludes2", 200),
            ("codeFirst", 100),
            ("useAdditionalCode", 150),
        ];
        for (kind, per_thousand) in notes {
            if category || random.chance(per_thousand) {
                let term = within(&self.terms[random.below(self.terms.len())]);
                let other = &self.sections[random.below(self.sections.len())].2[0].code;
                let note = match kind {
                    "inclusionTerm" | "includes" => term,
                    _ => format!("{term} ({other}.-)"),
                };
                let note = xml::escaped(&note);
                let _ = writeln!(text, "<{kind}>\n<note>{note}</note>\n</{kind}>");
            }
        }
        if diagnosis.tells_seventh {
            let _ = writeln!(
                text,
                "<sevenChrNote>\n<note>The appropriate 7th character is to be added to each code \
                 of {name}</note>\n</sevenChrNote>\n<sevenChrDef>"
            );
            for (character, meaning) in SEVENTH {
                let _ = writeln!(text, "<extension char=\"{character}\">{meaning}</extension>");
            }
            text.push_str("</sevenChrDef>\n");
        }
        for other in &diagnosis.within {
            self.diag(text, other);
        }
        text.push_str("</diag>\n");
    }
}

/// A code with those within it, which end at the third to sixth character.
fn diagnosis(code: &str, seventh: bool, seed: u64, titles: &mut Titles<'_>) -> Diagnosis {
    let title = unaccented(&titles.fresh("ICD-10-CM title", code));
    let mut random = Random::keyed(seed, "ICD-10-CM code", key(code));
    let injury = code.starts_with(['S', 'T']);
    let tells_seventh = injury && code.len() == 3;
    let further = match code.len() {
        3 => 900,
        4 => 250,
        5 => 150,
        _ => 0,
    };
    // The first branch of injuries goes down to the sixth character, and to the filler.
    let forced = injury && code.bytes().skip(3).all(|byte| byte == b'0') && code.len() < 6;
    let digits: &[u8] = match code.len() {
        3 => b"019",
        4 => b"12",
        _ => b"09",
    };
    let mut within = Vec::new();
    if forced || random.chance(further) {
        let digits = if forced && code.len() > 3 { b"09" } else { digits };
        for &digit in digits {
            let code = format!("{code}{}", char::from(digit));
            within.push(diagnosis(&code, seventh || tells_seventh, seed, titles));
        }
    }
    Diagnosis {
        code: code.to_owned(),
        title,
        seventh: seventh || tells_seventh,
        tells_seventh,
        within,
    }
}

fn order(text: &mut String, number: &mut u64, diagnosis: &Diagnosis) {
    let Diagnosis { code, title, seventh, .. } = diagnosis;
    let leaf = diagnosis.within.is_empty();
    let mut line = |code: &str, valid: bool, title: &str| {
        *number += 1;
        let short = title.get(..60).unwrap_or(title);
        let _ = write!(text, "{number:05} {code:<7} {} {short:<60} {title}\r\n", u8::from(valid));
    };
    line(code, leaf && !seventh, title);
    if leaf && *seventh {
        for (character, meaning) in SEVENTH {
            // A filler stands in the places between.
            line(&format!("{code:X<6}{character}"), true, &format!("{title}, {meaning}"));
        }
    }
    for other in &diagnosis.within {
        order(text, number, other);
    }
}
