//! The letters about a place. Each says first why the person gets it, and has one private link. People without an e-mail address are phoned; staff see who.

use chrono::{DateTime, Utc};

use super::place::{Need, NeedState, Place};
use super::store::places;
use super::{Group, calendar, links};
use crate::app::App;
use crate::clock;
use crate::db::{self, Tx};
use crate::mail::{self, Letter};
use crate::settings::Landlord;

/// What a letter says, before greeting, link and signature are put around it.
struct Text {
    subject: String,
    body: String,
    /// What the link is for; none for a letter that needs no link.
    link_is_for: Option<&'static str>,
    with_calendar: bool,
}

async fn send(
    app: &App,
    landlord: &Landlord,
    tx: &mut Tx,
    group: &Group,
    place: &Place,
    text: Text,
) -> Result<(), db::Error> {
    let Some(email) = place.email.clone() else { return Ok(()) };
    let link = match text.link_is_for {
        Some(what) => format!("\n{what}\n{}\n", links::make(app, tx, place.id).await?),
        None => String::new(),
    };
    deliver(app, landlord, tx, group, place, &email, text, &link).await
}

#[expect(clippy::too_many_arguments, reason = "the parts of one letter")]
async fn deliver(
    app: &App,
    landlord: &Landlord,
    tx: &mut Tx,
    group: &Group,
    place: &Place,
    email: &str,
    text: Text,
    link: &str,
) -> Result<(), db::Error> {
    let phone = if landlord.phone.is_empty() {
        String::new()
    } else {
        format!("\nQuestions? Phone {} and give the reference {}.\n", landlord.phone, place.reference)
    };
    let letter = Letter {
        to: email.to_owned(),
        subject: text.subject,
        body: format!("Hello {}\n\n{}\n{link}{phone}\n{}\n", place.name, text.body, landlord.name),
        attachment: text.with_calendar.then(|| calendar::file(app, landlord, group)),
    };
    let posted = mail::post(tx, app.clock.now(), &letter).await?;
    places::insert_letter(tx, place.id, posted).await
}

/// When and where, as two lines.
fn when_and_where(group: &Group) -> String {
    format!("When: {}\nWhere: {}", group.when(), group.place.replace('\n', ", "))
}

fn asked_for(needs: &[Need]) -> String {
    if needs.is_empty() {
        return String::new();
    }
    let lines: Vec<String> = needs
        .iter()
        .map(|need| {
            let what = need.kind.short();
            match (need.state, need.answer.is_empty()) {
                (NeedState::Requested, _) => format!("- {what}: we are arranging this and will write to you"),
                (state, true) => format!("- {what}: {}", state.label().to_lowercase()),
                (state, false) => format!("- {what}: {}. {}", state.label().to_lowercase(), need.answer),
            }
        })
        .collect();
    format!("\n\nWhat you need to take part:\n{}", lines.join("\n"))
}

const CHANGE: &str = "See your place, or tell us you cannot come:";

/// To somebody who signed up. The link is the one of the page they see.
pub(super) async fn signed_up(
    app: &App,
    landlord: &Landlord,
    tx: &mut Tx,
    group: &Group,
    place: &Place,
    needs: &[Need],
    token: &str,
) -> Result<(), db::Error> {
    let Some(email) = place.email.clone() else { return Ok(()) };
    let why = format!("You get this because you signed up for our focus group \"{}\".", group.title);
    let (subject, standing) = if place.state == super::place::State::Booked {
        (format!("You have a place: {}", group.title), format!("You have a place.\n\n{}", when_and_where(group)))
    } else {
        (
            format!("You are number {} on the waiting list: {}", group.waiting, group.title),
            format!(
                "Every place is taken. You are number {} on the waiting list. If a place becomes free for you, we write to you at once and hold it for 48 hours, or until 24 hours before the start if that is earlier.\n\n{}",
                group.waiting,
                when_and_where(group)
            ),
        )
    };
    let text = Text {
        subject,
        body: format!("{why}\n\n{standing}{}", asked_for(needs)),
        link_is_for: None,
        with_calendar: place.state == super::place::State::Booked,
    };
    let link = format!("\n{CHANGE}\n{}\n", links::address(app, token));
    deliver(app, landlord, tx, group, place, &email, text, &link).await
}

/// To the next person on the waiting list.
pub(super) async fn offered(
    app: &App,
    landlord: &Landlord,
    tx: &mut Tx,
    group: &Group,
    place: &Place,
    until: DateTime<Utc>,
) -> Result<(), db::Error> {
    let body = format!(
        "You get this because you are on the waiting list for our focus group \"{}\".\n\nA place is free for you. We hold it until {} (UK time). After that it goes to the next person.\n\n{}",
        group.title,
        clock::day_and_time(until),
        when_and_where(group)
    );
    let subject = format!("A place is free for you: {}", group.title);
    let text = Text {
        subject,
        body,
        link_is_for: Some("Take the place, or let it go to the next person:"),
        with_calendar: false,
    };
    send(app, landlord, tx, group, place, text).await
}

/// To somebody who took an offered place, or was given one by staff.
pub(super) async fn confirmed(
    app: &App,
    landlord: &Landlord,
    tx: &mut Tx,
    group: &Group,
    place: &Place,
    needs: &[Need],
) -> Result<(), db::Error> {
    let body = format!(
        "You get this because you took a place in our focus group \"{}\".\n\nThe place is yours.\n\n{}{}",
        group.title,
        when_and_where(group),
        asked_for(needs)
    );
    let text = Text {
        subject: format!("You have a place: {}", group.title),
        body,
        link_is_for: Some(CHANGE),
        with_calendar: true,
    };
    send(app, landlord, tx, group, place, text).await
}

/// To somebody who withdrew, or was withdrawn by staff at their wish.
pub(super) async fn withdrawn(
    app: &App,
    landlord: &Landlord,
    tx: &mut Tx,
    group: &Group,
    place: &Place,
) -> Result<(), db::Error> {
    let body = format!(
        "You get this because you told us that you cannot come to our focus group \"{}\" on {}.\n\nYou are no longer on the list. Thank you for telling us: your place can go to somebody else.",
        group.title,
        clock::day_and_time(group.starts_at)
    );
    let text =
        Text { subject: format!("You have withdrawn: {}", group.title), body, link_is_for: None, with_calendar: false };
    send(app, landlord, tx, group, place, text).await
}

/// To somebody whose offer ran out.
pub(super) async fn lapsed(
    app: &App,
    landlord: &Landlord,
    tx: &mut Tx,
    group: &Group,
    place: &Place,
) -> Result<(), db::Error> {
    let page = format!("{}/focus-groups/{}", app.config.base_url.trim_end_matches('/'), group.slug);
    let body = format!(
        "You get this because we offered you a place in our focus group \"{}\" and did not hear from you in time.\n\nThe place has gone to the next person, and you are no longer on the list. If you still want to come, sign up again:\n{page}",
        group.title
    );
    let text = Text {
        subject: format!("Your offer has run out: {}", group.title),
        body,
        link_is_for: None,
        with_calendar: false,
    };
    send(app, landlord, tx, group, place, text).await
}

/// To everybody on the list when time or place changed.
pub(super) async fn moved(
    app: &App,
    landlord: &Landlord,
    tx: &mut Tx,
    group: &Group,
    place: &Place,
) -> Result<(), db::Error> {
    let stands = match (place.state, place.offer_until) {
        (super::place::State::Booked, _) => {
            "Your place is safe. If you cannot come at the new time, please tell us.".into()
        }
        (_, Some(until)) => {
            format!("The place offered to you is held until {} (UK time).", clock::day_and_time(until))
        }
        _ => "You keep your position on the waiting list.".into(),
    };
    let body = format!(
        "You get this because you signed up for our focus group \"{}\". The time or place has changed.\n\n{}\n\n{stands}",
        group.title,
        when_and_where(group)
    );
    let text = Text {
        subject: format!("New time or place: {}", group.title),
        body,
        link_is_for: Some(CHANGE),
        with_calendar: place.state == super::place::State::Booked,
    };
    send(app, landlord, tx, group, place, text).await
}

/// To everybody on the list when the group will not take place.
pub(super) async fn cancelled(
    app: &App,
    landlord: &Landlord,
    tx: &mut Tx,
    group: &Group,
    place: &Place,
) -> Result<(), db::Error> {
    let body = format!(
        "You get this because you signed up for our focus group \"{}\" on {}. It will not take place, and we are sorry.\n\nThe reason: {}",
        group.title,
        clock::day_and_time(group.starts_at),
        group.cancel_reason
    );
    let text = Text {
        subject: format!("Cancelled: {}", group.title),
        body,
        link_is_for: None,
        with_calendar: place.state == super::place::State::Booked,
    };
    send(app, landlord, tx, group, place, text).await
}

/// To somebody for whom staff arranged support, or could not.
pub(super) async fn support(
    app: &App,
    landlord: &Landlord,
    tx: &mut Tx,
    group: &Group,
    place: &Place,
    needs: &[Need],
) -> Result<(), db::Error> {
    let body = format!(
        "You get this because you told us what you need to take part in our focus group \"{}\" on {}.{}",
        group.title,
        clock::day_and_time(group.starts_at),
        asked_for(needs)
    );
    let text = Text {
        subject: format!("What we have arranged for you: {}", group.title),
        body,
        link_is_for: Some(CHANGE),
        with_calendar: false,
    };
    send(app, landlord, tx, group, place, text).await
}

/// To somebody who signed up again although they are on the list.
pub(super) async fn link_again(
    app: &App,
    landlord: &Landlord,
    tx: &mut Tx,
    group: &Group,
    place: &Place,
) -> Result<(), db::Error> {
    let body = format!(
        "You get this because somebody signed up for our focus group \"{}\" with your name and address, and you are on the list already. Nothing has changed.",
        group.title
    );
    let text = Text {
        subject: format!("You are on the list already: {}", group.title),
        body,
        link_is_for: Some("See where you stand, or tell us you cannot come:"),
        with_calendar: false,
    };
    send(app, landlord, tx, group, place, text).await
}
