//! The fields of a table, read by their names.

use farr::coding::Severity;

use super::shape::Shape;
use super::tree::{Member, Node, Value};

/// The fields of a table that are as they have to be. Those that are not have been told.
#[derive(Clone, Copy, Debug)]
pub(super) struct Fields<'n> {
    members: &'n [Member],
    shape: &'static Shape,
    /// Whether anything of this table, or of those within it, was wrong.
    pub(super) is_whole: bool,
}

impl<'n> Fields<'n> {
    pub(super) fn new(members: &'n [Member], shape: &'static Shape, is_whole: bool) -> Fields<'n> {
        Fields { members, shape, is_whole }
    }

    /// A field, where it is there.
    pub(super) fn get(&self, name: &'static str) -> Option<&'n Node> {
        debug_assert!(self.shape.field(name).is_some(), "{name} is no field");
        Some(&self.member(name)?.node)
    }

    pub(super) fn member(&self, name: &str) -> Option<&'n Member> {
        self.members.iter().find(|member| member.key == name)
    }

    pub(super) fn text(&self, name: &'static str) -> Option<&'n str> {
        match &self.get(name)?.value {
            Value::Text(text) => Some(text),
            _ => None,
        }
    }

    pub(super) fn truth(&self, name: &'static str) -> Option<bool> {
        match &self.get(name)?.value {
            Value::Truth(truth) => Some(*truth),
            _ => None,
        }
    }

    pub(super) fn number(&self, name: &'static str) -> Option<u32> {
        match &self.get(name)?.value {
            Value::Number(number) => u32::try_from(*number).ok(),
            _ => None,
        }
    }

    /// The items of a list that are text.
    pub(super) fn texts(&self, name: &'static str) -> impl Iterator<Item = (&'n str, usize)> {
        self.items(name).iter().filter_map(|item| match &item.value {
            Value::Text(text) => Some((text.as_str(), item.span.start)),
            _ => None,
        })
    }

    pub(super) fn items(&self, name: &'static str) -> &'n [Node] {
        match self.get(name).map(|node| &node.value) {
            Some(Value::List(items)) => items,
            _ => &[],
        }
    }

    /// The severities of findings, by their codes.
    pub(super) fn severities(&self) -> impl Iterator<Item = (&'n str, Severity)> + use<'n> {
        let members = match self.get("severity").map(|node| &node.value) {
            Some(Value::Table(members)) => members.as_slice(),
            _ => &[],
        };
        members.iter().filter_map(|member| match &member.node.value {
            Value::Text(word) => Some((member.key.as_str(), Severity::named(word)?)),
            _ => None,
        })
    }
}
