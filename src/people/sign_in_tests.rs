use super::*;
use crate::audit::Actor;
use crate::config::Config;
use crate::db_test;
use crate::people::invite::NewPerson;
use crate::people::{Role, example, invite, reset};
use crate::testing::app_on;

db_test!(v37_wrong_tries_are_limited_and_say_the_same_for_known_and_unknown, db => {
    let app = app_on(db);
    let mut tx = app.db.write().await.unwrap();
    let kim = NewPerson { email: "kim@example.org", name: "Kim", role: Role::Manager };
    let link = invite::invite(&app, &mut tx, &Actor::system(), kim).await.unwrap();
    reset::use_link(&app, &mut tx, link.rsplit('/').next().unwrap(), "maple lantern otters", "").await.unwrap();
    tx.commit().await.unwrap();
    assert!(matches!(sign_in(&app, "kim@example.org", "wrong".into(), "c", "").await, Err(SignInError::Wrong)));
    assert!(matches!(sign_in(&app, "nobody@example.org", "wrong".into(), "c", "").await, Err(SignInError::Wrong)));
    let (account, token) = sign_in(&app, "KIM@example.org ", "maple lantern otters".into(), "c", "a phone").await.unwrap();
    assert_eq!(token.len(), 64);
    let mut tx = app.db.read().await.unwrap();
    assert_eq!(store::find_session(&mut tx, &sha256(&token)).await.unwrap().unwrap().account_id, account.id);
    drop(tx);
    for email in ["kim@example.org", "nobody@example.org"] {
        for _ in 0..TRIES_PER_ADDRESS {
            let _ = sign_in(&app, email, "wrong".into(), "c", "").await;
        }
        assert!(matches!(sign_in(&app, email, "maple lantern otters".into(), "c", "").await, Err(SignInError::Wait)));
    }
    app.clock.advance(TimeDelta::minutes(16));
    assert!(sign_in(&app, "kim@example.org", "maple lantern otters".into(), "c", "").await.is_ok());
});

db_test!(the_known_password_of_an_example_account_opens_nothing_behind_a_proxy, db => {
    let app = app_on(db);
    let mut tx = app.db.write().await.unwrap();
    let hash = password::hash(&app.random, example::PASSWORD.to_owned()).await.unwrap();
    store::insert(&mut tx, "kim@example.org", "Kim", Role::Manager, Some(&hash), true, app.clock.now()).await.unwrap();
    tx.commit().await.unwrap();
    assert!(sign_in(&app, "kim@example.org", example::PASSWORD.into(), "c", "").await.is_ok());
    let config = Config { base_url: "https://homes.example".into(), ..app.config.clone() };
    let open = App::new(config, app.db.clone(), app.clock.clone(), app.random.clone(), app.mailer.clone());
    let refused = sign_in(&open, "kim@example.org", example::PASSWORD.into(), "c", "").await;
    assert!(matches!(refused, Err(SignInError::Wrong)));
});
