//! A phone number that a person gives, so that somebody can phone them.

use crate::web::Form;

/// The most characters of a phone number, with room for words like "in the evening".
const LONGEST: usize = 60;
/// The fewest digits with which anybody can be phoned.
const FEWEST_DIGITS: usize = 7;

/// Reads the field `phone`, which may be left empty. What cannot be phoned is an error.
pub fn read(form: &mut Form) -> Option<String> {
    let phone = form.text("phone", "The phone number", LONGEST);
    if phone.is_empty() {
        return None;
    }
    if phone.chars().filter(char::is_ascii_digit).count() < FEWEST_DIGITS {
        form.error("phone", "Enter the whole phone number, like 01632 960 001");
    }
    Some(phone)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_is_whole_or_not_given() {
        for (typed, kept, good) in [
            ("", None, true),
            (" 01632 960 001 ", Some("01632 960 001"), true),
            ("+44 (0)1632 960001, evenings", Some("+44 (0)1632 960001, evenings"), true),
            ("abc", Some("abc"), false),
            ("01632", Some("01632"), false),
        ] {
            let mut form = Form::filled(&[("phone", typed)]);
            assert_eq!(read(&mut form).as_deref(), kept, "{typed}");
            assert_eq!(form.is_valid(), good, "{typed}");
        }
    }
}
