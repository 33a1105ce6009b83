//! One sign-off report: all it says, with the evidence it rests on; and approving it or sending it back.

use leptos::prelude::*;

use super::activity as parts;
use super::parts::{Names, back, heading};
use crate::clock;
use crate::db::Tx;
use crate::findings;
use crate::improvement::activity::Activity;
use crate::improvement::evidence::Evidence;
use crate::improvement::plan::Plan;
use crate::improvement::process::Process;
use crate::improvement::sign::{SignError, approve, send_back};
use crate::improvement::sign_off::{Decision, Report, SignOff, SignOffId};
use crate::improvement::store::{activities, plans, sign_offs};
use crate::people::Account;
use crate::permissions;
use crate::standards::Published;
use crate::thread::{self, Record};
use crate::ui;
use crate::web::{Form, Page, PageError, Reply, Req, number};

/// Everything the page says.
struct Whole {
    sign_off: SignOff,
    activity: Activity,
    plan: Plan,
    process: Option<Process>,
    standard: Option<Published>,
    /// What was attached when the report was sent.
    evidence: Vec<Evidence>,
    /// Where residents read of it, once it is approved.
    told: Option<String>,
    names: Names,
}

/// Where residents read of an activity whose report is approved.
async fn told(tx: &mut Tx, sign_off: &SignOff) -> Result<Option<String>, PageError> {
    if sign_off.decided.as_ref().is_none_or(|decided| decided.decision != Decision::Approved) {
        return Ok(None);
    }
    // Other findings may be joined to the activity as its evidence.
    let own = format!("-{}", sign_off.activity_id);
    for record in thread::linked(tx, Record::Activity(sign_off.activity_id)).await? {
        let Record::Finding(id) = record else { continue };
        if let Some((href, _)) = findings::public_page(tx, id).await?.filter(|(href, _)| href.ends_with(&own)) {
            return Ok(Some(href));
        }
    }
    Ok(None)
}

async fn load(req: &Req) -> Result<Whole, PageError> {
    let mut tx = req.app.db.read().await?;
    let sign_off = sign_offs::find(&mut tx, req.id::<SignOffId>("id")?).await?.ok_or(PageError::NotFound)?;
    let activity = activities::find_version(&mut tx, sign_off.activity_version_id).await?.ok_or(PageError::NotFound)?;
    let plan = plans::find(&mut tx, activity.plan_id).await?.ok_or(PageError::NotFound)?;
    let (process, standard) = parts::about(&mut tx, &activity.wording).await?;
    let mut evidence = activities::list_evidence(&mut tx, activity.id).await?;
    evidence.retain(|one| one.attached_at <= sign_off.written_at);
    let (told, names) = (told(&mut tx, &sign_off).await?, Names::load(&mut tx).await?);
    Ok(Whole { sign_off, activity, plan, process, standard, evidence, told, names })
}

async fn page(req: &Req, form: Form) -> Result<Reply, PageError> {
    let whole = load(req).await?;
    let reader = req.account()?.clone();
    let refused = form.clone();
    Ok(Page::staff(format!("Report {}: {}", whole.sign_off.number, whole.activity.wording.what), move || {
        let (code, word) = whole.sign_off.standing();
        let written = format!(
            "Report {}, sent on {} by {}",
            whole.sign_off.number,
            clock::day_and_time(whole.sign_off.written_at),
            whole.names.of(whole.sign_off.written_by)
        );
        view! {
            {back(whole.activity.href(), "Back to the activity")}
            {ui::error_summary(&form)}
            {heading("Sign-off report", whole.activity.wording.what.clone())}
            <p>{ui::status(code, word)}</p>
            <p class="ds-meta">{written}</p>
            {decided(&whole)}
            {report(&whole.sign_off.report)}
            <h2>"The activity as it was worded then"</h2>
            {parts::facts(&whole.plan, &whole.activity.wording, whole.process.as_ref(), whole.standard.as_ref(), &whole.names)}
            {parts::involvement(&whole.activity.wording)}
            {parts::proofs(&whole.evidence, &whole.names)}
            {public(&whole)}
            {work(&whole, &reader, &form)}
        }
    })
    .with_form(&refused)
    .into())
}

fn decided(whole: &Whole) -> Option<AnyView> {
    let decided = whole.sign_off.decided.as_ref()?;
    let when = format!(
        "{} on {} by {}",
        decided.decision.label(),
        clock::day_and_time(decided.at),
        whole.names.of(decided.by)
    );
    Some(view! { <div class="govuk-inset-text"><p>{when}</p>{ui::paragraphs(&decided.words)}</div> }.into_any())
}

fn report(report: &Report) -> AnyView {
    let pounds = |sum: Option<i64>| sum.map_or("Not known".to_owned(), |sum| format!("£{}", number::grouped(&sum)));
    let better = match &report.no_improvement {
        None => "Yes, the measure shows it".to_owned(),
        Some(reason) => format!("No measurable improvement: {reason}"),
    };
    let mut rows: Vec<(&str, AnyView)> = vec![
        ("What was done", ui::paragraphs(&report.action_taken)),
        ("Before", report.measured.before.clone().into_any()),
        ("After", report.measured.after.clone().into_any()),
    ];
    if !report.measured.moved.is_empty() {
        rows.push(("Movement", report.measured.moved.clone().into_any()));
    }
    rows.extend([
        ("Is it better?", better.into_any()),
        ("What residents say", ui::paragraphs(&report.resident_view)),
        ("Cost", pounds(report.cost_pounds).into_any()),
        ("Saves in a year", pounds(report.savings_pounds).into_any()),
        ("What was learnt", ui::paragraphs(&report.lessons)),
    ]);
    ui::facts(rows)
}

fn public(whole: &Whole) -> Option<AnyView> {
    let public = whole.sign_off.report.public.as_ref()?;
    let facts = ui::facts(vec![
        ("Title", public.title.clone().into_any()),
        ("We asked", ui::paragraphs(&public.asked)),
        ("You said", ui::paragraphs(&public.said)),
        ("Who said it", public.heard_from.clone().into_any()),
        ("Why", ui::paragraphs(&public.reason)),
        ("We did", ui::paragraphs(&public.did)),
    ]);
    let title =
        if whole.told.is_some() { "What residents are told" } else { "What residents are told once it is approved" };
    let told = whole.told.as_ref().map(|href| view! { <p><a href=href.clone()>"Read it as residents do"</a></p> });
    Some(view! { <section class="ds-section"><h2>{title}</h2>{facts}{told}</section> }.into_any())
}

fn work(whole: &Whole, reader: &Account, form: &Form) -> Option<AnyView> {
    if whole.sign_off.decided.is_some()
        || !permissions::may_post(Some(reader.role), "/staff/improvement/sign-offs/{id}")
    {
        return None;
    }
    if whole.sign_off.written_by == reader.id {
        return Some(
            view! { <div class="govuk-inset-text">"You wrote this. Somebody else reads it and decides."</div> }
                .into_any(),
        );
    }
    Some(
        view! {
            <section class="ds-section"><h2>"Decide"</h2>
                <form method="post" novalidate>
                    {ui::textarea(form, "words", "Your words to the author").hint("The reasons, if you send it back").rows(3).view()}
                    <div class="govuk-button-group">
                        <button type="submit" class="govuk-button" id="step" name=ui::STEP value="approve">"Approve it"</button>
                        <button type="submit" class="govuk-button govuk-button--secondary" name=ui::STEP value="send-back">"Send it back"</button>
                    </div>
                </form>
            </section>
        }
        .into_any(),
    )
}

pub(super) async fn get(req: Req) -> Result<Reply, PageError> {
    page(&req, Form::default()).await
}

pub(super) async fn post(req: Req) -> Result<Reply, PageError> {
    let mut form = req.form();
    let id: SignOffId = req.id("id")?;
    let words = form.text("words", "Your words", 3000);
    let step = form.value("step").to_owned();
    match step.as_str() {
        "send-back" if words.is_empty() => form.error("words", "Say why you send it back"),
        "approve" | "send-back" => {}
        _ => form.error("step", "Choose what to do with one of the buttons"),
    }
    if !form.is_valid() {
        return page(&req, form).await;
    }
    let by = req.account()?.id;
    let mut tx = req.app.db.write().await?;
    let (done, action, said) = if step == "approve" {
        (
            approve(&req.app, &mut tx, id, by, &words).await,
            "approved a sign-off report",
            "Approved. The activity is done.",
        )
    } else {
        (send_back(&req.app, &mut tx, id, by, &words).await, "sent back a sign-off report", "Sent back to its author.")
    };
    let refusal = match done {
        Ok(()) => {
            req.audit(&mut tx, action, &format!("sign-off {id}"), &words).await?;
            tx.commit().await?;
            return Ok(Reply::redirect(format!("/staff/improvement/sign-offs/{id}")).saying(said));
        }
        Err(SignError::Internal(error)) => return Err(error.into()),
        Err(SignError::OwnWork) => "You wrote this, so somebody else must decide",
        Err(_) => "Somebody else has just decided. See how it stands now",
    };
    drop(tx);
    form.error("step", refusal);
    page(&req, form).await
}
