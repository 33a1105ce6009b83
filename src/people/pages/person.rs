//! One person's account: for an administrator also a new role, closing and opening.

use leptos::prelude::*;

use crate::clock;
use crate::db::Tx;
use crate::people::hand_over::{self, ChangeError};
use crate::people::invite::invite_again;
use crate::people::{Account, Role, store};
use crate::permissions;
use crate::plans::needs::{ToHandOver, to_hand_over};
use crate::thread::id::AccountId;
use crate::ui;
use crate::web::{Form, Page, PageError, Reply, Req};

async fn find(req: &Req, tx: &mut Tx) -> Result<Account, PageError> {
    let id: AccountId = req.id("id")?;
    let account = store::find(tx, id).await?;
    account.filter(|account| super::may_know(req.viewer.role(), account)).ok_or(PageError::NotFound)
}

pub(super) async fn get(req: Req) -> Result<Reply, PageError> {
    let account = find(&req, &mut req.app.db.read().await?).await?;
    let form = as_it_is(&account);
    show(&req, account, form).await
}

/// The form for name and role as they are now.
fn as_it_is(account: &Account) -> Form {
    Form::filled(&[("name", &account.name), ("role", account.role.code())])
}

async fn show(req: &Req, account: Account, form: Form) -> Result<Reply, PageError> {
    let mut tx = req.app.db.read().await?;
    let good = store::list_with_open_link(&mut tx, req.now()).await?.contains(&account.id);
    let may_change = permissions::may_post(req.viewer.role(), "/staff/people/{id}");
    let gone = account.deactivated_at.is_some() && permissions::may_post(req.viewer.role(), "/staff/plan/leads/{id}");
    let left = if gone { to_hand_over(&mut tx, account.id, req.today()).await? } else { None };
    let refused = form.clone();
    Ok(Page::staff(account.name.clone(), move || {
        let closed = account.deactivated_at;
        let password = match (account.has_password, good) {
            (true, _) => "Chosen",
            (false, true) => "Not chosen yet",
            (false, false) if account.is_invited() => "Not chosen: the invitation has run out",
            (false, false) => "Not chosen",
        };
        view! {
            <a class="govuk-back-link" href="/staff/people">"People"</a>
            {ui::error_summary(&form)}
            <h1 class="govuk-heading-l">{account.name.clone()}</h1>
            {ui::facts(vec![
                ("E-mail address", account.email.clone().into_any()),
                ("Account made", clock::day(clock::london_day(account.created_at)).into_any()),
                ("Role", account.role.label().into_any()),
                ("Password", password.into_any()),
                ("Closed", closed.map_or("No".to_owned(), clock::day_and_time).into_any()),
            ])}
            {left.map(|left| view! { <p class="govuk-inset-text"><a class="govuk-link" href=left.href.clone()>{in_words(&left)}</a></p> })}
            {may_change.then(|| steps(&account, &form))}
        }
    })
    .with_form(&refused)
    .into())
}

fn in_words(left: &ToHandOver) -> String {
    let actions = ui::counted(left.actions, "unfinished action is", "unfinished actions are");
    format!("{actions} still theirs to lead: hand over to somebody else")
}

fn steps(account: &Account, form: &Form) -> AnyView {
    let here = format!("/staff/people/{}", account.id);
    let again = account.is_invited().then(|| {
        view! {
            <h2 class="govuk-heading-m">"Invitation"</h2>
            <p class="govuk-body">"The invitation has not been used. A new one has a new link, which works for seven days; no earlier link works after that."</p>
            <form method="post" action=here.clone()>
                <button type="submit" class="govuk-button govuk-button--secondary" name=ui::STEP value="invite">"Send the invitation again"</button>
            </form>
        }
    });
    let (step, label, sure) = match account.deactivated_at {
        Some(_) => ("open", "Open this account again", None),
        None => ("close", "Close this account", Some(ui::checkbox(form, "sure", "yes", "Yes, close this account"))),
    };
    view! {
        <form method="post" action=here.clone() novalidate>
            {ui::text(form, "name", "Name").view()}
            {ui::select(form, "role", "Role", Role::ALL.map(|role| (role.code(), role.label())))}
            <button type="submit" class="govuk-button" name=ui::STEP value="change">"Save name and role"</button>
        </form>
        {again}
        <h2 class="govuk-heading-m">{label}</h2>
        <p class="govuk-body">"A closed account cannot sign in, and is signed out everywhere at once. What the person did stays in the log. If they lead actions of the plan, this page then leads to where you hand them over."</p>
        <form method="post" action=here novalidate>
            {sure}
            <button type="submit" class="govuk-button govuk-button--warning" name=ui::STEP value=step>{label}</button>
        </form>
    }
    .into_any()
}

pub(super) async fn post(req: Req) -> Result<Reply, PageError> {
    let mut tx = req.app.db.write().await?;
    let account = find(&req, &mut tx).await?;
    let mut form = req.form();
    let step = form.value("step").to_owned();
    let done = match step.as_str() {
        "invite" => return send_again(&req, tx, &account).await,
        "close" if !form.has("sure", "yes") => {
            drop(tx);
            let mut form = as_it_is(&account);
            form.error("sure", "Tick the box if you want to close this account");
            return show(&req, account, form).await;
        }
        "close" => hand_over::deactivate(&req.app, &mut tx, &req.actor(), &account).await,
        "open" => hand_over::reactivate(&req.app, &mut tx, &req.actor(), &account).await,
        _ => {
            let name = form.required("name", "The name", 80, "Enter the person’s name");
            let Some(role) = form.choice::<Role>("role", "Choose a role").filter(|_| form.is_valid()) else {
                drop(tx);
                return show(&req, account, form).await;
            };
            hand_over::change(&req.app, &mut tx, &req.actor(), &account, &name, role).await
        }
    };
    match done {
        Ok(()) => {
            let left = if step == "close" { to_hand_over(&mut tx, account.id, req.today()).await? } else { None };
            tx.commit().await?;
            let said = match step.as_str() {
                "close" => format!("{} is signed out everywhere and can no longer sign in.", account.name),
                "open" => format!("{} can sign in again.", account.name),
                _ => "The name and role are saved.".to_owned(),
            };
            let said = left.map_or_else(|| said.clone(), |left| format!("{said} {}.", in_words(&left)));
            Ok(Reply::redirect(format!("/staff/people/{}", account.id)).saying(said))
        }
        Err(ChangeError::LastAdministrator) => {
            drop(tx);
            let mut form = if step == "change" { form } else { as_it_is(&account) };
            form.error("role", "This is the last administrator. Make somebody else an administrator first");
            show(&req, account, form).await
        }
        Err(ChangeError::Internal(why)) => Err(PageError::Internal(why)),
    }
}

async fn send_again(req: &Req, mut tx: Tx, account: &Account) -> Result<Reply, PageError> {
    let sent = invite_again(&req.app, &mut tx, &req.actor(), account.id).await?;
    let words = if sent {
        tx.commit().await?;
        format!("A new invitation is on its way to {}. Its link works for seven days.", account.email)
    } else {
        "Nothing was sent: there is no open invitation for this account.".to_owned()
    };
    Ok(Reply::redirect(format!("/staff/people/{}", account.id)).saying(words))
}
