//! One focus group for staff: where it stands, and the way to everything about it. No personal details.

use leptos::prelude::*;

use super::of_path;
use crate::focus_groups::arrange::{self, ArrangeError};
use crate::focus_groups::group::{Group, Stage};
use crate::focus_groups::place::{NeedKind, NeedState};
use crate::focus_groups::{record, store};
use crate::permissions;
use crate::ui;
use crate::web::{Form, Page, PageError, Reply, Req};

pub(super) async fn get(req: Req) -> Result<Reply, PageError> {
    show(&req, Form::default()).await
}

async fn show(req: &Req, form: Form) -> Result<Reply, PageError> {
    let mut tx = req.app.db.read().await?;
    let group = of_path(req, &mut tx).await?;
    let needs = store::places::list_needs_of_group(&mut tx, group.id).await?;
    let came = record::count_came(&mut tx, &group).await?;
    let stage = group.stage(req.now());
    let (reads_people, changes) = (
        permissions::may_read(req.viewer.role(), "/staff/focus-groups/{id}/people"),
        permissions::may_post(req.viewer.role(), "/staff/focus-groups/{id}"),
    );
    let writes_findings = permissions::may_post(req.viewer.role(), "/staff/what-changed/new");
    let refused = form.clone();
    Ok(Page::staff(group.title.clone(), move || {
        let base = format!("/staff/focus-groups/{}", group.id);
        let rows = NeedKind::ALL
            .iter()
            .filter_map(|kind| {
                let of = |state| needs.iter().filter(|need| need.kind == *kind && need.state == state).count();
                let (asked, done, not) =
                    (of(NeedState::Requested), of(NeedState::Arranged), of(NeedState::NotPossible));
                (asked + done + not > 0).then(|| {
                    view! { <tr><th scope="row">{kind.short()}</th><td class="ds-table__number">{asked}</td><td class="ds-table__number">{done}</td><td class="ds-table__number">{not}</td></tr> }
                })
            })
            .collect_view();
        let needs = (reads_people && !rows.is_empty()).then(|| {
            view! {
                <h2>"Support asked for"</h2>
                <div class="ds-scroll" tabindex="0" role="region" aria-label="Support asked for"><table class="ds-table">
                    <thead><tr><th scope="col">"Kind"</th><th scope="col" class="ds-table__number">"To arrange"</th><th scope="col" class="ds-table__number">"Arranged"</th><th scope="col" class="ds-table__number">"Not possible"</th></tr></thead>
                    <tbody>{rows}</tbody>
                </table></div>
            }
        });
        // Of so few people a count alone can tell whose need it is.
        let kept = (!reads_people).then(|| {
            view! { <h2>"Support asked for"</h2><p>"Seen by those who run the group."</p> }
        });
        let mut facts = vec![
            ("When", group.when().into_any()),
            ("Where", ui::paragraphs(&group.place)),
            ("How", group.format.label().into_any()),
            ("Places taken", format!("{} of {}", group.taken, group.capacity).into_any()),
            ("On the waiting list", group.waiting.into_any()),
            ("Took part", if came == 0 { "Not recorded".into_any() } else { came.into_any() }),
            ("What it is for", ui::paragraphs(&group.purpose)),
        ];
        if !group.cancel_reason.is_empty() {
            facts.push(("Cancelled because", ui::paragraphs(&group.cancel_reason)));
        }
        let publish = (changes && stage == Stage::Draft).then(|| {
            view! {
                <form method="post" action=base.clone()>
                    <p>"Residents do not see this yet. Once it is open, everybody can read it and sign up."</p>
                    <button type="submit" class="govuk-button" id="step" name=ui::STEP value="open">"Open it to residents"</button>
                </form>
            }
        });
        let public = (stage != Stage::Draft)
            .then(|| view! { <p><a href=format!("/focus-groups/{}", group.slug)>"The page residents see"</a></p> });
        view! {
            <a class="govuk-back-link" href="/staff/focus-groups">"Focus groups"</a>
            {ui::error_summary(&form)}
            <div class="ds-heading"><h1><span class="ds-heading__caption">{format!("Focus group, {}", stage.label().to_lowercase())}</span>{group.title.clone()}</h1></div>
            {links(&group, stage, reads_people, changes, writes_findings)}
            {publish}
            {ui::facts(facts)}
            {public}
            {needs}
            {kept}
            {written(&group)}
        }
    })
    .with_form(&refused)
    .into())
}

fn links(group: &Group, stage: Stage, reads_people: bool, changes: bool, writes_findings: bool) -> AnyView {
    let base = format!("/staff/focus-groups/{}", group.id);
    let all = [
        (reads_people, "people", "Who signed up"),
        (changes && stage == Stage::Open, "people/new", "Enter a sign-up"),
        (changes && !matches!(stage, Stage::Cancelled), "edit", "Change the plan"),
        (changes && stage == Stage::Open, "move", "Move to another time or place"),
        (changes && matches!(stage, Stage::Open | Stage::Draft), "cancel", "Cancel it"),
        (changes && group.published_at.is_none(), "discard", "Throw the draft away"),
        (changes && stage == Stage::Past, "record", "Attendance, notes and what was heard"),
    ];
    let mut rows: Vec<AnyView> = all
        .into_iter()
        .filter(|(shown, _, _)| *shown)
        .map(|(_, path, label)| view! { <li><a href=format!("{base}/{path}")>{label}</a></li> }.into_any())
        .collect();
    if writes_findings && stage == Stage::Past {
        rows.push(view! { <li><a href=format!("/staff/what-changed/new?group={}", group.id)>"Write what changed because of it"</a></li> }.into_any());
    }
    view! { <ul class="ds-actions">{rows}</ul> }.into_any()
}

fn written(group: &Group) -> AnyView {
    let part = |heading: &'static str, words: &str| {
        (!words.is_empty()).then(|| view! { <h2>{heading}</h2>{ui::paragraphs(words)} })
    };
    let heading = if group.heard_published_at.is_some() {
        "What was heard (everyone can read this)"
    } else {
        "What was heard (not published)"
    };
    view! {
        {part("Given to read beforehand", &group.information_given)}
        {part("Notes", &group.notes)}
        {part(heading, &group.heard)}
        {part("What happens next", &group.next_steps)}
    }
    .into_any()
}

pub(super) async fn post(req: Req) -> Result<Reply, PageError> {
    let mut tx = req.app.db.write().await?;
    let group = of_path(&req, &mut tx).await?;
    let mut form = req.form();
    if form.value("step") != "open" {
        drop(tx);
        form.error("step", "Choose what to do with one of the buttons");
        return show(&req, form).await;
    }
    match arrange::open(&req.app, &mut tx, group.id).await {
        Ok(()) => {
            req.audit(&mut tx, "opened a focus group", &format!("focus group {}", group.id), &group.title).await?;
            tx.commit().await?;
            Ok(Reply::redirect(format!("/staff/focus-groups/{}", group.id)).saying("Residents can now sign up."))
        }
        Err(ArrangeError::Internal(error)) => Err(error.into()),
        Err(_) => {
            drop(tx);
            form.error("step", "Only a draft whose start lies ahead can be opened. Change its day first");
            show(&req, form).await
        }
    }
}
