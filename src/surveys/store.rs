//! The SQL of surveys, their personal links and half-finished answers.

pub mod ledger;
pub mod sealed;
pub mod snapshots;

use chrono::{DateTime, NaiveDate, Utc};
use sqlx::types::Json;

use crate::db::{self, Tx, one_row};
use crate::on;
use crate::questionnaires::answer::Answers;
use crate::questionnaires::questionnaire::Questionnaire;
use crate::questionnaires::sealed::kept::Parted;
use crate::questionnaires::version::Version;
use crate::surveys::draft::Draft;
use crate::surveys::survey::{Asked, Survey};
use crate::thread::id::SurveyId;

#[derive(sqlx::FromRow)]
struct Row {
    survey_id: SurveyId,
    version_id: i64,
    kind: String,
    slug: String,
    title: String,
    introduction: String,
    next_steps: String,
    minutes: i64,
    access: String,
    one_page: bool,
    homes: Option<i64>,
    group_homes: Json<Vec<(String, u32)>>,
    opens_at: DateTime<Utc>,
    closes_at: DateTime<Utc>,
    seal_key: String,
    created_at: DateTime<Utc>,
    published_at: Option<DateTime<Utc>>,
    results_published_at: Option<DateTime<Utc>>,
}

impl Row {
    fn read(self) -> Result<Survey, db::Error> {
        let corrupt = |column: &'static str| move |()| db::Error::Corrupt { table: "surveys", column };
        Ok(Survey {
            id: self.survey_id,
            version_id: self.version_id,
            kind: self.kind.parse().map_err(corrupt("kind"))?,
            slug: self.slug,
            title: self.title,
            introduction: self.introduction,
            next_steps: self.next_steps,
            minutes: self.minutes,
            access: self.access.parse().map_err(corrupt("access"))?,
            one_page: self.one_page,
            homes: self.homes,
            group_homes: self.group_homes.0,
            opens_at: self.opens_at,
            closes_at: self.closes_at,
            seal_key: self.seal_key,
            created_at: self.created_at,
            published_at: self.published_at,
            results_published_at: self.results_published_at,
        })
    }
}

#[derive(sqlx::FromRow)]
struct AskedRow {
    #[sqlx(flatten)]
    survey: Row,
    revision: i64,
    locked_at: Option<DateTime<Utc>>,
    questions: Json<Questionnaire>,
}

impl AskedRow {
    fn read(self) -> Result<Asked, db::Error> {
        let version = Version {
            id: self.survey.version_id,
            revision: self.revision,
            locked_at: self.locked_at,
            questionnaire: self.questions.0,
        };
        Ok(Asked { survey: self.survey.read()?, version })
    }
}

/// A survey with its questions, by its name in addresses.
pub async fn find_by_slug(tx: &mut Tx, slug: &str) -> Result<Option<Asked>, db::Error> {
    const FIND: &str = "SELECT surveys.*, questionnaire_versions.revision, \
        questionnaire_versions.locked_at, questionnaire_versions.questions FROM surveys \
        JOIN questionnaire_versions ON questionnaire_versions.version_id = surveys.version_id \
        WHERE surveys.slug = $1";
    let row: Option<AskedRow> = on!(tx, c => sqlx::query_as(FIND).bind(slug).fetch_optional(c).await?);
    row.map(AskedRow::read).transpose()
}

/// A survey with its questions, by its id.
pub async fn find(tx: &mut Tx, id: SurveyId) -> Result<Option<Asked>, db::Error> {
    const FIND: &str = "SELECT surveys.*, questionnaire_versions.revision, \
        questionnaire_versions.locked_at, questionnaire_versions.questions FROM surveys \
        JOIN questionnaire_versions ON questionnaire_versions.version_id = surveys.version_id \
        WHERE surveys.survey_id = $1";
    let row: Option<AskedRow> = on!(tx, c => sqlx::query_as(FIND).bind(id).fetch_optional(c).await?);
    row.map(AskedRow::read).transpose()
}

/// The survey that asks a version of a questionnaire.
pub async fn find_by_version(tx: &mut Tx, version_id: i64) -> Result<Option<Asked>, db::Error> {
    const FIND: &str = "SELECT survey_id FROM surveys WHERE version_id = $1";
    let id: Option<SurveyId> = on!(tx, c => sqlx::query_scalar(FIND).bind(version_id).fetch_optional(c).await?);
    match id {
        Some(id) => find(tx, id).await,
        None => Ok(None),
    }
}

/// Every survey that was published, newest first.
pub async fn list_published(tx: &mut Tx) -> Result<Vec<Survey>, db::Error> {
    const LIST: &str = "SELECT * FROM surveys WHERE published_at IS NOT NULL \
        ORDER BY closes_at DESC, survey_id DESC";
    let rows: Vec<Row> = on!(tx, c => sqlx::query_as(LIST).fetch_all(c).await?);
    rows.into_iter().map(Row::read).collect()
}

/// Every survey with how many responses it has, newest first.
pub async fn list(tx: &mut Tx) -> Result<Vec<(Survey, i64)>, db::Error> {
    const LIST: &str = "SELECT surveys.*, tallies.responses FROM surveys \
        JOIN tallies ON tallies.version_id = surveys.version_id ORDER BY surveys.survey_id DESC";
    #[derive(sqlx::FromRow)]
    struct Counted {
        #[sqlx(flatten)]
        survey: Row,
        responses: i64,
    }
    let rows: Vec<Counted> = on!(tx, c => sqlx::query_as(LIST).fetch_all(c).await?);
    rows.into_iter().map(|row| Ok((row.survey.read()?, row.responses))).collect()
}

/// Stores a new survey and gives its id, which no survey had before, thrown away or not: the log of changes and open
/// pages name surveys by it. The id in `survey` is not looked at.
pub async fn insert(tx: &mut Tx, survey: &Survey) -> Result<SurveyId, db::Error> {
    const NUMBER: &str = "UPDATE survey_numbers SET last = last + 1 RETURNING last";
    const INSERT: &str = "INSERT INTO surveys (version_id, slug, title, introduction, next_steps, \
        minutes, access, one_page, opens_at, closes_at, seal_key, created_at, published_at, \
        results_published_at, homes, group_homes, kind, survey_id) \
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18) RETURNING survey_id";
    let number: SurveyId = on!(tx, c => sqlx::query_scalar(NUMBER).fetch_one(c).await?);
    Ok(on!(tx, c => sqlx::query_scalar(INSERT)
        .bind(survey.version_id).bind(&survey.slug).bind(&survey.title).bind(&survey.introduction)
        .bind(&survey.next_steps).bind(survey.minutes).bind(survey.access.code())
        .bind(survey.one_page).bind(survey.opens_at).bind(survey.closes_at).bind(&survey.seal_key)
        .bind(survey.created_at).bind(survey.published_at).bind(survey.results_published_at)
        .bind(survey.homes).bind(Json(&survey.group_homes)).bind(survey.kind.code()).bind(number)
        .fetch_one(c).await?))
}

/// Stores what a survey says and when it is open.
pub async fn update(tx: &mut Tx, survey: &Survey) -> Result<(), db::Error> {
    const UPDATE: &str = "UPDATE surveys SET slug = $2, title = $3, introduction = $4, \
        next_steps = $5, minutes = $6, access = $7, one_page = $8, opens_at = $9, closes_at = $10, \
        homes = $11, group_homes = $12 WHERE survey_id = $1";
    one_row(on!(tx, c => sqlx::query(UPDATE)
        .bind(survey.id).bind(&survey.slug).bind(&survey.title).bind(&survey.introduction)
        .bind(&survey.next_steps).bind(survey.minutes).bind(survey.access.code())
        .bind(survey.one_page).bind(survey.opens_at).bind(survey.closes_at)
        .bind(survey.homes).bind(Json(&survey.group_homes))
        .execute(c).await?.rows_affected()))
}

/// Stores how many homes could answer, and how many there are in each group.
pub async fn set_homes(
    tx: &mut Tx,
    id: SurveyId,
    homes: Option<i64>,
    group_homes: &[(String, u32)],
) -> Result<(), db::Error> {
    const SET: &str = "UPDATE surveys SET homes = $2, group_homes = $3 WHERE survey_id = $1";
    one_row(
        on!(tx, c => sqlx::query(SET).bind(id).bind(homes).bind(Json(group_homes)).execute(c).await?.rows_affected()),
    )
}

/// Publishes a survey. False when it was published before.
pub async fn publish(tx: &mut Tx, id: SurveyId, at: DateTime<Utc>) -> Result<bool, db::Error> {
    const PUBLISH: &str = "UPDATE surveys SET published_at = $2 \
        WHERE survey_id = $1 AND published_at IS NULL";
    let changed = on!(tx, c => sqlx::query(PUBLISH).bind(id).bind(at)
        .execute(c).await?.rows_affected());
    Ok(changed == 1)
}

/// Closes a survey that is open. False when it was not.
pub async fn close(tx: &mut Tx, id: SurveyId, at: DateTime<Utc>) -> Result<bool, db::Error> {
    const CLOSE: &str = "UPDATE surveys SET closes_at = $2 WHERE survey_id = $1 \
        AND published_at IS NOT NULL AND opens_at < $2 AND closes_at > $2";
    let changed = on!(tx, c => sqlx::query(CLOSE).bind(id).bind(at)
        .execute(c).await?.rows_affected());
    Ok(changed == 1)
}

/// Throws a survey away with its questions. False when it was published or answered, when monthly surveys ask its
/// questions, or when it is gone.
pub async fn discard(tx: &mut Tx, id: SurveyId) -> Result<bool, db::Error> {
    const DISCARD: &str = "DELETE FROM surveys WHERE survey_id = $1 AND published_at IS NULL \
        AND NOT EXISTS (SELECT 1 FROM responses WHERE responses.version_id = surveys.version_id) \
        AND NOT EXISTS (SELECT 1 FROM rolling_series WHERE rolling_series.pattern_id = surveys.survey_id) \
        RETURNING version_id";
    const MEASURES: &str = "DELETE FROM question_measures WHERE version_id = $1";
    const TALLY: &str = "DELETE FROM tallies WHERE version_id = $1";
    const VERSION: &str = "DELETE FROM questionnaire_versions WHERE version_id = $1";
    let version: Option<i64> = on!(tx, c => sqlx::query_scalar(DISCARD).bind(id).fetch_optional(c).await?);
    let Some(version) = version else { return Ok(false) };
    for delete in [MEASURES, TALLY, VERSION] {
        on!(tx, c => sqlx::query(delete).bind(version).execute(c).await.map(|_| ())?);
    }
    Ok(true)
}

/// Publishes the results. False when they were published before.
pub async fn publish_results(tx: &mut Tx, id: SurveyId, at: DateTime<Utc>) -> Result<bool, db::Error> {
    const PUBLISH: &str = "UPDATE surveys SET results_published_at = $2 \
        WHERE survey_id = $1 AND results_published_at IS NULL";
    let changed = on!(tx, c => sqlx::query(PUBLISH).bind(id).bind(at)
        .execute(c).await?.rows_affected());
    Ok(changed == 1)
}

/// True while staff may still enter answers into a survey. Until the transaction ends, its results are not published.
pub async fn hold_for_entry(tx: &mut Tx, id: SurveyId) -> Result<bool, db::Error> {
    // Nothing changes: the row is held, so that entering and publishing the results come one after the other.
    const HOLD: &str = "UPDATE surveys SET closes_at = closes_at \
        WHERE survey_id = $1 AND published_at IS NOT NULL AND results_published_at IS NULL";
    let held = on!(tx, c => sqlx::query(HOLD).bind(id).execute(c).await?.rows_affected());
    Ok(held == 1)
}

/// Keeps a new personal link. False when that address has one already.
pub async fn insert_invitation(
    tx: &mut Tx,
    survey: SurveyId,
    email: &str,
    token_hash: &str,
    sent_on: NaiveDate,
) -> Result<bool, db::Error> {
    const INSERT: &str = "INSERT INTO survey_invitations (survey_id, email, token_hash, sent_on) \
        VALUES ($1, $2, $3, $4) ON CONFLICT (survey_id, email) DO NOTHING";
    let inserted = on!(tx, c => sqlx::query(INSERT).bind(survey).bind(email).bind(token_hash)
        .bind(sent_on).execute(c).await?.rows_affected());
    Ok(inserted == 1)
}

/// The survey of a personal link, and whether the link was used.
pub async fn find_invitation(tx: &mut Tx, token_hash: &str) -> Result<Option<(SurveyId, bool)>, db::Error> {
    const FIND: &str = "SELECT survey_id, spent_on FROM survey_invitations WHERE token_hash = $1";
    let row: Option<(SurveyId, Option<NaiveDate>)> =
        on!(tx, c => sqlx::query_as(FIND).bind(token_hash).fetch_optional(c).await?);
    Ok(row.map(|(survey, spent_on)| (survey, spent_on.is_some())))
}

/// Spends a personal link; mixing later takes its day away. False when it was spent before or is not this survey's.
pub async fn spend_invitation(
    tx: &mut Tx,
    survey: SurveyId,
    token_hash: &str,
    on: NaiveDate,
) -> Result<bool, db::Error> {
    const SPEND: &str = "UPDATE survey_invitations SET spent_on = $3 \
        WHERE survey_id = $1 AND token_hash = $2 AND spent_on IS NULL";
    let spent = on!(tx, c => sqlx::query(SPEND).bind(survey).bind(token_hash).bind(on)
        .execute(c).await?.rows_affected());
    Ok(spent == 1)
}

/// How many personal links were sent, and how many of them were used.
pub async fn count_invitations(tx: &mut Tx, survey: SurveyId) -> Result<(i64, i64), db::Error> {
    const COUNT: &str = "SELECT COUNT(*), COUNT(spent_on) FROM survey_invitations \
        WHERE survey_id = $1";
    Ok(on!(tx, c => sqlx::query_as(COUNT).bind(survey).fetch_one(c).await?))
}

/// Stores a new draft, its answers parted.
pub async fn insert_draft(tx: &mut Tx, survey: SurveyId, draft: &Draft, parted: &Parted) -> Result<(), db::Error> {
    const INSERT: &str = "INSERT INTO survey_drafts (survey_id, token_hash, submission_key, \
        answers, sealed, revision, started_at, saved_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $7)";
    on!(tx, c => sqlx::query(INSERT).bind(survey).bind(&draft.token_hash)
        .bind(&draft.submission_key).bind(Json(&parted.open)).bind(&parted.sealed).bind(draft.revision)
        .bind(draft.started_at).execute(c).await.map(|_| ())?);
    Ok(())
}

/// The draft of a survey under a token's hash, still without answers, and the answers parted.
pub async fn find_draft(tx: &mut Tx, survey: SurveyId, token_hash: &str) -> Result<Option<(Draft, Parted)>, db::Error> {
    const FIND: &str = "SELECT submission_key, answers, sealed, revision, started_at \
        FROM survey_drafts WHERE survey_id = $1 AND token_hash = $2";
    #[derive(sqlx::FromRow)]
    struct Row {
        submission_key: String,
        answers: Json<Answers>,
        sealed: Option<Vec<u8>>,
        revision: i64,
        started_at: DateTime<Utc>,
    }
    let row: Option<Row> = on!(tx, c => sqlx::query_as(FIND).bind(survey).bind(token_hash).fetch_optional(c).await?);
    Ok(row.map(|row| {
        let draft = Draft {
            token_hash: token_hash.to_owned(),
            submission_key: row.submission_key,
            answers: Answers::default(),
            revision: row.revision,
            started_at: row.started_at,
        };
        (draft, Parted { open: row.answers.0, sealed: row.sealed })
    }))
}

/// Saves a draft's answers, parted. False when it was saved from elsewhere since it was read.
pub async fn save_draft(tx: &mut Tx, draft: &Draft, parted: &Parted, at: DateTime<Utc>) -> Result<bool, db::Error> {
    const SAVE: &str = "UPDATE survey_drafts SET answers = $3, sealed = $4, saved_at = $5, \
        revision = revision + 1 WHERE token_hash = $1 AND revision = $2";
    let saved = on!(tx, c => sqlx::query(SAVE).bind(&draft.token_hash).bind(draft.revision)
        .bind(Json(&parted.open)).bind(&parted.sealed).bind(at).execute(c).await?.rows_affected());
    Ok(saved == 1)
}

/// Forgets a draft, if it is still there.
pub async fn delete_draft(tx: &mut Tx, token_hash: &str) -> Result<(), db::Error> {
    const DELETE: &str = "DELETE FROM survey_drafts WHERE token_hash = $1";
    on!(tx, c => sqlx::query(DELETE).bind(token_hash).execute(c).await.map(|_| ())?);
    Ok(())
}

/// Forgets the drafts that nobody touched since a moment.
pub async fn delete_drafts_before(tx: &mut Tx, before: DateTime<Utc>) -> Result<u64, db::Error> {
    const DELETE: &str = "DELETE FROM survey_drafts WHERE saved_at < $1";
    Ok(on!(tx, c => sqlx::query(DELETE).bind(before).execute(c).await?.rows_affected()))
}

/// How many drafts nobody touched since a moment.
pub async fn count_drafts_before(tx: &mut Tx, before: DateTime<Utc>) -> Result<i64, db::Error> {
    const COUNT: &str = "SELECT COUNT(*) FROM survey_drafts WHERE saved_at < $1";
    Ok(on!(tx, c => sqlx::query_scalar(COUNT).bind(before).fetch_one(c).await?))
}
