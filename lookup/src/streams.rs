//! Where output goes: data to standard output, all else to standard error.

use std::io::{self, IsTerminal as _, Write};

use anstream::{AutoStream, ColorChoice};

use crate::failure::Failure;
use crate::output::palette::Palette;
use crate::output::table::Table;

/// Bytes gathered before they are handed to the system.
const BUFFER: usize = 1 << 16;

/// A stream, and whether to colour it.
pub(crate) struct Stream {
    writer: Box<dyn Write>,
    coloured: bool,
    width: Option<usize>,
}

impl Stream {
    /// A stream into memory, coloured and as wide as another one: what a demonstration shows.
    pub(crate) fn into_memory(
        writer: Box<dyn Write>,
        coloured: bool,
        width: Option<usize>,
    ) -> Stream {
        Stream { writer, coloured, width }
    }
}

impl Write for Stream {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.writer.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.writer.flush()
    }
}

/// Standard output, buffered.
pub(crate) fn standard_output(color: clap::ColorChoice) -> Stream {
    let stdout = io::stdout();
    let coloured = is_coloured(color, AutoStream::choice(&stdout));
    // The width matters only to a person who looks at the screen: a file keeps whole lines.
    let width = stdout
        .is_terminal()
        .then(|| terminal_size::terminal_size_of(&stdout))
        .flatten()
        .map(|(terminal_size::Width(columns), _)| usize::from(columns));
    let writer: Box<dyn Write> = match coloured {
        true => Box::new(io::BufWriter::with_capacity(BUFFER, AutoStream::always(stdout))),
        false => Box::new(io::BufWriter::with_capacity(BUFFER, stdout)),
    };
    Stream { writer, coloured, width }
}

/// Standard error, not buffered.
pub(crate) fn standard_error(color: clap::ColorChoice) -> Stream {
    let stderr = io::stderr();
    let coloured = is_coloured(color, AutoStream::choice(&stderr));
    let writer: Box<dyn Write> = match coloured {
        true => Box::new(AutoStream::always(stderr)),
        false => Box::new(stderr),
    };
    Stream { writer, coloured, width: None }
}

/// `auto` asks the stream, which looks at `NO_COLOR`, `CLICOLOR`, `TERM` and whether a terminal is
/// there.
fn is_coloured(asked: clap::ColorChoice, of_stream: ColorChoice) -> bool {
    match asked {
        clap::ColorChoice::Always => true,
        clap::ColorChoice::Never => false,
        clap::ColorChoice::Auto => of_stream != ColorChoice::Never,
    }
}

/// The two streams of a process, or of one step of a demonstration.
pub(crate) struct Streams<'s> {
    /// For data.
    pub(crate) out: &'s mut Stream,
    err: &'s mut Stream,
}

impl<'s> Streams<'s> {
    pub(crate) fn new(out: &'s mut Stream, err: &'s mut Stream) -> Streams<'s> {
        Streams { out, err }
    }

    /// The colours of data.
    pub(crate) fn palette(&self) -> Palette {
        Palette::new(self.out.coloured)
    }

    /// Whether data is coloured.
    pub(crate) fn is_coloured(&self) -> bool {
        self.out.coloured
    }

    /// How wide the screen is; `None` where the output is no screen.
    pub(crate) fn width(&self) -> Option<usize> {
        self.out.width
    }

    /// Writes a table as data; one without rows is left out, its titles too.
    pub(crate) fn table(&mut self, table: &Table) -> io::Result<()> {
        match table.is_empty() {
            true => Ok(()),
            false => self.out.write_all(table.draw(self.palette(), self.width()).as_bytes()),
        }
    }

    /// Says something to the person at the terminal, behind the data written so far.
    pub(crate) fn note(&mut self, text: &str) {
        // Nobody can be told where standard error is closed too.
        let _ = self.out.flush();
        let _ = writeln!(self.err, "{text}");
    }

    /// Says that something is amiss, and goes on.
    pub(crate) fn warn(&mut self, text: &str) {
        let label = Palette::new(self.err.coloured).warning("warning:");
        self.note(&format!("{label} {text}"));
    }

    /// Says why there is no answer.
    pub(crate) fn tell(&mut self, failure: &Failure) {
        if !matches!(failure, Failure::ClosedPipe) {
            let label = Palette::new(self.err.coloured).bad("error:");
            self.note(&format!("{label} {failure}"));
        }
    }
}
