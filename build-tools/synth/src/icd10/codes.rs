//! Every code with all that is said of it, those that modifiers make among them.

use super::chapters::Range;
use super::modifiers::Modifier;
use super::pairs::partner_of_modifier;
use super::plan::{Class, Plan, Usage};
use super::shape::Modified;

/// A code.
#[derive(Debug)]
pub(crate) struct Code {
    /// Without a point: `A00`, `A000`, `M45X0`.
    pub(crate) code: String,
    pub(crate) usage: Usage,
    /// The title without the text of a modifier.
    pub(crate) description: String,
    pub(crate) modifier_4: String,
    pub(crate) modifier_5: String,
    /// The other codes of its pairs, without a point.
    pub(crate) partners: Vec<String>,
    /// 1 for male, 2 for female, 0 for any.
    pub(crate) sex: u8,
    /// The least and the greatest age in years.
    pub(crate) ages: (u16, u16),
    pub(crate) subdivided: bool,
}

/// A code with its point.
pub(crate) fn dotted(code: &str) -> String {
    match code.split_at(3) {
        (category, "") => category.to_owned(),
        (category, rest) => format!("{category}.{rest}"),
    }
}

/// A code of at least four characters.
pub(crate) fn padded(code: &str) -> String {
    match code.len() {
        3 => format!("{code}X"),
        _ => code.to_owned(),
    }
}

fn is_within(code: &str, ranges: &[&str]) -> bool {
    let at = super::chapters::category(&code[..3]);
    ranges.iter().any(|range| Range::new(range).contains(at))
}

/// The sex a code is of: 1 for male, 2 for female, 0 for any.
pub(crate) fn sex(code: &str) -> u8 {
    if is_within(code, &["N40-N51", "C60-C63"]) {
        1
    } else if is_within(code, &["C51-C58", "N70-N98", "O00-O99"]) {
        2
    } else {
        0
    }
}

fn ages(code: &str) -> (u16, u16) {
    if is_within(code, &["P00-P96", "R95-R95"]) {
        (0, 0)
    } else if is_within(code, &["O00-O99"]) {
        (10, 59)
    } else if is_within(code, &["R54-R54"]) {
        (65, 999)
    } else {
        (0, 999)
    }
}

impl Code {
    fn of(class: &Class, subdivided: bool) -> Self {
        Self {
            sex: sex(&class.code),
            ages: ages(&class.code),
            code: class.code.clone(),
            usage: class.usage,
            description: class.title.clone(),
            modifier_4: String::new(),
            modifier_5: String::new(),
            partners: class.partners.clone(),
            subdivided,
        }
    }

    /// What a modifier makes of a class. A fifth character stands behind a filler where there is
    /// no fourth.
    fn made(class: &Class, modified: &Modified, modifier: &Modifier, digit: u8) -> Self {
        let filler = if class.code.len() == 3 && modifier.is_fifth() { "X" } else { "" };
        let mut code = Self::of(class, false);
        code.code = format!("{}{filler}{}", class.code, char::from(digit));
        let text = modifier.text(digit).to_owned();
        match code.code.len() {
            4 => code.modifier_4 = text,
            _ => code.modifier_5 = text,
        }
        if let Some(partner) = partner_of_modifier(modified.modifier, digit) {
            code.usage = Usage::Dagger;
            code.partners = vec![partner.to_owned()];
        }
        code
    }
}

impl Plan {
    /// The modifier that makes codes of a class: its own, or that of its category.
    pub(crate) fn modifier_of(&self, at: usize) -> Option<&Modified> {
        let class = &self.classes[at];
        if class.code.len() == 3 {
            return class.modified.as_ref().filter(|_| class.subcategories == 0);
        }
        let category = self.classes[..at].iter().rev().find(|other| other.code.len() == 3);
        let of_category = category.filter(|_| !class.excluded);
        class.modified.as_ref().or(of_category.and_then(|category| category.modified.as_ref()))
    }

    /// Every code, in order.
    pub(crate) fn expanded(&self) -> Vec<Code> {
        let mut codes = Vec::new();
        for (at, class) in self.classes.iter().enumerate() {
            let modified = self.modifier_of(at);
            codes.push(Code::of(class, class.subcategories > 0 || modified.is_some()));
            if let Some(modified) = modified {
                let modifier = &self.modifiers[modified.modifier];
                let made = |&digit| Code::made(class, modified, modifier, digit);
                codes.extend(modified.digits.iter().map(made));
            }
        }
        codes
    }
}
