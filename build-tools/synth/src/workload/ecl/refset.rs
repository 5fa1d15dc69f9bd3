//! Reference sets: their concepts, their rows, and what history says of inactive concepts.

use super::Kind;
use crate::random::Random;
use crate::snomed::kind::KindIndex;
use crate::workload::Workload;

const INTERNATIONAL_MAP: u64 = 447_562_003;
const UNITED_KINGDOM_MAP: u64 = 999_002_271_000_000_101;
/// SAME AS, REPLACED BY and POSSIBLY EQUIVALENT TO.
const ASSOCIATIONS: [u64; 3] =
    [900_000_000_000_527_005, 900_000_000_000_526_001, 900_000_000_000_523_009];

pub(super) const KINDS: &[Kind] = &[
    ("member of", 40, |work, random| format!("^ {}", work.refset(random).1)),
    ("branch and members", 40, branch_and_members),
    ("members without branch", 30, members_without),
    ("member of several", 10, several),
    ("refsets containing", 6, |work, random| format!("^R {}", work.id(work.clinical(random)))),
    ("map target", 14, map_target),
    ("map group and priority", 8, map_place),
    ("referenced component", 6, referenced),
    ("field of members", 6, field),
    ("history minimum", 12, |work, random| history(work, "-MIN", random)),
    ("history moderate", 12, |work, random| history(work, "-MOD", random)),
    ("history maximum", 12, |work, random| history(work, "-MAX", random)),
    ("history", 6, |work, random| history(work, "", random)),
];

fn branch_and_members(work: &Workload<'_>, random: &mut Random) -> String {
    let (number, refset) = work.refset(random);
    let member = work.member(number, random);
    format!("<< {} AND ^ {refset}", work.field(member, random))
}

fn members_without(work: &Workload<'_>, random: &mut Random) -> String {
    let (number, refset) = work.refset(random);
    let member = work.member(number, random);
    format!("^ {refset} MINUS << {}", work.field(member, random))
}

fn several(work: &Workload<'_>, random: &mut Random) -> String {
    if random.chance(200) {
        return "^ (< 446609009)".to_owned();
    }
    let list: Vec<String> =
        (0..random.between(2, 6)).map(|_| work.refset(random).1.to_string()).collect();
    format!("^ ({})", list.join(" OR "))
}

/// A code of ICD-10 form, without and with its dot; the shorter, the more rows have it.
fn map_target(work: &Workload<'_>, random: &mut Random) -> String {
    let chapter = char::from(b'A' + random.below(20) as u8);
    let (category, fourth) = (random.below(100), random.below(10));
    match random.below(5) {
        0 => format!("^ {INTERNATIONAL_MAP} {{{{ M mapTarget = \"{chapter}{category:02}\" }}}}"),
        1 => format!(
            "^ {INTERNATIONAL_MAP} {{{{ M mapTarget = wild:\"{chapter}{category:02}.{fourth}\" }}}}"
        ),
        2 => format!("^ {UNITED_KINGDOM_MAP} {{{{ M mapTarget = \"{chapter}{category:02}\" }}}}"),
        3 => format!(
            "^ {UNITED_KINGDOM_MAP} {{{{ M mapTarget = wild:\"{chapter}{category:02}*\" }}}}"
        ),
        _ => format!(
            "<< {} AND ^ {UNITED_KINGDOM_MAP} {{{{ M mapTarget = \"{chapter}\" }}}}",
            mapped(work, random)
        ),
    }
}

fn map_place(work: &Workload<'_>, random: &mut Random) -> String {
    let group = random.between(1, 2);
    let priority = random.between(1, 3);
    let map = [INTERNATIONAL_MAP, UNITED_KINGDOM_MAP][random.below(2)];
    let rows = format!("^ {map} {{{{ M mapGroup = #{group}, mapPriority >= #{priority} }}}}");
    match random.below(3) {
        0 => rows,
        _ => format!("<< {} AND {rows}", mapped(work, random)),
    }
}

/// A branch of the disorders, which have maps.
fn mapped(work: &Workload<'_>, random: &mut Random) -> u64 {
    let concept = work.of_kind(KindIndex::DISORDER, random);
    work.field(concept, random)
}

fn referenced(work: &Workload<'_>, random: &mut Random) -> String {
    let concept = work.of_kind(KindIndex::DISORDER, random);
    let branch = work.broad(concept, random);
    format!("^ {INTERNATIONAL_MAP} {{{{ M referencedComponentId = << {branch} }}}}")
}

fn field(work: &Workload<'_>, random: &mut Random) -> String {
    let refset = ASSOCIATIONS[random.below(ASSOCIATIONS.len())];
    match random.below(3) {
        0 => format!("^ [targetComponentId] {refset}"),
        _ => {
            let mut list = Vec::new();
            let wanted = random.between(2, 10);
            for _ in 0..wanted * 50 {
                let concept = work.inactive[random.below(work.inactive.len())];
                let history = work.content.history(concept);
                if history.associations.iter().any(|(one, _)| *one == refset) {
                    list.push(work.id(concept).to_string());
                }
                if list.len() == wanted {
                    break;
                }
            }
            if list.is_empty() {
                return format!("^ [targetComponentId] {refset}");
            }
            let inactive = list.join(" OR ");
            format!(
                "^ [targetComponentId] {refset} {{{{ M referencedComponentId = ({inactive}) }}}}"
            )
        }
    }
}

fn history(work: &Workload<'_>, profile: &str, random: &mut Random) -> String {
    let kind = [KindIndex::DISORDER, KindIndex::FINDING, KindIndex::PROCEDURE][random.below(3)];
    let concept = work.of_kind(kind, random);
    format!("<< {} {{{{ +HISTORY{profile} }}}}", work.broad(concept, random))
}
