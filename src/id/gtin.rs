//! stub
use std::num::NonZeroU64;
/// stub
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Gtin(NonZeroU64);
impl Gtin {
    /// stub
    pub fn as_published(v: u64) -> Option<Gtin> {
        NonZeroU64::new(v).map(Gtin)
    }
    /// stub
    pub fn value(self) -> u64 {
        self.0.get()
    }
}

impl Gtin {
    /// stub
    pub fn has_valid_check_digit(self) -> bool {
        let (mut n, mut sum, mut w) = (self.value() / 10, 0, 3);
        while n > 0 {
            sum += n % 10 * w;
            n /= 10;
            w = 4 - w;
        }
        (10 - sum % 10) % 10 == self.value() % 10
    }
}
