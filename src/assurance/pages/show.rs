//! One requirement: its evidence with who, when and how strong, who answers for it, and the bundle for an inspection.

use chrono::NaiveDate;
use leptos::prelude::*;

use crate::assurance::attach::{appoint, withdraw};
use crate::assurance::bundle::{self, BundleError};
use crate::assurance::evidence::{Evidence, EvidenceId};
use crate::assurance::map::Map;
use crate::assurance::requirement::{self, Group, Requirement, Set};
use crate::assurance::source::Source;
use crate::assurance::stands;
use crate::improvement::owner::can_lead;
use crate::people::{self, Account};
use crate::thread::id::AccountId;
use crate::ui;
use crate::web::{Form, Page, PageError, Reply, Req};
use crate::{clock, files, permissions};

/// The requirement that the path names, with its set and group.
pub(super) fn found(req: &Req) -> Result<(&'static Set, &'static Group, &'static Requirement), PageError> {
    requirement::find(req.param("code")?).ok_or(PageError::NotFound)
}

/// A piece of evidence with where it leads: the words of the link, and the page.
struct Piece {
    evidence: Evidence,
    leads: Option<(String, String)>,
}

async fn page(req: &Req, form: Form) -> Result<Reply, PageError> {
    let (set, group, requirement) = found(req)?;
    let today = req.today();
    let mut tx = req.app.db.read().await?;
    let map = Map::load(&mut tx, today).await?;
    let staff = people::store::list(&mut tx).await?;
    let mut pieces = Vec::new();
    for one in map.evidence(&requirement.code) {
        let leads = match (Source::from_code(&one.record), &one.file_id) {
            (Some(source), _) => stands::read(&mut tx, source, today).await?.map(|stands| (stands.title, stands.href)),
            (None, Some(_)) => {
                Some(("Download the file".to_owned(), format!("{}/files/{}", requirement.href(), one.id)))
            }
            (None, None) => Some((one.address.clone(), one.address.clone())),
        };
        pieces.push(Piece { evidence: one.clone(), leads });
    }
    let may = permissions::may_post(req.viewer.role(), "/staff/assurance/{code}");
    let refused = form.clone();
    Ok(Page::staff(format!("{}: evidence", requirement.label), move || {
        let standing = map.standing(requirement);
        let owner = map.owner(&requirement.code);
        let name = |id: AccountId| staff.iter().find(|one| one.id == id).map(|one| one.name.clone()).unwrap_or_default();
        let (gone, held): (Vec<_>, Vec<_>) = pieces.iter().partition(|one| one.evidence.withdrawn_at.is_some());
        let held = if held.is_empty() {
            view! { <div class="ds-empty"><p>"Nothing is attached yet."</p></div> }.into_any()
        } else {
            let rows = held.iter().map(|one| row(one, &name, today, may.then_some(&form))).collect_view();
            view! { <ul class="ds-list">{rows}</ul> }.into_any()
        };
        let gone = (!gone.is_empty()).then(|| {
            let rows = gone.iter().map(|one| row(one, &name, today, None)).collect_view();
            view! { <section class="ds-section"><h2>"Withdrawn"</h2><ul class="ds-list">{rows}</ul></section> }
        });
        let attach = may.then(|| ui::link_button("Attach evidence", format!("{}/evidence", requirement.href())));
        view! {
            <a class="govuk-back-link" href="/staff/assurance">"Assurance map"</a>
            {ui::error_summary(&form)}
            <div class="ds-heading"><h1><span class="ds-heading__caption">{group.title.clone()}</span>{requirement.label.clone()}</h1>
                <p class="ds-lead">{requirement.words.clone()}</p></div>
            <p>{ui::status(standing.mark(), standing.label())}</p>
            {ui::facts(vec![
                ("Who answers for it", owner.map_or("Nobody yet".to_owned(), name).into_any()),
                ("From", format!("{}, version {}. {}", set.title, set.version, set.provenance).into_any()),
            ])}
            <section class="ds-section"><h2>"Evidence"</h2>{held}{attach}</section>
            {gone}
            <section class="ds-section"><h2>"For an inspection"</h2>
                <p>"A ZIP with an index page, every record as it stands, the files, and a list of hashes. Names of residents are taken out of what Doorstep writes; files go in as they were attached, so look through them before you send it."</p>
                {ui::link_button("Download the ZIP", format!("{}/bundle", requirement.href()))}
            </section>
            {may.then(|| answers(&form, &staff, owner))}
        }
    })
    .with_form(&refused)
    .into())
}

fn row(piece: &Piece, name: &impl Fn(AccountId) -> String, today: NaiveDate, form: Option<&Form>) -> AnyView {
    let one = &piece.evidence;
    let old = (one.withdrawn_at.is_none() && one.is_old(today)).then(|| ui::status("late", "Older than 12 months"));
    let leads = match &piece.leads {
        Some((words, href)) => view! { <p><a href=href.clone()>{words.clone()}</a></p> }.into_any(),
        None => view! { <p>"The record is no longer there."</p> }.into_any(),
    };
    let when = format!(
        "{}. Of {}, attached by {} on {}",
        one.strength.label(),
        clock::day(one.dated_on),
        name(one.attached_by),
        clock::day_and_time(one.attached_at)
    );
    let reason =
        (!one.withdrawn_reason.is_empty()).then(|| view! { <p>{format!("Withdrawn: {}", one.withdrawn_reason)}</p> });
    let form = form.map(|form| {
        // Each piece has a box of its own, so that every id stands once.
        let field = format!("reason-{}", one.id);
        view! {
            <details class="govuk-details" open=form.error_of(&field).is_some()><summary class="govuk-details__summary"><span class="govuk-details__summary-text">"Withdraw it"</span></summary>
                <form method="post" novalidate class="govuk-details__text">
                    {ui::carried("evidence", one.id.to_string())}
                    {ui::text(form, &field, "Why it no longer counts").view()}
                    <button type="submit" class="govuk-button govuk-button--secondary" name=ui::STEP value="withdraw">"Withdraw"<span class="govuk-visually-hidden">{format!(" {}", one.title)}</span></button>
                </form>
            </details>
        }
    });
    view! { <li><div class="ds-list__main"><strong>{one.title.clone()}</strong>{leads}<p class="ds-meta">{when}</p>{reason}{form}</div><div class="ds-list__aside">{old}</div></li> }
        .into_any()
}

/// Who answers for the requirement, to be changed.
fn answers(form: &Form, staff: &[Account], owner: Option<AccountId>) -> AnyView {
    let mut form = form.clone();
    if form.value("owner").is_empty() {
        form.set("owner", &owner.map(|id| id.to_string()).unwrap_or_default());
    }
    let choices = std::iter::once((String::new(), "Nobody yet".to_owned())).chain(
        staff
            .iter()
            .filter(|one| can_lead(one))
            .map(|one| (one.id.to_string(), format!("{}, {}", one.name, one.role.label()))),
    );
    view! {
        <section class="ds-section"><h2>"Who answers for it"</h2>
            <form method="post" novalidate>
                {ui::select(&form, "owner", "Who answers for it", choices)}
                <button type="submit" class="govuk-button" name=ui::STEP value="appoint">"Save"</button>
            </form>
        </section>
    }
    .into_any()
}

pub(super) async fn get(req: Req) -> Result<Reply, PageError> {
    page(&req, Form::default()).await
}

pub(super) async fn post(req: Req) -> Result<Reply, PageError> {
    let (_, _, requirement) = found(&req)?;
    let (mut form, by) = (req.form(), req.account()?.id);
    let mut tx = req.app.db.write().await?;
    let done = match req.form().value("step") {
        "appoint" => {
            let wanted = form.value("owner").to_owned();
            let staff = people::store::list(&mut tx).await?;
            let owner = staff.iter().find(|one| one.id.to_string() == wanted && can_lead(one));
            if owner.is_none() && !wanted.is_empty() {
                form.error("owner", "Choose one from the list");
                None
            } else {
                appoint(&req.app, &mut tx, requirement, owner.map(|one| one.id), by).await?;
                let whom = owner.map_or("nobody".to_owned(), |one| format!("account {}", one.id));
                Some(("said who answers for a requirement", whom, "Saved."))
            }
        }
        "withdraw" => {
            let id: EvidenceId = form.value("evidence").parse().map_err(|_| PageError::NotFound)?;
            let field = format!("reason-{id}");
            let reason = form.required(&field, "The reason", 500, "Say why it no longer counts");
            if form.is_valid() && !withdraw(&req.app, &mut tx, (requirement, id), by, &reason).await? {
                form.error(&field, "It is withdrawn already. See how it stands now");
            }
            let told = "Withdrawn. It stays in the record with the reason.";
            form.is_valid().then_some(("withdrew evidence for a requirement", reason, told))
        }
        _ => {
            form.error("owner", "Choose what to do with one of the buttons");
            None
        }
    };
    let Some((action, detail, words)) = done else {
        drop(tx);
        return page(&req, form).await;
    };
    req.audit(&mut tx, action, &format!("requirement {}", requirement.code), &detail).await?;
    tx.commit().await?;
    Ok(Reply::redirect(requirement.href()).saying(words))
}

/// The file of a piece of evidence.
pub(super) async fn file(req: Req) -> Result<Reply, PageError> {
    let (_, _, requirement) = found(&req)?;
    let id: EvidenceId = req.id("id")?;
    let mut tx = req.app.db.read().await?;
    let map = Map::load(&mut tx, req.today()).await?;
    let one = map.evidence(&requirement.code).iter().find(|one| one.id == id).ok_or(PageError::NotFound)?;
    let file = one.file_id.as_deref().ok_or(PageError::NotFound)?;
    let file = files::find(&mut tx, file).await?.ok_or(PageError::NotFound)?;
    let bytes = files::read(&req.app, &file).await.ok_or(PageError::NotFound)?;
    Ok(Reply::download(&file.name, &file.content_type, bytes))
}

/// The requirement for an inspection, as one file.
pub(super) async fn bundle(req: Req) -> Result<Reply, PageError> {
    let whole = found(&req)?;
    let mut tx = req.app.db.read().await?;
    match bundle::make(&req.app, &mut tx, whole, req.today()).await {
        Ok((name, bytes)) => Ok(Reply::download(&name, "application/zip", bytes)),
        Err(BundleError::Internal(error)) => Err(error.into()),
        Err(other) => Err(PageError::Internal(other.to_string())),
    }
}
