//! Refinements of a set, by the way back from the values of attributes.

use crate::snomed::{Bits, OrdinalSet, Posting, Snomed, role_group, source};

use super::budget::Budget;
use super::hierarchy::Answer;
use super::matching;
use super::plan::{Asked, AttributeTest, Counted, Grouping, Kinds, Refinement};

/// A concept's attributes, about: what it costs to look at them in postings.
const ATTRIBUTES_EACH: usize = 12;
/// Postings up to which the concepts they lead to are sorted, not marked.
const SORTED: usize = 512;
/// Concepts up to which each one's groups are looked at.
const LOOKED_AT: usize = 256;

/// What one evaluation of refinements needs to know.
pub(super) struct Refiner<'a, 'b, 't> {
    pub(super) snomed: Snomed<'t>,
    pub(super) budget: &'a mut Budget<'b>,
}

/// Stretches of postings, and how many they are together.
struct Postings<'t> {
    stretches: Vec<&'t [Posting]>,
    total: usize,
    /// The concepts they lead to, where the index has those as a list.
    sources: Option<&'t [[u8; 4]]>,
}

impl<'t> Refiner<'_, '_, 't> {
    /// What of `focus` satisfies a refinement.
    pub(super) fn refined(&mut self, focus: OrdinalSet<'t>, asked: &Refinement<'t>) -> Answer<'t> {
        if focus.is_empty() {
            return Ok(focus);
        }
        match asked {
            Refinement::Attribute(test) => self.attribute(focus, test),
            Refinement::Group(grouping, within) => self.group(focus, grouping, within),
            Refinement::And(all) => {
                // The rarest first: what follows has less to look at.
                let mut order: Vec<(usize, &Refinement<'t>)> =
                    all.iter().map(|one| (self.estimate(one), one)).collect();
                order.sort_by_key(|(estimate, _)| *estimate);
                order.into_iter().try_fold(focus, |left, (_, one)| self.refined(left, one))
            }
            Refinement::Or(any) => {
                let mut found = OrdinalSet::EMPTY;
                for one in any {
                    found = found.union(&self.refined(focus.clone(), one)?);
                }
                Ok(found)
            }
        }
    }

    /// About how many postings a part of a refinement has to do with.
    fn estimate(&self, asked: &Refinement<'t>) -> usize {
        match asked {
            Refinement::Attribute(test) if test.counted.least == 0 => usize::MAX,
            Refinement::Attribute(test) => match &test.asked {
                Asked::Source(sources) => sources.len().saturating_mul(ATTRIBUTES_EACH),
                _ => self.postings(test).total,
            },
            Refinement::Group(grouping, _) if grouping.counted.least == 0 => usize::MAX,
            Refinement::Group(_, within) => self.estimate(within),
            Refinement::And(all) => all.iter().map(|one| self.estimate(one)).min().unwrap_or(0),
            Refinement::Or(any) => {
                any.iter().map(|one| self.estimate(one)).fold(0, usize::saturating_add)
            }
        }
    }

    /// The postings of a test of values.
    fn postings(&self, test: &AttributeTest<'t>) -> Postings<'t> {
        let mut found = Postings { stretches: Vec::new(), total: 0, sources: None };
        for kind in &test.kinds.0 {
            let index = self.snomed.kind_index(*kind);
            match &test.asked {
                Asked::Any => {
                    if test.kinds.0.len() == 1 {
                        found.sources = Some(index.sources());
                    }
                    found.stretches.push(index.all());
                }
                Asked::Value(values) => {
                    let value_count = index.value_count();
                    if values.run_count_at_most(value_count) {
                        values.each_run(|start, end| {
                            found.stretches.push(index.postings(start, end));
                        });
                    } else {
                        let all = index.values(0, u32::MAX);
                        let wanted = all.filter(|(value, _)| values.contains(*value));
                        found.stretches.extend(wanted.map(|(_, postings)| postings));
                    }
                    let all = index.all();
                    if test.kinds.0.len() == 1
                        && let [one] = found.stretches.as_slice()
                        && one.len() == all.len()
                    {
                        found.sources = Some(index.sources());
                    }
                }
                Asked::Source(_) => {}
            }
        }
        found.stretches.retain(|stretch| !stretch.is_empty());
        found.total = found.stretches.iter().map(|stretch| stretch.len()).sum();
        found
    }

    fn attribute(&mut self, focus: OrdinalSet<'t>, test: &AttributeTest<'t>) -> Answer<'t> {
        let Counted { least, most } = test.counted;
        if least == 0 && most == u32::MAX {
            return Ok(focus);
        }
        if test.counted.is_some() {
            return self.having(&focus, test);
        }
        if (least, most) == (0, 0) {
            let with = self.having(&focus, test)?;
            return Ok(focus.difference(&with));
        }
        // Only those that have one at all are counted.
        let with = self.having(&focus, test)?;
        self.budget.spend(with.len().saturating_mul(ATTRIBUTES_EACH))?;
        let snomed = self.snomed;
        let count = |at| matching::count_attributes(snomed, at, test);
        Ok(match least {
            0 => focus.difference(&with.retained(|at| count(at) > most)),
            _ => with.retained(|at| test.counted.allows(count(at))),
        })
    }

    /// What of `focus` has at least one attribute of a test.
    fn having(&mut self, focus: &OrdinalSet<'t>, test: &AttributeTest<'t>) -> Answer<'t> {
        if let Asked::Source(sources) = &test.asked {
            let values = self.values_of(sources, &test.kinds, focus.bounds())?;
            return Ok(focus.intersection(&values));
        }
        let postings = self.postings(test);
        let each = focus.len().saturating_mul(ATTRIBUTES_EACH);
        self.budget.spend(each.min(postings.total))?;
        if each < postings.total {
            let snomed = self.snomed;
            return Ok(focus.retained(|at| matching::has_attribute(snomed, at, test)));
        }
        if let Some(sources) = postings.sources {
            return Ok(
                OrdinalSet::stored_list(sources, self.snomed.ordinal_count()).intersection(focus)
            );
        }
        Ok(self.sources_within(&postings, focus))
    }

    /// The sources of postings that are in `focus`.
    fn sources_within(&self, postings: &Postings<'t>, focus: &OrdinalSet<'t>) -> OrdinalSet<'t> {
        let Some((start, end)) = focus.bounds() else { return OrdinalSet::EMPTY };
        let all = postings.stretches.iter().copied().flatten().map(source);
        let inside = all.filter(|at| start <= *at && *at < end);
        if postings.total <= SORTED {
            let found: Vec<u32> = inside.filter(|at| focus.contains(*at)).collect();
            return OrdinalSet::from_unsorted(found);
        }
        let mut bits = Bits::over(start, end);
        inside.for_each(|at| bits.set(at));
        OrdinalSet::from_bits(bits.count()).intersection(focus)
    }

    /// What of `focus` has so many role groups that satisfy a refinement.
    fn group(
        &mut self,
        focus: OrdinalSet<'t>,
        grouping: &Grouping,
        within: &Refinement<'t>,
    ) -> Answer<'t> {
        let counted = grouping.counted;
        if counted.least == 0 && counted.most == u32::MAX {
            return Ok(focus);
        }
        if counted.is_some()
            && let Some(tests) = plain_tests(within)
        {
            return self.plain_group(focus, &tests, grouping, within);
        }
        let with = self.candidates(focus.clone(), within)?;
        self.budget.spend(with.len().saturating_mul(ATTRIBUTES_EACH))?;
        let snomed = self.snomed;
        let count = |at| matching::count_groups(snomed, at, grouping, within);
        Ok(match counted.least {
            0 => focus.difference(&with.retained(|at| count(at) > counted.most)),
            _ => with.retained(|at| counted.allows(count(at))),
        })
    }

    /// Concepts of `focus` among which all are that have a group that satisfies a refinement.
    fn candidates(&mut self, focus: OrdinalSet<'t>, within: &Refinement<'t>) -> Answer<'t> {
        match within {
            Refinement::Attribute(test) if test.counted.least > 0 => self.having(&focus, test),
            Refinement::Attribute(_) | Refinement::Group(..) => Ok(focus),
            Refinement::And(all) => {
                let mut order: Vec<(usize, &Refinement<'t>)> =
                    all.iter().map(|one| (self.estimate(one), one)).collect();
                order.sort_by_key(|(estimate, _)| *estimate);
                order.into_iter().try_fold(focus, |left, (_, one)| self.candidates(left, one))
            }
            Refinement::Or(any) => {
                let mut found = OrdinalSet::EMPTY;
                for one in any {
                    found = found.union(&self.candidates(focus.clone(), one)?);
                }
                Ok(found)
            }
        }
    }

    /// What of `focus` has a role group with at least one attribute of each test.
    fn plain_group(
        &mut self,
        focus: OrdinalSet<'t>,
        tests: &[&AttributeTest<'t>],
        grouping: &Grouping,
        within: &Refinement<'t>,
    ) -> Answer<'t> {
        let mut order: Vec<(Postings<'t>, &AttributeTest<'t>)> =
            tests.iter().map(|test| (self.postings(test), *test)).collect();
        order.sort_by_key(|(postings, _)| postings.total);
        let Some(((rarest, test), others)) = order.split_first() else { return Ok(focus) };
        if others.is_empty() {
            // One attribute is always in a group, be it its own.
            return self.having(&focus, test);
        }
        let rows = focus.len().min(rarest.total);
        if rows <= LOOKED_AT {
            let with = self.having(&focus, test)?;
            self.budget.spend(with.len().saturating_mul(ATTRIBUTES_EACH))?;
            let snomed = self.snomed;
            return Ok(with.retained(|at| matching::count_groups(snomed, at, grouping, within) > 0));
        }
        let all: usize = order.iter().map(|(postings, _)| postings.total).sum();
        self.budget.spend(all)?;
        // Role groups ascend with their sources, so those of the focus lie close together.
        let Some((start, end)) = focus.bounds() else { return Ok(focus) };
        let inside = |posting: &&Posting| (start..end).contains(&source(posting));
        let stretches = || rarest.stretches.iter().copied().flatten().filter(inside);
        let (mut low, mut high) = (u32::MAX, 0);
        for posting in stretches() {
            low = low.min(role_group(posting));
            high = high.max(role_group(posting).saturating_add(1));
        }
        let high = high.min(self.snomed.role_group_count());
        let mut left: Option<Bits> = None;
        for (postings, _) in others {
            let mut bits = Bits::over(low.min(high), high);
            for posting in postings.stretches.iter().copied().flatten().filter(inside) {
                bits.set(role_group(posting));
            }
            left = Some(match left {
                None => bits,
                Some(left) => left.and(&bits),
            });
        }
        let Some(left) = left else { return Ok(focus) };
        let found = stretches().filter(|posting| left.contains(role_group(posting))).map(source);
        let found = OrdinalSet::from_many(found, rarest.total, end);
        Ok(found.intersection(&focus))
    }

    /// The values that are concepts, within bounds, of attributes of these kinds of these sources.
    pub(super) fn values_of(
        &mut self,
        sources: &OrdinalSet<'t>,
        kinds: &Kinds,
        bounds: Option<(u32, u32)>,
    ) -> Answer<'t> {
        let count = self.snomed.ordinal_count();
        let (start, end) = bounds.unwrap_or((0, count));
        let indexes = || kinds.0.iter().map(|kind| self.snomed.kind_index(*kind));
        let total: usize = indexes().map(|index| index.all().len()).sum();
        let forward = sources.len().saturating_mul(ATTRIBUTES_EACH);
        if forward <= total {
            self.budget.spend(forward)?;
            let mut found = Vec::new();
            sources.each(|at| {
                matching::each_value(self.snomed, at, kinds, |value| {
                    if start <= value && value < end.min(count) {
                        found.push(value);
                    }
                });
            });
            let length = found.len();
            return Ok(OrdinalSet::from_many(found.into_iter(), length, count));
        }
        self.budget.spend(total)?;
        let marked;
        let sources = match sources.len() > SORTED && !matches!(sources, OrdinalSet::Bits(_)) {
            true => {
                marked = OrdinalSet::Bits(sources.to_bits(0, 0).count());
                &marked
            }
            false => sources,
        };
        let mut found = Vec::new();
        for index in indexes() {
            let values = index.values(start, end).filter(|(_, postings)| {
                postings.iter().any(|posting| sources.contains(source(posting)))
            });
            found.extend(values.map(|(value, _)| value));
        }
        let length = found.len();
        Ok(OrdinalSet::from_many(found.into_iter(), length, count))
    }
}

/// The tests of a group that asks for at least one attribute of each and no more.
fn plain_tests<'r, 't>(within: &'r Refinement<'t>) -> Option<Vec<&'r AttributeTest<'t>>> {
    let plain = |test: &AttributeTest<'_>| {
        test.counted.is_some() && !matches!(test.asked, Asked::Source(_))
    };
    match within {
        Refinement::Attribute(test) => plain(test).then(|| vec![test]),
        Refinement::And(all) => all
            .iter()
            .map(|one| match one {
                Refinement::Attribute(test) if plain(test) => Some(test),
                _ => None,
            })
            .collect(),
        _ => None,
    }
}
