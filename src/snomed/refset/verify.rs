//! The structure of the refset sections, checked once in one pass.
