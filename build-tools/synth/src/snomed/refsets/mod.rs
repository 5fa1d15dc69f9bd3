//! Reference sets, one file for each idea.

mod association;
mod descriptor;
mod inactivation;
mod language;
mod module_dependency;
mod mrcm;
mod patterns;
mod simple;

pub(crate) use association::HEADER as ASSOCIATION;
pub(crate) use descriptor::HEADER as DESCRIPTOR;
pub(crate) use inactivation::HEADER as ATTRIBUTE_VALUE;
pub(crate) use language::HEADER as LANGUAGE;
pub(crate) use module_dependency::HEADER as MODULE_DEPENDENCY;
pub(crate) use mrcm::header as pattern_header;
pub(crate) use patterns::{PATTERNS, Pattern};
pub(crate) use simple::HEADER as SIMPLE;
