//! What changed between two releases, by sets of rows. It shares no code with the library but for what
//! is derived within one release: names, reasons and successors.

use std::collections::{BTreeMap, BTreeSet};

use farr::snomed::{Concept, Successors};
use farr::{Sctid, Snomed};

use crate::support::model::{Columns, Hierarchy, Model, number};

const SYNONYM: &str = "900000000000013009";
const DEFINITION: &str = "900000000000550004";
const INDICATORS: [u64; 2] = [900_000_000_000_489_007, 900_000_000_000_490_003];

/// Whether it has a number, and type, value and characteristic type of its attributes.
type Group = (bool, BTreeSet<(u64, String, u64)>);

/// A priority, what the row says, and its id.
type MapRow = (u64, String, String);

/// One release.
pub(crate) struct Side<'m> {
    model: &'m Model,
    snomed: Snomed<'m>,
    hierarchy: Hierarchy,
    parents: BTreeMap<u64, BTreeSet<u64>>,
    attributes: BTreeMap<u64, BTreeSet<(u16, u64, String, u64)>>,
    said: BTreeMap<u64, BTreeMap<u64, bool>>,
    descriptions: BTreeMap<u64, BTreeSet<u64>>,
    languages: BTreeSet<u64>,
    maps: BTreeSet<u64>,
}

impl<'m> Side<'m> {
    pub(crate) fn new(snomed: Snomed<'m>, model: &'m Model) -> Side<'m> {
        let mut parents: BTreeMap<u64, BTreeSet<u64>> = BTreeMap::new();
        for (child, parent) in model.is_a_rows() {
            parents.entry(child).or_default().insert(parent);
        }
        let mut descriptions: BTreeMap<u64, BTreeSet<u64>> = BTreeMap::new();
        for (id, row) in &model.descriptions {
            descriptions.entry(number(&row[4])).or_default().insert(*id);
        }
        // A map is one by its columns, if all rows of the refset have them.
        let mut headers: BTreeMap<u64, BTreeSet<Vec<String>>> = BTreeMap::new();
        let mut languages = BTreeSet::new();
        for (header, row) in model.refset_rows.values() {
            headers.entry(number(&row[4])).or_default().insert(header[6..].to_vec());
            if header[6..] == ["acceptabilityId"] {
                languages.insert(number(&row[4]));
            }
        }
        let is_map = |headers: &BTreeSet<Vec<String>>| {
            let header = headers.first().expect("a refset has rows");
            headers.len() == 1
                && (header[..] == ["mapTarget"]
                    || header.first().is_some_and(|one| one == "mapGroup")
                        && (header
                            .last()
                            .is_some_and(|one| one == "mapCategoryId" || one == "mapBlock")))
        };
        let maps = headers.iter().filter(|(_, headers)| is_map(headers)).map(|(id, _)| *id);
        Side {
            maps: maps.collect(),
            hierarchy: Hierarchy::of(model),
            attributes: model.attributes(),
            said: model.acceptabilities(),
            parents,
            descriptions,
            languages,
            model,
            snomed,
        }
    }

    fn concept(&self, id: u64) -> Option<Concept<'m>> {
        self.snomed.concept(Sctid::as_published(id)?)
    }

    /// The concept that a component belongs to.
    fn owner(&self, component: u64) -> Option<u64> {
        if self.model.concepts.contains_key(&component) {
            return Some(component);
        }
        let of = number(&self.model.descriptions.get(&component)?[4]);
        self.model.concepts.contains_key(&of).then_some(of)
    }

    fn reason(&self, id: u64) -> String {
        let reason = self.concept(id).and_then(Concept::inactivation_reason);
        reason.map_or_else(|| "inactive".to_owned(), |reason| reason.to_string())
    }

    fn state(&self, id: u64) -> String {
        if self.model.is_active(id) { "active".to_owned() } else { self.reason(id) }
    }

    fn successors(&self, id: u64) -> Vec<String> {
        let successors = self.concept(id).expect("it is there").successors();
        let role = if matches!(successors, Successors::One(_)) { "" } else { "possible-" };
        let all = successors.all().iter();
        all.map(|one| format!("{role}successor:{}", one.concept().id())).collect()
    }

    /// Where a concept leads to, whatever the words for it.
    fn leads_to(&self, id: u64) -> (Vec<String>, &'static str, Vec<String>, Vec<&'static str>) {
        let concept = self.concept(id).expect("it is there");
        let associations = concept.associations();
        let mut associations: Vec<String> =
            associations.map(|one| format!("{} {}", one.refset.id(), one.target)).collect();
        associations.sort();
        if associations.is_empty() {
            return Default::default();
        }
        let successors = concept.successors();
        let mut ends: Vec<String> =
            successors.all().iter().map(|one| one.concept().id().to_string()).collect();
        ends.sort();
        let mut dead: Vec<_> =
            successors.dead_ends().iter().map(|one| one.reason().code()).collect();
        dead.sort_unstable();
        (associations, successors.code(), ends, dead)
    }

    /// Groups of attributes, whatever their numbers; those in none are a group each.
    fn groups(&self, id: u64) -> Vec<Group> {
        let mut groups: BTreeMap<u16, BTreeSet<_>> = BTreeMap::new();
        let mut all = Vec::new();
        for (group, kind, value, characteristic) in self.attributes.get(&id).into_iter().flatten() {
            let one = (*kind, value.clone(), *characteristic);
            match group {
                0 => all.push((false, BTreeSet::from([one]))),
                _ => drop(groups.entry(*group).or_default().insert(one)),
            }
        }
        all.extend(groups.into_values().map(|group| (true, group)));
        all.sort();
        all
    }

    fn preferred(&self, id: u64, refset: u64) -> String {
        let all = self.descriptions.get(&id).into_iter().flatten();
        let mut terms: Vec<&str> = all
            .filter(|one| self.said.get(one).and_then(|said| said.get(&refset)) == Some(&true))
            .map(|one| &self.model.descriptions[one])
            .filter(|row| row[2] == "1" && row[6] == SYNONYM)
            .map(|row| row[7].as_str())
            .collect();
        terms.sort_unstable();
        if terms.is_empty() { "-".to_owned() } else { terms.join(" | ") }
    }

    fn why(&self, description: u64) -> String {
        let found = Sctid::as_published(description).and_then(|id| self.snomed.description(id));
        let reason = found.and_then(|found| found.inactivation_reason());
        reason.map_or_else(|| "inactive".to_owned(), |reason| reason.to_string())
    }
}

/// The lines of all changes, sorted; texts of definitions, successors and answers of maps are `?`.
pub(crate) fn lines(old: &Side<'_>, new: &Side<'_>) -> Vec<String> {
    let mut lines = Vec::new();
    let ids: BTreeSet<u64> =
        old.model.concepts.keys().chain(new.model.concepts.keys()).copied().collect();
    for id in ids {
        concept(old, new, id, &mut lines);
    }
    strays(old, new, &mut lines);
    rows(old, new, &mut lines);
    let active = |side: &Side<'_>| {
        let mut counts: BTreeMap<u64, usize> = BTreeMap::new();
        for (_, row) in side.model.refset_rows.values().filter(|(_, row)| row[2] == "1") {
            *counts.entry(number(&row[4])).or_default() += 1;
        }
        counts
    };
    let (before, after) = (active(old), active(new));
    for (id, rows) in &after {
        if !before.contains_key(id) {
            lines.push(format!("refset-added|{id}|{id}|rows=0|rows={rows}|"));
        }
    }
    for (id, rows) in &before {
        if !after.contains_key(id) {
            lines.push(format!("refset-removed|{id}|{id}|rows={rows}|rows=0|"));
        }
    }
    lines.sort();
    lines
}

/// Effective time, module and id as far as they differ.
fn published(old: &Columns, new: &Columns, with_id: bool) -> (String, String) {
    let (mut before, mut after) = (Vec::new(), Vec::new());
    let columns = [(1, "effectiveTime"), (3, "moduleId"), (0, "id")];
    for (column, name) in columns.into_iter().take(if with_id { 3 } else { 2 }) {
        let text =
            |row: &Columns| if column == 0 { row[0].to_lowercase() } else { row[column].clone() };
        if text(old) != text(new) {
            before.push(format!("{name}={}", text(old)));
            after.push(format!("{name}={}", text(new)));
        }
    }
    (before.join(", "), after.join(", "))
}

fn concept(old: &Side<'_>, new: &Side<'_>, id: u64, lines: &mut Vec<String>) {
    let (row, row_now) = match (old.model.concepts.get(&id), new.model.concepts.get(&id)) {
        (None, Some(_)) => {
            let related = match new.model.is_active(id) {
                true => gained("parent-gained", &BTreeSet::new(), new.parents.get(&id)),
                false => new.successors(id),
            };
            lines.push(told("concept-added", id, "-", "-", &new.state(id), related));
            return;
        }
        (Some(_), None) => {
            lines.push(told("concept-removed", id, "-", &old.state(id), "-", vec![]));
            return;
        }
        (Some(row), Some(row_now)) => (row, row_now),
        (None, None) => unreachable!("it is of one of them"),
    };
    let before = lines.len();
    match (row[2].as_str(), row_now[2].as_str()) {
        ("1", "0") => {
            let successors = new.successors(id);
            lines.push(told("concept-inactivated", id, "-", "active", &new.reason(id), successors));
        }
        ("0", "1") => {
            lines.push(told("concept-reactivated", id, "-", &old.reason(id), "active", vec![]));
        }
        _ => {
            let word = |row: &Columns| match row[4].as_str() {
                "900000000000073002" => "defined",
                _ => "primitive",
            };
            if row[4] != row_now[4] {
                let kind = "definition-status-changed";
                lines.push(told(kind, id, "-", word(row), word(row_now), vec![]));
            }
        }
    }
    if row[3] != row_now[3] {
        lines.push(told("concept-module-changed", id, "-", &row[3], &row_now[3], vec![]));
    }
    if lines.len() == before && row[1] != row_now[1] {
        let (before, after) = published(row, row_now, false);
        lines.push(told("republished", id, "-", &before, &after, vec![]));
    }
    match (row[2].as_str(), row_now[2].as_str()) {
        ("1", "1") => {
            place(old, new, id, lines);
            if old.groups(id) != new.groups(id) {
                lines.push(told("concept-redefined", id, "-", "?", "?", vec![]));
            }
        }
        ("0", "0") => {
            if old.leads_to(id) != new.leads_to(id) {
                lines.push(told("successors-changed", id, "-", "?", "?", new.successors(id)));
            }
            let reason = |side: &Side<'_>| {
                let reason = side.concept(id).and_then(Concept::inactivation_reason);
                reason.map_or_else(|| "-".to_owned(), |reason| reason.to_string())
            };
            if reason(old) != reason(new) {
                lines.push(told("reason-changed", id, "-", &reason(old), &reason(new), vec![]));
            }
        }
        _ => {}
    }
    descriptions(old, new, id, lines);
}

/// Rows of concepts that are not there, or not active: relationships as they are published, one by one,
/// and descriptions of what neither release has.
fn strays(old: &Side<'_>, new: &Side<'_>, lines: &mut Vec<String>) {
    let named = |side: &Side<'_>| -> BTreeSet<u64> {
        let descriptions = side.descriptions.keys().copied();
        let sources = side.parents.keys().chain(side.attributes.keys()).copied();
        descriptions.chain(sources).collect()
    };
    let ids: BTreeSet<u64> = named(old).union(&named(new)).copied().collect();
    let is_known = |id: &u64| [old, new].iter().any(|side| side.model.concepts.contains_key(id));
    let is_in_both = |id: &u64| [old, new].iter().all(|side| side.model.concepts.contains_key(id));
    let is_active = |id: &u64| [old, new].iter().any(|side| side.model.is_active(*id));
    let relationships = |side: &Side<'_>, id: u64| -> BTreeSet<(u64, String)> {
        let parents = side.parents.get(&id).into_iter().flatten();
        let parents = parents.map(|parent| (116_680_003, parent.to_string()));
        let attributes = side.attributes.get(&id).into_iter().flatten();
        let attributes = attributes.map(|(group, kind, value, characteristic)| {
            let group = if *group == 0 { String::new() } else { format!(" (group {group})") };
            let inferred = *characteristic == 900_000_000_000_011_006;
            let other = if inferred { String::new() } else { format!(" [{characteristic}]") };
            (*kind, format!("{value}{group}{other}"))
        });
        parents.chain(attributes).collect()
    };
    for id in ids {
        if !is_known(&id) {
            descriptions(old, new, id, lines);
        }
        if is_known(&id) && (!is_in_both(&id) || is_active(&id)) {
            continue;
        }
        let (before, after) = (relationships(old, id), relationships(new, id));
        for (kind, value) in before.difference(&after) {
            let kind = kind.to_string();
            lines.push(told("relationship-retired", id, &kind, value, "-", vec![]));
        }
        for (kind, value) in after.difference(&before) {
            let kind = kind.to_string();
            lines.push(told("relationship-added", id, &kind, "-", value, vec![]));
        }
    }
}

fn told(
    kind: &str,
    id: u64,
    component: &str,
    before: &str,
    after: &str,
    related: Vec<String>,
) -> String {
    let mut related = related;
    related.sort();
    format!("{kind}|{id}|{component}|{before}|{after}|{}", related.join(" "))
}

fn gained(role: &str, old: &BTreeSet<u64>, new: Option<&BTreeSet<u64>>) -> Vec<String> {
    let new = new.into_iter().flatten().filter(|id| !old.contains(id));
    new.map(|id| format!("{role}:{id}")).collect()
}

fn place(old: &Side<'_>, new: &Side<'_>, id: u64, lines: &mut Vec<String>) {
    let parents = |side: &Side<'_>| side.parents.get(&id).cloned().unwrap_or_default();
    let (was, is) = (parents(old), parents(new));
    let (above, above_now) = (old.hierarchy.ancestors(id), new.hierarchy.ancestors(id));
    let mut related = gained("parent-gained", &was, Some(&is));
    related.extend(gained("parent-lost", &is, Some(&was)));
    let others = |ids: &BTreeSet<u64>, parents: &BTreeSet<u64>, others: &BTreeSet<u64>| {
        let new: BTreeSet<u64> = parents.difference(others).copied().collect();
        ids.difference(&new).copied().collect::<BTreeSet<u64>>()
    };
    related.extend(gained("ancestor-gained", &above, Some(&others(&above_now, &is, &was))));
    related.extend(gained("ancestor-lost", &above_now, Some(&others(&above, &was, &is))));
    if was != is {
        lines.push(told("concept-moved", id, "-", "-", "-", related));
    } else if above != above_now {
        lines.push(told("ancestors-changed", id, "-", "-", "-", related));
    }
}

fn names(
    old: &Side<'_>,
    new: &Side<'_>,
    id: u64,
    (olds, news): (&BTreeSet<u64>, &BTreeSet<u64>),
    lines: &mut Vec<String>,
) {
    let name = |side: &Side<'_>| {
        let name = side.concept(id).and_then(Concept::fully_specified_name);
        name.map(|name| (name.term().to_owned(), name.id().to_string()))
    };
    let (was, is) = (name(old), name(new));
    let term = |name: &Option<(String, String)>| {
        name.as_ref().map_or_else(|| "-".to_owned(), |(term, _)| term.clone())
    };
    if term(&was) != term(&is) {
        let component = is.clone().or(was.clone()).expect("there is one").1;
        lines.push(told("fsn-changed", id, &component, &term(&was), &term(&is), vec![]));
    }
    let definitions = |side: &Side<'_>, all: &BTreeSet<u64>| -> BTreeSet<(String, String)> {
        let rows = all.iter().map(|one| &side.model.descriptions[one]);
        let active = rows.filter(|row| row[2] == "1" && row[6] == DEFINITION);
        active.map(|row| (row[7].clone(), row[5].clone())).collect()
    };
    let (meant, means) = (definitions(old, olds), definitions(new, news));
    if meant != means {
        let text = |these: &BTreeSet<(String, String)>, others: &BTreeSet<(String, String)>| {
            let texts = these.difference(others).map(|(text, _)| text.as_str());
            let texts: Vec<&str> = texts.collect();
            if texts.is_empty() { "-".to_owned() } else { texts.join(" | ") }
        };
        let (before, after) = (text(&meant, &means), text(&means, &meant));
        lines.push(told("text-definition-changed", id, "-", &before, &after, vec![]));
    }
}

fn descriptions(old: &Side<'_>, new: &Side<'_>, id: u64, lines: &mut Vec<String>) {
    let of = |side: &Side<'_>| side.descriptions.get(&id).cloned().unwrap_or_default();
    let (olds, news) = (of(old), of(new));
    let is_stray = !new.model.concepts.contains_key(&id);
    if !is_stray {
        names(old, new, id, (&olds, &news), lines);
    }
    let mut changed = BTreeSet::new();
    for refset in old.languages.union(&new.languages).filter(|_| !is_stray) {
        let (before, after) = (old.preferred(id, *refset), new.preferred(id, *refset));
        if before != after {
            let component = refset.to_string();
            lines.push(told("preferred-term-changed", id, &component, &before, &after, vec![]));
            changed.insert(*refset);
        }
    }
    for one in olds.union(&news) {
        let component = one.to_string();
        let mut add = |kind, before: &str, after: &str| {
            lines.push(told(kind, id, &component, before, after, vec![]));
        };
        let here = |side: &Side<'_>, all: &BTreeSet<u64>| {
            all.contains(one).then(|| side.model.descriptions[one].clone())
        };
        let (row, row_now) = match (here(old, &olds), here(new, &news)) {
            (None, Some(row)) if row[2] == "1" => {
                add("description-added", "-", &row[7]);
                continue;
            }
            (None, Some(row)) => {
                add("description-added", "-", &format!("{} ({})", row[7], new.why(*one)));
                continue;
            }
            (Some(row), None) => {
                add("description-retired", &row[7], "-");
                continue;
            }
            (Some(row), Some(row_now)) => (row, row_now),
            (None, None) => unreachable!("it is of one of them"),
        };
        let mut any = row[2] != row_now[2];
        match (row[2].as_str(), row_now[2].as_str()) {
            ("1", "0") => add("description-retired", &row[7], &new.why(*one)),
            ("0", "1") => add("description-reactivated", &old.why(*one), &row_now[7]),
            _ => {}
        }
        let columns = [(7, "term"), (6, "typeId"), (5, "languageCode"), (8, "caseSignificanceId")];
        let differ: Vec<_> =
            columns.into_iter().filter(|(at, _)| row[*at] != row_now[*at]).collect();
        if !differ.is_empty() {
            any = true;
            let text = |row: &Columns| {
                let columns: Vec<String> =
                    differ.iter().map(|(at, name)| format!("{name}={}", row[*at])).collect();
                columns.join(", ")
            };
            add("description-changed", &text(&row), &text(&row_now));
        }
        // What is said of a description of no concept is told as the members that say it.
        if row[2] == row_now[2] && !is_stray {
            for refset in old.languages.union(&new.languages) {
                let said = |side: &Side<'_>| side.said.get(one)?.get(refset).copied();
                let (before, after) = (said(old), said(new));
                let is_term = row[2] == "1" && row[6] == SYNONYM && row_now[6] == SYNONYM;
                let preferred = before == Some(true) || after == Some(true);
                if before == after || is_term && preferred && changed.contains(refset) {
                    continue;
                }
                any = true;
                let word = |said: Option<bool>| match said {
                    None => "-".to_owned(),
                    Some(true) => format!("{refset}=preferred"),
                    Some(false) => format!("{refset}=acceptable"),
                };
                add("acceptability-changed", &word(before), &word(after));
            }
        }
        if !any && (&row[1], &row[3]) != (&row_now[1], &row_now[3]) {
            let (before, after) = published(&row, &row_now, false);
            add("republished", &before, &after);
        }
    }
}

type Rows<'m> = BTreeMap<(Option<u64>, u64, String), &'m (Columns, Columns)>;

/// The rows of all refsets by the concept they belong to, refset, and id.
fn by_owner<'m>(side: &Side<'m>) -> Rows<'m> {
    let rows = side.model.refset_rows.iter();
    rows.map(|((id, refset), row)| {
        ((side.owner(number(&row.1[5])), number(refset), id.clone()), row)
    })
    .collect()
}

/// Two rows say the same of the same component.
fn agree(old: &(Columns, Columns), new: &(Columns, Columns)) -> bool {
    old.0[6..] == new.0[6..] && old.1[4..] == new.1[4..]
}

type Event<'m> = (Option<&'m (Columns, Columns)>, Option<&'m (Columns, Columns)>);

fn rows(old: &Side<'_>, new: &Side<'_>, lines: &mut Vec<String>) {
    let (olds, news) = (by_owner(old), by_owner(new));
    let keys: BTreeSet<_> = olds.keys().chain(news.keys()).cloned().collect();
    let mut events: Vec<(Option<u64>, u64, Event<'_>)> = Vec::new();
    let mut republished: Vec<(Option<u64>, u64, Event<'_>)> = Vec::new();
    for key in keys {
        let (one, other) = (olds.get(&key).copied(), news.get(&key).copied());
        let active = |row: Option<&(Columns, Columns)>| row.is_some_and(|(_, row)| row[2] == "1");
        let here = match (active(one), active(other)) {
            (true, true) => (one, other),
            (true, false) => (one, None),
            (false, true) => (None, other),
            (false, false) => {
                if let (Some(old), Some(new)) = (one, other)
                    && (!agree(old, new) || old.1[1] != new.1[1] || old.1[3] != new.1[3])
                {
                    republished.push((key.0, key.1, (one, other)));
                }
                continue;
            }
        };
        match here {
            (Some(old), Some(new)) if agree(old, new) => {
                if (&old.1[1], &old.1[3]) != (&new.1[1], &new.1[3]) {
                    republished.push((key.0, key.1, here));
                }
            }
            _ => events.push((key.0, key.1, here)),
        }
    }
    // A row gone and a row come that say the same.
    let mut left: Vec<(Option<u64>, u64, Event<'_>)> = Vec::new();
    let (added, others): (Vec<_>, Vec<_>) =
        events.into_iter().partition(|(_, _, event)| event.0.is_none());
    let mut added: Vec<Option<_>> = added.into_iter().map(Some).collect();
    for (owner, refset, event) in others {
        if let (Some(row), None) = event {
            let same = added.iter_mut().find(|one| {
                one.as_ref().is_some_and(|(of, set, (_, new))| {
                    (*of, *set) == (owner, refset) && new.is_some_and(|new| agree(row, new))
                })
            });
            if let Some((_, _, (_, new))) = same.and_then(Option::take) {
                republished.push((owner, refset, (Some(row), new)));
                continue;
            }
        }
        left.push((owner, refset, event));
    }
    left.extend(added.into_iter().flatten());
    let mut answered: BTreeSet<(u64, u64)> = BTreeSet::new();
    for (owner, refset, event) in left {
        one_row(old, new, (owner, refset, event), &mut republished, &mut answered, lines);
    }
    for (owner, refset, (row, row_now)) in republished {
        let known = row_now.or(row).expect("there is one");
        let code = owner.unwrap_or(number(&known.1[5]));
        let blank = vec![String::new(); 4];
        let columns =
            |row: Option<&(Columns, Columns)>| row.map_or(blank.clone(), |row| row.1.clone());
        let (before, after) = published(&columns(row), &columns(row_now), true);
        lines.push(told("republished", code, &refset.to_string(), &before, &after, vec![]));
    }
    for (concept, map) in answered {
        if answers(old, concept, map) != answers(new, concept, map) {
            lines.push(told("map-answer-changed", concept, &map.to_string(), "?", "?", vec![]));
        }
    }
}

/// Groups, rules and targets of a map for a concept in order, the numbers left out.
fn answers(side: &Side<'_>, concept: u64, map: u64) -> Vec<Vec<String>> {
    let rows = side.model.refset_rows.iter().filter(|(_, (_, row))| {
        row[2] == "1" && number(&row[4]) == map && number(&row[5]) == concept
    });
    let mut groups: BTreeMap<(u64, u64), Vec<MapRow>> = BTreeMap::new();
    for ((id, _), (header, row)) in rows {
        let at = |name: &str| header.iter().position(|one| one == name).map(|at| row[at].clone());
        let place = |name: &str| at(name).and_then(|value| value.parse::<u64>().ok()).unwrap_or(0);
        let target = at("mapTarget").unwrap_or_default();
        match at("mapGroup") {
            None => groups.entry((0, 0)).or_default().push((0, target, String::new())),
            Some(_) => {
                let rule = at("mapRule").unwrap_or_default();
                let said = format!("{} {}", rule.trim(), target.trim());
                let group = (place("mapBlock"), place("mapGroup"));
                groups.entry(group).or_default().push((place("mapPriority"), said, id.clone()));
            }
        }
    }
    let of_group = |mut group: Vec<MapRow>| {
        group.sort();
        let mut said: Vec<String> = group.into_iter().map(|(_, said, _)| said).collect();
        said.dedup();
        said
    };
    groups.into_values().map(of_group).collect()
}

fn one_row<'m>(
    old: &Side<'_>,
    new: &Side<'_>,
    (owner, refset, event): (Option<u64>, u64, Event<'m>),
    republished: &mut Vec<(Option<u64>, u64, Event<'m>)>,
    answered: &mut BTreeSet<(u64, u64)>,
    lines: &mut Vec<String>,
) {
    let (header, row) = event.1.or(event.0).expect("there is one");
    let component = number(&row[5]);
    let in_both = owner.is_some_and(|id| {
        old.model.concepts.contains_key(&id) && new.model.concepts.contains_key(&id)
    });
    let active = |id: &u64| old.model.is_active(*id) && new.model.is_active(*id);
    let active_in_both = owner.is_some_and(|id| active(&id));
    let description =
        |side: &Side<'_>| side.model.descriptions.get(&component).map(|row| row[2].clone());
    let is_description = description(if event.1.is_some() { new } else { old }).is_some();
    let known_association =
        farr::snomed::AssociationKind::of(Sctid::as_published(refset).expect("it is an id"))
            != farr::snomed::AssociationKind::Other;
    let is_historical =
        |side: &Side<'_>| side.hierarchy.ancestors(refset).contains(&900_000_000_000_522_004);
    let is_past =
        refset == INDICATORS[0] || known_association || is_historical(old) || is_historical(new);
    let is_language = old.languages.contains(&refset) || new.languages.contains(&refset);
    if is_past && owner == Some(component) && !active_in_both {
        return;
    }
    if is_language && is_description && owner.is_some() {
        let said = |side: &Side<'_>| side.said.get(&component)?.get(&refset).copied();
        let same = description(old).is_some() && description(old) == description(new);
        if in_both && same && said(old) == said(new) {
            republished.push((owner, refset, event));
        }
        return;
    }
    let changed = description(old) != description(new);
    if refset == INDICATORS[1] && is_description && owner.is_some() && (!in_both || changed) {
        return;
    }
    let is_map = old.maps.contains(&refset) || new.maps.contains(&refset);
    let word = match (event, is_map) {
        ((None, _), false) => "member-added",
        ((None, _), true) => "map-row-added",
        ((_, None), false) => "member-retired",
        ((_, None), true) => "map-row-retired",
        (_, false) => "member-changed",
        (_, true) => "map-row-changed",
    };
    let code = owner.unwrap_or(component);
    let text = |row: Option<&(Columns, Columns)>| {
        let Some((header, row)) = row else { return "-".to_owned() };
        let first = (number(&row[5]) != code).then(|| format!("referencedComponentId={}", row[5]));
        let fields = header.iter().zip(row).skip(6).map(|(name, value)| format!("{name}={value}"));
        let all: Vec<String> = first.into_iter().chain(fields).collect();
        if all.is_empty() { "-".to_owned() } else { all.join(", ") }
    };
    let _ = header;
    lines.push(told(word, code, &refset.to_string(), &text(event.0), &text(event.1), vec![]));
    if is_map && in_both {
        answered.insert((code, refset));
    }
}
