//! The `farr` command.

fn main() {}
