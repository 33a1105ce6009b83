//! A focus group as residents see it: what it is for, when and where, what is offered, and afterwards what was heard.

use leptos::prelude::*;

use super::have_your_say::part;
use super::of_slug;
use crate::findings;
use crate::focus_groups::group::Stage;
use crate::focus_groups::record;
use crate::shell;
use crate::ui;
use crate::web::{Page, PageError, Reply, Req};

pub(super) async fn get(req: Req) -> Result<Reply, PageError> {
    let mut tx = req.app.db.read().await?;
    let group = of_slug(&req, &mut tx).await?;
    let came = record::count_came(&mut tx, &group).await?;
    let changed = findings::for_group(&mut tx, group.id).await?;
    let (stage, phone) = (group.stage(req.now()), req.landlord.phone.clone());
    Ok(Page::new(group.title.clone(), move || {
        let action = match stage {
            Stage::Open => {
                let label = if group.places_left() > 0 { "Sign up for a place" } else { "Join the waiting list" };
                view! {
                    <p><strong>{group.places_sentence()}</strong></p>
                    {ui::link_button(label, format!("/focus-groups/{}/sign-up", group.slug))}
                }
                .into_any()
            }
            Stage::Cancelled => view! {
                <div class="govuk-inset-text"><p><strong>"This focus group will not take place."</strong></p><p>{group.cancel_reason.clone()}</p></div>
            }
            .into_any(),
            _ => {
                let people = match came {
                    0 => String::new(),
                    1 => " 1 person took part.".into(),
                    many => format!(" {many} people took part."),
                };
                view! { <p><strong>"This focus group has taken place."</strong>{people}</p> }.into_any()
            }
        };
        let offers = group.offers.iter().map(|kind| view! { <li>{kind.label()}</li> }).collect_view();
        let offers = (!group.offers.is_empty() && stage == Stage::Open).then(|| {
            view! { <section class="ds-section"><h2>"Help to take part"</h2><p>"Tell us what you need when you sign up. We arrange it before the day, at no cost to you:"</p><ul>{offers}</ul></section> }
        });
        let heard = group.heard_published_at.map(|_| {
            view! { {part("What we heard", &group.heard)}{part("What happens next", &group.next_steps)} }
        });
        let rows = changed.iter().map(|finding| view! { <li><a href=finding.href()>{finding.title.clone()}</a></li> }).collect_view();
        let changed = (!changed.is_empty())
            .then(|| view! { <section class="ds-section"><h2>"What changed because of it"</h2><ul>{rows}</ul></section> });
        let by_phone = (stage == Stage::Open).then_some(" You can sign up or withdraw by phone too.");
        let ask = (!phone.is_empty()).then(|| view! { <p>"Phone "{shell::phone(&phone)}"."{by_phone}</p> });
        view! {
            <a class="govuk-back-link" href="/have-your-say">"Have your say"</a>
            <div class="ds-heading"><h1><span class="ds-heading__caption">"Focus group"</span>{group.title.clone()}</h1></div>
            {ui::facts(vec![
                ("When", group.when().into_any()),
                ("Where", ui::paragraphs(&group.place)),
                ("How", group.format.label().into_any()),
            ])}
            {action}
            {heard}
            {changed}
            {part("What it is for", &group.purpose)}
            {part("What you can change", &group.can_change)}
            {part("What cannot change", &group.cannot_change)}
            {offers}
            <div class="ds-ask"><h2>"Ask us"</h2>{ask}<p>"You can also write to us or come in: our details are at the bottom of every page."</p></div>
        }
    })
    .into())
}
