//! Texts that are made to exhaust the stack, the memory or the time.

use std::time::{Duration, Instant};

use crate::expression::{DEPTH_LIMIT, Expression, ExpressionErrorKind, LENGTH_LIMIT};

/// A thread with less stack than any program has.
fn with_little_stack(work: impl FnOnce() + Send + 'static) {
    let thread = std::thread::Builder::new().stack_size(1 << 20).spawn(work);
    thread.expect("a thread can be started").join().expect("the stack was enough");
}

#[test]
fn the_deepest_nesting_fits_a_small_stack_and_one_more_is_refused() {
    for (open, close, brackets) in
        [("64572001:363698007=(", ")", 1), ("64572001:{363698007=(", ")}", 2)]
    {
        with_little_stack(move || {
            let deep = |levels| format!("{}24700007{}", open.repeat(levels), close.repeat(levels));
            let levels = DEPTH_LIMIT / brackets;
            let text = deep(levels);
            let read = Expression::parse(&text).unwrap_or_else(|e| panic!("{}", e.render(&text)));
            let clone = read.clone();
            assert_eq!(clone, read);
            assert_eq!(Expression::parse(&read.to_string()).as_ref(), Ok(&read));
            assert!(format!("{read:?}").len() > levels);
            assert_eq!(read.concepts().len(), 2 * levels + 1);
            let normal = read.normal_form();
            assert_eq!(Expression::parse(normal.source()), Ok(normal));
            let error = Expression::parse(&deep(levels + 1)).unwrap_err();
            assert_eq!(error.kind(), ExpressionErrorKind::TooDeep, "{open}");
            let error = Expression::parse(&open.repeat(20_000)).unwrap_err();
            assert_eq!(error.kind(), ExpressionErrorKind::TooDeep, "{open}");
        });
    }
}

#[test]
fn time_is_linear_in_a_hostile_text() {
    let before = "64572001:363698007=24700007";
    for piece in [
        "(",
        "{",
        "|",
        "\"",
        "\\",
        "=",
        "+",
        ",",
        "1",
        "#",
        "/*",
        " ",
        "\n",
        "===",
        "64572001+",
        "64572001 |a| + ",
        ",363698007=24700007",
        "{363698007=24700007}",
        ",363698007=\"\\\\\"",
        "64572001:363698007=(",
        "\u{feff}",
    ] {
        for (before, behind) in [("", ""), (before, ""), (before, "x"), ("64572001|", "|")] {
            let text = format!("{before}{}{behind}", piece.repeat((1 << 19) / piece.len()));
            let start = Instant::now();
            match Expression::parse(&text) {
                Ok(read) => assert!(read.normal_form().source().len() < 100),
                Err(error) => assert!(error.render(&text).len() < 2_000),
            }
            // A hundred times what it takes; a quadratic way would take hours.
            assert!(start.elapsed() < Duration::from_secs(5), "{before}{piece}");
        }
    }
}

#[test]
fn a_text_that_is_too_long_is_refused_before_it_is_read() {
    let text = format!("64572001{}", " ".repeat(LENGTH_LIMIT - 8));
    assert!(Expression::parse(&text).is_ok());
    let error = Expression::parse(&format!("{text} ")).unwrap_err();
    assert_eq!(error.kind(), ExpressionErrorKind::TooLong);
    assert!(error.render(&text).len() < 1_000);
}

#[test]
fn a_normal_form_may_be_longer_than_what_is_read() {
    let many: Vec<String> = (100_000..180_000).map(|id| format!("1{id}=1{id}")).collect();
    let text = format!("64572001:{}", many.join(","));
    let text = &text[..text[..LENGTH_LIMIT].rfind(',').unwrap()];
    let normal = Expression::parse(text).unwrap().normal_form();
    assert!(normal.source().len() > LENGTH_LIMIT);
    let last = normal.concepts().last().unwrap();
    assert_eq!(&normal.source()[last.span.start..last.span.end], last.id.to_string());
}
