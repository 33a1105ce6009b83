//! Short ways to write questions and surveys down.

use chrono::{DateTime, NaiveDate, Utc};

use crate::clock;
use crate::db::{self, Tx};
use crate::questionnaires::kinds::{
    Kind, date, long_text, number, one_choice, photo, scale, several_choices, zero_to_ten,
};
use crate::questionnaires::question::Question;
use crate::questionnaires::questionnaire::Questionnaire;
use crate::questionnaires::sealed::kept;
use crate::questionnaires::store as questionnaires;
use crate::random::Random;
use crate::surveys::kind::SurveyKind;
use crate::surveys::survey::{Access, Asked, Survey};
use crate::surveys::{describe, store};
use crate::thread::id::SurveyId;

/// Slugs of the example landlord's standards that residents' answers measure.
pub const REPAIRS: &str = "repairs-satisfaction";
pub const APPOINTMENTS: &str = "appointments-kept";
pub const CLEANING: &str = "cleaning-satisfaction";
pub const GROUNDS: &str = "grounds-satisfaction";
pub const BEHAVIOUR: &str = "asb-satisfaction";

/// What a survey of the example says.
pub struct Told<'a> {
    pub kind: SurveyKind,
    pub title: &'a str,
    pub introduction: &'a str,
    pub next_steps: &'a str,
    pub minutes: i64,
    /// How many homes could answer.
    pub homes: Option<i64>,
    pub opens: NaiveDate,
    pub closes: NaiveDate,
    pub results: Option<NaiveDate>,
}

pub fn satisfied(text: &str, not_applicable: bool) -> Question {
    Question::new(
        text,
        Kind::Scale(scale::Settings { wording: scale::Wording::Satisfaction, not_applicable, or_dont_know: false }),
    )
}

pub fn agrees(text: &str, not_applicable: bool) -> Question {
    Question::new(
        text,
        Kind::Scale(scale::Settings { wording: scale::Wording::Agreement, not_applicable, or_dont_know: false }),
    )
}

pub fn one_of(text: &str, options: &[&str]) -> Question {
    let options = options.iter().map(|option| (*option).to_owned()).collect();
    Question::new(text, Kind::OneChoice(one_choice::Settings { options, ..one_choice::Settings::default() }))
}

pub fn area() -> Question {
    let options = super::AREAS.map(str::to_owned).to_vec();
    let settings = one_choice::Settings { options, prefer_not: true, ..one_choice::Settings::default() };
    Question::new("Where do you live?", Kind::OneChoice(settings)).dividing()
}

pub fn any_of(text: &str, options: &[&str]) -> Question {
    let options = options.iter().map(|option| (*option).to_owned()).collect();
    Question::new(
        text,
        Kind::SeveralChoices(several_choices::Settings { options, ..several_choices::Settings::default() }),
    )
}

pub fn score(text: &str, low_end: &str, high_end: &str) -> Question {
    let settings = zero_to_ten::Settings { low_end: low_end.to_owned(), high_end: high_end.to_owned() };
    Question::new(text, Kind::ZeroToTen(settings))
}

pub fn how_many(text: &str, largest: i32, unit: &str) -> Question {
    let settings = number::Settings {
        smallest: Some(0),
        largest: Some(largest),
        unit: unit.to_owned(),
        ..number::Settings::default()
    };
    Question::new(text, Kind::Number(settings))
}

pub fn day(text: &str) -> Question {
    Question::new(text, Kind::Date(date::Settings::default()))
}

pub fn words(text: &str) -> Question {
    Question::new(text, Kind::LongText(long_text::Settings::default()))
        .hinted("Please leave out names and addresses, so that nobody can be recognised.")
}

pub fn photo(text: &str) -> Question {
    Question::new(text, Kind::Photo(photo::Settings::default()))
}

/// The questions in order; those that cannot stand where they are written are left out.
pub fn questionnaire(questions: Vec<Question>) -> Questionnaire {
    let mut all = Questionnaire::default();
    for question in questions {
        let _ = all.add(question);
    }
    all
}

/// Stores a published survey and locks its questions.
pub async fn publish(
    tx: &mut Tx,
    random: &Random,
    told: &Told<'_>,
    questions: &Questionnaire,
) -> Result<Asked, db::Error> {
    let created_at = moment(told.opens - chrono::TimeDelta::days(14), 10, 0);
    let version_id = questionnaires::insert_version(tx, questions, created_at).await?;
    let survey = Survey {
        id: SurveyId(0),
        version_id,
        kind: told.kind,
        slug: describe::free_slug(tx, told.title).await?,
        title: told.title.to_owned(),
        introduction: told.introduction.to_owned(),
        next_steps: told.next_steps.to_owned(),
        minutes: told.minutes,
        access: Access::Open,
        one_page: false,
        homes: told.homes,
        group_homes: Vec::new(),
        opens_at: moment(told.opens, 9, 0),
        closes_at: moment(told.closes, 23, 59),
        seal_key: random.token(),
        created_at,
        published_at: Some(moment(told.opens - chrono::TimeDelta::days(1), 15, 0)),
        results_published_at: told.results.map(|on| moment(on, 11, 0)),
    };
    if let Err(why) = kept::ready(tx, questions).await? {
        return Err(why.into());
    }
    let id = store::insert(tx, &survey).await?;
    let found = store::find(tx, id).await?;
    let asked = found.ok_or(db::Error::WrongRowCount { expected: 1, actual: 0 })?;
    questionnaires::lock(tx, &asked.version, survey.opens_at).await?;
    Ok(asked)
}

/// A time of day in London. The example names none that the clocks skip.
fn moment(on: NaiveDate, hour: u32, minute: u32) -> DateTime<Utc> {
    let local = on.and_hms_opt(hour, minute, 0).unwrap_or_default();
    clock::london_instant(local).unwrap_or_else(|_| local.and_utc())
}
