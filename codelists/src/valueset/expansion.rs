//! The stored expansion of a value set, where it is the whole of it.

use std::collections::HashMap;

use super::Reader;
use super::node::Node;
use crate::finding::{FindingKind, ReadError};
use crate::list::Entry;

/// Parameters of [`$expand`](https://hl7.org/fhir/R4/valueset-operation-expand.html), and what
/// servers report beside them, that change terms and not the codes, or say which versions were used.
const HARMLESS: [&str; 29] = [
    "url",
    "valueSet",
    "valueSetVersion",
    "context",
    "contextDirection",
    "date",
    "includeDesignations",
    "designation",
    "includeDefinition",
    "excludeNested",
    "displayLanguage",
    "defaultDisplayLanguage",
    "property",
    "useSupplement",
    "version",
    "valueset",
    "codesystem",
    "system-version",
    "check-system-version",
    "force-system-version",
    "expansionSource",
    "used-codesystem",
    "used-valueset",
    "used-supplement",
    "warning-draft",
    "warning-retired",
    "warning-experimental",
    "warning-deprecated",
    "warning-withdrawn",
];

/// Parameters that leave codes out, where they are `true`, and which.
const LEAVE_OUT: [(&str, &str); 3] = [
    ("activeOnly", "inactive codes"),
    ("excludeNotForUI", "codes that are not for choosing"),
    ("excludePostCoordinated", "postcoordinated expressions"),
];

/// The members of an expansion; the properties are R5's, and say nothing of which codes there are.
const EXPANSION: [&str; 7] =
    ["identifier", "timestamp", "total", "offset", "parameter", "property", "contains"];

/// The members of a code of an expansion.
const CONTAINED: [&str; 9] = [
    "system",
    "abstract",
    "inactive",
    "version",
    "code",
    "display",
    "designation",
    "property",
    "contains",
];

impl Reader<'_> {
    /// The codes of an expansion and of what is nested in it; abstract ones only hold others. It has to
    /// be the whole.
    pub(super) fn expansion(&mut self, node: &Node) -> Result<Vec<Entry>, ReadError> {
        self.nothing_beside(node, &EXPANSION)?;
        let mut seen = HashMap::new();
        let mut entries = Vec::new();
        let mut nodes = 0_u64;
        let mut waiting: Vec<&Node> = node.all("contains").collect();
        waiting.reverse();
        if node.has_lost_some("contains") {
            return Err(self.partial(node, "one of its codes is null"));
        }
        while let Some(contained) = waiting.pop() {
            nodes = nodes.saturating_add(1);
            let inner: Vec<&Node> = contained.all("contains").collect();
            waiting.extend(inner.into_iter().rev());
            self.nothing_beside(contained, &CONTAINED)?;
            if contained.has_lost_some("contains") {
                return Err(self.partial(contained, "one of its codes is null"));
            }
            if contained.text("abstract") == Some("true") || contained.text("code").is_none() {
                if contained.all("contains").next().is_none() {
                    self.tell(
                        contained,
                        FindingKind::NotUsed,
                        "no code that may be chosen".to_owned(),
                    );
                }
                continue;
            }
            let Some(uri) = contained.text("system") else {
                return Err(self.unsupported(contained, "the code has no system"));
            };
            let system = self.system(contained, uri)?;
            entries.extend(self.entry(system, contained, &mut seen));
        }
        self.whole(node, nodes)?;
        Ok(entries)
    }

    /// Refuses an expansion that says itself that it is not the whole; `nodes` is how many codes and
    /// holders of codes it has.
    fn whole(&mut self, node: &Node, nodes: u64) -> Result<(), ReadError> {
        for extension in node.all("extension") {
            // [Those of FHIR](https://hl7.org/fhir/R4/valueset-profiles.html), and members of later
            // versions as [earlier ones](https://hl7.org/fhir/versions.html#extensions) have them.
            let url = extension.text("url").map(str::trim).unwrap_or_default();
            let name = url.rsplit('/').next().unwrap_or_default();
            let why = match name {
                "valueset-toocostly" => "it was too costly to expand",
                "valueset-unclosed" => "there are codes that cannot be listed",
                name if name.ends_with(".next") => {
                    return Err(self.partial(extension, "there is a next page"));
                }
                _ => continue,
            };
            if extension.text("valueBoolean") != Some("false") {
                return Err(self.partial(extension, why));
            }
        }
        let total = match node.all("total").next() {
            None => None,
            Some(stated) => {
                match stated.value.as_deref().and_then(|total| total.parse::<u64>().ok()) {
                    Some(total) => Some(total),
                    None => return Err(self.unsupported(stated, "the total is no number")),
                }
            }
        };
        if let Some(total) = total
            && total > nodes
        {
            return Err(self.partial(node, &format!("it has {nodes} of {total} codes")));
        }
        if let Some(offset) = node.all("offset").next()
            && offset.value.as_deref() != Some("0")
        {
            return Err(self.partial(offset, "it does not begin with the first code"));
        }
        for parameter in node.all("parameter") {
            self.nothing_left_out(parameter, total.is_some())?;
        }
        Ok(())
    }

    /// Refuses a parameter that may have left codes out.
    fn nothing_left_out(&mut self, node: &Node, has_total: bool) -> Result<(), ReadError> {
        let name = node.text("name").unwrap_or_default().trim();
        let value = node.children.iter().find(|child| child.name.starts_with("value"));
        let value = value.and_then(|value| value.value.as_deref()).unwrap_or_default().trim();
        if HARMLESS.contains(&name) {
            return Ok(());
        }
        if let Some((_, what)) = LEAVE_OUT.iter().find(|(known, _)| *known == name) {
            if value != "false" {
                let message = format!("the expansion leaves out {what}, as {name} asked");
                self.tell(node, FindingKind::LeftOut, message);
            }
            return Ok(());
        }
        match name {
            "offset" if value == "0" => Ok(()),
            "offset" => Err(self.partial(node, "it does not begin with the first code")),
            // That there are fewer proves nothing: servers have limits of their own.
            "count" if has_total => Ok(()),
            "count" => {
                let why = format!("{value} codes at most were asked for, and no total is stated");
                Err(self.partial(node, &why))
            }
            "limitedExpansion" | "incomplete" if value == "false" => Ok(()),
            "limitedExpansion" | "incomplete" => {
                Err(self.partial(node, "it says that it is limited"))
            }
            "filter" if value.is_empty() => Ok(()),
            "filter" => Err(self.partial(node, &format!("it has what the text {value:?} finds"))),
            name => Err(self.unsupported(
                node,
                format!(
                    "the parameter {name:?} of the expansion is not understood, and may have \
                         left codes out"
                ),
            )),
        }
    }

    fn partial(&self, node: &Node, why: &str) -> ReadError {
        self.unsupported(
            node,
            format!("the expansion is a part of the value set, and not the whole: {why}"),
        )
    }
}
