//! From tree to text.

mod filter;
mod text;

use std::fmt;

use super::syntax::{
    Attribute, Comparison, Equality, Expression, Focus, HierarchyOperator, HistorySupplement,
    Order, Refinement, RefsetOperator, SubExpression,
};
use text::Quote;
pub(crate) use text::escaped;

impl Expression {
    /// The brief form: symbols, and no more brackets than it takes.
    pub fn brief(&self) -> Brief<'_> {
        Brief(self)
    }

    /// The long form: words instead of symbols.
    ///
    /// # Example
    /// ```
    /// use farr::ecl::Ecl;
    ///
    /// let ecl = Ecl::parse("<< 64572001 : [0..1] R 363698007 != *")?;
    /// assert_eq!(
    ///     ecl.long().to_string(),
    ///     "descendantOrSelfOf 64572001 : [0 to 1] reverseOf 363698007 NOT = ANY"
    /// );
    /// # Ok::<(), farr::ecl::EclError>(())
    /// ```
    pub fn long(&self) -> Long<'_> {
        Long(self)
    }
}

/// Displays an expression in brief form; made by [`Expression::brief`].
#[derive(Clone, Copy, Debug)]
pub struct Brief<'e>(&'e Expression);

impl fmt::Display for Brief<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        Printer { f, long: false }.expression(self.0)
    }
}

/// Displays an expression in long form; made by [`Expression::long`].
#[derive(Clone, Copy, Debug)]
pub struct Long<'e>(&'e Expression);

impl fmt::Display for Long<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        Printer { f, long: true }.expression(self.0)
    }
}

impl Refinement {
    /// The brief form of a part of an expression.
    pub(super) fn brief(&self) -> BriefRefinement<'_> {
        BriefRefinement(self)
    }
}

/// Displays a refinement in brief form.
#[derive(Clone, Copy, Debug)]
pub(super) struct BriefRefinement<'e>(&'e Refinement);

impl fmt::Display for BriefRefinement<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        Printer { f, long: false }.part(self.0)
    }
}

/// Where to write, and in which form.
struct Printer<'p, 'f> {
    f: &'p mut fmt::Formatter<'f>,
    long: bool,
}

impl Printer<'_, '_> {
    /// The one or the other, by the form.
    fn either(&mut self, brief: &str, long: &str) -> fmt::Result {
        self.f.write_str(if self.long { long } else { brief })
    }

    /// Items with something between them.
    fn list<T>(
        &mut self,
        items: &[T],
        between: &str,
        mut write: impl FnMut(&mut Self, &T) -> fmt::Result,
    ) -> fmt::Result {
        for (number, item) in items.iter().enumerate() {
            if number > 0 {
                self.f.write_str(between)?;
            }
            write(self, item)?;
        }
        Ok(())
    }

    fn expression(&mut self, expression: &Expression) -> fmt::Result {
        match expression {
            Expression::Sub(sub) => self.sub(sub),
            Expression::And(operands) => self.list(operands, " AND ", Self::sub),
            Expression::Or(operands) => self.list(operands, " OR ", Self::sub),
            Expression::Minus(first, second) => {
                self.sub(first)?;
                self.f.write_str(" MINUS ")?;
                self.sub(second)
            }
            Expression::Refined(focus, refinement) => {
                self.sub(focus)?;
                self.f.write_str(" : ")?;
                self.refinement(refinement)
            }
            Expression::Dotted(focus, attributes) => {
                self.sub(focus)?;
                for attribute in attributes {
                    self.f.write_str(" . ")?;
                    self.sub(attribute)?;
                }
                Ok(())
            }
        }
    }

    fn sub(&mut self, sub: &SubExpression) -> fmt::Result {
        self.sub_quoted(sub, Quote::Whole)
    }

    /// A sub-expression where a quoted text would be a value.
    fn value(&mut self, sub: &SubExpression) -> fmt::Result {
        let begins = sub.hierarchy.is_none() && sub.refset.is_none();
        self.sub_quoted(sub, if begins { Quote::Code } else { Quote::Whole })
    }

    fn sub_quoted(&mut self, sub: &SubExpression, quote: Quote) -> fmt::Result {
        if let Some(operator) = sub.hierarchy {
            let (brief, long) = hierarchy(operator);
            self.either(brief, long)?;
            self.f.write_str(" ")?;
        }
        if let Some(operator) = &sub.refset {
            self.refset(operator)?;
        }
        match &sub.focus {
            Focus::Concept(reference) => self.reference(reference)?,
            Focus::Any => self.either("*", "ANY")?,
            Focus::Alternate(alternate) => self.alternate(alternate, quote)?,
            Focus::Nested(expression) => self.bracketed(expression)?,
        }
        for criteria in &sub.member_filters {
            self.f.write_str(" {{ M ")?;
            self.list(&criteria.criteria, ", ", Self::member_filter)?;
            self.f.write_str(" }}")?;
        }
        for filter in &sub.filters {
            self.filter(filter)?;
        }
        match &sub.history {
            None => Ok(()),
            Some(history) => self.history(history),
        }
    }

    fn bracketed(&mut self, expression: &Expression) -> fmt::Result {
        self.f.write_str("(")?;
        self.expression(expression)?;
        self.f.write_str(")")
    }

    fn refset(&mut self, operator: &RefsetOperator) -> fmt::Result {
        match operator {
            RefsetOperator::MemberOf => self.either("^ ", "memberOf "),
            RefsetOperator::Fields(fields) => {
                self.either("^ [", "memberOf [")?;
                self.list(fields, ", ", |printer, field| printer.f.write_str(&field.name))?;
                self.f.write_str("] ")
            }
            RefsetOperator::AllFields(_) => self.either("^ [*] ", "memberOf [ANY] "),
            RefsetOperator::ContainingAny => self.either("^R ", "refsetContainingAny "),
        }
    }

    fn history(&mut self, history: &HistorySupplement) -> fmt::Result {
        self.f.write_str(" {{ + HISTORY")?;
        match history {
            HistorySupplement::Minimum => self.f.write_str("-MIN")?,
            HistorySupplement::Moderate => self.f.write_str("-MOD")?,
            HistorySupplement::Maximum => self.f.write_str("-MAX")?,
            HistorySupplement::Subset(subset) => {
                self.f.write_str(" ")?;
                self.bracketed(subset)?;
            }
        }
        self.f.write_str(" }}")
    }

    fn refinement(&mut self, refinement: &Refinement) -> fmt::Result {
        match refinement {
            Refinement::Attribute(attribute) => self.attribute(attribute),
            Refinement::Group(group) => {
                if let Some(cardinality) = group.cardinality {
                    self.cardinality(cardinality)?;
                }
                self.f.write_str("{ ")?;
                self.refinement(&group.attributes)?;
                self.f.write_str(" }")
            }
            Refinement::And(parts) => {
                let between = if self.long { " AND " } else { ", " };
                self.list(parts, between, Self::part)
            }
            Refinement::Or(parts) => self.list(parts, " OR ", Self::part),
        }
    }

    fn part(&mut self, part: &Refinement) -> fmt::Result {
        match part {
            Refinement::Attribute(_) | Refinement::Group(_) => self.refinement(part),
            Refinement::And(_) | Refinement::Or(_) => {
                self.f.write_str("(")?;
                self.refinement(part)?;
                self.f.write_str(")")
            }
        }
    }

    fn attribute(&mut self, attribute: &Attribute) -> fmt::Result {
        if let Some(cardinality) = attribute.cardinality {
            self.cardinality(cardinality)?;
        }
        if attribute.reverse {
            self.either("R ", "reverseOf ")?;
        }
        self.sub(&attribute.name)?;
        match &attribute.comparison {
            Comparison::Concepts(equality, value) => {
                self.equality(*equality)?;
                self.value(value)
            }
            Comparison::Number(order, number) => {
                self.order(*order)?;
                self.number(number)
            }
            Comparison::Strings(equality, strings) => {
                self.equality(*equality)?;
                self.one_or_set(strings, |printer, text| printer.string(text))
            }
            Comparison::Boolean(equality, value) => {
                self.equality(*equality)?;
                write!(self.f, "{value}")
            }
        }
    }

    fn cardinality(&mut self, cardinality: super::syntax::Cardinality) -> fmt::Result {
        write!(self.f, "[{}", cardinality.least)?;
        self.either("..", " to ")?;
        match cardinality.most {
            Some(most) => write!(self.f, "{most}")?,
            None => self.either("*", "many")?,
        }
        self.f.write_str("] ")
    }

    fn equality(&mut self, equality: Equality) -> fmt::Result {
        match equality {
            Equality::Equal => self.f.write_str(" = "),
            Equality::NotEqual => self.either(" != ", " NOT = "),
        }
    }

    fn order(&mut self, order: Order) -> fmt::Result {
        match order {
            Order::Equal => self.f.write_str(" = "),
            Order::NotEqual => self.either(" != ", " NOT = "),
            Order::Less => self.f.write_str(" < "),
            Order::LessOrEqual => self.f.write_str(" <= "),
            Order::Greater => self.f.write_str(" > "),
            Order::GreaterOrEqual => self.f.write_str(" >= "),
        }
    }

    /// One item as it is, more of them in brackets.
    fn one_or_set<T>(
        &mut self,
        items: &[T],
        write: impl FnMut(&mut Self, &T) -> fmt::Result,
    ) -> fmt::Result {
        if items.len() == 1 {
            return self.list(items, " ", write);
        }
        self.f.write_str("(")?;
        self.list(items, " ", write)?;
        self.f.write_str(")")
    }
}

/// An operator in brief and in long form.
fn hierarchy(operator: HierarchyOperator) -> (&'static str, &'static str) {
    match operator {
        HierarchyOperator::DescendantOf => ("<", "descendantOf"),
        HierarchyOperator::DescendantOrSelfOf => ("<<", "descendantOrSelfOf"),
        HierarchyOperator::ChildOf => ("<!", "childOf"),
        HierarchyOperator::ChildOrSelfOf => ("<<!", "childOrSelfOf"),
        HierarchyOperator::AncestorOf => (">", "ancestorOf"),
        HierarchyOperator::AncestorOrSelfOf => (">>", "ancestorOrSelfOf"),
        HierarchyOperator::ParentOf => (">!", "parentOf"),
        HierarchyOperator::ParentOrSelfOf => (">>!", "parentOrSelfOf"),
        HierarchyOperator::Top => ("!!>", "top"),
        HierarchyOperator::Bottom => ("!!<", "bottom"),
    }
}
