//! Two questions against each other, for staff: a form of lists to pick from, and the table.

use leptos::prelude::*;

use crate::settings::small_numbers;
use crate::statistics::disclosure::Dependence;
use crate::statistics::table::{Base, Cell, Table};
use crate::surveys::cross_tab::{self, Chosen, CrossTab, NotShown, Subject};
use crate::surveys::pages::{bars, staff_details};
use crate::surveys::survey::Asked;
use crate::ui;
use crate::web::number::grouped;
use crate::web::{Form, Page, PageError, Reply, Req};

/// How rarely chance alone may bring such a table before two questions are said to go together.
const LEVEL: f64 = 0.05;

/// `/staff/surveys/{id}/cross-tab?rows=3-0&columns=1-0&only=4-0-1`
pub async fn get(req: Req) -> Result<Reply, PageError> {
    let asked = staff_details::found(&req).await?;
    let mut form = req.query_form();
    let policy = small_numbers::staff(&req.landlord);
    let chosen = read(&mut form, &asked)?;
    let found = match &chosen {
        Some(chosen) => {
            let mut tx = req.app.db.read().await?;
            Some(cross_tab::work_out(&mut tx, &asked, chosen, &policy).await?)
        }
        None => None,
    };
    let only = chosen.as_ref().and_then(|chosen| filtered(chosen, &asked));
    let names = chosen.as_ref().map(|chosen| (chosen.rows.title.clone(), chosen.columns.title.clone()));
    let (choices, layers) = (choices(&asked), layers(&asked));
    let error_form = form.clone();
    Ok(Page::staff(format!("Compare two questions: {}", asked.survey.title), move || {
        let at = format!("/staff/surveys/{}/results", asked.survey.id);
        let pick = |first: &str| std::iter::once((String::new(), first.to_owned()));
        let table = found.zip(names).map(|(found, (rows, columns))| match found {
            Ok(found) => shown(&found, &rows, &columns, only.as_deref()),
            Err(why) => view! { <p>{not_shown(why)}</p> }.into_any(),
        });
        view! {
            <a class="govuk-back-link" href=at>"Back to the results"</a>
            {ui::error_summary(&form)}
            <div class="ds-heading">
                <h1><span class="ds-heading__caption">{asked.survey.title.clone()}</span>" Compare two questions"</h1>
                <p class="ds-lead">"See how the answers to one question go with the answers to another."</p>
            </div>
            <form class="ds-filters" method="get">
                {ui::select(&form, "rows", "Down the side", pick("Choose a question").chain(choices.clone()))}
                {ui::select(&form, "columns", "Across the top", pick("Choose a question").chain(choices))}
                {ui::select(&form, "only", "Only people who answered", pick("Everybody").chain(layers))}
                {ui::quiet_button("Show")}
            </form>
            {table}
        }
    })
    .with_form(&error_form)
    .into())
}

/// What is asked for; none before anything is, and where something is wrong, which the form then says.
fn read<'a>(form: &mut Form, asked: &'a Asked) -> Result<Option<Chosen<'a>>, PageError> {
    let unknown = || PageError::BadRequest("There is no such question in this survey.".to_owned());
    let subjects = cross_tab::subjects(asked);
    let find = |name: &str| subjects.iter().find(|subject| subject.name() == name).cloned();
    let subject = |value: &str| match value {
        "" => Ok(None),
        name => find(name).map(Some).ok_or_else(unknown),
    };
    let (rows, columns) = (subject(form.value("rows"))?, subject(form.value("columns"))?);
    let only = match form.value("only") {
        "" => None,
        value => {
            let (name, layer) = value.rsplit_once('-').ok_or_else(unknown)?;
            let third = find(name).filter(Subject::is_single).ok_or_else(unknown)?;
            let layers = third.layers(&asked.version.questionnaire).len();
            Some((third, layer.parse().ok().filter(|layer| *layer < layers).ok_or_else(unknown)?))
        }
    };
    let (rows, columns) = match (rows, columns) {
        (Some(rows), Some(columns)) => (rows, columns),
        (None, None) if only.is_none() => return Ok(None),
        (rows, columns) => {
            for (field, _) in [("rows", rows), ("columns", columns)].iter().filter(|(_, chosen)| chosen.is_none()) {
                form.error(field, "Choose a question");
            }
            return Ok(None);
        }
    };
    if rows == columns {
        form.error("columns", "Choose two different questions");
    } else if !rows.is_single() && !columns.is_single() {
        form.error("columns", "Choose at least one question to which people give one answer");
    }
    if only.as_ref().is_some_and(|(third, _)| *third == rows || *third == columns) {
        form.error("only", "Choose an answer to a question that is not in the table");
    }
    Ok(form.is_valid().then_some(Chosen { rows, columns, only }))
}

fn choices(asked: &Asked) -> Vec<(String, String)> {
    cross_tab::subjects(asked).into_iter().map(|subject| (subject.name(), subject.title)).collect()
}

fn layers(asked: &Asked) -> Vec<(String, String)> {
    let single = cross_tab::subjects(asked).into_iter().filter(Subject::is_single);
    let layers = single.flat_map(|subject| {
        let layers = subject.layers(&asked.version.questionnaire).into_iter().enumerate();
        layers
            .map(|(at, (name, _))| (format!("{}-{at}", subject.name()), format!("{} – {name}", subject.title)))
            .collect::<Vec<_>>()
    });
    layers.collect()
}

/// Whose answers are shown, in words.
fn filtered(chosen: &Chosen<'_>, asked: &Asked) -> Option<String> {
    let (third, layer) = chosen.only.as_ref()?;
    let (name, _) = third.layers(&asked.version.questionnaire).into_iter().nth(*layer)?;
    Some(format!("Only people whose answer to “{}” is: {name}.", third.title))
}

fn not_shown(why: NotShown) -> String {
    match why {
        NotShown::TooManyCells => {
            "These two questions have too many answers between them: a table of more than 400 numbers tells nobody anything.".to_owned()
        }
        NotShown::Shut => {
            "These answers are kept sealed, and some of them cannot be opened because their key is missing. None is lost.".to_owned()
        }
        NotShown::TooFewInLayers(minimum) => format!(
            "Not shown with this filter: somewhere in the tables of these three questions are fewer than {minimum} people. Take the filter away, or choose one with fewer answers."
        ),
    }
}

fn shown(found: &CrossTab, rows: &str, columns: &str, only: Option<&str>) -> AnyView {
    let only = only.map(|words| view! { <p>{words.to_owned()}</p> });
    let (heads, lines) = grid(found);
    let heads = heads.into_iter().map(|head| view! { <th scope="col" class="ds-table__number">{head}</th> });
    let heads = heads.collect_view();
    let lines = lines.into_iter().map(|(head, cells)| {
        let cells = cells.into_iter().map(cell).collect_view();
        view! { <tr><th scope="row">{head}</th>{cells}</tr> }
    });
    let lines = lines.collect_view();
    let all = found.released.groups.iter().map(|(_, table)| table).chain([&found.released.overall]);
    let hides = all.into_iter().any(|table| !table.is_shown() || table.hides_some());
    let caption = format!("“{rows}” by “{columns}”");
    let (title, label) = (caption.clone(), caption.clone());
    view! {
        <section class="ds-section">
            <h2>{title}</h2>
            {only}
            <p>{connection(found.dependence)}</p>
            <div class="ds-scroll" role="region" aria-label=label tabindex="0">
                <table class="ds-table">
                    <caption class="govuk-visually-hidden">{caption}</caption>
                    <thead><tr><td></td>{heads}</tr></thead>
                    <tbody>{lines}</tbody>
                </table>
            </div>
            <p class="ds-figure-note">{format!("Per cent of the people with the same answer to “{}”; under it how many people.", found.divided_by)}</p>
            {hides.then(bars::hidden_note)}
        </section>
    }
    .into_any()
}

/// A line of the table: its heading, and each cell with what stands under it.
type Line = (String, Vec<(String, String)>);

/// The headings of the columns, and the lines, the way round that was asked for.
fn grid(found: &CrossTab) -> (Vec<String>, Vec<Line>) {
    let everybody = ("Everybody".to_owned(), found.released.overall.clone());
    let parts: Vec<(String, Table)> = found.released.groups.iter().cloned().chain([everybody]).collect();
    let answers: Vec<String> = found.answers.iter().cloned().chain(["People".to_owned()]).collect();
    if found.parts_are_columns {
        let lines = answers.iter().enumerate();
        let lines =
            lines.map(|(at, answer)| (answer.clone(), parts.iter().map(|(_, table)| words(table, at)).collect()));
        return (parts.iter().map(|(name, _)| name.clone()).collect(), lines.collect());
    }
    let lines =
        parts.iter().map(|(name, table)| (name.clone(), (0..answers.len()).map(|at| words(table, at)).collect()));
    (answers.clone(), lines.collect())
}

/// One answer in one part: its share, and how many people; after the last answer, how many there are in all.
fn words(table: &Table, at: usize) -> (String, String) {
    let all = match table.base {
        Base::Shown(base) => grouped(&base),
        Base::FewerThan(minimum) => format!("Fewer than {minimum}"),
        Base::Withheld => "Hidden".to_owned(),
    };
    if !table.is_shown() {
        return (if at == 0 { all } else { String::new() }, String::new());
    }
    match table.rows.get(at).map(|row| row.cell) {
        Some(Cell::Shown { count, percent }) => (format!("{percent}%"), grouped(&count)),
        Some(Cell::Hidden) => ("Hidden".to_owned(), String::new()),
        None => (all, String::new()),
    }
}

fn cell((above, under): (String, String)) -> AnyView {
    let under = (!under.is_empty()).then(|| view! { <br/><span class="ds-meta">{under}</span> });
    view! { <td class="ds-table__number">{above}{under}</td> }.into_any()
}

/// Whether the two questions go together, in words.
fn connection(found: Option<Dependence>) -> String {
    let Some(Dependence { statistic, freedom, p }) = found else {
        return "What may be shown is too little to test whether the answers go together.".to_owned();
    };
    let rarely = if p < 0.001 { "p < 0.001".to_owned() } else { format!("p = {p:.3}") };
    let degrees = ui::counted(usize::try_from(freedom).unwrap_or(usize::MAX), "degree", "degrees");
    let test = format!("chi-square test: {statistic:.1} with {degrees} of freedom, {rarely}");
    if p < LEVEL {
        return format!(
            "The answers go together more than chance would explain ({test}). That need not mean that one comes from the other, and of twenty tables of questions that have nothing to do with each other one looks like this."
        );
    }
    format!("No clear connection: chance alone would often bring a table like this ({test}).")
}
