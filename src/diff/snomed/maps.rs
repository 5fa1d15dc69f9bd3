//! What maps answer.

use super::about::About;
use crate::diff::{Change, ChangeKind};
use crate::id::Sctid;
use crate::map::{BlockRow, Defaults, MapRow, Missing, Patient, PublishedMap, RuleMap, Selection};
use crate::snomed::{Concept, Snomed};

/// What a map says of a concept.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Answer {
    /// With no facts about the patient.
    text: Option<String>,
    /// All that may be said for some patient.
    all: Vec<String>,
}

/// Tells of a map whose answer for a concept is another.
pub(super) fn tell(
    about: &About<'_, '_>,
    (old, new): (Concept<'_>, Concept<'_>),
    map: Sctid,
    emit: &mut dyn FnMut(Change),
) {
    let sides = about.sides();
    let (before, after) = (answer(sides.old, map, old), answer(sides.new, map, new));
    if before == after {
        return;
    }
    let text = match before.text == after.text {
        false => after.text,
        true => {
            let same = after.text.as_deref().unwrap_or_default();
            Some(format!("{same} (for some patients another: rules or targets differ)"))
        }
    };
    let change = about.change(ChangeKind::MapAnswerChanged).of(map.to_string());
    emit(change.from_to(before.text, text));
}

fn answer(snomed: Snomed<'_>, map: Sctid, concept: Concept<'_>) -> Answer {
    match snomed.published_map(map) {
        Some(PublishedMap::Rules(map)) => by_rules(&map, concept),
        Some(PublishedMap::Blocks(map)) => {
            Answer { text: by_blocks(&map.defaults(concept)), all: Vec::new() }
        }
        None => {
            let targets = snomed.simple_map(map).map(|map| map.targets(concept));
            let text = targets.unwrap_or_default().join(", ");
            Answer { text: Some(text).filter(|text| !text.is_empty()), all: Vec::new() }
        }
    }
}

fn by_rules(map: &RuleMap<'_>, concept: Concept<'_>) -> Answer {
    let rows = map.rows(concept);
    // The numbers of groups and priorities apart: their order is what counts.
    let groups = rows.chunk_by(|one, next| one.group == next.group);
    let group = |group: &[MapRow<'_>]| {
        let rows = group.iter().map(|row| format!("{} {}", row.rule.text(), row.target.trim()));
        rows.collect::<Vec<_>>().join("; ")
    };
    let text = match map.select(concept, &Patient::new()) {
        Err(error) => Some(error.to_string()),
        Ok(Selection::NoMap) => None,
        Ok(Selection::Targets(rows)) => {
            let codes = rows.iter().filter_map(MapRow::code);
            Some(codes.collect::<Vec<_>>().join(" + "))
        }
        Ok(Selection::NotClassifiable { groups, .. }) => {
            let groups: Vec<String> =
                groups.iter().map(|group| format!("group {}", group.group)).collect();
            Some(format!("not classifiable: {}", groups.join(", ")))
        }
        Ok(Selection::NeedsContext { missing, candidates }) => {
            let missing: Vec<&str> = missing.iter().copied().map(Missing::code).collect();
            let mut codes: Vec<&str> = Vec::new();
            for candidate in &candidates {
                let code = candidate.row.code().unwrap_or("no code");
                if !codes.contains(&code) {
                    codes.push(code);
                }
            }
            Some(format!("needs {}: {}", missing.join(", "), codes.join(", ")))
        }
    };
    Answer { text, all: groups.map(group).collect() }
}

fn by_blocks(defaults: &Defaults<'_>) -> Option<String> {
    let targets = |rows: &[BlockRow<'_>], separator: &str| {
        let targets: Vec<&str> = rows.iter().map(|row| row.target.trim()).collect();
        targets.join(separator)
    };
    let mut text = match defaults {
        Defaults::NoMap => return None,
        Defaults::NotClassifiable { rows, candidates } => {
            let rows = targets(rows, ", ");
            return Some(match candidates.is_empty() {
                true => format!("not classifiable: {rows}"),
                false => {
                    format!("not classifiable: {rows}; candidates {}", targets(candidates, ", "))
                }
            });
        }
        Defaults::Targets { targets: defaults, alternatives, .. } => {
            let alternatives = targets(alternatives, ", ");
            match alternatives.is_empty() {
                true => targets(defaults, " + "),
                false => format!("{}; or {alternatives}", targets(defaults, " + ")),
            }
        }
    };
    if let Defaults::Targets { other_blocks, .. } = defaults {
        for block in other_blocks {
            let number = block.first().map_or(0, |row| row.block);
            text.push_str(&format!("; block {number}: {}", targets(block, ", ")));
        }
    }
    Some(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(block: u32, group: u32, priority: u32, target: &'static str) -> BlockRow<'static> {
        BlockRow::new((block, group, priority), target, "")
    }

    #[test]
    fn what_a_map_by_blocks_offers_is_written_out_whole() {
        let text = |targets, alternatives, other_blocks| {
            by_blocks(&Defaults::Targets { targets, alternatives, other_blocks })
        };
        let two = vec![row(1, 1, 1, "S597"), row(1, 2, 1, "X59X")];
        assert_eq!(text(two.clone(), vec![], vec![]).as_deref(), Some("S597 + X59X"));
        let all = text(two, vec![row(1, 1, 2, "S598")], vec![vec![row(2, 1, 1, "S599")]]);
        assert_eq!(all.as_deref(), Some("S597 + X59X; or S598; block 2: S599"));
        let none = Defaults::NotClassifiable {
            rows: vec![row(1, 1, 1, "#NC")],
            candidates: vec![row(2, 1, 1, "S599")],
        };
        assert_eq!(by_blocks(&none).as_deref(), Some("not classifiable: #NC; candidates S599"));
        assert_eq!(by_blocks(&Defaults::NoMap), None);
    }
}
