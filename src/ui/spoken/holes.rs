//! Phrases with holes: "Enter a number from {n} to {most}". What stands in the holes of a finished sentence is found again,
//! so that the sentence can be said in another language.

/// A phrase in pieces: words and holes in turns, words first and last.
struct Cut<'a> {
    words: Vec<&'a str>,
    holes: Vec<&'a str>,
}

/// Holes in which a number stands: anything else in their place is another sentence.
const NUMBERS: [&str; 5] = ["n", "most", "least", "day", "year"];

fn cut(phrase: &str) -> Cut<'_> {
    let (mut words, mut holes, mut from, mut rest_at) = (Vec::new(), Vec::new(), 0, 0);
    while let Some(open) = phrase.get(rest_at..).and_then(|rest| rest.find('{')).map(|at| at + rest_at) {
        let inside = phrase.get(open + 1..).unwrap_or_default();
        let name = inside.split_once('}').map(|(name, _)| name).filter(|name| is_name(name));
        rest_at = open + 1;
        if let Some(name) = name {
            words.push(phrase.get(from..open).unwrap_or_default());
            holes.push(name);
            from = open + name.len() + 2;
            rest_at = from;
        }
    }
    words.push(phrase.get(from..).unwrap_or_default());
    Cut { words, holes }
}

fn is_name(name: &str) -> bool {
    !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_lowercase())
}

/// The names of the holes of a phrase, in order.
#[must_use]
pub fn names(phrase: &str) -> Vec<&str> {
    cut(phrase).holes
}

/// The phrase with its holes filled; a hole for which there is nothing stays.
#[must_use]
pub fn filled<F: AsRef<str>>(phrase: &str, fills: &[(&str, F)]) -> String {
    let Cut { words, holes } = cut(phrase);
    let mut said = String::with_capacity(phrase.len());
    for (at, words) in words.iter().enumerate() {
        said.push_str(words);
        let Some(name) = holes.get(at) else { continue };
        match fills.iter().find(|(filled, _)| filled == name) {
            Some((_, value)) => said.push_str(value.as_ref()),
            None => said.push_str(&format!("{{{name}}}")),
        }
    }
    said
}

/// What stands in the holes of a finished sentence, if it is this phrase.
#[must_use]
pub fn found<'a, 'b>(phrase: &'a str, sentence: &'b str) -> Option<Vec<(&'a str, &'b str)>> {
    let Cut { words, holes } = cut(phrase);
    let (first, last) = (words.first()?, words.last()?);
    let mut rest = sentence.strip_prefix(first)?;
    let mut fills = Vec::new();
    for (at, name) in holes.iter().enumerate() {
        let after = words.get(at + 1)?;
        let (value, behind) = if at + 1 == holes.len() {
            (rest.strip_suffix(last)?, "")
        } else {
            rest.split_once(after).filter(|_| !after.is_empty())?
        };
        let fits = !value.is_empty() && (!NUMBERS.contains(name) || is_number(value));
        fills.push((*name, Some(value).filter(|_| fits)?));
        rest = behind;
    }
    (!fills.is_empty()).then_some(fills)
}

fn is_number(words: &str) -> bool {
    words.bytes().any(|byte| byte.is_ascii_digit())
        && words.bytes().all(|byte| byte.is_ascii_digit() || matches!(byte, b'.' | b',' | b'-' | b':'))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn what_was_filled_in_is_found_again() {
        let phrase = "Enter a number from {n} to {most}";
        assert_eq!(names(phrase), ["n", "most"]);
        assert_eq!(found(phrase, "Enter a number from -3 to 1,200"), Some(vec![("n", "-3"), ("most", "1,200")]));
        assert_eq!(found(phrase, "Enter a number from one to ten"), None);
        assert_eq!(found(phrase, "Enter a number"), None);
        assert_eq!(filled("{most} – {n} {x}", &[("n", "1"), ("most", "2")]), "2 – 1 {x}");
        assert_eq!(names("{} {A} {answer:3} {n"), Vec::<&str>::new());
    }

    #[test]
    fn a_sentence_that_ends_otherwise_is_another_one() {
        assert_eq!(found("Choose a place for “{item}”", "Choose a place for “Beds” now"), None);
        assert_eq!(found("Choose a place for “{item}”", "Choose a place for “a ”b”"), Some(vec![("item", "a ”b")]));
    }

    proptest! {
        #[test]
        fn any_item_comes_back(item in "[a-z “”{}é]{1,12}", n in 0_u32..5000) {
            let phrase = "“{item}” of {n} things";
            let sentence = filled(phrase, &[("item", item.clone()), ("n", n.to_string())]);
            let back = found(phrase, &sentence).map(|fills| fills.iter().map(|(_, value)| (*value).to_owned()).collect::<Vec<_>>());
            // An item that itself holds the words of the phrase is cut early, and then the number is none.
            prop_assert!(item.contains("” of ") || back == Some(vec![item, n.to_string()]));
        }
    }
}
