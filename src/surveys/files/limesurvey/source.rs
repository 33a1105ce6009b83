//! The survey in the file, as its tables hold it: groups with questions, questions with answers and parts.

use std::collections::{BTreeMap, HashMap};

use super::tables::{Refused, Row, Tables};

/// The survey of a file, in its first language.
pub(super) struct Source {
    pub title: String,
    pub description: String,
    pub welcome: String,
    pub end: String,
    /// The language that is read, and the others.
    pub language: String,
    pub others: Vec<String>,
    pub groups: Vec<Group>,
    /// Whether people were asked to meet quotas.
    pub has_quotas: bool,
    /// How many starting answers there were.
    pub defaults: usize,
}

pub(super) struct Group {
    pub name: String,
    pub description: String,
    pub relevance: String,
    pub questions: Vec<Question>,
}

pub(super) struct Question {
    /// The names by which equations call it: its own, by its number, by survey, group and number.
    pub names: Vec<String>,
    pub title: String,
    pub kind: String,
    pub text: String,
    pub help: String,
    pub other: bool,
    pub mandatory: String,
    pub relevance: String,
    pub answers: Vec<Part>,
    /// The parts of an array or of a multiple choice.
    pub parts: Vec<Part>,
    pub attributes: BTreeMap<String, String>,
    /// Whether it stands under another scale too.
    pub dual: bool,
}

/// One answer to choose, or one row of an array.
#[derive(Clone)]
pub(super) struct Part {
    pub code: String,
    pub text: String,
}

impl Source {
    pub(super) fn of(tables: &Tables) -> Result<Self, Refused> {
        let rows = |name: &str| tables.get(name).map(Vec::as_slice).unwrap_or_default();
        let is_survey = rows("document").iter().any(|row| value(row, "LimeSurveyDocType").trim() == "Survey");
        let survey = rows("surveys").first().filter(|_| is_survey).ok_or(Refused::NoSurvey)?;
        let language = value(survey, "language").to_owned();
        let listed = rows("languages").iter().map(|row| value(row, "language").to_owned());
        let others: Vec<String> = listed.filter(|other| !other.is_empty() && *other != language).collect();
        let texts = Texts { tables, language: &language };
        let named = rows("surveys_languagesettings").iter().find(|row| value(row, "surveyls_language") == language);
        let own = |field: &str| named.map_or("", |row| value(row, field)).to_owned();
        let mut groups: Vec<&Row> = rows("groups").iter().filter(|row| texts.is_read(row)).collect();
        groups.sort_by_key(|row| order(row, "group_order"));
        let groups = groups.into_iter().map(|row| texts.group(row)).collect();
        Ok(Self {
            title: own("surveyls_title"),
            description: own("surveyls_description"),
            welcome: own("surveyls_welcometext"),
            end: own("surveyls_endtext"),
            others,
            groups,
            has_quotas: !rows("quota").is_empty(),
            defaults: rows("defaultvalues").len(),
            language,
        })
    }
}

/// The tables, seen in one language.
struct Texts<'a> {
    tables: &'a Tables,
    language: &'a str,
}

impl<'a> Texts<'a> {
    fn rows(&self, name: &str) -> impl Iterator<Item = &'a Row> {
        self.tables.get(name).map(Vec::as_slice).unwrap_or_default().iter()
    }

    /// Whether a row is in the language that is read. Older files have the words in the rows themselves.
    fn is_read(&self, row: &Row) -> bool {
        let language = value(row, "language");
        language.is_empty() || language == self.language
    }

    /// A text of a row: in the table of translations, or in the row itself.
    fn text(&self, row: &Row, table: &str, key: &str, field: &str) -> String {
        let id = value(row, key);
        let translated = self.rows(table).find(|text| value(text, key) == id && self.is_read(text));
        let found = translated.map(|text| value(text, field)).filter(|text| !text.is_empty());
        found.unwrap_or_else(|| value(row, field)).to_owned()
    }

    fn group(&self, row: &Row) -> Group {
        let id = value(row, "gid");
        let mut questions: Vec<&Row> =
            self.rows("questions").filter(|of| value(of, "gid") == id && self.is_read(of)).collect();
        questions.sort_by_key(|of| order(of, "question_order"));
        Group {
            name: self.text(row, "group_l10ns", "gid", "group_name"),
            description: self.text(row, "group_l10ns", "gid", "description"),
            relevance: value(row, "grelevance").to_owned(),
            questions: questions.into_iter().map(|of| self.question(of)).collect(),
        }
    }

    fn question(&self, row: &Row) -> Question {
        let (id, title) = (value(row, "qid"), value(row, "title").to_owned());
        let long = format!("{}X{}X{id}", value(row, "sid"), value(row, "gid"));
        let mut answers: Vec<&Row> =
            self.rows("answers").filter(|of| value(of, "qid") == id && self.is_read(of)).collect();
        answers.sort_by_key(|of| order(of, "sortorder"));
        let mut parts: Vec<&Row> =
            self.rows("subquestions").filter(|of| value(of, "parent_qid") == id && self.is_read(of)).collect();
        parts.sort_by_key(|of| order(of, "question_order"));
        let dual = answers.iter().chain(&parts).any(|of| value(of, "scale_id") == "1");
        let answer = |of: &Row| Part {
            code: value(of, "code").to_owned(),
            text: self.text(of, "answer_l10ns", if of.contains_key("aid") { "aid" } else { "code" }, "answer"),
        };
        let part = |of: &Row| Part {
            code: value(of, "title").to_owned(),
            text: self.text(of, "question_l10ns", "qid", "question"),
        };
        let attributes = self.rows("question_attributes").filter(|of| value(of, "qid") == id && self.is_read(of));
        Question {
            names: vec![title.clone(), format!("Q{id}"), long],
            kind: value(row, "type").to_owned(),
            text: self.text(row, "question_l10ns", "qid", "question"),
            help: self.text(row, "question_l10ns", "qid", "help"),
            other: value(row, "other") == "Y",
            mandatory: value(row, "mandatory").to_owned(),
            relevance: value(row, "relevance").to_owned(),
            answers: answers.into_iter().map(answer).collect(),
            parts: parts.into_iter().map(part).collect(),
            attributes: attributes
                .map(|of| (value(of, "attribute").to_owned(), value(of, "value").to_owned()))
                .chain([("preg".to_owned(), value(row, "preg").to_owned())])
                .collect(),
            dual,
            title,
        }
    }
}

fn value<'r>(row: &'r HashMap<String, String>, field: &str) -> &'r str {
    row.get(field).map_or("", String::as_str)
}

fn order(row: &Row, field: &str) -> i64 {
    value(row, field).parse().unwrap_or_default()
}
