//! Where a reader of results can go on: the promises that were measured, what changed, and what is open now.

use leptos::prelude::*;

use crate::db::{self, Tx};
use crate::surveys::survey::Asked;
use crate::thread::id::StandardId;
use crate::thread::{self, Record};
use crate::{findings, standards};

/// Addresses and titles of what residents can read next.
pub struct Onward {
    promises: Vec<(String, String)>,
    changes: Vec<(String, String)>,
}

/// Reads what a survey is joined to.
///
/// # Errors
/// When the database refuses.
pub async fn load(tx: &mut Tx, asked: &Asked) -> Result<Onward, db::Error> {
    let mut measured: Vec<i64> = Vec::new();
    for id in asked.version.questionnaire.questions().iter().filter_map(|question| question.measures) {
        if !measured.contains(&id) {
            measured.push(id);
        }
    }
    let mut promises = Vec::new();
    for id in measured {
        let standard = standards::find_by_id(tx, StandardId(id)).await?;
        promises.extend(standard.map(|one| (format!("/standards/{}", one.slug), one.title.clone())));
    }
    let mut changes = Vec::new();
    for record in thread::linked(tx, Record::Survey(asked.survey.id)).await? {
        if let Record::Finding(id) = record {
            changes.extend(findings::public_page(tx, id).await?);
        }
    }
    Ok(Onward { promises, changes })
}

impl Onward {
    /// The links, last on the page of results.
    pub fn view(&self) -> AnyView {
        let changed = if self.changes.is_empty() {
            view! { <p>"Nothing has been written about this survey yet. It appears here as soon as we have decided what to do about what you said."</p> }.into_any()
        } else {
            list(&self.changes)
        };
        let promises = (!self.promises.is_empty()).then(|| {
            view! {
                <section class="ds-section">
                    <h2>"The promises it measures"</h2>
                    {list(&self.promises)}
                </section>
            }
        });
        view! {
            {promises}
            <section class="ds-section">
                <h2>"What changed because of it"</h2>
                {changed}
            </section>
            <div class="ds-ask">
                <h2>"Have your say"</h2>
                <p>"See "<a href="/have-your-say">"what you can take part in now"</a>"."</p>
            </div>
        }
        .into_any()
    }
}

fn list(links: &[(String, String)]) -> AnyView {
    let items = links.iter().map(|(href, title)| view! { <li><a href=href.clone()>{title.clone()}</a></li> });
    view! { <ul>{items.collect_view()}</ul> }.into_any()
}
