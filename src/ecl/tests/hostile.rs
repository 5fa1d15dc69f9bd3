//! Texts that are made to exhaust the stack, the memory or the time.

use std::time::{Duration, Instant};

use crate::ecl::{DEPTH_LIMIT, Ecl, EclErrorKind, LENGTH_LIMIT};

/// A thread with less stack than any program has.
fn with_little_stack(work: impl FnOnce() + Send + 'static) {
    let thread = std::thread::Builder::new().stack_size(1 << 20).spawn(work);
    thread.expect("a thread can be started").join().expect("the stack was enough");
}

/// What opens a level, what stands in the innermost, what closes a level, and the brackets of a
/// level.
const NESTED: [(&str, &str, &str, usize); 12] = [
    ("<(", "*", ")", 1),
    ("^ [a] (", "*", ") {{ M active = 1 }}", 1),
    ("(* AND ", "*", ")", 1),
    ("(* MINUS ", "*", ")", 1),
    ("(", "* . *", ") . *", 1),
    ("(* : * = ", "*", ")", 1),
    ("(* : { * = ", "*", "})", 2),
    ("(* : [1..1] R * = ", "*", ")", 1),
    ("(* : ", "*", " = *)", 1),
    ("* {{ + HISTORY (", "*", ") }}", 2),
    ("* {{ C moduleId = ", "*", " }}", 1),
    ("* {{ D dialectId = ", "*", " (prefer) }}", 1),
];

#[test]
fn the_deepest_nesting_fits_a_small_stack_and_one_more_is_refused() {
    for (open, innermost, close, brackets) in NESTED {
        with_little_stack(move || {
            let deep = |levels: usize| {
                format!("{}{innermost}{}", open.repeat(levels), close.repeat(levels))
            };
            let levels = (DEPTH_LIMIT - 1) / brackets;
            let text = deep(levels);
            let ecl = Ecl::parse(&text).unwrap_or_else(|error| panic!("{}", error.render(&text)));
            let clone = ecl.clone();
            assert_eq!(clone, ecl);
            for form in [ecl.brief().to_string(), ecl.long().to_string()] {
                assert_eq!(Ecl::parse(&form).as_ref(), Ok(&ecl));
            }
            assert!(format!("{ecl:?}").len() > levels);
            assert!(ecl.identifiers().is_empty());
            assert_eq!(Ecl::from_expression(clone.expression().clone()).as_ref(), Ok(&ecl));
            let error = Ecl::parse(&deep(DEPTH_LIMIT + 1)).unwrap_err();
            assert_eq!(error.kind(), EclErrorKind::TooDeep, "{open}");
            assert!(error.span().end <= open.len() * (DEPTH_LIMIT + 1));
        });
    }
    // Brackets of refinements are brackets too.
    for open in ["(", "({", "([1..1]{", "(R ", "* : ("] {
        with_little_stack(move || {
            let error = Ecl::parse(&format!("* : {}", open.repeat(10_000))).unwrap_err();
            assert!(matches!(error.kind(), EclErrorKind::TooDeep | EclErrorKind::Syntax), "{open}");
        });
    }
    with_little_stack(|| {
        let deep = format!("* : {}* = *{}", "(* = * AND (* = * OR ".repeat(99), "))".repeat(99));
        let ecl = Ecl::parse(&deep).unwrap();
        assert_eq!(Ecl::parse(&ecl.long().to_string()), Ok(ecl));
    });
}

#[test]
fn time_is_linear_in_a_hostile_text() {
    for piece in [
        "(",
        "((",
        "< ",
        "<(",
        "* : (",
        "{{ ",
        "/*",
        "/* */",
        "\"",
        "|",
        "R ",
        "^",
        "* AND ",
        "* . ",
        "* {{ term = \"a\" }} ",
        "A#",
        "1",
        "#",
        "NOT ",
        "[0..1] ",
        "(\"a\" ",
        "(24700007 ",
        "\\",
        "* {{ D dialectId = (24700007 (",
        "* {{ M a = (\"\" ",
        ", ",
        "\u{feff}",
        "\n",
    ] {
        for (before, behind) in
            [("", ""), ("* : ", ""), ("* : * = ", ""), ("* {{ D ", " }}"), ("", "x")]
        {
            let text = format!("{before}{}{behind}", piece.repeat((1 << 19) / piece.len()));
            let start = Instant::now();
            if let Err(error) = Ecl::parse(&text) {
                assert!(error.render(&text).len() < 2_000);
            }
            // A hundred times what it takes; a quadratic way would take hours.
            assert!(start.elapsed() < Duration::from_secs(5), "{before}{piece}");
        }
    }
}

#[test]
fn a_text_that_is_too_long_is_refused_before_it_is_read() {
    let text = " ".repeat(LENGTH_LIMIT);
    assert_eq!(Ecl::parse(&text).unwrap_err().kind(), EclErrorKind::Syntax);
    let error = Ecl::parse(&format!("{text}*")).unwrap_err();
    assert_eq!(error.kind(), EclErrorKind::TooLong);
    assert!(error.render(&text).len() < 1_000);
}

#[test]
fn an_acceptability_behind_a_set_is_not_multiplied_without_end() {
    let text = format!(
        "* {{{{ D dialect = ({}) ({}) }}}}",
        "a ".repeat(100_000),
        "prefer ".repeat(100_000)
    );
    assert_eq!(Ecl::parse(&text).unwrap_err().kind(), EclErrorKind::Unsupported);
}
