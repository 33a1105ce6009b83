//! The short code of a letter: typed by hand it leads where the letter's link leads.

use crate::random::{Random, sha256};

/// The letters and figures of a code: none that looks like another.
const LETTERS: &[u8; 30] = b"ABCDEFGHJKMNPQRSTVWXYZ23456789";
/// How many of them are drawn; one more guards them against slips of the pen. 30⁹ is far above what can be tried.
const DRAWN: usize = 9;

/// A new code, as it is kept: without its hyphen.
#[must_use]
pub fn new(random: &Random) -> String {
    let mut code: String = (0..DRAWN).filter_map(|_| random.pick(LETTERS)).map(|letter| char::from(*letter)).collect();
    code.extend(check(&code));
    code
}

/// As it is printed: in two halves.
#[must_use]
pub fn printed(code: &str) -> String {
    let (one, other) = code.split_at_checked(code.len() / 2).unwrap_or((code, ""));
    format!("{one}-{other}")
}

/// The code that somebody typed, whatever its capitals, spaces and hyphens; none where it cannot be one of ours.
#[must_use]
pub fn read(typed: &str) -> Option<String> {
    let code: String = typed.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_uppercase).collect();
    let (drawn, last) = code.split_at_checked(code.len().checked_sub(1)?)?;
    (drawn.len() == DRAWN && check(drawn).is_some_and(|right| last == right.to_string())).then_some(code)
}

/// The token that a code stands for: what the letter's link carries.
#[must_use]
pub fn token(code: &str) -> String {
    sha256(&format!("code {code}"))
}

/// The guarding letter after Luhn, for an alphabet of 30: it tells every wrong letter and nearly every pair exchanged.
/// None where a letter is not one of ours. Source: ISO/IEC 7812-1 annex B, widened to N letters.
fn check(drawn: &str) -> Option<char> {
    let all = LETTERS.len();
    let mut sum = 0;
    for (place, letter) in drawn.bytes().rev().enumerate() {
        let value = LETTERS.iter().position(|known| *known == letter)? * if place % 2 == 0 { 2 } else { 1 };
        sum += value / all + value % all;
    }
    LETTERS.get((all - sum % all) % all).map(|letter| char::from(*letter))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::surveys::seal;

    #[test]
    fn a_code_is_read_however_it_is_typed() {
        let code = new(&Random::seeded(3));
        assert_eq!(code.len(), 10);
        let shown = printed(&code);
        assert_eq!((shown.len(), shown.find('-')), (11, Some(5)));
        for typed in [code.clone(), shown.clone(), shown.to_lowercase(), format!(" {} ", shown.replace('-', " "))] {
            assert_eq!(read(&typed), Some(code.clone()), "{typed}");
        }
        assert!(seal::is_token(&token(&code)));
        for wrong in ["", "-", "ABCDE", "ABCDE-FGHJK-", "éééééééééé", "0000000000", &"A".repeat(400)] {
            assert_eq!(read(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn every_single_wrong_letter_and_nearly_every_exchange_is_told() {
        let code = new(&Random::seeded(11));
        let (mut exchanges, mut missed) = (0, 0);
        for at in 0..code.len() {
            for letter in LETTERS {
                let mut wrong = code.clone().into_bytes();
                if wrong[at] != *letter {
                    wrong[at] = *letter;
                    assert_eq!(read(&String::from_utf8(wrong).unwrap()), None);
                }
            }
            let mut wrong = code.clone().into_bytes();
            if at + 1 < wrong.len() && wrong[at] != wrong[at + 1] {
                wrong.swap(at, at + 1);
                exchanges += 1;
                missed += usize::from(read(&String::from_utf8(wrong).unwrap()).is_some());
            }
        }
        assert!(exchanges >= 6 && missed <= 1, "{missed} of {exchanges}");
    }
}
