//! The SQL of texts in other languages: those of a questionnaire's version, and the program's phrases.

use sqlx::types::Json;

use crate::db::{self, Tx};
use crate::on;
use crate::questionnaires::translations::texts::Texts;
use crate::ui::spoken::{Language, language};

/// The texts of a version in one language.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Kept {
    /// The language.
    pub language: &'static Language,
    /// The texts.
    pub texts: Texts,
    /// Whether staff offer it to people, once it is complete.
    pub offered: bool,
    /// Goes up at each saving; nought for one that is not stored yet.
    pub revision: i64,
}

impl Kept {
    /// Nothing yet in a language.
    #[must_use]
    pub fn nothing(language: &'static Language) -> Self {
        Self { language, texts: Texts::default(), offered: false, revision: 0 }
    }
}

type Row = (String, Json<Texts>, bool, i64);

/// A language that the program no longer knows is passed over.
fn read((code, texts, offered, revision): Row) -> Option<Kept> {
    language::find(&code).map(|language| Kept { language, texts: texts.0, offered, revision })
}

/// Everything there is of a version in other languages, in the order in which languages are offered.
pub async fn list(tx: &mut Tx, version_id: i64) -> Result<Vec<Kept>, db::Error> {
    const LIST: &str = "SELECT language, texts, offered, revision FROM questionnaire_texts WHERE version_id = $1";
    let rows: Vec<Row> = on!(tx, c => sqlx::query_as(LIST).bind(version_id).fetch_all(c).await?);
    let mut found: Vec<Kept> = rows.into_iter().filter_map(read).collect();
    found.sort_by_key(|kept| language::ALL.iter().position(|language| language == kept.language));
    Ok(found)
}

/// The texts of a version in one language; nothing yet when there are none.
pub async fn find(tx: &mut Tx, version_id: i64, language: &'static Language) -> Result<Kept, db::Error> {
    const FIND: &str = "SELECT language, texts, offered, revision FROM questionnaire_texts \
        WHERE version_id = $1 AND language = $2";
    let row: Option<Row> =
        on!(tx, c => sqlx::query_as(FIND).bind(version_id).bind(language.code).fetch_optional(c).await?);
    Ok(row.and_then(read).unwrap_or_else(|| Kept::nothing(language)))
}

/// Keeps the texts of a version and whether they are offered. False when somebody else saved them since they were read.
pub async fn save(tx: &mut Tx, version_id: i64, kept: &Kept) -> Result<bool, db::Error> {
    const SAVE: &str = "INSERT INTO questionnaire_texts (version_id, language, texts, offered, revision) \
        VALUES ($1, $2, $3, $4, 1) ON CONFLICT (version_id, language) \
        DO UPDATE SET texts = excluded.texts, offered = excluded.offered, revision = questionnaire_texts.revision + 1 \
        WHERE questionnaire_texts.revision = $5";
    let saved = on!(tx, c => sqlx::query(SAVE).bind(version_id).bind(kept.language.code).bind(Json(&kept.texts))
        .bind(kept.offered).bind(kept.revision).execute(c).await?.rows_affected());
    tx.public_changed();
    Ok(saved == 1)
}

/// Copies everything there is of a version to another, whose questions have the same keys.
pub async fn copy(tx: &mut Tx, from: i64, to: i64) -> Result<(), db::Error> {
    const COPY: &str = "INSERT INTO questionnaire_texts (version_id, language, texts, offered, revision) \
        SELECT $2, language, texts, offered, 1 FROM questionnaire_texts WHERE version_id = $1";
    on!(tx, c => sqlx::query(COPY).bind(from).bind(to).execute(c).await.map(|_| ())?);
    Ok(())
}

/// The landlord's own words for the program's phrases in a language, and the revision they are in; nought for none.
pub async fn find_phrases(tx: &mut Tx, language: &Language) -> Result<(Texts, i64), db::Error> {
    const FIND: &str = "SELECT texts, revision FROM phrase_texts WHERE language = $1";
    let row: Option<(Json<Texts>, i64)> =
        on!(tx, c => sqlx::query_as(FIND).bind(language.code).fetch_optional(c).await?);
    Ok(row.map(|(texts, revision)| (texts.0, revision)).unwrap_or_default())
}

/// Keeps the landlord's own words for the program's phrases. False when somebody else saved them since they were read.
pub async fn save_phrases(tx: &mut Tx, language: &Language, texts: &Texts, revision: i64) -> Result<bool, db::Error> {
    const SAVE: &str = "INSERT INTO phrase_texts (language, texts, revision) VALUES ($1, $2, 1) \
        ON CONFLICT (language) DO UPDATE SET texts = excluded.texts, revision = phrase_texts.revision + 1 \
        WHERE phrase_texts.revision = $3";
    let saved = on!(tx, c => sqlx::query(SAVE).bind(language.code).bind(Json(texts)).bind(revision)
        .execute(c).await?.rows_affected());
    tx.public_changed();
    Ok(saved == 1)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::db_test;
    use crate::questionnaires::questionnaire::Questionnaire;
    use crate::questionnaires::store as questionnaires;
    use crate::questionnaires::translations::texts::{Line, What};

    fn line() -> Line {
        let (place, about, source) = ("q1-text".to_owned(), "Question 1".to_owned(), "How?".to_owned());
        Line { place, about, source, what: What::Question }
    }

    db_test!(texts_are_kept_by_version_and_language_and_never_over_somebody_elses, db => {
        let now = crate::testing::noon();
        let mut tx = db.write().await.unwrap();
        let of = Questionnaire::default();
        let one = questionnaires::insert_version(&mut tx, &of, now).await.unwrap();
        let other = questionnaires::insert_version(&mut tx, &of, now).await.unwrap();
        let [urdu, welsh] = ["ur", "cy"].map(|code| language::find(code).unwrap());
        let mut kept = find(&mut tx, one, urdu).await.unwrap();
        assert_eq!(kept, Kept::nothing(urdu));
        kept.texts.put(&line(), "کیسے؟");
        kept.offered = true;
        assert!(save(&mut tx, one, &kept).await.unwrap());
        assert!(save(&mut tx, one, &Kept::nothing(welsh)).await.unwrap());
        assert!(!save(&mut tx, one, &kept).await.unwrap(), "it was read before it was saved");
        let found = list(&mut tx, one).await.unwrap();
        assert_eq!(found.iter().map(|kept| kept.language.code).collect::<Vec<_>>(), ["cy", "ur"]);
        assert_eq!(found[1].texts.words(&line()), Some("کیسے؟"));
        copy(&mut tx, one, other).await.unwrap();
        assert_eq!(list(&mut tx, other).await.unwrap(), found);
        let mut again = find(&mut tx, one, urdu).await.unwrap();
        again.offered = false;
        assert!(save(&mut tx, one, &again).await.unwrap());
        assert_eq!(find(&mut tx, one, urdu).await.unwrap().revision, 2);
    });

    db_test!(the_landlords_words_for_phrases_are_kept_by_language, db => {
        let mut tx = db.write().await.unwrap();
        let urdu = language::find("ur").unwrap();
        let (mut texts, revision) = find_phrases(&mut tx, urdu).await.unwrap();
        assert!(texts.all().count() == 0 && revision == 0);
        texts.put(&line(), "واپس");
        assert!(save_phrases(&mut tx, urdu, &texts, 0).await.unwrap());
        assert!(!save_phrases(&mut tx, urdu, &Texts::default(), 0).await.unwrap());
        assert_eq!(find_phrases(&mut tx, urdu).await.unwrap(), (texts, 1));
    });
}
