//! Throwing a draft survey away, with its questions.

use crate::db::{self, Tx};
use crate::surveys::store;
use crate::surveys::survey::Survey;
use crate::thread::{self, Record};

/// Why nothing was thrown away.
#[derive(Debug)]
pub enum Refused {
    /// It was published, or somebody has answered: what was asked and answered stays. Or monthly surveys ask its questions.
    NotADraft,
    /// The database refused.
    Internal(db::Error),
}

impl From<db::Error> for Refused {
    fn from(error: db::Error) -> Self {
        Self::Internal(error)
    }
}

impl Refused {
    /// What to tell the person; none for a fault of the database.
    #[must_use]
    pub fn in_words(&self) -> Option<&'static str> {
        match self {
            Self::NotADraft => Some(
                "Only a draft can be thrown away. A survey that was published stays, and so does one whose questions are asked every month",
            ),
            Self::Internal(_) => None,
        }
    }
}

/// Throws a survey away that was never published and that nobody has answered. What was joined to it is joined no more.
///
/// # Errors
/// See [`Refused`]; nothing is changed then.
pub async fn discard(tx: &mut Tx, survey: &Survey) -> Result<(), Refused> {
    if !store::discard(tx, survey.id).await? {
        return Err(Refused::NotADraft);
    }
    let gone = Record::Survey(survey.id);
    for other in thread::linked(tx, gone).await? {
        thread::disconnect(tx, gone, other).await?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::db_test;
    use crate::questionnaires::answer::Answers;
    use crate::questionnaires::code_book;
    use crate::questionnaires::response::{Channel, NewResponse};
    use crate::questionnaires::store as questionnaires;
    use crate::surveys::pages::tests::{open, three_questions};
    use crate::surveys::publish;
    use crate::surveys::survey::Access;
    use crate::testing::app_on;
    use crate::thread::id::FindingId;

    db_test!(a_draft_goes_with_its_questions_and_a_published_survey_stays, db => {
        let app = app_on(db);
        let now = app.clock.now();
        let asked = open(&app, Access::Open, &three_questions()).await;
        let mut tx = app.db.write().await.unwrap();
        assert!(matches!(discard(&mut tx, &asked.survey).await, Err(Refused::NotADraft)));
        let id = publish::copy(&mut tx, &app.random, &asked, now).await.unwrap();
        let copy = store::find(&mut tx, id).await.unwrap().unwrap();
        let finding = Record::Finding(FindingId(7));
        thread::connect(&mut tx, finding, Record::Survey(id), now).await.unwrap();
        discard(&mut tx, &copy.survey).await.unwrap();
        assert!(store::find(&mut tx, id).await.unwrap().is_none());
        assert!(questionnaires::find_version(&mut tx, copy.version.id).await.unwrap().is_none());
        assert!(thread::linked(&mut tx, finding).await.unwrap().is_empty());
        assert!(matches!(discard(&mut tx, &copy.survey).await, Err(Refused::NotADraft)), "it is gone already");
        let left: Vec<_> = store::list(&mut tx).await.unwrap().into_iter().map(|(survey, _)| survey.id).collect();
        assert_eq!(left, [asked.survey.id]);
        tx.commit().await.unwrap();
    });

    db_test!(the_number_of_a_survey_that_was_thrown_away_is_given_to_no_other, db => {
        let app = app_on(db);
        let asked = open(&app, Access::Open, &three_questions()).await;
        let mut tx = app.db.write().await.unwrap();
        let first = publish::copy(&mut tx, &app.random, &asked, app.clock.now()).await.unwrap();
        let copy = store::find(&mut tx, first).await.unwrap().unwrap();
        discard(&mut tx, &copy.survey).await.unwrap();
        let second = publish::copy(&mut tx, &app.random, &asked, app.clock.now()).await.unwrap();
        assert!(second > first && first > asked.survey.id, "{first} {second}");
    });

    db_test!(a_survey_that_holds_an_answer_stays, db => {
        let app = app_on(db);
        let asked = open(&app, Access::Open, &three_questions()).await;
        let mut tx = app.db.write().await.unwrap();
        let id = publish::copy(&mut tx, &app.random, &asked, app.clock.now()).await.unwrap();
        let copy = store::find(&mut tx, id).await.unwrap().unwrap();
        let coded = code_book::encode(&copy.version.questionnaire, &Answers::default());
        let response = NewResponse {
            version_id: copy.version.id,
            coded: &coded,
            channel: Channel::OpenLink,
            received_on: app.clock.today(),
            reference: "ABCD2345",
            submission_key: "key",
            digest: "digest",
        };
        assert!(questionnaires::insert_response(&mut tx, &app.random, &response).await.unwrap());
        assert!(matches!(discard(&mut tx, &copy.survey).await, Err(Refused::NotADraft)));
        assert!(store::find(&mut tx, id).await.unwrap().is_some());
    });
}
