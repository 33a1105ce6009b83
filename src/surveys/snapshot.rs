//! Results as they are frozen for the public: released figures alone, with how and when they were gathered, so that what
//! was published is read the same for ever, whatever is changed, erased or set otherwise after it.

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

use crate::clock;
use crate::db::{self, Tx};
use crate::questionnaires::question::Question;
use crate::questionnaires::words;
use crate::settings::{Landlord, small_numbers};
use crate::statistics::accuracy;
use crate::statistics::disclosure::{self, Mean, Released};
use crate::surveys::came_by::CameBy;
use crate::surveys::regulator::approach::Approach;
use crate::surveys::regulator::known::{self, Known};
use crate::surveys::regulator::store as regulator;
use crate::surveys::results::{self, FacetResult, QuestionResult, Words};
use crate::surveys::survey::Asked;
use crate::surveys::weighting::weighed::{self, Weighed};
use crate::surveys::weighting::{self, InForce, method};
use crate::thread::id::AccountId;

/// One version of a survey's results.
#[derive(Clone, Debug)]
pub struct Snapshot {
    /// Its key.
    pub id: i64,
    /// Its number among the versions of the survey's results, from one.
    pub number: i64,
    /// Why it corrects the one before; empty for the first.
    pub reason: String,
    /// How many answers there were.
    pub answers: i64,
    /// What it says.
    pub content: Content,
    /// Who prepared it; none where the program did.
    pub prepared_by: Option<AccountId>,
    /// When.
    pub prepared_at: DateTime<Utc>,
    /// Who approved it.
    pub approved_by: Option<AccountId>,
    /// When it became public.
    pub approved_at: Option<DateTime<Utc>>,
}

/// What frozen results say. Fields may be added with a default; none is renamed or removed, since it is read for ever.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Content {
    /// The survey's title then.
    pub title: String,
    /// How and when answers were gathered, and what was done to the figures.
    pub method: Method,
    /// The questions with released figures, in their order.
    pub questions: Vec<QuestionFigures>,
    /// The regulator's measures, where the survey is a source of them.
    #[serde(default)]
    pub measures: Option<Known>,
    /// What staff wrote of how the regulator's survey was done.
    #[serde(default)]
    pub approach: Option<Approach>,
}

/// How results came about.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Method {
    /// The first day on which the survey was open.
    pub opened_on: NaiveDate,
    /// The last.
    pub closed_on: NaiveDate,
    /// The days of the first and the last answer; none when too few answered to say, or nobody did.
    pub answered: Option<(NaiveDate, NaiveDate)>,
    /// Whether anybody answered.
    pub any: bool,
    /// About how many people answered; none when they are too few to say.
    pub people: Option<u32>,
    /// How many homes could answer, where staff have said so.
    pub homes: Option<u32>,
    /// The margin of error of a per cent of everybody, in points either way; none without the number of homes.
    pub margin: Option<f64>,
    /// How many answered by each way, as it may be shown.
    pub came_by: CameBy,
    /// What was done so that those who answered stand for all.
    pub weighting: String,
    /// The fewest people of whom a figure is shown.
    pub smallest_base: u32,
    /// What counts of people are rounded to.
    pub rounded_to: u32,
}

/// One question with its released figures.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct QuestionFigures {
    /// The question in the words that describe it.
    pub question: Question,
    /// Who was asked it, where that is not everybody.
    pub asked_of: Vec<String>,
    /// Its distribution, facet by facet.
    pub facets: Vec<FacetResult>,
    /// The mean of numbers.
    pub mean: Option<Mean>,
    /// The same for each area, facet by facet.
    pub groups: Vec<Released>,
    /// The weighted figures, where answers were weighed.
    #[serde(default)]
    pub weighed: Option<Weighed>,
    /// Whether enough people wrote words for those that staff let through to be shown.
    #[serde(default)]
    pub words_may_show: bool,
}

impl QuestionFigures {
    /// The figures as pages and files of results draw them. People's own words are not among them: those that staff have
    /// read and let through are published apart.
    #[must_use]
    pub fn result(&self) -> QuestionResult {
        QuestionResult {
            question: self.question.clone(),
            facets: self.facets.clone(),
            mean: self.mean,
            words: Words::NotAsked,
            is_shut: false,
        }
    }
}

/// What counts are rounded to in public; see [`disclosure::Policy::public`].
const ROUNDED_TO: u32 = 5;
const UNWEIGHTED: &str = "The answers are not weighted: each counts once.";
const BY_HOMES: &str =
    "Beside each share as people answered stands what it would be, had every area answered in proportion to its homes.";

/// Freezes the results of a survey as they may be shown to anybody now; with how many answers there are.
///
/// # Errors
/// When the database refuses.
pub async fn take(tx: &mut Tx, asked: &Asked, landlord: &Landlord) -> Result<(Content, i64), db::Error> {
    let gathered = results::gather(tx, asked).await?;
    let stock = regulator::find_stock(tx, asked.survey.id).await?;
    let approach = regulator::find_approach(tx, asked.survey.id).await?;
    let policy = small_numbers::public(landlord);
    let in_force = weighting::load(tx, asked, &gathered, landlord).await?;
    let measures = known::known(asked, &gathered, stock.as_ref(), landlord).ok();
    let measures = measures.map(|known| known.weighed(&in_force, asked, landlord));
    let figures = gathered.release(asked, None, &policy).into_iter().map(|result| {
        let shared = result.question.kind.has_share();
        let groups = if shared { gathered.by_group(asked, &result.question, &policy) } else { Vec::new() };
        QuestionFigures {
            asked_of: words::asked_of(&asked.version.questionnaire, &result.question),
            weighed: weighed::load(&in_force, asked, &result, groups.first(), &policy),
            words_may_show: result.words == Words::Open,
            groups,
            facets: result.facets,
            mean: result.mean,
            question: result.question,
        }
    });
    let people = disclosure::release_base(gathered.people(), &policy);
    let homes = asked.survey.homes();
    let method = Method {
        opened_on: asked.survey.first_day(),
        closed_on: asked.survey.last_day(),
        answered: gathered.days().filter(|_| policy.admits(gathered.people())),
        any: gathered.people() > 0,
        people,
        homes,
        margin: people.zip(homes).and_then(|(people, homes)| accuracy::achieved_margin(people.min(homes), homes)),
        came_by: gathered.came_by(&policy),
        weighting: match &in_force {
            InForce::Raking(method, _) => method::in_words(method, &asked.version.questionnaire, "Shares are"),
            InForce::Cells(_) => BY_HOMES.to_owned(),
            InForce::Nothing | InForce::Broken(_) => UNWEIGHTED.to_owned(),
        },
        smallest_base: policy.minimum(),
        rounded_to: if policy.rounds() { ROUNDED_TO } else { 1 },
    };
    let content = Content {
        title: asked.survey.title.clone(),
        method,
        questions: figures.collect(),
        approach: approach.filter(|_| measures.is_some()),
        measures,
    };
    Ok((content, i64::try_from(gathered.people()).unwrap_or(i64::MAX)))
}

impl Method {
    /// How many people answered and when, in a sentence.
    #[must_use]
    pub fn lead(&self) -> String {
        match (self.people, self.answered) {
            (Some(people), Some((first, last))) if first != last => {
                format!("About {people} people answered between {} and {}.", clock::day(first), clock::day(last))
            }
            (Some(people), Some((day, _))) => format!("About {people} people answered on {}.", clock::day(day)),
            _ if self.any => "Too few people answered to show what they said.".to_owned(),
            _ => "Nobody answered.".to_owned(),
        }
    }

    /// How far the figures can be trusted and what was done to them, in sentences.
    #[must_use]
    pub fn sentences(&self) -> Vec<String> {
        let open =
            format!("The survey was open from {} to {}.", clock::day(self.opened_on), clock::day(self.closed_on));
        let margin = self.homes.zip(self.margin).filter(|(_, margin)| *margin > 0.0).map(|(homes, margin)| {
            format!(
                "{} homes could answer. A per cent of everybody has a margin of error of at most ±{margin:.1} points.",
                crate::web::number::grouped(&homes)
            )
        });
        let small = format!(
            "No figure is shown of fewer than {} people. Numbers of people are rounded to the nearest {}.",
            self.smallest_base, self.rounded_to
        );
        [Some(open), margin, Some(self.weighting.clone()), Some(small)].into_iter().flatten().collect()
    }
}
