//! Writing a standard: the form, with what residents will see beside it.

use leptos::prelude::*;
use sqlx::types::Json;

use super::parts;
use crate::people::Role;
use crate::standards::draft::{self, DraftError};
use crate::standards::standard::{Source, Wording};
use crate::standards::store::versions;
use crate::standards::unit::{Direction, Unit, figure};
use crate::standards::{self, Area};
use crate::thread::id::{AreaId, StandardId};
use crate::ui;
use crate::web::{Form, Page, PageError, Reply, Req};

/// The longest promise, and the longest of other texts.
const LONG: usize = 600;

/// What the form is for.
#[derive(Clone)]
enum Task {
    New,
    Edit { id: StandardId, title: String, number: i64 },
}

async fn areas(req: &Req) -> Result<Vec<Area>, PageError> {
    let mut tx = req.app.db.read().await?;
    Ok(standards::areas(&mut tx).await?)
}

pub(super) async fn get_new(req: Req) -> Result<Reply, PageError> {
    let mut form = Form::filled(&[("unit", "per_cent"), ("direction", "higher"), ("owner-role", "manager")]);
    if let Some(area) = req.query("area") {
        form.set("area", area);
    }
    Ok(page(Task::New, areas(&req).await?, form, false).into())
}

pub(super) async fn get_edit(req: Req) -> Result<Reply, PageError> {
    let id: StandardId = req.id("id")?;
    let mut tx = req.app.db.read().await?;
    let one = versions::find_for_staff(&mut tx, id).await?.ok_or(PageError::NotFound)?;
    let draft = versions::find_draft(&mut tx, id).await?.ok_or(PageError::NotFound)?;
    let areas = standards::areas(&mut tx).await?;
    let mut form = fill(&draft.wording);
    form.set("area", &one.area_id.to_string());
    form.set("owner-role", &one.owner_role);
    Ok(page(Task::Edit { id, title: one.title, number: draft.number }, areas, form, false).into())
}

fn fill(wording: &Wording) -> Form {
    let mut fields: Vec<(String, String)> = [
        ("title", wording.title.clone()),
        ("promise", wording.promise.clone()),
        ("numerator", wording.numerator.clone()),
        ("denominator", wording.denominator.clone()),
        ("exclusions", wording.exclusions.clone()),
        ("clock", wording.clock.clone()),
        ("unit", wording.unit.code().to_owned()),
        ("direction", wording.direction.code().to_owned()),
        ("target", figure(wording.target)),
        ("legal-floor", wording.legal_floor.map(figure).unwrap_or_default()),
        ("legal-source", wording.legal_source.clone()),
        ("source-note", wording.source_note.clone()),
        ("if-missed", wording.if_missed.clone()),
        ("what-changed", wording.what_changed.clone()),
    ]
    .map(|(name, value)| (name.to_owned(), value))
    .to_vec();
    fields.extend(wording.sources.iter().map(|source| ("sources".to_owned(), source.code().to_owned())));
    Form::new(fields)
}

/// What was typed as a wording; wrong values are named in the form.
fn read(form: &mut Form) -> Option<Wording> {
    let title = form.required("title", "The title", 120, "Enter a title of a few words");
    let promise = form.required("promise", "The promise", LONG, "Enter the promise");
    let numerator = form.text("numerator", "What is counted", 300);
    let denominator = form.text("denominator", "What it is counted out of", 300);
    let exclusions = form.text("exclusions", "What is left out", 300);
    let clock = form.text("clock", "The clock", 300);
    let unit: Option<Unit> = form.choice("unit", "Choose a unit");
    let direction: Option<Direction> = form.choice("direction", "Say which way is better");
    let most = if unit == Some(Unit::PerCent) { 100.0 } else { 1_000_000.0 };
    let range = if unit == Some(Unit::PerCent) { "from 0 to 100" } else { "of 0 or more" };
    let target = form.decimal("target", 0.0..=most, &format!("Enter the target as a number {range}"));
    let legal_floor = if form.value("legal-floor").trim().is_empty() {
        None
    } else {
        form.decimal(
            "legal-floor",
            0.0..=most,
            &format!("Enter the legal floor as a number {range}, or leave it empty"),
        )
    };
    let legal_source = form.text("legal-source", "The law or code", 200);
    let sources = Source::ALL.into_iter().filter(|source| form.has("sources", source.code())).collect();
    let source_note = form.text("source-note", "The records or survey", 200);
    let if_missed = form.text("if-missed", "What to do if we miss it", LONG);
    let what_changed = form.text("what-changed", "What changed", LONG);
    if !form.is_valid() {
        return None;
    }
    Some(Wording {
        title,
        promise,
        numerator,
        denominator,
        exclusions,
        clock,
        unit: unit?,
        direction: direction?,
        target: target?,
        legal_floor,
        legal_source,
        sources: Json(sources),
        source_note,
        if_missed,
        what_changed,
    })
}

fn place(form: &mut Form, areas: &[Area]) -> Option<(AreaId, String)> {
    let area = form.value("area").parse::<AreaId>().ok().filter(|id| areas.iter().any(|area| area.id == *id));
    if area.is_none() {
        form.error("area", "Choose a service area");
    }
    let owner: Option<Role> = form.value("owner-role").parse().ok().filter(|role: &Role| role.is_staff());
    if owner.is_none() {
        form.error("owner-role", "Choose who answers for it");
    }
    area.zip(owner.map(|role| role.code().to_owned()))
}

/// What was typed, when all of it can be kept; else the page to show again. Asked only to check, it never keeps anything.
fn typed(task: Task, areas: Vec<Area>, mut form: Form) -> Result<(AreaId, String, Wording), Box<Page>> {
    let place = place(&mut form, &areas);
    let wording = read(&mut form);
    let (Some((area, owner)), Some(wording)) = (place, wording) else {
        return Err(Box::new(page(task, areas, form, false)));
    };
    if form.value("step") == "check" {
        let number = match &task {
            Task::New => 1,
            Task::Edit { number, .. } => *number,
        };
        let problems = draft::check(number, &wording);
        let passes = problems.is_empty();
        for problem in problems {
            form.error(problem.field, problem.sentence);
        }
        return Err(Box::new(page(task, areas, form, passes)));
    }
    Ok((area, owner, wording))
}

pub(super) async fn post_new(req: Req) -> Result<Reply, PageError> {
    let areas = areas(&req).await?;
    let (area, owner, wording) = match typed(Task::New, areas, req.form()) {
        Ok(typed) => typed,
        Err(page) => return Ok((*page).into()),
    };
    let mut tx = req.app.db.write().await?;
    match draft::create(&req.app, &mut tx, req.account()?, area, &owner, &wording).await {
        Ok(id) => {
            tx.commit().await?;
            Ok(Reply::redirect(format!("/staff/standards/{id}")).saying("The draft is saved."))
        }
        Err(DraftError::Internal(error)) => Err(error.into()),
        Err(_) => Err(PageError::NotFound),
    }
}

pub(super) async fn post_edit(req: Req) -> Result<Reply, PageError> {
    let id: StandardId = req.id("id")?;
    let mut tx = req.app.db.read().await?;
    let one = versions::find_for_staff(&mut tx, id).await?.ok_or(PageError::NotFound)?;
    let draft = versions::find_draft(&mut tx, id).await?;
    let areas = standards::areas(&mut tx).await?;
    drop(tx);
    let gone = "This version was published meanwhile, so that its wording stands. Begin a new version to change it.";
    let draft = draft.ok_or_else(|| PageError::Gone(gone.into()))?;
    let task = Task::Edit { id, title: one.title, number: draft.number };
    let (area, owner, wording) = match typed(task, areas, req.form()) {
        Ok(typed) => typed,
        Err(page) => return Ok((*page).into()),
    };
    let mut tx = req.app.db.write().await?;
    match draft::edit(&req.app, &mut tx, req.account()?, id, area, &owner, &wording).await {
        Ok(()) => {
            tx.commit().await?;
            Ok(Reply::redirect(format!("/staff/standards/{id}")).saying("The draft is saved."))
        }
        Err(DraftError::Internal(error)) => Err(error.into()),
        Err(_) => Err(PageError::Gone(gone.into())),
    }
}

fn page(task: Task, areas: Vec<Area>, form: Form, passes: bool) -> Page {
    let refused = form.clone();
    let (heading, here, back, number) = match &task {
        Task::New => {
            ("Write a new standard".to_owned(), "/staff/standards/new".to_owned(), "/staff/standards".to_owned(), 1)
        }
        Task::Edit { id, title, number } => {
            (format!("Edit: {title}"), format!("/staff/standards/{id}/edit"), format!("/staff/standards/{id}"), *number)
        }
    };
    Page::staff(heading.clone(), move || {
        let good = passes.then(|| {
            view! { <div class="govuk-inset-text" role="status">"The wording passes the check. It is not saved yet: save the draft to keep it."</div> }
        });
        view! {
            <a class="govuk-back-link" href=back>"Back"</a>
            {ui::error_summary(&form)}
            <h1>{heading}</h1>
            {good}
            <div class="ds-split">
                <form class="ds-split__form" method="post" action=here novalidate>
                    {fields(&form, &areas, number)}
                    <div class="govuk-button-group">
                        <button type="submit" class="govuk-button" name=ui::STEP value="save">"Save the draft"</button>
                        <button type="submit" class="govuk-button govuk-button--secondary" name=ui::STEP value="check">"Check the wording"</button>
                    </div>
                </form>
                <aside class="ds-split__preview" aria-label="What residents see">
                    <p class="ds-split__label">"What residents see"</p>
                    {preview(&form)}
                </aside>
            </div>
        }
    })
    .with_form(&refused)
}

fn fields(form: &Form, areas: &[Area], number: i64) -> AnyView {
    let areas = std::iter::once((String::new(), "Choose an area".to_owned()))
        .chain(areas.iter().map(|area| (area.id.to_string(), area.name.clone())));
    let owners = Role::ALL
        .into_iter()
        .filter(|role| role.is_staff() && *role != Role::Auditor)
        .map(|role| (role.code(), role.label()));
    let changed = (number > 1).then(|| {
        ui::textarea(form, "what-changed", "What changed, and why")
            .hint("Residents read this. It is needed before publishing.")
            .rows(3)
            .view()
    });
    view! {
        {ui::select(form, "area", "Service area", areas)}
        {ui::select(form, "owner-role", "Who answers for it", owners)}
        {ui::text(form, "title", "Title").hint("A few words, like “Phone calls answered”.").view()}
        {ui::textarea(form, "promise", "Promise")
            .hint("We will do what, for whom, within what time or to what quality. One promise only.")
            .rows(3)
            .view()}
        {changed}
        <h2>"How it is measured"</h2>
        {ui::text(form, "numerator", "What is counted when the promise is kept").hint("Like “calls answered within 60 seconds”.").view()}
        {ui::text(form, "denominator", "Out of what").hint("Like “all calls answered”.").view()}
        {ui::text(form, "exclusions", "What is left out, if anything").view()}
        {ui::text(form, "clock", "When the clock starts and stops").hint("Like “from your report until the repair is finished”. Leave it empty when no time is promised.").view()}
        {ui::select(form, "unit", "Unit", Unit::ALL.map(|unit| (unit.code(), unit.label())))}
        {ui::radios(form, "direction", "Which way is better?", Direction::ALL.map(|way| (way.code(), way.label()))).inline().view()}
        {ui::text(form, "target", "Target").number().width(5).view()}
        {ui::text(form, "legal-floor", "What the law asks for at the least").hint("In the same unit. Leave it empty when no law speaks of it.").number().width(5).view()}
        {ui::text(form, "legal-source", "Which law or code").view()}
        {ui::checkboxes(form, "sources", "Where results come from", Source::ALL.map(|source| (source.code(), source.label()))).view()}
        {ui::text(form, "source-note", "Which records or survey").hint("Like “our telephone system”.").view()}
        {ui::textarea(form, "if-missed", "What a resident can do if we miss it").rows(3).view()}
    }
    .into_any()
}

fn preview(form: &Form) -> AnyView {
    let mut copy = form.clone();
    let or = |text: &str, empty: &str| if text.is_empty() { empty.to_owned() } else { text.to_owned() };
    let title = or(form.value("title"), "The title");
    let promise = or(form.value("promise"), "The promise");
    let measured = read(&mut copy).map(|wording| {
        let lines = parts::measure_in_words(&wording).into_iter().map(|line| view! { <p>{line}</p> }).collect_view();
        let rows = vec![
            ("Our target", parts::target(&wording).into_any()),
            ("The figures come from", parts::sources_in_words(&wording).into_any()),
        ];
        view! { {lines}{ui::facts(rows)}{ui::paragraphs(&wording.if_missed)} }
    });
    view! { <p><strong>{title}</strong></p><p class="ds-lead">{promise}</p>{measured} }.into_any()
}
