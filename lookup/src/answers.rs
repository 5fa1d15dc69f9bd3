//! Items in, answers out: the way of every verb that is asked about one item after the other.

use std::io::{self, Write};

use crate::card::draw::Sheet;
use crate::exit;
use crate::failure::Failure;
use crate::input::Items;
use crate::output::format::Format;
use crate::output::records::RecordWriter;
use crate::streams::Streams;

/// An item, with what a verb has to say of it.
pub(crate) trait Answered {
    /// The columns of its rows.
    const COLUMNS: &'static [&'static str];

    /// Whether the item is what the verb looks for: if any is not, the process ends with 1.
    fn is_found(&self) -> bool;

    /// Writes its records: one, or where the format has rows as many as it takes.
    fn write(&self, records: &mut RecordWriter, sink: &mut impl Write) -> io::Result<()>;

    /// Draws it for reading.
    fn draw(&self, sheet: &mut Sheet);
}

/// Asks about all items, so many in one go, and writes the answers in the order of the items; gives
/// what the process ends with.
///
/// Nothing is written before the first items are answered: where the index has no answer to give,
/// not even the header of a table stands there.
pub(crate) fn answer_all<A: Answered>(
    mut items: Items,
    chunk: usize,
    format: Format,
    streams: &mut Streams<'_>,
    mut ask: impl FnMut(&[String]) -> Result<Vec<A>, Failure>,
) -> Result<u8, Failure> {
    let mut records = None;
    let (mut asked, mut all_found) = (0_usize, true);
    loop {
        let chunk = items.next_chunk(chunk)?;
        // An empty question finds out whether there is anybody to answer it.
        if chunk.is_empty() && asked > 0 {
            break;
        }
        let answers = ask(&chunk)?;
        if records.is_none() && format != Format::Table {
            records = Some(RecordWriter::begin_with(format, A::COLUMNS, streams.out)?);
        }
        for answer in &answers {
            all_found &= answer.is_found();
            match &mut records {
                Some(records) => answer.write(records, streams.out)?,
                None => {
                    let mut sheet = Sheet::new(streams.palette(), streams.width());
                    if asked > 0 {
                        sheet.line("");
                    }
                    answer.draw(&mut sheet);
                    streams.out.write_all(sheet.into_text().as_bytes())?;
                }
            }
            asked += 1;
        }
        if chunk.is_empty() {
            break;
        }
    }
    if let Some(records) = records {
        records.finish(streams.out)?;
    }
    if asked == 0 {
        streams.warn(&format!("standard input holds no {}s", items.what()));
    }
    Ok(if all_found { exit::ANSWERED } else { exit::NOT_FOUND })
}
