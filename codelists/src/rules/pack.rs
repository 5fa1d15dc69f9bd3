//! A pack: from a text to bindings.

use std::collections::HashMap;
use std::path::PathBuf;
use std::sync::Arc;

use farr::coding::{
    Activity, Binding, DisplayRule, ExpressionForm, FindingCode, Form, Membership, Severity, System,
};
use farr::dmd::{Level, Setting};
use farr::ecl::Ecl;
use farr::{Dialect, Sctid};

use super::cell_finding::CellFinding;
use super::error::{Problem, RulesError};
use super::example::{self, Example};
use super::fields::Fields;
use super::reader::{Reader, expected};
use super::shape;
use super::source::{Source, Sure};
use super::tree::{self, Node, Value};
use super::value_set::{Files, Named};
use crate::place::{Lines, Place};

/// Bindings by name, each with its source.
#[derive(Clone, Debug)]
pub struct RulePack {
    name: String,
    version: String,
    description: String,
    bindings: Vec<NamedBinding>,
    text: String,
    files: Arc<[PathBuf]>,
}

/// A binding of a pack.
#[derive(Clone, Debug)]
pub struct NamedBinding {
    pack: String,
    name: String,
    title: String,
    description: Option<String>,
    source: Source,
    systems: Vec<System>,
    binding: Binding,
    cell_severities: [Severity; CellFinding::ALL.len()],
    examples: Vec<Example>,
    place: Place,
    files: Arc<[PathBuf]>,
    pub(super) named: NamedBy,
}

/// What a binding is defined by that a release may not have.
#[derive(Clone, Debug, Default)]
pub(super) struct NamedBy {
    pub(super) constraint: Option<(Ecl, Written)>,
    pub(super) refset: Option<(Sctid, Place)>,
    pub(super) codes: Option<Named>,
    pub(super) attributes: Vec<(Sctid, Place)>,
    /// Whether inactive codes are accepted.
    pub(super) inactive: bool,
}

/// Where a text is written in a pack.
#[derive(Clone, Copy, Debug)]
pub(super) struct Written {
    pub(super) start: Place,
    /// Whether it stands there letter for letter, without escapes.
    pub(super) is_verbatim: bool,
}

impl Written {
    /// The place in the pack of a place in the text; where escapes make that unclear, the beginning.
    pub(super) fn place_of(self, within: Place) -> Place {
        let before = |one: u64| one.saturating_sub(1);
        match (self.is_verbatim, within.line) {
            (false, _) => self.start,
            (true, 1) => {
                let column = self.start.column.saturating_add(before(within.column));
                Place { column, ..self.start }
            }
            (true, line) => Place { line: self.start.line.saturating_add(before(line)), ..within },
        }
    }
}

impl RulePack {
    /// Its name.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Its version, as its owner counts.
    pub fn version(&self) -> &str {
        &self.version
    }

    /// What it is for.
    pub fn description(&self) -> &str {
        &self.description
    }

    /// Its bindings, in the order of the file: at least one.
    pub fn bindings(&self) -> &[NamedBinding] {
        &self.bindings
    }

    /// The binding of a name.
    pub fn binding(&self, name: &str) -> Option<&NamedBinding> {
        self.bindings.iter().find(|binding| binding.name == name)
    }

    /// The text that it was read from, TOML or JSON.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The files that it was read from: its own, and those of codes that it names, so that nothing is
    /// written over them; none where it was not read from files.
    ///
    /// ```
    /// assert!(farr_codelists::rules::named("nhs-cds")?.files().is_empty());
    /// # Ok::<(), farr_codelists::rules::RulesError>(())
    /// ```
    pub fn files(&self) -> &[PathBuf] {
        &self.files
    }

    /// The same of these files.
    pub(super) fn of_files(mut self, files: Vec<PathBuf>) -> RulePack {
        self.files = files.into();
        for binding in &mut self.bindings {
            binding.files = Arc::clone(&self.files);
        }
        self
    }
}

impl NamedBinding {
    /// Its name within the pack.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// `PACK#NAME`, which refers to it where the pack is shipped.
    pub fn reference(&self) -> String {
        format!("{}#{}", self.pack, self.name)
    }

    /// Its name for people.
    pub fn title(&self) -> &str {
        &self.title
    }

    /// What is asked, and what is left out.
    pub fn description(&self) -> Option<&str> {
        self.description.as_deref()
    }

    /// Where the rule comes from.
    pub fn source(&self) -> &Source {
        &self.source
    }

    /// The systems that a code may be of.
    pub fn systems(&self) -> &[System] {
        &self.systems
    }

    /// The binding, to be joined with releases. Its name is [`NamedBinding::reference`].
    pub fn binding(&self) -> &Binding {
        &self.binding
    }

    /// How much a finding of the cells of a row weighs here.
    ///
    /// ```
    /// use farr::coding::Severity;
    /// use farr_codelists::rules::{self, CellFinding};
    ///
    /// let diagnosis = rules::binding("nhs-cds#diagnosis")?;
    /// assert_eq!(diagnosis.cell_severity(CellFinding::UnreadableCode), Severity::Reject);
    /// # Ok::<(), rules::RulesError>(())
    /// ```
    pub fn cell_severity(&self, found: CellFinding) -> Severity {
        let own = self.cell_severities.get(found as usize).copied();
        own.unwrap_or_else(|| found.default_severity())
    }

    /// Codings, and what has to be said of them.
    pub fn examples(&self) -> &[Example] {
        &self.examples
    }

    /// Where it stands in the text of the pack.
    pub fn place(&self) -> Place {
        self.place
    }

    /// The files that its pack was read from: [`RulePack::files`].
    pub fn files(&self) -> &[PathBuf] {
        &self.files
    }
}

/// Reads a pack from its bytes.
pub(super) fn of_bytes(
    file: &str,
    bytes: &[u8],
    files: &Files<'_>,
) -> Result<RulePack, RulesError> {
    let refused = |problems| Err(RulesError { file: file.to_owned(), problems });
    let text = match std::str::from_utf8(bytes) {
        Ok(text) => text.strip_prefix('\u{feff}').unwrap_or(text),
        Err(error) => {
            let before = bytes.get(..error.valid_up_to()).unwrap_or_default();
            let before = String::from_utf8_lossy(before);
            let place = Some(Lines::of(&before).place(before.len()));
            let message = "a character is not in UTF-8: save the file as UTF-8".to_owned();
            return refused(vec![Problem { place, message }]);
        }
    };
    let mut reader = Reader::new(text);
    let tree = match text.trim_start().starts_with('{') {
        true => tree::of_json(text),
        false => tree::of_toml(text),
    };
    let tree = match tree {
        Ok(tree) => tree,
        Err((at, message)) => {
            reader.tell(at, message);
            return refused(reader.problems());
        }
    };
    let pack = reader.pack(&tree, files);
    match pack {
        Some(pack) if !reader.has_problems() => Ok(pack),
        _ => refused(reader.problems()),
    }
}

impl Reader<'_> {
    fn pack(&mut self, tree: &Node, files: &Files<'_>) -> Option<RulePack> {
        let fields = self.fields(tree, &shape::PACK)?;
        let name = fields.text("name").unwrap_or_default().to_owned();
        let mut first: HashMap<&str, usize> = HashMap::new();
        let mut bindings = Vec::new();
        for node in fields.items("binding") {
            let Value::Table(members) = &node.value else { continue };
            let named = members.iter().find(|member| member.key == "name");
            if let Some(member) = named
                && let Value::Text(text) = &member.node.value
            {
                let at = member.node.span.start;
                match first.get(text.as_str()) {
                    Some(before) => {
                        let line = self.line(*before);
                        let message =
                            format!("the binding {text:?} is defined twice: first on line {line}");
                        self.tell(at, message);
                    }
                    None => {
                        first.insert(text, at);
                    }
                }
            }
            bindings.extend(self.binding(&name, node, files));
        }
        Some(RulePack {
            name,
            version: fields.text("version")?.to_owned(),
            description: fields.text("description")?.to_owned(),
            bindings,
            text: self.text().to_owned(),
            files: Arc::default(),
        })
    }

    /// A binding. What its shape asks was told when the pack was held to its own; what its fields ask
    /// of each other is told here, as far as they can be read.
    fn binding(&mut self, pack: &str, node: &Node, files: &Files<'_>) -> Option<NamedBinding> {
        let fields = self.fields(node, &shape::BINDING)?;
        let name = fields.text("name").unwrap_or_default().to_owned();
        let systems: Vec<System> =
            fields.texts("systems").filter_map(|(word, _)| System::named(word)).collect();
        // Without systems nothing can be said of what depends on them, and that was told.
        if !systems.is_empty() {
            self.together(&fields, &systems);
        }
        let source = self.source(&fields);
        let reference = format!("{pack}#{name}");
        let value_set = fields
            .get("value-set")
            .and_then(|node| self.value_set(&reference, node, &systems, files));
        let examples = self.examples(&fields);
        let mut binding = Binding::new(reference);
        for system in &systems {
            binding = binding.system(*system);
        }
        let activity = self.activity(&fields);
        let mut named = NamedBy { inactive: activity == Activity::Any, ..NamedBy::default() };
        binding = binding.activity(activity);
        if let Some(ecl) = fields.text("constraint").and_then(|text| Ecl::parse(text).ok()) {
            let written = fields.get("constraint").map(|node| self.written(node, ecl.source()));
            named.constraint = written.map(|written| (ecl.clone(), written));
            binding = binding.constraint(ecl);
        }
        if let Some(refset) = fields.text("refset").and_then(|text| Sctid::parse(text).ok()) {
            let at = fields.get("refset").map_or(node.span.start, |node| node.span.start);
            named.refset = Some((refset, self.place(at)));
            binding = binding.refset(refset);
        }
        if let Some((set, codes)) = value_set {
            named.codes = Some(codes);
            binding = binding.value_set(set);
        }
        for level in fields.texts("levels").filter_map(|(word, _)| Level::named(word)) {
            binding = binding.level(level);
        }
        let ingredients = fields.texts("levels").any(|(word, _)| word == shape::INGREDIENT);
        binding = binding.ingredients(ingredients);
        if fields.text("membership") == Some("any") {
            binding = binding.membership(Membership::Any);
        }
        if let Some(word) = fields.text("prescribable") {
            let setting = Setting::ALL.into_iter().find(|setting| setting.code() == word);
            binding = setting.into_iter().fold(binding, Binding::prescribable);
        }
        if let Some(ranges) = fields.text("ranges") {
            binding = binding.ranges(ranges);
        }
        if let Some(form) = fields.text("form").and_then(Form::named) {
            binding = binding.form(form);
        }
        match fields.text("display") {
            Some("nothing") => binding = binding.display(DisplayRule::Nothing),
            Some("preferred") => binding = binding.display(DisplayRule::Preferred),
            _ => {}
        }
        if let Some(dialect) = fields.text("dialect").and_then(Dialect::named) {
            binding = binding.dialect(dialect);
        }
        binding = binding.expressions(fields.truth("expressions").unwrap_or(false));
        if let Some(form) = fields.text("expression-form").and_then(ExpressionForm::named) {
            binding = binding.expression_form(form);
        }
        let attributes = fields.texts("expression-attributes");
        for (id, at) in attributes.filter_map(|(text, at)| Some((Sctid::parse(text).ok()?, at))) {
            named.attributes.push((id, self.place(at)));
            binding = binding.expression_attribute(id);
        }
        if let Some(characters) = fields.number("most-characters") {
            binding = binding.most_characters(characters);
        }
        if let Some(separators) = fields.text("separators") {
            binding = binding.separators(separators);
        }
        if let Some(days) = fields.number("most-age-days") {
            binding = binding.most_age_days(days);
        }
        let mut cell_severities = CellFinding::ALL.map(CellFinding::default_severity);
        for (code, severity) in fields.severities() {
            if let Some(code) = FindingCode::named(code) {
                binding = binding.severity(code, severity);
            }
            for (known, own) in CellFinding::ALL.iter().zip(&mut cell_severities) {
                if known.code() == code {
                    *own = severity;
                }
            }
        }
        Some(NamedBinding {
            pack: pack.to_owned(),
            name,
            title: fields.text("title")?.to_owned(),
            description: fields.text("description").map(str::to_owned),
            source: source?,
            systems,
            binding,
            cell_severities,
            examples,
            place: self.place(node.span.start),
            files: Arc::default(),
            named,
        })
    }

    fn activity(&mut self, fields: &Fields<'_>) -> Activity {
        let days = fields.number("grace-days");
        let any = fields.truth("active") == Some(false) || fields.text("active").is_some();
        if any && let Some(member) = fields.member("grace-days") {
            let message = "grace-days has no meaning where the code need not be active";
            self.tell(member.key_at, message);
        }
        match any {
            true => Activity::Any,
            false => Activity::Active { grace_days: days.unwrap_or(0) },
        }
    }

    fn source(&mut self, fields: &Fields<'_>) -> Option<Source> {
        let node = fields.get("source")?;
        let source = self.fields(node, &shape::SOURCE)?;
        let sure = Sure::named(source.text("sure")?)?;
        let url = source.text("url").map(str::to_owned);
        if url.is_none() && sure != Sure::Ours && source.member("url").is_none() {
            let message = format!("the source is {}, and has no url to read it at", sure.word());
            self.tell(node.span.start, message);
        }
        for (name, at) in source.texts("ours") {
            let is_there = match name.strip_prefix("severity.") {
                Some(code) => fields.severities().any(|(found, _)| found == code),
                None => fields.member(name).is_some(),
            };
            if !is_there {
                let codes = shape::weighed().into_iter().map(|code| format!("severity.{code}"));
                let codes: Vec<String> = codes.collect();
                let names = shape::BINDING.fields.iter().map(|field| field.name);
                let names: Vec<&str> = names.chain(codes.iter().map(String::as_str)).collect();
                let message = format!("ours names {name:?}, which the binding does not have");
                self.tell(
                    at,
                    match names.contains(&name) {
                        true => message,
                        false => expected(message, name, &names),
                    },
                );
            }
        }
        Some(Source {
            title: source.text("title")?.to_owned(),
            url,
            sure,
            ours: source.texts("ours").map(|(name, _)| name.to_owned()).collect(),
        })
    }

    fn examples(&mut self, fields: &Fields<'_>) -> Vec<Example> {
        let mut examples = Vec::new();
        for node in fields.items("example") {
            let place = self.place(node.span.start);
            let fields = self.fields(node, &shape::EXAMPLE);
            examples.extend(fields.and_then(|fields| example::of_fields(&fields, place)));
        }
        examples
    }
}
