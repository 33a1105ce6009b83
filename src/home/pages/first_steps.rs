//! What a new portal still lacks, for whoever sets it up: a short list in order, gone when all of it is done.

use leptos::prelude::*;

use crate::content;
use crate::db::{self, Tx};
use crate::people::{self, Account};
use crate::permissions;
use crate::plans;
use crate::settings::Landlord;
use crate::standards;
use crate::ui;
use crate::web::Req;

/// One thing to do first.
pub(super) struct Step {
    /// Pages to do it on: what the link says, and where it leads.
    ways: &'static [(&'static str, &'static str)],
    why: &'static str,
    done: bool,
}

/// The steps, for those who may take them all; none once everything is done, and none on the example landlord's portal.
pub(super) async fn load(tx: &mut Tx, req: &Req, account: &Account) -> Result<Vec<Step>, db::Error> {
    if account.is_example || !permissions::may_post(Some(account.role), "/staff/settings") {
        return Ok(Vec::new());
    }
    let landlord = &req.landlord;
    let promised = !standards::all_history(tx).await?.is_empty();
    let planned = plans::summary(tx, req.today()).await?.is_some();
    let staff = people::store::list(tx).await?;
    let staff = staff.iter().filter(|one| one.role.is_staff() && one.deactivated_at.is_none()).count();
    let privacy = content::find(tx, "privacy").await?.and_then(|page| page.changed_at);
    let steps = vec![
        Step {
            ways: &[("Say who you are and how to reach you", "/staff/settings")],
            why: "Your name, phone number and e-mail address stand on every page and in every letter.",
            done: landlord.name != Landlord::default().name
                && !(landlord.phone.is_empty() && landlord.email.is_empty()),
        },
        Step {
            ways: &[
                ("Write your first standard", "/staff/standards/new"),
                ("Bring the plan you already keep", "/staff/plan/import"),
            ],
            why: "A published promise or a plan is what residents see first. Begin with either.",
            done: promised || planned,
        },
        Step {
            ways: &[("Invite colleagues", "/staff/people")],
            why: "A standard needs somebody other than its author to approve it.",
            done: staff > 1,
        },
        Step {
            ways: &[("Read the privacy notice and make it yours", "/staff/pages/privacy")],
            why: "The text that comes with the portal is a start. You answer for it.",
            done: privacy.is_some(),
        },
    ];
    Ok(if steps.iter().all(|step| step.done) { Vec::new() } else { steps })
}

/// The list as it is drawn; nothing without steps.
pub(super) fn draw(steps: Vec<Step>) -> Option<AnyView> {
    (!steps.is_empty()).then(|| {
        let lines = steps.into_iter().map(|Step { ways, why, done }| {
            let links = ways.iter().enumerate().map(|(at, (label, href))| {
                view! { {(at > 0).then_some(" or ")}<a class="govuk-link" href=*href>{*label}</a> }
            });
            let links = links.collect_view();
            view! {
                <li>
                    <div class="ds-list__main">{links}<p>{why}</p></div>
                    <div class="ds-list__aside">{done.then(|| ui::status("done", "Done"))}</div>
                </li>
            }
        });
        let lines = lines.collect_view();
        view! {
            <section class="ds-section">
                <h2 class="govuk-heading-m">"Set up your portal"</h2>
                <ol class="ds-list">{lines}</ol>
            </section>
        }
        .into_any()
    })
}

#[cfg(test)]
#[path = "first_steps_tests.rs"]
mod tests;
