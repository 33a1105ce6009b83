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
        ask::one_of("Did we tell you beforehand when we would come?", &["Yes", "No"]).required(),
        ask::one_of("Did we ask before we left whether all was well?", &["Yes", "No"]).required(),
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
    // Not drawn by chance, so that nothing else of the example hangs on them; and few answers with many people each, so that
    // a third question can be a filter of two others.
    let mut in_turn = (0_u32..).map(|at| [at % 5 > 2, at % 2 > 0].map(|no| Answer::Option(u8::from(no))));
    respond::keep(tx, random, &asked, (opens, closes), 352, |person, on| {
        let [told, cared] = in_turn.next().unwrap_or([Answer::NoAnswer, Answer::NoAnswer]);
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
            told,
            cared,
        ]
    })
    .await
}

#[cfg(test)]
mod tests {
    use crate::people::Role;
    use crate::testing::Browser;

    #[tokio::test]
    async fn two_questions_can_be_compared_among_those_who_gave_one_answer_to_a_third() {
        let app = crate::testing::app().await;
        crate::example::load(&app).await.unwrap();
        let (mut staff, _) = Browser::signed_in(&app, Role::Analyst).await;
        let list = staff.get("/staff/surveys").await.expect(200);
        let id = list.text.split("/staff/surveys/").find(|rest| rest.contains("Your last repair")).unwrap();
        let id: String = id.chars().take_while(char::is_ascii_digit).collect();
        let at = format!("/staff/surveys/{id}/cross-tab?rows=7-0&columns=12-0");
        staff.get(&at).await.expect(200).holds("Was the repair finished at the first visit?").holds("<table");
        for answer in [0, 1] {
            let page = staff.get(&format!("{at}&only=13-0-{answer}")).await.expect(200);
            page.holds("Only people whose answer to").holds("<table").lacks("Not shown with this filter");
        }
    }
}
