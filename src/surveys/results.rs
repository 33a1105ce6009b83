//! What people answered, as it may be shown: counted once, released once, drawn by pages and exports.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::db::{self, Tx};
use crate::questionnaires::bank::{self, Tenure};
use crate::questionnaires::count::{self, Counted, Counting};
use crate::questionnaires::kinds::facet::Facet;
use crate::questionnaires::piping;
use crate::questionnaires::question::Question;
use crate::questionnaires::questionnaire::Questionnaire;
use crate::statistics::counts::Counts;
use crate::statistics::disclosure::{self, Mean, Policy, Released};
use crate::statistics::table::{Cell, Table};
use crate::surveys::survey::Asked;

/// The fewest people of a group among whom their own words are shown.
const GROUP_WORDS_FROM: u32 = 10;

/// The answers of one survey, counted and not yet released to anybody: every facet of every question, by group of the
/// dividing question, by channel and by tenure. It holds counts and no answer, and weighs the same however many answered.
pub struct Gathered {
    pub(super) counted: Counted,
}

/// Everybody.
pub(super) const EVERYBODY: [Option<usize>; 3] = [None; 3];

/// One group of the dividing question, as an index of `count::group_names`.
pub(super) const fn of_group(group: usize) -> [Option<usize>; 3] {
    [Some(group), None, None]
}

/// Those who answered by one channel, as an index of `Channel::ALL`.
pub(super) const fn of_channel(channel: usize) -> [Option<usize>; 3] {
    [None, Some(channel), None]
}

/// Homes outside the measures, or those who named no tenure, where the survey asks for it as the regulator does.
pub(super) const fn of_no_tenure(named: bool) -> [Option<usize>; 3] {
    [None, None, Some(Tenure::ALL.len() + if named { 0 } else { 1 })]
}

/// Those who hold their home by one tenure, where the survey asks for it as the regulator does.
pub(super) fn of_tenure(tenure: Tenure) -> [Option<usize>; 3] {
    [None, None, Tenure::ALL.iter().position(|one| *one == tenure)]
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
    /// Whether people's own words may be shown.
    pub words: Words,
    /// Whether its answers are sealed and some could not be opened, so that nothing can be said.
    pub is_shut: bool,
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

/// Whether people's own words to a question may be shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Words {
    /// The question does not ask for words.
    NotAsked,
    /// They may: `in_words::newest` reads them.
    Open,
    /// The group is too small to show its words.
    TooFew,
}

/// Every day on which an answer can have arrived.
#[must_use]
pub fn ever() -> (NaiveDate, NaiveDate) {
    let day = |year: i32| NaiveDate::from_ymd_opt(year, 1, 1).unwrap_or_default();
    (day(1970), day(9999))
}

/// Counts everything that was answered to a survey. Other counts, such as one question against another or those of some
/// days, are made by [`Counting`] in the same way.
///
/// # Errors
/// When the database refuses.
pub async fn gather(tx: &mut Tx, asked: &Asked) -> Result<Gathered, db::Error> {
    Ok(Gathered { counted: counting(asked).run(tx).await? })
}

/// Divided in the order of the parts that `of_group`, `of_channel` and `of_tenure` name.
fn counting(asked: &Asked) -> Counting<'_> {
    let counting = Counting::of(&asked.version).by_group().by_channel();
    by_tenure(counting, &asked.version.questionnaire).everything()
}

/// Divides by tenure in the order of [`Tenure::ALL`], then homes outside the measures, then those who named none; into one
/// part where the survey does not ask for the tenure as the regulator does.
#[must_use]
pub fn by_tenure<'a>(counting: Counting<'a>, questionnaire: &Questionnaire) -> Counting<'a> {
    let bank = questionnaire.bank().and_then(bank::find);
    let Some((bank, question)) = bank.and_then(|bank| Some((bank, bank.tenure_question(questionnaire)?))) else {
        return counting.undivided();
    };
    let kinds = Tenure::ALL.len();
    counting.by(question, &Facet::whole(), kinds + 2, |code| {
        let Some(option) = question.kind.category(code) else { return Some(kinds + 1) };
        let tenure = bank.tenure_at(option);
        Some(Tenure::ALL.iter().position(|one| Some(*one) == tenure).unwrap_or(kinds))
    })
}

impl Gathered {
    /// The same of answers that are at hand.
    #[cfg(test)]
    pub fn of(
        asked: &Asked,
        stored: &[crate::questionnaires::response::Stored],
        open: &[crate::questionnaires::response::Open],
    ) -> Self {
        let counting = counting(asked);
        let matrix = crate::questionnaires::matrix::of_rows(counting.layout(), stored, open);
        Self { counted: counting.over(&matrix) }
    }

    /// How many people answered.
    #[must_use]
    pub fn people(&self) -> usize {
        self.counted.people()
    }

    /// Whether some sealed answers could not be opened, so that their questions are not counted.
    #[must_use]
    pub fn is_shut(&self, asked: &Asked) -> bool {
        asked.version.questionnaire.questions().iter().any(|question| self.counted.is_shut(question))
    }

    /// When the first and the last answer arrived.
    #[must_use]
    pub fn days(&self) -> Option<(NaiveDate, NaiveDate)> {
        self.counted.days()
    }

    /// The results for everybody, or for one group of the survey's dividing question. Groups are
    /// released together, so that none of them can be worked out from the others.
    #[must_use]
    pub fn release(&self, asked: &Asked, group: Option<usize>, policy: &Policy) -> Vec<QuestionResult> {
        let questionnaire = &asked.version.questionnaire;
        let answers = u32::try_from(self.people()).unwrap_or(u32::MAX);
        let sampled = |(facet, counts): (Facet, Counts)| match asked.survey.homes() {
            Some(homes) => (facet, counts.sampled(answers, homes)),
            None => (facet, counts),
        };
        // The regulator's questions are released tenure by tenure: a total beside them would give a small one away.
        let own = questionnaire.questions().iter().filter(|question| question.bank.is_none());
        let results = own.map(|question| {
            let policy = &question.policy(policy);
            // How many homes a group has is not known, so that its intervals allow for none.
            let facets = match group {
                None => {
                    let counts = self.counted.facets(question, &EVERYBODY);
                    release_facets(question, counts.into_iter().map(sampled).collect(), policy)
                }
                Some(at) => self.facets_of_group(asked, question, at, policy),
            };
            let words = self.words(asked, question, &facets, group, policy);
            QuestionResult {
                question: piping::described_question(question, questionnaire),
                facets,
                // A group's mean beside everybody's would give the other groups away.
                mean: group.is_none().then(|| self.mean(question, policy)).flatten(),
                words,
                is_shut: self.counted.is_shut(question),
            }
        });
        results.collect()
    }

    /// One closed question for everybody and for each group, facet by facet; nothing for the dividing question itself
    /// and where the facets are bound to each other.
    #[must_use]
    pub fn by_group(&self, asked: &Asked, question: &Question, policy: &Policy) -> Vec<Released> {
        let questionnaire = &asked.version.questionnaire;
        let Some(divider) = count::divider(questionnaire).filter(|divider| divider.key != question.key) else {
            return Vec::new();
        };
        if question.kind.facets_are_bound() {
            return Vec::new();
        }
        let policy = &question.policy(policy);
        let released = question.kind.facets().into_iter().filter_map(|facet| {
            let names = count::group_names(divider).into_iter().enumerate();
            let groups = names.map(|(at, name)| Some((name, self.counted.counts(question, &facet, &of_group(at))?)));
            disclosure::release_groups(&groups.collect::<Option<Vec<_>>>()?, policy)
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

    fn mean(&self, question: &Question, policy: &Policy) -> Option<Mean> {
        if !question.kind.is_number() {
            return None;
        }
        let numbers = self.counted.points(question, &EVERYBODY);
        let scale = 10_f64.powi(i32::from(question.kind.decimals()));
        disclosure::release_mean(&numbers, policy).map(|mean| Mean { value: mean.value / scale, ..mean })
    }

    /// Whether a question's words may be shown group by group: each group in which somebody wrote words must have
    /// enough who did, since the words of all the others give away those of the last.
    fn may_part_words(&self, asked: &Asked, question: &Question) -> bool {
        let divider = count::divider(&asked.version.questionnaire);
        let groups = divider.map_or(1, |divider| count::group_names(divider).len());
        let writers = |group: usize| self.counted.writers(question, &of_group(group));
        (0..groups).map(writers).all(|writers| !writers.any() || writers.reach(GROUP_WORDS_FROM))
    }

    /// Words beside a choice are shown only where the table says how many they are: to count them would give away the
    /// number that it hides.
    fn words(
        &self,
        asked: &Asked,
        question: &Question,
        facets: &[FacetResult],
        group: Option<usize>,
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
        let too_few = group.is_some() && !self.may_part_words(asked, question);
        if too_few || !other.is_none_or(told) || !policy.admits(self.people()) { Words::TooFew } else { Words::Open }
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
