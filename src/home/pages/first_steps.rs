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
mod tests {
    use crate::content;
    use crate::people::Role;
    use crate::settings::{self, Landlord};
    use crate::testing::{Browser, app};

    #[tokio::test]
    async fn the_first_administrator_is_led_through_setting_up_until_all_is_done() {
        let app = app().await;
        let (mut admin, account) = Browser::signed_in(&app, Role::Administrator).await;
        let page = admin.get("/staff").await.expect(200).holds("Set up your portal").lacks(">Done<");
        let list = page.text.split("Set up your portal").nth(1).unwrap_or_default();
        let steps =
            ["/staff/settings", "/staff/standards/new", "/staff/plan/import", "/staff/people", "/staff/pages/privacy"];
        let places = steps.map(|href| list.find(&format!("href=\"{href}\"")));
        assert!(places.iter().all(Option::is_some) && places.is_sorted(), "{places:?} in {list}");
        let mut tx = app.db.write().await.unwrap();
        let landlord =
            Landlord { name: "Mill Lane Homes".into(), phone: "01632 960 001".into(), ..Landlord::default() };
        settings::store::save(&mut tx, &landlord, app.clock.now()).await.unwrap();
        tx.commit().await.unwrap();
        let page = admin.get("/staff").await.expect(200);
        assert_eq!(page.text.matches(">Done<").count(), 1, "{}", page.text);
        let (mut manager, _) = Browser::signed_in(&app, Role::Manager).await;
        manager.get("/staff").await.expect(200).lacks("Set up your portal");
        let mut tx = app.db.write().await.unwrap();
        let privacy = content::find(&mut tx, "privacy").await.unwrap().unwrap();
        content::store::save(&mut tx, &privacy, Some(account.id), app.clock.now()).await.unwrap();
        crate::performance::store::testing::standard(&app, &mut tx, "Calls answered").await;
        tx.commit().await.unwrap();
        admin.get("/staff").await.expect(200).lacks("Set up your portal");
    }
}
