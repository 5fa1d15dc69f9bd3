//! `sct2_Description` and `sct2_TextDefinition`.

use super::intern::Interned;
use super::log::Log;
use super::read::Rows;
use super::row::{Component, Row};

/// The columns that few combinations of exist.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct DescriptionKind {
    pub(crate) active: bool,
    pub(crate) module: u64,
    pub(crate) type_id: u64,
    pub(crate) case_significance: u64,
    /// Language code, padded with zeros.
    pub(crate) language: [u8; 8],
}

/// One description row. The term is `text_length` bytes at `text_start` of the arena `arena`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Description {
    pub(crate) id: u64,
    pub(crate) concept: u64,
    pub(crate) effective_time: u32,
    pub(crate) kind: u32,
    pub(crate) text_start: u32,
    pub(crate) text_length: u16,
    pub(crate) arena: u16,
}

/// The terms of a chunk, one behind the other.
pub(crate) type TextArena = String;

/// The rows of a chunk.
#[derive(Debug, Default)]
pub(crate) struct Descriptions {
    pub(crate) rows: Vec<Description>,
    pub(crate) kinds: Interned<DescriptionKind>,
    pub(crate) text: TextArena,
}

impl Rows<9> for Descriptions {
    const COLUMNS: [&'static str; 9] = [
        "id",
        "effectiveTime",
        "active",
        "moduleId",
        "conceptId",
        "languageCode",
        "typeId",
        "term",
        "caseSignificanceId",
    ];

    #[allow(private_interfaces)]
    fn row(&mut self, row: &Row<'_, 9>, log: &mut Log) {
        let (Some(id), Some(effective_time), Some(active), Some(module), Some(concept)) = (
            row.component(Component::Description, log),
            row.effective_time(1, log),
            row.active(2, log),
            row.sctid(3, log),
            row.sctid(4, log),
        ) else {
            return;
        };
        let (Some(type_id), Some(term), Some(case_significance)) =
            (row.sctid(6, log), row.text(7, log), row.sctid(8, log))
        else {
            return;
        };
        let code = row.fields[5];
        let sound = |byte: &u8| byte.is_ascii_alphanumeric() || *byte == b'-';
        if code.len() < 2 || code.len() > 8 || !code.iter().all(sound) {
            log.problem(row.line, Some(5), "a language code of 2 to 8 letters", code);
            return;
        }
        let Ok(text_length) = u16::try_from(term.len()) else {
            log.problem(row.line, Some(7), "a term of at most 65,535 bytes", term.as_bytes());
            return;
        };
        let mut language = [0; 8];
        language[..code.len()].copy_from_slice(code);
        let kind = DescriptionKind { active, module, type_id, case_significance, language };
        self.rows.push(Description {
            id,
            concept,
            effective_time,
            kind: self.kinds.number(kind),
            text_start: self.text.len() as u32,
            text_length,
            arena: 0,
        });
        self.text.push_str(term);
    }
}
