//! One shopper: the agreement, the trainings, a rest, and the shops they have had.

use leptos::prelude::*;

use crate::clock;
use crate::db::Tx;
use crate::mystery_shopping::assignment::Assignment;
use crate::mystery_shopping::shopper::{Shopper, Standing, Training};
use crate::mystery_shopping::store::{assignments, shoppers};
use crate::mystery_shopping::train::{self, LASTS_MONTHS, TrainError};
use crate::people::{self, Account, Role};
use crate::thread::id::AccountId;
use crate::ui;
use crate::web::{Form, Page, PageError, Reply, Req};

struct Loaded {
    account: Account,
    record: Option<Shopper>,
    trainings: Vec<Training>,
    shops: Vec<Assignment>,
}

async fn load(tx: &mut Tx, req: &Req) -> Result<Loaded, PageError> {
    let id: AccountId = req.id("id")?;
    let account = people::store::find(tx, id).await?.filter(|account| account.role == Role::Shopper);
    let account = account.ok_or(PageError::NotFound)?;
    Ok(Loaded {
        record: shoppers::find(tx, id).await?,
        trainings: shoppers::list_trainings(tx, id).await?,
        shops: assignments::list_own(tx, id).await?,
        account,
    })
}

pub(super) async fn get(req: Req) -> Result<Reply, PageError> {
    let mut tx = req.app.db.read().await?;
    let loaded = load(&mut tx, &req).await?;
    Ok(page(loaded, Form::default(), req.today()).into())
}

fn page(loaded: Loaded, form: Form, today: chrono::NaiveDate) -> Page {
    let refused = form.clone();
    Page::staff(format!("Shopper: {}", loaded.account.name), move || {
        let Loaded { account, record, trainings, shops } = loaded;
        let here = format!("/staff/mystery-shopping/shoppers/{}", account.id);
        let standing = record.as_ref().map_or(Standing::Untrained, |record| record.standing(today));
        let agreed = record.as_ref().and_then(|record| record.agreed_on);
        let paused = record.as_ref().is_some_and(|record| record.paused_at.is_some());
        let (step, label) = if paused { ("resume", "Have them back") } else { ("pause", "Let them rest") };
        let trainings = trainings.into_iter().map(|training| {
            format!(
                "{}, by {}, good until {}",
                clock::day(training.trained_on),
                training.trained_by,
                clock::day(training.expires_on)
            )
        });
        let trainings = list(trainings.collect());
        let shops = shops.into_iter().map(|shop| {
            let why = if shop.decline_reason.is_empty() { String::new() } else { format!(": {}", shop.decline_reason) };
            format!("{}, {}. {}{why}", shop.title, shop.window(), shop.stage().staff_label())
        });
        let shops = list(shops.collect());
        view! {
            <a class="govuk-back-link" href="/staff/mystery-shopping/shoppers">"Shoppers and training"</a>
            {ui::error_summary(&form)}
            <h1>{account.name.clone()}</h1>
            {ui::facts(vec![
                ("May be given a shop", standing.label().into_any()),
                ("E-mail address", account.email.clone().into_any()),
                ("Agreement signed", agreed.map_or("Not recorded".to_owned(), clock::day).into_any()),
            ])}
            <h2>"Training"</h2>
            {trainings}
            <form method="post" action=here.clone() novalidate>
                {ui::day(&form, "trained", "Training held on", "")}
                {ui::text(&form, "by", "Held by").view()}
                {ui::day(&form, "expires", "Good until", &format!("Leave empty for {LASTS_MONTHS} months"))}
                <button type="submit" class="govuk-button" name=ui::STEP value="train">"Record the training"</button>
            </form>
            <h2>"Agreement"</h2>
            <form method="post" action=here.clone() novalidate>
                {ui::day(&form, "agreed", "Agreement on confidentiality and conduct signed on", "")}
                <button type="submit" class="govuk-button govuk-button--secondary" name=ui::STEP value="agree">"Record the agreement"</button>
            </form>
            <h2>"Shops"</h2>
            {shops}
            <form method="post" action=here>
                <button type="submit" class="govuk-button govuk-button--secondary" name=ui::STEP value=step>{label}</button>
            </form>
        }
    })
    .with_form(&refused)
}

fn list(lines: Vec<String>) -> AnyView {
    if lines.is_empty() {
        return view! { <p>"None yet."</p> }.into_any();
    }
    let lines = lines.into_iter().map(|line| view! { <li>{line}</li> }).collect_view();
    view! { <ul class="govuk-list govuk-list--bullet">{lines}</ul> }.into_any()
}

pub(super) async fn post(req: Req) -> Result<Reply, PageError> {
    let mut form = req.form();
    let (now, today) = (req.now(), req.today());
    let mut tx = req.app.db.write().await?;
    let loaded = load(&mut tx, &req).await?;
    let id = loaded.account.id;
    let said = match form.value("step") {
        "pause" | "resume" => {
            let paused = form.value("step") == "pause";
            train::pause(&mut tx, now, id, paused).await?;
            if paused { "paused a shopper" } else { "had a shopper back" }
        }
        "agree" => {
            let on = form.day("agreed", "The day of the agreement");
            if on.is_some_and(|on| on > today) {
                form.error("agreed", "The day of the agreement must be today or in the past");
            }
            let Some(on) = on.filter(|_| form.is_valid()) else { return Ok(page(loaded, form, today).into()) };
            train::agree(&mut tx, now, id, on).await?;
            "recorded a shopper’s agreement"
        }
        _ => {
            let trained_on = form.day("trained", "The day of the training");
            let trained_by = form.required("by", "Who held it", 120, "Say who held the training");
            let expires_on = form.optional_day("expires", "The last day");
            let Some(trained_on) = trained_on.filter(|_| form.is_valid()) else {
                return Ok(page(loaded, form, today).into());
            };
            let expires_on = expires_on.unwrap_or_else(|| train::usual_expiry(trained_on));
            let training = Training { trained_on, trained_by, expires_on };
            match train::record(&mut tx, now, today, id, &training).await {
                Ok(()) => "recorded a shopper’s training",
                Err(TrainError::Internal(error)) => return Err(error.into()),
                Err(TrainError::InFuture) => {
                    form.error("trained", "The day of the training must be today or in the past");
                    return Ok(page(loaded, form, today).into());
                }
                Err(TrainError::OutBeforeHeld) => {
                    form.error("expires", "The last day must be after the day of the training");
                    return Ok(page(loaded, form, today).into());
                }
            }
        }
    };
    req.audit(&mut tx, said, &format!("shopper {id}"), "").await?;
    tx.commit().await?;
    Ok(Reply::redirect(format!("/staff/mystery-shopping/shoppers/{id}")).saying("Saved."))
}
