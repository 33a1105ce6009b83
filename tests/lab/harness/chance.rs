//! Chance that a printed seed repeats.

use std::fmt::Write as _;

use rand::rngs::StdRng;
use rand::{Rng as _, RngExt as _, SeedableRng as _};

/// A stream of chance; each person of a test has their own, so that their order does not matter.
pub struct Chance(StdRng);

impl Chance {
    /// The stream of a seed and a number within it.
    #[must_use]
    pub fn new(seed: u64, number: u64) -> Self {
        Self(StdRng::seed_from_u64(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) ^ number))
    }

    /// A whole number from `from` up to but not including `to`.
    pub fn between(&mut self, from: u64, to: u64) -> u64 {
        self.0.random_range(from..to.max(from + 1))
    }

    /// 64 hexadecimal digits.
    pub fn key(&mut self) -> String {
        let mut bytes = [0_u8; 32];
        self.0.fill_bytes(&mut bytes);
        bytes.iter().fold(String::with_capacity(64), |mut text, byte| {
            let _ = write!(text, "{byte:02x}");
            text
        })
    }
}
