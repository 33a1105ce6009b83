//! People who answer a survey: the whole form on one page, under a key of the tester's making.

use chrono::Utc;

use super::Outcome;
use super::client::{self, Answer, Client, Failure};
use super::form::Form;
use super::place::Place;
use super::server::Server;

/// A survey that is open to everybody.
#[derive(Clone)]
pub struct OpenSurvey {
    pub slug: String,
    form: Form,
}

/// What is stored of a survey, by the key under which it was sent.
pub const STORED: &str = "SELECT submission_key FROM responses";

impl OpenSurvey {
    /// The example landlord's open survey.
    ///
    /// # Errors
    /// When it has none, or its page no form.
    pub async fn find(place: &Place, server: &Server) -> Outcome<Self> {
        let look = place.look().await?;
        let sql = "SELECT slug FROM surveys WHERE access = 'open' AND published_at IS NOT NULL AND closes_at > $1 AND opens_at <= $1 ORDER BY survey_id";
        let slug = look.text_at(sql, Utc::now()).await?.ok_or("the example landlord has no open survey")?;
        look.close().await;
        Self::named(&slug, server).await
    }

    /// The open survey of that name.
    ///
    /// # Errors
    /// When its page has no form.
    pub async fn named(slug: &str, server: &Server) -> Outcome<Self> {
        let path = format!("/surveys/{slug}/all");
        let page = client::page(&mut server.visitor(), &path).await?;
        let form = Form::find(&page.text(), "/all")?.expect(&["key", "seal"])?;
        Ok(Self { slug: slug.to_owned(), form })
    }

    /// The path of the form with every question.
    #[must_use]
    pub fn path(&self) -> String {
        format!("/surveys/{}/all", self.slug)
    }

    /// Answers to every question, under a key.
    #[must_use]
    pub fn answers(&self, key: &str) -> Vec<(String, String)> {
        // A seal belongs to its key; without a sound one the form counts as opened now.
        self.form.fill(&[("key", key), ("seal", "")])
    }

    /// Other answers under the same key.
    ///
    /// # Errors
    /// When the survey leaves no choice.
    pub fn other_answers(&self, key: &str) -> Outcome<Vec<(String, String)>> {
        let mut answers = self.answers(key);
        for (name, value) in &mut answers {
            let other = self.form.fields.iter().rev().find(|field| {
                field.kind == "radio" && field.name == *name && field.value != *value && !field.value.is_empty()
            });
            if let Some(other) = other {
                other.value.clone_into(value);
                return Ok(answers);
            }
        }
        Err("the survey has no question with a choice".into())
    }

    /// Sends answers under a key.
    ///
    /// # Errors
    /// When there is no answer.
    pub async fn send(&self, client: &mut Client, key: &str) -> Result<Answer, Failure> {
        client.post(&self.path(), &self.answers(key)).await
    }
}
