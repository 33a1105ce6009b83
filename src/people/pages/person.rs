//! One person's account: for an administrator also a new role, closing and opening.

use leptos::prelude::*;

use crate::clock;
use crate::people::hand_over::{self, ChangeError};
use crate::people::{Account, Role, store};
use crate::permissions;
use crate::thread::id::AccountId;
use crate::ui;
use crate::web::{Form, Page, PageError, Reply, Req};

async fn find(req: &Req) -> Result<Account, PageError> {
    let id: AccountId = req.id("id")?;
    let mut tx = req.app.db.read().await?;
    store::find(&mut tx, id).await?.ok_or(PageError::NotFound)
}

pub(super) async fn get(req: Req) -> Result<Reply, PageError> {
    let account = find(&req).await?;
    let form = Form::filled(&[("name", &account.name), ("role", account.role.code())]);
    Ok(page(&req, account, form).into())
}

fn page(req: &Req, account: Account, form: Form) -> Page {
    let may_change = permissions::may_post(req.viewer.role(), "/staff/people/{id}");
    let refused = form.clone();
    Page::staff(account.name.clone(), move || {
        let closed = account.deactivated_at;
        view! {
            <a class="govuk-back-link" href="/staff/people">"People"</a>
            {ui::error_summary(&form)}
            <h1 class="govuk-heading-l">{account.name.clone()}</h1>
            {ui::facts(vec![
                ("E-mail address", account.email.clone().into_any()),
                ("Account made", clock::day(clock::london_day(account.created_at)).into_any()),
                ("Role", account.role.label().into_any()),
                ("Password", if account.has_password { "Chosen" } else { "Not chosen yet" }.into_any()),
                ("Closed", closed.map_or("No".to_owned(), clock::day_and_time).into_any()),
            ])}
            {may_change.then(|| steps(&account, &form))}
        }
    })
    .with_form(&refused)
}

fn steps(account: &Account, form: &Form) -> AnyView {
    let here = format!("/staff/people/{}", account.id);
    let (step, label) = match account.deactivated_at {
        Some(_) => ("open", "Open this account again"),
        None => ("close", "Close this account"),
    };
    view! {
        <form method="post" action=here.clone() novalidate>
            {ui::text(form, "name", "Name").view()}
            {ui::select(form, "role", "Role", Role::ALL.map(|role| (role.code(), role.label())))}
            <button type="submit" class="govuk-button" name="step" value="change">"Save name and role"</button>
        </form>
        <h2 class="govuk-heading-m">{label}</h2>
        <p class="govuk-body">"A closed account cannot sign in, and is signed out everywhere at once. What the person did stays in the log. Actions they lead are listed on the plan for handing over."</p>
        <form method="post" action=here>
            <button type="submit" class="govuk-button govuk-button--warning" name="step" value=step>{label}</button>
        </form>
    }
    .into_any()
}

pub(super) async fn post(req: Req) -> Result<Reply, PageError> {
    let account = find(&req).await?;
    let mut form = req.form();
    let step = form.value("step").to_owned();
    let mut tx = req.app.db.write().await?;
    let done = match step.as_str() {
        "close" => hand_over::deactivate(&req.app, &mut tx, &req.actor(), &account).await,
        "open" => hand_over::reactivate(&req.app, &mut tx, &req.actor(), &account).await,
        _ => {
            let name = form.required("name", "The name", 80, "Enter the person's name");
            let Some(role) = form.choice::<Role>("role", "Choose a role").filter(|_| form.is_valid()) else {
                return Ok(page(&req, account, form).into());
            };
            hand_over::change(&req.app, &mut tx, &req.actor(), &account, &name, role).await
        }
    };
    match done {
        Ok(()) => {
            tx.commit().await?;
            Ok(Reply::redirect(format!("/staff/people/{}", account.id)).saying("Saved."))
        }
        Err(ChangeError::LastAdministrator) => {
            let mut form = if step == "change" {
                form
            } else {
                Form::filled(&[("name", &account.name), ("role", account.role.code())])
            };
            form.error("role", "This is the last administrator. Make somebody else an administrator first");
            Ok(page(&req, account, form).into())
        }
        Err(ChangeError::Internal(why)) => Err(PageError::Internal(why)),
    }
}
