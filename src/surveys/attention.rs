//! What of surveys needs a person: for the staff start page.

use chrono::{DateTime, NaiveTime, TimeDelta, Utc};

use crate::clock;
use crate::db::{self, Tx};
use crate::surveys::rolling::store as rolling;
use crate::surveys::sample::store::{calls, samples};
use crate::surveys::store;
use crate::surveys::survey::State;
use crate::thread::Attention;
use crate::ui;

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

/// Results that somebody prepared and another person approves: for those who may approve.
///
/// # Errors
/// When the database refuses.
pub async fn results_to_approve(tx: &mut Tx) -> Result<Vec<Attention>, db::Error> {
    let waiting = store::snapshots::list_waiting(tx).await?;
    let surveys = store::list(tx).await?.into_iter().filter(|(survey, _)| waiting.contains(&survey.id));
    let found = surveys.map(|(survey, _)| Attention {
        sentence: format!("The results of “{}” wait for your approval", survey.title),
        href: format!("/staff/surveys/{}/publishing", survey.id),
    });
    Ok(found.collect())
}

/// Homes of open surveys that asked to be rung at a time that has come or comes today: for whoever keeps the telephone.
///
/// # Errors
/// When the database refuses.
pub async fn calls_promised(tx: &mut Tx, now: DateTime<Utc>) -> Result<Vec<Attention>, db::Error> {
    let tomorrow = clock::london_day(now) + TimeDelta::days(1);
    let midnight = clock::london_instant(tomorrow.and_time(NaiveTime::MIN)).unwrap_or(now + TimeDelta::days(1));
    let mut found = Vec::new();
    for (survey, _) in store::list(tx).await? {
        if survey.state(now) != State::Open {
            continue;
        }
        let Some(sample) = samples::find(tx, survey.id).await? else { continue };
        let counted = calls::count_promised(tx, survey.id, sample.plan.most_calls, (now, midnight)).await?;
        let homes = |many: i64| ui::counted(usize::try_from(many).unwrap_or(0), "home", "homes");
        let sentence = match counted {
            (0, 0) => continue,
            (due, 0) => format!("{} asked to be rung again by now for “{}”", homes(due), survey.title),
            (0, later) => format!("{} asked to be rung later today for “{}”", homes(later), survey.title),
            (due, later) => {
                format!("{} asked to be rung again by now, {later} more today for “{}”", homes(due), survey.title)
            }
        };
        found.push(Attention { sentence, href: format!("/staff/surveys/{}/calls", survey.id) });
    }
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::db_test;
    use crate::people::Role;
    use crate::surveys::sample::call;
    use crate::surveys::sample::outcome::Outcome;
    use crate::surveys::sample::testing::{drawn, staff};
    use crate::testing::{Browser, app_on};

    db_test!(who_asked_to_be_rung_again_is_on_the_start_page_of_those_who_ring, db => {
        let app = app_on(db);
        let asked = drawn(&app, 3).await;
        let by = staff(&app, Role::Officer).await;
        let now = app.clock.now();
        for wait in [TimeDelta::minutes(30), TimeDelta::minutes(40), TimeDelta::days(2)] {
            let mut tx = app.db.write().await.unwrap();
            let sample = samples::find(&mut tx, asked.survey.id).await.unwrap().unwrap();
            let home = call::next(&mut tx, &asked.survey, &sample, by, now).await.unwrap();
            assert!(call::note(&mut tx, home, by, Outcome::CallBack, Some(now + wait), now).await.unwrap());
            tx.commit().await.unwrap();
        }
        let (mut officer, _) = Browser::signed_in(&app, Role::Officer).await;
        let calls = format!("/staff/surveys/{}/calls", asked.survey.id);
        officer.get("/staff").await.expect(200).holds("2 homes asked to be rung later today").holds(&calls);
        app.clock.advance(TimeDelta::minutes(35));
        let (mut officer, _) = Browser::signed_in(&app, Role::Officer).await;
        officer.get("/staff").await.expect(200).holds("1 home asked to be rung again by now, 1 more today");
        app.clock.advance(TimeDelta::minutes(10));
        officer.get("/staff").await.expect(200).holds("2 homes asked to be rung again by now for");
        let (mut analyst, _) = Browser::signed_in(&app, Role::Analyst).await;
        analyst.get("/staff").await.expect(200).lacks("asked to be rung");
    });
}
