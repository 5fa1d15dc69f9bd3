//! What the files of dm+d hold: every element of every record, and how an index stores it.
//!
//! One description for the reader of the XML files, for the writer and the reader of an index, and
//! for whoever wants to see every element of a product: [`Record::elements`](super).
//! Names are those of the
//! [technical specification of the data files](https://www.nhsbsa.nhs.uk/pharmacies-gp-practices-and-appliance-contractors/dictionary-medicines-and-devices-dmd)
//! and of its XML schemas.
//!
//! A [`Table`] is one kind of record. Its rows lie one behind the other, each as long as its columns
//! and links together. Where it has links there is one row more, whose links are the totals.

mod column;
mod list;
mod table;
mod tables;

pub use column::{Column, Kind};
pub use list::List;
pub use table::{Link, Order, Table, TableId};
pub use tables::TABLES;

pub(crate) use tables::*;
