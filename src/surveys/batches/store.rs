//! The SQL of batches of paper forms.

use chrono::{DateTime, Utc};
use sqlx::types::Json;

use crate::db::{self, Tx};
use crate::on;
use crate::questionnaires::answer::Answers;
use crate::questionnaires::sealed::kept::{self, Parted, Purpose};
use crate::surveys::batches::batch::{Batch, Form, Standing};
use crate::surveys::survey::Asked;
use crate::thread::id::{AccountId, SurveyId};

/// Stores a new batch and gives its id; none when the survey has one of that name. The id in `batch` is not looked at.
pub async fn insert(tx: &mut Tx, batch: &Batch) -> Result<Option<i64>, db::Error> {
    const INSERT: &str = "INSERT INTO paper_batches (survey_id, name, received, received_on, seed, compared, differed) \
        VALUES ($1, $2, $3, $4, $5, 0, 0) ON CONFLICT (survey_id, name) DO NOTHING RETURNING batch_id";
    Ok(on!(tx, c => sqlx::query_scalar(INSERT)
        .bind(batch.survey_id).bind(&batch.name).bind(batch.received).bind(batch.received_on).bind(&batch.seed)
        .fetch_optional(c).await?))
}

/// The batches of a survey with how many of their forms are keyed, newest first.
pub async fn list(tx: &mut Tx, survey: SurveyId) -> Result<Vec<(Batch, i64)>, db::Error> {
    const LIST: &str = "SELECT paper_batches.*, \
        (SELECT COUNT(*) FROM paper_forms WHERE paper_forms.batch_id = paper_batches.batch_id AND keying = 1) AS keyed \
        FROM paper_batches WHERE survey_id = $1 ORDER BY batch_id DESC";
    #[derive(sqlx::FromRow)]
    struct Row {
        #[sqlx(flatten)]
        batch: Batch,
        keyed: i64,
    }
    let rows: Vec<Row> = on!(tx, c => sqlx::query_as(LIST).bind(survey).fetch_all(c).await?);
    Ok(rows.into_iter().map(|row| (row.batch, row.keyed)).collect())
}

/// How many batches of a survey are open.
pub async fn count_open(tx: &mut Tx, survey: SurveyId) -> Result<i64, db::Error> {
    const COUNT: &str = "SELECT COUNT(*) FROM paper_batches WHERE survey_id = $1 AND closed_at IS NULL";
    Ok(on!(tx, c => sqlx::query_scalar(COUNT).bind(survey).fetch_one(c).await?))
}

/// A batch of a survey with what was keyed of it.
pub async fn find(tx: &mut Tx, asked: &Asked, batch_id: i64) -> Result<Option<Standing>, db::Error> {
    const FIND: &str = "SELECT * FROM paper_batches WHERE survey_id = $1 AND batch_id = $2";
    const FORMS: &str = "SELECT number, keying, answers, sealed, account_id, submission_key, is_chosen FROM paper_forms \
        WHERE batch_id = $1 ORDER BY number, keying";
    #[derive(sqlx::FromRow)]
    struct Row {
        number: i64,
        keying: i64,
        answers: Json<Answers>,
        sealed: Option<Vec<u8>>,
        account_id: AccountId,
        submission_key: String,
        is_chosen: bool,
    }
    let batch: Option<Batch> =
        on!(tx, c => sqlx::query_as(FIND).bind(asked.survey.id).bind(batch_id).fetch_optional(c).await?);
    let Some(batch) = batch else { return Ok(None) };
    let rows: Vec<Row> = on!(tx, c => sqlx::query_as(FORMS).bind(batch_id).fetch_all(c).await?);
    let form = |row: Row| -> Result<Form, db::Error> {
        let parted = Parted { open: row.answers.0, sealed: row.sealed };
        let answers = kept::join(tx.keyring(), Purpose::Paper, &asked.version, parted)?;
        let Row { number, keying, account_id: account, submission_key, is_chosen, .. } = row;
        Ok(Form { number, keying, answers, account, submission_key, is_chosen })
    };
    let forms: Result<Vec<Form>, db::Error> = rows.into_iter().map(form).collect();
    Ok(Some(Standing { batch, forms: forms? }))
}

/// Holds an open batch until the transaction ends, so that what is done to it is done one after the other. False when
/// it is closed or gone.
pub async fn hold(tx: &mut Tx, batch_id: i64) -> Result<bool, db::Error> {
    const HOLD: &str = "UPDATE paper_batches SET received = received WHERE batch_id = $1 AND closed_at IS NULL";
    Ok(on!(tx, c => sqlx::query(HOLD).bind(batch_id).execute(c).await?.rows_affected()) == 1)
}

/// Changes how many forms an open batch has. False when it is closed.
pub async fn set_received(tx: &mut Tx, batch_id: i64, received: i64) -> Result<bool, db::Error> {
    const SET: &str = "UPDATE paper_batches SET received = $2 WHERE batch_id = $1 AND closed_at IS NULL";
    Ok(on!(tx, c => sqlx::query(SET).bind(batch_id).bind(received).execute(c).await?.rows_affected()) == 1)
}

/// Keeps a keying. False when there is one already.
pub async fn insert_form(tx: &mut Tx, asked: &Asked, batch_id: i64, form: &Form) -> Result<bool, db::Error> {
    const INSERT: &str = "INSERT INTO paper_forms \
        (batch_id, number, keying, answers, sealed, account_id, submission_key, is_chosen) \
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT (batch_id, number, keying) DO NOTHING";
    let parted = kept::part(tx.keyring(), Purpose::Paper, &asked.version, &form.answers)?;
    let kept = on!(tx, c => sqlx::query(INSERT)
        .bind(batch_id).bind(form.number).bind(form.keying).bind(Json(&parted.open)).bind(&parted.sealed)
        .bind(form.account)
        .bind(&form.submission_key).bind(form.is_chosen)
        .execute(c).await?.rows_affected());
    Ok(kept == 1)
}

/// Chooses one keying of a form, and with it not the other.
pub async fn choose(tx: &mut Tx, batch_id: i64, number: i64, keying: i64) -> Result<(), db::Error> {
    const CHOOSE: &str = "UPDATE paper_forms SET is_chosen = (keying = $3) WHERE batch_id = $1 AND number = $2";
    on!(tx, c => sqlx::query(CHOOSE).bind(batch_id).bind(number).bind(keying).execute(c).await.map(|_| ())?);
    Ok(())
}

/// Closes a batch and forgets what was keyed. False when it was closed before: nothing is changed then.
pub async fn close(
    tx: &mut Tx,
    batch_id: i64,
    at: DateTime<Utc>,
    (compared, differed): (i64, i64),
    blank: i64,
) -> Result<bool, db::Error> {
    const CLOSE: &str = "UPDATE paper_batches SET closed_at = $2, compared = $3, differed = $4, blank = $5 \
        WHERE batch_id = $1 AND closed_at IS NULL";
    const FORGET: &str = "DELETE FROM paper_forms WHERE batch_id = $1";
    let closed = on!(tx, c => sqlx::query(CLOSE)
        .bind(batch_id).bind(at).bind(compared).bind(differed).bind(blank).execute(c).await?.rows_affected());
    if closed == 1 {
        on!(tx, c => sqlx::query(FORGET).bind(batch_id).execute(c).await.map(|_| ())?);
    }
    Ok(closed == 1)
}
