//! Dividing the people by what they answered, one column at a time.

/// A part that holds nobody who is counted.
const LEFT_OUT: u8 = u8::MAX;
/// The stratum of somebody who is not counted.
pub(super) const NOWHERE: u32 = u32::MAX;

/// A division of the people by the code in one column: each of them is in one part, or is not counted at all.
#[derive(Clone, PartialEq, Eq)]
pub struct Division {
    pub(super) column: usize,
    part_of: Vec<u8>,
    parts: u8,
}

impl Division {
    /// Divides by a column into so many parts, at most 254; `part_of` says the part of a code, none for people who are
    /// left out of every figure.
    #[must_use]
    pub fn new(column: usize, parts: usize, part_of: impl Fn(u8) -> Option<usize>) -> Self {
        let parts = u8::try_from(parts).unwrap_or(u8::MAX).clamp(1, LEFT_OUT - 1);
        let of = |code: u8| part_of(code).and_then(|part| u8::try_from(part).ok()).filter(|part| *part < parts);
        Self { column, part_of: (0..=u8::MAX).map(|code| of(code).unwrap_or(LEFT_OUT)).collect(), parts }
    }

    /// Everybody in one part.
    #[must_use]
    pub fn none() -> Self {
        Self::new(0, 1, |_| Some(0))
    }

    /// Whether not everybody is in its one part.
    pub(super) fn divides(&self) -> bool {
        self.parts > 1 || self.part_of.contains(&LEFT_OUT)
    }

    /// The part of a code.
    fn part(&self, code: u8) -> u8 {
        self.part_of.get(usize::from(code)).copied().unwrap_or(LEFT_OUT)
    }

    /// How many parts there are.
    #[must_use]
    pub fn parts(&self) -> usize {
        usize::from(self.parts)
    }
}

/// Puts each row into its part of what it was in so far.
pub(super) fn divide(strata: &mut [u32], division: &Division, codes: &[u8]) {
    for (stratum, code) in strata.iter_mut().zip(codes) {
        *stratum = within(*stratum, division, *code);
    }
}

/// The part of somebody with this code within what they were in so far.
pub(super) fn within(stratum: u32, division: &Division, code: u8) -> u32 {
    match (stratum, division.part(code)) {
        (NOWHERE, _) | (_, LEFT_OUT) => NOWHERE,
        (before, part) => before * u32::from(division.parts) + u32::from(part),
    }
}
