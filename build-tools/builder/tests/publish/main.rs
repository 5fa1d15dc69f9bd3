//! Published folders: what is published, who reads it meanwhile, and what holds when all goes wrong.
//!
//! A program of its own: it looks at what this process has mapped and locked, which a child that another
//! test starts would hold for a moment, and starts itself anew to be killed.

mod killed;
mod mapped;
mod published;
mod signed;
mod switched;
mod whole;
