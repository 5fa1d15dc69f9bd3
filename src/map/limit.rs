//! What an age is compared with.

use std::fmt;

use super::age::Age;
use super::truth::Truth;

/// How an age is compared with a limit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Operator {
    /// `<`
    Less,
    /// `<=`
    LessOrEqual,
    /// `>`
    Greater,
    /// `>=`
    GreaterOrEqual,
    /// `=`
    Equal,
}

/// What a limit is counted in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Unit {
    /// Years, of twelve months.
    Years,
    /// Months of the calendar.
    Months,
    /// Weeks, of seven days.
    Weeks,
    /// Days.
    Days,
}

/// A number of years, months, weeks or days, to a thousandth.
///
/// # Example
/// ```
/// use farr::map::{AgeLimit, ClauseKind, Condition, MapRule, Unit};
///
/// let rule = MapRule::parse("IFA 445518008 | Age at onset | < 28.0 days")?;
/// let Condition::Clauses([clause]) = rule.condition() else { panic!("it has one clause") };
/// let ClauseKind::Age { limit, .. } = clause.kind() else { panic!("it is on age") };
/// assert_eq!((limit.unit(), limit.thousandths()), (Unit::Days, 28_000));
/// assert_eq!(limit.to_string(), "28.0 days");
/// # Ok::<(), farr::map::MapRuleError>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct AgeLimit {
    thousandths: u32,
    unit: Unit,
}

impl AgeLimit {
    pub(super) fn new(thousandths: u32, unit: Unit) -> AgeLimit {
        AgeLimit { thousandths, unit }
    }

    /// So many of a unit.
    pub(crate) fn of(number: u32, unit: Unit) -> AgeLimit {
        AgeLimit::new(number.saturating_mul(1000), unit)
    }

    /// Returns the number, times a thousand.
    #[must_use]
    pub const fn thousandths(self) -> u32 {
        self.thousandths
    }

    /// Returns the unit.
    #[must_use]
    pub const fn unit(self) -> Unit {
        self.unit
    }

    /// Compares all that an age may be with it.
    #[inline]
    pub(crate) fn compare(self, age: Age, operator: Operator) -> Truth {
        let thousandths = u64::from(self.thousandths);
        let (thousandths, bounds, in_months) = match self.unit {
            Unit::Years => (thousandths.saturating_mul(12), age.in_months(), true),
            Unit::Months => (thousandths, age.in_months(), true),
            Unit::Weeks => (thousandths.saturating_mul(7), age.in_days(), false),
            Unit::Days => (thousandths, age.in_days(), false),
        };
        let fraction = thousandths % 1000 != 0;
        let step = (thousandths / 1000).saturating_mul(2).saturating_add(u64::from(fraction));
        let (low, high) = (u64::from(bounds.low), u64::from(bounds.high));
        let among = low <= step && step <= high;
        // The calendar gives a part of a month no length: where the limit lies within a month, all
        // of the same month may lie on either side of it. No age is a part of a day.
        let within = among && fraction && in_months;
        let equal = among && (in_months || !fraction);
        let less = low < step || within;
        let greater = high > step || within;
        let (holds, fails) = match operator {
            Operator::Less => (less, equal || greater),
            Operator::LessOrEqual => (less || equal, greater),
            Operator::Greater => (greater, equal || less),
            Operator::GreaterOrEqual => (greater || equal, less),
            Operator::Equal => (equal, less || greater),
        };
        match (holds, fails) {
            (true, false) => Truth::True,
            (false, true) => Truth::False,
            _ => Truth::Unknown,
        }
    }
}

/// The sign.
impl fmt::Display for Operator {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Operator::Less => "<",
            Operator::LessOrEqual => "<=",
            Operator::Greater => ">",
            Operator::GreaterOrEqual => ">=",
            Operator::Equal => "=",
        })
    }
}

/// The plural, in lower case.
impl fmt::Display for Unit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Unit::Years => "years",
            Unit::Months => "months",
            Unit::Weeks => "weeks",
            Unit::Days => "days",
        })
    }
}

/// As rules spell it: with a decimal, and as many as it takes.
impl fmt::Display for AgeLimit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (whole, part, unit) = (self.thousandths / 1000, self.thousandths % 1000, self.unit);
        match (part % 100, part % 10) {
            (0, _) => write!(f, "{whole}.{} {unit}", part / 100),
            (_, 0) => write!(f, "{whole}.{:02} {unit}", part / 10),
            _ => write!(f, "{whole}.{part:03} {unit}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// An age, and what is true, false and unknown of it.
    const COMPARED: &[(&str, &str, &str, &str)] = &[
        ("27d", "< 28.0 days|<= 27.0 days|< 4.0 weeks|< 1.0 months|> 0.0 years", "= 28.0 days", ""),
        (
            "28d",
            ">= 28.0 days|= 4.0 weeks|<= 1.0 months",
            "< 28.0 days|> 1.0 months",
            "< 1.0 months",
        ),
        ("31d", ">= 1.0 months|> 4.0 weeks", "< 1.0 months", "> 1.0 months|= 1.0 months"),
        ("32d", "> 1.0 months|> 0.083 years", "= 1.0 months", ""),
        ("3w", "< 28.0 days|>= 3.0 weeks|< 1.0 months", ">= 4.0 weeks", "> 3.0 weeks|< 25.0 days"),
        ("4w", ">= 28.0 days", "< 28.0 days", "< 1.0 months|= 4.0 weeks"),
        ("0m", "< 1.0 months|< 1.0 years|< 5.0 weeks|< 31.0 days", ">= 31.0 days", "< 28.0 days"),
        ("1m", ">= 28.0 days|>= 1.0 months|< 62.0 days", "< 28.0 days", "< 60.0 days|> 1.0 months"),
        ("14y", "< 15.0 years|<= 15.0 years|< 180.0 months", ">= 15.0 years", "<= 14.0 years"),
        ("15y", ">= 15.0 years|> 780.0 weeks", "< 15.0 years", "<= 15.0 years|= 15.0 years"),
        ("18y", "< 19.0 years|>= 18.0 years", "> 19.0 years", "<= 18.0 years|> 18.0 years"),
        ("40y", ">= 28.0 days|> 2000.0 weeks", "< 28.0 days", "< 40.5 years"),
        ("6m", ">= 0.5 years|< 0.6 years", "> 0.6 years", "= 0.5 years|> 26.0 weeks"),
    ];

    #[test]
    fn a_comparison_is_unknown_where_the_age_does_not_settle_it() {
        for (age, holds, fails, unsettled) in COMPARED {
            let expected =
                [(holds, Truth::True), (fails, Truth::False), (unsettled, Truth::Unknown)];
            for (comparisons, expected) in expected {
                for comparison in comparisons.split('|').filter(|text| !text.is_empty()) {
                    assert_eq!(compared(age, comparison), expected, "{age} {comparison}");
                }
            }
        }
    }

    fn compared(age: &str, comparison: &str) -> Truth {
        use crate::map::{ClauseKind, Condition, MapRule};
        let text = format!("IFA 445518008 | Age at onset | {comparison}");
        let rule = MapRule::parse(&text).unwrap();
        let Condition::Clauses([clause]) = rule.condition() else { panic!("{text}") };
        let ClauseKind::Age { operator, limit, .. } = clause.kind() else { panic!("{text}") };
        limit.compare(age.parse().unwrap(), operator)
    }

    #[test]
    fn a_limit_within_a_month_is_not_settled_by_a_day_of_that_month() {
        let age = Age::between("2001-01-01".parse().unwrap(), "2001-02-10".parse().unwrap());
        let age = age.unwrap();
        let limit = |thousandths| AgeLimit::new(thousandths, Unit::Months);
        assert_eq!(limit(1_500).compare(age, Operator::Less), Truth::Unknown);
        assert_eq!(limit(1_500).compare(age, Operator::Equal), Truth::Unknown);
        assert_eq!(limit(2_500).compare(age, Operator::Less), Truth::True);
        assert_eq!(limit(900).compare(age, Operator::Less), Truth::False);
    }

    #[test]
    fn limits_are_spelled_as_in_rules() {
        for (thousandths, spelled) in
            [(28_000, "28.0"), (500, "0.5"), (1_250, "1.25"), (83, "0.083")]
        {
            let shown = AgeLimit::new(thousandths, Unit::Weeks).to_string();
            assert_eq!(shown, format!("{spelled} weeks"));
        }
    }
}
