//! Store tests on both engines, and builders for tests of the use cases.

use sqlx::types::Json;

use super::{approvals, areas, comments, moderation, versions};
use crate::app::App;
use crate::db::Tx;
use crate::db_test;
use crate::people::{Account, Role};
use crate::standards::comment::{NewComment, State};
use crate::standards::standard::{Source, Wording};
use crate::standards::unit::{Direction, Unit};
use crate::standards::{approve, draft, erase, moderate, publish, send_comment};
use crate::testing::app_on;
use crate::thread::id::{CommentId, StandardId};

/// A wording that passes the check.
pub fn sound(title: &str) -> Wording {
    Wording {
        title: title.into(),
        promise: "We answer your phone call within 60 seconds.".into(),
        numerator: "calls answered within 60 seconds".into(),
        denominator: "all calls answered".into(),
        exclusions: String::new(),
        clock: "from the first ring until a person answers".into(),
        unit: Unit::PerCent,
        direction: Direction::Higher,
        target: 80.0,
        legal_floor: None,
        legal_source: String::new(),
        sources: Json(vec![Source::Figure, Source::Survey]),
        source_note: "our telephone system".into(),
        if_missed: "Tell us, and we phone you back the same day.".into(),
        what_changed: String::new(),
    }
}

/// A new account.
pub async fn person(tx: &mut Tx, role: Role) -> Account {
    let number = crate::people::store::count(tx).await.unwrap();
    let at = "2026-01-01T00:00:00Z".parse().unwrap();
    let id = crate::people::store::insert(
        tx,
        &format!("p{number}@example.org"),
        &format!("Person {number}"),
        role,
        None,
        false,
        at,
    )
    .await
    .unwrap();
    crate::people::store::find(tx, id).await.unwrap().unwrap()
}

/// A standard in force since today.
pub async fn published(app: &App, tx: &mut Tx, title: &str) -> StandardId {
    let author = person(tx, Role::Manager).await;
    let area = areas::list(tx).await.unwrap()[0].id;
    let id = draft::create(app, tx, &author, area, "manager", &sound(title)).await.unwrap();
    approve::waive(app, tx, &author, id, "a test").await.unwrap();
    publish::publish(app, tx, &author, id, app.clock.today()).await.unwrap();
    id
}

/// A comment with every detail, waiting to be read.
pub async fn comment(app: &App, tx: &mut Tx, standard: StandardId, may_publish: bool) -> CommentId {
    let new = NewComment {
        submission_key: app.random.token(),
        words: "They rang before they came.".into(),
        may_publish,
        may_pass_on: true,
        name: Some("Zebedee Marker".into()),
        email: Some("zebedee@marker.example".into()),
        phone: Some("01632 960 777".into()),
    };
    // Each from a place of its own, so that none is taken for another sent again.
    match send_comment::send(
        app,
        tx,
        standard,
        &new,
        &send_comment::Sender { address: &new.submission_key, device: "" },
    )
    .await
    .unwrap()
    {
        send_comment::Sent::Kept(id) => id,
        other => panic!("{other:?}"),
    }
}

db_test!(the_ten_areas_are_there_and_one_can_be_added_and_changed, db => {
    let mut tx = db.write().await.unwrap();
    let all = areas::list(&mut tx).await.unwrap();
    assert_eq!(all.len(), 10);
    assert_eq!(areas::find_by_slug(&mut tx, "rehousing").await.unwrap().unwrap().name, "Rehousing");
    let id = areas::insert(&mut tx, "gas", "Gas safety", "Checks.", 11).await.unwrap();
    areas::update(&mut tx, id, "Gas and heating", "Checks and boilers.", 2).await.unwrap();
    assert_eq!(areas::find(&mut tx, id).await.unwrap().unwrap().name, "Gas and heating");
    assert!(areas::insert(&mut tx, "gas-2", "Rehousing", "", 1).await.unwrap_err().is_conflict("areas_name_key"));
});

db_test!(a_wording_is_kept_as_it_was_written, db => {
    let app = app_on(db);
    let mut tx = app.db.write().await.unwrap();
    let author = person(&mut tx, Role::Officer).await;
    let area = areas::list(&mut tx).await.unwrap()[3].clone();
    let wording = Wording { legal_floor: Some(70.5), legal_source: "a law".into(), ..sound("Calls answered") };
    let id = draft::create(&app, &mut tx, &author, area.id, "manager", &wording).await.unwrap();
    let again = draft::create(&app, &mut tx, &author, area.id, "manager", &wording).await.unwrap();
    assert_eq!(versions::find_draft(&mut tx, id).await.unwrap().unwrap().wording, wording);
    let listed = versions::list_for_staff(&mut tx).await.unwrap();
    let slugs: Vec<&str> = listed.iter().map(|one| one.slug.as_str()).collect();
    assert_eq!(slugs, ["calls-answered", "calls-answered-2"]);
    assert!(listed[0].has_draft && listed[0].in_force_from.is_none() && listed[0].upcoming_from.is_none());
    let draft = versions::find_draft(&mut tx, id).await.unwrap().unwrap();
    assert_eq!(approvals::list_authors(&mut tx, draft.version_id).await.unwrap()[0].0, author.id);
    let board = person(&mut tx, Role::Board).await;
    approve::approve(&app, &mut tx, &board, again, "Residents’ panel", app.clock.today(), "Agreed").await.unwrap();
    publish::publish(&app, &mut tx, &author, again, app.clock.today() + chrono::TimeDelta::days(3)).await.unwrap();
    let listed = versions::find_for_staff(&mut tx, again).await.unwrap().unwrap();
    assert_eq!(listed.upcoming_from, Some(app.clock.today() + chrono::TimeDelta::days(3)));
    assert!(versions::list_published(&mut tx).await.unwrap().is_empty());
    app.clock.advance(chrono::TimeDelta::days(3));
    assert_eq!(publish::take_effect(&app, &mut tx).await.unwrap(), 1);
    let published = versions::list_published(&mut tx).await.unwrap();
    assert_eq!((published[0].wording.clone(), published[0].area_slug.as_str()), (wording, area.slug.as_str()));
    assert_eq!(versions::all_history(&mut tx).await.unwrap().len(), 1);
    let listed = versions::find_for_staff(&mut tx, again).await.unwrap().unwrap();
    assert_eq!((listed.upcoming_from, listed.has_draft), (None, false));
});

db_test!(a_comment_is_read_published_answered_and_passed_on, db => {
    let app = app_on(db);
    let mut tx = app.db.write().await.unwrap();
    let standard = published(&app, &mut tx, "Calls").await;
    let officer = person(&mut tx, Role::Officer).await;
    let landlord = crate::settings::Landlord::default();
    let (open, kept) = (comment(&app, &mut tx, standard, true).await, comment(&app, &mut tx, standard, false).await);
    assert_eq!(comments::count_waiting(&mut tx).await.unwrap(), 2);
    let private = comments::find(&mut tx, kept).await.unwrap().unwrap();
    assert!(matches!(moderate::publish(&app, &mut tx, &officer, &private, "x").await, Err(moderate::ModerateError::NotAllowed)));
    moderate::withhold(&app, &mut tx, &officer, &private, "They asked us to").await.unwrap();
    let one = comments::find(&mut tx, open).await.unwrap().unwrap();
    moderate::read(&app, &mut tx, &officer, &one).await.unwrap();
    moderate::publish(&app, &mut tx, &officer, &one, "They rang.").await.unwrap();
    moderate::answer(&app, &mut tx, &officer, &one, "Thank you.", true, &landlord).await.unwrap();
    moderate::pass_on(&app, &mut tx, &officer, &one, "Repairs team", "R-7", "ticked on the form").await.unwrap();
    assert_eq!(comments::count_waiting(&mut tx).await.unwrap(), 0);
    let one = comments::find(&mut tx, open).await.unwrap().unwrap();
    assert_eq!((one.state(), one.words.as_str(), one.passed_reference.as_str()), (State::Published, "They rang before they came.", "R-7"));
    let voices = comments::list_voices(&mut tx, standard, 10).await.unwrap();
    assert_eq!(voices.len(), 1);
    assert_eq!((voices[0].words.as_str(), voices[0].answer.as_str()), ("They rang.", "Thank you."));
    assert_eq!(comments::list(&mut tx).await.unwrap().len(), 2);
    let entries = crate::audit::store::list(&mut tx, &crate::audit::store::Sought::default(), 100).await.unwrap();
    assert!(entries.iter().all(|entry| !entry.detail.contains("rang") && !entry.detail.contains("arker")));
});

db_test!(an_erased_person_is_gone_from_the_comment_and_the_letters, db => {
    let app = app_on(db);
    let mut tx = app.db.write().await.unwrap();
    let standard = published(&app, &mut tx, "Calls").await;
    let officer = person(&mut tx, Role::Officer).await;
    let id = comment(&app, &mut tx, standard, true).await;
    let one = comments::find(&mut tx, id).await.unwrap().unwrap();
    moderate::publish(&app, &mut tx, &officer, &one, &one.words).await.unwrap();
    moderate::answer(&app, &mut tx, &officer, &one, "Thank you.", true, &crate::settings::Landlord::default()).await.unwrap();
    assert_eq!(crate::mail::store::list(&mut tx, 10).await.unwrap().len(), 1);
    let one = comments::find(&mut tx, id).await.unwrap().unwrap();
    erase::erase(&app, &mut tx, &officer, &one, false).await.unwrap();
    assert!(crate::mail::store::list(&mut tx, 10).await.unwrap().is_empty());
    let one = comments::find(&mut tx, id).await.unwrap().unwrap();
    assert!(!one.has_contact() && one.erased_at.is_some() && one.state() == State::Published);
    erase::erase(&app, &mut tx, &officer, &one, true).await.unwrap();
    assert!(comments::list_voices(&mut tx, standard, 10).await.unwrap().is_empty());
    assert_eq!(comments::find(&mut tx, id).await.unwrap().unwrap().words, "");
    comment(&app, &mut tx, standard, true).await;
    tx.commit().await.unwrap();
    erase::flushed(&app).await.unwrap();
    app.clock.advance(chrono::TimeDelta::days(740));
    erase::forget_old(app.clone()).await.unwrap();
    let mut tx = app.db.read().await.unwrap();
    assert!(moderation::list_with_contact_before(&mut tx, app.clock.now()).await.unwrap().is_empty());
});
