//! One finding: what was found and recommended, what management answers, which action it became, and how far it is.

use leptos::prelude::*;

use super::parts::{finding_of, refusal, weight};
use crate::clock;
use crate::files;
use crate::improvement::audits::audit::{Audit, Item};
use crate::improvement::audits::find::strike_out;
use crate::improvement::audits::finding::{FollowUp, Response, Whole};
use crate::improvement::audits::store::{audits, follow_ups};
use crate::improvement::pages::parts::{Names, heading};
use crate::people::Role;
use crate::permissions;
use crate::plans;
use crate::ui;
use crate::web::{Form, Page, PageError, Reply, Req};

struct Known {
    audit: Audit,
    whole: Whole,
    item: Option<Item>,
    /// The action it became: its page and name, and how that stands.
    action: Option<(String, String, &'static str)>,
    names: Names,
    role: Option<Role>,
}

async fn load(req: &Req) -> Result<Known, PageError> {
    let mut tx = req.app.db.read().await?;
    let (audit, whole) = finding_of(req, &mut tx).await?;
    let item = match whole.finding.item_id {
        Some(id) => audits::find_item(&mut tx, id).await?,
        None => None,
    };
    let action = match &whole.became {
        Some(became) => plans::find_action(&mut tx, became.action_id, req.today())
            .await?
            .map(|one| (format!("/staff/plan/actions/{}", one.id), one.name, one.word.words())),
        None => None,
    };
    Ok(Known { audit, whole, item, action, names: Names::load(&mut tx).await?, role: req.viewer.role() })
}

async fn page(req: &Req, form: Form) -> Result<Reply, PageError> {
    let known = load(req).await?;
    let refused = form.clone();
    Ok(Page::staff(format!("Finding {} of {}", known.whole.finding.number, known.audit.year), move || {
        let finding = &known.whole.finding;
        let label = format!("Audit of {}", known.audit.year);
        let (code, word) = known.whole.standing();
        let place = known.item.as_ref().map_or_else(
            || "All that was drawn".into_any(),
            |item| view! { <a href=item.href()>{item.name()}</a> }.into_any(),
        );
        let written = format!("{}, by {}", clock::day_and_time(finding.written_at), known.names.of(finding.written_by));
        let facts = ui::facts(vec![
            ("Weight", weight(finding)),
            ("Found in", place),
            ("What was found", ui::paragraphs(&finding.found)),
            ("Recommendation", ui::paragraphs(&finding.recommendation)),
            ("Written", written.into_any()),
        ]);
        let struck = finding.struck_at.map(|at| {
            view! { <div class="govuk-inset-text">{format!("Struck out on {}: {}", clock::day_and_time(at), finding.struck_reason)}</div> }
        });
        view! {
            <a class="govuk-back-link" href=known.audit.href()>{label.clone()}</a>
            {ui::error_summary(&form)}
            {heading(label, format!("Finding {}", finding.number))}
            <p>{ui::status(code, word)}</p>
            {struck}
            {facts}
            {finding.struck_at.is_none().then(|| came_of(&known, &form))}
        }
    })
    .with_form(&refused)
    .into())
}

/// What management answered, the action, and the looks back; or striking it out while the audit is open.
fn came_of(known: &Known, form: &Form) -> AnyView {
    let may = |path: &str| permissions::may_post(known.role, path);
    if known.audit.is_open() {
        return may("/staff/improvement/audit-findings/{id}").then(|| view! {
            <section class="ds-section"><h2>"Not right?"</h2>
                <form method="post" novalidate>
                    {ui::textarea(form, "reason", "Why it is struck out").hint("It stays on record. Write it anew as another finding").rows(2).view()}
                    {ui::quiet_button("Strike it out")}
                </form>
            </section>
        }).into_any();
    }
    let here = known.whole.finding.href();
    let answer = match &known.whole.response {
        Some(response) => answered(response, &known.names),
        None => {
            let link = may("/staff/improvement/audit-findings/{id}/response")
                .then(|| ui::link_button("Answer it", format!("{here}/response")));
            view! { <p>"Management has not answered yet."</p>{link} }.into_any()
        }
    };
    let agreed = known.whole.response.as_ref().is_some_and(|one| one.is_agreed);
    let action = match &known.action {
        Some((href, name, word)) => {
            view! { <p><a href=href.clone()>{name.clone()}</a>{format!(": {word}")}</p> }.into_any()
        }
        None if agreed => {
            let link = may("/staff/improvement/audit-findings/{id}/action")
                .then(|| ui::link_button("Put it into a plan", format!("{here}/action")));
            view! { <p>"It is in no plan yet."</p>{link} }.into_any()
        }
        None => view! { <p>"A recommendation that is agreed becomes an action of a plan."</p> }.into_any(),
    };
    let look = (known.whole.response.is_some() && may("/staff/improvement/audit-findings/{id}/follow-up"))
        .then(|| ui::link_button("Write down how far it is", format!("{here}/follow-up")));
    view! {
        <section class="ds-section"><h2>"What management answers"</h2>{answer}</section>
        <section class="ds-section"><h2>"The action"</h2>{action}</section>
        <section class="ds-section"><h2>"How far it is"</h2>{looks(&known.whole.follow_ups, &known.names)}{look}</section>
    }
    .into_any()
}

fn answered(response: &Response, names: &Names) -> AnyView {
    let mut rows: Vec<(&str, AnyView)> = Vec::new();
    if response.is_agreed {
        rows.push(("Agreed", ui::paragraphs(&response.words)));
        if let Some((owner, due)) = response.owner_id.zip(response.due_on) {
            rows.extend([("Owner", names.of(owner).into_any()), ("By", clock::day(due).into_any())]);
        }
    } else {
        rows.push(("Not agreed, because", ui::paragraphs(&response.words)));
    }
    let written = format!("{}, by {}", clock::day_and_time(response.written_at), names.of(response.written_by));
    rows.push(("Answered", written.into_any()));
    ui::facts(rows)
}

fn looks(all: &[FollowUp], names: &Names) -> AnyView {
    if all.is_empty() {
        return view! { <p>"No auditor has looked yet."</p> }.into_any();
    }
    let rows = all.iter().rev().map(|one| {
        let when = format!("{}, {}", clock::day_and_time(one.written_at), names.of(one.written_by));
        let link = (!one.address.is_empty()).then(|| view! { <p><a href=one.address.clone()>{one.address.clone()}</a></p> });
        let file = one.file_id.is_some().then(|| {
            view! { <p><a href=format!("/staff/improvement/audit-follow-ups/{}", one.follow_up_id)>"The file that shows it"</a></p> }
        });
        view! {
            <li><p class="ds-timeline__when">{when}</p><p class="ds-timeline__what">{ui::status(one.progress.mark(), one.progress.label())}</p>
            {ui::paragraphs(&one.words)}{link}{file}</li>
        }
    });
    let rows = rows.collect_view();
    view! { <ol class="ds-timeline">{rows}</ol> }.into_any()
}

pub(in crate::improvement::pages) async fn get(req: Req) -> Result<Reply, PageError> {
    page(&req, Form::default()).await
}

pub(in crate::improvement::pages) async fn post(req: Req) -> Result<Reply, PageError> {
    let mut form = req.form();
    let mut tx = req.app.db.write().await?;
    let (_, whole) = finding_of(&req, &mut tx).await?;
    let reason = form.required("reason", "The reason", 1000, "Say why it is struck out");
    if form.is_valid() {
        match strike_out(&req.app, &mut tx, whole.finding.id, &reason).await {
            Ok(()) => {
                let object = format!("audit finding {}", whole.finding.id);
                req.audit(&mut tx, "struck out a finding of a yearly audit", &object, &reason).await?;
                tx.commit().await?;
                return Ok(Reply::redirect(whole.finding.href()).saying("Struck out. It stays on record."));
            }
            Err(error) => form.error("reason", refusal(error)?),
        }
    }
    drop(tx);
    page(&req, form).await
}

/// The file of a look back.
pub(in crate::improvement::pages) async fn download(req: Req) -> Result<Reply, PageError> {
    let mut tx = req.app.db.read().await?;
    let look = follow_ups::find(&mut tx, req.id("id")?).await?.ok_or(PageError::NotFound)?;
    let file = look.file_id.ok_or(PageError::NotFound)?;
    let file = files::find(&mut tx, &file).await?.ok_or(PageError::NotFound)?;
    let bytes = files::read(&req.app, &file).await.ok_or(PageError::NotFound)?;
    Ok(Reply::download(&file.name, &file.content_type, bytes))
}
