//! `farr validate`, of tables of every format.

#[cfg(feature = "parquet")]
mod parquet;
mod patients;
mod planted;
mod tables;
mod words;
