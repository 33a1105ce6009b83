//! Publishing a draft: what changes for whom, and from which day.

use leptos::prelude::*;

use super::staff_show::approval_list;
use crate::clock;
use crate::standards::draft;
use crate::standards::publish::{self, PublishError};
use crate::standards::standard::{Approval, Draft, Listed, Published};
use crate::standards::store::{approvals, versions};
use crate::thread::id::StandardId;
use crate::ui;
use crate::web::{Form, Page, PageError, Reply, Req};

#[derive(Clone)]
struct Found {
    one: Listed,
    draft: Draft,
    before: Option<Published>,
    approvals: Vec<Approval>,
}

async fn find(req: &Req) -> Result<Found, PageError> {
    let id: StandardId = req.id("id")?;
    let mut tx = req.app.db.read().await?;
    let one = versions::find_for_staff(&mut tx, id).await?.ok_or(PageError::NotFound)?;
    let draft = versions::find_draft(&mut tx, id).await?.ok_or(PageError::NotFound)?;
    let before = versions::history(&mut tx, id).await?.into_iter().next();
    let approvals = approvals::list_approvals(&mut tx, draft.version_id).await?;
    Ok(Found { one, draft, before, approvals })
}

pub(super) async fn get(req: Req) -> Result<Reply, PageError> {
    let found = find(&req).await?;
    let mut form = Form::default();
    form.set_day("from", Some(req.today()));
    Ok(page(found, form).into())
}

fn page(found: Found, form: Form) -> Page {
    let refused = form.clone();
    Page::staff(format!("Publish: {}", found.draft.wording.title), move || {
        let id = found.one.id;
        let approved = if found.approvals.is_empty() {
            view! { <p>"Not approved yet: it cannot be published."</p> }.into_any()
        } else {
            approval_list(&found.approvals)
        };
        let problems = draft::check(found.draft.number, &found.draft.wording);
        let blocked = (!problems.is_empty()).then(|| {
            let lines = problems.into_iter().map(|problem| view! { <li>{problem.sentence}"."</li> }).collect_view();
            view! { <h2>"What stands against it"</h2><ul>{lines}</ul> }
        });
        view! {
            <a class="govuk-back-link" href=format!("/staff/standards/{id}")>"Back"</a>
            {ui::error_summary(&form)}
            <h1><span class="ds-heading__caption">{found.one.area_name.clone()}</span>" Publish: "{found.draft.wording.title.clone()}</h1>
            {blocked}
            <h2>"What changes"</h2>
            {changes(&found)}
            <p>"From its first day residents see it on the site, and results are judged by it. Results of earlier days stay judged by the version before."</p>
            <h2>"Approval"</h2>
            {approved}
            <form method="post" action=format!("/staff/standards/{id}/publish") novalidate>
                {ui::day(&form, "from", "First day", "Today or later. For example, 27 3 2027")}
                {ui::button("Publish this version")}
            </form>
        }
    })
    .with_form(&refused)
}

fn changes(found: &Found) -> AnyView {
    let new = &found.draft.wording;
    let old = found.before.as_ref().map(|before| &before.wording);
    let rows = [
        ("Title", old.map(|old| old.title.clone()), new.title.clone()),
        ("Promise", old.map(|old| old.promise.clone()), new.promise.clone()),
        ("Counted", old.map(|old| old.numerator.clone()), new.numerator.clone()),
        ("Out of", old.map(|old| old.denominator.clone()), new.denominator.clone()),
        ("Left out", old.map(|old| old.exclusions.clone()), new.exclusions.clone()),
        ("Clock", old.map(|old| old.clock.clone()), new.clock.clone()),
        ("Target", old.map(super::super::standard::Wording::target_in_words), new.target_in_words()),
        ("Results from", old.map(super::parts::sources_in_words), super::parts::sources_in_words(new)),
        ("If we miss it", old.map(|old| old.if_missed.clone()), new.if_missed.clone()),
    ];
    let rows = rows
        .into_iter()
        .map(|(what, old, new)| {
            let value = match old {
                Some(old) if old != new => {
                    let gone = (!old.is_empty()).then(|| view! { <del class="ds-before">{old}</del>" " });
                    view! { {gone}<ins class="ds-after">{new}</ins> }.into_any()
                }
                Some(_) if new.is_empty() => "Nothing, as before".into_any(),
                Some(_) => view! { {new}" (as before)" }.into_any(),
                None if new.is_empty() => "Nothing".into_any(),
                None => new.into_any(),
            };
            (what, value)
        })
        .collect();
    ui::facts(rows)
}

pub(super) async fn post(req: Req) -> Result<Reply, PageError> {
    let found = find(&req).await?;
    let mut form = req.form();
    let Some(from) = form.day("from", "The first day") else { return Ok(page(found, form).into()) };
    let id = found.one.id;
    let mut tx = req.app.db.write().await?;
    match publish::publish(&req.app, &mut tx, req.account()?, id, from).await {
        Ok(()) => {
            tx.commit().await?;
            let when = if from == req.today() {
                "It is in force now.".to_owned()
            } else {
                format!("It holds from {}.", clock::day(from))
            };
            return Ok(Reply::redirect(format!("/staff/standards/{id}")).saying(format!("Published. {when}")));
        }
        Err(PublishError::Internal(error)) => return Err(error.into()),
        Err(PublishError::NoDraft) => return Err(PageError::NotFound),
        Err(refusal) => form.error("from", words(refusal)),
    }
    drop(tx);
    Ok(page(found, form).into())
}

fn words(refusal: PublishError) -> String {
    match refusal {
        PublishError::Wording(problems) => {
            let first = problems.into_iter().next().map(|problem| problem.sentence).unwrap_or_default();
            format!("It cannot be published yet. {first}. Edit the draft to mend it")
        }
        PublishError::NothingSaid => "Edit the draft and say what changed, and why: residents read it".into(),
        PublishError::NotApproved => {
            "It is not approved. Record an approval first, or the reason for publishing without one".into()
        }
        PublishError::NotAfter(newest) => {
            format!("The first day must be after {}, when the version before begins", clock::day(newest))
        }
        PublishError::Past => "The first day must be today or later".into(),
        PublishError::TooFar => "The first day must be within two years".into(),
        PublishError::NoDraft | PublishError::Internal(_) => String::new(),
    }
}
