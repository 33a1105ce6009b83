//! The past of the plan in the browser: its history, the plan as it stood, frozen copies, what changed; who may what.

use chrono::TimeDelta;

use crate::people::Role;
use crate::plans::led::change_lead;
use crate::plans::record_progress::record_progress;
use crate::plans::status::Status;
use crate::plans::store;
use crate::plans::testing::{Small, said, small, written};
use crate::testing::{Browser, app};

/// The small plan, and progress on its first action five days later.
async fn five_days_on() -> (crate::app::App, Small) {
    let app = app().await;
    let plan = small(&app).await;
    app.clock.advance(TimeDelta::days(5));
    let mut tx = app.db.write().await.unwrap();
    record_progress(&mut tx, &said(plan.second, app.clock.today(), Status::OnTrack), written(&app)).await.unwrap();
    tx.commit().await.unwrap();
    (app, plan)
}

#[tokio::test]
async fn the_plan_is_shown_as_it_stood_and_taken_out_as_a_file() {
    let (app, plan) = five_days_on().await;
    let (mut board, _) = Browser::signed_in(&app, Role::Board).await;
    board.get("/staff/plan").await.expect(200).holds("/staff/plan/then").holds("/staff/plan/compare");
    let then = board.get("/staff/plan/then?on=2026-11-20").await.expect(200);
    then.holds("At the end of 20 November 2026").holds("Not started").lacks("On track").holds("PQ (phase 1)");
    board.get("/staff/plan/then").await.expect(200).holds("On track");
    let typed = "/staff/plan/then?on-day=20&on-month=11&on-year=2026";
    board.get(typed).await.expect(200).holds("At the end of 20 November 2026");
    let wrong = "/staff/plan/then?on-day=31&on-month=2&on-year=2026";
    board.get(wrong).await.expect(422).holds("must be a real date").holds("value=\"31\"");
    let later = "/staff/plan/then?on-day=20&on-month=11&on-year=2027";
    board.get(later).await.expect(422).holds("must be today or earlier");
    board.get("/staff/plan/then?on=soon").await.expect(400);
    board.get("/staff/plan/then?plan=none").await.expect(404);
    let before = board.get("/staff/plan/pack.json?on=2026-11-20").await.expect(200).text;
    assert!(before.contains("\"status\": \"not_started\"") && !before.contains("on_track"), "{before}");
    let table = board.get("/staff/plan/pack.csv?on=2026-11-20").await.expect(200);
    let table = table.holds("ref,part_of,text").holds("PQ (phase 1)");
    assert!(table.headers.get("content-disposition").unwrap().to_str().unwrap().contains("plan-2026-11-20.csv"));
    board.get("/staff/plan/pack.json?on=2027-01-01").await.expect(400);
    let (mut officer, _) = Browser::signed_in(&app, Role::Officer).await;
    let base = format!("/staff/plan/actions/{}", plan.first);
    let backdated =
        [("status", "stopped"), ("words", "No money"), ("on-day", "17"), ("on-month", "11"), ("on-year", "2026")];
    officer.post(&format!("{base}/progress"), &backdated).await.expect(303);
    assert_eq!(board.get("/staff/plan/pack.json?on=2026-11-20").await.expect(200).text, before);
}

#[tokio::test]
async fn the_plan_is_frozen_by_those_who_run_it_and_read_by_all_staff() {
    let (app, _) = five_days_on().await;
    let (mut officer, _) = Browser::signed_in(&app, Role::Officer).await;
    officer.get("/staff/plan/snapshots").await.expect(200).holds("has not been frozen yet").holds("Freeze the plan");
    let day = [("on-day", "20"), ("on-month", "11"), ("on-year", "2026")];
    let post =
        |title: &'static str, day: [(&'static str, &'static str); 3]| [[("title", title)].as_slice(), &day].concat();
    officer
        .post("/staff/plan/snapshots", &post("", day))
        .await
        .expect(422)
        .holds("Say what it is for")
        .holds("value=\"20\"");
    let later = [("on-day", "1"), ("on-month", "1"), ("on-year", "2027")];
    officer
        .post("/staff/plan/snapshots", &post("Board", later))
        .await
        .expect(422)
        .holds("today or earlier")
        .holds("value=\"Board\"");
    let made = officer.post("/staff/plan/snapshots", &post("Board of November", day)).await.expect(303);
    assert_eq!(made.location(), "/staff/plan/snapshots/1");
    let (mut auditor, _) = Browser::signed_in(&app, Role::Auditor).await;
    auditor.post("/staff/plan/snapshots", &post("Mine", day)).await.expect(403);
    auditor.get("/staff/plan/snapshots").await.expect(200).holds("Board of November").lacks("Freeze the plan");
    let frozen = auditor.get("/staff/plan/snapshots/1").await.expect(200);
    frozen.holds("As at the end of 20 November 2026").holds("nobody can change it").holds("Not started");
    let copy = auditor.get("/staff/plan/snapshots/1/plan.json").await.expect(200).text;
    assert_eq!(copy, auditor.get("/staff/plan/pack.json?on=2026-11-20").await.expect(200).text);
    auditor.get("/staff/plan/snapshots/1/plan.csv").await.expect(200).holds("theme,objective_ref");
    auditor.get("/staff/plan/snapshots/9").await.expect(404);
    let changed = auditor.get("/staff/plan/compare?from=copy-1").await.expect(200);
    changed.holds("1 with a new status").holds("1.2 Write it down").holds("As planned.").lacks("1.1 Ask tenants");
    auditor.get("/staff/plan/compare?from=2026-11-21&to=2026-11-21").await.expect(200).holds("Nothing changed");
    auditor.get("/staff/plan/compare?from=copy-9").await.expect(404);
    auditor
        .get("/staff/plan/compare?from=2026-11-20&to=2026-11-18")
        .await
        .expect(422)
        .holds("must not be before the first");
    let (mut shopper, _) = Browser::signed_in(&app, Role::Shopper).await;
    shopper.get("/staff/plan/snapshots/1/plan.json").await.expect(403);
    Browser::new(&app).get("/staff/plan/pack.csv").await.expect(303);
    let mut tx = app.db.read().await.unwrap();
    let logged = crate::audit::store::list(&mut tx, &crate::audit::store::Sought::default(), 50).await.unwrap();
    assert!(logged.iter().any(|e| e.action == "froze a plan" && e.detail.starts_with("Board of November")));
}

#[tokio::test]
async fn the_history_shows_who_changed_what_and_offers_nothing_to_fill_in() {
    let (app, plan) = five_days_on().await;
    let (mut officer, account) = Browser::signed_in(&app, Role::Officer).await;
    let edit = format!("/staff/plan/actions/{}/edit", plan.first);
    let new = [
        ("objective", plan.objective.to_string()),
        ("reference", "1.1".to_owned()),
        ("title", "Ask every tenant how".to_owned()),
        ("measure", "Everyone was asked".to_owned()),
        ("resources", "\u{a3}2,000".to_owned()),
        ("leads", "RW".to_owned()),
        ("reason", "Some were left out".to_owned()),
    ];
    let new: Vec<(&str, &str)> = new.iter().map(|(name, value)| (*name, value.as_str())).collect();
    officer.post(&edit, &new).await.expect(303);
    let (mut auditor, _) = Browser::signed_in(&app, Role::Auditor).await;
    let page = auditor.get("/staff/plan/history").await.expect(200);
    let page =
        page.holds("Some were left out").holds("Ask tenants how").holds("Ask every tenant how").holds(&account.name);
    page.holds("As planned.").lacks("action=\"/staff/plan/history").lacks("type=\"text\"");
    let own = auditor.get(&format!("/staff/plan/history?action={}", plan.second)).await.expect(200);
    own.holds("As planned.").lacks("Some were left out");
    auditor
        .get("/staff/plan/history?page=2")
        .await
        .expect(200)
        .holds("Newer changes")
        .holds("Nothing has been changed yet");
    auditor.get("/staff/plan/history?page=x").await.expect(200);
}

#[tokio::test]
async fn a_lead_who_is_called_otherwise_now_is_named_to_residents_by_no_words_of_before() {
    let (app, _) = five_days_on().await;
    let mut visitor = Browser::new(&app);
    let before = "/plan?as_of=2026-11-20";
    visitor.get(before).await.expect(200).holds("says a member of staff").lacks("PQ");
    let mut tx = app.db.write().await.unwrap();
    let mut lead = store::list_leads(&mut tx).await.unwrap().into_iter().find(|one| one.initials == "PQ").unwrap();
    lead.initials = "KL".to_owned();
    change_lead(&mut tx, &lead, written(&app)).await.unwrap();
    tx.commit().await.unwrap();
    for at in [before, "/plan", "/plan.json", "/plan.json?as_of=2026-11-20", "/"] {
        visitor.get(at).await.expect(200).lacks("PQ");
    }
}
