//! Looking for names that must not reach a manager's page.

/// The first of the names that a text holds as whole words, in any case.
#[must_use]
pub fn first_named<'a>(text: &str, names: &'a [String]) -> Option<&'a str> {
    let words = words(text);
    names.iter().find(|name| holds(&words, &self::words(name))).map(String::as_str)
}

fn words(text: &str) -> Vec<String> {
    text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).map(str::to_lowercase).collect()
}

fn holds(words: &[String], name: &[String]) -> bool {
    !name.is_empty() && words.windows(name.len()).any(|window| window == name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_found_whatever_stands_around_it() {
        let names = ["Odile Farthing".to_owned(), "Sol Wander".to_owned()];
        assert_eq!(first_named("I spoke to odile FARTHING, who helped.", &names), Some("Odile Farthing"));
        assert_eq!(first_named("Sol, Wander", &names), Some("Sol Wander"));
        assert_eq!(first_named("The sun wandered in.", &names), None);
        assert_eq!(first_named("", &[String::new()]), None);
    }
}
