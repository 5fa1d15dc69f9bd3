//! Operators: of hierarchies, of reference sets, between operands, of comparisons.

use std::fmt;

use super::cursor::Cursor;
use crate::ecl::error::EclError;
use crate::ecl::syntax::{Equality, FieldName, HierarchyOperator, Order, RefsetOperator};

/// What joins two operands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Operator {
    And,
    Or,
    Minus,
}

impl fmt::Display for Operator {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Operator::And => "AND",
            Operator::Or => "OR",
            Operator::Minus => "MINUS",
        })
    }
}

impl Cursor<'_> {
    /// Passes over `AND`, `,`, `OR` or `MINUS`, if one is here.
    pub(super) fn operator(&mut self) -> Result<Option<Operator>, EclError> {
        if self.eat(b',') {
            return Ok(Some(Operator::And));
        }
        let operator = match self.peek() {
            Some(b'a' | b'A') if self.keyword("AND") => Operator::And,
            Some(b'o' | b'O') if self.keyword("OR") => Operator::Or,
            Some(b'm' | b'M') if self.keyword("MINUS") => Operator::Minus,
            _ => return Ok(None),
        };
        match self.is_at_space() {
            true => Ok(Some(operator)),
            false => Err(self.expected(&format!("white space behind {operator}"))),
        }
    }

    /// Passes over a hierarchy operator and the space behind it.
    pub(super) fn hierarchy_operator(&mut self) -> Result<Option<HierarchyOperator>, EclError> {
        let operator = match self.peek() {
            Some(b'<') => self.arrow(b'<', DOWN),
            Some(b'>') => self.arrow(b'>', UP),
            Some(b'!') if self.eat_all("!!>") => HierarchyOperator::Top,
            Some(b'!') if self.eat_all("!!<") => HierarchyOperator::Bottom,
            Some(byte) if byte.is_ascii_alphabetic() => return self.hierarchy_word(),
            _ => return Ok(None),
        };
        self.skip_space();
        Ok(Some(operator))
    }

    fn arrow(&mut self, arrow: u8, operators: [HierarchyOperator; 4]) -> HierarchyOperator {
        self.at += 1;
        let with_self = self.eat(arrow);
        let direct = self.eat(b'!');
        let [all, all_or_self, next, next_or_self] = operators;
        match (with_self, direct) {
            (false, false) => all,
            (true, false) => all_or_self,
            (false, true) => next,
            (true, true) => next_or_self,
        }
    }

    fn hierarchy_word(&mut self) -> Result<Option<HierarchyOperator>, EclError> {
        let word = self.letters();
        let found = WORDS.iter().find(|(name, _)| name.eq_ignore_ascii_case(word));
        let Some((name, operator)) = found else { return Ok(None) };
        if self.is_alternate() {
            return Ok(None);
        }
        self.at += word.len();
        if self.is_at_end() || !self.skip_space() {
            return Err(self.expected(&format!("white space and an operand behind {name}")));
        }
        Ok(Some(*operator))
    }

    /// Passes over `^`, its fields, `^R`, and the space behind.
    pub(super) fn refset_operator(&mut self) -> Result<Option<RefsetOperator>, EclError> {
        match self.peek() {
            Some(b'^') => {
                self.at += 1;
                if self.is_reverse_flag() {
                    self.at += 1;
                    self.skip_space();
                    return Ok(Some(RefsetOperator::ContainingAny));
                }
                self.skip_space();
                if self.letters() == "R" && self.is_reverse_flag() {
                    return Err(self
                        .expected("what '^' is applied to")
                        .with_hint("'^R' is written without white space"));
                }
            }
            Some(b'm' | b'M') if !self.is_alternate() && self.keyword("memberOf") => {}
            Some(b'r' | b'R') if !self.is_alternate() && self.keyword("refsetContainingAny") => {
                self.skip_space();
                return Ok(Some(RefsetOperator::ContainingAny));
            }
            _ => return Ok(None),
        }
        self.skip_space();
        if self.peek() != Some(b'[') {
            return Ok(Some(RefsetOperator::MemberOf));
        }
        let start = self.at;
        self.at += 1;
        self.skip_space();
        let operator = match self.field_wildcard() {
            true => RefsetOperator::AllFields(self.span(start)),
            false => RefsetOperator::Fields(self.fields()?),
        };
        self.skip_space();
        if !self.eat(b']') {
            return Err(self.expected("',' or ']'"));
        }
        let operator = match operator {
            RefsetOperator::AllFields(_) => RefsetOperator::AllFields(self.span(start)),
            other => other,
        };
        self.skip_space();
        Ok(Some(operator))
    }

    /// Passes over `*`, or over `ANY` where it stands alone.
    fn field_wildcard(&mut self) -> bool {
        let start = self.at;
        if self.eat(b'*') {
            return true;
        }
        if self.keyword("ANY") {
            let behind = self.at;
            self.skip_space();
            if self.peek() == Some(b']') {
                self.at = behind;
                return true;
            }
        }
        self.at = start;
        false
    }

    fn fields(&mut self) -> Result<Vec<FieldName>, EclError> {
        let mut fields = Vec::new();
        loop {
            fields.push(self.field_name()?);
            let behind = self.at;
            self.skip_space();
            if !self.eat(b',') {
                self.at = behind;
                return Ok(fields);
            }
            self.skip_space();
        }
    }

    /// Passes over the name of a refset field.
    pub(super) fn field_name(&mut self) -> Result<FieldName, EclError> {
        let name = self.letters();
        if name.is_empty() {
            return Err(self.expected("the name of a field"));
        }
        let start = self.at;
        self.at += name.len();
        Ok(FieldName { name: name.to_owned(), span: self.span(start) })
    }

    /// Whether the capital R here stands for itself: no word begins with it, and no scheme.
    pub(super) fn is_reverse_flag(&self) -> bool {
        self.peek() == Some(b'R')
            && !self.peek_at(1).is_some_and(|byte| byte.is_ascii_alphabetic())
            && !self.is_alternate()
    }

    /// Whether an operator of a comparison is here.
    pub(super) fn is_at_comparison(&self) -> bool {
        match self.peek() {
            Some(b'=' | b'<' | b'>') => true,
            Some(b'!') => self.peek_at(1) == Some(b'='),
            Some(b'n' | b'N') => self.letters().eq_ignore_ascii_case("NOT"),
            _ => false,
        }
    }

    /// Passes over an operator of a comparison and the space behind it.
    pub(super) fn order(&mut self) -> Result<Order, EclError> {
        self.skip_space();
        let order = match self.peek() {
            Some(b'=') => {
                self.at += 1;
                Order::Equal
            }
            Some(b'!') if self.eat_all("!=") => Order::NotEqual,
            Some(b'<') if self.eat_all("<>") => Order::NotEqual,
            Some(b'<') if self.eat_all("<=") => Order::LessOrEqual,
            Some(b'<') if self.eat_all("<") => Order::Less,
            Some(b'>') if self.eat_all(">=") => Order::GreaterOrEqual,
            Some(b'>') if self.eat_all(">") => Order::Greater,
            Some(b'n' | b'N') if self.keyword("NOT") => {
                self.skip_space();
                if !self.eat(b'=') {
                    return Err(self.expected("'=' behind NOT"));
                }
                Order::NotEqual
            }
            _ => return Err(self.expected("a comparison: '=', '!=', '<', '<=', '>' or '>='")),
        };
        self.skip_space();
        Ok(order)
    }

    /// Passes over `=` or `!=` and the space behind it.
    pub(super) fn equality(&mut self) -> Result<Equality, EclError> {
        self.skip_space();
        let start = self.at;
        let order = match self.is_at_comparison() {
            true => self.order()?,
            false => return Err(self.expected("'=' or '!='")),
        };
        match equality_of(order) {
            Some(equality) => Ok(equality),
            None => {
                self.at = start;
                Err(self.expected("'=' or '!='"))
            }
        }
    }
}

/// The order as an equality, where it is one.
pub(super) fn equality_of(order: Order) -> Option<Equality> {
    match order {
        Order::Equal => Some(Equality::Equal),
        Order::NotEqual => Some(Equality::NotEqual),
        _ => None,
    }
}

const DOWN: [HierarchyOperator; 4] = [
    HierarchyOperator::DescendantOf,
    HierarchyOperator::DescendantOrSelfOf,
    HierarchyOperator::ChildOf,
    HierarchyOperator::ChildOrSelfOf,
];

const UP: [HierarchyOperator; 4] = [
    HierarchyOperator::AncestorOf,
    HierarchyOperator::AncestorOrSelfOf,
    HierarchyOperator::ParentOf,
    HierarchyOperator::ParentOrSelfOf,
];

const WORDS: [(&str, HierarchyOperator); 10] = [
    ("descendantOf", HierarchyOperator::DescendantOf),
    ("descendantOrSelfOf", HierarchyOperator::DescendantOrSelfOf),
    ("childOf", HierarchyOperator::ChildOf),
    ("childOrSelfOf", HierarchyOperator::ChildOrSelfOf),
    ("ancestorOf", HierarchyOperator::AncestorOf),
    ("ancestorOrSelfOf", HierarchyOperator::AncestorOrSelfOf),
    ("parentOf", HierarchyOperator::ParentOf),
    ("parentOrSelfOf", HierarchyOperator::ParentOrSelfOf),
    ("top", HierarchyOperator::Top),
    ("bottom", HierarchyOperator::Bottom),
];
