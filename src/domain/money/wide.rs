//! Natural numbers beyond 128 bits: schoolbook arithmetic on limbs.
//!
//! Few intermediates of an order are that large, and none has more than some forty limbs; so the
//! plain algorithms are quick enough, and a tenth of the size of a library for numbers of any size.
//! The tests compare them with such a library.
#![allow(
    clippy::arithmetic_side_effects,
    clippy::indexing_slicing,
    reason = "limbs are added in 64 bits, where nothing overflows, and every index is below a length that stands beside it"
)]

use std::cmp::Ordering;

/// Bits of a limb.
const BITS: u32 = 32;

/// A natural number: limbs of 32 bits, the least first, without leading zeros.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wide(Vec<u32>);

impl Wide {
    fn trimmed(mut limbs: Vec<u32>) -> Wide {
        while limbs.last() == Some(&0) {
            limbs.pop();
        }
        Wide(limbs)
    }

    /// The number, where it fits into 128 bits.
    pub fn to_u128(&self) -> Option<u128> {
        if self.0.len() > 4 {
            return None;
        }
        let limbs = self.0.iter().rev();
        Some(limbs.fold(0, |value, limb| value << BITS | u128::from(*limb)))
    }

    /// The sum.
    #[cold]
    pub fn plus(&self, other: &Wide) -> Wide {
        let mut sum = Vec::with_capacity(self.0.len().max(other.0.len()) + 1);
        let mut carry = 0;
        for index in 0..self.0.len().max(other.0.len()) {
            carry += u64::from(self.limb(index)) + u64::from(other.limb(index));
            sum.push(low(carry));
            carry >>= BITS;
        }
        sum.push(low(carry));
        Wide::trimmed(sum)
    }

    /// The difference; `other` is not the larger.
    #[cold]
    pub fn minus(&self, other: &Wide) -> Wide {
        let mut difference = Vec::with_capacity(self.0.len());
        let mut borrow = false;
        for index in 0..self.0.len() {
            let (limb, first) = self.limb(index).overflowing_sub(other.limb(index));
            let (limb, second) = limb.overflowing_sub(u32::from(borrow));
            difference.push(limb);
            borrow = first || second;
        }
        Wide::trimmed(difference)
    }

    /// The product.
    #[cold]
    pub fn times(&self, other: &Wide) -> Wide {
        let mut product = vec![0; self.0.len() + other.0.len()];
        for (start, a) in self.0.iter().enumerate() {
            let mut carry = 0;
            for (index, b) in other.0.iter().enumerate() {
                let slot = &mut product[start + index];
                carry += u64::from(*a) * u64::from(*b) + u64::from(*slot);
                *slot = low(carry);
                carry >>= BITS;
            }
            product[start + other.0.len()] = low(carry);
        }
        Wide::trimmed(product)
    }

    /// Quotient and remainder; the divisor is not zero. (Knuth, The Art of Computer Programming,
    /// volume 2, algorithm 4.3.1 D.)
    #[cold]
    pub fn divided_by(&self, divisor: &Wide) -> (Wide, Wide) {
        let Some(top) = divisor.0.last() else {
            return (Wide(Vec::new()), self.clone());
        };
        if self < divisor {
            return (Wide(Vec::new()), self.clone());
        }
        // With the divisor's top bit set, a guess by the top limbs is at most two too large.
        let shift = top.leading_zeros();
        let divisor = divisor.shifted_left(shift);
        let mut rest = self.shifted_left(shift).0;
        rest.resize(self.0.len() + 1, 0);
        let count = divisor.0.len();
        let top = u64::from(divisor.0[count - 1]);
        let mut quotient = vec![0; rest.len() - count];
        for start in (0..quotient.len()).rev() {
            let head = u64::from(rest[start + count]) << BITS | u64::from(rest[start + count - 1]);
            let mut guess = (head / top).min(u64::from(u32::MAX));
            while !subtract_times(&mut rest[start..=start + count], &divisor.0, guess) {
                guess -= 1;
            }
            quotient[start] = low(guess);
        }
        let remainder = Wide::trimmed(rest).shifted_right(shift);
        (Wide::trimmed(quotient), remainder)
    }

    fn limb(&self, index: usize) -> u32 {
        self.0.get(index).copied().unwrap_or(0)
    }

    /// The number times 2^`bits`, for less than a limb's bits.
    fn shifted_left(&self, bits: u32) -> Wide {
        let mut carry = 0;
        let mut shifted: Vec<u32> = Vec::with_capacity(self.0.len() + 1);
        for limb in &self.0 {
            carry |= u64::from(*limb) << bits;
            shifted.push(low(carry));
            carry >>= BITS;
        }
        shifted.push(low(carry));
        Wide::trimmed(shifted)
    }

    /// The number divided by 2^`bits`, for less than a limb's bits.
    fn shifted_right(&self, bits: u32) -> Wide {
        let shifted = (0..self.0.len()).map(|index| {
            let pair = u64::from(self.limb(index + 1)) << BITS | u64::from(self.limb(index));
            low(pair >> bits)
        });
        Wide::trimmed(shifted.collect())
    }
}

/// Takes `times` × `divisor` from `rest`, which has one limb more. Where that would be negative,
/// `rest` stays as it was and the answer is false.
fn subtract_times(rest: &mut [u32], divisor: &[u32], times: u64) -> bool {
    let product = Wide(divisor.to_vec()).times(&Wide::from(u128::from(times)));
    let current = Wide::trimmed(rest.to_vec());
    if current < product {
        return false;
    }
    let difference = current.minus(&product);
    for (index, slot) in rest.iter_mut().enumerate() {
        *slot = difference.limb(index);
    }
    true
}

/// The lower half.
#[allow(
    clippy::cast_possible_truncation,
    reason = "the upper half is carried on"
)]
fn low(value: u64) -> u32 {
    value as u32
}

impl From<u128> for Wide {
    fn from(value: u128) -> Wide {
        let limbs = [0, 1, 2, 3].map(|limb| low((value >> (limb * BITS)) as u64));
        Wide::trimmed(limbs.to_vec())
    }
}

impl Ord for Wide {
    fn cmp(&self, other: &Wide) -> Ordering {
        let by_length = self.0.len().cmp(&other.0.len());
        by_length.then_with(|| self.0.iter().rev().cmp(other.0.iter().rev()))
    }
}

impl PartialOrd for Wide {
    fn partial_cmp(&self, other: &Wide) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

#[cfg(test)]
mod tests {
    use num_bigint::BigUint;
    use proptest::prelude::*;

    use super::*;

    /// Numbers up to some forty limbs, with many limbs of all zeros or all ones, where carries run on.
    fn wides() -> impl Strategy<Value = Wide> {
        let limb = prop_oneof![
            any::<u32>(),
            Just(0),
            Just(u32::MAX),
            Just(1),
            Just(1 << 31)
        ];
        prop::collection::vec(limb, 0..40).prop_map(Wide::trimmed)
    }

    fn library(number: &Wide) -> BigUint {
        BigUint::new(number.0.clone())
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(2_000))]

        #[test]
        fn every_operation_agrees_with_the_library(a in wides(), b in wides()) {
            let (wide_a, wide_b) = (library(&a), library(&b));
            prop_assert_eq!(library(&a.plus(&b)), &wide_a + &wide_b);
            prop_assert_eq!(library(&a.times(&b)), &wide_a * &wide_b);
            prop_assert_eq!(a.cmp(&b), wide_a.cmp(&wide_b));
            if a >= b {
                prop_assert_eq!(library(&a.minus(&b)), &wide_a - &wide_b);
            }
            if !b.0.is_empty() {
                let (quotient, remainder) = a.divided_by(&b);
                prop_assert_eq!(library(&quotient), &wide_a / &wide_b);
                prop_assert_eq!(library(&remainder), &wide_a % &wide_b);
            }
            // A product divides without a rest, and one more leaves it.
            let product = a.times(&b).plus(&Wide::from(1));
            if b > Wide::from(1) {
                let (quotient, remainder) = product.divided_by(&b);
                prop_assert_eq!(quotient, a);
                prop_assert_eq!(remainder, Wide::from(1));
            }
        }

        #[test]
        fn small_numbers_come_back(value in any::<u128>()) {
            prop_assert_eq!(Wide::from(value).to_u128(), Some(value));
        }
    }
}
