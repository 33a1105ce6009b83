//! The one place that draws chance: from the operating system, or from a seed that a test can replay.

use std::sync::{Arc, Mutex};

use rand::rngs::StdRng;
use rand::seq::SliceRandom as _;
use rand::{Rng, RngExt, SeedableRng};

/// A source of chance handed to whoever needs it.
#[derive(Clone)]
pub struct Random(Arc<Mutex<StdRng>>);

impl Random {
    /// Chance seeded by the operating system, fit for tokens.
    #[must_use]
    #[expect(clippy::disallowed_methods, reason = "the one permitted use of the system's chance")]
    pub fn system() -> Self {
        Self(Arc::new(Mutex::new(StdRng::from_rng(&mut rand::rng()))))
    }

    /// Chance that repeats for a seed: for tests and for the example landlord.
    #[must_use]
    pub fn seeded(seed: u64) -> Self {
        Self(Arc::new(Mutex::new(StdRng::seed_from_u64(seed))))
    }

    fn with<T>(&self, draw: impl FnOnce(&mut StdRng) -> T) -> T {
        draw(&mut self.0.lock().unwrap_or_else(std::sync::PoisonError::into_inner))
    }

    /// A token of 256 random bits in 64 hexadecimal digits.
    #[must_use]
    pub fn token(&self) -> String {
        let mut bytes = [0_u8; 32];
        self.with(|rng| rng.fill_bytes(&mut bytes));
        hex(&bytes)
    }

    /// A reference a person can read out: eight letters and digits without those that look alike.
    #[must_use]
    pub fn reference(&self) -> String {
        const LETTERS: &[u8] = b"ABCDEFGHJKMNPQRSTVWXYZ23456789";
        (0..8).filter_map(|_| self.pick(LETTERS)).map(|letter| char::from(*letter)).collect()
    }

    /// A random identifier for a file or a row that is named in public.
    #[must_use]
    pub fn uuid(&self) -> uuid::Uuid {
        let mut bytes = [0_u8; 16];
        self.with(|rng| rng.fill_bytes(&mut bytes));
        uuid::Builder::from_random_bytes(bytes).into_uuid()
    }

    /// Fills 16 bytes, for a password's salt.
    #[must_use]
    pub fn salt(&self) -> [u8; 16] {
        self.bytes()
    }

    /// So many random bytes: keys, and what a cipher must never use twice.
    #[must_use]
    pub fn bytes<const N: usize>(&self) -> [u8; N] {
        let mut bytes = [0_u8; N];
        self.with(|rng| rng.fill_bytes(&mut bytes));
        bytes
    }

    /// A whole number from 0 up to but not including `end`; 0 when `end` is 0.
    #[must_use]
    pub fn below(&self, end: u64) -> u64 {
        if end == 0 { 0 } else { self.with(|rng| rng.random_range(0..end)) }
    }

    /// One of the items, or none when there are none.
    #[must_use]
    pub fn pick<'a, T>(&self, items: &'a [T]) -> Option<&'a T> {
        items.get(usize::try_from(self.below(items.len() as u64)).unwrap_or(0))
    }

    /// Puts things in an order of chance.
    pub fn shuffle<T>(&self, items: &mut [T]) {
        self.with(|rng| items.shuffle(rng));
    }

    /// True with the given chance out of a hundred.
    #[must_use]
    pub fn percent(&self, chance: u64) -> bool {
        self.below(100) < chance
    }
}

/// Bytes as lower-case hexadecimal digits.
#[must_use]
pub fn hex(bytes: &[u8]) -> String {
    use std::fmt::Write as _;
    bytes.iter().fold(String::with_capacity(bytes.len() * 2), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}

/// The bytes of hexadecimal digits, in capitals or not; none where they are not pairs of such digits.
#[must_use]
pub fn from_hex(text: &str) -> Option<Vec<u8>> {
    let digit = |byte: u8| char::from(byte).to_digit(16).and_then(|digit| u8::try_from(digit).ok());
    let pair = |pair: &[u8]| match pair {
        [high, low] => Some(digit(*high)? * 16 + digit(*low)?),
        _ => None,
    };
    text.as_bytes().chunks(2).map(pair).collect()
}

/// The SHA-256 digest of a text in hexadecimal: how tokens are kept at rest.
#[must_use]
pub fn sha256(text: &str) -> String {
    use sha2::Digest as _;
    hex(&sha2::Sha256::digest(text.as_bytes()))
}
