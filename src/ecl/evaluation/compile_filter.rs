//! Filters from the syntax tree: their criteria asked of the distinct columns once.

use crate::ecl::syntax::{
    Acceptability as Written, Activity, ConceptFilter, Criteria, DefinitionStatusToken,
    DescriptionFilter, Equality, Filter, Order, Time, TypeToken,
};
use crate::id::Sctid;
use crate::search::Reach;
use crate::snomed::{Acceptability, OrdinalSet, constants};

use super::compile::{Compiled, Compiler};
use super::error::{EvaluationError, FindingKind};
use super::filter::{ConceptTest, DescriptionTest};
use super::plan::Node;
use super::term::TermTest;

/// A language refset, and which acceptabilities in it pass.
type InDialect = (Sctid, Vec<Acceptability>);

impl Activity {
    pub(super) fn holds(self, equality: Equality, active: bool) -> bool {
        match self {
            // Not any is none.
            Activity::Any => equality == Equality::Equal,
            Activity::Active => equality.holds(active),
            Activity::Inactive => equality.holds(!active),
        }
    }
}

impl<'t> Compiler<'_, 't> {
    pub(super) fn filter(&mut self, inner: Node<'t>, filter: &Filter) -> Compiled<Node<'t>> {
        let inner = Box::new(inner);
        Ok(match filter {
            Filter::Concept(criteria) => {
                Node::Filtered(inner, Box::new(self.concept_test(criteria)?))
            }
            Filter::Description(criteria) => {
                Node::Described(inner, Box::new(self.description_test(criteria)?))
            }
        })
    }

    /// Whether a module, type or status is among the concepts of an operand.
    pub(super) fn among(&self, set: &OrdinalSet<'t>, id: Option<Sctid>) -> Option<bool> {
        Some(set.contains(self.snomed.ordinal(id?)?))
    }

    fn concept_test(&mut self, criteria: &Criteria<ConceptFilter>) -> Compiled<ConceptTest<'t>> {
        let snomed = self.snomed;
        let count = snomed.concept_status_count();
        let mut statuses = vec![true; count];
        let mut dates: Option<Vec<bool>> = None;
        for criterion in &criteria.criteria {
            let mut keep = |passes: &dyn Fn(Sctid, Sctid, bool) -> bool| {
                for (number, kept) in statuses.iter_mut().enumerate() {
                    *kept = *kept
                        && snomed
                            .concept_status(number)
                            .is_some_and(|(module, status, active)| passes(module, status, active));
                }
            };
            match criterion {
                ConceptFilter::DefinitionStatus(equality, tokens) => {
                    let ids: Vec<Sctid> = tokens
                        .iter()
                        .map(|token| match token {
                            DefinitionStatusToken::Primitive => constants::PRIMITIVE,
                            DefinitionStatusToken::Defined => constants::DEFINED,
                        })
                        .collect();
                    keep(&|_, status, _| equality.holds(ids.contains(&status)));
                }
                ConceptFilter::DefinitionStatusId(equality, operand) => {
                    let set = self.operand(operand)?;
                    let among = |id| self.among(&set, Some(id));
                    keep(&|_, status, _| among(status).is_some_and(|is| equality.holds(is)));
                }
                ConceptFilter::Module(equality, operand) => {
                    let set = self.operand(operand)?;
                    let among = |id| self.among(&set, Some(id));
                    keep(&|module, _, _| among(module).is_some_and(|is| equality.holds(is)));
                }
                ConceptFilter::Active(equality, activity) => {
                    keep(&|_, _, active| activity.holds(*equality, active));
                }
                ConceptFilter::EffectiveTime(order, times) => {
                    dates = Some(self.dates(dates, *order, times));
                }
            }
        }
        Ok(ConceptTest { snomed, statuses, dates })
    }

    /// Which effective times pass, beside those that passed already.
    fn dates(&self, before: Option<Vec<bool>>, order: Order, times: &[Time]) -> Vec<bool> {
        let count = self.snomed.date_count();
        let mut table = before.unwrap_or_else(|| vec![true; count]);
        for (number, kept) in table.iter_mut().enumerate() {
            *kept = *kept && order.holds_time(self.snomed.date(number), times);
        }
        table
    }

    fn description_test(
        &mut self,
        criteria: &Criteria<DescriptionFilter>,
    ) -> Compiled<DescriptionTest<'t>> {
        let snomed = self.snomed;
        let kinds = snomed.description_kind_count();
        let mut test = DescriptionTest {
            snomed,
            kinds: vec![true; kinds],
            dates: None,
            acceptabilities: None,
            ids: Vec::new(),
            terms: Vec::new(),
            reach: Reach::Everything,
            look_again: false,
        };
        let mut says_active = false;
        for criterion in &criteria.criteria {
            match criterion {
                DescriptionFilter::Term(equality, terms) => {
                    test.terms.push((*equality, terms.iter().map(TermTest::new).collect()));
                }
                DescriptionFilter::Language(equality, codes) => {
                    self.keep_kinds(&mut test.kinds, |kind| {
                        let same = |code: &String| code.eq_ignore_ascii_case(kind.language);
                        equality.holds(codes.iter().any(same))
                    });
                }
                DescriptionFilter::Type(equality, tokens) => {
                    let ids: Vec<Sctid> = tokens.iter().map(|token| type_id(*token)).collect();
                    self.keep_kinds(&mut test.kinds, |kind| {
                        equality.holds(ids.contains(&kind.type_id))
                    });
                }
                DescriptionFilter::TypeId(equality, operand) => {
                    let set = self.operand(operand)?;
                    self.keep_kinds(&mut test.kinds, |kind| {
                        self.among(&set, Some(kind.type_id)).is_some_and(|is| equality.holds(is))
                    });
                }
                DescriptionFilter::Module(equality, operand) => {
                    let set = self.operand(operand)?;
                    self.keep_kinds(&mut test.kinds, |kind| {
                        self.among(&set, Some(kind.module)).is_some_and(|is| equality.holds(is))
                    });
                }
                DescriptionFilter::Active(equality, activity) => {
                    says_active = true;
                    self.keep_kinds(&mut test.kinds, |kind| activity.holds(*equality, kind.active));
                }
                DescriptionFilter::EffectiveTime(order, times) => {
                    test.dates = Some(self.dates(test.dates.take(), *order, times));
                }
                DescriptionFilter::Id(equality, ids) => test.ids.push((*equality, ids.clone())),
                DescriptionFilter::Dialect(equality, aliases) => {
                    let mut named = Vec::new();
                    for alias in aliases {
                        let acceptabilities = self.acceptabilities(&alias.acceptability)?;
                        let refsets = self.options.dialect(&alias.alias);
                        if refsets.is_empty() {
                            let kind = FindingKind::UnknownDialect { alias: alias.alias.clone() };
                            self.find(kind, alias.span, super::Report::Error)?;
                        }
                        named.extend(refsets.iter().map(|id| (*id, acceptabilities.clone())));
                    }
                    self.keep_dialects(&mut test, *equality, &named);
                }
                DescriptionFilter::DialectId(equality, dialects) => {
                    let mut named = Vec::new();
                    for dialect in dialects {
                        let acceptabilities = self.acceptabilities(&dialect.acceptability)?;
                        self.reference(&dialect.refset)?;
                        named.push((dialect.refset.id, acceptabilities));
                    }
                    self.keep_dialects(&mut test, *equality, &named);
                }
                DescriptionFilter::DialectExpression(equality, sub, written) => {
                    let acceptabilities = self.acceptabilities(written)?;
                    let set = self.set(sub)?;
                    let refsets = snomed.language_refsets();
                    let named: Vec<InDialect> = refsets
                        .filter(|id| snomed.ordinal(*id).is_some_and(|at| set.contains(at)))
                        .map(|id| (id, acceptabilities.clone()))
                        .collect();
                    self.keep_dialects(&mut test, *equality, &named);
                }
            }
        }
        if !says_active {
            self.keep_kinds(&mut test.kinds, |kind| kind.active);
        }
        let passing = |passes: &dyn Fn(&crate::snomed::DescriptionKind<'_>) -> bool| {
            let kept = test.kinds.iter().enumerate().filter(|(_, kept)| **kept);
            kept.filter_map(|(number, _)| snomed.description_kind(number)).any(|kind| passes(&kind))
        };
        let inactive = passing(&|kind| !kind.active);
        let special = ["sv", "fi", "da", "nb", "nn", "no", "es"];
        test.look_again = passing(&|kind| special.contains(&kind.language));
        let names = [constants::FULLY_SPECIFIED_NAME, constants::SYNONYM];
        let others = passing(&|kind| !names.contains(&kind.type_id));
        test.reach = match (others, inactive) {
            (true, _) => Reach::Everything,
            (false, true) => Reach::All,
            (false, false) => Reach::WithInactiveConcepts,
        };
        Ok(test)
    }

    fn keep_kinds(
        &self,
        kinds: &mut [bool],
        passes: impl Fn(&crate::snomed::DescriptionKind<'_>) -> bool,
    ) {
        for (number, kept) in kinds.iter_mut().enumerate() {
            let kind = self.snomed.description_kind(number);
            *kept = *kept && kind.is_some_and(|kind| passes(&kind));
        }
    }

    fn keep_dialects(
        &self,
        test: &mut DescriptionTest<'t>,
        equality: Equality,
        named: &[InDialect],
    ) {
        let count = self.snomed.acceptability_pattern_count();
        let table = test.acceptabilities.get_or_insert_with(|| vec![true; count]);
        for (number, kept) in table.iter_mut().enumerate() {
            let any = self.snomed.acceptability_pattern(number).any(|(refset, acceptability)| {
                named.iter().any(|(id, allowed)| {
                    *id == refset && (allowed.is_empty() || allowed.contains(&acceptability))
                })
            });
            *kept = *kept && equality.holds(any);
        }
    }

    /// What is accepted; empty where anything is.
    fn acceptabilities(&mut self, written: &[Written]) -> Compiled<Vec<Acceptability>> {
        let mut found = Vec::with_capacity(written.len());
        for one in written {
            match one {
                Written::Preferred => found.push(Acceptability::Preferred),
                Written::Acceptable => found.push(Acceptability::Acceptable),
                Written::Reference(reference) => match reference.id {
                    constants::PREFERRED => found.push(Acceptability::Preferred),
                    constants::ACCEPTABLE => found.push(Acceptability::Acceptable),
                    _ => {
                        self.reference(reference)?;
                        return Err(EvaluationError::Unsupported {
                            what: "an acceptability is 900000000000548007 or 900000000000549004",
                            span: reference.span,
                        });
                    }
                },
            }
        }
        Ok(found)
    }
}

fn type_id(token: TypeToken) -> Sctid {
    match token {
        TypeToken::FullySpecifiedName => constants::FULLY_SPECIFIED_NAME,
        TypeToken::Synonym => constants::SYNONYM,
        TypeToken::Definition => constants::TEXT_DEFINITION,
    }
}
