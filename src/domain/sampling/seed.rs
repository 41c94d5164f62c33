//! What a draw of cartons goes by, so that an auditor can repeat it and a supplier can't predict it.

use std::fmt;

use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::{RngCore, SeedableRng};
use serde::{Serialize, Serializer};

/// A seed of 128 bits, written as 32 hexadecimal digits.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Seed(pub [u8; 16]);

impl Seed {
    /// The seed that is written so, in capitals or small letters.
    pub fn parse(text: &str) -> Option<Seed> {
        if text.len() != 32 || !text.bytes().all(|digit| digit.is_ascii_hexdigit()) {
            return None;
        }
        let mut seed = [0; 16];
        for (index, byte) in seed.iter_mut().enumerate() {
            let start = index.checked_mul(2)?;
            let digits = text.get(start..start.checked_add(2)?)?;
            *byte = u8::from_str_radix(digits, 16).ok()?;
        }
        Some(Seed(seed))
    }
}

impl fmt::Display for Seed {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0
            .iter()
            .try_for_each(|byte| write!(formatter, "{byte:02x}"))
    }
}

impl Serialize for Seed {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

/// A draw of numbers, which is repeated like this:
///
/// - The source is the key stream of ChaCha8 in words of 32 bits, little-endian, from block 0 on. The key
///   is the 16 bytes of the seed followed by 16 zero bytes; the nonce (the stream) is 0.
/// - A number below `bound` is `word mod bound` of the next word that is below the largest multiple of
///   `bound` up to 2³². Words from there on are passed over, so that every number is as likely.
/// - Of the numbers 1 to `of`, so many are drawn by a partial Fisher–Yates shuffle: at step `i`, counted
///   from 0, the number at `i` changes places with the one at `i` + (a number below `of − i`). A word is
///   taken also where there is one number left to choose from. The first places are the draw.
/// - The lots of a plan are drawn one after the other from the same key stream.
pub(super) struct Draw(ChaCha8Rng);

impl Draw {
    pub(super) fn new(seed: Seed) -> Draw {
        let mut key = [0; 32];
        for (byte, of_seed) in key.iter_mut().zip(seed.0) {
            *byte = of_seed;
        }
        Draw(ChaCha8Rng::from_seed(key))
    }

    /// A number below `bound`, which is above 0.
    fn below(&mut self, bound: u32) -> u32 {
        let words = 1_u64 << 32;
        let passed_over = words.checked_rem(u64::from(bound)).unwrap_or(0);
        let limit = words.saturating_sub(passed_over);
        loop {
            let word = self.0.next_u32();
            if u64::from(word) < limit {
                return word.checked_rem(bound).unwrap_or(0);
            }
        }
    }

    /// So many of the numbers 1 to `of`, in ascending order.
    pub(super) fn numbers(&mut self, count: u32, of: u32) -> Vec<u32> {
        let mut numbers: Vec<u32> = (1..=of).collect();
        let mut drawn = Vec::new();
        for at in 0..count.min(of) {
            let other = at.saturating_add(self.below(of.saturating_sub(at)));
            let (at, other) = (at as usize, other as usize);
            numbers.swap(at, other);
            drawn.extend(numbers.get(at));
        }
        drawn.sort_unstable();
        drawn
    }
}
