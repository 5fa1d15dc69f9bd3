//! What a build shows while it works.

use std::io::Write as _;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use farr_build::Progress;
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use crate::output::number::bytes;

/// How often a bar moves while nothing is told.
const TICK: Duration = Duration::from_millis(120);

/// A bar on a terminal: the phase at work, and how far it has come where that is known.
#[derive(Debug, Default)]
pub(super) struct Bar {
    bar: Mutex<Option<ProgressBar>>,
}

impl Bar {
    /// Clears the bar away.
    pub(super) fn end(&self) {
        self.replace(None);
    }

    fn replace(&self, next: Option<ProgressBar>) {
        let mut bar = self.bar.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(last) = bar.take() {
            last.finish_and_clear();
        }
        *bar = next;
    }
}

impl Progress for Bar {
    fn phase(&self, name: &str, bytes: Option<u64>) {
        let (length, template) = match bytes {
            Some(bytes) => (bytes, "{prefix:<14} {bar:30} {bytes}/{total_bytes} {elapsed}"),
            None => (0, "{prefix:<14} {spinner} {elapsed}"),
        };
        let bar = ProgressBar::with_draw_target(Some(length), ProgressDrawTarget::stderr());
        if let Ok(style) = ProgressStyle::with_template(template) {
            bar.set_style(style);
        }
        bar.set_prefix(name.to_owned());
        bar.enable_steady_tick(TICK);
        self.replace(Some(bar));
    }

    fn advance(&self, bytes: u64) {
        let bar = self.bar.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(bar) = bar.as_ref() {
            bar.inc(bytes);
        }
    }
}

/// One line a phase, for a log.
#[derive(Debug)]
pub(super) struct Lines;

impl Progress for Lines {
    fn phase(&self, name: &str, length: Option<u64>) {
        let length = length.map(|length| format!(" {}", bytes(length))).unwrap_or_default();
        // A build does not end because nobody listens.
        let _ = writeln!(std::io::stderr(), "{name}{length}");
    }

    fn advance(&self, _bytes: u64) {}
}
