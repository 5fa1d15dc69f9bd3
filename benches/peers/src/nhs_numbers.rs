//! NHS numbers: farr beside the crate `nhs-number`.

use std::fs::File;
use std::io::{BufWriter, Read, Write};
use std::path::Path;
use std::str::FromStr;

use anyhow::{Context, Result};
use farr::id::NhsNumber;
use nhs_number::NHSNumber;
use serde_json::{Value, json};

use crate::random::Random;
use crate::rounds::{contender, measure};

/// Bytes of a line: ten digits and its end.
const LINE: usize = 11;

/// Writes `count` lines of ten digits, half of them with the check digit that fits the rest and
/// half with any. All are of the ranges in use in England: one of the peers says "not valid" of
/// numbers outside of the ranges it knows, which is another question.
pub fn write(count: usize, file: &Path) -> Result<()> {
    let mut random = Random::new(13);
    let mut out = BufWriter::new(File::create(file)?);
    for _ in 0..count {
        let digits = [4, 6, 7][random.below(3)] * 100_000_000 + random.below(100_000_000);
        let check = match random.next() & 1 == 0 {
            true => fitting(digits).unwrap_or(0),
            false => random.below(10),
        };
        writeln!(out, "{digits:09}{check}")?;
    }
    Ok(out.flush()?)
}

/// The check digit by the words of the data dictionary; `None` where there is none.
fn fitting(digits: usize) -> Option<usize> {
    let (mut rest, mut sum) = (digits, 0);
    for weight in 2..=10 {
        sum += rest % 10 * weight;
        rest /= 10;
    }
    match 11 - sum % 11 {
        11 => Some(0),
        10 => None,
        digit => Some(digit),
    }
}

/// Checks all numbers of a file, held in memory as digits that follow each other; also tells how
/// many of the first `sample` are valid, to be held against other processes.
pub fn run(file: &Path, sample: usize, rounds: usize) -> Result<Value> {
    let lines = std::fs::read(file).with_context(|| file.display().to_string())?;
    let digits: Vec<u8> =
        lines.chunks_exact(LINE).flat_map(|line| &line[..LINE - 1]).copied().collect();
    let text = std::str::from_utf8(&digits)?;
    let count = digits.len() / 10;
    let mut valid = vec![0; count.div_ceil(64)];
    let figures = vec![measure(
        "NHS numbers, in memory",
        rounds,
        count,
        vec![
            contender("farr", || {
                NhsNumber::validate_batch(&digits, &mut valid).map_or(0, |found| found as u64)
            }),
            contender("nhs-number (Rust)", || {
                let numbers = (0..count).map(|at| &text[at * 10..at * 10 + 10]);
                let parsed = numbers.filter_map(|number| NHSNumber::from_str(number).ok());
                parsed.filter(NHSNumber::validate_check_digit).count() as u64
            }),
        ],
    )];
    let sampled = NhsNumber::count_valid(&digits[..sample.min(count) * 10])?;
    Ok(json!({ "figures": figures, "sample": { "numbers": sample.min(count), "valid": sampled } }))
}

/// Counts the valid lines of a file, for timing whole processes where there is no `farr` command.
pub fn count_lines(file: &mut impl Read) -> Result<usize> {
    let mut held = vec![0_u8; 1 << 20];
    let (mut kept, mut valid) = (0, 0);
    loop {
        let read = file.read(&mut held[kept..])?;
        let text = &held[..kept + read];
        if read == 0 {
            return Ok(valid + NhsNumber::lines(text).filter(Result::is_ok).count());
        }
        let (lines, rest) = NhsNumber::complete_lines(text);
        valid += lines.filter(Result::is_ok).count();
        let rest = text.len() - rest.len()..text.len();
        kept = rest.len();
        held.copy_within(rest, 0);
    }
}
