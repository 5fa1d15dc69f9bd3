//! Levels of dm+d as they are typed.

use clap::ValueEnum;
use farr::dmd::Level;

/// A level of products.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum LevelName {
    /// Virtual therapeutic moiety
    Vtm,
    /// Virtual medicinal product
    Vmp,
    /// Actual medicinal product
    Amp,
    /// Virtual medicinal product pack
    Vmpp,
    /// Actual medicinal product pack
    Ampp,
}

impl From<LevelName> for Level {
    fn from(name: LevelName) -> Level {
        match name {
            LevelName::Vtm => Level::Vtm,
            LevelName::Vmp => Level::Vmp,
            LevelName::Amp => Level::Amp,
            LevelName::Vmpp => Level::Vmpp,
            LevelName::Ampp => Level::Ampp,
        }
    }
}
