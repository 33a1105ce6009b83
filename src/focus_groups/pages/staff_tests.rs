//! What staff cannot take back, through the real router: each is asked once more before it happens.

use crate::focus_groups::arrange::{self, Plan};
use crate::focus_groups::testing::{self, opened, plan};
use crate::people::Role;
use crate::testing::{Browser, app};

#[tokio::test]
async fn a_draft_is_thrown_away_and_an_open_group_is_not() {
    let app = app().await;
    let open = opened(&app, 2).await;
    let mut tx = app.db.write().await.unwrap();
    let other = Plan { slug: "other".into(), title: "Another talk".into(), ..plan(&app, 2) };
    let draft = arrange::create(&app, &mut tx, &other).await.unwrap();
    tx.commit().await.unwrap();
    let here = format!("/staff/focus-groups/{draft}");
    let (mut board, _) = Browser::signed_in(&app, Role::Board).await;
    board.get(&here).await.expect(200).lacks("Throw the draft away");
    board.get(&format!("{here}/discard")).await.expect(403);
    board.post(&format!("{here}/discard"), &[]).await.expect(403);
    let (mut officer, _) = Browser::signed_in(&app, Role::Officer).await;
    officer.get(&here).await.expect(200).holds(&format!("href=\"{here}/discard\""));
    let ask = officer.get(&format!("{here}/discard")).await.expect(200).holds("Throw the draft away");
    ask.holds("govuk-button--warning").holds("Another talk");
    officer.get(&here).await.expect(200);
    let gone = officer.post(&format!("{here}/discard"), &[]).await.expect(303);
    assert_eq!(gone.location(), "/staff/focus-groups");
    officer.get("/staff/focus-groups").await.expect(200).holds("The draft is gone.").lacks("Another talk");
    officer.get(&here).await.expect(404);
    officer.post(&format!("{here}/discard"), &[]).await.expect(404);
    let here = format!("/staff/focus-groups/{open}");
    officer.get(&here).await.expect(200).lacks("Throw the draft away");
    officer.get(&format!("{here}/discard")).await.expect(200).holds("so it stays").lacks("Throw the draft away");
    let refused = officer.post(&format!("{here}/discard"), &[]).await.expect(422);
    refused.holds("Only a draft can be thrown away").holds("<title>Error: ");
    Browser::new(&app).get("/focus-groups/talk").await.expect(200);
    let (mut auditor, _) = Browser::signed_in(&app, Role::Auditor).await;
    auditor.get("/staff/audit").await.expect(200).holds("threw a draft focus group away");
}

#[tokio::test]
async fn freeing_a_place_is_asked_once_more() {
    let app = app().await;
    let group = opened(&app, 1).await;
    let ann = testing::sign_up(&app, group, "Ann").await.place_id;
    let bob = testing::sign_up(&app, group, "Bob").await.place_id;
    let cai = testing::sign_up(&app, group, "Cai").await.place_id;
    let path = |place| format!("/staff/focus-groups/{group}/people/{place}");
    let (mut officer, _) = Browser::signed_in(&app, Role::Officer).await;
    let (mut auditor, _) = Browser::signed_in(&app, Role::Auditor).await;
    let here = path(ann);
    let page = officer.get(&here).await.expect(200).holds("They cannot come: free the place");
    page.holds(&format!("href=\"{here}?withdraw=yes\"")).lacks("value=\"withdraw\"");
    let ask = officer.get(&format!("{here}?withdraw=yes")).await.expect(200).holds("Free their place?");
    ask.holds("value=\"withdraw\"").holds("No, keep their place").holds("They get a letter about it.");
    auditor.get(&format!("{here}?withdraw=yes")).await.expect(200).lacks("Free their place?");
    assert_eq!(testing::states(&app, group).await, ["booked", "waiting", "waiting"], "looking changes nothing");
    let waits = officer.get(&format!("{}?withdraw=yes", path(cai))).await.expect(200);
    waits.holds("Take them off the waiting list?").holds("They lose their position.");
    officer.post(&here, &[("step", "withdraw")]).await.expect(303);
    assert_eq!(testing::states(&app, group).await, ["withdrawn", "offered", "waiting"]);
    officer.get(&format!("{here}?withdraw=yes")).await.expect(200).lacks("Free their place?");
    let offered = officer.get(&path(bob)).await.expect(200).holds("They take the place");
    offered.holds("value=\"accept\"").lacks("value=\"withdraw\"");
    officer.get(&format!("{}?withdraw=yes", path(bob))).await.expect(200).holds("Let their offered place go?");
}
