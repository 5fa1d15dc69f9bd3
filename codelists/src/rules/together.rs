//! What the fields of a binding ask of each other.

use farr::coding::System;
use farr::id::{Icd10Range, Opcs4Range};

use super::fields::Fields;
use super::reader::Reader;
use super::tree::Value;

impl Reader<'_> {
    /// What fields ask of the systems, and of each other.
    pub(super) fn together(&mut self, fields: &Fields<'_>, systems: &[System]) {
        use System::{Dmd, Icd10, Icd10Cm, Opcs4, Snomed};
        let needs: [(&'static str, &[System]); 8] = [
            ("constraint", &[Snomed, Dmd]),
            ("refset", &[Snomed, Dmd]),
            ("levels", &[Dmd, Snomed]),
            ("prescribable", &[Dmd, Snomed]),
            ("ranges", &[Icd10, Opcs4]),
            ("form", &[Icd10, Icd10Cm, Opcs4]),
            ("expressions", &[Snomed]),
            ("dialect", &[Snomed, Dmd]),
        ];
        for (name, any) in needs {
            let Some(member) = fields.member(name) else { continue };
            if !any.iter().any(|system| systems.contains(system)) {
                let words: Vec<&str> = any.iter().map(|system| system.word()).collect();
                let message = format!("{name} asks for {} among systems", words.join(" or "));
                self.tell(member.key_at, message);
            }
        }
        for name in ["expression-form", "expression-attributes"] {
            if let Some(member) = fields.member(name)
                && fields.truth("expressions") != Some(true)
            {
                let message = format!("{name} has no meaning without expressions = true");
                self.tell(member.key_at, message);
            }
        }
        let of_any = ["constraint", "refset", "value-set", "levels"];
        if let Some(member) = fields.member("membership")
            && fields.text("membership") == Some("any")
            && of_any.iter().filter(|name| fields.member(name).is_some()).count() < 2
        {
            let message = format!("membership asks for two or more of {}", of_any.join(", "));
            self.tell(member.key_at, message);
        }
        // Each classification that is asked for reads the ranges.
        if let Some(node) = fields.get("ranges")
            && let Value::Text(text) = &node.value
        {
            let icd10 = Icd10Range::list(text).find_map(Result::err);
            let opcs4 = Opcs4Range::list(text).find_map(Result::err);
            let wrong = match (systems.contains(&Icd10), systems.contains(&Opcs4)) {
                (true, _) if icd10.is_some() => icd10,
                (_, true) => opcs4,
                _ => None,
            };
            if let Some(error) = wrong {
                self.tell(node.span.start, format!("ranges: {error}"));
            }
        }
    }
}
