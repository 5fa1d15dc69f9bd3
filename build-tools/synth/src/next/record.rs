//! A record of dm+d as its line has it: an element that holds elements.

/// The name of the record on a line; nothing where the line is no record.
pub(super) fn name(line: &str) -> Option<&str> {
    let (name, rest) = line.trim_end().strip_prefix('<')?.split_once('>')?;
    let closed = rest.strip_suffix('>')?.strip_suffix(name)?.ends_with("</");
    closed.then_some(name)
}

/// What an element of a record holds, as it is written.
pub(super) fn get<'a>(record: &'a str, element: &str) -> Option<&'a str> {
    let (_, rest) = record.split_once(&format!("<{element}>"))?;
    rest.split_once(&format!("</{element}>")).map(|(value, _)| value)
}

/// The number that an element holds, 0 where there is none.
pub(super) fn number(record: &str, element: &str) -> u64 {
    get(record, element).and_then(|value| value.parse().ok()).unwrap_or(0)
}

/// The record with another value in an element; a new one stands last, as the order is free.
pub(super) fn with(record: &str, element: &str, value: &str) -> String {
    let written = format!("<{element}>{value}</{element}>");
    match get(record, element) {
        Some(old) => record.replacen(&format!("<{element}>{old}</{element}>"), &written, 1),
        None => match record.rfind("</") {
            Some(end) => format!("{}{written}{}", &record[..end], &record[end..]),
            None => record.to_owned(),
        },
    }
}

/// The record without an element.
pub(super) fn without(record: &str, element: &str) -> String {
    match get(record, element) {
        Some(old) => record.replacen(&format!("<{element}>{old}</{element}>"), "", 1),
        None => record.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn elements_are_read_replaced_added_and_left_out() {
        let record = "<VMP><VPID>1</VPID><NM>a &amp; b</NM></VMP>";
        assert_eq!(name(record), Some("VMP"));
        assert_eq!(name("<VMPS>"), None);
        assert_eq!(name("</VMPS>"), None);
        assert_eq!((get(record, "NM"), number(record, "VPID")), (Some("a &amp; b"), 1));
        assert_eq!(with(record, "NM", "c"), "<VMP><VPID>1</VPID><NM>c</NM></VMP>");
        assert_eq!(without(record, "NM"), "<VMP><VPID>1</VPID></VMP>");
        assert_eq!(
            with("<VMP><VPID>1</VPID></VMP>", "INVALID", "1"),
            "<VMP><VPID>1</VPID><INVALID>1</INVALID></VMP>"
        );
    }
}
