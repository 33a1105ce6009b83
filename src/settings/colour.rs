//! Colours a landlord may choose: only those that can be read.

/// A colour as red, green and blue.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Colour(pub u8, pub u8, pub u8);

/// The paper that text stands on.
pub const PAPER: Colour = Colour(0xfb, 0xf8, 0xf3);

impl Colour {
    /// Reads `#rrggbb`; none for anything else.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let digits = text.strip_prefix('#').filter(|digits| digits.len() == 6 && digits.is_ascii())?;
        let part = |at: usize| digits.get(at..at + 2).and_then(|pair| u8::from_str_radix(pair, 16).ok());
        Some(Self(part(0)?, part(2)?, part(4)?))
    }

    /// Relative luminance, 0 for black to 1 for white. Source: WCAG 2.2, "relative luminance".
    #[must_use]
    pub fn luminance(self) -> f64 {
        let linear = |channel: u8| {
            let share = f64::from(channel) / 255.0;
            if share <= 0.040_45 { share / 12.92 } else { ((share + 0.055) / 1.055).powf(2.4) }
        };
        0.2126 * linear(self.0) + 0.7152 * linear(self.1) + 0.0722 * linear(self.2)
    }

    /// Contrast ratio between 1 and 21. Source: WCAG 2.2, "contrast ratio".
    #[must_use]
    pub fn contrast(self, other: Self) -> f64 {
        let (a, b) = (self.luminance(), other.luminance());
        (a.max(b) + 0.05) / (a.min(b) + 0.05)
    }

    /// True when the colour can be read as text on paper, which also makes paper text readable on it.
    #[must_use]
    pub fn is_readable(self) -> bool {
        self.contrast(PAPER) >= 4.5
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn black_on_white_is_21() {
        assert!((Colour(0, 0, 0).contrast(Colour(255, 255, 255)) - 21.0).abs() < 1e-9);
    }

    #[test]
    fn the_default_door_colour_can_be_read_and_a_pale_one_cannot() {
        assert!(Colour::parse("#0b5d57").unwrap().is_readable());
        assert!(!Colour::parse("#f4c542").unwrap().is_readable());
        assert_eq!(Colour::parse("teal"), None);
        assert_eq!(Colour::parse("#12345"), None);
    }
}
