//! Giving a shop to a shopper, and the shops that are open.

use leptos::prelude::*;

use crate::clock;
use crate::mystery_shopping::assign::{AssignError, DAYS_BETWEEN, LONGEST_WINDOW, MOST_OPEN, NewAssignment, assign};
use crate::mystery_shopping::assignment::Assignment;
use crate::mystery_shopping::key::{AssignmentId, ScenarioVersionId};
use crate::mystery_shopping::respond::{self, RespondError};
use crate::mystery_shopping::shopper::Standing;
use crate::mystery_shopping::store::{assignments, scenarios, shoppers};
use crate::people::{self, Account, Role};
use crate::thread::id::AccountId;
use crate::ui;
use crate::web::{Form, Page, PageError, Reply, Req};

const HERE: &str = "/staff/mystery-shopping/assign";

pub(super) async fn get(req: Req) -> Result<Reply, PageError> {
    let mut form = Form::default();
    form.set_day("from", Some(req.today()));
    form.set_day("to", Some(req.today() + chrono::TimeDelta::days(14)));
    show(&req, form).await
}

async fn show(req: &Req, form: Form) -> Result<Reply, PageError> {
    let today = req.today();
    let mut tx = req.app.db.read().await?;
    let scenarios = scenarios::list(&mut tx).await?;
    let accounts = people::store::list(&mut tx).await?;
    let records = shoppers::list(&mut tx).await?;
    let open = assignments::list_open(&mut tx).await?;
    let declined = assignments::list_declined(&mut tx, req.now() - chrono::TimeDelta::days(60)).await?;
    drop(tx);
    let name = move |accounts: &[Account], id: AccountId| {
        accounts.iter().find(|account| account.id == id).map_or_else(String::new, |account| account.name.clone())
    };
    let refused = form.clone();
    Ok(Page::staff("Give a shop", move || {
        let to_choose = scenarios.iter().filter(|scenario| scenario.retired_at.is_none());
        let to_choose = std::iter::once((String::new(), "Choose a scenario".to_owned()))
            .chain(to_choose.map(|scenario| (scenario.version.to_string(), scenario.title.clone())));
        let people = accounts.iter().filter(|account| account.role == Role::Shopper && account.deactivated_at.is_none());
        let people = people.map(|account| {
            let record = records.iter().find(|record| record.account_id == account.id);
            let label = match record.map_or(Standing::Untrained, |record| record.standing(today)) {
                Standing::Ready => account.name.clone(),
                standing => format!("{} ({})", account.name, standing.label().to_lowercase()),
            };
            (account.id.to_string(), label)
        });
        let people = std::iter::once((String::new(), "Choose a shopper".to_owned())).chain(people);
        let open_rows = open.iter().map(|shop| row(shop, &name(&accounts, shop.account_id), true)).collect_view();
        let declined_rows = declined.iter().map(|shop| row(shop, &name(&accounts, shop.account_id), false)).collect_view();
        view! {
            <a class="govuk-back-link" href="/staff/mystery-shopping">"Mystery shopping"</a>
            {ui::error_summary(&form)}
            <h1>"Give a shop"</h1>
            <form method="post" action=HERE novalidate>
                {ui::select(&form, "scenario", "Scenario", to_choose)}
                {ui::select(&form, "shopper", "Shopper", people)}
                {ui::day(&form, "from", "First day", "")}
                {ui::day(&form, "to", "Last day", &format!("At most {LONGEST_WINDOW} days after the first"))}
                {ui::textarea(&form, "note", "For this shop alone, if anything").hint("For example: phone between 8 and 10 in the morning, or which block to look at").rows(3).view()}
                {ui::button("Give the shop")}
            </form>
            {table("Open shops", open.is_empty(), open_rows)}
            {table("Declined in the last 60 days", declined.is_empty(), declined_rows)}
        }
    })
    .with_form(&refused)
    .into())
}

fn table(title: &'static str, is_empty: bool, rows: Vec<AnyView>) -> AnyView {
    if is_empty {
        return view! { <section class="ds-section"><h2>{title}</h2><p>"None."</p></section> }.into_any();
    }
    view! {
        <section class="ds-section">
            <h2>{title}</h2>
            <div class="ds-scroll" tabindex="0" role="region" aria-label=title>
                <table class="govuk-table ds-table">
                    <thead><tr class="govuk-table__row">
                        <th scope="col" class="govuk-table__header">"Shop"</th>
                        <th scope="col" class="govuk-table__header">"Shopper"</th>
                        <th scope="col" class="govuk-table__header">"Days"</th>
                        <th scope="col" class="govuk-table__header">"State"</th>
                        <th scope="col" class="govuk-table__header">"Change"</th>
                    </tr></thead>
                    <tbody>{rows}</tbody>
                </table>
            </div>
        </section>
    }
    .into_any()
}

fn row(shop: &Assignment, name: &str, may_cancel: bool) -> AnyView {
    let cancel = may_cancel.then(|| {
        view! {
            <form method="post" action=HERE>
                {ui::carried("cancel", shop.assignment_id.to_string())}
                <button type="submit" class="ds-link-button">"Take it back"<span class="govuk-visually-hidden">{format!(" from {name}: {}", shop.title)}</span></button>
            </form>
        }
    });
    let why = (!shop.decline_reason.is_empty()).then(|| format!(": {}", shop.decline_reason));
    view! {
        <tr class="govuk-table__row">
            <th scope="row" class="govuk-table__header">{shop.title.clone()}</th>
            <td class="govuk-table__cell">{name.to_owned()}</td>
            <td class="govuk-table__cell">{shop.window()}</td>
            <td class="govuk-table__cell">{shop.stage().staff_label()}{why}</td>
            <td class="govuk-table__cell">{cancel.map_or_else(|| "–".into_any(), IntoAny::into_any)}</td>
        </tr>
    }
    .into_any()
}

pub(super) async fn post(req: Req) -> Result<Reply, PageError> {
    let mut form = req.form();
    if !form.value("cancel").is_empty() {
        return cancel(&req, &form).await;
    }
    let scenario: Option<ScenarioVersionId> = form.choice("scenario", "Choose a scenario");
    let shopper: Option<AccountId> = form.choice("shopper", "Choose a shopper");
    let from = form.day("from", "The first day");
    let to = form.day("to", "The last day");
    let note = form.text("note", "The note", 1000);
    let whole = scenario.zip(shopper).zip(from.zip(to)).filter(|_| form.is_valid());
    let Some(((scenario_version, shopper), (opens_on, closes_on))) = whole else { return show(&req, form).await };
    let new = NewAssignment { scenario_version, opens_on, closes_on, note };
    let mut tx = req.app.db.write().await?;
    let Some(account) = people::store::find(&mut tx, shopper).await? else {
        drop(tx);
        form.error("shopper", "Choose a shopper");
        return show(&req, form).await;
    };
    match assign(&mut tx, req.now(), &req.app.config.base_url, &req.landlord, &account, &new).await {
        Ok(id) => {
            // To whom stands with the shop: the log is read by people who must not learn who shops.
            req.audit(&mut tx, "gave a shop", &format!("shop {id}"), "").await?;
            tx.commit().await?;
            Ok(Reply::redirect(HERE).saying(format!("{} has the shop and is told by e-mail.", account.name)))
        }
        Err(AssignError::Internal(error)) => Err(error.into()),
        Err(refusal) => {
            drop(tx);
            let (field, message) = refused(&refusal, &account.name, &clock::day(closes_on));
            form.error(field, message);
            show(&req, form).await
        }
    }
}

/// Why a shop is not given, at its field.
fn refused(refusal: &AssignError, name: &str, last_day: &str) -> (&'static str, String) {
    match refusal {
        AssignError::NotReady(Standing::Expired) => {
            ("shopper", format!("The training of {name} does not last until {last_day}. Train them again first"))
        }
        AssignError::NotReady(Standing::NotAgreed) => {
            ("shopper", format!("{name} has not signed the agreement. Record it first"))
        }
        AssignError::NotReady(Standing::Paused) => ("shopper", format!("{name} is resting. Choose somebody else")),
        AssignError::NotReady(_) => {
            ("shopper", format!("{name} is not trained, so cannot be given a shop. Record the training first"))
        }
        AssignError::TooMany => ("shopper", format!("{name} has {MOST_OPEN} open shops already. Choose somebody else")),
        AssignError::TooSoon => (
            "shopper",
            format!(
                "{name} had this scenario less than {DAYS_BETWEEN} days before, and could be recognised. Choose somebody else"
            ),
        ),
        AssignError::BadWindow => (
            "to",
            format!(
                "The last day must be today or later, not before the first day, and at most {LONGEST_WINDOW} days after it"
            ),
        ),
        AssignError::Retired => ("scenario", "This scenario is retired. Choose another".into()),
        AssignError::NotAShopper | AssignError::Internal(_) => ("shopper", "Choose a shopper".into()),
    }
}

async fn cancel(req: &Req, form: &Form) -> Result<Reply, PageError> {
    let id: AssignmentId = form.value("cancel").parse().map_err(|_| PageError::NotFound)?;
    let mut tx = req.app.db.write().await?;
    match respond::cancel(&mut tx, req.now(), id).await {
        Ok(()) => {
            req.audit(&mut tx, "took a shop back", &format!("shop {id}"), "").await?;
            tx.commit().await?;
            Ok(Reply::redirect(HERE).saying("The shop is taken back."))
        }
        Err(RespondError::NotOpen) => {
            Ok(Reply::redirect(HERE).noting("Nothing was changed: the shop was sent, declined or taken back already."))
        }
        Err(RespondError::Internal(error)) => Err(error.into()),
    }
}
