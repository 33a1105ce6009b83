//! Several plans beside one another, and the views of a plan, in the browser.

use crate::people::Role;
use crate::plans::store;
use crate::plans::testing::small;
use crate::testing::{Browser, app};

#[tokio::test]
async fn a_second_plan_stands_beside_the_main_one_and_may_take_its_place() {
    let app = app().await;
    small(&app).await;
    let (mut officer, _) = Browser::signed_in(&app, Role::Officer).await;
    officer.get("/staff/plan/plans").await.expect(200).holds("Start another plan");
    let begun =
        officer.post("/staff/plan/new", &[("title", "Value for money"), ("introduction", "")]).await.expect(303);
    assert_eq!(begun.location(), "/staff/plan?plan=value-for-money");
    let theme = [("title", "Spending"), ("position", "10")];
    let added = officer.post("/staff/plan/themes/new?plan=value-for-money", &theme).await.expect(303);
    assert_eq!(added.location(), "/staff/plan?plan=value-for-money");
    let objective = [("theme", "2"), ("reference", "1"), ("title", "Pay less")];
    officer.post("/staff/plan/objectives/new", &objective).await.expect(422).holds("Choose a theme of this plan");
    officer.post("/staff/plan/objectives/new?plan=value-for-money", &objective).await.expect(303);
    let action = [("objective", "2"), ("reference", "1.1"), ("title", "Buy paint together"), ("leads", "PQ")];
    officer.post("/staff/plan/actions/new?plan=value-for-money", &action).await.expect(303);
    officer
        .get("/staff/plan?plan=value-for-money")
        .await
        .expect(200)
        .holds("Buy paint together")
        .lacks("Ask tenants how");
    officer.get("/staff/plan").await.expect(200).holds("Ask tenants how").lacks("Buy paint together");
    officer.get("/staff/plan?plan=other").await.expect(404);
    let mut visitor = Browser::new(&app);
    visitor.get("/plan").await.expect(200).holds("Ask tenants how").lacks("Buy paint").holds("Our other plans");
    visitor.get("/plan?plan=value-for-money").await.expect(200).holds("Buy paint together").lacks("Ask tenants");
    visitor
        .get("/plan.json?plan=value-for-money")
        .await
        .expect(200)
        .holds("Buy paint")
        .lacks("Ask tenants")
        .lacks("PQ");
    visitor.get("/plan.csv").await.expect(200).holds("Ask tenants").lacks("Buy paint");
    visitor.get("/plans").await.expect(200).holds("Value for money").holds("Our plan").lacks("PQ");
    visitor.get("/plan/actions/1-1-buy-paint-together").await.expect(200).holds("/plan?plan=value-for-money");
    let (mut auditor, _) = Browser::signed_in(&app, Role::Auditor).await;
    auditor.get("/staff/plan/plans").await.expect(200).holds("Value for money").lacks("Start another plan");
    auditor.post("/staff/plan/details?plan=value-for-money", &[("main", "yes")]).await.expect(403);
    officer.get("/staff/plan/details").await.expect(200).lacks("Make this the main plan");
    officer.get("/staff/plan/details?plan=value-for-money").await.expect(200).holds("Make this the main plan");
    officer.post("/staff/plan/details?plan=value-for-money", &[("main", "yes")]).await.expect(303);
    visitor.get("/plan").await.expect(200).holds("Buy paint together").lacks("Ask tenants how");
    visitor.get("/plan?plan=our-plan").await.expect(200).holds("Ask tenants how");
    officer.post("/staff/plan/details?plan=our-plan", &[("close", "yes"), ("understood", "yes")]).await.expect(303);
    visitor.get("/plans").await.expect(200).holds("Earlier plans");
    officer.get("/staff/plan/themes/new?plan=our-plan").await.expect(404);
    officer.get("/staff/plan/history?plan=our-plan").await.expect(200);
}

#[tokio::test]
async fn every_view_shows_the_actions_with_what_to_look_at() {
    let app = app().await;
    let plan = small(&app).await;
    let (mut lead, account) = Browser::signed_in(&app, Role::Analyst).await;
    lead.get("/staff/plan/mine").await.expect(200).holds("You lead no action");
    let mut tx = app.db.write().await.unwrap();
    let leads = store::list_leads(&mut tx).await.unwrap();
    let [group, _, rowan] = leads.as_slice() else { panic!("{leads:?}") };
    let rowan = store::LeadEntry { account_id: Some(account.id), ..rowan.clone() };
    store::update_lead(&mut tx, &rowan).await.unwrap();
    store::replace_members(&mut tx, group.lead_id, &[rowan.lead_id]).await.unwrap();
    tx.commit().await.unwrap();
    let mine = lead.get("/staff/plan/mine").await.expect(200);
    mine.holds("1.2 Write it down").lacks("1.1 Ask tenants").holds("Later or without a date");
    lead.get("/staff/plan/months").await.expect(200).holds("October 2026").holds("December 2026").holds("1 late");
    lead.get("/staff/plan/timeline").await.expect(200).holds("1.1 Ask tenants how").holds("ds-span__late");
    let by_lead = lead.get("/staff/plan/by-lead").await.expect(200);
    by_lead.holds("PQ (phase 1)").holds("No news for a month");
    let (mut officer, _) = Browser::signed_in(&app, Role::Officer).await;
    let links = format!("/staff/plan/actions/{}/links", plan.second);
    officer
        .post(&links, &[("kind", "depends_on"), ("to", "")])
        .await
        .expect(422)
        .holds("Choose the other action")
        .holds("checked");
    let first = plan.first.to_string();
    let on_first = [("kind", "depends_on"), ("to", first.as_str()), ("reason", "Uses its notes")];
    officer.post(&links, &on_first).await.expect(303);
    officer.post(&links, &on_first).await.expect(422).holds("linked like that already").holds("Uses its notes");
    lead.get("/staff/plan").await.expect(200).holds("Waits for 1.1");
    lead.get("/staff/plan?status=blocked").await.expect(200).holds("Write it down").lacks("Ask tenants how</a>");
    lead.get(&format!("/staff/plan/actions/{}", plan.second)).await.expect(200).holds("Waits for").holds("Depends on");
    let public = Browser::new(&app).get("/plan/actions/1-1-ask-tenants-how").await.expect(200);
    public.holds("Needed by").holds("says a member of staff").lacks("PQ");
    officer.post(&links, &[("remove", "9")]).await.expect(404);
    officer.post(&links, &[("remove", "1")]).await.expect(303);
    lead.get("/staff/plan").await.expect(200).lacks("Waits for 1.1");
    for path in [&links, &format!("/staff/plan/actions/{}/spending", plan.second)] {
        lead.get(path).await.expect(403);
        lead.post(path, &[]).await.expect(403);
    }
}

#[tokio::test]
async fn money_spent_is_added_up_beside_what_was_planned() {
    let app = app().await;
    let plan = small(&app).await;
    let (mut officer, _) = Browser::signed_in(&app, Role::Officer).await;
    officer.get("/staff/plan").await.expect(200).holds("\u{a3}4,000 in estimates, \u{a3}0 spent");
    let page = format!("/staff/plan/actions/{}/spending", plan.first);
    let day = [("on-day", "16"), ("on-month", "11"), ("on-year", "2026")];
    let spent =
        |amount: &'static str, words: &'static str| [[("amount", amount), ("words", words)].as_slice(), &day].concat();
    officer
        .post(&page, &spent("much", "Hall"))
        .await
        .expect(422)
        .holds("Enter an amount in pounds")
        .holds("value=\"Hall\"");
    officer.post(&page, &spent("150.50", "")).await.expect(422).holds("Say what it was for").holds("150.50");
    officer.post(&page, &spent("150.50", "The hall")).await.expect(303);
    officer.post(&page, &spent("-50.50", "Paid back")).await.expect(303);
    officer.get(&page).await.expect(200).holds("Spent so far: \u{a3}100").holds("The hall");
    officer.get("/staff/plan").await.expect(200).holds("\u{a3}100 spent");
    officer.get(&format!("/staff/plan/actions/{}", plan.first)).await.expect(200).holds("Spent");
}
