//! "Your home and us": the example landlord's monthly survey, begun four months ago, with answers of the months that are over.

use chrono::{DateTime, Datelike, Months, NaiveDate, NaiveTime, TimeDelta, Utc};

use crate::clock;
use crate::db::{self, Tx};
use crate::questionnaires::answer::{Answer, Answers};
use crate::questionnaires::code_book;
use crate::questionnaires::response::{Channel, NewResponse};
use crate::questionnaires::store as questionnaires;
use crate::random::Random;
use crate::residents::{self, Way, Ways};
use crate::surveys::describe::{self, Description};
use crate::surveys::example::ask;
use crate::surveys::kind::SurveyKind;
use crate::surveys::rolling::plan::{Calendar, Month, Series, Size};
use crate::surveys::rolling::{set_up, store, turn};
use crate::surveys::sample::plan::Strata;
use crate::surveys::sample::store::{homes, samples};
use crate::surveys::store as surveys;
use crate::surveys::survey::Access;
use crate::thread::id::SurveyId;

/// How many months ago the first one was.
const BEGAN: u32 = 4;
/// How many of the twelve homes of each month answered: one month is too small to be told by itself.
const ANSWERED: [u64; 5] = [8, 7, 3, 9, 4];

/// Nothing is loaded where there is no list of homes.
///
/// # Errors
/// When the database refuses.
pub async fn load(tx: &mut Tx, today: NaiveDate) -> Result<(), db::Error> {
    if residents::list_current(tx).await?.is_empty() {
        return Ok(());
    }
    let random = &Random::seeded(31);
    let first = today.with_day(1).and_then(|this| this.checked_sub_months(Months::new(BEGAN))).unwrap_or(today);
    let calendar = Calendar { first, months: 12, day: 1, time: nine(), days: 21 };
    let set_up_at =
        calendar.times().first().map_or_else(|| morning(first), |(opens_at, _)| *opens_at) - TimeDelta::days(9);
    let series = Series {
        id: 0,
        pattern: pattern(tx, random, set_up_at).await?,
        title: "Your home and us".to_owned(),
        seed: "larkfield months".to_owned(),
        strata: Strata::Area,
        size: Size::Homes(12),
        ways: Ways::ALL,
        months_apart: 12,
        most_reminders: 2,
        remind_after: 7,
        most_calls: 6,
    };
    let id = set_up::create(tx, &series, &calendar, set_up_at).await?;
    for (month, answered) in store::list_months(tx, id).await?.into_iter().zip(ANSWERED) {
        let opened = month.opens_at + TimeDelta::minutes(1);
        if clock::london_day(opened) > today || !turn::open(tx, random, &month, opened).await.unwrap_or(false) {
            break;
        }
        answer(tx, random, &month, answered, today).await?;
    }
    Ok(())
}

/// The survey whose questions every month asks: it stays a draft.
async fn pattern(tx: &mut Tx, random: &Random, at: DateTime<Utc>) -> Result<SurveyId, db::Error> {
    let questions = ask::questionnaire(vec![
        ask::satisfied(
            "Taking everything into account, how satisfied or dissatisfied are you with us as a landlord?",
            false,
        )
        .required(),
        ask::satisfied("How satisfied or dissatisfied are you with the condition of your home?", false),
        ask::agrees("Do you agree or disagree that we treat you fairly and with respect?", false),
        ask::words("What is the one thing we should do better?"),
    ]);
    let description = Description {
        title: "Your home and us: the questions of every month".to_owned(),
        introduction: "Every month we ask some of our homes what it is like to live in them. We drew yours from our list; no home is asked twice in a year.".to_owned(),
        next_steps: "We read every answer, and say once a year what the homes told us and what we do about it.".to_owned(),
        minutes: 3,
        access: Access::Personal,
        one_page: false,
        homes: None,
        opens_at: at,
        closes_at: at + TimeDelta::days(300),
    };
    describe::create(tx, random, SurveyKind::Perception, &description, &questions, at).await
}

/// Homes of a month were written to on its first day and reminded twice; some answered within two weeks.
async fn answer(tx: &mut Tx, random: &Random, month: &Month, answered: u64, today: NaiveDate) -> Result<(), db::Error> {
    let Some(month) = store::list_months(tx, month.series).await?.into_iter().find(|one| one.id == month.id) else {
        return Ok(());
    };
    let Some(asked) = (match month.survey {
        Some(survey) => surveys::find(tx, survey).await?,
        None => None,
    }) else {
        return Ok(());
    };
    let survey = asked.survey.id;
    let on = month.first_day();
    let mut drawn = Vec::new();
    for household in residents::list_current(tx).await? {
        drawn.extend(homes::find_by_household(tx, survey, household.id).await?);
    }
    drawn.sort_by_key(|home| home.place);
    // The invitation, and the reminders to those who had not answered, so far as their day has come.
    for (mailing, days) in [(1, 0), (2, 7), (3, 14)] {
        let sent_on = on + TimeDelta::days(days);
        if sent_on > today || (mailing > 1 && !samples::order_mailing(tx, survey, mailing - 1, sent_on).await?) {
            break;
        }
        let asked_again = if mailing == 1 { 0 } else { usize::try_from(answered).unwrap_or(0) };
        for home in drawn.iter().skip(asked_again).filter(|home| home.way == Way::Email) {
            homes::mark_mailed(tx, home.id, mailing, true, sent_on).await?;
        }
    }
    let since = u64::try_from((today - on).num_days()).unwrap_or(0).min(14);
    for (at, home) in (0..answered).zip(&drawn) {
        let mut answers = Answers::default();
        for question in asked.version.questionnaire.questions().iter().take(3) {
            let point = random.below(5).min(random.below(4));
            answers.put(question.key, Answer::Option(u8::try_from(point).unwrap_or(0)));
        }
        let coded = code_book::encode(&asked.version.questionnaire, &answers);
        let response = NewResponse {
            version_id: asked.version.id,
            coded: &coded,
            channel: if at % 4 == 3 { Channel::Telephone } else { Channel::PersonalLink },
            received_on: on + TimeDelta::days(i64::try_from(random.below(since + 1)).unwrap_or(0)),
            reference: &random.reference(),
            submission_key: &random.token(),
            digest: &code_book::digest(&coded),
        };
        questionnaires::insert_response(tx, random, &response).await?;
        homes::spend(tx, survey, home.id).await?;
    }
    Ok(())
}

fn nine() -> NaiveTime {
    NaiveTime::from_hms_opt(9, 0, 0).unwrap_or_default()
}

fn morning(on: NaiveDate) -> DateTime<Utc> {
    let local = on.and_time(nine());
    clock::london_instant(local).unwrap_or_else(|_| local.and_utc())
}

#[cfg(test)]
mod tests {
    use crate::people::Role;
    use crate::testing::Browser;

    #[tokio::test]
    async fn the_example_has_months_that_are_over_one_that_is_open_and_months_to_come() {
        let app = crate::testing::app().await;
        crate::example::load(&app).await.unwrap();
        let (mut staff, _) = Browser::signed_in(&app, Role::Officer).await;
        let page = staff.get("/staff/surveys/monthly").await.expect(200).holds("Your home and us");
        page.holds("July 2026 to June 2027").holds("November 2026");
        let page = staff.get("/staff/surveys/monthly/1").await.expect(200).holds("larkfield months 2027-03");
        page.holds("Stop this month").holds("Close it now").holds("Planned").lacks("Could not draw");
        let page = staff.get("/staff/surveys/monthly/1/results").await.expect(200);
        page.holds("Month by month")
            .holds("the 4 months to October 2026 (3 of them told)")
            .holds("Too few answered to tell: September 2026");
        let (mut auditor, _) = Browser::signed_in(&app, Role::Auditor).await;
        auditor.get("/staff/surveys/monthly/1").await.expect(200).lacks("Stop this month");
        // Running on, the program leaves what was opened as it is, and opens the next month.
        let letters = async || {
            crate::testing::run_jobs(&app).await;
            crate::testing::run_jobs(&app).await;
            let all = crate::mail::store::list(&mut app.db.read().await.unwrap(), 999).await.unwrap();
            all.into_iter()
                .map(|letter| letter.subject)
                .filter(|subject| subject.contains("Your home and us"))
                .collect::<Vec<_>>()
        };
        assert!(letters().await.is_empty(), "nobody is invited twice");
        app.clock.advance(chrono::TimeDelta::days(16));
        let sent = letters().await;
        assert!(
            !sent.is_empty() && sent.iter().all(|subject| subject.starts_with("Your home and us (12/2026)")),
            "{sent:?}"
        );
        let (mut staff, _) = Browser::signed_in(&app, Role::Officer).await;
        staff.get("/staff/surveys/monthly").await.expect(200).holds("December 2026");
    }
}
