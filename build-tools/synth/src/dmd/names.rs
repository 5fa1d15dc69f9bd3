//! The invented words that names are made of.

use crate::random::Random;
use std::collections::HashSet;

const ONSETS: &[&str] = &[
    "b", "br", "c", "cl", "d", "dr", "f", "fl", "g", "l", "m", "n", "p", "pl", "pr", "r", "s",
    "st", "t", "tr", "v", "z",
];
const NUCLEI: &[&str] = &["a", "e", "i", "o", "u", "ae", "oi", "ia"];
const CODAS: &[&str] = &["", "", "", "l", "m", "n", "r", "s", "x"];
const GENERIC_ENDINGS: &[&str] = &[
    "adol", "afen", "amide", "azepine", "dronate", "ecept", "ezine", "fovir", "glitin", "idine",
    "iprone", "itol", "mycetin", "olone", "onium", "oprost", "ostim", "oxetil", "parin", "tazole",
    "tidine", "umab", "vastine", "zolam",
];
const SALTS: &[&str] = &[
    "acetate",
    "benzoate",
    "citrate",
    "fumarate",
    "hydrochloride",
    "maleate",
    "mesilate",
    "phosphate",
    "potassium",
    "sodium",
    "succinate",
    "tartrate",
];

/// Syllables of a word, in small letters.
fn syllables(random: &mut Random, count: usize) -> String {
    let mut word = String::new();
    for at in 0..count {
        word.push_str(random.pick(ONSETS));
        word.push_str(random.pick(NUCLEI));
        if at + 1 == count {
            word.push_str(random.pick(CODAS));
        }
    }
    word
}

pub(crate) fn capitalised(word: &str) -> String {
    let mut characters = word.chars();
    let initial = characters.next().map_or_else(String::new, |c| c.to_uppercase().to_string());
    initial + characters.as_str()
}

/// An invented word with a capital, of a few syllables.
pub(crate) fn word(random: &mut Random) -> String {
    let count = random.between(2, 3);
    let word = capitalised(&syllables(random, count));
    match random.below(120) {
        0 => word.replacen('e', "é", 1),
        1 => word.replacen('o', "ö", 1),
        _ => word,
    }
}

/// Makes names until they are as many as wanted, and no two the same in any case of letters.
pub(crate) fn distinct(
    seed: u64,
    purpose: &str,
    count: usize,
    make: impl Fn(usize, &mut Random) -> String,
) -> Vec<String> {
    let mut seen = HashSet::new();
    let mut attempt = 0;
    let mut names = Vec::with_capacity(count);
    while names.len() < count {
        let name = make(names.len(), &mut Random::keyed(seed, purpose, attempt));
        attempt += 1;
        if seen.insert(name.to_lowercase()) {
            names.push(name);
        }
    }
    names
}

/// The names of the ingredients: every fourth is a salt of the one before.
pub(crate) fn ingredients(seed: u64, count: usize) -> Vec<String> {
    let mut names = distinct(seed, "dm+d ingredient", count, |_, random| {
        let stem = syllables(random, 2);
        let name = capitalised(&format!("{stem}{}", random.pick(GENERIC_ENDINGS)));
        match random.below(40) {
            0 => format!("{name} > 95% pure"),
            1 => format!("{name} extract"),
            2 => format!("Co-{}", name.to_lowercase()),
            _ => name,
        }
    });
    for at in (3..count).step_by(4) {
        let salt = Random::keyed(seed, "dm+d salt", at as u64).pick(SALTS);
        names[at] = format!("{} {salt}", names[at - 1]);
    }
    names
}

/// The names of the suppliers.
pub(crate) fn suppliers(seed: u64, count: usize) -> Vec<String> {
    distinct(seed, "dm+d supplier", count, |number, random| {
        let (first, second) = (word(random), word(random));
        let ending = random.pick(&["Ltd", "Ltd", "Ltd", "UK Ltd", "Plc", "GmbH", "Inc"]);
        match (number, random.below(20)) {
            (0, _) => "Special Order".to_owned(),
            (1, _) => format!("{first} & {second} {ending}"),
            (2, _) => format!("{first}'s {ending}"),
            (_, 0..=2) => format!("{first} & {second} {ending}"),
            (_, 3) => format!("{first}'s {ending}"),
            (_, 4) => format!("Imported ({first})"),
            (_, 5..=9) => format!("{first} Healthcare {ending}"),
            (_, 10..=13) => format!("{first} Pharmaceuticals {ending}"),
            (_, 14..=16) => format!("{first} Laboratories {ending}"),
            _ => format!("{first} {ending}"),
        }
    })
}
