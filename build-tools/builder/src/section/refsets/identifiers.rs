//! Alternate identifiers: read by `farr::snomed::alternate_identifier`.

use farr::index::format;

use super::Statuses;
use super::codes::Codes;
use crate::rf2::Identifier;
use crate::section::Section;
use crate::section::bytes::u32s;

/// The sections of the alternate identifiers; `text_number` numbers their texts.
pub(super) fn sections(
    identifiers: &[Identifier],
    codes: &Codes,
    statuses: &Statuses,
    text_number: impl Fn(&str) -> u32,
) -> Vec<Section> {
    let mut rows: Vec<([u32; 3], u16, u16)> = identifiers
        .iter()
        .map(|row| {
            let key = [codes.code(row.scheme), text_number(&row.text), codes.code(row.component)];
            (key, statuses[&(row.module, row.effective_time)], u16::from(row.active))
        })
        .collect();
    rows.sort_unstable();
    let mut order: Vec<u32> = (0..rows.len() as u32).collect();
    order.sort_by_key(|row| rows[*row as usize].0[2]);
    let mut bytes: Vec<u8> = Vec::with_capacity(rows.len() * 16);
    for (key, status, active) in &rows {
        bytes.extend_from_slice(&u32s(key));
        bytes.extend_from_slice(&status.to_le_bytes());
        bytes.extend_from_slice(&active.to_le_bytes());
    }
    vec![
        Section::new(format::ALTERNATE_IDENTIFIERS, rows.len(), bytes),
        Section::new(format::ALTERNATE_IDENTIFIER_ORDER, order.len(), u32s(&order)),
    ]
}
