//! "How are we doing?": open now, fifteen questions.

use chrono::{NaiveDate, TimeDelta};

use crate::db::{self, Tx};
use crate::random::Random;
use crate::surveys::example::ask::{self, Told};
use crate::surveys::example::{respond, words};
use crate::surveys::kind::SurveyKind;
use crate::surveys::measured;

/// Opened two weeks before today and closes three weeks after it.
pub async fn load(tx: &mut Tx, random: &Random, today: NaiveDate) -> Result<(), db::Error> {
    let repairs = measured::by_slug(tx, ask::REPAIRS).await?;
    let cleaning = measured::by_slug(tx, ask::CLEANING).await?;
    let questions = ask::questionnaire(vec![
        ask::satisfied("Taking everything into account, how satisfied or dissatisfied are you with the service from Larkfield Homes?", false).required(),
        ask::area(),
        ask::one_of("Have we done a repair in your home in the last 12 months?", &["Yes", "No"]),
        ask::satisfied("How satisfied or dissatisfied were you with the last repair?", false).shown_if(3, &[0]).measuring(repairs),
        ask::satisfied("How satisfied or dissatisfied are you that your home is well maintained?", false),
        ask::satisfied("How satisfied or dissatisfied are you that your home is safe?", true),
        ask::satisfied("How satisfied or dissatisfied are you with the way we dealt with you the last time you contacted us?", true),
        ask::satisfied("How satisfied or dissatisfied are you that we listen to your views and act on them?", true),
        ask::satisfied("How satisfied or dissatisfied are you that we keep you informed about things that matter to you?", true),
        ask::agrees("Larkfield Homes treats me fairly and with respect", true),
        ask::satisfied("How satisfied or dissatisfied are you that shared areas are kept clean and in good order?", true).measuring(cleaning),
        ask::any_of("How would you like to hear from us?", &["Letter", "E-mail", "Text message", "Phone call", "On this site"]),
        ask::how_many("How many years have you lived in your home?", 90, "years"),
        ask::score("How likely are you to recommend Larkfield Homes to a friend?", "Not at all likely", "Extremely likely"),
        ask::words("Is there anything else you would like to tell us?"),
    ]);
    let told = Told {
        kind: SurveyKind::Perception,
        title: "How are we doing?",
        introduction: "Once a year we ask every household what it is like to have us as a landlord.\n\nYour answers decide which promises we work on next year. They are no part of the measures that we publish for the regulator: those come from our tenant survey.",
        next_steps: "When the survey has closed we add up all the answers and publish them here by area. In January we ask residents at open evenings what we should work on first.",
        minutes: 5,
        homes: None,
        opens: today - TimeDelta::days(14),
        closes: today + TimeDelta::days(21),
        results: None,
    };
    let asked = ask::publish(tx, random, &told, &questions).await?;
    let (mut kind, mut harsh) = (words::HOMES_KIND.to_vec(), words::HOMES_HARSH.to_vec());
    let so_far = (told.opens, today - TimeDelta::days(1));
    respond::keep(tx, random, &asked, so_far, 86, |person, _| {
        vec![
            person.point(2),
            person.home(),
            person.yes(68),
            person.point(0),
            person.point(-2),
            person.point_or_not(8, 3),
            person.point_or_not(0, 12),
            person.point_or_not(-14, 9),
            person.point_or_not(-4, 5),
            person.point_or_not(6, 4),
            person.point_or_not(-8, 20),
            person.several(5, 40),
            person.number(1, 28),
            person.score(),
            person.words(14, &mut kind, &mut harsh),
        ]
    })
    .await
}
