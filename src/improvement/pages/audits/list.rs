//! Every yearly audit, the newest first.

use leptos::prelude::*;

use crate::clock;
use crate::improvement::audits::audit::Audit;
use crate::improvement::audits::finding::{Progress, Whole};
use crate::improvement::audits::store::{audits, findings};
use crate::improvement::pages::parts::{Names, back, empty};
use crate::permissions;
use crate::ui;
use crate::web::{Page, PageError, Reply, Req};

pub(in crate::improvement::pages) async fn get(req: Req) -> Result<Reply, PageError> {
    let mut tx = req.app.db.read().await?;
    let mut all = Vec::new();
    for audit in audits::list(&mut tx).await? {
        let found = findings::list_whole(&mut tx, audit.id).await?;
        all.push((audit, found));
    }
    let names = Names::load(&mut tx).await?;
    let may = permissions::may_post(req.viewer.role(), "/staff/improvement/audits/new");
    Ok(Page::staff("Yearly audits", move || {
        let list = if all.is_empty() {
            empty("No year is audited yet. An auditor opens the audit of a year, and a sample is drawn for it.")
        } else {
            let heads = ["Year", "Auditor", "Opened", "Standing", "Findings", "Carried out"];
            ui::stacked("Yearly audits", &heads, all.iter().map(|(audit, found)| row(audit, found, &names)).collect())
        };
        view! {
            {back("/staff/improvement", "Continuous improvement")}
            <div class="ds-heading"><h1>"Yearly audits"</h1></div>
            <p>"Once a year somebody who owns none of the work looks whether improvement was made, whether the standards for it were kept, and whether there is more to gain."</p>
            {list}
            {may.then(|| ui::link_button("Open an audit", "/staff/improvement/audits/new"))}
        }
    })
    .into())
}

fn row(audit: &Audit, found: &[Whole], names: &Names) -> Vec<AnyView> {
    let (code, word) = audit.standing();
    let standing: Vec<&Whole> = found.iter().filter(|one| one.finding.struck_at.is_none()).collect();
    let done = standing.iter().filter(|one| one.progress() == Some(Progress::Done)).count();
    let name = audit.year.to_string();
    vec![
        view! { <a href=audit.href()>{name}</a> }.into_any(),
        names.of(audit.opened_by).into_any(),
        clock::day_and_time(audit.opened_at).into_any(),
        ui::status(code, word),
        standing.len().into_any(),
        done.into_any(),
    ]
}
