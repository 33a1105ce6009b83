//! Training of those who lead improvement: courses, who attended, and until when it holds. Shoppers' training is kept by mystery shopping.

use chrono::{Days, Months, NaiveDate};

use super::store::training as store;
use crate::app::App;
use crate::db::{self, Tx};
use crate::key;
use crate::thread::id::AccountId;

key!(/// A course.
    CourseId);

/// For whom a course is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Audience {
    /// Owners of processes.
    Owners,
    /// Those who lead an activity.
    Leads,
    /// Anybody who takes part in improvement.
    Everyone,
}

impl Audience {
    /// Every audience, in the order in which it is offered.
    pub const ALL: [Self; 3] = [Self::Owners, Self::Leads, Self::Everyone];

    /// The word kept in the database.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Owners => "owners",
            Self::Leads => "leads",
            Self::Everyone => "everyone",
        }
    }

    /// The audience as people read it.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::Owners => "Process owners",
            Self::Leads => "Those who lead activities",
            Self::Everyone => "Everybody who takes part",
        }
    }
}

impl std::str::FromStr for Audience {
    type Err = ();
    fn from_str(text: &str) -> Result<Self, ()> {
        Self::ALL.into_iter().find(|audience| audience.code() == text).ok_or(())
    }
}

impl TryFrom<String> for Audience {
    type Error = String;
    fn try_from(text: String) -> Result<Self, String> {
        text.parse().map_err(|()| text)
    }
}

/// A course.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct Course {
    #[sqlx(rename = "course_id")]
    pub id: CourseId,
    pub title: String,
    #[sqlx(try_from = "String")]
    pub audience: Audience,
    /// How many months it holds; none where it does not run out.
    pub lasts_months: Option<i64>,
}

impl Course {
    /// The last day on which it holds for those who attended on a day.
    #[must_use]
    pub fn expiry(&self, held_on: NaiveDate) -> Option<NaiveDate> {
        let months = u32::try_from(self.lasts_months?).ok()?;
        held_on.checked_add_months(Months::new(months))
    }
}

/// One person at one course.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct Attended {
    pub course_id: CourseId,
    pub account_id: AccountId,
    pub held_on: NaiveDate,
    pub expires_on: Option<NaiveDate>,
}

/// How many days ahead a training that runs out is called due.
const SOON: u64 = 60;

/// Whether somebody is trained for what they do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Trained {
    /// Never, for this.
    No,
    /// Until a day that has passed.
    RanOut(NaiveDate),
    /// Until a day that is near.
    Due(NaiveDate),
    /// Until a day, or for good.
    Yes(Option<NaiveDate>),
}

impl Trained {
    /// True when the training counts today.
    #[must_use]
    pub fn counts(self) -> bool {
        matches!(self, Self::Due(_) | Self::Yes(_))
    }
}

/// Everything known of training.
#[derive(Debug, Clone, Default)]
pub struct Register {
    pub courses: Vec<Course>,
    /// Newest first.
    pub attended: Vec<Attended>,
}

impl Register {
    /// Reads the register.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn load(tx: &mut Tx) -> Result<Self, db::Error> {
        Ok(Self { courses: store::list_courses(tx).await?, attended: store::list(tx).await? })
    }

    /// The course with that key.
    #[must_use]
    pub fn course(&self, id: CourseId) -> Option<&Course> {
        self.courses.iter().find(|course| course.id == id)
    }

    /// Whether somebody is trained to own a process.
    #[must_use]
    pub fn as_owner(&self, account: AccountId, today: NaiveDate) -> Trained {
        self.trained(account, &[Audience::Owners], today)
    }

    /// Whether somebody is trained to lead an activity; who may own a process may lead too.
    #[must_use]
    pub fn as_lead(&self, account: AccountId, today: NaiveDate) -> Trained {
        self.trained(account, &[Audience::Owners, Audience::Leads], today)
    }

    fn trained(&self, account: AccountId, audiences: &[Audience], today: NaiveDate) -> Trained {
        let fits =
            |one: &&Attended| self.course(one.course_id).is_some_and(|course| audiences.contains(&course.audience));
        let mut ends: Vec<Option<NaiveDate>> = self
            .attended
            .iter()
            .filter(|one| one.account_id == account)
            .filter(fits)
            .map(|one| one.expires_on)
            .collect();
        if ends.contains(&None) {
            return Trained::Yes(None);
        }
        ends.sort_unstable();
        let soon = today.checked_add_days(Days::new(SOON)).unwrap_or(today);
        match ends.pop().flatten() {
            None => Trained::No,
            Some(end) if end < today => Trained::RanOut(end),
            Some(end) if end <= soon => Trained::Due(end),
            Some(end) => Trained::Yes(Some(end)),
        }
    }
}

/// Why a training was not recorded.
#[derive(Debug, thiserror::Error)]
pub enum TrainError {
    /// It is recorded already.
    #[error("it is recorded already")]
    Already,
    /// The database refused.
    #[error(transparent)]
    Internal(db::Error),
}

impl From<db::Error> for TrainError {
    fn from(error: db::Error) -> Self {
        let known = ["trainings_course_id_account_id_held_on_key", "training_courses_title_key"];
        if known.iter().any(|name| error.is_conflict(name)) { Self::Already } else { Self::Internal(error) }
    }
}

/// Adds a course.
///
/// # Errors
/// `Already` when there is one of that title, or when the database refuses.
pub async fn add_course(
    app: &App,
    tx: &mut Tx,
    title: &str,
    audience: Audience,
    lasts_months: Option<i64>,
) -> Result<CourseId, TrainError> {
    Ok(store::insert_course(tx, title, audience, lasts_months, app.clock.now()).await?)
}

/// Records that somebody attended a course; until when it holds follows from the course.
///
/// # Errors
/// `Already`, or when the database refuses.
pub async fn record(
    app: &App,
    tx: &mut Tx,
    by: AccountId,
    course: &Course,
    account: AccountId,
    held_on: NaiveDate,
) -> Result<(), TrainError> {
    let attended = Attended { course_id: course.id, account_id: account, held_on, expires_on: course.expiry(held_on) };
    Ok(store::insert(tx, &attended, by, app.clock.now()).await?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_owner_is_trained_by_the_newest_course_for_owners() {
        let day = |text: &str| text.parse::<NaiveDate>().unwrap();
        let course =
            |id, audience, lasts_months| Course { id: CourseId(id), title: String::new(), audience, lasts_months };
        let went = |course: i64, held: &str, until: &str| Attended {
            course_id: CourseId(course),
            account_id: AccountId(1),
            held_on: day(held),
            expires_on: until.parse().ok(),
        };
        let mut register = Register {
            courses: vec![course(1, Audience::Owners, Some(12)), course(2, Audience::Leads, None)],
            attended: vec![],
        };
        let (me, today) = (AccountId(1), day("2026-11-16"));
        assert_eq!(register.as_owner(me, today), Trained::No);
        register.attended.push(went(2, "2024-01-01", ""));
        assert_eq!((register.as_owner(me, today), register.as_lead(me, today)), (Trained::No, Trained::Yes(None)));
        register.attended.push(went(1, "2025-01-01", "2026-01-01"));
        assert_eq!(register.as_owner(me, today), Trained::RanOut(day("2026-01-01")));
        register.attended.push(went(1, "2026-01-15", "2027-01-15"));
        assert_eq!(register.as_owner(me, today), Trained::Due(day("2027-01-15")));
        register.attended.push(went(1, "2026-11-01", "2027-11-01"));
        assert_eq!(register.as_owner(me, today), Trained::Yes(Some(day("2027-11-01"))));
        assert_eq!(register.as_owner(AccountId(2), today), Trained::No);
        assert_eq!(register.courses[0].expiry(day("2026-11-01")), Some(day("2027-11-01")));
        assert_eq!(register.courses[1].expiry(day("2026-11-01")), None);
    }
}
