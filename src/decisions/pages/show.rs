//! One decision as everybody reads it, and its earlier versions.

use leptos::prelude::*;

use super::parts;
use crate::clock;
use crate::decisions::{Version, store};
use crate::shell;
use crate::web::{Page, PageError, Reply, Req};

pub(super) async fn get(req: Req) -> Result<Reply, PageError> {
    let mut tx = req.app.db.read().await?;
    let id = store::find_by_slug(&mut tx, req.param("slug")?).await?.ok_or(PageError::NotFound)?;
    let mut all = store::list_versions(&mut tx, id).await?;
    all.retain(|one| one.published_at.is_some());
    let newest = all.first().ok_or(PageError::NotFound)?.number;
    let wanted = match req.query("version") {
        Some(number) => number.parse().map_err(|_| PageError::NotFound)?,
        None => newest,
    };
    let version = all.iter().find(|one| one.number == wanted).ok_or(PageError::NotFound)?.clone();
    let sources = parts::sources(&mut tx, &version, req.today()).await?;
    let phone = req.landlord.phone.clone();
    Ok(Page::new(version.text.title.clone(), move || {
        let ask = (!phone.is_empty()).then(|| view! { <p>"Phone "{shell::phone(&phone)}" if you want to know more about it."</p> });
        let old = (wanted != newest).then(|| {
            view! { <div class="govuk-inset-text">"This version was put right later. "<a href=version.href()>"Read the version that holds now"</a></div> }
        });
        view! {
            <a class="govuk-back-link" href="/decisions">"Decisions and what residents said"</a>
            <div class="ds-heading"><h1>{version.text.title.clone()}</h1></div>
            {old}
            {parts::whole(&version, &sources, |one| one.public.clone())}
            {versions(&all, wanted)}
            <div class="ds-ask"><h2>"Ask us"</h2>{ask}<p>"See "<a href="/have-your-say">"what you can take part in now"</a>"."</p></div>
        }
    })
    .into())
}

/// The other published versions, which stay for good.
fn versions(all: &[Version], shown: i64) -> Option<AnyView> {
    let others: Vec<_> = all.iter().filter(|one| one.number != shown).collect();
    if others.is_empty() {
        return None;
    }
    let rows = others.into_iter().map(|one| {
        let href = format!("{}?version={}", one.href(), one.number);
        let on = one.published_at.map(clock::london_day).map(clock::day).unwrap_or_default();
        view! { <li><a href=href>{format!("Version {}", one.number)}</a>{format!(", published on {on}")}</li> }
    });
    let rows = rows.collect_view();
    Some(view! { <section class="ds-section"><h2>"Other versions"</h2><ul>{rows}</ul></section> }.into_any())
}
