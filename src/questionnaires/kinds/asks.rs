//! What a kind of question knows of itself. A kind says what sets it apart; what most of them share stands here.

use crate::exchange::variable::{Holds, Value, Variable};
use crate::questionnaires::answer::{Answer, Given, Wrong};
use crate::questionnaires::code_book::{self, FIRST_OPTION, NO_ANSWER, NOT_ASKED};
use crate::questionnaires::kinds::choice::{OTHER, Special};
use crate::questionnaires::kinds::facet::Facet;
use crate::questionnaires::kinds::field::{Choice, Field, Setting, SettingProblem};
use crate::statistics::counts::Counts;
use crate::statistics::joint::People;

/// How a kind stands in the register and comes out of the builder's form.
pub(super) trait Registered: Asks + Default {
    /// The tag in forms.
    const TAG: &'static str;
    /// The name for people.
    const NAME: &'static str;

    /// The settings of a form, or what is wrong with them.
    fn from_form(given: &Given<'_>) -> Result<Self, Vec<SettingProblem>>;
}

/// One kind of question with its settings.
pub(super) trait Asks {
    // For the person who builds.

    /// Which settings a person may change.
    fn offered(&self) -> &'static [Setting] {
        &[]
    }

    /// The settings as form pairs.
    fn to_form(&self) -> Vec<(String, String)> {
        Vec::new()
    }

    /// The builder's own words in the settings, each under the part that names its place: "answer-1". They can be said in
    /// another language; how many there are stays.
    fn own_words(&mut self) -> Vec<(String, &mut String)> {
        Vec::new()
    }

    // For the person who answers.

    /// What the person fills in.
    fn field(&self) -> Field;

    /// What the kind itself says of how to answer, beside the builder's hint; or nothing.
    fn how(&self) -> String {
        String::new()
    }

    /// The answer in a form, `NoAnswer` if it was left blank, or what is wrong with it.
    fn read(&self, given: &Given<'_>) -> Result<Answer, Vec<Wrong>>;

    /// What to say when a required question was left blank.
    fn missing(&self) -> String;

    /// What a required question still lacks; nothing when the answer will do.
    fn lacks(&self, answer: &Answer) -> Vec<Wrong> {
        if *answer == Answer::NoAnswer { Wrong::whole(self.missing()) } else { Vec::new() }
    }

    /// The form pairs that would give this answer again.
    fn pairs(&self, name: &str, answer: &Answer) -> Vec<(String, String)> {
        let under_name = |value: String| vec![(name.to_owned(), value)];
        match answer {
            Answer::NoAnswer => Vec::new(),
            Answer::Open(value) => under_name(value.clone()),
            Answer::Option(at) => under_name(at.to_string()),
            Answer::Other(words) => {
                vec![(name.to_owned(), OTHER.to_owned()), (format!("{name}-{OTHER}"), words.clone())]
            }
            Answer::Several(ats) => ats.iter().map(|at| (name.to_owned(), at.to_string())).collect(),
            other => Special::of(other).map(Special::value).map_or(Vec::new(), |value| under_name(value.to_owned())),
        }
    }

    /// The answer in words; none for "no answer".
    fn in_words(&self, answer: &Answer) -> String {
        if let Some(special) = Special::of(answer) {
            return special.label().to_owned();
        }
        let option = |at: &u8| self.options().into_iter().nth(usize::from(*at)).unwrap_or_default();
        match answer {
            Answer::Option(at) => option(at),
            Answer::Other(words) => format!("Other: {words}"),
            Answer::Several(ats) => ats.iter().map(option).collect::<Vec<_>>().join("; "),
            Answer::Open(value) => value.clone(),
            _ => String::new(),
        }
    }

    /// The heads of its columns in an export, each after the question's own words; one without words of its own for
    /// the answer itself.
    fn columns(&self) -> Vec<String> {
        vec![String::new()]
    }

    /// The answer in the cells of an export, one for each of its columns.
    fn cells(&self, answer: &Answer) -> Vec<String> {
        vec![self.in_words(answer)]
    }

    /// The variables of a data file: a code for what was chosen, or the words. Names and labels are what follows those of
    /// the question.
    fn variables(&self) -> Vec<Variable> {
        let options = self.options();
        let holds = if options.is_empty() { Holds::Words } else { codes(&self.field(), &options) };
        vec![Variable::new("", "", holds)]
    }

    /// The answer as it stands under each variable; none where the question was not asked.
    fn values(&self, answer: Option<&Answer>) -> Vec<Value> {
        vec![if self.options().is_empty() { open(answer) } else { Value::code(state(answer)) }]
    }

    /// The options in words, in the order of their codes; none where an answer is no option.
    fn options(&self) -> Vec<String> {
        Vec::new()
    }

    /// The groups that people fall in by this answer, in the order of its categories.
    fn groups(&self) -> Vec<String> {
        self.options()
    }

    /// Whether the choices stand in a row where there is room.
    fn is_row(&self) -> bool {
        false
    }

    // For the code book.

    /// How many bytes follow the state byte.
    fn more_bytes(&self) -> usize {
        0
    }

    /// The bytes after the state byte.
    fn more(&self, _state: u8, _answer: Option<&Answer>) -> Vec<u8> {
        vec![0; self.more_bytes()]
    }

    /// The answer behind a state byte from the first option on, the bytes after it and the open answer.
    fn stored(&self, code: u8, _more: &[u8], open: Option<&str>) -> Option<Answer> {
        if self.options().is_empty() {
            return open.map(|value| Answer::Open(value.to_owned()));
        }
        code.checked_sub(FIRST_OPTION).map(Answer::Option)
    }

    // For the figures.

    /// Nobody yet, in the categories of this question; none where nothing is counted by its code.
    fn counts(&self) -> Option<Counts> {
        None
    }

    /// The columns in which the question is counted, each in the categories of `counts`; none for open kinds.
    fn facets(&self) -> Vec<Facet> {
        self.counts().map(|_| Facet::whole()).into_iter().collect()
    }

    /// Whether the facets of everybody's answers have sums that are known, so that one of them gives another away:
    /// they are then released together and never for a group.
    fn facets_are_bound(&self) -> bool {
        false
    }

    /// Which category of `counts` a code falls in, if it belongs to the base at all.
    fn category(&self, code: u8) -> Option<usize> {
        code.checked_sub(FIRST_OPTION).map(usize::from)
    }

    /// Counts one stored answer, its state byte and the bytes after it, of so many people.
    fn tally(&self, code: u8, _more: &[u8], people: People, counts: &mut Counts) {
        match self.category(code) {
            Some(at) => counts.record_people(&[at], people),
            None => counts.record_people_outside(people),
        }
    }

    /// Whether an open answer is counted by its value, which is then a point.
    fn has_points(&self) -> bool {
        false
    }

    /// An open answer as a whole number, by which it is counted: a number in parts of its last decimal, so that it adds
    /// up without loss, a day in days; none where it is neither.
    fn point(&self, _value: &str) -> Option<i32> {
        None
    }

    /// Counts made from points, each with how many people gave it; none where points are not counted one by one.
    fn counts_of_points(&self, _points: &[(i32, People)]) -> Option<Counts> {
        None
    }

    /// What the favourable share did, in words: "were very or fairly satisfied".
    fn share_words(&self) -> Option<&'static str> {
        None
    }

    /// Whether the answers are numbers, of which a mean can be shown.
    fn is_number(&self) -> bool {
        false
    }

    /// How many decimals numbers have.
    fn decimals(&self) -> u8 {
        0
    }

    /// Whether the answers are people's own words.
    fn is_words(&self) -> bool {
        false
    }

    /// The category of those who answered in their own words instead of choosing an option.
    fn other_category(&self) -> Option<usize> {
        None
    }

    /// Whether a mean of the scores says something to people: a score they gave themselves.
    fn has_mean(&self) -> bool {
        false
    }

    /// Whether people can be divided by the answer: exactly one of a list.
    fn divides(&self) -> bool {
        false
    }
}

/// The state byte of an answer, or of a question that was not asked.
pub(super) fn state(answer: Option<&Answer>) -> u8 {
    answer.map_or(NOT_ASKED, code_book::state)
}

/// An answer in the person's own words, or nothing.
pub(super) fn open(answer: Option<&Answer>) -> Value {
    match answer {
        Some(Answer::Open(words) | Answer::Other(words)) => Value::words(words),
        _ => Value::Blank,
    }
}

/// The codes of a choice with their words: why there is no answer, what the field offers beside the options, the options.
pub(super) fn codes(field: &Field, options: &[String]) -> Holds {
    let (Field::Radios(choices) | Field::Checkboxes(choices) | Field::Grid { choices, .. }) = field else {
        return Holds::Words;
    };
    let named = |choice: &Choice| Some((i32::from(code_book::state(&answer_of(&choice.value)?)), choice.label.clone()));
    let missing = [(NOT_ASKED, "Not asked"), (NO_ANSWER, "No answer")];
    let missing = missing.map(|(code, words)| (i32::from(code), words.to_owned()));
    let options = (i32::from(FIRST_OPTION)..).zip(options.iter().cloned());
    let mut labels: Vec<(i32, String)> = missing.into_iter().chain(choices.iter().filter_map(named)).collect();
    labels.sort_unstable();
    labels.extend(options);
    Holds::Codes { labels, ordered: false }
}

/// The answer that a choice stands for which is no option.
fn answer_of(value: &str) -> Option<Answer> {
    if value == OTHER {
        return Some(Answer::Other(String::new()));
    }
    Special::ALL.into_iter().find(|special| special.value() == value).map(Special::answer)
}
