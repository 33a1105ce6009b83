//! Small pieces that several pages of plans share.

use chrono::NaiveDate;
use leptos::prelude::*;

use crate::db::Tx;
use crate::permissions;
use crate::plans::action::{ActionId, Source};
use crate::plans::month::{Month, NAMES};
use crate::plans::plan::{Plan, PlanId};
use crate::plans::progress::{Counts, Word};
use crate::plans::whole::{Whole, WholeAction, load, load_standing};
use crate::plans::{self, needs, store};
use crate::shell;
use crate::ui;
use crate::web::{Form, PageError, Req};

/// The status of an action as a word with a shape.
pub fn word(word: Word) -> AnyView {
    let code = if word == Word::NotClear { "unclassified" } else { word.code() };
    ui::status(code, word.words())
}

/// When something was said, where that is known.
#[must_use]
pub fn said_when(on: NaiveDate, source: Source) -> String {
    if source == Source::Undated { "In a plan that gives no date".to_owned() } else { crate::clock::day(on) }
}

/// `3 of 8 done` with a bar, which says nothing more to those who listen.
pub fn bar(counts: Counts) -> AnyView {
    let label = done_of(counts);
    let (value, max) = (counts.done.to_string(), counts.expected().max(1).to_string());
    view! {
        <p class="ds-progress-label">{label}</p>
        <progress class="ds-progress" value=value max=max aria-hidden="true"></progress>
    }
    .into_any()
}

/// `3 of 8 done, 1 late, 2 stopped`: those stopped or merged are named because they are not among the eight.
#[must_use]
pub fn done_of(counts: Counts) -> String {
    let others = counts.in_words(&[Word::Late, Word::Stopped, Word::Merged]);
    let others = if others.is_empty() { others } else { format!(", {others}") };
    format!("{} of {} done{others}", counts.done, counts.expected())
}

/// The deadline of an action in words: the one in force, and the one it took the place of.
#[must_use]
pub fn due(action: &WholeAction) -> String {
    let standing = &action.as_of.standing;
    let original = crate::plans::action::whole(&standing.original);
    match (standing.revised, original) {
        (Some(new), Some(old)) => format!("{}, moved from {}", new.last, old.last),
        (Some(new), None) => new.words(),
        (None, Some(old)) => old.words(),
        (None, None) => match action.told.promises.last() {
            Some(promise) if !promise.words.is_empty() => promise.words.clone(),
            _ => "No date".to_owned(),
        },
    }
}

/// The deadline of an action as the end of a sentence of its own: `By March 2027`.
#[must_use]
pub fn by(action: &WholeAction) -> String {
    let words = due(action);
    if words == "No date" || words.contains(" to ") { words } else { format!("By {words}") }
}

/// Fields for a month and a year, named `{name}-month` and `{name}-year`.
pub fn month_fields(form: &Form, name: &str, legend: &str, hint: &str) -> AnyView {
    let error = form.error_of(name).map(str::to_owned);
    let class = if error.is_some() { "govuk-form-group govuk-form-group--error" } else { "govuk-form-group" };
    let (month, year) = (format!("{name}-month"), format!("{name}-year"));
    let chosen = form.value(&month).to_owned();
    let options = std::iter::once((String::new(), "Choose a month".to_owned()))
        .chain((1..).zip(NAMES).map(|(n, label): (u32, &str)| (n.to_string(), label.to_owned())));
    let options = options.map(|(value, label)| {
        let selected = value == chosen;
        view! { <option value=value selected=selected>{label}</option> }
    });
    let options = options.collect_view();
    let described =
        [(!hint.is_empty()).then(|| format!("{name}-hint")), error.is_some().then(|| format!("{name}-error"))];
    let described = described.into_iter().flatten().collect::<Vec<_>>().join(" ");
    view! {
        <div class=class>
            <fieldset class="govuk-fieldset" aria-describedby=(!described.is_empty()).then_some(described)>
                <legend class="govuk-fieldset__legend govuk-fieldset__legend--s">{legend.to_owned()}</legend>
                {(!hint.is_empty()).then(|| view! { <div class="govuk-hint" id=format!("{name}-hint")>{hint.to_owned()}</div> })}
                {error.map(|e| view! { <p class="govuk-error-message" id=format!("{name}-error")><span class="govuk-visually-hidden">"Error: "</span>{e}</p> })}
                <div class="govuk-date-input">
                    <div class="govuk-date-input__item"><div class="govuk-form-group">
                        <label class="govuk-label govuk-date-input__label" for=name.to_owned()>"Month"</label>
                        <select class="govuk-select" id=name.to_owned() name=month>{options}</select>
                    </div></div>
                    <div class="govuk-date-input__item"><div class="govuk-form-group">
                        <label class="govuk-label govuk-date-input__label" for=year.clone()>"Year"</label>
                        <input class="govuk-input govuk-date-input__input govuk-input--width-4" id=year.clone() name=year.clone() type="text" inputmode="numeric" value=form.value(&year).to_owned()/>
                    </div></div>
                </div>
            </fieldset>
        </div>
    }
    .into_any()
}

/// Reads the fields of [`month_fields`]; nothing when both are empty.
pub fn read_month(form: &mut Form, name: &str, what: &str) -> Option<Month> {
    let month = form.value(&format!("{name}-month")).trim().to_owned();
    let year = form.value(&format!("{name}-year")).trim().to_owned();
    if month.is_empty() && year.is_empty() {
        return None;
    }
    let read = year.parse().ok().zip(month.parse().ok()).and_then(|(year, month)| Month::new(year, month));
    if read.is_none() {
        form.error(name, format!("{what} must be a month and a year, like March 2027"));
    }
    read
}

/// Fills in the fields of [`month_fields`].
pub fn set_month(form: &mut Form, name: &str, month: Option<Month>) {
    if let Some(month) = month {
        form.set(&format!("{name}-month"), &month.number().to_string());
        form.set(&format!("{name}-year"), &month.year().to_string());
    }
}

/// The plan that a page is about: the one named by `plan` in the query, else the main one.
///
/// # Errors
/// `NotFound` when there is no such plan.
pub async fn asked_plan(req: &Req, tx: &mut Tx) -> Result<Plan, PageError> {
    let plans = store::list_plans(tx).await?;
    let asked = |plan: &Plan| req.query("plan").map_or(plan.is_main, |slug| plan.slug == slug);
    plans.into_iter().find(asked).ok_or(PageError::NotFound)
}

/// The open plan that a page changes, as it stands today.
///
/// # Errors
/// `NotFound` when there is no such plan, or it is closed.
pub async fn open_plan(req: &Req, tx: &mut Tx) -> Result<Whole, PageError> {
    let plan = asked_plan(req, tx).await?;
    if plan.is_open { Ok(load_standing(tx, plan, req.today()).await?) } else { Err(PageError::NotFound) }
}

/// The plan that holds the action of the path, as it stands today.
///
/// # Errors
/// `NotFound` when there is no such action.
pub async fn plan_of_action(req: &Req, tx: &mut Tx) -> Result<(Whole, ActionId), PageError> {
    let id: ActionId = req.id("id")?;
    let plan = store::find_plan_of(tx, id).await?.ok_or(PageError::NotFound)?;
    let whole = load(tx, plan, req.today()).await?.ok_or(PageError::NotFound)?;
    if whole.find(id).is_some() { Ok((whole, id)) } else { Err(PageError::NotFound) }
}

/// The actions of which somebody may say how they stand.
pub enum Posting {
    /// Every action of the plan.
    All,
    /// Those they lead.
    Led(Vec<ActionId>),
}

impl Posting {
    /// True for one of them.
    #[must_use]
    pub fn is_on(&self, id: ActionId) -> bool {
        match self {
            Self::All => true,
            Self::Led(ids) => ids.contains(&id),
        }
    }

    /// True when there is none.
    #[must_use]
    pub fn is_nothing(&self) -> bool {
        matches!(self, Self::Led(ids) if ids.is_empty())
    }
}

/// The actions of a plan of which the person who asks may say how they stand: all for those who may change them, for others those they lead.
///
/// # Errors
/// When nobody is signed in or the database refuses.
pub async fn posting(req: &Req, tx: &mut Tx, plan: PlanId) -> Result<Posting, PageError> {
    let account = req.account()?;
    let may = |step: &str| permissions::may_post(Some(account.role), &format!("/staff/plan/actions/{{id}}/{step}"));
    match (may("edit"), may("progress")) {
        (true, _) => Ok(Posting::All),
        (false, true) => Ok(Posting::Led(needs::led_by(tx, plan, account.id).await?)),
        (false, false) => Ok(Posting::Led(Vec::new())),
    }
}

/// The moment and the person of a change.
#[must_use]
pub fn written(req: &Req) -> plans::store::Written {
    plans::store::Written { at: req.now(), by: req.viewer.account.as_ref().map(|a| a.id) }
}

/// The way back to the plan in the workspace.
pub fn back(href: impl Into<String>, label: &'static str) -> AnyView {
    view! { <a class="govuk-back-link" href=href.into()>{label}</a> }.into_any()
}

/// Who residents can ask about the plan, from the landlord's settings.
pub fn ask(req: &Req) -> AnyView {
    let landlord = &req.landlord;
    let mut ways: Vec<AnyView> = Vec::new();
    if !landlord.phone.is_empty() {
        ways.push(view! { <p>"Phone " {shell::phone(&landlord.phone)}</p> }.into_any());
    }
    if !landlord.email.is_empty() {
        ways.push(view! { <p>"E-mail " {shell::email(&landlord.email)}</p> }.into_any());
    }
    if ways.is_empty() {
        return view! { <div class="ds-ask"><h2>"Ask somebody"</h2><p>"Ask at our office about anything in this plan."</p></div> }.into_any();
    }
    view! { <div class="ds-ask"><h2>"Ask somebody"</h2><p>"Do you want to know more about anything in this plan?"</p>{ways}</div> }.into_any()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_counted_is_named_beside_what_is() {
        let counts = Counts::of([Word::Done, Word::Done, Word::OnTrack, Word::Late, Word::Stopped]);
        assert_eq!(done_of(counts), "2 of 4 done, 1 late, 1 stopped");
        assert_eq!(done_of(Counts::of([Word::Done])), "1 of 1 done");
    }
}
