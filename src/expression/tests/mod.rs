//! Tests of the language as a whole.

mod cases;
mod hostile;
mod random;

use super::Expression;

/// Parses, prints, parses that, and wants the same tree each time.
#[track_caller]
fn there_and_back(text: &str) -> Expression {
    let read = Expression::parse(text).unwrap_or_else(|error| panic!("{}", error.render(text)));
    assert_eq!(Expression::parse(&read.to_string()).as_ref(), Ok(&read), "{read}");
    let bare = read.without_terms().to_string();
    let bare = Expression::parse(&bare).unwrap_or_else(|error| panic!("{}", error.render(&bare)));
    assert!(bare.concepts().map(|found| found.id).eq(read.concepts().map(|found| found.id)));
    assert!(bare.concepts().all(|found| found.term.is_none()));
    let normal = read.normal_form();
    assert_eq!(bare.normal_form(), normal);
    assert_eq!(normal.normal_form(), normal, "{normal}");
    assert_eq!(normal.source(), normal.to_string());
    assert_eq!(Expression::parse(normal.source()).as_ref(), Ok(&normal), "{normal}");
    for expression in [&read, &bare, &normal] {
        for found in expression.concepts() {
            let spelled = &expression.source()[found.id_span().start..found.id_span().end];
            assert_eq!(spelled, found.id.to_string());
            let whole = &expression.source()[found.span.start..found.span.end];
            assert!(whole.starts_with(spelled), "{whole}");
            assert!(found.term.is_none_or(|term| whole.contains(term)), "{whole}");
        }
    }
    read
}
