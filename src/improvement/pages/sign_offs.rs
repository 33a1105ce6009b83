//! Every sign-off report: those that wait first, then those sent back, then those approved.

use leptos::prelude::*;

use super::parts::{Names, back, empty};
use crate::clock;
use crate::improvement::activity::Activity;
use crate::improvement::sign_off::{Decision, SignOff};
use crate::improvement::store::{activities, sign_offs};
use crate::ui;
use crate::web::{Page, PageError, Reply, Req};

pub(super) async fn get(req: Req) -> Result<Reply, PageError> {
    let mut tx = req.app.db.read().await?;
    let mut all: Vec<(SignOff, Activity)> = Vec::new();
    for report in sign_offs::list(&mut tx).await? {
        if let Some(activity) = activities::find_version(&mut tx, report.activity_version_id).await? {
            all.push((report, activity));
        }
    }
    let names = Names::load(&mut tx).await?;
    Ok(Page::staff("Sign-off reports", move || {
        let list = if all.is_empty() {
            empty("No report is written yet. One is written when an activity of a plan is finished.")
        } else {
            let states = [None, Some(Decision::SentBack), Some(Decision::Approved)];
            let rows = states.iter().flat_map(|state| {
                all.iter().filter(|(report, _)| report.decided.as_ref().map(|one| one.decision) == *state)
            });
            ui::stacked("Sign-off reports", &["Activity", "Report", "Sent", "Author", "Better?", "Standing"], rows.map(|one| row(one, &names)).collect())
        };
        view! {
            {back("/staff/improvement", "Continuous improvement")}
            <div class="ds-heading"><h1>"Sign-off reports"</h1></div>
            <p>"What was done and what shows that it is better. Nobody approves their own report; every report is kept."</p>
            {list}
        }
    })
    .into())
}

fn row((report, activity): &(SignOff, Activity), names: &Names) -> Vec<AnyView> {
    let (code, word) = report.standing();
    let better = if report.report.no_improvement.is_some() { "Not measurably" } else { "Yes" };
    vec![
        view! { <a href=report.href()>{activity.wording.what.clone()}</a> }.into_any(),
        report.number.into_any(),
        clock::day_and_time(report.written_at).into_any(),
        names.of(report.written_by).into_any(),
        better.into_any(),
        ui::status(code, word),
    ]
}
