//! Sending the list of homes: the file, and the lists sent before.

use leptos::prelude::*;

use crate::clock;
use crate::exchange::sheet;
use crate::residents::import::columns::Columns;
use crate::residents::import::read;
use crate::residents::store::lists::{self, Sent};
use crate::ui;
use crate::web::{Form, Page, PageError, Reply, Req};

/// `/staff/homes/import`
pub(super) async fn get(req: Req) -> Result<Reply, PageError> {
    show(&req, Form::default()).await
}

async fn show(req: &Req, form: Form) -> Result<Reply, PageError> {
    let mut tx = req.app.db.read().await?;
    let before = lists::list(&mut tx, 20).await?;
    let refused = form.clone();
    let page = Page::staff("Bring the list of homes", move || {
        view! {
            <a class="govuk-back-link" href="/staff/homes">"Homes"</a>
            {ui::error_summary(&form)}
            <div class="ds-heading"><h1>"Bring the list of homes"</h1><p class="ds-lead">"Send the list as your housing system gives it. You choose which column is what and see every change before anything is kept."</p></div>
            <p>"Each home is one row with a reference that stays the same, because a later list finds the home by it. Send only what is needed to ask people: no dates of birth, nothing about health or rent."</p>
            <form method="post" enctype="multipart/form-data" novalidate>
                {ui::file(&form, "file", "The list", "An Excel workbook (.xlsx) or a CSV file, up to 10 MB and 100,000 rows. The first row names the columns.", ".xlsx,.csv")}
                {ui::button("Look at the list")}
            </form>
            {earlier(&before)}
        }
    });
    Ok(page.with_form(&refused).into())
}

fn earlier(before: &[Sent]) -> Option<AnyView> {
    let rows = before.iter().map(|list| {
        let what = match list.state.as_str() {
            "waiting" => view! { <a href=format!("/staff/homes/import/{}", list.list_id)>"Waiting for your decision"</a> }.into_any(),
            "applied" => list.outcome.clone().into_any(),
            _ => "Not kept".into_any(),
        };
        view! { <li><div class="ds-list__main">{list.file_name.clone()}<p>{what}</p></div><div class="ds-list__aside">{clock::day_and_time(list.uploaded_at)}</div></li> }
    });
    let rows = rows.collect_view();
    (!before.is_empty()).then(|| {
        view! {
            <section class="ds-section">
                <h2>"Lists sent before"</h2>
                <p class="ds-meta">"A list that nobody decides on is let go after seven days."</p>
                <ul class="ds-list">{rows}</ul>
            </section>
        }
        .into_any()
    })
}

/// Keeps the file for its preview; a file that cannot be read is refused at once.
pub(super) async fn post(req: Req) -> Result<Reply, PageError> {
    let mut form = req.form();
    let Some(file) = req.upload("file") else {
        form.error("file", "Choose the file of the list");
        return show(&req, form).await;
    };
    let table = sheet::check_name(&file.name, &file.bytes).and_then(|()| read::table(&file.bytes));
    let table = match table {
        Ok(table) if table.rows.is_empty() => {
            form.error("file", "The file has no row below its headings");
            return show(&req, form).await;
        }
        Ok(table) => table,
        Err(error) => {
            form.error("file", error.words());
            return show(&req, form).await;
        }
    };
    let columns = Columns::guess(&table.heading);
    let by = req.account()?.id;
    let name: String = file.name.chars().filter(|c| !c.is_control()).take(120).collect();
    let mut tx = req.app.db.write().await?;
    let id = lists::insert(&mut tx, (&name, &file.bytes), &columns, req.now(), Some(by)).await?;
    req.audit(&mut tx, "sent a list of homes", &format!("list/{id}"), &name).await?;
    tx.commit().await?;
    Ok(Reply::redirect(format!("/staff/homes/import/{id}")))
}
