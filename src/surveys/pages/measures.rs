//! The regulator's measures as tables, and how accurate they are: for staff, for residents and as a file.

use leptos::prelude::*;

use crate::db::{self, Tx};
use crate::exchange::csv;
use crate::settings::Landlord;
use crate::statistics::table::Base;
use crate::surveys::pages::bars;
use crate::surveys::regulator::accuracy::Accuracy;
use crate::surveys::regulator::known::{self, Known};
use crate::surveys::regulator::measures::{Figure, Measures};
use crate::surveys::regulator::store;
use crate::surveys::results::Gathered;
use crate::surveys::survey::Asked;
use crate::surveys::weighting;
use crate::web::number::grouped;

/// What is known of a survey's measures; none for a survey that may not be a source of them.
///
/// # Errors
/// When the database refuses.
pub async fn load(
    tx: &mut Tx,
    asked: &Asked,
    gathered: &Gathered,
    landlord: &Landlord,
) -> Result<Option<Known>, db::Error> {
    let stock = store::find_stock(tx, asked.survey.id).await?;
    let Ok(known) = known::known(asked, gathered, stock.as_ref(), landlord) else { return Ok(None) };
    let in_force = weighting::load(tx, asked, gathered, landlord).await?;
    Ok(Some(known.weighed(&in_force, asked, landlord)))
}

/// The measures on the page of results, with the way to how the survey was done.
pub fn published(known: &Known, path: &str) -> AnyView {
    let first = known.measures.measures.first();
    let said = first.into_iter().flat_map(|first| first.figures.iter().flatten()).filter_map(|figure| {
        let tenths = figure.table.share?.tenths?;
        Some(view! { <li><strong>{figure.part.label()}</strong>{format!(": {}% were very or fairly satisfied overall.", bars::decimal(tenths))}</li> })
    });
    let said: Vec<AnyView> = said.map(IntoAny::into_any).collect();
    view! {
        <section class="ds-section">
            <h2>"Tenant satisfaction measures"</h2>
            <p>"Every social landlord in England asks these twelve questions and publishes what its tenants said. "
                <a href=format!("{path}/approach")>"How we did this survey"</a>"."</p>
            <ul>{said}</ul>
            {tables(&known.measures)}
        </section>
    }
    .into_any()
}

/// The cells of one line: satisfied, neither, dissatisfied, answers, margin.
type Cells = [String; 5];

/// A figure in cells; what may not be shown says so in words.
fn cells(figure: Option<&Figure>) -> Cells {
    let Some(figure) = figure else { return ["Not reported", "", "", "", ""].map(str::to_owned) };
    let table = &figure.table;
    let answers = match table.base {
        Base::Shown(base) => grouped(&base),
        Base::FewerThan(minimum) => format!("Fewer than {minimum}"),
        Base::Withheld => "Hidden".to_owned(),
    };
    let tenths = table.share.and_then(|share| share.tenths);
    let shown = |tenths: Option<u32>| tenths.map_or_else(|| "Hidden".to_owned(), bars::decimal);
    let split = table.split;
    let margin = figure.margin.map_or_else(String::new, |margin| format!("{margin:.1}"));
    match table.base {
        Base::Shown(_) => [
            shown(tenths),
            shown(split.map(|split| split.middle)),
            shown(split.map(|split| split.below)),
            answers,
            margin,
        ],
        _ => ["Too few".to_owned(), String::new(), String::new(), answers, String::new()],
    }
}

/// Whether any measure has a weighted share.
fn are_weighted(measures: &Measures) -> bool {
    measures
        .measures
        .iter()
        .flat_map(|measure| measure.figures.iter().flatten())
        .any(|figure| figure.weighted.is_some())
}

/// The weighted share and how many answers that count equally would say as much.
fn weighted_cells(figure: Option<&Figure>) -> [String; 2] {
    let weighted = figure.and_then(|figure| figure.weighted);
    weighted.map_or_else(Default::default, |weighted| {
        [format!("{:.1}", weighted.percent), format!("{:.0}", weighted.effective)]
    })
}

/// A table for each part of the homes that is reported.
pub fn tables(measures: &Measures) -> AnyView {
    let weighs = are_weighted(measures);
    let tables = measures.parts.iter().enumerate().map(|(at, part)| {
        let rows = measures.measures.iter().map(|measure| {
            let [satisfied, neither, dissatisfied, answers, margin] =
                cells(measure.figures.get(at).and_then(Option::as_ref));
            let per_cent =
                |cell: String| if cell.ends_with(|c: char| c.is_ascii_digit()) { format!("{cell}%") } else { cell };
            let margin = if margin.is_empty() { margin } else { format!("±{margin}") };
            let name = format!("{} {}", measure.code, measure.name);
            let weighted = weighs.then(|| {
                let [share, effective] = weighted_cells(measure.figures.get(at).and_then(Option::as_ref));
                let cell = if share.is_empty() { "Not shown".to_owned() } else { format!("{share}%") };
                let effective = (!effective.is_empty())
                    .then(|| view! { <br/><span class="ds-meta">{format!("as good as {effective}")}</span> });
                view! { <td class="ds-table__number">{cell}{effective}</td> }
            });
            view! {
                <tr>
                    <th scope="row">{name}</th>
                    <td class="ds-table__number">{per_cent(satisfied)}</td>
                    <td class="ds-table__number">{per_cent(neither)}</td>
                    <td class="ds-table__number">{per_cent(dissatisfied)}</td>
                    <td class="ds-table__number">{answers}</td>
                    <td class="ds-table__number">{margin}</td>
                    {weighted}
                </tr>
            }
        });
        let rows = rows.collect_view();
        let caption = part.label();
        view! {
            <div class="ds-scroll" role="region" aria-label=caption tabindex="0">
                <table class="ds-table">
                    <caption>{caption}</caption>
                    <thead><tr>
                        <th scope="col">"Measure"</th>
                        <th scope="col" class="ds-table__number">"Satisfied or agreed"</th>
                        <th scope="col" class="ds-table__number">"Neither"</th>
                        <th scope="col" class="ds-table__number">"Dissatisfied or disagreed"</th>
                        <th scope="col" class="ds-table__number">"Answers"</th>
                        <th scope="col" class="ds-table__number">"Margin (points)"</th>
                        {weighs.then(|| view! { <th scope="col" class="ds-table__number">"Weighted"</th> })}
                    </tr></thead>
                    <tbody>{rows}</tbody>
                </table>
            </div>
        }
        .into_any()
    });
    let tables: Vec<AnyView> = tables.collect();
    view! {
        {tables}
        {weighs.then(|| view! { <p class="ds-figure-note">"“Weighted” is the share satisfied or agreed when those who answered stand for everybody; under it stands how many answers that each count once would say as much. Every other column counts each answer once."</p> })}
        <p class="ds-figure-note">"Per cent of those who gave one of the five answers on the scale: very or fairly satisfied (for TP08: strongly agreed or agreed). Those who were not asked, gave no answer or said “Not applicable/don’t know” are not counted. The margin says how far the figure may lie from what all homes would have said, either way, 95 times in 100; each measure has its own. “Too few” and “Hidden” stand where a person might be recognised."</p>
    }
    .into_any()
}

/// The measures as a file: a line for each measure and part of the homes.
#[must_use]
pub fn file(measures: &Measures) -> Vec<u8> {
    let weighs = are_weighted(measures);
    let head = [
        "Code",
        "Measure",
        "Tenure",
        "Satisfied or agreed (%)",
        "Neither (%)",
        "Dissatisfied or disagreed (%)",
        "Answers",
        "Margin (points either way)",
    ];
    let more = ["Weighted: satisfied or agreed (%)", "Weighted: answers that say as much"];
    let head = head.into_iter().chain(more.into_iter().filter(|_| weighs)).map(str::to_owned).collect();
    let lines = measures.parts.iter().enumerate().flat_map(|(at, part)| {
        measures.measures.iter().map(move |measure| {
            let start = [measure.code.clone(), measure.name.clone(), part.code().to_owned()];
            let figure = measure.figures.get(at).and_then(Option::as_ref);
            let weighted = weighted_cells(figure).into_iter().filter(|_| weighs);
            start.into_iter().chain(cells(figure)).chain(weighted).collect::<Vec<_>>()
        })
    });
    csv::write(std::iter::once(head).chain(lines))
}

/// How accurate a part is, in a sentence or two.
pub fn sentence(one: &Accuracy) -> String {
    let (homes, needed) = (grouped(&one.homes), grouped(&one.needed));
    let asked = if one.is_binding {
        format!("Of {homes} homes the regulator asks for a margin of ±{} points at most: {needed} answers.", one.asked)
    } else {
        format!(
            "With {homes} homes, fewer than 1,000, a margin of ±{} points is asked for as far as is reasonable: {needed} answers.",
            one.asked
        )
    };
    let so_far = match (one.answers, one.margin) {
        (Some(answers), Some(margin)) if one.is_reached() => {
            format!("There are {}, which is enough: the margin is ±{margin:.1} points.", grouped(&answers))
        }
        (Some(answers), Some(margin)) => {
            let lacking = grouped(&one.needed.saturating_sub(answers));
            format!("There are {}, {lacking} fewer than that: the margin is ±{margin:.1} points.", grouped(&answers))
        }
        (Some(answers), None) => {
            format!("There are {}, which is more than there are homes. Check the number of homes.", grouped(&answers))
        }
        (None, _) => "Too few people have answered to say more.".to_owned(),
    };
    format!("{asked} {so_far}")
}

/// How accurate each part is, as a list.
pub fn accuracy(all: &[Accuracy]) -> AnyView {
    let items = all.iter().map(|one| view! { <li><strong>{one.part.label()}</strong>". "{sentence(one)}</li> });
    view! { <ul>{items.collect_view()}</ul> }.into_any()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::questionnaires::bank::Tenure;
    use crate::surveys::regulator::stock::Part;

    #[test]
    fn the_margin_is_said_in_words() {
        let part = Part::Of(Tenure::Lcra);
        let one = Accuracy {
            part,
            homes: 8_797,
            asked: 4,
            is_binding: true,
            needed: 562,
            answers: Some(300),
            margin: Some(5.561),
        };
        assert_eq!(
            sentence(&one),
            "Of 8,797 homes the regulator asks for a margin of ±4 points at most: 562 answers. There are 300, 262 fewer than that: the margin is ±5.6 points."
        );
        let enough = Accuracy { answers: Some(562), margin: Some(4.0), ..one };
        assert!(sentence(&enough).ends_with("There are 562, which is enough: the margin is ±4.0 points."));
        let small =
            Accuracy { homes: 500, is_binding: false, asked: 5, needed: 218, answers: None, margin: None, part };
        assert!(sentence(&small).contains("as far as is reasonable: 218 answers. Too few people"));
        let doubled = Accuracy { answers: Some(501), ..small };
        assert!(sentence(&doubled).ends_with("Check the number of homes."));
    }
}
