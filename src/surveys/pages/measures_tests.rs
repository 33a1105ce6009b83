//! The regulator's survey through the real router: made, locked, answered, measured, explained and published.

use chrono::TimeDelta;

use crate::app::App;
use crate::people::Role;
use crate::questionnaires::answer::{Answer, Answers};
use crate::questionnaires::bank;
use crate::settings::{self, Landlord};
use crate::surveys::pages::tests::{open, three_questions};
use crate::surveys::store;
use crate::surveys::survey::{Access, Asked};
use crate::surveys::testing::keep_online;
use crate::testing::{self, Browser};

const INTRODUCTION: &str = "It takes about 10 minutes. Your answers are used to work out our tenant satisfaction measures, which are published every year.";

/// The form of a survey of the measures that is open in November 2026.
fn details(introduction: &str) -> Vec<(&'static str, String)> {
    let fields = [
        ("kind", "tsm_perception"),
        ("title", "Tenant survey 2026"),
        ("next_steps", "We publish what you said."),
        ("minutes", "10"),
        ("access", "open"),
        ("opens-day", "16"),
        ("opens-month", "11"),
        ("opens-year", "2026"),
        ("opens_time", "09:00"),
        ("closes-day", "28"),
        ("closes-month", "11"),
        ("closes-year", "2026"),
        ("closes_time", "23:59"),
    ];
    let mut fields: Vec<(&str, String)> = fields.map(|(name, value)| (name, value.to_owned())).to_vec();
    fields.push(("introduction", introduction.to_owned()));
    fields
}

fn refs<'a>(fields: &'a [(&'static str, String)]) -> Vec<(&'a str, &'a str)> {
    fields.iter().map(|(name, value)| (*name, value.as_str())).collect()
}

async fn call_it(app: &App, name: &str) {
    let landlord = Landlord { name: name.to_owned(), ..Landlord::default() };
    let mut tx = app.db.write().await.unwrap();
    settings::store::save(&mut tx, &landlord, app.clock.now()).await.unwrap();
    tx.commit().await.unwrap();
}

/// A program of a landlord with a name, an officer, and the address of a draft of the regulator's survey.
async fn drafted(introduction: &str) -> (App, Browser, String) {
    let app = testing::app().await;
    call_it(&app, "Mill Lane Homes").await;
    let (mut staff, _) = Browser::signed_in(&app, Role::Officer).await;
    let made = staff.post("/staff/surveys/new", &refs(&details(introduction))).await.expect(303);
    let at = made.location().to_owned();
    (app, staff, at)
}

async fn found(app: &App) -> Asked {
    let mut tx = app.db.read().await.unwrap();
    let newest = store::list(&mut tx).await.unwrap().first().unwrap().0.id;
    store::find(&mut tx, newest).await.unwrap().unwrap()
}

/// So many people answer the same.
async fn answer(app: &App, people: usize, said: &[(&str, u8)]) {
    let asked = found(app).await;
    let questionnaire = &asked.version.questionnaire;
    let mut answers = Answers::default();
    for (code, option) in said {
        answers.put(bank::asking(questionnaire, code).unwrap().key, Answer::Option(*option));
    }
    keep_online(app, &asked, vec![answers; people]).await;
}

#[tokio::test]
async fn a_landlord_without_a_name_is_sent_to_its_settings_first() {
    let app = testing::app().await;
    let (mut staff, _) = Browser::signed_in(&app, Role::Officer).await;
    staff.get("/staff/surveys/new").await.expect(200).holds("the regulator’s twelve questions");
    let refused = staff.post("/staff/surveys/new", &refs(&details(INTRODUCTION))).await.expect(422);
    refused.holds("Enter its name on the settings page").holds("Tenant survey 2026");
    let mut unchosen = details(INTRODUCTION);
    unchosen.retain(|(name, _)| *name != "kind");
    staff.post("/staff/surveys/new", &refs(&unchosen)).await.expect(422).holds("Choose what kind of survey it is");
}

#[tokio::test]
async fn the_homes_of_each_tenure_are_taken_from_the_list_and_can_be_changed() {
    let (app, mut staff, at) = drafted(INTRODUCTION).await;
    staff.get(&format!("{at}/measures")).await.expect(200).lacks("The list of homes has");
    let mut tx = app.db.write().await.unwrap();
    for (reference, tenure) in
        [("A1", "General needs"), ("A2", "Supported"), ("B1", "Shared ownership"), ("C1", "Leasehold")]
    {
        let mut home = crate::residents::Household::of_reference(reference);
        home.tenure = tenure.to_owned();
        crate::residents::store::households::insert(&mut tx, &home).await.unwrap();
    }
    tx.commit().await.unwrap();
    let page = staff.get(&format!("{at}/measures")).await.expect(200);
    let page =
        page.holds("1 General needs (LCRA), 1 Leasehold (neither), 1 Shared ownership (LCHO), 1 Supported (LCRA)");
    let value =
        |name: &str| page.text.split(&format!("name=\"{name}\"")).nth(1).unwrap().split('>').next().unwrap().to_owned();
    assert!(value("lcra_homes").contains("value=\"2\"") && value("lcho_homes").contains("value=\"1\""));
    // What was entered stands, whatever the list says.
    staff.post(&format!("{at}/measures"), &[("lcra_homes", "1900"), ("lcho_homes", "0")]).await.expect(303);
    staff.get(&format!("{at}/measures")).await.expect(200).holds("value=\"1900\"").holds("1 Shared ownership (LCHO)");
}

#[tokio::test]
async fn the_regulators_questions_are_locked_and_ones_own_stand_after_a_theme() {
    let (app, mut staff, at) = drafted(INTRODUCTION).await;
    let page = staff.get(&at).await.expect(200).holds("1. Taking everything into account").holds("by Mill Lane Homes?");
    page.holds("TP12 · the regulator’s question, which cannot be changed, moved or removed")
        .holds("The regulator’s questions stay as they are worded")
        .lacks("Remove question");
    for (path, fields) in [
        ("questions/1", vec![("kind", "scale"), ("text", "How are we doing?"), ("s-wording", "satisfaction")]),
        ("questions/1/move", vec![("direction", "down")]),
        ("questions/16/move", vec![("direction", "up")]),
        ("questions/3/remove", vec![]),
    ] {
        let refused = staff.post(&format!("{at}/{path}"), &fields).await.expect(422);
        refused.holds("This is one of the regulator’s questions");
    }
    let own = [("kind", "long_text"), ("text", "Why do you say that?"), ("s-longest", "2000")];
    staff.post(&format!("{at}/questions/new"), &own).await.expect(303);
    staff.get(&at).await.expect(200).holds("17. Why do you say that?").holds("Remove question 17");
    // Up from theme to theme: before the neighbourhood, complaints, engagement, safety, repairs, and no further.
    for place in [13, 11, 8, 7, 3] {
        staff.post(&format!("{at}/questions/17/move"), &[("direction", "up")]).await.expect(303);
        staff.get(&at).await.expect(200).holds(&format!("{place}. Why do you say that?"));
    }
    let refused = staff.post(&format!("{at}/questions/17/move"), &[("direction", "up")]).await.expect(422);
    refused.holds("never before or between them").holds("3. Why do you say that?");
    // A copy is as locked, and stays what it is.
    let copy = staff.post(&format!("{at}/copy"), &[]).await.expect(303).location().to_owned();
    staff.get(&copy).await.expect(200).holds("Tenant satisfaction measures (the regulator’s yearly survey)");
    staff.post(&format!("{copy}/questions/1/remove"), &[]).await.expect(422);
    // The name it was made with must be the landlord's when it is published.
    call_it(&app, "Larkfield Homes").await;
    let refused = staff.post(&format!("{at}/publish"), &[]).await.expect(422);
    refused.holds("with the landlord’s name as it stands in the settings");
    call_it(&app, "Mill Lane Homes").await;
    staff.post(&format!("{at}/publish"), &[]).await.expect(303);
}

#[tokio::test]
async fn a_survey_of_the_measures_says_what_it_is_for_before_it_is_published() {
    let (app, mut staff, at) = drafted("Tell us how we are doing.").await;
    let refused = staff.post(&format!("{at}/publish"), &[]).await.expect(422);
    refused.holds("Say in the introduction how many minutes it takes");
    staff.get(&format!("{at}/details")).await.expect(200).holds("It must say how long it takes");
    staff.post(&format!("{at}/details"), &refs(&details(INTRODUCTION))).await.expect(303);
    staff.post(&format!("{at}/publish"), &[]).await.expect(303);
    assert!(found(&app).await.survey.kind.feeds_measures(), "a change of the texts keeps the kind");
    let mut resident = Browser::new(&app);
    resident.get("/surveys/tenant-survey-2026").await.expect(200).holds("which are published every year");
    // A part owner is led past the questions on repairs.
    resident.post("/surveys/tenant-survey-2026", &[]).await.expect(303);
    resident.post("/surveys/tenant-survey-2026/q/1", &[("q1", "0")]).await.expect(303);
    resident.post("/surveys/tenant-survey-2026/q/2", &[]).await.expect(422);
    let next = resident.post("/surveys/tenant-survey-2026/q/2", &[("q2", "1")]).await.expect(303);
    assert_eq!(next.location(), "/surveys/tenant-survey-2026/q/7");
    let page = resident.get(next.location()).await.expect(200);
    page.holds("Not applicable/don’t know").holds("a home that is safe?");
}

#[tokio::test]
async fn staff_watch_the_margin_and_read_the_measures_as_they_would_be_reported() {
    let (app, mut staff, at) = drafted(INTRODUCTION).await;
    staff.post(&format!("{at}/publish"), &[]).await.expect(303);
    let measures = format!("{at}/measures");
    let before = staff.get(&measures).await.expect(200).holds("Enter how many homes you have, and this page says");
    before.holds("They appear here once you have entered your homes");
    staff.get(&format!("{measures}.csv")).await.expect(200).lacks("TP01");
    staff.post(&measures, &[("lcra_homes", "many")]).await.expect(422).holds("value=\"many\"");
    let homes = [("lcra_homes", "2,436"), ("lcho_homes", "100")];
    staff.post(&measures, &homes).await.expect(303);
    staff.get(&measures).await.expect(200).holds("Too few people have answered to say more");
    let rents: &[(&str, u8)] = &[("TP01", 0), ("TENURE", 0), ("A", 0), ("TP02", 1), ("TP08", 3)];
    answer(&app, 500, rents).await;
    answer(&app, 36, &[("TP01", 3), ("TENURE", 0), ("A", 1)]).await;
    answer(&app, 24, &[("TP01", 2), ("TENURE", 1)]).await;
    answer(&app, 8, &[("TP01", 0), ("TENURE", 2)]).await;
    let page = staff.get(&measures).await.expect(200).holds("change with every answer").holds("332 answers");
    let page = page.holds("There are 536, which is enough: the margin is ±3.7 points.");
    let page = page.holds("There are 24, 56 fewer than that: the margin is ±");
    page.holds("93.3%").holds("TP08 Agreement that the landlord treats tenants fairly and with respect").lacks("568");
    let file = staff.get(&format!("{measures}.csv")).await.expect(200);
    file.holds("TP01,Overall satisfaction,LCRA,93.3,0.0,6.7,536,3.7\r\n")
        .holds("TP02,Satisfaction with repairs,LCRA,100.0,0.0,0.0,500,3.9\r\n")
        .holds("TP02,Satisfaction with repairs,LCHO,Not reported,,,,\r\n")
        .holds(
            "TP08,Agreement that the landlord treats tenants fairly and with respect,LCRA,0.0,0.0,100.0,500,3.9\r\n",
        );
    let mut both = homes.to_vec();
    both.push(("combined", "yes"));
    // Seen apart and together, the two views would tell of the smaller tenure.
    staff.post(&measures, &both).await.expect(422).holds("People have begun to answer");
    staff.get(&measures).await.expect(200).lacks("There are 560");
    // The regulator's questions stand in no other figures.
    staff
        .get(&format!("{at}/results"))
        .await
        .expect(200)
        .holds("shown apart, for each tenure")
        .lacks("Taking everything");
    staff.get(&format!("{at}/figures.csv")).await.expect(200).lacks("Taking everything");
    let (mut board, _) = Browser::signed_in(&app, Role::Board).await;
    board.get(&measures).await.expect(200).lacks("Save the homes").lacks("measures.csv");
    board.post(&measures, &homes).await.expect(403);
}

#[tokio::test]
async fn only_the_regulators_survey_has_measures() {
    let app = testing::app().await;
    let asked = open(&app, Access::Open, &three_questions()).await;
    let (mut staff, _) = Browser::signed_in(&app, Role::Officer).await;
    let at = format!("/staff/surveys/{}", asked.survey.id);
    staff.get(&at).await.expect(200).holds("Consultation").lacks("Measures and margins");
    for page in ["measures", "measures.csv", "approach"] {
        staff.get(&format!("{at}/{page}")).await.expect(400).holds("must not be reported as a measure");
    }
    staff.post(&format!("{at}/measures"), &[("lcra_homes", "9"), ("lcho_homes", "0")]).await.expect(400);
}

#[tokio::test]
async fn results_are_published_with_the_summary_of_approach_and_never_without() {
    let (app, mut staff, at) = drafted(INTRODUCTION).await;
    staff.post(&format!("{at}/publish"), &[]).await.expect(303);
    answer(&app, 60, &[("TP01", 0), ("TENURE", 0), ("TP04", 3)]).await;
    answer(&app, 14, &[("TP01", 4), ("TENURE", 0), ("TP04", 1)]).await;
    let public = "/surveys/tenant-survey-2026";
    app.clock.advance(TimeDelta::days(20));
    let (mut staff, _) = Browser::signed_in(&app, Role::Officer).await;
    let publish = format!("{at}/publishing");
    staff.post(&publish, &[]).await.expect(422).holds("Enter how many homes you have");
    staff.post(&format!("{at}/measures"), &[("lcra_homes", "100"), ("lcho_homes", "0")]).await.expect(303);
    staff.post(&publish, &[]).await.expect(422).holds("Write the summary of approach first");
    let approach = format!("{at}/approach");
    staff.get(&approach).await.expect(200).holds("The answers are not weighted").holds("There are 74");
    let mut written = vec![
        ("sampling", "census"),
        ("representativeness", "Like all tenants within <b>5</b> points."),
        ("characteristics", "Age and area"),
        ("contractors", "None"),
        ("excluded_homes", "2"),
        ("excluded_reason", "It was not safe to ask."),
        ("incentives", "None"),
        ("issues", "None"),
    ];
    let refused = staff.post(&approach, &written).await.expect(422);
    refused.holds("Fewer people answered than the regulator asks for. Say why").holds("It was not safe to ask.");
    written.push(("shortfall", "Few had an e-mail address."));
    staff.post(&approach, &written).await.expect(303);
    staff.post(&publish, &[]).await.expect(303);
    Browser::new(&app).get(&format!("{public}/approach")).await.expect(404);
    let (mut manager, _) = Browser::signed_in(&app, Role::Manager).await;
    manager.post(&format!("{publish}/approve"), &[("step", "approve")]).await.expect(303);
    let mut resident = Browser::new(&app);
    let page = resident.get(&format!("{public}/results")).await.expect(200).holds("Tenant satisfaction measures");
    page.holds("81.1% were very or fairly satisfied overall.").holds("18.9%").holds(&format!("{public}/approach"));
    let page = resident.get(&format!("{public}/approach")).await.expect(200).holds("How we did this survey");
    page.holds("With 100 homes, fewer than 1,000")
        .holds("80 answers. There are 74, 6 fewer than that: the margin is ±5.8 points.")
        .holds("Open link: about 75 people")
        .holds("Everybody was asked (census)")
        .holds("Like all tenants within &lt;b&gt;5&lt;/b&gt; points.")
        .holds("2 households were left out.")
        .holds("Few had an e-mail address.")
        .holds("Taking everything into account")
        .holds("(TP12)")
        .holds("Asked only if you answered")
        .lacks("<script");
    // What is reported apart or together is settled with the results.
    let late = staff.post(&format!("{at}/measures"), &[("lcra_homes", "90"), ("lcho_homes", "10")]).await.expect(422);
    late.holds("The results are published");
    let (mut auditor, _) = Browser::signed_in(&app, Role::Auditor).await;
    auditor.get(&approach).await.expect(200).holds("Few had an e-mail address.").lacks("Save the summary");
    auditor
        .get("/staff/audit")
        .await
        .expect(200)
        .holds("wrote the summary of approach of a survey")
        .holds("entered the homes of a survey");
}

#[tokio::test]
async fn weighted_measures_stand_beside_those_in_which_each_answer_counts_once() {
    let (app, mut staff, at) = drafted(INTRODUCTION).await;
    staff.post(&format!("{at}/publish"), &[]).await.expect(303);
    // Six in ten made no complaint, all of them satisfied; among everybody it is seven in ten.
    for (tenure, people) in [(0, [60, 40]), (1, [30, 20])] {
        answer(&app, people[0], &[("TENURE", tenure), ("TP01", 0), ("B", 1)]).await;
        answer(&app, people[1], &[("TENURE", tenure), ("TP01", 4), ("B", 0)]).await;
    }
    staff.post(&format!("{at}/measures"), &[("lcra_homes", "900"), ("lcho_homes", "100")]).await.expect(303);
    staff.get(&format!("{at}/measures")).await.expect(200).holds("60.0%").lacks("Weighted</th>");
    let asked = found(&app).await;
    let mut numbers = vec![("way".to_owned(), "raking".to_owned())];
    for (code, known) in [("TENURE", ["900", "100"]), ("B", ["300", "700"])] {
        let question = bank::asking(&asked.version.questionnaire, code).unwrap();
        for option in 0..question.kind.groups().len() {
            let number = known.get(option).copied().unwrap_or("0");
            numbers.push((format!("n{}-{option}", question.key), number.to_owned()));
        }
    }
    let form: Vec<(&str, &str)> = numbers.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    staff.post(&format!("{at}/weighting"), &form).await.expect(303);
    let page = staff.get(&format!("{at}/measures")).await.expect(200).holds("Weighted</th>").holds("60.0%");
    page.holds("70.0%<br><span class=\"ds-meta\">as good as");
    let file = staff.get(&format!("{at}/measures.csv")).await.expect(200).holds("Weighted: satisfied or agreed (%)");
    file.holds("LCRA,60.0,0.0,40.0,100,").holds(",70.0,");
    let words = "The measures are given twice: as people answered, each answer counting once, and weighted";
    staff.get(&format!("{at}/approach")).await.expect(200).holds(words).lacks("The answers are not weighted");
}

#[tokio::test]
async fn the_measures_of_two_years_are_compared_tenure_by_tenure() {
    let (app, mut staff, at) = drafted(INTRODUCTION).await;
    staff.post(&format!("{at}/publish"), &[]).await.expect(303);
    answer(&app, 300, &[("TENURE", 0), ("TP01", 0)]).await;
    answer(&app, 200, &[("TENURE", 0), ("TP01", 4)]).await;
    answer(&app, 9, &[("TENURE", 1), ("TP01", 4)]).await;
    app.clock.advance(TimeDelta::days(365));
    let (mut staff, _) = Browser::signed_in(&app, Role::Officer).await;
    let next = staff.post(&format!("{at}/waves"), &[("step", "next")]).await.expect(303).location().to_owned();
    answer(&app, 360, &[("TENURE", 0), ("TP01", 0)]).await;
    answer(&app, 140, &[("TENURE", 0), ("TP01", 4)]).await;
    answer(&app, 40, &[("TENURE", 1), ("TP01", 0)]).await;
    let page = staff.get(&format!("{next}/waves")).await.expect(200).holds("Rented homes (LCRA)");
    let page = page.holds("than last time: 60.0%, then 72.0%. That is more than chance explains.");
    // Nine part-owners are too few to show, and no total gives them away.
    page.holds("Part-owned homes (LCHO)").holds("Too few").lacks("Both together");
}
