//! The way from a value back to the concepts that have it: read by `farr::snomed::attribute_index`.

use farr::index::format;
use rayon::prelude::*;

use super::Section;
use super::bytes::u32s;

/// Source, role group, kind and value of an attribute.
type Row = (u32, u16, u16, u32);

/// The sections of the index of the attributes, which come by source, role group, kind and value.
pub(super) fn sections(rows: &[Row], type_ordinals: &[Option<u32>]) -> [Section; 4] {
    let kinds = type_ordinals.len();
    let mut groups = 0_u32;
    let mut last = None;
    let mut inverse: Vec<(u16, u32, u32, u32)> = rows
        .iter()
        .map(|(source, group, kind, value)| {
            let this = (*source, *group);
            // Group 0 says that its attributes are not grouped: each stands alone.
            if *group == 0 || last != Some(this) {
                groups += 1;
            }
            last = Some(this);
            (*kind, *value, *source, groups - 1)
        })
        .collect();
    inverse.par_sort_unstable();

    let mut index = Vec::with_capacity((kinds + 1) * 3);
    let mut values: Vec<u32> = Vec::new();
    let mut postings = Vec::with_capacity(inverse.len() * 8);
    let mut sources: Vec<u32> = Vec::new();
    let mut rest = inverse.as_slice();
    let mut of_kind = Vec::new();
    for (kind, type_ordinal) in type_ordinals.iter().enumerate() {
        index.push((values.len() / 2) as u32);
        index.push(sources.len() as u32);
        index.push(type_ordinal.unwrap_or(format::NO_ORDINAL));
        let end = rest.partition_point(|row| usize::from(row.0) <= kind);
        let (these, after) = rest.split_at(end);
        rest = after;
        of_kind.clear();
        let mut last_value = None;
        for (_, value, source, group) in these {
            if last_value != Some(*value) {
                values.push(*value);
                values.push((postings.len() / 8) as u32);
                last_value = Some(*value);
            }
            postings.extend_from_slice(&source.to_le_bytes());
            postings.extend_from_slice(&group.to_le_bytes());
            of_kind.push(*source);
        }
        of_kind.sort_unstable();
        of_kind.dedup();
        sources.extend_from_slice(&of_kind);
    }
    index.extend([(values.len() / 2) as u32, sources.len() as u32, groups]);
    let value_count = values.len() / 2;
    values.extend([0, inverse.len() as u32]);
    [
        Section::new(format::KIND_INDEX, kinds, u32s(&index)),
        Section::new(format::ATTRIBUTE_VALUES, value_count, u32s(&values)),
        Section::new(format::ATTRIBUTE_POSTINGS, inverse.len(), postings),
        Section::new(format::KIND_SOURCES, sources.len(), u32s(&sources)),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ungrouped_attributes_are_groups_of_their_own_and_values_lead_to_their_postings() {
        let rows = [(3, 0, 0, 9), (3, 0, 1, 9), (3, 1, 0, 7), (3, 1, 1, 8), (5, 1, 0, 7)];
        let [index, values, postings, sources] = sections(&rows, &[Some(40), Some(41)]);
        assert_eq!(index.bytes, u32s(&[0, 0, 40, 2, 2, 41, 4, 3, 4]));
        assert_eq!(values.bytes, u32s(&[7, 0, 9, 2, 8, 3, 9, 4, 0, 5]));
        assert_eq!(postings.bytes, u32s(&[3, 2, 5, 3, 3, 0, 3, 2, 3, 1]));
        assert_eq!(sources.bytes, u32s(&[3, 5, 3]));
    }
}
