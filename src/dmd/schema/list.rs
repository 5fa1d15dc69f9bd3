//! The lists of the lookup file.

macro_rules! lists {
    ($($(#[$doc:meta])* $name:ident = $element:literal,)*) => {
        /// A list of the lookup file (`f_lookup2`), in the order of its XML schema.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[repr(u8)]
        pub enum List {
            $($(#[$doc])* $name,)*
        }

        impl List {
            /// All of them; a list's number is its place here.
            pub const ALL: [List; [$($element),*].len()] = [$(List::$name),*];

            /// Its element in the file, `UNIT_OF_MEASURE` say.
            pub const fn element(self) -> &'static str {
                match self {
                    $(List::$name => $element,)*
                }
            }
        }
    };
}

lists! {
    /// Combination packs, and packs that are only a component of one.
    CombinationPack = "COMBINATION_PACK_IND",
    /// Combination products, and products that are only a component of one.
    CombinationProduct = "COMBINATION_PROD_IND",
    /// What a name is based on: rINN, BAN …
    BasisOfName = "BASIS_OF_NAME",
    /// Why a name was changed.
    NameChangeReason = "NAMECHANGE_REASON",
    /// Whether a VMP may be prescribed.
    PrescribingStatus = "VIRTUAL_PRODUCT_PRES_STATUS",
    /// Categories of controlled drugs.
    ControlledDrugCategory = "CONTROL_DRUG_CATEGORY",
    /// Licensing authorities.
    LicensingAuthority = "LICENSING_AUTHORITY",
    /// Units of measure; their codes are SCTIDs.
    UnitOfMeasure = "UNIT_OF_MEASURE",
    /// Dose forms; their codes are SCTIDs.
    Form = "FORM",
    /// Pairs of form and route, `tablet.oral` say.
    OntFormRoute = "ONT_FORM_ROUTE",
    /// Routes of administration; their codes are SCTIDs.
    Route = "ROUTE",
    /// Payment categories of the Drug Tariff.
    DrugTariffPaymentCategory = "DT_PAYMENT_CATEGORY",
    /// Suppliers; their codes are SCTIDs.
    Supplier = "SUPPLIER",
    /// Flavours.
    Flavour = "FLAVOUR",
    /// Colours.
    Colour = "COLOUR",
    /// What a strength is that of: the ingredient substance, or its base.
    BasisOfStrength = "BASIS_OF_STRNTH",
    /// Whether an appliance is reimbursed.
    ReimbursementStatus = "REIMBURSEMENT_STATUS",
    /// Special containers.
    SpecialContainer = "SPEC_CONT",
    /// Discount not deducted.
    DiscountNotDeducted = "DND",
    /// Whether actual products of a VMP are available.
    NonAvailability = "VIRTUAL_PRODUCT_NON_AVAIL",
    /// Whether a pack is discontinued.
    Discontinued = "DISCONTINUED_IND",
    /// Whether a dose form is discrete or continuous.
    DoseFormIndicator = "DF_INDICATOR",
    /// What a price is based on.
    PriceBasis = "PRICE_BASIS",
    /// Legal categories: GSL, P, POM.
    LegalCategory = "LEGAL_CATEGORY",
    /// Restrictions of availability.
    AvailabilityRestriction = "AVAILABILITY_RESTRICTION",
    /// Why a licence was changed.
    LicensingAuthorityChangeReason = "LICENSING_AUTHORITY_CHANGE_REASON",
}

impl List {
    /// Its number, 0 to 25.
    pub const fn number(self) -> usize {
        self as usize
    }

    /// The list of an element of the file.
    ///
    /// ```
    /// use farr::dmd::schema::List;
    /// assert_eq!(List::of_element("ROUTE"), Some(List::Route));
    /// assert_eq!(List::of_element("WEATHER"), None);
    /// ```
    pub fn of_element(element: &str) -> Option<List> {
        List::ALL.into_iter().find(|list| list.element() == element)
    }

    /// Whether its codes are SCTIDs; those of the others are small numbers.
    pub const fn has_sctids(self) -> bool {
        matches!(self, List::UnitOfMeasure | List::Form | List::Route | List::Supplier)
    }

    /// Digits that its codes are published with, zeros leading; 0 where they are SCTIDs.
    pub const fn digits(self) -> usize {
        match self {
            List::DoseFormIndicator => 1,
            _ if self.has_sctids() => 0,
            _ => 4,
        }
    }
}
