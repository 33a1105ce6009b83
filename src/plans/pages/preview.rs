//! The preview of an import: every row with its reading beside its own words, and what would change.

use leptos::prelude::*;

use super::parts::{back, word, written};
use crate::clock;
use crate::db::Tx;
use crate::plans::import::apply::{Into, apply};
use crate::plans::import::diff::Step;
use crate::plans::import::foresee::{Foreseen, foresee};
use crate::plans::import::look::{Look, LookError, look_as_of};
use crate::plans::import::reading::Reading;
use crate::plans::import::report::{Report, short};
use crate::plans::import::rows::{Entry, Kind};
use crate::plans::leads;
use crate::plans::progress::Word;
use crate::plans::start::StartError;
use crate::plans::store::{self, Import};
use crate::ui;
use crate::web::{Form, Page, PageError, Reply, Req};

async fn seen(req: &Req, tx: &mut Tx, import: &Import) -> Result<Look, PageError> {
    let bytes = import.content.as_deref().ok_or(PageError::NotFound)?;
    let leads = import.leads_content.as_deref();
    look_as_of(tx, bytes, leads, req.today(), import.said_on).await.map_err(|error| match error {
        LookError::Database(error) => error.into(),
        other => PageError::Internal(other.to_string()),
    })
}

/// A file with what applying it would show to residents: updating the current plan, where there is one, and as a new plan.
struct Preview {
    import: Import,
    look: Look,
    update: Option<Foreseen>,
    new: Foreseen,
}

impl Preview {
    /// Looks at the file, and applies it in transactions that are never committed.
    async fn of(req: &Req, import: Import, look: Look) -> Result<Self, PageError> {
        let mut foreseen = Vec::new();
        let ways = look.plan.iter().map(|_| Into::Current).chain([Into::NewPlan]);
        for into in ways {
            let tx = req.app.db.write().await?;
            foreseen.push(foresee(tx, &look, into, written(req)).await.map_err(refused)?);
        }
        let new = foreseen.pop().ok_or_else(|| PageError::Internal("nothing was foreseen".to_owned()))?;
        Ok(Self { import, look, update: foreseen.pop(), new })
    }

    /// What is foreseen for the way that is offered first.
    fn first(&self) -> &Foreseen {
        self.update.as_ref().filter(|_| !self.look.is_another).unwrap_or(&self.new)
    }
}

fn refused(error: StartError) -> PageError {
    match error {
        StartError::AnotherIsOpen => {
            PageError::Unavailable("Somebody else changed which plan is current. Please try again.".to_owned())
        }
        StartError::Database(error) => error.into(),
    }
}

/// The preview; a decided import leads back to the list.
///
/// # Errors
/// `NotFound` when there is no such import.
pub async fn get(req: Req) -> Result<Reply, PageError> {
    let mut tx = req.app.db.read().await?;
    let import = store::find_import(&mut tx, req.id("id")?).await?.ok_or(PageError::NotFound)?;
    if import.state != "waiting" {
        return Ok(Reply::redirect("/staff/plan/import"));
    }
    let look = seen(&req, &mut tx, &import).await?;
    let into = if look.is_another { "new" } else { "current" };
    let only = req.query("show") == Some("check");
    drop(tx);
    let preview = Preview::of(&req, import, look).await?;
    Ok(page(Form::filled(&[("into", into)]), preview, only).into())
}

fn page(form: Form, preview: Preview, only: bool) -> Page {
    let shown = form.clone();
    Page::staff("Check the import", move || body(&shown, &preview, only)).with_form(&form)
}

/// The preview; `only` leaves out the rows with nothing to check.
fn body(form: &Form, preview: &Preview, only: bool) -> AnyView {
    let Preview { import, look, .. } = preview;
    let file = &look.file;
    let report = Report::of(look, look.is_another, true);
    let read = format!(
        "{} themes, {} objectives, {} actions and {} sub-rows, {}.",
        file.count(Kind::Theme),
        file.count(Kind::Objective),
        file.count(Kind::Action),
        file.count(Kind::SubRow),
        look.dated().map_or_else(
            || "with no date given for them".to_owned(),
            |day| format!("as the plan stood on {}", clock::day(day))
        )
    );
    let steps = if look.is_another { look.as_new().steps } else { look.diff.steps.clone() };
    let rows: Vec<AnyView> = file
        .entries
        .iter()
        .zip(&look.readings)
        .zip(&steps)
        .zip(&preview.first().words)
        .filter(|(((_, reading), _), _)| !only || reading.iter().any(|r| !r.warnings.is_empty()))
        .map(|(((entry, reading), step), shown)| row(entry, reading.as_ref(), step, *shown))
        .collect();
    let items = |list: &[String]| list.iter().map(|l| view! { <li>{l.clone()}</li> }).collect_view();
    let missing = (!report.missing.is_empty() && !look.is_another).then(|| {
        view! { <div class="govuk-inset-text"><p>"These rows of the plan are not in the file. They stay as they are; stop or merge them by hand if that is meant:"</p><ul>{items(&report.missing)}</ul></div> }
    });
    let unnamed = (!look.unnamed.is_empty()).then(|| view! { <p>{format!("Initials without a name: {}. They stay initials until you name them under Leads.", look.unnamed.join(", "))}</p> });
    let notes = (!file.notes.is_empty()).then(|| view! { <ul>{items(&file.notes)}</ul> });
    let place = look.plan.as_ref().map(|plan| {
        let choices = [
            ("current".to_owned(), format!("Update \u{201c}{}\u{201d} by reference", plan.title)),
            (
                "new".to_owned(),
                "Start a new plan from this file; the current one is closed and stays readable".to_owned(),
            ),
        ];
        let replaces = format!("Residents will see this plan instead of \u{201c}{}\u{201d}", plan.title);
        view! {
            {ui::radios(form, "into", "Where do these rows go?", choices).view()}
            <p>"If you start a new plan, tick this too:"</p>
            {ui::checkbox(form, "replaces", "yes", replaces)}
        }
    });
    let told = match &preview.update {
        Some(update) => vec![
            format!("As an update of the plan: {}.", update.in_words()),
            format!("As a new plan: {}.", preview.new.in_words()),
        ],
        None => vec![format!("{}.", preview.new.in_words())],
    };
    let hint = look.is_another.then(|| view! { <div class="govuk-inset-text">"This looks like another plan: the numbers are the same, but the words are not."</div> });
    let older = look.older(import.said_on).map(|dated| {
        let (dated, last) = (clock::day(dated), clock::day(look.said_on));
        view! { <div class="govuk-inset-text">{format!("The file says it is of {dated}, and the plan was brought up to date on {last}. What an older file says would be kept as if said on {last}. Discard it if it is the wrong file.")}</div> }
    });
    let every = format!("/staff/plan/import/{}", import.import_id);
    let few = format!("{every}?show=check#rows");
    let warned = match look.warned() {
        1 => "1 row to check".to_owned(),
        n => format!("{n} rows to check"),
    };
    let filter = match (only, look.warned()) {
        (true, _) => view! { <p id="rows">{format!("Shown: {warned}. ")}<a href=format!("{every}#rows")>"Show every row"</a></p> }.into_any(),
        (false, 0) => ().into_any(),
        (false, _) => view! { <p id="rows"><a href=few>{warned}</a></p> }.into_any(),
    };
    view! {
        {back("/staff/plan/import", "Import a plan")}
        {ui::error_summary(form)}
        <div class="ds-heading"><h1><span class="ds-heading__caption">{import.file_name.clone()}</span>"Check the import"</h1><p class="ds-lead">{read}</p></div>
        <dl class="ds-facts">
            <div class="ds-fact"><dt>"new rows"</dt><dd>{report.added}</dd></div>
            <div class="ds-fact"><dt>"changes"</dt><dd>{report.changes.len()}</dd></div>
            <div class="ds-fact"><dt>"rows with something to check"</dt><dd>{look.warned()}</dd></div>
        </dl>
        {older}{notes}{unnamed}{hint}{missing}
        <section class="ds-section">
            <h2>"What residents will read"</h2>
            <p>"Applying the import shows it on the public plan at once. By today’s date its actions will stand there like this:"</p>
            <ul>{items(&told)}</ul>
        </section>
        <form method="post">
            {place}
            <div class="govuk-button-group">
                <button type="submit" class="govuk-button" name=ui::STEP value="apply">"Apply the import"</button>
                <button type="submit" class="govuk-button govuk-button--secondary" name=ui::STEP value="discard">"Do not apply it"</button>
            </div>
        </form>
        {filter}
        <div class="ds-scroll" role="region" aria-label="Rows of the file" tabindex="0">
            <table class="ds-table">
                <caption>"Every row as it is read, with its own words below"</caption>
                <thead><tr>
                    <th scope="col" class="ds-table__tight">"Row"</th><th scope="col" class="ds-table__tight">"Ref"</th><th scope="col">"Action"</th><th scope="col">"Lead"</th>
                    <th scope="col">"By when"</th><th scope="col">"Resources"</th><th scope="col">"Status"</th><th scope="col">"Change"</th>
                </tr></thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
    }
    .into_any()
}

fn row(entry: &Entry, reading: Option<&Reading>, step: &Step, shown: Option<Word>) -> AnyView {
    let reference = match entry.kind {
        Kind::Theme => "Theme".to_owned(),
        Kind::SubRow => "part".to_owned(),
        _ => entry.reference.clone().unwrap_or_default(),
    };
    let change = match step {
        Step::Added => "New".into_any(),
        Step::Same(_) => "Nothing".into_any(),
        Step::Changed(_, fields) => {
            let list = fields.iter().map(|f| view! { <li>{f.field} ": " <del class="ds-before">{short(&f.old)}</del> " " <ins class="ds-after">{short(&f.new)}</ins></li> });
            view! { <ul>{list.collect_view()}</ul> }.into_any()
        }
    };
    let own = |text: &str| {
        (!text.is_empty())
            .then(|| view! { <p class="ds-meta">{format!("\u{201c}{}\u{201d}", text.replace('\n', " / "))}</p> })
    };
    let Some(reading) = reading else {
        return view! { <tr><td>{entry.row}</td><td>{reference}</td><th scope="row">{entry.cells.text.clone()}</th><td></td><td></td><td></td><td></td><td>{change}</td></tr> }.into_any();
    };
    let by_when = reading.deadline.words().unwrap_or_default();
    let moved = reading.status.revised.map(|m| view! { <p>{format!("moved to {m}")}</p> });
    let is_action = matches!(entry.kind, Kind::Action | Kind::SubRow);
    let read = Word::of(reading.status.status, false);
    let status =
        is_action.then(|| view! { {word(shown.unwrap_or(read))}{as_shown(read, shown)}{own(&entry.cells.status)} });
    let leads = is_action.then(|| view! { {leads::write(&reading.leads)}{own(&entry.cells.leads)} });
    let resources = is_action.then(|| view! { {reading.resources.words()}{own(&entry.cells.resources)} });
    let warnings = (!reading.warnings.is_empty()).then(|| {
        let items = reading.warnings.iter().map(|w| view! { <li>{w.clone()}</li> });
        view! { <p class="ds-meta">"To check:"</p><ul>{items.collect_view()}</ul> }
    });
    view! {
        <tr>
            <td>{entry.row}</td><td>{reference}</td><th scope="row">{short(entry.cells.name())}{warnings}</th><td>{leads}</td>
            <td>{by_when}{moved}{own(&entry.cells.deadline)}</td><td>{resources}</td><td>{status}</td><td>{change}</td>
        </tr>
    }
    .into_any()
}

/// Why residents read another word than the document says.
fn as_shown(read: Word, shown: Option<Word>) -> Option<AnyView> {
    let shown = shown.filter(|shown| *shown != read)?;
    let why = if shown == Word::Late { "because its deadline has passed" } else { "by what was said since" };
    let said = format!("{} in the document; shown as {}, {why}", read.words(), shown.words().to_lowercase());
    Some(view! { <p class="ds-meta">{said}</p> }.into_any())
}

/// Applies or discards.
///
/// # Errors
/// `NotFound` when there is no such import.
pub async fn post(req: Req) -> Result<Reply, PageError> {
    let mut form = req.form();
    let mut tx = req.app.db.write().await?;
    let import = store::find_import(&mut tx, req.id("id")?).await?.ok_or(PageError::NotFound)?;
    if import.state != "waiting" {
        return Ok(Reply::redirect("/staff/plan/import").noting("This import was decided before"));
    }
    if form.has("step", "discard") {
        store::decide_import(&mut tx, import.import_id, None, "", req.now()).await?;
        req.audit(&mut tx, "threw a plan file away", &import.file_name, "").await?;
        tx.commit().await?;
        return Ok(Reply::redirect("/staff/plan/import").saying("Nothing was changed"));
    }
    let look = seen(&req, &mut tx, &import).await?;
    let into = match (form.value("into"), &look.plan) {
        ("new", _) | (_, None) => Into::NewPlan,
        ("current", Some(_)) => Into::Current,
        _ => {
            form.error("into", "Choose where the rows go");
            drop(tx);
            return Ok(page(form, Preview::of(&req, import, look).await?, false).into());
        }
    };
    if into == Into::NewPlan && look.plan.is_some() && !form.has("replaces", "yes") {
        form.error("replaces", "Tick the box if residents are to see this plan instead of the one they see now");
        drop(tx);
        return Ok(page(form, Preview::of(&req, import, look).await?, false).into());
    }
    let report = Report::of(&look, into == Into::NewPlan, false);
    let plan = apply(&mut tx, &look, into, written(&req)).await.map_err(refused)?;
    store::decide_import(&mut tx, import.import_id, Some((plan, look.dated())), &report.sentence(), req.now()).await?;
    req.audit(&mut tx, "imported a plan", &import.file_name, &report.sentence()).await?;
    tx.commit().await?;
    let said = match (report.added, report.changes.len()) {
        (0, 0) => "nothing changed".to_owned(),
        (added, changes) => {
            format!("{}, {}", ui::counted(added, "new row", "new rows"), ui::counted(changes, "change", "changes"))
        }
    };
    Ok(Reply::redirect("/staff/plan").saying(format!("The import is applied: {said}")))
}
