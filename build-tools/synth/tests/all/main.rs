//! What the generator writes, read as any reader would read it.

mod committed;
mod dmd;
mod history;
mod icd10;
mod next;
mod release;
mod release_types;
mod support;
