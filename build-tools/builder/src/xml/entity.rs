//! The entities that every XML file may have.

use std::borrow::Cow;

/// The text of an entity reference, without its `&` and `;`, that XML knows of itself.
pub(crate) fn entity(name: &str) -> Option<Cow<'static, str>> {
    let known = match name {
        "amp" => "&",
        "lt" => "<",
        "gt" => ">",
        "quot" => "\"",
        "apos" => "'",
        _ => {
            let number = name.strip_prefix('#')?;
            let code = match number.strip_prefix('x') {
                Some(digits) if digits.bytes().all(|byte| byte.is_ascii_hexdigit()) => {
                    u32::from_str_radix(digits, 16).ok()?
                }
                None if number.bytes().all(|byte| byte.is_ascii_digit()) => number.parse().ok()?,
                _ => return None,
            };
            let character = char::from_u32(code)?;
            // XML has no other control characters, written out or not.
            let allowed = matches!(character, '\t' | '\n' | '\r') || character >= ' ';
            return allowed.then(|| Cow::Owned(character.to_string()));
        }
    };
    Some(Cow::Borrowed(known))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn entities_are_those_of_xml_and_no_others() {
        assert_eq!(entity("amp").as_deref(), Some("&"));
        assert_eq!(entity("#181").as_deref(), Some("µ"));
        assert_eq!(entity("#xB5").as_deref(), Some("µ"));
        for name in ["lol", "#0", "#x1F", "#xD800", "#", "#x", "#x110000", "#+5"] {
            assert_eq!(entity(name), None, "{name}");
        }
    }
}
