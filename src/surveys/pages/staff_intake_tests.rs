//! Answers out of a file through the real router: mapping, preview, once in, and refusals that keep what was typed.

use chrono::TimeDelta;

use super::tests::{count, open, publish_results, three_questions};
use crate::people::Role;
use crate::surveys::survey::Access;
use crate::testing::{self, Browser};

const FILE: &[u8] = b"Serial,Repair,How was it?,Comment\n1,Yes,1,<b>Kind</b>\n2,No,,\n3,Yes,Very satisfied,=SUM(A1)\n";

/// The form of the mapping: on the telephone, on the test's day, with what each column holds.
fn form(columns: [&str; 4]) -> Vec<(&str, &str)> {
    let mut form =
        vec![("by", "telephone"), ("numbers", "places"), ("on-day", "16"), ("on-month", "11"), ("on-year", "2026")];
    form.extend(["column-1", "column-2", "column-3", "column-4"].into_iter().zip(columns));
    form
}

#[tokio::test]
async fn a_file_is_mapped_looked_at_and_brought_in_once() {
    let app = testing::app().await;
    let asked = open(&app, Access::Open, &three_questions()).await;
    let (mut staff, _) = Browser::signed_in(&app, Role::Officer).await;
    let at = format!("/staff/surveys/{}/import", asked.survey.id);
    staff.get(&format!("/staff/surveys/{}/files", asked.survey.id)).await.expect(200).holds(&at);
    staff.post_files(&at, &[], &[]).await.expect(422).holds("Choose the file of answers");
    staff.post_files(&at, &[], &[("file", "a.pdf", b"%PDF-1.7")]).await.expect(422).holds("is a PDF");
    let sent = staff.post_files(&at, &[], &[("file", "agency.csv", FILE)]).await.expect(303);
    let check = sent.location().to_owned();
    let page = staff.get(&check).await.expect(200);
    page.holds("3 rows and 4 columns")
        .holds("Repair (for example “Yes”)")
        .lacks("Bring the answers in<")
        .lacks("<b>Kind");
    // "Repair" is no head that can be guessed.
    let wrong = staff
        .post(&check, &[("by", ""), ("numbers", "places"), ("column-2", "2"), ("column-3", "2")])
        .await
        .expect(422);
    wrong
        .holds("Choose how people answered")
        .holds("Another column holds this too")
        .holds("enter a day, month and year");
    staff.post(&check, &form(["row", "3", "2", "1"])).await.expect(303);
    let page = staff.get(&check).await.expect(200);
    page.holds("Row 2, column Comment: “&lt;b&gt;Kind&lt;/b&gt;” is none of its answers")
        .lacks("Bring the answers in</button>")
        .lacks("<b>Kind");
    staff.post(&check, &[("step", "apply")]).await.expect(422).holds("cannot come in as it is read now");
    staff.post(&check, &form(["row", "1", "2", "3"])).await.expect(303);
    let page = staff.get(&check).await.expect(200);
    page.holds("Bring the answers in</button>").holds("=SUM(A1)").holds("Very satisfied").lacks("What must be mended");
    assert_eq!(count(&app, &asked).await, 0, "nothing is in yet");
    let done = staff.post(&check, &[("step", "apply")]).await.expect(303);
    staff.get(done.location()).await.expect(200).holds("3 people’s answers were brought in").lacks("Waiting for");
    assert_eq!(count(&app, &asked).await, 3);
    assert_eq!(staff.post(&check, &[("step", "apply")]).await.expect(303).location(), at);
    let again = staff.post_files(&at, &[], &[("file", "agency.csv", FILE)]).await.expect(303).location().to_owned();
    staff.post(&again, &form(["row", "1", "2", "3"])).await.expect(303);
    staff.get(&again).await.expect(200).holds("rows that came in before");
    let done = staff.post(&again, &[("step", "apply")]).await.expect(303);
    staff.get(done.location()).await.expect(200).holds("0 people’s answers were brought in, 3 were there before");
    assert_eq!(count(&app, &asked).await, 3);
    let mut tx = app.db.read().await.unwrap();
    let details: Vec<String> = crate::on!(tx, c => sqlx::query_scalar(
        "SELECT detail FROM audit_entries WHERE action = 'brought answers in from a file' ORDER BY number").fetch_all(c).await.unwrap());
    assert_eq!(details[0], "Telephone, 3 people’s answers were brought in");
    let left: i64 = crate::on!(tx, c => sqlx::query_scalar(
        "SELECT COUNT(*) FROM answer_files WHERE content IS NOT NULL").fetch_one(c).await.unwrap());
    assert_eq!(left, 0, "the bytes are gone with the decision");
}

#[tokio::test]
async fn a_file_that_nobody_decides_about_is_gone_after_a_week_and_another_survey_never_sees_it() {
    let app = testing::app().await;
    let asked = open(&app, Access::Open, &three_questions()).await;
    let other = open(&app, Access::Open, &three_questions()).await;
    let (mut staff, _) = Browser::signed_in(&app, Role::Officer).await;
    let at = format!("/staff/surveys/{}/import", asked.survey.id);
    let check = staff.post_files(&at, &[], &[("file", "a.csv", FILE)]).await.expect(303).location().to_owned();
    let elsewhere = check.replace(&at, &format!("/staff/surveys/{}/import", other.survey.id));
    staff.get(&elsewhere).await.expect(404);
    let second = staff.post_files(&at, &[], &[("file", "b.csv", FILE)]).await.expect(303).location().to_owned();
    staff.post(&second, &[("step", "discard")]).await.expect(303);
    app.clock.advance(TimeDelta::days(8));
    testing::run_jobs(&app).await;
    let (mut staff, _) = Browser::signed_in(&app, Role::Officer).await;
    assert_eq!(staff.get(&check).await.expect(303).location(), at);
    staff.get(&at).await.expect(200).holds("Thrown away after a week").holds("Not brought in");
}

#[tokio::test]
async fn published_results_take_no_more_answers() {
    let app = testing::app().await;
    let asked = open(&app, Access::Open, &three_questions()).await;
    let (mut staff, _) = Browser::signed_in(&app, Role::Officer).await;
    let at = format!("/staff/surveys/{}/import", asked.survey.id);
    let check = staff.post_files(&at, &[], &[("file", "a.csv", FILE)]).await.expect(303).location().to_owned();
    staff.post(&check, &form(["row", "1", "2", "3"])).await.expect(303);
    app.clock.advance(TimeDelta::days(2));
    publish_results(&app, &asked).await;
    let (mut staff, _) = Browser::signed_in(&app, Role::Officer).await;
    for path in [&at, &check] {
        staff.get(path).await.expect(200).holds("The results are published").lacks("type=\"file\"");
    }
    staff.post(&check, &[("step", "apply")]).await.expect(422).holds("The results are published");
    assert_eq!(count(&app, &asked).await, 0);
}
