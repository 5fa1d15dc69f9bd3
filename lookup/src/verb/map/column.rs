//! A column of a file of delimited text: every row as it is, with what a map says behind it.
//!
//! Records are read by one thread, answered by as many as there are cores, and written in their
//! order; no more than a few stretches of the file are in memory.

use std::collections::VecDeque;
use std::fs::File;
use std::io::{self, Read, Write};
use std::sync::Mutex;
use std::sync::mpsc::{Receiver, Sender, channel, sync_channel};
use std::thread;

use farr::Terminology;
use farr::index::OpenError;
use farr::map::Patient;

use super::asked::{AskedMap, find};
use super::delimited::{Flaw, Record, write_field};
use super::row::{ADDED, Places, RowMap};
use crate::exit;
use crate::failure::Failure;
use crate::output::format::Format;
use crate::streams::Streams;

/// Bytes that are answered in one go.
const STRETCH: usize = 1 << 19;
/// Bytes of a record at most: one that is longer has a quotation mark too many, or is no record.
const LONGEST: usize = 1 << 24;
/// What a file may begin with, which is no part of its first column's name.
const MARK: &[u8] = "\u{feff}".as_bytes();

/// What is asked of a file.
#[derive(Debug)]
pub(super) struct ColumnQuestion<'q> {
    pub(super) file: Option<&'q str>,
    pub(super) code: &'q str,
    pub(super) sex: Option<&'q str>,
    pub(super) age_at_onset: Option<&'q str>,
    pub(super) age_now: Option<&'q str>,
    pub(super) prefix: &'q str,
    pub(super) map: Option<AskedMap>,
    pub(super) patient: &'q Patient,
    pub(super) format: Format,
}

/// How the rows of a file are read and written.
#[derive(Clone, Copy, Debug)]
struct Shape {
    delimiter: u8,
    written: u8,
    columns: usize,
    places: Places,
}

/// A stretch of whole records, and where to send what comes of it.
struct Job {
    bytes: Vec<u8>,
    /// The line that it begins on.
    line: u64,
    done: Sender<Result<Done, OpenError>>,
}

/// What came of a stretch.
struct Done {
    out: Vec<u8>,
    all_found: bool,
    /// What is wrong behind what was written, if anything.
    flaw: Option<String>,
}

/// Reads, asks and writes; gives what the process ends with.
pub(super) fn run(
    question: &ColumnQuestion<'_>,
    terminology: &Terminology,
    streams: &mut Streams<'_>,
) -> Result<u8, Failure> {
    let mut source = Source::open(question.file)?;
    let header = source.header()?;
    let shape = shape(question, &header)?;
    let mut first = Vec::new();
    write_row(&mut first, &header.bytes, &header.record, 0, shape, &added(question, &header)?);
    streams.out.write_all(&first)?;
    source.line += header.record.lines;

    let workers = thread::available_parallelism().map_or(1, usize::from).min(16);
    let (jobs, taken) = sync_channel::<Job>(workers);
    let taken = Mutex::new(taken);
    thread::scope(|scope| {
        for _ in 0..workers {
            scope.spawn(|| work(&taken, terminology, question, shape));
        }
        // Moved in, so that the workers end with it.
        let jobs = jobs;
        let mut waiting: VecDeque<Receiver<Result<Done, OpenError>>> = VecDeque::new();
        let mut all_found = true;
        loop {
            let (bytes, flaw) = source.stretch(shape.delimiter)?;
            if !bytes.is_empty() {
                let (done, receiver) = channel();
                let lines = bytes.iter().filter(|byte| **byte == b'\n').count() as u64;
                let job = Job { bytes, line: source.line, done };
                source.line += lines;
                // It fails only where no worker is left, and then nothing is received either.
                let _ = jobs.send(job);
                waiting.push_back(receiver);
            }
            let ended = flaw.is_some() || source.is_done();
            while waiting.len() > if ended { 0 } else { workers * 2 } {
                let Some(receiver) = waiting.pop_front() else { break };
                let done = receiver.recv().map_err(|_| stopped())??;
                streams.out.write_all(&done.out)?;
                all_found &= done.all_found;
                if let Some(flaw) = done.flaw {
                    return Err(Failure::Input(flaw));
                }
            }
            if let Some(flaw) = flaw {
                return Err(Failure::Input(format!("{}: {flaw}", source.name)));
            }
            if ended {
                return Ok(if all_found { exit::ANSWERED } else { exit::NOT_FOUND });
            }
        }
    })
}

fn stopped() -> Failure {
    Failure::Input("a stretch of the file was not answered".to_owned())
}

fn work(
    taken: &Mutex<Receiver<Job>>,
    terminology: &Terminology,
    question: &ColumnQuestion<'_>,
    shape: Shape,
) {
    loop {
        // The lock is let go before the stretch is answered.
        let job = match taken.lock() {
            Ok(taken) => taken.recv(),
            Err(_) => return,
        };
        let Ok(job) = job else { return };
        let done = terminology.ask(|snomed| {
            let map = find(snomed, question.map).map(|map| RowMap::new(snomed, map));
            answer(&job, map.as_ref(), question.patient, shape)
        });
        if job.done.send(done).is_err() {
            return;
        }
    }
}

fn answer(job: &Job, map: Option<&RowMap<'_>>, patient: &Patient, shape: Shape) -> Done {
    let bytes = job.bytes.as_slice();
    let mut done = Done { out: Vec::with_capacity(bytes.len() * 2), all_found: true, flaw: None };
    let (mut record, mut start, mut line) = (Record::default(), 0, job.line);
    while start < bytes.len() {
        if record.read(bytes, start, shape.delimiter, true).is_err() {
            done.flaw = Some(format!("line {line} cannot be read"));
            break;
        }
        if record.is_blank() && shape.columns > 1 {
            done.out.extend_from_slice(bytes.get(start..record.next).unwrap_or_default());
        } else if record.fields.len() != shape.columns {
            let (found, expected) = (record.fields.len(), shape.columns);
            done.flaw =
                Some(format!("line {line} has {found} fields where the header has {expected}"));
            break;
        } else if let Some(map) = map {
            let mapped = map.answer(shape.places, patient, |at| record.cell(bytes, at));
            done.all_found &= mapped.outcome.is_found();
            write_row(&mut done.out, bytes, &record, start, shape, &mapped.cells());
        }
        line += record.lines;
        start = record.next;
    }
    done
}

/// Writes a record as it is, or with another delimiter, and further cells behind it.
fn write_row(
    out: &mut Vec<u8>,
    bytes: &[u8],
    record: &Record,
    start: usize,
    shape: Shape,
    added: &[impl AsRef<str>],
) {
    if shape.written == shape.delimiter {
        out.extend_from_slice(bytes.get(start..record.end).unwrap_or_default());
    } else {
        for at in 0..record.fields.len() {
            if at > 0 {
                out.push(shape.written);
            }
            write_field(out, &record.cell(bytes, at), shape.written);
        }
    }
    for cell in added {
        out.push(shape.written);
        write_field(out, cell.as_ref(), shape.written);
    }
    out.extend_from_slice(bytes.get(record.end..record.next).unwrap_or_default());
}

/// The first record, with what stands before it.
struct Header {
    bytes: Vec<u8>,
    record: Record,
    delimiter: u8,
    names: Vec<String>,
}

fn shape(question: &ColumnQuestion<'_>, header: &Header) -> Result<Shape, Failure> {
    let place = |name: &str| {
        let mut places = header.names.iter().enumerate().filter(|(_, found)| *found == name);
        match (places.next(), places.next()) {
            (Some((place, _)), None) => Ok(place),
            (Some(_), Some(_)) => {
                Err(Failure::Usage(format!("the file has several columns {name:?}")))
            }
            (None, _) => Err(Failure::Usage(format!(
                "the file has no column {name:?}; it has {}",
                header.names.join(", ")
            ))),
        }
    };
    let written = match question.format {
        Format::Csv => b',',
        Format::Tsv => b'\t',
        _ => header.delimiter,
    };
    Ok(Shape {
        delimiter: header.delimiter,
        written,
        columns: header.names.len(),
        places: Places {
            code: place(question.code)?,
            sex: question.sex.map(place).transpose()?,
            age_at_onset: question.age_at_onset.map(place).transpose()?,
            age_now: question.age_now.map(place).transpose()?,
        },
    })
}

/// The names of the columns that are added.
fn added(question: &ColumnQuestion<'_>, header: &Header) -> Result<Vec<String>, Failure> {
    let names: Vec<String> =
        ADDED.iter().map(|name| format!("{}{name}", question.prefix)).collect();
    match names.iter().find(|name| header.names.contains(name)) {
        None => Ok(names),
        Some(name) => Err(Failure::Usage(format!(
            "the file has a column {name:?} already: name what is added with --prefix"
        ))),
    }
}

/// Where a file is read.
struct Source {
    input: Box<dyn Read>,
    name: String,
    /// Read, and not handed on.
    bytes: Vec<u8>,
    at_end: bool,
    /// The line that `bytes` begin on.
    line: u64,
}

impl Source {
    fn open(file: Option<&str>) -> Result<Source, Failure> {
        let (input, name): (Box<dyn Read>, String) = match file {
            None | Some("-") => (Box::new(io::stdin()), "standard input".to_owned()),
            Some(path) => {
                let file =
                    File::open(path).map_err(|error| Failure::Input(format!("{path}: {error}")))?;
                (Box::new(file), path.to_owned())
            }
        };
        Ok(Source { input, name, bytes: Vec::new(), at_end: false, line: 1 })
    }

    fn is_done(&self) -> bool {
        self.at_end && self.bytes.is_empty()
    }

    /// Reads on until so many bytes are there, or the end.
    fn fill(&mut self, wanted: usize) -> Result<(), Failure> {
        let missing = wanted.saturating_sub(self.bytes.len()) as u64;
        let read = self.input.by_ref().take(missing).read_to_end(&mut self.bytes);
        let read = read.map_err(|error| Failure::Input(format!("{}: {error}", self.name)))?;
        self.at_end = (read as u64) < missing;
        Ok(())
    }

    /// The first record: a tab in it says what delimits.
    fn header(&mut self) -> Result<Header, Failure> {
        self.fill(STRETCH)?;
        let start = if self.bytes.starts_with(MARK) { MARK.len() } else { 0 };
        let first = self.bytes.split(|byte| *byte == b'\n').next().unwrap_or_default();
        let delimiter = if first.contains(&b'\t') { b'\t' } else { b',' };
        if self.bytes.len() == start {
            return Err(Failure::Input(format!("{} is empty: it has no header", self.name)));
        }
        let mut record = Record::default();
        record
            .read(&self.bytes, start, delimiter, self.at_end)
            .map_err(|flaw| Failure::Input(format!("{}: {}", self.name, told(flaw, 1))))?;
        let names = (0..record.fields.len())
            .map(|at| record.cell(&self.bytes, at).trim().to_owned())
            .collect();
        let rest = self.bytes.split_off(record.next);
        let bytes = std::mem::replace(&mut self.bytes, rest);
        Ok(Header { bytes, record, delimiter, names })
    }

    /// The next whole records; and what is wrong behind them, if anything.
    fn stretch(&mut self, delimiter: u8) -> Result<(Vec<u8>, Option<String>), Failure> {
        let mut wanted = STRETCH;
        loop {
            self.fill(wanted)?;
            let (mut record, mut start, mut line) = (Record::default(), 0, self.line);
            let mut flaw = None;
            while start < self.bytes.len() {
                match record.read(&self.bytes, start, delimiter, self.at_end) {
                    Ok(()) => {
                        start = record.next;
                        line += record.lines;
                    }
                    Err(Flaw::Unfinished) if !self.at_end && self.bytes.len() < LONGEST => break,
                    Err(found) => {
                        flaw = Some(told(found, line));
                        break;
                    }
                }
            }
            if start == 0 && flaw.is_none() && !self.bytes.is_empty() {
                wanted = self.bytes.len().saturating_mul(2);
                continue;
            }
            let rest = self.bytes.split_off(start);
            let whole = std::mem::replace(&mut self.bytes, rest);
            return Ok((whole, flaw));
        }
    }
}

/// What is wrong with a record that begins on a line.
fn told(flaw: Flaw, line: u64) -> String {
    match flaw {
        Flaw::Unfinished => {
            format!("line {line} opens a quotation mark that is not closed")
        }
        Flaw::BehindQuote(below) => {
            format!("line {}: something stands behind a closing quotation mark", line + below)
        }
    }
}
