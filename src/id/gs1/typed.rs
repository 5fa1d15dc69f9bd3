//! The values that medicine packs, their cases and wristbands carry, by name.

use super::date::{Gs1Date, Gs1DateTime};
use super::element_strings::Element;
use super::{ApplicationIdentifier, ElementStrings};
use crate::id::Gtin;

/// Each is `None` where the application identifier is not there.
impl<'t> ElementStrings<'t> {
    /// Returns the GTIN of the item, (01). In a pack of some countries this is a national number in
    /// the syntax of a GTIN, see [`Gtin`].
    ///
    /// # Example
    /// ```
    /// use farr::id::gs1::Scan;
    ///
    /// let scan = Scan::parse("(01)05012617019844(21)77")?;
    /// let gtin = scan.element_strings().and_then(|all| all.gtin()).ok_or("no GTIN")?;
    /// assert_eq!(gtin.value(), 5_012_617_019_844);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn gtin(&self) -> Option<Gtin> {
        self.gtin_of(1)
    }

    /// Returns the GTIN of the items contained in a logistic unit, (02). It is not the GTIN of what
    /// was scanned.
    #[must_use]
    pub fn content_gtin(&self) -> Option<Gtin> {
        self.gtin_of(2)
    }

    /// Returns the GTIN of an item made to order, (03).
    #[must_use]
    pub fn made_to_order_gtin(&self) -> Option<Gtin> {
        self.gtin_of(3)
    }

    /// Returns the batch or lot number, (10): 1 to 20 characters, whose case matters.
    #[must_use]
    pub fn batch_or_lot(&self) -> Option<&str> {
        self.get(10)
    }

    /// Returns the serial number, (21): 1 to 20 characters, whose case matters.
    #[must_use]
    pub fn serial_number(&self) -> Option<&str> {
        self.get(21)
    }

    /// Returns the expiry date, (17). Without a day it is the last day of the month:
    /// [`Gs1Date::last_day`].
    #[must_use]
    pub fn expiry(&self) -> Option<Gs1Date> {
        self.date(17)
    }

    /// Returns the best-before date, (15).
    #[must_use]
    pub fn best_before(&self) -> Option<Gs1Date> {
        self.date(15)
    }

    /// Returns the production date, (11).
    #[must_use]
    pub fn production_date(&self) -> Option<Gs1Date> {
        self.date(11)
    }

    /// Returns the packaging date, (13).
    #[must_use]
    pub fn packaging_date(&self) -> Option<Gs1Date> {
        self.date(13)
    }

    /// Returns the sell-by date, (16).
    #[must_use]
    pub fn sell_by(&self) -> Option<Gs1Date> {
        self.date(16)
    }

    /// Returns the expiry date with a time, (7003), for a product that does not keep for days. An
    /// item may have it beside (17) or instead of it.
    #[must_use]
    pub fn expiry_time(&self) -> Option<Gs1DateTime> {
        Gs1DateTime::read(self.get(7003)?.as_bytes())
    }

    /// Returns the production date with a time, (8008).
    #[must_use]
    pub fn production_time(&self) -> Option<Gs1DateTime> {
        Gs1DateTime::read(self.get(8008)?.as_bytes())
    }

    /// Returns the national healthcare reimbursement numbers, (710) to (717), in the order of the
    /// barcode. The data title of each says whose number it is.
    ///
    /// # Example
    /// ```
    /// use farr::id::gs1::Scan;
    ///
    /// let scan = Scan::parse("(01)05012617019844(710)12345678(714)5440987")?;
    /// let all = scan.element_strings().ok_or("no element strings")?;
    /// let found: Vec<_> = all
    ///     .reimbursement_numbers()
    ///     .map(|number| (number.definition().title(), number.value()))
    ///     .collect();
    /// assert_eq!(found, [("NHRN PZN", "12345678"), ("NHRN AIM", "5440987")]);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn reimbursement_numbers(&self) -> impl Iterator<Item = &Element<'t>> {
        self.iter().filter(|element| (710..=717).contains(&element.ai.0))
    }

    /// Returns the count of items in one of variable measure, (30).
    #[must_use]
    pub fn variable_count(&self) -> Option<u32> {
        self.get(30)?.parse().ok()
    }

    /// Returns the count of items in a logistic unit, (37).
    #[must_use]
    pub fn content_count(&self) -> Option<u32> {
        self.get(37)?.parse().ok()
    }

    /// Returns the Serial Shipping Container Code of a logistic unit, (00): 18 digits.
    #[must_use]
    pub fn sscc(&self) -> Option<&str> {
        self.get(0)
    }

    /// Returns the Global Location Numbers, (410) to (417), in the order of the barcode: 13 digits
    /// each.
    pub fn global_location_numbers(
        &self,
    ) -> impl Iterator<Item = (ApplicationIdentifier, &str)> + '_ {
        let locations = self.iter().filter(|element| (410..=417).contains(&element.ai.0));
        locations.map(|element| (element.ai, element.value()))
    }

    /// Returns the Global Service Relation Number of a provider, (8017), a member of staff, say: 18
    /// digits.
    #[must_use]
    pub fn provider(&self) -> Option<&str> {
        self.get(8017)
    }

    /// Returns the Global Service Relation Number of a recipient, (8018): the patient of a
    /// wristband. 18 digits.
    #[must_use]
    pub fn recipient(&self) -> Option<&str> {
        self.get(8018)
    }

    /// Returns the Service Relation Instance Number, (8019): which wristband of the patient it is,
    /// say. 1 to 10 digits.
    #[must_use]
    pub fn service_relation_instance(&self) -> Option<&str> {
        self.get(8019)
    }

    fn gtin_of(&self, number: u16) -> Option<Gtin> {
        Gtin::parse(self.get(number)?).ok()
    }

    fn date(&self, number: u16) -> Option<Gs1Date> {
        Gs1Date::read(self.get(number)?.as_bytes(), true)
    }
}
