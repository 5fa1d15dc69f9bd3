//! The items of a file, as far as tests are concerned: functions and modules with their attributes.

use proc_macro2::{Delimiter, TokenStream, TokenTree};

use super::condition::{Conditions, split_at_commas};

/// What the attributes of an item come to under [`Conditions`].
#[derive(Debug, Clone, Default)]
pub(super) struct Attributes {
    pub(super) is_test: bool,
    pub(super) is_ignored: bool,
    pub(super) is_left_out: bool,
    pub(super) path: Option<String>,
}

/// A function or a module.
#[derive(Debug)]
pub(super) enum Item {
    Function {
        name: String,
        attributes: Attributes,
        may_be_test: bool,
        /// It can be called from outside its module, as far as can be told from `pub` and `impl`.
        is_reachable: bool,
        body: TokenStream,
    },
    Module {
        name: String,
        attributes: Attributes,
        content: Option<TokenStream>,
    },
}

/// The items of a stream of tokens, and whether the stream leaves itself out by `#![cfg(…)]`.
///
/// `proptest!` is looked into, since functions within it are tests as they stand; so are `impl`
/// blocks, whose functions are no tests but may be called by some. Other macros are passed over: what
/// they make is not known here, and so is no evidence.
pub(super) fn items(stream: TokenStream, conditions: &Conditions) -> (Vec<Item>, bool) {
    let mut reader = Reader { conditions, items: Vec::new(), is_left_out: false };
    reader.read(stream, true);
    (reader.items, reader.is_left_out)
}

struct Reader<'c> {
    conditions: &'c Conditions,
    items: Vec<Item>,
    is_left_out: bool,
}

impl Reader<'_> {
    fn read(&mut self, stream: TokenStream, may_be_test: bool) {
        let mut tokens = stream.into_iter().peekable();
        let mut attributes = Attributes::default();
        let mut in_impl = false;
        let mut is_public = false;
        while let Some(token) = tokens.next() {
            match token {
                TokenTree::Punct(mark) if mark.as_char() == '#' => {
                    let is_inner = tokens.next_if(|next| is_mark(next, '!')).is_some();
                    if let Some(TokenTree::Group(group)) = tokens.next() {
                        if is_inner {
                            let mut inner = Attributes::default();
                            self.apply(group.stream(), &mut inner);
                            self.is_left_out |= inner.is_left_out;
                        } else {
                            self.apply(group.stream(), &mut attributes);
                        }
                    }
                }
                TokenTree::Ident(word) if word == "fn" => {
                    let Some(TokenTree::Ident(name)) = tokens.peek().cloned() else { continue };
                    let body = tokens.by_ref().find_map(|token| match token {
                        TokenTree::Group(group) if group.delimiter() == Delimiter::Brace => {
                            Some(group.stream())
                        }
                        TokenTree::Punct(mark) if mark.as_char() == ';' => Some(TokenStream::new()),
                        _ => None,
                    });
                    self.items.push(Item::Function {
                        name: name.to_string(),
                        attributes: std::mem::take(&mut attributes),
                        may_be_test,
                        is_reachable: std::mem::take(&mut is_public) || !may_be_test,
                        body: body.unwrap_or_default(),
                    });
                }
                TokenTree::Ident(word) if word == "mod" => {
                    let Some(TokenTree::Ident(name)) = tokens.next() else { continue };
                    let content = match tokens.next() {
                        Some(TokenTree::Group(group)) => Some(group.stream()),
                        _ => None,
                    };
                    self.items.push(Item::Module {
                        name: name.to_string(),
                        attributes: std::mem::take(&mut attributes),
                        content,
                    });
                }
                TokenTree::Ident(word) if word == "impl" => in_impl = true,
                TokenTree::Ident(word) if word == "pub" => is_public = true,
                TokenTree::Ident(word) if word == "proptest" => {
                    if tokens.next_if(|next| is_mark(next, '!')).is_some()
                        && let Some(TokenTree::Group(group)) = tokens.next()
                    {
                        if !attributes.is_left_out {
                            self.read(group.stream(), may_be_test);
                        }
                        attributes = Attributes::default();
                    }
                }
                TokenTree::Group(group) if group.delimiter() == Delimiter::Brace => {
                    if std::mem::take(&mut in_impl) {
                        self.read(group.stream(), false);
                    }
                    attributes = Attributes::default();
                    is_public = false;
                }
                TokenTree::Punct(mark) if mark.as_char() == ';' => {
                    attributes = Attributes::default();
                    in_impl = false;
                    is_public = false;
                }
                _ => {}
            }
        }
    }

    fn apply(&self, attribute: TokenStream, to: &mut Attributes) {
        let tokens: Vec<TokenTree> = attribute.into_iter().collect();
        let Some(TokenTree::Ident(name)) = tokens.first() else { return };
        match (&*name.to_string(), tokens.get(1), tokens.get(2)) {
            ("test", None, _) => to.is_test = true,
            ("ignore", _, _) => to.is_ignored = true,
            ("path", Some(_), Some(TokenTree::Literal(path))) => {
                to.path = Some(path.to_string().trim_matches('"').to_owned());
            }
            ("cfg", Some(TokenTree::Group(group)), _) => {
                to.is_left_out |= self.conditions.holds(group.stream()) != Some(true);
            }
            ("cfg_attr", Some(TokenTree::Group(group)), _) => {
                let mut parts = split_at_commas(group.stream()).into_iter();
                let holds = parts.next().and_then(|part| self.conditions.holds(part));
                for part in parts {
                    let mut perhaps = Attributes::default();
                    self.apply(part, &mut perhaps);
                    // What may be so makes the test worth less, and never more.
                    to.is_ignored |= perhaps.is_ignored && holds != Some(false);
                    to.is_left_out |= perhaps.is_left_out && holds != Some(false);
                    to.is_test |= perhaps.is_test && holds == Some(true);
                    if holds == Some(true) && perhaps.path.is_some() {
                        to.path = perhaps.path;
                    }
                }
            }
            _ => {}
        }
    }
}

fn is_mark(token: &TokenTree, wanted: char) -> bool {
    matches!(token, TokenTree::Punct(mark) if mark.as_char() == wanted)
}
