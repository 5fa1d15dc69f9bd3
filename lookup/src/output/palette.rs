//! Colours, where they help reading.

use anstyle::{AnsiColor, Style};

/// The colours of a stream, or none.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Palette {
    coloured: bool,
}

impl Palette {
    pub(crate) fn new(coloured: bool) -> Palette {
        Palette { coloured }
    }

    /// What a card or a table is headed by.
    pub(crate) fn heading(self, text: &str) -> String {
        self.paint(Style::new().bold(), text)
    }

    /// What labels something else, or matters less.
    pub(crate) fn quiet(self, text: &str) -> String {
        self.paint(Style::new().dimmed(), text)
    }

    /// An identifier.
    pub(crate) fn id(self, text: &str) -> String {
        self.paint(AnsiColor::Cyan.on_default(), text)
    }

    /// What is as it should be.
    pub(crate) fn good(self, text: &str) -> String {
        self.paint(AnsiColor::Green.on_default(), text)
    }

    /// What to look at twice.
    pub(crate) fn warning(self, text: &str) -> String {
        self.paint(AnsiColor::Yellow.on_default().bold(), text)
    }

    /// What is wrong.
    pub(crate) fn bad(self, text: &str) -> String {
        self.paint(AnsiColor::Red.on_default().bold(), text)
    }

    fn paint(self, style: Style, text: &str) -> String {
        match self.coloured && !text.is_empty() {
            true => format!("{style}{text}{style:#}"),
            false => text.to_owned(),
        }
    }
}
