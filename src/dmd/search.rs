//! Search for products by name.

use super::dictionary::Dmd;
use super::level::Level;
use super::prescribable::{Setting, Verdict};
use super::product::Product;
use crate::index::format::DMD_NAMES;
use crate::search::{Reach, Results, SearchIndex};

/// Which name of a product it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum NameKind {
    /// Its name (NM).
    Name,
    /// Its name with the supplier (DESC), of an AMP.
    Description,
    /// Its abbreviated name (ABBREVNM).
    Abbreviated,
    /// Its name before the present one (NMPREV, NM_PREV).
    Previous,
}

/// A search for products: what is looked for, and among which; made by [`Dmd::search`].
///
/// A name matches where each word of the query begins a word of it, in any order, both folded: see
/// [`crate::search::fold`]. Hits come shortest matching name first. A product is hit once, by its best
/// name. The names and abbreviated names of valid products of all levels are searched unless
/// something else is asked for.
///
/// ```
/// # let golden = concat!(env!("CARGO_MANIFEST_DIR"), "/testdata/golden/1.0-dmd.farr");
/// # let terminology = farr::Terminology::open([golden])?;
/// use farr::dmd::Level;
/// let dmd = terminology.dmd()?;
/// # let vmp = dmd.vmps().find(|vmp| !vmp.is_invalid()).ok_or("no VMP")?;
/// # let name = vmp.name();
/// let results = dmd.search(name).level(Level::Vmp).limit(5).run();
/// for hit in results.hits() {
///     println!("{} {}", hit.product().id(), hit.name());
/// }
/// # assert_eq!(results.hits()[0].product().id(), vmp.id());
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Copy, Debug)]
pub struct ProductSearch<'t, 'q> {
    dmd: Dmd<'t>,
    query: &'q str,
    limit: usize,
    /// One bit a level; none asked for is all.
    levels: u8,
    invalid: bool,
    previous_names: bool,
    prescribable: Option<Setting>,
    typos: bool,
}

impl<'t> Dmd<'t> {
    /// The index of words of names.
    pub(super) fn search_index(self) -> SearchIndex<'t> {
        SearchIndex::new(self.source, &self.layout.search)
    }

    /// A search for products by the beginnings of words of their names; see [`ProductSearch`].
    pub fn search(self, query: &str) -> ProductSearch<'t, '_> {
        ProductSearch {
            dmd: self,
            query,
            limit: 10,
            levels: 0,
            invalid: false,
            previous_names: false,
            prescribable: None,
            typos: false,
        }
    }

    /// The text of a name by its number.
    pub(super) fn name_of(self, number: u32) -> Option<(Product<'t>, NameKind, &'t str)> {
        let product = Product::of_number(self, number.checked_div(DMD_NAMES)?)?;
        let (kind, text) = match (number.checked_rem(DMD_NAMES)?, product) {
            (0, Product::Amp(amp)) => (NameKind::Name, Some(amp.name())),
            (0, _) => (NameKind::Name, Some(product.name())),
            (1, Product::Amp(amp)) => (NameKind::Description, Some(amp.description())),
            (2, _) => (NameKind::Abbreviated, product.abbreviated_name()),
            (3, _) => (NameKind::Previous, product.previous_name()),
            _ => return None,
        };
        Some((product, kind, text?))
    }
}

impl<'t, 'q> ProductSearch<'t, 'q> {
    /// How many hits at most; 10 unless said.
    #[must_use]
    pub fn limit(mut self, limit: usize) -> ProductSearch<'t, 'q> {
        self.limit = limit;
        self
    }

    /// Only products of this level; of any of them where several are asked for.
    #[must_use]
    pub fn level(mut self, level: Level) -> ProductSearch<'t, 'q> {
        self.levels |= 1 << level.number();
        self
    }

    /// Products marked as invalid too, behind all others.
    #[must_use]
    pub fn include_invalid(mut self) -> ProductSearch<'t, 'q> {
        self.invalid = true;
        self
    }

    /// Previous names too, behind all others.
    #[must_use]
    pub fn include_previous_names(mut self) -> ProductSearch<'t, 'q> {
        self.previous_names = true;
        self
    }

    /// Only products that may be prescribed in a setting, with caution or without: see
    /// [`Dmd::prescribable`]. Products of which that is unknown are left out.
    #[must_use]
    pub fn prescribable(mut self, setting: Setting) -> ProductSearch<'t, 'q> {
        self.prescribable = Some(setting);
        self
    }

    /// Whether to look for words one or two typing errors away where nothing matches as typed; not
    /// unless it is asked for, because many names of medicines are as near to each other as that, and the
    /// one that is near may be another drug. What was corrected is told in
    /// [`ProductResults::corrections`]: a person has to see it before a product is chosen.
    ///
    /// ```
    /// # let golden = concat!(env!("CARGO_MANIFEST_DIR"), "/testdata/golden/1.0-dmd.farr");
    /// # let terminology = farr::Terminology::open([golden])?;
    /// # let dmd = terminology.dmd()?;
    /// # let vmp = dmd.vmps().find(|vmp| !vmp.is_invalid()).ok_or("no VMP")?;
    /// # let mistyped = format!("{}x", vmp.name());
    /// let results = dmd.search(&mistyped).run();
    /// assert!(results.hits().is_empty() && !results.is_corrected());
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn typos(mut self, typos: bool) -> ProductSearch<'t, 'q> {
        self.typos = typos;
        self
    }

    /// Searches.
    ///
    /// Costs microseconds for any prefixes; a filter that refuses nearly everything costs the time
    /// to refuse it.
    pub fn run(self) -> ProductResults<'t> {
        let dmd = self.dmd;
        let reach = match (self.previous_names, self.invalid) {
            (true, _) => Reach::All,
            (false, true) => Reach::WithInactiveConcepts,
            (false, false) => Reach::Active,
        };
        let mut accept = |_name: u32, number: u32| {
            Product::of_number(dmd, number).is_some_and(|product| self.accepts(product))
        };
        let index = dmd.search_index();
        let found = index.search(self.query, reach, self.limit, self.typos, &mut accept);
        Results::of(found, |hit| {
            let (product, kind, name) = dmd.name_of(hit.row)?;
            Some(ProductHit { product, kind, name })
        })
    }

    fn accepts(&self, product: Product<'t>) -> bool {
        let level = self.levels == 0 || self.levels & (1 << product.level().number()) != 0;
        level
            && (self.invalid || !product.is_invalid())
            && self.prescribable.is_none_or(|setting| {
                let verdict = self.dmd.prescribable(product, setting).verdict();
                matches!(verdict, Verdict::Prescribable | Verdict::WithCaution)
            })
    }
}

/// A product that was found, and the name it was found by.
#[derive(Clone, Copy, Debug)]
pub struct ProductHit<'t> {
    product: Product<'t>,
    kind: NameKind,
    name: &'t str,
}

impl<'t> ProductHit<'t> {
    /// The product.
    pub fn product(&self) -> Product<'t> {
        self.product
    }

    /// The name that matched.
    pub fn name(&self) -> &'t str {
        self.name
    }

    /// Which of its names that is.
    pub fn name_kind(&self) -> NameKind {
        self.kind
    }
}

/// What a search for products found.
pub type ProductResults<'t> = Results<ProductHit<'t>>;
