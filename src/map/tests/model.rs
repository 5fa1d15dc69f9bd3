//! Rules against a model that is too simple to be wrong: all patients that the facts allow are
//! gone through, and a rule is true where it is true of each.

use std::collections::BTreeSet;
use std::sync::OnceLock;

use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;
use proptest::sample::{select, subsequence};

use super::{id, is_a};
use crate::Date;
use crate::map::{Age, MapRule, Missing, Patient, Sex, Truth};

/// Every day from 1895 to 2104, one after the other.
fn calendar() -> &'static [Date] {
    static DAYS: OnceLock<Vec<Date>> = OnceLock::new();
    DAYS.get_or_init(|| (18_950_101..21_050_101).filter_map(Date::from_number).collect())
}

/// Days of birth around all that is irregular in the calendar, as places in it.
fn births() -> &'static [usize] {
    static BIRTHS: OnceLock<Vec<usize>> = OnceLock::new();
    BIRTHS.get_or_init(|| {
        let born = |date: &Date| {
            matches!(date.year(), 1895..=1905 | 2000)
                && matches!(date.day(), 1 | 15 | 28 | 29 | 30 | 31)
        };
        let days = calendar().iter().enumerate();
        days.filter(|(_, date)| born(date)).map(|(place, _)| place).collect()
    })
}

fn completed_months(birth: Date, day: Date) -> u32 {
    let months = (day.year() * 12 + day.month()) - (birth.year() * 12 + birth.month());
    months - u32::from(day.day() < birth.day())
}

/// An age as a patient has it.
#[derive(Clone, Copy, Debug)]
struct Lived {
    days: u64,
    months: u64,
    /// Not a day more than these months.
    exactly: bool,
}

fn lived(birth: usize, days: usize) -> Option<Lived> {
    let born = calendar()[birth];
    let day = *calendar().get(birth + days)?;
    let months = completed_months(born, day);
    let exactly = days == 0 || completed_months(born, calendar()[birth + days - 1]) < months;
    Some(Lived { days: days as u64, months: months.into(), exactly })
}

/// What is said of an age.
#[derive(Clone, Copy, Debug)]
enum Said {
    /// From so many units to so many more.
    Units(char, u16, u16),
    /// Born on one of the days of birth, so many days ago.
    Dates(usize, usize),
}

impl Said {
    fn age(self) -> Age {
        match self {
            Said::Units(unit, first, more) => {
                let age = |number: u16| Age::parse(&format!("{number}{unit}")).unwrap();
                Age::spanning(age(first), age(first + more)).unwrap()
            }
            Said::Dates(birth, days) => {
                let birth = births()[birth];
                Age::between(calendar()[birth], calendar()[birth + days]).unwrap()
            }
        }
    }

    /// All ages that it may be.
    fn lives(self) -> Vec<Lived> {
        let (unit, first, last) = match self {
            Said::Dates(birth, days) => return lived(births()[birth], days).into_iter().collect(),
            Said::Units(unit, first, more) => (unit, u64::from(first), u64::from(first + more)),
        };
        let days = match unit {
            'y' => 365 * first..=366 * (last + 1),
            'm' => 28 * first..=31 * (last + 1),
            'w' => 7 * first..=7 * last + 6,
            _ => first..=last,
        };
        let mut lives = Vec::new();
        for birth in births() {
            for days in days.clone() {
                lives.extend(lived(*birth, days as usize).filter(|lived| {
                    let number = match unit {
                        'y' => lived.months / 12,
                        'm' => lived.months,
                        'w' => lived.days / 7,
                        _ => lived.days,
                    };
                    (first..=last).contains(&number)
                }));
            }
        }
        lives
    }
}

/// A clause, as the model knows it.
#[derive(Clone, Debug)]
enum Clause {
    Sex(Sex),
    Finding(&'static str),
    Age { onset: bool, operator: &'static str, thousandths: u64, unit: &'static str },
}

impl Clause {
    fn text(&self) -> String {
        match self {
            Clause::Sex(Sex::Female) => "IFA 248152002 | Female (finding) |".to_owned(),
            Clause::Sex(Sex::Male) => "IFA 248153007 | Male (finding) |".to_owned(),
            Clause::Finding(concept) => format!("IFA {concept} | Some AND other |"),
            Clause::Age { onset, operator, thousandths, unit } => {
                let concept = if *onset { "445518008" } else { "424144002" };
                let (whole, part) = (thousandths / 1000, thousandths % 1000);
                format!("IFA {concept} | Age | {operator} {whole}.{part:03} {unit}")
            }
        }
    }

    /// What it may be of an age: a part of a month may be long or short.
    fn of_age(&self, lived: Lived) -> Vec<bool> {
        let Clause::Age { operator, thousandths, unit, .. } = self else { unreachable!() };
        let in_months = |limit: u64| match (limit / 1000, limit % 1000) {
            (whole, 0) if lived.months == whole && lived.exactly => vec![0],
            (whole, 0) => vec![if lived.months < whole { -1 } else { 1 }],
            (whole, _) if lived.months == whole && !lived.exactly => vec![-1, 0, 1],
            (whole, _) => vec![if lived.months <= whole { -1 } else { 1 }],
        };
        let in_days = |limit: u64| vec![(lived.days * 1000).cmp(&limit) as i32];
        let orders = match *unit {
            "years" => in_months(thousandths * 12),
            "months" => in_months(*thousandths),
            "weeks" => in_days(thousandths * 7),
            _ => in_days(*thousandths),
        };
        let holds = |order: i32| match *operator {
            "<" => order < 0,
            "<=" => order <= 0,
            ">" => order > 0,
            ">=" => order >= 0,
            _ => order == 0,
        };
        orders.into_iter().map(holds).collect()
    }
}

/// What is known, as the model knows it.
#[derive(Clone, Debug)]
struct Known {
    sex: Option<Sex>,
    onset: Option<Said>,
    now: Option<Said>,
    has: Vec<&'static str>,
    lacks: Vec<&'static str>,
    complete: bool,
}

/// A chain of three kinds, one apart, and one of which nobody knows.
const FINDINGS: [&str; 5] = ["101009", "90979004", "64572001", "232406009", "103007"];

impl Known {
    fn patient(&self) -> Patient {
        let mut patient = Patient::new()
            .sex(self.sex)
            .age_at_onset(self.onset.map(Said::age))
            .age_now(self.now.map(Said::age));
        for finding in &self.has {
            patient = patient.has(id(finding));
        }
        for finding in &self.lacks {
            patient = patient.lacks(id(finding));
        }
        if self.complete { patient.complete() } else { patient }
    }

    /// What patients may have, of whom this is known.
    fn lists(&self) -> Vec<Vec<&'static str>> {
        let above: [(&str, &str); 3] =
            [("101009", "90979004"), ("101009", "64572001"), ("90979004", "64572001")];
        let is_closed =
            |list: &[&str]| above.iter().all(|(k, of)| !list.contains(k) || list.contains(of));
        let implied = |finding: &str| {
            self.has.iter().any(|has| *has == finding || above.contains(&(*has, finding)))
        };
        let unplaced = "103007";
        (0..1 << FINDINGS.len())
            .map(|bits: u32| -> Vec<&'static str> {
                let all = FINDINGS.into_iter().enumerate();
                all.filter(|(place, _)| bits >> place & 1 == 1)
                    .map(|(_, finding)| finding)
                    .collect()
            })
            .filter(|list| is_closed(list))
            .filter(|list| self.has.iter().all(|finding| list.contains(finding)))
            .filter(|list| !self.lacks.iter().any(|finding| list.contains(finding)))
            .filter(|list| {
                // What is unplaced may be a kind of anything, and anything a kind of it.
                !self.complete
                    || self.has.contains(&unplaced)
                    || list.iter().all(|finding| {
                        implied(finding) || (*finding == unplaced && !self.has.is_empty())
                    })
            })
            .collect()
    }

    /// The values that these clauses may have together, over all patients.
    fn worlds(&self, clauses: &[Clause]) -> BTreeSet<Vec<Option<bool>>> {
        let none = vec![None; clauses.len()];
        let mut worlds = BTreeSet::from([none.clone()]);
        let sexes = match self.sex {
            Some(sex) => vec![sex],
            None => vec![Sex::Female, Sex::Male],
        };
        let of_sexes = sexes.into_iter().map(|sex| {
            fill(clauses, |clause| match clause {
                Clause::Sex(asked) => vec![Some(*asked == sex)],
                _ => vec![None],
            })
        });
        worlds = product(&worlds, &of_sexes.flatten().collect());
        let of_findings = self.lists().into_iter().map(|list| {
            fill(clauses, |clause| match clause {
                Clause::Finding(asked) => vec![Some(list.contains(asked))],
                _ => vec![None],
            })
        });
        worlds = product(&worlds, &of_findings.flatten().collect());
        for (at_onset, said) in [(true, self.onset), (false, self.now)] {
            let asked =
                |clause: &Clause| matches!(clause, Clause::Age { onset, .. } if *onset == at_onset);
            if !clauses.iter().any(asked) {
                continue;
            }
            let values: BTreeSet<_> = match said {
                // Anything may be: that no single clause is settled is all that is told of it.
                None => fill(clauses, |clause| match asked(clause) {
                    true => vec![Some(true), Some(false)],
                    false => vec![None],
                })
                .into_iter()
                .collect(),
                Some(said) => {
                    let of_ages = said.lives().into_iter().map(|lived| {
                        fill(clauses, |clause| match asked(clause) {
                            true => clause.of_age(lived).into_iter().map(Some).collect(),
                            false => vec![None],
                        })
                    });
                    of_ages.flatten().collect()
                }
            };
            worlds = product(&worlds, &values);
        }
        worlds
    }
}

/// All ways to choose a value for each clause.
fn fill(
    clauses: &[Clause],
    values: impl Fn(&Clause) -> Vec<Option<bool>>,
) -> Vec<Vec<Option<bool>>> {
    let mut filled = vec![Vec::new()];
    for clause in clauses {
        let values = values(clause);
        filled = filled
            .into_iter()
            .flat_map(|row: Vec<Option<bool>>| {
                values.iter().map(move |value| [row.as_slice(), &[*value]].concat())
            })
            .collect();
    }
    filled
}

/// Both said, of clauses on different facts.
fn product(
    one: &BTreeSet<Vec<Option<bool>>>,
    other: &BTreeSet<Vec<Option<bool>>>,
) -> BTreeSet<Vec<Option<bool>>> {
    let both = |a: &Vec<Option<bool>>, b: &Vec<Option<bool>>| {
        a.iter().zip(b).map(|(a, b)| a.or(*b)).collect()
    };
    one.iter().flat_map(|a| other.iter().map(move |b| both(a, b))).collect()
}

/// A rule and a patient, against all that the patient may be.
fn check(clauses: &[Clause], known: &Known) -> Result<(), TestCaseError> {
    let texts: Vec<String> = clauses.iter().map(Clause::text).collect();
    let text = texts.join(" AND ");
    let rule = MapRule::parse(&text).unwrap();
    let patient = known.patient();
    let worlds = known.worlds(clauses);
    let Ok(evaluated) = rule.evaluate(&patient, is_a) else {
        let ages = known.onset.is_some() && known.now.is_some();
        prop_assert!(ages || known.lists().is_empty(), "{text}: {known:?} is possible");
        return Ok(());
    };
    let truth = evaluated.truth;
    prop_assert_eq!(rule.truth(&patient, is_a), Ok(truth));
    prop_assert_eq!(truth == Truth::Unknown, !evaluated.missing.is_empty());
    let distinct: BTreeSet<String> =
        evaluated.missing.iter().map(|missing| format!("{missing:?}")).collect();
    prop_assert_eq!(distinct.len(), evaluated.missing.len(), "each reason once");
    if worlds.is_empty() {
        return Ok(());
    }
    let holds = |world: &Vec<Option<bool>>| world.iter().all(|value| *value == Some(true));
    let (all, none) = (worlds.iter().all(holds), !worlds.iter().any(holds));
    prop_assert!(truth != Truth::True || all, "{text} is not true of all that are {known:?}");
    prop_assert!(truth != Truth::False || none, "{text} is true of some that are {known:?}");
    let kind = |clause: &Clause| match clause {
        Clause::Sex(_) => 0,
        Clause::Finding(_) => 1,
        Clause::Age { onset: true, .. } => 2,
        Clause::Age { onset: false, .. } => 3,
    };
    let kinds: BTreeSet<u8> = clauses.iter().map(kind).collect();
    if kinds.len() == clauses.len() {
        let expected = match (all, none) {
            (true, _) => Truth::True,
            (_, true) => Truth::False,
            _ => Truth::Unknown,
        };
        prop_assert_eq!(truth, expected, "{} of {:?}: {:?}", text, known, evaluated.missing);
    }
    Ok(())
}

fn said() -> impl Strategy<Value = Said> {
    let last = births().len();
    prop_oneof![
        (0..20_u16, 0..2_u16).prop_map(|(first, more)| Said::Units('y', first, more)),
        (0..99_u16).prop_map(|first| Said::Units('y', first, 0)),
        (0..40_u16, 0..3_u16).prop_map(|(first, more)| Said::Units('m', first, more)),
        (0..120_u16, 0..3_u16).prop_map(|(first, more)| Said::Units('w', first, more)),
        (0..800_u16, 0..9_u16).prop_map(|(first, more)| Said::Units('d', first, more)),
        (5470..5485_u16).prop_map(|first| Said::Units('d', first, 0)),
        (0..last, 0..9_000_usize).prop_map(|(birth, days)| Said::Dates(birth, days)),
        (0..last, 0..70_usize).prop_map(|(birth, days)| Said::Dates(birth, days)),
    ]
}

fn age_clause() -> impl Strategy<Value = Clause> {
    let operator = select(&["<", "<=", ">", ">=", "="][..]);
    let limit = prop_oneof![
        (select(&[0, 1, 1, 2, 12, 15, 18, 19][..]), Just("years")),
        (select(&[0, 1, 1, 2, 6, 12, 24, 180][..]), Just("months")),
        (select(&[1, 2, 4, 5, 26, 52, 53, 782][..]), Just("weeks")),
        (select(&[7, 27, 28, 29, 30, 31, 59, 62, 364, 365, 366, 5478][..]), Just("days")),
        (0..100, Just("years")),
        (0..40, Just("months")),
        (0..120, Just("weeks")),
        (0..800, Just("days")),
    ];
    let part = select(&[0, 0, 0, 0, 500, 83][..]);
    (any::<bool>(), operator, limit, part).prop_map(|(onset, operator, (whole, unit), part)| {
        Clause::Age { onset, operator, thousandths: whole as u64 * 1000 + part, unit }
    })
}

/// What is said of an age, and a clause whose limit is about that age.
fn compared() -> impl Strategy<Value = (Said, Clause)> {
    let units = [("years", 365.25), ("months", 30.4375), ("weeks", 7.0), ("days", 1.0)];
    (said(), age_clause(), select(units.to_vec()), 0..4_u64).prop_map(
        |(said, clause, (unit, length), more)| {
            let days = match said {
                Said::Units('y', first, _) => f64::from(first) * 365.25,
                Said::Units('m', first, _) => f64::from(first) * 30.4375,
                Said::Units('w', first, _) => f64::from(first) * 7.0,
                Said::Units(_, first, _) => f64::from(first),
                Said::Dates(_, days) => days as f64,
            };
            let Clause::Age { onset, operator, thousandths, .. } = clause else { unreachable!() };
            let whole = ((days / length) as u64 + more).saturating_sub(1);
            let thousandths = whole * 1000 + thousandths % 1000;
            (said, Clause::Age { onset, operator, thousandths, unit })
        },
    )
}

fn clause() -> impl Strategy<Value = Clause> {
    prop_oneof![
        age_clause(),
        select(&[Sex::Female, Sex::Male][..]).prop_map(Clause::Sex),
        select(&FINDINGS[..]).prop_map(Clause::Finding),
    ]
}

fn known() -> impl Strategy<Value = Known> {
    let sex = option::of(select(&[Sex::Female, Sex::Male][..]));
    let has = subsequence(FINDINGS.to_vec(), 0..3);
    let lacks = prop_oneof![Just(Vec::new()), subsequence(FINDINGS.to_vec(), 0..3)];
    let ages = (option::of(said()), option::of(said()));
    (sex, ages, has, lacks, any::<bool>()).prop_map(|(sex, (onset, now), has, lacks, complete)| {
        Known { sex, onset, now, has, lacks, complete }
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn one_age_is_compared_as_all_days_that_it_may_be((said, clause) in compared()) {
        let nothing = Known {
            sex: None,
            onset: None,
            now: None,
            has: Vec::new(),
            lacks: Vec::new(),
            complete: false,
        };
        let known = match clause {
            Clause::Age { onset: true, .. } => Known { onset: Some(said), ..nothing },
            _ => Known { now: Some(said), ..nothing },
        };
        check(&[clause], &known)?;
    }

    #[test]
    fn findings_are_present_absent_or_unknown_in_all_lists_that_may_be(
        clauses in vec(select(&FINDINGS[..]).prop_map(Clause::Finding), 1..4),
        known in known(),
    ) {
        check(&clauses[..1], &Known { onset: None, now: None, ..known.clone() })?;
        check(&clauses, &Known { onset: None, now: None, ..known })?;
    }

    #[test]
    fn rules_hold_of_all_patients_that_may_be(clauses in vec(clause(), 1..4), known in known()) {
        check(&clauses, &known)?;
    }
}

#[test]
fn reasons_are_in_the_order_of_the_clauses() {
    let text = "IFA 424144002 < 1 day AND IFA 90979004 AND IFA 424144002 > 1 day AND IFA 248152002";
    let evaluated = MapRule::parse(text).unwrap().evaluate(&Patient::new(), is_a).unwrap();
    let reasons = [Missing::AgeNow, Missing::Finding(id("90979004")), Missing::Sex];
    assert_eq!(evaluated.missing, reasons);
}
