//! The schema of its own that Arrow keeps in a Parquet file, with fields more.
//!
//! It is a [message of Arrow](https://arrow.apache.org/docs/format/Columnar.html), a
//! [FlatBuffer](https://flatbuffers.dev/internals/), in Base64. A FlatBuffer points forward only, so
//! what there was is kept as it is, whatever it says, and a new beginning is put before it: a new
//! message and a new list of fields, which point at the old fields and at the new ones.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

/// What a message begins with since version 0.15 of Arrow.
const CONTINUES: u32 = u32::MAX;
/// The header of a message that is a schema.
const SCHEMA: u8 = 1;
/// The type of a field that is text.
const UTF8: u8 = 5;

/// The members of the tables, by their places.
mod member {
    pub(super) const MESSAGE_VERSION: usize = 0;
    pub(super) const MESSAGE_HEADER_TYPE: usize = 1;
    pub(super) const MESSAGE_HEADER: usize = 2;
    pub(super) const MESSAGE_METADATA: usize = 4;
    pub(super) const SCHEMA_ENDIANNESS: usize = 0;
    pub(super) const SCHEMA_FIELDS: usize = 1;
    pub(super) const SCHEMA_METADATA: usize = 2;
    pub(super) const SCHEMA_FEATURES: usize = 3;
}

/// The schema with these fields of text behind its own, the first of which is always there; `None`
/// where it cannot be read.
pub(super) fn with_columns(schema: &str, added: &[String]) -> Option<String> {
    let message = STANDARD.decode(schema).ok()?;
    let buffer = match read_u32(&message, 0)? {
        CONTINUES => message.get(8..)?,
        _ => message.get(4..)?,
    };
    let extended = extended(buffer, added)?;
    let mut message = CONTINUES.to_le_bytes().to_vec();
    message.extend_from_slice(&u32::try_from(extended.len()).ok()?.to_le_bytes());
    message.extend_from_slice(&extended);
    Some(STANDARD.encode(message))
}

fn extended(old: &[u8], added: &[String]) -> Option<Vec<u8>> {
    let message = follow(old, 0)?;
    if read_member(old, message, member::MESSAGE_HEADER_TYPE).and_then(|at| old.get(at).copied())
        != Some(SCHEMA)
    {
        return None;
    }
    let schema = follow(old, read_member(old, message, member::MESSAGE_HEADER)?)?;
    let fields = follow(old, read_member(old, schema, member::SCHEMA_FIELDS)?)?;
    let count = read_u32(old, fields)? as usize;
    let field = |place: usize| follow(old, fields.checked_add(4)?.checked_add(place * 4)?);
    // A count that is not that of the buffer ends at the first field that is not there.
    let fields: Vec<usize> = (0..count).map(field).collect::<Option<_>>()?;
    let number = |table, place| read_member(old, table, place).and_then(|at| read_u16(old, at));
    let old_part = |table, place| {
        read_member(old, table, place).and_then(|at| follow(old, at)).map(Target::Old)
    };

    let mut new = Beginning::default();
    let [to_message, to_schema, to_fields] = [new.label(), new.label(), new.label()];
    new.offset(to_message);
    new.table(
        to_message,
        &[
            Some(Member::Number(number(message, member::MESSAGE_VERSION).unwrap_or(0))),
            Some(Member::Byte(SCHEMA)),
            Some(Member::Offset(to_schema)),
            None,
            old_part(message, member::MESSAGE_METADATA).map(Member::Offset),
        ],
    );
    new.table(
        to_schema,
        &[
            Some(Member::Number(number(schema, member::SCHEMA_ENDIANNESS).unwrap_or(0))),
            Some(Member::Offset(to_fields)),
            old_part(schema, member::SCHEMA_METADATA).map(Member::Offset),
            old_part(schema, member::SCHEMA_FEATURES).map(Member::Offset),
        ],
    );
    let own: Vec<Target> = added.iter().map(|_| new.label()).collect();
    let all: Vec<Target> = fields.into_iter().map(Target::Old).chain(own.iter().copied()).collect();
    new.vector(to_fields, &all)?;
    for (place, (label, name)) in own.into_iter().zip(added).enumerate() {
        let [to_name, to_type, to_children] = [new.label(), new.label(), new.label()];
        new.table(
            label,
            &[
                Some(Member::Offset(to_name)),
                Some(Member::Byte(u8::from(place > 0))),
                Some(Member::Byte(UTF8)),
                Some(Member::Offset(to_type)),
                None,
                Some(Member::Offset(to_children)),
            ],
        );
        new.text(to_name, name)?;
        new.table(to_type, &[]);
        new.vector(to_children, &[])?;
    }
    new.before(old)
}

fn read_u16(bytes: &[u8], at: usize) -> Option<u16> {
    Some(u16::from_le_bytes(*bytes.get(at..)?.first_chunk()?))
}

fn read_u32(bytes: &[u8], at: usize) -> Option<u32> {
    Some(u32::from_le_bytes(*bytes.get(at..)?.first_chunk()?))
}

/// Where the offset that stands here points.
fn follow(bytes: &[u8], at: usize) -> Option<usize> {
    at.checked_add(read_u32(bytes, at)? as usize)
}

/// Where a member of a table stands; `None` where the table does not have it.
fn read_member(bytes: &[u8], table: usize, place: usize) -> Option<usize> {
    let back = read_u32(bytes, table)? as i32;
    let places = usize::try_from(i64::try_from(table).ok()? - i64::from(back)).ok()?;
    let entry = 4 + place * 2;
    if entry + 2 > usize::from(read_u16(bytes, places)?) {
        return None;
    }
    match read_u16(bytes, places.checked_add(entry)?)? {
        0 => None,
        within => table.checked_add(usize::from(within)),
    }
}

/// What an offset points at.
#[derive(Clone, Copy, Debug)]
enum Target {
    /// Something of the old buffer, by its place there.
    Old(usize),
    /// Something of the new beginning, by its label.
    New(usize),
}

/// A member of a table.
#[derive(Clone, Copy, Debug)]
enum Member {
    Byte(u8),
    Number(u16),
    Offset(Target),
}

/// A new beginning, under way.
#[derive(Debug, Default)]
struct Beginning {
    bytes: Vec<u8>,
    /// Where each label stands.
    labels: Vec<Option<usize>>,
    /// Offsets that are yet to be written, and what they point at.
    offsets: Vec<(usize, Target)>,
}

impl Beginning {
    fn label(&mut self) -> Target {
        self.labels.push(None);
        Target::New(self.labels.len() - 1)
    }

    fn align(&mut self, to: usize) {
        self.bytes.resize(self.bytes.len().next_multiple_of(to), 0);
    }

    /// Puts a label here.
    fn put(&mut self, label: Target) {
        let here = self.bytes.len();
        if let Target::New(label) = label
            && let Some(place) = self.labels.get_mut(label)
        {
            *place = Some(here);
        }
    }

    fn offset(&mut self, target: Target) {
        self.offsets.push((self.bytes.len(), target));
        self.bytes.extend_from_slice(&[0; 4]);
    }

    /// A table: the places of its members, and the table with the members, the widest first.
    fn table(&mut self, label: Target, members: &[Option<Member>]) {
        const HEAD: usize = 4;
        self.align(4);
        let places = self.bytes.len();
        let length = HEAD + members.len() * 2;
        self.bytes.resize(places + length, 0);
        self.align(4);
        let table = self.bytes.len();
        self.put(label);
        self.bytes.extend_from_slice(&((table - places) as u32).to_le_bytes());
        for width in [4, 2, 1] {
            for (place, member) in members.iter().enumerate() {
                let here = self.bytes.len();
                match (member, width) {
                    (Some(Member::Offset(target)), 4) => self.offset(*target),
                    (Some(Member::Number(number)), 2) => {
                        self.bytes.extend_from_slice(&number.to_le_bytes());
                    }
                    (Some(Member::Byte(byte)), 1) => self.bytes.push(*byte),
                    _ => continue,
                }
                self.write_u16(places + HEAD + place * 2, here - table);
            }
        }
        self.write_u16(places, length);
        self.write_u16(places + 2, self.bytes.len() - table);
    }

    fn write_u16(&mut self, at: usize, number: usize) {
        if let Some(to) = self.bytes.get_mut(at..at + 2) {
            to.copy_from_slice(&(number as u16).to_le_bytes());
        }
    }

    fn vector(&mut self, label: Target, targets: &[Target]) -> Option<()> {
        self.align(4);
        self.put(label);
        self.bytes.extend_from_slice(&u32::try_from(targets.len()).ok()?.to_le_bytes());
        targets.iter().for_each(|target| self.offset(*target));
        Some(())
    }

    fn text(&mut self, label: Target, text: &str) -> Option<()> {
        self.align(4);
        self.put(label);
        self.bytes.extend_from_slice(&u32::try_from(text.len()).ok()?.to_le_bytes());
        self.bytes.extend_from_slice(text.as_bytes());
        self.bytes.push(0);
        Some(())
    }

    /// The new beginning with the old buffer behind it, every offset written.
    fn before(mut self, old: &[u8]) -> Option<Vec<u8>> {
        // As it was: what it holds is aligned to 8 bytes at most.
        self.align(8);
        let base = self.bytes.len();
        for (at, target) in self.offsets {
            let place = match target {
                Target::Old(place) => base.checked_add(place)?,
                Target::New(label) => (*self.labels.get(label)?)?,
            };
            let offset = u32::try_from(place.checked_sub(at)?).ok()?;
            self.bytes.get_mut(at..at + 4)?.copy_from_slice(&offset.to_le_bytes());
        }
        self.bytes.extend_from_slice(old);
        self.bytes.resize(self.bytes.len().next_multiple_of(8), 0);
        Some(self.bytes)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The names of the fields of a schema, read as any other reader would.
    fn names(schema: &str) -> Vec<String> {
        let message = STANDARD.decode(schema).unwrap();
        let bytes = &message[8..];
        let message = follow(bytes, 0).unwrap();
        let at = |table, place| follow(bytes, read_member(bytes, table, place).unwrap()).unwrap();
        let fields = at(at(message, member::MESSAGE_HEADER), member::SCHEMA_FIELDS);
        (0..read_u32(bytes, fields).unwrap() as usize)
            .map(|place| {
                let name = at(follow(bytes, fields + 4 + place * 4).unwrap(), 0);
                let length = read_u32(bytes, name).unwrap() as usize;
                String::from_utf8(bytes[name + 4..name + 4 + length].to_vec()).unwrap()
            })
            .collect()
    }

    /// A schema without fields: a message and a schema, as they are written here.
    fn empty() -> String {
        let mut new = Beginning::default();
        let [to_message, to_schema, to_fields] = [new.label(), new.label(), new.label()];
        new.offset(to_message);
        let header =
            [Some(Member::Number(4)), Some(Member::Byte(SCHEMA)), Some(Member::Offset(to_schema))];
        new.table(to_message, &header);
        new.table(to_schema, &[None, Some(Member::Offset(to_fields))]);
        new.vector(to_fields, &[]).unwrap();
        let buffer = new.before(&[]).unwrap();
        let mut message = CONTINUES.to_le_bytes().to_vec();
        message.extend_from_slice(&(buffer.len() as u32).to_le_bytes());
        message.extend_from_slice(&buffer);
        STANDARD.encode(message)
    }

    #[test]
    fn fields_are_added_behind_those_that_there_are() {
        let added =
            |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect::<Vec<_>>();
        let one = with_columns(&empty(), &added(&["farr_outcome", "farr_findings"])).unwrap();
        assert_eq!(names(&one), ["farr_outcome", "farr_findings"]);
        let two = with_columns(&one, &added(&["again"])).unwrap();
        assert_eq!(names(&two), ["farr_outcome", "farr_findings", "again"]);
    }

    #[test]
    fn a_damaged_schema_is_read_or_not_and_never_panics() {
        let whole = STANDARD.decode(empty()).unwrap();
        for length in 0..whole.len() {
            let _ = with_columns(&STANDARD.encode(&whole[..length]), &["a".to_owned()]);
        }
        for at in 0..whole.len() {
            for byte in [0, 1, 0x7f, 0xff] {
                let mut damaged = whole.clone();
                damaged[at] = byte;
                let _ = with_columns(&STANDARD.encode(damaged), &["a".to_owned()]);
            }
        }
        assert_eq!(with_columns("no Base64!", &[]), None);
    }
}
