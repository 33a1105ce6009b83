//! Every series of monthly surveys, newest first.

use leptos::prelude::*;

use crate::permissions;
use crate::surveys::rolling::plan::{Month, Series, State};
use crate::surveys::rolling::store;
use crate::ui;
use crate::web::{Page, PageError, Reply, Req};

/// `/staff/surveys/monthly`
pub async fn get(req: Req) -> Result<Reply, PageError> {
    let now = req.now();
    let mut tx = req.app.db.read().await?;
    let mut all: Vec<(Series, Vec<Month>)> = Vec::new();
    for series in store::list(&mut tx).await? {
        let months = store::list_months(&mut tx, series.id).await?;
        all.push((series, months));
    }
    let may_make = permissions::may_read(req.viewer.role(), "/staff/surveys/monthly/new");
    Ok(Page::staff("Monthly surveys", move || {
        let rows = all.iter().map(|(series, months)| {
            let href = format!("/staff/surveys/monthly/{}", series.id);
            let span = match (months.first(), months.last()) {
                (Some(first), Some(last)) if first.id != last.id => format!("{} to {}", first.name(), last.name()),
                (Some(only), _) => only.name(),
                _ => String::new(),
            };
            let planned = months.iter().filter(|month| month.state == State::Planned).count();
            let now_open = months.iter().find(|month| month.is_open(now)).map_or_else(|| "–".to_owned(), Month::name);
            view! {
                <tr>
                    <th scope="row"><a href=href.clone()>{series.title.clone()}</a></th>
                    <td>{span}</td>
                    <td>{now_open}</td>
                    <td class="ds-table__number">{planned}</td>
                    <td><a href=format!("{href}/results")>"Results"<span class="govuk-visually-hidden">{format!(": {}", series.title)}</span></a></td>
                </tr>
            }
        });
        let rows = rows.collect_view();
        let list = if all.is_empty() {
            view! { <div class="ds-empty"><p>"No survey is asked month by month yet."</p></div> }.into_any()
        } else {
            view! {
                <div class="ds-scroll" role="region" aria-label="Monthly surveys" tabindex="0">
                    <table class="ds-table">
                        <caption class="govuk-visually-hidden">"Monthly surveys"</caption>
                        <thead><tr>
                            <th scope="col">"Survey"</th><th scope="col">"Months"</th><th scope="col">"Open now"</th>
                            <th scope="col" class="ds-table__number">"Still to come"</th>
                            <th scope="col"><span class="govuk-visually-hidden">"Results"</span></th>
                        </tr></thead>
                        <tbody>{rows}</tbody>
                    </table>
                </div>
            }
            .into_any()
        };
        view! {
            <a class="govuk-back-link" href="/staff/surveys">"Surveys"</a>
            <div class="ds-heading"><h1>"Monthly surveys"</h1><p class="ds-lead">"The same questions every month, each time of other homes. Set it up once; the program draws, invites, reminds and closes."</p></div>
            {may_make.then(|| view! { <div class="ds-toolbar">{ui::link_button("Set up a monthly survey", "/staff/surveys/monthly/new")}</div> })}
            {list}
        }
    })
    .into())
}
