//! What is open today: focus groups with places left, and surveys; and what earlier groups told us.

use leptos::prelude::*;

use crate::clock;
use crate::focus_groups::store;
use crate::shell;
use crate::surveys;
use crate::ui;
use crate::web::{Page, PageError, Reply, Req};

pub(super) async fn get(req: Req) -> Result<Reply, PageError> {
    let now = req.now();
    let mut tx = req.app.db.read().await?;
    let groups = store::groups::list_to_come(&mut tx, now).await?;
    let held = store::groups::list_held(&mut tx, now, 12).await?;
    let surveys = surveys::open_now(&mut tx, now).await?;
    let phone = req.landlord.phone.clone();
    Ok(Page::new("Have your say", move || {
        let nothing = groups.is_empty();
        let cards = groups
            .into_iter()
            .map(|group| {
                view! {
                    <li class="ds-card">
                        <h3 class="ds-card__title"><a href=format!("/focus-groups/{}", group.slug)>{group.title.clone()}</a></h3>
                        <p class="ds-card__meta">{group.when()}", "{group.format.label().to_lowercase()}</p>
                        <p>{group.places_sentence()}</p>
                    </li>
                }
            })
            .collect_view();
        let groups = if nothing {
            view! { <div class="ds-empty"><p>"No focus group is planned just now. The next one appears here as soon as its date is set, and you can sign up from then on."</p></div> }.into_any()
        } else {
            view! { <ul class="ds-cards">{cards}</ul> }.into_any()
        };
        let open = surveys
            .iter()
            .map(|survey| {
                let closes = clock::day(clock::london_day(survey.closes_at));
                let long = if survey.minutes == 1 { "1 minute".into() } else { format!("{} minutes", survey.minutes) };
                view! {
                    <li class="ds-card">
                        <h3 class="ds-card__title"><a href=survey.path()>{survey.title.clone()}</a></h3>
                        <p class="ds-card__meta">{format!("About {long}, closes on {closes}")}</p>
                    </li>
                }
            })
            .collect_view();
        let surveys = if open.is_empty() {
            view! { <div class="ds-empty"><p>"No survey is open today. The next one appears here as soon as it opens."</p></div> }.into_any()
        } else {
            view! { <ul class="ds-cards">{open}</ul> }.into_any()
        };
        let heard: Vec<_> = held.into_iter().filter(|group| group.heard_published_at.is_some()).collect();
        let earlier = (!heard.is_empty()).then(|| {
            let rows = heard
                .into_iter()
                .map(|group| {
                    let on = group.on();
                    view! { <li><div class="ds-list__main"><a href=format!("/focus-groups/{}", group.slug)>{group.title}</a></div><div class="ds-list__aside">{on}</div></li> }
                })
                .collect_view();
            view! { <section class="ds-section"><h2>"What earlier focus groups told us"</h2><ul class="ds-list">{rows}</ul></section> }
        });
        let ask = (!phone.is_empty()).then(|| view! { <p>"You can take part by phone as well: phone "{shell::phone(&phone)}" and we sign you up or take your answers."</p> });
        view! {
            <div class="ds-heading">
                <h1>"Have your say"</h1>
                <p class="ds-lead">"Tell us what works and what does not. You need no account, and what you say changes what we do."</p>
            </div>
            <section class="ds-section"><h2>"Surveys"</h2>
                {surveys}
                <p><a href="/surveys">"Results of earlier surveys"</a></p>
                <p><a href="/s">"I have a code from a letter"</a></p>
            </section>
            <section class="ds-section"><h2>"Focus groups"</h2>
                <p>"A focus group is a talk of six to twelve residents for an hour or two. We listen, take notes, and tell you what changed."</p>
                {groups}
            </section>
            {earlier}
            <div class="ds-ask"><h2>"Other ways to take part"</h2>{ask}<p>"You can also write to us or come in: our details are at the bottom of every page."</p><p>"To see what came of it, read "<a href="/what-changed">"what changed because of you"</a>"."</p></div>
        }
    })
    .into())
}

/// Words for people, in their paragraphs, under a heading; nothing when there are none.
pub(super) fn part(heading: &'static str, words: &str) -> Option<AnyView> {
    (!words.is_empty()).then(|| {
        let words = words.to_owned();
        view! { <section class="ds-section"><h2>{heading}</h2>{ui::paragraphs(&words)}</section> }.into_any()
    })
}
