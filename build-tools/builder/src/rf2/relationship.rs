//! `sct2_Relationship` and `sct2_RelationshipConcreteValues`.

use super::intern::Interned;
use super::log::Log;
use super::read::Rows;
use super::row::{Component, Row};

/// The columns that few combinations of exist.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct RelationshipKind {
    pub(crate) active: bool,
    pub(crate) type_id: u64,
    pub(crate) characteristic_type: u64,
}

/// What a relationship leads to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Target {
    Concept(u64),
    /// A concrete value: a number of the part it was read in, then of the release.
    Value(u32),
}

/// One relationship row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Relationship {
    pub(crate) id: u64,
    pub(crate) source: u64,
    pub(crate) target: Target,
    pub(crate) effective_time: u32,
    pub(crate) kind: u16,
    pub(crate) group: u16,
}

/// The rows of a chunk; used for both files, whose fifth column differs.
#[derive(Debug, Default)]
pub(crate) struct Relationships {
    pub(crate) rows: Vec<Relationship>,
    pub(crate) kinds: Interned<RelationshipKind>,
    pub(crate) values: Vec<String>,
}

/// The rows of a chunk of concrete values.
#[derive(Debug, Default)]
pub(crate) struct ConcreteValues(pub(crate) Relationships);

const HEAD: [&str; 5] = ["id", "effectiveTime", "active", "moduleId", "sourceId"];
const TAIL: [&str; 4] = ["relationshipGroup", "typeId", "characteristicTypeId", "modifierId"];

const fn columns(target: &'static str) -> [&'static str; 10] {
    let [a, b, c, d, e] = HEAD;
    let [g, h, i, j] = TAIL;
    [a, b, c, d, e, target, g, h, i, j]
}

impl Relationships {
    fn row(&mut self, row: &Row<'_, 10>, log: &mut Log, target: Option<Target>) {
        let (Some(id), Some(effective_time), Some(active), Some(_module), Some(source)) = (
            row.component(Component::Relationship, log),
            row.effective_time(1, log),
            row.active(2, log),
            row.sctid(3, log),
            row.sctid(4, log),
        ) else {
            return;
        };
        let digits = row.fields[6].iter().all(u8::is_ascii_digit);
        let group = std::str::from_utf8(row.fields[6]).ok().filter(|_| digits);
        let Some(group) = group.and_then(|text| text.parse().ok()) else {
            log.problem(row.line, Some(6), "a role group of 0 to 65,535", row.fields[6]);
            return;
        };
        let (Some(type_id), Some(characteristic_type), Some(_modifier), Some(target)) =
            (row.sctid(7, log), row.sctid(8, log), row.sctid(9, log), target)
        else {
            return;
        };
        let kind = RelationshipKind { active, type_id, characteristic_type };
        let Ok(kind) = u16::try_from(self.kinds.number(kind)) else {
            log.problem(row.line, Some(7), "at most 65,536 kinds of relationship", row.fields[7]);
            return;
        };
        self.rows.push(Relationship { id, source, target, effective_time, kind, group });
    }
}

impl Rows<10> for Relationships {
    const COLUMNS: [&'static str; 10] = columns("destinationId");

    #[allow(private_interfaces)]
    fn row(&mut self, row: &Row<'_, 10>, log: &mut Log) {
        let target = row.sctid(5, log).map(Target::Concept);
        Relationships::row(self, row, log, target);
    }
}

impl Rows<10> for ConcreteValues {
    const COLUMNS: [&'static str; 10] = columns("value");

    #[allow(private_interfaces)]
    fn row(&mut self, row: &Row<'_, 10>, log: &mut Log) {
        let target = row.text(5, log).and_then(|value| {
            if !is_concrete_value(value) {
                let expected = "#number, \"string\", true or false";
                log.problem(row.line, Some(5), expected, row.fields[5]);
                return None;
            }
            self.0.values.push(value.to_owned());
            Some(Target::Value(self.0.values.len() as u32 - 1))
        });
        self.0.row(row, log, target);
    }
}

/// Whether a text is a concrete value as RF2 writes it.
fn is_concrete_value(text: &str) -> bool {
    if let Some(number) = text.strip_prefix('#') {
        let number = number.strip_prefix(['-', '+']).unwrap_or(number);
        let (whole, fraction) = number.split_once('.').unwrap_or((number, "0"));
        let digits = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
        return digits(whole) && digits(fraction);
    }
    let quoted = text.len() >= 2 && text.starts_with('"') && text.ends_with('"');
    quoted || text.eq_ignore_ascii_case("true") || text.eq_ignore_ascii_case("false")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn concrete_values_are_numbers_strings_and_booleans() {
        for value in ["#500", "#0.5", "#-1", "#+2.50", "\"\"", "\"a \\\" b\"", "true", "FALSE"] {
            assert!(is_concrete_value(value), "{value}");
        }
        for value in ["500", "#", "#1.", "#.5", "#1e5", "\"", "yes", "", "##1"] {
            assert!(!is_concrete_value(value), "{value}");
        }
    }
}
