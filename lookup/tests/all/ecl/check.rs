//! `farr ecl --check`, which needs no index.

use crate::common::*;

fn check(expression: &str, further: &[&str]) -> Printed {
    run(bare().args(["ecl", expression, "--check"]).args(further))
}

#[test]
fn an_expression_is_written_back_in_brief_or_long_form() {
    let text = "(descendantorselfof  64572001|Ailment|):363698007=any";
    let brief = check(text, &[]);
    assert_eq!((brief.code, brief.err.as_str()), (0, ""));
    assert_eq!(brief.out, "<< 64572001 |Ailment| : 363698007 = *\n");
    let long = check(text, &["--long"]);
    assert_eq!(long.out, "descendantOrSelfOf 64572001 |Ailment| : 363698007 = ANY\n");
}

#[test]
fn what_is_wrong_is_shown_at_its_place() {
    let printed = check("<< 64572001 AND * OR *", &[]);
    assert_eq!((printed.code, printed.out.as_str()), (2, ""));
    let expected = "\
error: OR cannot follow AND without brackets
 --> line 1, column 19
  |
1 | << 64572001 AND * OR *
  |                   ^^
  = put brackets around what belongs together
";
    assert_eq!(printed.err, expected);
}

#[test]
fn a_wrong_check_digit_is_a_warning() {
    let (wrong, digit) = wrongly_published();
    let printed = check(&format!("* MINUS {wrong}"), &[]);
    assert_eq!(printed.code, 0);
    assert_eq!(printed.out, format!("* MINUS {wrong}\n"));
    assert!(printed.err.starts_with(&format!("warning: {wrong}, at character 9: ")));
    assert!(printed.err.contains(&format!("require {digit}")), "{}", printed.err);
}

#[test]
fn neither_an_expression_nor_an_error_commands_the_terminal() {
    for text in ["24700007 |a\u{9b}31m|", "24700007 |a\u{1b}[31m|", "\u{1b}[31m", "* \u{202e}"] {
        let printed = check(text, &[]);
        let said = format!("{}{}", printed.out, printed.err);
        assert!(!said.contains(['\u{9b}', '\u{1b}', '\u{202e}']), "{said:?}");
    }
}
