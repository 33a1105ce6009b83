//! Everybody with a shopper's account, and whether they may be given a shop.

use leptos::prelude::*;

use crate::clock;
use crate::mystery_shopping::shopper::Standing;
use crate::mystery_shopping::store::{assignments, shoppers};
use crate::mystery_shopping::train;
use crate::people::invite::{InviteError, NewPerson, invite};
use crate::people::{self, Role};
use crate::ui;
use crate::web::{Form, Page, PageError, Reply, Req};

pub(super) async fn get(req: Req) -> Result<Reply, PageError> {
    show(&req, Form::default()).await
}

async fn show(req: &Req, form: Form) -> Result<Reply, PageError> {
    let today = req.today();
    let mut tx = req.app.db.read().await?;
    let accounts = people::store::list(&mut tx).await?;
    let records = shoppers::list(&mut tx).await?;
    let open = assignments::list_open(&mut tx).await?;
    drop(tx);
    let refused = form.clone();
    Ok(Page::staff("Shoppers and training", move || {
        let rows = accounts.into_iter().filter(|account| account.role == Role::Shopper).map(|account| {
            let record = records.iter().find(|record| record.account_id == account.id);
            let standing = record.map_or(Standing::Untrained, |record| record.standing(today)).label();
            let until = record.and_then(|record| record.trained_until).map_or("–".to_owned(), clock::day);
            let count = open.iter().filter(|assignment| assignment.account_id == account.id).count();
            let standing = if account.deactivated_at.is_some() { "Account closed" } else { standing };
            view! {
                <tr class="govuk-table__row">
                    <th scope="row" class="govuk-table__header"><a class="govuk-link" href=format!("/staff/mystery-shopping/shoppers/{}", account.id)>{account.name}</a></th>
                    <td class="govuk-table__cell">{standing}</td>
                    <td class="govuk-table__cell">{until}</td>
                    <td class="govuk-table__cell ds-table__number">{count}</td>
                </tr>
            }
        });
        let rows = rows.collect_view();
        view! {
            <a class="govuk-back-link" href="/staff/mystery-shopping">"Mystery shopping"</a>
            {ui::error_summary(&form)}
            <h1>"Shoppers and training"</h1>
            <p>"Only you who run the programme see this page. Service managers never learn who shops."</p>
            <div class="ds-scroll" tabindex="0" role="region" aria-label="Shoppers">
                <table class="govuk-table ds-table">
                    <thead><tr class="govuk-table__row">
                        <th scope="col" class="govuk-table__header">"Shopper"</th>
                        <th scope="col" class="govuk-table__header">"May be given a shop"</th>
                        <th scope="col" class="govuk-table__header">"Trained until"</th>
                        <th scope="col" class="govuk-table__header ds-table__number">"Open shops"</th>
                    </tr></thead>
                    <tbody>{rows}</tbody>
                </table>
            </div>
            <section class="ds-section">
                <h2>"Invite a shopper"</h2>
                <form method="post" action="/staff/mystery-shopping/shoppers" novalidate>
                    {ui::text(&form, "name", "Name").view()}
                    {ui::email(&form, "email", "E-mail address").autocomplete("off").view()}
                    {ui::button("Send the invitation")}
                </form>
            </section>
        }
    })
    .with_form(&refused)
    .into())
}

pub(super) async fn post(req: Req) -> Result<Reply, PageError> {
    let mut form = req.form();
    let name = form.required("name", "The name", 80, "Enter the person’s name");
    let email = form.email("email");
    if !form.is_valid() {
        return show(&req, form).await;
    }
    let mut tx = req.app.db.write().await?;
    let person = NewPerson { email: &email, name: &name, role: Role::Shopper };
    match invite(&req.app, &mut tx, &req.actor(), person).await {
        Ok(_) => {
            if let Some((account, _)) = people::store::find_by_email(&mut tx, &email).await? {
                train::register(&mut tx, req.now(), account.id).await?;
            }
            tx.commit().await?;
            Ok(Reply::redirect("/staff/mystery-shopping/shoppers")
                .saying(format!("{name} is invited. Record the agreement and the training before the first shop.")))
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
