//! A person's own page, by the private link: it shows where they stand; only its buttons change anything.

use chrono::{DateTime, Utc};
use leptos::prelude::*;

use crate::clock;
use crate::focus_groups::accept::{AcceptError, accept};
use crate::focus_groups::group::{Group, Stage};
use crate::focus_groups::place::{Need, NeedState, Place, State};
use crate::focus_groups::store::places;
use crate::focus_groups::withdraw::{WithdrawError, withdraw};
use crate::focus_groups::{calendar as ics, links};
use crate::ui;
use crate::web::{Form, Page, PageError, Reply, Req};

/// Everything the page shows.
struct Standing {
    place: Place,
    group: Group,
    needs: Vec<Need>,
    position: i64,
    token: String,
    phone: String,
    now: DateTime<Utc>,
}

async fn find(req: &Req) -> Result<Standing, PageError> {
    let token = req.param("token")?.to_owned();
    let mut tx = req.app.db.read().await?;
    let (place, group) = links::follow(&mut tx, &token).await?.ok_or(PageError::NotFound)?;
    let needs = places::list_needs(&mut tx, place.id).await?;
    let position = places::position(&mut tx, &place).await?;
    Ok(Standing { place, group, needs, position, token, phone: req.landlord.phone.clone(), now: req.now() })
}

pub(super) async fn get(req: Req) -> Result<Reply, PageError> {
    Ok(page(find(&req).await?, Form::default()))
}

fn page(standing: Standing, form: Form) -> Reply {
    let refused = form.clone();
    let page = Page::new("Your place", move || {
        let Standing { place, group, needs, position, token, phone, now } = standing;
        let (heading, words, buttons) = words(&place, &group, position, now);
        let asked = (!needs.is_empty() && place.is_live()).then(|| {
            let rows = needs.iter().map(need_row).collect_view();
            view! { <section class="ds-section"><h2>"What you need to take part"</h2><ul>{rows}</ul></section> }
        });
        let calendar = (place.state == State::Booked && group.stage(now) == Stage::Open)
            .then(|| view! { <p><a href=format!("/places/{token}/calendar.ics")>"Put it in your calendar"</a></p> });
        let again = (!place.is_live() && group.stage(now) == Stage::Open).then(|| {
            view! { <p>"If you would like to come after all, "<a href=format!("/focus-groups/{}/sign-up", group.slug)>"sign up again"</a>"."</p> }
        });
        let buttons = buttons
            .into_iter()
            .map(|(step, label, main)| {
                let class = if main { "govuk-button" } else { "govuk-button govuk-button--secondary" };
                view! { <button type="submit" class=class id=if main || step == "withdraw" { "step" } else { step } name="step" value=step>{label}</button> }
            })
            .collect_view();
        let ask = (!phone.is_empty()).then(|| view! { <p>"Phone "{phone.clone()}" and give the reference "<strong>{place.reference.clone()}</strong>"."</p> });
        view! {
            {ui::error_summary(&form)}
            <div class="ds-heading">
                <h1><span class="ds-heading__caption">{group.title.clone()}</span>{heading}</h1>
                <p class="ds-lead">{words}</p>
            </div>
            {ui::facts(vec![
                ("When", group.when().into_any()),
                ("Where", ui::paragraphs(&group.place)),
                ("Your reference", view! { <span class="ds-reference">{place.reference.clone()}</span> }.into_any()),
            ])}
            {calendar}
            {asked}
            <form method="post" action=format!("/places/{token}")><div class="govuk-button-group">{buttons}</div></form>
            {again}
            <p><a href=format!("/focus-groups/{}", group.slug)>"About this focus group"</a></p>
            <div class="ds-ask"><h2>"Ask us"</h2>{ask}<p>"This page is yours alone. Keep its address if you gave us no e-mail address, and pass it to nobody."</p></div>
        }
    })
    .with_form(&refused);
    Reply::from(page).with_header("x-robots-tag", "noindex")
}

fn need_row(need: &Need) -> AnyView {
    let what = need.kind.label();
    let became = match need.state {
        NeedState::Requested => "we are arranging this and will tell you.".to_owned(),
        NeedState::Arranged if need.answer.is_empty() => "arranged.".to_owned(),
        NeedState::Arranged => format!("arranged. {}", need.answer),
        NeedState::NotPossible => format!("we are sorry, we cannot do this. {}", need.answer),
    };
    view! { <li><strong>{what}</strong>": "{became}</li> }.into_any()
}

/// Heading, sentence and buttons for where a person stands: the step, its words, whether it is the main one.
fn words(
    place: &Place,
    group: &Group,
    position: i64,
    now: DateTime<Utc>,
) -> (&'static str, String, Vec<(&'static str, &'static str, bool)>) {
    if group.cancelled_at.is_some() {
        return ("This group will not take place", group.cancel_reason.clone(), Vec::new());
    }
    let gone = ("Your offer has run out", "The place has gone to the next person.".to_owned(), Vec::new());
    if group.stage(now) == Stage::Past && place.is_live() {
        return ("This group has begun or is over", "Nothing can be changed here any more.".into(), Vec::new());
    }
    match (place.state, place.offer_until) {
        (State::Offered, Some(until)) if until > now => (
            "A place is free for you",
            format!(
                "We hold it for you until {} (UK time). After that it goes to the next person.",
                clock::day_and_time(until)
            ),
            vec![("accept", "Take the place", true), ("withdraw", "Let it go to the next person", false)],
        ),
        (State::Offered | State::Lapsed, _) => gone,
        (State::Booked, _) => (
            "You have a place",
            "We look forward to seeing you. If you cannot come, tell us here, so that somebody else can.".into(),
            vec![("withdraw", "I cannot come: give up my place", false)],
        ),
        (State::Waiting, _) => (
            "You are on the waiting list",
            format!(
                "You are number {position}. When a place becomes free for you we tell you at once, and hold it for 48 hours or until 24 hours before the start, whichever is earlier."
            ),
            vec![("withdraw", "Take me off the waiting list", false)],
        ),
        (State::Withdrawn, _) => {
            ("You have withdrawn", "You are not on the list any more. Thank you for telling us.".into(), Vec::new())
        }
    }
}

pub(super) async fn post(req: Req) -> Result<Reply, PageError> {
    let standing = find(&req).await?;
    let (id, here) = (standing.place.id, format!("/places/{}", standing.token));
    let mut form = req.form();
    let mut tx = req.app.db.write().await?;
    let refusal = match form.value("step") {
        "accept" => match accept(&req.app, &req.landlord, &mut tx, id).await {
            Ok(()) => {
                tx.commit().await?;
                return Ok(Reply::redirect(here).saying("The place is yours."));
            }
            Err(AcceptError::RanOut) => "The time to take this place has run out",
            Err(AcceptError::Over) => "This focus group has begun or will not take place",
            Err(AcceptError::NotOffered | AcceptError::NoPlace) => "No place is offered to you just now",
            Err(AcceptError::Internal(error)) => return Err(error.into()),
        },
        "withdraw" => match withdraw(&req.app, &req.landlord, &mut tx, id, true).await {
            Ok(_) => {
                tx.commit().await?;
                return Ok(Reply::redirect(here).saying("You are off the list. Thank you for telling us."));
            }
            Err(WithdrawError::NotOnTheList) => "You are not on the list any more",
            Err(WithdrawError::Over) => "This focus group has begun or will not take place",
            Err(WithdrawError::Internal(error)) => return Err(error.into()),
        },
        _ => "Choose what to do with one of the buttons",
    };
    drop(tx);
    form.error("step", refusal);
    Ok(page(find(&req).await?, form))
}

pub(super) async fn calendar(req: Req) -> Result<Reply, PageError> {
    let standing = find(&req).await?;
    if standing.place.state != State::Booked {
        return Err(PageError::NotFound);
    }
    let (name, kind, text) = ics::file(&req.app, &req.landlord, &standing.group);
    Ok(Reply::download(&name, &kind, text.into_bytes()).with_header("x-robots-tag", "noindex"))
}
