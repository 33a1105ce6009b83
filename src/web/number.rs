//! Numbers as people type them, and as they read them.

use std::fmt::Display;

/// A number in figures without what parts its thousands: "1,200.5" is `1200.5`. A comma or a space counts only before exactly three digits; anywhere else it may be a decimal comma or a slip, so that "7,5" is no number and never 75.
#[must_use]
pub fn plain(typed: &str) -> Option<String> {
    let typed = typed.trim();
    let (sign, figures) = typed.strip_prefix('-').map_or(("", typed), |figures| ("-", figures.trim_start()));
    let (whole, decimals) = figures.split_once('.').map_or((figures, None), |(whole, rest)| (whole, Some(rest)));
    let are_digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let mut groups = whole.split(|c: char| c == ',' || c.is_whitespace());
    let first = groups.next()?;
    let rest: Vec<&str> = groups.collect();
    let parted = first.len() <= 3 && rest.iter().all(|group| group.len() == 3 && are_digits(group));
    let sound = are_digits(first) && (rest.is_empty() || parted) && decimals.is_none_or(are_digits);
    let decimals = decimals.map_or(String::new(), |decimals| format!(".{decimals}"));
    sound.then(|| format!("{sign}{first}{}{decimals}", rest.concat()))
}

/// A whole number with its thousands parted: "1,240".
#[must_use]
pub fn grouped(number: &impl Display) -> String {
    let number = number.to_string();
    let (sign, digits) = number.strip_prefix('-').map_or(("", number.as_str()), |digits| ("-", digits));
    let mut text = sign.to_owned();
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// The address that rings a phone number; none for words that hold more than a number.
#[must_use]
pub fn tel(words: &str) -> Option<String> {
    // "+44 (0)20" is dialled without the nought.
    let number = if words.starts_with('+') { words.replace("(0)", "") } else { words.to_owned() };
    let is_number = number.chars().all(|c| c.is_ascii_digit() || matches!(c, '+' | ' ' | '-' | '(' | ')'));
    let dialled: String = number.chars().filter(|c| c.is_ascii_digit() || *c == '+').collect();
    (is_number && dialled.len() >= 3).then(|| format!("tel:{dialled}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_alone_can_be_rung() {
        assert_eq!(tel("01632 960 100").as_deref(), Some("tel:01632960100"));
        assert_eq!(tel("+44 (0)1632 960100").as_deref(), Some("tel:+441632960100"));
        for words in ["", "Phone the office", "01632 960 100, then press 2", "javascript:1"] {
            assert_eq!(tel(words), None, "{words}");
        }
    }

    #[test]
    fn whole_numbers_have_their_thousands_parted() {
        let said = [0, 12, 999, 1240, 1_000_000, -4500].map(|number| grouped(&number));
        assert_eq!(said, ["0", "12", "999", "1,240", "1,000,000", "-4,500"]);
    }

    #[test]
    fn thousands_may_be_parted_and_nothing_else() {
        for (typed, number) in
            [(" 1,200 ", "1200"), ("1 200 000.5", "1200000.5"), ("-3", "-3"), ("12000", "12000"), ("0.25", "0.25")]
        {
            assert_eq!(plain(typed).as_deref(), Some(number), "{typed}");
        }
        for typed in [
            "7,5", "7 5", "1,2000", "1200,300", ",5", "7,", "1,,200", "-", "--3", "1.2.3", "5.", ".5", "inf", "1e9", "",
        ] {
            assert_eq!(plain(typed), None, "{typed}");
        }
    }
}
