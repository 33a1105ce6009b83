use super::*;
use crate::db_test;
use crate::standards::store::tests::published;
use crate::testing::app_on;

const A: Sender<'static> = Sender { address: "a", device: "a phone" };
const B: Sender<'static> = Sender { address: "b", device: "a phone" };
/// Another person in the same library.
const BESIDE_A: Sender<'static> = Sender { address: "a", device: "a tablet" };

db_test!(a_form_sent_twice_is_one_comment_and_a_flood_from_one_place_stops, db => {
    let app = app_on(db);
    let mut tx = app.db.write().await.unwrap();
    let standard = published(&app, &mut tx, "Calls").await;
    let new = |key: i64| NewComment { submission_key: format!("key {key}"), words: format!("They rang back {key} times."), ..NewComment::default() };
    assert!(matches!(send(&app, &mut tx, standard, &new(0), &A).await.unwrap(), Sent::Kept(_)));
    assert_eq!(send(&app, &mut tx, standard, &new(0), &A).await.unwrap(), Sent::Before);
    for key in 1..MOST_AN_HOUR {
        send(&app, &mut tx, standard, &new(key), &A).await.unwrap();
    }
    assert_eq!(send(&app, &mut tx, standard, &new(90), &A).await.unwrap(), Sent::TooMany);
    assert!(matches!(send(&app, &mut tx, standard, &new(91), &B).await.unwrap(), Sent::Kept(_)));
    assert_eq!(comments::count_waiting(&mut tx).await.unwrap(), MOST_AN_HOUR + 1);
    tx.commit().await.unwrap();
    app.clock.advance(TimeDelta::minutes(61));
    forget_senders(app.clone()).await.unwrap();
    let mut tx = app.db.write().await.unwrap();
    assert!(matches!(send(&app, &mut tx, standard, &new(92), &A).await.unwrap(), Sent::Kept(_)));
});

db_test!(what_is_sent_again_from_a_page_opened_anew_is_one_comment_for_an_hour, db => {
    let app = app_on(db);
    let mut tx = app.db.write().await.unwrap();
    let (calls, names) = (published(&app, &mut tx, "Calls").await, published(&app, &mut tx, "Names").await);
    let new = || NewComment { submission_key: app.random.token(), words: "They rang back.".into(), may_publish: true, ..NewComment::default() };
    assert!(matches!(send(&app, &mut tx, calls, &new(), &A).await.unwrap(), Sent::Kept(_)));
    app.clock.advance(TimeDelta::minutes(59));
    assert_eq!(send(&app, &mut tx, calls, &new(), &A).await.unwrap(), Sent::Before);
    let no_longer_shown = NewComment { may_publish: false, ..new() };
    let somebody_else = NewComment { name: Some("Kim".into()), ..new() };
    for (standard, new, from) in
        [(names, new(), A), (calls, no_longer_shown, A), (calls, somebody_else, A), (calls, new(), B), (calls, new(), BESIDE_A)]
    {
        assert!(matches!(send(&app, &mut tx, standard, &new, &from).await.unwrap(), Sent::Kept(_)), "{new:?} from {from:?}");
    }
    app.clock.advance(TimeDelta::minutes(2));
    assert!(matches!(send(&app, &mut tx, calls, &new(), &A).await.unwrap(), Sent::Kept(_)));
    assert_eq!(comments::count_waiting(&mut tx).await.unwrap(), 7);
});
