//! `^`, `^ [field]` and `^R`: the rows of refsets, filtered.

use std::collections::BTreeSet;

use farr::ecl::syntax::{
    Criteria, Equality, FieldComparison, FieldName, Focus, MemberFilter, RefsetOperator,
    SubExpression,
};

use super::release::{Kind, Row};
use super::text::matches_any;
use super::value::{Decimal, in_order, is_of_times};
use super::{Concepts, Found, Naive, Refusal, is_any_value};

/// A criterion whose concepts are known.
enum Test<'e> {
    Modules(Equality, Concepts),
    Of(&'e MemberFilter),
    Field(&'e FieldName, Equality, Concepts),
}

impl Naive<'_> {
    /// `^` and `^R`.
    pub(super) fn members(&self, sub: &SubExpression) -> Result<Concepts, Refusal> {
        let operand = self.refset_operand(sub)?;
        if sub.refset == Some(RefsetOperator::ContainingAny) {
            let all: Vec<u64> = self.release.refsets().collect();
            let rows = self.passing(&all, &sub.member_filters, true)?;
            let of_operand = rows.into_iter().filter(|(_, row)| operand.contains(&row.component()));
            return Ok(self.known(of_operand.map(|(refset, _)| refset)));
        }
        let refsets = self.of_concepts(sub, &operand)?;
        let rows = self.passing(&refsets, &sub.member_filters, true)?;
        Ok(self.known(rows.into_iter().map(|(_, row)| row.component())))
    }

    /// What `^` is applied to: a refset by its id, be its concept in the release or not.
    fn refset_operand(&self, sub: &SubExpression) -> Result<Concepts, Refusal> {
        match &sub.focus {
            Focus::Concept(reference)
                if sub.refset != Some(RefsetOperator::ContainingAny)
                    && !self.release.rows(reference.id.value()).is_empty() =>
            {
                Ok([reference.id.value()].into())
            }
            focus => self.focus(focus),
        }
    }

    /// `^ [field]` and `^ [*]`.
    pub(super) fn fields(&self, sub: &SubExpression) -> Result<Found, Refusal> {
        let operand = self.refset_operand(sub)?;
        // The values of a field are asked for, so it does not matter what the rows are about.
        let all = is_any_value(&SubExpression::new(sub.focus.clone(), sub.span));
        let refsets: Vec<u64> =
            self.release.refsets().filter(|refset| all || operand.contains(refset)).collect();
        let asked: Option<Vec<&str>> = match &sub.refset {
            Some(RefsetOperator::Fields(list)) => {
                list.iter().try_for_each(|field| self.known_field(field, &refsets))?;
                Some(list.iter().map(|field| field.name.as_str()).collect())
            }
            _ => None,
        };
        let rows = self.passing(&refsets, &sub.member_filters, false)?;
        let mut found = BTreeSet::new();
        for (_, row) in rows {
            let names: Vec<&str> = match &asked {
                Some(names) => names.clone(),
                None => row.fields().iter().map(String::as_str).collect(),
            };
            let values: Option<Vec<String>> =
                names.iter().map(|name| Some(row.column(name)?.text.to_owned())).collect();
            found.extend(values);
        }
        let one = asked.as_ref().is_some_and(|names| names.len() == 1);
        let concepts: Option<Concepts> = found
            .iter()
            .map(|values| {
                let id = values[0].parse().ok()?;
                self.release.concepts.contains_key(&id).then_some(id)
            })
            .collect();
        // Of values that cannot be concepts there may be none.
        let known = refsets.iter().filter_map(|refset| self.release.rows(*refset).first());
        let of_texts = asked.as_ref().is_some_and(|names| {
            let mut columns =
                known.flat_map(|row| names.iter().filter_map(|name| row.column(name)));
            !columns.any(|column| column.kind == Kind::Component)
        });
        match concepts {
            Some(_) if one && of_texts => Ok(Found::Rows(found)),
            Some(concepts) if one => Ok(Found::Concepts(concepts)),
            _ => Ok(Found::Rows(found)),
        }
    }

    fn known(&self, ids: impl Iterator<Item = u64>) -> Concepts {
        ids.filter(|id| self.release.concepts.contains_key(id)).collect()
    }

    /// The refsets of an operand, which must be of concepts; of `*` those that are.
    fn of_concepts(&self, sub: &SubExpression, operand: &Concepts) -> Result<Vec<u64>, Refusal> {
        let focus = SubExpression::new(sub.focus.clone(), sub.span);
        let mut refsets = Vec::new();
        for refset in self.release.refsets() {
            let any = self.release.rows(refset).iter().any(Row::is_of_concept);
            match (any, is_any_value(&focus), operand.contains(&refset)) {
                (true, true, _) | (true, _, true) => refsets.push(refset),
                (false, false, true) => return Err(Refusal::NotOfConcepts(refset)),
                _ => {}
            }
        }
        Ok(refsets)
    }

    fn known_field(&self, field: &FieldName, refsets: &[u64]) -> Result<(), Refusal> {
        let mut rows = refsets.iter().filter_map(|refset| self.release.rows(*refset).first());
        const METADATA: [&str; 6] =
            ["id", "effectiveTime", "active", "moduleId", "refsetId", "referencedComponentId"];
        let metadata = METADATA.contains(&field.name.as_str());
        match metadata || rows.any(|row| row.column(&field.name).is_some()) {
            true => Ok(()),
            false => Err(Refusal::UnknownField(field.name.clone())),
        }
    }

    /// The rows of concepts for which all criteria hold; active ones unless a criterion is about
    /// that.
    fn passing(
        &self,
        refsets: &[u64],
        filters: &[Criteria<MemberFilter>],
        of_concepts: bool,
    ) -> Result<Vec<(u64, &Row)>, Refusal> {
        let mut tests = Vec::new();
        for criterion in filters.iter().flat_map(|braces| &braces.criteria) {
            tests.push(match criterion {
                MemberFilter::Module(equality, operand) => {
                    Test::Modules(*equality, self.operand(operand)?)
                }
                MemberFilter::Field(field, comparison) => {
                    self.known_field(field, refsets)?;
                    match comparison {
                        FieldComparison::Concepts(equality, sub) => {
                            Test::Field(field, *equality, self.named(sub)?)
                        }
                        _ => Test::Of(criterion),
                    }
                }
                _ => Test::Of(criterion),
            });
        }
        let of_status = |test: &Test<'_>| matches!(test, Test::Of(MemberFilter::Active(..)));
        let any_status = tests.iter().any(of_status);
        let mut found = Vec::new();
        for refset in refsets {
            for row in
                self.release.rows(*refset).iter().filter(|row| !of_concepts || row.is_of_concept())
            {
                let mut all = row.is_active() || any_status;
                for test in &tests {
                    all &= test.holds(row)?;
                }
                if all {
                    found.push((*refset, row));
                }
            }
        }
        Ok(found)
    }
}

impl Test<'_> {
    fn holds(&self, row: &Row) -> Result<bool, Refusal> {
        Ok(match self {
            Test::Modules(equality, modules) => {
                modules.contains(&row.module()) == (*equality == Equality::Equal)
            }
            Test::Field(field, equality, ids) => {
                let Some(column) = row.column(&field.name) else { return Ok(false) };
                if column.kind != Kind::Component {
                    return Err(Refusal::FieldType(field.name.clone()));
                }
                let within = column.text.parse().is_ok_and(|id| ids.contains(&id));
                within == (*equality == Equality::Equal)
            }
            Test::Of(MemberFilter::EffectiveTime(order, times)) => {
                is_of_times(row.time(), *order, times)
            }
            Test::Of(MemberFilter::Active(equality, activity)) => {
                super::filter::is_of_status(row.is_active(), *equality, *activity)
            }
            Test::Of(MemberFilter::Field(field, comparison)) => compare(row, field, comparison)?,
            Test::Of(MemberFilter::Module(..)) => unreachable!("its concepts were looked up"),
        })
    }
}

fn compare(row: &Row, field: &FieldName, comparison: &FieldComparison) -> Result<bool, Refusal> {
    let Some(column) = row.column(&field.name) else { return Ok(false) };
    let equals = |equality: &Equality, same: bool| same == (*equality == Equality::Equal);
    Ok(match (comparison, column.kind) {
        (FieldComparison::Number(order, number), Kind::Integer) => {
            let (own, other) = (Decimal::read(column.text), Decimal::read(&number.0));
            own.zip(other).is_some_and(|(own, other)| in_order(*order, own.cmp(&other)))
        }
        (FieldComparison::Terms(equality, terms), Kind::Text) => {
            equals(equality, matches_any(terms, column.text))
        }
        // With `=`, a time cannot be told from a term where it is written.
        (FieldComparison::Terms(equality, terms), Kind::Time) => {
            equals(equality, matches_any(terms, column.text))
        }
        (FieldComparison::Boolean(equality, truth), Kind::Text | Kind::Integer | Kind::Truth) => {
            let own = match column.text {
                "1" => Some(true),
                "0" => Some(false),
                text if text.eq_ignore_ascii_case("true") => Some(true),
                text if text.eq_ignore_ascii_case("false") => Some(false),
                _ => None,
            };
            own.is_some_and(|own| equals(equality, own == *truth))
        }
        (FieldComparison::Time(order, times), Kind::Text | Kind::Time) => {
            is_of_times(column.text, *order, times)
        }
        _ => return Err(Refusal::FieldType(field.name.clone())),
    })
}
