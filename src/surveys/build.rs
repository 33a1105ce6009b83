//! Changing the questions: one at a time, until the first answer locks them.

use crate::db::{self, Tx};
use crate::questionnaires::answer::Given;
use crate::questionnaires::kinds::Kind;
use crate::questionnaires::piping;
use crate::questionnaires::question::Question;
use crate::questionnaires::questionnaire::{self, Questionnaire};
use crate::questionnaires::sealed::Sealed;
use crate::questionnaires::sealed::kept;
use crate::questionnaires::sealed::mark::{self, Fault};
use crate::questionnaires::store as questionnaires;
use crate::questionnaires::version::Version;
use crate::surveys::files::intake::store as files;
use crate::surveys::survey::Asked;
use crate::web::Form;

/// The prefix of the fields that hold a kind's settings.
pub const SETTINGS: &str = "s";

/// Why the questions were not changed.
#[derive(Debug)]
pub enum Refused {
    /// Somebody has answered: the questions are locked.
    Locked,
    /// Somebody else changed them in the meantime.
    Meanwhile,
    /// The change would leave the questionnaire unsound.
    Unsound(questionnaire::Refused),
    /// There is no key for a sealed question of a survey that people can answer, or of which a file waits.
    NoKey,
    /// The database refused.
    Internal(db::Error),
}

impl From<db::Error> for Refused {
    fn from(error: db::Error) -> Self {
        Self::Internal(error)
    }
}

impl Refused {
    /// What to tell the person; none for a fault of the database.
    #[must_use]
    pub fn in_words(&self) -> Option<&'static str> {
        Some(match self {
            Self::Locked => {
                "People have begun to answer, so the questions are locked. Make a copy of the survey to change them"
            }
            Self::Meanwhile => {
                "Somebody else changed these questions while you were working. Look at them again, then make your change"
            }
            Self::Unsound(questionnaire::Refused::LaterReference) => {
                "A question can only depend on one that comes before it, and repeat its answer"
            }
            Self::Unsound(questionnaire::Refused::SkipsBack) => {
                "A question can only lead on to one that comes after it. Look at the question that leads here"
            }
            Self::Unsound(questionnaire::Refused::TooManySkips) => "A question can lead on in at most 5 ways",
            Self::Unsound(questionnaire::Refused::NoCondition) => {
                "This is more than one condition can hold. Make it shorter"
            }
            Self::Unsound(questionnaire::Refused::Needed) => {
                "Another question depends on this one or leads to it. Change that question first"
            }
            Self::Unsound(questionnaire::Refused::TooMany) => "A survey can have at most 100 questions",
            Self::Unsound(questionnaire::Refused::Fixed) => {
                "This is one of the regulator’s questions. It stays as it is worded, and where it stands"
            }
            Self::Unsound(questionnaire::Refused::NoSlot) => {
                "Your own questions stand after the regulator’s questions on a theme, never before or between them"
            }
            Self::Unsound(questionnaire::Refused::PastFixed) => {
                "A question of your own cannot lead past the regulator’s questions. Everybody is asked them whom they fit"
            }
            Self::Unsound(questionnaire::Refused::Sealed(fault)) => fault.in_words(),
            Self::NoKey => "The key for sealed questions cannot be read. Ask whoever runs Doorstep to look with doctor",
            Self::Unsound(questionnaire::Refused::NoSuchQuestion) => "That question is not there any more",
            Self::Internal(_) => return None,
        })
    }
}

/// Applies one change to the questions of a survey as they were read.
///
/// # Errors
/// See [`Refused`]; nothing is changed then.
pub async fn change<T>(
    tx: &mut Tx,
    asked: &Asked,
    edit: impl FnOnce(&mut Questionnaire) -> Result<T, questionnaire::Refused>,
) -> Result<T, Refused> {
    if asked.version.is_locked() {
        return Err(Refused::Locked);
    }
    let mut questions = asked.version.questionnaire.clone();
    let result = edit(&mut questions).map_err(Refused::Unsound)?;
    let waiting = if kept::any(&questions) { files::list_in_clear(tx, asked.survey.id).await? } else { Vec::new() };
    // A survey that is not published gets its key with the publishing, unless there is something to seal before.
    if (asked.survey.published_at.is_some() || !waiting.is_empty())
        && let Err(why) = kept::ready(tx, &questions).await?
    {
        tracing::warn!("a question was not sealed: {why}");
        return Err(Refused::NoKey);
    }
    if !questionnaires::replace_questions(tx, &asked.version, &questions).await? {
        return Err(Refused::Meanwhile);
    }
    let version = Version { questionnaire: questions, ..asked.version.clone() };
    for (file, content) in waiting {
        files::seal(tx, &version, file, &content).await?;
    }
    Ok(result)
}

/// Reads a question of this kind from the builder's form; none when something is wrong, which the form
/// then says. Who is asked and where it leads have
/// forms of their own, so they stay as in the question with this `key`; none for a question that is added at the end.
pub fn read_question(form: &mut Form, kind: &Kind, among: &Questionnaire, key: Option<u16>) -> Option<Question> {
    let text = form.required("text", "The question", 300, "Enter the question");
    let text = with_answers(form, "text", &text, among, key);
    let hint = form.text("hint", "The hint", 300);
    let hint = with_answers(form, "hint", &hint, among, key);
    let fields = form.fields().to_vec();
    let kind = match kind.with_settings(&Given::new(&fields, SETTINGS)) {
        Ok(kind) => Some(kind),
        Err(problems) => {
            for (setting, message) in problems {
                form.error(&format!("{SETTINGS}-{}", setting.part()), message);
            }
            None
        }
    };
    let measures = match form.value("measures") {
        "" => None,
        id => match id.parse::<i64>() {
            Ok(id) => Some(id),
            Err(_) => {
                form.error("measures", "Choose a standard from the list");
                None
            }
        },
    };
    let sealed = read_mark(form);
    let required = form.has("required", "yes");
    let divides = form.has("divides", "yes");
    let mixed = form.has("mixed", "yes");
    if !form.is_valid() {
        return None;
    }
    let kind = kind?;
    let divides = divides && kind.divides();
    let measures = measures.filter(|_| kind.measures());
    let mixed = mixed && Question::may_mix(&kind);
    let old = key.and_then(|key| among.find(key));
    let (show_if, skips) = old.map(|old| (old.show_if.clone(), old.skips.clone())).unwrap_or_default();
    let question =
        Question { key: 0, text, hint, required, kind, show_if, skips, measures, divides, mixed, bank: None, sealed };
    // By itself, so that what is wrong is said at its field.
    if let Err(fault) = mark::check_alone(&question) {
        form.error(field_of(fault), fault.in_words());
        return None;
    }
    Some(question)
}

/// The mark of a sealed question out of the form: what it is about, and why it is asked.
fn read_mark(form: &mut Form) -> Option<Sealed> {
    let category = match form.value("sealed") {
        "" => return None,
        code => code.parse().ok(),
    };
    if category.is_none() {
        form.error("sealed", "Choose what it is about from the list");
    }
    Some(Sealed { category: category?, why: form.text("why", "The reason", 300) })
}

/// The field of the form at which a fault of a sealed question is said.
const fn field_of(fault: Fault) -> &'static str {
    match fault {
        Fault::NoReason => "why",
        Fault::Required => "required",
        Fault::NoWayOut => "s-prefer-not",
        Fault::Open | Fault::Used | Fault::Needed => "sealed",
    }
}

/// A text with marks for the earlier answers that it repeats.
fn with_answers(form: &mut Form, field: &str, typed: &str, among: &Questionnaire, key: Option<u16>) -> String {
    let position = key.and_then(|key| among.position(key)).unwrap_or(among.questions().len());
    match piping::stored(typed, among, position) {
        Ok(text) => text,
        Err(message) => {
            form.error(field, message);
            String::new()
        }
    }
}

/// Fills the builder's form with a question that stands, or will stand, among these.
#[must_use]
pub fn fill(question: &Question, among: &Questionnaire) -> Form {
    let yes = |on: bool| if on { "yes" } else { "" };
    let mut fields = vec![
        ("text".to_owned(), piping::typed(&question.text, among)),
        ("hint".to_owned(), piping::typed(&question.hint, among)),
        ("required".to_owned(), yes(question.required).to_owned()),
        ("divides".to_owned(), yes(question.divides).to_owned()),
        ("mixed".to_owned(), yes(question.mixed).to_owned()),
        ("sealed".to_owned(), question.sealed.as_ref().map(|mark| mark.category.code().to_owned()).unwrap_or_default()),
        ("why".to_owned(), question.sealed.as_ref().map(|mark| mark.why.clone()).unwrap_or_default()),
        ("measures".to_owned(), question.measures.map(|id| id.to_string()).unwrap_or_default()),
    ];
    let settings = question.kind.settings_form().into_iter();
    fields.extend(settings.map(|(part, value)| (format!("{SETTINGS}-{part}"), value)));
    Form::new(fields)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::questionnaires::condition::Condition;
    use crate::questionnaires::kinds;
    use crate::questionnaires::question::Skip;

    #[test]
    fn every_kind_of_question_comes_back_from_its_own_form() {
        for (tag, _) in kinds::ALL {
            let kind = Kind::usual(tag).unwrap();
            let question = Question::new("How?", kind.clone()).hinted("Think of the last one").required();
            let mut question = question.measuring(Some(7).filter(|_| kind.measures())).shown_if(1, &[0]);
            question.mixed = Question::may_mix(&kind);
            question.skips.push(Skip { when: Condition::chose(1, &[0]), to: None });
            let mut among = Questionnaire::default();
            among.add(Question::new("First", Kind::usual("one_choice").unwrap())).unwrap();
            question.key = among.add(question.clone()).unwrap();
            let read = read_question(&mut fill(&question, &among), &kind, &among, Some(question.key));
            assert_eq!(read, Some(Question { key: 0, ..question }), "{tag}");
        }
    }

    #[test]
    fn an_answer_is_repeated_by_the_number_of_its_question() {
        let kind = Kind::usual("date").unwrap();
        let mut among = Questionnaire::default();
        let first = among.add(Question::new("Which trade?", Kind::usual("short_text").unwrap())).unwrap();
        let mut form = Form::filled(&[("text", "When was {answer 1}?"), ("hint", "Not {answer 2}")]);
        assert!(read_question(&mut form, &kind, &among, None).is_none());
        assert!(form.error_of("hint").unwrap().contains("comes before this one"), "{form:?}");
        let mut form = Form::filled(&[("text", "When was {answer 1}?")]);
        let question = read_question(&mut form, &kind, &among, None).unwrap();
        assert_eq!(question.text, format!("When was {{answer:{first}}}?"));
        assert_eq!(fill(&question, &among).value("text"), "When was {answer 1}?");
    }

    #[test]
    fn a_wrong_setting_is_said_at_its_field() {
        let kind = Kind::usual("one_choice").unwrap();
        let mut form = Form::filled(&[("text", "Which?"), ("s-options", "Only one")]);
        assert!(read_question(&mut form, &kind, &Questionnaire::default(), None).is_none());
        assert!(form.error_of("s-options").is_some());
    }
}
