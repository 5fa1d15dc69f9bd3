//! What is known of a code, gathered into data of its own: an answer leaves the index only once it
//! is known that nothing damaged was read on the way.

pub(crate) mod concept;
pub(crate) mod current;
pub(crate) mod description;
pub(crate) mod dictionary;
pub(crate) mod draw;
pub(crate) mod draw_history;
pub(crate) mod draw_product;
pub(crate) mod draw_rubric;
pub(crate) mod expression;
pub(crate) mod field;
pub(crate) mod gtin;
pub(crate) mod history;
pub(crate) mod map;
pub(crate) mod nhs;
pub(crate) mod pack;
pub(crate) mod product;
mod product_facts;
pub(crate) mod product_tree;
pub(crate) mod release;
pub(crate) mod rubric;
pub(crate) mod scan;
pub(crate) mod sctid;
