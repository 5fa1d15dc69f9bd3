//! Filters of concepts and of descriptions.

use farr::ecl::syntax::{
    Acceptability, Activity, ConceptFilter, Criteria, DefinitionStatusToken, DescriptionFilter,
    Equality, TypeToken,
};

use super::release::Description;
use super::text::matches_any;
use super::value::is_of_times;
use super::{Concepts, Naive, Refusal};
use crate::support::model::number;

const DEFINED: u64 = 900_000_000_000_073_002;
const PRIMITIVE: u64 = 900_000_000_000_074_008;
const FULLY_SPECIFIED_NAME: u64 = 900_000_000_000_003_001;
const SYNONYM: u64 = 900_000_000_000_013_009;
const DEFINITION: u64 = 900_000_000_000_550_004;
const PREFERRED: u64 = 900_000_000_000_548_007;
const ACCEPTABLE: u64 = 900_000_000_000_549_004;

/// Aliases of dialects that releases of these tests have.
const DIALECTS: &[(&str, u64)] = &[
    ("en-gb", 900_000_000_000_508_004),
    ("en-us", 900_000_000_000_509_007),
    ("en-x-nhs-clinical", 999_001_261_000_000_100),
    ("en-nhs-clinical", 999_001_261_000_000_100),
    ("en-x-nhs-pharmacy", 999_000_691_000_001_104),
    ("en-nhs-pharmacy", 999_000_691_000_001_104),
];

/// A criterion whose concepts are known: something is one of these ids, or is not.
enum Test<'e, C> {
    Ids(Column, Equality, Concepts),
    Dialects(Equality, Vec<(u64, Vec<Acceptability>)>),
    Of(&'e C),
}

/// Where the ids of a criterion stand in a row.
#[derive(Clone, Copy)]
enum Column {
    Module = 3,
    DefinitionStatus = 4,
    DescriptionType = 6,
}

pub(super) fn is_of_status(active: bool, equality: Equality, activity: Activity) -> bool {
    let same = match activity {
        Activity::Active => active,
        Activity::Inactive => !active,
        Activity::Any => true,
    };
    same == (equality == Equality::Equal)
}

fn equals(equality: Equality, same: bool) -> bool {
    same == (equality == Equality::Equal)
}

impl Naive<'_> {
    pub(super) fn filter_concepts(
        &self,
        set: Concepts,
        criteria: &Criteria<ConceptFilter>,
    ) -> Result<Concepts, Refusal> {
        let mut tests = Vec::new();
        for criterion in &criteria.criteria {
            tests.push(match criterion {
                ConceptFilter::Module(equality, operand) => {
                    Test::Ids(Column::Module, *equality, self.operand(operand)?)
                }
                ConceptFilter::DefinitionStatusId(equality, operand) => {
                    Test::Ids(Column::DefinitionStatus, *equality, self.operand(operand)?)
                }
                ConceptFilter::DefinitionStatus(equality, tokens) => {
                    let id = |token: &DefinitionStatusToken| match token {
                        DefinitionStatusToken::Primitive => PRIMITIVE,
                        DefinitionStatusToken::Defined => DEFINED,
                    };
                    let ids = tokens.iter().map(id).collect();
                    Test::Ids(Column::DefinitionStatus, *equality, ids)
                }
                other => Test::Of(other),
            });
        }
        let holds = |concept: &u64| {
            let row = &self.release.concepts[concept];
            tests.iter().all(|test| match test {
                Test::Ids(column, equality, ids) => {
                    equals(*equality, ids.contains(&number(&row[*column as usize])))
                }
                Test::Of(ConceptFilter::EffectiveTime(order, times)) => {
                    is_of_times(&row[1], *order, times)
                }
                Test::Of(ConceptFilter::Active(equality, activity)) => {
                    is_of_status(row[2] == "1", *equality, *activity)
                }
                _ => unreachable!("its ids were looked up"),
            })
        };
        Ok(set.into_iter().filter(holds).collect())
    }

    /// Concepts with one description for which all of it holds; an active one unless a criterion
    /// is about that.
    pub(super) fn filter_descriptions(
        &self,
        set: Concepts,
        criteria: &Criteria<DescriptionFilter>,
    ) -> Result<Concepts, Refusal> {
        let mut tests = Vec::new();
        for criterion in &criteria.criteria {
            tests.push(self.description_test(criterion)?);
        }
        let of_status = |one: &DescriptionFilter| matches!(one, DescriptionFilter::Active(..));
        let any_status = criteria.criteria.iter().any(of_status);
        let has = |concept: &u64| {
            let own = self.release.descriptions.get(concept).map_or(&[][..], Vec::as_slice);
            own.iter().any(|description| {
                (any_status || description.columns[2] == "1")
                    && tests.iter().all(|test| test.holds(description))
            })
        };
        Ok(set.into_iter().filter(has).collect())
    }

    fn description_test<'e>(
        &self,
        criterion: &'e DescriptionFilter,
    ) -> Result<Test<'e, DescriptionFilter>, Refusal> {
        Ok(match criterion {
            DescriptionFilter::Type(equality, tokens) => {
                let id = |token: &TypeToken| match token {
                    TypeToken::FullySpecifiedName => FULLY_SPECIFIED_NAME,
                    TypeToken::Synonym => SYNONYM,
                    TypeToken::Definition => DEFINITION,
                };
                let ids = tokens.iter().map(id).collect();
                Test::Ids(Column::DescriptionType, *equality, ids)
            }
            DescriptionFilter::TypeId(equality, operand) => {
                Test::Ids(Column::DescriptionType, *equality, self.operand(operand)?)
            }
            DescriptionFilter::Module(equality, operand) => {
                Test::Ids(Column::Module, *equality, self.operand(operand)?)
            }
            DescriptionFilter::Dialect(equality, aliases) => {
                let mut dialects = Vec::new();
                for one in aliases {
                    let known = DIALECTS
                        .iter()
                        .find(|(alias, _)| alias.eq_ignore_ascii_case(&one.alias))
                        .ok_or_else(|| Refusal::UnknownDialect(one.alias.clone()))?;
                    dialects.push((known.1, one.acceptability.clone()));
                }
                Test::Dialects(*equality, dialects)
            }
            DescriptionFilter::DialectExpression(equality, sub, acceptability) => {
                let refsets = self.named(sub)?.into_iter();
                let with = refsets.map(|refset| (refset, acceptability.clone())).collect();
                Test::Dialects(*equality, with)
            }
            DescriptionFilter::DialectId(equality, list) => {
                let pairs =
                    list.iter().map(|one| (one.refset.id.value(), one.acceptability.clone()));
                Test::Dialects(*equality, pairs.collect())
            }
            other => Test::Of(other),
        })
    }
}

impl Test<'_, DescriptionFilter> {
    fn holds(&self, description: &Description) -> bool {
        let row = &description.columns;
        match self {
            Test::Ids(column, equality, ids) => {
                equals(*equality, ids.contains(&number(&row[*column as usize])))
            }
            Test::Dialects(equality, dialects) => {
                let taken = dialects.iter().any(|(refset, acceptability)| {
                    let own = description.taken.get(refset);
                    own.is_some_and(|preferred| is_accepted(*preferred, acceptability))
                });
                equals(*equality, taken)
            }
            Test::Of(DescriptionFilter::Term(equality, terms)) => {
                equals(*equality, matches_any(terms, &row[7]))
            }
            Test::Of(DescriptionFilter::Language(equality, codes)) => {
                equals(*equality, codes.contains(&row[5].to_lowercase()))
            }
            Test::Of(DescriptionFilter::EffectiveTime(order, times)) => {
                is_of_times(&row[1], *order, times)
            }
            Test::Of(DescriptionFilter::Active(equality, activity)) => {
                is_of_status(row[2] == "1", *equality, *activity)
            }
            Test::Of(DescriptionFilter::Id(equality, ids)) => {
                equals(*equality, ids.iter().any(|id| id.value() == number(&row[0])))
            }
            Test::Of(_) => unreachable!("its ids were looked up"),
        }
    }
}

fn is_accepted(preferred: bool, wanted: &[Acceptability]) -> bool {
    let is = |one: &Acceptability| match one {
        Acceptability::Preferred => preferred,
        Acceptability::Acceptable => !preferred,
        Acceptability::Reference(reference) => match reference.id.value() {
            PREFERRED => preferred,
            ACCEPTABLE => !preferred,
            _ => false,
        },
    };
    wanted.is_empty() || wanted.iter().any(is)
}
