//! Making a batch, and saying how many forms it has while it is keyed.

use chrono::{DateTime, NaiveDate, Utc};

use crate::db::{self, Tx};
use crate::questionnaires::store as questionnaires;
use crate::random::Random;
use crate::surveys::batches::batch::{Batch, LEAST_FORMS, MOST_FORMS};
use crate::surveys::batches::store;
use crate::surveys::enter;
use crate::surveys::sample;
use crate::surveys::survey::Asked;

/// Why nothing was made or changed.
#[derive(Debug)]
pub enum Refused {
    /// The survey takes no answers, or none of that day.
    NotTaken(enter::Refused),
    /// There are too few forms for a batch, or too many.
    Size,
    /// The survey has a sample, of which each home counts once: a batch does not say whose forms it has.
    HasSample,
    /// The survey has a batch of that name.
    NameTaken,
    /// Staff changed the questions meanwhile.
    QuestionsChanged,
    /// The batch is closed, or all its forms are keyed.
    Fixed,
    /// A form of a higher number is keyed already.
    BelowKeyed(i64),
    /// The database refused.
    Internal(db::Error),
}

impl From<db::Error> for Refused {
    fn from(error: db::Error) -> Self {
        Self::Internal(error)
    }
}

/// Makes a batch and gives its id. The survey's questions lock, as at a first answer.
///
/// # Errors
/// See [`Refused`]; the transaction must then be dropped.
pub async fn make(
    tx: &mut Tx,
    random: &Random,
    asked: &Asked,
    (name, received, received_on): (&str, i64, NaiveDate),
    now: DateTime<Utc>,
) -> Result<i64, Refused> {
    let survey = &asked.survey;
    enter::check_survey(survey, now).map_err(Refused::NotTaken)?;
    enter::check_day(survey, received_on, now).map_err(Refused::NotTaken)?;
    check_size(received)?;
    if sample::exists(tx, survey.id).await? {
        return Err(Refused::HasSample);
    }
    if !crate::surveys::store::hold_for_entry(tx, survey.id).await? {
        return Err(Refused::NotTaken(enter::Refused::ResultsPublished));
    }
    if !questionnaires::lock(tx, &asked.version, now).await? {
        return Err(Refused::QuestionsChanged);
    }
    let batch = Batch {
        batch_id: 0,
        survey_id: survey.id,
        name: name.to_owned(),
        received,
        received_on,
        seed: random.token(),
        closed_at: None,
        compared: 0,
        differed: 0,
        blank: 0,
    };
    store::insert(tx, &batch).await?.ok_or(Refused::NameTaken)
}

fn check_size(received: i64) -> Result<(), Refused> {
    if (LEAST_FORMS..=MOST_FORMS).contains(&received) { Ok(()) } else { Err(Refused::Size) }
}

/// Says anew how many forms there are, while some are still to be keyed.
///
/// # Errors
/// See [`Refused`]; nothing is changed then.
pub async fn recount(tx: &mut Tx, asked: &Asked, batch_id: i64, received: i64) -> Result<(), Refused> {
    check_size(received)?;
    if !store::hold(tx, batch_id).await? {
        return Err(Refused::Fixed);
    }
    let standing = store::find(tx, asked, batch_id).await?.ok_or(Refused::Fixed)?;
    let keyed = standing.forms.iter().filter(|form| form.keying == 1).count();
    if usize::try_from(standing.batch.received).is_ok_and(|received| keyed >= received) {
        return Err(Refused::Fixed);
    }
    let highest = standing.forms.iter().map(|form| form.number).max().unwrap_or(0);
    if received < highest {
        return Err(Refused::BelowKeyed(highest));
    }
    if store::set_received(tx, batch_id, received).await? { Ok(()) } else { Err(Refused::Fixed) }
}
