//! What a resident's own account page has beside: their places in focus groups, the name they go by, and closing the account.

use chrono::{DateTime, Utc};
use leptos::prelude::*;

use crate::db::Tx;
use crate::focus_groups::mine::{self, Mine};
use crate::focus_groups::place::PlaceId;
use crate::people::hand_over::{self, ChangeError};
use crate::people::{Account, Role};
use crate::shell;
use crate::ui;
use crate::web::{Form, PageError, Reply, Req, cookie};

/// Everything that these parts show.
pub(super) struct Own {
    places: Vec<Mine>,
    phone: String,
    now: DateTime<Utc>,
}

/// What became of a form.
pub(super) enum Step {
    Done(Reply),
    Refused(Form),
    /// It is another form of the page.
    NotOurs(Form),
}

/// Loads the parts for a resident; none for anybody else. Fills in the name unless it was typed.
pub(super) async fn load(tx: &mut Tx, req: &Req, account: &Account, form: &mut Form) -> Result<Option<Own>, PageError> {
    if account.role != Role::Resident {
        return Ok(None);
    }
    if !form.fields().iter().any(|(field, _)| field == "name") {
        form.set("name", &account.name);
    }
    // A resident's account opens only by a link sent to its address, so that the address is theirs.
    let places = mine::list(tx, &account.email).await?;
    Ok(Some(Own { places, phone: req.landlord.phone.clone(), now: req.now() }))
}

impl Own {
    /// Their places, each with a way to its own page while something can be done there.
    pub fn places(&self) -> AnyView {
        let rows = self.places.iter().map(|mine| row(mine, self.now)).collect_view();
        let list = if self.places.is_empty() {
            view! { <p>"You have not signed up for a focus group with this e-mail address. "<a href="/have-your-say">"See what is open"</a></p> }.into_any()
        } else {
            view! { <ul class="ds-list">{rows}</ul> }.into_any()
        };
        view! { <h2 class="govuk-heading-m">"Your places in focus groups"</h2>{list} }.into_any()
    }

    /// The forms for the name and for closing the account.
    pub fn steps(&self, form: &Form) -> AnyView {
        let phone = if self.phone.is_empty() {
            "ask us".into_any()
        } else {
            view! { "phone us on "{shell::phone(&self.phone)} }.into_any()
        };
        view! {
            <h2 class="govuk-heading-m">"Change your name"</h2>
            <form method="post" action="/account" novalidate>
                {ui::text(form, "name", "Your name").autocomplete("name").view()}
                <button type="submit" class="govuk-button govuk-button--secondary" name=ui::STEP value="name">"Save my name"</button>
            </form>
            <h2 class="govuk-heading-m">"Close your account"</h2>
            <p>"You will be signed out everywhere and cannot sign in again. Your places in focus groups stay yours. If you want the account back, or your details erased, "{phone}"."</p>
            <form method="post" action="/account" novalidate>
                {ui::checkbox(form, "sure", "yes", "Yes, close my account")}
                <button type="submit" class="govuk-button govuk-button--warning" name=ui::STEP value="close">"Close my account"</button>
            </form>
        }
        .into_any()
    }
}

fn row(mine: &Mine, now: DateTime<Utc>) -> AnyView {
    let (title, slug) = (mine.group.title.clone(), mine.group.slug.clone());
    let open = mine.can_change(now).then(|| {
        view! {
            <form method="post" action="/account">
                {ui::carried("place", mine.place.id.to_string())}
                <button type="submit" class="ds-link-button" name=ui::STEP value="place">"See or change your place"<span class="govuk-visually-hidden">{format!(": {title}")}</span></button>
            </form>
        }
    });
    view! {
        <li>
            <div class="ds-list__main"><a href=format!("/focus-groups/{slug}")>{title.clone()}</a><p>{mine.group.when()}</p><p>{mine.standing(now)}</p></div>
            <div class="ds-list__aside">{open}</div>
        </li>
    }
    .into_any()
}

/// Takes the forms of these parts.
pub(super) async fn post(req: &Req, form: Form) -> Result<Step, PageError> {
    let account = req.account()?;
    match form.value("step") {
        "name" | "close" | "place" if account.role != Role::Resident => Err(PageError::Forbidden),
        "name" => rename(req, account, form).await,
        "close" => close(req, account, form).await,
        "place" => open(req, account, &form).await,
        _ => Ok(Step::NotOurs(form)),
    }
}

async fn rename(req: &Req, account: &Account, mut form: Form) -> Result<Step, PageError> {
    let name = form.required("name", "Your name", 80, "Enter your name");
    if !form.is_valid() {
        return Ok(Step::Refused(form));
    }
    let mut tx = req.app.db.write().await?;
    hand_over::rename(&req.app, &mut tx, &req.actor(), account, &name).await?;
    tx.commit().await?;
    Ok(Step::Done(Reply::redirect("/account").saying("Your name is saved.")))
}

async fn close(req: &Req, account: &Account, mut form: Form) -> Result<Step, PageError> {
    if !form.has("sure", "yes") {
        form.error("sure", "Tick the box if you want to close your account");
        return Ok(Step::Refused(form));
    }
    let mut tx = req.app.db.write().await?;
    match hand_over::deactivate(&req.app, &mut tx, &req.actor(), account).await {
        Ok(()) => tx.commit().await?,
        Err(ChangeError::Internal(why)) => return Err(PageError::Internal(why)),
        Err(ChangeError::LastAdministrator) => return Err(PageError::Forbidden),
    }
    let reply = Reply::redirect("/")
        .with_cookie(cookie::clear(&req.app.config, cookie::SESSION))
        .with_header("clear-site-data", "\"cache\"")
        .saying("Your account is closed.");
    Ok(Step::Done(reply))
}

/// Leads to the page of one of their places by a new private link, since earlier ones are kept only as digests.
async fn open(req: &Req, account: &Account, form: &Form) -> Result<Step, PageError> {
    let id: PlaceId = form.value("place").parse().map_err(|_| PageError::NotFound)?;
    let mut tx = req.app.db.write().await?;
    let path = mine::open(&req.app, &mut tx, &account.email, id).await?.ok_or(PageError::NotFound)?;
    req.audit(&mut tx, "opened their place", &format!("place {id}"), "").await?;
    tx.commit().await?;
    Ok(Step::Done(Reply::redirect(path)))
}
