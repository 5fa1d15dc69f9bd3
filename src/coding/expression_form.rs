//! How a postcoordinated expression is to be written.

use crate::expression::Expression;
use crate::expression::syntax::AttributeValue;

/// How a postcoordinated expression is to be written.
///
/// # Example
/// ```
/// use farr::coding::ExpressionForm;
///
/// assert_eq!(ExpressionForm::named("one-attribute"), Some(ExpressionForm::OneAttribute));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ExpressionForm {
    /// `CONCEPT:ATTRIBUTE=VALUE`: the ids of three concepts, and neither spaces nor terms, as NHS data
    /// sets have it.
    OneAttribute,
}

impl ExpressionForm {
    /// Every form.
    pub const ALL: [ExpressionForm; 1] = [ExpressionForm::OneAttribute];

    /// The word for it in rule packs: `one-attribute`.
    pub const fn word(self) -> &'static str {
        match self {
            ExpressionForm::OneAttribute => "one-attribute",
        }
    }

    /// The form of this word.
    pub fn named(word: &str) -> Option<ExpressionForm> {
        ExpressionForm::ALL.into_iter().find(|form| form.word() == word)
    }

    /// What it looks like, for messages.
    pub(super) const fn picture(self) -> &'static str {
        match self {
            ExpressionForm::OneAttribute => {
                "CONCEPT:ATTRIBUTE=VALUE, three ids with neither spaces nor terms"
            }
        }
    }

    /// An expression in this form; `None` where what it says cannot be written so. What is one concept
    /// and no more is its id.
    pub(super) fn written(self, expression: &Expression) -> Option<String> {
        if let Some(id) = expression.precoordinated() {
            return Some(id.to_string());
        }
        let tree = expression.expression();
        match (
            expression.definition_status(),
            tree.focus_concepts.as_slice(),
            tree.refinement.attributes.as_slice(),
            tree.refinement.groups.as_slice(),
        ) {
            (None, [focus], [attribute], []) => match &attribute.value {
                AttributeValue::Concept(value) => {
                    Some(format!("{}:{}={}", focus.id, attribute.name.id, value.id))
                }
                _ => None,
            },
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_says_the_same_is_written_in_the_form() {
        let written =
            |text: &str| ExpressionForm::OneAttribute.written(&Expression::parse(text).unwrap());
        let plain = Some("64572001:363698007=24700007".to_owned());
        assert_eq!(written("64572001:363698007=24700007"), plain);
        assert_eq!(written("64572001 |Ailment| : 363698007 = 24700007 |Lobe|"), plain);
        assert_eq!(written("64572001 |Ailment|").as_deref(), Some("64572001"));
        for other in [
            "<<< 64572001",
            "=== 64572001 : 363698007 = 24700007",
            "64572001 + 24700007 : 363698007 = 24700007",
            "64572001 : { 363698007 = 24700007 }",
            "64572001 : 363698007 = 24700007, 363698007 = 64572001",
            "64572001 : 363698007 = #1",
            "64572001 : 363698007 = (24700007 : 363698007 = 64572001)",
        ] {
            assert_eq!(written(other), None, "{other}");
        }
    }
}
