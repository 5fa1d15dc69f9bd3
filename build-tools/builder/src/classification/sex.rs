//! What the values of GENDER_MASK mean, as the file itself shows.
//!
//! No public source explains them. But a file that limits the diseases of the female genital organs,
//! pregnancy and birth by one value, and those of the male genital organs by another, shows what both
//! mean; what it does not show stays unknown.

use std::collections::{BTreeMap, BTreeSet};

use farr::classification::SexLimit;
use farr::id::Icd10Range;
use farr::map::Sex;

use super::edition::{Class, ClassKind};
use farr::Icd10Code;

/// Diseases that only women have, and only men.
const FEMALE: [&str; 4] = ["C51-C58", "N70-N77", "N80-N98", "O00-O99"];
const MALE: [&str; 2] = ["C60-C63", "N40-N51"];

/// What each value means: a value that is not among them means something unknown.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Meanings(BTreeMap<u8, SexLimit>);

impl Meanings {
    /// Reads the meanings off the classes.
    ///
    /// The value of more than half of all codes, or their having none, is that of no limit. The value
    /// for women is the only other one that codes of the ranges for women have, and that for men
    /// likewise; where there are several, or it is the same, neither is known.
    pub(crate) fn of(classes: &[Class]) -> Meanings {
        let valued = || {
            classes
                .iter()
                .filter(|class| class.kind == ClassKind::Code)
                .filter_map(|class| Some((class.gender_mask, Icd10Code::parse(&class.code).ok()?)))
        };
        let mut counts: BTreeMap<Option<u8>, usize> = BTreeMap::new();
        valued().for_each(|(value, _)| *counts.entry(value).or_default() += 1);
        let all: usize = counts.values().sum();
        let any = counts.iter().find(|(_, count)| **count * 2 > all).map(|(value, _)| *value);
        let Some(any) = any else { return Meanings::default() };
        let within = |ranges: &[&str]| -> BTreeSet<u8> {
            let ranges: Vec<Icd10Range> =
                ranges.iter().filter_map(|range| range.parse().ok()).collect();
            let held = |code| ranges.iter().any(|range: &Icd10Range| range.contains(code));
            let values = valued().filter(|(value, code)| *value != any && held(*code));
            values.filter_map(|(value, _)| value).collect()
        };
        let mut meanings: BTreeMap<u8, SexLimit> =
            any.map(|any| (any, SexLimit::Any)).into_iter().collect();
        let (female, male) = (within(&FEMALE), within(&MALE));
        let single = |values: &BTreeSet<u8>| match values.len() {
            1 => values.first().copied(),
            _ => None,
        };
        if let (Some(female), Some(male)) = (single(&female), single(&male))
            && female != male
        {
            meanings.insert(female, SexLimit::Only(Sex::Female));
            meanings.insert(male, SexLimit::Only(Sex::Male));
        }
        Meanings(meanings)
    }

    /// The limit of a class.
    pub(crate) fn limit(&self, class: &Class) -> SexLimit {
        match class.gender_mask {
            None => SexLimit::NotStated,
            Some(value) => self.0.get(&value).copied().unwrap_or(SexLimit::NotUnderstood),
        }
    }

    /// Whether any class has a value whose meaning is not known.
    pub(crate) fn leave_open(&self, classes: &[Class]) -> bool {
        classes.iter().any(|class| self.limit(class) == SexLimit::NotUnderstood)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn classes(rows: &[(&str, Option<u8>)]) -> Vec<Class> {
        let class = |(code, gender_mask): &(&str, Option<u8>)| Class {
            gender_mask: *gender_mask,
            ..Class::bare(ClassKind::Code, code, None)
        };
        rows.iter().map(class).collect()
    }

    fn limits(rows: &[(&str, Option<u8>)]) -> Vec<SexLimit> {
        let classes = classes(rows);
        let meanings = Meanings::of(&classes);
        classes.iter().map(|class| meanings.limit(class)).collect()
    }

    #[test]
    fn values_mean_what_the_file_shows_by_them() {
        use SexLimit::{Any, NotStated, Only};
        let rows = [
            ("A00.0", Some(3)),
            ("E11.9", Some(3)),
            ("N60.0", Some(3)),
            ("I10", Some(3)),
            ("O80.0", Some(2)),
            ("N40", Some(1)),
            ("R10.2", None),
        ];
        let (female, male) = (Only(Sex::Female), Only(Sex::Male));
        assert_eq!(limits(&rows), [Any, Any, Any, Any, female, male, NotStated]);
        // The other way round: nothing is taken for granted.
        let turned = rows.map(|(code, value)| (code, value.map(|value| 4 - value % 4)));
        assert_eq!(limits(&turned)[4..6], [female, male]);
    }

    #[test]
    fn where_most_codes_have_no_value_those_that_have_one_are_limited() {
        use SexLimit::{NotStated, Only};
        let none = ["A00.0", "I10", "E11.9", "G35", "J46"].map(|code| (code, None));
        let limited = [("C53.0", Some(2)), ("O80.0", Some(2)), ("N40", Some(1))];
        let rows: Vec<_> = limited.into_iter().chain(none).collect();
        let expected = [Only(Sex::Female), Only(Sex::Female), Only(Sex::Male), NotStated];
        assert_eq!(limits(&rows)[..4], expected);
    }

    #[test]
    fn what_the_file_does_not_show_is_not_guessed() {
        use SexLimit::{Any, NotUnderstood};
        let both = [("A00.0", Some(0)), ("I10", Some(0)), ("O80.0", Some(1)), ("N40", Some(1))];
        let more = [("E11.9", Some(0)), ("E11.8", Some(0))];
        let rows: Vec<_> = both.into_iter().chain(more).collect();
        assert_eq!(limits(&rows)[..4], [Any, Any, NotUnderstood, NotUnderstood]);
        // No man, so nothing is known of women either.
        let rows = [("A00.0", Some(0)), ("I10", Some(0)), ("O80.0", Some(2))];
        assert_eq!(limits(&rows), [Any, Any, NotUnderstood]);
        // No value that most have.
        let rows = [("A00.0", Some(0)), ("I10", Some(1)), ("O80.0", Some(2)), ("N40", Some(3))];
        assert_eq!(limits(&rows), [NotUnderstood; 4]);
    }
}
