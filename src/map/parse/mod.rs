//! From the text of a rule to what it says.
//!
//! One pass over the bytes. What could be read in two ways is not read at all.

mod cursor;

use std::ops::Range;

use super::constants::{AGE_AT_ONSET, AGE_NOW, FEMALE, MALE};
use super::error::{MapRuleError, MapRuleErrorKind};
use super::limit::{AgeLimit, Operator, Unit};
use super::rule::{AgeOf, Clause, ClauseKind, Place};
use super::sex::Sex;
use crate::id::Sctid;
use cursor::{Cursor, JOINTS};

/// Bytes of a rule at most.
pub const LENGTH_LIMIT: usize = 65_535;

/// What was read.
#[derive(Clone, Debug)]
pub(super) enum Read {
    Always,
    Otherwise,
    Blank,
    One(Clause),
    Several(Box<[Clause]>),
}

impl ClauseKind {
    /// What the clause is on.
    pub(super) const fn concept(self) -> Sctid {
        match self {
            ClauseKind::Finding(concept) => concept,
            ClauseKind::Sex(Sex::Female) => FEMALE,
            ClauseKind::Sex(Sex::Male) => MALE,
            ClauseKind::Age { of: AgeOf::Onset, .. } => AGE_AT_ONSET,
            ClauseKind::Age { of: AgeOf::Now, .. } => AGE_NOW,
        }
    }
}

/// Reads a whole text.
pub(super) fn read(text: &str) -> Result<Read, MapRuleError> {
    if text.len() > LENGTH_LIMIT {
        return Err(MapRuleError::new(MapRuleErrorKind::TooLong, LENGTH_LIMIT..text.len()));
    }
    let mut cursor = Cursor::new(text);
    cursor.skip_space();
    if cursor.is_at_end() {
        return Ok(Read::Blank);
    }
    if cursor.word("TRUE") {
        return cursor.end().map(|()| Read::Always);
    }
    if cursor.word("OTHERWISE") {
        cursor.skip_space();
        if !cursor.word("TRUE") {
            return Err(cursor.error(MapRuleErrorKind::Keyword));
        }
        return cursor.end().map(|()| Read::Otherwise);
    }
    if !cursor.is_at_word("IFA") {
        return Err(cursor.error(MapRuleErrorKind::Keyword));
    }
    let first = cursor.clause()?;
    if !cursor.and()? {
        return Ok(Read::One(first));
    }
    let mut clauses = vec![first, cursor.clause()?];
    while cursor.and()? {
        clauses.push(cursor.clause()?);
    }
    Ok(Read::Several(clauses.into_boxed_slice()))
}

impl<'t> Cursor<'t> {
    /// A clause, with `IFA` once or several times before it.
    fn clause(&mut self) -> Result<Clause, MapRuleError> {
        let start = self.at;
        while self.word("IFA") {
            self.skip_space();
        }
        let concept = self.concept()?;
        let age = match concept {
            AGE_AT_ONSET => Some(AgeOf::Onset),
            AGE_NOW => Some(AgeOf::Now),
            _ => None,
        };
        let term = self.term(age.is_some())?;
        let mut end = self.at;
        self.skip_space();
        let kind = match age {
            Some(of) => {
                let (operator, limit) = self.comparison()?;
                end = self.at;
                ClauseKind::Age { of, operator, limit }
            }
            None => {
                if self.word("OR") {
                    self.skip_space();
                    if !self.word("DESCENDANT") && !self.word("DESCENDANTS") {
                        return Err(self.error(MapRuleErrorKind::Trailing));
                    }
                    end = self.at;
                }
                match concept {
                    FEMALE => ClauseKind::Sex(Sex::Female),
                    MALE => ClauseKind::Sex(Sex::Male),
                    _ => ClauseKind::Finding(concept),
                }
            }
        };
        Ok(Clause { kind, span: Place::new(start..end), term: Place::new(term) })
    }

    fn concept(&mut self) -> Result<Sctid, MapRuleError> {
        let digits = self.run(|byte| byte.is_ascii_digit());
        let word = self.run(|byte| byte.is_ascii_alphanumeric());
        // Shorter ones are no identifiers, though a release may publish a wrong check digit.
        if digits < 6 || word != digits {
            return Err(self.error(MapRuleErrorKind::Concept));
        }
        let read = Sctid::parse_as_published(self.slice(self.at..self.at.saturating_add(digits)));
        let concept = read.map_err(|_| self.error(MapRuleErrorKind::Concept))?;
        self.at = self.at.saturating_add(digits);
        Ok(concept)
    }

    /// The term, whether it stands between bars, lacks one, or is left out: where it stands.
    fn term(&mut self, of_age: bool) -> Result<Range<usize>, MapRuleError> {
        let behind_concept = self.at;
        self.skip_space();
        let start = match self.bar_length() {
            0 if self.is_at_end() || self.is_at_sign() || self.is_at_operator_word() => {
                self.at = behind_concept;
                return Ok(behind_concept..behind_concept);
            }
            length => self.at.saturating_add(length),
        };
        let opened = start > self.at;
        match self.bar_from(start) {
            Some((end, length)) => {
                let term = self.slice(start..end);
                if holds_clause(term) || (!opened && holds_operator(term)) {
                    return Err(MapRuleError::new(MapRuleErrorKind::MissingBar, start..end));
                }
                self.at = end.saturating_add(length);
                Ok(start..end)
            }
            None => self.unclosed_term(start, of_age),
        }
    }

    /// A term behind which there is no bar: up to the comparison of an age, otherwise to the end.
    fn unclosed_term(&mut self, start: usize, of_age: bool) -> Result<Range<usize>, MapRuleError> {
        let sign = self.sign_from(start);
        let end = sign.filter(|_| of_age).unwrap_or(self.text.len());
        let term = self.slice(start..end);
        let compared = sign.is_some() && !of_age;
        if compared || holds_operator(term) || holds_clause(term) {
            return Err(MapRuleError::new(MapRuleErrorKind::MissingBar, start..end));
        }
        self.at = start.saturating_add(term.trim_end().len());
        Ok(start..end)
    }

    fn comparison(&mut self) -> Result<(Operator, AgeLimit), MapRuleError> {
        let operator = self.operator().ok_or_else(|| self.error(MapRuleErrorKind::Comparison))?;
        self.skip_space();
        let thousandths = self.thousandths()?;
        self.skip_space();
        let letters = self.run(|byte| byte.is_ascii_alphanumeric());
        let letters = self.slice(self.at..self.at.saturating_add(letters));
        let unit = unit(letters).ok_or_else(|| self.error(MapRuleErrorKind::Unit))?;
        self.at = self.at.saturating_add(letters.len());
        Ok((operator, AgeLimit::new(thousandths, unit)))
    }

    fn operator(&mut self) -> Option<Operator> {
        if self.eat("=") {
            return Some(Operator::Equal);
        }
        let less = self.eat("<") || (self.escaped && self.eat("&lt;"));
        let greater = !less && (self.eat(">") || (self.escaped && self.eat("&gt;")));
        if !less && !greater {
            return None;
        }
        Some(match (less, self.eat("=")) {
            (true, false) => Operator::Less,
            (true, true) => Operator::LessOrEqual,
            (false, false) => Operator::Greater,
            (false, true) => Operator::GreaterOrEqual,
        })
    }

    /// A number, times a thousand.
    fn thousandths(&mut self) -> Result<u32, MapRuleError> {
        let length = self.run(|byte| byte.is_ascii_digit() || byte == b'.' || byte == b',');
        let number = self.slice(self.at..self.at.saturating_add(length));
        let read = thousandths(number).ok_or_else(|| self.error(MapRuleErrorKind::Number))?;
        self.at = self.at.saturating_add(length);
        Ok(read)
    }

    /// Passes over `AND`; false at the end.
    fn and(&mut self) -> Result<bool, MapRuleError> {
        self.skip_space();
        if self.is_at_end() {
            return Ok(false);
        }
        if self.word("AND") {
            self.skip_space();
            return Ok(true);
        }
        Err(self.error(match self.is_at_sign() {
            true => MapRuleErrorKind::Observable,
            false => MapRuleErrorKind::Trailing,
        }))
    }

    fn end(&mut self) -> Result<(), MapRuleError> {
        self.skip_space();
        match self.is_at_end() {
            true => Ok(()),
            false => Err(self.error(MapRuleErrorKind::Trailing)),
        }
    }
}

/// A number with up to six digits before the point and three behind it, not counting zeros at its
/// end, times a thousand.
fn thousandths(number: &str) -> Option<u32> {
    let (mut read, mut digits): (u32, u32) = (0, 0);
    // How much a digit behind the point counts for, from the first on.
    let mut place: Option<u32> = None;
    for byte in number.bytes() {
        let digit = match byte {
            b'0'..=b'9' => u32::from(byte.saturating_sub(b'0')),
            b'.' if place.is_none() && digits > 0 => {
                place = Some(100);
                digits = 0;
                continue;
            }
            _ => return None,
        };
        digits = digits.saturating_add(1);
        read = match place {
            None if digits > 6 => return None,
            None => read.saturating_mul(10).saturating_add(digit.saturating_mul(1000)),
            Some(0) if digit > 0 => return None,
            Some(worth) => {
                place = Some(worth / 10);
                read.saturating_add(digit.saturating_mul(worth))
            }
        };
    }
    (digits > 0).then_some(read)
}

fn unit(word: &str) -> Option<Unit> {
    let singular = word.strip_suffix(['s', 'S']).unwrap_or(word);
    let units = [
        ("year", Unit::Years),
        ("month", Unit::Months),
        ("week", Unit::Weeks),
        ("day", Unit::Days),
    ];
    let found = units.into_iter().find(|(name, _)| singular.eq_ignore_ascii_case(name));
    found.map(|(_, unit)| unit)
}

fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty())
}

/// Whether in a term a word stands that may join clauses. In lower case it is of the term.
fn holds_operator(term: &str) -> bool {
    words(term).any(|word| JOINTS.contains(&word))
}

/// Whether in a term there is what looks like the beginning of a clause, so that the bar behind it
/// may well be the one of another term.
fn holds_clause(term: &str) -> bool {
    // Most terms hold no digit that would be looked at.
    if !term.bytes().fold(false, |any, byte| any | byte.is_ascii_digit()) {
        return false;
    }
    let mut joined = false;
    for word in words(term) {
        let number = word.len() >= 6 && word.bytes().all(|byte| byte.is_ascii_digit());
        if joined && number {
            return true;
        }
        joined = JOINTS.into_iter().any(|joint| word.eq_ignore_ascii_case(joint));
    }
    false
}
