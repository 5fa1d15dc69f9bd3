//! Chapters and blocks: their ranges, and which is within which.

/// A three-character category as a number: the letter counts hundreds.
pub(crate) type Category = u16;

/// The category that a text such as `A00` names.
pub(crate) fn category(text: &str) -> Category {
    let letter = text.bytes().next().map_or(0, |letter| u16::from(letter - b'A'));
    letter * 100 + text[1..].parse::<u16>().expect("two digits follow the letter")
}

/// The text of a category.
pub(crate) fn text(category: Category) -> String {
    let letter = char::from(b'A' + (category / 100) as u8);
    format!("{letter}{:02}", category % 100)
}

/// Categories from one to another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Range {
    pub(crate) first: Category,
    pub(crate) last: Category,
}

impl Range {
    pub(crate) fn new(text: &str) -> Self {
        let (first, last) = text.split_once('-').expect("a range has two ends");
        Self { first: category(first), last: category(last) }
    }

    pub(crate) fn contains(self, category: Category) -> bool {
        (self.first..=self.last).contains(&category)
    }

    fn holds(self, other: Self) -> bool {
        self != other && self.contains(other.first) && self.contains(other.last)
    }

    fn len(self) -> u16 {
        self.last - self.first
    }

    pub(crate) fn code(self) -> String {
        format!("{}-{}", text(self.first), text(self.last))
    }
}

/// A block, and the block that it is within.
#[derive(Debug)]
pub(crate) struct Block {
    pub(crate) range: Range,
    pub(crate) within: Option<usize>,
}

/// A chapter, and where its blocks stand.
#[derive(Debug)]
pub(crate) struct Chapter {
    /// As in `XIX`.
    pub(crate) number: String,
    pub(crate) range: Range,
    pub(crate) blocks: std::ops::Range<usize>,
}

/// The chapters and their blocks.
#[derive(Debug)]
pub(crate) struct Chapters {
    pub(crate) chapters: Vec<Chapter>,
    pub(crate) blocks: Vec<Block>,
}

impl Chapters {
    pub(crate) fn new() -> Self {
        let mut chapters = Vec::new();
        let mut blocks: Vec<Block> = Vec::new();
        for line in include_str!("chapters.txt").lines().filter(|line| !line.starts_with('#')) {
            let mut fields = line.split(' ');
            let number = fields.next().unwrap_or_default().to_owned();
            let range = Range::new(fields.next().unwrap_or_default());
            let ranges: Vec<Range> = fields.map(Range::new).collect();
            let start = blocks.len();
            for &range in &ranges {
                let holds = ranges.iter().enumerate().filter(|(_, other)| other.holds(range));
                let within = holds.min_by_key(|(_, other)| other.len()).map(|(at, _)| start + at);
                blocks.push(Block { range, within });
            }
            chapters.push(Chapter { number, range, blocks: start..blocks.len() });
        }
        Self { chapters, blocks }
    }

    /// The block that a category stands in: the smallest that holds it.
    pub(crate) fn block(&self, category: Category) -> Option<usize> {
        let holds =
            self.blocks.iter().enumerate().filter(|(_, block)| block.range.contains(category));
        holds.min_by_key(|(_, block)| block.range.len()).map(|(at, _)| at)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blocks_are_within_the_smallest_that_holds_them() {
        let chapters = Chapters::new();
        assert_eq!(chapters.chapters.len(), 22);
        let above = |code: &str| {
            let range = Range::new(code);
            let block = chapters.blocks.iter().find(|block| block.range == range);
            let within = block.and_then(|block| block.within);
            within.map(|at| chapters.blocks[at].range.code())
        };
        assert_eq!(above("C15-C26").as_deref(), Some("C00-C75"));
        assert_eq!(above("C00-C75").as_deref(), Some("C00-C97"));
        assert_eq!(above("W00-W19").as_deref(), Some("W00-X59"));
        assert_eq!(above("A00-A09"), None);
        let of = |code: &str| chapters.block(category(code)).map(|at| chapters.blocks[at].range);
        assert_eq!(of("Y06"), Some(Range::new("X85-Y09")));
        assert_eq!(of("C42"), Some(Range::new("C00-C75")));
        assert_eq!(of("U60"), None);
        assert_eq!(text(category("Y06")), "Y06");
    }
}
