//! The pages of what residents wrote: themes, coding, the check by a second person, and reading before it is shown.

pub mod all;
pub mod check;
pub mod code;
pub mod look;
pub mod publish;
pub mod question;
pub mod review;
pub mod settle;
#[cfg(test)]
mod tests;
pub mod theme;
pub mod themes;
pub mod written;

use leptos::prelude::*;

use crate::questionnaires::piping;
use crate::questionnaires::question::Question;
use crate::settings::small_numbers;
use crate::surveys::pages::staff_details;
use crate::surveys::results;
use crate::surveys::survey::Asked;
use crate::surveys::verbatims::open_question::OpenQuestion;
use crate::surveys::verbatims::standing::Standing;
use crate::surveys::verbatims::store;
use crate::web::{PageError, Req};

/// The page whose row says who may put answers under themes.
pub const CODE: &str = "/staff/surveys/{id}/words/{key}/code";

/// A question and how far the work on its words is.
pub struct Here {
    pub asked: Asked,
    /// As staff read it.
    pub question: Question,
    pub of: OpenQuestion,
    /// Without any words where they may not be read.
    pub standing: Standing,
    /// Whether enough people answered for their words to be read.
    pub may_read: bool,
}

impl Here {
    /// The address of the question's page.
    pub fn at(&self) -> String {
        format!("/staff/surveys/{}/words/{}", self.asked.survey.id, self.question.key)
    }

    /// How the log names the survey.
    pub fn object(&self) -> String {
        format!("survey/{}", self.asked.survey.id)
    }

    /// How the log names the question.
    pub fn detail(&self, what: &str) -> String {
        let position = self.asked.version.questionnaire.position(self.question.key).unwrap_or(0);
        format!("question {}: {what}", position + 1)
    }
}

/// How the log names an answer: by the beginning of its key, which says nothing of it.
pub fn named(word: &str) -> String {
    format!("answer {}", word.chars().take(8).collect::<String>())
}

/// The question of the address.
pub async fn here(req: &Req) -> Result<Here, PageError> {
    let asked = staff_details::found(req).await?;
    let (of, question) = OpenQuestion::find(&asked, req.id("key")?).ok_or(PageError::NotFound)?;
    let question = piping::described_question(question, &asked.version.questionnaire);
    let mut tx = req.app.db.read().await?;
    let gathered = results::gather(&mut tx, &asked).await?;
    let may_read = of.may_be_read(&gathered.release(&asked, None, &small_numbers::staff(&req.landlord)));
    let mut standing = store::load(&mut tx, of).await?;
    if !may_read {
        standing.words.clear();
    }
    Ok(Here { asked, question, of, standing, may_read })
}

/// The way back to the question's page.
pub fn back(here: &Here) -> AnyView {
    view! { <a class="govuk-back-link" href=here.at()>"Back to what people wrote"</a> }.into_any()
}

/// The heading of a page about a question.
pub fn heading(here: &Here, title: &str) -> AnyView {
    view! {
        <div class="ds-heading"><h1><span class="ds-heading__caption">{here.question.text.clone()}</span>" "{title.to_owned()}</h1></div>
    }
    .into_any()
}

/// What stands where nothing can be done because of how few people answered.
pub fn too_few(here: &Here) -> Option<AnyView> {
    (!here.may_read).then(|| {
        view! { <div class="govuk-inset-text">"Too few people answered to read their words. They can be read here as soon as there are enough."</div> }
            .into_any()
    })
}

/// That themes are published and stay as they are.
pub fn published_notice(standing: &Standing) -> Option<AnyView> {
    standing.frame.published_at.map(|_| {
        view! { <div class="govuk-inset-text">"What people wrote is published. Its themes, and what was put under them, stay as they are."</div> }
            .into_any()
    })
}
