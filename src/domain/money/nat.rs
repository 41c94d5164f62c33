//! Natural numbers without a limit.
//!
//! Most intermediates of an order fit into 128 bits; those that don't are carried by
//! [`Wide`]. A value has one form only: what fits into 128 bits is `Small`.
//!
//! The operations are calls, not inlined: inlined into every formula they would triple the size of
//! the package, for nothing that a bench shows.

use std::cmp::Ordering;
use std::iter::Sum;

use super::wide::Wide;

/// A natural number (0, 1, 2, …) of any size.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Nat {
    /// A number below 2¹²⁸.
    Small(u128),
    /// A number of 2¹²⁸ or more.
    Big(Wide),
}

impl Nat {
    /// Zero.
    pub const ZERO: Nat = Nat::Small(0);
    /// One.
    pub const ONE: Nat = Nat::Small(1);

    /// Ten to the power of `exponent`.
    pub fn ten_to(exponent: u32) -> Nat {
        match 10_u128.checked_pow(exponent) {
            Some(power) => Nat::Small(power),
            None => (0..exponent).fold(Nat::ONE, |power, _| power.times(&Nat::Small(10))),
        }
    }

    /// Whether the number is zero.
    pub fn is_zero(&self) -> bool {
        *self == Nat::ZERO
    }

    /// The number, where it fits into 128 bits.
    pub fn to_u128(&self) -> Option<u128> {
        match self {
            Nat::Small(value) => Some(*value),
            Nat::Big(_) => None,
        }
    }

    fn to_wide(&self) -> Wide {
        match self {
            Nat::Small(value) => Wide::from(*value),
            Nat::Big(value) => value.clone(),
        }
    }

    /// The sum.
    #[must_use]
    #[inline(never)]
    pub fn plus(&self, other: &Nat) -> Nat {
        if let (Nat::Small(a), Nat::Small(b)) = (self, other)
            && let Some(sum) = a.checked_add(*b)
        {
            return Nat::Small(sum);
        }
        Nat::from(self.to_wide().plus(&other.to_wide()))
    }

    /// The difference, or zero where `other` is the larger.
    #[must_use]
    #[inline(never)]
    pub fn minus_or_zero(&self, other: &Nat) -> Nat {
        match (self, other) {
            (Nat::Small(a), Nat::Small(b)) => Nat::Small(a.saturating_sub(*b)),
            _ if self <= other => Nat::ZERO,
            _ => Nat::from(self.to_wide().minus(&other.to_wide())),
        }
    }

    /// The product.
    #[must_use]
    #[inline(never)]
    pub fn times(&self, other: &Nat) -> Nat {
        if let (Nat::Small(a), Nat::Small(b)) = (self, other)
            && let Some(product) = multiply_small(*a, *b)
        {
            return Nat::Small(product);
        }
        Nat::from(self.to_wide().times(&other.to_wide()))
    }

    /// Quotient and remainder. Division by zero gives `(0, self)`: callers divide by numbers
    /// that are checked to be positive, and no input may reach a panic.
    #[must_use]
    #[inline(never)]
    pub fn divided_by(&self, divisor: &Nat) -> (Nat, Nat) {
        match (self, divisor) {
            (_, Nat::Small(0)) => (Nat::ZERO, self.clone()),
            (Nat::Small(a), Nat::Small(b)) => {
                let (quotient, remainder) = divide_small(*a, *b);
                (Nat::Small(quotient), Nat::Small(remainder))
            }
            (Nat::Small(_), Nat::Big(_)) => (Nat::ZERO, self.clone()),
            (Nat::Big(_), _) => {
                let (quotient, remainder) = self.to_wide().divided_by(&divisor.to_wide());
                (Nat::from(quotient), Nat::from(remainder))
            }
        }
    }

    /// The quotient, rounded up.
    #[must_use]
    #[inline(never)]
    pub fn divided_up(&self, divisor: &Nat) -> Nat {
        let (quotient, remainder) = self.divided_by(divisor);
        if remainder.is_zero() {
            quotient
        } else {
            quotient.plus(&Nat::ONE)
        }
    }

    /// The quotient, rounded half up.
    #[must_use]
    #[inline(never)]
    pub fn divided_half_up(&self, divisor: &Nat) -> Nat {
        let (quotient, remainder) = self.divided_by(divisor);
        // Twice the remainder against the divisor, without a product that might not fit.
        if remainder >= divisor.minus_or_zero(&remainder) && !remainder.is_zero() {
            quotient.plus(&Nat::ONE)
        } else {
            quotient
        }
    }
}

/// The product of two 128-bit numbers, where it fits. Most products are below 2⁶⁴, which the leading
/// zeros show; wasm has no wider multiplication, so that a check of the product itself is a call.
fn multiply_small(a: u128, b: u128) -> Option<u128> {
    if let (Ok(a), Ok(b)) = (u64::try_from(a), u64::try_from(b))
        && a.leading_zeros().saturating_add(b.leading_zeros()) >= u64::BITS
    {
        return Some(u128::from(a.wrapping_mul(b)));
    }
    a.checked_mul(b)
}

/// Quotient and remainder; 64-bit division is several times quicker, so it is used where it can be.
fn divide_small(a: u128, b: u128) -> (u128, u128) {
    if let (Ok(a), Ok(b)) = (u64::try_from(a), u64::try_from(b)) {
        let quotient = a.checked_div(b).unwrap_or(0);
        let remainder = a.checked_rem(b).unwrap_or(a);
        return (u128::from(quotient), u128::from(remainder));
    }
    let quotient = a.checked_div(b).unwrap_or(0);
    let remainder = a.wrapping_sub(quotient.wrapping_mul(b));
    (quotient, remainder)
}

impl From<u128> for Nat {
    fn from(value: u128) -> Nat {
        Nat::Small(value)
    }
}

impl From<Wide> for Nat {
    fn from(value: Wide) -> Nat {
        match value.to_u128() {
            Some(small) => Nat::Small(small),
            None => Nat::Big(value),
        }
    }
}

impl Ord for Nat {
    #[inline(never)]
    fn cmp(&self, other: &Nat) -> Ordering {
        match (self, other) {
            (Nat::Small(a), Nat::Small(b)) => a.cmp(b),
            (Nat::Small(_), Nat::Big(_)) => Ordering::Less,
            (Nat::Big(_), Nat::Small(_)) => Ordering::Greater,
            (Nat::Big(a), Nat::Big(b)) => a.cmp(b),
        }
    }
}

impl PartialOrd for Nat {
    fn partial_cmp(&self, other: &Nat) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl<'a> Sum<&'a Nat> for Nat {
    fn sum<I: Iterator<Item = &'a Nat>>(iter: I) -> Nat {
        iter.fold(Nat::ZERO, |sum, item| sum.plus(item))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// Numbers around the border of 128 bits, where a wrong carry would show.
    fn nats() -> impl Strategy<Value = Nat> {
        prop_oneof![
            any::<u64>().prop_map(|value| Nat::from(u128::from(value))),
            any::<u128>().prop_map(Nat::from),
            (any::<u128>(), any::<u128>()).prop_map(|(a, b)| Nat::from(a).times(&Nat::from(b))),
            Just(Nat::from(u128::MAX)),
            Just(Nat::ZERO),
        ]
    }

    proptest! {
        /// What the tests of `Wide` leave open: which of the two forms a number has.
        #[test]
        fn operations_undo_each_other_across_the_border(a in nats(), b in nats()) {
            prop_assert_eq!(&a.plus(&b).minus_or_zero(&b), &a);
            prop_assert_eq!(a.minus_or_zero(&b).is_zero(), a <= b);
            if !b.is_zero() {
                prop_assert_eq!(a.times(&b).divided_by(&b), (a.clone(), Nat::ZERO));
                let (quotient, remainder) = a.divided_by(&b);
                prop_assert!(remainder < b);
                prop_assert_eq!(&quotient.times(&b).plus(&remainder), &a);
                let up = if remainder.is_zero() { quotient.clone() } else { quotient.plus(&Nat::ONE) };
                prop_assert_eq!(a.divided_up(&b), up);
                let twice = a.times(&Nat::Small(2)).plus(&b).divided_by(&b.times(&Nat::Small(2))).0;
                prop_assert_eq!(a.divided_half_up(&b), twice);
            }
        }
    }

    #[test]
    fn a_division_by_zero_is_no_panic() {
        assert_eq!(Nat::ONE.divided_by(&Nat::ZERO), (Nat::ZERO, Nat::ONE));
    }
}
