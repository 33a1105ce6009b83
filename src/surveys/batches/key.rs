//! Keying a form: by the first person, and where it was drawn by a second one.

use crate::db::{self, Tx};
use crate::questionnaires::answer::Answers;
use crate::random::Random;
use crate::surveys::batches::batch::{Form, Stage, Standing};
use crate::surveys::batches::store;
use crate::surveys::survey::Asked;
use crate::thread::id::AccountId;

/// Why a keying was not kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refused {
    /// The batch is closed.
    Closed,
    /// The batch has no form of that number.
    NoSuchForm,
    /// It is keyed as often as it has to be.
    Keyed,
    /// Somebody else must key it again.
    SamePerson,
}

/// Which keying of a form is due from a person.
///
/// # Errors
/// See [`Refused`].
pub fn due(standing: &Standing, asked: &Asked, number: i64, by: AccountId) -> Result<i64, Refused> {
    if standing.batch.closed_at.is_some() {
        return Err(Refused::Closed);
    }
    if !(1..=standing.batch.received).contains(&number) {
        return Err(Refused::NoSuchForm);
    }
    match standing.keyings(number).as_slice() {
        [] => Ok(1),
        [first] => match standing.stage(&asked.version.questionnaire) {
            Stage::Checking(numbers) if numbers.contains(&number) && first.account == by => Err(Refused::SamePerson),
            Stage::Checking(numbers) if numbers.contains(&number) => Ok(2),
            _ => Err(Refused::Keyed),
        },
        _ => Err(Refused::Keyed),
    }
}

/// Keeps a keying of a form in its batch: the first or the second, as the person was asked for. Where somebody else was
/// quicker, a first keying is not taken as the second: it may be of another paper. The same form from the same person
/// again is kept already.
///
/// # Errors
/// The inner error is why it was not kept; nothing is changed then. The outer is the database's.
pub async fn key(
    tx: &mut Tx,
    random: &Random,
    asked: &Asked,
    (batch_id, number, keying): (i64, i64, i64),
    answers: &Answers,
    by: AccountId,
) -> Result<Result<(), Refused>, db::Error> {
    if !store::hold(tx, batch_id).await? {
        return Ok(Err(Refused::Closed));
    }
    let Some(standing) = store::find(tx, asked, batch_id).await? else { return Ok(Err(Refused::Closed)) };
    if standing.keyings(number).iter().any(|form| form.account == by && form.answers == *answers) {
        return Ok(Ok(()));
    }
    match due(&standing, asked, number, by) {
        Ok(due) if due == keying => {}
        Ok(_) => return Ok(Err(Refused::Keyed)),
        Err(refused) => return Ok(Err(refused)),
    }
    let form = Form {
        number,
        keying,
        answers: answers.clone(),
        account: by,
        submission_key: random.token(),
        is_chosen: false,
    };
    let kept = store::insert_form(tx, asked, batch_id, &form).await?;
    Ok(if kept { Ok(()) } else { Err(Refused::Keyed) })
}
