//! Sharing an amount so that the parts sum to it.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use super::nat::Nat;

/// Shares `amount` (in minor units) in proportion to `keys` by largest remainder: every part is the
/// exact share rounded down, and the minor units left over go one each to the largest remainders,
/// the earlier of two equal ones first. Remainders are compared exactly.
///
/// The parts sum to `amount` unless all keys are zero; then there is no proportion, and all parts
/// are zero.
pub fn allocate(amount: u128, keys: &[Nat]) -> Vec<u128> {
    let sum: Nat = keys.iter().sum();
    if sum.is_zero() || amount == 0 {
        return vec![0; keys.len()];
    }
    if let Some((amount, keys, sum)) = short(amount, keys, &sum) {
        let divided = keys.into_iter().map(|key| {
            let product = amount.wrapping_mul(key);
            let part = product.checked_div(sum).unwrap_or(0);
            let remainder = product.wrapping_sub(part.wrapping_mul(sum));
            (u128::from(part), remainder)
        });
        return rounded(u128::from(amount), divided);
    }
    let whole = Nat::from(amount);
    let divided = keys.iter().map(|key| {
        let (part, remainder) = whole.times(key).divided_by(&sum);
        // A share is never larger than the amount, so it fits.
        (part.to_u128().unwrap_or(0), remainder)
    });
    rounded(amount, divided)
}

/// Amount, keys and their sum in 64 bits, where every product of amount and key fits into them: most
/// charges of most orders.
fn short(amount: u128, keys: &[Nat], sum: &Nat) -> Option<(u64, Vec<u64>, u64)> {
    let narrow = |key: &Nat| key.to_u128().and_then(|key| u64::try_from(key).ok());
    let (amount, sum) = (u64::try_from(amount).ok()?, narrow(sum)?);
    let zeros = amount.leading_zeros().saturating_add(sum.leading_zeros());
    if zeros < u64::BITS {
        return None;
    }
    let keys = keys.iter().map(narrow).collect::<Option<Vec<u64>>>()?;
    Some((amount, keys, sum))
}

/// Rounds the shares, given as quotients and remainders, so that they sum to the amount.
fn rounded<R: Ord>(amount: u128, divided: impl Iterator<Item = (u128, R)>) -> Vec<u128> {
    let mut left = amount;
    let mut parts = Vec::with_capacity(divided.size_hint().0);
    let mut remainders = Vec::with_capacity(divided.size_hint().0);
    for (index, (part, remainder)) in divided.enumerate() {
        left = left.saturating_sub(part);
        parts.push(part);
        // Of equal remainders the earlier is the larger.
        remainders.push((remainder, Reverse(index)));
    }
    let mut largest_first = BinaryHeap::from(remainders);
    while left > 0
        && let Some((_, Reverse(index))) = largest_first.pop()
    {
        if let Some(part) = parts.get_mut(index) {
            *part = part.saturating_add(1);
        }
        left = left.saturating_sub(1);
    }
    parts
}

#[cfg(test)]
#[allow(clippy::arithmetic_side_effects, reason = "a test may overflow")]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn shared(amount: u128, keys: &[u128]) -> Vec<u128> {
        let keys: Vec<Nat> = keys.iter().copied().map(Nat::from).collect();
        allocate(amount, &keys)
    }

    #[test]
    fn an_odd_cent_goes_to_the_earlier_of_equal_lines() {
        assert_eq!(shared(10, &[1, 1, 1]), [4, 3, 3]);
        assert_eq!(shared(11, &[1, 1, 1]), [4, 4, 3]);
    }

    #[test]
    fn an_odd_cent_goes_to_the_largest_remainder() {
        assert_eq!(shared(10, &[1, 2, 4]), [1, 3, 6]);
    }

    #[test]
    fn remainders_too_close_for_rounded_quotients_are_told_apart() {
        let keys = [10_u128.pow(30), 10_u128.pow(30) + 1];
        assert_eq!(shared(1, &keys), [0, 1]);
    }

    #[test]
    fn without_keys_there_is_nothing_to_share_by() {
        assert_eq!(shared(10, &[0, 0]), [0, 0]);
        assert_eq!(shared(10, &[]), Vec::<u128>::new());
    }

    proptest! {
        #[test]
        fn parts_sum_to_the_amount_and_stay_within_a_unit(
            amount in 0_u128..1_000_000_000, keys in prop::collection::vec(0_u128..u128::MAX, 1..20),
        ) {
            prop_assume!(keys.iter().any(|key| *key > 0));
            let parts = shared(amount, &keys);
            prop_assert_eq!(parts.iter().sum::<u128>(), amount);
            let sum: Nat = keys.iter().map(|key| Nat::from(*key)).collect::<Vec<_>>().iter().sum();
            for (part, key) in parts.iter().zip(&keys) {
                let (exact, _) = Nat::from(amount).times(&Nat::from(*key)).divided_by(&sum);
                let exact = exact.to_u128().unwrap_or(0);
                prop_assert!(*part == exact || *part == exact + 1);
            }
        }
    }
}
