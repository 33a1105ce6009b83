//! What people wrote, on the pages of results: how many wrote about each theme with what is done about it, and for the
//! public the answers that were read and let through.

use leptos::prelude::*;

use crate::db::{self, Tx};
use crate::questionnaires::piping;
use crate::statistics::disclosure::Policy;
use crate::statistics::table::{Base, Cell, Table};
use crate::surveys::pages::bars;
use crate::surveys::results::QuestionResult;
use crate::surveys::survey::Asked;
use crate::surveys::verbatims::open_question::{self, OpenQuestion};
use crate::surveys::verbatims::standing::Standing;
use crate::surveys::verbatims::{store, written};
use crate::thread::{self, Record};
use crate::{findings, plans};

/// What people wrote to one question, as it may be shown.
pub struct Written {
    /// The question.
    question: String,
    /// How far the work is, for staff.
    far: Option<String>,
    table: Option<Table>,
    /// What is done about each theme: addresses and titles, in the order of the rows.
    done: Vec<Vec<(String, String)>>,
    words: Vec<String>,
}

/// What the public may read: of questions whose words were published, among those whose words may be shown at all.
///
/// # Errors
/// When the database refuses.
pub async fn load_public(
    tx: &mut Tx,
    asked: &Asked,
    readable: &[u16],
    policy: &Policy,
    today: chrono::NaiveDate,
) -> Result<Vec<Written>, db::Error> {
    let mut found = Vec::new();
    for (of, text) in among(asked, readable) {
        if store::find_frame(tx, of).await?.is_none_or(|frame| frame.published_at.is_none()) {
            continue;
        }
        let standing = store::load(tx, of).await?;
        let table = written::themes(&standing, policy);
        let done = done(tx, &standing, today).await?;
        found.push(Written { question: text, far: None, table, done, words: written::shown(&standing) });
    }
    Ok(found)
}

/// What staff read beside the answers themselves: the themes so far.
///
/// # Errors
/// When the database refuses.
pub async fn load_staff(
    tx: &mut Tx,
    asked: &Asked,
    results: &[QuestionResult],
    policy: &Policy,
    today: chrono::NaiveDate,
) -> Result<Vec<Written>, db::Error> {
    let mut found = Vec::new();
    for (of, text) in among(asked, &open_question::readable(results)) {
        // Without themes there is nothing to say, and everybody's words are much to read.
        if store::list_themes(tx, of).await?.is_empty() {
            continue;
        }
        let standing = store::load(tx, of).await?;
        let Some(table) = written::themes(&standing, policy) else { continue };
        let done = done(tx, &standing, today).await?;
        let far = Some(super::all::far(&standing));
        found.push(Written { question: text, far, table: Some(table), done, words: Vec::new() });
    }
    Ok(found)
}

fn among(asked: &Asked, readable: &[u16]) -> Vec<(OpenQuestion, String)> {
    let all = OpenQuestion::all(asked).into_iter().filter(|(_, question)| readable.contains(&question.key));
    all.map(|(of, question)| (of, piping::described(&question.text, &asked.version.questionnaire))).collect()
}

async fn done(
    tx: &mut Tx,
    standing: &Standing,
    today: chrono::NaiveDate,
) -> Result<Vec<Vec<(String, String)>>, db::Error> {
    let mut all = Vec::new();
    for theme in standing.live() {
        let mut links = Vec::new();
        for record in thread::linked(tx, Record::Theme(theme.id)).await? {
            match record {
                Record::Action(id) => {
                    links.extend(plans::find_action(tx, id, today).await?.map(|action| (action.href, action.name)));
                }
                Record::Finding(id) => links.extend(findings::public_page(tx, id).await?),
                _ => {}
            }
        }
        all.push(links);
    }
    Ok(all)
}

impl Written {
    /// The section about the question.
    pub fn view(&self) -> AnyView {
        let far = self.far.clone().map(|far| view! { <p class="ds-meta">{far}</p> });
        view! {
            <section class="ds-section">
                <h2>"What people wrote about: "{self.question.clone()}</h2>
                {far}
                {self.table.as_ref().map(|table| self.themes(table))}
                {self.quotes()}
            </section>
        }
        .into_any()
    }

    fn themes(&self, table: &Table) -> AnyView {
        let base = match table.base {
            Base::Shown(base) => base,
            Base::FewerThan(minimum) => {
                let why = format!("Too few people wrote something to count what it was about: fewer than {minimum}.");
                return view! { <p>{why}</p> }.into_any();
            }
            Base::Withheld => {
                return view! { <p>"Not shown, because it would say too much about a few people."</p> }.into_any();
            }
        };
        let people = bars::people(base, table.rounded);
        let said = format!("Of {people} whose answers we put under themes. One person may have written about several.");
        let any_done = self.done.iter().any(|links| !links.is_empty());
        let rows = table.rows.iter().enumerate().filter(|(at, row)| {
            // Nobody wrote about something else: there is nothing to say of it.
            *at < self.done.len() || !matches!(row.cell, Cell::Shown { count: 0, percent: 0 })
        });
        let rows = rows.map(|(at, row)| {
            let (percent, count) = match row.cell {
                Cell::Shown { count, percent } => (format!("{percent}%"), count.to_string()),
                Cell::Hidden => ("Hidden".to_owned(), "Hidden".to_owned()),
            };
            let links = self.done.get(at).map(Vec::as_slice).unwrap_or_default().iter();
            let links = links.map(|(href, title)| view! { <p><a href=href.clone()>{title.clone()}</a></p> });
            let links = any_done.then(|| view! { <td>{links.collect_view()}</td> });
            view! {
                <tr>
                    <th scope="row">{row.label.clone()}</th>
                    <td class="ds-table__number">{percent}</td>
                    <td class="ds-table__number">{count}</td>
                    {links}
                </tr>
            }
        });
        let rows = rows.collect_view();
        let caption = format!("What people wrote about: {}", self.question);
        let label = caption.clone();
        view! {
            <p>{said}</p>
            <div class="ds-scroll" role="region" aria-label=label tabindex="0">
                <table class="ds-table">
                    <caption class="govuk-visually-hidden">{caption}</caption>
                    <thead><tr>
                        <th scope="col">"Theme"</th>
                        <th scope="col" class="ds-table__number">"Per cent"</th>
                        <th scope="col" class="ds-table__number">{bars::heading(table.rounded)}</th>
                        {any_done.then(|| view! { <th scope="col">"What we are doing"</th> })}
                    </tr></thead>
                    <tbody>{rows}</tbody>
                </table>
            </div>
            {table.hides_some().then(bars::hidden_note)}
        }
        .into_any()
    }

    fn quotes(&self) -> Option<AnyView> {
        if self.words.is_empty() {
            return None;
        }
        let quotes = self.words.iter().map(|words| {
            view! { <li><blockquote class="ds-quote">{crate::ui::paragraphs(words)}</blockquote></li> }
        });
        let quotes = quotes.collect_view();
        let view = view! {
            <h3>"In people’s own words"</h3>
            <p class="ds-meta">"Some of the answers, as they were written. We took out what somebody could be recognised by."</p>
            <ul class="ds-quotes">{quotes}</ul>
        };
        Some(view.into_any())
    }
}
