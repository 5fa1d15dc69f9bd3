//! Dosage forms: how the products of each are named, measured, given and packed.

/// How the strength of a product is stated.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Measure {
    /// By unit: `5mg`.
    Each,
    /// By five millilitres: `5mg/5ml`.
    Spoonful,
    /// In a hundred: `5%`.
    Percent,
    /// By dose: `5micrograms/dose`.
    Dose,
    /// In a container of so many millilitres: `5mg/2ml`.
    Container(u64),
}

/// A flag of the virtual products of a form, and what it adds to their names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Free {
    Nothing,
    Sugar,
    Gluten,
    Preservative,
    Cfc,
}

impl Free {
    pub(crate) fn suffix(self) -> &'static str {
        match self {
            Self::Nothing => "",
            Self::Sugar => " sugar free",
            Self::Gluten => " gluten free",
            Self::Preservative => " preservative free",
            Self::Cfc => " CFC free",
        }
    }
}

/// A family of dosage forms, all given and measured alike.
#[derive(Debug)]
pub(crate) struct Family {
    /// As names of products have it.
    pub(crate) name: &'static str,
    /// As the list of forms has it.
    pub(crate) form: &'static str,
    pub(crate) routes: &'static [&'static str],
    pub(crate) measure: Measure,
    pub(crate) free: Free,
    /// The unit packs are counted in.
    pub(crate) unit: &'static str,
    /// The sizes of packs, in thousandths of the unit.
    pub(crate) packs: &'static [u64],
}

impl Family {
    /// Whether a dose is a unit of its own.
    pub(crate) fn is_discrete(&self) -> bool {
        matches!(self.measure, Measure::Each | Measure::Container(_))
    }
}

const COUNTS: &[u64] = &[
    28_000, 56_000, 30_000, 100_000, 84_000, 7_000, 14_000, 21_000, 60_000, 112_000, 500_000, 1_000,
];
const VOLUMES: &[u64] =
    &[100_000, 150_000, 200_000, 500_000, 300_000, 50_000, 125_000, 1_000_000, 2_500, 70_000];
const WEIGHTS: &[u64] =
    &[30_000, 15_000, 50_000, 100_000, 5_000, 20_000, 60_000, 500_000, 2_250, 3_500];
const DROPS: &[u64] = &[5_000, 10_000, 3_000, 15_000, 2_500, 20_000, 8_000, 400];
const FEW: &[u64] = &[5_000, 10_000, 1_000, 6_000, 12_000, 2_000, 4_000, 20_000, 3_000, 25_000];
const DOSES: &[u64] = &[200_000, 120_000, 60_000, 100_000, 30_000, 140_000, 28_000, 10_000];

const fn family(
    name: &'static str,
    form: &'static str,
    routes: &'static [&'static str],
    measure: Measure,
    free: Free,
    (unit, packs): (&'static str, &'static [u64]),
) -> Family {
    Family { name, form, routes, measure, free, unit, packs }
}

const INJECTED: &[&str] = &["Intravenous", "Intramuscular", "Subcutaneous"];

/// The families, of which each virtual product has one.
pub(crate) const FAMILIES: [Family; 24] = [
    family("tablets", "Tablet", &["Oral"], Measure::Each, Free::Gluten, ("tablet", COUNTS)),
    family("capsules", "Capsule", &["Oral"], Measure::Each, Free::Nothing, ("capsule", COUNTS)),
    family(
        "oral solution",
        "Oral solution",
        &["Oral", "Gastroenteral"],
        Measure::Spoonful,
        Free::Sugar,
        ("ml", VOLUMES),
    ),
    family(
        "oral suspension",
        "Oral suspension",
        &["Oral"],
        Measure::Spoonful,
        Free::Sugar,
        ("ml", VOLUMES),
    ),
    family(
        "oral drops",
        "Oral drops",
        &["Oral", "Sublingual"],
        Measure::Percent,
        Free::Sugar,
        ("ml", DROPS),
    ),
    family("cream", "Cream", &["Cutaneous"], Measure::Percent, Free::Nothing, ("gram", WEIGHTS)),
    family(
        "ointment",
        "Ointment",
        &["Cutaneous", "Nasal"],
        Measure::Percent,
        Free::Nothing,
        ("gram", WEIGHTS),
    ),
    family(
        "gel",
        "Gel",
        &["Cutaneous", "Dental"],
        Measure::Percent,
        Free::Nothing,
        ("gram", WEIGHTS),
    ),
    family("scalp lotion", "Lotion", &["Scalp"], Measure::Percent, Free::Nothing, ("ml", VOLUMES)),
    family(
        "inhaler",
        "Pressurised inhalation",
        &["Inhalation"],
        Measure::Dose,
        Free::Cfc,
        ("dose", DOSES),
    ),
    family(
        "dry powder inhaler",
        "Inhalation powder",
        &["Inhalation"],
        Measure::Dose,
        Free::Nothing,
        ("dose", DOSES),
    ),
    family("nasal spray", "Nasal spray", &["Nasal"], Measure::Dose, Free::Nothing, ("dose", DOSES)),
    family(
        "nebuliser liquid unit dose vials",
        "Nebuliser liquid",
        &["Inhalation"],
        Measure::Container(2_500),
        Free::Preservative,
        ("unit dose", COUNTS),
    ),
    family(
        "eye drops",
        "Eye drops",
        &["Ocular", "Intraocular"],
        Measure::Percent,
        Free::Preservative,
        ("ml", DROPS),
    ),
    family(
        "ear drops",
        "Ear drops",
        &["Auricular"],
        Measure::Percent,
        Free::Nothing,
        ("ml", DROPS),
    ),
    family(
        "solution for injection ampoules",
        "Solution for injection",
        INJECTED,
        Measure::Container(2_000),
        Free::Nothing,
        ("ampoule", FEW),
    ),
    family(
        "solution for injection pre-filled syringes",
        "Injection in syringe",
        &["Subcutaneous", "Intravitreal"],
        Measure::Container(500),
        Free::Preservative,
        ("pre-filled disposable injection", FEW),
    ),
    family(
        "powder for solution for infusion vials",
        "Powder for infusion",
        &["Intravenous", "Intraperitoneal"],
        Measure::Each,
        Free::Nothing,
        ("vial", FEW),
    ),
    family(
        "infusion bags",
        "Infusion",
        &["Intravenous", "Epidural"],
        Measure::Container(100_000),
        Free::Nothing,
        ("bag", FEW),
    ),
    family(
        "suppositories",
        "Suppository",
        &["Rectal"],
        Measure::Each,
        Free::Nothing,
        ("suppository", COUNTS),
    ),
    family("pessaries", "Pessary", &["Vaginal"], Measure::Each, Free::Nothing, ("pessary", FEW)),
    family(
        "transdermal patches",
        "Transdermal patch",
        &["Transdermal"],
        Measure::Each,
        Free::Nothing,
        ("patch", FEW),
    ),
    family(
        "oral powder sachets",
        "Oral powder",
        &["Oral", "Gastroenteral"],
        Measure::Each,
        Free::Gluten,
        ("sachet", COUNTS),
    ),
    family("lozenges", "Lozenge", &["Oromucosal"], Measure::Each, Free::Sugar, ("lozenge", COUNTS)),
];

/// The ways in which the forms of a family vary; the first is the form itself.
pub(crate) const VARIANTS: [&str; 8] = [
    "",
    "Slow-release",
    "Quick-release",
    "Layered",
    "Buffered",
    "Softened",
    "Scented",
    "Twin-phase",
];

/// The form of a variant of a family.
pub(crate) fn form_name(family: usize, variant: usize) -> String {
    let form = FAMILIES[family].form;
    match VARIANTS[variant] {
        "" => form.to_owned(),
        variant => format!("{variant} {}", form.to_lowercase()),
    }
}

/// Strengths in thousandths: milligrams, or parts in a hundred. Each is used once by the products
/// that share an ingredient and a family.
pub(crate) const STRENGTHS: [u64; 24] = [
    5_000, 10_000, 20_000, 2_500, 50_000, 100_000, 1_000, 25_000, 500, 40_000, 250_000, 500_000,
    200_000, 15_000, 75_000, 30_000, 4_000, 150_000, 1_000_000, 125, 12_500, 80_000, 2_000, 60_000,
];
/// Parts in a hundred, in thousandths.
pub(crate) const PERCENTAGES: [u64; 24] = [
    1_000, 500, 2_000, 5_000, 100, 250, 50, 10_000, 2_500, 25, 1_500, 3_000, 4_000, 20_000, 15_000,
    6_000, 8_000, 12_000, 25_000, 30_000, 750, 1_250, 40, 5,
];
