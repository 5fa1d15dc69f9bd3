//! The International extended map: rules on age, sex and other findings choose among targets.

use super::{CONDITIONS, NOT_SPECIFIED, Scope, Targets, dotted};
use crate::random::Random;
use crate::rows::Rows;
use crate::snomed::concepts::Concept;
use crate::snomed::content::{Content, Member};
use crate::snomed::kind::KindIndex;
use crate::snomed::module::Module;
use crate::snomed::versions::Since;

/// The columns of the International extended map.
pub(crate) const HEADER: &str = "id effectiveTime active moduleId refsetId referencedComponentId mapGroup mapPriority mapRule mapAdvice mapTarget correlationId mapCategoryId";

const REFSET: u64 = 447_562_003;
const SCOPE: Scope = Scope { purpose: "international scope", kinds: CONDITIONS, per_thousand: 630 };

const AMBIGUOUS_GUIDANCE: u64 = 447_635_003;
const CLASSIFIED: u64 = 447_637_006;
const NOT_CLASSIFIABLE: u64 = 447_638_001;
const CONTEXT_DEPENDENT: u64 = 447_639_009;
const AMBIGUOUS: u64 = 447_640_006;
const INCOMPLETE: u64 = 447_641_005;

const FEMALE: &str = "IFA 248152002 | Female (finding) |";
const MALE: &str = "IFA 248153007 | Male (finding) |";
const AGES: &[&str] = &[
    "< 19.0 years",
    "< 15.0 years",
    "<= 18.0 years",
    ">= 65.0 years",
    "< 28.0 days",
    "< 12.0 months",
];

/// A row but for what all rows of the map say.
struct Row {
    rule: String,
    advice: String,
    target: String,
    category: u64,
}

impl Content {
    pub(crate) fn international_map_rows(&self, concept: Concept, rows: &mut Rows) {
        if !self.is_mapped(&SCOPE, concept) {
            return;
        }
        let mut random = self.random("international map", concept);
        let astray = self.is_astray(&SCOPE, concept);
        let mut targets = Targets { content: self, fifth: false, astray };
        let born = self.dates.first_since(Module::Core, self.birth(concept).max(20_110_000));
        let former =
            random.chance(120).then(|| self.dates.pick_since(Module::Core, born, &mut random));
        // The rows of a map belong together, so they came together; where there was another map,
        // in its place.
        let since = former.unwrap_or(born);
        let groups = match random.weighted(&[830, 100, 30, 40]) {
            _ if astray => {
                let code = targets.next(None, &mut random);
                vec![vec![classified("TRUE".to_owned(), "ALWAYS", &code, CLASSIFIED)]]
            }
            3 => paired(&targets, &mut random),
            more => {
                (0..=more).map(|_| self.map_group(concept, &mut targets, &mut random)).collect()
            }
        };
        let mut number = 0;
        for (group, list) in (1..).zip(&groups) {
            for (priority, row) in list.iter().enumerate() {
                let effective = self.dates.pick_since(Module::Core, since, &mut random);
                let member = Member {
                    purpose: "international map",
                    key: u64::from(concept) << 8 | number,
                    since: Since::Always(since),
                    effective,
                    active: true,
                    module: Module::Core,
                    refset: REFSET,
                    component: self.concepts.id(concept),
                };
                self.map_row(rows, &member, group, priority as u64 + 1, row);
                number += 1;
            }
        }
        if let Some(effective) = former {
            let member = Member {
                purpose: "former international map",
                key: concept.into(),
                since: Since::Always(born),
                effective,
                active: false,
                module: Module::Core,
                refset: REFSET,
                component: self.concepts.id(concept),
            };
            let row = classified(
                "TRUE".to_owned(),
                "ALWAYS",
                &targets.next(None, &mut random),
                CLASSIFIED,
            );
            self.map_row(rows, &member, 1, 1, &row);
        }
    }

    fn map_row(&self, rows: &mut Rows, member: &Member<'_>, group: u64, priority: u64, row: &Row) {
        self.member(rows, member, |rows, _| {
            rows.number(group)
                .number(priority)
                .text(&row.rule)
                .text(&row.advice)
                .text(&row.target)
                .number(NOT_SPECIFIED)
                .number(row.category);
        });
    }

    /// The rows of one group, in order of priority; the last always applies.
    fn map_group(
        &self,
        concept: Concept,
        targets: &mut Targets<'_>,
        random: &mut Random,
    ) -> Vec<Row> {
        let shape = random.weighted(&[690, 90, 50, 50, 40, 80]);
        let clauses: Vec<(String, &str)> = match shape {
            0 => {
                let code = targets.next(None, random);
                return vec![classified("TRUE".to_owned(), "ALWAYS", &code, CLASSIFIED)];
            }
            1 => return vec![unclassified(random)],
            2 => vec![(age(random), "IF AGE"), (age(random), "IF AGE")],
            3 => vec![(FEMALE.to_owned(), "IF FEMALE"), (MALE.to_owned(), "IF MALE")],
            4 => {
                let range = format!("{} AND {}", age_at(">= 12.0 years"), age_at("< 19.0 years"));
                vec![(range, "IF AGE"), (format!("{FEMALE} AND {}", age(random)), "IF FEMALE")]
            }
            _ => (0..random.between(1, 3)).map(|_| self.finding(concept, random)).collect(),
        };
        let mut list: Vec<Row> = Vec::new();
        for (rule, advice) in clauses {
            if list.iter().all(|row| row.rule != rule) {
                // What is chosen for a sex is not of the other.
                let sex = match () {
                    () if rule.starts_with(MALE) => Some(1),
                    () if rule.starts_with(FEMALE) => Some(2),
                    () => None,
                };
                let advice = format!("{advice} CHOOSE");
                let code = targets.next(sex, random);
                list.push(classified(rule, &advice, &code, CONTEXT_DEPENDENT));
            }
        }
        let otherwise = if random.chance(850) {
            let rule = "OTHERWISE TRUE".to_owned();
            classified(rule, "OTHERWISE CHOOSE", &targets.next(None, random), CLASSIFIED)
        } else {
            Row { rule: "OTHERWISE TRUE".to_owned(), ..unclassified(random) }
        };
        list.push(otherwise);
        list
    }

    /// A rule on another finding; the other is itself mapped.
    fn finding(&self, concept: Concept, random: &mut Random) -> (String, &'static str) {
        let range = self.concepts.range(KindIndex::DISORDER);
        for _ in 0..20 {
            let other = range.pick(random);
            if other != concept && self.is_mapped(&SCOPE, other) {
                let name = self.terms.fully_specified_name(&self.concepts, other);
                let rule = format!("IFA {} | {name} |", self.concepts.id(other));
                return (rule, "IF OTHER FINDING PRESENT");
            }
        }
        (FEMALE.to_owned(), "IF FEMALE")
    }
}

/// A cause and its manifestation, each always.
fn paired(targets: &Targets<'_>, random: &mut Random) -> Vec<Vec<Row>> {
    let [dagger, asterisk] = targets.pair(random);
    let always = |code| classified("TRUE".to_owned(), "ALWAYS", code, CLASSIFIED);
    let mut second = always(&asterisk);
    second.advice.push_str(" | THIS CODE IS NOT TO BE USED IN THE PRIMARY POSITION");
    vec![vec![always(&dagger)], vec![second]]
}

fn age(random: &mut Random) -> String {
    age_at(random.pick(AGES))
}

fn age_at(bound: &str) -> String {
    format!("IFA 445518008 | Age at onset of clinical finding (observable entity) | {bound}")
}

fn classified(rule: String, advice: &str, code: &str, category: u64) -> Row {
    let target = dotted(code);
    let mut advice = format!("{advice} {target}");
    if category == CONTEXT_DEPENDENT {
        advice.push_str(" | MAP OF SOURCE CONCEPT IS CONTEXT DEPENDENT");
    } else if code.starts_with(['S', 'T']) {
        advice.push_str(" | POSSIBLE REQUIREMENT FOR AN EXTERNAL CAUSE CODE");
    } else if code.starts_with('O') {
        advice.push_str(" | MAPPED FOLLOWING WHO GUIDANCE");
    }
    Row { rule, advice, target, category }
}

fn unclassified(random: &mut Random) -> Row {
    let (category, advice) = [
        (NOT_CLASSIFIABLE, "MAP SOURCE CONCEPT CANNOT BE CLASSIFIED WITH AVAILABLE DATA"),
        (NOT_CLASSIFIABLE, "MAP SOURCE CONCEPT CANNOT BE CLASSIFIED WITH AVAILABLE DATA"),
        (AMBIGUOUS_GUIDANCE, "MAPPING GUIDANCE FROM WHO IS AMBIGUOUS"),
        (AMBIGUOUS, "SOURCE SNOMED CONCEPT IS AMBIGUOUS"),
        (INCOMPLETE, "SOURCE SNOMED CONCEPT IS INCOMPLETELY MODELED"),
    ][random.below(5)];
    let (rule, advice, target) = ("TRUE".to_owned(), advice.to_owned(), String::new());
    Row { rule, advice, target, category }
}
