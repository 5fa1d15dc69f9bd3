//! The chapters of ICD-10.

use super::Icd10Code;
use crate::id::classification::Icd10Range;
use std::fmt;

/// A chapter of [ICD-10][who], I to XXII.
///
/// # Example
/// ```
/// use farr::Icd10Code;
///
/// let chapter = Icd10Code::parse("D50.0")?.chapter().ok_or("between two chapters")?;
/// assert_eq!(chapter.to_string(), "III");
/// assert_eq!(chapter.number(), 3);
/// assert_eq!(chapter.range().to_string(), "D50-D89");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// [who]: https://icd.who.int/browse10/2016/en
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Icd10Chapter(u8);

impl Icd10Chapter {
    /// Returns the chapter of a number from 1 to 22; `None` for any other.
    ///
    /// # Example
    /// ```
    /// use farr::id::Icd10Chapter;
    ///
    /// let chapter = Icd10Chapter::from_number(19);
    /// assert_eq!(chapter.map(|chapter| chapter.to_string()).as_deref(), Some("XIX"));
    /// assert_eq!(Icd10Chapter::from_number(23), None);
    /// ```
    #[must_use]
    pub const fn from_number(number: u8) -> Option<Icd10Chapter> {
        if matches!(number, 1..=22) { Some(Icd10Chapter(number)) } else { None }
    }

    /// Returns the number, 1 to 22.
    ///
    /// # Example
    /// ```
    /// use farr::Icd10Code;
    ///
    /// let chapter = Icd10Code::parse("U07.1")?.chapter();
    /// assert_eq!(chapter.map(|chapter| chapter.number()), Some(22));
    /// # Ok::<(), farr::id::ClassificationCodeError>(())
    /// ```
    #[must_use]
    pub const fn number(self) -> u8 {
        self.0
    }

    /// Returns the categories of the chapter, from the first to the last that it has room for.
    ///
    /// # Example
    /// ```
    /// use farr::id::Icd10Chapter;
    ///
    /// let external_causes = Icd10Chapter::from_number(20).map(|chapter| chapter.range());
    /// assert_eq!(external_causes.map(|range| range.to_string()).as_deref(), Some("V01-Y98"));
    /// ```
    #[must_use]
    pub const fn range(self) -> Icd10Range {
        let (first, last) = match self.0 {
            1 => (b"A00", b"B99"),
            2 => (b"C00", b"D48"),
            3 => (b"D50", b"D89"),
            4 => (b"E00", b"E90"),
            5 => (b"F00", b"F99"),
            6 => (b"G00", b"G99"),
            7 => (b"H00", b"H59"),
            8 => (b"H60", b"H95"),
            9 => (b"I00", b"I99"),
            10 => (b"J00", b"J99"),
            11 => (b"K00", b"K93"),
            12 => (b"L00", b"L99"),
            13 => (b"M00", b"M99"),
            14 => (b"N00", b"N99"),
            15 => (b"O00", b"O99"),
            16 => (b"P00", b"P96"),
            17 => (b"Q00", b"Q99"),
            18 => (b"R00", b"R99"),
            19 => (b"S00", b"T98"),
            20 => (b"V01", b"Y98"),
            21 => (b"Z00", b"Z99"),
            _ => (b"U00", b"U99"),
        };
        Icd10Range::between(category(first), category(last))
    }
}

/// The category of three characters that are in the table above.
const fn category(text: &[u8; 3]) -> Icd10Code {
    let [letter, tens, units] = *text;
    let category = (letter as u32 & 0x1f) << 8 | (tens as u32 & 0xf) << 4 | units as u32 & 0xf;
    match Icd10Code::from_sort_key(category << 8) {
        Some(category) => category,
        None => panic!("not a category"),
    }
}

impl Icd10Code {
    /// Returns the chapter that the code belongs to; `None` where its category lies in none, as D49
    /// and E95 do.
    ///
    /// Chapters are ranges of categories, the same in the versions of the WHO of 2016 and 2019 and
    /// in the edition of the NHS. That there is a chapter does not say that there is the code.
    ///
    /// # Example
    /// ```
    /// use farr::Icd10Code;
    ///
    /// let chapter = |text: &str| Icd10Code::parse(text).map(|code| code.chapter());
    /// assert_eq!(chapter("H59.9")?.map(|chapter| chapter.number()), Some(7));
    /// assert_eq!(chapter("H60")?.map(|chapter| chapter.number()), Some(8));
    /// assert_eq!(chapter("D49")?, None);
    /// # Ok::<(), farr::id::ClassificationCodeError>(())
    /// ```
    #[must_use]
    #[allow(clippy::arithmetic_side_effects, reason = "two digits are below a hundred")]
    pub const fn chapter(self) -> Option<Icd10Chapter> {
        let number = (self.sort_key() >> 12 & 0xf) as u8 * 10 + (self.sort_key() >> 8 & 0xf) as u8;
        let chapter = match (b'@'.wrapping_add((self.sort_key() >> 16) as u8), number) {
            (b'A' | b'B', _) => 1,
            (b'C', _) | (b'D', 0..=48) => 2,
            (b'D', 50..=89) => 3,
            (b'E', 0..=90) => 4,
            (b'F', _) => 5,
            (b'G', _) => 6,
            (b'H', 0..=59) => 7,
            (b'H', 60..=95) => 8,
            (b'I', _) => 9,
            (b'J', _) => 10,
            (b'K', 0..=93) => 11,
            (b'L', _) => 12,
            (b'M', _) => 13,
            (b'N', _) => 14,
            (b'O', _) => 15,
            (b'P', 0..=96) => 16,
            (b'Q', _) => 17,
            (b'R', _) => 18,
            (b'S', _) | (b'T', 0..=98) => 19,
            (b'V', 1..) | (b'W' | b'X', _) | (b'Y', 0..=98) => 20,
            (b'Z', _) => 21,
            (b'U', _) => 22,
            _ => return None,
        };
        Some(Icd10Chapter(chapter))
    }
}

/// The number in Roman numerals, as the WHO prints it.
impl fmt::Display for Icd10Chapter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self.0 {
            1 => "I",
            2 => "II",
            3 => "III",
            4 => "IV",
            5 => "V",
            6 => "VI",
            7 => "VII",
            8 => "VIII",
            9 => "IX",
            10 => "X",
            11 => "XI",
            12 => "XII",
            13 => "XIII",
            14 => "XIV",
            15 => "XV",
            16 => "XVI",
            17 => "XVII",
            18 => "XVIII",
            19 => "XIX",
            20 => "XX",
            21 => "XXI",
            _ => "XXII",
        })
    }
}

/// The number in Roman numerals, on one line in any format.
impl fmt::Debug for Icd10Chapter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Icd10Chapter({self})")
    }
}

#[cfg(test)]
mod tests {
    use super::{Icd10Chapter, Icd10Code};

    #[test]
    fn every_category_is_in_the_chapter_whose_range_it_is_in_and_in_no_other() {
        let mut without = Vec::new();
        for letter in 'A'..='Z' {
            for number in 0..100 {
                let category = Icd10Code::parse(&format!("{letter}{number:02}")).unwrap();
                let chapters: Vec<_> = (1..=22)
                    .filter_map(Icd10Chapter::from_number)
                    .filter(|chapter| chapter.range().contains(category))
                    .collect();
                assert_eq!(chapters, Vec::from_iter(category.chapter()), "{category}");
                if chapters.is_empty() {
                    without.push(category.to_string());
                }
            }
        }
        let gaps = "D49 D90-D99 E91-E99 H96-H99 K94-K99 P97-P99 T99 V00 Y99";
        let gaps: Vec<String> = gaps
            .split(' ')
            .flat_map(|gap| {
                let (first, last) = gap.split_once('-').unwrap_or((gap, gap));
                let numbers = first[1..].parse::<u8>().unwrap()..=last[1..].parse().unwrap();
                numbers.map(|number| format!("{}{number:02}", &gap[..1]))
            })
            .collect();
        assert_eq!(without, gaps);
    }

    #[test]
    fn the_numerals_are_those_of_the_chapters() {
        let numerals: Vec<String> =
            (0..=u8::MAX).filter_map(Icd10Chapter::from_number).map(|c| c.to_string()).collect();
        assert_eq!(
            numerals.join(" "),
            "I II III IV V VI VII VIII IX X XI XII XIII XIV XV XVI XVII XVIII XIX XX XXI XXII"
        );
    }

    #[test]
    fn a_subdivision_is_in_the_chapter_of_its_category() {
        for text in ["D48.9", "D50.0", "H59.9", "H60.00", "T98.3", "Y98.X9", "V00.1", "E90.X0"] {
            let code = Icd10Code::parse(text).unwrap();
            assert_eq!(code.chapter(), code.category().chapter(), "{text}");
        }
    }
}
