//! dm+d, the NHS dictionary of medicines and devices.

pub mod schema;
