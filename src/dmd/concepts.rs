//! Products as concepts of SNOMED CT.

use super::dictionary::Dmd;
use super::level::Level;
use super::product::Product;
use crate::snomed::{ConceptSet, Snomed};

impl<'t> Dmd<'t> {
    /// The concepts of SNOMED CT that are products of these levels, invalid products left out
    /// unless `include_invalid` is set: a set to hold the answer to an expression constraint
    /// against, or to search within.
    ///
    /// Products that the release of SNOMED CT does not have are not in it;
    /// [`Product::concept`] tells of one whether it has it.
    ///
    /// Costs a look-up for each product of the levels.
    ///
    /// ```no_run
    /// # let terminology = farr::Terminology::open(["uk-snomed.farr", "dmd.farr"])?;
    /// use farr::Ecl;
    /// use farr::dmd::Level;
    /// let (snomed, dmd) = (terminology.snomed()?, terminology.dmd()?);
    /// let below = snomed.evaluate(&Ecl::parse("< 763158003 |Medicinal product|")?)?;
    /// let vmps = dmd.concepts(snomed, &[Level::Vmp], false);
    /// println!("{:?} VMPs", below.intersection(&vmps).map(|set| set.len()));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn concepts(
        self,
        snomed: Snomed<'t>,
        levels: &[Level],
        include_invalid: bool,
    ) -> ConceptSet<'t> {
        let products = self.products().filter(|product| {
            levels.contains(&product.level()) && (include_invalid || !product.is_invalid())
        });
        ConceptSet::of(snomed, products.filter_map(|product: Product<'t>| product.concept(snomed)))
    }
}
