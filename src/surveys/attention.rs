//! What of surveys needs a person: for the staff start page.

use chrono::{DateTime, TimeDelta, Utc};

use crate::clock;
use crate::db::{self, Tx};
use crate::surveys::rolling::store as rolling;
use crate::surveys::store;
use crate::surveys::survey::State;
use crate::thread::Attention;

/// How long a month that could not be asked is told.
const NOT_ASKED_FOR: TimeDelta = TimeDelta::days(30);

/// Surveys with results to publish, closing within a week with few answers, or begun and not published; and months of monthly
/// surveys that could not be asked.
///
/// # Errors
/// When the database refuses.
pub async fn needs_attention(tx: &mut Tx, now: DateTime<Utc>) -> Result<Vec<Attention>, db::Error> {
    let mut found = Vec::new();
    let waiting = store::snapshots::list_waiting(tx).await?;
    let (patterns, months) = (rolling::patterns(tx).await?, rolling::surveys(tx).await?);
    for (title, month) in rolling::list_not_asked(tx, now - NOT_ASKED_FOR).await? {
        let sentence = format!("“{title}” was not asked in {}: {}", month.name(), month.why);
        found.push(Attention { sentence, href: format!("/staff/surveys/monthly/{}", month.series) });
    }
    for (survey, responses) in store::list(tx).await? {
        let (title, id) = (&survey.title, survey.id);
        // A month is few answers by design, and is told with the others.
        if months.contains(&id) {
            continue;
        }
        let sentence = match survey.state(now) {
            State::Closed if survey.is_settled(now) && survey.results_published_at.is_none() => {
                let href = format!("/staff/surveys/{id}/publishing");
                let sentence = if waiting.contains(&id) {
                    format!("The results of “{title}” wait for a second person to approve them")
                } else {
                    format!("“{title}” has closed with {responses} answers: prepare its results")
                };
                found.push(Attention { sentence, href });
                continue;
            }
            State::Open if survey.closes_at - now < TimeDelta::days(7) && responses < 30 => {
                let closes = clock::day(clock::london_day(survey.closes_at));
                format!("“{title}” closes on {closes} and has {responses} answers so far")
            }
            // Monthly surveys ask its questions: it stays a draft.
            State::Draft if patterns.contains(&id) => continue,
            State::Draft => format!("“{title}” is a draft: finish and publish it"),
            State::Waiting | State::Open | State::Closed => continue,
        };
        found.push(Attention { sentence, href: format!("/staff/surveys/{id}") });
    }
    Ok(found)
}
