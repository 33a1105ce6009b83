//! Uploading figures: choose a file, look at what was read, then keep all of it or nothing.

use leptos::prelude::*;

use crate::exchange::Fault;
use crate::performance::enter::enter;
use crate::performance::figure::{NewFigure, first_value};
use crate::performance::import::{self, Read};
use crate::performance::since::first_days;
use crate::performance::store::figures as stored;
use crate::standards;
use crate::ui;
use crate::web::number::grouped;
use crate::web::{Form, Page, PageError, Reply, Req};

/// The largest file, in bytes.
const LARGEST: usize = 1024 * 1024;
/// The most faults shown at once.
const MOST_FAULTS: usize = 50;

pub(super) async fn get(_: Req) -> Result<Reply, PageError> {
    Ok(choose(Form::default()).into())
}

fn choose(form: Form) -> Page {
    let refused = form.clone();
    Page::staff("Upload figures", move || {
        view! {
            <a class="govuk-back-link" href="/staff/performance/figures">"Figures"</a>
            {ui::error_summary(&form)}
            <h1 class="govuk-heading-l">"Upload figures"</h1>
            <p class="govuk-body">"The file is a CSV with the headings standard, period, numerator and denominator. The standard is the last part of its web address, the period a month like 2026-10."</p>
            <p class="govuk-body">"For a standard that is not a share, such as days taken, the numerator is the total of all cases. You can give the average or the per cent in a column called value instead."</p>
            <p class="govuk-body"><a class="govuk-link" href="/staff/performance/figures.csv">"Download a file to fill in"</a></p>
            <form method="post" action="/staff/performance/figures/upload" enctype="multipart/form-data" novalidate>
                {ui::file(&form, "file", "The file", "CSV, up to 1 MB and 5,000 rows", ".csv,text/csv")}
                {ui::button("Check the file")}
            </form>
        }
    })
    .with_form(&refused)
}

/// A row as the preview shows it.
struct Line {
    row: usize,
    title: String,
    month: String,
    figure: String,
    what: String,
}

pub(super) async fn post(req: Req) -> Result<Reply, PageError> {
    let posted = req.form();
    let keeps = posted.value("step") == "keep";
    let bytes = if keeps {
        posted.value("rows").replace("\r\n", "\n").into_bytes()
    } else {
        req.upload("file").map(|upload| upload.bytes.clone()).unwrap_or_default()
    };
    let mut form = Form::default();
    if bytes.is_empty() {
        form.error("file", "Choose a CSV file");
        return Ok(choose(form).into());
    }
    if bytes.len() > LARGEST {
        form.error("file", "The file is larger than 1 MB. Choose a smaller one");
        return Ok(choose(form).into());
    }
    let mut tx = req.app.db.read().await?;
    let standards = standards::list_published(&mut tx).await?;
    let first_days = first_days(&mut tx).await?;
    let read = match import::read(&bytes, &standards, &first_days, req.today()) {
        Ok(read) => read,
        Err(faults) => {
            say(&mut form, &faults);
            return Ok(choose(form).into());
        }
    };
    if keeps {
        drop(tx);
        let figures: Vec<NewFigure> = read.iter().map(|read| read.figure).collect();
        let mut tx = req.app.db.write().await?;
        let entered = enter(&mut tx, &req.actor(), &figures, req.now()).await?;
        tx.commit().await?;
        let said = format!(
            "The file is kept: {} new, {} changed, {} as they were.",
            entered.new, entered.changed, entered.same
        );
        return Ok(Reply::redirect("/staff/performance").saying(said));
    }
    let mut lines = Vec::new();
    for one in &read {
        let stands = stored::list(&mut tx, one.figure.standard_id).await?;
        let before = stands.iter().find(|figure| figure.month == one.figure.month);
        lines.push(line(one, before.map(|figure| (figure.numerator, figure.denominator))));
    }
    let text = String::from_utf8_lossy(&bytes).into_owned();
    Ok(preview(lines, text).into())
}

fn say(form: &mut Form, faults: &[Fault]) {
    for fault in faults.iter().take(MOST_FAULTS) {
        form.error("file", fault.to_string());
    }
    if faults.len() > MOST_FAULTS {
        form.error("file", format!("and {} more rows or columns. Nothing was kept", faults.len() - MOST_FAULTS));
    }
}

fn line(read: &Read, before: Option<(f64, i64)>) -> Line {
    let words = |numerator: f64, denominator: i64| {
        let first = first_value(read.unit, numerator, denominator);
        let first = first.parse::<i64>().map_or(first, |number| grouped(&number));
        match read.unit {
            standards::Unit::PerCent => format!("{first} of {}", grouped(&denominator)),
            _ => format!("{first} on average, of {}", grouped(&denominator)),
        }
    };
    let what = match before {
        None => "New".to_owned(),
        Some((numerator, denominator))
            if denominator == read.figure.denominator && (numerator - read.figure.numerator).abs() < 1e-6 =>
        {
            "As it is".to_owned()
        }
        Some((numerator, denominator)) => format!("Replaces {}", words(numerator, denominator)),
    };
    Line {
        row: read.row,
        title: read.title.clone(),
        month: read.figure.month.to_string(),
        figure: words(read.figure.numerator, read.figure.denominator),
        what,
    }
}

fn preview(lines: Vec<Line>, text: String) -> Page {
    Page::staff("Check the figures", move || {
        let read = ui::counted(lines.len(), "row was read", "rows were read");
        let rows = lines.into_iter().map(|line| {
            view! {
                <tr>
                    <td class="ds-table__number">{line.row.to_string()}</td>
                    <th scope="row">{line.title}</th>
                    <td>{line.month}</td>
                    <td>{line.figure}</td>
                    <td>{line.what}</td>
                </tr>
            }
        });
        let rows = rows.collect_view();
        view! {
            <a class="govuk-back-link" href="/staff/performance/figures/upload">"Choose another file"</a>
            <h1 class="govuk-heading-l">"Check the figures"</h1>
            <p class="govuk-body">{format!("{read}. Nothing is kept until you press the button.")}</p>
            <div class="ds-scroll ds-scroll--tall" tabindex="0" role="region" aria-label="The figures of the file">
                <table class="ds-table">
                    <thead><tr>
                        <th scope="col" class="ds-table__number">"Row"</th>
                        <th scope="col">"Standard"</th>
                        <th scope="col">"Month"</th>
                        <th scope="col">"Figure"</th>
                        <th scope="col">"What it does"</th>
                    </tr></thead>
                    <tbody>{rows}</tbody>
                </table>
            </div>
            <form method="post" action="/staff/performance/figures/upload">
                {ui::carried("rows", text)}
                <button type="submit" class="govuk-button" name=ui::STEP value="keep">"Keep these figures"</button>
            </form>
        }
    })
}
