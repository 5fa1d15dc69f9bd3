//! The tests that `cargo test --workspace` runs, read off the sources.
//!
//! Nothing is compiled: manifests give the test binaries, and `mod` items lead from the root of each
//! to every file that is part of it. A test that cannot be reached so does not run, wherever its
//! text stands.

mod condition;
mod items;
mod target;
mod walk;

pub use condition::Conditions;
pub use target::{Kind, Target, targets};
pub use walk::FoundTest;

#[cfg(test)]
mod tests;
