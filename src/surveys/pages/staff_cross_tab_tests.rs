//! Two questions against each other as staff see them, and what they are not shown.

use crate::app::App;
use crate::people::Role;
use crate::questionnaires::answer::Answer;
use crate::questionnaires::kinds::{Kind, one_choice};
use crate::questionnaires::question::Question;
use crate::questionnaires::questionnaire::Questionnaire;
use crate::surveys::pages::tests::{of, open};
use crate::surveys::survey::{Access, Asked};
use crate::surveys::testing::{keep_online, said};
use crate::testing::{self, Browser};

/// Area (key 1, which divides), a scale (2), a choice (3), several choices (4), words (5).
fn five() -> Questionnaire {
    let options = ["North", "South", "East"].map(str::to_owned).to_vec();
    let area = Kind::OneChoice(one_choice::Settings { options, ..one_choice::Settings::default() });
    let mut questions = Questionnaire::default();
    questions.add(Question::new("Where do you live?", area).dividing()).unwrap();
    for (text, kind) in
        [("How was it?", "scale"), ("Repaired?", "one_choice"), ("Which?", "several_choices"), ("Why?", "short_text")]
    {
        questions.add(Question::new(text, of(kind))).unwrap();
    }
    questions
}

/// Keeps the answers of so many people alike: area, point on the scale, whether something was repaired.
async fn answer(app: &App, asked: &Asked, people: usize, chosen: [Option<u8>; 3]) {
    let chosen = (1..).zip(chosen).filter_map(|(key, option)| Some((key, Answer::Option(option?))));
    let answers = said(chosen.chain([(4, Answer::Several(vec![0, 1]))]));
    keep_online(app, asked, std::iter::repeat_n(answers, people)).await;
}

/// The cells of the line with this heading, without markup between share and number.
fn line(text: &str, heading: &str) -> Vec<String> {
    let table = text.split("<tbody>").nth(1).unwrap();
    let line = table.split("<tr>").find(|line| line.contains(&format!(">{heading}</th>"))).unwrap();
    let cells = line.split("<td").skip(1).map(|cell| {
        let cell = cell.split_once('>').unwrap().1.split("</td>").next().unwrap().replace("<br>", " ");
        let mut words = String::new();
        let mut inside = false;
        for letter in cell.chars() {
            match letter {
                '<' => inside = true,
                '>' => inside = false,
                _ if !inside => words.push(letter),
                _ => {}
            }
        }
        words.split_whitespace().collect::<Vec<_>>().join(" ")
    });
    cells.collect()
}

#[tokio::test]
async fn staff_compare_two_questions_and_turn_the_table() {
    let app = testing::app().await;
    let asked = open(&app, Access::Open, &five()).await;
    for (people, of) in [(60, [0, 0]), (20, [0, 4]), (30, [1, 0]), (50, [1, 4])] {
        answer(&app, &asked, people, [Some(of[0]), Some(of[1]), Some(0)]).await;
    }
    let (mut staff, _) = Browser::signed_in(&app, Role::Officer).await;
    let at = format!("/staff/surveys/{}/cross-tab", asked.survey.id);
    staff
        .get(&format!("/staff/surveys/{}/results", asked.survey.id))
        .await
        .expect(200)
        .holds(&format!("href=\"{at}\""));
    let page = staff.get(&at).await.expect(200).holds("Where do you live?").lacks("Why?").lacks("<table");
    page.lacks("There is a problem");
    let page = staff.get(&format!("{at}?rows=2-0&columns=1-0&only=")).await.expect(200);
    assert_eq!(line(&page.text, "Very satisfied"), ["75% 60", "38% 30", "Fewer than 5", "Fewer than 5", "56% 90"]);
    assert_eq!(line(&page.text, "People")[..2], ["80", "80"]);
    page.holds("The answers go together more than chance would explain (chi-square test: 22.9 with 1 degree of freedom, p &lt; 0.001");
    let turned = staff.get(&format!("{at}?rows=1-0&columns=2-0")).await.expect(200);
    assert_eq!(line(&turned.text, "North"), ["75% 60", "0% 0", "0% 0", "0% 0", "25% 20", "80"]);
    assert_eq!(line(&turned.text, "Everybody").last().map(String::as_str), Some("160"));
    let several = staff.get(&format!("{at}?rows=4-0&columns=1-0")).await.expect(200);
    several.holds("too little to test");
    let (mut board, _) = Browser::signed_in(&app, Role::Board).await;
    board.get(&format!("{at}?rows=2-0&columns=1-0")).await.expect(200);
}

#[tokio::test]
async fn a_table_hides_the_same_cells_whichever_way_round_it_is() {
    let app = testing::app().await;
    let asked = open(&app, Access::Open, &five()).await;
    for (people, of) in [
        (40, [0, 0]),
        (3, [0, 2]),
        (30, [0, 4]),
        (25, [1, 0]),
        (26, [1, 2]),
        (27, [1, 4]),
        (20, [2, 0]),
        (21, [2, 2]),
        (19, [2, 4]),
    ] {
        answer(&app, &asked, people, [Some(of[0]), Some(of[1]), None]).await;
    }
    let (mut staff, _) = Browser::signed_in(&app, Role::Officer).await;
    let at = format!("/staff/surveys/{}/cross-tab", asked.survey.id);
    let points = [
        "Very satisfied",
        "Fairly satisfied",
        "Neither satisfied nor dissatisfied",
        "Fairly dissatisfied",
        "Very dissatisfied",
    ];
    let upright = staff.get(&format!("{at}?rows=2-0&columns=1-0")).await.expect(200).holds("“Hidden” stands where");
    let turned = staff.get(&format!("{at}?rows=1-0&columns=2-0")).await.expect(200);
    let one: Vec<Vec<String>> = points.iter().map(|point| line(&upright.text, point)[..3].to_vec()).collect();
    let other: Vec<Vec<String>> =
        ["North", "South", "East"].iter().map(|area| line(&turned.text, area)[..5].to_vec()).collect();
    for (point, cells) in one.iter().enumerate() {
        for (area, cell) in cells.iter().enumerate() {
            assert_eq!(*cell, other[area][point]);
        }
    }
    assert_eq!(one[2][0], "Hidden");
    assert!(one.iter().flatten().filter(|cell| *cell == "Hidden").count() >= 4, "{one:?}");
}

#[tokio::test]
async fn a_third_question_is_a_filter_only_where_nothing_has_to_be_hidden() {
    let app = testing::app().await;
    let asked = open(&app, Access::Open, &five()).await;
    for area in [0, 1] {
        for point in [0, 4] {
            answer(&app, &asked, 40, [Some(area), Some(point), Some(0)]).await;
            answer(&app, &asked, 10, [Some(area), Some(point), Some(1)]).await;
        }
    }
    let (mut staff, _) = Browser::signed_in(&app, Role::Officer).await;
    let at = format!("/staff/surveys/{}/cross-tab", asked.survey.id);
    let filtered = format!("{at}?rows=2-0&columns=1-0&only=3-0-1");
    let page = staff.get(&filtered).await.expect(200).holds("Only people whose answer to “Repaired?” is: No.");
    assert_eq!(line(&page.text, "Very satisfied"), ["50% 10", "50% 10", "0% 0", "0% 0", "50% 20"]);
    page.holds("No clear connection");
    let scale = format!("{at}?rows=3-0&columns=1-0&only=2-0-0");
    staff.get(&scale).await.expect(200).holds("is: Very satisfied or Fairly satisfied.");
    // Three people more who were given no repair: in the layer beside the one looked at.
    answer(&app, &asked, 3, [Some(0), Some(0), None]).await;
    for hidden in [&filtered, &scale] {
        staff.get(hidden).await.expect(200).holds("are fewer than 5 people").lacks("<table");
    }
    staff.get(&format!("{at}?rows=2-0&columns=1-0")).await.expect(200).holds("<table");
}

#[tokio::test]
async fn v13_what_is_not_offered_is_refused_and_what_does_not_fit_is_said() {
    let app = testing::app().await;
    let asked = open(&app, Access::Open, &five()).await;
    let (mut staff, _) = Browser::signed_in(&app, Role::Officer).await;
    let at = format!("/staff/surveys/{}/cross-tab", asked.survey.id);
    for unknown in [
        "rows=9-0&columns=1-0",
        "rows=5-0&columns=1-0",
        "rows=2-1&columns=1-0",
        "rows=north&columns=1-0",
        "rows=2-0&columns=1-0&only=3-0-3",
        "rows=2-0&columns=1-0&only=4-0-0",
        "rows=2-0&columns=1-0&only=3-0",
        "only=x",
    ] {
        staff.get(&format!("{at}?{unknown}")).await.expect(400);
    }
    for (wrong, said) in [
        ("rows=2-0", "Choose a question"),
        ("only=3-0-0", "Choose a question"),
        ("rows=2-0&columns=2-0", "Choose two different questions"),
        ("rows=2-0&columns=1-0&only=1-0-0", "not in the table"),
    ] {
        staff.get(&format!("{at}?{wrong}")).await.expect(422).holds(said).holds("There is a problem");
    }
    let results = format!("/staff/surveys/{}", asked.survey.id);
    for unknown in ["results?area=4", "results?area=north", "figures.csv?area=-1"] {
        staff.get(&format!("{results}/{unknown}")).await.expect(400);
    }
}
