//! "Tenant survey": last year's survey for the regulator, closed and published with its measures and its summary of approach.

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};

use crate::db::{self, Tx};
use crate::questionnaires::answer::Answer;
use crate::questionnaires::bank;
use crate::random::Random;
use crate::surveys::example::ask::{self, Told};
use crate::surveys::example::respond;
use crate::surveys::kind::SurveyKind;
use crate::surveys::regulator::approach::{Approach, Sampling};
use crate::surveys::regulator::stock::Stock;
use crate::surveys::regulator::store;

/// How many homes the landlord has of each tenure.
const STOCK: Stock = Stock { lcra_homes: 2_290, lcho_homes: 160, combined: false };

/// Opened on a day and closed five weeks later. Chance is its own, so that what else the example holds stays as it is.
pub async fn load(tx: &mut Tx, opens: NaiveDate) -> Result<(), db::Error> {
    let random = &Random::seeded(1_204);
    let name = crate::settings::store::find(tx).await?.name;
    let Some(Ok(questions)) = bank::current().map(|bank| bank.questionnaire(&name)) else { return Ok(()) };
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
        vec![
            person.point(2),
            person.yes(89),
            person.yes(64),
            person.point(5),
            person.point(0),
            person.point(3),
            person.point_or_not(9, 3),
            person.point_or_not(-7, 9),
            person.point_or_not(3, 4),
            person.point_or_not(9, 4),
            person.yes(24),
            person.point(-33),
            communal(random),
            person.point(-2),
            person.point_or_not(-4, 14),
            person.point_or_not(-10, 22),
        ]
    })
    .await?;
    store::save_stock(tx, asked.survey.id, &STOCK).await?;
    store::save_approach(tx, asked.survey.id, &approach(), moment(closes)).await
}

/// Whether somebody has communal areas; some do not know.
fn communal(random: &Random) -> Answer {
    if random.percent(4) { Answer::DontKnow } else { Answer::Option(u8::from(!random.percent(52))) }
}

fn approach() -> Approach {
    Approach {
        sampling: Sampling::Census,
        representativeness: "We compared those who answered with all our tenants. No group is 5 points or more apart, so the answers are not weighted.".to_owned(),
        characteristics: "Age, area, kind of home, tenure".to_owned(),
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
        page.holds("TP01 Overall satisfaction").holds("Part-owned homes (LCHO)").holds("Not reported");
        let page = resident.get("/surveys/tenant-survey/approach").await.expect(200);
        page.holds("Of 2,290 homes").holds("which is enough").holds("by Larkfield Homes?");
        let (mut staff, _) = Browser::signed_in(&app, Role::Analyst).await;
        staff.get("/staff/surveys").await.expect(200).holds("Tenant satisfaction measures");
    }
}
