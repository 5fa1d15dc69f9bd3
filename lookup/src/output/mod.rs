//! How answers are written: for people, and for other programs.

pub(crate) mod format;
pub(crate) mod html;
pub(crate) mod number;
pub(crate) mod palette;
pub(crate) mod records;
pub(crate) mod table;
pub(crate) mod text;
