//! The programme: each promise that is tested, how many shops are planned and done, and what they say.

use leptos::prelude::*;

use super::runs_programme;
use crate::mystery_shopping::cited::{self, Cited};
use crate::mystery_shopping::programme::{self, Line};
use crate::mystery_shopping::store::returns;
use crate::people::Role;
use crate::permissions;
use crate::settings::small_numbers;
use crate::statistics::disclosure::Policy;
use crate::thread::id::StandardId;
use crate::ui;
use crate::web::{Form, Page, PageError, Reply, Req};

pub(super) async fn get(req: Req) -> Result<Reply, PageError> {
    show(&req, Form::default()).await
}

async fn show(req: &Req, form: Form) -> Result<Reply, PageError> {
    let mut tx = req.app.db.read().await?;
    let mut lines = programme::lines(&mut tx, req.today()).await?;
    let standards = cited::choices(&mut tx).await?;
    let waiting = returns::count_waiting(&mut tx).await?;
    drop(tx);
    lines.sort_by_cached_key(|line| standards.iter().position(|cited| cited.id == line.standard));
    let (runs, role) = (runs_programme(req), req.viewer.role());
    let policy = small_numbers::shops(&req.landlord);
    let refused = form.clone();
    Ok(Page::staff("Mystery shopping", move || {
        let toolbar = toolbar(role, waiting);
        let table = if lines.is_empty() {
            view! { <div class="ds-empty"><p>"No promise is tested yet. They appear here once a scenario cites one."</p></div> }.into_any()
        } else {
            table(&lines, &standards, &policy)
        };
        let plan = runs.then(|| plan(&form, &standards));
        view! {
            {ui::error_summary(&form)}
            <h1>"Mystery shopping"</h1>
            <p>"Trained residents test whether promises are kept. Results are for teams and promises, never for a person: no name of a shopper or of staff appears in them."</p>
            {toolbar}
            {table}
            {plan}
        }
    })
    .with_form(&refused)
    .into())
}

/// The ways on that this role may take.
fn toolbar(role: Option<Role>, waiting: i64) -> AnyView {
    let count = (waiting > 0).then(
        || view! { <span class="ds-count">{waiting}<span class="govuk-visually-hidden">" waiting"</span></span> },
    );
    let link = |path: &'static str, label: &'static str, class: &'static str, count: Option<AnyView>| {
        permissions::may_read(role, path).then(|| view! { <a class=class href=path>{label}{count}</a> })
    };
    view! {
        <div class="ds-toolbar">
            {link("/staff/mystery-shopping/assign", "Give a shop", "govuk-button", None)}
            {link("/staff/mystery-shopping/returns", "Returns", "govuk-link", count.map(IntoAny::into_any))}
            {link("/staff/mystery-shopping/scenarios", "Scenarios", "govuk-link", None)}
            {link("/staff/mystery-shopping/shoppers", "Shoppers and training", "govuk-link", None)}
        </div>
    }
    .into_any()
}

fn table(lines: &[Line], standards: &[Cited], policy: &Policy) -> AnyView {
    let rows = lines.iter().map(|line| {
        let title = cited::title(standards, line.standard);
        let area = standards.iter().find(|cited| cited.id == line.standard).map(|cited| cited.area.clone());
        let planned = line.planned.map_or("Not set".to_owned(), |planned| planned.to_string());
        view! {
            <tr class="govuk-table__row">
                <th scope="row" class="govuk-table__header"><a class="govuk-link" href=format!("/staff/mystery-shopping/standards/{}", line.standard)>{title}</a></th>
                <td class="govuk-table__cell">{area}</td>
                <td class="govuk-table__cell ds-table__number">{planned}</td>
                <td class="govuk-table__cell ds-table__number">{line.given}</td>
                <td class="govuk-table__cell ds-table__number">{line.waiting}</td>
                <td class="govuk-table__cell ds-table__number">{line.done}</td>
                <td class="govuk-table__cell">{line.score.reading(policy).sentence()}</td>
            </tr>
        }
    });
    view! {
        <div class="ds-scroll" tabindex="0" role="region" aria-label="Promises that are tested">
            <table class="govuk-table ds-table">
                <caption class="govuk-table__caption">"The last 12 months"</caption>
                <thead><tr class="govuk-table__row">
                    <th scope="col" class="govuk-table__header">"Promise"</th>
                    <th scope="col" class="govuk-table__header">"Area"</th>
                    <th scope="col" class="govuk-table__header ds-table__number">"Planned a year"</th>
                    <th scope="col" class="govuk-table__header ds-table__number">"Given out"</th>
                    <th scope="col" class="govuk-table__header ds-table__number">"Waiting to be checked"</th>
                    <th scope="col" class="govuk-table__header ds-table__number">"Done"</th>
                    <th scope="col" class="govuk-table__header">"Result"</th>
                </tr></thead>
                <tbody>{rows.collect_view()}</tbody>
            </table>
        </div>
    }
    .into_any()
}

fn plan(form: &Form, standards: &[Cited]) -> AnyView {
    let choices = std::iter::once((String::new(), "Choose a promise".to_owned()))
        .chain(standards.iter().map(|cited| (cited.id.to_string(), format!("{}: {}", cited.area, cited.title))));
    view! {
        <section class="ds-section">
            <h2>"Plan shops for a promise"</h2>
            <form method="post" action="/staff/mystery-shopping" novalidate>
                {ui::select(form, "standard", "Promise", choices)}
                {ui::text(form, "shops", "Shops in 12 months").hint("At least 5 to report a result, 10 for a firm one").number().width(4).view()}
                {ui::quiet_button("Save the plan")}
            </form>
        </section>
    }
    .into_any()
}

pub(super) async fn post(req: Req) -> Result<Reply, PageError> {
    let mut form = req.form();
    let mut tx = req.app.db.write().await?;
    let standards = cited::choices(&mut tx).await?;
    let standard: Option<StandardId> = form.choice("standard", "Choose a promise");
    let standard = standard.and_then(|id| standards.iter().find(|cited| cited.id == id));
    if standard.is_none() && form.error_of("standard").is_none() {
        form.error("standard", "Choose a promise");
    }
    let shops = form.whole("shops", 0..=1000, "Enter the number of shops, from 0 to 1,000");
    let (Some(standard), Some(shops)) = (standard, shops) else {
        drop(tx);
        return show(&req, form).await;
    };
    programme::plan(&mut tx, req.now(), standard.id, shops).await?;
    req.audit(&mut tx, "planned mystery shops", &format!("standard {}", standard.id), &format!("{shops} a year"))
        .await?;
    tx.commit().await?;
    Ok(Reply::redirect("/staff/mystery-shopping")
        .saying(format!("Planned: {shops} shops a year for “{}”.", standard.title)))
}
