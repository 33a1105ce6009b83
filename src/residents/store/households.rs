//! The SQL of homes.

use chrono::{DateTime, NaiveDate, Utc};

use crate::db::{self, Tx, one_row};
use crate::on;
use crate::residents::household::Household;
use crate::thread::id::HouseholdId;

#[derive(sqlx::FromRow)]
struct Row {
    household_id: HouseholdId,
    reference: String,
    name: String,
    email: String,
    mobile: String,
    telephone: String,
    address: String,
    preferred: String,
    area: String,
    tenure: String,
    language: String,
    no_contact: String,
    ended_on: Option<NaiveDate>,
    erased_at: Option<DateTime<Utc>>,
}

impl Row {
    fn read(self) -> Household {
        Household {
            id: self.household_id,
            reference: self.reference,
            name: self.name,
            email: self.email,
            mobile: self.mobile,
            telephone: self.telephone,
            address: self.address,
            preferred: self.preferred.parse().ok(),
            area: self.area,
            tenure: self.tenure,
            language: self.language,
            no_contact: self.no_contact,
            ended_on: self.ended_on,
            erased_at: self.erased_at,
        }
    }
}

/// Every home that was ever listed, in the order of their references.
///
/// # Errors
/// When the database refuses.
pub async fn list(tx: &mut Tx) -> Result<Vec<Household>, db::Error> {
    let rows: Vec<Row> =
        on!(tx, c => sqlx::query_as("SELECT * FROM households ORDER BY reference").fetch_all(c).await?);
    Ok(rows.into_iter().map(Row::read).collect())
}

/// Every home that is listed now, in the order of their references.
///
/// # Errors
/// When the database refuses.
pub async fn list_current(tx: &mut Tx) -> Result<Vec<Household>, db::Error> {
    const LIST: &str = "SELECT * FROM households WHERE ended_on IS NULL ORDER BY reference";
    let rows: Vec<Row> = on!(tx, c => sqlx::query_as(LIST).fetch_all(c).await?);
    Ok(rows.into_iter().map(Row::read).collect())
}

/// One home.
///
/// # Errors
/// When the database refuses.
pub async fn find(tx: &mut Tx, id: HouseholdId) -> Result<Option<Household>, db::Error> {
    const FIND: &str = "SELECT * FROM households WHERE household_id = $1";
    let row: Option<Row> = on!(tx, c => sqlx::query_as(FIND).bind(id).fetch_optional(c).await?);
    Ok(row.map(Row::read))
}

/// Homes in whose reference, name, address, e-mail address or number the words stand, whatever their capitals; all where
/// there are no words. So many from a place on.
///
/// # Errors
/// When the database refuses.
pub async fn search(tx: &mut Tx, words: &str, area: &str, most: i64, from: i64) -> Result<Vec<Household>, db::Error> {
    const SEARCH: &str = "SELECT * FROM households WHERE ($1 = '' OR area = $1) \
        AND LOWER(reference || ' ' || name || ' ' || address || ' ' || email || ' ' || mobile || ' ' || telephone) LIKE $2 ESCAPE '\\' \
        ORDER BY reference LIMIT $3 OFFSET $4";
    let plain = words.trim().to_lowercase().replace('\\', "\\\\").replace('%', "\\%").replace('_', "\\_");
    let pattern = format!("%{plain}%");
    let rows: Vec<Row> =
        on!(tx, c => sqlx::query_as(SEARCH).bind(area).bind(&pattern).bind(most).bind(from).fetch_all(c).await?);
    Ok(rows.into_iter().map(Row::read).collect())
}

/// How many homes there are of an area and a tenure, and how they can be reached.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct Count {
    pub area: String,
    pub tenure: String,
    pub homes: i64,
    pub with_email: i64,
    pub with_mobile: i64,
    pub with_telephone: i64,
    /// How many may not be contacted.
    pub no_contact: i64,
}

/// The homes listed now, counted by area and tenure.
///
/// # Errors
/// When the database refuses.
pub async fn count(tx: &mut Tx) -> Result<Vec<Count>, db::Error> {
    const COUNT: &str = "SELECT area, tenure, COUNT(*) AS homes, COUNT(NULLIF(email, '')) AS with_email, \
        COUNT(NULLIF(mobile, '')) AS with_mobile, COUNT(NULLIF(telephone, '')) AS with_telephone, \
        COUNT(NULLIF(no_contact, '')) AS no_contact FROM households WHERE ended_on IS NULL \
        GROUP BY area, tenure ORDER BY area, tenure";
    Ok(on!(tx, c => sqlx::query_as(COUNT).fetch_all(c).await?))
}

/// Keeps a new home and gives its key. The key in `home` is not looked at.
///
/// # Errors
/// `Conflict` when its reference is taken.
pub async fn insert(tx: &mut Tx, home: &Household) -> Result<HouseholdId, db::Error> {
    const INSERT: &str = "INSERT INTO households (reference, name, email, mobile, telephone, address, preferred, area, \
        tenure, language, no_contact) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) RETURNING household_id";
    Ok(on!(tx, c => sqlx::query_scalar(INSERT).bind(&home.reference).bind(&home.name).bind(&home.email)
        .bind(&home.mobile).bind(&home.telephone).bind(&home.address)
        .bind(home.preferred.map_or("", |way| way.code())).bind(&home.area).bind(&home.tenure).bind(&home.language)
        .bind(&home.no_contact).fetch_one(c).await?))
}

/// Keeps what a list says of a home, which is thereby listed.
///
/// # Errors
/// When the database refuses.
pub async fn update(tx: &mut Tx, home: &Household) -> Result<(), db::Error> {
    const UPDATE: &str = "UPDATE households SET name = $2, email = $3, mobile = $4, telephone = $5, address = $6, \
        preferred = $7, area = $8, tenure = $9, language = $10, no_contact = $11, ended_on = NULL WHERE household_id = $1";
    one_row(on!(tx, c => sqlx::query(UPDATE).bind(home.id).bind(&home.name).bind(&home.email)
        .bind(&home.mobile).bind(&home.telephone).bind(&home.address)
        .bind(home.preferred.map_or("", |way| way.code())).bind(&home.area).bind(&home.tenure).bind(&home.language)
        .bind(&home.no_contact).execute(c).await?.rows_affected()))
}

/// Marks a home as listed no more.
///
/// # Errors
/// When the database refuses.
pub async fn end(tx: &mut Tx, id: HouseholdId, on: NaiveDate) -> Result<(), db::Error> {
    const END: &str = "UPDATE households SET ended_on = $2 WHERE household_id = $1 AND ended_on IS NULL";
    on!(tx, c => sqlx::query(END).bind(id).bind(on).execute(c).await.map(|_| ())?);
    Ok(())
}

/// Says why nobody of a home may be contacted; with no words they may be. False when there is no such home.
///
/// # Errors
/// When the database refuses.
pub async fn set_no_contact(tx: &mut Tx, id: HouseholdId, reason: &str) -> Result<bool, db::Error> {
    const SET: &str = "UPDATE households SET no_contact = $2 WHERE household_id = $1";
    let changed = on!(tx, c => sqlx::query(SET).bind(id).bind(reason).execute(c).await?.rows_affected());
    Ok(changed == 1)
}

/// The homes that are reached under an e-mail address, written in small letters.
///
/// # Errors
/// When the database refuses.
pub async fn ids_of_email(tx: &mut Tx, email: &str) -> Result<Vec<HouseholdId>, db::Error> {
    const IDS: &str = "SELECT household_id FROM households WHERE LOWER(email) = $1 ORDER BY household_id";
    Ok(on!(tx, c => sqlx::query_scalar(IDS).bind(email).fetch_all(c).await?))
}

/// Empties whatever says who lives in a home and how to reach them. False when that was done before.
///
/// # Errors
/// When the database refuses.
pub async fn erase(tx: &mut Tx, id: HouseholdId, reason: &str, at: DateTime<Utc>) -> Result<bool, db::Error> {
    const ERASE: &str = "UPDATE households SET name = '', email = '', mobile = '', telephone = '', address = '', \
        preferred = '', language = '', no_contact = $2, erased_at = $3 WHERE household_id = $1 AND erased_at IS NULL";
    let changed = on!(tx, c => sqlx::query(ERASE).bind(id).bind(reason).bind(at).execute(c).await?.rows_affected());
    Ok(changed == 1)
}
