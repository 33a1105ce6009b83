//! Writing a finding of an audit that is under way.

use leptos::prelude::*;

use super::parts::{audit_of, refusal};
use crate::improvement::audits::audit::{Audit, Item, ItemId};
use crate::improvement::audits::find::find;
use crate::improvement::audits::finding::{NewFinding, Weight};
use crate::improvement::audits::store::audits;
use crate::improvement::pages::parts::{back, heading};
use crate::ui;
use crate::web::{Form, Page, PageError, Reply, Req};

fn page(audit: Audit, items: Vec<Item>, form: Form) -> Page {
    let refused = form.clone();
    Page::staff("Write a finding", move || {
        let mut offered = vec![(String::new(), "All of them".to_owned())];
        offered.extend(items.iter().map(|item| (item.id.to_string(), item.name())));
        view! {
            {back(audit.href(), "Back to the audit")}
            {ui::error_summary(&form)}
            {heading(format!("Audit of {}", audit.year), "Write a finding")}
            <form method="post" novalidate>
                {ui::radios(&form, "weight", "How much it weighs", Weight::ALL.iter().map(|one| (one.code(), one.label()))).inline().view()}
                {ui::select(&form, "item", "Where it was found", offered)}
                {ui::textarea(&form, "found", "What was found").hint("Name no resident").rows(4).view()}
                {ui::textarea(&form, "recommendation", "What you recommend").hint("One thing that somebody can do and you can look at later").rows(3).view()}
                {ui::button("Save the finding")}
            </form>
        }
    })
    .with_form(&refused)
}

async fn load(req: &Req) -> Result<(Audit, Vec<Item>), PageError> {
    let mut tx = req.app.db.read().await?;
    let audit = audit_of(req, &mut tx).await?;
    let items = audits::list_items(&mut tx, audit.id).await?;
    Ok((audit, items.into_iter().filter(|item| item.place.is_some()).collect()))
}

pub(in crate::improvement::pages) async fn get(req: Req) -> Result<Reply, PageError> {
    let (audit, items) = load(&req).await?;
    Ok(page(audit, items, Form::default()).into())
}

pub(in crate::improvement::pages) async fn post(req: Req) -> Result<Reply, PageError> {
    let mut form = req.form();
    let (audit, items) = load(&req).await?;
    let weight = form.choice::<Weight>("weight", "Choose how much it weighs");
    let item = match form.value("item") {
        "" => None,
        value => {
            let id: Option<ItemId> = value.parse().ok();
            let known = id.filter(|id| items.iter().any(|item| item.id == *id));
            if known.is_none() {
                form.error("item", "Choose one from the list");
            }
            known
        }
    };
    let found = form.required("found", "What was found", 5000, "Say what was found");
    let recommendation = form.required("recommendation", "What you recommend", 2000, "Say what you recommend");
    if let Some(weight) = weight.filter(|_| form.is_valid()) {
        let new = NewFinding { weight, item, found, recommendation };
        let mut tx = req.app.db.write().await?;
        match find(&req.app, &mut tx, audit.id, req.account()?.id, &new).await {
            Ok(id) => {
                let detail = format!("{}: {}\n{}", weight.label(), new.found, new.recommendation);
                req.audit(&mut tx, "wrote a finding of a yearly audit", &format!("audit finding {id}"), &detail)
                    .await?;
                tx.commit().await?;
                return Ok(Reply::redirect(audit.href()).saying("The finding is saved."));
            }
            Err(error) => form.error("found", refusal(error)?),
        }
    }
    Ok(page(audit, items, form).into())
}
