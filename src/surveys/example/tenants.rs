//! "Tenant survey": last year's survey for the regulator, closed and published with its measures and its summary of approach.

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};

use crate::db::{self, Tx};
use crate::people;
use crate::questionnaires::answer::Answer;
use crate::questionnaires::bank;
use crate::questionnaires::question::Question;
use crate::random::Random;
use crate::surveys::example::ask::{self, Told};
use crate::surveys::example::respond;
use crate::surveys::kind::SurveyKind;
use crate::surveys::regulator::approach::{Approach, Sampling};
use crate::surveys::regulator::stock::Stock;
use crate::surveys::regulator::store;
use crate::surveys::survey::Asked;
use crate::surveys::weighting;
use crate::surveys::weighting::method::{Margin, Method, Way};

/// How many homes are in each area, in the order of `AREAS`.
const AREA_HOMES: [u32; 5] = [600, 560, 510, 460, 320];

/// Each age with how many homes have a tenant of that age, how many in a hundred of those who answered are, and how much
/// better they find everything, in points.
const AGES: [(&str, u32, u64, i64); 4] =
    [("Under 35", 610, 14, -9), ("35 to 54", 880, 30, -4), ("55 to 74", 690, 38, 4), ("75 and over", 270, 18, 9)];

/// How many homes the landlord has of each tenure.
const STOCK: Stock = Stock { lcra_homes: 2_290, lcho_homes: 160, combined: false };

/// Opened on a day and closed five weeks later. Chance is its own, so that what else the example holds stays as it is.
pub async fn load(tx: &mut Tx, opens: NaiveDate) -> Result<(), db::Error> {
    let random = &Random::seeded(1_204);
    let name = crate::settings::store::find(tx).await?.name;
    let Some(Ok(mut questions)) = bank::current().map(|bank| bank.questionnaire(&name)) else { return Ok(()) };
    for question in [ask::area(), ask::one_of("How old are you?", &AGES.map(|(name, ..)| name))] {
        let _ = questions.add(question);
    }
    let closes = opens + TimeDelta::days(35);
    let told = Told {
        kind: SurveyKind::TsmPerception,
        title: "Tenant survey",
        introduction: "Once a year we ask every household what it is like to have us as a landlord. It takes about 6 minutes.\n\nYour answers are used to work out our tenant satisfaction measures. Every social landlord in England publishes them every year, so that you can compare.",
        next_steps: "We publish the measures here, with how we worked them out, and report them to our board.",
        minutes: 6,
        homes: None,
        opens,
        closes,
        results: Some(closes + TimeDelta::days(30)),
    };
    let asked = ask::publish(tx, random, &told, &questions).await?;
    respond::keep(tx, random, &asked, (opens, closes), 400, |person, _| {
        let (age, older) = age(random);
        let point = |shift: i64| person.point(shift + older);
        let point_or_not = |shift: i64, not: u64| person.point_or_not(shift + older, not);
        vec![
            point(2),
            person.yes(89),
            person.yes(64),
            point(5),
            point(0),
            point(3),
            point_or_not(9, 3),
            point_or_not(-7, 9),
            point_or_not(3, 4),
            point_or_not(9, 4),
            person.yes(24),
            point(-33),
            communal(random),
            point(-2),
            point_or_not(-4, 14),
            point_or_not(-10, 22),
            person.home(),
            age,
        ]
    })
    .await?;
    store::save_stock(tx, asked.survey.id, &STOCK).await?;
    weigh(tx, &asked, moment(closes)).await?;
    store::save_approach(tx, asked.survey.id, &approach(), moment(closes)).await
}

/// What somebody of an age answers, and how much better than their area finds they find everything, in points.
fn age(random: &Random) -> (Answer, i64) {
    let mut left = random.below(100);
    for (at, (_, _, answered, better)) in (0_u8..).zip(AGES) {
        if left < answered {
            return (Answer::Option(at), better);
        }
        left -= answered;
    }
    (Answer::NoAnswer, 0)
}

/// Weighs the answers so that those who gave them stand for all homes by tenure, area and age at once, as the analyst chose.
async fn weigh(tx: &mut Tx, asked: &Asked, at: DateTime<Utc>) -> Result<(), db::Error> {
    let questionnaire = &asked.version.questionnaire;
    let analyst = people::store::find_by_email(tx, "analyst@larkfield.example").await?;
    let tenure = questionnaire.bank().and_then(bank::find).and_then(|bank| bank.tenure_question(questionnaire));
    let own: Vec<&Question> = questionnaire.questions().iter().filter(|question| question.bank.is_none()).collect();
    let (Some((analyst, _)), Some(tenure), [area, age]) = (analyst, tenure, own.as_slice()) else { return Ok(()) };
    let margin = |question: &Question, numbers: &[u32]| Margin {
        key: question.key,
        numbers: question.kind.groups().into_iter().zip(numbers.iter().copied()).collect(),
    };
    let margins = vec![
        margin(tenure, &[2_290, 160, 0]),
        margin(area, &AREA_HOMES),
        margin(age, &AGES.map(|(_, homes, ..)| homes)),
    ];
    let method = Method { way: Way::Raking, margins, cap: Some(30) };
    weighting::store::save(tx, asked.survey.id, &method, analyst.id, at).await
}

/// Whether somebody has communal areas; some do not know.
fn communal(random: &Random) -> Answer {
    if random.percent(4) { Answer::DontKnow } else { Answer::Option(u8::from(!random.percent(52))) }
}

fn approach() -> Approach {
    Approach {
        sampling: Sampling::Census,
        representativeness: "We compared those who answered with all our tenants. Of those under 35 fewer answered than we have, of those of 75 and over more. So the answers are weighted by tenure, area and age, and each share is also given as people answered.".to_owned(),
        characteristics: "Age, area, tenure".to_owned(),
        contractors: "None. We asked and counted ourselves.".to_owned(),
        excluded_homes: 4,
        excluded_reason: "Asking could have put the people or our staff in danger.".to_owned(),
        shortfall: "All 160 shared owners were asked twice. Too few answered to reach 5 points.".to_owned(),
        incentives: "A draw of two vouchers of £50 each.".to_owned(),
        issues: "None".to_owned(),
    }
}

/// Noon of a day: when the summary was written.
fn moment(on: NaiveDate) -> DateTime<Utc> {
    on.and_hms_opt(12, 0, 0).unwrap_or_default().and_utc()
}

#[cfg(test)]
mod tests {
    use crate::people::Role;
    use crate::surveys::regulator;
    use crate::testing::Browser;

    #[tokio::test]
    async fn the_examples_measures_are_published_with_how_they_were_worked_out() {
        let app = crate::testing::app().await;
        crate::example::load(&app).await.unwrap();
        let mut tx = app.db.read().await.unwrap();
        let asked = crate::surveys::store::find_by_slug(&mut tx, "tenant-survey").await.unwrap().unwrap();
        assert_eq!(regulator::check_survey(&mut tx, &asked).await.unwrap(), None);
        assert_eq!(regulator::check_results(&mut tx, &asked).await.unwrap(), None);
        drop(tx);
        let mut resident = Browser::new(&app);
        let page = resident.get("/surveys/tenant-survey/results").await.expect(200);
        let page = page.holds("by raking").holds("“How old are you?”").holds("Weighted");
        page.holds("TP01 Overall satisfaction").holds("Part-owned homes (LCHO)").holds("Not reported");
        let page = resident.get("/surveys/tenant-survey/approach").await.expect(200);
        page.holds("Of 2,290 homes").holds("which is enough").holds("by Larkfield Homes?");
        let (mut staff, _) = Browser::signed_in(&app, Role::Analyst).await;
        let page = staff.get(&format!("/staff/surveys/{}/weighting", asked.survey.id)).await.expect(200);
        page.holds("What these numbers give").holds("Anwen Tally").holds("75 and over");
        let page = staff.get(&format!("/staff/surveys/{}/measures", asked.survey.id)).await.expect(200);
        page.holds("Weighted");
        staff.get("/staff/surveys").await.expect(200).holds("Tenant satisfaction measures");
    }
}
