//! What was said of rows that came before: a few codes are most of a column.

/// Rows that are remembered.
const PLACES: usize = 1 << 13;
/// Bytes of a row that is remembered at most, so that memory stays small.
const LONGEST: usize = 256;

/// Answers to recent rows. Each row has one place, which the next one of that place takes: memory is
/// bounded, and no choice of rows makes it slow.
#[derive(Debug)]
pub(super) struct Memo<A> {
    places: Vec<Place<A>>,
    /// The answer to a row that is too long to be remembered.
    last: Option<A>,
}

#[derive(Debug)]
struct Place<A> {
    asked: Vec<u8>,
    answer: Option<A>,
}

impl<A> Memo<A> {
    pub(super) fn new() -> Memo<A> {
        let places = (0..PLACES).map(|_| Place { asked: Vec::new(), answer: None });
        Memo { places: places.collect(), last: None }
    }

    /// The answer to what these bytes ask: remembered, or made.
    pub(super) fn answer(&mut self, asked: &[u8], make: impl FnOnce() -> A) -> &A {
        if asked.len() > LONGEST {
            return self.last.insert(make());
        }
        let place = hash(asked) as usize % PLACES;
        let Some(place) = self.places.get_mut(place) else { return self.last.insert(make()) };
        if place.asked != asked {
            place.answer = None;
            place.asked.clear();
            place.asked.extend_from_slice(asked);
        }
        place.answer.get_or_insert_with(make)
    }
}

/// Spreads bytes over numbers. Rows that share a place on purpose gain nothing but the time that each
/// of them takes anyway.
fn hash(bytes: &[u8]) -> u64 {
    const FACTOR: u64 = 0x9e37_79b9_7f4a_7c15;
    let (whole, rest) = bytes.as_chunks::<8>();
    let mut last = [0; 8];
    for (to, from) in last.iter_mut().zip(rest) {
        *to = *from;
    }
    let mut hash = bytes.len() as u64;
    for word in whole.iter().chain([&last]) {
        hash = (hash.rotate_left(5) ^ u64::from_le_bytes(*word)).wrapping_mul(FACTOR);
    }
    hash >> 32
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_asked_is_not_asked_again() {
        let mut memo = Memo::new();
        assert_eq!(*memo.answer(b"22298006", || 1), 1);
        assert_eq!(*memo.answer(b"22298006", || 2), 1);
        assert_eq!(*memo.answer(b"22298007", || 3), 3);
        let long = [b'1'; LONGEST + 1];
        assert_eq!(*memo.answer(&long, || 4), 4);
        assert_eq!(*memo.answer(&long, || 5), 5);
    }

    #[test]
    fn every_answer_is_that_of_its_row() {
        let mut memo = Memo::new();
        for round in 0..3 {
            for row in 0..PLACES as u64 * 3 {
                let asked = row.to_string();
                assert_eq!(*memo.answer(asked.as_bytes(), || row), row, "round {round}");
            }
        }
    }

    #[test]
    fn rows_are_spread() {
        let mut taken = vec![0; PLACES];
        for row in 0..PLACES as u64 {
            taken[hash((row * 10_000 + 24_700_007).to_string().as_bytes()) as usize % PLACES] += 1;
        }
        assert!(taken.iter().max().unwrap() < &12);
        assert!(taken.iter().filter(|count| **count > 0).count() > PLACES / 2);
    }
}
