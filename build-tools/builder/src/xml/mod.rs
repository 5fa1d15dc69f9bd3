//! What the readers of XML files share: bounds, lines, entities, and elements as a tree.

mod bounded;
mod element;
mod entity;

pub(crate) use bounded::Bounded;
pub(crate) use element::{Element, Node, Stopped, is_within, read_children};
pub(crate) use entity::entity;
