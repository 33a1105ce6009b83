//! How many homes to draw for the regulator's survey, where the sample is drawn: what each tenure needs by itself.

use leptos::prelude::*;

use crate::db::{self, Tx};
use crate::statistics::accuracy::answers_needed;
use crate::surveys::regulator::listed::{self, Listed};
use crate::surveys::regulator::store;
use crate::surveys::survey::Survey;
use crate::web::number::grouped;

/// Of so many homes that are asked one is taken to answer.
const ONE_IN: u32 = 4;

/// What the form for a draw has to know.
#[derive(Clone, Debug, Default)]
pub(super) struct Need {
    /// The tenures of the list.
    pub tenures: Vec<Listed>,
    /// What the regulator asks for of each tenure, in sentences; none for other surveys.
    sentences: Vec<String>,
}

impl Need {
    /// What is known of the list, and of the homes that staff entered for the survey if they did.
    pub async fn load(tx: &mut Tx, survey: &Survey) -> Result<Self, db::Error> {
        let tenures = listed::load(tx).await?;
        if !survey.kind.feeds_measures() {
            return Ok(Self { tenures, sentences: Vec::new() });
        }
        let stock = store::find_stock(tx, survey.id).await?.or_else(|| listed::stock(&tenures));
        let of = |part, stock: &crate::surveys::regulator::stock::Stock| (part, stock.homes_of(part));
        let parts: Vec<_> =
            stock.iter().flat_map(|stock| stock.reported().into_iter().map(|part| of(part, stock))).collect();
        let sentences = parts.into_iter().map(|(part, homes)| sentence(part.label(), homes));
        Ok(Self { tenures, sentences: sentences.collect() })
    }

    /// How many homes are listed.
    pub fn homes(&self) -> i64 {
        self.tenures.iter().map(|one| one.homes).sum()
    }

    /// The sentences, with the way to the page that watches the margins.
    pub fn view(&self, survey: &Survey) -> Option<AnyView> {
        let items = self.sentences.iter().map(|words| view! { <li>{words.clone()}</li> }).collect_view();
        (!self.sentences.is_empty()).then(|| {
            view! {
                <p>"The regulator wants enough answers for each tenure by itself:"</p>
                <ul>{items}</ul>
                <p>"A share of a small tenure is too few. Draw all of it, below. "<a href=format!("/staff/surveys/{}/measures", survey.id)>"Measures and margins"</a>" counts what has come."</p>
            }
            .into_any()
        })
    }
}

/// "Rented homes (LCRA): 561 answers of 8,467 homes. If one home in 4 answers, draw 2,244."
fn sentence(label: &str, homes: u32) -> String {
    let needed = answers_needed(homes);
    let draw = needed.saturating_mul(ONE_IN);
    let how = if draw >= homes { "all of them".to_owned() } else { grouped(&draw) };
    format!(
        "{label}: {} answers of {} homes. If one home in {ONE_IN} answers, draw {how}.",
        grouped(&needed),
        grouped(&homes)
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tenure_needs_four_homes_for_each_answer_or_all_it_has() {
        assert_eq!(
            sentence("Rented homes (LCRA)", 8_467),
            "Rented homes (LCRA): 561 answers of 8,467 homes. If one home in 4 answers, draw 2,244."
        );
        assert!(
            sentence("Part-owned homes (LCHO)", 533)
                .ends_with("224 answers of 533 homes. If one home in 4 answers, draw all of them.")
        );
    }
}
