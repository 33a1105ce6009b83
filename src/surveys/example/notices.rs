//! "Notice boards": open now, four questions, in Urdu too.

use chrono::{NaiveDate, TimeDelta};

use crate::db::{self, Tx};
use crate::questionnaires::answer::Answer;
use crate::random::Random;
use crate::surveys::example::ask::{self, Told};
use crate::surveys::example::respond;
use crate::surveys::kind::SurveyKind;

/// Opened a week before today and closes four weeks after it. Chance is its own, so that what else the example holds stays
/// as it is.
pub async fn load(tx: &mut Tx, today: NaiveDate) -> Result<(), db::Error> {
    let random = &Random::seeded(220);
    let questions = ask::questionnaire(vec![
        ask::one_of("Is there a notice board in your building?", &["Yes", "No"]).required(),
        ask::satisfied("How satisfied or dissatisfied are you with what is on it?", true).shown_if(1, &[0]),
        ask::any_of("In which languages should the notices be?", &["English", "Urdu", "Welsh", "Another language"]),
        ask::words("What should be on the notice board?"),
    ]);
    let told = Told {
        kind: SurveyKind::Consultation,
        title: "Notice boards",
        introduction: "We want to know whether people read the notice boards in the halls, and in which language.\n\nThere are four short questions.",
        next_steps: "We read every answer, and put up what we decide on the boards themselves.",
        minutes: 2,
        homes: None,
        opens: today - TimeDelta::days(7),
        closes: today + TimeDelta::days(28),
        results: None,
    };
    let asked = ask::publish(tx, random, &told, &questions).await?;
    let so_far = (told.opens, today - TimeDelta::days(1));
    respond::keep(tx, random, &asked, so_far, 31, |person, _| {
        vec![person.yes(72), person.point_or_not(-12, 4), person.several(4, 35), Answer::NoAnswer]
    })
    .await
}
