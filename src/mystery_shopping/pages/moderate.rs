//! Moderating one return: what was sent, and the four things a moderator can do with it.

use leptos::prelude::*;

use super::shop::score;
use crate::clock;
use crate::db::Tx;
use crate::mystery_shopping::channel::Channel;
use crate::mystery_shopping::cited::{self, Cited};
use crate::mystery_shopping::moderate::{self, ModerateError};
use crate::mystery_shopping::outcome::Outcome;
use crate::mystery_shopping::shop_return::{Decision, Photo, Return, ReturnItem, State};
use crate::mystery_shopping::store::drafts::{self, Fields};
use crate::mystery_shopping::store::{photos, returns};
use crate::people;
use crate::permissions;
use crate::thread::id::ReturnId;
use crate::ui;
use crate::web::{Form, Page, PageError, Reply, Req};

/// The field of the words that managers will read.
const FOR_MANAGERS: &str = "facts-for-managers";
/// Everything that can be typed on the page.
const TYPED: &[&str] = &["question", "item", "outcome", "value", "amend-reason", FOR_MANAGERS, "void-reason"];

struct Loaded {
    found: Return,
    /// None for somebody who may read how shops are done and not who does them: raw words and photos are kept from them too.
    shopper: Option<String>,
    items: Vec<ReturnItem>,
    photos: Vec<Photo>,
    decisions: Vec<Decision>,
    standards: Vec<Cited>,
    /// What was typed for steps not taken yet.
    typed: Fields,
    /// Where the scenario is read, for those who may.
    scenario: Option<String>,
}

async fn load(tx: &mut Tx, req: &Req) -> Result<Loaded, PageError> {
    let id: ReturnId = req.id("id")?;
    let found = returns::find(tx, id).await?.ok_or(PageError::NotFound)?;
    let runs_it = permissions::may_post(req.viewer.role(), "/staff/mystery-shopping/returns/{id}");
    let shopper = if runs_it { people::store::find(tx, found.account_id).await? } else { None };
    Ok(Loaded {
        shopper: runs_it.then(|| shopper.map(|account| account.name).unwrap_or_default()),
        items: returns::items(tx, id).await?,
        photos: if runs_it { photos::list(tx, found.assignment_id).await? } else { Vec::new() },
        decisions: returns::decisions(tx, id).await?,
        standards: cited::choices(tx).await?,
        typed: if runs_it { drafts::find_moderation(tx, id).await? } else { Fields::new() },
        scenario: permissions::may_read(req.viewer.role(), "/staff/mystery-shopping/scenarios/{id}")
            .then(|| format!("/staff/mystery-shopping/scenarios/{}", found.scenario_id)),
        found,
    })
}

pub(super) async fn get(req: Req) -> Result<Reply, PageError> {
    let mut tx = req.app.db.read().await?;
    let loaded = load(&mut tx, &req).await?;
    let form = Form::new(loaded.typed.clone());
    Ok(page(loaded, form).into())
}

fn page(loaded: Loaded, mut form: Form) -> Page {
    if !form.fields().iter().any(|(name, _)| name == FOR_MANAGERS) {
        form.set(FOR_MANAGERS, &loaded.found.facts);
    }
    let refused = form.clone();
    Page::staff(format!("Return {}", loaded.found.reference), move || {
        let found = &loaded.found;
        let here = format!("/staff/mystery-shopping/returns/{}", found.return_id);
        let state = found.state();
        let flags = found.flags().into_iter().map(|flag| {
            view! { <div class="govuk-warning-text"><span class="govuk-warning-text__icon" aria-hidden="true">"!"</span><strong class="govuk-warning-text__text"><span class="govuk-visually-hidden">"Warning: "</span>{flag}</strong></div> }
        });
        let runs_it = loaded.shopper.is_some();
        let unsafe_words = (runs_it && !found.unsafe_words.is_empty()).then(|| view! { <h3 class="govuk-heading-s">"What felt unsafe"</h3> {ui::paragraphs(&found.unsafe_words)} });
        let for_managers = (state == State::Accepted).then(|| view! { <h3 class="govuk-heading-s">"What managers read"</h3> {ui::paragraphs(&found.facts_for_managers)} });
        let raw = runs_it.then(|| ui::paragraphs(&found.facts));
        let changed = (runs_it && state == State::Accepted).then(|| {
            view! { <ul class="ds-actions"><li><a href=format!("/staff/what-changed/new?return={}", found.return_id)>"Write what changed because of it"</a></li></ul> }
        });
        let happened = (runs_it || state == State::Accepted).then(|| {
            view! {
                <section class="ds-section">
                    <h2>"What happened"</h2>
                    {raw}
                    {unsafe_words}
                    {super::photo::gallery(&here, &loaded.photos)}
                    {for_managers}
                </section>
            }
        });
        let channel = found.channel.parse().map_or("", Channel::label);
        let scenario = match loaded.scenario.clone() {
            Some(href) => view! { <a href=href>{found.title.clone()}</a> }.into_any(),
            None => found.title.clone().into_any(),
        };
        view! {
            <a class="govuk-back-link" href="/staff/mystery-shopping/returns">"Returns"</a>
            {ui::error_summary(&form)}
            <h1><span class="ds-heading__caption">{found.title.clone()}</span>" Return "{found.reference.clone()}</h1>
            {flags.collect_view()}
            {ui::facts(vec![
                ("State", state.label().into_any()),
                ("Shopper", loaded.shopper.clone().unwrap_or_else(|| "Known to those who run the programme".to_owned()).into_any()),
                ("Scenario", scenario),
                ("How", channel.into_any()),
                ("Window", format!("{} to {}", clock::day(found.opens_on), clock::day(found.closes_on)).into_any()),
                ("Began", clock::day_and_time(found.began_at).into_any()),
                ("Finished", clock::day_and_time(found.ended_at).into_any()),
                ("Sent", clock::day_and_time(found.filed_at).into_any()),
            ])}
            {items_table(&loaded.items, &loaded.standards)}
            {happened}
            {history(&loaded.decisions)}
            {changed}
            {runs_it.then(|| steps(&form, &here, state, &loaded.items))}
        }
    })
    .with_form(&refused)
}

fn items_table(items: &[ReturnItem], standards: &[Cited]) -> AnyView {
    let rows = items.iter().map(|item| {
        let changes = item.amendments.iter().map(|change| {
            view! { <br/><span class="ds-meta">{format!("Amended on {}: {}", clock::day(clock::london_day(change.amended_at)), change.reason)}</span> }
        });
        view! {
            <tr class="govuk-table__row">
                <th scope="row" class="govuk-table__header">{item.wording.clone()}</th>
                <td class="govuk-table__cell">{cited::title(standards, item.standard)}</td>
                <td class="govuk-table__cell">{score(item.raw_outcome, item.raw_value, &item.measure)}</td>
                <td class="govuk-table__cell">{score(item.outcome(), item.value(), &item.measure)}{changes.collect_view()}</td>
            </tr>
        }
    });
    view! {
        <div class="ds-scroll" tabindex="0" role="region" aria-label="Scores">
            <table class="govuk-table ds-table">
                <caption class="govuk-table__caption">"Scores"</caption>
                <thead><tr class="govuk-table__row">
                    <th scope="col" class="govuk-table__header">"Item"</th>
                    <th scope="col" class="govuk-table__header">"Promise"</th>
                    <th scope="col" class="govuk-table__header">"As the shopper gave it"</th>
                    <th scope="col" class="govuk-table__header">"As it counts"</th>
                </tr></thead>
                <tbody>{rows.collect_view()}</tbody>
            </table>
        </div>
    }
    .into_any()
}

fn history(decisions: &[Decision]) -> Option<AnyView> {
    if decisions.is_empty() {
        return None;
    }
    let lines = decisions.iter().map(|decision| {
        view! {
            <li>
                <p class="ds-timeline__when">{clock::day_and_time(decision.decided_at)}</p>
                <p class="ds-timeline__what">{decision.label()}</p>
                {ui::paragraphs(&decision.words)}
            </li>
        }
    });
    Some(view! { <section class="ds-section"><h2>"What was decided"</h2><ol class="ds-timeline">{lines.collect_view()}</ol></section> }.into_any())
}

fn steps(form: &Form, here: &str, state: State, items: &[ReturnItem]) -> AnyView {
    if state == State::Void {
        return ().into_any();
    }
    let open = matches!(state, State::Waiting | State::Queried);
    let ask = open.then(|| {
        view! {
            <section class="ds-section">
                <h2>"Ask the shopper"</h2>
                {ui::textarea(form, "question", "Your question").rows(3).limit(1000).view()}
                <button type="submit" class="govuk-button govuk-button--secondary" name=ui::STEP value="query">"Send the question"</button>
            </section>
        }
    });
    let accept = open.then(|| {
        view! {
            <section class="ds-section">
                <h2>"Accept it"</h2>
                <p>"Ask and amend first: accepting comes last."</p>
                {ui::textarea(form, "facts-for-managers", "What managers will read").hint("Take out every name, and anything by which a person could be known").rows(6).limit(4000).view()}
                <button type="submit" class="govuk-button" name=ui::STEP value="accept">"Accept this return"</button>
            </section>
        }
    });
    let choices = std::iter::once((String::new(), "Choose an item".to_owned()))
        .chain(items.iter().map(|item| (item.id.to_string(), item.wording.clone())));
    let outcomes = Outcome::ALL.map(|outcome| (outcome.code(), outcome.label()));
    // One form, so that what was typed for one step travels with the button of another and is kept. The first button can do nothing, so that Enter takes no step.
    view! {
        <form method="post" action=here.to_owned() novalidate>
            <button type="submit" disabled hidden></button>
            {ask}
            <section class="ds-section">
                <h2>"Amend a score"</h2>
                <p>"The score as the shopper gave it stays beside it."</p>
                {ui::select(form, "item", "Item", choices)}
                {ui::radios(form, "outcome", "As it should count", outcomes).inline().view()}
                {ui::text(form, "value", "Number, if one was noted").number().width(5).view()}
                {ui::textarea(form, "amend-reason", "Why").hint("For example: the phone record shows 48 seconds").rows(2).view()}
                <button type="submit" class="govuk-button govuk-button--secondary" name=ui::STEP value="amend">"Amend the score"</button>
            </section>
            {accept}
            <section class="ds-section">
                <h2>"Make it void"</h2>
                <p>"It then counts for nothing. Do this when the shopper was recognised, it was done outside its window, or the scenario was at fault."</p>
                {ui::textarea(form, "void-reason", "Why it does not count").hint("The shopper reads this").rows(2).view()}
                <button type="submit" class="govuk-button govuk-button--warning" name=ui::STEP value="void">"Make this return void"</button>
            </section>
        </form>
    }
    .into_any()
}

/// The fields that a step uses up.
fn used_by(step: &str) -> &'static [&'static str] {
    match step {
        "query" => &["question"],
        "accept" => &["question", FOR_MANAGERS],
        "void" => TYPED,
        _ => &["item", "outcome", "value", "amend-reason"],
    }
}

/// What was typed for other steps than the one taken. The shopper's own words are nothing typed.
fn rest(form: &Form, step: &str, found: &Return) -> Fields {
    let even = |text: &str| text.trim().replace("\r\n", "\n");
    let mut rest = Fields::new();
    for field in TYPED.iter().copied().filter(|field| !used_by(step).contains(field)) {
        let typed = even(form.value(field));
        if !typed.is_empty() && (field != FOR_MANAGERS || typed != even(&found.facts)) {
            let plain: String = typed.chars().filter(|c| !c.is_control() || matches!(c, '\n' | '\t')).collect();
            rest.push((field.to_owned(), plain));
        }
    }
    rest
}

pub(super) async fn post(req: Req) -> Result<Reply, PageError> {
    let (now, by) = (req.now(), req.account()?.id);
    let mut form = req.form();
    let mut tx = req.app.db.write().await?;
    let loaded = load(&mut tx, &req).await?;
    let found = &loaded.found;
    let step = form.value("step").to_owned();
    let mut detail = String::new();
    let (field, done, said, what) = match step.as_str() {
        "accept" => {
            let field = FOR_MANAGERS;
            let facts = form.required(field, "What managers will read", 4000, "Write what managers may read");
            if !form.is_valid() {
                return Ok(page(loaded, form).into());
            }
            let done = moderate::accept(&mut tx, now, found, by, &facts).await;
            (field, done, "Accepted. It counts from now on.", "accepted a return")
        }
        "query" => {
            let question = form.required("question", "Your question", 1000, "Write your question");
            if !form.is_valid() {
                return Ok(page(loaded, form).into());
            }
            let done =
                moderate::query(&mut tx, now, &req.app.config.base_url, &req.landlord, found, by, &question).await;
            ("question", done, "The shopper is asked by e-mail.", "asked about a return")
        }
        "void" => {
            let reason = form.required("void-reason", "The reason", 1000, "Say why it does not count");
            if !form.is_valid() {
                return Ok(page(loaded, form).into());
            }
            let done = moderate::make_void(&mut tx, now, found, by, &reason).await;
            ("void-reason", done, "The return is void.", "made a return void")
        }
        _ => {
            let item = loaded.items.iter().find(|item| item.id.to_string() == form.value("item")).cloned();
            if item.is_none() {
                form.error("item", "Choose an item");
            }
            let outcome: Option<Outcome> = form.choice("outcome", "Choose how it should count");
            let value = match form.value("value").trim() {
                "" => None,
                _ => form.decimal("value", 0.0..=100_000.0, "Enter a number, or leave it empty"),
            };
            let reason = form.required("amend-reason", "The reason", 1000, "Say why the score is amended");
            let Some((item, outcome)) = item.zip(outcome).filter(|_| form.is_valid()) else {
                return Ok(page(loaded, form).into());
            };
            let done = moderate::amend(&mut tx, now, found, by, &item, (outcome, value), &reason).await;
            let before = score(item.outcome(), item.value(), &item.measure);
            let after = score(outcome, value, &item.measure);
            detail = format!("{}: from {before} to {after}", item.wording);
            ("amend-reason", done, "Amended. The shopper’s own score stays beside it.", "amended a return")
        }
    };
    let id = found.return_id;
    let message = match done {
        Ok(()) => {
            let rest = rest(&form, &step, found);
            drafts::keep_moderation(&mut tx, id, &rest, now).await?;
            req.audit(&mut tx, what, &format!("return {id}"), &detail).await?;
            tx.commit().await?;
            let kept = if rest.is_empty() { "" } else { " What else you wrote is kept below." };
            let reply = Reply::redirect(format!("/staff/mystery-shopping/returns/{id}"));
            return Ok(reply.saying(format!("{said}{kept}")));
        }
        Err(ModerateError::Internal(error)) => return Err(error.into()),
        Err(ModerateError::OwnReturn) => "This return is your own. Somebody else must decide on it".to_owned(),
        Err(ModerateError::Decided) => "Somebody else decided on this return in the meantime. Open it again".to_owned(),
        Err(ModerateError::Same) => "The score is already so. Nothing was changed".to_owned(),
        Err(ModerateError::Named(name)) => format!("The text names {name}. Take the name out"),
    };
    form.error(field, message);
    Ok(page(loaded, form).into())
}
