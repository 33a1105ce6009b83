//! The library, sought by words and area, on a page and as a file.

use leptos::prelude::*;

use crate::db::{self, Tx};
use crate::exchange::csv;
use crate::permissions;
use crate::research::entry::Share;
use crate::research::{Entry, store};
use crate::standards;
use crate::thread::{self, Record};
use crate::ui;
use crate::web::{Page, PageError, Reply, Req};
use crate::{clock, plans};

/// A piece with the title of its standard.
type Found = (Entry, Option<String>);

/// What is sought; an area that is not there leads nowhere.
async fn sought(req: &Req, tx: &mut Tx) -> Result<Vec<Found>, PageError> {
    let words = req.query("words").unwrap_or_default();
    let area = match req.query("area") {
        Some(slug) => {
            let all = standards::areas(tx).await?;
            Some(all.into_iter().find(|area| area.slug == slug).ok_or(PageError::NotFound)?)
        }
        None => None,
    };
    let mut found = Vec::new();
    for entry in store::list(tx).await?.into_iter().filter(|entry| entry.holds(words)) {
        let standard = match entry.standard_id {
            Some(id) => standards::find_by_id(tx, id).await?,
            None => None,
        };
        let of_standard = standard.as_ref().map(|standard| standard.area_id);
        if area.as_ref().is_none_or(|area| entry.area_id == Some(area.id) || of_standard == Some(area.id)) {
            found.push((entry, standard.map(|standard| standard.title.clone())));
        }
    }
    Ok(found)
}

pub(super) async fn get(req: Req) -> Result<Reply, PageError> {
    let mut tx = req.app.db.read().await?;
    let found = sought(&req, &mut tx).await?;
    let areas = standards::areas(&mut tx).await?;
    let filter = req.query_form();
    let filtered = req.query("words").is_some() || req.query("area").is_some();
    let can_add = permissions::may_post(req.viewer.role(), "/staff/research/new");
    let file = format!(
        "/staff/research.csv?words={}&area={}",
        crate::web::cookie::encode(filter.value("words")),
        crate::web::cookie::encode(filter.value("area"))
    );
    Ok(Page::staff("Research and good practice", move || {
        let add = can_add.then(|| ui::link_button("Add a piece of research", "/staff/research/new"));
        let count = ui::counted(found.len(), "entry", "entries");
        let choices = std::iter::once((String::new(), "Every area".to_owned()))
            .chain(areas.iter().map(|area| (area.slug.clone(), area.name.clone())));
        let list = if found.is_empty() {
            let words = if filtered {
                "Nothing holds all of these words in this area. Try fewer words, or every area."
            } else {
                "Nothing is kept yet. Add what others found out before you begin to plan."
            };
            view! { <div class="ds-empty"><p>{words}</p></div> }.into_any()
        } else {
            let rows = found.iter().map(row).collect_view();
            view! { <ul class="ds-list">{rows}</ul><p><a href=file>"This list as a CSV file"</a></p> }.into_any()
        };
        view! {
            <div class="ds-heading"><h1>"Research and good practice"</h1></div>
            <p>"What others or we found out, what it applies to, and which actions came of it."</p>
            {add}
            <form class="ds-filters" method="get" action="/staff/research">
                {ui::text(&filter, "words", "Words").view()}
                {ui::select(&filter, "area", "Area", choices)}
                {ui::quiet_button("Show")}
                <p class="ds-filters__count">{count}</p>
            </form>
            {list}
        }
    })
    .into())
}

/// What an entry applies to, in words.
pub(super) fn applies((entry, standard): &Found) -> String {
    let standard = standard.as_ref().map(|title| format!("Standard: {title}"));
    let process = entry.process_name.as_ref().map(|name| format!("Process: {name}"));
    let all: Vec<String> = entry.area_name.clone().into_iter().chain(standard).chain(process).collect();
    all.join("; ")
}

fn row(found: &Found) -> AnyView {
    let entry = &found.0;
    view! {
        <li><div class="ds-list__main">
            <a href=entry.href()>{entry.title.clone()}</a>
            <p>{entry.finding.split("\n\n").next().unwrap_or_default().to_owned()}</p>
            <p class="ds-meta">{format!("{}, {}. Applies to: {}", entry.source, entry.year, applies(found))}</p>
        </div></li>
    }
    .into_any()
}

const HEADINGS: [&str; 9] =
    ["title", "source", "year", "finding", "applies to", "shared with", "actions", "link", "file"];

/// The same list as a file.
pub(super) async fn csv(req: Req) -> Result<Reply, PageError> {
    let mut tx = req.app.db.read().await?;
    let shares = store::list_shares(&mut tx).await?;
    let mut rows = vec![HEADINGS.map(str::to_owned).to_vec()];
    for found in sought(&req, &mut tx).await? {
        let applies = applies(&found);
        let entry = found.0;
        let file = if entry.file_id.is_some() { "yes" } else { "no" };
        rows.push(vec![
            entry.title.clone(),
            entry.source.clone(),
            entry.year.to_string(),
            entry.finding.clone(),
            applies,
            shared(&shares, &entry),
            actions(&req, &mut tx, &entry).await?.join("; "),
            entry.address.clone(),
            file.to_owned(),
        ]);
    }
    Ok(Reply::download("research.csv", csv::CONTENT_TYPE, csv::write(rows)))
}

/// With whom an entry was shared, each with its day.
fn shared(shares: &[Share], entry: &Entry) -> String {
    let own = shares.iter().filter(|share| share.research_id == entry.id);
    own.map(|share| format!("{}, {}", share.shared_with, clock::day(share.shared_on))).collect::<Vec<_>>().join("; ")
}

async fn actions(req: &Req, tx: &mut Tx, entry: &Entry) -> Result<Vec<String>, db::Error> {
    let mut names = Vec::new();
    for record in thread::linked(tx, Record::Research(entry.id)).await? {
        if let Record::Action(id) = record {
            names.extend(plans::find_action(tx, id, req.today()).await?.map(|action| action.name));
        }
    }
    Ok(names)
}
