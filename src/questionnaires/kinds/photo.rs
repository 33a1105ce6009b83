//! A photo, with a description in the person's own words if they like.
//!
//! The answer is the name of a kept file with those words after it. A form only carries the name of a photo that is kept
//! already: who keeps, shows and forgets the file is for whoever asks the question to say.

use serde::{Deserialize, Serialize};

use crate::exchange::variable::{Holds, Value, Variable};
use crate::questionnaires::answer::{Answer, Given, Wrong};
use crate::questionnaires::code_book::{FIRST_OPTION, NO_ANSWER, NOT_ASKED};
use crate::questionnaires::kinds::asks::{self, Asks, Registered};
use crate::questionnaires::kinds::field::{Field, SettingProblem};
use crate::questionnaires::kinds::text;

/// The most characters of a description.
pub const LONGEST: usize = 200;
/// The part of the field that carries the name of the kept file.
pub const KEPT: &str = "photo";
/// The part of the field that describes it.
pub const WORDS: &str = "words";
/// The part of the field that is ticked to have the photo taken away.
pub const AWAY: &str = "away";
/// Stands in an answer for a photo that is not here: it came on paper, or was taken out.
pub const ELSEWHERE: &str = "-";

/// How the question stands on a page. It is no part of the question and never stored.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Way {
    /// The person sends the photo themselves, and none is kept yet.
    #[default]
    Sent,
    /// The same with a photo that is kept.
    Kept(Kept),
    /// Staff say that a photo came with what somebody wrote.
    Entered,
    /// Staff listen to somebody who cannot send one: on the telephone.
    Told,
}

/// A photo that is kept, as it is shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Kept {
    /// Where its bytes are.
    pub href: String,
    /// In pixels.
    pub width: i64,
    /// In pixels.
    pub height: i64,
}

/// A photo has no settings; only the page says how it stands there.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Settings {
    /// How it stands on a page.
    #[serde(skip)]
    pub way: Way,
}

/// The answer that a photo of this name is, with what the person says of it.
#[must_use]
pub fn answer(file: &str, words: &str) -> Answer {
    Answer::Open(format!("{file} {words}").trim().to_owned())
}

/// The name of the file in an answer, if the photo is here.
#[must_use]
pub fn file(answer: &Answer) -> Option<&str> {
    match answer {
        Answer::Open(value) => parts(value).0,
        _ => None,
    }
}

/// The name of the file in a stored answer, and what the person says of it.
#[must_use]
pub fn parts(value: &str) -> (Option<&str>, &str) {
    let (file, words) = value.split_once(' ').unwrap_or((value, ""));
    if is_name(file) { (Some(file), words) } else { (None, words) }
}

/// Whether a text can be the name of a kept file.
fn is_name(text: &str) -> bool {
    text.len() == 36 && text.bytes().all(|byte| byte.is_ascii_hexdigit() || byte == b'-')
}

impl Registered for Settings {
    const TAG: &'static str = "photo";
    const NAME: &'static str = "A photo";

    fn from_form(_given: &Given<'_>) -> Result<Self, Vec<SettingProblem>> {
        Ok(Self::default())
    }
}

impl Asks for Settings {
    fn field(&self) -> Field {
        Field::Photo(self.way.clone())
    }

    fn how(&self) -> String {
        "Please do not photograph people, faces, letters or documents.".to_owned()
    }

    fn read(&self, given: &Given<'_>) -> Result<Answer, Vec<Wrong>> {
        match self.way {
            Way::Entered if given.one() == "yes" => return Ok(answer(ELSEWHERE, "")),
            Way::Entered | Way::Told => return Ok(Answer::NoAnswer),
            Way::Sent | Way::Kept(_) => {}
        }
        let words = text::read(given.part(WORDS), LONGEST, false).map_err(|message| Wrong::part(WORDS, message))?;
        let words = if let Answer::Open(words) = words { words } else { String::new() };
        match given.part(KEPT) {
            file if is_name(file) => Ok(answer(file, &words)),
            _ if words.is_empty() => Ok(Answer::NoAnswer),
            _ => Err(Wrong::whole("Add the photo that you describe, or empty the box under it")),
        }
    }

    fn missing(&self) -> String {
        "Add a photo".to_owned()
    }

    fn pairs(&self, name: &str, answer: &Answer) -> Vec<(String, String)> {
        let Answer::Open(value) = answer else { return Vec::new() };
        match parts(value) {
            (Some(file), words) => {
                let all = [(KEPT, file), (WORDS, words)].into_iter().filter(|(_, value)| !value.is_empty());
                all.map(|(part, value)| (format!("{name}-{part}"), value.to_owned())).collect()
            }
            (None, _) => vec![(name.to_owned(), "yes".to_owned())],
        }
    }

    /// Never the name of the file.
    fn in_words(&self, answer: &Answer) -> String {
        match answer {
            Answer::Open(value) => match parts(value).1 {
                "" => Self::NAME.to_owned(),
                words => format!("A photo: {words}"),
            },
            _ => String::new(),
        }
    }

    /// Whether there is one: a photo or its description could show who sent it.
    fn columns(&self) -> Vec<String> {
        vec!["a photo was sent".to_owned()]
    }

    fn cells(&self, answer: &Answer) -> Vec<String> {
        vec![if matches!(answer, Answer::Open(_)) { "Yes".to_owned() } else { String::new() }]
    }

    fn variables(&self) -> Vec<Variable> {
        let labels = [(NOT_ASKED, "Not asked"), (NO_ANSWER, "No answer"), (FIRST_OPTION, "A photo was sent")];
        let labels = labels.map(|(code, words)| (i32::from(code), words.to_owned())).to_vec();
        vec![Variable::new("", "a photo was sent", Holds::Codes { labels, ordered: false })]
    }

    fn values(&self, answer: Option<&Answer>) -> Vec<Value> {
        vec![Value::code(asks::state(answer))]
    }

    /// Once a photo is taken out, nothing but this is known of it.
    fn stored(&self, _code: u8, _more: &[u8], open: Option<&str>) -> Option<Answer> {
        Some(Answer::Open(open.unwrap_or(ELSEWHERE).to_owned()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const FILE: &str = "3f2c8a50-0000-4000-8000-00000000abcd";

    fn read(way: Way, pairs: &[(&str, &str)]) -> Result<Answer, Vec<Wrong>> {
        let pairs: Vec<(String, String)> =
            pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
        Settings { way }.read(&Given::new(&pairs, "q1"))
    }

    #[test]
    fn a_photo_is_the_name_of_a_kept_file_and_what_is_said_of_it() {
        let of = Settings::default();
        for words in ["", "The broken gate"] {
            let given = answer(FILE, words);
            let pairs = of.pairs("q1", &given);
            assert_eq!(of.read(&Given::new(&pairs, "q1")), Ok(given.clone()));
            assert_eq!(file(&given), Some(FILE));
            assert!(!of.in_words(&given).contains(FILE));
            assert_eq!(of.cells(&given), ["Yes"]);
        }
        assert_eq!(of.in_words(&answer(FILE, "The gate")), "A photo: The gate");
        assert_eq!(file(&answer(ELSEWHERE, "")), None);
        assert_eq!(of.stored(FIRST_OPTION, &[], None), Some(answer(ELSEWHERE, "")));
    }

    #[test]
    fn words_without_a_photo_are_asked_about_and_a_name_that_is_none_is_no_photo() {
        assert_eq!(read(Way::Sent, &[]), Ok(Answer::NoAnswer));
        assert_eq!(read(Way::Sent, &[("q1-photo", "../../etc/passwd")]), Ok(Answer::NoAnswer));
        assert_eq!(read(Way::Sent, &[("q1-words", "The gate")]).unwrap_err()[0].part, "");
        let long = "x".repeat(LONGEST + 1);
        assert_eq!(read(Way::Sent, &[("q1-photo", FILE), ("q1-words", &long)]).unwrap_err()[0].part, WORDS);
    }

    #[test]
    fn staff_only_say_that_one_came_and_on_the_telephone_not_even_that() {
        assert_eq!(read(Way::Entered, &[("q1", "yes"), ("q1-photo", FILE)]), Ok(answer(ELSEWHERE, "")));
        assert_eq!(read(Way::Entered, &[("q1-photo", FILE)]), Ok(Answer::NoAnswer));
        assert_eq!(read(Way::Told, &[("q1", "yes"), ("q1-photo", FILE)]), Ok(Answer::NoAnswer));
    }
}
