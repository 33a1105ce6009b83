//! The themes of a question: a new one, and those of another question to begin with.

use leptos::prelude::*;

use super::{Here, back, heading, here, published_notice};
use crate::permissions;
use crate::questionnaires::piping;
use crate::surveys::store as surveys;
use crate::surveys::verbatims::frame::{self, Refused, Worded};
use crate::surveys::verbatims::open_question::OpenQuestion;
use crate::surveys::verbatims::{store, theme::Theme};
use crate::ui;
use crate::web::{Form, Page, PageError, Reply, Req};

/// The value of the button that copies.
const COPY: &str = "copy";

/// `/staff/surveys/{id}/words/{key}/themes`
pub async fn get(req: Req) -> Result<Reply, PageError> {
    let here = here(&req).await?;
    page(&req, here, Form::default()).await
}

/// Adds a theme, or copies those of another question.
pub async fn post(req: Req) -> Result<Reply, PageError> {
    let here = here(&req).await?;
    let mut form = req.form();
    if !here.asked.version.is_locked() {
        form.error("name", LATER);
        return page(&req, here, form).await;
    }
    if form.value("step") == COPY { copy(&req, here, form).await } else { add(&req, here, form).await }
}

/// Why no themes can be made yet: until then the question itself may go.
const LATER: &str = "Themes can be made as soon as the first answer has come";

/// The name and description of a theme in a form.
pub fn read(form: &mut Form) -> (String, String) {
    let name = form.required("name", "The name", 80, "Enter a name for the theme");
    let description = form.text("description", "The description", 300);
    (name, description)
}

async fn add(req: &Req, here: Here, mut form: Form) -> Result<Reply, PageError> {
    let (name, description) = read(&mut form);
    if !form.is_valid() {
        return page(req, here, form).await;
    }
    let mut tx = req.app.db.write().await?;
    let worded = Worded { name: &name, description: &description };
    match frame::add(&mut tx, here.of, worded).await {
        Ok(_) => {
            req.audit(&mut tx, "added a theme", &here.object(), &here.detail(&name)).await?;
            tx.commit().await?;
            Ok(Reply::redirect(format!("{}/themes", here.at())).saying("The theme was added"))
        }
        Err(refused) => {
            drop(tx);
            refuse(req, here, form, "name", refused).await
        }
    }
}

async fn copy(req: &Req, here: Here, mut form: Form) -> Result<Reply, PageError> {
    let mut tx = req.app.db.write().await?;
    let all = others(&mut tx, here.of).await?;
    let chosen = all.into_iter().find(|(of, _)| value(*of) == form.value("from"));
    let Some((from, title)) = chosen else {
        drop(tx);
        form.error("from", "Choose whose themes to copy");
        return page(req, here, form).await;
    };
    let standing = store::load(&mut tx, from).await?;
    match frame::copy(&mut tx, here.of, &standing).await {
        Ok(many) => {
            let detail = here.detail(&format!("{many} from “{title}”"));
            req.audit(&mut tx, "copied themes", &here.object(), &detail).await?;
            tx.commit().await?;
            let done = format!("{} copied", ui::counted(many, "theme was", "themes were"));
            Ok(Reply::redirect(format!("{}/themes", here.at())).saying(done))
        }
        Err(refused) => {
            drop(tx);
            refuse(req, here, form, "from", refused).await
        }
    }
}

async fn refuse(req: &Req, here: Here, mut form: Form, at: &str, refused: Refused) -> Result<Reply, PageError> {
    match refused {
        Refused::Internal(error) => Err(error.into()),
        refused => {
            form.error(at, refused.in_words().unwrap_or_default());
            page(req, here, form).await
        }
    }
}

/// How a question is named in the list of those to copy from.
fn value(of: OpenQuestion) -> String {
    format!("{}-{}", of.version_id, of.key)
}

/// The other questions that have themes, with their survey and words.
async fn others(tx: &mut crate::db::Tx, own: OpenQuestion) -> Result<Vec<(OpenQuestion, String)>, PageError> {
    let mut found = Vec::new();
    for (version_id, key) in store::list_framed(tx).await? {
        let of = OpenQuestion { version_id, key };
        let Some(asked) = surveys::find_by_version(tx, version_id).await?.filter(|_| of != own) else { continue };
        let question = u16::try_from(key).ok().and_then(|key| asked.version.questionnaire.find(key));
        if let Some(question) = question {
            let words = piping::described(&question.text, &asked.version.questionnaire);
            let words: String = words.chars().take(60).collect();
            found.push((of, format!("{}: {words}", asked.survey.title)));
        }
    }
    Ok(found)
}

async fn page(req: &Req, here: Here, form: Form) -> Result<Reply, PageError> {
    let mut tx = req.app.db.read().await?;
    let others = others(&mut tx, here.of).await?;
    let may_code = permissions::may_post(req.viewer.role(), super::CODE);
    let may_change = may_code && here.standing.frame.published_at.is_none();
    let error_form = form.clone();
    let page = Page::staff("Themes", move || {
        let live: Vec<&Theme> = here.standing.live().collect();
        let rows = live.iter().map(|theme| line(&here, theme, may_code)).collect_view();
        let list = if live.is_empty() {
            view! { <div class="ds-empty"><p>"No themes yet. Read some answers first, then name what comes up again and again."</p></div> }.into_any()
        } else {
            view! { <ul class="ds-list">{rows}</ul> }.into_any()
        };
        let merged = here.standing.themes.iter().filter_map(|theme| {
            let into = here.standing.live().find(|other| Some(other.id) == theme.merged_into)?;
            Some(view! { <li>{format!("“{}” was merged into “{}”", theme.name, into.name)}</li> })
        });
        let merged = merged.collect_view();
        let any_merged = here.standing.themes.iter().any(|theme| !theme.is_live());
        let merged =
            any_merged.then(|| view! { <section class="ds-section"><h2>"Merged"</h2><ul>{merged}</ul></section> });
        let is_locked = here.asked.version.is_locked();
        let later = (may_change && !is_locked).then(|| view! { <div class="govuk-inset-text">{LATER}"."</div> });
        let forms = (may_change && is_locked).then(|| forms(&form, &others));
        view! {
            {back(&here)}
            {ui::error_summary(&form)}
            {heading(&here, "Themes")}
            {published_notice(&here.standing)}
            {list}
            {merged}
            {later}
            {forms}
        }
    });
    Ok(page.with_form(&error_form).into())
}

fn line(here: &Here, theme: &Theme, may_code: bool) -> AnyView {
    // What is done because of it can be said when everything else stays as it is.
    let label = if here.standing.frame.published_at.is_some() { "What you do because of it" } else { "Change" };
    let change = may_code.then(|| {
        view! { <a href=format!("{}/themes/{}", here.at(), theme.id)>{label}<span class="govuk-visually-hidden">{format!(": “{}”", theme.name)}</span></a> }
    });
    let answers = (!here.standing.words.is_empty()).then(|| {
        view! { <a href=format!("{}?theme={}", here.at(), theme.id)>"Answers"<span class="govuk-visually-hidden">{format!(" about “{}”", theme.name)}</span></a> }
    });
    view! {
        <li>
            <div class="ds-list__main"><strong>{theme.name.clone()}</strong><p>{theme.description.clone()}</p></div>
            <div class="ds-list__aside"><div class="ds-toolbar">{answers}{change}</div></div>
        </li>
    }
    .into_any()
}

fn forms(form: &Form, others: &[(OpenQuestion, String)]) -> AnyView {
    let copy = (!others.is_empty()).then(|| {
        let choices = others.iter().map(|(of, title)| (value(*of), title.clone()));
        let choices = std::iter::once((String::new(), "Choose a question".to_owned())).chain(choices);
        view! {
            <section class="ds-section">
                <h2>"Begin with the themes of another question"</h2>
                <form method="post" novalidate>
                    {ui::select(form, "from", "Whose themes to copy", choices)}
                    <button type="submit" class="govuk-button govuk-button--secondary" name=ui::STEP value=COPY>"Copy its themes"</button>
                </form>
            </section>
        }
    });
    view! {
        <section class="ds-section">
            <h2>"A new theme"</h2>
            <form method="post" novalidate>
                {ui::text(form, "name", "Name").hint("Residents read it when it is published: “Waiting times”").view()}
                {ui::text(form, "description", "What belongs under it (you may leave this out)").hint("So that two people put the same answers under it.").view()}
                {ui::button("Add the theme")}
            </form>
        </section>
        {copy}
    }
    .into_any()
}
