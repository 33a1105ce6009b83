//! The share satisfied as people answered and weighted, side by side.

use leptos::prelude::*;

use crate::questionnaires::kinds::facet::Facet;
use crate::questionnaires::question::Question;
use crate::statistics::disclosure::{Policy, Released};
use crate::statistics::table::Table;
use crate::statistics::weights::Weighted;
use crate::surveys::pages::bars;
use crate::surveys::results::{Gathered, QuestionResult};
use crate::surveys::survey::Asked;
use crate::surveys::weighting::InForce;

/// A question's weighted share, or why it is not shown.
pub struct Weighed {
    told: Result<Weighted, String>,
    by_homes: bool,
    /// Whether areas differ in it, where that can be said.
    differ: Option<bool>,
}

/// The weighted share of a question that is counted as a whole; none where nothing is weighed.
pub fn load(
    in_force: &InForce,
    asked: &Asked,
    gathered: &Gathered,
    result: &QuestionResult,
    areas: Option<&Released>,
    policy: &Policy,
) -> Option<Weighed> {
    let question = asked.version.questionnaire.find(result.question.key)?;
    result.table().filter(|table| table.share.is_some())?;
    let told = in_force.share(asked, gathered, (question, &Facet::whole()), areas, policy)?;
    let by_homes = matches!(in_force, InForce::Cells(_));
    Some(Weighed { told, by_homes, differ: in_force.areas_differ(asked, gathered, question, policy) })
}

impl Weighed {
    /// The share, or why it is not shown.
    pub fn told(self) -> Result<Weighted, String> {
        self.told
    }

    /// The sentence, and both shares in a table.
    pub fn view(self, result: &QuestionResult) -> AnyView {
        let table = result.table();
        let about = table.is_some_and(|table| table.rounded);
        let sentence = self.sentence(about);
        let both = table.and_then(|table| side_by_side(&result.question, table, &self.told));
        view! { <p>{sentence}</p>{both} }.into_any()
    }

    fn sentence(&self, about: bool) -> String {
        let weighted = match &self.told {
            Ok(weighted) => weighted,
            Err(why) => return why.clone(),
        };
        let Weighted { percent, low, high, effective } = weighted;
        if self.by_homes {
            return format!(
                "Had every area answered in proportion to its homes, it would be {percent:.1}%, probably between {low:.0}% and {high:.0}%. Weighted like that, the answers say as much as {effective:.0} that need no weights; people who gave no area are left out.",
            );
        }
        let (percent, near) = if about { (format!("{percent:.0}%"), "about ") } else { (format!("{percent:.1}%"), "") };
        let differ = match self.differ {
            Some(true) => " Weighted too, the areas differ by more than chance would explain.",
            Some(false) => " Weighted, the areas differ no more than chance would explain.",
            None => "",
        };
        format!(
            "Weighted so that those who answered stand for everybody, it is {percent}, probably between {low:.0}% and {high:.0}%. Weighted, the answers say as much as {near}{effective:.0} that each count once.{differ}",
        )
    }
}

/// Both shares in one table; nothing where one of them is not shown.
fn side_by_side(question: &Question, table: &Table, told: &Result<Weighted, String>) -> Option<AnyView> {
    let (share, base, weighted) = (table.share?, table.base()?, told.as_ref().ok()?);
    let percent = |of: f64| if table.rounded { format!("{of:.0}%") } else { format!("{of:.1}%") };
    let between = |low: f64, high: f64| format!("{low:.0}% to {high:.0}%");
    let rows = [
        ("As people answered", bars::percent(&share), between(share.low, share.high), base.to_string()),
        (
            "Weighted",
            percent(weighted.percent),
            between(weighted.low, weighted.high),
            format!("as good as {:.0}", weighted.effective),
        ),
    ];
    let rows = rows.map(|(name, percent, between, base)| {
        view! {
            <tr>
                <th scope="row">{name}</th>
                <td class="ds-table__number">{percent}</td>
                <td class="ds-table__number">{between}</td>
                <td class="ds-table__number">{base}</td>
            </tr>
        }
    });
    let rows = rows.into_iter().collect_view();
    let caption = format!("As people answered and weighted: {}", question.text);
    let label = caption.clone();
    let view = view! {
        <div class="ds-scroll" role="region" aria-label=label tabindex="0">
            <table class="ds-table">
                <caption class="govuk-visually-hidden">{caption}</caption>
                <thead><tr>
                    <th scope="col">"Counted"</th>
                    <th scope="col" class="ds-table__number">"Satisfied or agreed"</th>
                    <th scope="col" class="ds-table__number">"Probably between"</th>
                    <th scope="col" class="ds-table__number">{bars::heading(table.rounded)}</th>
                </tr></thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
    };
    Some(view.into_any())
}
