//! What of surveys needs a person: for the staff start page.

use chrono::{DateTime, TimeDelta, Utc};

use crate::clock;
use crate::db::{self, Tx};
use crate::surveys::store;
use crate::surveys::survey::State;
use crate::thread::Attention;

/// Surveys with results to publish, closing within a week with few answers, or begun and not published.
///
/// # Errors
/// When the database refuses.
pub async fn needs_attention(tx: &mut Tx, now: DateTime<Utc>) -> Result<Vec<Attention>, db::Error> {
    let mut found = Vec::new();
    let waiting = store::snapshots::list_waiting(tx).await?;
    for (survey, responses) in store::list(tx).await? {
        let (title, id) = (&survey.title, survey.id);
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
            State::Draft => format!("“{title}” is a draft: finish and publish it"),
            State::Waiting | State::Open | State::Closed => continue,
        };
        found.push(Attention { sentence, href: format!("/staff/surveys/{id}") });
    }
    Ok(found)
}
