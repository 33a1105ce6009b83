use super::*;
use crate::db_test;

db_test!(what_a_writing_transaction_read_is_for_itself_alone, db => {
    let mut writing = db.write().await.unwrap();
    writing.put_on_shelf(1, Arc::new("uncommitted"), 10);
    assert_eq!(writing.shelved::<&str>(1).as_deref(), Some(&"uncommitted"));
    let mut reading = db.read().await.unwrap();
    assert_eq!(reading.shelved::<&str>(1), None);
    reading.put_on_shelf(1, Arc::new("committed"), 10);
    assert_eq!(db.read().await.unwrap().shelved::<&str>(1).as_deref(), Some(&"committed"));
    assert_eq!(writing.shelved::<&str>(1).as_deref(), Some(&"uncommitted"));
    assert_eq!(reading.shelved::<u8>(1), None, "of another kind");
});

#[test]
fn the_shelf_holds_no_more_than_it_has_room_for() {
    let shelf = Shelf::new(100);
    for number in 0..10 {
        shelf.put(number, Arc::new(number), 40);
    }
    shelf.things.run_pending_tasks();
    assert!(shelf.things.weighted_size() <= 100);
    assert_eq!(shelf.find::<i64>(9).as_deref(), Some(&9), "the newest stays");
}
