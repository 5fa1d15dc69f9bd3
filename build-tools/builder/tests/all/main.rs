//! The builder, and the runtime on what it builds: one program, so that it is linked once.
//!
//! Apart from it stand `allocation`, whose allocator counts for the whole process, and `publish`,
//! which looks at what its process has mapped and locked.

mod damage;
mod diff;
mod dmd;
mod ecl;
mod expressions;
mod format;
mod history;
mod maps;
mod release;
mod security;
mod support;
