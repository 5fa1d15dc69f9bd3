//! Texts that are made to take time.

use std::time::{Duration, Instant};

use crate::map::{LENGTH_LIMIT, MapRule, Patient};

use super::is_a;

#[test]
fn time_is_linear_in_a_hostile_text() {
    for piece in [
        "IFA ",
        "IFA 90979004 ",
        "IFA 90979004 AND ",
        "IFA 90979004 OR DESCENDANTS AND ",
        "IFA 445518008 x < 1 day AND ",
        "IFA 445518008 | x < 1 day AND ",
        "IFA 445518008 | x | < 1 day AND ",
        "IFA 90979004 | ",
        "|",
        "&",
        "& IFA 445518008 x &lt; 1 day AND ",
        "IFA 445518008 &#x7C; x &lt; 1 day AND ",
        "AND ",
        "1",
        "<",
        "\u{a0}",
        "AND 123456 ",
    ] {
        for start in ["", "IFA 445518008 ", "IFA 90979004 | ", "IFA 445518008 | x | < "] {
            for end in ["", "IFA 90979004", "|", "&"] {
                let room = LENGTH_LIMIT - start.len() - end.len();
                let text = format!("{start}{}{end}", piece.repeat(room / piece.len()));
                let begin = Instant::now();
                let rule = MapRule::as_published(&text);
                assert!(rule.truth(&Patient::new(), is_a).is_ok());
                if let Some(error) = rule.error() {
                    assert!(error.render(&text).len() < 2_000);
                }
                // Far more than it takes; a quadratic way over a megabyte would take longer.
                assert!(begin.elapsed() < Duration::from_secs(1), "{start}{piece}{end}");
            }
        }
    }
}
