//! Homes through the real router: a list is sent, corrected and kept; few see how to reach anybody.

use crate::db_test;
use crate::people::Role;
use crate::residents::store::{households, lists};
use crate::testing::{self, Browser, app_on};

const LIST: &[u8] = b"Tenancy ref;Tenant;Mail;Mobile;Patch;Kind;Do not contact\n\
    T-1;Ann <b>Lark</b>;ann@home.example;7700900001;Millbeck;Rented;\n\
    T-2;Bob Reed;not an address;;Northfold;Owned;yes\n\
    ;Nobody;;;;;\n";

db_test!(an_officer_brings_a_list_corrects_its_columns_and_keeps_it, db => {
    let app = app_on(db);
    let (mut staff, officer) = Browser::signed_in(&app, Role::Officer).await;
    staff.get("/staff/homes").await.expect(200).holds("Nobody has brought the list").holds("/staff/homes/import");
    staff.post_files("/staff/homes/import", &[], &[]).await.expect(422).holds("Choose the file of the list");
    let picture = ("file", "homes.csv", b"\x89PNG\0".as_slice());
    staff.post_files("/staff/homes/import", &[], &[picture]).await.expect(422).holds("a picture, not a table");
    let sent = staff.post_files("/staff/homes/import", &[], &[("file", "homes.csv", LIST)]).await.expect(303);
    let at = sent.location().to_owned();
    // "Mail" and "Kind" say nothing by themselves.
    let page = staff.get(&at).await.expect(200).holds("3 rows below the headings").holds("Tenancy ref: T-1");
    let page = page.holds("Ann &lt;b&gt;Lark").lacks("<b>Lark").lacks("“not an address”");
    page.holds("Row 4, column Reference of the home: a home needs a reference");
    let columns = [
        ("column-reference", "0"), ("column-name", "1"), ("column-email", "2"), ("column-mobile", "3"),
        ("column-area", "4"), ("column-tenure", "5"), ("column-no-contact", "6"), ("step", "columns"),
    ];
    let clash: Vec<_> = columns.iter().map(|pair| if pair.0 == "column-area" { ("column-area", "1") } else { *pair }).collect();
    staff.post(&at, &clash).await.expect(422).holds("The same column is chosen for “Name” and “Area”");
    staff.post(&at, &columns[1..]).await.expect(422).holds("Choose the column that holds the reference");
    staff.post(&at, &columns).await.expect(303);
    staff.get(&at).await.expect(200).holds("“not an address” is not an e-mail address");
    let kept = staff.post(&at, &[("step", "apply"), ("missing", "keep")]).await.expect(303);
    assert_eq!(kept.location(), "/staff/homes");
    let page = staff.get("/staff/homes").await.expect(200);
    page.holds("The list is kept: 2 new, 0 changed, 0 as they were; 1 row was not taken; 1 note").holds("Northfold");
    assert_eq!(staff.post(&at, &[("step", "apply")]).await.expect(303).location(), "/staff/homes/import");
    let mut tx = app.db.read().await.unwrap();
    let homes = households::list(&mut tx).await.unwrap();
    assert_eq!((homes[0].mobile.as_str(), homes[1].no_contact.as_str()), ("07700900001", "The list says so"));
    assert!(lists::list(&mut tx, 9).await.unwrap()[0].state == "applied");
    // The log says that a list was kept, and of nobody who is on it.
    let sought = crate::audit::store::Sought { account: Some(officer.id), ..Default::default() };
    let entries = crate::audit::store::list(&mut tx, &sought, 9).await.unwrap();
    assert_eq!(entries.len(), 3);
    assert!(entries.iter().all(|entry| !format!("{entry:?}").contains("Lark")));
    drop(tx);
    // Found by a part of what is known of them, and not by a sign that stands for anything.
    staff.get("/staff/homes?q=REED").await.expect(200).holds("T-2").lacks("T-1");
    staff.get("/staff/homes?q=%25").await.expect(200).holds("No home like that");
    staff.get("/staff/homes?area=Millbeck").await.expect(200).holds("T-1").lacks("T-2");
});

#[tokio::test]
async fn a_home_is_marked_and_erased_and_only_those_who_write_see_it() {
    let app = testing::app().await;
    let mut tx = app.db.write().await.unwrap();
    let mut home = crate::residents::Household::of_reference("H-7");
    home.name = "Ann Lark".to_owned();
    home.email = "ann@home.example".to_owned();
    home.area = "Millbeck".to_owned();
    let id = households::insert(&mut tx, &home).await.unwrap();
    tx.commit().await.unwrap();
    let at = format!("/staff/homes/{id}");
    let (mut staff, officer) = Browser::signed_in(&app, Role::Officer).await;
    staff.get(&at).await.expect(200).holds("ann@home.example").holds("May be contacted");
    staff.post(&at, &[("step", "stop"), ("reason", "")]).await.expect(422).holds("Say why they must not");
    staff.post(&at, &[("step", "stop"), ("reason", "Asked in May")]).await.expect(303);
    staff.get(&at).await.expect(200).holds("Do not contact: Asked in May").holds("They may be contacted again");
    staff.post(&at, &[("step", "lift")]).await.expect(303);
    let (mut auditor, _) = Browser::signed_in(&app, Role::Auditor).await;
    auditor.get(&at).await.expect(403);
    auditor.get("/staff/homes?q=lark").await.expect(200).holds("Millbeck").lacks("Ann").lacks("H-7").lacks("import");
    let (mut analyst, _) = Browser::signed_in(&app, Role::Analyst).await;
    analyst.get("/staff/homes").await.expect(403);
    staff.post(&at, &[("step", "erase")]).await.expect(303);
    let page = staff.get(&at).await.expect(200).holds("(details erased)").lacks("Ann Lark").lacks("ann@home.example");
    page.holds("Do not contact: They asked us to erase").lacks("They may be contacted again");
    staff.post(&at, &[("step", "lift")]).await.expect(303);
    let mut tx = app.db.read().await.unwrap();
    let home = households::find(&mut tx, id).await.unwrap().unwrap();
    assert!(!home.may_be_contacted() && home.area == "Millbeck");
    let sought = crate::audit::store::Sought { account: Some(officer.id), ..Default::default() };
    let entries = crate::audit::store::list(&mut tx, &sought, 9).await.unwrap();
    let done: Vec<_> = entries.iter().rev().map(|entry| entry.action.as_str()).collect();
    assert_eq!(
        done,
        ["marked a home do-not-contact", "lifted do-not-contact of a home", "erased the details of a home"]
    );
    assert!(entries.iter().all(|entry| entry.object == format!("home/{id}") && entry.detail.is_empty()));
}
