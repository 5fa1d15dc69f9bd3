//! A table for reading: columns aligned by what they take on the screen, long terms wrapped.

use super::palette::Palette;
use super::text::{shown, width, wrapped};

/// Columns between two columns.
const GAP: usize = 2;
/// A column is never made narrower than this.
const NARROWEST: usize = 12;

/// How a column looks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Look {
    /// Text that is wrapped where the screen is too narrow.
    Term,
    /// An identifier, whole.
    Id,
    /// Something short, whole.
    Short,
    /// A number, to the right.
    Number,
}

/// A table under way.
#[derive(Debug)]
pub(crate) struct Table {
    columns: Vec<(String, Look)>,
    rows: Vec<Vec<String>>,
}

impl Table {
    pub(crate) fn new(columns: &[(&str, Look)]) -> Table {
        let columns = columns.iter().map(|(title, look)| ((*title).to_owned(), *look));
        Table { columns: columns.collect(), rows: Vec::new() }
    }

    /// Adds a row; its text is escaped here.
    pub(crate) fn row<T: AsRef<str>>(&mut self, cells: impl IntoIterator<Item = T>) {
        let cells = cells.into_iter().map(|cell| shown(cell.as_ref()).into_owned());
        self.rows.push(cells.collect());
    }

    /// Whether it has no rows.
    pub(crate) fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// The table as lines, each with its line end.
    pub(crate) fn draw(&self, palette: Palette, screen: Option<usize>) -> String {
        let widths = self.widths(screen);
        let mut drawn = String::new();
        let titles: Vec<Vec<String>> =
            self.columns.iter().map(|(title, _)| vec![title.clone()]).collect();
        self.draw_row(&titles, &widths, |_, text| palette.quiet(text), &mut drawn);
        for row in &self.rows {
            let cells: Vec<Vec<String>> = row
                .iter()
                .zip(&widths)
                .zip(&self.columns)
                .map(|((cell, width), (_, look))| match look {
                    Look::Term => wrapped(cell, *width),
                    _ => vec![cell.clone()],
                })
                .collect();
            let paint = |look, text: &str| match look {
                Look::Id => palette.id(text),
                _ => text.to_owned(),
            };
            self.draw_row(&cells, &widths, paint, &mut drawn);
        }
        drawn
    }

    fn draw_row(
        &self,
        cells: &[Vec<String>],
        widths: &[usize],
        paint: impl Fn(Look, &str) -> String,
        drawn: &mut String,
    ) {
        let height = cells.iter().map(Vec::len).max().unwrap_or(0);
        for line in 0..height {
            let start = drawn.len();
            for ((cell, columns), (_, look)) in cells.iter().zip(widths).zip(&self.columns) {
                let text = cell.get(line).map_or("", String::as_str);
                let blank = " ".repeat(columns.saturating_sub(width(text)));
                if *look == Look::Number {
                    drawn.push_str(&blank);
                }
                drawn.push_str(&paint(*look, text));
                if *look != Look::Number {
                    drawn.push_str(&blank);
                }
                drawn.push_str(&" ".repeat(GAP));
            }
            let end = start + drawn[start..].trim_end_matches(' ').len();
            drawn.truncate(end);
            drawn.push('\n');
        }
    }

    /// What each column takes: as much as its widest cell, and where the screen is too narrow for
    /// that the columns of terms give way, the widest first.
    fn widths(&self, screen: Option<usize>) -> Vec<usize> {
        let mut widths: Vec<usize> = self.columns.iter().map(|(title, _)| width(title)).collect();
        for row in &self.rows {
            for (widest, cell) in widths.iter_mut().zip(row) {
                *widest = (*widest).max(width(cell));
            }
        }
        let gaps = GAP * widths.len().saturating_sub(1);
        let mut excess =
            screen.map_or(0, |screen| (widths.iter().sum::<usize>() + gaps).saturating_sub(screen));
        while excess > 0 {
            let giving = widths
                .iter_mut()
                .zip(&self.columns)
                .filter(|(width, (_, look))| *look == Look::Term && **width > NARROWEST)
                .max_by_key(|(width, _)| **width);
            let Some((width, _)) = giving else { break };
            *width -= 1;
            excess -= 1;
        }
        widths
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_align_by_display_width() {
        let mut table = Table::new(&[("id", Look::Id), ("term", Look::Term), ("n", Look::Number)]);
        table.row(["1", "漢字", "5"]);
        table.row(["22", "plain", "12"]);
        let drawn = table.draw(Palette::new(false), None);
        assert_eq!(drawn, "id  term    n\n1   漢字    5\n22  plain  12\n");
    }

    #[test]
    fn terms_give_way_to_a_narrow_screen() {
        let mut table = Table::new(&[("id", Look::Id), ("term", Look::Term)]);
        table.row(["123456", "a term of several words"]);
        let drawn = table.draw(Palette::new(false), Some(22));
        assert_eq!(drawn, "id      term\n123456  a term of\n        several words\n");
    }
}
