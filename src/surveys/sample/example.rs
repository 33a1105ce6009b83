//! "Your heating": the example landlord's survey of a sample of homes, open now, with some answers and a few calls.

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};

use crate::clock;
use crate::db::{self, Tx};
use crate::people;
use crate::questionnaires::answer::{Answer, Answers};
use crate::questionnaires::code_book;
use crate::questionnaires::response::{Channel, NewResponse};
use crate::questionnaires::store as questionnaires;
use crate::random::Random;
use crate::residents;
use crate::surveys::example::ask::{self, Told};
use crate::surveys::kind::SurveyKind;
use crate::surveys::sample::call;
use crate::surveys::sample::draw;
use crate::surveys::sample::outcome::Outcome;
use crate::surveys::sample::plan::{Plan, Strata};
use crate::surveys::sample::store::{homes, samples};
use crate::surveys::store;
use crate::surveys::survey::{Access, Asked, Survey};

/// How many homes of the sample have answered.
const ANSWERED: i64 = 20;

/// Opened ten days before today. Nothing is loaded where there is no list of homes.
///
/// # Errors
/// When the database refuses.
pub async fn load(tx: &mut Tx, today: NaiveDate) -> Result<(), db::Error> {
    if residents::list_current(tx).await?.is_empty() {
        return Ok(());
    }
    let random = &Random::seeded(60);
    let asked = publish(tx, random, today).await?;
    let id = asked.survey.id;
    let plan = Plan {
        strata: Strata::Area,
        whole: Vec::new(),
        wanted: Some(60),
        months: 12,
        ways: residents::Ways::ALL,
        most_reminders: 2,
        most_calls: 6,
    };
    let begun = morning(today - TimeDelta::days(9));
    if draw::draw(tx, &asked.survey, &plan, "larkfield autumn", begun).await.is_err() {
        return Ok(());
    }
    let on = clock::london_day(begun);
    samples::order_mailing(tx, id, 0, on).await?;
    samples::begin(tx, id, begun).await?;
    let homes = all(tx, &asked.survey).await?;
    for home in &homes {
        if home.way != residents::Way::Telephone {
            homes::mark_mailed(tx, home.id, 1, true, on).await?;
        }
    }
    answer(tx, random, &asked, today).await?;
    for home in homes.iter().filter(|home| home.place % 3 == 0 && home.place / 3 <= ANSWERED) {
        homes::spend(tx, id, home.id).await?;
    }
    ring(tx, &asked.survey, today).await
}

/// Every home of the sample, in the order of the draw.
async fn all(tx: &mut Tx, survey: &Survey) -> Result<Vec<super::home::Home>, db::Error> {
    let mut found = Vec::new();
    for household in residents::list_current(tx).await? {
        found.extend(homes::find_by_household(tx, survey.id, household.id).await?);
    }
    found.sort_by_key(|home| home.place);
    Ok(found)
}

async fn publish(tx: &mut Tx, random: &Random, today: NaiveDate) -> Result<Asked, db::Error> {
    let questions = ask::questionnaire(vec![
        ask::satisfied("How satisfied or dissatisfied are you with the heating in your home?", false).required(),
        ask::one_of("Can you keep your home warm in winter?", &["Yes, always", "Most of the time", "Not often", "No"]),
        ask::one_of("Has your heating broken down in the last 12 months?", &["Yes", "No"]),
        ask::words("What should we know about the heating in homes like yours?"),
    ]);
    let told = Told {
        kind: SurveyKind::Perception,
        title: "Your heating",
        introduction: "We are choosing where to renew the heating first. We drew 60 homes from our list, so that every area has its share, and ask each of them once.",
        next_steps: "We publish what the homes told us here, and say which streets come first and why.",
        minutes: 3,
        homes: Some(240),
        opens: today - TimeDelta::days(10),
        closes: today + TimeDelta::days(20),
        results: None,
    };
    let asked = ask::publish(tx, random, &told, &questions).await?;
    let survey = Survey { access: Access::Personal, ..asked.survey };
    store::update(tx, &survey).await?;
    Ok(Asked { survey, ..asked })
}

/// The answers so far: two in three by link, the others by telephone.
async fn answer(tx: &mut Tx, random: &Random, asked: &Asked, today: NaiveDate) -> Result<(), db::Error> {
    for at in 0..ANSWERED {
        let mut answers = Answers::default();
        for (question, options) in asked.version.questionnaire.questions().iter().zip([5_u64, 4, 2]) {
            let drawn = random.below(options).min(random.below(options));
            answers.put(question.key, Answer::Option(u8::try_from(drawn).unwrap_or(0)));
        }
        let coded = code_book::encode(&asked.version.questionnaire, &answers);
        let response = NewResponse {
            version_id: asked.version.id,
            coded: &coded,
            channel: if at % 3 == 2 { Channel::Telephone } else { Channel::PersonalLink },
            received_on: today - TimeDelta::days(8 - at / 3),
            reference: &random.reference(),
            submission_key: &random.token(),
            digest: &code_book::digest(&coded),
        };
        questionnaires::insert_response(tx, random, &response).await?;
    }
    Ok(())
}

/// A few calls of the day before.
async fn ring(tx: &mut Tx, survey: &Survey, today: NaiveDate) -> Result<(), db::Error> {
    let officer = people::store::list(tx).await?.into_iter().find(|account| account.role == people::Role::Officer);
    let (Some(officer), Some(sample)) = (officer, samples::find(tx, survey.id).await?) else { return Ok(()) };
    let mut now = morning(today - TimeDelta::days(1));
    let came = [
        (Outcome::NoAnswer, None),
        (Outcome::CallBack, Some(morning(today + TimeDelta::days(1)))),
        (Outcome::Engaged, None),
        (Outcome::Refused, None),
        (Outcome::NoAnswer, None),
        (Outcome::WrongNumber, None),
    ];
    for (outcome, again) in came {
        let Ok(home) = call::next(tx, survey, &sample, officer.id, now).await else { break };
        call::note(tx, home, officer.id, outcome, again, now).await?;
        now += TimeDelta::minutes(7);
    }
    Ok(())
}

/// Ten in the morning of a day in London.
fn morning(on: NaiveDate) -> DateTime<Utc> {
    let local = on.and_hms_opt(10, 0, 0).unwrap_or_default();
    clock::london_instant(local).unwrap_or_else(|_| local.and_utc())
}

#[cfg(test)]
mod tests {
    use crate::people::Role;
    use crate::testing::Browser;

    #[tokio::test]
    async fn the_example_has_a_sample_with_answers_and_calls() {
        let app = crate::testing::app().await;
        crate::example::load(&app).await.unwrap();
        let mut tx = app.db.read().await.unwrap();
        let asked = crate::surveys::store::find_by_slug(&mut tx, "your-heating").await.unwrap().unwrap();
        drop(tx);
        let (mut staff, _) = Browser::signed_in(&app, Role::Officer).await;
        let at = format!("/staff/surveys/{}", asked.survey.id);
        let page = staff.get(&format!("{at}/sample")).await.expect(200).holds("larkfield autumn");
        page.holds("Lantern Quay").holds("Response rate so far").holds("It stays as it is");
        staff.get(&format!("{at}/calls")).await.expect(200).holds("Ring the next home").holds("Wrong number");
        staff.get("/staff/homes").await.expect(200).holds("240 homes are on the list");
    }
}
