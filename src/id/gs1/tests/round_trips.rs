//! Random element strings, written in every form and read back.

use crate::id::gs1::{
    AngleBrackets, ApplicationIdentifier, CharacterSet, Check, Component, ElementStrings, Scan,
    ScanOptions, content,
};
use crate::id::mod10;
use proptest::prelude::*;
use std::fmt::Write;

/// Numbers to be used up, each once.
#[derive(Debug)]
struct Source(Vec<u32>);

impl Source {
    fn below(&mut self, end: usize) -> usize {
        self.0.pop().map_or(0, |number| number as usize % end)
    }

    fn within(&mut self, first: usize, last: usize) -> usize {
        first + self.below(last - first + 1)
    }
}

fn characters(set: CharacterSet) -> Vec<u8> {
    (0..128)
        .filter(|byte| set.contains(*byte) && (*byte != b'=' || set == CharacterSet::X))
        .collect()
}

/// A value that a component takes.
fn part(component: &Component, source: &mut Source) -> String {
    let length = source.within(component.minimum, component.maximum);
    let all = characters(component.characters);
    let mut text: Vec<u8> = (0..length).map(|_| all[source.below(all.len())]).collect();
    for check in component.checks {
        text = match check {
            Check::Csum => {
                // Not all zeros.
                text[0] = b'1';
                let stem = std::str::from_utf8(&text[..length - 1]).unwrap().parse().unwrap();
                text[length - 1] = b'0' + mod10::check_digit(stem);
                text
            }
            Check::CsumAlpha => {
                let mut data = text[..length.saturating_sub(2)].to_vec();
                if data.is_empty() {
                    data.push(b'A');
                }
                // A digit pair is made of a value without other characters, rarely.
                data[0] = b'A';
                let pair = content::pair(&data);
                data.into_iter().chain(pair.map(|character| character as u8)).collect()
            }
            Check::Yymmd0 | Check::Yymmdd => {
                let first = usize::from(*check == Check::Yymmdd);
                let (year, month) = (source.below(100), source.within(1, 12));
                format!("{year:02}{month:02}{:02}", source.within(first, 28)).into_bytes()
            }
            Check::Yyyymmdd => {
                let (year, month) = (source.within(1, 9999), source.within(1, 12));
                format!("{year:04}{month:02}{:02}", source.within(1, 28)).into_bytes()
            }
            Check::Hhmi => format!("{:02}{:02}", source.below(24), source.below(60)).into_bytes(),
            Check::Hh => format!("{:02}", source.below(24)).into_bytes(),
            Check::Mi | Check::Ss => format!("{:02}", source.below(60)).into_bytes(),
            Check::Iso3166Alpha2 => b"GB".to_vec(),
            Check::Iso5218 => vec![b"0129"[source.below(4)]],
            Check::Iban => b"GB82WEST12345698765432".to_vec(),
            Check::PcEnc => {
                let escaped = String::from_utf8(text).unwrap().replace('%', "%5F");
                escaped.into_bytes().into_iter().take(component.maximum).collect::<Vec<u8>>()
            }
            Check::YesNo => vec![b"01"[source.below(2)]],
            Check::Zero => vec![b'0'; length],
            Check::NonZero | Check::NoZeroPrefix => {
                text[0] = b'7';
                text
            }
            Check::Winding => vec![b"019"[source.below(3)]],
            Check::PieceOfTotal => {
                let total = source.within(1, 99);
                format!("{:02}{total:02}", source.within(1, total)).into_bytes()
            }
            Check::Hyphen => vec![b'-'; length],
            Check::PosInSeqSlash => b"1/2".to_vec(),
            Check::ImporterIdx => vec![b"aZ0-_"[source.below(5)]],
            Check::Latitude => format!("{:010}", source.within(0, 1_800_000_000)).into_bytes(),
            Check::Longitude => format!("{:010}", source.within(0, 3_600_000_000)).into_bytes(),
            Check::MediaType => format!("{:02}", source.within(80, 99)).into_bytes(),
            Check::HasNonDigit
            | Check::GcpPos1
            | Check::GcpPos2
            | Check::Iso3166
            | Check::Iso3166999
            | Check::Iso4217
            | Check::PackageType
            | Check::CouponCode
            | Check::CouponPosOffer => text,
        };
    }
    // A cut through an escape.
    if component.checks.contains(&Check::PcEnc) {
        while text.iter().rev().take(2).any(|byte| *byte == b'%') {
            text.pop();
        }
    }
    let text = String::from_utf8(text).unwrap();
    if text.is_empty() { "A".to_owned() } else { text }
}

/// Some application identifiers, each once, and their values.
fn elements(source: &mut Source) -> Vec<(ApplicationIdentifier, String)> {
    let all: Vec<_> = (0..10_000).filter_map(ApplicationIdentifier::new).collect();
    let mut chosen: Vec<(ApplicationIdentifier, String)> = Vec::new();
    for _ in 0..source.within(1, 6) {
        let ai = all[source.below(all.len())];
        if chosen.iter().any(|(other, _)| *other == ai) {
            continue;
        }
        let mut value = String::new();
        for component in ai.definition().components() {
            if component.is_optional() && source.below(2) == 0 {
                break;
            }
            value += &part(component, source);
        }
        chosen.push((ai, value));
    }
    chosen
}

fn pairs(all: &ElementStrings<'_>) -> Vec<(ApplicationIdentifier, String)> {
    all.iter().map(|it| (it.application_identifier(), it.value().to_owned())).collect()
}

fn read(text: &str) -> Vec<(ApplicationIdentifier, String)> {
    let options = ScanOptions::new().angle_brackets(AngleBrackets::Data);
    let scan = Scan::parse_with(text, options).unwrap_or_else(|error| panic!("{text}: {error}"));
    pairs(scan.element_strings().expect(text))
}

fn assert_reads_back(all: &ElementStrings<'_>) {
    let expected = pairs(all);
    assert_eq!(read(&all.bracketed().to_string()), expected);
    assert_eq!(read(&format!("]C1{}", all.unbracketed())), expected);
    let Ok(uri) = all.digital_link() else { return };
    let uri = uri.to_string();
    let sorted = |mut pairs: Vec<(ApplicationIdentifier, String)>| {
        pairs.sort();
        pairs
    };
    assert_eq!(sorted(read(&uri)), sorted(expected), "{uri}");
    let Ok(Scan::DigitalLink(link)) = Scan::parse(&uri) else { panic!("{uri}") };
    let again = link.element_strings().digital_link().expect("it was one").to_string();
    assert_eq!(again, uri, "the canonical form of a canonical form");
}

fn sources() -> impl Strategy<Value = Source> {
    prop::collection::vec(any::<u32>(), 700).prop_map(Source)
}

const SIGNS: &[&str] = &[
    "\u{1d}",
    "(",
    ")",
    "\\(",
    "\\",
    "%",
    "%41",
    "/",
    "?",
    "&",
    "=",
    "<GS>",
    "{GS}",
    "^]",
    "é",
    "␝",
    " ",
    "]d2",
    "https://a/",
    "01",
    "10",
    "0",
    "9",
    "A",
    "\u{0}",
    "\u{301}",
    "",
];

proptest! {
    #[test]
    fn every_form_is_read_back(mut source in sources()) {
        let expected = elements(&mut source);
        let mut text = String::new();
        for (ai, value) in &expected {
            write!(text, "({ai}){}", value.replace('(', "\\(")).unwrap();
        }
        prop_assert_eq!(&read(&text), &expected);
        let options = ScanOptions::new().angle_brackets(AngleBrackets::Data);
        let scan = Scan::parse_with(&text, options).unwrap();
        let all = scan.element_strings().unwrap();
        prop_assert_eq!(all.bracketed().to_string(), text.clone());
        assert_reads_back(all);
        for separator in ["{GS}", "^]", "\\x1d", "\u{241d}", "~1", "&#29;"] {
            let unbracketed = all.unbracketed().to_string().replace('\u{1d}', separator);
            prop_assert_eq!(read(&format!("]d2{unbracketed}")), expected.clone());
        }
    }

    #[test]
    fn what_is_broken_gives_an_error_within_the_text_or_reads_back(
        mut source in sources(),
        form in 0..3,
        changes in prop::collection::vec((any::<u16>(), 0..3_u16, 0..SIGNS.len()), 0..6),
    ) {
        let chosen = elements(&mut source);
        let mut text = String::new();
        for (ai, value) in &chosen {
            write!(text, "({ai}){}", value.replace('(', "\\(")).unwrap();
        }
        let scan = Scan::parse(&text);
        if let Some(all) = scan.as_ref().ok().and_then(Scan::element_strings) {
            let other = match form {
                0 => Some(format!("]d2{}", all.unbracketed())),
                1 => all.digital_link().ok().map(|uri| uri.to_string()),
                _ => None,
            };
            text = other.unwrap_or(text);
        }
        for (place, remove, sign) in changes {
            let mut characters: Vec<char> = text.chars().collect();
            let start = usize::from(place) % (characters.len() + 1);
            let end = (start + usize::from(remove)).min(characters.len());
            characters.splice(start..end, SIGNS[sign].chars());
            text = characters.into_iter().collect();
        }
        for meaning in [AngleBrackets::Refuse, AngleBrackets::Separator, AngleBrackets::Data] {
            let options = ScanOptions::new().angle_brackets(meaning);
            match Scan::parse_with(&text, options) {
                Ok(scan) => scan.element_strings().into_iter().for_each(assert_reads_back),
                Err(error) => {
                    prop_assert!(error.index().is_none_or(|index| text.is_char_boundary(index)));
                    prop_assert!(!error.to_string().is_empty());
                }
            }
        }
    }

    #[test]
    fn any_text_gives_an_answer(text in "\\PC{0,60}") {
        if let Ok(scan) = Scan::parse(&text) {
            scan.element_strings().into_iter().for_each(assert_reads_back);
        }
    }
}
