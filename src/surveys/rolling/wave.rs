//! The survey of one month: a copy of the pattern with its texts in every language, its homes and its weights.

use chrono::{DateTime, Utc};

use crate::db::{self, Tx};
use crate::questionnaires::translations;
use crate::random::Random;
use crate::surveys::describe::{self, Description};
use crate::surveys::regulator::store as regulator;
use crate::surveys::rolling::plan::Month;
use crate::surveys::spoken;
use crate::surveys::store as surveys;
use crate::surveys::survey::{Access, Asked};
use crate::surveys::weighting;
use crate::thread::id::SurveyId;

/// The most characters of a title: the mark of a month has room within what a survey's title may have.
pub const LONGEST_TITLE: usize = 110;

/// Copies the pattern as the survey of a month: a draft, whose title is the series' with the month in figures, which every
/// language shares.
///
/// # Errors
/// When the database refuses.
pub async fn copy(
    tx: &mut Tx,
    random: &Random,
    (pattern, title): (&Asked, &str),
    month: &Month,
    now: DateTime<Utc>,
) -> Result<SurveyId, db::Error> {
    let survey = &pattern.survey;
    let description = Description {
        title: marked(title, month),
        introduction: survey.introduction.clone(),
        next_steps: survey.next_steps.clone(),
        minutes: survey.minutes,
        access: Access::Personal,
        one_page: survey.one_page,
        homes: survey.homes,
        opens_at: month.opens_at,
        closes_at: month.closes_at,
    };
    let id = describe::create(tx, random, survey.kind, &description, &pattern.version.questionnaire, now).await?;
    surveys::set_homes(tx, id, survey.homes, &survey.group_homes).await?;
    if let Some(stock) = regulator::find_stock(tx, survey.id).await? {
        regulator::save_stock(tx, id, &stock).await?;
    }
    if let Some(approach) = regulator::find_approach(tx, survey.id).await? {
        regulator::save_approach(tx, id, &approach, now).await?;
    }
    weighting::store::copy(tx, survey.id, id).await?;
    if let Some(copy) = surveys::find(tx, id).await? {
        say(tx, pattern, &copy, month).await?;
    }
    Ok(id)
}

fn marked(title: &str, month: &Month) -> String {
    format!("{title} ({})", month.mark())
}

/// Copies the texts of every language. What the pattern is called in it gets the mark of the month too, so that the month is
/// complete in a language as soon as the pattern is.
async fn say(tx: &mut Tx, pattern: &Asked, copy: &Asked, month: &Month) -> Result<(), db::Error> {
    let (from, to) = (pattern.version.id, copy.version.id);
    translations::store::copy(tx, from, to).await?;
    let lines = (spoken::lines(pattern), spoken::lines(copy));
    let title = |lines: &[translations::Line]| lines.iter().find(|line| line.place == spoken::TITLE).cloned();
    let (Some(old), Some(new)) = (title(&lines.0), title(&lines.1)) else { return Ok(()) };
    for mut kept in translations::store::list(tx, to).await? {
        if let Some(words) = kept.texts.said(&old).map(|words| marked(words, month)) {
            kept.texts.put(&new, &words);
            translations::store::save(tx, to, &kept).await?;
        }
    }
    Ok(())
}
