//! Every standard and how it stands, with filters that are a plain address.

use leptos::prelude::*;

use super::rows::{self, Row};
use crate::performance::Limits;
use crate::performance::standing;
use crate::permissions;
use crate::standards;
use crate::ui;
use crate::web::{Page, PageError, Reply, Req};

/// What the list can be narrowed to.
const STATUSES: [(&str, &str); 7] = [
    ("", "Every status"),
    ("missing", "Missing it"),
    ("close", "Close to the promise"),
    ("meeting", "Meeting the promise"),
    ("too-few", "Too few answers to say"),
    ("none", "Nothing yet"),
    ("explain", "Needs an explanation"),
];

pub(super) async fn get(req: Req) -> Result<Reply, PageError> {
    let mut tx = req.app.db.read().await?;
    let limits = Limits::staff(&req.landlord);
    let all = standing::list(&mut tx, req.today()).await?;
    let areas = standards::areas(&mut tx).await?;
    let (area, status) = (req.query("area").unwrap_or_default(), req.query("status").unwrap_or_default());
    let everything: Vec<Row> = all
        .iter()
        .filter(|one| area.is_empty() || one.standard.area_slug == area)
        .map(|one| Row::of(one, &limits))
        .collect();
    let tally = rows::tally(&everything);
    let wanted =
        |row: &Row| status.is_empty() || row.code() == status || (status == "explain" && row.needs_explanation);
    let mut shown: Vec<Row> = everything.into_iter().filter(wanted).collect();
    if req.query("order") == Some("worst") {
        shown.sort_by_key(Row::rank);
    }
    let form = req.query_form();
    let links = links(&req);
    let area_names: Vec<(String, String)> = areas.into_iter().map(|area| (area.slug, area.name)).collect();
    Ok(Page::staff("Performance", move || {
        let count = match shown.len() {
            1 => "1 standard".to_owned(),
            many => format!("{many} standards"),
        };
        let every_area = std::iter::once((String::new(), "Every area".to_owned())).chain(area_names.clone());
        let by_area = area_names.into_iter().map(|(slug, name)| {
            view! { <li><a class="govuk-link" href=format!("/staff/performance/areas/{slug}")>{name}</a></li> }
        });
        let by_area = by_area.collect_view();
        let table = if shown.is_empty() {
            view! { <div class="ds-empty"><p>"No standard fits. A standard appears here when it has been published."</p></div> }
                .into_any()
        } else {
            rows::table(shown, true)
        };
        view! {
            <h1 class="govuk-heading-l">"Performance"</h1>
            <p class="govuk-body">"Each promise, and what residents, mystery shoppers and our own records say of it."</p>
            {tally}
            {links}
            <form class="ds-filters" method="get" action="/staff/performance">
                {ui::select(&form, "area", "Area", every_area)}
                {ui::select(&form, "status", "Status", STATUSES)}
                {ui::select(&form, "order", "Order", [("", "By area"), ("worst", "Worst first")])}
                {ui::quiet_button("Show")}
                <p class="ds-filters__count">{count}</p>
            </form>
            {table}
            <h2 class="govuk-heading-m">"One area at a time"</h2>
            <ul class="govuk-list">{by_area}</ul>
        }
    })
    .into())
}

/// Where a person may go on from here.
pub(super) fn links(req: &Req) -> AnyView {
    let role = req.viewer.role();
    let all = [
        ("/staff/performance/figures", "Enter figures"),
        ("/staff/performance/figures/upload", "Upload figures"),
        ("/staff/performance.csv", "Download as CSV"),
    ];
    let mine = all.into_iter().filter(|(path, _)| permissions::may_read(role, path));
    let mine = mine.map(|(path, label)| view! { <a class="govuk-link" href=path>{label}</a> }).collect_view();
    view! { <div class="ds-toolbar">{mine}</div> }.into_any()
}
