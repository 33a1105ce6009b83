//! What a column of a file may hold: an answer, a part of one, the number of the row, its day.

use crate::questionnaires::kinds::field::Field;
use crate::questionnaires::piping;
use crate::questionnaires::question::Question;
use crate::questionnaires::questionnaire::Questionnaire;
use crate::surveys::export::headed;

/// The code of a column that holds the number of the row, by which it is known again.
pub const ROW: &str = "row";
/// The code of a column that holds the day on which somebody answered.
pub const DAY: &str = "day";

/// Something that a column may hold.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Slot {
    /// As it is sent in forms and kept: "3", "3-1", "3-other", with the key of the question.
    pub code: String,
    /// In words.
    pub label: String,
    /// The question and the part of its field; none for the row's number and day.
    pub answers: Option<(u16, Part)>,
    /// Heads by which it is guessed, each made plain.
    heads: Vec<String>,
}

/// The part of a question's field that a column fills.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Part {
    /// All of it.
    Whole,
    /// One box to tick, by its place from nought.
    Tick(usize),
    /// One item of several on one scale, or the place of one option, by its place from nought.
    Item(usize),
    /// The words beside "Other".
    OtherWords,
}

/// Everything that a column may hold in a survey with these questions.
#[must_use]
pub fn slots(questionnaire: &Questionnaire) -> Vec<Slot> {
    let own = |code: &str, label: &str, heads: &[&str]| Slot {
        code: code.to_owned(),
        label: label.to_owned(),
        answers: None,
        heads: heads.iter().map(|head| plain(head)).collect(),
    };
    let row = own(
        ROW,
        "The number of the row",
        &["row", "id", "case", "case id", "serial", "respondent", "respondent id", "reference", "token"],
    );
    let day = own(
        DAY,
        "The day they answered",
        &["day", "date", "interview date", "date of interview", "answered on", "completed", "date completed"],
    );
    let questions = (1..).zip(questionnaire.questions());
    let answers = questions.flat_map(|(number, question)| of_question(number, question, questionnaire));
    [row, day].into_iter().chain(answers).collect()
}

fn of_question(number: usize, question: &Question, among: &Questionnaire) -> Vec<Slot> {
    let words = piping::described(&question.text, among);
    let bank = question.bank.as_ref().map(|item| item.code.as_str());
    let slot = |part: Part, code: String, name: String, about: &str| {
        let label = format!("{name}: {}", headed(&words, about));
        let mut heads = vec![name, headed(&words, about)];
        if part == Part::Whole {
            heads.extend(bank.map(str::to_owned));
        }
        Slot { code, label, answers: Some((question.key, part)), heads: heads.iter().map(|head| plain(head)).collect() }
    };
    let key = question.key;
    let whole = || slot(Part::Whole, key.to_string(), format!("q{number}"), "");
    let each = |parts: Vec<String>, part: fn(usize) -> Part| -> Vec<Slot> {
        let slots = parts
            .iter()
            .enumerate()
            .map(|(at, about)| slot(part(at), format!("{key}-{}", at + 1), format!("q{number}_{}", at + 1), about));
        slots.collect()
    };
    match question.kind.field() {
        Field::Grid { items, .. } => each(items, Part::Item),
        Field::Places { options, .. } => each(options, Part::Item),
        Field::Checkboxes(_) => std::iter::once(whole()).chain(each(question.kind.options(), Part::Tick)).collect(),
        Field::Radios(choices) => {
            let says = choices.iter().any(|choice| choice.says);
            let other =
                || slot(Part::OtherWords, format!("{key}-other"), format!("q{number}_other"), "other, in words");
            std::iter::once(whole()).chain(says.then(other)).collect()
        }
        Field::Number { .. } | Field::Date | Field::Line { .. } | Field::Paragraphs { .. } => vec![whole()],
        // A table holds no photo.
        Field::Photo(_) => Vec::new(),
    }
}

/// What each column holds by its head, as far as that can be guessed: the code of a slot, or nothing. No slot is guessed
/// twice.
#[must_use]
pub fn guess(heads: &[String], slots: &[Slot]) -> Vec<String> {
    let mut taken: Vec<&str> = Vec::new();
    let guessed = heads.iter().map(|head| {
        let head = plain(head);
        let fits =
            |slot: &&Slot| !head.is_empty() && slot.heads.contains(&head) && !taken.contains(&slot.code.as_str());
        let found = slots.iter().find(fits).map_or("", |slot| slot.code.as_str());
        taken.push(found);
        found.to_owned()
    });
    guessed.collect()
}

/// A head without capitals and signs.
fn plain(head: &str) -> String {
    head.chars().filter(|c| c.is_alphanumeric() || *c == '_').flat_map(char::to_lowercase).collect()
}
