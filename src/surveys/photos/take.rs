//! Taking a photo that came with the form of a page: it is kept with the draft at once, whatever is wrong with the rest.

use chrono::{DateTime, Utc};

use crate::app::App;
use crate::db::{self, Tx};
use crate::files::image::Drawn;
use crate::files::{self, UploadError};
use crate::questionnaires::answer::Answers;
use crate::questionnaires::kinds::photo::{self, AWAY, KEPT, WORDS};
use crate::questionnaires::question::Question;
use crate::questionnaires::sealed::kept::{self as sealed, Purpose};
use crate::questionnaires::store as responses;
use crate::surveys::draft::{self, Draft, Ticket};
use crate::surveys::photos::store;
use crate::surveys::store as surveys;
use crate::surveys::survey::{Access, Asked, Sending, State};
use crate::web::{Form, Upload};

/// The most photos of one survey that wait for their answers to be sent, so that nobody can fill the disk with drafts.
pub const MOST_WAITING: i64 = if cfg!(test) { 3 } else { 2_000 };
/// How often a draft is read again that was saved from another window meanwhile.
const TRIES: usize = 5;

/// The form of a page with a question for a photo, and what the person's browser remembers.
pub struct Came<'a> {
    /// The survey.
    pub asked: &'a Asked,
    /// The question, which asks for a photo.
    pub question: &'a Question,
    /// The files that were chosen for it.
    pub uploads: Vec<&'a Upload>,
    /// What the browser remembers. A draft that is begun here is added.
    pub ticket: &'a mut Ticket,
    /// The draft, as it was read.
    pub draft: Option<Draft>,
}

/// Keeps the photo, or takes away the one that is kept where the form says so, and fills in the name of what is kept now:
/// whatever the form itself says of it is not believed. Gives the draft as it stands then. What is wrong is said in the form.
///
/// # Errors
/// When the database or the disk refuses; nothing is changed then.
pub async fn take(
    app: &App,
    came: Came<'_>,
    form: &mut Form,
    now: DateTime<Utc>,
) -> Result<Option<Draft>, UploadError> {
    let Came { asked, question, uploads, ticket, mut draft } = came;
    let field = question.field_name();
    let part = |part: &str| format!("{field}-{part}");
    let drawn = draw(&uploads, &field, form).await;
    let away = uploads.is_empty() && form.has(&part(AWAY), "yes");
    if (drawn.is_some() || away) && may_save(asked, ticket, draft.as_ref(), now) {
        let change = Change { asked, key: question.key, drawn: drawn.as_ref(), now };
        match change.save(app, ticket).await? {
            Saved::Done(saved) => draft = Some(saved),
            Saved::TooMany => form.error(
                &field,
                "We cannot take more photos at the moment. Go on without one, or come back tomorrow and add it",
            ),
            // What follows meets the same and says so.
            Saved::QuestionsChanged => {}
        }
    }
    let kept = draft.as_ref().and_then(|draft| draft.answers.get(question.key)).and_then(photo::file);
    form.set(&part(KEPT), kept.unwrap_or_default());
    form.set(&part(AWAY), "");
    if away {
        form.set(&part(WORDS), "");
    }
    Ok(draft)
}

/// The photo that was chosen, drawn anew; none where there is none, or where it cannot be kept, which the form then says.
/// It takes time, so that no transaction is open meanwhile.
async fn draw(uploads: &[&Upload], field: &str, form: &mut Form) -> Option<Drawn> {
    let [upload] = uploads else {
        if !uploads.is_empty() {
            form.error(field, "Choose one photo only");
        }
        return None;
    };
    match files::draw_photo(upload.bytes.clone()).await {
        Ok(drawn) => Some(drawn),
        Err(refused) => {
            form.error(field, refused.to_string());
            None
        }
    }
}

/// Whether anything of this person's may be saved now.
fn may_save(asked: &Asked, ticket: &Ticket, draft: Option<&Draft>, now: DateTime<Utc>) -> bool {
    let survey = &asked.survey;
    match draft {
        Some(draft) => survey.sending(draft.started_at, now) != Sending::TooLate,
        None => survey.state(now) == State::Open && (survey.access == Access::Open || ticket.invitation.is_some()),
    }
}

/// What is to be changed in a draft.
struct Change<'a> {
    asked: &'a Asked,
    key: u16,
    /// The new photo; none takes the old one away.
    drawn: Option<&'a Drawn>,
    now: DateTime<Utc>,
}

/// What became of it.
enum Saved {
    Done(Draft),
    TooMany,
    QuestionsChanged,
}

impl Change<'_> {
    async fn save(&self, app: &App, ticket: &mut Ticket) -> Result<Saved, UploadError> {
        for _ in 0..TRIES {
            let mut tx = app.db.write().await?;
            if !responses::lock(&mut tx, &self.asked.version, self.now).await? {
                return Ok(Saved::QuestionsChanged);
            }
            let mut remembers = ticket.clone();
            let mut draft = self.draft(app, &mut tx, &mut remembers).await?;
            let (version, key) = (self.asked.version.id, i64::from(self.key));
            let replaced = store::remove_of_draft(&mut tx, &draft.token_hash, key).await?;
            if let Some(file) = &replaced {
                files::forget(&mut tx, file).await?;
            }
            draft.answers.take(self.key);
            let mut added = None;
            if let Some(drawn) = self.drawn {
                if store::count_waiting(&mut tx, version).await? >= MOST_WAITING {
                    return Ok(Saved::TooMany);
                }
                // As if it had come when the survey opened: neither the row nor the file says when it did.
                let opened = self.asked.survey.opens_at;
                let file = app.random.uuid().to_string();
                let kept = files::keep_photo_of_nobody(app, &mut tx, &file, drawn, opened).await;
                let noted = match kept {
                    Ok(()) => store::insert(&mut tx, (version, key), Some(&draft.token_hash), &file, drawn).await,
                    Err(refused) => {
                        erase(app, Some(&file)).await;
                        return Err(refused);
                    }
                };
                draft.answers.put(self.key, photo::answer(&file, ""));
                added = Some(file);
                if let Err(error) = noted {
                    erase(app, added.as_deref()).await;
                    return Err(error.into());
                }
            }
            let parted = sealed::part(tx.keyring(), Purpose::Draft, &self.asked.version, &draft.answers);
            let saved = match parted {
                Ok(parted) => surveys::save_draft(&mut tx, &draft, &parted, self.now).await,
                Err(shut) => Err(shut),
            };
            let saved = match saved {
                Ok(true) => tx.commit().await.map(|()| true),
                other => other,
            };
            // What the database does not hold lies in no folder.
            if !matches!(saved, Ok(true)) {
                erase(app, added.as_deref()).await;
            }
            if saved? {
                erase(app, replaced.as_deref()).await;
                *ticket = remembers;
                draft.revision += 1;
                return Ok(Saved::Done(draft));
            }
        }
        Err(UploadError::Database(db::Error::WrongRowCount { expected: 1, actual: 0 }))
    }

    /// The person's draft as it stands, or one that begins here, so that no photo is lost in a browser that forgot it.
    async fn draft(&self, app: &App, tx: &mut Tx, ticket: &mut Ticket) -> Result<Draft, db::Error> {
        if let Some(draft) = draft::find(tx, self.asked, ticket.draft.as_deref()).await? {
            return Ok(draft);
        }
        let token = draft::begin(tx, &app.random, self.asked, Answers::default(), self.now).await?;
        let begun = draft::find(tx, self.asked, Some(&token)).await?;
        ticket.draft = Some(token);
        begun.ok_or(db::Error::WrongRowCount { expected: 1, actual: 0 })
    }
}

async fn erase(app: &App, file: Option<&str>) {
    if let Some(file) = file {
        files::erase(app, file).await;
    }
}
