//! Writing an entry: what we asked, what people said, what we decided and did, and what it is joined to.

use leptos::prelude::*;

use crate::findings::finding::{Decision, Text};
use crate::findings::write::{WriteError, create, edit};
use crate::findings::{Finding, store};
use crate::thread::id::{ActionId, CommentId, FocusGroupId, ReturnId, StandardId, SurveyId};
use crate::thread::{self, Record};
use crate::ui;
use crate::web::slug::read_slug;
use crate::web::{Form, Page, PageError, Reply, Req};
use crate::{focus_groups, mystery_shopping, plans, standards, surveys};

/// How many of a kind an entry can be joined to on the page: boxes to tick would be too many for standards and actions.
const SLOTS: [&str; 3] = ["1", "2", "3"];

type Choices = Vec<(String, String)>;

/// What an entry can be joined to.
struct Offered {
    standards: Choices,
    groups: Choices,
    surveys: Choices,
    actions: Choices,
}

async fn offered(req: &Req) -> Result<Offered, PageError> {
    let mut tx = req.app.db.read().await?;
    let none = || vec![(String::new(), "None".to_owned())];
    let mut all = Offered { standards: none(), groups: none(), surveys: none(), actions: none() };
    for standard in standards::list_published(&mut tx).await? {
        all.standards.push((standard.id.to_string(), format!("{}: {}", standard.area_name, standard.title)));
    }
    for group in focus_groups::list_all(&mut tx).await?.into_iter().filter(|group| group.published_at.is_some()) {
        all.groups.push((group.id.to_string(), format!("{}, {}", group.title, group.on())));
    }
    for survey in surveys::list_published(&mut tx).await? {
        all.surveys.push((survey.id.to_string(), survey.title));
    }
    for (id, name) in plans::list_choices(&mut tx, req.today()).await? {
        all.actions.push((id.to_string(), name));
    }
    Ok(all)
}

/// The form, for a new entry or for a draft.
pub(super) async fn page(req: &Req, finding: Option<&Finding>, form: Form) -> Result<Reply, PageError> {
    let offered = offered(req).await?;
    let refused = form.clone();
    let (title, here, back) = match finding {
        None => {
            ("Write what changed".to_owned(), "/staff/what-changed/new".to_owned(), "/staff/what-changed".to_owned())
        }
        Some(finding) => {
            let back = format!("/staff/what-changed/{}", finding.id);
            (format!("Change: {}", finding.title), format!("{back}/edit"), back)
        }
    };
    let heading = title.clone();
    Ok(Page::staff(title, move || {
        let kept = ["comment", "return"].map(|name| {
            let id = form.value(name).to_owned();
            let what = if name == "comment" { "It comes from a resident’s comment on a promise, and stays joined to it." } else { "It comes from a mystery shopper’s visit, and stays joined to it." };
            (!id.is_empty()).then(|| view! { {ui::carried(name, id)}<p class="ds-meta">{what}</p> })
        });
        let slots = |name: &str, label: &str, all: &Choices| {
            let only_one = all.len() < 3;
            SLOTS
                .iter()
                .filter(|slot| !only_one || **slot == "1")
                .map(|slot| ui::select(&form, &format!("{name}-{slot}"), format!("{label} {slot}"), all.clone()))
                .collect_view()
        };
        view! {
            <a class="govuk-back-link" href=back>"Back"</a>
            {ui::error_summary(&form)}
            <div class="ds-heading"><h1>{heading}</h1></div>
            <form method="post" action=here novalidate>
                {ui::text(&form, "title", "Title").hint("What changed, in a few plain words").view()}
                {ui::text(&form, "slug", "Address of its page").hint("Small letters, digits and hyphens. Leave empty to make it of the title").view()}
                {ui::textarea(&form, "asked", "We asked").hint("What we asked, when and how").rows(3).view()}
                {ui::textarea(&form, "said", "You said").hint("What people said, views of few included. Never who").rows(5).view()}
                {ui::text(&form, "heard-from", "Who said it").hint("And how many: 212 answers to the survey of spring 2026").view()}
                {ui::radios(&form, "decision", "We decided", Decision::ALL.map(|decision| (decision.code(), decision.label()))).inline().view()}
                {ui::textarea(&form, "reason", "Why").hint("Most of all when we do not do what people asked for").rows(3).view()}
                {ui::textarea(&form, "did", "We did").hint("Or will do, and by when").rows(4).view()}
                {ui::day(&form, "decided", "Decided on", "For example, 27 3 2026")}
                <h2>"Where it was heard"</h2>
                {ui::select(&form, "group", "Focus group", offered.groups.clone())}
                {ui::select(&form, "survey", "Survey", offered.surveys.clone())}
                {kept.into_iter().collect_view()}
                <h2>"What it is about, and what it caused"</h2>
                {slots("standard", "Promise", &offered.standards)}
                {slots("action", "Action of the plan", &offered.actions)}
                {ui::button("Save as a draft")}
            </form>
        }
    })
    .with_form(&refused)
    .into())
}

/// A key chosen in a list; none when nothing was.
fn chosen<T: std::str::FromStr>(form: &mut Form, name: &str) -> Option<T> {
    let value = form.value(name).to_owned();
    if value.is_empty() {
        return None;
    }
    let found = value.parse().ok();
    if found.is_none() {
        form.error(name, "Choose one from the list");
    }
    found
}

async fn read(req: &Req, form: &mut Form) -> Result<Option<Text>, PageError> {
    let title = form.required("title", "The title", 120, "Enter a title");
    let slug = read_slug(form, &title, "evening-repairs");
    let asked = form.required("asked", "What we asked", 3000, "Say what we asked");
    let said = form.required("said", "What people said", 5000, "Say what people said");
    let heard_from = form.required("heard-from", "Who said it", 200, "Say who said it, and how many");
    let decision = form.choice::<Decision>("decision", "Choose what was decided");
    let reason = form.required("reason", "The reason", 3000, "Say why");
    let did = form.required("did", "What we did", 5000, "Say what we did or will do");
    let decided_on = form.day("decided", "The day of the decision");
    let mut joined: Vec<Record> = Vec::new();
    joined.extend(chosen::<FocusGroupId>(form, "group").map(Record::FocusGroup));
    joined.extend(chosen::<SurveyId>(form, "survey").map(Record::Survey));
    joined.extend(chosen::<CommentId>(form, "comment").map(Record::Comment));
    joined.extend(chosen::<ReturnId>(form, "return").map(Record::Return));
    for slot in SLOTS {
        joined.extend(chosen::<StandardId>(form, &format!("standard-{slot}")).map(Record::Standard));
        joined.extend(chosen::<ActionId>(form, &format!("action-{slot}")).map(Record::Action));
    }
    check_joined(req, form, &joined).await?;
    let Some((decision, decided_on)) = decision.zip(decided_on).filter(|_| form.is_valid()) else { return Ok(None) };
    Ok(Some(Text { slug, title, asked, said, heard_from, did, decision, reason, decided_on, joined }))
}

/// What was chosen must be there.
async fn check_joined(req: &Req, form: &mut Form, joined: &[Record]) -> Result<(), PageError> {
    let mut tx = req.app.db.read().await?;
    for record in joined {
        let (field, there) = match *record {
            Record::FocusGroup(id) => ("group", focus_groups::find_by_id(&mut tx, id).await?.is_some()),
            Record::Survey(id) => ("survey", surveys::find(&mut tx, id).await?.is_some()),
            Record::Standard(id) => ("standard-1", standards::find_by_id(&mut tx, id).await?.is_some()),
            Record::Action(id) => ("action-1", plans::find_action(&mut tx, id, req.today()).await?.is_some()),
            Record::Comment(id) => ("comment", standards::find_comment(&mut tx, id).await?.is_some()),
            Record::Return(id) => ("return", mystery_shopping::find_return(&mut tx, id).await?.is_some()),
            Record::Theme(_)
            | Record::Finding(_)
            | Record::Activity(_)
            | Record::AuditFinding(_)
            | Record::Decision(_)
            | Record::Research(_) => ("title", true),
        };
        if !there {
            form.error(field, "Choose one from the list");
        }
    }
    Ok(())
}

fn refuse(form: &mut Form, error: WriteError) -> Result<(), PageError> {
    match error {
        WriteError::SlugTaken => form.error("slug", "Another entry has this address. Choose another"),
        WriteError::NotADraft => form.error("title", "This entry is published. Take it back before you change it"),
        WriteError::Internal(error) => return Err(error.into()),
    }
    Ok(())
}

pub(super) async fn post_new(req: Req) -> Result<Reply, PageError> {
    let mut form = req.form();
    let Some(text) = read(&req, &mut form).await? else { return page(&req, None, form).await };
    let mut tx = req.app.db.write().await?;
    match create(&req.app, &mut tx, req.account()?.id, &text).await {
        Ok(id) => {
            req.audit(&mut tx, "wrote what changed", &format!("finding {id}"), &text.title).await?;
            tx.commit().await?;
            Ok(Reply::redirect(format!("/staff/what-changed/{id}"))
                .saying("Saved as a draft. Somebody else reads and publishes it."))
        }
        Err(error) => {
            drop(tx);
            refuse(&mut form, error)?;
            page(&req, None, form).await
        }
    }
}

async fn find(req: &Req) -> Result<Finding, PageError> {
    let mut tx = req.app.db.read().await?;
    store::find(&mut tx, req.id("id")?).await?.ok_or(PageError::NotFound)
}

pub(super) async fn get(req: Req) -> Result<Reply, PageError> {
    let finding = find(&req).await?;
    let mut form = Form::filled(&[
        ("title", &finding.title),
        ("slug", &finding.slug),
        ("asked", &finding.asked),
        ("said", &finding.said),
        ("heard-from", &finding.heard_from),
        ("decision", finding.decision.code()),
        ("reason", &finding.reason),
        ("did", &finding.did),
    ]);
    form.set_day("decided", Some(finding.decided_on));
    let mut tx = req.app.db.read().await?;
    let (mut standards, mut actions) = (SLOTS.iter(), SLOTS.iter());
    for record in thread::linked(&mut tx, Record::Finding(finding.id)).await? {
        match record {
            Record::FocusGroup(id) => form.set("group", &id.to_string()),
            Record::Survey(id) => form.set("survey", &id.to_string()),
            Record::Comment(id) => form.set("comment", &id.to_string()),
            Record::Return(id) => form.set("return", &id.to_string()),
            Record::Standard(id) => {
                if let Some(slot) = standards.next() {
                    form.set(&format!("standard-{slot}"), &id.to_string());
                }
            }
            Record::Action(id) => {
                if let Some(slot) = actions.next() {
                    form.set(&format!("action-{slot}"), &id.to_string());
                }
            }
            Record::Theme(_)
            | Record::Finding(_)
            | Record::Activity(_)
            | Record::AuditFinding(_)
            | Record::Decision(_)
            | Record::Research(_) => {}
        }
    }
    drop(tx);
    page(&req, Some(&finding), form).await
}

pub(super) async fn post(req: Req) -> Result<Reply, PageError> {
    let finding = find(&req).await?;
    let mut form = req.form();
    let Some(text) = read(&req, &mut form).await? else { return page(&req, Some(&finding), form).await };
    let mut tx = req.app.db.write().await?;
    match edit(&req.app, &mut tx, finding.id, req.account()?.id, &text).await {
        Ok(()) => {
            req.audit(&mut tx, "changed what changed", &format!("finding {}", finding.id), &text.title).await?;
            tx.commit().await?;
            Ok(Reply::redirect(format!("/staff/what-changed/{}", finding.id)).saying("Saved as a draft."))
        }
        Err(error) => {
            drop(tx);
            refuse(&mut form, error)?;
            page(&req, Some(&finding), form).await
        }
    }
}
