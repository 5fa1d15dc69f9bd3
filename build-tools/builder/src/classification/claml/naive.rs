//! Expansion of modifiers against a model that follows the words of the standard, class by class.

use std::fmt::Write as _;

use proptest::prelude::*;

use super::{expand, read};
use crate::classification::log::Log;

/// A class: its parent among those before it, its modifiers with the classes of them that are valid,
/// and the modifiers it excludes.
#[derive(Clone, Debug)]
struct Class {
    parent: Option<usize>,
    modified_by: Vec<(usize, Option<Vec<usize>>)>,
    excluded: Vec<usize>,
}

/// The classes of two modifiers: of each, the class of the other behind which it does not stand.
type Modifiers = [Vec<Option<usize>>; 2];

fn xml(modifiers: &Modifiers, classes: &[Class]) -> String {
    let title = "<Rubric kind='preferred'><Label>x</Label></Rubric>";
    let mut text = "<ClaML>".to_owned();
    for (number, options) in modifiers.iter().enumerate() {
        for (option, not_after) in options.iter().enumerate() {
            let other = 1 - number;
            let meta = not_after.map_or(String::new(), |after| {
                format!(
                    "<Meta name='excludeOnPrecedingModifier' value='m{other} {other}o{after}'/>"
                )
            });
            let attributes = format!("code='{number}o{option}' modifier='m{number}'");
            write!(text, "<ModifierClass {attributes}>{meta}{title}</ModifierClass>").unwrap();
        }
    }
    for (number, class) in classes.iter().enumerate() {
        write!(text, "<Class code='c{number}/'>{title}").unwrap();
        if let Some(parent) = class.parent {
            write!(text, "<SuperClass code='c{parent}/'/>").unwrap();
        }
        for (modifier, valid) in &class.modified_by {
            let all = valid.is_none();
            write!(text, "<ModifiedBy code='m{modifier}' all='{all}'>").unwrap();
            for option in valid.iter().flatten() {
                write!(text, "<ValidModifierClass code='{modifier}o{option}'/>").unwrap();
            }
            text.push_str("</ModifiedBy>");
        }
        for modifier in &class.excluded {
            write!(text, "<ExcludeModifier code='m{modifier}'/>").unwrap();
        }
        text.push_str("</Class>");
    }
    text + "</ClaML>"
}

/// What applies to a class: that of its parent without what it excludes, and then its own.
fn applied(classes: &[Class], number: usize) -> Vec<(usize, Option<Vec<usize>>)> {
    let class = &classes[number];
    let mut applied = class.parent.map(|parent| applied(classes, parent)).unwrap_or_default();
    applied.retain(|(modifier, _)| !class.excluded.contains(modifier));
    for own in &class.modified_by {
        applied.retain(|(modifier, _)| *modifier != own.0);
        applied.push(own.clone());
    }
    applied
}

/// Each class, and behind it all rows of characters that may follow it, by the modifiers in their order.
fn model(modifiers: &Modifiers, classes: &[Class]) -> Vec<String> {
    let mut codes = Vec::new();
    for number in 0..classes.len() {
        codes.push(format!("c{number}/"));
        if classes.iter().any(|class| class.parent == Some(number)) {
            continue;
        }
        let applied = applied(classes, number);
        let allowed = |at: usize, option: usize| {
            let (modifier, valid) = &applied[at];
            (option < modifiers[*modifier].len()
                && valid.as_ref().is_none_or(|valid| valid.contains(&option)))
            .then(|| modifiers[*modifier][option])
        };
        for first in 0..3 {
            if applied.is_empty() || allowed(0, first).is_none() {
                continue;
            }
            codes.push(format!("c{number}/{}o{first}", applied[0].0));
            for second in 0..3 {
                let Some(Some(not_after)) = (applied.len() > 1).then(|| allowed(1, second)) else {
                    continue;
                };
                if not_after != Some(first) {
                    let (one, other) = (applied[0].0, applied[1].0);
                    codes.push(format!("c{number}/{one}o{first}{other}o{second}"));
                }
            }
        }
    }
    codes
}

fn modifiers() -> impl Strategy<Value = Modifiers> {
    let options = || prop::collection::vec(prop::option::of(0_usize..3), 1..4);
    [options(), options()]
}

fn classes() -> impl Strategy<Value = Vec<Class>> {
    let valid = prop::option::weighted(0.3, prop::collection::vec(0_usize..3, 0..3));
    let class = (
        prop::option::weighted(0.7, any::<prop::sample::Index>()),
        prop::collection::vec((0_usize..2, valid), 0..3),
        prop::collection::vec(0_usize..2, 0..2),
    );
    prop::collection::vec(class, 1..7).prop_map(|drawn| {
        let class = |(number, (parent, modified_by, excluded)): (usize, _)| {
            let parent: Option<prop::sample::Index> = parent;
            let parent = parent.filter(|_| number > 0).map(|index| index.index(number));
            Class { parent, modified_by, excluded }
        };
        drawn.into_iter().enumerate().map(class).collect()
    })
}

proptest! {
    #[test]
    fn modifiers_make_what_the_model_makes(modifiers in modifiers(), classes in classes()) {
        let text = xml(&modifiers, &classes);
        let mut log = Log::new("file");
        let claml = read(&mut text.as_bytes(), &mut log).unwrap();
        let expanded = expand(claml, &mut log);
        prop_assert!(!log.has_problems());
        let codes: Vec<String> = expanded.iter().map(|class| class.code.clone()).collect();
        prop_assert_eq!(codes, model(&modifiers, &classes), "{}", text);
        for class in expanded.iter().filter(|class| class.is_modified) {
            let parent = class.parent.as_deref().unwrap_or_default();
            prop_assert!(class.code.strip_prefix(parent).is_some_and(|own| own.len() == 3));
        }
    }
}
