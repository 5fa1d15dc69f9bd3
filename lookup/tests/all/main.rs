//! The command, end to end: each verb is run as a process of its own, and what it prints is read.

mod codelist;
mod command_line;
mod common;
mod diff;
mod dmd;
mod ecl;
mod ended;
mod files;
mod history;
mod icd10;
mod kept;
mod killed;
mod lookup;
mod map;
mod products;
mod publish;
mod questions;
mod release_types;
mod rules;
mod scan;
mod validate;
