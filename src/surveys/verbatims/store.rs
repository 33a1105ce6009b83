//! The SQL of themes, codings and reviews.

use std::collections::{BTreeSet, HashMap};

use chrono::{DateTime, Utc};

use crate::db::{self, Tx, one_row};
use crate::on;
use crate::questionnaires::store as responses;
use crate::surveys::verbatims::code::Found;
use crate::surveys::verbatims::frame::Worded;
use crate::surveys::verbatims::mark::{Kind, Mark};
use crate::surveys::verbatims::open_question::OpenQuestion;
use crate::surveys::verbatims::standing::{Coding, Frame, Review, Standing, Turn};
use crate::surveys::verbatims::theme::Theme;
use crate::thread::id::{AccountId, ThemeId};

/// Holds the themes and codings of a question until the transaction ends. False when they are published.
pub async fn hold(tx: &mut Tx, question: OpenQuestion) -> Result<bool, db::Error> {
    const MAKE: &str = "INSERT INTO word_frames (version_id, question_key, revision, seed, share, most_shown) \
        VALUES ($1, $2, 0, '', 0, 0) ON CONFLICT (version_id, question_key) DO NOTHING";
    const HOLD: &str = "UPDATE word_frames SET revision = revision + 1 \
        WHERE version_id = $1 AND question_key = $2 AND published_at IS NULL";
    let (version, key) = (question.version_id, question.key);
    on!(tx, c => sqlx::query(MAKE).bind(version).bind(key).execute(c).await.map(|_| ())?);
    Ok(on!(tx, c => sqlx::query(HOLD).bind(version).bind(key).execute(c).await?.rows_affected()) == 1)
}

/// What is kept for a question as a whole; none where nobody has begun.
pub async fn find_frame(tx: &mut Tx, question: OpenQuestion) -> Result<Option<Frame>, db::Error> {
    const FIND: &str = "SELECT seed, share, published_at, most_shown FROM word_frames \
        WHERE version_id = $1 AND question_key = $2";
    let (version, key) = (question.version_id, question.key);
    Ok(on!(tx, c => sqlx::query_as(FIND).bind(version).bind(key).fetch_optional(c).await?))
}

/// Everything about a question's words.
pub async fn load(tx: &mut Tx, question: OpenQuestion) -> Result<Standing, db::Error> {
    const SAMPLED: &str = "SELECT word_key FROM word_samples WHERE version_id = $1 AND question_key = $2";
    let (version, key) = (question.version_id, question.key);
    let sampled: Vec<String> = on!(tx, c => sqlx::query_scalar(SAMPLED).bind(version).bind(key).fetch_all(c).await?);
    Ok(Standing {
        frame: find_frame(tx, question).await?.unwrap_or_default(),
        words: responses::list_words(tx, version, key, "%").await?,
        themes: list_themes(tx, question).await?,
        codings: list_codings(tx, question).await?,
        sampled: sampled.into_iter().collect(),
        reviews: list_reviews(tx, question).await?,
    })
}

/// The themes of a question in their order, with those that were merged.
pub async fn list_themes(tx: &mut Tx, question: OpenQuestion) -> Result<Vec<Theme>, db::Error> {
    const LIST: &str = "SELECT theme_id, name, description, place, merged_into FROM word_themes \
        WHERE version_id = $1 AND question_key = $2 ORDER BY place, theme_id";
    Ok(on!(tx, c => sqlx::query_as(LIST).bind(question.version_id).bind(question.key).fetch_all(c).await?))
}

/// A theme with the question it belongs to.
pub async fn find_theme(tx: &mut Tx, id: ThemeId) -> Result<Option<(OpenQuestion, Theme)>, db::Error> {
    const FIND: &str = "SELECT version_id, question_key, theme_id, name, description, place, merged_into \
        FROM word_themes WHERE theme_id = $1";
    #[derive(sqlx::FromRow)]
    struct Row {
        version_id: i64,
        question_key: i64,
        #[sqlx(flatten)]
        theme: Theme,
    }
    let row: Option<Row> = on!(tx, c => sqlx::query_as(FIND).bind(id).fetch_optional(c).await?);
    Ok(row.map(|row| (OpenQuestion { version_id: row.version_id, key: row.question_key }, row.theme)))
}

/// Every question that has themes, newest version first.
pub async fn list_framed(tx: &mut Tx) -> Result<Vec<(i64, i64)>, db::Error> {
    const LIST: &str = "SELECT DISTINCT version_id, question_key FROM word_themes \
        WHERE merged_into IS NULL ORDER BY version_id DESC, question_key";
    Ok(on!(tx, c => sqlx::query_as(LIST).fetch_all(c).await?))
}

/// Stores a new theme and gives its key.
pub async fn insert_theme(
    tx: &mut Tx,
    question: OpenQuestion,
    worded: Worded<'_>,
    place: i64,
) -> Result<ThemeId, db::Error> {
    const INSERT: &str = "INSERT INTO word_themes (version_id, question_key, name, description, place) \
        VALUES ($1, $2, $3, $4, $5) RETURNING theme_id";
    Ok(on!(tx, c => sqlx::query_scalar(INSERT).bind(question.version_id).bind(question.key)
        .bind(worded.name).bind(worded.description).bind(place).fetch_one(c).await?))
}

/// Gives a theme another name and description.
pub async fn reword_theme(tx: &mut Tx, id: ThemeId, worded: Worded<'_>) -> Result<(), db::Error> {
    const REWORD: &str = "UPDATE word_themes SET name = $2, description = $3 WHERE theme_id = $1";
    one_row(on!(tx, c => sqlx::query(REWORD).bind(id).bind(worded.name).bind(worded.description)
        .execute(c).await?.rows_affected()))
}

/// Puts a theme at a place among the others.
pub async fn place_theme(tx: &mut Tx, id: ThemeId, place: i64) -> Result<(), db::Error> {
    const PLACE: &str = "UPDATE word_themes SET place = $2 WHERE theme_id = $1";
    one_row(on!(tx, c => sqlx::query(PLACE).bind(id).bind(place).execute(c).await?.rows_affected()))
}

/// Merges a theme into another, with those that were merged into it before.
pub async fn merge_theme(tx: &mut Tx, id: ThemeId, into: ThemeId) -> Result<(), db::Error> {
    const MERGE: &str = "UPDATE word_themes SET merged_into = $2 WHERE theme_id = $1 OR merged_into = $1";
    on!(tx, c => sqlx::query(MERGE).bind(id).bind(into).execute(c).await.map(|_| ())?);
    Ok(())
}

async fn list_codings(tx: &mut Tx, question: OpenQuestion) -> Result<HashMap<String, Vec<Coding>>, db::Error> {
    const LIST: &str = "SELECT coding_id, word_key, turn, account_id, note, revision FROM word_codings \
        WHERE version_id = $1 AND question_key = $2 ORDER BY word_key, turn";
    const THEMES: &str = "SELECT word_coding_themes.coding_id, COALESCE(word_themes.merged_into, word_themes.theme_id) \
        FROM word_coding_themes JOIN word_themes ON word_themes.theme_id = word_coding_themes.theme_id \
        WHERE word_themes.version_id = $1 AND word_themes.question_key = $2";
    #[derive(sqlx::FromRow)]
    struct Row {
        coding_id: i64,
        word_key: String,
        turn: i64,
        account_id: AccountId,
        note: String,
        revision: i64,
    }
    let (version, key) = (question.version_id, question.key);
    let rows: Vec<Row> = on!(tx, c => sqlx::query_as(LIST).bind(version).bind(key).fetch_all(c).await?);
    let pairs: Vec<(i64, ThemeId)> = on!(tx, c => sqlx::query_as(THEMES).bind(version).bind(key).fetch_all(c).await?);
    let mut themes: HashMap<i64, BTreeSet<ThemeId>> = HashMap::new();
    for (coding, theme) in pairs {
        themes.entry(coding).or_default().insert(theme);
    }
    let mut codings: HashMap<String, Vec<Coding>> = HashMap::new();
    for row in rows {
        let turn = Turn::of(row.turn).ok_or(db::Error::Corrupt { table: "word_codings", column: "turn" })?;
        let themes = themes.remove(&row.coding_id).unwrap_or_default();
        let (id, account, revision) = (row.coding_id, row.account_id, row.revision);
        let coding = Coding { id, turn, account, note: row.note, revision, themes };
        codings.entry(row.word_key).or_default().push(coding);
    }
    Ok(codings)
}

/// Stores what somebody found in an answer for the first time at that turn.
pub async fn insert_coding(tx: &mut Tx, question: OpenQuestion, found: &Found<'_>) -> Result<(), db::Error> {
    const INSERT: &str = "INSERT INTO word_codings (version_id, question_key, word_key, turn, account_id, note, revision) \
        VALUES ($1, $2, $3, $4, $5, $6, 1) RETURNING coding_id";
    let id: i64 = on!(tx, c => sqlx::query_scalar(INSERT).bind(question.version_id).bind(question.key)
        .bind(found.word).bind(found.turn.number()).bind(found.by).bind(found.note).fetch_one(c).await?);
    insert_themes(tx, id, found.themes).await
}

/// Puts what somebody found in place of what was found before at that turn.
pub async fn replace_coding(tx: &mut Tx, id: i64, found: &Found<'_>) -> Result<(), db::Error> {
    const REPLACE: &str = "UPDATE word_codings SET account_id = $3, note = $4, revision = revision + 1 \
        WHERE coding_id = $1 AND revision = $2";
    const CLEAR: &str = "DELETE FROM word_coding_themes WHERE coding_id = $1";
    one_row(on!(tx, c => sqlx::query(REPLACE).bind(id).bind(found.revision).bind(found.by).bind(found.note)
        .execute(c).await?.rows_affected()))?;
    on!(tx, c => sqlx::query(CLEAR).bind(id).execute(c).await.map(|_| ())?);
    insert_themes(tx, id, found.themes).await
}

async fn insert_themes(tx: &mut Tx, coding: i64, themes: &BTreeSet<ThemeId>) -> Result<(), db::Error> {
    const INSERT: &str = "INSERT INTO word_coding_themes (coding_id, theme_id) VALUES ($1, $2)";
    for theme in themes {
        on!(tx, c => sqlx::query(INSERT).bind(coding).bind(theme).execute(c).await.map(|_| ())?);
    }
    Ok(())
}

/// Stores which answers a second person codes, with the seed and the share that drew them.
pub async fn save_sample(
    tx: &mut Tx,
    question: OpenQuestion,
    (seed, share): (&str, i64),
    keys: &[&str],
) -> Result<(), db::Error> {
    const SEED: &str =
        "UPDATE word_frames SET seed = $3, share = $4 WHERE version_id = $1 AND question_key = $2 AND seed = ''";
    const INSERT: &str = "INSERT INTO word_samples (version_id, question_key, word_key) VALUES ($1, $2, $3)";
    let (version, key) = (question.version_id, question.key);
    one_row(on!(tx, c => sqlx::query(SEED).bind(version).bind(key).bind(seed).bind(share)
        .execute(c).await?.rows_affected()))?;
    for word in keys {
        on!(tx, c => sqlx::query(INSERT).bind(version).bind(key).bind(*word).execute(c).await.map(|_| ())?);
    }
    Ok(())
}

async fn list_reviews(tx: &mut Tx, question: OpenQuestion) -> Result<HashMap<String, Review>, db::Error> {
    const LIST: &str = "SELECT word_key, decision, account_id, revision FROM word_reviews \
        WHERE version_id = $1 AND question_key = $2";
    const MARKS: &str = "SELECT word_marks.word_key, word_marks.begins, word_marks.letters, word_marks.kind FROM word_marks \
        JOIN word_reviews ON word_reviews.word_key = word_marks.word_key \
        WHERE word_reviews.version_id = $1 AND word_reviews.question_key = $2 ORDER BY word_marks.begins";
    let (version, key) = (question.version_id, question.key);
    let corrupt = |table: &'static str, column: &'static str| db::Error::Corrupt { table, column };
    let rows: Vec<(String, String, AccountId, i64)> =
        on!(tx, c => sqlx::query_as(LIST).bind(version).bind(key).fetch_all(c).await?);
    let marks: Vec<(String, i64, i64, String)> =
        on!(tx, c => sqlx::query_as(MARKS).bind(version).bind(key).fetch_all(c).await?);
    let mut reviews: HashMap<String, Review> = HashMap::new();
    for (word, decision, account, revision) in rows {
        let decision = decision.parse().map_err(|()| corrupt("word_reviews", "decision"))?;
        reviews.insert(word, Review { decision, account, revision, marks: Vec::new() });
    }
    for (word, begins, letters, kind) in marks {
        let kind: Kind = kind.parse().map_err(|()| corrupt("word_marks", "kind"))?;
        let place = usize::try_from(begins).ok().zip(usize::try_from(letters).ok());
        let (begins, letters) = place.ok_or_else(|| corrupt("word_marks", "begins"))?;
        if let Some(review) = reviews.get_mut(&word) {
            review.marks.push(Mark { begins, letters, kind });
        }
    }
    Ok(reviews)
}

/// Stores what was decided about an answer. False when somebody decided since the revision in `review`.
pub async fn save_review(tx: &mut Tx, question: OpenQuestion, word: &str, review: &Review) -> Result<bool, db::Error> {
    const INSERT: &str = "INSERT INTO word_reviews (version_id, question_key, word_key, decision, account_id, revision) \
        VALUES ($1, $2, $3, $4, $5, 1) ON CONFLICT (word_key) DO NOTHING";
    const REPLACE: &str = "UPDATE word_reviews SET decision = $3, account_id = $4, revision = revision + 1 \
        WHERE word_key = $1 AND revision = $2";
    const CLEAR: &str = "DELETE FROM word_marks WHERE word_key = $1";
    const MARK: &str = "INSERT INTO word_marks (word_key, begins, letters, kind) VALUES ($1, $2, $3, $4)";
    let (decision, by) = (review.decision.code(), review.account);
    let kept = if review.revision == 0 {
        on!(tx, c => sqlx::query(INSERT).bind(question.version_id).bind(question.key).bind(word).bind(decision).bind(by)
            .execute(c).await?.rows_affected())
    } else {
        on!(tx, c => sqlx::query(REPLACE).bind(word).bind(review.revision).bind(decision).bind(by)
            .execute(c).await?.rows_affected())
    };
    if kept != 1 {
        return Ok(false);
    }
    on!(tx, c => sqlx::query(CLEAR).bind(word).execute(c).await.map(|_| ())?);
    for mark in &review.marks {
        let number = |number: usize| i64::try_from(number).unwrap_or(i64::MAX);
        on!(tx, c => sqlx::query(MARK).bind(word).bind(number(mark.begins)).bind(number(mark.letters))
            .bind(mark.kind.code()).execute(c).await.map(|_| ())?);
    }
    Ok(true)
}

/// Publishes what people wrote to a question. False when that was done before.
pub async fn publish(
    tx: &mut Tx,
    question: OpenQuestion,
    most_shown: i64,
    at: DateTime<Utc>,
) -> Result<bool, db::Error> {
    const PUBLISH: &str = "UPDATE word_frames SET published_at = $3, most_shown = $4 \
        WHERE version_id = $1 AND question_key = $2 AND published_at IS NULL";
    Ok(on!(tx, c => sqlx::query(PUBLISH).bind(question.version_id).bind(question.key).bind(at).bind(most_shown)
        .execute(c).await?.rows_affected())
        == 1)
}
