//! Bytes as a list of codes or a value set.

use farr_codelists::{Content, Format, ReadOptions, System, read, write};

/// Reads bytes in every format, found out and stated; what was read and can be written is read again
/// as it was.
///
/// # Panics
///
/// Where a code stands at no place of the file, or what was written is read as something else.
pub fn codelist(input: &[u8]) {
    let formats = std::iter::once(None).chain(Format::ALL.into_iter().map(Some));
    for format in formats {
        for system in [None, Some(System::Snomed), Some(System::Icd10)] {
            let options = ReadOptions { format, system, ..ReadOptions::default() };
            let Ok(list) = read(input, &options) else { continue };
            let lines =
                input.iter().filter(|byte| matches!(byte, b'\n' | b'\r')).count() as u64 + 1;
            for entry in list.entries() {
                assert!((1..=lines).contains(&entry.place.line), "{entry:?}");
            }
            for finding in &list.findings {
                assert!((1..=lines).contains(&finding.place.line), "{finding}");
            }
            for to in Format::ALL {
                if let Ok(text) = write(&list.content, to) {
                    again(&list.content, &text, to, &options);
                }
            }
        }
    }
}

/// What was written of a content is read as it was; the formats other than its own keep its codes.
fn again(content: &Content, text: &str, to: Format, options: &ReadOptions) {
    let system = match content {
        Content::Codes(codes) => codes.entries.first().and_then(|entry| entry.system.known()),
        Content::Definition(definition) => {
            definition.rows.first().and_then(|row| row.entry.system.known())
        }
        Content::ValueSet(_) | Content::Ecl(_) => options.system,
    };
    let is_value_set = to == Format::ValueSet;
    let system = if is_value_set { None } else { system };
    let stated = ReadOptions { format: Some(to), system, ..ReadOptions::default() };
    let codes = |content: &Content| -> Vec<String> {
        match content {
            Content::Codes(codes) => {
                codes.entries.iter().map(|entry| entry.code.text().to_owned()).collect()
            }
            Content::Definition(definition) => {
                definition.rows.iter().map(|row| row.entry.code.text().to_owned()).collect()
            }
            _ => Vec::new(),
        }
    };
    // A file of no codes does not say what they would be of.
    if matches!(content, Content::Codes(_) | Content::Definition(_)) && codes(content).is_empty() {
        return;
    }
    let back = read(text.as_bytes(), &stated);
    let back = back.unwrap_or_else(|error| panic!("{to}: {error}\n{text}"));
    match (content, &back.content) {
        (Content::Codes(_), Content::Codes(_))
        | (Content::Definition(_), Content::Definition(_)) => {
            assert_eq!(codes(content), codes(&back.content), "{text}");
        }
        (Content::Ecl(before), Content::Ecl(after)) => assert_eq!(before, after),
        _ => {}
    }
}
