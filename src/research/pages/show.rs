//! One piece of research: what it found, what it applies to, its file, with whom it was shared, and the actions it led to.

use leptos::prelude::*;

use super::list::applies;
use crate::db::Tx;
use crate::research::entry::Share;
use crate::research::keep::{join, part, share};
use crate::research::{Entry, store};
use crate::thread::id::{ActionId, ResearchId};
use crate::thread::{self, Record};
use crate::ui;
use crate::web::{Form, Page, PageError, Reply, Req};
use crate::{clock, files, people, permissions, plans, standards};

/// The entry that the path names.
pub(super) async fn entry_of(req: &Req, tx: &mut Tx) -> Result<Entry, PageError> {
    store::find(tx, req.id::<ResearchId>("id")?).await?.ok_or(PageError::NotFound)
}

async fn page(req: &Req, form: Form) -> Result<Reply, PageError> {
    let mut tx = req.app.db.read().await?;
    let entry = entry_of(req, &mut tx).await?;
    let standard = match entry.standard_id {
        Some(id) => standards::find_by_id(&mut tx, id).await?.map(|standard| standard.title.clone()),
        None => None,
    };
    let writer = people::store::find(&mut tx, entry.written_by).await?.map(|one| one.name).unwrap_or_default();
    let mut shares = store::list_shares(&mut tx).await?;
    shares.retain(|one| one.research_id == entry.id);
    let mut actions = Vec::new();
    for record in thread::linked(&mut tx, Record::Research(entry.id)).await? {
        if let Record::Action(id) = record {
            actions.extend(plans::find_action(&mut tx, id, req.today()).await?.map(|action| (id, action.name)));
        }
    }
    let mut offered = vec![(String::new(), "Choose an action".to_owned())];
    let open = plans::list_choices(&mut tx, req.today()).await?;
    offered.extend(
        open.into_iter()
            .filter(|(id, _)| actions.iter().all(|(joined, _)| joined != id))
            .map(|(id, name)| (id.to_string(), name)),
    );
    let may = permissions::may_post(req.viewer.role(), "/staff/research/{id}");
    let refused = form.clone();
    Ok(Page::staff(entry.title.clone(), move || {
        let found = (entry, standard);
        let to = applies(&found);
        let entry = &found.0;
        let edit = may.then(|| ui::link_button("Change it", format!("{}/edit", entry.href())));
        let mut rows: Vec<(&str, AnyView)> = vec![
            ("What it found", ui::paragraphs(&entry.finding)),
            ("Source", entry.source.clone().into_any()),
            ("Year", entry.year.to_string().into_any()),
            ("Applies to", to.into_any()),
        ];
        if !entry.address.is_empty() {
            rows.push(("Link", view! { <a href=entry.address.clone()>{entry.address.clone()}</a> }.into_any()));
        }
        if entry.file_id.is_some() {
            rows.push(("File", view! { <a href=format!("{}/file", entry.href())>"Download the file"</a> }.into_any()));
        }
        view! {
            <a class="govuk-back-link" href="/staff/research">"Research and good practice"</a>
            {ui::error_summary(&form)}
            <div class="ds-heading"><h1>{entry.title.clone()}</h1></div>
            <p class="ds-meta">{format!("Last written by {writer} on {}", clock::day_and_time(entry.changed_at))}</p>
            {edit}
            {ui::facts(rows)}
            {led_to(&form, &actions, offered, may)}
            {shared(&form, &shares, may)}
        }
    })
    .with_form(&refused)
    .into())
}

/// The actions it led to, and joining it to another.
fn led_to(form: &Form, actions: &[(ActionId, String)], offered: Vec<(String, String)>, may: bool) -> AnyView {
    let rows = actions.iter().map(|(id, name)| {
        let part = may.then(|| {
            view! {
                <div class="ds-list__aside"><form method="post">
                    {ui::carried("remove", id.to_string())}
                    <button class="govuk-button govuk-button--secondary" type="submit" name=ui::STEP value="part">"Take away"<span class="govuk-visually-hidden">{format!(" {name}")}</span></button>
                </form></div>
            }
        });
        view! { <li><div class="ds-list__main"><a href=format!("/staff/plan/actions/{id}")>{name.clone()}</a></div>{part}</li> }
    });
    let rows = rows.collect_view();
    let none = actions.is_empty().then(|| view! { <p>"No action came of it yet."</p> });
    let add = may.then(|| {
        view! {
            <form method="post" novalidate>
                {ui::select(form, "action", "An action that came of it", offered)}
                <button type="submit" class="govuk-button" name=ui::STEP value="join">"Join it to the action"</button>
            </form>
        }
    });
    view! { <section class="ds-section"><h2>"What came of it"</h2>{none}<ul class="ds-list">{rows}</ul>{add}</section> }
        .into_any()
}

fn shared(form: &Form, shares: &[Share], may: bool) -> AnyView {
    let rows = shares.iter().map(|one| {
        view! { <li><div class="ds-list__main">{one.shared_with.clone()}<p class="ds-meta">{clock::day(one.shared_on)}</p></div></li> }
    });
    let rows = rows.collect_view();
    let none = shares.is_empty().then(|| view! { <p>"It has not been shared with anybody yet."</p> });
    let add = may.then(|| {
        view! {
            <form method="post" novalidate>
                {ui::text(form, "with", "Shared with").hint("A team, a group or a body: the repairs panel, all caretakers").view()}
                {ui::day(form, "shared", "On", "For example, 27 3 2026")}
                <button type="submit" class="govuk-button" name=ui::STEP value="share">"Record that it was shared"</button>
            </form>
        }
    });
    view! { <section class="ds-section"><h2>"Shared with"</h2>{none}<ul class="ds-list">{rows}</ul>{add}</section> }
        .into_any()
}

pub(super) async fn get(req: Req) -> Result<Reply, PageError> {
    let mut form = Form::default();
    form.set_day("shared", Some(req.today()));
    page(&req, form).await
}

pub(super) async fn post(req: Req) -> Result<Reply, PageError> {
    let mut form = req.form();
    let mut tx = req.app.db.write().await?;
    let entry = entry_of(&req, &mut tx).await?;
    let by = req.account()?.id;
    let done = match req.form().value("step") {
        "join" => joined(&req, &mut tx, &mut form, &entry).await?,
        "part" => match form.value("remove").parse::<ActionId>() {
            Ok(action) => {
                part(&mut tx, entry.id, action).await?;
                Some(("parted research from an action", format!("action {action}"), "Taken away."))
            }
            Err(_) => None,
        },
        "share" => {
            let with = form.required("with", "Shared with", 200, "Say with whom it was shared");
            let on = form.day("shared", "The day");
            if on.is_some_and(|day| day > req.today()) {
                form.error("shared", "The day must not be after today");
            }
            match on.filter(|_| form.is_valid()) {
                Some(on) => {
                    share(&req.app, &mut tx, entry.id, by, &with, on).await?;
                    Some(("recorded with whom research was shared", with, "Recorded."))
                }
                None => None,
            }
        }
        _ => None,
    };
    let Some((action, detail, words)) = done else {
        drop(tx);
        if form.is_valid() {
            form.error("action", "Choose what to do with one of the buttons");
        }
        return page(&req, form).await;
    };
    req.audit(&mut tx, action, &format!("research {}", entry.id), &detail).await?;
    tx.commit().await?;
    Ok(Reply::redirect(entry.href()).saying(words))
}

type Done = Option<(&'static str, String, &'static str)>;

async fn joined(req: &Req, tx: &mut Tx, form: &mut Form, entry: &Entry) -> Result<Done, PageError> {
    let chosen = form.value("action").parse::<ActionId>().ok();
    let found = match chosen {
        Some(id) => plans::find_action(tx, id, req.today()).await?,
        None => None,
    };
    let Some(action) = found else {
        form.error("action", "Choose an action from the list");
        return Ok(None);
    };
    join(&req.app, tx, entry.id, action.id).await?;
    Ok(Some(("joined research to an action", action.name, "Joined. The action’s page names it now.")))
}

/// The kept file.
pub(super) async fn file(req: Req) -> Result<Reply, PageError> {
    let mut tx = req.app.db.read().await?;
    let file = entry_of(&req, &mut tx).await?.file_id.ok_or(PageError::NotFound)?;
    let file = files::find(&mut tx, &file).await?.ok_or(PageError::NotFound)?;
    let bytes = files::read(&req.app, &file).await.ok_or(PageError::NotFound)?;
    Ok(Reply::download(&file.name, &file.content_type, bytes))
}
