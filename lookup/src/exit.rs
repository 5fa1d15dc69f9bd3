//! What the process ends with. These numbers are an interface: scripts branch on them.

/// Found, valid or answered; `not-classified` is an answer.
pub(crate) const ANSWERED: u8 = 0;
/// Not found, or not valid.
pub(crate) const NOT_FOUND: u8 = 1;
/// Wrong usage, or an argument that cannot be read.
pub(crate) const USAGE: u8 = 2;
/// Data or an index that cannot be read: absent, damaged, of another format.
pub(crate) const BAD_DATA: u8 = 3;
