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
