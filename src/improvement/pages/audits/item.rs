//! One report or plan that was drawn, and its three tests.

use leptos::prelude::*;

use super::parts::refusal;
use crate::clock;
use crate::improvement::activity::Activity;
use crate::improvement::audits::audit::{Audit, Head, Item, ItemId, NewTest, Test, Verdict, counting};
use crate::improvement::audits::record::{is_own, record};
use crate::improvement::audits::seen::{self, Seen, SeenPlan, SeenReport};
use crate::improvement::audits::store::{audits, verdicts};
use crate::improvement::pages::activity as activity_parts;
use crate::improvement::pages::parts::{Names, heading};
use crate::improvement::sign_off::SignOff;
use crate::permissions;
use crate::ui;
use crate::web::{Form, Page, PageError, Reply, Req};

struct Known {
    audit: Audit,
    item: Item,
    seen: Seen,
    tests: Vec<Test>,
    names: Names,
    may: bool,
    own: bool,
}

async fn load(req: &Req) -> Result<Known, PageError> {
    let mut tx = req.app.db.read().await?;
    let item = audits::find_item(&mut tx, req.id::<ItemId>("id")?).await?.filter(|item| item.place.is_some());
    let item = item.ok_or(PageError::NotFound)?;
    let audit = audits::find(&mut tx, item.audit_id).await?.ok_or(PageError::NotFound)?;
    let mut tests = verdicts::list(&mut tx, audit.id).await?;
    tests.retain(|test| test.item_id == item.id);
    Ok(Known {
        seen: seen::load(&mut tx, item.of.drawn, req.today()).await?,
        tests,
        names: Names::load(&mut tx).await?,
        may: permissions::may_post(req.viewer.role(), "/staff/improvement/audit-items/{id}") && audit.is_open(),
        own: is_own(&mut tx, &item, req.account()?.id).await?,
        audit,
        item,
    })
}

/// The box for the words of a test.
fn words_of(head: Head) -> String {
    format!("{}-words", head.code())
}

fn page(known: Known, form: Form) -> Page {
    let refused = form.clone();
    Page::staff(known.item.name(), move || {
        let label = format!("Audit of {}", known.audit.year);
        let shown = match &known.seen {
            Seen::Report(seen) => report(seen, &known.names),
            Seen::Plan(seen) => plan(seen),
        };
        let tests = match (known.may, known.own) {
            (true, false) => write(&known, &form),
            (true, true) => view! { <div class="govuk-inset-text">"You had a hand in this. Another auditor tests it."</div> {read(&known)} }.into_any(),
            (false, _) => read(&known),
        };
        let whole = known.item.of.drawn.href();
        view! {
            <a class="govuk-back-link" href=known.audit.href()>{label.clone()}</a>
            {ui::error_summary(&form)}
            {heading(format!("{label}: {}", known.item.of.drawn.kind().label()), known.item.of.title.clone())}
            <ul class="ds-actions"><li><a href=whole>"Read the whole of it"</a></li></ul>
            {shown}
            <section class="ds-section"><h2>"The three tests"</h2>{tests}</section>
            {history(&known)}
        }
    })
    .with_form(&refused)
}

fn report(seen: &SeenReport, names: &Names) -> AnyView {
    let report = &seen.report.report;
    let better = report.no_improvement.as_ref().map_or_else(
        || "Yes, the report says".to_owned(),
        |reason| format!("The report says that it cannot be measured: {reason}"),
    );
    let mut rows: Vec<(&str, AnyView)> = vec![
        ("What was done", ui::paragraphs(&report.action_taken)),
        ("Before", report.measured.before.clone().into_any()),
        ("After", report.measured.after.clone().into_any()),
    ];
    if !report.measured.moved.is_empty() {
        rows.push(("Movement", report.measured.moved.clone().into_any()));
    }
    if let Some(now) = &seen.now {
        rows.push(("The standard today", now.clone().into_any()));
    }
    rows.extend([
        ("Is it better?", better.into_any()),
        ("What residents say", ui::paragraphs(&report.resident_view)),
        (
            "Sent",
            format!("{}, by {}", clock::day_and_time(seen.report.written_at), names.of(seen.report.written_by))
                .into_any(),
        ),
    ]);
    if let Some(decided) = &seen.report.decided {
        let said = format!("{}, by {}", clock::day_and_time(decided.at), names.of(decided.by));
        rows.push((decided.decision.label(), said.into_any()));
    }
    rows.push(("What was learnt", ui::paragraphs(&report.lessons)));
    view! {
        {ui::facts(rows)}
        {activity_parts::involvement(&seen.activity.wording)}
        {activity_parts::proofs(&seen.evidence, names)}
    }
    .into_any()
}

fn plan(seen: &SeenPlan) -> AnyView {
    let looked = seen.versions.iter().filter(|one| one.is_review).count();
    let last = seen.versions.iter().find(|one| one.is_review).map(|one| clock::day_and_time(one.written_at));
    let facts = ui::facts(vec![
        (
            "Twelve months",
            format!("{} to {}", clock::day(seen.plan.starts_on), clock::day(seen.plan.ends_on())).into_any(),
        ),
        ("Version", format!("{} of {}", seen.version, seen.plan.versions).into_any()),
        ("Looked at as a whole", ui::counted(looked, "time", "times").into_any()),
        ("The last time", last.unwrap_or_else(|| "Never".to_owned()).into_any()),
    ]);
    let rows = seen.activities.iter().map(activity_row).collect();
    view! {
        {facts}
        {ui::stacked("Activities", &["Activity", "Target", "Before", "After", "Report"], rows)}
    }
    .into_any()
}

fn activity_row((activity, report): &(Activity, Option<SignOff>)) -> Vec<AnyView> {
    let (before, after) = match report {
        Some(one) => (one.report.measured.before.clone(), one.report.measured.after.clone()),
        None => (activity.wording.baseline.clone(), "Nothing is reported yet".to_owned()),
    };
    let standing = report.as_ref().map(|one| {
        let (code, word) = one.standing();
        view! { <a href=one.href()>{ui::status(code, word)}</a> }
    });
    vec![
        view! { <a href=activity.href()>{activity.wording.what.clone()}</a> }.into_any(),
        activity.wording.target.clone().into_any(),
        before.into_any(),
        after.into_any(),
        standing.into_any(),
    ]
}

fn write(known: &Known, form: &Form) -> AnyView {
    let boxes = Head::ALL.iter().map(|head| {
        view! {
            {ui::radios(form, head.code(), head.label(), Verdict::ALL.iter().map(|one| (one.code(), one.label()))).view()}
            {ui::textarea(form, &words_of(*head), format!("{} What shows it", head.label())).rows(3).view()}
        }
    });
    let boxes = boxes.collect_view();
    let open = Head::ALL.iter().filter(|head| counting(&known.tests, known.item.id, **head).is_none()).count();
    let said = match open {
        0 => "Each has a verdict. What you change is kept beside what stood there.".to_owned(),
        _ => format!(
            "{}. You can leave one open and come back to it.",
            ui::counted(open, "test is open", "tests are open")
        ),
    };
    view! {
        <p>{said}</p>
        <form method="post" novalidate>{boxes}{ui::button("Save the tests")}</form>
    }
    .into_any()
}

fn read(known: &Known) -> AnyView {
    let rows = Head::ALL.iter().map(|head| {
        let said = match counting(&known.tests, known.item.id, *head) {
            None => ui::status("not-started", "Open"),
            Some(test) => {
                view! { {ui::status(test.verdict.mark(), test.verdict.label())}{ui::paragraphs(&test.words)} }
                    .into_any()
            }
        };
        (head.label(), said)
    });
    ui::facts(rows.collect())
}

/// Every test as it was written, where one was written more than once.
fn history(known: &Known) -> Option<AnyView> {
    let again = |head: Head| known.tests.iter().filter(|test| test.head == head).count() > 1;
    let rows: Vec<AnyView> = known
        .tests
        .iter()
        .rev()
        .filter(|test| again(test.head))
        .map(|test| {
            let when = format!("{}, {}", clock::day_and_time(test.written_at), known.names.of(test.written_by));
            let what = format!("{} {}", test.head.label(), test.verdict.label());
            view! { <li><p class="ds-timeline__when">{when}</p><p class="ds-timeline__what">{what}</p>{ui::paragraphs(&test.words)}</li> }
                .into_any()
        })
        .collect();
    (!rows.is_empty()).then(|| {
        view! { <section class="ds-section"><h2>"Tests as they were written"</h2><ol class="ds-timeline">{rows}</ol></section> }
            .into_any()
    })
}

pub(in crate::improvement::pages) async fn get(req: Req) -> Result<Reply, PageError> {
    let known = load(&req).await?;
    let mut form = Form::default();
    for head in Head::ALL {
        if let Some(test) = counting(&known.tests, known.item.id, *head) {
            form.set(head.code(), test.verdict.code());
            form.set(&words_of(*head), &test.words);
        }
    }
    Ok(page(known, form).into())
}

/// The tests of the form that differ from those that count.
fn read_form(form: &mut Form, known: &Known) -> Vec<NewTest> {
    let mut new = Vec::new();
    for head in Head::ALL {
        let words = form.text(&words_of(*head), "What shows it", 3000);
        let given = !form.value(head.code()).is_empty();
        let verdict: Option<Verdict> = form.value(head.code()).parse().ok();
        match verdict {
            None if given || !words.is_empty() => form.error(head.code(), "Choose a verdict for your words"),
            None => {}
            Some(_) if words.is_empty() => form.error(&words_of(*head), "Say what shows it"),
            Some(verdict) => {
                let stands = counting(&known.tests, known.item.id, *head);
                if !stands.is_some_and(|test| test.verdict == verdict && test.words == words) {
                    new.push(NewTest { head: *head, verdict, words });
                }
            }
        }
    }
    if form.is_valid() && new.is_empty() {
        form.error(Head::Performance.code(), "Give a verdict, or change one");
    }
    new
}

pub(in crate::improvement::pages) async fn post(req: Req) -> Result<Reply, PageError> {
    let mut form = req.form();
    let known = load(&req).await?;
    let new = read_form(&mut form, &known);
    if form.is_valid() {
        let mut tx = req.app.db.write().await?;
        match record(&req.app, &mut tx, known.item.id, req.account()?.id, &new).await {
            Ok(()) => {
                let said: Vec<String> = new
                    .iter()
                    .map(|test| format!("{} {}: {}", test.head.label(), test.verdict.label(), test.words))
                    .collect();
                let object = format!("yearly audit {}, {}", known.audit.id, known.item.of.drawn.reference());
                req.audit(&mut tx, "tested for a yearly audit", &object, &said.join("\n")).await?;
                tx.commit().await?;
                return Ok(Reply::redirect(known.audit.href()).saying("The tests are saved."));
            }
            Err(error) => form.error(Head::Performance.code(), refusal(error)?),
        }
    }
    Ok(page(known, form).into())
}
