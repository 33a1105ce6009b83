//! Pieces that several pages of standards share.

use std::collections::HashMap;

use chrono::NaiveDate;
use leptos::prelude::*;

use crate::clock;
use crate::db::{self, Tx};
use crate::performance::period::Period;
use crate::performance::{self, Latest, sentence};
use crate::settings::Landlord;
use crate::shell;
use crate::standards::standard::{Published, Source, Wording};
use crate::thread::id::StandardId;
use crate::ui;

/// How a standard is doing, in words for residents.
#[derive(Debug, Clone)]
pub(super) struct Standing {
    /// The code of the status word, for `ui::status`.
    pub code: String,
    /// The status word.
    pub word: String,
    /// The number and what it means.
    pub sentence: String,
    /// The months it speaks for.
    pub period: Period,
}

/// Shown until there is a figure.
pub(super) const NO_FIGURE: &str =
    "There is no figure for this promise yet. The first one appears here when the results of a whole period are in.";

impl From<Latest> for Standing {
    fn from(latest: Latest) -> Self {
        let code = latest.code.unwrap_or("too-few").into();
        Self { code, word: latest.status.into(), sentence: latest.sentence, period: latest.period }
    }
}

/// The newest published figure of a standard in a sentence; none before there is one.
pub(super) async fn standing(tx: &mut Tx, id: StandardId, today: NaiveDate) -> Result<Option<Standing>, db::Error> {
    Ok(performance::latest_for(tx, id, today).await?.map(Standing::from))
}

/// The newest published figure of every standard that has one.
pub(super) async fn standings(tx: &mut Tx, today: NaiveDate) -> Result<HashMap<StandardId, Standing>, db::Error> {
    let all = performance::latest_of_all(tx, today).await?;
    Ok(all.into_iter().map(|(id, latest)| (id, Standing::from(latest))).collect())
}

/// The target as residents read it: "at least 90 in 100".
pub(super) fn target(wording: &Wording) -> String {
    sentence::target(wording.unit, wording.direction, wording.target)
}

/// How a standard is measured, in a sentence or three.
pub(super) fn measure_in_words(wording: &Wording) -> Vec<String> {
    let mut lines = Vec::new();
    if !wording.numerator.is_empty() && !wording.denominator.is_empty() {
        let (kept, all) = (end(&wording.numerator), end(&wording.denominator));
        lines.push(format!("We count {kept}, out of {all}."));
    }
    if !wording.exclusions.is_empty() {
        lines.push(format!("We leave out {}.", end(&wording.exclusions)));
    }
    if !wording.clock.is_empty() {
        lines.push(format!("The clock runs {}.", end(&wording.clock)));
    }
    lines
}

/// A phrase without its full stop, to stand inside a sentence.
fn end(phrase: &str) -> &str {
    phrase.trim_end_matches('.')
}

/// Where the results come from, in words: "our own records and residents’ answers to surveys (our telephone system)".
pub(super) fn sources_in_words(wording: &Wording) -> String {
    let names: Vec<String> = Source::ALL
        .into_iter()
        .filter(|source| wording.counts(*source))
        .map(|source| lower_first(source.label()))
        .collect();
    let note = if wording.source_note.is_empty() { String::new() } else { format!(" ({})", wording.source_note) };
    match names.split_last() {
        None => "not said yet".to_owned(),
        Some((last, [])) => format!("{last}{note}"),
        Some((last, before)) => format!("{} and {last}{note}", before.join(", ")),
    }
}

fn lower_first(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map(|first| first.to_lowercase().chain(letters).collect()).unwrap_or_default()
}

/// The versions of a standard, newest first, each with what it changed; a sentence where it never changed.
pub(super) fn timeline(history: &[Published], today: NaiveDate) -> AnyView {
    if let [only] = history {
        let since = format!("The same since {}.", clock::day(only.effective_from));
        return view! { <p>{since}</p> }.into_any();
    }
    let items = history.iter().map(|version| {
        let from = clock::day(version.effective_from);
        let when = match version.superseded_on {
            _ if version.effective_from > today => format!("From {from}"),
            Some(next) => format!("{from} to {}", clock::day(next.pred_opt().unwrap_or(next))),
            None => format!("Since {from}"),
        };
        let what = format!("Version {}: {}", version.number, target(version));
        let changed = (!version.what_changed.is_empty()).then(|| version.what_changed.clone());
        view! {
            <li>
                <p class="ds-timeline__when">{when}</p>
                <p class="ds-timeline__what">{what}</p>
                <p>{version.promise.clone()}</p>
                {changed.map(|words| view! { <p><strong>"What changed: "</strong>{words}</p> })}
            </li>
        }
    });
    view! { <ol class="ds-timeline">{items.collect_view()}</ol> }.into_any()
}

/// Whom to ask, last on a resident's page.
pub(super) fn ask(landlord: &Landlord) -> AnyView {
    let (phone, email) = (&landlord.phone, &landlord.email);
    let phone = (!phone.is_empty()).then(|| view! { <p>"Phone us on "<strong>{shell::phone(phone)}</strong>"."</p> });
    let email = (!email.is_empty()).then(|| view! { <p>"E-mail "{shell::email(email)}"."</p> });
    view! {
        <div class="ds-ask">
            <h2>"Ask somebody"</h2>
            <p>"If you want to know more about a promise, or need it in large print, another format or another language, ask us."</p>
            {phone}
            {email}
        </div>
    }
    .into_any()
}

/// Said beside a comment, so that nobody waits for a repair.
pub(super) const NOT_BY_COMMENT: &str =
    "A comment here does not report a repair, an emergency or a complaint. To report one:";

/// Said beside what a resident can do about a missed promise.
pub(super) const TO_REPORT: &str = "To report an emergency or a repair, or to make a complaint:";

/// Where to report a repair, an emergency or a complaint, after words of its own.
pub(super) fn where_to_report(landlord: &Landlord, words: &'static str) -> AnyView {
    let ways =
        [("An emergency", &landlord.emergency), ("A repair", &landlord.repairs), ("A complaint", &landlord.complaints)];
    let known: Vec<AnyView> = ways
        .into_iter()
        .filter(|(_, how)| !how.is_empty())
        .map(|(what, how)| view! { <li><strong>{what}": "</strong>{ui::linked(how)}</li> }.into_any())
        .collect();
    let known = if known.is_empty() {
        view! { <p>"Please phone or visit us for those. "<a href="/pages/contact">"How to contact us"</a></p> }
            .into_any()
    } else {
        view! { <ul>{known}</ul> }.into_any()
    };
    view! {
        <div class="govuk-inset-text">
            <p>{words}</p>
            {known}
        </div>
    }
    .into_any()
}

/// Breadcrumbs: pairs of address and words; the page itself is not among them.
pub(super) fn breadcrumbs(steps: Vec<(String, String)>) -> AnyView {
    let steps = steps.into_iter().map(|(href, words)| {
        view! { <li class="govuk-breadcrumbs__list-item"><a class="govuk-breadcrumbs__link" href=href>{words}</a></li> }
    });
    view! { <nav class="govuk-breadcrumbs" aria-label="Breadcrumb"><ol class="govuk-breadcrumbs__list">{steps.collect_view()}</ol></nav> }
        .into_any()
}
