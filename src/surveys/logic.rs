//! A condition as a form that works without script: one or two lists of lines, each about one earlier question.
//!
//! List 1 has the fields `l1` (whether all its lines must be so, or any), `l1-2` (the question that line 2 is about),
//! `l1-2-how`, `l1-2-answers` (codes) and `l1-add`; list 2 the same; `lists` says whether both must be so.

use crate::questionnaires::condition::Condition;
use crate::questionnaires::question::Question;
use crate::questionnaires::routing;
use crate::web::Form;

/// The lists of a form.
pub const LISTS: [usize; 2] = [1, 2];
/// The most lines of a list.
pub const MOST_LINES: usize = 10;
/// The value of `l1` and of `lists` when one of several is enough.
pub const ANY: &str = "any";
/// The value of `l1` and of `lists` when all must be so.
pub const ALL: &str = "all";

/// What a line says of its question.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum How {
    /// One of these answers was given.
    OneOf,
    /// None of these answers was given.
    NoneOf,
    /// It was answered, whatever the answer.
    Answered,
    /// It was left blank or not asked.
    NotAnswered,
    /// The line is to be taken out.
    Gone,
}

impl How {
    /// All, in the order of the form.
    pub const EVERY: [Self; 5] = [Self::OneOf, Self::NoneOf, Self::Answered, Self::NotAnswered, Self::Gone];

    /// The value in the form.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::OneOf => "one-of",
            Self::NoneOf => "none-of",
            Self::Answered => "answered",
            Self::NotAnswered => "not-answered",
            Self::Gone => "gone",
        }
    }

    /// The words in the form.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::OneOf => "was one of these",
            Self::NoneOf => "was none of these",
            Self::Answered => "was given, whatever it was",
            Self::NotAnswered => "was not given",
            Self::Gone => "no longer matters (take this line out)",
        }
    }

    /// Whether it needs answers ticked.
    #[must_use]
    pub const fn ticks(self) -> bool {
        matches!(self, Self::OneOf | Self::NoneOf)
    }

    fn of(code: &str) -> Option<Self> {
        Self::EVERY.into_iter().find(|how| how.code() == code)
    }
}

/// The name of the field that joins the lines of a list.
#[must_use]
pub fn join_field(list: usize) -> String {
    format!("l{list}")
}

/// The name of the field that says which question a line is about; its parts hang on it with a dash.
#[must_use]
pub fn line_field(list: usize, line: usize) -> String {
    format!("l{list}-{line}")
}

/// The questions that the lines of a list are about, in order. Lines are numbered from 1 without a gap.
#[must_use]
pub fn lines(form: &Form, list: usize) -> Vec<u16> {
    (1..=MOST_LINES).map_while(|line| form.value(&line_field(list, line)).parse().ok()).collect()
}

/// Adds a line to a list about the question chosen beside the button, or says what is wrong.
pub fn add(form: &mut Form, list: usize, before: &[Question]) {
    let field = format!("l{list}-add");
    let chosen: Option<u16> = form.value(&field).parse().ok();
    let next = lines(form, list).len() + 1;
    match before.iter().find(|question| Some(question.key) == chosen) {
        None => form.error(&field, "Choose the question that the new line is about"),
        Some(_) if next > MOST_LINES => form.error(&field, format!("A list can have at most {MOST_LINES} lines")),
        Some(question) => {
            let how = if routing::triggers(&question.kind).is_empty() { How::Answered } else { How::OneOf };
            form.set(&line_field(list, next), &question.key.to_string());
            form.set(&format!("{}-how", line_field(list, next)), how.code());
            form.set(&field, "");
        }
    }
}

/// The form without the lines that are to be taken out; those after them move up. What joins the lines is "all" until
/// somebody chooses.
#[must_use]
pub fn tidy(mut form: Form) -> Form {
    for join in LISTS.map(join_field).iter().map(String::as_str).chain(["lists"]) {
        if form.value(join).is_empty() {
            form.set(join, ALL);
        }
    }
    for list in LISTS {
        for line in (1..=MOST_LINES).rev() {
            if form.has(&format!("{}-how", line_field(list, line)), How::Gone.code()) {
                form = without(&form, list, line);
            }
        }
    }
    form
}

fn without(form: &Form, list: usize, line: usize) -> Form {
    let kept = form.fields().iter().filter_map(|(name, value)| {
        let Some((number, part)) = line_of(name, list).filter(|(number, _)| *number >= line) else {
            return Some((name.clone(), value.clone()));
        };
        (number > line).then(|| (format!("{}{part}", line_field(list, number - 1)), value.clone()))
    });
    Form::new(kept.collect())
}

/// The line a field belongs to, and the rest of its name.
fn line_of(name: &str, list: usize) -> Option<(usize, &str)> {
    let rest = name.strip_prefix(&format!("l{list}-"))?;
    let end = rest.find('-').unwrap_or(rest.len());
    let (number, part) = rest.split_at(end);
    Some((number.parse().ok()?, part))
}

/// The condition a form describes; none when it has no lines. What is wrong is said in the form, and then the
/// condition is none too.
pub fn read(form: &mut Form, before: &[Question]) -> Option<Condition> {
    let mut lists = Vec::new();
    for list in LISTS {
        let mut parts = Vec::new();
        for (at, key) in lines(form, list).into_iter().enumerate() {
            parts.extend(read_line(form, &line_field(list, at + 1), key, before));
        }
        lists.push((parts, form.value(&join_field(list)) == ANY));
    }
    let either = form.value("lists") == ANY;
    // A line that stands alone in its list, or is joined as the lists are, stands beside the other list.
    let parts =
        lists.into_iter().flat_map(
            |(parts, any): (Vec<Condition>, bool)| {
                if any == either { parts } else { joined(parts, any).into_iter().collect() }
            },
        );
    let condition = joined(parts.collect(), either);
    if form.is_valid() { condition } else { None }
}

fn read_line(form: &mut Form, field: &str, key: u16, before: &[Question]) -> Option<Condition> {
    let Some((position, question)) = before.iter().enumerate().find(|(_, question)| question.key == key) else {
        form.error(&format!("{field}-how"), "This line is about a question that does not come before. Remove it");
        return None;
    };
    let offered: Vec<u8> = routing::triggers(&question.kind).into_iter().map(|(code, _)| code).collect();
    let answers = format!("{field}-answers");
    let ticked = form.values(&answers).into_iter().filter_map(|code| code.parse::<u8>().ok());
    let codes: Vec<u8> = ticked.filter(|code| offered.contains(code)).collect();
    let said = How::of(form.value(&format!("{field}-how")));
    let Some(how) = said.filter(|how| *how != How::Gone && (!how.ticks() || !offered.is_empty())) else {
        form.error(&format!("{field}-how"), format!("Choose what must be so of question {}", position + 1));
        return None;
    };
    if how.ticks() && codes.is_empty() {
        form.error(&answers, format!("Tick at least one answer of question {}", position + 1));
        return None;
    }
    Some(match how {
        How::OneOf => Condition::Gave { question: key, codes },
        How::NoneOf => Condition::Gave { question: key, codes }.negated(),
        How::Answered => Condition::Answered { answered: key },
        How::NotAnswered | How::Gone => Condition::Answered { answered: key }.negated(),
    })
}

fn joined(mut parts: Vec<Condition>, any: bool) -> Option<Condition> {
    match parts.len() {
        0 | 1 => parts.pop(),
        _ if any => Some(Condition::Any { any: parts }),
        _ => Some(Condition::All { all: parts }),
    }
}

/// A form that describes the condition; none when it is made in a way the form cannot show.
#[must_use]
pub fn fill(condition: Option<&Condition>, before: &[Question]) -> Option<Form> {
    let mut form = Form::filled(&[("l1", ALL), ("l2", ALL), ("lists", ALL)]);
    let Some(condition) = condition else { return Some(form) };
    let (parts, any) = parts(condition);
    if parts.iter().all(|part| Line::of(part).is_some()) {
        let (first, more) = parts.split_at(parts.len().min(MOST_LINES));
        fill_list(&mut form, 1, (first, any), before)?;
        if !more.is_empty() {
            form.set("lists", if any { ANY } else { ALL });
            fill_list(&mut form, 2, (more, any), before)?;
        }
        return Some(form);
    }
    // Statements that stand beside a list within the list make a list of their own.
    let (own, nested): (Vec<&Condition>, Vec<&Condition>) =
        parts.into_iter().partition(|part| Line::of(part).is_some());
    form.set("lists", if any { ANY } else { ALL });
    match (own.as_slice(), nested.as_slice()) {
        ([], [first, second]) => {
            for (list, of) in [(1, first), (2, second)] {
                let (parts, any) = self::parts(of);
                fill_list(&mut form, list, (&parts, any), before)?;
            }
        }
        ([_, ..], [only]) => {
            fill_list(&mut form, 1, (&own, any), before)?;
            let (parts, any) = self::parts(only);
            fill_list(&mut form, 2, (&parts, any), before)?;
        }
        _ => return None,
    }
    Some(form)
}

/// A form with an empty line about a question, where a condition most likely begins.
#[must_use]
pub fn begin(question: &Question) -> Form {
    let mut form = fill(None, &[]).unwrap_or_default();
    form.set("l1-add", &question.key.to_string());
    add(&mut form, 1, std::slice::from_ref(question));
    form
}

/// The parts of a list and whether one is enough; a statement is a list of one.
fn parts(of: &Condition) -> (Vec<&Condition>, bool) {
    match of {
        Condition::All { all } => (all.iter().collect(), false),
        Condition::Any { any } => (any.iter().collect(), true),
        other => (vec![other], false),
    }
}

struct Line<'a> {
    question: u16,
    how: How,
    codes: &'a [u8],
}

impl<'a> Line<'a> {
    fn of(condition: &'a Condition) -> Option<Self> {
        let (of, is_not) = match condition {
            Condition::Not { not } => (not.as_ref(), true),
            other => (other, false),
        };
        match of {
            Condition::Gave { question, codes } => {
                let how = if is_not { How::NoneOf } else { How::OneOf };
                Some(Self { question: *question, how, codes })
            }
            Condition::Answered { answered } => {
                let how = if is_not { How::NotAnswered } else { How::Answered };
                Some(Self { question: *answered, how, codes: &[] })
            }
            _ => None,
        }
    }
}

fn fill_list(form: &mut Form, list: usize, (parts, any): (&[&Condition], bool), before: &[Question]) -> Option<()> {
    if parts.len() > MOST_LINES {
        return None;
    }
    let mut fields: Vec<(String, String)> = form.fields().to_vec();
    fields.retain(|(name, _)| *name != join_field(list));
    fields.push((join_field(list), if any { ANY } else { ALL }.to_owned()));
    for (at, part) in parts.iter().enumerate() {
        let Line { question, how, codes } = Line::of(part)?;
        let is_open = |key: u16| before.iter().any(|of| of.key == key && routing::triggers(&of.kind).is_empty());
        // Conditions on open questions named a code before there was a statement of its own for them.
        let how = match how {
            How::OneOf if is_open(question) => How::Answered,
            How::NoneOf if is_open(question) => How::NotAnswered,
            how => how,
        };
        let field = line_field(list, at + 1);
        fields.push((field.clone(), question.to_string()));
        fields.push((format!("{field}-how"), how.code().to_owned()));
        fields.extend(codes.iter().map(|code| (format!("{field}-answers"), code.to_string())));
    }
    *form = Form::new(fields);
    Some(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::questionnaires::kinds::Kind;

    fn before() -> Vec<Question> {
        let question = |key: u16, tag: &str| Question { key, ..Question::new("Q", Kind::usual(tag).unwrap()) };
        vec![question(1, "one_choice"), question(2, "several_choices"), question(5, "date")]
    }

    fn yes(key: u16) -> Condition {
        Condition::chose(key, &[0])
    }

    fn all(all: &[Condition]) -> Condition {
        Condition::All { all: all.to_vec() }
    }

    fn any(any: &[Condition]) -> Condition {
        Condition::Any { any: any.to_vec() }
    }

    #[test]
    fn every_condition_that_can_be_made_comes_back_from_its_own_form() {
        let dated = Condition::Answered { answered: 5 };
        let conditions = [
            yes(1),
            Condition::chose(2, &[0, 1]).negated(),
            dated.clone().negated(),
            all(&[yes(1), yes(2)]),
            any(&[yes(1), yes(2), dated.clone()]),
            all(&[yes(1), any(&[yes(2), dated.clone()])]),
            any(&[yes(1), dated.clone(), all(&[yes(2), yes(1).negated()])]),
            all(&[any(&[yes(1), yes(2)]), any(&[yes(1), dated.clone()])]),
            any(&vec![yes(1); MOST_LINES + 2]),
        ];
        for condition in conditions {
            let mut form = fill(Some(&condition), &before()).unwrap();
            assert_eq!(read(&mut form, &before()), Some(condition.clone()), "{condition:?} {form:?}");
        }
        assert_eq!(read(&mut fill(None, &before()).unwrap(), &before()), None);
        assert!(fill(Some(&all(&[all(&[any(&[yes(1), yes(2)]), yes(1)]), yes(2)])), &before()).is_none());
    }

    #[test]
    fn a_condition_of_old_on_an_open_question_is_shown_as_what_it_means() {
        let mut form = fill(Some(&yes(5)), &before()).unwrap();
        assert_eq!(form.value("l1-1-how"), How::Answered.code());
        assert_eq!(read(&mut form, &before()), Some(Condition::Answered { answered: 5 }));
    }

    #[test]
    fn lines_are_added_and_taken_out_with_what_was_chosen_in_the_others() {
        let mut form = fill(Some(&all(&[yes(1), Condition::chose(2, &[1])])), &before()).unwrap();
        add(&mut form, 1, &before());
        assert!(form.error_of("l1-add").is_some());
        form.set("l1-1-how", How::Gone.code());
        let mut form = tidy(form);
        form.set("l1-add", "5");
        add(&mut form, 1, &before());
        assert_eq!(lines(&form, 1), [2, 5]);
        let expected = all(&[Condition::chose(2, &[1]), Condition::Answered { answered: 5 }]);
        assert_eq!(read(&mut form, &before()), Some(expected));
    }

    #[test]
    fn what_is_missing_in_a_line_is_said_at_its_field() {
        let mut form = fill(Some(&yes(1)), &before()).unwrap();
        form.set("l1-1-answers", "77");
        assert_eq!(read(&mut form, &before()), None);
        assert_eq!(form.error_of("l1-1-answers"), Some("Tick at least one answer of question 1"));
        let mut form = fill(Some(&yes(9)), &before()).unwrap();
        assert_eq!(read(&mut form, &before()), None);
        assert!(form.error_of("l1-1-how").unwrap().contains("does not come before"));
        let mut form = fill(Some(&yes(5)), &[]).unwrap();
        form.set("l1-1-how", How::OneOf.code());
        assert_eq!(read(&mut form, &before()), None);
        assert!(form.error_of("l1-1-how").is_some());
    }
}
