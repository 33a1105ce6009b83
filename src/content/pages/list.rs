//! The site's pages for staff: who looks after each, and which should be read again.

use leptos::prelude::*;

use crate::clock;
use crate::content::store;
use crate::people::Role;
use crate::web::{Page, PageError, Reply, Req};

pub(super) async fn get(req: Req) -> Result<Reply, PageError> {
    let mut tx = req.app.db.read().await?;
    let all = store::list(&mut tx).await?;
    let today = req.today();
    Ok(Page::staff("Site pages", move || {
        let stale = all.iter().filter(|page| page.is_stale(today)).count();
        let summary = match stale {
            0 => "Every page has been read again in time.".to_owned(),
            1 => "One page should have been read again by now.".to_owned(),
            many => format!("{many} pages should have been read again by now."),
        };
        let rows = all.into_iter().map(|page| {
            let overdue = page.is_stale(today).then(|| view! { " "<strong class="govuk-tag">"Overdue"</strong> });
            let changed = page.changed_at.map_or("As shipped".to_owned(), |at| clock::day(clock::london_day(at)));
            let owner = page.owner_role.parse::<Role>().map_or("", Role::label);
            view! {
                <tr>
                    <th scope="row"><a href=format!("/staff/pages/{}", page.slug)>{page.title}</a></th>
                    <td><a href=format!("/pages/{}", page.slug)>{format!("/pages/{}", page.slug)}</a></td>
                    <td>{owner}</td>
                    <td>{changed}</td>
                    <td>{clock::day(page.review_on)}{overdue}</td>
                </tr>
            }
        });
        let rows = rows.collect_view();
        view! {
            <h1>"Site pages"</h1>
            <p>{summary}</p>
            <div class="ds-scroll" tabindex="0" role="region" aria-label="Site pages">
                <table class="ds-table">
                    <thead><tr>
                        <th scope="col">"Page"</th><th scope="col">"Address"</th><th scope="col">"Looked after by"</th>
                        <th scope="col">"Changed"</th><th scope="col">"Read again by"</th>
                    </tr></thead>
                    <tbody>{rows}</tbody>
                </table>
            </div>
        }
    })
    .into())
}
