//! Events through the real router: a list sent, homes asked so many days after, each once.

use chrono::TimeDelta;

use super::tests::{open, three_questions};
use crate::db_test;
use crate::mail;
use crate::people::Role;
use crate::residents::Way;
use crate::surveys::sample::testing::homes;
use crate::surveys::survey::{Access, Survey};
use crate::testing::{self, Browser, app_on};

db_test!(a_home_is_asked_so_many_days_after_what_happened_there_and_once, db => {
    let app = app_on(db);
    homes(&app, 5, Some(Way::Email)).await;
    let asked = open(&app, Access::Personal, &three_questions()).await;
    let survey = Survey { closes_at: app.clock.now() + TimeDelta::days(60), ..asked.survey.clone() };
    let mut tx = app.db.write().await.unwrap();
    crate::surveys::store::update(&mut tx, &survey).await.unwrap();
    let all = crate::residents::list_current(&mut tx).await.unwrap();
    crate::residents::store::households::set_no_contact(&mut tx, all[4].id, "Asked in May").await.unwrap();
    tx.commit().await.unwrap();
    let (mut staff, _) = Browser::signed_in(&app, Role::Officer).await;
    let at = format!("/staff/surveys/{}/events", survey.id);
    staff.post(&at, &[("step", "begin"), ("days", "many"), ("months", "12")]).await.expect(422).holds("from 0 to 90");
    staff.post(&at, &[("step", "begin"), ("days", "3"), ("months", "12")]).await.expect(303);
    staff.get(&at).await.expect(200).holds("Each home is asked 3 days after its event");
    staff.post_files(&at, &[], &[]).await.expect(422).holds("Choose the list of events");
    let wrong = b"Ref,Date\nH-0000,2026-11-15\nH-9999,2026-11-15\nH-0001,soon\nH-0001,2026-12-01\nH-0002,1/1/2020\n";
    let page = staff.post_files(&at, &[], &[("file", "repairs.csv", wrong)]).await.expect(422);
    let page = page.holds("Row 3: “H-9999” is not the reference").holds("Row 4: “soon” is not a day");
    page.holds("Row 5: the day has not come yet").holds("Row 6: the day is more than 90 days ago");
    let list = b"Job ref of home;Date done\nH-0000;15/11/2026\nH-0001;2026-11-16\nH-0004;2026-11-15\n";
    staff.post_files(&at, &[], &[("file", "repairs.csv", list)]).await.expect(303);
    staff.get(&at).await.expect(200).holds("The list is kept: 3 new, 0 known before").holds("Waiting for their day");
    staff.post_files(&at, &[], &[("file", "repairs.csv", list)]).await.expect(303);
    staff.get(&at).await.expect(200).holds("0 new, 3 known before");
    let sent = async || {
        testing::run_jobs(&app).await;
        testing::run_jobs(&app).await;
        let letters = mail::store::list(&mut app.db.read().await.unwrap(), 99).await.unwrap();
        letters.into_iter().map(|letter| letter.recipient).collect::<Vec<_>>()
    };
    assert!(sent().await.is_empty());
    app.clock.advance(TimeDelta::days(2));
    assert_eq!(sent().await, ["person0@home.example"]);
    app.clock.advance(TimeDelta::days(1));
    assert_eq!(sent().await, ["person1@home.example", "person0@home.example"]);
    let (mut staff, _) = Browser::signed_in(&app, Role::Officer).await;
    staff.get(&at).await.expect(200).holds("Left out: do not contact");
    // A second repair in the same home asks nobody again.
    let again = b"Ref,Date\nH-0000,2026-11-19\n";
    staff.post_files(&at, &[], &[("file", "repairs.csv", again)]).await.expect(303);
    app.clock.advance(TimeDelta::days(4));
    assert_eq!(sent().await.len(), 2);
    let (mut staff, _) = Browser::signed_in(&app, Role::Officer).await;
    staff.get(&at).await.expect(200).holds("Not asked: asked for this or another survey lately");
    let sample = format!("/staff/surveys/{}/sample", survey.id);
    staff.get(&sample).await.expect(200).holds("Homes are asked as events come").lacks("How it was drawn");
    staff.post(&sample, &[("step", "draw"), ("strata", "none"), ("months", "12"), ("reminders", "2"), ("calls", "6")])
        .await.expect(422).holds("so it stays as it is");
    let (mut auditor, _) = Browser::signed_in(&app, Role::Auditor).await;
    auditor.get(&at).await.expect(200).lacks("type=\"file\"");
});
