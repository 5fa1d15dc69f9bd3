//! What is asked about: arguments, or lines of standard input.

use std::io::{self, BufRead as _, IsTerminal as _};

use crate::failure::Failure;

/// The argument that stands for standard input.
const STANDARD_INPUT: &str = "-";

/// Arguments and lines of standard input, in the order given; blank lines are left out.
pub(crate) struct Items {
    what: &'static str,
    arguments: std::vec::IntoIter<String>,
    lines: Option<io::StdinLock<'static>>,
    from_input: bool,
}

impl Items {
    /// The arguments, `-` among them standing for the lines of standard input; without arguments
    /// the lines, where something is piped in.
    pub(crate) fn new(arguments: Vec<String>, what: &'static str) -> Result<Items, Failure> {
        let from_input = arguments.iter().any(|argument| argument == STANDARD_INPUT);
        if arguments.is_empty() {
            if io::stdin().is_terminal() {
                return Err(Failure::Usage(format!(
                    "no {what} given: name it behind the verb, or pipe one a line into it"
                )));
            }
            return Items::new(vec![STANDARD_INPUT.to_owned()], what);
        }
        Ok(Items { what, arguments: arguments.into_iter(), lines: None, from_input })
    }

    /// What one of them is called.
    pub(crate) fn what(&self) -> &'static str {
        self.what
    }

    /// Whether standard input is among what is read.
    pub(crate) fn reads_input(&self) -> bool {
        self.from_input
    }

    /// The next items, at most `most`; none at the end.
    pub(crate) fn next_chunk(&mut self, most: usize) -> Result<Vec<String>, Failure> {
        let mut chunk = Vec::new();
        while chunk.len() < most {
            match self.next() {
                Some(item) => chunk.push(item?),
                None => break,
            }
        }
        Ok(chunk)
    }

    fn next(&mut self) -> Option<Result<String, Failure>> {
        loop {
            if let Some(input) = &mut self.lines {
                let mut line = Vec::new();
                match input.read_until(b'\n', &mut line) {
                    Ok(0) => self.lines = None,
                    // What is not UTF-8 is no code, and is told as such beside the others.
                    Ok(_) => match item(&String::from_utf8_lossy(&line)) {
                        "" => continue,
                        item => return Some(Ok(item.to_owned())),
                    },
                    Err(error) => return Some(Err(unreadable(&error))),
                }
            }
            let argument = self.arguments.next()?;
            if argument != STANDARD_INPUT {
                return Some(Ok(argument.trim().to_owned()));
            }
            self.lines = Some(io::stdin().lock());
        }
    }
}

/// A line without the white space around it, and without the byte order mark that some systems
/// begin a file with.
fn item(line: &str) -> &str {
    line.trim_start_matches('\u{feff}').trim()
}

/// Standard input that cannot be read.
pub(crate) fn unreadable(error: &io::Error) -> Failure {
    Failure::Input(format!("standard input: {error}"))
}
