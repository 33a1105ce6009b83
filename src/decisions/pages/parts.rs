//! A decision as it is read, by everybody and by staff before everybody does.

use chrono::NaiveDate;
use leptos::prelude::*;

use crate::clock;
use crate::db::{self, Tx};
use crate::decisions::Version;
use crate::decisions::decision::{Alignment, Choice, Outcome};
use crate::records::{self, Named};
use crate::ui;

/// The records in which residents said it.
pub(super) async fn sources(tx: &mut Tx, version: &Version, today: NaiveDate) -> Result<Vec<Named>, db::Error> {
    let mut found = Vec::new();
    for record in &version.text.sources {
        found.extend(records::named(tx, *record, today).await?);
    }
    Ok(found)
}

/// The whole decision. `href` picks each source's page for whoever reads; a source without one is not named to them.
pub(super) fn whole(version: &Version, sources: &[Named], href: impl Fn(&Named) -> Option<String>) -> AnyView {
    let text = &version.text;
    let part = |heading: &'static str, words: &str| view! { <section class="ds-section"><h2>{heading}</h2>{ui::paragraphs(words)}</section> };
    let rows = sources.iter().filter_map(|one| {
        let page = href(one)?;
        Some(view! { <li><a href=page>{one.title.clone()}</a></li> }.into_any())
    });
    let rows: Vec<AnyView> = rows.collect();
    let said_in = (!rows.is_empty()).then(|| view! { <p>"Where they said it:"</p><ul>{rows}</ul> });
    let correction = (!text.correction.is_empty()).then(|| {
        let what = format!("This is version {}. What it puts right:", version.number);
        view! { <div class="govuk-inset-text"><p>{what}</p>{ui::paragraphs(&text.correction)}</div> }
    });
    view! {
        <p class="ds-lead">{format!("Decided by {} on {}", text.body, clock::day(text.decided_on))}</p>
        {correction}
        {part("What was to be decided", &text.question)}
        <section class="ds-section"><h2>"The options, and what residents said of each"</h2>{table(&text.choices)}</section>
        <section class="ds-section"><h2>"What residents told us"</h2>
            {ui::paragraphs(&text.views)}
            <p class="ds-meta">{text.heard_from.clone()}</p>
            {said_in}
        </section>
        {part("What was decided", &text.decided)}
        {part("Why", &text.reasons)}
        <section class="ds-section"><h2>"How it stands to what residents said"</h2>
            <p>{alignment(text.alignment)}</p>
            {ui::paragraphs(&text.differs_why)}
        </section>
    }
    .into_any()
}

/// How a decision stands to what residents said, as a mark with words.
pub(super) fn alignment(alignment: Alignment) -> AnyView {
    let code = match alignment {
        Alignment::AsSaid => "done",
        Alignment::Partly => "on-track",
        Alignment::Differs => "close",
    };
    ui::status(code, alignment.label())
}

fn table(choices: &[Choice]) -> AnyView {
    let rows = choices.iter().map(|choice| {
        let code = match choice.outcome {
            Outcome::Chosen => "done",
            Outcome::InPart => "on-track",
            Outcome::NotChosen => "stopped",
        };
        vec![
            choice.option.clone().into_any(),
            choice.residents.clone().into_any(),
            ui::status(code, choice.outcome.label()),
        ]
    });
    let heads = ["Option", "What residents said", "Decision"];
    ui::stacked("Options, views and the decision", &heads, rows.collect())
}
