//! Filters.

use std::fmt;

use super::Printer;
use crate::ecl::syntax::{
    Acceptability, Activity, ConceptFilter, ConceptOperand, DefinitionStatusToken,
    DescriptionFilter, Equality, FieldComparison, Filter, MemberFilter, Order, Time, TypeToken,
};

impl Printer<'_, '_> {
    pub(super) fn filter(&mut self, filter: &Filter) -> fmt::Result {
        match filter {
            Filter::Description(criteria) => {
                self.f.write_str(" {{ D ")?;
                self.list(&criteria.criteria, ", ", Self::description_filter)?;
            }
            Filter::Concept(criteria) => {
                self.f.write_str(" {{ C ")?;
                self.list(&criteria.criteria, ", ", Self::concept_filter)?;
            }
        }
        self.f.write_str(" }}")
    }

    fn description_filter(&mut self, filter: &DescriptionFilter) -> fmt::Result {
        match filter {
            DescriptionFilter::Term(equality, terms) => {
                self.keyword("term", *equality)?;
                self.one_or_set(terms, Self::search_term)
            }
            DescriptionFilter::Language(equality, languages) => {
                self.keyword("language", *equality)?;
                self.one_or_set(languages, |printer, language| printer.f.write_str(language))
            }
            DescriptionFilter::Type(equality, tokens) => {
                self.keyword("type", *equality)?;
                self.one_or_set(tokens, Self::type_token)
            }
            DescriptionFilter::TypeId(equality, operand) => {
                self.keyword("typeId", *equality)?;
                self.concept_operand(operand)
            }
            DescriptionFilter::Dialect(equality, dialects) => {
                self.keyword("dialect", *equality)?;
                self.one_or_set(dialects, |printer, dialect| {
                    printer.f.write_str(&dialect.alias)?;
                    printer.acceptability(&dialect.acceptability)
                })
            }
            DescriptionFilter::DialectExpression(equality, expression, acceptability) => {
                self.keyword("dialectId", *equality)?;
                self.sub(expression)?;
                self.acceptability(acceptability)
            }
            DescriptionFilter::DialectId(equality, dialects) => {
                self.keyword("dialectId", *equality)?;
                // A single one in brackets too: without them it would be an expression.
                self.f.write_str("(")?;
                self.list(dialects, " ", |printer, dialect| {
                    printer.reference(&dialect.refset)?;
                    printer.acceptability(&dialect.acceptability)
                })?;
                self.f.write_str(")")
            }
            DescriptionFilter::Module(equality, operand) => self.module(*equality, operand),
            DescriptionFilter::EffectiveTime(order, times) => self.effective_time(*order, times),
            DescriptionFilter::Active(equality, activity) => self.active(*equality, *activity),
            DescriptionFilter::Id(equality, ids) => {
                self.keyword("id", *equality)?;
                self.one_or_set(ids, |printer, id| write!(printer.f, "{id}"))
            }
        }
    }

    fn concept_filter(&mut self, filter: &ConceptFilter) -> fmt::Result {
        match filter {
            ConceptFilter::DefinitionStatus(equality, tokens) => {
                self.keyword("definitionStatus", *equality)?;
                self.one_or_set(tokens, |printer, token| {
                    printer.f.write_str(match token {
                        DefinitionStatusToken::Primitive => "primitive",
                        DefinitionStatusToken::Defined => "defined",
                    })
                })
            }
            ConceptFilter::DefinitionStatusId(equality, operand) => {
                self.keyword("definitionStatusId", *equality)?;
                self.concept_operand(operand)
            }
            ConceptFilter::Module(equality, operand) => self.module(*equality, operand),
            ConceptFilter::EffectiveTime(order, times) => self.effective_time(*order, times),
            ConceptFilter::Active(equality, activity) => self.active(*equality, *activity),
        }
    }

    pub(super) fn member_filter(&mut self, filter: &MemberFilter) -> fmt::Result {
        match filter {
            MemberFilter::Module(equality, operand) => self.module(*equality, operand),
            MemberFilter::EffectiveTime(order, times) => self.effective_time(*order, times),
            MemberFilter::Active(equality, activity) => self.active(*equality, *activity),
            MemberFilter::Field(field, comparison) => {
                self.f.write_str(&field.name)?;
                self.field_comparison(comparison)
            }
        }
    }

    fn field_comparison(&mut self, comparison: &FieldComparison) -> fmt::Result {
        match comparison {
            FieldComparison::Concepts(equality, value) => {
                self.equality(*equality)?;
                self.value(value)
            }
            FieldComparison::Number(order, number) => {
                self.order(*order)?;
                self.number(number)
            }
            FieldComparison::Terms(equality, terms) => {
                self.equality(*equality)?;
                self.one_or_set(terms, Self::search_term)
            }
            FieldComparison::Boolean(equality, value) => {
                self.equality(*equality)?;
                write!(self.f, "{value}")
            }
            FieldComparison::Time(order, times) => {
                self.order(*order)?;
                self.one_or_set(times, Self::time)
            }
        }
    }

    fn keyword(&mut self, keyword: &str, equality: Equality) -> fmt::Result {
        self.f.write_str(keyword)?;
        self.equality(equality)
    }

    fn module(&mut self, equality: Equality, operand: &ConceptOperand) -> fmt::Result {
        self.keyword("moduleId", equality)?;
        self.concept_operand(operand)
    }

    fn effective_time(&mut self, order: Order, times: &[Time]) -> fmt::Result {
        self.f.write_str("effectiveTime")?;
        self.order(order)?;
        self.one_or_set(times, Self::time)
    }

    fn active(&mut self, equality: Equality, activity: Activity) -> fmt::Result {
        self.keyword("active", equality)?;
        match activity {
            Activity::Active => self.f.write_str("true"),
            Activity::Inactive => self.f.write_str("false"),
            Activity::Any => self.either("*", "ANY"),
        }
    }

    fn concept_operand(&mut self, operand: &ConceptOperand) -> fmt::Result {
        match operand {
            ConceptOperand::Expression(expression) => self.sub(expression),
            ConceptOperand::References(references) => {
                self.f.write_str("(")?;
                self.list(references, " ", Self::reference)?;
                self.f.write_str(")")
            }
        }
    }

    fn type_token(&mut self, token: &TypeToken) -> fmt::Result {
        match token {
            TypeToken::FullySpecifiedName => self.either("fsn", "fullySpecifiedName"),
            TypeToken::Synonym => self.either("syn", "synonym"),
            TypeToken::Definition => self.either("def", "definition"),
        }
    }

    /// White space and an acceptability set, or nothing where any will do.
    fn acceptability(&mut self, set: &[Acceptability]) -> fmt::Result {
        if set.is_empty() {
            return Ok(());
        }
        self.f.write_str(" (")?;
        self.list(set, " ", |printer, acceptability| match acceptability {
            Acceptability::Preferred => printer.either("prefer", "preferred"),
            Acceptability::Acceptable => printer.either("accept", "acceptable"),
            Acceptability::Reference(reference) => printer.reference(reference),
        })?;
        self.f.write_str(")")
    }
}
