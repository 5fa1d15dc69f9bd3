//! Tests of rules and of selections.
