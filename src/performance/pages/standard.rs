//! One standard down to its evidence: a year of values, each source, what people said, what was done about it; and the explanation of a miss.

use leptos::prelude::*;

use super::evidence::{self, Evidence, Next};
use super::rows;
use crate::clock;
use crate::people::Role;
use crate::performance::narrate::{NarrateError, may_explain, narrate};
use crate::performance::narrative::{LONGEST, Narrative, NewNarrative};
use crate::performance::period::{Period, Span};
use crate::performance::recalculate::answers_since;
use crate::performance::shops;
use crate::performance::standing::{self, Standing};
use crate::performance::steps::STEP;
use crate::performance::store::narratives;
use crate::performance::trend::Trend;
use crate::performance::value::Shown;
use crate::performance::{Latest, Limits, sentence};
use crate::permissions;
use crate::standards::{self, Source};
use crate::ui;
use crate::ui::chart::{self, Dot};
use crate::web::{Form, Page, PageError, Reply, Req, number};

/// Everything the page shows.
struct Whole {
    standing: Standing,
    narratives: Vec<Narrative>,
    evidence: Evidence,
    limits: Limits,
    may_explain: bool,
    /// Answers that have come since the survey's value that is shown.
    since: i64,
    role: Option<Role>,
}

async fn load(req: &Req) -> Result<Whole, PageError> {
    let mut tx = req.app.db.read().await?;
    let standard = standards::find_published_by_slug(&mut tx, req.param("slug")?).await?.ok_or(PageError::NotFound)?;
    let may_explain = req.viewer.account.as_ref().is_some_and(|account| may_explain(account, &standard));
    let narratives = narratives::list(&mut tx, standard.id).await?;
    let evidence = evidence::load(&mut tx, &standard, &req.landlord, req.today()).await?;
    let standing = standing::find(&mut tx, standard, req.today()).await?;
    let since = match rows::newest_of(&standing, Source::Survey) {
        Some(shown) => answers_since(&mut tx, shown).await?,
        None => 0,
    };
    Ok(Whole {
        standing,
        narratives,
        evidence,
        limits: Limits::staff(&req.landlord),
        may_explain,
        since,
        role: req.viewer.role(),
    })
}

pub(super) async fn get(req: Req) -> Result<Reply, PageError> {
    Ok(page(load(&req).await?, Form::default()).into())
}

pub(super) async fn post(req: Req) -> Result<Reply, PageError> {
    let whole = load(&req).await?;
    let Some(period) = whole.standing.latest.as_ref().map(|value| value.period) else {
        return Err(PageError::NotFound);
    };
    let mut form = req.form();
    let why = form.required("why", "Why it was missed", LONGEST, "Enter why the promise was missed");
    let doing = form.required("doing", "What you are doing", LONGEST, "Enter what you are doing about it");
    let back_on = form.day("back", "When it will be kept again");
    let Some(back_on) = back_on.filter(|_| form.is_valid()) else { return Ok(page(whole, form).into()) };
    let new = NewNarrative { standard_id: whole.standing.standard.id, ends_month: period.ends, why, doing, back_on };
    let mut tx = req.app.db.write().await?;
    match narrate(&mut tx, req.account()?, &whole.standing.standard, &new, req.now()).await {
        Ok(()) => {
            tx.public_changed();
            tx.commit().await?;
            let path = format!("/staff/performance/standards/{}", whole.standing.standard.slug);
            Ok(Reply::redirect(path).saying("Your explanation is saved."))
        }
        Err(NarrateError::NotTheOwner) => Err(PageError::Forbidden),
        Err(NarrateError::BackInThePast) => {
            drop(tx);
            form.error("back", "When it will be kept again must be today or later");
            Ok(page(whole, form).into())
        }
        Err(NarrateError::Internal(error)) => Err(error.into()),
    }
}

fn page(whole: Whole, form: Form) -> Page {
    let refused = form.clone();
    let Whole { standing, narratives, evidence, limits, may_explain, since, role } = whole;
    let title = standing.standard.title.clone();
    Page::staff(format!("{title}: performance"), move || {
        let standard = &standing.standard;
        let shown = standing.shown(&limits);
        let said = standing.latest.as_ref().and_then(|value| Latest::of(standard, value, &limits));
        let said = said.map_or_else(
            || "Nothing is known yet. The first value appears here with the first answer, return or figure.".to_owned(),
            |latest| latest.sentence,
        );
        let led_by_shops = standing.latest.as_ref().is_some_and(|latest| latest.source == Some(Source::Shop));
        let moved = standing.trend(&limits).map(|trend: Trend| {
            let before = if led_by_shops { "the twelve months" } else { "the three months" };
            view! { <p class="govuk-body">{format!("{} (compared with {before} before).", trend.words())}</p> }
        });
        let missing = standing.is_missed(&limits);
        let read_of = standing.over.as_ref().filter(|over| standing.latest.as_ref() != Some(over));
        let read_of = read_of.and_then(|over| Latest::of(standard, over, &limits)).map(|over| {
            view! { <p class="govuk-body">{format!("Residents read of the months that are over: {} {}.", over.sentence, over.status)}</p> }
        });
        let needs = standing
            .needs_explanation(&limits)
            .then(|| view! { <strong class="govuk-tag govuk-tag--red">"Needs an explanation"</strong> });
        let explain = (missing && may_explain).then(|| explain(&form, &standing, narratives.first()));
        let next = Next {
            add: missing && permissions::may_read(role, "/staff/plan/actions/new"),
            standard: permissions::may_read(role, "/staff/standards/{id}").then(|| format!("/staff/standards/{}", standard.id)),
        };
        view! {
            <a class="govuk-back-link" href=format!("/staff/performance/areas/{}", standard.area_slug)>{standard.area_name.clone()}</a>
            {ui::error_summary(&form)}
            <h1 class="govuk-heading-l">{standard.title.clone()}</h1>
            <p class="govuk-body-l">{standard.promise.clone()}</p>
            <p class="govuk-body">{rows::mark(&shown)}" "{needs}</p>
            <p class="govuk-body"><strong>{said}</strong>" The promise: "{standard.target_in_words()}"."</p>
            {read_of}
            {moved}
            {narratives_view(&narratives)}
            {explain}
            {year(&standing, &limits)}
            {sources(&standing, &limits, since)}
            {evidence::view(evidence, next)}
            <p class="govuk-body"><a class="govuk-link" href=format!("/standards/{}", standard.slug)>"The standard as residents see it"</a></p>
        }
    })
    .with_form(&refused)
}

/// The form of an explanation; where one stands already, folded away and filled with what was said.
fn explain(form: &Form, standing: &Standing, newest: Option<&Narrative>) -> AnyView {
    let newest = newest.filter(|_| standing.explained);
    let untouched = form.fields().is_empty();
    let open = !untouched;
    let form = match newest.filter(|_| untouched) {
        Some(said) => {
            let mut filled = Form::filled(&[("why", &said.why), ("doing", &said.doing)]);
            filled.set_day("back", Some(said.back_on));
            filled
        }
        None => form.clone(),
    };
    let fields = view! {
        <form method="post" action=format!("/staff/performance/standards/{}", standing.standard.slug) novalidate>
            <p class="govuk-body">"Residents read this on the page of the promise, so write it for them and name nobody."</p>
            {ui::textarea(&form, "why", "Why was the promise missed?").rows(3).limit(LONGEST).view()}
            {ui::textarea(&form, "doing", "What are you doing about it?").rows(3).limit(LONGEST).view()}
            {ui::day(&form, "back", "When will it be kept again?", "For example, 31 3 2027")}
            {ui::button("Save the explanation")}
        </form>
    };
    if newest.is_none() {
        return view! { <section class="ds-section"><h2 class="govuk-heading-m">"Explain this miss"</h2>{fields}</section> }
            .into_any();
    }
    view! {
        <details class="govuk-details" open=open>
            <summary class="govuk-details__summary"><span class="govuk-details__summary-text">"Write a new explanation"</span></summary>
            <div class="govuk-details__text"><p class="govuk-body">"It is shown in place of the newest one above, which stays here for staff."</p>{fields}</div>
        </details>
    }
    .into_any()
}

fn narratives_view(narratives: &[Narrative]) -> Option<AnyView> {
    let items = narratives.iter().take(6).map(|one| {
        view! {
            <li>
                <p class="ds-timeline__when">{clock::day(clock::london_day(one.written_at))}", for the three months to "{one.ends_month.to_string()}</p>
                <div class="ds-timeline__what"><strong>"Why: "</strong>{ui::paragraphs(&one.why)}<strong>"What we are doing: "</strong>{ui::paragraphs(&one.doing)}</div>
                <p>"Back on track by "{clock::day(one.back_on)}"."</p>
            </li>
        }
    });
    let items = items.collect_view();
    (!narratives.is_empty()).then(|| {
        view! {
            <section class="ds-section">
                <h2 class="govuk-heading-m">"What was said of it"</h2>
                <p class="ds-meta">"While the promise is missed, residents read the newest on the page of the promise. Staff read all of them here."</p>
                <ol class="ds-timeline">{items}</ol>
            </section>
        }
        .into_any()
    })
}

/// The chart and its table, month by month.
fn year(standing: &Standing, limits: &Limits) -> Option<AnyView> {
    let points = standing.points(limits);
    let latest = standing.latest.as_ref()?;
    let unit = standing.standard.unit;
    if points.iter().all(|point| point.value.is_none()) {
        return None;
    }
    let description = format!(
        "Each month to {}, with the promise as a dashed line. The table below has the same numbers.",
        latest.period.ends
    );
    let words = |value: f64| sentence::value(unit, value);
    let drawing =
        chart::line("year", &format!("{}, month by month", standing.standard.title), &description, &points, words);
    let count = u32::try_from(points.len()).unwrap_or(0);
    let months = (0..count).map(|back| latest.period.ends.earlier(back));
    let rows = months.map(|ends| {
        let value = standing.value(Period { ends, span: Span::Month });
        let shown = value.map_or(Shown::Nothing, |value| value.shown(limits));
        let (number, base) = match shown {
            Shown::Nothing => ("–".to_owned(), String::new()),
            Shown::TooFew => ("Too few".to_owned(), String::new()),
            Shown::Value { value, base, .. } => (words(value), number::grouped(&base)),
        };
        let target = value.and_then(|value| value.target).map(words);
        view! {
            <tr>
                <th scope="row">{ends.to_string()}</th>
                <td class="ds-table__number">{number}</td>
                <td class="ds-table__number">{base}</td>
                <td class="ds-table__number">{target}</td>
                <td>{rows::mark(&shown)}</td>
            </tr>
        }
    });
    let rows = rows.collect_view();
    let yearly = (latest.source == Some(Source::Shop))
        .then_some(" Each month counts the mystery shops of the twelve months that end with it.");
    let view = view! {
        <section class="ds-section">
            <h2 class="govuk-heading-m">"Month by month"</h2>
            {drawing}
            <p class="ds-figure-note">"The dashed line is the promise. A square is a month in which it was not kept."{yearly}</p>
            <div class="ds-scroll" tabindex="0" role="region" aria-label="Month by month">
                <table class="ds-table">
                    <thead><tr>
                        <th scope="col">"Month"</th>
                        <th scope="col" class="ds-table__number">"Value"</th>
                        <th scope="col" class="ds-table__number">"n"</th>
                        <th scope="col" class="ds-table__number">"Promise"</th>
                        <th scope="col">"Status"</th>
                    </tr></thead>
                    <tbody>{rows}</tbody>
                </table>
            </div>
        </section>
    };
    Some(view.into_any())
}

/// What each source says, with how many stand behind it and when the newest came.
fn sources(standing: &Standing, limits: &Limits, since: i64) -> AnyView {
    let standard = &standing.standard;
    let mut dots = Vec::new();
    let rows = Source::ALL.map(|source| {
        let value = rows::newest_of(standing, source);
        let shown = value.map_or(Shown::Nothing, |value| value.source_shown(source, standard.unit, limits));
        let (number, base) = match shown {
            Shown::Nothing => ("Nothing yet".to_owned(), String::new()),
            Shown::TooFew => {
                let shops = value.filter(|_| source == Source::Shop).map(|value| value.shops_in_words(limits));
                (shops.unwrap_or_else(|| "Too few to say".to_owned()), String::new())
            }
            Shown::Value { value, base, .. } => {
                (sentence::value(standard.unit, value), sentence::base(source, standard, base))
            }
        };
        let interval = value.and_then(|value| value.interval(source, limits));
        if let (Some(value), Some((low, high))) = (shown.number(), interval) {
            dots.push(Dot { label: source.label().into(), value, low, high, shown: number.clone() });
        }
        let leads = standing.latest.as_ref().is_some_and(|latest| latest.source == Some(source));
        let between =
            interval.filter(|_| shown.number().is_some()).map(|(low, high)| format!("{low:.0}% to {high:.0}%"));
        let period = value.map(|value| shops::months(source, value.period));
        let on = value.and_then(|value| value.on(source)).map(clock::day);
        view! {
            <tr>
                <th scope="row">{source.label()}{leads.then_some(" (decides the status)")}</th>
                <td class="ds-table__number">{number}</td>
                <td>{base}</td>
                <td>{between}</td>
                <td>{period}</td>
                <td>{on}</td>
            </tr>
        }
    });
    let rows = rows.into_iter().collect_view();
    let drawing = (dots.len() > 1).then(|| {
        let description = "Each dot is a result, its line the range in which the result would probably lie had everybody been asked. The table has the same numbers.";
        chart::dots("sources", "What each source says", description, &dots)
    });
    let since = (since > 0).then(|| {
        let come = if since == 1 { "answer has" } else { "answers have" };
        view! { <p class="ds-meta">{format!("{since} more {come} come since. They are counted in steps of {STEP} while the survey is open, so that no figure tells what one person said.")}</p> }
    });
    view! {
        <section class="ds-section">
            <h2 class="govuk-heading-m">"Three sources"</h2>
            {drawing}
            {since}
            <div class="ds-scroll" tabindex="0" role="region" aria-label="Three sources">
                <table class="ds-table">
                    <thead><tr>
                        <th scope="col">"Source"</th>
                        <th scope="col" class="ds-table__number">"Result"</th>
                        <th scope="col">"n"</th>
                        <th scope="col">"Probably between"</th>
                        <th scope="col">"Period"</th>
                        <th scope="col">"Newest"</th>
                    </tr></thead>
                    <tbody>{rows}</tbody>
                </table>
            </div>
        </section>
    }
    .into_any()
}
