//! An attacker with the whole database, its files, the log and a backup tries to find out who gave which answer.
//!
//! The test knows who did. Three hundred people answer by personal links, in an order of chance. Before the mixing the
//! attacker links many of them, so that the attack is one; after it no more than chance does. Chance alone links one of
//! the three hundred on average, the number of hits being near Poisson's with mean one. More than eight hits come by
//! chance once in 890,000 tries (1 − Σ e⁻¹/k! for k to 8), and all the attacker's ways together are under 600 tries: of
//! attacks on a sound program one in 1,400 fails the test.

use std::collections::{BTreeMap, BTreeSet};
use std::io::Write;
use std::sync::{Arc, Mutex};

use chrono::TimeDelta;

use crate::app::App;
use crate::cli;
use crate::db::Db;
use crate::db_test;
use crate::questionnaires::kinds::Kind;
use crate::questionnaires::question::Question;
use crate::questionnaires::questionnaire::Questionnaire;
use crate::random::sha256;
use crate::surveys::attacker_tests::{Attack, attack, tables_with};
use crate::surveys::describe::{self, Description};
use crate::surveys::invite::{Sender, invite};
use crate::surveys::kind::SurveyKind;
use crate::surveys::survey::{Access, Asked};
use crate::surveys::testing::described;
use crate::surveys::{publish, store};
use crate::testing::{Browser, app_on};
use crate::{jobs, mail, subscriptions};

const PEOPLE: usize = 300;
/// The most hits that are put down to chance.
const CHANCE: usize = 8;
/// The fewest hits that show that the attack works where nothing is mixed.
const WORKS: usize = 30;

/// Everything the program writes to its log.
#[derive(Clone, Default)]
struct Log(Arc<Mutex<Vec<u8>>>);

impl Write for Log {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }
    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

impl Log {
    fn text(&self) -> String {
        String::from_utf8(self.0.lock().unwrap().clone()).unwrap()
    }
}

/// A survey by personal link alone that is open for a week, and the token that went to each of three hundred addresses.
async fn invited(app: &App) -> (Asked, Vec<(String, String)>) {
    let mut questions = Questionnaire::default();
    for words in ["How are repairs?", "How is the cleaning?", "How is the estate?"] {
        questions.add(Question::new(words, Kind::usual("scale").unwrap())).unwrap();
    }
    questions.add(Question::new("Anything else?", Kind::usual("long_text").unwrap())).unwrap();
    let now = app.clock.now();
    let described = described(Access::Personal, now, TimeDelta::days(7));
    let description = Description { one_page: true, ..described };
    let mut tx = app.db.write().await.unwrap();
    let kind = SurveyKind::Consultation;
    let id = describe::create(&mut tx, &app.random, kind, &description, &questions, now).await.unwrap();
    let asked = store::find(&mut tx, id).await.unwrap().unwrap();
    publish::publish(&mut tx, &asked, now).await.unwrap();
    let asked = store::find(&mut tx, id).await.unwrap().unwrap();
    let addresses: Vec<String> = (1..=PEOPLE).map(|number| format!("person{number:03}@homes.example")).collect();
    let sender = Sender { landlord: "Larkfield Homes", base_url: "http://127.0.0.1:3000", languages: &[] };
    let sent = invite(&mut tx, &app.random, &asked.survey, sender, &addresses, now).await.unwrap();
    assert_eq!(sent.sent, PEOPLE);
    tx.commit().await.unwrap();
    let letters = mail::store::list(&mut app.db.read().await.unwrap(), 1_000).await.unwrap();
    let token = |body: &str| body.split("/s/").nth(1).unwrap()[..64].to_owned();
    let tokens = letters.into_iter().map(|letter| (letter.recipient, token(&letter.body))).collect();
    (asked, tokens)
}

/// Everybody answers through the pages, in an order of chance, a quarter of an hour after one another. Gives each one's
/// reference: the truth that the attacker looks for.
async fn answer(app: &App, asked: &Asked, mut people: Vec<(String, String)>) -> BTreeMap<String, String> {
    app.random.shuffle(&mut people);
    let at = asked.survey.path();
    let mut truth = BTreeMap::new();
    for (address, token) in people {
        app.clock.advance(TimeDelta::minutes(15) + TimeDelta::seconds(i64::try_from(app.random.below(60)).unwrap()));
        let mut browser = Browser::new(app);
        browser.get(&format!("/s/{token}")).await.expect(200);
        browser.post(&format!("/s/{token}"), &[]).await.expect(303);
        let page = browser.get(&format!("{at}/all")).await.expect(200);
        let points: Vec<String> = (0..3).map(|_| app.random.below(5).to_string()).collect();
        let words = if app.random.percent(50) { format!("Word {}", app.random.below(10)) } else { String::new() };
        let (key, seal) = (page.hidden("key"), page.hidden("seal"));
        let mut form = vec![("key", key.as_str()), ("seal", seal.as_str()), ("q4", words.as_str())];
        form.extend(["q1", "q2", "q3"].into_iter().zip(points.iter().map(String::as_str)));
        let sent = browser.post(&format!("{at}/all"), &form).await.expect(303);
        truth.insert(address, sent.location().split("reference=").nth(1).unwrap().to_owned());
    }
    assert_eq!(truth.len(), PEOPLE);
    truth
}

/// Fails with the way that links more people than chance would.
fn none_better_than_chance(when: &str, attack: &Attack) {
    let (way, hits) = attack.best();
    assert!(attack.ways() > 60 && attack.ways() < 600, "{} ways were tried", attack.ways());
    assert!(hits <= CHANCE, "{when}: {way} links {hits} of {PEOPLE}");
}

/// Runs what the program does by itself every few seconds.
async fn sweep(app: &App) {
    jobs::runner::run_due(app, &subscriptions::handlers()).await.unwrap();
    jobs::runner::sweep(app, subscriptions::SWEEPS).await;
}

db_test!(linkage_attack, db => {
    let log = Log::default();
    let writer = log.clone();
    let filter = tracing_subscriber::EnvFilter::new("debug,sqlx=warn,hyper=warn");
    let subscriber = tracing_subscriber::fmt().with_env_filter(filter).with_ansi(false).with_writer(move || writer.clone()).finish();
    let _listening = tracing::subscriber::set_default(subscriber);
    let app = app_on(db);
    let (asked, people) = invited(&app).await;
    let tokens: Vec<String> = people.iter().map(|(_, token)| token.clone()).collect();
    let truth = answer(&app, &asked, people).await;

    let before = attack(&app.db, &truth).await;
    let (way, hits) = before.best();
    assert!(hits >= WORKS, "the attack is none: {way} links {hits} of {PEOPLE} before anything is mixed");
    assert!(app.db.is_sqlite() || hits == PEOPLE, "PostgreSQL keeps who wrote a row: {way} links {hits}");

    sweep(&app).await;
    none_better_than_chance("after the mixing", &attack(&app.db, &truth).await);

    app.clock.advance(asked.survey.last_sending() - app.clock.now());
    sweep(&app).await;
    none_better_than_chance("after closing", &attack(&app.db, &truth).await);

    // Nobody and no answer is named in the log, although every request is in it.
    let text = log.text();
    assert!(text.matches("POST /s/{token} 303").count() >= PEOPLE, "{text}");
    for secret in truth.iter().flat_map(|(address, reference)| [address, reference]).chain(&tokens) {
        assert!(!text.contains(secret.as_str()), "the log names {secret}");
    }

    // A person stands in the list of links and in the outbox alone, an answer among answers alone.
    let hashes = tokens.iter().map(|token| sha256(token));
    let people: BTreeSet<String> = truth.keys().cloned().chain(hashes).collect();
    let answers: BTreeSet<String> = truth.values().cloned().collect();
    assert_eq!(tables_with(&app.db, &people).await, BTreeSet::from(["letters".into(), "survey_invitations".into()]));
    assert_eq!(tables_with(&app.db, &answers).await, BTreeSet::from(["responses".into()]));

    if app.db.is_sqlite() {
        let folder = app.config.data.join("backup");
        cli::backup(&app, &folder).await.unwrap();
        let copy: Db = crate::db::guard::open(&format!("sqlite:{}", folder.join("doorstep.db").display())).await.unwrap();
        none_better_than_chance("in a backup", &attack(&copy, &truth).await);
        copy.close().await;
    }
});

db_test!(linkage_attack_on_a_backup_made_before_the_mixing_was_due, db => {
    let app = app_on(db);
    if app.db.is_sqlite() {
        let (asked, people) = invited(&app).await;
        let truth = answer(&app, &asked, people).await;
        let folder = app.config.data.join("backup");
        cli::backup(&app, &folder).await.unwrap();
        let copy = crate::db::guard::open(&format!("sqlite:{}", folder.join("doorstep.db").display())).await.unwrap();
        none_better_than_chance("in a backup", &attack(&copy, &truth).await);
        copy.close().await;
    }
});
