//! All application identifiers, as data: what the [GS1 Barcode Syntax Dictionary][dictionary] says
//! of each.
//!
//! A file for each first digit; within it, in the order of their numbers.
//!
//! [dictionary]: https://ref.gs1.org/tools/gs1-barcode-syntax-resource/syntax-dictionary/

mod build;
mod eight;
mod four;
mod nine;
mod one;
mod seven;
mod three;
mod two;
mod zero;

use super::Definition;

/// The definition of the application identifier of this number, if there is one.
///
/// The first digit chooses a file: the numbers 100 to 229 and those from 5000 to 6999 are of no
/// application identifier, and numbers below 10 begin with zero.
#[inline]
pub(super) fn find(number: u16) -> Option<&'static Definition> {
    let first_digit = match number {
        ..100 => number / 10,
        100..1000 => number / 100,
        _ => number / 1000,
    };
    let definitions = match first_digit {
        0 => zero::DEFINITIONS,
        1 => one::DEFINITIONS,
        2 => two::DEFINITIONS,
        3 => three::DEFINITIONS,
        4 => four::DEFINITIONS,
        7 => seven::DEFINITIONS,
        8 => eight::DEFINITIONS,
        9 => nine::DEFINITIONS,
        _ => return None,
    };
    let after = definitions.partition_point(|definition| definition.first.number() <= number);
    let definition = definitions.get(after.checked_sub(1)?)?;
    (number <= definition.last.number()).then_some(definition)
}

/// Every definition, those that begin with the same digit together.
pub(super) fn all() -> impl Iterator<Item = &'static Definition> {
    [
        zero::DEFINITIONS,
        one::DEFINITIONS,
        two::DEFINITIONS,
        three::DEFINITIONS,
        four::DEFINITIONS,
        seven::DEFINITIONS,
        eight::DEFINITIONS,
        nine::DEFINITIONS,
    ]
    .into_iter()
    .flatten()
}

/// How many digits the application identifiers have whose first two digits are these; 0 where none
/// begin so.
#[inline]
pub(super) const fn digits(first_two: u16) -> usize {
    match first_two {
        0..=3 | 10..=13 | 15..=17 | 20..=22 | 30 | 37 | 90..=99 => 2,
        23..=25 | 40..=42 | 71 => 3,
        31..=36 | 39 | 43 | 70 | 72 | 80..=82 => 4,
        _ => 0,
    }
}
