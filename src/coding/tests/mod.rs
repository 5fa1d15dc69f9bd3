//! Verdicts on invented releases: the cases of `testdata/coding/verdicts.tsv`.

mod properties;
mod verdicts;
