//! SNOMED CT Expression Constraint Language 2.3
//! ([specification](https://docs.snomed.org/snomed-ct-specifications/snomed-ct-expression-constraint-language)).

pub mod syntax;
