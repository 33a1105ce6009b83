use super::*;
use crate::db_test;
use crate::residents::forget::erase;
use crate::residents::import::columns::{Columns, Field};
use crate::residents::import::look::look;
use crate::residents::import::read::table;
use crate::testing::{app_on, noon};

async fn seen(tx: &mut Tx, text: &str) -> Look {
    let table = table(text.as_bytes()).unwrap();
    let columns = Columns::guess(&table.heading);
    look(tx, &table, &columns).await.unwrap()
}

fn day() -> NaiveDate {
    crate::clock::london_day(noon())
}

const LIST: &str = "Ref,Name,E-mail,Mobile,Area,Tenure,Do not contact\n\
    H1,Ann Lark,ann@home.example,07700900001,Mill,Rented,\n\
    H2,Bob Reed,,,Quay,Owned,yes\n";

db_test!(the_same_list_twice_changes_nothing_and_a_later_one_changes_what_it_says, db => {
    let app = app_on(db);
    let mut tx = app.db.write().await.unwrap();
    let first = seen(&mut tx, LIST).await;
    assert_eq!(first.counts(), (2, 0, 0));
    apply(&mut tx, &first, false, day()).await.unwrap();
    let kept = households::list(&mut tx).await.unwrap();
    let again = seen(&mut tx, LIST).await;
    assert_eq!(again.counts(), (0, 0, 2));
    apply(&mut tx, &again, true, day()).await.unwrap();
    assert_eq!(households::list(&mut tx).await.unwrap(), kept);
    // A list without a column says nothing of it; an empty cell empties the value; do-not-contact is never lifted.
    let later = seen(&mut tx, "Ref,E-mail,Do not contact\nH2,bob@home.example,no\nH3,,\n").await;
    assert_eq!(later.counts(), (1, 1, 0));
    let Step::Changed { fields, returns: false } = &later.lines[0].step else { panic!() };
    assert_eq!(fields.iter().map(|change| change.field).collect::<Vec<_>>(), [Field::Email]);
    assert_eq!(later.missing.iter().map(|home| home.reference.as_str()).collect::<Vec<_>>(), ["H1"]);
    apply(&mut tx, &later, true, day()).await.unwrap();
    assert_eq!(sentence(&later, true), "1 new, 1 changed, 0 as they were; 1 home marked as no longer listed");
    let homes = households::list(&mut tx).await.unwrap();
    assert_eq!((homes[0].ended_on, homes[1].ended_on), (Some(day()), None));
    assert_eq!((homes[1].name.as_str(), homes[1].no_contact.as_str()), ("Bob Reed", "The list says so"));
    // Who comes back is listed again.
    let back = seen(&mut tx, LIST).await;
    assert!(matches!(&back.lines[0].step, Step::Changed { fields, returns: true } if fields.is_empty()));
    apply(&mut tx, &back, false, day()).await.unwrap();
    assert_eq!(households::list(&mut tx).await.unwrap()[0].ended_on, None);
    tx.commit().await.unwrap();
});

db_test!(a_later_list_does_not_bring_back_what_was_erased, db => {
    let app = app_on(db);
    let mut tx = app.db.write().await.unwrap();
    let first = seen(&mut tx, LIST).await;
    apply(&mut tx, &first, false, day()).await.unwrap();
    let id = households::list(&mut tx).await.unwrap()[0].id;
    assert!(erase(&mut tx, id, noon()).await.unwrap());
    assert!(!erase(&mut tx, id, noon()).await.unwrap());
    let again = seen(&mut tx, LIST).await;
    assert_eq!(again.counts(), (0, 0, 2));
    assert!(again.notes[0].message.contains("were erased"), "{}", again.notes[0]);
    apply(&mut tx, &again, false, day()).await.unwrap();
    let home = households::find(&mut tx, id).await.unwrap().unwrap();
    assert_eq!((home.shown_name().as_str(), home.way(), home.area.as_str()), ("(details erased)", None, "Mill"));
    assert!(!home.may_be_contacted());
});

#[test]
fn a_row_that_cannot_be_taken_does_not_make_its_home_a_missing_one() {
    let look = Look { faults: vec![crate::exchange::Fault::new(2, "Area", "too long")], ..Look::default() };
    assert_eq!(sentence(&look, false), "0 new, 0 changed, 0 as they were; 1 row was not taken");
}
