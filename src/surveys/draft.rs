//! Answers on the way: saved page by page, found again by a token in the person's browser.

use chrono::{DateTime, TimeDelta, Utc};

use crate::db::{self, Db, Tx};
use crate::questionnaires::answer::Answers;
use crate::questionnaires::sealed::kept::{self, Purpose};
use crate::questionnaires::store as responses;
use crate::questionnaires::version::Version;
use crate::random::{Random, sha256};
use crate::surveys::seal;
use crate::surveys::store;
use crate::surveys::survey::Asked;

/// How long an unfinished survey waits for its person.
pub const KEPT_FOR: TimeDelta = TimeDelta::days(30);

/// Answers on the way.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Draft {
    /// The hash of the token in the person's browser.
    pub token_hash: String,
    /// The key under which the answers will be sent.
    pub submission_key: String,
    /// The answers so far.
    pub answers: Answers,
    /// Goes up at each saving.
    pub revision: i64,
    /// When the person began.
    pub started_at: DateTime<Utc>,
}

/// What the person's browser remembers of a survey: the draft's token, the personal link's when they came
/// by one, and what was sent from it before. The database never holds them together.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Ticket {
    /// The draft's token.
    pub draft: Option<String>,
    /// The personal link's token.
    pub invitation: Option<String>,
    /// The reference of the answers that were last sent.
    pub sent: Option<String>,
}

impl Ticket {
    /// What is remembered once answers are sent: their reference alone.
    #[must_use]
    pub fn of_sent(reference: &str) -> Self {
        Self { sent: Some(reference.to_owned()), ..Self::default() }
    }

    /// Reads the cookie's value; anything that is no token or reference counts as absent.
    #[must_use]
    pub fn read(value: &str) -> Self {
        let mut parts = value.splitn(3, '.');
        let mut part = |is_right: fn(&str) -> bool| parts.next().filter(|text| is_right(text)).map(str::to_owned);
        Self { draft: part(seal::is_token), invitation: part(seal::is_token), sent: part(is_reference) }
    }

    /// The cookie's value.
    #[must_use]
    pub fn write(&self) -> String {
        let part = |token: &Option<String>| token.clone().unwrap_or_default();
        format!("{}.{}.{}", part(&self.draft), part(&self.invitation), part(&self.sent))
    }
}

/// Whether a text can be a reference: a few letters and digits.
fn is_reference(text: &str) -> bool {
    (1..=16).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_alphanumeric())
}

/// Begins a draft and gives the token for the person's browser.
///
/// # Errors
/// When the database refuses.
pub async fn begin(
    tx: &mut Tx,
    random: &Random,
    asked: &Asked,
    answers: Answers,
    now: DateTime<Utc>,
) -> Result<String, db::Error> {
    let token = random.token();
    let parted = kept::part(tx.keyring(), Purpose::Draft, &asked.version, &answers)?;
    let draft =
        Draft { token_hash: sha256(&token), submission_key: random.token(), answers, revision: 1, started_at: now };
    store::insert_draft(tx, asked.survey.id, &draft, &parted).await?;
    Ok(token)
}

/// The draft of a token, if it is this survey's.
///
/// # Errors
/// When the database refuses.
pub async fn find(tx: &mut Tx, asked: &Asked, token: Option<&str>) -> Result<Option<Draft>, db::Error> {
    let Some(token) = token else { return Ok(None) };
    let Some((draft, parted)) = store::find_draft(tx, asked.survey.id, &sha256(token)).await? else { return Ok(None) };
    let answers = kept::join(tx.keyring(), Purpose::Draft, &asked.version, parted)?;
    Ok(Some(Draft { answers, ..draft }))
}

/// Throws a draft away because its person wants to begin anew.
///
/// # Errors
/// When the database refuses.
pub async fn throw_away(tx: &mut Tx, draft: Option<Draft>) -> Result<(), db::Error> {
    match draft {
        Some(draft) => store::delete_draft(tx, &draft.token_hash).await,
        None => Ok(()),
    }
}

/// Why answers on the way were not saved.
#[derive(Debug)]
pub enum NotSaved {
    /// The draft was saved from elsewhere since it was read: read it again.
    Elsewhere,
    /// Staff changed the questions before this first answer arrived.
    QuestionsChanged,
    /// The database refused.
    Internal(db::Error),
}

impl From<db::Error> for NotSaved {
    fn from(error: db::Error) -> Self {
        Self::Internal(error)
    }
}

/// Saves a draft. The first answer of all also locks the questions; whoever comes after shares one commit with those who
/// save at the same moment.
///
/// # Errors
/// See [`NotSaved`]; nothing is changed then.
pub async fn save(db: &Db, version: &Version, draft: &Draft, now: DateTime<Utc>) -> Result<(), NotSaved> {
    let parted = kept::part(db.keyring(), Purpose::Draft, version, &draft.answers)?;
    let saved = if version.is_locked() {
        let draft = draft.clone();
        db.write_together(Box::new(move |tx| {
            Box::pin(async move { store::save_draft(tx, &draft, &parted, now).await })
        }))
        .await?
    } else {
        let mut tx = db.write().await?;
        if !responses::lock(&mut tx, version, now).await? {
            return Err(NotSaved::QuestionsChanged);
        }
        let saved = store::save_draft(&mut tx, draft, &parted, now).await?;
        if saved {
            tx.commit().await?;
        }
        saved
    };
    if saved { Ok(()) } else { Err(NotSaved::Elsewhere) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_ticket_survives_its_cookie_and_a_forged_one_is_empty() {
        let ticket = Ticket { draft: Some("a1".repeat(32)), ..Ticket::default() };
        assert_eq!(Ticket::read(&ticket.write()), ticket);
        let both = Ticket { invitation: Some("b2".repeat(32)), ..ticket };
        assert_eq!(Ticket::read(&both.write()), both);
        let again = Ticket { sent: Some("ABCD2345".to_owned()), ..both };
        assert_eq!(Ticket::read(&again.write()), again);
        let sent = Ticket::of_sent("ABCD2345");
        assert_eq!(Ticket::read(&sent.write()), sent);
        for forged in ["", ".", "x.y", "a1", "<script>", "..", "..<b>", "x.y.A B", "..A.B", "..AAAAAAAABBBBBBBBC"] {
            assert_eq!(Ticket::read(forged), Ticket::default(), "{forged}");
        }
        // As it was written before references were kept.
        assert_eq!(Ticket::read(&format!("{}.", "a1".repeat(32))).draft, Some("a1".repeat(32)));
    }
}
