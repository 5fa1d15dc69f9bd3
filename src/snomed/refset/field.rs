//! Fields: what a refset says of its members beyond that they are members.

use std::fmt;

use super::component::Component;
use super::descriptor::FieldDescriptor;
use super::text::MemberText;
use super::{Refset, table::Column};

/// What a field holds, as the letters of the file name say.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum FieldType {
    /// `c`: a component.
    Component,
    /// `i`: an integer.
    Integer,
    /// `s`: a text; times and UUIDs too.
    String,
}

impl FieldType {
    pub(super) fn of_letter(letter: u8) -> Option<FieldType> {
        match letter {
            b'c' => Some(FieldType::Component),
            b'i' => Some(FieldType::Integer),
            b's' => Some(FieldType::String),
            _ => None,
        }
    }

    /// Its letter in file names: `c`, `i` or `s`.
    pub fn letter(self) -> char {
        match self {
            FieldType::Component => 'c',
            FieldType::Integer => 'i',
            FieldType::String => 's',
        }
    }
}

/// One field of a refset.
#[derive(Clone, Copy)]
pub struct Field<'t> {
    refset: Refset<'t>,
    column: Column<'t>,
    position: usize,
}

impl fmt::Debug for Field<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Field({}, {:?})", self.name(), self.field_type())
    }
}

impl<'t> Field<'t> {
    /// Its name, as the header of the file has it.
    pub fn name(self) -> &'t str {
        self.column.name()
    }

    /// What it holds.
    pub fn field_type(self) -> FieldType {
        self.column.field_type
    }

    /// Its place behind the referenced component, counted from 1: the `attributeOrder` of its
    /// descriptor.
    pub fn position(self) -> usize {
        self.position
    }

    /// Whether rows are found by its value: see [`Refset::members_with_target`] and
    /// [`Refset::members_with_text`].
    pub fn is_ordered(self) -> bool {
        self.column.is_ordered()
    }

    /// What the refset descriptor says of it; `None` where it says nothing.
    pub fn descriptor(self) -> Option<FieldDescriptor<'t>> {
        self.refset.descriptor(self.position)
    }
}

/// The fields of a refset, in the order of the file; of a refset with rows in several kinds of
/// file those of each, one of a name and type.
#[derive(Clone, Copy, Debug)]
pub struct Fields<'t> {
    refset: Refset<'t>,
    part: usize,
    next: usize,
}

impl<'t> Fields<'t> {
    pub(super) fn of(refset: Refset<'t>) -> Fields<'t> {
        Fields { refset, part: 0, next: 0 }
    }

    /// Whether an earlier part has a field of this name and type.
    fn stood(&self, column: Column<'t>) -> bool {
        self.refset.parts().take(self.part).any(|part| {
            let table = self.refset.snomed.refset_table(part.table);
            table.is_some_and(|table| {
                table.columns().any(|other| {
                    other.name() == column.name() && other.field_type == column.field_type
                })
            })
        })
    }
}

impl<'t> Iterator for Fields<'t> {
    type Item = Field<'t>;

    fn next(&mut self) -> Option<Field<'t>> {
        loop {
            let part = self.refset.parts().nth(self.part)?;
            let table = self.refset.snomed.refset_table(part.table)?;
            let Some(column) = table.column(self.next) else {
                self.part += 1;
                self.next = 0;
                continue;
            };
            self.next += 1;
            if !self.stood(column) {
                return Some(Field { refset: self.refset, column, position: self.next });
            }
        }
    }
}

/// The value of a field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FieldValue<'t> {
    /// A component; [`Component::None`] where the column is empty.
    Component(Component<'t>),
    /// An integer.
    Integer(i32),
    /// A text; also what stands in a column of components and is no SCTID.
    Text(MemberText<'t>),
}

impl<'t> FieldValue<'t> {
    /// The component, where it is one.
    pub fn component(self) -> Option<Component<'t>> {
        match self {
            FieldValue::Component(component) => Some(component),
            _ => None,
        }
    }

    /// The integer, where it is one.
    pub fn integer(self) -> Option<i32> {
        match self {
            FieldValue::Integer(integer) => Some(integer),
            _ => None,
        }
    }

    /// The text, where it is one.
    pub fn text(self) -> Option<MemberText<'t>> {
        match self {
            FieldValue::Text(text) => Some(text),
            _ => None,
        }
    }
}

/// The value as published.
impl fmt::Display for FieldValue<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            FieldValue::Component(component) => component.fmt(f),
            FieldValue::Integer(integer) => integer.fmt(f),
            FieldValue::Text(text) => text.fmt(f),
        }
    }
}
