//! One standard for staff: what is in force, the draft with its check and approvals, every version.

use chrono::NaiveDate;
use leptos::prelude::*;

use super::{parts, staff_list};
use crate::clock;
use crate::people::Role;
use crate::permissions;
use crate::standards::draft::{self, DraftError};
use crate::standards::standard::{Approval, Draft, Listed, Published, Retirement};
use crate::standards::store::{approvals, retirements, versions};
use crate::thread::id::{AccountId, StandardId};
use crate::ui;
use crate::web::{Page, PageError, Reply, Req};

struct Drafted {
    draft: Draft,
    authors: Vec<(AccountId, String)>,
    approvals: Vec<Approval>,
}

pub(super) async fn get(req: Req) -> Result<Reply, PageError> {
    let account = req.account()?.clone();
    let id: StandardId = req.id("id")?;
    let mut tx = req.app.db.read().await?;
    let one = versions::find_for_staff(&mut tx, id).await?.ok_or(PageError::NotFound)?;
    let history = versions::history(&mut tx, id).await?;
    let mut approved: Vec<(i64, Vec<Approval>)> = Vec::new();
    for version in &history {
        approved.push((version.number, approvals::list_approvals(&mut tx, version.version_id).await?));
    }
    let drafted = match versions::find_draft(&mut tx, id).await? {
        Some(draft) => Some(Drafted {
            authors: approvals::list_authors(&mut tx, draft.version_id).await?,
            approvals: approvals::list_approvals(&mut tx, draft.version_id).await?,
            draft,
        }),
        None => None,
    };
    let ending = retirements::find(&mut tx, id).await?;
    let today = req.today();
    Ok(Page::staff(one.title.clone(), move || {
        let draft_view = match drafted {
            Some(drafted) => draft_section(&one, &drafted, account.role, account.id),
            None => begin(&one, ending.as_ref(), account.role),
        };
        let versions = if history.is_empty() {
            view! { <div class="ds-empty"><p>"Nothing is published yet. Versions appear here when the first one is."</p></div> }.into_any()
        } else {
            view! { {parts::timeline(&history, today)}{approval_table(&approved)} }.into_any()
        };
        view! {
            <a class="govuk-back-link" href="/staff/standards">"Standards"</a>
            <h1><span class="ds-heading__caption">{one.area_name.clone()}</span>" "{one.title.clone()}</h1>
            <p>{staff_list::tags(&one)}</p>
            {about(&one, &history, today, account.role)}
            {draft_view}
            <section class="ds-section"><h2>"Published versions"</h2>{versions}</section>
        }
    })
    .into())
}

/// What holds today, and beside it what a version already published will change.
fn about(one: &Listed, history: &[Published], today: NaiveDate, role: Role) -> AnyView {
    let in_force = history.iter().find(|version| version.effective_from <= today);
    let coming = history.iter().rev().find(|version| version.effective_from > today);
    let owner = one.owner_role.parse::<Role>().map_or("", Role::label);
    let mut rows = vec![("Owner", owner.into_any())];
    if one.in_force_from.is_some() {
        let href = format!("/standards/{}", one.slug);
        rows.push(("Residents see it at", view! { <a href=href.clone()>{href.clone()}</a> }.into_any()));
        if permissions::may_read(Some(role), "/staff/comments") {
            let said = format!("/staff/comments?standard={}", one.slug);
            rows.push(("Comments", view! { <a href=said>"What residents said"</a> }.into_any()));
        }
        let learn = format!("/staff/performance/standards/{}", one.slug);
        rows.push(("How it is going", view! { <a href=learn>"Performance of this standard"</a> }.into_any()));
    }
    if let Some(version) = in_force.or(coming) {
        rows.push(("Promise", ui::paragraphs(&version.promise)));
        let measured = parts::measure_in_words(version).into_iter().map(|line| view! { <p>{line}</p> });
        rows.push(("How it is measured", measured.collect_view().into_any()));
    }
    if let Some(version) = in_force {
        rows.push(("Target", version.target_in_words().into_any()));
    }
    if let Some(version) = coming {
        let from = format!("{} from {}", version.target_in_words(), clock::day(version.effective_from));
        rows.push(("Target to come", from.into_any()));
    }
    if let Some(version) = in_force.or(coming) {
        rows.push(("Results come from", parts::sources_in_words(version).into_any()));
    }
    ui::facts(rows)
}

/// The ways on from what holds today: a new version, or an end; once there is an end, what it is and the way back.
fn begin(one: &Listed, ending: Option<&Retirement>, role: Role) -> AnyView {
    let may = |step: &str| permissions::may_post(Some(role), &format!("/staff/standards/{{id}}/{step}"));
    let retire = format!("/staff/standards/{}/retire", one.id);
    if let Some(end) = ending {
        let said = if end.is_over { "Not promised since" } else { "No longer promised from" };
        let keep = may("retire").then(|| {
            view! { <form method="post" action=retire><button type="submit" class="govuk-button govuk-button--secondary" name=ui::STEP value="keep">"Go on promising it"</button></form> }
        });
        return view! {
            <section class="ds-section">
                <h2>"Its end"</h2>
                <p>{format!("{said} {}. {}", clock::day(end.from), end.why)}</p>
                {keep}
            </section>
        }
        .into_any();
    }
    if !may("new-version") {
        return ().into_any();
    }
    let stop =
        (one.in_force_from.is_some() && may("retire")).then(|| view! { <p><a href=retire>"Stop promising it"</a></p> });
    view! {
        <section class="ds-section">
            <h2>"Change it"</h2>
            <p>"A published version never changes. Begin a new one: the old stays in force until the new one’s first day, and stays visible after."</p>
            <form method="post" action=format!("/staff/standards/{}/new-version", one.id)>{ui::quiet_button("Begin a new version")}</form>
            {stop}
        </section>
    }
    .into_any()
}

fn draft_section(one: &Listed, drafted: &Drafted, role: Role, viewer: AccountId) -> AnyView {
    let at = |step: &str| format!("/staff/standards/{}/{step}", one.id);
    let wrote = drafted.authors.iter().any(|(id, _)| *id == viewer);
    let authors: Vec<String> = drafted.authors.iter().map(|(_, name)| name.clone()).collect();
    let problems = draft::check(drafted.draft.number, &drafted.draft.wording);
    let sound = problems.is_empty();
    let checked = if sound {
        view! { <p>"The draft passes the check: it can be measured."</p> }.into_any()
    } else {
        let lines = problems.into_iter().map(|problem| view! { <li>{problem.sentence}"."</li> }).collect_view();
        view! { <div class="govuk-inset-text"><p>"Before it can be published:"</p><ul>{lines}</ul></div> }.into_any()
    };
    let approved = !drafted.approvals.is_empty();
    let link = |step: &str, words: &'static str| view! { <li><a href=at(step)>{words}</a></li> }.into_any();
    let mut steps: Vec<AnyView> = Vec::new();
    if permissions::may_post(Some(role), "/staff/standards/{id}/edit") {
        steps.push(link("edit", "Edit the draft"));
    }
    if permissions::may_post(Some(role), "/staff/standards/{id}/approve") && !wrote && sound {
        steps.push(link("approve", "Record an approval"));
    }
    if permissions::may_post(Some(role), "/staff/standards/{id}/waive") && !approved && sound {
        steps.push(link("waive", "Publish without approval, for a reason"));
    }
    if permissions::may_post(Some(role), "/staff/standards/{id}/publish") && sound && approved {
        steps.push(link("publish", "Publish"));
    }
    if permissions::may_post(Some(role), "/staff/standards/{id}/discard") {
        steps.push(link("discard", "Throw the draft away"));
    }
    let none = if !sound {
        "Not approved yet. Mend what the check found first: a change of the draft ends its approval."
    } else if wrote {
        "Not approved yet. You wrote in it, so that somebody else must approve it."
    } else {
        "Not approved yet."
    };
    view! {
        <section class="ds-section">
            <h2>{format!("Draft of version {}", drafted.draft.number)}</h2>
            <p>{drafted.draft.wording.promise.clone()}</p>
            <p>"Target: "{drafted.draft.wording.target_in_words()}"."</p>
            <p class="ds-meta">{format!("Written by {}, last changed {}", authors.join(", "), clock::day_and_time(drafted.draft.drafted_at))}</p>
            <h3>"Check of the wording"</h3>
            {checked}
            <h3>"Approval"</h3>
            {if approved { approval_list(&drafted.approvals) } else { view! { <p>{none}</p> }.into_any() }}
            <h3>"What to do next"</h3>
            <ul class="ds-actions">{steps}</ul>
        </section>
    }
    .into_any()
}

/// An approval in a sentence.
pub(super) fn approval_in_words(one: &Approval) -> String {
    let on = clock::day(one.approved_on);
    let note = if one.note.is_empty() { String::new() } else { format!(": {}", one.note) };
    if one.is_waiver {
        format!("Without approval, recorded by {} on {on}{note}", one.recorded_by)
    } else {
        format!("Approved by {} on {on}, recorded by {}{note}", one.body, one.recorded_by)
    }
}

pub(super) fn approval_list(all: &[Approval]) -> AnyView {
    let lines = all.iter().map(|one| view! { <li>{approval_in_words(one)}</li> }).collect_view();
    view! { <ul>{lines}</ul> }.into_any()
}

fn approval_table(all: &[(i64, Vec<Approval>)]) -> AnyView {
    let rows = all.iter().map(|(number, approvals)| {
        view! { <tr><th scope="row">{format!("Version {number}")}</th><td>{approval_list(approvals)}</td></tr> }
    });
    let rows = rows.collect_view();
    view! {
        <div class="ds-scroll" tabindex="0" role="region" aria-label="Approvals">
            <table class="ds-table">
                <caption>"Who approved each version"</caption>
                <thead><tr><th scope="col">"Version"</th><th scope="col">"Approval"</th></tr></thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
    }
    .into_any()
}

pub(super) async fn begin_version(req: Req) -> Result<Reply, PageError> {
    let id: StandardId = req.id("id")?;
    let mut tx = req.app.db.write().await?;
    match draft::begin_version(&req.app, &mut tx, req.account()?, id).await {
        Ok(()) => {
            tx.commit().await?;
            Ok(Reply::redirect(format!("/staff/standards/{id}/edit")))
        }
        Err(DraftError::DraftExists) => {
            Ok(Reply::redirect(format!("/staff/standards/{id}"))
                .noting("There is a draft of the next version already."))
        }
        Err(DraftError::NotPublished | DraftError::NoDraft) => Err(PageError::NotFound),
        Err(DraftError::Internal(error)) => Err(error.into()),
    }
}
