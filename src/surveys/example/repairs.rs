//! "Your last repair": closed, its results published.

use chrono::{NaiveDate, TimeDelta};

use crate::db::{self, Tx};
use crate::questionnaires::answer::Answer;
use crate::random::Random;
use crate::surveys::example::ask::{self, Told};
use crate::surveys::example::{respond, words};
use crate::surveys::kind::SurveyKind;
use crate::surveys::measured;

/// Opens on the day and runs for six weeks.
pub async fn load(tx: &mut Tx, random: &Random, opens: NaiveDate) -> Result<(), db::Error> {
    let satisfaction = measured::by_slug(tx, ask::REPAIRS).await?;
    let appointments = measured::by_slug(tx, ask::APPOINTMENTS).await?;
    let questions = ask::questionnaire(vec![
        ask::area().required(),
        ask::day("When was your last repair finished?").hinted("A rough date is fine."),
        ask::satisfied("How satisfied or dissatisfied were you with your last repair?", false)
            .required()
            .measuring(satisfaction),
        ask::satisfied(
            "How satisfied or dissatisfied were you with the time it took, from telling us to finished?",
            false,
        ),
        ask::agrees("The person who came kept to the appointment", true).measuring(appointments),
        ask::agrees("The person who came treated me and my home with respect", true),
        ask::one_of("Was the repair finished at the first visit?", &["Yes", "No"]).required(),
        ask::any_of(
            "What was missing at the first visit?",
            &["A part or a tool", "Time", "A second person", "Somebody with another trade", "We were not told"],
        )
        .shown_if(7, &[1]),
        ask::how_many("How many visits did it take?", 20, "visits").shown_if(7, &[1]),
        ask::score("How easy was it to report the repair?", "Very hard", "Very easy"),
        ask::words("What is the main reason for your answers?").measuring(satisfaction),
    ]);
    let closes = opens + TimeDelta::days(42);
    let told = Told {
        kind: SurveyKind::Transactional,
        title: "Your last repair",
        introduction: "We ask everybody who had a repair this year how it went.\n\nYour answers decide what we put right first. They are added to everybody else’s and published on this site.",
        next_steps: "We read every answer. The results will be on this site within four weeks of closing, and the repairs panel of residents will look at them with us before we decide what to change.",
        minutes: 4,
        homes: Some(1_860),
        opens,
        closes,
        results: Some(closes + TimeDelta::days(21)),
    };
    let asked = ask::publish(tx, random, &told, &questions).await?;
    let (mut kind, mut harsh) = (words::REPAIRS_KIND.to_vec(), words::REPAIRS_HARSH.to_vec());
    respond::keep(tx, random, &asked, (opens, closes), 352, |person, on| {
        let first = person.yes(72);
        let visits = if first == Answer::Option(0) { Answer::NoAnswer } else { person.number(2, 4) };
        vec![
            person.home(),
            person.day_before(on, 150),
            person.point(4),
            person.point(-8),
            person.point_or_not(6, 5),
            person.point_or_not(14, 2),
            first,
            person.several(5, 34),
            visits,
            person.score(),
            person.words(16, &mut kind, &mut harsh),
        ]
    })
    .await
}
