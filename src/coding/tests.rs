//! Verdicts over the golden indexes.
