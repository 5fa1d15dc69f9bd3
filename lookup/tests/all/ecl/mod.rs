//! `farr ecl`, of an index and of none.

mod answers;
mod check;
