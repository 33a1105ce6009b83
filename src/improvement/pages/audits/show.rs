//! One audit: how it was drawn, how far its tests are, what was found, what became of earlier audits, and ending it.

use leptos::prelude::*;

use super::parts::{audit_of, findings_list, refusal};
use crate::clock;
use crate::exchange::csv;
use crate::improvement::audits::audit::{Assurance, Audit, Head, Item, Kind, Test, counting, open_tests};
use crate::improvement::audits::bundle::population;
use crate::improvement::audits::finding::{Progress, Whole};
use crate::improvement::audits::finish::{finish, take_back};
use crate::improvement::audits::store::{audits, findings, verdicts};
use crate::improvement::pages::parts::{Names, back, empty, heading};
use crate::permissions;
use crate::ui;
use crate::web::{Form, Page, PageError, Reply, Req};

/// Everything the page says.
struct Known {
    audit: Audit,
    items: Vec<Item>,
    tests: Vec<Test>,
    findings: Vec<Whole>,
    /// What earlier audits recommended and no auditor has seen done.
    earlier: Vec<(Audit, Whole)>,
    names: Names,
    may: bool,
}

async fn load(req: &Req) -> Result<Known, PageError> {
    let mut tx = req.app.db.read().await?;
    let audit = audit_of(req, &mut tx).await?;
    let mut earlier = Vec::new();
    let others = audits::list(&mut tx).await?;
    for other in others.into_iter().filter(|other| other.finished_at.is_some() && other.year < audit.year) {
        for whole in findings::list_whole(&mut tx, other.id).await? {
            if whole.finding.struck_at.is_none() && whole.progress() != Some(Progress::Done) {
                earlier.push((other.clone(), whole));
            }
        }
    }
    Ok(Known {
        items: audits::list_items(&mut tx, audit.id).await?,
        tests: verdicts::list(&mut tx, audit.id).await?,
        findings: findings::list_whole(&mut tx, audit.id).await?,
        earlier,
        names: Names::load(&mut tx).await?,
        may: permissions::may_post(req.viewer.role(), "/staff/improvement/audits/{id}"),
        audit,
    })
}

async fn page(req: &Req, form: Form) -> Result<Reply, PageError> {
    let known = load(req).await?;
    let refused = form.clone();
    Ok(Page::staff(format!("Audit of {}", known.audit.year), move || {
        let audit = &known.audit;
        let (code, word) = audit.standing();
        let here = audit.href();
        let add = (known.may && audit.is_open()).then(|| ui::link_button("Write a finding", format!("{here}/finding")));
        let found = if known.findings.is_empty() {
            empty("Nothing is written yet. A finding says what was found and what is recommended.")
        } else {
            findings_list(&known.findings)
        };
        view! {
            {back("/staff/improvement/audits", "Yearly audits")}
            {ui::error_summary(&form)}
            {heading("Yearly audit", format!("Audit of {}", audit.year))}
            <p>{ui::status(code, word)}</p>
            {ended(&known)}
            {takings(audit)}
            {drawn(&known)}
            <section class="ds-section"><h2>"Findings"</h2>{found}{add}</section>
            {earlier(&known)}
            {(known.may && audit.is_open()).then(|| ending(&known, &form))}
        }
    })
    .with_form(&refused)
    .into())
}

fn ended(known: &Known) -> Option<AnyView> {
    let audit = &known.audit;
    if let Some(at) = audit.withdrawn_at {
        let said = format!("Taken back on {}: {}", clock::day_and_time(at), audit.withdrawn_reason);
        return Some(view! { <div class="govuk-inset-text">{said}</div> }.into_any());
    }
    let (at, by) = audit.finished_at.zip(audit.finished_by)?;
    let said = format!("Finished on {} by {}. It is never changed.", clock::day_and_time(at), known.names.of(by));
    Some(
        view! { <div class="govuk-inset-text">{ui::paragraphs(&audit.conclusion)}<p class="ds-meta">{said}</p></div> }
            .into_any(),
    )
}

/// What can be taken out of it.
fn takings(audit: &Audit) -> Option<AnyView> {
    let here = audit.href();
    let links = view! {
        <ul class="ds-actions">
            <li><a href=format!("{here}/bundle.zip")>"Evidence bundle (ZIP)"</a></li>
            <li><a href=format!("{here}/evidence")>"Files of the bundle"</a></li>
        </ul>
    };
    audit.withdrawn_at.is_none().then(|| links.into_any())
}

/// How the sample was drawn, and the tests of each one drawn.
fn drawn(known: &Known) -> AnyView {
    let audit = &known.audit;
    let size = |kind: Kind| {
        let of = known.items.iter().filter(|item| item.of.drawn.kind() == kind);
        let (all, drawn) = (of.clone().count(), of.filter(|item| item.place.is_some()).count());
        format!("{drawn} of {all}")
    };
    let facts = ui::facts(vec![
        ("What it looks at", ui::paragraphs(&audit.scope)),
        (
            "Opened",
            format!("{}, by {}", clock::day_and_time(audit.opened_at), known.names.of(audit.opened_by)).into_any(),
        ),
        ("Sign-off reports drawn", size(Kind::Report).into_any()),
        ("Plans drawn", size(Kind::Plan).into_any()),
        ("How", audit.strata.label().into_any()),
        ("Seed", audit.seed.clone().into_any()),
    ]);
    let rows = known.items.iter().filter(|item| item.place.is_some()).map(|item| {
        let verdicts = Head::ALL.iter().map(|head| {
            let test = counting(&known.tests, item.id, *head);
            let mark = test.map_or(("not-started", "Open"), |test| (test.verdict.mark(), test.verdict.label()));
            ui::status(mark.0, mark.1)
        });
        let name = view! { <a href=item.href()>{item.name()}</a> }.into_any();
        [name, item.of.stratum.clone().into_any()].into_iter().chain(verdicts).collect()
    });
    let heads = ["Drawn", "Group", "Performance better?", "Standards kept?", "Prospects excellent?"];
    let again = format!("{}/population.csv", audit.href());
    view! {
        {facts}
        <section class="ds-section"><h2>"The sample"</h2>
            {ui::stacked("The sample", &heads, rows.collect())}
            <p>"Within each group they stand in the order of the SHA-256 of the seed, a colon and the reference; the first of them are drawn. Places are shared out in proportion to the size of each group, those left over to the largest remainders. "<a href=again>"All that could be drawn (CSV)"</a></p>
        </section>
    }
    .into_any()
}

fn earlier(known: &Known) -> Option<AnyView> {
    if known.earlier.is_empty() {
        return None;
    }
    let rows = known.earlier.iter().map(|(audit, whole)| {
        let (code, word) = whole.standing();
        let name = format!("{}, {}. {}", audit.year, whole.finding.number, whole.finding.short(120));
        view! {
            <li><div class="ds-list__main"><a href=whole.finding.href()>{name}</a></div>
            <div class="ds-list__aside">{ui::status(code, word)}</div></li>
        }
    });
    let rows = rows.collect_view();
    Some(view! { <section class="ds-section"><h2>"Recommendations of earlier audits"</h2><p>"Not seen done yet. Open one to write down how far it is."</p><ul class="ds-list">{rows}</ul></section> }.into_any())
}

fn ending(known: &Known, form: &Form) -> AnyView {
    let open = open_tests(&known.items, &known.tests);
    let said = match open {
        0 => "Every test has a verdict.".to_owned(),
        _ => format!("It can be finished once every test has a verdict: {}.", ui::counted(open, "is open", "are open")),
    };
    view! {
        <section class="ds-section"><h2>"Finish the audit"</h2>
            <p>{said}" From then on it is never changed, and management answers each finding."</p>
            <form method="post" novalidate>
                {ui::radios(form, "assurance", "How far you vouch for the year", Assurance::ALL.iter().map(|one| (one.code(), one.label()))).view()}
                {ui::textarea(form, "conclusion", "Your conclusion").rows(4).view()}
                <button type="submit" class="govuk-button" id="step" name=ui::STEP value="finish">"Finish it"</button>
            </form>
        </section>
        <section class="ds-section"><h2>"Begin again?"</h2>
            <form method="post" novalidate>
                {ui::textarea(form, "reason", "Why it is taken back").hint("It stays on record with its draw, and the year can be audited anew").rows(2).view()}
                <button type="submit" class="govuk-button govuk-button--secondary" name=ui::STEP value="take-back">"Take it back"</button>
            </form>
        </section>
    }
    .into_any()
}

pub(in crate::improvement::pages) async fn get(req: Req) -> Result<Reply, PageError> {
    page(&req, Form::default()).await
}

pub(in crate::improvement::pages) async fn post(req: Req) -> Result<Reply, PageError> {
    let mut form = req.form();
    let mut tx = req.app.db.write().await?;
    let audit = audit_of(&req, &mut tx).await?;
    let (object, by) = (format!("yearly audit {}", audit.id), req.account()?.id);
    let step = form.value("step").to_owned();
    let done = match step.as_str() {
        "finish" => {
            let assurance = form.choice::<Assurance>("assurance", "Say how far you vouch for the year");
            let words = form.required("conclusion", "Your conclusion", 5000, "Write your conclusion");
            match assurance.filter(|_| form.is_valid()) {
                Some(assurance) => {
                    let done = finish(&req.app, &mut tx, audit.id, by, assurance, &words).await;
                    Some(
                        done.map(|()| ("finished a yearly audit", words, "Finished. Management answers each finding.")),
                    )
                }
                None => None,
            }
        }
        "take-back" => {
            let reason = form.required("reason", "The reason", 1000, "Say why it is taken back");
            if form.is_valid() {
                let done = take_back(&req.app, &mut tx, audit.id, &reason).await;
                Some(done.map(|()| ("took back a yearly audit", reason, "Taken back. The year can be audited anew.")))
            } else {
                None
            }
        }
        _ => {
            form.error("step", "Choose what to do with one of the buttons");
            None
        }
    };
    match done {
        Some(Ok((action, detail, said))) => {
            req.audit(&mut tx, action, &object, &detail).await?;
            tx.commit().await?;
            return Ok(Reply::redirect(audit.href()).saying(said));
        }
        Some(Err(error)) => form.error("step", refusal(error)?),
        None => {}
    }
    drop(tx);
    page(&req, form).await
}

/// All that could be drawn, for whoever wants to draw it again.
pub(in crate::improvement::pages) async fn population_csv(req: Req) -> Result<Reply, PageError> {
    let mut tx = req.app.db.read().await?;
    let audit = audit_of(&req, &mut tx).await?;
    let items = audits::list_items(&mut tx, audit.id).await?;
    let name = format!("audit-{}-population.csv", audit.year.0);
    Ok(Reply::download(&name, csv::CONTENT_TYPE, csv::write(population(&audit, &items))))
}
