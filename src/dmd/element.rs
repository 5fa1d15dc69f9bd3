//! An element of a record, and what it holds.

use super::lookup::LookupEntry;
use crate::date::Date;
use crate::id::Sctid;
use crate::snomed::Decimal;

/// An element that is present in a record.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Element<'t> {
    /// Its name in the XML file, `VPIDPREV` say.
    pub name: &'static str,
    /// What it holds.
    pub value: ElementValue<'t>,
}

/// What an element holds. `Display` writes it as the file does, codes with their leading zeros.
#[derive(Clone, Copy, Debug, PartialEq)]
#[non_exhaustive]
pub enum ElementValue<'t> {
    /// An identifier.
    Id(Sctid),
    /// A code of a lookup list, with its words.
    Code(LookupEntry<'t>),
    /// The code of a lookup entry itself.
    Number(u64),
    /// Text.
    Text(&'t str),
    /// A decimal number, exactly as published.
    Decimal(Decimal<'t>),
    /// A day.
    Date(Date),
    /// A whole number, pence say.
    Integer(u32),
    /// A flag.
    Flag(bool),
    /// A Global Trade Item Number, whatever its check digit.
    Gtin(u64),
}

impl std::fmt::Display for ElementValue<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            ElementValue::Id(id) => write!(f, "{id}"),
            ElementValue::Code(entry) => f.write_str(&entry.code_text()),
            ElementValue::Number(number) => write!(f, "{number}"),
            ElementValue::Text(text) => f.write_str(text),
            ElementValue::Decimal(number) => write!(f, "{number}"),
            ElementValue::Date(date) => write!(f, "{date}"),
            ElementValue::Integer(number) => write!(f, "{number}"),
            ElementValue::Flag(flag) => write!(f, "{}", u8::from(*flag)),
            ElementValue::Gtin(number) => write!(f, "{number:013}"),
        }
    }
}
