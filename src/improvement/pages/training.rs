//! The training register: who leads improvement and whether they are trained for it, and every training.

use leptos::prelude::*;

use super::parts::{Names, back, empty, trained};
use crate::clock;
use crate::improvement::activity::Activity;
use crate::improvement::owner::Owner;
use crate::improvement::store::{activities, owners, plans};
use crate::improvement::training::{Register, Trained};
use crate::mystery_shopping;
use crate::mystery_shopping::shopper::{Shopper, Standing};
use crate::permissions;
use crate::thread::id::AccountId;
use crate::ui;
use crate::web::{Page, PageError, Reply, Req};

/// Somebody who leads improvement, as what, and whether they are trained.
type Leading = (AccountId, &'static str, Trained);

pub(super) async fn get(req: Req) -> Result<Reply, PageError> {
    let today = req.today();
    let mut tx = req.app.db.read().await?;
    let register = Register::load(&mut tx).await?;
    let owners = owners::list_current(&mut tx).await?;
    let mut led: Vec<Activity> = Vec::new();
    for plan in plans::list(&mut tx).await?.into_iter().filter(|plan| plan.closed_at.is_none()) {
        let all = activities::list(&mut tx, plan.id, plan.versions).await?;
        led.extend(all.into_iter().filter(|one| !one.standing(today).is_over()));
    }
    let shoppers = mystery_shopping::list_shoppers(&mut tx).await?;
    let names = Names::load(&mut tx).await?;
    let role = req.viewer.role();
    let may = permissions::may_post(role, "/staff/improvement/training/new");
    let may_name = permissions::may_read(role, "/staff/mystery-shopping/shoppers");
    Ok(Page::staff("Training register", move || {
        let leading = leading(&owners, &led, &register, today);
        let without = leading.iter().filter(|(_, _, trained)| !trained.counts()).count();
        let said = match without {
            0 => "Everybody who leads improvement is trained for it.".to_owned(),
            some => format!(
                "{} not trained for what they lead, or the training has run out.",
                ui::counted(some, "person is", "people are")
            ),
        };
        let list = if leading.is_empty() {
            empty("Nobody owns a process or leads an activity yet.")
        } else {
            let rows = leading
                .iter()
                .map(|(id, what, standing)| vec![names.of(*id).into_any(), (*what).into_any(), trained(*standing)]);
            ui::stacked("Those who lead improvement", &["Who", "Leads as", "Training"], rows.collect())
        };
        let work = may.then(|| {
            view! {
                <ul class="ds-actions">
                    <li><a href="/staff/improvement/training/new">"Record training"</a></li>
                    <li><a href="/staff/improvement/training/courses">"Add a course"</a></li>
                </ul>
            }
        });
        view! {
            {back("/staff/improvement", "Continuous improvement")}
            <div class="ds-heading"><h1>"Training register"</h1></div>
            <p>{said}</p>
            {work}
            {list}
            {every(&register, &names)}
            {of_shoppers(&shoppers, today, may_name)}
        }
    })
    .into())
}

/// Owners first, then those who lead an unfinished activity and own nothing.
fn leading(owners: &[Owner], led: &[Activity], register: &Register, today: chrono::NaiveDate) -> Vec<Leading> {
    let mut all: Vec<Leading> = Vec::new();
    for owner in owners {
        if all.iter().all(|(id, _, _)| *id != owner.account_id) {
            all.push((owner.account_id, "Process owner", register.as_owner(owner.account_id, today)));
        }
    }
    for activity in led {
        let who = activity.wording.lead_id;
        if all.iter().all(|(id, _, _)| *id != who) {
            all.push((who, "Lead of an activity", register.as_lead(who, today)));
        }
    }
    all
}

fn every(register: &Register, names: &Names) -> AnyView {
    let rows = register.attended.iter().map(|one| {
        let course = register.course(one.course_id);
        let until = one.expires_on.map_or("Does not run out".to_owned(), clock::day);
        vec![
            names.of(one.account_id).into_any(),
            course.map(|course| course.title.clone()).into_any(),
            course.map(|course| course.audience.label()).into_any(),
            clock::day(one.held_on).into_any(),
            until.into_any(),
        ]
    });
    let rows: Vec<Vec<AnyView>> = rows.collect();
    let list = if rows.is_empty() {
        empty("No training is recorded yet.")
    } else {
        ui::stacked("Every training", &["Who", "Course", "For", "Held on", "Holds until"], rows)
    };
    view! { <section class="ds-section"><h2>"Every training"</h2>{list}</section> }.into_any()
}

/// How many shoppers are trained. Who they are is for those who run the programme.
fn of_shoppers(shoppers: &[Shopper], today: chrono::NaiveDate, may_name: bool) -> AnyView {
    let count = |fits: fn(Standing) -> bool| shoppers.iter().filter(|one| fits(one.standing(today))).count();
    let trained = count(|one| !matches!(one, Standing::Untrained | Standing::Expired));
    let rest = count(|one| matches!(one, Standing::Untrained | Standing::Expired));
    let said = format!(
        "{} trained, {} not trained or the training has run out.",
        ui::counted(trained, "mystery shopper is", "mystery shoppers are"),
        ui::counted(rest, "is", "are")
    );
    let link =
        may_name.then(|| view! { <p><a href="/staff/mystery-shopping/shoppers">"Shoppers and training"</a></p> });
    view! { <section class="ds-section"><h2>"Mystery shoppers"</h2><p>{said}</p>{link}</section> }.into_any()
}
