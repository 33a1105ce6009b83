//! The survey of the file into questions of ours, one after the other, with everything that is lost written down.

use super::html;
use super::kinds::{self, Asks, Made, Says};
use super::names::{Names, Target};
use super::source::{Group, Part, Question as Old, Source};
use super::{Carried, Left, relevance};
use crate::questionnaires::code_book::FIRST_OPTION;
use crate::questionnaires::condition::Condition;
use crate::questionnaires::kinds::Kind;
use crate::questionnaires::question::Question;
use crate::questionnaires::questionnaire::{MOST_QUESTIONS, Questionnaire, Refused};

/// The most characters of a question and of its hint.
const LONGEST_TEXT: usize = 300;
const LONGEST_INTRODUCTION: usize = 2_000;
const LONGEST_NEXT_STEPS: usize = 1_000;
const LONGEST_TITLE: usize = 120;

/// Settings of a question that change what people see or may answer, and that none of ours has.
const WITHOUT_COUNTERPART: [(&str, &str); 8] = [
    ("array_filter", "Which of its answers are shown hung on an earlier question. All of them are shown now"),
    ("array_filter_exclude", "Which of its answers are shown hung on an earlier question. All of them are shown now"),
    ("em_validation_q", "Its own check of the answer was left out"),
    ("em_validation_sq", "Its own check of each part was left out"),
    ("preg", "Its own check of the answer was left out"),
    ("random_group", "Its place was drawn by chance. It stands where it stands in the file now"),
    ("time_limit", "Its time limit was left out"),
    ("exclude_all_others", "One of its answers ruled out all others. It can be chosen beside them now"),
];

pub(super) fn carry(source: &Source) -> Carried {
    let mut work = Work::default();
    let title = work.text("The survey’s title", &source.title, LONGEST_TITLE).replace('\n', " ");
    work.introduction = [&source.description, &source.welcome]
        .map(|html| work.text("The survey’s welcome", html, LONGEST_INTRODUCTION))
        .into_iter()
        .filter(|words| !words.is_empty())
        .collect();
    let next_steps = work.text("The survey’s end", &source.end, LONGEST_NEXT_STEPS);
    if !source.others.is_empty() {
        let others = source.others.join(", ");
        let why =
            format!("The texts in “{}” were taken. Those in other languages ({others}) were left out", source.language);
        work.note("The survey", why);
    }
    if source.has_quotas {
        work.note("The survey", "Its quotas were left out");
    }
    if source.defaults > 0 {
        work.note("The survey", "Answers filled in beforehand were left out");
    }
    for group in &source.groups {
        work.group(group);
    }
    if let Some(words) = work.waiting.take() {
        work.note("The last text", format!("It stands before no question and was left out: “{}”", short(&words)));
    }
    let (introduction, cut) = html::cut(&work.introduction.join("\n"), LONGEST_INTRODUCTION);
    if cut {
        work.note("The introduction", format!("It was cut to {LONGEST_INTRODUCTION} characters"));
    }
    Carried { title, introduction, next_steps, questionnaire: work.of, left: work.left }
}

#[derive(Default)]
struct Work {
    of: Questionnaire,
    names: Names,
    introduction: Vec<String>,
    /// A text of the file that stands before the next question.
    waiting: Option<String>,
    left: Vec<Left>,
}

impl Work {
    fn note(&mut self, place: &str, why: impl Into<String>) {
        self.left.push(Left::new(place, why));
    }

    /// A text as plain words of so many characters at most.
    fn text(&mut self, place: &str, html: &str, most: usize) -> String {
        let plain = html::plain(html);
        if plain.lost {
            self.note(place, "A picture, a link or a script in its text was left out");
        }
        let (words, expressions) = self.without_expressions(&plain.words);
        if expressions > 0 {
            self.note(place, "What its text works out by itself, in curly brackets, was left out");
        }
        let (words, cut) = html::cut(&words, most);
        if cut {
            self.note(place, format!("Its text was cut to {most} characters"));
        }
        words
    }

    /// The words with earlier answers named as we name them, and how many other expressions were left out.
    fn without_expressions(&self, words: &str) -> (String, usize) {
        let (mut out, mut lost, mut rest) = (String::new(), 0, words);
        while let Some((before, after)) = rest.split_once('{') {
            out.push_str(before);
            let Some((inside, behind)) = after.split_once('}').filter(|_| !after.starts_with(' ')) else {
                out.push('{');
                rest = after;
                continue;
            };
            match self.names.find(inside.trim()) {
                Some(target) => out.push_str(&format!("{{answer:{}}}", target.key())),
                None => lost += 1,
            }
            rest = behind;
        }
        out.push_str(rest);
        (out.trim().to_owned(), lost)
    }

    fn group(&mut self, group: &Group) {
        let name = html::plain(&group.name).words.replace('\n', " ");
        let place = format!("Group “{}”", short(&name));
        let description = html::plain(&group.description).words;
        if !description.is_empty() {
            self.note(
                &place,
                format!("Its description was left out, as there are no groups here: “{}”", short(&description)),
            );
        }
        let asked = relevance::read(&group.relevance, &self.names).unwrap_or_else(|why| {
            let why = format!("Who is asked its questions could not be taken over, so that everybody is: {why}");
            self.note(&place, why);
            None
        });
        for question in &group.questions {
            self.question(question, asked.as_ref());
        }
    }

    fn question(&mut self, old: &Old, asked_of_group: Option<&Condition>) {
        let place = format!("Question {}", old.title);
        if old.attributes.get("hidden").is_some_and(|hidden| hidden == "1") {
            return self.note(&place, "It was hidden from everybody and was left out");
        }
        if old.kind == "X" {
            return self.boilerplate(&place, old, asked_of_group.is_some());
        }
        let mut notes = Vec::new();
        let made = match kinds::made(old, &mut notes) {
            Ok(made) => made,
            Err(why) => {
                let words = html::plain(&old.text).words.replace('\n', " ");
                return self.note(&place, format!("It was left out. {why}: “{}”", short(&words)));
            }
        };
        let missing = WITHOUT_COUNTERPART
            .iter()
            .filter(|(name, _)| old.attributes.get(*name).is_some_and(|value| !value.is_empty() && value != "0"));
        notes.extend(missing.map(|(_, why)| (*why).to_owned()));
        if old.mandatory == "S" {
            notes.push("Leaving it blank was asked about once. It may be left blank now".to_owned());
        }
        let asked = self.asked(&place, old, asked_of_group);
        let text = self.text(&place, &old.text, LONGEST_TEXT).replace('\n', " ");
        let hint = self.hint(&place, old);
        let question = |text: String, kind: &Kind| {
            let mixed = ["random_order", "answer_order"]
                .iter()
                .any(|name| old.attributes.get(*name).is_some_and(|value| value == "1" || value == "random"));
            let new = Question::new(text, kind.clone()).hinted(hint.clone());
            let new = if old.mandatory == "Y" { new.required() } else { new };
            Question { show_if: asked.clone(), mixed: mixed && Question::may_mix(kind), ..new }
        };
        match made {
            Made::One(asks) => {
                let text = if text.is_empty() { old.title.clone() } else { text };
                if let Some(key) = self.add(&place, question(text, &asks.kind)) {
                    self.name(old, key, &asks);
                }
            }
            Made::Each(parts) => {
                let many = parts.len();
                notes.push(format!("It became {many} questions, one for each of its parts"));
                for (part, asks) in parts {
                    let (text, _) = html::cut(&with_part(&text, &part), LONGEST_TEXT);
                    let key = self.add(&place, question(text, &asks.kind));
                    if let Some(target) = key.and_then(|key| target(key, &asks)) {
                        self.names.add_part(old, &part.code, &target);
                    }
                }
            }
        }
        for why in notes {
            self.note(&place, why);
        }
    }

    /// A text that asks nothing: it goes into the introduction, or into the hint of the question after it.
    fn boilerplate(&mut self, place: &str, old: &Old, is_conditional: bool) {
        let words = self.text(place, &old.text, LONGEST_INTRODUCTION);
        if is_conditional || !matches!(old.relevance.trim(), "" | "1") {
            self.note(place, "It was shown to some people only. Everybody reads it now");
        }
        if self.of.questions().is_empty() {
            return self.introduction.push(words);
        }
        if let Some(earlier) = self.waiting.replace(words) {
            self.note(place, format!("The text before it was left out: “{}”", short(&earlier)));
        }
    }

    fn hint(&mut self, place: &str, old: &Old) -> String {
        let help = self.text(place, &old.help, LONGEST_TEXT).replace('\n', " ");
        let Some(before) = self.waiting.take() else { return help };
        let both = format!("{} {help}", before.replace('\n', " "));
        let (hint, cut) = html::cut(both.trim(), LONGEST_TEXT);
        let why = if cut { " and was cut there" } else { "" };
        self.note(place, format!("The text before it stands in its hint now{why}"));
        hint
    }

    /// Who is asked: those of the group of whom the question's own equation is so too.
    fn asked(&mut self, place: &str, old: &Old, of_group: Option<&Condition>) -> Option<Condition> {
        let own = relevance::read(&old.relevance, &self.names).unwrap_or_else(|why| {
            self.note(place, format!("Who is asked could not be taken over, so that everybody is: {why}"));
            None
        });
        match (of_group.cloned(), own) {
            (Some(group), Some(own)) => Some(Condition::All { all: vec![group, own] }),
            (group, own) => group.or(own),
        }
    }

    fn add(&mut self, place: &str, question: Question) -> Option<u16> {
        let refused = match self.of.add(question.clone()) {
            Ok(key) => return Some(key),
            Err(Refused::TooMany) => {
                self.note(place, format!("It was left out: a survey has at most {MOST_QUESTIONS} questions"));
                return None;
            }
            Err(refused) => refused,
        };
        if refused == Refused::NoCondition {
            self.note(place, "Who is asked could not be taken over, so that everybody is: the condition is too long");
        }
        let (text, hint) = (unmarked(&question.text), unmarked(&question.hint));
        self.of.add(Question { show_if: None, text, hint, ..question }).ok()
    }

    fn name(&mut self, old: &Old, key: u16, asks: &Asks) {
        if let Says::Ticks(codes) = &asks.says {
            for (code, of) in (FIRST_OPTION..).zip(codes) {
                self.names.add_part(old, of, &Target::Tick { key, code });
            }
        }
        if let Some(target) = target(key, asks) {
            self.names.add(old, &target);
        }
    }
}

/// What the name of a question stands for, if it can be said anything of.
fn target(key: u16, asks: &Asks) -> Option<Target> {
    match &asks.says {
        Says::OneOf { codes, other } => Some(Target::one_of(key, codes.clone(), *other)),
        Says::Ticks(_) | Says::Open => Some(Target::Open { key }),
        Says::Nothing => None,
    }
}

/// A question about one part of what was one question.
fn with_part(text: &str, part: &Part) -> String {
    let about = html::plain(&part.text).words.replace('\n', " ");
    match (text.is_empty(), about.is_empty()) {
        (false, false) => format!("{text} – {about}"),
        (true, false) => about,
        _ => format!("{text} {}", part.code),
    }
}

/// A text without the marks of earlier answers.
fn unmarked(text: &str) -> String {
    text.replace("{answer:", "(").replace('}', ")")
}

/// At most 80 characters of the first line.
fn short(words: &str) -> String {
    html::cut(words.lines().next().unwrap_or_default(), 80).0
}
