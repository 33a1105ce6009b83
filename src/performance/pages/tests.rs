//! Performance through the real router.

use crate::app::App;
use crate::audit::Actor;
use crate::people::Role;
use crate::performance::enter::enter;
use crate::performance::figure::NewFigure;
use crate::performance::store::testing::standard;
use crate::performance::{latest_for, needs_attention};
use crate::settings::Landlord;
use crate::testing::{Browser, app, run_jobs};
use crate::thread::id::StandardId;

/// "Calls answered" with September kept and October missed.
async fn with_figures(app: &App) -> StandardId {
    let mut tx = app.db.write().await.unwrap();
    let standard_id = standard(app, &mut tx, "Calls answered").await;
    let figures = [("2026-09", 900.0), ("2026-10", 500.0)].map(|(month, numerator)| NewFigure {
        standard_id,
        month: month.parse().unwrap(),
        numerator,
        denominator: 1000,
    });
    enter(&mut tx, &Actor::system(), &figures, app.clock.now()).await.unwrap();
    tx.commit().await.unwrap();
    run_jobs(app).await;
    standard_id
}

#[tokio::test]
async fn a_miss_is_shown_needs_an_explanation_and_gets_one_from_its_owner() {
    let app = app().await;
    let id = with_figures(&app).await;
    let (mut manager, account) = Browser::signed_in(&app, Role::Manager).await;
    manager.get("/staff/performance").await.expect(200).holds("Missing it").holds("Needs an explanation").holds("70%");
    manager.get("/staff/performance?status=meeting").await.expect(200).lacks("govuk-tag--red").holds("0 standards");
    manager
        .get("/staff/performance?status=explain&order=worst&area=response-repairs")
        .await
        .expect(200)
        .holds("1 standard<");
    manager.get("/staff/performance/areas/response-repairs").await.expect(200).holds("Calls answered");
    manager.get("/staff/performance/areas/nowhere").await.expect(404);
    let mut tx = app.db.read().await.unwrap();
    let needs = needs_attention(&mut tx, &account, &Landlord::default(), app.clock.today()).await.unwrap();
    assert_eq!((needs.len(), needs[0].href.as_str()), (1, "/staff/performance/standards/calls-answered"));
    drop(tx);
    let page = "/staff/performance/standards/calls-answered";
    manager
        .get(page)
        .await
        .expect(200)
        .holds("70 in 100 were answered within 60 seconds")
        .holds("Explain this miss")
        .holds("<svg");
    manager
        .post(
            page,
            &[("why", "Fewer people"), ("doing", ""), ("back-day", "1"), ("back-month", "2"), ("back-year", "2026")],
        )
        .await
        .expect(422)
        .holds("Enter what you are doing about it")
        .holds("Fewer people");
    let past = [("why", "a"), ("doing", "b"), ("back-day", "1"), ("back-month", "2"), ("back-year", "2026")];
    manager.post(page, &past).await.expect(422).holds("must be today or later");
    let given = [
        ("why", "Two people left"),
        ("doing", "Training"),
        ("back-day", "1"),
        ("back-month", "2"),
        ("back-year", "2027"),
    ];
    let public = "/standards/calls-answered";
    let mut visitor = Browser::new(&app);
    visitor.get(public).await.expect(200).holds("We have not said yet why, or what we will do.");
    let (mut officer, _) = Browser::signed_in(&app, Role::Officer).await;
    officer.get(page).await.expect(200).lacks("Explain this miss");
    officer.post(page, &given).await.expect(403);
    manager.post(page, &given).await.expect(303);
    manager.get("/staff/performance").await.expect(200).lacks("govuk-tag--red");
    manager.get(page).await.expect(200).holds("Two people left").holds("1 February 2027");
    let told = visitor.get(public).await.expect(200).holds("Why we missed it").holds("Two people left");
    told.holds("We expect to keep this promise again from 1 February 2027.").lacks("not said yet");
    let mut tx = app.db.read().await.unwrap();
    let latest = latest_for(&mut tx, id, app.clock.today()).await.unwrap().unwrap();
    assert_eq!(
        latest.sentence,
        "Of 2,000 calls, 70 in 100 were answered within 60 seconds, in the three months to October 2026."
    );
    assert_eq!((latest.code, latest.value.as_deref()), (Some("missing"), Some("70 in 100")));
}

#[tokio::test]
async fn what_comes_in_within_a_month_is_public_when_the_month_is_over() {
    let app = app().await;
    let id = with_figures(&app).await;
    let (public, staff) = ("/standards/calls-answered", "/staff/performance/standards/calls-answered");
    let mut visitor = Browser::new(&app);
    let before = visitor.get(public).await.expect(200).holds("Of 2,000 calls, 70 in 100").text;
    let publication = app.db.publication();
    let mut tx = app.db.write().await.unwrap();
    let november =
        NewFigure { standard_id: id, month: "2026-11".parse().unwrap(), numerator: 1000.0, denominator: 1000 };
    enter(&mut tx, &Actor::system(), &[november], app.clock.now()).await.unwrap();
    tx.commit().await.unwrap();
    run_jobs(&app).await;
    let (mut manager, _) = Browser::signed_in(&app, Role::Manager).await;
    let seen = manager.get(staff).await.expect(200).holds("80%").holds("November 2026");
    let seen = seen.holds("Residents read of the months that are over: Of 2,000 calls, 70 in 100");
    seen.holds("Needs an explanation").holds("Why was the promise missed?");
    assert_eq!(visitor.get(public).await.expect(200).text, before);
    assert_eq!(app.db.publication(), publication, "no public page is drawn anew");
    app.clock.advance(chrono::TimeDelta::days(30));
    let mut later = Browser::new(&app);
    later.get(public).await.expect(200).holds("Of 3,000 calls, 80 in 100").holds("three months to November 2026");
}

#[tokio::test]
async fn figures_are_typed_checked_and_corrected() {
    let app = app().await;
    let id = with_figures(&app).await;
    let (mut analyst, _) = Browser::signed_in(&app, Role::Analyst).await;
    let (kept, of) = (format!("kept-{id}"), format!("of-{id}"));
    analyst
        .get("/staff/performance/figures")
        .await
        .expect(200)
        .holds("Figures for October 2026")
        .holds("value=\"500\"");
    analyst.get("/staff/performance/figures?month=2026-12").await.expect(400);
    analyst.get("/staff/performance/figures?month=soon").await.expect(400);
    let path = "/staff/performance/figures";
    analyst
        .post(path, &[("month", "2026-10"), (&kept, "1001"), (&of, "1000")])
        .await
        .expect(422)
        .holds("Calls answered: enter 1000 or fewer")
        .holds("value=\"1001\"");
    analyst.post(path, &[("month", "2026-10"), (&kept, "950"), (&of, "1,000")]).await.expect(303);
    analyst.post(path, &[("month", "2026-11"), (&kept, ""), (&of, "")]).await.expect(303);
    run_jobs(&app).await;
    analyst.get("/staff/performance").await.expect(200).holds("92.5%").holds("Meeting the promise");
    let (mut board, _) = Browser::signed_in(&app, Role::Board).await;
    board.get(path).await.expect(403);
    board.get("/staff/performance").await.expect(200).lacks("Enter figures").lacks("Download as CSV");
    board.get("/staff/performance.csv").await.expect(403);
}

#[tokio::test]
async fn an_uploaded_file_is_previewed_kept_whole_or_refused_by_row_and_column() {
    let app = app().await;
    with_figures(&app).await;
    let (mut analyst, _) = Browser::signed_in(&app, Role::Analyst).await;
    let path = "/staff/performance/figures/upload";
    analyst.get(path).await.expect(200).holds("Check the file");
    analyst.post_files(path, &[], &[]).await.expect(422).holds("Choose a CSV file");
    let bad = b"standard,period,numerator,denominator\ncalls-answered,2026-08,80,100\ncalls-answered,2026-13,80,100\nnobody,2026-08,1,\n";
    analyst
        .post_files(path, &[], &[("file", "figures.csv", bad)])
        .await
        .expect(422)
        .holds("Row 3, column period")
        .holds("Row 4, column standard")
        .holds("Row 4, column denominator")
        .lacks("Row 2");
    let good = b"standard,period,numerator,denominator\r\ncalls-answered,2026-08,800,1000\r\ncalls-answered,2026-10,990,1000\r\n";
    let preview = analyst.post_files(path, &[], &[("file", "figures.csv", good)]).await.expect(200);
    let preview = preview.holds("New").holds("Replaces 500 of 1,000");
    let rows = preview.hidden("rows");
    let before = analyst.get("/staff/performance.csv").await.expect(200).text;
    analyst.post(path, &[("step", "keep"), ("rows", &rows)]).await.expect(303);
    run_jobs(&app).await;
    let after = analyst.get("/staff/performance.csv").await.expect(200).text;
    assert_ne!(before, after);
    assert!(after.contains("calls-answered,Calls answered,2026-10,3,80,89.67,3000,figure,meeting"), "{after}");
    analyst
        .get("/staff/performance/figures.csv?month=2026-10")
        .await
        .expect(200)
        .holds("calls-answered,2026-10,990,1000");
}

#[tokio::test]
async fn a_standard_without_results_says_so_and_its_page_still_opens() {
    let app = app().await;
    let mut tx = app.db.write().await.unwrap();
    let id = standard(&app, &mut tx, "Calls answered").await;
    assert_eq!(latest_for(&mut tx, id, app.clock.today()).await.unwrap(), None);
    tx.commit().await.unwrap();
    let (mut auditor, _) = Browser::signed_in(&app, Role::Auditor).await;
    auditor.get("/staff/performance").await.expect(200).holds("Nothing yet");
    auditor.get("/staff/performance/standards/calls-answered").await.expect(200).holds("Nothing is known yet");
    auditor.post("/staff/performance/standards/calls-answered", &[]).await.expect(403);
}
