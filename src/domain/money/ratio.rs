//! Exact quotients: what stands between two roundings.

use std::cmp::Ordering;

use rust_decimal::Decimal;

use super::nat::Nat;

/// A non-negative fraction, kept exact. The denominator is positive; fractions aren't reduced,
/// because a few multiplications separate two roundings and a reduction costs more than it saves.
#[derive(Clone, Debug)]
pub struct Ratio {
    numerator: Nat,
    denominator: Nat,
}

impl Ratio {
    /// Zero.
    pub const ZERO: Ratio = Ratio {
        numerator: Nat::ZERO,
        denominator: Nat::ONE,
    };

    /// `numerator / denominator`. A zero denominator can't come from a checked request; it counts as one.
    pub fn new(numerator: Nat, denominator: Nat) -> Ratio {
        let denominator = if denominator.is_zero() {
            Nat::ONE
        } else {
            denominator
        };
        Ratio {
            numerator,
            denominator,
        }
    }

    /// A whole number.
    pub fn whole(value: u128) -> Ratio {
        Ratio {
            numerator: Nat::Small(value),
            denominator: Nat::ONE,
        }
    }

    /// `units / 10^decimals`: an amount in minor units as an amount.
    pub fn from_scaled(units: u128, decimals: u32) -> Ratio {
        Ratio {
            numerator: Nat::Small(units),
            denominator: Nat::ten_to(decimals),
        }
    }

    /// A percentage as a share: 5 is 1/20.
    #[inline(never)]
    pub fn percent(percent: Decimal) -> Ratio {
        Ratio::from(percent).over(&Nat::Small(100))
    }

    /// The numerator of the fraction as it stands.
    pub fn numerator(&self) -> &Nat {
        &self.numerator
    }

    /// The denominator of the fraction as it stands; positive.
    pub fn denominator(&self) -> &Nat {
        &self.denominator
    }

    /// Whether the value is zero.
    pub fn is_zero(&self) -> bool {
        self.numerator.is_zero()
    }

    /// The sum.
    #[must_use]
    #[inline(never)]
    pub fn plus(&self, other: &Ratio) -> Ratio {
        if self.denominator == other.denominator {
            return Ratio {
                numerator: self.numerator.plus(&other.numerator),
                denominator: self.denominator.clone(),
            };
        }
        let (left, right) = self.crosswise(other);
        Ratio {
            numerator: left.plus(&right),
            denominator: self.denominator.times(&other.denominator),
        }
    }

    /// The difference, or zero where `other` is the larger.
    #[must_use]
    #[inline(never)]
    pub fn minus_or_zero(&self, other: &Ratio) -> Ratio {
        let (left, right) = self.crosswise(other);
        Ratio {
            numerator: left.minus_or_zero(&right),
            denominator: self.denominator.times(&other.denominator),
        }
    }

    /// The product.
    #[must_use]
    #[inline(never)]
    pub fn times(&self, other: &Ratio) -> Ratio {
        Ratio {
            numerator: self.numerator.times(&other.numerator),
            denominator: self.denominator.times(&other.denominator),
        }
    }

    /// The product with a whole number.
    #[must_use]
    #[inline(never)]
    pub fn times_nat(&self, factor: &Nat) -> Ratio {
        Ratio {
            numerator: self.numerator.times(factor),
            denominator: self.denominator.clone(),
        }
    }

    /// The quotient. The divisor is positive in every checked request; see [`Ratio::new`].
    #[must_use]
    #[inline(never)]
    pub fn divided_by(&self, divisor: &Ratio) -> Ratio {
        Ratio::new(
            self.numerator.times(&divisor.denominator),
            self.denominator.times(&divisor.numerator),
        )
    }

    /// The quotient by a positive whole number.
    #[must_use]
    #[inline(never)]
    pub fn over(&self, divisor: &Nat) -> Ratio {
        Ratio::new(self.numerator.clone(), self.denominator.times(divisor))
    }

    /// The smallest whole number that isn't below.
    #[inline(never)]
    pub fn ceiling(&self) -> Nat {
        self.numerator.divided_up(&self.denominator)
    }

    /// Rounded up to a multiple of `step`; a step of zero leaves the value as it is.
    #[must_use]
    #[inline(never)]
    pub fn rounded_up_to(self, step: &Ratio) -> Ratio {
        if step.is_zero() {
            return self;
        }
        let steps = self.divided_by(step).ceiling();
        step.times_nat(&steps)
    }

    /// The value in units of `10^-decimals`, rounded half up (for values that aren't negative:
    /// half away from zero).
    #[inline(never)]
    pub fn rounded(&self, decimals: u32) -> Nat {
        self.scaled(decimals).divided_half_up(&self.denominator)
    }

    /// The value in units of `10^-decimals`, rounded up.
    #[inline(never)]
    pub fn rounded_up(&self, decimals: u32) -> Nat {
        self.scaled(decimals).divided_up(&self.denominator)
    }

    /// The value in units of `10^-decimals`, rounded down.
    #[inline(never)]
    pub fn rounded_down(&self, decimals: u32) -> Nat {
        self.scaled(decimals).divided_by(&self.denominator).0
    }

    fn scaled(&self, decimals: u32) -> Nat {
        self.numerator.times(&Nat::ten_to(decimals))
    }

    fn crosswise(&self, other: &Ratio) -> (Nat, Nat) {
        (
            self.numerator.times(&other.denominator),
            other.numerator.times(&self.denominator),
        )
    }
}

/// The absolute value of a decimal; everything in a checked request is zero or more.
impl From<Decimal> for Ratio {
    #[inline(never)]
    fn from(value: Decimal) -> Ratio {
        let mantissa = value.mantissa().unsigned_abs();
        let mut scale = value.scale();
        // "4.5020" is the same value as "4.502", in smaller numbers. Those of a request have 64 bits.
        let Ok(mut short) = u64::try_from(mantissa) else {
            return Ratio::from_scaled(mantissa, scale);
        };
        while scale > 0 && short.wrapping_rem(10) == 0 {
            short = short.wrapping_div(10);
            scale = scale.saturating_sub(1);
        }
        Ratio::from_scaled(short.into(), scale)
    }
}

impl Ord for Ratio {
    #[inline(never)]
    fn cmp(&self, other: &Ratio) -> Ordering {
        if self.denominator == other.denominator {
            return self.numerator.cmp(&other.numerator);
        }
        let (left, right) = self.crosswise(other);
        left.cmp(&right)
    }
}

impl PartialOrd for Ratio {
    fn partial_cmp(&self, other: &Ratio) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for Ratio {
    fn eq(&self, other: &Ratio) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}

impl Eq for Ratio {}

#[cfg(test)]
mod tests {
    use std::str::FromStr;

    use super::*;

    fn ratio(text: &str) -> Ratio {
        Ratio::from(Decimal::from_str(text).unwrap_or_default())
    }

    #[test]
    fn a_tie_is_seen_as_one() {
        // 1/3 of 0.015 is exactly half a cent.
        let third = ratio("0.015").over(&Nat::Small(3));
        assert_eq!(third.rounded(2), Nat::Small(1));
        let below = ratio("0.01499999").over(&Nat::Small(3));
        assert_eq!(below.rounded(2), Nat::ZERO);
    }

    #[test]
    fn steps_are_rounded_up_and_kept_when_met() {
        assert_eq!(ratio("12.1").rounded_up_to(&ratio("0.5")), ratio("12.5"));
        assert_eq!(ratio("12.5").rounded_up_to(&ratio("0.5")), ratio("12.5"));
        assert_eq!(ratio("12.1").rounded_up_to(&Ratio::ZERO), ratio("12.1"));
    }

    #[test]
    fn written_differently_is_the_same_value() {
        assert_eq!(ratio("4.5020"), ratio("4.502"));
        assert!(ratio("4.503") > ratio("4.5020"));
    }
}
