//! The preview of a list: which column is what, and what the list would change.

use leptos::prelude::*;

use crate::exchange::Fault;
use crate::residents::import::apply::{apply, sentence};
use crate::residents::import::columns::{Columns, Field};
use crate::residents::import::look::{self, Line, Look, Step};
use crate::residents::import::read::{self, Table};
use crate::residents::store::lists::{self, List};
use crate::ui;
use crate::web::number::grouped;
use crate::web::{Form, Page, PageError, Reply, Req};

/// How many rows of a kind are shown.
const SHOWN: usize = 200;

struct Waiting {
    list: List,
    table: Table,
}

/// The waiting list of the address; none when it is decided on.
async fn waiting(req: &Req) -> Result<Option<Waiting>, PageError> {
    let mut tx = req.app.db.read().await?;
    let list = lists::find(&mut tx, req.id("id")?).await?.ok_or(PageError::NotFound)?;
    let Some(bytes) = list.content.as_deref() else { return Ok(None) };
    let table = read::table(bytes).map_err(|error| PageError::Internal(error.words()))?;
    Ok(Some(Waiting { list, table }))
}

/// `/staff/homes/import/{id}`
pub(super) async fn get(req: Req) -> Result<Reply, PageError> {
    let Some(waiting) = waiting(&req).await? else { return Ok(Reply::redirect("/staff/homes/import")) };
    let mut form = Form::default();
    for field in Field::ALL {
        let at = waiting.list.columns.of(field).map(|at| at.to_string()).unwrap_or_default();
        form.set(&format!("column-{}", field.code()), &at);
    }
    form.set("missing", "keep");
    show(&req, waiting, form).await
}

async fn show(req: &Req, waiting: Waiting, form: Form) -> Result<Reply, PageError> {
    let columns = waiting.list.columns.0.clone();
    let mut look = None;
    if columns.of(Field::Reference).is_some() {
        look = Some(look::look(&mut req.app.db.read().await?, &waiting.table, &columns).await?);
    }
    let refused = form.clone();
    let page = Page::staff("Check the list of homes", move || {
        let rows = ui::counted(waiting.table.rows.len(), "row", "rows");
        let preview = match look {
            Some(look) => preview(&form, &look),
            None => view! { <div class="govuk-inset-text">"Say which column holds the reference of the home. Then you see what the list would change."</div> }.into_any(),
        };
        view! {
            <a class="govuk-back-link" href="/staff/homes/import">"Bring the list of homes"</a>
            {ui::error_summary(&form)}
            <div class="ds-heading"><h1><span class="ds-heading__caption">{waiting.list.file_name.clone()}</span>"Check the list of homes"</h1><p class="ds-lead">{format!("{rows} below the headings. Nothing is kept yet.")}</p></div>
            {columns_form(&form, &waiting.table)}
            {preview}
        }
    });
    Ok(page.with_form(&refused).into())
}

/// Which column is what.
fn columns_form(form: &Form, table: &Table) -> AnyView {
    let example = |at: usize| table.rows.iter().find_map(|row| row.cells.get(at).filter(|cell| !cell.is_empty()));
    let choices: Vec<(String, String)> = std::iter::once((String::new(), "Not in the list".to_owned()))
        .chain(table.heading.cells.iter().enumerate().map(|(at, cell)| {
            let heading = if cell.is_empty() { format!("Column {}", at + 1) } else { cell.clone() };
            let like: String =
                example(at).map(|cell| cell.replace('\n', ", ").chars().take(24).collect()).unwrap_or_default();
            (at.to_string(), if like.is_empty() { heading } else { format!("{heading}: {like}") })
        }))
        .collect();
    let boxes = Field::ALL
        .into_iter()
        .map(|field| ui::select(form, &format!("column-{}", field.code()), field.label(), choices.clone()));
    let boxes = boxes.collect_view();
    view! {
        <section class="ds-section">
            <h2>"Which column is what"</h2>
            <p>"We guessed by the headings. A column that is not chosen is not kept."</p>
            <form method="post" novalidate>
                <div class="ds-fields">{boxes}</div>
                <button type="submit" class="govuk-button govuk-button--secondary" name=ui::STEP value="columns">"Use these columns"</button>
            </form>
        </section>
    }
    .into_any()
}

fn preview(form: &Form, look: &Look) -> AnyView {
    let (added, changed, same) = look.counts();
    let fact = |number: usize, words: &'static str| {
        view! { <div class="ds-fact"><dt>{words}</dt><dd>{grouped(&number)}</dd></div> }
    };
    let missing = (!look.missing.is_empty()).then(|| {
        let homes = ui::counted(look.missing.len(), "home on our list is", "homes on our list are");
        let choices = [
            ("keep", "Leave them as they are"),
            ("end", "Mark them as no longer ours: nobody there is asked any more"),
        ];
        ui::radios(form, "missing", format!("{homes} not in this file"), choices).view()
    });
    view! {
        <section class="ds-section">
            <h2>"What the list would change"</h2>
            <dl class="ds-facts">
                {fact(added, "new homes")}
                {fact(changed, "homes that change")}
                {fact(same, "homes as they are")}
                {fact(look.faults.len(), "rows that cannot be taken")}
                {fact(look.notes.len(), "cells left out")}
                {fact(look.missing.len(), "homes not in the file")}
            </dl>
            {faults("Rows that cannot be taken", "Mend them in the file and send it again, or go on without them.", &look.faults)}
            {faults("Cells that are left out", "The homes are taken without them.", &look.notes)}
            <form method="post" novalidate>
                {missing}
                <div class="govuk-button-group">
                    <button type="submit" class="govuk-button" name=ui::STEP value="apply">"Keep the list"</button>
                    <button type="submit" class="govuk-button govuk-button--secondary" name=ui::STEP value="discard">"Do not keep it"</button>
                </div>
            </form>
            {changes(look)}
        </section>
    }
    .into_any()
}

fn faults(title: &'static str, words: &'static str, faults: &[Fault]) -> Option<AnyView> {
    let rows = faults.iter().take(SHOWN).map(|fault| view! { <li>{fault.to_string()}</li> }).collect_view();
    let more = faults.len().saturating_sub(SHOWN);
    let more = (more > 0).then(|| view! { <p>{format!("and {} more", grouped(&more))}</p> });
    (!faults.is_empty()).then(|| {
        view! { <div class="govuk-inset-text"><h3>{title}</h3><p>{words}</p><ul>{rows}</ul>{more}</div> }.into_any()
    })
}

/// The homes that change, and the first of the new ones.
fn changes(look: &Look) -> Option<AnyView> {
    let changed = look.lines.iter().filter(|line| matches!(line.step, Step::Changed { .. }));
    let added = look.lines.iter().filter(|line| line.step == Step::Added);
    let lines: Vec<&Line> = changed.chain(added).collect();
    let more = lines.len().saturating_sub(SHOWN);
    let rows = lines.iter().take(SHOWN).map(|line| row(line)).collect_view();
    let more = (more > 0).then(|| view! { <p class="ds-meta">{format!("Shown are the first {SHOWN}; {} more are not shown.", grouped(&more))}</p> });
    (!lines.is_empty()).then(|| {
        view! {
            <div class="ds-scroll ds-scroll--tall" role="region" aria-label="Homes of the list" tabindex="0">
                <table class="ds-table">
                    <caption>"Homes that change, then those that are new"</caption>
                    <thead><tr>
                        <th scope="col" class="ds-table__number">"Row"</th><th scope="col">"Reference"</th><th scope="col">"Name"</th>
                        <th scope="col">"Area"</th><th scope="col">"Tenure"</th><th scope="col">"Reach them by"</th><th scope="col">"Change"</th>
                    </tr></thead>
                    <tbody>{rows}</tbody>
                </table>
            </div>
            {more}
        }
        .into_any()
    })
}

fn row(line: &Line) -> AnyView {
    let change = match &line.step {
        Step::Added => "New".into_any(),
        Step::Same => "None".into_any(),
        Step::Changed { fields, returns } => {
            let back = returns.then(|| view! { <li>"Listed again"</li> });
            let list = fields.iter().map(|change| {
                view! { <li>{change.field.label()} ": " <del class="ds-before">{change.old.clone()}</del> " " <ins class="ds-after">{change.new.clone()}</ins></li> }
            });
            view! { <ul>{back}{list.collect_view()}</ul> }.into_any()
        }
    };
    let home = &line.home;
    let way =
        if home.may_be_contacted() { home.way().map_or("No way known", |way| way.label()) } else { "Do not contact" };
    view! {
        <tr>
            <td class="ds-table__number">{line.row}</td><th scope="row">{home.reference.clone()}</th><td>{home.name.clone()}</td>
            <td>{home.area.clone()}</td><td>{home.tenure.clone()}</td><td>{way}</td><td>{change}</td>
        </tr>
    }
    .into_any()
}

/// Keeps which column is what, keeps the list, or lets it go.
pub(super) async fn post(req: Req) -> Result<Reply, PageError> {
    let Some(mut waiting) = waiting(&req).await? else {
        return Ok(Reply::redirect("/staff/homes/import").noting("This list was decided on before"));
    };
    let mut form = req.form();
    let id = waiting.list.list_id;
    let mut tx = req.app.db.write().await?;
    match form.value("step") {
        "apply" => {}
        "discard" => {
            lists::decide(&mut tx, id, "discarded", "", req.now()).await?;
            req.audit(&mut tx, "let a list of homes go", &format!("list/{id}"), "").await?;
            tx.commit().await?;
            return Ok(Reply::redirect("/staff/homes/import").saying("Nothing was changed"));
        }
        _ => {
            let Some(columns) = read_columns(&mut form, waiting.table.heading.cells.len()) else {
                drop(tx);
                return show(&req, waiting, form).await;
            };
            lists::set_columns(&mut tx, id, &columns).await?;
            req.audit(&mut tx, "chose the columns of a list", &format!("list/{id}"), "").await?;
            tx.commit().await?;
            return Ok(Reply::redirect(format!("/staff/homes/import/{id}")));
        }
    }
    let columns = waiting.list.columns.0.clone();
    if columns.of(Field::Reference).is_none() {
        form.error("column-reference", "Choose the column that holds the reference of the home");
        drop(tx);
        return show(&req, waiting, form).await;
    }
    let look = look::look(&mut tx, &waiting.table, &columns).await?;
    let end_missing = form.has("missing", "end");
    if look.lines.is_empty() {
        form.error("column-reference", "No row of the list can be taken, so there is nothing to keep");
        drop(tx);
        waiting.list.columns.0 = columns;
        return show(&req, waiting, form).await;
    }
    apply(&mut tx, &look, end_missing, req.today()).await?;
    let outcome = sentence(&look, end_missing);
    if !lists::decide(&mut tx, id, "applied", &outcome, req.now()).await? {
        return Ok(Reply::redirect("/staff/homes/import").noting("This list was decided on before"));
    }
    req.audit(&mut tx, "kept a list of homes", &format!("list/{id}"), &outcome).await?;
    tx.commit().await?;
    Ok(Reply::redirect("/staff/homes").saying(format!("The list is kept: {outcome}")))
}

/// The columns of the form; none where something is wrong, which the form then says.
fn read_columns(form: &mut Form, wide: usize) -> Option<Columns> {
    let pairs = Field::ALL.into_iter().filter_map(|field| {
        let chosen = form.value(&format!("column-{}", field.code())).parse::<usize>().ok();
        chosen.filter(|at| *at < wide).map(|at| (field, at))
    });
    let columns = Columns::chosen(pairs.collect());
    if columns.of(Field::Reference).is_none() {
        form.error("column-reference", "Choose the column that holds the reference of the home");
    }
    if let Some((one, other)) = columns.clash() {
        let words = format!("The same column is chosen for “{}” and “{}”", one.label(), other.label());
        form.error(&format!("column-{}", other.code()), words);
    }
    form.is_valid().then_some(columns)
}
