//! What the releases opened know of a code.

use farr::{Dialect, Dmd, Icd10, Icd10Code, Opcs4, Opcs4Code, Sctid, Snomed, Systems};

use super::{Chosen, ExpandError, ExpandErrorKind, Member};
use crate::list::Entry;
use crate::system::{ListSystem, System};

/// How a code stands in a release.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Standing {
    /// It is there, and may be used.
    Active,
    /// It is there, and is inactive; of dm+d, invalid.
    Inactive,
    /// The release does not have it.
    Unknown,
    /// Its system is not one that farr has: nobody was asked.
    NotAsked,
}

impl Standing {
    /// The word for it that stays.
    pub const fn code(self) -> &'static str {
        match self {
            Standing::Active => "active",
            Standing::Inactive => "inactive",
            Standing::Unknown => "not-in-release",
            Standing::NotAsked => "not-asked",
        }
    }
}

/// The releases, and whose terms to give.
#[derive(Clone, Copy, Debug)]
pub(super) struct Known<'q> {
    pub(super) systems: Systems<'q>,
    pub(super) dialect: Dialect,
}

impl<'q> Known<'q> {
    fn absent(system: System) -> ExpandError {
        let message = format!("no opened index holds {}", system.name());
        ExpandError::one(ExpandErrorKind::Absent, None, message)
    }

    pub(super) fn snomed(self) -> Result<Snomed<'q>, ExpandError> {
        self.systems.snomed().ok_or_else(|| Known::absent(System::Snomed))
    }

    pub(super) fn dmd(self) -> Result<Dmd<'q>, ExpandError> {
        self.systems.dmd().ok_or_else(|| Known::absent(System::Dmd))
    }

    pub(super) fn icd10(self) -> Result<Icd10<'q>, ExpandError> {
        self.systems.icd10().ok_or_else(|| Known::absent(System::Icd10))
    }

    pub(super) fn opcs4(self) -> Result<Opcs4<'q>, ExpandError> {
        self.systems.opcs4().ok_or_else(|| Known::absent(System::Opcs4))
    }

    /// Whether a release has the code; not where its system is not open.
    pub(super) fn is_known(self, entry: &Entry) -> bool {
        match self.member(Chosen::of(entry)) {
            Ok(member) => matches!(member.standing, Standing::Active | Standing::Inactive),
            Err(_) => false,
        }
    }

    /// Looks a code up.
    pub(super) fn member(self, chosen: Chosen) -> Result<Member, ExpandError> {
        let found = match chosen.system.known() {
            Some(System::Snomed) => self.concept(chosen.sctid)?,
            Some(System::Dmd) => self.product(chosen.sctid)?,
            Some(System::Icd10) => {
                let icd10 = self.icd10()?;
                let code = Icd10Code::parse(&chosen.code).ok();
                let rubric = code.and_then(|code| icd10.rubric(code));
                rubric.map(|rubric| (Some(rubric.title().to_owned()), true))
            }
            Some(System::Opcs4) => {
                let opcs4 = self.opcs4()?;
                let code = Opcs4Code::parse(&chosen.code).ok();
                let rubric = code.and_then(|code| opcs4.rubric(code));
                rubric.map(|rubric| (Some(rubric.title().to_owned()), true))
            }
            _ => None,
        };
        let is_read = chosen.system.known().is_some_and(|known| ListSystem::READ.contains(&known));
        let standing = match (is_read, &found) {
            (false, _) => Standing::NotAsked,
            (_, None) => Standing::Unknown,
            (_, Some((_, true))) => Standing::Active,
            (_, Some((_, false))) => Standing::Inactive,
        };
        Ok(Member {
            system: chosen.system,
            code: chosen.code,
            term: found.and_then(|(term, _)| term).filter(|term| !term.is_empty()),
            stated: chosen.stated,
            standing,
            place: chosen.place,
        })
    }

    /// The term of a concept, and whether it is active.
    fn concept(self, id: Option<Sctid>) -> Result<Option<(Option<String>, bool)>, ExpandError> {
        let snomed = self.snomed()?;
        let concept = id.and_then(|id| snomed.concept(id));
        Ok(concept.map(|concept| {
            let term = concept.preferred_term(self.dialect).map(|term| term.text().to_owned());
            let name = || concept.fully_specified_name().map(|name| name.term().to_owned());
            (term.or_else(name), concept.is_active())
        }))
    }

    /// The name of a product or an ingredient, and whether it is valid.
    fn product(self, id: Option<Sctid>) -> Result<Option<(Option<String>, bool)>, ExpandError> {
        let dmd = self.dmd()?;
        let Some(id) = id else { return Ok(None) };
        if let Some(product) = dmd.product(id) {
            return Ok(Some((Some(product.name().to_owned()), !product.is_invalid())));
        }
        let ingredient = dmd.ingredient(id);
        Ok(ingredient.map(|one| (Some(one.name().to_owned()), !one.is_invalid())))
    }
}
