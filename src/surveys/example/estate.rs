//! "Your block and estate": just closed, its results waiting to be published.

use chrono::{NaiveDate, TimeDelta};

use crate::db::{self, Tx};
use crate::questionnaires::question::Question;
use crate::random::Random;
use crate::surveys::example::ask::{self, Told};
use crate::surveys::example::{photos, respond, sealed, words};
use crate::surveys::kind::SurveyKind;
use crate::surveys::measured;
use crate::thread::id::SurveyId;

/// The questions; three of them measure these standards.
pub fn questions([cleaning, grounds, behaviour]: [Option<i64>; 3], grounds_words: &str) -> Vec<Question> {
    vec![
        ask::area().required(),
        ask::one_of("Do you share a hall, stairs or a lift with neighbours?", &["Yes", "No"]).required(),
        ask::satisfied("How satisfied or dissatisfied are you with the cleaning of the shared areas?", true)
            .shown_if(2, &[0])
            .measuring(cleaning),
        ask::satisfied("How satisfied or dissatisfied are you with the window cleaning of the shared areas?", true)
            .shown_if(2, &[0]),
        ask::satisfied(grounds_words, true).measuring(grounds),
        ask::any_of(
            "What has bothered you near your home in the last three months?",
            &["Litter", "Dumped furniture or rubbish", "Noise", "Graffiti", "Broken lighting", "Parking"],
        ),
        ask::one_of("Have you reported antisocial behaviour to us in the last 12 months?", &["Yes", "No"]),
        ask::satisfied("How satisfied or dissatisfied were you with the way we handled it?", false)
            .shown_if(7, &[0])
            .measuring(behaviour),
        ask::agrees("I feel safe where I live after dark", false),
        ask::words("What one thing would make your block or estate better?").measuring(cleaning),
    ]
}

/// Opens on the day and runs for five weeks.
pub async fn load(tx: &mut Tx, random: &Random, opens: NaiveDate) -> Result<SurveyId, db::Error> {
    let cleaning = measured::by_slug(tx, ask::CLEANING).await?;
    let grounds = measured::by_slug(tx, ask::GROUNDS).await?;
    let behaviour = measured::by_slug(tx, ask::BEHAVIOUR).await?;
    let grounds_words = "How satisfied or dissatisfied are you with the grass, hedges and beds near your home?";
    let photo = ask::photo("Would you like to show us a place we should look at?");
    let mut questions = questions([cleaning, grounds, behaviour], grounds_words);
    questions.push(photo);
    questions.extend(sealed::questions());
    let questions = ask::questionnaire(questions);
    let closes = opens + TimeDelta::days(35);
    let told = Told {
        kind: SurveyKind::Perception,
        title: "Your block and estate",
        introduction: "Twice a year we ask how the places between our homes are looked after: halls and stairs, lawns and lighting.\n\nThe answers go to the contractors’ review and to the area panels.",
        next_steps: "The area panels will see the results first. What we change, and what we cannot, will be on this site under “What changed”.",
        minutes: 3,
        homes: Some(2_450),
        opens,
        closes,
        results: None,
    };
    let asked = ask::publish(tx, random, &told, &questions).await?;
    let (mut kind, mut harsh) = (words::ESTATE_KIND.to_vec(), words::ESTATE_HARSH.to_vec());
    let (mut at, mut told) = (0, sealed::Told::default());
    respond::keep(tx, random, &asked, (opens, closes), 291, |person, _| {
        at += 1;
        let [health, ethnicity] = told.next();
        vec![
            person.home(),
            person.yes(64),
            person.point_or_not(-6, 3),
            person.point_or_not(2, 8),
            person.point_or_not(6, 3),
            person.several(6, 22),
            person.yes(21),
            person.point(-18),
            person.point(-4),
            person.words(15, &mut kind, &mut harsh),
            photos::answer(at - 1),
            health,
            ethnicity,
        ]
    })
    .await?;
    Ok(asked.survey.id)
}
