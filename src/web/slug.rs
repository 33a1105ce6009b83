//! A title as the last part of a page's address.

use super::Form;

/// The most characters of a slug.
const MOST: usize = 60;

/// A title in lower-case letters and digits with single hyphens, whole words only, at most 60 characters. Apostrophes vanish: "We'll call" is `well-call`. Empty when the title has no letter or digit that an address can hold.
#[must_use]
pub fn slug(title: &str) -> String {
    let plain: String = title.to_lowercase().chars().filter(|c| !matches!(c, '\'' | '\u{2019}')).collect();
    let mut slug = String::new();
    for word in plain.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty()) {
        if slug.is_empty() {
            slug.extend(word.chars().take(MOST));
        } else if slug.len() + 1 + word.len() <= MOST {
            slug.push('-');
            slug.push_str(word);
        } else {
            break;
        }
    }
    slug
}

/// The same, with a word of its own for a title that gives nothing.
#[must_use]
pub fn slug_or(title: &str, otherwise: &str) -> String {
    let slug = slug(title);
    if slug.is_empty() { otherwise.to_owned() } else { slug }
}

/// Reads the field `slug`: what was typed, or else what the title gives. What cannot stand in an address is an error that shows `example`.
pub fn read_slug(form: &mut Form, title: &str, example: &str) -> String {
    let typed = form.text("slug", "The address", MOST);
    let chosen = if typed.is_empty() { slug(title) } else { typed };
    if (chosen != slug(&chosen) || chosen.is_empty()) && !title.is_empty() {
        form.error("slug", format!("Use small letters, digits and hyphens, like {example}"));
    }
    chosen
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn an_address_is_made_of_the_title() {
        for (title, address) in [
            ("  Repairs & you: what matters? ", "repairs-you-what-matters"),
            ("We'll answer – within 20 seconds!", "well-answer-within-20-seconds"),
            ("1.4 Tell everyone\u{2019}s neighbours", "1-4-tell-everyones-neighbours"),
            ("<script>", "script"),
            ("日本", ""),
        ] {
            assert_eq!(slug(title), address);
        }
        assert_eq!(slug_or("\u{2026}", "item"), "item");
        assert_eq!(slug(&"x".repeat(90)).len(), 60);
    }

    proptest! {
        #[test]
        fn a_slug_is_short_plain_and_its_own_slug(title in ".{0,120}") {
            let made = slug(&title);
            prop_assert!(made.len() <= MOST);
            prop_assert!(made.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-'));
            prop_assert!(!made.starts_with('-') && !made.ends_with('-') && !made.contains("--"));
            prop_assert_eq!(slug(&made), made.clone());
        }
    }
}
