//! Nobody is overbooked, overtaken or on the list twice, however many come at once.

use super::*;
use crate::db_test;
use crate::focus_groups::testing::{self, opened, person, states};
use crate::testing::app_on;

/// Two hundred people at once for so many places; returns the group.
async fn a_rush(app: &App, capacity: i64) -> FocusGroupId {
    let group = opened(app, capacity).await;
    let tries: Vec<_> = (0..200)
        .map(|number| {
            let app = app.clone();
            async move {
                let mut tx = app.db.write().await.unwrap();
                let one = person(&format!("Person {number}"));
                let signed = sign_up(&app, &Landlord::default(), &mut tx, group, "", &one).await.unwrap();
                tx.commit().await.unwrap();
                signed
            }
        })
        .collect();
    let signed = futures::future::join_all(tries).await;
    assert_eq!(signed.iter().filter(|one| one.position.is_none()).count(), usize::try_from(capacity).unwrap());
    let mut positions: Vec<i64> = signed.iter().filter_map(|one| one.position).collect();
    positions.sort_unstable();
    assert_eq!(positions, (1..=200 - capacity).collect::<Vec<_>>(), "every position is given once");
    let mut tx = app.db.read().await.unwrap();
    for one in &signed {
        let place = places::find(&mut tx, one.place_id).await.unwrap().unwrap();
        assert_eq!(place.number, one.position.map_or(place.number, |position| position + capacity));
    }
    group
}

async fn a_rush_is_right(app: &App, capacity: i64) {
    let group = a_rush(app, capacity).await;
    let mut tx = app.db.read().await.unwrap();
    let stored = store::groups::find_by_id(&mut tx, group).await.unwrap().unwrap();
    assert_eq!((stored.taken, stored.waiting), (capacity, 200 - capacity));
    let list = places::list(&mut tx, group).await.unwrap();
    assert_eq!(list.len(), 200, "each person once");
    let numbers: Vec<i64> = list.iter().map(|place| place.number).collect();
    assert_eq!(numbers, (1..=200).collect::<Vec<_>>(), "numbered without a gap in the order of acceptance");
    for place in &list {
        let expected = if place.number <= capacity { State::Booked } else { State::Waiting };
        assert_eq!(place.state, expected, "the first have a place, the others wait in order");
    }
}

db_test!(r08_two_hundred_people_at_once_for_one_place, db => { a_rush_is_right(&app_on(db), 1).await; });
db_test!(r08_two_hundred_people_at_once_for_seven_places, db => { a_rush_is_right(&app_on(db), 7).await; });

db_test!(r08_people_withdraw_while_others_sign_up_and_no_place_is_lost_or_given_twice, db => {
    let app = app_on(db);
    let landlord = Landlord::default();
    let group = opened(&app, 7).await;
    let mut first = Vec::new();
    for number in 0..20 {
        first.push(testing::sign_up(&app, group, &format!("Early {number}")).await);
    }
    let leaving = first.iter().map(|signed| {
        let (app, landlord, id) = (app.clone(), landlord.clone(), signed.place_id);
        async move {
            let mut tx = app.db.write().await.unwrap();
            crate::focus_groups::withdraw::withdraw(&app, &landlord, &mut tx, id, true).await.unwrap();
            tx.commit().await.unwrap();
        }
    });
    let coming = (0..40).map(|number| {
        let app = app.clone();
        async move {
            testing::sign_up(&app, group, &format!("Late {number}")).await;
        }
    });
    futures::future::join(futures::future::join_all(leaving), futures::future::join_all(coming)).await;
    let mut tx = app.db.read().await.unwrap();
    let stored = store::groups::find_by_id(&mut tx, group).await.unwrap().unwrap();
    let list = places::list(&mut tx, group).await.unwrap();
    let holding = list.iter().filter(|place| place.holds_a_place()).count();
    assert_eq!((stored.taken, holding), (7, 7), "full while anybody wants a place");
    let waiting = list.iter().filter(|place| place.state == State::Waiting).count();
    assert_eq!((stored.waiting, waiting), (33, 33));
    let last_holder = list.iter().filter(|place| place.holds_a_place()).map(|place| place.number).max();
    let first_waiting = list.iter().filter(|place| place.state == State::Waiting).map(|place| place.number).min();
    assert!(last_holder < first_waiting, "nobody was overtaken");
});

db_test!(the_same_form_sent_twice_is_one_sign_up, db => {
    let app = app_on(db);
    let group = opened(&app, 3).await;
    let key = app.random.token();
    let landlord = Landlord::default();
    let mut tx = app.db.write().await.unwrap();
    let signed = sign_up(&app, &landlord, &mut tx, group, &key, &person("Pat")).await.unwrap();
    assert_eq!(signed.token, key);
    tx.commit().await.unwrap();
    let mut tx = app.db.write().await.unwrap();
    assert!(matches!(sign_up(&app, &landlord, &mut tx, group, &key, &person("Sam")).await, Err(SignUpError::Repeated)));
    drop(tx);
    let mut tx = app.db.write().await.unwrap();
    assert!(matches!(sign_up(&app, &landlord, &mut tx, group, "", &person("pat")).await, Err(SignUpError::OnTheList)));
    drop(tx);
    assert_eq!(states(&app, group).await, ["booked"]);
    let mut tx = app.db.read().await.unwrap();
    let (place, _) = links::follow(&mut tx, &key).await.unwrap().unwrap();
    assert_eq!(place.id, signed.place_id);
    assert!(links::follow(&mut tx, "1").await.unwrap().is_none());
});

db_test!(a_group_that_has_begun_or_is_cancelled_takes_nobody, db => {
    let app = app_on(db);
    let group = opened(&app, 3).await;
    let starts_at = testing::group(&app, group).await.starts_at;
    app.clock.advance(starts_at - app.clock.now() - chrono::TimeDelta::seconds(1));
    testing::sign_up(&app, group, "In time").await;
    app.clock.advance(chrono::TimeDelta::seconds(1));
    let mut tx = app.db.write().await.unwrap();
    assert!(matches!(sign_up(&app, &Landlord::default(), &mut tx, group, "", &person("Late")).await, Err(SignUpError::Closed)));
});

db_test!(the_letter_says_where_the_person_stands_and_brings_the_calendar_only_with_a_place, db => {
    let app = app_on(db);
    let group = opened(&app, 1).await;
    testing::sign_up(&app, group, "Ann").await;
    testing::sign_up(&app, group, "Bob").await;
    let letters = testing::letters(&app).await;
    assert_eq!(letters[0].subject, "You have a place: Talk about repairs");
    assert!(letters[0].attachment.as_deref().unwrap().contains("BEGIN:VEVENT"));
    assert_eq!(letters[1].subject, "You are number 1 on the waiting list: Talk about repairs");
    assert!(letters[1].attachment.is_none());
    assert!(letters[1].body.contains("10 December 2026, 2pm to 3:30pm"));
    assert!(letters[1].body.contains("/places/"));
});
