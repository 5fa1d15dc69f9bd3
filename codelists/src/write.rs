//! From a list to the text of a file.

use serde_json::{Map, Value, json};

use crate::format::Format;
use crate::list::{
    Cluster, Codes, Compose, Content, Definition, Entry, Filter, Part, Selection, ValueSet,
};
use crate::system::{ListSystem, System};

/// Why a list cannot be written in a format.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum WriteError {
    /// The content has to be expanded first, or made a definition.
    #[error("{content} cannot be written as {format} as it stands")]
    Content {
        /// What it is.
        content: &'static str,
        /// What it was to be.
        format: Format,
    },
    /// The format has room for one code system.
    #[error("{format} has room for one code system, and these codes are of {first} and {second}")]
    Systems {
        /// The format.
        format: Format,
        /// One of them.
        first: ListSystem,
        /// Another.
        second: ListSystem,
    },
    /// The format is of SNOMED CT.
    #[error("{format} is of SNOMED CT, and these codes are of {system}")]
    System {
        /// The format.
        format: Format,
        /// The system of the codes.
        system: ListSystem,
    },
    /// A cluster file names its cluster.
    #[error("a cluster CSV names its cluster: say which")]
    Cluster,
    /// A code is damaged, and stays unwritten.
    #[error("{code} is no code of {system}: {flaw}")]
    Flaw {
        /// What stands there.
        code: String,
        /// What it should be a code of.
        system: ListSystem,
        /// What is wrong with it.
        flaw: String,
    },
    /// Text could not be made of it.
    #[error("it cannot be written: {0}")]
    Text(String),
}

/// Writes a list in a format.
///
/// Codes go into every format but definitions; definitions and value sets into their own, and an
/// expression constraint into its own and into a value set. Lines end in line feeds. What was written
/// is read back as it was.
///
/// # Errors
/// [`WriteError`]: among others, no damaged code is ever written.
///
/// ```
/// use farr_codelists::{Codelist, Format, write};
/// let list = Codelist::of_ecl(farr::Ecl::parse("<< 24700007")?);
/// assert_eq!(write(&list.content, Format::Ecl)?, "<< 24700007\n");
/// assert!(write(&list.content, Format::OpenCodelists).is_err());
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn write(content: &Content, format: Format) -> Result<String, WriteError> {
    let refused = |content| Err(WriteError::Content { content, format });
    match (content, format) {
        (Content::Codes(codes), Format::OpenCodelists) => opencodelists(codes),
        (Content::Codes(codes), Format::Codes) => plain(codes),
        (Content::Codes(codes), Format::Cluster) => clusters(codes),
        (Content::Codes(codes), Format::Ecl) => alternatives(codes),
        (Content::Codes(codes), Format::ValueSet) => value_set(&enumerated(codes)),
        (Content::Codes(_), Format::Definition) => refused("codes one by one"),
        (Content::Definition(rows), Format::Definition) => definition(rows),
        (Content::Definition(_), _) => refused("a definition"),
        (Content::ValueSet(set), Format::ValueSet) => value_set(set),
        (Content::ValueSet(_), _) => refused("a value set"),
        (Content::Ecl(ecl), Format::Ecl) => Ok(format!("{}\n", ecl.source().trim_end())),
        (Content::Ecl(ecl), Format::ValueSet) => value_set(&ValueSet {
            compose: Some(Compose {
                include: vec![Part {
                    system: System::Snomed.into(),
                    version: None,
                    selection: Selection::Filters(vec![Filter::Constraint(Box::new(ecl.clone()))]),
                    place: crate::place::Place { line: 1, column: 1 },
                }],
                ..Compose::default()
            }),
            ..ValueSet::default()
        }),
        (Content::Ecl(_), _) => refused("an expression constraint"),
    }
}

/// The one system of entries; `None` where there are none.
fn one_system(entries: &[Entry], format: Format) -> Result<Option<&ListSystem>, WriteError> {
    let Some(first) = entries.first() else { return Ok(None) };
    match entries.iter().find(|entry| entry.system != first.system) {
        None => Ok(Some(&first.system)),
        Some(other) => Err(WriteError::Systems {
            format,
            first: first.system.clone(),
            second: other.system.clone(),
        }),
    }
}

/// A code as files have it: those of classifications without their point.
fn sound(entry: &Entry) -> Result<String, WriteError> {
    if let Some(flaw) = entry.code.flaw()
        && !matches!(flaw, crate::code::Flaw::WrongCheckDigit { .. })
    {
        return Err(WriteError::Flaw {
            code: entry.code.text().to_owned(),
            system: entry.system.clone(),
            flaw: flaw.to_string(),
        });
    }
    let text = entry.code.text();
    Ok(match entry.system.known() {
        Some(System::Icd10 | System::Opcs4) => text.replace('.', ""),
        _ => text.to_owned(),
    })
}

fn term(entry: &Entry) -> &str {
    entry.term.as_deref().unwrap_or_default()
}

/// Rows as CSV.
fn table<const N: usize>(
    header: [&str; N],
    rows: impl Iterator<Item = Result<[String; N], WriteError>>,
) -> Result<String, WriteError> {
    let unwritten = |error: &dyn std::fmt::Display| WriteError::Text(error.to_string());
    let mut writer = csv::WriterBuilder::new().from_writer(Vec::new());
    writer.write_record(header).map_err(|error| unwritten(&error))?;
    for row in rows {
        writer.write_record(row?).map_err(|error| unwritten(&error))?;
    }
    let bytes = writer.into_inner().map_err(|error| unwritten(&error))?;
    String::from_utf8(bytes).map_err(|error| unwritten(&error))
}

fn opencodelists(codes: &Codes) -> Result<String, WriteError> {
    // The names of these columns say the system, where `code` leaves it open.
    let system = one_system(&codes.entries, Format::OpenCodelists)?;
    let header = match system.and_then(ListSystem::known) {
        Some(System::Dmd) => ["dmd_id", "term"],
        _ => ["code", "term"],
    };
    let rows = codes.entries.iter().map(|entry| Ok([sound(entry)?, term(entry).to_owned()]));
    table(header, rows)
}

fn plain(codes: &Codes) -> Result<String, WriteError> {
    one_system(&codes.entries, Format::Codes)?;
    codes.entries.iter().map(|entry| Ok(format!("{}\n", sound(entry)?))).collect()
}

fn clusters(codes: &Codes) -> Result<String, WriteError> {
    let format = Format::Cluster;
    if let Some(system) = one_system(&codes.entries, format)?
        && !system.has_sctids()
    {
        return Err(WriteError::System { format, system: system.clone() });
    }
    // A code does not say which of several it came from.
    let [Cluster { id, description, refset }] = codes.clusters.as_slice() else {
        return Err(WriteError::Cluster);
    };
    let header = [
        "Cluster_ID",
        "Cluster_Desc",
        "ConceptId",
        "ConceptId_Description",
        "Refset",
        "active_in_refset",
    ];
    let rows = codes.entries.iter().map(|entry| {
        Ok([
            id.clone(),
            description.clone(),
            sound(entry)?,
            term(entry).to_owned(),
            refset.clone(),
            "1".to_owned(),
        ])
    });
    table(header, rows)
}

fn definition(definition: &Definition) -> Result<String, WriteError> {
    let rows = definition.rows.iter().map(|row| {
        let (entry, status) = (&row.entry, row.status);
        Ok([sound(entry)?, term(entry).to_owned(), status.symbol().to_owned()])
    });
    table(["code", "term", "is_included"], rows)
}

/// Every code, joined by OR.
fn alternatives(codes: &Codes) -> Result<String, WriteError> {
    let format = Format::Ecl;
    let mut lines = Vec::new();
    for entry in &codes.entries {
        if !entry.system.has_sctids() {
            return Err(WriteError::System { format, system: entry.system.clone() });
        }
        lines.push(with_term(&sound(entry)?, entry.term.as_deref()));
    }
    match lines.is_empty() {
        // The language has no empty set.
        true => Err(WriteError::Text("no expression stands for an empty list".to_owned())),
        false => Ok(format!("{}\n", lines.join(" OR\n"))),
    }
}

/// An id with its term in pipes, where the term can stand there.
pub(crate) fn with_term(id: &str, term: Option<&str>) -> String {
    let shown = |term: &str| {
        let term = term.split_whitespace().collect::<Vec<_>>().join(" ");
        (!term.is_empty() && !term.contains(|letter: char| letter == '|' || letter.is_control()))
            .then_some(term)
    };
    match term.and_then(shown) {
        Some(term) => format!("{id} |{term}|"),
        None => id.to_owned(),
    }
}

/// A value set that names codes one by one, system by system.
fn enumerated(codes: &Codes) -> ValueSet {
    let mut include: Vec<Part> = Vec::new();
    for entry in &codes.entries {
        let part = include.iter_mut().find(|part| part.system == entry.system);
        match part.map(|part| &mut part.selection) {
            Some(Selection::Codes(entries)) => entries.push(entry.clone()),
            _ => include.push(Part {
                system: entry.system.clone(),
                version: None,
                selection: Selection::Codes(vec![entry.clone()]),
                place: entry.place,
            }),
        }
    }
    ValueSet { compose: Some(Compose { include, ..Compose::default() }), ..ValueSet::default() }
}

fn value_set(set: &ValueSet) -> Result<String, WriteError> {
    let mut resource = Map::new();
    resource.insert("resourceType".to_owned(), "ValueSet".into());
    for (name, value) in
        [("url", &set.url), ("version", &set.version), ("name", &set.name), ("title", &set.title)]
    {
        if let Some(value) = value {
            resource.insert(name.to_owned(), value.as_str().into());
        }
    }
    // FHIR requires one.
    let status = set.status.as_deref().unwrap_or("draft");
    resource.insert("status".to_owned(), status.into());
    if let Some(compose) = &set.compose {
        resource.insert("compose".to_owned(), of_compose(compose)?);
    }
    if let Some(entries) = &set.expansion {
        let contains = entries.iter().map(|entry| {
            let mut contained = of_entry(entry)?;
            contained.insert("system".to_owned(), entry.system.uri().into());
            Ok(Value::Object(contained))
        });
        let contains = contains.collect::<Result<Vec<_>, WriteError>>()?;
        resource.insert("expansion".to_owned(), json!({ "contains": contains }));
    }
    let text = serde_json::to_string_pretty(&Value::Object(resource))
        .map_err(|error| WriteError::Text(error.to_string()))?;
    Ok(text + "\n")
}

fn of_compose(compose: &Compose) -> Result<Value, WriteError> {
    let mut value = Map::new();
    if let Some(inactive) = compose.inactive {
        value.insert("inactive".to_owned(), inactive.into());
    }
    let parts = |parts: &[Part]| parts.iter().map(of_part).collect::<Result<Vec<_>, _>>();
    value.insert("include".to_owned(), parts(&compose.include)?.into());
    if !compose.exclude.is_empty() {
        value.insert("exclude".to_owned(), parts(&compose.exclude)?.into());
    }
    Ok(Value::Object(value))
}

fn of_part(part: &Part) -> Result<Value, WriteError> {
    let mut value = Map::new();
    value.insert("system".to_owned(), part.system.uri().into());
    if let Some(version) = &part.version {
        value.insert("version".to_owned(), version.as_str().into());
    }
    match &part.selection {
        Selection::All => {}
        Selection::Codes(entries) => {
            let codes = entries.iter().map(|entry| Ok(Value::Object(of_entry(entry)?)));
            let codes = codes.collect::<Result<Vec<_>, WriteError>>()?;
            value.insert("concept".to_owned(), codes.into());
        }
        Selection::Filters(filters) => {
            let filters: Vec<Value> = filters.iter().map(of_filter).collect();
            value.insert("filter".to_owned(), filters.into());
        }
    }
    Ok(Value::Object(value))
}

/// A code as FHIR has it: those of classifications with their point.
fn of_entry(entry: &Entry) -> Result<Map<String, Value>, WriteError> {
    sound(entry)?;
    let mut value = Map::new();
    value.insert("code".to_owned(), entry.code.text().into());
    if let Some(term) = &entry.term {
        value.insert("display".to_owned(), term.as_str().into());
    }
    Ok(value)
}

fn of_filter(filter: &Filter) -> Value {
    let of = |property: &str, op: &str, value: String| json!({ "property": property, "op": op, "value": value });
    match filter {
        Filter::IsA(id) => of("concept", "is-a", id.to_string()),
        Filter::DescendentOf(id) => of("concept", "descendent-of", id.to_string()),
        Filter::In(id) => of("concept", "in", id.to_string()),
        Filter::Constraint(ecl) => of("constraint", "=", ecl.source().to_owned()),
        Filter::Products(level) => of("parent", "=", level.name().to_owned()),
        Filter::Ingredients => of("parent", "=", "INGREDIENT".to_owned()),
    }
}
