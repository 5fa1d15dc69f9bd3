//! Offline builder of farr indexes: reads SNOMED CT RF2 releases, checks them, and publishes one verified file.

pub mod section;
