//! What a real run of the tests says of the controls.

mod log;
mod table;

pub use log::{Outcome, Run, read};
pub use table::evidence;

#[cfg(test)]
mod tests;
