//! What people answered, as it may be shown: counted once, released once, drawn by pages and exports.

use std::collections::{HashMap, HashSet};

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::db::{self, Tx};
use crate::questionnaires::count;
use crate::questionnaires::kinds::facet::Facet;
use crate::questionnaires::piping;
use crate::questionnaires::question::Question;
use crate::questionnaires::response::{Open, Stored};
use crate::questionnaires::store as responses;
use crate::statistics::counts::Counts;
use crate::statistics::disclosure::{self, Mean, Policy, Released};
use crate::statistics::table::{Cell, Table};
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
    /// Its distribution, facet by facet; none for words and numbers.
    pub facets: Vec<FacetResult>,
    /// The mean of numbers people gave, with how many gave one.
    pub mean: Option<Mean>,
    /// People's own words, where they may be shown.
    pub words: Words,
}

/// The results of one facet of a question as they may be shown.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct FacetResult {
    /// What it is about; empty where it is the question as a whole.
    pub about: String,
    /// Its distribution.
    pub table: Table,
}

impl QuestionResult {
    /// The distribution of a question that is counted as a whole.
    #[must_use]
    pub fn table(&self) -> Option<&Table> {
        match self.facets.as_slice() {
            [only] => Some(&only.table),
            _ => None,
        }
    }
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

    /// The codes of each response, in order.
    pub fn codes(&self) -> impl Iterator<Item = &[u8]> {
        self.stored.iter().map(|response| response.codes.as_slice())
    }

    /// The code of the channel that each response came by, in order.
    pub fn channel_codes(&self) -> impl Iterator<Item = &str> {
        self.stored.iter().map(|response| response.channel.as_str())
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
        let answers = u32::try_from(self.people()).unwrap_or(u32::MAX);
        let sampled = |(facet, counts): (Facet, Counts)| match asked.survey.homes() {
            Some(homes) => (facet, counts.sampled(answers, homes)),
            None => (facet, counts),
        };
        // The regulator's questions are released tenure by tenure: a total beside them would give a small one away.
        let own = questionnaire.questions().iter().zip(all).filter(|(question, _)| question.bank.is_none());
        let results = own.map(|(question, counts)| {
            // How many homes a group has is not known, so that its intervals allow for none.
            let facets = match group {
                None => release_facets(question, counts.into_iter().map(sampled).collect(), policy),
                Some(at) => self.facets_of_group(asked, question, at, policy),
            };
            let words = self.words(asked, question, &facets, members.as_ref(), policy);
            QuestionResult {
                question: piping::described_question(question, questionnaire),
                facets,
                // A group's mean beside everybody's would give the other groups away.
                mean: group.is_none().then(|| self.mean(question, policy)).flatten(),
                words,
            }
        });
        results.collect()
    }

    /// One closed question for everybody and for each group, facet by facet; nothing for the dividing question itself
    /// and where the facets are bound to each other.
    #[must_use]
    pub fn by_group(&self, asked: &Asked, question: &Question, policy: &Policy) -> Vec<Released> {
        let questionnaire = &asked.version.questionnaire;
        let divider = count::divider(questionnaire);
        if divider.is_none_or(|divider| divider.key == question.key) || question.kind.facets_are_bound() {
            return Vec::new();
        }
        let released = question.kind.facets().into_iter().filter_map(|facet| {
            let groups = count::count_by_group(questionnaire, question, &facet, &self.stored);
            disclosure::release_groups(&groups, policy)
        });
        released.collect()
    }

    fn facets_of_group(&self, asked: &Asked, question: &Question, group: usize, policy: &Policy) -> Vec<FacetResult> {
        let released = self.by_group(asked, question, policy).into_iter().zip(question.kind.facets());
        let facets = released.filter_map(|(released, facet)| {
            let (_, table) = released.groups.into_iter().nth(group)?;
            Some(FacetResult { about: facet.about, table })
        });
        facets.collect()
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
        let numbers: Vec<i32> = values.iter().filter_map(|value| question.kind.number(value)).collect();
        let scale = 10_f64.powi(i32::from(question.kind.decimals()));
        disclosure::release_mean(&numbers, policy).map(|mean| Mean { value: mean.value / scale, ..mean })
    }

    /// Whether a question's words may be shown group by group: each group in which somebody wrote words must have
    /// enough who did, since the words of all the others give away those of the last.
    fn may_part_words(&self, asked: &Asked, question: &Question) -> bool {
        let groups = count::groups_of(&asked.version.questionnaire, &self.stored);
        let group_of: HashMap<i64, usize> =
            self.stored.iter().zip(groups).map(|(response, group)| (response.response_id, group)).collect();
        let mut writers: HashMap<usize, usize> = HashMap::new();
        for answer in self.open.iter().filter(|answer| answer.question_key == i64::from(question.key)) {
            if let Some(group) = group_of.get(&answer.response_id) {
                *writers.entry(*group).or_default() += 1;
            }
        }
        writers.values().all(|writers| *writers >= GROUP_WORDS_FROM)
    }

    /// Words beside a choice are shown only where the table says how many they are: to count them would give away the
    /// number that it hides.
    fn words(
        &self,
        asked: &Asked,
        question: &Question,
        facets: &[FacetResult],
        members: Option<&HashSet<i64>>,
        policy: &Policy,
    ) -> Words {
        let other = question.kind.other_category();
        if !question.kind.is_words() && other.is_none() {
            return Words::NotAsked;
        }
        let told = |at: usize| {
            let row = facets.first().and_then(|facet| facet.table.rows.get(at));
            row.is_some_and(|row| row.cell != Cell::Hidden)
        };
        let too_few = members.is_some() && !self.may_part_words(asked, question);
        if too_few || !other.is_none_or(told) || !policy.admits(self.stored.len()) {
            return Words::TooFew;
        }
        let key = i64::from(question.key);
        let belongs =
            |answer: &&Open| answer.question_key == key && members.is_none_or(|m| m.contains(&answer.response_id));
        let found = self.open.iter().filter(belongs);
        Words::Shown(found.map(|answer| (answer.value.clone(), answer.received_on)).collect())
    }
}

/// The facets of one question for everybody. Those that are bound are released as the rows of one table, so that none
/// can be worked out from the others.
fn release_facets(question: &Question, counts: Vec<(Facet, Counts)>, policy: &Policy) -> Vec<FacetResult> {
    if question.kind.facets_are_bound() {
        let rows: Vec<(String, Counts)> = counts.into_iter().map(|(facet, counts)| (facet.about, counts)).collect();
        let released = disclosure::release_groups(&rows, policy).map(|released| released.groups).unwrap_or_default();
        return released.into_iter().map(|(about, table)| FacetResult { about, table }).collect();
    }
    let released = counts
        .into_iter()
        .map(|(facet, counts)| FacetResult { about: facet.about, table: disclosure::release(&counts, policy) });
    released.collect()
}
