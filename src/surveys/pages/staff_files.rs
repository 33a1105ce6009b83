//! Every file that leaves a survey in one place: what it holds, and who may take it.

use leptos::prelude::*;

use crate::clock;
use crate::permissions::{self, Who};
use crate::questionnaires::store as responses;
use crate::settings::small_numbers;
use crate::surveys::files::document::Document;
use crate::surveys::files::store;
use crate::surveys::measured;
use crate::surveys::pages::staff_answers::Kind;
use crate::surveys::pages::{staff_details, staff_import, staff_results};
use crate::ui;
use crate::web::{Form, Page, PageError, Reply, Req};

const ANSWERS: &str = "/staff/surveys/{id}/answers";
const FIGURES: &str = "/staff/surveys/{id}/figures.csv";
const MEASURES: &str = "/staff/surveys/{id}/measures.csv";
const QUESTIONNAIRE: &str = "/staff/surveys/{id}/questionnaire.json";
const PAPER: &str = "/staff/surveys/{id}/paper";

/// The questionnaire as one file.
pub async fn questionnaire(req: Req) -> Result<Reply, PageError> {
    let asked = staff_details::found(&req).await?;
    let standards = measured::slugs(&mut req.app.db.read().await?).await?;
    let document = Document::of(&asked).write(&standards);
    let bytes = serde_json::to_vec_pretty(&document).map_err(|error| PageError::Internal(error.to_string()))?;
    let name = format!("{}-questionnaire.json", asked.survey.slug);
    Ok(Reply::download(&name, "application/json; charset=utf-8", bytes))
}

/// `/staff/surveys/{id}/files`
pub async fn get(req: Req) -> Result<Reply, PageError> {
    show(&req, Form::default()).await
}

/// The page; `refused` says why a file was not handed out.
pub(super) async fn show(req: &Req, refused: Form) -> Result<Reply, PageError> {
    let asked = staff_details::found(req).await?;
    let mut tx = req.app.db.read().await?;
    let answers = responses::count_responses(&mut tx, asked.version.id).await?;
    let source = store::find_source(&mut tx, asked.survey.id).await?;
    let policy = small_numbers::staff(&req.landlord);
    let are_enough = usize::try_from(answers).is_ok_and(|answers| policy.admits(answers));
    let why_not = (!are_enough).then(|| staff_results::too_few(&policy));
    let role = req.viewer.role();
    let may_bring = permissions::may_read(role, "/staff/surveys/{id}/import");
    let form = refused.clone();
    Ok(Page::staff(format!("Files: {}", asked.survey.title), move || {
        let at = format!("/staff/surveys/{}", asked.survey.id);
        let single = permissions::may_post(role, ANSWERS).then(|| match &why_not {
            None => takes(&at).into_any(),
            Some(why) => view! { <p class="ds-meta" id="answers">{why.clone()}</p> }.into_any(),
        });
        let link = |path: &'static str, words: &'static str| {
            let href = path.replace("/staff/surveys/{id}", &at);
            permissions::may_read(role, path).then(|| view! { <a href=href>{words}</a> }.into_any())
        };
        let any = answers > 0;
        let measures = asked.survey.kind.feeds_measures().then(|| {
            row(
                "Measures",
                "The regulator’s measures for each tenure, as they would be reported, with base and margin. CSV.",
                who(permissions::of(MEASURES).map(|(reads, _)| reads)),
                link(MEASURES, "Measures as CSV"),
            )
        });
        let rows = view! {
            {row(
                "Single answers",
                "A row for each person: what they chose, and what they wrote. Left out are number, day and reference, and ways of answering that few used, since they could say whose row it is. The order of the rows means nothing. The workbook holds them as codes and in words, with the codebook and the released tables; the SPSS file has labels and missing values, and R, Stata and PSPP read it too.",
                who(permissions::of(ANSWERS).map(|(_, posts)| posts)),
                single,
            )}
            {row(
                "Figures",
                "How many gave each answer, as the results page shows it: what few gave is hidden. CSV.",
                who(permissions::of(FIGURES).map(|(reads, _)| reads)),
                any.then(|| link(FIGURES, "Figures as CSV")).flatten(),
            )}
            {measures}
            {row(
                "Questionnaire",
                "What the survey says and asks, who is asked what, and what the answers measure; no answers. JSON. A survey can be made from it, here or by another landlord.",
                who(permissions::of(QUESTIONNAIRE).map(|(reads, _)| reads)),
                link(QUESTIONNAIRE, "Questionnaire as JSON"),
            )}
            {row(
                "Paper form",
                "The questions to print.",
                who(permissions::of(PAPER).map(|(reads, _)| reads)),
                link(PAPER, "Paper form"),
            )}
        };
        view! {
            <a class="govuk-back-link" href=at.clone()>"Back to the survey"</a>
            {ui::error_summary(&form)}
            <div class="ds-heading">
                <h1><span class="ds-heading__caption">{asked.survey.title.clone()}</span>" Files"</h1>
                <p class="ds-lead">"Everything that can be taken out of this survey and brought into it. Each file is made for the person who asks for it, and lies nowhere else."</p>
            </div>
            <section class="ds-section">
                <h2>"Files out"</h2>
                <ul class="ds-list">{rows}</ul>
                <p class="ds-meta">"Whoever takes single answers stands in the log of changes with the day and the kind of file."</p>
            </section>
            {may_bring.then(|| view! {
                <section class="ds-section">
                    <h2>"Files in"</h2>
                    <p>"Answers that somebody else collected, such as an agency on the telephone, come in from a CSV file or an Excel workbook: "<a href=format!("{at}/import")>"bring answers in"</a>"."</p>
                </section>
            })}
            {source.map(|source| view! {
                <p>{format!("The questions came from the file “{}”, read on {}.", source.file_name, clock::day(clock::london_day(source.read_at)))}</p>
                {staff_import::left_out(&source.left_out)}
            })}
        }
    })
    .with_form(&refused)
    .into())
}

fn row(what: &'static str, holds: &'static str, who: String, take: Option<AnyView>) -> AnyView {
    let take = take.unwrap_or_else(|| view! { <span class="ds-meta">"Not now, or not for you"</span> }.into_any());
    view! {
        <li>
            <div class="ds-list__main"><h3>{what}</h3><p>{holds}</p><p class="ds-meta">{format!("Who may take it: {who}")}</p></div>
            <div class="ds-list__take">{take}</div>
        </li>
    }
    .into_any()
}

/// The buttons for each kind of file of single answers.
fn takes(at: &str) -> AnyView {
    let kinds =
        [(Kind::Csv, "Answers as CSV"), (Kind::Workbook, "Answers as workbook"), (Kind::Spss, "Answers for SPSS")];
    let forms = kinds.map(|(kind, words)| {
        view! {
            <form method="post" action=format!("{at}/answers")>
                {ui::carried("as", kind.code())}
                {ui::quiet_button(words)}
            </form>
        }
    });
    forms.into_iter().collect_view().into_any()
}

/// Who may, in words, as the table of permissions has it.
fn who(who: Option<Who>) -> String {
    match who {
        Some(Who::Only(roles)) => roles.iter().map(|role| role.label()).collect::<Vec<_>>().join(", "),
        Some(Who::Anyone) => "Anybody".to_owned(),
        Some(Who::SignedIn) => "Everybody with an account".to_owned(),
        Some(Who::Nobody) | None => "Nobody".to_owned(),
    }
}
