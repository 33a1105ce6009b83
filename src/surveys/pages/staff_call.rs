//! One home that somebody is ringing: whom to ask for, what came of earlier calls, and what comes of this one.

use chrono::{DateTime, NaiveDateTime, Utc};
use leptos::prelude::*;

use crate::audit;
use crate::clock;
use crate::residents::{self, Household};
use crate::shell;
use crate::surveys::pages::staff_details;
use crate::surveys::sample::call::{self, HELD_FOR};
use crate::surveys::sample::home::Home;
use crate::surveys::sample::outcome::Outcome;
use crate::surveys::sample::store::{calls, homes};
use crate::surveys::survey::{Asked, Survey};
use crate::ui;
use crate::web::{Form, Page, PageError, Reply, Req};

struct Held {
    asked: Asked,
    home: Home,
    household: Household,
    calls: Vec<(String, DateTime<Utc>)>,
}

const NOT_YOURS: &str = "That home is not yours to ring any more. Take the next one";

/// The home of the address, if the caller holds it.
async fn held(req: &Req) -> Result<Option<Held>, PageError> {
    let asked = staff_details::found(req).await?;
    let mut tx = req.app.db.read().await?;
    let home = homes::find(&mut tx, asked.survey.id, req.id("home")?).await?.ok_or(PageError::NotFound)?;
    if !home.is_held_by(req.account()?.id) {
        return Ok(None);
    }
    let household = residents::find(&mut tx, home.household).await?.ok_or(PageError::NotFound)?;
    let calls = calls::list(&mut tx, home.id).await?.into_iter().map(|(outcome, at, _)| (outcome, at)).collect();
    Ok(Some(Held { asked, home, household, calls }))
}

fn to_queue(req: &Req) -> Result<Reply, PageError> {
    Ok(Reply::redirect(format!("/staff/surveys/{}/calls", req.param("id")?)))
}

/// `/staff/surveys/{id}/calls/{home}`
pub async fn get(req: Req) -> Result<Reply, PageError> {
    let Some(held) = held(&req).await? else { return Ok(to_queue(&req)?.noting(NOT_YOURS)) };
    let mut form = Form::default();
    form.set_day("again", Some(req.today()));
    Ok(page(held, form, req.now()).into())
}

fn page(held: Held, form: Form, now: DateTime<Utc>) -> Page {
    let refused = form.clone();
    let title = format!("Ring {}", held.household.reference);
    Page::staff(title, move || {
        let (survey, home, household) = (&held.asked.survey, &held.home, &held.household);
        let at = format!("/staff/surveys/{}", survey.id);
        let until = home.claim.map_or(now + HELD_FOR, |(_, until)| until);
        let numbers = [&household.telephone, &household.mobile].into_iter().filter(|number| !number.is_empty());
        let numbers: Vec<AnyView> = numbers.map(|number| view! { <p>{shell::phone(number)}</p> }.into_any()).collect();
        let or_not = |words: &str| if words.is_empty() { "Not known".to_owned() } else { words.to_owned() };
        let earlier = earlier(&held.calls);
        view! {
            <a class="govuk-back-link" href=format!("{at}/calls")>"Calls"</a>
            {ui::error_summary(&form)}
            <div class="ds-heading"><h1><span class="ds-heading__caption">{survey.title.clone()}</span>{household.shown_name()}</h1><p class="ds-lead">{format!("This home is yours until {}.", clock::time_of_day(until))}</p></div>
            {ui::facts(vec![
                ("Number", numbers.into_any()),
                ("Home", household.reference.clone().into_any()),
                ("Area", or_not(&household.area).into_any()),
                ("Tenure", or_not(&household.tenure).into_any()),
                ("Language", or_not(&household.language).into_any()),
                ("Earlier calls", earlier),
            ])}
            <section class="ds-section">
                <h2>"They will answer now"</h2>
                <p>{opening(survey)}</p>
                <p>{ui::link_button("Enter their answers", format!("{at}/enter?by=telephone&home={}", home.id))}</p>
            </section>
            <section class="ds-section">
                <h2>"Something else came of it"</h2>
                <form method="post" novalidate>
                    {ui::radios(&form, "outcome", "What came of the call?", Outcome::ALL.map(|outcome| (outcome.code(), outcome.label()))).view()}
                    {ui::day(&form, "again", "The day to ring again", "Only where they named one.")}
                    {ui::text(&form, "time", "The time to ring again").hint("Like 10am or 14:30.").width(10).view()}
                    <div class="govuk-button-group">
                        <button type="submit" class="govuk-button" name=ui::STEP value="note">"Save and go on"</button>
                        <button type="submit" class="govuk-button govuk-button--secondary" name=ui::STEP value="release">"I have not rung them"</button>
                    </div>
                </form>
            </section>
        }
    })
    .with_form(&refused)
}

/// What the caller says first.
fn opening(survey: &Survey) -> String {
    let minutes = if survey.minutes == 1 { "1 minute".to_owned() } else { format!("{} minutes", survey.minutes) };
    format!(
        "Say who you are, that their home was drawn, that it takes about {minutes}, and that their name is not kept with the answers. Then read the questions as they stand."
    )
}

fn earlier(calls: &[(String, DateTime<Utc>)]) -> AnyView {
    if calls.is_empty() {
        return "None".into_any();
    }
    let rows = calls.iter().map(|(outcome, at)| {
        let words = outcome.parse::<Outcome>().map_or("", Outcome::label);
        view! { <li>{format!("{}: {words}", clock::day_and_time(*at))}</li> }
    });
    view! { <ul>{rows.collect_view()}</ul> }.into_any()
}

/// Notes what came of the call, or gives the home back.
pub async fn post(req: Req) -> Result<Reply, PageError> {
    let Some(held) = held(&req).await? else { return Ok(to_queue(&req)?.noting(NOT_YOURS)) };
    let mut form = req.form();
    let by = req.account()?.id;
    if form.has("step", "release") {
        let mut tx = req.app.db.write().await?;
        calls::release(&mut tx, held.home.id, by).await?;
        tx.commit().await?;
        return Ok(to_queue(&req)?.saying("The home is free for others"));
    }
    let outcome = form.choice::<Outcome>("outcome", "Choose what came of the call");
    let named = if outcome == Some(Outcome::CallBack) { again(&mut form, &held.asked.survey, req.now()) } else { None };
    let Some(outcome) = outcome.filter(|_| form.is_valid()) else { return Ok(page(held, form, req.now()).into()) };
    let mut tx = req.app.db.write().await?;
    // Once a day, as where a home is taken: see there.
    let object = format!("survey/{}", held.asked.survey.id);
    audit::record_first_of_day(&mut tx, req.now(), &req.account()?.actor(), "rang homes", &object).await?;
    if !call::note(&mut tx, held.home.id, by, outcome, named, req.now()).await? {
        drop(tx);
        return Ok(
            to_queue(&req)?.noting("The home has answered meanwhile, or is not yours any more. Nothing was noted")
        );
    }
    tx.commit().await?;
    Ok(to_queue(&req)?.saying("Noted"))
}

/// When to ring again; none where it cannot be, which the form then says.
fn again(form: &mut Form, survey: &Survey, now: DateTime<Utc>) -> Option<DateTime<Utc>> {
    let day = form.day("again", "The day to ring again");
    let time = clock::read_time(form.value("time"));
    if time.is_none() {
        form.error("time", "Enter the time to ring again, like 10am or 14:30");
    }
    let at = clock::london_instant(NaiveDateTime::new(day?, time?));
    match at {
        Ok(at) if at <= now => form.error("again", "The time to ring again must lie ahead"),
        Ok(at) if at >= survey.closes_at => form.error("again", "The survey has closed by then. Name an earlier time"),
        Ok(at) => return Some(at),
        Err(_) => form.error("time", "The clocks skip that time. Name another"),
    }
    None
}
