//! OPCS-4, the classification of interventions and procedures: its codes, and its two files.
//!
//! A chapter is a letter; there is none of `I`, and `Y` and `Z` are of methods and sites, which
//! supplement other codes. What no public source tells is our own choice: the name of the folder,
//! the eleven characters called the selection (a running number), the digits of sex (1 male, 2
//! female, 0 any), the status, and the texts of the method of delivery. Names are cut at the width
//! of their field.

use super::titles::{Titles, unaccented, within};
use crate::parameters::Parameters;
use crate::random::{Random, keyed_hash};
use crate::snomed::vocabulary::Vocabulary;
use std::collections::BTreeMap;
use std::collections::HashSet;
use std::fmt::Write as _;

const LETTERS: &[u8] = b"ABCDEFGHJKLMNOPQRSTUVWXYZ";

/// A category or one of its codes.
#[derive(Debug)]
pub(crate) struct Code {
    /// Without a point: `A01`, `A011`.
    pub(crate) code: String,
    pub(crate) title: String,
}

/// All codes.
#[derive(Debug)]
pub(crate) struct Plan {
    /// In order, so that codes follow their category.
    pub(crate) codes: Vec<Code>,
    /// Codes of four characters that stand alone, those of methods, and those of sites.
    targets: [Vec<usize>; 3],
    known: HashSet<String>,
}

/// Which codes can be meant by a target.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Part {
    Main = 0,
    Method = 1,
    Site = 2,
}

impl Plan {
    pub(crate) fn new(parameters: &Parameters, vocabulary: &Vocabulary) -> Self {
        let seed = parameters.seed;
        let mut titles = Titles::new(seed, vocabulary);
        let mut plan =
            Self { codes: Vec::new(), targets: Default::default(), known: HashSet::new() };
        for (category, digits) in categories(seed, parameters.rooted(11_500, 110)) {
            let title = unaccented(&titles.fresh("OPCS-4 title", &category));
            plan.codes.push(Code { code: category.clone(), title: title.clone() });
            for digit in digits {
                let code = format!("{category}{}", char::from(digit));
                let title = match digit {
                    b'8' => format!("Other specified {}", within(&title)),
                    b'9' => format!("Unspecified {}", within(&title)),
                    _ => unaccented(&titles.fresh("OPCS-4 title", &code)),
                };
                let part = match code.as_bytes()[0] {
                    b'Y' => Part::Method,
                    b'Z' => Part::Site,
                    _ => Part::Main,
                };
                plan.targets[part as usize].push(plan.codes.len());
                plan.codes.push(Code { code, title });
            }
        }
        plan.known = plan.codes.iter().map(|code| code.code.clone()).collect();
        plan
    }

    /// A code of four characters.
    pub(crate) fn target(&self, part: Part, random: &mut Random) -> &str {
        let targets = &self.targets[part as usize];
        &self.codes[targets[random.below(targets.len())]].code
    }

    /// What has the form of a code and is none.
    pub(crate) fn stray(&self, random: &mut Random) -> String {
        loop {
            let letter = char::from(LETTERS[random.below(LETTERS.len())]);
            let code = format!("{letter}{:02}{}", random.between(1, 99), random.between(1, 9));
            if !self.known.contains(&code) {
                return code;
            }
        }
    }

    /// The codes with a point, a tab, and their titles, categories among them; no header.
    pub(crate) fn titles_file(&self) -> String {
        let mut text = String::new();
        for code in &self.codes {
            let _ = write!(text, "{}\t{}\r\n", super::codes::dotted(&code.code), code.title);
        }
        text
    }

    /// The codes of four characters in lines of fixed width.
    pub(crate) fn metadata_file(&self) -> String {
        let mut text = String::new();
        let mut category = "";
        let mut number = 0;
        for code in &self.codes {
            if code.code.len() == 3 {
                category = &code.title;
                continue;
            }
            number += 1;
            let sex = match code.code.as_bytes()[0] {
                b'N' => 1,
                b'P' | b'Q' | b'R' => 2,
                _ => 0,
            };
            let delivery = match &code.code[..3] {
                "R17" | "R18" => "CAESAREAN",
                "R19" | "R20" | "R21" | "R22" => "ASSISTED",
                "R23" | "R24" => "NORMAL",
                _ => "",
            };
            let (short, long) = (cut(category, 55), cut(&code.title, 60));
            let _ = write!(
                text,
                "{number:011} {:<4}        {short:<55}     {long:<60}{:43}{sex}   {sex} {:<2}{:23}{delivery:<10}\r\n",
                code.code, "", "C", ""
            );
        }
        text
    }

    /// How many codes have four characters.
    pub(crate) fn four_characters(&self) -> usize {
        self.targets.iter().map(Vec::len).sum()
    }
}

fn cut(text: &str, width: usize) -> &str {
    text.get(..width).unwrap_or(text)
}

/// The categories of a plan of so many codes at most, and the last digits of their codes.
fn categories(seed: u64, most: usize) -> BTreeMap<String, Vec<u8>> {
    let mut chosen = BTreeMap::new();
    let mut others: Vec<String> = Vec::new();
    for &letter in LETTERS {
        let letter = char::from(letter);
        chosen.insert(format!("{letter}01"), vec![b'1', b'8', b'9']);
        others.extend((2..=99).map(|number| format!("{letter}{number:02}")));
    }
    // The first of deliveries has a method.
    chosen.insert("R17".to_owned(), vec![b'1', b'8', b'9']);
    let mut left = most - chosen.values().map(|digits| 1 + digits.len()).sum::<usize>();
    others.retain(|category| !chosen.contains_key(category));
    others.sort_by_key(|category| {
        keyed_hash(seed, "OPCS-4 categories", super::titles::key(category))
    });
    for category in others {
        let key = super::titles::key(&category);
        let named = Random::keyed(seed, "OPCS-4 category", key).between(1, 7) as u8;
        let digits: Vec<u8> = (b'1'..=b'0' + named).chain([b'8', b'9']).collect();
        if digits.len() < left {
            left -= 1 + digits.len();
            chosen.insert(category, digits);
        }
    }
    chosen
}
