//! Everybody with an account, and inviting somebody new.

use leptos::prelude::*;

use crate::people::invite::{InviteError, NewPerson, invite};
use crate::people::{Account, Role, store};
use crate::permissions;
use crate::ui;
use crate::ui::island::FilterRows;
use crate::web::{Form, Page, PageError, Reply, Req};

pub(super) async fn get(req: Req) -> Result<Reply, PageError> {
    show(&req, Form::default()).await
}

async fn show(req: &Req, form: Form) -> Result<Reply, PageError> {
    let mut tx = req.app.db.read().await?;
    let (accounts, kept): (Vec<Account>, Vec<Account>) =
        store::list(&mut tx).await?.into_iter().partition(|account| super::may_know(req.viewer.role(), account));
    let kept = kept.len();
    let good = store::list_with_open_link(&mut tx, req.now()).await?;
    let may_invite = permissions::may_post(req.viewer.role(), "/staff/people");
    let may_erase = permissions::may_read(req.viewer.role(), "/staff/erase-person");
    let refused = form.clone();
    Ok(Page::staff("People", move || {
        let rows = accounts.into_iter().map(|account| {
            let state = match (&account.deactivated_at, account.has_password) {
                (Some(_), _) => "Closed",
                (None, true) => "Active",
                (None, false) if good.contains(&account.id) => "Invited",
                (None, false) => "Invitation has run out",
            };
            let again = (may_invite && account.is_invited()).then(|| again(&account));
            view! {
                <tr class="govuk-table__row">
                    <th scope="row" class="govuk-table__header"><a class="govuk-link" href=format!("/staff/people/{}", account.id)>{account.name}</a></th>
                    <td class="govuk-table__cell">{account.email}</td>
                    <td class="govuk-table__cell">{account.role.label()}</td>
                    <td class="govuk-table__cell">{state}" "{again}</td>
                </tr>
            }
        });
        let rows = rows.collect_view();
        let kept = (kept > 0).then(|| {
            let shoppers = ui::counted(kept, "mystery shopper is", "mystery shoppers are");
            view! { <p class="govuk-body">{format!("{shoppers} not shown: who they are is for those who run the programme.")}</p> }
        });
        view! {
            {ui::error_summary(&form)}
            <h1 class="govuk-heading-l">"People"</h1>
            {kept}
            <FilterRows table="people".to_owned() label="Find a person".to_owned()/>
            <div class="ds-scroll" tabindex="0" role="region" aria-label="People">
                <table class="ds-table" id="people">
                    <thead><tr class="govuk-table__row">
                        <th scope="col" class="govuk-table__header">"Name"</th>
                        <th scope="col" class="govuk-table__header">"E-mail address"</th>
                        <th scope="col" class="govuk-table__header">"Role"</th>
                        <th scope="col" class="govuk-table__header">"Account"</th>
                    </tr></thead>
                    <tbody>{rows}</tbody>
                </table>
            </div>
            {may_invite.then(|| invitation(&form))}
            {may_erase.then(|| view! { <div class="ds-toolbar"><a href="/staff/erase-person">"Erase everything that is kept of a person"</a></div> })}
        }
    })
    .with_form(&refused)
    .into())
}

/// The way to a new link for somebody who has not used theirs.
fn again(account: &Account) -> AnyView {
    view! {
        <form method="post" action=format!("/staff/people/{}", account.id)>
            <button type="submit" class="ds-link-button" name=ui::STEP value="invite">"Send the invitation again"<span class="govuk-visually-hidden">" to "{account.name.clone()}</span></button>
        </form>
    }
    .into_any()
}

fn invitation(form: &Form) -> AnyView {
    let roles = std::iter::once(("", "Choose a role")).chain(Role::ALL.map(|role| (role.code(), role.label())));
    view! {
        <h2 class="govuk-heading-m">"Invite somebody"</h2>
        <form method="post" action="/staff/people" novalidate>
            {ui::text(form, "name", "Name").view()}
            {ui::email(form, "email", "E-mail address").autocomplete("off").view()}
            {ui::select(form, "role", "Role", roles)}
            {ui::button("Send the invitation")}
        </form>
    }
    .into_any()
}

pub(super) async fn post(req: Req) -> Result<Reply, PageError> {
    let mut form = req.form();
    let name = form.required("name", "The name", 80, "Enter the person’s name");
    let email = form.email("email");
    let role: Option<Role> = form.value("role").parse().ok();
    let Some(role) = role.filter(|_| form.is_valid()) else {
        if form.value("role").parse::<Role>().is_err() {
            form.error("role", "Choose a role");
        }
        return show(&req, form).await;
    };
    let mut tx = req.app.db.write().await?;
    let person = NewPerson { email: &email, name: &name, role };
    match invite(&req.app, &mut tx, &req.actor(), person).await {
        Ok(_) => {
            tx.commit().await?;
            Ok(Reply::redirect("/staff/people").saying(format!("{name} is invited. The link works for seven days.")))
        }
        Err(InviteError::Internal(error)) => Err(error.into()),
        Err(refusal) => {
            drop(tx);
            form.error(
                "email",
                match refusal {
                    InviteError::Taken => "There is an account with that e-mail address already",
                    _ => "Enter an e-mail address in the right form, like name@example.org",
                },
            );
            show(&req, form).await
        }
    }
}
