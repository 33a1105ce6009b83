//! One theme: its words, its place, merging it into another, and what was done because of it.

use leptos::prelude::*;

use super::{Here, here, themes};
use crate::db::{self, Tx};
use crate::surveys::verbatims::frame::{self, Refused, Worded};
use crate::surveys::verbatims::theme::Theme;
use crate::thread::id::{ActionId, FindingId, ThemeId};
use crate::thread::{self, Record};
use crate::ui;
use crate::web::{Form, Page, PageError, Reply, Req};
use crate::{findings, plans};

/// How many entries of "what changed" can be chosen from.
const ENTRIES: i64 = 50;

/// What a theme can be joined to, as values and words.
struct Choices {
    actions: Vec<(String, String)>,
    findings: Vec<(String, String)>,
}

/// `/staff/surveys/{id}/words/{key}/themes/{theme}`
pub async fn get(req: Req) -> Result<Reply, PageError> {
    let here = here(&req).await?;
    let theme = found(&req, &here)?;
    let mut tx = req.app.db.read().await?;
    let mut form = Form::filled(&[("name", &theme.name), ("description", &theme.description)]);
    for record in thread::linked(&mut tx, Record::Theme(theme.id)).await? {
        match record {
            Record::Action(id) => form.set("action", &id.to_string()),
            Record::Finding(id) => form.set("finding", &id.to_string()),
            _ => {}
        }
    }
    drop(tx);
    page(&req, here, theme, form).await
}

/// Does what the button says: words, place, merging, joining.
pub async fn post(req: Req) -> Result<Reply, PageError> {
    let here = here(&req).await?;
    let theme = found(&req, &here)?;
    let mut form = req.form();
    let step = form.value("step").to_owned();
    let mut tx = req.app.db.write().await?;
    let done = match step.as_str() {
        "up" | "down" => {
            let kept = frame::shift(&mut tx, here.of, theme.id, step == "up").await;
            kept.map(|()| ("moved a theme", format!("{} {step}", theme.name), "The theme was moved"))
        }
        "merge" => match form.choice::<ThemeId>("into", "Choose the theme to merge it into") {
            None => return again(&req, tx, here, theme, form).await,
            Some(into) => {
                let name = here.standing.live().find(|other| other.id == into).map(|other| other.name.clone());
                let detail = format!("{} into {}", theme.name, name.unwrap_or_default());
                let kept = frame::merge(&mut tx, here.of, theme.id, into).await;
                kept.map(|()| ("merged a theme", detail, "The theme was merged"))
            }
        },
        "join" => {
            let detail = join(&req, &mut tx, theme.id, &mut form).await?;
            let Some(detail) = detail else { return again(&req, tx, here, theme, form).await };
            Ok(("joined a theme", format!("{}: {detail}", theme.name), "What was done because of it was saved"))
        }
        _ => {
            let (name, description) = themes::read(&mut form);
            if !form.is_valid() {
                return again(&req, tx, here, theme, form).await;
            }
            let worded = Worded { name: &name, description: &description };
            let kept = frame::reword(&mut tx, here.of, theme.id, worded).await;
            kept.map(|()| ("changed a theme", format!("{} to {name}", theme.name), "The theme was changed"))
        }
    };
    match done {
        Ok((did, detail, said)) => {
            req.audit(&mut tx, did, &here.object(), &here.detail(&detail)).await?;
            tx.commit().await?;
            Ok(Reply::redirect(format!("{}/themes", here.at())).saying(said))
        }
        Err(Refused::Internal(error)) => Err(error.into()),
        Err(refused) => {
            let field = if step == "merge" { "into" } else { "name" };
            form.error(field, refused.in_words().unwrap_or_default());
            again(&req, tx, here, theme, form).await
        }
    }
}

async fn again(req: &Req, tx: Tx, here: Here, theme: Theme, form: Form) -> Result<Reply, PageError> {
    drop(tx);
    page(req, here, theme, form).await
}

fn found(req: &Req, here: &Here) -> Result<Theme, PageError> {
    let id: ThemeId = req.id("theme")?;
    here.standing.live().find(|theme| theme.id == id).cloned().ok_or(PageError::NotFound)
}

async fn choices(req: &Req, tx: &mut Tx) -> Result<Choices, db::Error> {
    let actions = plans::list_choices(tx, req.today()).await?;
    let findings = findings::latest_published(tx, ENTRIES).await?;
    Ok(Choices {
        actions: actions.into_iter().map(|(id, name)| (id.to_string(), name)).collect(),
        findings: findings.into_iter().map(|one| (one.id.to_string(), one.title)).collect(),
    })
}

/// Joins the theme to the action and the entry that were chosen, in place of those before; gives what the log says of it,
/// or none where something is wrong, which the form then says.
async fn join(req: &Req, tx: &mut Tx, id: ThemeId, form: &mut Form) -> Result<Option<String>, PageError> {
    let choices = choices(req, tx).await?;
    let own = Record::Theme(id);
    let before = thread::linked(tx, own).await?;
    let kept = |value: &str| {
        before.iter().any(|record| {
            matches!(record, Record::Action(id) if id.to_string() == value)
                || matches!(record, Record::Finding(id) if id.to_string() == value)
        })
    };
    for (field, all) in [("action", &choices.actions), ("finding", &choices.findings)] {
        let value = form.value(field).to_owned();
        if !value.is_empty() && !kept(&value) && !all.iter().any(|(other, _)| *other == value) {
            form.error(field, "Choose one from the list");
        }
    }
    if !form.is_valid() {
        return Ok(None);
    }
    let action = form.value("action").parse::<ActionId>().ok();
    let finding = form.value("finding").parse::<FindingId>().ok();
    for record in before.into_iter().filter(|record| matches!(record, Record::Action(_) | Record::Finding(_))) {
        thread::disconnect(tx, own, record).await?;
    }
    let records = [action.map(Record::Action), finding.map(Record::Finding)];
    for record in records.into_iter().flatten() {
        thread::connect(tx, own, record, req.now()).await?;
    }
    tx.public_changed();
    let named = |what: &str, id: Option<String>| id.map_or_else(|| format!("no {what}"), |id| format!("{what} {id}"));
    let (action, finding) = (action.map(|id| id.to_string()), finding.map(|id| id.to_string()));
    Ok(Some(format!("{}, {}", named("action", action), named("finding", finding))))
}

async fn page(req: &Req, here: Here, theme: Theme, form: Form) -> Result<Reply, PageError> {
    let mut tx = req.app.db.read().await?;
    let choices = choices(req, &mut tx).await?;
    let is_open = here.standing.frame.published_at.is_none();
    let error_form = form.clone();
    let page = Page::staff("Change a theme", move || {
        let at = here.at();
        let words = is_open.then(|| {
            view! {
                <form method="post" novalidate>
                    {ui::text(&form, "name", "Name").view()}
                    {ui::text(&form, "description", "What belongs under it (you may leave this out)").view()}
                    <button type="submit" class="govuk-button" name=ui::STEP value="words">"Save the words"</button>
                </form>
            }
        });
        let step = |step: &'static str, label: &'static str| {
            view! { <form method="post"><button type="submit" class="govuk-button govuk-button--secondary" name=ui::STEP value=step>{label}</button></form> }
        };
        let place = is_open
            .then(|| view! { <div class="ds-toolbar">{step("up", "Move it up")}{step("down", "Move it down")}</div> });
        view! {
            <a class="govuk-back-link" href=format!("{at}/themes")>"Back to the themes"</a>
            {ui::error_summary(&form)}
            <div class="ds-heading"><h1><span class="ds-heading__caption">{here.question.text.clone()}</span>" Theme: "{theme.name.clone()}</h1></div>
            {super::published_notice(&here.standing)}
            {words}
            {place}
            {joined(&form, &choices)}
            {is_open.then(|| merge_form(&here, &theme, &form))}
        }
    });
    Ok(page.with_form(&error_form).into())
}

fn joined(form: &Form, choices: &Choices) -> AnyView {
    let list = |all: &[(String, String)]| {
        let none = (String::new(), "None".to_owned());
        std::iter::once(none).chain(all.iter().cloned()).collect::<Vec<_>>()
    };
    view! {
        <section class="ds-section">
            <h2>"What you do because of it"</h2>
            <p>"Residents see it beside the theme in the published results."</p>
            <form method="post" novalidate>
                {ui::select(form, "action", "Action of the plan", list(&choices.actions))}
                {ui::select(form, "finding", "Entry of “what changed because of you”", list(&choices.findings))}
                <button type="submit" class="govuk-button govuk-button--secondary" name=ui::STEP value="join">"Save what you do"</button>
            </form>
        </section>
    }
    .into_any()
}

fn merge_form(here: &Here, theme: &Theme, form: &Form) -> Option<AnyView> {
    let others: Vec<(String, String)> = here
        .standing
        .live()
        .filter(|other| other.id != theme.id)
        .map(|other| (other.id.to_string(), other.name.clone()))
        .collect();
    if others.is_empty() {
        return None;
    }
    let choices = std::iter::once((String::new(), "Choose a theme".to_owned())).chain(others);
    let view = view! {
        <details class="govuk-details" open=form.error_of("into").is_some()>
            <summary class="govuk-details__summary"><span class="govuk-details__summary-text">"Merge it into another theme"</span></summary>
            <div class="govuk-details__text">
                <p>"All answers under it then count under the other theme. This cannot be undone."</p>
                <form method="post" novalidate>
                    {ui::select(form, "into", "Merge it into", choices)}
                    <button type="submit" class="govuk-button govuk-button--warning" name=ui::STEP value="merge">"Merge the themes"</button>
                </form>
            </div>
        </details>
    };
    Some(view.into_any())
}
