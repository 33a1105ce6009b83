//! The program's own phrases on the pages of people who answer, as texts that the landlord can write in any language.

use crate::questionnaires::translations::texts::What;
use crate::questionnaires::translations::{Line, Texts};
use crate::random::sha256;
use crate::ui::spoken::{Language, phrases};

/// Every phrase. Its place is made from its English: a phrase that is worded anew is a new one.
#[must_use]
pub fn lines() -> Vec<Line> {
    let line = |english: &str| Line {
        place: format!("p-{}", sha256(english).chars().take(10).collect::<String>()),
        about: format!("“{english}”"),
        source: english.to_owned(),
        what: What::Phrase,
    };
    phrases::all().map(line).collect()
}

/// What there is in a language: the landlord's own words over those that the program brings.
#[must_use]
pub fn with_built_in(own: &Texts, language: &Language) -> Texts {
    let built_in: Vec<(String, String)> = phrases::built_in(language.code).collect();
    let mut all = own.clone();
    for line in lines().iter().filter(|line| own.words(line).is_none()) {
        if let Some((_, words)) = built_in.iter().find(|(english, _)| *english == line.source) {
            all.put(line, words);
        }
    }
    all
}

/// The landlord's own words among all there are: those that are other than the program's.
#[must_use]
pub fn own(all: &Texts, language: &Language) -> Texts {
    let built_in = with_built_in(&Texts::default(), language);
    let mut own = Texts::default();
    for line in lines().iter().filter(|line| all.words(line) != built_in.words(line)) {
        own.put(line, all.words(line).unwrap_or_default());
    }
    own
}

/// How many phrases have words in a language, of how many.
#[must_use]
pub fn written(own: &Texts, language: &Language) -> (usize, usize) {
    let (all, lines) = (with_built_in(own, language), lines());
    (lines.iter().filter(|line| all.words(line).is_some()).count(), lines.len())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ui::spoken::language;

    #[test]
    fn a_phrase_has_a_place_of_its_own() {
        let mut places: Vec<String> = lines().into_iter().map(|line| line.place).collect();
        places.sort();
        places.dedup();
        assert_eq!(places.len(), lines().len());
    }

    #[test]
    fn only_words_of_the_landlords_own_are_kept() {
        let welsh = language::find("cy").unwrap();
        assert_eq!(written(&Texts::default(), welsh).0, lines().len());
        let mut all = with_built_in(&Texts::default(), welsh);
        assert_eq!(own(&all, welsh), Texts::default());
        let back = lines().into_iter().find(|line| line.source == "Back").unwrap();
        all.put(&back, "Nôl");
        let kept = own(&all, welsh);
        assert_eq!((kept.words(&back), kept.all().count()), (Some("Nôl"), 1));
        assert_eq!(with_built_in(&kept, welsh).words(&back), Some("Nôl"));
    }
}
