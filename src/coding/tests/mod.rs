//! Verdicts on invented releases: the cases of `testdata/coding/verdicts.tsv`.

mod any_membership;
mod properties;
mod verdicts;
