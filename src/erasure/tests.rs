//! One person is erased from every context at once, and from the bytes below them.

use std::collections::BTreeSet;

use super::erase;
use crate::app::App;
use crate::db::{Db, Pools};
use crate::focus_groups::testing as groups;
use crate::people::{self, Role};
use crate::random::sha256;
use crate::surveys::attacker_tests::tables_with;
use crate::surveys::invite::{Sender, invite};
use crate::surveys::pages::tests::{open, three_questions};
use crate::surveys::store as surveys;
use crate::surveys::survey::Access;
use crate::testing::{Browser, app_on, run_jobs};
use crate::{db_test, on};

const EMAIL: &str = "pat.alder@home.example";
const OTHER: &str = "sam.birch@home.example";

/// A person of whom every context keeps something, and another who is to stay.
async fn known(app: &App) {
    let asked = open(app, Access::Open, &three_questions()).await;
    let mut tx = app.db.write().await.unwrap();
    let sender = Sender { landlord: "Larkfield Homes", base_url: "http://127.0.0.1:3000", languages: &[] };
    let addresses = [EMAIL.to_owned(), OTHER.to_owned()];
    invite(&mut tx, &app.random, &asked.survey, sender, &addresses, app.clock.now()).await.unwrap();
    for (email, name) in [(EMAIL, "Pat Alder"), (OTHER, "Sam Birch")] {
        let id = people::store::insert(&mut tx, email, name, Role::Resident, Some("hash"), false, app.clock.now())
            .await
            .unwrap();
        people::store::insert_session(&mut tx, id, &sha256(name), "a phone", app.clock.now()).await.unwrap();
    }
    for (email, reference) in [(EMAIL, "MB-1"), (OTHER, "MB-2")] {
        const HOME: &str = "INSERT INTO households (reference, name, email, mobile, telephone, address, preferred, area, tenure, language, no_contact) \
            VALUES ($1, $2, $3, '', '', '', 'email', '', '', '', '')";
        let name = if email == EMAIL { "Pat Alder" } else { "Sam Birch" };
        on!(tx, c => sqlx::query(HOME).bind(reference).bind(name).bind(email).execute(c).await.map(|_| ()).unwrap());
    }
    tx.commit().await.unwrap();
    let group = groups::opened(app, 1).await;
    for (email, person) in [(EMAIL, "Pat Alder"), (OTHER, "Sam Birch")] {
        let mut visitor = Browser::new(app);
        let group = groups::group(app, group).await;
        let form = visitor.get(&format!("/focus-groups/{}/sign-up", group.slug)).await.expect(200);
        let found = crate::testing::forms::forms(&form.text, &format!("/focus-groups/{}/sign-up", group.slug));
        let filled = found.iter().find(|form| form.is_post).unwrap().fill("A word");
        let fields: Vec<(&str, &str)> = filled
            .iter()
            .map(|(field, value)| match field.as_str() {
                "name" => ("name", person),
                "email" => ("email", email),
                "phone" => ("phone", ""),
                other => (other, value.as_str()),
            })
            .collect();
        visitor.post(&format!("/focus-groups/{}/sign-up", group.slug), &fields).await.expect(303);
        // Wrong tries to sign in, and a link that was asked for.
        visitor.post("/sign-in", &[("email", email), ("password", "wrong")]).await.expect(422);
    }
    run_jobs(app).await;
    let mut visitor = Browser::new(app);
    visitor.post("/forgotten-password", &[("email", EMAIL)]).await;
}

/// Whether the bytes of the database, of its log or of a letter in a file hold the text; on PostgreSQL, of its tables.
#[expect(clippy::disallowed_methods, reason = "this statement takes no parameters and runs outside any transaction")]
async fn bytes_hold(app: &App, text: &str) -> bool {
    let holds = |bytes: &[u8]| bytes.windows(text.len()).any(|window| window.eq_ignore_ascii_case(text.as_bytes()));
    let letters =
        std::fs::read_dir(app.mailer.folder().unwrap()).map(|all| all.map(|one| one.unwrap().path()).collect());
    let mut files: Vec<std::path::PathBuf> = letters.unwrap_or_default();
    match app.db.pools() {
        Pools::Sqlite { writer, .. } => {
            const PATH: &str = "SELECT file FROM pragma_database_list WHERE name = 'main'";
            let path: String = sqlx::query_scalar(PATH).fetch_one(writer).await.unwrap();
            files.extend([path.clone().into(), format!("{path}-wal").into()]);
        }
        Pools::Postgres(pool) => {
            sqlx::raw_sql("CHECKPOINT").execute(pool).await.unwrap();
            for table in ["accounts", "places", "letters", "comments", "survey_invitations", "households", "jobs"] {
                let sql = format!("SELECT pg_read_binary_file(pg_relation_filepath('{table}'))");
                let bytes: Vec<u8> = sqlx::query_scalar(sqlx::AssertSqlSafe(sql)).fetch_one(pool).await.unwrap();
                if holds(&bytes) {
                    return true;
                }
            }
        }
    }
    files.iter().any(|path| holds(&std::fs::read(path).unwrap_or_default()))
}

async fn tables(db: &Db, email: &str) -> BTreeSet<String> {
    tables_with(db, &BTreeSet::from([email.to_owned()])).await
}

db_test!(erasure_of_one_person_leaves_their_address_nowhere_and_everybody_else_as_they_were, db => {
    let app = app_on(db);
    known(&app).await;
    let kept = tables(&app.db, OTHER).await;
    assert!(tables(&app.db, EMAIL).await.is_superset(&kept), "the test knows too little of the person");
    assert!(kept.is_superset(&["accounts", "places", "letters", "survey_invitations", "households"].map(str::to_owned).into()), "{kept:?}");
    assert!(bytes_hold(&app, EMAIL).await);

    let (mut officer, _) = Browser::signed_in(&app, Role::Officer).await;
    let at = "/staff/erase-person";
    officer.get(at).await.expect(200).holds("What is not found here").holds("Answers to surveys");
    officer.post(at, &[("email", "")]).await.expect(422);
    let nobody = officer.post(at, &[("email", "nobody@home.example")]).await.expect(200);
    nobody.holds("Nothing is kept under this address.").lacks("Erase all of it");
    let found = officer.post(at, &[("email", " Pat.Alder@home.example"), ("step", "look")]).await.expect(200);
    found.holds("Personal links to surveys").holds("Sign-ups for focus groups").holds("Erase all of it").holds("Account");
    assert!(bytes_hold(&app, EMAIL).await, "looking erases nothing");
    officer.post(at, &[("email", EMAIL), ("step", "erase")]).await.expect(422).holds("Tick the box");
    officer.post(at, &[("email", EMAIL), ("step", "erase"), ("sure", "yes")]).await.expect(303);

    assert_eq!(tables(&app.db, EMAIL).await, BTreeSet::new());
    assert!(!bytes_hold(&app, EMAIL).await, "the address is in the bytes");
    assert!(!bytes_hold(&app, "Pat Alder").await, "the name is in the bytes");
    assert_eq!(tables(&app.db, OTHER).await, kept);
    assert!(bytes_hold(&app, OTHER).await);
    let mut tx = app.db.read().await.unwrap();
    assert_eq!(surveys::count_invitations(&mut tx, crate::thread::id::SurveyId(1)).await.unwrap(), (1, 0));
    assert!(people::store::find_by_email(&mut tx, OTHER).await.unwrap().is_some());
    drop(tx);
    let (mut auditor, _) = Browser::signed_in(&app, Role::Auditor).await;
    auditor.get("/staff/audit").await.expect(200).holds("erased a person").holds("Personal links to surveys: 1").lacks("alder");
    officer.post(at, &[("email", EMAIL), ("step", "erase"), ("sure", "yes")]).await.expect(422).holds("Nothing is kept");
    // The place that came free is offered to whoever waited.
    run_jobs(&app).await;
    assert_eq!(tables(&app.db, EMAIL).await, BTreeSet::new());
});

#[tokio::test]
async fn erasure_of_staff_is_for_an_administrator_and_nobody_erases_themselves_or_the_last_administrator() {
    let app = crate::testing::app().await;
    let (mut officer, own) = Browser::signed_in(&app, Role::Officer).await;
    let (mut first, administrator) = Browser::signed_in(&app, Role::Administrator).await;
    let (_, analyst) = Browser::signed_in(&app, Role::Analyst).await;
    let form = |email: &str| {
        vec![("email".to_owned(), email.to_owned()), ("step".into(), "erase".into()), ("sure".into(), "yes".into())]
    };
    fn refs(form: &[(String, String)]) -> Vec<(&str, &str)> {
        form.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect()
    }
    let at = "/staff/erase-person";
    officer.post(at, &refs(&form(&own.email))).await.expect(422).holds("your own account");
    officer.post(at, &refs(&form(&analyst.email))).await.expect(422).holds("an administrator must erase");
    first.post(at, &refs(&form(&administrator.email))).await.expect(422).holds("your own account");
    first.post(at, &refs(&form(&analyst.email))).await.expect(303);
    let mut tx = app.db.read().await.unwrap();
    let erased = people::store::find(&mut tx, analyst.id).await.unwrap().unwrap();
    assert_eq!(
        (erased.name.as_str(), erased.has_password, erased.deactivated_at.is_some()),
        (people::erase::NAME, false, true)
    );
    let by = people::store::find(&mut tx, own.id).await.unwrap().unwrap();
    let by = people::Account { role: Role::Administrator, ..by };
    let kept = people::erase::may_erase(&mut tx, &by, &administrator.email).await.unwrap();
    assert_eq!(kept.unwrap_err(), people::erase::Kept::LastAdministrator);
    drop(tx);
    // What was erased in a transaction that does not end is there.
    let mut tx = app.db.write().await.unwrap();
    let landlord = crate::settings::Landlord::default();
    erase::erase(&app, &mut tx, &landlord, &administrator, &own.email).await.unwrap();
    drop(tx);
    let mut tx = app.db.read().await.unwrap();
    assert!(people::store::find_by_email(&mut tx, &own.email).await.unwrap().is_some());
}
