//! Writing a scenario and changing it, beside what the shopper will read.

use leptos::prelude::*;

use super::brief::brief;
use super::scenario_form::{fields, filled, read};
use crate::mystery_shopping::cited::{self, Cited};
use crate::mystery_shopping::key::ScenarioId;
use crate::mystery_shopping::scenario::Scenario;
use crate::mystery_shopping::store::scenarios;
use crate::mystery_shopping::write_scenario::{self, Change};
use crate::ui;
use crate::web::{Form, Page, PageError, Reply, Req};

const LIST: &str = "/staff/mystery-shopping/scenarios";

pub(super) async fn get_new(req: Req) -> Result<Reply, PageError> {
    let mut tx = req.app.db.read().await?;
    let standards = cited::choices(&mut tx).await?;
    Ok(new_page(standards, Form::default()).into())
}

fn new_page(standards: Vec<Cited>, form: Form) -> Page {
    let refused = form.clone();
    Page::staff("Write a scenario", move || {
        view! {
            <a class="govuk-back-link" href=LIST>"Scenarios"</a>
            {ui::error_summary(&form)}
            <h1>"Write a scenario"</h1>
            <form method="post" action=format!("{LIST}/new") novalidate>
                {fields(&form, &standards)}
                {ui::button("Save the scenario")}
            </form>
        }
    })
    .with_form(&refused)
}

pub(super) async fn post_new(req: Req) -> Result<Reply, PageError> {
    let mut form = req.form();
    let mut tx = req.app.db.write().await?;
    let standards = cited::choices(&mut tx).await?;
    let Some(script) = read(&mut form, &standards) else {
        return Ok(new_page(standards, form).into());
    };
    let (id, _) = write_scenario::write(&mut tx, req.now(), &script).await?;
    req.audit(&mut tx, "wrote a scenario", &format!("scenario {id}"), &script.title).await?;
    tx.commit().await?;
    Ok(Reply::redirect(format!("{LIST}/{id}")).saying("The scenario is saved."))
}

pub(super) async fn get(req: Req) -> Result<Reply, PageError> {
    let id: ScenarioId = req.id("id")?;
    let mut tx = req.app.db.read().await?;
    let scenario = scenarios::find(&mut tx, id).await?.ok_or(PageError::NotFound)?;
    let standards = cited::choices(&mut tx).await?;
    let form = filled(&scenario);
    Ok(page(scenario, standards, form, super::runs_programme(&req)).into())
}

fn page(scenario: Scenario, standards: Vec<Cited>, form: Form, runs: bool) -> Page {
    let refused = form.clone();
    Page::staff(format!("Scenario: {}", scenario.title), move || {
        let here = format!("{LIST}/{}", scenario.id);
        let (step, label) = if scenario.retired_at.is_some() { ("restore", "Take it up again") } else { ("retire", "Retire this scenario") };
        let edit = runs.then(|| {
            view! {
                <div class="ds-split__form">
                    <h2>"Change it"</h2>
                    <p>"A version that somebody was given is never altered: saving makes a new version for the shops to come."</p>
                    <form method="post" action=here.clone() novalidate>
                        {fields(&form, &standards)}
                        <button type="submit" class="govuk-button" name=ui::STEP value="save">"Save the scenario"</button>
                    </form>
                    <form method="post" action=here.clone()>
                        <button type="submit" class="govuk-button govuk-button--secondary" name=ui::STEP value=step>{label}</button>
                    </form>
                </div>
            }
        });
        let state = if scenario.retired_at.is_some() { "Retired: no new shops are given." } else { "In use." };
        view! {
            <a class="govuk-back-link" href=LIST>"Scenarios"</a>
            {ui::error_summary(&form)}
            <h1><span class="ds-heading__caption">{format!("Version {}", scenario.number)}</span>" "{scenario.title.clone()}</h1>
            <p>{state}</p>
            <div class=if runs { "ds-split" } else { "" }>
                {edit}
                <aside class="ds-split__preview" tabindex="0" aria-label="What the shopper reads">
                    <h2 class="ds-split__label">"What the shopper reads"</h2>
                    {brief(&scenario, &standards)}
                </aside>
            </div>
        }
    })
    .with_form(&refused)
}

pub(super) async fn post(req: Req) -> Result<Reply, PageError> {
    let id: ScenarioId = req.id("id")?;
    let mut form = req.form();
    let mut tx = req.app.db.write().await?;
    let scenario = scenarios::find(&mut tx, id).await?.ok_or(PageError::NotFound)?;
    let (here, object) = (format!("{LIST}/{id}"), format!("scenario {id}"));
    let step = form.value("step").to_owned();
    if step == "retire" || step == "restore" {
        let retired = step == "retire";
        scenarios::set_retired(&mut tx, id, retired.then(|| req.now())).await?;
        let what = if retired { "retired a scenario" } else { "took up a scenario again" };
        req.audit(&mut tx, what, &object, &scenario.title).await?;
        tx.commit().await?;
        return Ok(Reply::redirect(here).saying(if retired { "Retired." } else { "In use again." }));
    }
    let standards = cited::choices(&mut tx).await?;
    let Some(script) = read(&mut form, &standards) else {
        return Ok(page(scenario, standards, form, true).into());
    };
    let change = match write_scenario::change(&mut tx, req.now(), &scenario, &script).await {
        Ok(change) => change,
        Err(error) if error.is_conflict("shop_scenario_versions_scenario_id_number_key") => {
            form.error(
                "title",
                "Somebody else saved this scenario at the same moment. Look at it again before you save",
            );
            return Ok(page(scenario, standards, form, true).into());
        }
        Err(error) => return Err(error.into()),
    };
    let said = match change {
        Change::Same => return Ok(Reply::redirect(here).noting("Nothing was changed.")),
        Change::Altered => "The scenario is saved.".to_owned(),
        Change::NewVersion(number) => {
            format!("Saved as version {number}. Shops already given keep the version before.")
        }
    };
    req.audit(&mut tx, "changed a scenario", &object, &said).await?;
    tx.commit().await?;
    Ok(Reply::redirect(here).saying(said))
}
