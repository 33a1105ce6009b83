//! One home: how to reach the people in it, whether they may be contacted, and erasing who they are.

use leptos::prelude::*;

use crate::clock;
use crate::residents::forget;
use crate::residents::household::Household;
use crate::residents::store::households;
use crate::shell;
use crate::surveys::sample;
use crate::ui;
use crate::web::{Form, Page, PageError, Reply, Req};

async fn found(req: &Req) -> Result<Household, PageError> {
    let mut tx = req.app.db.read().await?;
    households::find(&mut tx, req.id("id")?).await?.ok_or(PageError::NotFound)
}

/// `/staff/homes/{id}`
pub(super) async fn get(req: Req) -> Result<Reply, PageError> {
    let home = found(&req).await?;
    show(&req, home, Form::default()).await
}

async fn show(req: &Req, home: Household, form: Form) -> Result<Reply, PageError> {
    let mut tx = req.app.db.read().await?;
    let asked = sample::asked_of(&mut tx, home.id).await?;
    let refused = form.clone();
    let page = Page::staff(format!("Home {}", home.reference), move || {
        let or_not = |words: &str| if words.is_empty() { "Not known".to_owned() } else { words.to_owned() };
        let number = |words: &str| if words.is_empty() { "Not known".into_any() } else { shell::phone(words) };
        let standing = match (&home.ended_on, home.no_contact.as_str()) {
            (Some(on), _) => format!("No longer listed since {}", clock::day(*on)),
            (None, "") => "May be contacted".to_owned(),
            (None, why) => format!("Do not contact: {why}"),
        };
        let asked = asked.iter().map(|(id, title, on)| {
            let words = format!(", drawn on {}", clock::day(*on));
            view! { <li><a href=format!("/staff/surveys/{id}/sample")>{title.clone()}</a>{words}</li> }
        });
        let asked: Vec<_> = asked.collect();
        let asked = if asked.is_empty() {
            "None yet".into_any()
        } else {
            view! { <ul class="ds-list">{asked}</ul> }.into_any()
        };
        let erase = home.erased_at.is_none().then(erase_form);
        view! {
            <a class="govuk-back-link" href="/staff/homes">"Homes"</a>
            {ui::error_summary(&form)}
            <div class="ds-heading"><h1><span class="ds-heading__caption">{format!("Home {}", home.reference)}</span>{home.shown_name()}</h1></div>
            {ui::facts(vec![
                ("Standing", standing.into_any()),
                ("E-mail address", or_not(&home.email).into_any()),
                ("Mobile number", number(&home.mobile)),
                ("Telephone number", number(&home.telephone)),
                ("Postal address", ui::paragraphs(&or_not(&home.address))),
                ("They prefer", home.preferred.map_or("Not said", |way| way.label()).into_any()),
                ("We reach them by", home.way().map_or("No way known", |way| way.label()).into_any()),
                ("Area", or_not(&home.area).into_any()),
                ("Tenure", or_not(&home.tenure).into_any()),
                ("Language", or_not(&home.language).into_any()),
                ("Surveys they were drawn for", asked),
            ])}
            <p class="ds-meta">"What stands here comes from the landlord’s list. To change it, change it there and bring the list again."</p>
            {contact_form(&form, &home)}
            {erase}
        }
    });
    Ok(page.with_form(&refused).into())
}

/// Whether anybody may write to them, with why not.
fn contact_form(form: &Form, home: &Household) -> AnyView {
    if home.erased_at.is_some() {
        return view! { <p>"Their details were erased, so nobody is contacted here."</p> }.into_any();
    }
    let lift = (!home.no_contact.is_empty()).then(|| {
        view! {
            <form method="post">
                <button type="submit" class="govuk-button govuk-button--secondary" name=ui::STEP value="lift">"They may be contacted again"</button>
            </form>
        }
    });
    let label = if home.no_contact.is_empty() { "Do not contact them" } else { "Save the reason" };
    view! {
        <section class="ds-section">
            <h2>"Do not contact"</h2>
            <p>"A home marked so is in no sample, gets no reminder and is not rung. A list can add the mark; only this page takes it away."</p>
            <form method="post" novalidate>
                {ui::text(form, "reason", "Why they must not be contacted").hint("Leave out anything about their health. “They asked us in May” is enough.").view()}
                <button type="submit" class="govuk-button" name=ui::STEP value="stop">{label}</button>
            </form>
            {lift}
        </section>
    }
    .into_any()
}

fn erase_form() -> AnyView {
    view! {
        <details class="govuk-details">
            <summary class="govuk-details__summary"><span class="govuk-details__summary-text">"Erase who they are and how to reach them"</span></summary>
            <div class="govuk-details__text">
                <p>"Name, addresses and numbers are emptied for good, with the e-mails we sent them. The reference, area and tenure stay, so that a later list does not bring them back and nobody asks them again. What they answered is not known to be theirs, so it stays."</p>
                <form method="post">
                    <button type="submit" class="govuk-button govuk-button--warning" name=ui::STEP value="erase">"Erase their details"</button>
                </form>
            </div>
        </details>
    }
    .into_any()
}

/// Marks, lifts the mark, or erases.
pub(super) async fn post(req: Req) -> Result<Reply, PageError> {
    let home = found(&req).await?;
    let mut form = req.form();
    let (id, at) = (home.id, format!("/staff/homes/{}", home.id));
    let object = format!("home/{id}");
    let mut tx = req.app.db.write().await?;
    let said = match form.value("step") {
        "erase" => {
            if !forget::erase(&mut tx, id, req.now()).await? {
                return Ok(Reply::redirect(at).noting("Their details were erased before"));
            }
            sample::forget(&mut tx, id).await?;
            req.audit(&mut tx, "erased the details of a home", &object, "").await?;
            tx.commit().await?;
            crate::db::guard::flush_erasure(&req.app.db).await?;
            return Ok(Reply::redirect(at).saying("Their details are erased"));
        }
        _ if home.erased_at.is_some() => return Ok(Reply::redirect(at)),
        "lift" => {
            households::set_no_contact(&mut tx, id, "").await?;
            req.audit(&mut tx, "lifted do-not-contact of a home", &object, "").await?;
            "They may be contacted again"
        }
        _ => {
            let reason = form.required("reason", "The reason", 200, "Say why they must not be contacted");
            if !form.is_valid() {
                drop(tx);
                return show(&req, home, form).await;
            }
            households::set_no_contact(&mut tx, id, &reason).await?;
            sample::stop(&mut tx, id).await?;
            req.audit(&mut tx, "marked a home do-not-contact", &object, "").await?;
            "They will not be contacted"
        }
    };
    tx.commit().await?;
    Ok(Reply::redirect(at).saying(said))
}
