//! The paper form and the results by channel, through the real router.

use chrono::TimeDelta;

use super::tests::{AT, open, three_questions};
use crate::people::Role;
use crate::questionnaires::answer::Answer;
use crate::questionnaires::response::Channel;
use crate::settings::{self, Landlord};
use crate::surveys::store;
use crate::surveys::survey::{Access, Asked};
use crate::surveys::testing::{keep, said};
use crate::testing::{self, Browser};

async fn with_address(app: &crate::app::App) {
    let address = "1 Mill Lane\r\nAnytown\r\nAB1 2CD".to_owned();
    let landlord = Landlord { name: "Mill Lane Homes".into(), address, ..Landlord::default() };
    let mut tx = app.db.write().await.unwrap();
    settings::store::save(&mut tx, &landlord, app.clock.now()).await.unwrap();
    tx.commit().await.unwrap();
}

#[tokio::test]
async fn a_paper_form_has_the_numbers_of_the_screen_and_says_where_to_and_by_when() {
    let app = testing::app().await;
    let asked = open(&app, Access::Open, &three_questions()).await;
    with_address(&app).await;
    let mut browser = Browser::new(&app);
    browser.get(AT).await.expect(200).holds(&format!("href=\"{AT}/paper\""));
    let page =
        browser.get(&format!("{AT}/paper")).await.expect(200).lacks("<script").lacks("<input").lacks("<textarea");
    let page = page.holds("1. Had a repair?").holds("2. How was it?").holds("3. Anything else? (optional)");
    let page = page.holds("Only if you answered “Yes” to question 1.").holds("so that we have it by 17 November 2026");
    page.holds("Mill Lane Homes<br>1 Mill Lane").holds("We read every answer.").holds("Not applicable");
    // Staff may look at it whenever they like; the public while the survey is open.
    let staff_at = format!("/staff/surveys/{}/paper", asked.survey.id);
    app.clock.advance(TimeDelta::days(2));
    let (mut board, _) = Browser::signed_in(&app, Role::Board).await;
    board.get(&staff_at).await.expect(200).holds("1. Had a repair?").lacks("no postal address");
    assert_eq!(browser.get(&format!("{AT}/paper")).await.expect(303).location(), AT);
    browser.get(AT).await.expect(200).lacks("Print a paper form");
}

#[tokio::test]
async fn a_paper_form_without_an_address_is_handed_in_and_a_survey_by_link_has_none_for_the_public() {
    let app = testing::app().await;
    let asked = open(&app, Access::Personal, &three_questions()).await;
    let mut browser = Browser::new(&app);
    assert_eq!(browser.get(&format!("{AT}/paper")).await.expect(303).location(), AT);
    browser.get(AT).await.expect(200).lacks("Print a paper form");
    let (mut staff, _) = Browser::signed_in(&app, Role::Officer).await;
    let show = format!("/staff/surveys/{}", asked.survey.id);
    staff.get(&show).await.expect(200).holds(&format!("href=\"{show}/paper\""));
    let page =
        staff.get(&format!("{show}/paper")).await.expect(200).holds("There is no postal address in the settings");
    page.holds("Give the form to anybody who works for Your landlord").lacks("<address>");
}

/// So many answers by a channel: everybody had a repair and gave the same point.
async fn answer(app: &crate::app::App, asked: &Asked, channel: Channel, people: usize, point: u8) {
    let answers = said([(1, Answer::Option(0)), (2, Answer::Option(point))]);
    keep(app, asked, vec![(channel, answers); people]).await;
}

#[tokio::test]
async fn results_say_how_answers_came_in_and_hide_small_channels_from_everybody() {
    let app = testing::app().await;
    let asked = open(&app, Access::Open, &three_questions()).await;
    let (mut staff, _) = Browser::signed_in(&app, Role::Officer).await;
    let at = format!("/staff/surveys/{}", asked.survey.id);
    answer(&app, &asked, Channel::OpenLink, 40, 0).await;
    staff.get(&format!("{at}/results")).await.expect(200).lacks("By how people answered");
    answer(&app, &asked, Channel::Telephone, 31, 4).await;
    answer(&app, &asked, Channel::Post, 7, 0).await;
    let page =
        staff.get(&format!("{at}/results")).await.expect(200).holds("40 online, 31 by telephone and 7 on paper.");
    page.holds("Who was satisfied or agreed, by how they answered")
        .holds("100.0%<br><span class=\"ds-meta\">of 40</span><br><span class=\"ds-meta\">Higher than the rest</span>")
        .holds("0.0%<br><span class=\"ds-meta\">of 31</span><br><span class=\"ds-meta\">Lower than the rest</span>")
        .holds("of 7</span><br><span class=\"ds-meta\">Too few to compare</span>");
    staff.get(&format!("{at}/results?area=0")).await.expect(200).lacks("By how people answered");
    staff
        .get(&format!("{at}/figures.csv"))
        .await
        .expect(200)
        .holds("How people answered,Telephone,31,40,78")
        .holds("How was it?,Satisfied or agreed: Telephone,,0.0,31,0,11,Lower than the rest");
    staff.get(&format!("{at}/figures.csv?area=0")).await.expect(200).lacks("How people answered");
    let file = staff.post(&format!("{at}/answers"), &[]).await.expect(200);
    file.holds("\nTelephone,Yes,Very dissatisfied,").holds("\nPost,Yes,").lacks("2026-11-16");
    // For the public, seven people on paper are too few, and would be worked out from the rest.
    let mut tx = app.db.write().await.unwrap();
    store::publish_results(&mut tx, asked.survey.id, app.clock.now()).await.unwrap();
    tx.public_changed();
    tx.commit().await.unwrap();
    // Results that were published before there were two persons to it are frozen by the program.
    Browser::new(&app).get(&format!("{AT}/results")).await.expect(404);
    testing::run_jobs(&app).await;
    let public = Browser::new(&app).get(&format!("{AT}/results")).await.expect(200);
    let public = public.holds("About 40 online. How the rest answered is not shown");
    public.lacks("on paper").lacks("by telephone").lacks("Telephone").lacks("Post<");
}
