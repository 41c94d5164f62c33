//! Natural numbers without a limit.
//!
//! Most intermediates of an order fit into 128 bits; those that don't are carried by
//! [`num_bigint::BigUint`]. A value has one form only: what fits into 128 bits is `Small`.
//!
//! The operations are calls, not inlined: inlined into every formula they would triple the size of
//! the package, for nothing that a bench shows.

use std::cmp::Ordering;
use std::iter::Sum;

use num_bigint::BigUint;

/// A natural number (0, 1, 2, …) of any size.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Nat {
    /// A number below 2¹²⁸.
    Small(u128),
    /// A number of 2¹²⁸ or more.
    Big(BigUint),
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
            None => Nat::Big(BigUint::from(10_u8).pow(exponent)),
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

    fn to_big(&self) -> BigUint {
        match self {
            Nat::Small(value) => BigUint::from(*value),
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
        wide::add(self, other)
    }

    /// The difference, or zero where `other` is the larger.
    #[must_use]
    #[inline(never)]
    pub fn minus_or_zero(&self, other: &Nat) -> Nat {
        match (self, other) {
            (Nat::Small(a), Nat::Small(b)) => Nat::Small(a.saturating_sub(*b)),
            _ if self <= other => Nat::ZERO,
            _ => wide::subtract(self, other),
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
        wide::multiply(self, other)
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
            (Nat::Big(_), _) => wide::divide(self, divisor),
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

/// The product of two 128-bit numbers, where it fits. Most factors are below 2⁶⁴, whose product
/// needs no check.
fn multiply_small(a: u128, b: u128) -> Option<u128> {
    match (u64::try_from(a), u64::try_from(b)) {
        (Ok(a), Ok(b)) => u128::from(a).checked_mul(u128::from(b)),
        _ => a.checked_mul(b),
    }
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

/// Arithmetic of unlimited numbers; the only place with plain operators. Kept out of the callers'
/// code, which few numbers leave.
#[allow(
    clippy::arithmetic_side_effects,
    reason = "BigUint grows instead of overflowing; the callers exclude a negative difference and a zero divisor"
)]
mod wide {
    use super::Nat;

    #[cold]
    #[inline(never)]
    pub fn add(a: &Nat, b: &Nat) -> Nat {
        Nat::from(a.to_big() + b.to_big())
    }

    #[cold]
    #[inline(never)]
    pub fn subtract(a: &Nat, b: &Nat) -> Nat {
        Nat::from(a.to_big() - b.to_big())
    }

    #[cold]
    #[inline(never)]
    pub fn multiply(a: &Nat, b: &Nat) -> Nat {
        Nat::from(a.to_big() * b.to_big())
    }

    #[cold]
    #[inline(never)]
    pub fn divide(a: &Nat, b: &Nat) -> (Nat, Nat) {
        let (a, b) = (a.to_big(), b.to_big());
        (Nat::from(&a / &b), Nat::from(a % b))
    }
}

impl From<u128> for Nat {
    fn from(value: u128) -> Nat {
        Nat::Small(value)
    }
}

impl From<BigUint> for Nat {
    fn from(value: BigUint) -> Nat {
        match u128::try_from(&value) {
            Ok(small) => Nat::Small(small),
            Err(_) => Nat::Big(value),
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
#[allow(
    clippy::arithmetic_side_effects,
    reason = "BigUint grows instead of overflowing"
)]
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
        #[test]
        fn every_operation_agrees_with_unlimited_numbers(a in nats(), b in nats()) {
            let (wide_a, wide_b) = (a.to_big(), b.to_big());
            prop_assert_eq!(a.plus(&b), Nat::from(&wide_a + &wide_b));
            prop_assert_eq!(a.times(&b), Nat::from(&wide_a * &wide_b));
            prop_assert_eq!(a.cmp(&b), wide_a.cmp(&wide_b));
            let difference = if wide_a > wide_b { &wide_a - &wide_b } else { BigUint::ZERO };
            prop_assert_eq!(a.minus_or_zero(&b), Nat::from(difference));
            if !b.is_zero() {
                let (quotient, remainder) = a.divided_by(&b);
                prop_assert_eq!(quotient, Nat::from(&wide_a / &wide_b));
                prop_assert_eq!(remainder, Nat::from(&wide_a % &wide_b));
                let twice = (&wide_a * 2_u8 + &wide_b) / (&wide_b * 2_u8);
                prop_assert_eq!(a.divided_half_up(&b), Nat::from(twice));
                prop_assert_eq!(a.divided_up(&b), Nat::from((&wide_a + &wide_b - 1_u8) / &wide_b));
            }
        }
    }

    #[test]
    fn a_division_by_zero_is_no_panic() {
        assert_eq!(Nat::ONE.divided_by(&Nat::ZERO), (Nat::ZERO, Nat::ONE));
    }
}
