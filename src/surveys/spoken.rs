//! A survey as it is said in one language. The language stands in the address, "repairs.cy", and nowhere else: it is kept
//! with no draft and no answer, since in a small survey a rare language could name the person who answered.

use std::ops::Deref;

use crate::db::{self, Tx};
use crate::questionnaires::translations::store::{self, Kept};
use crate::questionnaires::translations::texts::What;
use crate::questionnaires::translations::{Line, Texts, places};
use crate::surveys::survey::{Asked, Survey};
use crate::ui::spoken::{Language, Tongue, language};

/// A survey with its questions in the words of one language.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Spoken {
    asked: Asked,
    /// The language, with what pages say in it.
    pub tongue: Tongue,
    /// What else than English people may choose.
    pub offered: Vec<&'static Language>,
}

/// What people answer is the same survey in every language.
impl Deref for Spoken {
    type Target = Asked;
    fn deref(&self) -> &Asked {
        &self.asked
    }
}

/// Stands between the name of a survey in addresses, or a personal link, and the code of a language. Neither holds one.
pub(in crate::surveys) const MARK: char = '.';

/// A part of an address without its language, and the code of the language; none for English.
#[must_use]
pub fn split(part: &str) -> (&str, Option<&str>) {
    part.split_once(MARK).map_or((part, None), |(name, code)| (name, Some(code)))
}

/// A path that ends with the name of a survey or a personal link, in a language; none for English.
#[must_use]
pub fn path_in(path: &str, language: Option<&Language>) -> String {
    let (path, _) = split(path);
    language.map_or_else(|| path.to_owned(), |language| format!("{path}{MARK}{}", language.code))
}

/// Every text of a survey that can be said in another language.
#[must_use]
pub fn lines(asked: &Asked) -> Vec<Line> {
    let survey = &asked.survey;
    let line = |place: &str, about: &str, source: &str| {
        let (place, about, source) = (place.to_owned(), about.to_owned(), source.to_owned());
        Line { place, about, source, what: What::Around }
    };
    let around = vec![
        line(TITLE, "Title", &survey.title),
        line(INTRODUCTION, "Introduction", &survey.introduction),
        line(NEXT_STEPS, "What happens next", &survey.next_steps),
    ];
    around.into_iter().chain(places::lines(&asked.version.questionnaire)).collect()
}

/// The place of the title among the texts of a survey.
pub(in crate::surveys) const TITLE: &str = "title";
const INTRODUCTION: &str = "introduction";
const NEXT_STEPS: &str = "next-steps";

/// What a language lacks before people may choose it: texts of the survey by their places, then fixed words.
#[must_use]
pub fn lacks(asked: &Asked, kept: &Kept, tongue: &Tongue) -> Vec<String> {
    let lines = lines(asked);
    let texts = kept.texts.missing(&lines, kept.language).into_iter().map(|line| line.about.clone());
    let fixed = places::fixed_words(&asked.version.questionnaire).into_iter();
    let fixed = fixed.filter(|words| tongue.say(words).is_english);
    texts.chain(fixed.map(|words| format!("Words of the pages: “{words}”"))).collect()
}

/// A language with what pages say in it: the landlord's words over those that the program brings.
///
/// # Errors
/// When the database refuses.
pub async fn tongue(tx: &mut Tx, language: &'static Language) -> Result<Tongue, db::Error> {
    let (texts, _) = store::find_phrases(tx, language).await?;
    Ok(Tongue::new(language, texts.all().map(|text| (text.from.clone(), text.words.clone()))))
}

/// The survey in the language of this code, if people may choose it; in English without a code.
///
/// # Errors
/// When the database refuses.
pub async fn load(tx: &mut Tx, asked: Asked, code: Option<&str>) -> Result<Option<Spoken>, db::Error> {
    let (mut offered, mut chosen) = (Vec::new(), None);
    for kept in store::list(tx, asked.version.id).await?.into_iter().filter(|kept| kept.offered) {
        let tongue = tongue(tx, kept.language).await?;
        if lacks(&asked, &kept, &tongue).is_empty() {
            offered.push(kept.language);
            chosen = chosen.or((code == Some(kept.language.code)).then_some((kept, tongue)));
        }
    }
    Ok(match (code, chosen) {
        (None, _) => Some(Spoken { asked, tongue: Tongue::default(), offered }),
        (Some(_), Some((kept, tongue))) => Some(Spoken { asked: said(asked, &kept.texts, &tongue), tongue, offered }),
        (Some(_), None) => None,
    })
}

/// The survey as it stands in a language, for staff who look at it before anybody may choose it. What is missing stays
/// English; none when the program does not know the language.
///
/// # Errors
/// When the database refuses.
pub async fn preview(tx: &mut Tx, asked: Asked, code: &str) -> Result<Option<Spoken>, db::Error> {
    let Some(language) = language::find(code) else { return Ok(None) };
    let kept = store::find(tx, asked.version.id, language).await?;
    let tongue = tongue(tx, language).await?;
    Ok(Some(Spoken { asked: said(asked, &kept.texts, &tongue), tongue, offered: Vec::new() }))
}

impl Spoken {
    /// A survey in English, of which nothing else is known.
    #[must_use]
    pub fn english(asked: Asked) -> Self {
        Self { asked, tongue: Tongue::default(), offered: Vec::new() }
    }

    /// The address of the survey in English, where its results are.
    #[must_use]
    pub fn english_path(&self) -> String {
        path_in(&self.survey.path(), None)
    }
}

/// The languages that staff offer and people cannot choose, each with what it lacks.
///
/// # Errors
/// When the database refuses.
pub async fn incomplete(tx: &mut Tx, asked: &Asked) -> Result<Vec<Incomplete>, db::Error> {
    let mut found = Vec::new();
    for kept in store::list(tx, asked.version.id).await?.into_iter().filter(|kept| kept.offered) {
        let tongue = tongue(tx, kept.language).await?;
        let lacks = lacks(asked, &kept, &tongue);
        if !lacks.is_empty() {
            found.push(Incomplete { language: kept.language, lacks });
        }
    }
    Ok(found)
}

/// A language that cannot be offered, and what it lacks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Incomplete {
    /// The language.
    pub language: &'static Language,
    /// What it lacks, for staff.
    pub lacks: Vec<String>,
}

impl Incomplete {
    /// What staff read: the first few of what is missing.
    #[must_use]
    pub fn in_words(&self) -> String {
        const FIRST: usize = 5;
        let first = self.lacks.iter().take(FIRST).cloned().collect::<Vec<_>>().join("; ");
        let more = match self.lacks.len().saturating_sub(FIRST) {
            0 => String::new(),
            more => format!("; and {more} more"),
        };
        format!("{} cannot be offered yet. Write what is missing: {first}{more}", self.language.english)
    }
}

fn said(mut asked: Asked, texts: &Texts, tongue: &Tongue) -> Asked {
    let lines = lines(&asked);
    let word = |place: &str, english: &str| {
        let line = lines.iter().find(|line| line.place == place);
        line.and_then(|line| texts.said(line)).unwrap_or(english).to_owned()
    };
    asked.version.questionnaire = places::said(&asked.version.questionnaire, texts);
    let survey = asked.survey;
    asked.survey = Survey {
        slug: format!("{}{MARK}{}", survey.slug, tongue.language().code),
        title: word(TITLE, &survey.title),
        introduction: word(INTRODUCTION, &survey.introduction),
        next_steps: word(NEXT_STEPS, &survey.next_steps),
        ..survey
    };
    asked
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_language_stands_at_the_end_of_a_path() {
        let welsh = language::find("cy");
        assert_eq!(path_in("/surveys/repairs", welsh), "/surveys/repairs.cy");
        assert_eq!(path_in("/surveys/repairs.ur", welsh), "/surveys/repairs.cy");
        assert_eq!(path_in("/surveys/repairs.ur", None), "/surveys/repairs");
        assert_eq!(split("repairs.cy"), ("repairs", Some("cy")));
        assert_eq!(split("repairs"), ("repairs", None));
    }
}
