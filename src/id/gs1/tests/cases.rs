//! Cases with the outcome of each.

use crate::id::gs1::{AngleBrackets, Check, Gs1Error, Scan, ScanOptions, Symbology, content};
use std::path::Path;

/// What came of a scan, in a line.
fn outcome(scan: Result<Scan<'_>, Gs1Error>) -> String {
    match scan {
        Ok(Scan::Gtin { gtin, .. }) => format!("gtin {gtin}"),
        Ok(Scan::ElementStrings(all)) => format!("elements {}", all.bracketed()),
        Ok(Scan::DigitalLink(link)) => {
            let ignored: Vec<_> = link.ignored().iter().map(|(key, _)| *key).collect();
            let all = link.element_strings().bracketed().to_string();
            format!("link {all} {}", ignored.join(" ")).trim_end().to_owned()
        }
        Err(error) => {
            let debug = format!("{error:?}");
            let name = debug.split(|character: char| !character.is_alphanumeric()).next();
            let ai = error.application_identifier().map_or(String::new(), |ai| format!(" ({ai})"));
            let index = error.index().map_or(String::new(), |index| format!(" {index}"));
            let check = match error {
                Gs1Error::Content { check, .. } => format!(" {}", check.name()),
                _ => String::new(),
            };
            format!("{}{ai}{index}{check}", name.unwrap_or_default())
        }
    }
}

#[test]
fn the_cases_have_their_outcomes() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("testdata/identifiers/gs1.tsv");
    let text = std::fs::read_to_string(path).expect("testdata is beside the crate");
    let (mut count, mut wrong) = (0, Vec::new());
    for line in text.lines().filter(|line| !line.is_empty() && !line.starts_with('#')) {
        let (written, expected) = line.split_once('\t').expect("two columns");
        let input = written.replace("⟨GS⟩", "\u{1d}").replace("⟨CR⟩", "\r").replace("⟨LF⟩", "\n");
        let found = outcome(Scan::parse(&input));
        if found != expected {
            wrong.push(format!("{written}\t{found}"));
        }
        count += 1;
    }
    assert!(wrong.is_empty(), "found instead:\n{}", wrong.join("\n"));
    assert!(count > 100, "only {count} cases");
}

#[test]
fn a_separator_that_may_be_data_is_what_the_caller_says() {
    let text = "010501261701984410A<gs>21X";
    let with =
        |meaning| outcome(Scan::parse_with(text, ScanOptions::new().angle_brackets(meaning)));
    assert_eq!(with(AngleBrackets::Refuse), "AmbiguousSeparator (10) 19");
    assert_eq!(with(AngleBrackets::Separator), "elements (01)05012617019844(10)A(21)X");
    assert_eq!(with(AngleBrackets::Data), "elements (01)05012617019844(10)A<gs>21X");
    let own = ScanOptions::new().separator("+");
    assert_eq!(outcome(Scan::parse_with("+10A+21X+", own)), "elements (10)A(21)X");
    assert_eq!(outcome(Scan::parse("10A+21X")), "elements (10)A+21X");
    assert_eq!(outcome(Scan::parse_with("10A+21X", own.separator(""))), "elements (10)A+21X");
    let wide = ScanOptions::new().separator("§");
    assert_eq!(outcome(Scan::parse_with("10A§21X", wide)), "elements (10)A(21)X");
}

#[test]
fn the_symbology_is_told() {
    for (text, expected) in [
        ("]C110A", Symbology::Gs1128),
        ("]d210A", Symbology::Gs1DataMatrix),
        ("]Q310A", Symbology::Gs1QrCode),
        ("]J110A", Symbology::Gs1DotCode),
        ("]e010A", Symbology::Gs1DataBar),
        ("]E05012617019844", Symbology::Ean13),
        ("]E35012617019844", Symbology::Ean13WithAddOn),
        ("]E496385074", Symbology::Ean8),
        ("]Q1https://a.b/01/96385074", Symbology::QrCode),
        ("]d1https://a.b/01/96385074", Symbology::DataMatrix),
    ] {
        assert_eq!(Scan::parse(text).map(|scan| scan.symbology()), Ok(Some(expected)), "{text}");
    }
    assert_eq!(Scan::parse("(10)A").map(|scan| scan.symbology()), Ok(None));
}

#[test]
fn errors_say_what_was_expected() {
    let error = Scan::parse("(17)271332").unwrap_err();
    assert!(matches!(error, Gs1Error::Content { check: Check::Yymmd0, .. }));
    assert_eq!(
        error.to_string(),
        "the value of (17) at character 5 is not right: a date YYMMDD, 00 for no day in particular \
         is expected"
    );
    let error = Scan::parse("(8013)1987654Ad4X4bL5ttr2310c2X").unwrap_err();
    let expected = ['2', 'K'];
    assert!(
        matches!(error, Gs1Error::CheckCharacters { expected: found, .. } if found == expected)
    );
    assert!(error.to_string().contains("are not 2K"), "{error}");
}

#[test]
fn the_longest_text_is_read_and_a_longer_one_is_not() {
    let text = " ".repeat(crate::id::gs1::LENGTH_LIMIT - 5) + "(10)A";
    assert!(Scan::parse(&text).is_ok());
    let text = format!(" {text}");
    assert_eq!(Scan::parse(&text), Err(Gs1Error::TooLong { length: text.len() }));
}

#[test]
fn an_error_is_small() {
    assert!(size_of::<Gs1Error>() <= 40);
}

#[test]
fn check_characters_are_those_of_the_standard() {
    assert_eq!(content::pair(b"1987654Ad4X4bL5ttr2310c"), ['2', 'K']);
    assert_eq!(content::pair(b""), ['2', '2']);
}
