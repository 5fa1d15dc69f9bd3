//! The five levels of products.

/// A level of products in dm+d.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Level {
    /// Virtual therapeutic moiety: what a medicine is.
    Vtm,
    /// Virtual medicinal product: moiety, strength and form.
    Vmp,
    /// Actual medicinal product: a VMP as a supplier makes it.
    Amp,
    /// Virtual medicinal product pack: an amount of a VMP.
    Vmpp,
    /// Actual medicinal product pack: an amount of an AMP, what is dispensed.
    Ampp,
}

impl Level {
    /// All levels.
    pub const ALL: [Level; 5] = [Level::Vtm, Level::Vmp, Level::Amp, Level::Vmpp, Level::Ampp];

    /// Its abbreviation, `VMP` say, as dm+d has it.
    pub const fn name(self) -> &'static str {
        match self {
            Level::Vtm => "VTM",
            Level::Vmp => "VMP",
            Level::Amp => "AMP",
            Level::Vmpp => "VMPP",
            Level::Ampp => "AMPP",
        }
    }

    /// Its name in full.
    pub const fn full_name(self) -> &'static str {
        match self {
            Level::Vtm => "virtual therapeutic moiety",
            Level::Vmp => "virtual medicinal product",
            Level::Amp => "actual medicinal product",
            Level::Vmpp => "virtual medicinal product pack",
            Level::Ampp => "actual medicinal product pack",
        }
    }

    /// The level of this abbreviation, in any case.
    ///
    /// ```
    /// use farr::dmd::Level;
    /// assert_eq!(Level::named("vmpp"), Some(Level::Vmpp));
    /// assert_eq!(Level::named("pack"), None);
    /// ```
    pub fn named(name: &str) -> Option<Level> {
        Level::ALL.into_iter().find(|level| level.name().eq_ignore_ascii_case(name))
    }

    pub(super) const fn number(self) -> usize {
        self as usize
    }
}

impl std::fmt::Display for Level {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.name())
    }
}
