//! A code as a record has it.

use super::system::System;

/// A code as a record has it: which system it says that it is of, the code, and what stands beside it.
///
/// As FHIR's [Coding](https://hl7.org/fhir/R4/datatypes.html#Coding), with the description id that
/// UK resources carry beside it. Borrows its texts, and is `Copy`.
///
/// # Example
/// ```
/// use farr::coding::{Coding, System};
///
/// let coding = Coding::with_uri("http://snomed.info/sct", "24700007").display("Multiple sclerosis");
/// assert_eq!(coding.system(), Some(System::Snomed));
/// assert_eq!(coding.code(), "24700007");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Coding<'c> {
    pub(super) stated: Stated<'c>,
    pub(super) code: &'c str,
    pub(super) version: Option<&'c str>,
    pub(super) display: Option<&'c str>,
    pub(super) description_id: Option<&'c str>,
}

/// What a coding says of its system.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Stated<'c> {
    Nothing,
    System(System),
    UnknownUri(&'c str),
}

impl<'c> Coding<'c> {
    const fn of(stated: Stated<'c>, code: &'c str) -> Coding<'c> {
        Coding { stated, code, version: None, display: None, description_id: None }
    }

    /// A code of a system.
    pub const fn new(system: System, code: &'c str) -> Coding<'c> {
        Coding::of(Stated::System(system), code)
    }

    /// A code whose system is stated by its URI. One that farr does not know is a finding of the
    /// verdict, `unknown-system`.
    pub fn with_uri(uri: &'c str, code: &'c str) -> Coding<'c> {
        let stated = System::from_uri(uri).map_or(Stated::UnknownUri(uri), Stated::System);
        Coding::of(stated, code)
    }

    /// A code of which nothing says what system it is of: the [`Binding`](super::Binding) says it.
    pub const fn unstated(code: &'c str) -> Coding<'c> {
        Coding::of(Stated::Nothing, code)
    }

    pub(super) fn with_code(self, code: &'c str) -> Coding<'c> {
        Coding { code, ..self }
    }

    /// With the version of the system that it states.
    #[must_use]
    pub fn version(mut self, version: impl Into<Option<&'c str>>) -> Coding<'c> {
        self.version = version.into();
        self
    }

    /// With the text that stands beside it. A text of white space is none.
    #[must_use]
    pub fn display(mut self, display: impl Into<Option<&'c str>>) -> Coding<'c> {
        self.display = display.into().filter(|display| !display.trim().is_empty());
        self
    }

    /// With the id of the description that was chosen.
    #[must_use]
    pub fn description_id(mut self, id: impl Into<Option<&'c str>>) -> Coding<'c> {
        self.description_id = id.into();
        self
    }

    /// The system that it states; `None` where it states none, or one that farr does not know.
    pub const fn system(&self) -> Option<System> {
        match self.stated {
            Stated::System(system) => Some(system),
            Stated::Nothing | Stated::UnknownUri(_) => None,
        }
    }

    /// The code, as written.
    pub const fn code(&self) -> &'c str {
        self.code
    }
}
