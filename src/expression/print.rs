//! From tree to text.

use std::fmt::{self, Display, Formatter, Write as _};

use super::syntax::{Attribute, AttributeValue, ConceptReference, DefinitionStatus, SubExpression};
use crate::ecl::print::escaped;

/// The text of an expression, with its terms or without; see
/// [`Expression::without_terms`](super::Expression::without_terms).
#[derive(Clone, Copy, Debug)]
pub struct Printed<'e> {
    pub(super) status: Option<DefinitionStatus>,
    pub(super) expression: &'e SubExpression,
    pub(super) terms: bool,
}

impl Display for Printed<'_> {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        f.write_str(match self.status {
            None => "",
            Some(DefinitionStatus::EquivalentTo) => "=== ",
            Some(DefinitionStatus::SubtypeOf) => "<<< ",
        })?;
        Printer { terms: self.terms, f }.expression(self.expression)
    }
}

struct Printer<'p, 'f> {
    terms: bool,
    f: &'p mut Formatter<'f>,
}

impl Printer<'_, '_> {
    fn expression(&mut self, expression: &SubExpression) -> fmt::Result {
        self.list(&expression.focus_concepts, " + ", Self::reference)?;
        let refinement = &expression.refinement;
        if refinement.is_empty() {
            return Ok(());
        }
        self.f.write_str(" : ")?;
        self.list(&refinement.attributes, ", ", Self::attribute)?;
        if !refinement.attributes.is_empty() && !refinement.groups.is_empty() {
            self.f.write_str(", ")?;
        }
        self.list(&refinement.groups, ", ", |printer, group| {
            printer.f.write_str("{ ")?;
            printer.list(&group.attributes, ", ", Self::attribute)?;
            printer.f.write_str(" }")
        })
    }

    fn list<T>(
        &mut self,
        items: &[T],
        between: &str,
        print: impl Fn(&mut Self, &T) -> fmt::Result,
    ) -> fmt::Result {
        for (number, item) in items.iter().enumerate() {
            if number > 0 {
                self.f.write_str(between)?;
            }
            print(self, item)?;
        }
        Ok(())
    }

    fn reference(&mut self, reference: &ConceptReference) -> fmt::Result {
        write!(self.f, "{}", reference.id)?;
        match &reference.term {
            Some(term) if self.terms => write!(self.f, " |{term}|"),
            _ => Ok(()),
        }
    }

    fn attribute(&mut self, attribute: &Attribute) -> fmt::Result {
        self.reference(&attribute.name)?;
        self.f.write_str(" = ")?;
        match &attribute.value {
            AttributeValue::Concept(reference) => self.reference(reference),
            AttributeValue::Expression(expression) => {
                self.f.write_str("(")?;
                self.expression(expression)?;
                self.f.write_str(")")
            }
            AttributeValue::Number(number) => write!(self.f, "#{}", number.0),
            AttributeValue::String(text) => {
                self.f.write_char('"')?;
                escaped(self.f, text)?;
                self.f.write_char('"')
            }
            AttributeValue::Boolean(value) => write!(self.f, "{value}"),
        }
    }
}
