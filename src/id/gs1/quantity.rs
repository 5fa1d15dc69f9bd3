//! Measures and prices: numbers whose decimal point is in the application identifier.

use super::{ApplicationIdentifier, ElementStrings, content};
use std::fmt;

/// A number as a barcode has it: digits, and how many of them are after the decimal point. Exact.
///
/// # Example
/// ```
/// use farr::id::gs1::Decimal;
///
/// let weight = Decimal { mantissa: 1250, scale: 3 };
/// assert_eq!(weight.to_string(), "1.250");
/// assert_eq!(Decimal { mantissa: 5, scale: 2 }.to_string(), "0.05");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Decimal {
    /// All digits.
    pub mantissa: u64,
    /// How many of them are after the decimal point, 0 to 9.
    pub scale: u8,
}

/// The number with its point, and all digits after it.
impl fmt::Display for Decimal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let scale = usize::from(self.scale);
        match 10_u64.checked_pow(self.scale.into()) {
            Some(unit) if scale > 0 => {
                let (whole, rest) = (
                    self.mantissa.checked_div(unit).unwrap_or_default(),
                    self.mantissa.checked_rem(unit).unwrap_or_default(),
                );
                write!(f, "{whole}.{rest:0scale$}")
            }
            _ => write!(f, "{}", self.mantissa),
        }
    }
}

/// A weight or measure, (310n) to (369n). The data title of its definition names quantity and unit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Measure {
    /// The application identifier.
    pub ai: ApplicationIdentifier,
    /// The number.
    pub number: Decimal,
}

/// An amount, (390n) to (395n).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Price {
    /// The application identifier: (390n) and (391n) an amount payable, (392n) and (393n) the
    /// price of an item of variable measure, (394n) a percentage, (395n) a price per unit.
    pub ai: ApplicationIdentifier,
    /// The number.
    pub number: Decimal,
    /// The numeric currency code of ISO 4217, of (391n) and (393n); `None` where the barcode
    /// assumes the local currency.
    pub currency: Option<u16>,
}

impl ElementStrings<'_> {
    /// Returns the weights and measures, (310n) to (369n), in the order of the barcode.
    ///
    /// # Example
    /// ```
    /// use farr::id::gs1::Scan;
    ///
    /// let scan = Scan::parse("(01)95012617019847(3103)001250")?;
    /// let all = scan.element_strings().ok_or("no element strings")?;
    /// let weight = all.measures().next().ok_or("no measure")?;
    /// assert_eq!(weight.ai.definition().title(), "NET WEIGHT (kg)");
    /// assert_eq!(weight.number.to_string(), "1.250");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn measures(&self) -> impl Iterator<Item = Measure> + '_ {
        self.iter().filter_map(|element| {
            let ai = element.application_identifier();
            let is_measure = (3100..3700).contains(&ai.number());
            let number = is_measure.then(|| decimal(ai, element.value()))??;
            Some(Measure { ai, number })
        })
    }

    /// Returns the net weight in kilograms, (310n).
    #[must_use]
    pub fn net_weight_in_kilograms(&self) -> Option<Decimal> {
        let weight = self.measures().find(|measure| measure.ai.number() / 10 == 310);
        weight.map(|measure| measure.number)
    }

    /// Returns the amounts, (390n) to (395n), in the order of the barcode.
    ///
    /// # Example
    /// ```
    /// use farr::id::gs1::Scan;
    ///
    /// let scan = Scan::parse("(01)95012617019847(30)1(3932)8261250")?;
    /// let all = scan.element_strings().ok_or("no element strings")?;
    /// let price = all.prices().next().ok_or("no price")?;
    /// assert_eq!((price.number.to_string().as_str(), price.currency), ("12.50", Some(826)));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn prices(&self) -> impl Iterator<Item = Price> + '_ {
        self.iter().filter_map(|element| {
            let ai = element.application_identifier();
            let (currency, amount) = match ai.number() {
                3910..3920 | 3930..3940 => {
                    let (currency, amount) = element.value().split_at_checked(3)?;
                    (Some(currency.parse().ok()?), amount)
                }
                3900..3960 => (None, element.value()),
                _ => return None,
            };
            Some(Price { ai, number: decimal(ai, amount)?, currency })
        })
    }

    /// Returns the six digits of the price per unit of measure, (8005). The barcode does not say
    /// where the decimal point is.
    #[must_use]
    pub fn price_per_unit(&self) -> Option<u32> {
        self.get(8005)?.parse().ok()
    }
}

/// The number of these digits, whose last digit of the application identifier is the scale.
fn decimal(ai: ApplicationIdentifier, digits: &str) -> Option<Decimal> {
    let mantissa = content::number(digits.as_bytes())?;
    Some(Decimal { mantissa, scale: (ai.number() % 10) as u8 })
}
