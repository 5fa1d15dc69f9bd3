//! What a ClaML file says, as far as it is read.

use std::collections::HashSet;

use farr::id::DaggerAsterisk;

use crate::classification::edition::ClassText;

/// A file of ClaML.
#[derive(Debug, Default)]
pub(in crate::classification) struct Claml {
    pub(in crate::classification) title: Option<String>,
    pub(in crate::classification) version: Option<String>,
    pub(in crate::classification) date: Option<u32>,
    pub(super) modifiers: Vec<Modifier>,
    pub(super) modifier_classes: Vec<ModifierClass>,
    pub(super) classes: Vec<ClamlClass>,
}

/// A `Modifier`: what its classes, in the order of [`Claml::modifier_classes`], divide by.
#[derive(Debug, Default)]
pub(super) struct Modifier {
    pub(super) code: String,
    /// Its texts that are no titles.
    pub(super) texts: Vec<ClassText>,
}

/// A `ModifierClass`: one of the characters of a modifier.
#[derive(Debug, Default)]
pub(super) struct ModifierClass {
    pub(super) modifier: String,
    pub(super) code: String,
    pub(super) usage: Option<DaggerAsterisk>,
    /// Modifiers and classes of them behind which it does not stand.
    pub(super) not_after: Vec<(String, String)>,
    pub(super) texts: Vec<ClassText>,
    pub(super) line: u64,
}

/// A `Class`.
#[derive(Debug, Default)]
pub(super) struct ClamlClass {
    pub(super) code: String,
    pub(super) kind: String,
    pub(super) usage: Option<DaggerAsterisk>,
    /// The classes above it, as it names them.
    pub(super) above: Vec<String>,
    /// The classes below it, as it names them.
    pub(super) below: Vec<String>,
    pub(super) modified_by: Vec<ModifiedBy>,
    pub(super) not_modified_by: Vec<String>,
    /// Modifiers that its texts of the kind `modifierlink` refer to.
    pub(super) linked: Vec<String>,
    pub(super) texts: Vec<ClassText>,
    pub(super) line: u64,
}

/// A `ModifiedBy`: that a class and those below it are divided by a modifier.
#[derive(Debug, Default)]
pub(super) struct ModifiedBy {
    pub(super) modifier: String,
    /// The classes of the modifier that are valid; `None` where all are.
    pub(super) valid: Option<HashSet<String>>,
    pub(super) position: Option<u32>,
}
