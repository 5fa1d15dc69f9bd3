//! `farr map`, of concepts, codes and columns, and its document.

mod column;
mod concepts;
mod docs;
mod elsewhere;
