//! The text of a scan, read and written in every form.

use farr::Gtin;
use farr::id::gs1::{AngleBrackets, ElementStrings, Scan, ScanOptions};

/// Bytes as the text of a scan, and as a GTIN.
///
/// # Panics
///
/// Where element strings that were read are not read again from what is printed of them, or an
/// error names a place that the text does not have.
pub fn gs1(input: &[u8]) {
    let Ok(text) = std::str::from_utf8(input) else {
        assert!(Gtin::from_bytes(input).is_err());
        return;
    };
    if let Ok(gtin) = Gtin::parse(text) {
        assert_eq!((gtin.check(), Gtin::as_published(gtin.value())), (Ok(()), Some(gtin)));
        assert!(gtin.to_string().ends_with(text), "{text}");
        assert_eq!(Gtin::parse(&gtin.shortest().to_string()), Ok(gtin));
        // Each has an answer.
        let _ = (gtin.indicator(), gtin.is_restricted_circulation());
    }
    let options = ScanOptions::new();
    for options in [
        options,
        options.angle_brackets(AngleBrackets::Separator),
        options.angle_brackets(AngleBrackets::Data),
        options.separator("%"),
        options.separator("é1"),
    ] {
        match Scan::parse_with(text, options) {
            Ok(scan) => {
                scan.element_strings().into_iter().for_each(reads_back);
                let _ = (scan.gtin(), scan.symbology());
            }
            Err(error) => {
                assert!(error.index().is_none_or(|index| text.is_char_boundary(index)), "{error}");
                assert!(!error.to_string().is_empty());
            }
        }
    }
}

fn reads_back(all: &ElementStrings<'_>) {
    assert!(all.iter().count() > 0, "a scan of nothing is an error");
    typed(all);
    assert_eq!(read(&all.bracketed().to_string()), sorted(all));
    assert_eq!(read(&format!("]d2{}", all.unbracketed())), sorted(all));
    if let Ok(uri) = all.digital_link() {
        assert_eq!(read(&uri.to_string()), sorted(all));
    }
    assert_eq!(&all.clone().into_owned(), all);
}

/// Asks for everything by name. What is there has a value.
fn typed(all: &ElementStrings<'_>) {
    assert_eq!(all.gtin().is_some(), all.get(1).is_some());
    assert_eq!(all.content_gtin().is_some(), all.get(2).is_some());
    assert_eq!(all.made_to_order_gtin().is_some(), all.get(3).is_some());
    assert_eq!(all.expiry().is_some(), all.get(17).is_some());
    assert_eq!(all.best_before().is_some(), all.get(15).is_some());
    assert_eq!(all.production_date().is_some(), all.get(11).is_some());
    assert_eq!(all.packaging_date().is_some(), all.get(13).is_some());
    assert_eq!(all.sell_by().is_some(), all.get(16).is_some());
    assert_eq!(all.expiry_time().is_some(), all.get(7003).is_some());
    assert_eq!(all.production_time().is_some(), all.get(8008).is_some());
    assert_eq!(all.variable_count().is_some(), all.get(30).is_some());
    assert_eq!(all.content_count().is_some(), all.get(37).is_some());
    assert_eq!(all.price_per_unit().is_some(), all.get(8005).is_some());
    let within = |first: u16, last: u16| {
        let numbers = all.iter().map(|element| element.application_identifier().number());
        numbers.filter(|number| (first..=last).contains(number)).count()
    };
    assert_eq!(all.measures().count(), within(3100, 3699));
    assert_eq!(all.prices().count(), within(3900, 3959));
    assert_eq!(all.reimbursement_numbers().count(), within(710, 717));
    assert_eq!(all.global_location_numbers().count(), within(410, 417));
    if let Some(expiry) = all.expiry() {
        let (day, last) = (expiry.resolve(2026), expiry.last_day(2026));
        assert!(last.is_ok(), "{expiry} is a day of this century");
        assert_eq!(day.is_ok(), expiry.day().is_some());
    }
    for problem in all.association_problems() {
        assert!(!problem.to_string().is_empty());
    }
}

fn read(text: &str) -> Vec<(u16, String)> {
    let options = ScanOptions::new().angle_brackets(AngleBrackets::Data);
    let scan = Scan::parse_with(text, options);
    let scan = scan.unwrap_or_else(|error| panic!("{text:?} was printed: {error}"));
    scan.element_strings().map(sorted).expect("element strings were printed")
}

fn sorted(all: &ElementStrings<'_>) -> Vec<(u16, String)> {
    let pair = |element: &farr::id::gs1::Element<'_>| {
        (element.application_identifier().number(), element.value().to_owned())
    };
    let mut pairs: Vec<_> = all.iter().map(pair).collect();
    pairs.sort();
    pairs
}
