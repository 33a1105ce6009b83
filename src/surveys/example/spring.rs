//! "Your block and estate" half a year earlier: its results are published, and the one of this autumn is its next wave.

use chrono::{NaiveDate, TimeDelta};

use crate::db::{self, Tx};
use crate::random::Random;
use crate::surveys::example::ask::{self, Told};
use crate::surveys::example::{estate, respond};
use crate::surveys::kind::SurveyKind;
use crate::surveys::waves;
use crate::thread::id::SurveyId;

/// Opens on the day and runs for five weeks. Its chance is its own, so that nothing else of the example hangs on it.
pub async fn load(tx: &mut Tx, opens: NaiveDate) -> Result<SurveyId, db::Error> {
    let random = Random::seeded(77);
    // One question was worded otherwise then: it is not compared.
    let grounds = "How satisfied or dissatisfied are you with the grass and hedges near your home?";
    let questions = ask::questionnaire(estate::questions([None; 3], grounds));
    let closes = opens + TimeDelta::days(35);
    let told = Told {
        kind: SurveyKind::Perception,
        title: "Your block and estate: spring",
        introduction: "Twice a year we ask how the places between our homes are looked after: halls and stairs, lawns and lighting.",
        next_steps: "The area panels will see the results first. We ask the same again in autumn.",
        minutes: 3,
        homes: Some(2_450),
        opens,
        closes,
        results: Some(closes + TimeDelta::days(21)),
    };
    let asked = ask::publish(tx, &random, &told, &questions).await?;
    let (mut kind, mut harsh) = (Vec::new(), Vec::new());
    respond::keep(tx, &random, &asked, (opens, closes), 264, |person, _| {
        vec![
            person.home(),
            person.yes(62),
            person.point_or_not(-24, 3),
            person.point_or_not(0, 8),
            person.point_or_not(8, 3),
            person.several(6, 24),
            person.yes(20),
            person.point(-20),
            person.point(-6),
            person.words(0, &mut kind, &mut harsh),
        ]
    })
    .await?;
    Ok(asked.survey.id)
}

/// Makes the survey of this autumn the next wave.
pub async fn join(tx: &mut Tx, spring: SurveyId, autumn: SurveyId) -> Result<(), db::Error> {
    waves::store::join(tx, autumn, spring).await.map(|_| ())
}
