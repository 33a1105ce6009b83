//! What each role finds on the pages of the plan in the workspace, and what is asked before something is final.

use crate::people::Role;
use crate::plans::store;
use crate::plans::testing::small;
use crate::testing::{Browser, app};

#[tokio::test]
async fn those_who_only_read_meet_no_link_and_no_form_that_refuses_them() {
    let app = app().await;
    let plan = small(&app).await;
    let action = format!("/staff/plan/actions/{}", plan.first);
    let mut tx = app.db.write().await.unwrap();
    let mut first = store::list_actions(&mut tx, plan.plan).await.unwrap().remove(0);
    first.warnings = vec!["Status: the words do not say".to_owned()];
    store::update_action(&mut tx, &first).await.unwrap();
    tx.commit().await.unwrap();
    for role in [Role::Analyst, Role::Equality, Role::Board, Role::Auditor] {
        let (mut browser, _) = Browser::signed_in(&app, role).await;
        browser
            .get("/staff/plan")
            .await
            .expect(200)
            .holds("/staff/plan/leads")
            .holds("Mend faster")
            .lacks("Post progress")
            .lacks("/staff/plan/actions/new")
            .lacks("/staff/plan/import")
            .lacks("/staff/plan/details")
            .lacks("/staff/plan/objectives/")
            .lacks("/staff/plan/themes/");
        browser
            .get(&action)
            .await
            .expect(200)
            .holds("To check in the reading")
            .lacks("Post progress")
            .lacks("/edit\"")
            .lacks("Attach evidence")
            .lacks("I have checked this")
            .lacks("Add a part");
        browser
            .get("/staff/plan/leads")
            .await
            .expect(200)
            .holds("PQ")
            .lacks("Add the lead")
            .lacks("/staff/plan/leads/1");
    }
    let (mut browser, _) = Browser::signed_in(&app, Role::Manager).await;
    browser.get("/staff/plan").await.expect(200).holds("Post progress").holds("/staff/plan/actions/new?objective=1");
    browser.get("/staff/plan?status=check").await.expect(200).holds("1 to check");
    browser.get(&action).await.expect(200).holds("Post progress").holds("I have checked this");
    browser.post(&format!("{action}/edit"), &[("checked", "yes")]).await.expect(303);
    browser.get(&action).await.expect(200).lacks("I have checked this").holds("Status: the words do not say");
    browser.get("/staff/plan?status=check").await.expect(200).lacks("1 to check");
}

#[tokio::test]
async fn without_an_open_plan_those_who_only_read_are_told_so() {
    let app = app().await;
    let (mut browser, _) = Browser::signed_in(&app, Role::Board).await;
    browser.get("/staff/plan").await.expect(200).holds("There is no plan yet").lacks("/staff/plan/import");
}

#[tokio::test]
async fn a_new_action_asks_for_its_objective_and_knows_the_next_number() {
    let app = app().await;
    let plan = small(&app).await;
    let (mut browser, _) = Browser::signed_in(&app, Role::Officer).await;
    browser
        .get("/staff/plan/actions/new")
        .await
        .expect(200)
        .holds("Choose an objective")
        .holds("next number 1.3")
        .lacks("value=\"1.3\"");
    let of = format!("/staff/plan/actions/new?objective={}", plan.objective);
    browser.get(&of).await.expect(200).holds("value=\"1.3\"");
    browser
        .post("/staff/plan/actions/new", &[("objective", ""), ("reference", "1.3"), ("title", "Sweep")])
        .await
        .expect(422)
        .holds("Choose an objective")
        .holds("Sweep");
}

#[tokio::test]
async fn the_only_evidence_of_a_done_action_is_not_withdrawn() {
    let app = app().await;
    let plan = small(&app).await;
    let (mut browser, _) = Browser::signed_in(&app, Role::Officer).await;
    let base = format!("/staff/plan/actions/{}", plan.first);
    let link = [("title", "Minutes"), ("address", "https://example.org/minutes")];
    browser.post_files(&format!("{base}/evidence"), &link, &[]).await.expect(303);
    let done = [("status", "done"), ("words", "All asked"), ("on-day", "16"), ("on-month", "11"), ("on-year", "2026")];
    browser.post(&format!("{base}/progress"), &done).await.expect(303);
    browser
        .post("/staff/plan/evidence/1", &[("reason", "The wrong minutes")])
        .await
        .expect(422)
        .holds("Nothing else shows that this action is done")
        .holds("The wrong minutes");
    browser.get(&base).await.expect(200).lacks("Withdrawn on");
}

#[tokio::test]
async fn who_does_not_run_the_plan_posts_progress_on_the_actions_they_lead() {
    let app = app().await;
    let plan = small(&app).await;
    let [first, second] = [plan.first, plan.second].map(|id| format!("/staff/plan/actions/{id}"));
    for role in [Role::Analyst, Role::Equality] {
        let (mut lead, account) = Browser::signed_in(&app, role).await;
        let mut tx = app.db.write().await.unwrap();
        let mut pq = store::list_leads(&mut tx).await.unwrap().remove(1);
        assert_eq!(pq.initials, "PQ");
        pq.account_id = Some(account.id);
        store::update_lead(&mut tx, &pq).await.unwrap();
        tx.commit().await.unwrap();
        let all = lead.get("/staff/plan").await.expect(200);
        assert_eq!(all.text.matches("/progress\"").count(), 1, "{}", all.text);
        lead.get(&first).await.expect(200).holds("Post progress").lacks("Attach evidence");
        lead.get(&second).await.expect(200).lacks("Post progress");
        let (own, others) = (format!("{first}/progress"), format!("{second}/progress"));
        lead.get(&own).await.expect(200).lacks("Attach evidence");
        let said = [
            ("status", "on_track"),
            ("words", "Half of them are asked."),
            ("on-day", "16"),
            ("on-month", "11"),
            ("on-year", "2026"),
        ];
        lead.post(&own, &said).await.expect(303);
        lead.get(&others).await.expect(403);
        lead.post(&others, &said).await.expect(403);
        lead.post(&format!("{first}/evidence"), &[]).await.expect(403);
    }
    let (mut board, _) = Browser::signed_in(&app, Role::Board).await;
    board.post(&format!("{first}/progress"), &[]).await.expect(403);
}
