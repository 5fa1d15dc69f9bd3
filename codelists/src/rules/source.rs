//! Where a rule comes from, and how sure that is.

/// Where the rule of a binding comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Source {
    /// The document, and the place in it.
    pub title: String,
    /// Where it is published; `None` only where the rule is [`Sure::Ours`].
    pub url: Option<String>,
    /// How sure it is.
    pub sure: Sure,
    /// The fields of the binding that the source does not say: whoever wrote the pack chose them.
    pub ours: Vec<String>,
}

/// How sure a source is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Sure {
    /// Whoever owns the rule says it in a document that anybody may read.
    Published,
    /// Somebody else says that it is so: the code of a system that follows the rule, say.
    SecondHand,
    /// Nobody says it: whoever wrote the pack thinks it useful.
    Ours,
}

impl Sure {
    /// All of them.
    pub const ALL: [Sure; 3] = [Sure::Published, Sure::SecondHand, Sure::Ours];

    /// The word for it: `published`, `second-hand` or `ours`. Words stay.
    pub const fn word(self) -> &'static str {
        match self {
            Sure::Published => "published",
            Sure::SecondHand => "second-hand",
            Sure::Ours => "ours",
        }
    }

    /// The one of this word.
    pub fn named(word: &str) -> Option<Sure> {
        Sure::ALL.into_iter().find(|sure| sure.word() == word)
    }
}
