//! Rows of a record to validate: codes of SNOMED CT, few of them very often, three in a hundred wrong,
//! and which finding was planted in each.

use super::Workload;
use crate::random::Random;
use crate::sctid::{Component, UNITED_KINGDOM, UNITED_KINGDOM_DRUG, compose};
use crate::snomed::WrittenFile;
use crate::snomed::concepts::Concept;
use farr::Sctid;
use std::collections::{BTreeMap, HashSet};
use std::fs;
use std::io::{self, BufWriter, Write as _};
use std::path::{Path, PathBuf};

/// Rows of a hundred that are wrong.
const WRONG: usize = 3;
/// A namespace that no release has concepts of.
const ELSEWHERE: u64 = 1_999_999;
/// Integers above it are not all doubles.
const EXACT: u64 = 1 << 53;

/// What is planted, by the code of the finding that it gives.
#[derive(Clone, Copy)]
enum Planted {
    WrongCheckDigit,
    CutOff,
    Double,
    Scientific,
    WrittenAsNumber,
    DescriptionId,
    RelationshipId,
    Malformed,
    Missing,
    SurroundingSpace,
    SeveralCodes,
    ReadCode,
    NotInRelease,
    OtherExtension,
    Inactive,
    Expression,
    MalformedExpression,
}

impl Planted {
    const ALL: [Planted; 17] = [
        Planted::WrongCheckDigit,
        Planted::CutOff,
        Planted::Double,
        Planted::Scientific,
        Planted::WrittenAsNumber,
        Planted::DescriptionId,
        Planted::RelationshipId,
        Planted::Malformed,
        Planted::Missing,
        Planted::SurroundingSpace,
        Planted::SeveralCodes,
        Planted::ReadCode,
        Planted::NotInRelease,
        Planted::OtherExtension,
        Planted::Inactive,
        Planted::Expression,
        Planted::MalformedExpression,
    ];

    const fn code(self) -> &'static str {
        match self {
            Planted::WrongCheckDigit => "wrong-check-digit",
            Planted::CutOff | Planted::Double | Planted::Scientific => "rounded-by-spreadsheet",
            Planted::WrittenAsNumber => "written-as-number",
            Planted::DescriptionId => "description-id",
            Planted::RelationshipId => "relationship-id",
            Planted::Malformed => "malformed",
            Planted::Missing => "missing",
            Planted::SurroundingSpace => "surrounding-space",
            Planted::SeveralCodes => "several-codes",
            Planted::ReadCode => "read-code",
            Planted::NotInRelease => "not-in-release",
            Planted::OtherExtension => "other-extension",
            Planted::Inactive => "inactive",
            Planted::Expression => "expression",
            Planted::MalformedExpression => "malformed-expression",
        }
    }
}

impl Workload<'_> {
    /// Writes `codings.csv`, with columns `row`, `code` and `planted`, and `codings-planted.tsv` with
    /// how often each finding was planted.
    pub(super) fn write_codings(&self, folder: &Path, rows: u64) -> io::Result<Vec<WrittenFile>> {
        let workload = PathBuf::from("workload");
        fs::create_dir_all(folder.join(&workload))?;
        let (codings, planted) =
            (workload.join("codings.csv"), workload.join("codings-planted.tsv"));
        let mut file = BufWriter::with_capacity(1 << 20, fs::File::create(folder.join(&codings))?);
        let known: HashSet<u64> = self.content.concepts.order.iter().map(|c| self.id(*c)).collect();
        let mut random = self.random("codings");
        let mut counts: BTreeMap<&str, u64> = BTreeMap::new();
        file.write_all(b"row,code,planted\n")?;
        for row in 0..rows {
            let concept = self.often(&mut random);
            if random.below(100) < WRONG {
                let kind = Planted::ALL[random.below(Planted::ALL.len())];
                let code = self.wrong(kind, concept, &known, &mut random);
                *counts.entry(kind.code()).or_default() += 1;
                writeln!(file, "{row},{code},{}", kind.code())?;
            } else {
                writeln!(file, "{row},{},", self.id(concept))?;
            }
        }
        file.flush()?;
        let lines: String = counts.iter().map(|(code, rows)| format!("{code}\t{rows}\n")).collect();
        fs::write(folder.join(&planted), &lines)?;
        Ok(vec![
            WrittenFile { path: codings, rows: Some(rows) },
            WrittenFile { path: planted, rows: Some(counts.len() as u64) },
        ])
    }

    /// An active concept: as in records, few of them very often.
    fn often(&self, random: &mut Random) -> Concept {
        let rank = random.zipf(self.active.len());
        // The frequent ones stand all over the release.
        self.active[rank.wrapping_mul(2_654_435_761) % self.active.len()]
    }

    /// An active concept of whose id something is true.
    fn active_with(&self, random: &mut Random, is_one: impl Fn(u64) -> bool) -> u64 {
        loop {
            let id = self.id(self.any_active(random));
            if is_one(id) {
                return id;
            }
        }
    }

    fn wrong(
        &self,
        kind: Planted,
        concept: Concept,
        known: &HashSet<u64>,
        random: &mut Random,
    ) -> String {
        let id = self.id(concept);
        let refused =
            |damaged: u64| Sctid::from_value(damaged).is_err() && !known.contains(&damaged);
        match kind {
            Planted::WrongCheckDigit => {
                // One that no rounding makes of another.
                let id = self.active_with(random, |id| step(id) == 1);
                let digit = (id % 10 + random.between(1, 9) as u64) % 10;
                (id - id % 10 + digit).to_string()
            }
            Planted::CutOff => {
                let cut = |id: u64| id / step(id) * step(id);
                let id = self.active_with(random, |id| step(id) > 1 && refused(cut(id)));
                cut(id).to_string()
            }
            Planted::Double => {
                let id = self.active_with(random, |id| id > EXACT && refused(double(id)));
                double(id).to_string()
            }
            Planted::Scientific => {
                let id = self.active_with(random, |id| id > 1_000_000_000_000);
                let power = id.ilog10();
                let leading = id / 10_u64.pow(power - 5);
                format!("{}.{:05}E+{power}", leading / 100_000, leading % 100_000)
            }
            // A program that has a longer one as a double may have lost digits of it.
            Planted::WrittenAsNumber if id > EXACT => format!("'{id}"),
            Planted::WrittenAsNumber => format!("{id}.0"),
            Planted::DescriptionId => {
                let descriptions = self.content.descriptions(concept);
                let first = descriptions.first();
                first.map_or_else(String::new, |first| {
                    self.content.description_id(concept, first).to_string()
                })
            }
            Planted::RelationshipId => {
                let item = random.between(1_000, 9_000_000) as u64;
                compose(item, None, Component::Relationship).to_string()
            }
            Planted::Malformed => {
                (*random.pick(&["MERGER", "N/A", "NULL", "-", "unknown", "?", "see notes"]))
                    .to_owned()
            }
            Planted::Missing => (*random.pick(&["", "  "])).to_owned(),
            Planted::SurroundingSpace => match random.chance(500) {
                true => format!("{id} "),
                false => format!(" {id}"),
            },
            Planted::SeveralCodes => format!("{id};{}", self.id(self.any_active(random))),
            Planted::ReadCode => {
                format!("{}{}..", random.pick(&["F", "G", "H"]), random.between(10, 99))
            }
            Planted::NotInRelease => loop {
                let item = random.between(1_000, 90_000_000) as u64;
                let namespace = [None, Some(UNITED_KINGDOM), Some(UNITED_KINGDOM_DRUG)];
                let id = compose(item, namespace[random.below(3)], Component::Concept);
                // Nor one that looks as if something was rounded.
                if !known.contains(&id) && step(id) == 1 {
                    return id.to_string();
                }
            },
            Planted::OtherExtension => {
                let item = random.between(1, 90_000_000) as u64;
                compose(item, Some(ELSEWHERE), Component::Concept).to_string()
            }
            Planted::Inactive => {
                self.id(self.inactive[random.below(self.inactive.len())]).to_string()
            }
            Planted::Expression => {
                format!("{id} : 363698007 = {}", self.id(self.any_active(random)))
            }
            Planted::MalformedExpression => format!("{id} : 363698007"),
        }
    }
}

/// What a spreadsheet cuts a number off at: its sixteenth digit and those behind it become zeros.
fn step(id: u64) -> u64 {
    10_u64.pow((id.ilog10() + 1).saturating_sub(15))
}

/// The nearest double.
#[allow(clippy::cast_precision_loss, clippy::cast_possible_truncation, clippy::cast_sign_loss)]
fn double(id: u64) -> u64 {
    id as f64 as u64
}
