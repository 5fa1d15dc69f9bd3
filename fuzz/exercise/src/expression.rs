//! A postcoordinated expression, read and written in every form, and held against a release.

use farr::Expression;
use farr::expression::LENGTH_LIMIT;

use crate::target::tiny;

/// Bytes as an expression, checked in a small index.
///
/// # Panics
///
/// Where what was read is not read again from what is printed of it, a normal form is not that of
/// itself, or an error or a finding names a place that the text does not have.
pub fn expression(input: &[u8]) {
    let Ok(text) = std::str::from_utf8(input) else { return };
    let read = match Expression::parse(text) {
        Ok(read) => read,
        Err(error) => {
            let span = error.span();
            assert!(text.len() > LENGTH_LIMIT || text.get(span.start..span.end).is_some());
            let shown = error.render(text);
            assert!(shown.lines().count() >= 5, "{shown}");
            assert!(shown.chars().all(|c| c == '\n' || !c.is_control()), "{shown:?}");
            return;
        }
    };
    let printed = read.to_string();
    let bare = read.without_terms().to_string();
    let normal = read.normal_form();
    if [&printed, &bare].iter().all(|text| text.len() <= LENGTH_LIMIT) {
        assert_eq!(Expression::parse(&printed).as_ref(), Ok(&read), "{printed}");
        let bare = Expression::parse(&bare).expect("it was printed without terms");
        assert_eq!(bare.normal_form(), normal, "{bare}");
    }
    assert_eq!(normal.normal_form(), normal, "{normal}");
    for expression in [&read, &normal] {
        for found in expression.concepts() {
            let span = found.id_span();
            assert_eq!(expression.source().get(span.start..span.end), Some(&*found.id.to_string()));
        }
    }
    assert!(read.malformed_ids().len() <= read.concepts().len());
    assert!(read.precoordinated().is_none() || read.concepts().len() == 1);
    let snomed = tiny().snomed().expect("the golden file holds SNOMED CT");
    for finding in snomed.check_expression(&read) {
        assert!(text.get(finding.span.start..finding.span.end).is_some(), "{finding}");
        let shown = finding.render(text);
        assert!(shown.chars().all(|c| c == '\n' || !c.is_control()), "{shown:?}");
    }
}
