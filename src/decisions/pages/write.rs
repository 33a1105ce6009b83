//! The form of a decision: a new one, a draft, or the version that puts a published one right.

use leptos::prelude::*;

use super::staff_show::versions_of;
use crate::decisions::Version;
use crate::decisions::decision::{Alignment, Choice, Outcome, Text};
use crate::decisions::write::{WriteError, create, edit};
use crate::records;
use crate::thread::Record;
use crate::ui;
use crate::web::slug::read_slug;
use crate::web::{Form, Page, PageError, Reply, Req};

/// The most options that the form offers; at least two are filled in.
const OPTIONS: std::ops::RangeInclusive<usize> = 1..=6;
/// The most records that the form offers.
const SOURCES: std::ops::RangeInclusive<usize> = 1..=4;

async fn page(req: &Req, newest: Option<&Version>, form: Form) -> Result<Reply, PageError> {
    let mut tx = req.app.db.read().await?;
    let mut offered = vec![(String::new(), "None".to_owned())];
    offered.extend(records::choices(&mut tx, req.today()).await?);
    drop(tx);
    let refused = form.clone();
    let published = newest.is_some_and(|one| one.published_at.is_some());
    let corrects = newest.is_some_and(|one| published || one.number > 1);
    let (title, back) = match newest {
        None => ("Write a decision down".to_owned(), "/staff/decisions".to_owned()),
        Some(one) if published => (format!("Put right: {}", one.text.title), one.staff_href()),
        Some(one) => (format!("Change: {}", one.text.title), one.staff_href()),
    };
    let is_new = newest.is_none();
    let heading = title.clone();
    Ok(Page::staff(title, move || {
        let slug = is_new.then(|| ui::text(&form, "slug", "Address of its page").hint("Small letters, digits and hyphens. Leave empty to make it of the title").view());
        let correction = corrects.then(|| ui::textarea(&form, "correction", "What this version puts right").hint("Everybody reads it above the decision. The version before stays").rows(2).view());
        let options = OPTIONS.map(|n| option(&form, n)).collect_view();
        let sources = SOURCES.map(|n| ui::select(&form, &format!("source-{n}"), format!("Record {n}"), offered.clone())).collect_view();
        view! {
            <a class="govuk-back-link" href=back>"Back"</a>
            {ui::error_summary(&form)}
            <div class="ds-heading"><h1>{heading}</h1></div>
            <p>"Everybody reads this once it is published. Name nobody: a body decides, and what residents said is never told with who said it."</p>
            <form method="post" novalidate>
                {correction}
                {ui::text(&form, "title", "Title").hint("What was decided about, in a few plain words").view()}
                {slug}
                {ui::textarea(&form, "question", "What was to be decided").rows(3).view()}
                <h2>"Options"</h2>
                <p>"At least two. Leave the rest empty."</p>
                {options}
                <h2>"What residents told us"</h2>
                {ui::textarea(&form, "views", "What they said").hint("Views of few included").rows(5).view()}
                {ui::text(&form, "heard-from", "Who said it, and how many").hint("212 answers to the survey of spring 2026").view()}
                {sources}
                <h2>"The decision"</h2>
                {ui::textarea(&form, "decided", "What was decided").rows(4).view()}
                {ui::textarea(&form, "reasons", "Why").rows(4).view()}
                {ui::text(&form, "body", "Who decided").hint("A body, never a person: the Board, the repairs panel").view()}
                {ui::day(&form, "decided-on", "Decided on", "For example, 27 3 2026")}
                {ui::radios(&form, "alignment", "How does it stand to what residents said?", Alignment::ALL.map(|one| (one.code(), one.label()))).view()}
                {ui::textarea(&form, "differs-why", "Where it differs, and why").hint("Needed unless it is as residents said").rows(4).view()}
                {ui::button("Save as a draft")}
            </form>
        }
    })
    .with_form(&refused)
    .into())
}

fn option(form: &Form, n: usize) -> AnyView {
    view! {
        <h3>{format!("Option {n}")}</h3>
        {ui::textarea(form, &format!("option-{n}"), format!("Option {n}")).rows(2).view()}
        {ui::textarea(form, &format!("residents-{n}"), format!("What residents said of option {n}")).rows(2).view()}
        {ui::radios(form, &format!("outcome-{n}"), format!("What became of option {n}"), Outcome::ALL.map(|one| (one.code(), one.label()))).inline().view()}
    }
    .into_any()
}

fn choices(form: &mut Form) -> Vec<Choice> {
    let mut found = Vec::new();
    for n in OPTIONS {
        let (words, said, became) = (format!("option-{n}"), format!("residents-{n}"), format!("outcome-{n}"));
        let option = form.text(&words, "The option", 500);
        let residents = form.text(&said, "What residents said", 1000);
        if option.is_empty() && residents.is_empty() && form.value(&became).is_empty() {
            continue;
        }
        if option.is_empty() {
            form.error(&words, format!("Say what option {n} is"));
        }
        if residents.is_empty() {
            form.error(&said, format!("Say what residents said of option {n}, or that nobody spoke of it"));
        }
        if let Some(outcome) = form.choice(&became, &format!("Choose what became of option {n}")) {
            found.push(Choice { option, residents, outcome });
        }
    }
    if found.len() < 2 && form.is_valid() {
        form.error("option-2", "Give at least two options. Doing nothing can be one");
    }
    found
}

async fn sources(req: &Req, form: &mut Form) -> Result<Vec<Record>, PageError> {
    let mut tx = req.app.db.read().await?;
    let mut found: Vec<Record> = Vec::new();
    for n in SOURCES {
        let field = format!("source-{n}");
        if form.value(&field).is_empty() {
            continue;
        }
        let record = Record::from_code(form.value(&field));
        let there = match record {
            Some(record) => records::named(&mut tx, record, req.today()).await?.is_some(),
            None => false,
        };
        match record.filter(|_| there) {
            Some(record) if !found.contains(&record) => found.push(record),
            Some(_) => {}
            None => form.error(&field, "Choose one from the list"),
        }
    }
    Ok(found)
}

async fn read(req: &Req, form: &mut Form, corrects: bool) -> Result<Option<Text>, PageError> {
    let correction = if corrects {
        form.required("correction", "What this version puts right", 2000, "Say what this version puts right")
    } else {
        String::new()
    };
    let title = form.required("title", "The title", 120, "Enter a title");
    let question = form.required("question", "What was to be decided", 3000, "Say what was to be decided");
    let choices = choices(form);
    let views = form.required("views", "What residents said", 5000, "Say what residents said");
    let heard_from = form.required("heard-from", "Who said it", 300, "Say who said it, and how many");
    let sources = sources(req, form).await?;
    let decided = form.required("decided", "What was decided", 5000, "Say what was decided");
    let reasons = form.required("reasons", "The reasons", 5000, "Say why");
    let body = form.required("body", "Who decided", 120, "Say which body decided");
    let decided_on = form.day("decided-on", "The day of the decision");
    if decided_on.is_some_and(|day| day > req.today()) {
        form.error("decided-on", "The day of the decision must not be after today");
    }
    let alignment: Option<Alignment> = form.choice("alignment", "Choose how it stands to what residents said");
    let differs_why = form.text("differs-why", "Where it differs, and why", 5000);
    match alignment {
        Some(Alignment::AsSaid) if !differs_why.is_empty() => {
            form.error("differs-why", "Leave this empty if it is as residents said, or choose that it differs");
        }
        Some(Alignment::Partly | Alignment::Differs) if differs_why.is_empty() => {
            form.error("differs-why", "Say where it differs from what residents said, and why");
        }
        _ => {}
    }
    let Some((alignment, decided_on)) = alignment.zip(decided_on).filter(|_| form.is_valid()) else { return Ok(None) };
    Ok(Some(Text {
        title,
        question,
        choices,
        views,
        heard_from,
        sources,
        decided,
        reasons,
        decided_on,
        body,
        alignment,
        differs_why,
        correction,
    }))
}

fn refuse(form: &mut Form, error: WriteError) -> Result<(), PageError> {
    match error {
        WriteError::SlugTaken => form.error("slug", "Another decision has this address. Choose another"),
        WriteError::NotADraft => {
            form.error("title", "Somebody else has just approved or changed this. See how it stands now");
        }
        WriteError::Names(name) => {
            form.error("body", format!("Everybody reads this, so it must name no member of staff. Take out “{name}”"));
        }
        WriteError::Internal(error) => return Err(error.into()),
    }
    Ok(())
}

pub(super) async fn get_new(req: Req) -> Result<Reply, PageError> {
    page(&req, None, Form::default()).await
}

pub(super) async fn post_new(req: Req) -> Result<Reply, PageError> {
    let mut form = req.form();
    let slug = read_slug(&mut form, req.form().value("title"), "who-cleans-the-stairs");
    let Some(text) = read(&req, &mut form, false).await? else { return page(&req, None, form).await };
    let mut tx = req.app.db.write().await?;
    match create(&req.app, &mut tx, req.account()?.id, &slug, &text).await {
        Ok(id) => {
            req.audit(&mut tx, "wrote a decision", &format!("decision {id}"), &text.title).await?;
            tx.commit().await?;
            Ok(Reply::redirect(format!("/staff/decisions/{id}"))
                .saying("Saved as a draft. Somebody else reads and approves it."))
        }
        Err(error) => {
            drop(tx);
            refuse(&mut form, error)?;
            page(&req, None, form).await
        }
    }
}

pub(super) async fn get(req: Req) -> Result<Reply, PageError> {
    let newest = versions_of(&req).await?.into_iter().next().ok_or(PageError::NotFound)?;
    let text = &newest.text;
    let mut form = Form::filled(&[
        ("title", &text.title),
        ("question", &text.question),
        ("views", &text.views),
        ("heard-from", &text.heard_from),
        ("decided", &text.decided),
        ("reasons", &text.reasons),
        ("body", &text.body),
        ("alignment", text.alignment.code()),
        ("differs-why", &text.differs_why),
    ]);
    if newest.published_at.is_none() {
        form.set("correction", &text.correction);
    }
    form.set_day("decided-on", Some(text.decided_on));
    for (n, choice) in OPTIONS.zip(&text.choices) {
        form.set(&format!("option-{n}"), &choice.option);
        form.set(&format!("residents-{n}"), &choice.residents);
        form.set(&format!("outcome-{n}"), choice.outcome.code());
    }
    for (n, source) in SOURCES.zip(&text.sources) {
        form.set(&format!("source-{n}"), &source.code());
    }
    page(&req, Some(&newest), form).await
}

pub(super) async fn post(req: Req) -> Result<Reply, PageError> {
    let newest = versions_of(&req).await?.into_iter().next().ok_or(PageError::NotFound)?;
    let corrects = newest.published_at.is_some() || newest.number > 1;
    let mut form = req.form();
    let Some(text) = read(&req, &mut form, corrects).await? else { return page(&req, Some(&newest), form).await };
    let mut tx = req.app.db.write().await?;
    match edit(&req.app, &mut tx, &newest, req.account()?.id, &text).await {
        Ok(()) => {
            let action =
                if newest.published_at.is_some() { "began to put a decision right" } else { "changed a decision" };
            req.audit(&mut tx, action, &format!("decision {}", newest.decision_id), &text.title).await?;
            tx.commit().await?;
            Ok(Reply::redirect(newest.staff_href()).saying("Saved as a draft. Somebody else reads and approves it."))
        }
        Err(error) => {
            drop(tx);
            refuse(&mut form, error)?;
            page(&req, Some(&newest), form).await
        }
    }
}
