//! The table beside the dictionary, entry by entry.

use crate::id::gs1::{
    AiRange, ApplicationIdentifier, CharacterSet, Check, Coverage, Definition, table,
};
use std::fmt::Write;

/// A definition as a line of the dictionary, without its alignment.
fn line(definition: &Definition) -> String {
    let mut line = definition.range().to_string();
    let flags = [(definition.has_predefined_length, '*'), (definition.is_data_attribute, '?')];
    let flags: String = flags.iter().filter(|flag| flag.0).map(|flag| flag.1).collect();
    if !flags.is_empty() {
        write!(line, " {flags}").unwrap();
    }
    for part in definition.components {
        let dots = if part.minimum == part.maximum { "" } else { ".." };
        let (open, close) = if part.is_optional { ("[", "]") } else { ("", "") };
        write!(line, " {open}{:?}{dots}{}{close}", part.characters, part.maximum).unwrap();
        for check in part.checks {
            write!(line, ",{}", check.name()).unwrap();
        }
        assert!(part.minimum == part.maximum || part.minimum == 1);
    }
    let pattern = |range: &AiRange| {
        let (first, last) = (range.first.to_string(), range.last.to_string());
        let wild = first.chars().zip(last.chars());
        wild.map(|(first, last)| if first == last { first } else { 'n' }).collect::<String>()
    };
    let joined = |ranges: &[AiRange], separator: &str| {
        ranges.iter().map(pattern).collect::<Vec<_>>().join(separator)
    };
    if !definition.requires.is_empty() {
        let groups: Vec<_> = definition.requires.iter().map(|all| joined(all, "+")).collect();
        write!(line, " req={}", groups.join(",")).unwrap();
    }
    if !definition.excludes.is_empty() {
        write!(line, " ex={}", joined(definition.excludes, ",")).unwrap();
    }
    if let Some(sequences) = definition.key_qualifiers {
        let numbers = |sequence: &&[u16]| {
            let numbers = sequence.iter().map(|number| ApplicationIdentifier(*number).to_string());
            numbers.collect::<Vec<_>>().join(",")
        };
        let sequences: Vec<_> = sequences.iter().map(numbers).collect();
        let equals = if sequences.is_empty() { "" } else { "=" };
        write!(line, " dlpkey{equals}{}", sequences.join("|")).unwrap();
    }
    if !definition.title.is_empty() {
        write!(line, " # {}", definition.title).unwrap();
    }
    line
}

/// A line of the dictionary without its alignment, its attributes in one order.
fn normalised(line: &str) -> String {
    let (facts, title) = line.split_once(" # ").unwrap_or((line, ""));
    let words: Vec<&str> = facts.split_whitespace().collect();
    let of =
        |start: &'static str| words.iter().copied().filter(move |word| word.starts_with(start));
    let is_attribute =
        |word: &&&str| ["req=", "ex=", "dlpkey"].iter().any(|start| word.starts_with(start));
    let rest = words.iter().filter(|word| !is_attribute(word)).copied();
    let ordered = rest.chain(of("req=")).chain(of("ex=")).chain(of("dlpkey"));
    let mut line = ordered.collect::<Vec<_>>().join(" ");
    if !title.is_empty() {
        write!(line, " # {}", title.trim()).unwrap();
    }
    line
}

#[test]
fn the_table_says_what_the_dictionary_says() {
    let Some(folder) = crate::id::shared::shared("identifiers") else { return };
    let text = std::fs::read_to_string(folder.join("gs1-syntax-dictionary.txt")).unwrap();
    let mut expected: Vec<String> = text
        .lines()
        .filter(|line| !line.is_empty() && !line.starts_with('#'))
        .map(normalised)
        .collect();
    let mut found: Vec<String> = Definition::all().map(line).collect();
    expected.sort();
    found.sort();
    for (found, expected) in found.iter().zip(&expected) {
        assert_eq!(found, expected);
    }
    assert_eq!(found.len(), expected.len());
}

#[test]
fn each_number_is_found_as_the_whole_table_says() {
    let mut count = 0;
    for number in 0..=u16::MAX {
        let mut all = Definition::all().filter(|definition| {
            definition.first.number() <= number && number <= definition.last.number()
        });
        let expected = all.next();
        assert!(all.next().is_none(), "{number} is defined twice");
        assert_eq!(table::find(number), expected, "{number}");
        let Some(ai) = ApplicationIdentifier::new(number) else { continue };
        let digits = ai.to_string();
        let first_two = digits[..2].parse().unwrap();
        assert_eq!(table::digits(first_two), digits.len(), "{digits}");
        count += 1;
    }
    assert!(count > 500, "only {count}");
}

#[test]
fn values_of_predefined_length_are_one_part_of_digits() {
    for definition in Definition::all().filter(|definition| definition.has_predefined_length) {
        let [part] = definition.components else { panic!("{definition:?}") };
        assert_eq!(part.characters, CharacterSet::N);
        assert_eq!(part.minimum, part.maximum);
    }
    for definition in Definition::all() {
        for sequence in definition.key_qualifiers.unwrap_or_default() {
            assert!(sequence.len() <= 3, "{definition:?}");
        }
    }
}

#[test]
fn what_is_not_checked_is_what_the_documentation_names() {
    let of_coverage = |coverage| {
        let checks = Definition::all().flat_map(|definition| definition.components);
        let checks = checks.flat_map(|part| part.checks).copied();
        let mut names: Vec<&str> =
            checks.filter(|check| check.coverage() == coverage).map(Check::name).collect();
        names.sort_unstable();
        names.dedup();
        names
    };
    assert_eq!(
        of_coverage(Coverage::NotChecked),
        ["couponcode", "couponposoffer", "gcppos1", "gcppos2", "packagetype"]
    );
    assert_eq!(
        of_coverage(Coverage::FormOnly),
        ["iso3166", "iso3166999", "iso3166alpha2", "iso4217"]
    );
    assert_eq!(of_coverage(Coverage::Full).len(), 25);
}
