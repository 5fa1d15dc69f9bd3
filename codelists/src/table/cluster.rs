//! Primary care domain clusters: several lists in one file.

use super::Table;
use super::rows::Reader;
use crate::finding::{FindingKind, ReadError, ReadErrorKind};
use crate::list::{Cluster, Codelist, Codes, Content};

/// How many ids an error names.
const SHOWN: usize = 12;

/// Reads the chosen clusters, or the only one.
pub(super) fn read(table: &Table<'_>) -> Result<Codelist, ReadError> {
    let header = table.header;
    let all = clusters(table);
    let wanted = chosen(&all, &table.options.clusters)?;
    let mut reader = Reader::of(table)?;
    let mut codes = Codes::default();
    for cluster in wanted {
        for row in table.rows {
            let cell = |place: Option<usize>| {
                place.and_then(|place| row.get(place)).map_or("", |cell| cell.text.trim())
            };
            if cell(header.cluster) != cluster.id {
                continue;
            }
            let flag = cell(header.active);
            let active = match flag.to_ascii_lowercase().as_str() {
                "1" | "true" | "y" | "yes" => Some(true),
                "0" | "false" | "n" | "no" => Some(false),
                "" if header.active.is_none() => Some(true),
                _ => None,
            };
            let place = reader.place(row.get(header.code).or(row.first()));
            let Some(active) = active else {
                let message = format!("{flag:?} is neither 1 nor 0: active_in_refset says neither");
                reader.tell(FindingKind::Status, place, message);
                continue;
            };
            if !active {
                let code = cell(Some(header.code));
                let message = format!("{code} is no longer active in the refset, and left out");
                reader.tell(FindingKind::LeftOut, place, message);
                continue;
            }
            codes.entries.extend(reader.entry(row));
        }
        codes.clusters.push(cluster.clone());
    }
    for row in table.rows {
        let id = header.cluster.and_then(|place| row.get(place));
        if id.is_none_or(|cell| cell.text.trim().is_empty())
            && row.iter().any(|cell| !cell.text.trim().is_empty())
        {
            let place = reader.place(row.first());
            reader.tell(FindingKind::Status, place, "the row names no cluster".to_owned());
        }
    }
    Ok(reader.finish(Content::Codes(codes)))
}

/// The clusters of a file, in its order.
fn clusters(table: &Table<'_>) -> Vec<Cluster> {
    let header = table.header;
    let mut found: Vec<Cluster> = Vec::new();
    let mut seen = std::collections::HashSet::new();
    for row in table.rows {
        let cell = |place: Option<usize>| {
            place.and_then(|place| row.get(place)).map_or("", |cell| cell.text.trim())
        };
        let id = cell(header.cluster);
        if !id.is_empty() && seen.insert(id) {
            found.push(Cluster {
                id: id.to_owned(),
                description: cell(header.cluster_term).to_owned(),
                refset: cell(header.refset).to_owned(),
            });
        }
    }
    found
}

/// The clusters that were asked for.
fn chosen<'c>(all: &'c [Cluster], wanted: &[String]) -> Result<Vec<&'c Cluster>, ReadError> {
    let listed = || {
        let names: Vec<&str> = all.iter().take(SHOWN).map(|cluster| cluster.id.as_str()).collect();
        let more = all.len().saturating_sub(names.len());
        match more {
            0 => names.join(", "),
            more => format!("{} and {more} more", names.join(", ")),
        }
    };
    if wanted.is_empty() {
        return match all {
            [] => Ok(Vec::new()),
            [one] => Ok(vec![one]),
            all => {
                let count = all.len();
                let message = format!(
                    "it holds {count} clusters: say which with --cluster; there are {}",
                    listed()
                );
                Err(ReadError::new(ReadErrorKind::Cluster, None, message))
            }
        };
    }
    let mut found: Vec<&Cluster> = Vec::new();
    for wanted in wanted {
        let refused = |message| Err(ReadError::new(ReadErrorKind::Cluster, None, message));
        let exact = all.iter().find(|cluster| cluster.id == wanted.trim());
        let loose = all.iter().filter(|cluster| cluster.id.eq_ignore_ascii_case(wanted.trim()));
        let loose: Vec<&Cluster> = loose.collect();
        let cluster = match (exact, loose.as_slice()) {
            (Some(cluster), _) => cluster,
            (None, [cluster]) => *cluster,
            (None, []) => {
                return refused(format!("it has no cluster {wanted:?}; there are {}", listed()));
            }
            (None, several) => {
                let names: Vec<&str> = several.iter().map(|one| one.id.as_str()).collect();
                let names = names.join(" and ");
                return refused(format!(
                    "the clusters {names} differ in case only: say one of them as it is written"
                ));
            }
        };
        if !found.iter().any(|before| before.id == cluster.id) {
            found.push(cluster);
        }
    }
    Ok(found)
}
