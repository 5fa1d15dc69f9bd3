//! The words of the terms: common English ones first, then invented ones made of roots.

use crate::random::Random;
use std::collections::HashSet;

const COMMON: &[&str] = &[
    "disorder",
    "structure",
    "acute",
    "chronic",
    "left",
    "right",
    "product",
    "disease",
    "injury",
    "lesion",
    "syndrome",
    "primary",
    "secondary",
    "upper",
    "lower",
    "anterior",
    "posterior",
    "congenital",
    "infection",
    "malignant",
    "benign",
    "neoplasm",
    "fracture",
    "open",
    "closed",
    "deep",
    "superficial",
    "lateral",
    "medial",
    "recurrent",
    "severe",
    "mild",
    "moderate",
    "test",
    "measurement",
    "level",
    "function",
    "skin",
    "bone",
    "muscle",
    "nerve",
    "vein",
    "artery",
    "joint",
    "lung",
    "heart",
    "head",
    "neck",
    "hand",
    "foot",
    "eye",
    "ear",
    "mouth",
    "tooth",
    "chest",
    "back",
    "wall",
    "duct",
    "gland",
    "tissue",
    "blood",
    "fluid",
    "pressure",
    "pain",
    "wound",
    "burn",
    "cyst",
    "ulcer",
    "abscess",
    "stone",
    "graft",
    "implant",
    "device",
    "tube",
    "screen",
    "review",
    "plan",
    "care",
    "advice",
    "history",
    "risk",
    "family",
    "status",
    "normal",
    "abnormal",
    "complete",
    "partial",
    "total",
    "single",
    "multiple",
    "bilateral",
    "distal",
    "proximal",
    "inner",
    "outer",
    "early",
    "late",
    "onset",
    "stage",
    "type",
    "grade",
    "group",
    "antibody",
    "antigen",
    "enzyme",
    "virus",
    "salt",
    "acid",
    "oral",
    "nasal",
    "rectal",
    "vaginal",
    "dental",
    "renal",
    "hepatic",
    "cardiac",
    "cerebral",
    "spinal",
    "pelvic",
    "abdominal",
    "thoracic",
    "cervical",
    "lumbar",
    "sacral",
    "femoral",
    "tibial",
    "radial",
    "ulnar",
    "optic",
    "facial",
    "maternal",
    "neonatal",
    "juvenile",
    "adult",
    "toxic",
    "allergic",
    "septic",
    "viral",
    "bacterial",
    "fungal",
    "vascular",
    "ischaemic",
    "obstructive",
    "idiopathic",
    "iatrogenic",
    "traumatic",
    "degenerative",
    "residual",
    "transient",
    "persistent",
    "progressive",
    "localised",
    "generalised",
    "suspected",
    "confirmed",
];

const PREFIXES: &[&str] = &[
    "", "hyper", "hypo", "peri", "endo", "epi", "intra", "inter", "poly", "para", "pseudo",
    "micro", "macro", "retro", "sub", "supra", "trans", "anti", "neo", "dys", "brady", "tachy",
    "hemi", "pan",
];

const ROOTS: &[&str] = &[
    "cardi", "neur", "gastr", "hepat", "nephr", "derm", "oste", "arthr", "my", "angi", "phleb",
    "bronch", "pneum", "rhin", "ot", "ophthalm", "kerat", "irid", "stomat", "gloss", "gingiv",
    "col", "proct", "enter", "cyst", "ureter", "metr", "salping", "orchid", "mast", "thyr",
    "adren", "splen", "lymph", "thromb", "cyt", "chondr", "fibr", "lip", "aden", "scler", "sten",
    "necr", "myel", "encephal", "mening", "radicul", "spondyl", "dactyl", "brachi", "cephal",
    "thorac", "lapar", "pleur", "trache", "laryng", "pharyng", "esthesi", "psych", "phren",
    "somat", "gluc", "kal", "natr", "calc", "ferr", "cupr", "zinc", "viridi", "mel", "xanth",
    "erythr", "leuk", "cyan", "chlor", "brom", "iod", "sulf", "nitr", "phosph", "carb", "oxal",
    "ur", "bil", "lact", "galact", "pept", "prote", "amin", "lys", "val", "tor", "vel", "mir",
    "zol", "quin", "tram", "flur", "dex", "lev", "nor", "met", "prop", "but", "pent", "hex", "oct",
    "tetr",
];

const LINKS: &[&str] = &["o", "a", "i", "al", "in", "er", "el", "on"];

const SUFFIXES: &[&str] = &[
    "itis", "osis", "oma", "algia", "ectomy", "otomy", "ostomy", "oplasty", "opathy", "emia",
    "uria", "ia", "ism", "ic", "al", "ous", "oid", "ine", "ate", "ide", "one", "ol", "mab", "pril",
    "sartan", "statin", "azole", "mycin", "cillin", "oxacin", "idine", "amide", "aceae", "ella",
    "ium", "us", "a", "um", "is", "ensis", "ii", "ae", "ar", "ary", "ive", "gram", "graphy",
    "scopy", "metry", "plegia", "paresis", "trophy", "rrhage", "rrhea", "ptosis", "lysis",
];

/// American and British spellings of the beginning of a word.
const SPELLINGS: &[(&str, &str)] = &[
    ("hemat", "haemat"),
    ("hemo", "haemo"),
    ("edema", "oedema"),
    ("esophag", "oesophag"),
    ("anem", "anaem"),
    ("fet", "foet"),
    ("gynec", "gynaec"),
    ("orthoped", "orthopaed"),
    ("pediatr", "paediatr"),
    ("tumor", "tumour"),
    ("cec", "caec"),
    ("feca", "faeca"),
    ("estr", "oestr"),
    ("leukem", "leukaem"),
    ("ischem", "ischaem"),
    ("colorim", "colourim"),
];

const CONSONANTS: &[u8] = b"bcdfglmnprstvxz";
const VOWELS: &[u8] = b"aeiou";

/// All words, the most used first.
#[derive(Debug)]
pub(crate) struct Vocabulary {
    words: Vec<String>,
    /// Words with an American and a British spelling.
    spellings: Vec<(String, String)>,
}

impl Vocabulary {
    pub(crate) fn new(seed: u64, size: usize) -> Self {
        let mut words: Vec<String> = COMMON.iter().map(|&word| word.to_owned()).collect();
        let mut seen: HashSet<String> = words.iter().cloned().collect();
        let mut number = 0;
        while words.len() < size {
            let word = invented(&mut Random::keyed(seed, "vocabulary", number));
            number += 1;
            if seen.insert(word.clone()) {
                words.push(word);
            }
        }
        let spellings = SPELLINGS
            .iter()
            .flat_map(|(american, british)| {
                ["", "oma", "ia", "al", "ology", "ic disorder", "itis", "opathy"]
                    .map(|ending| (format!("{american}{ending}"), format!("{british}{ending}")))
            })
            .collect();
        Self { words, spellings }
    }

    pub(crate) fn len(&self) -> usize {
        self.words.len()
    }

    pub(crate) fn word(&self, rank: usize) -> &str {
        &self.words[rank]
    }

    /// A word in its American and its British spelling.
    pub(crate) fn spelling(&self, random: &mut Random) -> (&str, &str) {
        let (american, british) = &self.spellings[random.zipf(self.spellings.len())];
        (american, british)
    }
}

fn invented(random: &mut Random) -> String {
    let mut word = String::new();
    if random.chance(120) {
        word.push_str(random.pick(PREFIXES));
    }
    word.push_str(random.pick(ROOTS));
    if random.chance(130) {
        word.push_str(random.pick(LINKS));
        word.push(char::from(CONSONANTS[random.below(CONSONANTS.len())]));
        word.push(char::from(VOWELS[random.below(VOWELS.len())]));
        word.push(char::from(CONSONANTS[random.below(CONSONANTS.len())]));
    }
    word.push_str(random.pick(SUFFIXES));
    match random.below(100) {
        // Accents, apostrophes and hyphens are what breaks a search that forgot them.
        0 => word = word.replacen('e', "é", 1),
        1 => word = word.replacen('o', "ö", 1),
        2 => word = word.replacen('n', "ñ", 1),
        3 => word = word.replacen('u', "ü", 1),
        4 => {
            let mut characters = word.chars();
            let initial = characters.next().map_or('X', |first| first.to_ascii_uppercase());
            word = format!("{initial}{}'s", characters.as_str());
        }
        5 | 6 => word = format!("{}-{word}", random.pick(&["non", "pre", "post", "semi", "co"])),
        _ => {}
    }
    word
}
