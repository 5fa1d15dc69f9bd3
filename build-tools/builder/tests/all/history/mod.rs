//! What became of inactive concepts, and the tables that work it out beforehand.

mod concepts;
mod tables;
