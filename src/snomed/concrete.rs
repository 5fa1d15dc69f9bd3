//! Concrete values: exact decimals, strings, booleans.

use std::cmp::Ordering;

/// A concrete value of an attribute
/// ([relationship concrete values](https://docs.snomed.org/snomed-ct-specifications/snomed-ct-release-file-specification)).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ConcreteValue<'t> {
    /// `#500` or `#0.5`: a number, kept exactly.
    Decimal(Decimal<'t>),
    /// `"text"`: the text between the quotes, its escapes as published.
    String(&'t str),
    /// `true` or `false`.
    Boolean(bool),
}

impl<'t> ConcreteValue<'t> {
    /// Reads a value as RF2 writes it; `None` where it is none.
    ///
    /// ```
    /// use farr::snomed::ConcreteValue;
    /// assert_eq!(ConcreteValue::from_published("true"), Some(ConcreteValue::Boolean(true)));
    /// assert_eq!(ConcreteValue::from_published("five"), None);
    /// ```
    pub fn from_published(text: &'t str) -> Option<ConcreteValue<'t>> {
        if let Some(number) = text.strip_prefix('#') {
            return Decimal::new(number).map(ConcreteValue::Decimal);
        }
        if let Some(quoted) = text.strip_prefix('"') {
            return quoted.strip_suffix('"').map(ConcreteValue::String);
        }
        match text {
            _ if text.eq_ignore_ascii_case("true") => Some(ConcreteValue::Boolean(true)),
            _ if text.eq_ignore_ascii_case("false") => Some(ConcreteValue::Boolean(false)),
            _ => None,
        }
    }
}

impl std::fmt::Display for ConcreteValue<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            ConcreteValue::Decimal(number) => write!(f, "#{number}"),
            ConcreteValue::String(text) => write!(f, "\"{text}\""),
            ConcreteValue::Boolean(value) => write!(f, "{value}"),
        }
    }
}

/// A decimal number of any length, as published; compared exactly, so that 0.1 is 0.10 and nothing
/// is rounded.
#[derive(Clone, Copy, Debug)]
pub struct Decimal<'t> {
    published: &'t str,
    negative: bool,
    /// Without leading zeros.
    whole: &'t str,
    /// Without trailing zeros.
    fraction: &'t str,
}

impl<'t> Decimal<'t> {
    /// Reads digits with an optional sign and fraction; `None` for anything else.
    ///
    /// ```
    /// use farr::snomed::Decimal;
    /// assert_eq!(Decimal::new("2.50"), Decimal::new("+2.5"));
    /// assert!(Decimal::new("0.1") < Decimal::new("0.11"));
    /// assert_eq!(Decimal::new("1e3"), None);
    /// ```
    pub fn new(text: &'t str) -> Option<Decimal<'t>> {
        let unsigned = text.strip_prefix(['-', '+']).unwrap_or(text);
        let (whole, fraction) = unsigned.split_once('.').unwrap_or((unsigned, "0"));
        if whole.is_empty() || fraction.is_empty() {
            return None;
        }
        Decimal::of_xml(text)
    }

    /// Reads a decimal number as XML schemas have it: `.5` and `5.` are numbers too.
    pub(crate) fn of_xml(text: &'t str) -> Option<Decimal<'t>> {
        let unsigned = text.strip_prefix(['-', '+']).unwrap_or(text);
        let (whole, fraction) = unsigned.split_once('.').unwrap_or((unsigned, ""));
        let digits = |part: &str| part.bytes().all(|b| b.is_ascii_digit());
        if !digits(whole) || !digits(fraction) || whole.is_empty() && fraction.is_empty() {
            return None;
        }
        let (whole, fraction) = (whole.trim_start_matches('0'), fraction.trim_end_matches('0'));
        // There is one zero, whatever sign it was published with.
        let zero = whole.is_empty() && fraction.is_empty();
        let negative = text.starts_with('-') && !zero;
        Some(Decimal { published: text, negative, whole, fraction })
    }

    /// The number as published, without its `#`.
    pub fn as_published(&self) -> &'t str {
        self.published
    }
}

impl Ord for Decimal<'_> {
    fn cmp(&self, other: &Decimal<'_>) -> Ordering {
        let size = |one: &Decimal<'_>, other: &Decimal<'_>| {
            let whole = one.whole.len().cmp(&other.whole.len());
            // Digits behind the point compare as text, trailing zeros being gone.
            whole
                .then_with(|| one.whole.cmp(other.whole))
                .then_with(|| one.fraction.cmp(other.fraction))
        };
        match (self.negative, other.negative) {
            (false, false) => size(self, other),
            (true, true) => size(other, self),
            (true, false) => Ordering::Less,
            (false, true) => Ordering::Greater,
        }
    }
}

impl PartialOrd for Decimal<'_> {
    fn partial_cmp(&self, other: &Decimal<'_>) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for Decimal<'_> {
    fn eq(&self, other: &Decimal<'_>) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}

impl Eq for Decimal<'_> {}

impl std::fmt::Display for Decimal<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.published)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn zeros_and_signs_do_not_matter_where_they_mean_nothing() {
        let number = |text| Decimal::new(text).unwrap();
        assert_eq!(number("-0.0"), number("0"));
        assert_eq!(number("007.10"), number("7.1"));
        assert!(number("-2") < number("-1.5"));
        assert!(number("-1") < number("0.5"));
        assert!(number("10") > number("9.99"));
        assert!(Decimal::new("").is_none() && Decimal::new(".5").is_none());
    }

    proptest! {
        #[test]
        fn order_is_that_of_the_numbers(a in -10_000_i64..10_000, b in -10_000_i64..10_000) {
            let text = |n: i64| {
                let sign = if n < 0 { "-" } else { "" };
                format!("{sign}{}.{:03}", n.abs() / 1000, n.abs() % 1000)
            };
            let (one, other) = (text(a), text(b));
            let order = Decimal::new(&one).unwrap().cmp(&Decimal::new(&other).unwrap());
            prop_assert_eq!(order, a.cmp(&b));
        }
    }
}
