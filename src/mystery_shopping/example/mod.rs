//! The example landlord's mystery shopping: four scenarios, six shoppers, thirty returns over twelve months, and a shop waiting for an answer.

mod picture;
mod scripts;
mod visits;

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};

use super::assign::NewAssignment;
use super::assignment::Assignment;
use super::key::ScenarioId;
use super::moderate;
use super::outcome::Outcome;
use super::photo::{self, NewPhoto};
use super::programme;
use super::respond;
use super::scenario::{ItemScript, Scenario, Script};
use super::shop_return::{NewItem, NewReturn};
use super::shopper::Training;
use super::store::{assignments, drafts, returns, scenarios, shoppers};
use super::{draft, file_return, train, write_scenario};
use crate::app::App;
use crate::clock;
use crate::db::{self, Tx};
use crate::files;
use crate::people::{self, Role};
use crate::random::Random;
use crate::standards;
use crate::thread::id::{AccountId, ReturnId};
use visits::{End, Visit};

/// Shoppers beside the two who can sign in.
const MORE_SHOPPERS: [(&str, &str); 4] = [
    ("shopper3@larkfield.example", "Merle Footway"),
    ("shopper4@larkfield.example", "Tansy Doorbell"),
    ("shopper5@larkfield.example", "Clement Pathway"),
    ("shopper6@larkfield.example", "Hazel Newbridge"),
];

fn refused(column: &'static str) -> db::Error {
    db::Error::Corrupt { table: "the example's mystery shopping", column }
}

/// Adds the example's mystery shopping. It leans on the example's people and standards.
///
/// # Errors
/// When the database refuses.
pub async fn load(app: &App, tx: &mut Tx, chance: &Random) -> Result<(), db::Error> {
    let today = app.clock.today();
    let all = write_scenarios(tx, moment(today - TimeDelta::days(372), 10, 0)).await?;
    let trained = add_shoppers(tx, today).await?;
    let officer =
        people::store::find_by_email(tx, "officer@larkfield.example").await?.ok_or_else(|| refused("officer"))?.0;
    for (at, visit) in visits::ALL.iter().enumerate() {
        let shopper =
            trained.get((at * 2 + visit.0) % trained.len().max(1)).copied().ok_or_else(|| refused("shopper"))?;
        let scenario = all.get(visit.0).ok_or_else(|| refused("scenario"))?;
        add_return(app, tx, chance, scenario, shopper, officer.id, visit).await?;
    }
    add_open_shops(app, tx, &all, &trained).await?;
    Ok(())
}

fn moment(on: NaiveDate, hour: u32, minute: u32) -> DateTime<Utc> {
    let local = on.and_hms_opt(hour, minute, 0).unwrap_or_default();
    clock::london_instant(local).unwrap_or_default()
}

async fn write_scenarios(tx: &mut Tx, at: DateTime<Utc>) -> Result<Vec<Scenario>, db::Error> {
    let mut all = Vec::new();
    for draft in scripts::ALL {
        let mut items = Vec::new();
        for (wording, slug, measure) in draft.items {
            let standard = standards::find_published_by_slug(tx, slug).await?.ok_or_else(|| refused("standard"))?.id;
            items.push(ItemScript { wording: (*wording).into(), standard, measure: (*measure).into() });
            programme::plan(tx, at, standard, if *slug == "relet-standard" { 10 } else { 12 }).await?;
        }
        let script = Script {
            title: draft.title.into(),
            persona: draft.persona.into(),
            channel: draft.channel,
            brief: draft.brief.into(),
            opening_line: draft.opening_line.into(),
            facts_allowed: draft.facts_allowed.into(),
            stop_rule: draft.stop_rule.into(),
            answer_key: draft.answer_key.into(),
            items,
        };
        let (id, _): (ScenarioId, _) = write_scenario::write(tx, at, &script).await?;
        all.push(scenarios::find(tx, id).await?.ok_or_else(|| refused("scenario"))?);
    }
    Ok(all)
}

/// Five trained shoppers, and one who signed the agreement but is not trained yet.
async fn add_shoppers(tx: &mut Tx, today: NaiveDate) -> Result<Vec<AccountId>, db::Error> {
    let joined = moment(today - TimeDelta::days(380), 9, 0);
    let mut ids = Vec::new();
    for email in ["shopper@larkfield.example", "shopper2@larkfield.example"] {
        ids.push(people::store::find_by_email(tx, email).await?.ok_or_else(|| refused("shopper"))?.0.id);
    }
    for (email, name) in MORE_SHOPPERS {
        ids.push(people::store::insert(tx, email, name, Role::Shopper, None, true, joined).await?);
    }
    let untrained = ids.pop();
    for id in &ids {
        train::agree(tx, joined, *id, today - TimeDelta::days(378)).await?;
        let trained_on = today - TimeDelta::days(375);
        let training = Training {
            trained_on,
            trained_by: "Larkfield Homes with the Millbeck Tenants’ Circle, joint training day".into(),
            expires_on: train::usual_expiry(trained_on),
        };
        shoppers::insert_training(tx, *id, &training, joined).await?;
    }
    if let Some(id) = untrained {
        train::agree(tx, moment(today - TimeDelta::days(6), 9, 0), id, today - TimeDelta::days(6)).await?;
    }
    Ok(ids)
}

async fn give(
    tx: &mut Tx,
    to: AccountId,
    scenario: &Scenario,
    (opens_on, closes_on): (NaiveDate, NaiveDate),
    note: &str,
    at: DateTime<Utc>,
) -> Result<Assignment, db::Error> {
    let new = NewAssignment { scenario_version: scenario.version, opens_on, closes_on, note: note.into() };
    let id = assignments::insert_if_ready(tx, to, &new, at).await?.ok_or_else(|| refused("training"))?;
    assignments::find(tx, id).await?.ok_or_else(|| refused("assignment"))
}

fn outcomes(text: &str) -> impl Iterator<Item = Outcome> {
    text.chars().map(|letter| match letter {
        'm' => Outcome::Met,
        'n' => Outcome::NotMet,
        _ => Outcome::NotApplicable,
    })
}

async fn add_return(
    app: &App,
    tx: &mut Tx,
    chance: &Random,
    scenario: &Scenario,
    shopper: AccountId,
    officer: AccountId,
    Visit(_, days_ago, scores, value, facts, end): &Visit,
) -> Result<(), db::Error> {
    let mut on = app.clock.today() - TimeDelta::days(*days_ago);
    while matches!(chrono::Datelike::weekday(&on), chrono::Weekday::Sat | chrono::Weekday::Sun) {
        on -= TimeDelta::days(1);
    }
    let hour = 9 + u32::try_from(chance.below(7)).unwrap_or(0);
    let began_at = moment(on, hour, u32::try_from(chance.below(50)).unwrap_or(0));
    let window = (on - TimeDelta::days(5), on + TimeDelta::days(9));
    let shop = give(tx, shopper, scenario, window, "", began_at - TimeDelta::days(6)).await?;
    respond::accept(tx, began_at - TimeDelta::days(5), shop.assignment_id, shopper)
        .await
        .map_err(|_| refused("accept"))?;
    let has_photo = scenario.channel == super::channel::Channel::Inspection && matches!(end, End::Waiting);
    if has_photo {
        keep_picture(app, tx, &shop, shopper, "The landing with the bag and the wet floor").await?;
    }
    let new = NewReturn {
        shopped_on: on,
        began_at,
        ended_at: began_at + TimeDelta::minutes(12),
        items: scenario
            .items
            .iter()
            .zip(outcomes(scores))
            .map(|(item, outcome)| NewItem {
                item: item.id,
                outcome,
                value: value.filter(|_| !item.measure.is_empty()),
            })
            .collect(),
        facts: (*facts).into(),
        recognised: matches!(end, End::Void(_)),
        felt_unsafe: false,
        unsafe_words: String::new(),
    };
    let filed_at = began_at + TimeDelta::hours(5);
    let id = file_return::file(tx, filed_at, &shop, &new, &chance.token(), &chance.reference())
        .await
        .map_err(|_| refused("file"))?;
    finish(tx, id, filed_at + TimeDelta::days(2), officer, *end).await
}

async fn finish(tx: &mut Tx, id: ReturnId, at: DateTime<Utc>, officer: AccountId, end: End) -> Result<(), db::Error> {
    let found = returns::find(tx, id).await?.ok_or_else(|| refused("return"))?;
    if let End::Amended(which, reason) = end {
        let items = returns::items(tx, id).await?;
        let item = items.get(which).ok_or_else(|| refused("item"))?;
        let value = item.value().map(|value| if value > 60.0 { 52.0 } else { 9.0 });
        moderate::amend(tx, at, &found, officer, item, (Outcome::Met, value), reason)
            .await
            .map_err(|_| refused("amend"))?;
    }
    match end {
        End::Accepted | End::Amended(..) => {
            moderate::accept(tx, at, &found, officer, &found.facts).await.map_err(|_| refused("accept"))
        }
        End::Void(reason) => moderate::make_void(tx, at, &found, officer, reason).await.map_err(|_| refused("void")),
        End::Queried(question) => {
            returns::set_queried(tx, id, Some(at)).await?;
            returns::insert_decision(tx, id, "queried", question, Some(officer), at).await
        }
        End::Waiting => Ok(()),
    }
}

async fn keep_picture(app: &App, tx: &mut Tx, shop: &Assignment, by: AccountId, words: &str) -> Result<(), db::Error> {
    let drawn = files::draw_photo(picture::stairwell().map_err(|_| refused("picture"))?).await;
    let new =
        NewPhoto { name: "stairs.jpg".into(), drawn: drawn.map_err(|_| refused("picture"))?, words: words.into() };
    photo::keep(app, tx, app.clock.now(), shop.assignment_id, by, &new).await.map_err(|_| refused("picture"))?;
    Ok(())
}

/// What is open today: one to answer, one written and not sent, one to do, one declined.
async fn add_open_shops(app: &App, tx: &mut Tx, all: &[Scenario], trained: &[AccountId]) -> Result<(), db::Error> {
    let (now, today) = (app.clock.now(), app.clock.today());
    let ([phone, email, visit, look], [first, second, third, ..]) = (all, trained) else {
        return Err(refused("scenario"));
    };
    let days = |from: i64, to: i64| (today + TimeDelta::days(from), today + TimeDelta::days(to));
    give(tx, *first, visit, days(0, 14), "Please go on a weekday before noon.", now).await?;
    let written = give(tx, *first, look, days(-6, 8), "The block at 3 Heron Walk. Meet at the entrance.", now).await?;
    respond::accept(tx, now, written.assignment_id, *first).await.map_err(|_| refused("accept"))?;
    keep_picture(app, tx, &written, *first, "The first landing, with a bag left beside the stairs").await?;
    drafts::save(tx, written.assignment_id, &half_written(look, today - TimeDelta::days(1)), now).await?;
    let to_do = give(tx, *second, phone, days(-2, 12), "", now).await?;
    respond::accept(tx, now, to_do.assignment_id, *second).await.map_err(|_| refused("accept"))?;
    let declined = give(tx, *third, email, days(-3, 11), "", now).await?;
    respond::decline(tx, now, declined.assignment_id, *third, "My neighbour works in that team and would know my name")
        .await
        .map_err(|_| refused("decline"))
}

/// The form of a return that needs only to be checked and sent.
fn half_written(scenario: &Scenario, on: NaiveDate) -> drafts::Fields {
    let mut form = crate::web::Form::filled(&[
        ("began", "10:15"),
        ("ended", "10:50"),
        (
            "facts",
            "The home was clean and everything worked. A bag of rubbish stood on the first landing. I told the member of staff.",
        ),
        ("recognised", "no"),
        ("unsafe", "no"),
        ("truthful", "yes"),
    ]);
    form.set_day("on", Some(on));
    for (item, outcome) in scenario.items.iter().zip(outcomes("mmmmn")) {
        form.set(&draft::outcome_field(item), outcome.code());
    }
    form.fields().to_vec()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::statistics::disclosure::Policy;
    use crate::testing::app;

    #[tokio::test]
    async fn the_example_has_thirty_returns_and_a_shop_for_a_newcomer() {
        let app = app().await;
        let mut tx = app.db.write().await.unwrap();
        people::example::load(&app, &mut tx).await.unwrap();
        standards::example::load(&app, &mut tx, &Random::seeded(1)).await.unwrap();
        load(&app, &mut tx, &Random::seeded(1)).await.unwrap();
        let all = returns::list(&mut tx).await.unwrap();
        assert_eq!(all.len(), 30);
        assert_eq!(all.iter().filter(|found| found.state() == super::super::shop_return::State::Accepted).count(), 24);
        assert_eq!(returns::count_waiting(&mut tx).await.unwrap(), 3);
        let sol = people::store::find_by_email(&mut tx, "shopper@larkfield.example").await.unwrap().unwrap().0;
        let own = assignments::list_own(&mut tx, sol.id).await.unwrap();
        assert!(own.iter().any(|shop| shop.stage() == super::super::assignment::Stage::Offered));
        let lines = programme::lines(&mut tx, app.clock.today()).await.unwrap();
        assert_eq!(lines.len(), 7);
        let readings: Vec<String> = lines.iter().map(|line| line.score.reading(&Policy::shops()).sentence()).collect();
        assert!(readings.iter().any(|words| words.starts_with("Too few")), "{readings:?}");
        assert!(readings.iter().any(|words| words.contains("indicative")), "{readings:?}");
        tx.commit().await.unwrap();
    }
}
