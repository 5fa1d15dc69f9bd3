//! dm+d: its files, what is in them, where previous ids lead, and what its document says.

mod activity;
mod current;
mod docs;
mod elements;
mod files;
mod import;
mod methods;
mod schema;
