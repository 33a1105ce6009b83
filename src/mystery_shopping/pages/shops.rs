//! A shopper's own shops: what is to be done, and what was.

use leptos::prelude::*;

use crate::mystery_shopping::assignment::{Assignment, Stage};
use crate::mystery_shopping::channel::Channel;
use crate::mystery_shopping::store::assignments;
use crate::shell;
use crate::web::{Page, PageError, Reply, Req};

fn is_open(assignment: &Assignment) -> bool {
    matches!(assignment.stage(), Stage::Offered | Stage::Accepted | Stage::Queried)
}

fn card(assignment: Assignment) -> AnyView {
    let channel = assignment.channel.parse().map_or("", Channel::label);
    let (href, window, stage) =
        (format!("/shops/{}", assignment.assignment_id), assignment.window(), assignment.stage().label());
    view! {
        <li class="ds-card">
            <h3 class="ds-card__title"><a href=href>{assignment.title}</a></h3>
            <p class="ds-card__meta">{channel}", "{window}</p>
            <p><strong class="govuk-tag">{stage}</strong></p>
        </li>
    }
    .into_any()
}

/// Shops that are over under one heading; nothing when there are none.
fn section(heading: &'static str, shops: Vec<Assignment>) -> Option<AnyView> {
    if shops.is_empty() {
        return None;
    }
    Some(
        view! {
            <section class="ds-section">
                <h2>{heading}</h2>
                <ul class="ds-cards">{shops.into_iter().map(card).collect_view()}</ul>
            </section>
        }
        .into_any(),
    )
}

pub(super) async fn get(req: Req) -> Result<Reply, PageError> {
    let account = req.account()?.id;
    let mut tx = req.app.db.read().await?;
    let all = assignments::list_own(&mut tx, account).await?;
    let phone = req.landlord.phone.clone();
    let (mut open, over): (Vec<_>, Vec<_>) = all.into_iter().partition(is_open);
    open.sort_by_key(|assignment| (assignment.stage() == Stage::Accepted, assignment.closes_on));
    Ok(Page::new("My shops", move || {
        let cards = if open.is_empty() {
            view! { <div class="ds-empty"><p>"Nothing to do just now. When we have a shop for you, we e-mail you and it appears here."</p></div> }.into_any()
        } else {
            view! { <ul class="ds-cards">{open.into_iter().map(card).collect_view()}</ul> }.into_any()
        };
        let (not_done, done): (Vec<_>, Vec<_>) = over.into_iter().partition(|one| one.return_id.is_none());
        let (cancelled, declined): (Vec<_>, Vec<_>) =
            not_done.into_iter().partition(|one| one.stage() == Stage::Cancelled);
        let phone = (!phone.is_empty()).then(|| view! { ", or phone us on "{shell::phone(&phone)} });
        view! {
            <div class="ds-heading">
                <h1>"My shops"</h1>
                <p class="ds-lead">"A shop is a small test of our service. You find out whether we keep our promises."</p>
            </div>
            <section class="ds-section">
                <h2>"To do"</h2>
                {cards}
            </section>
            {section("What you have done", done)}
            {section("Shops you said no to", declined)}
            {section("Shops we took back", cancelled)}
            <div class="ds-ask">
                <h2>"Something wrong or unsafe?"</h2>
                <p>"Stop, and tell the person who trained you"{phone}". You never have to finish a shop."</p>
                <p>"If you or anybody else is in danger, phone 999."</p>
            </div>
        }
    })
    .into())
}
