//! Numbers and times compared.

use std::cmp::Ordering;

use farr::ecl::syntax::{Order, Time};

/// A decimal number: its sign, its digits before the point and those behind it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Decimal {
    negative: bool,
    whole: String,
    fraction: String,
}

impl Decimal {
    pub(super) fn read(text: &str) -> Option<Decimal> {
        let digits = text.trim_start_matches(['+', '-']);
        let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
        let plain = |part: &str| part.chars().all(|digit| digit.is_ascii_digit());
        if whole.is_empty() || !plain(whole) || !plain(fraction) {
            return None;
        }
        let whole = whole.trim_start_matches('0').to_owned();
        let fraction = fraction.trim_end_matches('0').to_owned();
        let zero = whole.is_empty() && fraction.is_empty();
        Some(Decimal { negative: text.starts_with('-') && !zero, whole, fraction })
    }

    pub(super) fn cmp(&self, other: &Decimal) -> Ordering {
        let size = |left: &Decimal, right: &Decimal| {
            let length = left.whole.len().cmp(&right.whole.len());
            length
                .then_with(|| left.whole.cmp(&right.whole))
                .then_with(|| left.fraction.cmp(&right.fraction))
        };
        match (self.negative, other.negative) {
            (false, true) => Ordering::Greater,
            (true, false) => Ordering::Less,
            (false, false) => size(self, other),
            (true, true) => size(other, self),
        }
    }
}

pub(super) fn in_order(order: Order, ordering: Ordering) -> bool {
    match order {
        Order::Equal => ordering.is_eq(),
        Order::NotEqual => ordering.is_ne(),
        Order::Less => ordering.is_lt(),
        Order::LessOrEqual => ordering.is_le(),
        Order::Greater => ordering.is_gt(),
        Order::GreaterOrEqual => ordering.is_ge(),
    }
}

/// Whether a published time is one of these, or none of them for `!=`; or before or behind any of
/// them, which a blank one never is.
pub(super) fn is_of_times(published: &str, order: Order, times: &[Time]) -> bool {
    let own: Option<u32> = published.get(..8).and_then(|date| date.parse().ok());
    match order {
        Order::Equal => times.contains(&Time(own)),
        Order::NotEqual => !times.contains(&Time(own)),
        _ => times.iter().any(|time| {
            own.zip(time.0).is_some_and(|(own, other)| in_order(order, own.cmp(&other)))
        }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn decimals_compare_as_numbers() {
        let read = |text| Decimal::read(text).expect("a number");
        for (left, right, ordering) in [
            ("10", "9", Ordering::Greater),
            ("0.5", "0.50", Ordering::Equal),
            ("-2", "1", Ordering::Less),
            ("-2", "-10", Ordering::Greater),
            ("0.05", "0.5", Ordering::Less),
            ("-0", "0", Ordering::Equal),
        ] {
            assert_eq!(read(left).cmp(&read(right)), ordering, "{left} {right}");
        }
        assert!(Decimal::read("x").is_none());
    }

    #[test]
    fn a_blank_time_is_before_and_behind_nothing() {
        let day = [Time(Some(20_260_801))];
        assert!(is_of_times("20260801", Order::Equal, &day));
        assert!(is_of_times("20200131", Order::Less, &day));
        assert!(!is_of_times("", Order::Less, &day) && !is_of_times("", Order::Greater, &day));
        assert!(is_of_times("", Order::Equal, &[Time(None)]));
    }
}
