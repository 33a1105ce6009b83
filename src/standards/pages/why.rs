//! Why a promise was missed and what is done about it, in the words of those who answer for it.

use chrono::NaiveDate;
use leptos::prelude::*;

use super::parts::Standing;
use crate::clock;
use crate::db::{self, Tx};
use crate::performance::narrative::Narrative;
use crate::performance::{self, Rating};
use crate::thread::id::StandardId;
use crate::ui;

/// What was said of a missed promise.
pub(super) enum Why {
    /// Nothing yet.
    NotSaid,
    /// This, of the months that are shown.
    Said(Narrative),
}

/// What was said of a standard that misses its promise; none when it does not.
pub(super) async fn read(tx: &mut Tx, id: StandardId, standing: Option<&Standing>) -> Result<Option<Why>, db::Error> {
    let Some(missing) = standing.filter(|standing| standing.code == Rating::Missing.code()) else { return Ok(None) };
    // Staff see the month that is not over yet, so that they may have explained it before anybody else sees it.
    let begins = missing.period.begins();
    let said = performance::narratives_for_standard(tx, id).await?.into_iter().find(|one| one.ends_month >= begins);
    Ok(Some(said.map_or(Why::NotSaid, Why::Said)))
}

impl Why {
    /// The words under how the standard is doing.
    pub(super) fn view(&self, today: NaiveDate) -> AnyView {
        let said = match self {
            Self::NotSaid => return view! { <p>"We have not said yet why, or what we will do."</p> }.into_any(),
            Self::Said(said) => said,
        };
        let day = clock::day(said.back_on);
        let back = if said.back_on < today {
            format!("We said that we would keep this promise again from {day}. That day has passed.")
        } else {
            format!("We expect to keep this promise again from {day}.")
        };
        view! {
            <h3>"Why we missed it"</h3>
            {ui::paragraphs(&said.why)}
            <h3>"What we are doing about it"</h3>
            {ui::paragraphs(&said.doing)}
            <p>{back}</p>
        }
        .into_any()
    }
}
