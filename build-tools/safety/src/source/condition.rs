//! What `cfg` says of the build that the evidence comes from.

use std::collections::BTreeSet;

use proc_macro2::{Delimiter, TokenStream, TokenTree};

/// The conditions under which `cargo test --workspace` compiles a package: debug, 64-bit Linux, the
/// default features and those that another member asks for.
#[derive(Debug, Clone, Default)]
pub struct Conditions {
    /// The features that are on, those that they turn on in turn included.
    pub features: BTreeSet<String>,
}

impl Conditions {
    /// Whether a predicate holds, or `None` where that is not known here.
    ///
    /// What is not known counts as not compiled: a test that may not run is no evidence.
    pub(super) fn holds(&self, predicate: TokenStream) -> Option<bool> {
        let tokens: Vec<TokenTree> = predicate.into_iter().collect();
        match tokens.as_slice() {
            [TokenTree::Ident(name), TokenTree::Group(group)]
                if group.delimiter() == Delimiter::Parenthesis =>
            {
                let parts = split_at_commas(group.stream());
                let mut answers = parts.into_iter().map(|part| self.holds(part));
                match &*name.to_string() {
                    "not" => answers.next().flatten().map(|holds| !holds),
                    "all" => answers.try_fold_kleene(true),
                    "any" => answers.try_fold_kleene(false),
                    _ => None,
                }
            }
            [TokenTree::Ident(name), TokenTree::Punct(_), TokenTree::Literal(value)] => {
                let value = value.to_string();
                self.key_holds(&name.to_string(), value.trim_matches('"'))
            }
            [TokenTree::Ident(name)] => match &*name.to_string() {
                "test" | "unix" | "debug_assertions" | "true" => Some(true),
                "miri" | "windows" | "fuzzing" | "doctest" | "loom" | "false" => Some(false),
                _ => None,
            },
            _ => None,
        }
    }

    fn key_holds(&self, key: &str, value: &str) -> Option<bool> {
        let wanted = match key {
            "feature" => return Some(self.features.contains(value)),
            "target_os" => "linux",
            "target_family" => "unix",
            "target_pointer_width" => "64",
            "target_endian" => "little",
            "panic" => "unwind",
            _ => return None,
        };
        Some(value == wanted)
    }
}

trait Kleene {
    fn try_fold_kleene(&mut self, neutral: bool) -> Option<bool>;
}

impl<I: Iterator<Item = Option<bool>>> Kleene for I {
    fn try_fold_kleene(&mut self, neutral: bool) -> Option<bool> {
        let mut answer = Some(neutral);
        for part in self {
            match part {
                Some(value) if value != neutral => return Some(value),
                Some(_) => {}
                None => answer = None,
            }
        }
        answer
    }
}

/// The parts of a list of arguments; a comma at its end makes no empty part.
pub(super) fn split_at_commas(stream: TokenStream) -> Vec<TokenStream> {
    let mut parts = Vec::new();
    let mut part = Vec::new();
    for token in stream {
        match token {
            TokenTree::Punct(mark) if mark.as_char() == ',' => {
                parts.push(part.drain(..).collect());
            }
            other => part.push(other),
        }
    }
    if !part.is_empty() {
        parts.push(part.into_iter().collect());
    }
    parts
}
