//! People's own words, as they wrote them.

use leptos::prelude::*;

use crate::web::number::grouped;

/// A number with what it counts: "1 row", "1,240 rows".
#[must_use]
pub fn counted(count: usize, one: &str, many: &str) -> String {
    format!("{} {}", grouped(&count), if count == 1 { one } else { many })
}

/// Words as the beginning of a sentence.
#[must_use]
pub fn capital(words: &str) -> String {
    let mut letters = words.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// A text in paragraphs: an empty line begins a new one, a line break stays. Nothing in it is markup.
pub fn paragraphs(text: &str) -> AnyView {
    let blocks = text.split("\n\n").map(str::trim).filter(|block| !block.is_empty()).map(|block| {
        let lines: Vec<AnyView> = block
            .lines()
            .enumerate()
            .map(|(at, line)| {
                let line = line.to_owned();
                if at == 0 { line.into_any() } else { view! { <br/>{line} }.into_any() }
            })
            .collect();
        view! { <p class="govuk-body">{lines}</p> }
    });
    blocks.collect_view().into_any()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_has_its_word_and_its_thousands_parted() {
        for (count, words) in
            [(0, "0 rows"), (1, "1 row"), (999, "999 rows"), (1306, "1,306 rows"), (1_000_000, "1,000,000 rows")]
        {
            assert_eq!(counted(count, "row", "rows"), words);
        }
    }
}
