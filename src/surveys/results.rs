//! What people answered, as it may be shown: counted once, released once, drawn by pages and exports.

use std::collections::HashSet;

use chrono::NaiveDate;

use crate::db::{self, Tx};
use crate::questionnaires::count;
use crate::questionnaires::piping;
use crate::questionnaires::question::Question;
use crate::questionnaires::response::{Open, Stored};
use crate::questionnaires::store as responses;
use crate::statistics::disclosure::{self, Mean, Policy, Released};
use crate::statistics::table::Table;
use crate::surveys::survey::{Asked, Survey};

/// The fewest people of a group among whom their own words are shown.
const GROUP_WORDS_FROM: usize = 10;

/// Stored answers of one survey, not yet released to anybody.
pub struct Gathered {
    pub(super) stored: Vec<Stored>,
    pub(super) open: Vec<Open>,
}

/// The results of one question as they may be shown.
#[derive(Clone, Debug)]
pub struct QuestionResult {
    /// The question.
    pub question: Question,
    /// Its distribution; none for words and numbers.
    pub table: Option<Table>,
    /// The mean of numbers people gave, with how many gave one.
    pub mean: Option<Mean>,
    /// People's own words, where they may be shown.
    pub words: Words,
}

/// People's own words to one question.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Words {
    /// The question does not ask for words.
    NotAsked,
    /// These, each with its day.
    Shown(Vec<(String, NaiveDate)>),
    /// The group is too small to show its words.
    TooFew,
}

/// Every day on which an answer can have arrived.
#[must_use]
pub fn ever() -> (NaiveDate, NaiveDate) {
    let day = |year: i32| NaiveDate::from_ymd_opt(year, 1, 1).unwrap_or_default();
    (day(1970), day(9999))
}

/// Reads everything that was answered.
///
/// # Errors
/// When the database refuses.
pub async fn gather(tx: &mut Tx, survey: &Survey) -> Result<Gathered, db::Error> {
    let (from, to) = ever();
    let stored = responses::list_responses(tx, survey.version_id, from, to).await?;
    let open = responses::list_open_answers(tx, survey.version_id, from, to).await?;
    Ok(Gathered { stored, open })
}

impl Gathered {
    /// How many people answered.
    #[must_use]
    pub fn people(&self) -> usize {
        self.stored.len()
    }

    /// When the first and the last answer arrived.
    #[must_use]
    pub fn days(&self) -> Option<(NaiveDate, NaiveDate)> {
        let days = || self.stored.iter().map(|response| response.received_on);
        days().min().zip(days().max())
    }

    /// The results for everybody, or for one group of the survey's dividing question. Groups are
    /// released together, so that none of them can be worked out from the others.
    #[must_use]
    pub fn release(&self, asked: &Asked, group: Option<usize>, policy: &Policy) -> Vec<QuestionResult> {
        let questionnaire = &asked.version.questionnaire;
        let all = count::count(questionnaire, &self.stored, &self.open);
        let members = self.members(asked, group);
        let results = questionnaire.questions().iter().zip(all).map(|(question, counts)| {
            let table = match group {
                None => counts.map(|counts| disclosure::release(&counts, policy)),
                Some(at) => self
                    .by_group(asked, question, policy)
                    .and_then(|released| released.groups.into_iter().nth(at).map(|(_, table)| table)),
            };
            QuestionResult {
                question: piping::described_question(question, questionnaire),
                table,
                // A group's mean beside everybody's would give the other groups away.
                mean: group.is_none().then(|| self.mean(question, policy)).flatten(),
                words: self.words(question, members.as_ref(), policy),
            }
        });
        results.collect()
    }

    /// One closed question for everybody and for each group; nothing for the dividing question itself.
    #[must_use]
    pub fn by_group(&self, asked: &Asked, question: &Question, policy: &Policy) -> Option<Released> {
        let questionnaire = &asked.version.questionnaire;
        if count::divider(questionnaire).is_none_or(|divider| divider.key == question.key) {
            return None;
        }
        let groups = count::count_by_group(questionnaire, question, &self.stored);
        disclosure::release_groups(&groups, policy)
    }

    fn members(&self, asked: &Asked, group: Option<usize>) -> Option<HashSet<i64>> {
        let wanted = group?;
        let groups = count::groups_of(&asked.version.questionnaire, &self.stored);
        let members = self.stored.iter().zip(groups).filter(|(_, at)| *at == wanted);
        Some(members.map(|(response, _)| response.response_id).collect())
    }

    fn mean(&self, question: &Question, policy: &Policy) -> Option<Mean> {
        if !question.kind.is_number() {
            return None;
        }
        let values = count::values(question, &self.open);
        let numbers: Vec<i32> = values.iter().filter_map(|value| value.parse().ok()).collect();
        disclosure::release_mean(&numbers, policy)
    }

    fn words(&self, question: &Question, members: Option<&HashSet<i64>>, policy: &Policy) -> Words {
        if !question.kind.is_words() {
            return Words::NotAsked;
        }
        let too_few = members.is_some_and(|members| members.len() < GROUP_WORDS_FROM);
        if too_few || !policy.admits(self.stored.len()) {
            return Words::TooFew;
        }
        let key = i64::from(question.key);
        let belongs =
            |answer: &&Open| answer.question_key == key && members.is_none_or(|m| m.contains(&answer.response_id));
        let found = self.open.iter().filter(belongs);
        Words::Shown(found.map(|answer| (answer.value.clone(), answer.received_on)).collect())
    }
}
