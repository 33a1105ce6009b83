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
use crate::shell;
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
    let standing = find(&req).await?;
    if req.query("withdraw").is_some() && standing.can_change() {
        return Ok(noindex(ask_first(standing)));
    }
    Ok(page(standing, Form::default()))
}

impl Standing {
    /// True while they have or wait for a place, or can still take the one they are offered.
    fn can_change(&self) -> bool {
        self.place.is_live()
            && self.group.stage(self.now) == Stage::Open
            && self.place.offer_until.is_none_or(|until| until > self.now)
    }

    fn here(&self) -> String {
        links::path(&self.token)
    }
}

/// No search engine keeps a private page.
fn noindex(page: Page) -> Reply {
    Reply::from(page).with_header("x-robots-tag", "noindex")
}

fn page(standing: Standing, form: Form) -> Reply {
    let refused = form.clone();
    let page = Page::new("Your place", move || {
        let (here, can_change) = (standing.here(), standing.can_change());
        let Standing { place, group, needs, position, phone, now, .. } = standing;
        let (heading, words) = words(&place, &group, position, now);
        let asked = place.is_live().then(|| asked_for(&place, &needs));
        let calendar = (place.state == State::Booked && can_change)
            .then(|| view! { <p><a href=format!("{here}/calendar.ics")>"Put it in your calendar"</a></p> });
        let again = (!place.is_live() && group.stage(now) == Stage::Open).then(|| {
            view! { <p>"If you would like to come after all, "<a href=format!("/focus-groups/{}/sign-up", group.slug)>"sign up again"</a>"."</p> }
        });
        let steps = can_change.then(|| steps(&place, &here));
        let ask = (!phone.is_empty()).then(|| view! { <p>"Phone "{shell::phone(&phone)}" and give the reference "<strong>{place.reference.clone()}</strong>"."</p> });
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
            {steps}
            {again}
            <p><a href=format!("/focus-groups/{}", group.slug)>"About this focus group"</a></p>
            <div class="ds-ask"><h2>"Ask us"</h2>{ask}<p>"This page is yours alone, so please do not share its address. Keep it if you gave us no e-mail address."</p></div>
        }
    })
    .with_form(&refused);
    noindex(page)
}

/// What can be done now. Giving a place up asks once more first.
fn steps(place: &Place, here: &str) -> AnyView {
    let leave = view! { <a class="govuk-button govuk-button--secondary" href=format!("{here}?withdraw=yes")>{leaving(place.state).0}</a> };
    if place.state != State::Offered {
        return view! { <p>{leave}</p> }.into_any();
    }
    view! {
        <form method="post" action=here.to_owned()>
            <div class="govuk-button-group">
                <button type="submit" class="govuk-button" id="step" name=ui::STEP value="accept">"Take the place"</button>
                {leave}
            </div>
        </form>
    }
    .into_any()
}

/// The words for leaving, by where a person stands: the way there, the question, the button, the way back.
fn leaving(state: State) -> (&'static str, &'static str, &'static str, &'static str) {
    match state {
        State::Waiting => (
            "Take me off the waiting list",
            "Leave the waiting list?",
            "Yes, take me off the waiting list",
            "No, I will go on waiting",
        ),
        State::Offered => ("Let the place go", "Let this place go?", "Yes, let it go", "No, take me back"),
        _ => ("I cannot come: give up my place", "Give up your place?", "Yes, give up my place", "No, keep my place"),
    }
}

/// The question before a place is given up; only its button changes anything.
fn ask_first(standing: Standing) -> Page {
    let (_, question, yes, no) = leaving(standing.place.state);
    Page::new(question, move || {
        let here = standing.here();
        let somebody_is_next = standing.group.waiting > 0 && standing.group.hold_until(standing.now).is_some();
        let after = match standing.place.state {
            State::Waiting => "You lose your position. If you sign up again, you go to the end of the list.",
            _ if somebody_is_next => {
                "The place goes to the next person at once. If you sign up again, you may have to wait."
            }
            _ => "Somebody else can then have the place. If you sign up again, you may have to wait.",
        };
        view! {
            <a class="govuk-back-link" href=here.clone()>"Back"</a>
            <div class="ds-heading">
                <h1><span class="ds-heading__caption">{standing.group.title.clone()}</span>{question}</h1>
                <p class="ds-lead">{standing.group.when()}</p>
            </div>
            <p>{after}</p>
            <form method="post" action=here.clone()>
                <div class="govuk-button-group">
                    <button type="submit" class="govuk-button govuk-button--warning" name=ui::STEP value="withdraw">{yes}</button>
                    <a class="govuk-link" href=here.clone()>{no}</a>
                </div>
            </form>
        }
    })
}

/// What the person asked for and what became of it, and their own words.
fn asked_for(place: &Place, needs: &[Need]) -> Option<AnyView> {
    if needs.is_empty() && place.wishes.is_empty() {
        return None;
    }
    let rows = needs.iter().map(|need| need_row(need, place.state)).collect_view();
    let list = (!needs.is_empty()).then(|| view! { <ul>{rows}</ul> });
    let wishes = (!place.wishes.is_empty()).then(
        || view! { <p>"You also told us:"</p><div class="govuk-inset-text">{ui::paragraphs(&place.wishes)}</div> },
    );
    Some(view! { <section class="ds-section"><h2>"What you need to take part"</h2>{list}{wishes}</section> }.into_any())
}

fn need_row(need: &Need, state: State) -> AnyView {
    let what = need.kind.label();
    let became = match need.state {
        NeedState::Requested if state == State::Booked => "we are arranging this and will tell you.".to_owned(),
        NeedState::Requested => "we will arrange this if you get a place.".to_owned(),
        NeedState::Arranged if need.answer.is_empty() => "arranged.".to_owned(),
        NeedState::Arranged => format!("arranged. {}", need.answer),
        NeedState::NotPossible => format!("we are sorry, we cannot do this. {}", need.answer),
    };
    view! { <li><strong>{what}</strong>": "{became}</li> }.into_any()
}

/// Heading and sentence for where a person stands.
fn words(place: &Place, group: &Group, position: i64, now: DateTime<Utc>) -> (&'static str, String) {
    if group.cancelled_at.is_some() {
        return ("This group will not take place", group.cancel_reason.clone());
    }
    if group.stage(now) == Stage::Past && place.is_live() {
        return ("This group has begun or is over", "Nothing can be changed here any more.".into());
    }
    match (place.state, place.offer_until) {
        (State::Offered, Some(until)) if until > now => (
            "A place is free for you",
            format!(
                "We hold it for you until {} (UK time). After that it goes to the next person.",
                clock::day_and_time(until)
            ),
        ),
        (State::Offered | State::Lapsed, _) => {
            ("Your offer has run out", "The place has gone to the next person.".to_owned())
        }
        (State::Booked, _) => (
            "You have a place",
            "We look forward to seeing you. If you cannot come, tell us here, so that somebody else can.".into(),
        ),
        (State::Waiting, _) => (
            "You are on the waiting list",
            format!(
                "You are number {position}. When a place becomes free for you we tell you at once, and hold it for 48 hours or until 24 hours before the start, whichever is earlier."
            ),
        ),
        (State::Withdrawn, _) => {
            ("You have withdrawn", "You are not on the list any more. Thank you for telling us.".into())
        }
    }
}

pub(super) async fn post(req: Req) -> Result<Reply, PageError> {
    let standing = find(&req).await?;
    let (id, here) = (standing.place.id, standing.here());
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
                return Ok(Reply::redirect(here));
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
