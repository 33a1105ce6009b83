//! Sealed answers from the form to the figures: what the database holds of them, how they are counted, and what becomes of
//! them without their key.

use chrono::TimeDelta;
use futures::TryStreamExt as _;

use crate::app::App;
use crate::db::{Db, Pools};
use crate::keyring::Shut;
use crate::people::Role;
use crate::questionnaires::answer::{Answer, Answers};
use crate::questionnaires::code_book;
use crate::questionnaires::count::Counting;
use crate::questionnaires::kinds::facet::Facet;
use crate::questionnaires::kinds::{Kind, one_choice, several_choices};
use crate::questionnaires::question::Question;
use crate::questionnaires::questionnaire::Questionnaire;
use crate::questionnaires::sealed::{Category, kept};
use crate::questionnaires::store::rows;
use crate::random::hex;
use crate::settings::Landlord;
use crate::statistics::disclosure::Policy;
use crate::statistics::table::{Base, Cell};
use crate::surveys::batches::{key, make};
use crate::surveys::cross_tab::{self, Chosen};
use crate::surveys::files::intake::look::Reading;
use crate::surveys::files::intake::store as files;
use crate::surveys::files::single::{self, SingleAnswers};
use crate::surveys::files::ways::Ways;
use crate::surveys::mix::mix_those;
use crate::surveys::pages::tests::open;
use crate::surveys::survey::{Access, Asked};
use crate::surveys::testing::{keep_online, person, said};
use crate::surveys::{answers_file, approve, build, draft, publish, reseal, results, store};
use crate::testing::{Browser, app_on};
use crate::{db_test, on};

const WHY: &str = "to see whether everybody is served as well";

/// Forty options, so that an answer is bytes which chance would hardly bring.
fn many() -> Kind {
    let options = (1..=40).map(|number| format!("Condition {number}")).collect();
    Kind::SeveralChoices(several_choices::Settings { options, ..several_choices::Settings::default() })
}

/// Area (key 1, which divides), health (2), conditions (3), a scale (4), one more of each closed kind (5 to 7). Health and
/// what follows it but the scale are sealed, or not.
fn questions(sealed: bool) -> Questionnaire {
    let choice = |options: &[&str]| {
        let options = options.iter().map(|option| (*option).to_owned()).collect();
        Kind::OneChoice(one_choice::Settings { options, prefer_not: true, ..one_choice::Settings::default() })
    };
    let of = |tag: &str| Kind::usual(tag).unwrap();
    let mark = |question: Question| if sealed { question.sealed_for(Category::Health, WHY) } else { question };
    let mut all = Questionnaire::default();
    all.add(Question::new("Where do you live?", choice(&["North", "South"])).dividing()).unwrap();
    all.add(mark(Question::new("Any health condition?", choice(&["Yes", "No"])))).unwrap();
    all.add(mark(Question::new("Which conditions?", many()))).unwrap();
    all.add(Question::new("How was it?", of("scale"))).unwrap();
    all.add(mark(Question::new("How do you feel?", of("grid")))).unwrap();
    all.add(mark(Question::new("What matters most?", of("ranking")))).unwrap();
    all.add(mark(Question::new("How are you?", of("zero_to_ten")))).unwrap();
    all
}

/// What the so-manieth person answers.
fn answers(at: u8) -> Answers {
    let health = match at % 10 {
        0..=2 => Answer::Option(0),
        3..=7 => Answer::Option(1),
        8 => Answer::PreferNotToSay,
        _ => Answer::NoAnswer,
    };
    said([
        (1, Answer::Option(at % 2)),
        (2, health),
        (3, Answer::Several(vec![at % 40])),
        (4, Answer::Option(at % 5)),
        (5, Answer::Items(vec![8 + at % 5, 9])),
        (6, Answer::Ranked(if at.is_multiple_of(2) { vec![0, 1, 2] } else { vec![2, 1, 0] })),
        (7, Answer::Option(at % 11)),
    ])
}

async fn answered(app: &App, sealed: bool, people: u8) -> Asked {
    let asked = open(app, Access::Open, &questions(sealed)).await;
    keep_online(app, &asked, (0..people).map(answers)).await;
    let mut tx = app.db.read().await.unwrap();
    store::find(&mut tx, asked.survey.id).await.unwrap().unwrap()
}

/// Every count there is of a survey: each facet of each question, for everybody, by area and by health.
async fn every_count(db: &Db, asked: &Asked) -> Vec<(Vec<u32>, u32, u32)> {
    let mut tx = db.read().await.unwrap();
    let questionnaire = &asked.version.questionnaire;
    let health = questionnaire.find(2).unwrap();
    let counting = Counting::of(&asked.version).by_group().by_answer(health, &Facet::whole()).everything();
    let counted = counting.run(&mut tx).await.unwrap();
    let whom = [[None, None], [Some(0), None], [None, Some(0)], [Some(1), Some(1)], [None, Some(3)]];
    let each = whom.iter().flat_map(|whom| {
        questionnaire.questions().iter().flat_map(|question| counted.facets(question, whom)).collect::<Vec<_>>()
    });
    each.map(|(_, counts)| counts.bare()).collect()
}

db_test!(sealed_answers_count_as_the_same_answers_unsealed_and_mixing_keeps_them, db => {
    let app = app_on(db);
    let (plain, sealed) = (answered(&app, false, 150).await, answered(&app, true, 150).await);
    let expected = every_count(&app.db, &plain).await;
    assert!(expected.len() > 30);
    assert_eq!(every_count(&app.db, &sealed).await, expected);
    // More come, which is caught up with; then everything is mixed, which is read anew.
    for asked in [&plain, &sealed] {
        keep_online(&app, asked, (150..170).map(answers)).await;
    }
    let expected = every_count(&app.db, &plain).await;
    assert_eq!(every_count(&app.db, &sealed).await, expected);
    mix_those(&app.db, &app.random, app.clock.now(), |_| true).await.unwrap();
    assert_eq!(every_count(&app.db, &sealed).await, expected);
    // A version too large for the shelf is counted block by block by the same way.
    let small = app.db.clone().with_room(64);
    assert_eq!(every_count(&small, &sealed).await, expected);
    let census = kept::census(&mut app.db.read().await.unwrap()).await.unwrap();
    assert_eq!((census.sealed, census.shut.len(), census.names.len()), (170, 0, 1));
});

/// Everything that every table holds, as text: blobs in hexadecimal digits.
async fn everything(db: &Db) -> String {
    let mut all = String::new();
    match db.pools() {
        Pools::Sqlite { writer, .. } => {
            const COLUMNS: &str = "SELECT tables.name, columns.name FROM sqlite_schema AS tables \
                JOIN pragma_table_info(tables.name) AS columns WHERE tables.type = 'table'";
            let columns: Vec<(String, String)> = sqlx::query_as(COLUMNS).fetch_all(writer).await.unwrap();
            for (table, column) in columns {
                let list = sqlx::AssertSqlSafe(format!("SELECT quote(\"{column}\") FROM \"{table}\""));
                let found: Vec<String> = sqlx::query_scalar(list).fetch_all(writer).await.unwrap();
                all.push_str(&found.join("\n"));
            }
        }
        Pools::Postgres(pool) => {
            const TABLES: &str = "SELECT table_name::text FROM information_schema.tables WHERE table_schema = 'public'";
            let tables: Vec<String> = sqlx::query_scalar(TABLES).fetch_all(pool).await.unwrap();
            for table in tables {
                let list = sqlx::AssertSqlSafe(format!("SELECT \"{table}\"::text FROM \"{table}\""));
                let found: Vec<String> = sqlx::query_scalar(list).fetch_all(pool).await.unwrap();
                all.push_str(&found.join("\n"));
            }
        }
    }
    all.to_lowercase()
}

db_test!(no_table_holds_a_sealed_answer_in_clear_on_no_way_into_the_database, db => {
    let app = app_on(db);
    let telling = said([(1, Answer::Option(0)), (2, Answer::Option(0)), (3, Answer::Several(vec![0, 2, 5, 7, 9, 14, 20, 27, 33, 38]))]);
    let coded = code_book::encode(&questions(false), &telling);
    // The third question: its state, and a bit for each of forty options.
    let bytes = &coded.codes[2..8];
    // As codes, as a draft would say it, and as the words of a file.
    let needles = [hex(bytes), "[0,2,5,7,9,14,20,27,33,38]".to_owned(), "[0, 2, 5, 7, 9, 14, 20, 27, 33, 38]".to_owned(), "condition 1; condition 3".to_owned(), hex(b"Condition 1; Condition 3")];
    let needles: Vec<String> = needles.iter().map(|needle| needle.to_lowercase()).collect();
    let asked = open(&app, Access::Open, &questions(true)).await;
    let kim = person(&app, "kim").await;
    let (now, today) = (app.clock.now(), app.clock.today());
    // By the four ways: a draft, a response, a keyed paper form, a file of answers.
    let mut tx = app.db.write().await.unwrap();
    let token = draft::begin(&mut tx, &app.random, &asked, telling.clone(), now).await.unwrap();
    let batch = make::make(&mut tx, &app.random, &asked, ("Monday", 5, today), now).await.unwrap();
    let asked = store::find(&mut tx, asked.survey.id).await.unwrap().unwrap();
    key::key(&mut tx, &app.random, &asked, (batch, 1, 1), &telling, kim).await.unwrap().unwrap();
    let content = b"Any health condition?,Which conditions?\nYes,Condition 1; Condition 3\n";
    let reading = Reading::default();
    let sent = files::Sent { asked: &asked, name: "a.csv", content, reading: &reading, by: kim, at: now };
    let file = files::insert(&mut tx, &sent).await.unwrap();
    tx.commit().await.unwrap();
    keep_online(&app, &asked, [telling.clone()]).await;
    let held = everything(&app.db).await;
    for needle in &needles {
        assert!(!held.contains(needle), "{needle} is in the database");
    }
    // They are there all the same.
    let mut tx = app.db.read().await.unwrap();
    let found = draft::find(&mut tx, &asked, Some(&token)).await.unwrap().unwrap();
    assert_eq!(found.answers, telling);
    let standing = crate::surveys::batches::store::find(&mut tx, &asked, batch).await.unwrap().unwrap();
    assert_eq!(standing.forms[0].answers, telling);
    assert_eq!(files::find(&mut tx, &asked, file).await.unwrap().unwrap().content.as_deref(), Some(content.as_slice()));
    drop(tx);
    // And the search finds what is not sealed.
    let plain = open(&app, Access::Open, &questions(false)).await;
    let mut tx = app.db.write().await.unwrap();
    draft::begin(&mut tx, &app.random, &plain, telling.clone(), now).await.unwrap();
    tx.commit().await.unwrap();
    keep_online(&app, &plain, [telling]).await;
    let held = everything(&app.db).await;
    assert!(held.contains(&needles[0]) && needles[1..3].iter().any(|needle| held.contains(needle)));
});

async fn change(db: &Db, sql: &'static str) -> u64 {
    let mut tx = db.write().await.unwrap();
    let changed = on!(tx, c => sqlx::query(sql).execute(c).await.unwrap().rows_affected());
    tx.commit().await.unwrap();
    changed
}

async fn shut(app: &App, asked: &Asked) -> bool {
    results::gather(&mut app.db.read().await.unwrap(), asked).await.unwrap().is_shut(asked)
}

db_test!(what_is_moved_to_another_survey_or_altered_is_refused_and_told, db => {
    let app = app_on(db);
    let (one, other) = (answered(&app, true, 20).await, answered(&app, true, 20).await);
    assert!(!shut(&app, &one).await && !shut(&app, &other).await);
    const MOVE: &str = "UPDATE responses SET sealed = (SELECT elsewhere.sealed FROM responses AS elsewhere \
        WHERE elsewhere.version_id <> responses.version_id ORDER BY elsewhere.response_id LIMIT 1) WHERE number = 3";
    assert_eq!(change(&app.db, MOVE).await, 2);
    change(&app.db, "UPDATE tallies SET revision = revision + 1").await;
    let census = kept::census(&mut app.db.read().await.unwrap()).await.unwrap();
    assert_eq!(census.shut.into_iter().collect::<Vec<_>>(), [(Shut::Altered, 2)]);
    assert!(shut(&app, &one).await && shut(&app, &other).await);
});

db_test!(without_the_key_nothing_is_lost_guessed_or_published, db => {
    let app = app_on(db);
    let asked = answered(&app, true, 60).await;
    let expected = every_count(&app.db, &asked).await;
    let draft_of = open(&app, Access::Open, &questions(true)).await;
    change(&app.db, "UPDATE tallies SET revision = revision + 1").await;
    let lost = app.db.keyring().lose();
    let mut tx = app.db.write().await.unwrap();
    let gathered = results::gather(&mut tx, &asked).await.unwrap();
    let released = gathered.release(&asked, None, &Policy::staff());
    let told: Vec<(u16, bool, bool)> =
        released.iter().map(|result| (result.question.key, result.is_shut, result.facets.is_empty())).collect();
    assert_eq!(told, [(1, false, false), (2, true, true), (3, true, true), (4, false, false), (5, true, true), (6, true, true), (7, true, true)]);
    let subjects = cross_tab::subjects(&asked);
    let chosen = Chosen { rows: subjects[0].clone(), columns: subjects[1].clone(), only: None };
    let table = cross_tab::work_out(&mut tx, &asked, &chosen, &Policy::staff()).await.unwrap();
    assert!(matches!(table, Err(cross_tab::NotShown::Shut)));
    // Nothing new is opened while answers are shut, and no key is made in the place of the lost one.
    let copy = publish::copy(&mut tx, &app.random, &asked, app.clock.now()).await.unwrap();
    let copy = store::find(&mut tx, copy).await.unwrap().unwrap();
    assert_eq!(copy.version.questionnaire, asked.version.questionnaire, "a copy keeps the mark");
    let refused = publish::publish(&mut tx, &copy, app.clock.now()).await.unwrap_err();
    assert!(refused.in_words().unwrap().contains("key"), "{refused:?}");
    drop(tx);
    let refused = reseal::add_key(&app.db).await.unwrap_err().to_string();
    assert!(refused.contains("put it back"), "{refused}");
    assert!(app.db.keyring().keys().unwrap().names().is_empty());
    // Nobody's answers are taken in clear: they are asked to try again, with what they typed.
    let mut browser = Browser::new(&app);
    let at = format!("{}/all", draft_of.survey.path());
    let page = browser.get(&at).await.expect(200);
    let (form_key, seal) = (page.hidden("key"), page.hidden("seal"));
    let form = [("key", form_key.as_str()), ("seal", seal.as_str()), ("q1", "0"), ("q2", "0")];
    browser.post(&at, &form).await.expect(503).holds("q2\"");
    let tally = rows::find_tally(&mut app.db.read().await.unwrap(), draft_of.version.id).await.unwrap();
    assert_eq!(tally.responses, 0);
    // The key is put back: all is as it was.
    app.db.keyring().find_again(lost);
    assert_eq!(every_count(&app.db, &asked).await, expected);
    browser.post(&at, &form).await.expect(303);
    // The same form again, after a newer key was made, is the one that is kept.
    app.db.keyring().add().unwrap();
    browser.post(&at, &form).await.expect(303);
    let again = [form.as_slice(), &[("q4", "1")]].concat();
    browser.post(&at, &again).await.expect(409);
    // Results are not frozen without it.
    app.clock.advance(TimeDelta::days(2));
    change(&app.db, "UPDATE tallies SET revision = revision + 1").await;
    let lost = app.db.keyring().lose();
    let (mut officer, account) = Browser::signed_in(&app, Role::Officer).await;
    let mut tx = app.db.write().await.unwrap();
    let prepared = approve::prepare(&mut tx, &asked, &Landlord::default(), &account, "", app.clock.now()).await;
    assert!(matches!(prepared, Err(publish::Refused::Shut)));
    drop(tx);
    let at = format!("/staff/surveys/{}", asked.survey.id);
    officer.get(&format!("{at}/results")).await.expect(200).holds("cannot be opened").holds("How was it?");
    let told = "Any health condition?,,\"sealed, and cannot be opened\"";
    officer.get(&format!("{at}/figures.csv")).await.expect(200).holds(told);
    app.db.keyring().find_again(lost);
    officer.get(&format!("{at}/results")).await.expect(200).lacks("cannot be opened").holds("kept sealed");
    let mut tx = app.db.write().await.unwrap();
    approve::prepare(&mut tx, &asked, &Landlord::default(), &account, "", app.clock.now()).await.unwrap();
});

db_test!(a_figure_of_a_sealed_question_stands_for_ten_people_at_least_for_staff_too, db => {
    let app = app_on(db);
    let (plain, sealed) = (open(&app, Access::Open, &questions(false)).await, open(&app, Access::Open, &questions(true)).await);
    // In each of two areas seven with a condition, six who would rather not say, twenty without; of all seven feel bad.
    let people = || {
        let each = [(Answer::Option(0), 14_u8), (Answer::PreferNotToSay, 12), (Answer::Option(1), 40)];
        each.into_iter().flat_map(|(health, many)| {
            let bad = health == Answer::Option(0);
            let answer = move |at: u8| {
                let score = Answer::Option(if bad && at < 7 { 0 } else { 10 });
                said([(1, Answer::Option(at % 2)), (2, health.clone()), (4, Answer::Option(0)), (7, score)])
            };
            (0..many).map(answer)
        })
    };
    for asked in [&plain, &sealed] {
        keep_online(&app, asked, people()).await;
    }
    let mut tx = app.db.read().await.unwrap();
    let policy = Policy::staff();
    let mut hidden = async |asked: &Asked| {
        let gathered = results::gather(&mut tx, asked).await.unwrap();
        let released = gathered.release(asked, None, &policy);
        let table = released[6].table().unwrap().clone();
        let by_area = gathered.by_group(asked, asked.version.questionnaire.find(2).unwrap(), &policy).remove(0);
        let subjects = cross_tab::subjects(asked);
        let chosen = Chosen { rows: subjects[0].clone(), columns: subjects[1].clone(), only: None };
        let crossed = cross_tab::work_out(&mut tx, asked, &chosen, &policy).await.unwrap().unwrap();
        let cells = |table: &crate::statistics::table::Table| table.rows.iter().filter(|row| row.cell == Cell::Hidden).count();
        let all = |released: &crate::statistics::disclosure::Released| released.groups.iter().map(|(_, table)| cells(table)).sum::<usize>();
        (cells(&table), all(&by_area), all(&crossed.released))
    };
    let (open_to_staff, guarded) = (hidden(&plain).await, hidden(&sealed).await);
    assert_eq!(open_to_staff.0, 0);
    assert!(guarded.0 >= 2, "seven are fewer than ten, and are not to be worked out: {guarded:?}");
    assert_eq!((open_to_staff.1, open_to_staff.2), (0, 0));
    assert_eq!((guarded.1, guarded.2), (4, 4), "seven and six in each area");
    drop(tx);
    let few = open(&app, Access::Open, &questions(true)).await;
    keep_online(&app, &few, (0..9).map(|_| said([(2, Answer::Option(1)), (4, Answer::Option(0))]))).await;
    let mut tx = app.db.read().await.unwrap();
    let released = results::gather(&mut tx, &few).await.unwrap().release(&few, None, &policy);
    assert_eq!(released[1].table().unwrap().base, Base::FewerThan(10));
    assert_eq!(released[3].table().unwrap().base, Base::Shown(9), "nine are enough for any other question");
});

db_test!(a_sealed_question_is_in_no_file_of_single_answers, db => {
    let app = app_on(db);
    let asked = answered(&app, true, 30).await;
    let mut tx = app.db.read().await.unwrap();
    let gathered = results::gather(&mut tx, &asked).await.unwrap();
    let ways = || Ways::of(&gathered.came_by(&Policy::staff()));
    let tally = rows::find_tally(&mut tx, asked.version.id).await.unwrap();
    let kept = single::read(&mut tx, &asked).await.unwrap();
    drop(tx);
    let parts: Vec<Vec<u8>> = answers_file::parts(app.db.clone(), asked.clone(), ways(), tally).try_collect().await.unwrap();
    let text = String::from_utf8(parts.concat()).unwrap();
    assert_eq!(text.lines().next(), Some("Came by,Where do you live?,How was it?"));
    assert_eq!(text.lines().count(), 31);
    assert!(text.lines().skip(1).all(|line| line.split(',').count() == 3), "{text}");
    let single = SingleAnswers::of(&asked, &kept, ways());
    assert_eq!(single.heads(), ["Came by", "Where do you live?", "How was it?"]);
    let names: Vec<String> = single.variables().into_iter().map(|variable| variable.name).collect();
    assert_eq!(names, ["came_by", "q1", "q4"], "numbered as in the survey");
    assert!(single.values().all(|row| row.len() == 3) && single.in_words().all(|row| row.len() == 3));
    assert_eq!(single.widths().len(), 3);
});

db_test!(a_newer_key_takes_the_place_of_an_older_one, db => {
    let app = app_on(db);
    let asked = answered(&app, true, 40).await;
    let expected = every_count(&app.db, &asked).await;
    let mut tx = app.db.write().await.unwrap();
    let token = draft::begin(&mut tx, &app.random, &asked, answers(3), app.clock.now()).await.unwrap();
    tx.commit().await.unwrap();
    let newest = reseal::add_key(&app.db).await.unwrap();
    assert_eq!(reseal::all(&app.db).await.unwrap(), reseal::Done { sealed: 41, shut: 0 });
    assert_eq!(reseal::all(&app.db).await.unwrap(), reseal::Done::default(), "once is enough");
    // The older key is not needed any more.
    let text = app.db.keyring().lose();
    app.db.keyring().find_again(text.lines().last().unwrap().to_owned());
    assert_eq!(app.db.keyring().keys().unwrap().names(), [newest]);
    change(&app.db, "UPDATE tallies SET revision = revision + 1").await;
    assert_eq!(every_count(&app.db, &asked).await, expected);
    let found = draft::find(&mut app.db.read().await.unwrap(), &asked, Some(&token)).await.unwrap().unwrap();
    assert_eq!(found.answers, answers(3));
});

db_test!(a_file_that_waits_is_sealed_together_with_the_first_question_of_its_survey, db => {
    let app = app_on(db);
    let asked = open(&app, Access::Open, &questions(false)).await;
    let kim = person(&app, "kim").await;
    let content = b"Any health condition?,Which conditions?\nYes,Condition 1; Condition 3\n";
    let reading = Reading::default();
    let sent = files::Sent { asked: &asked, name: "a.csv", content, reading: &reading, by: kim, at: app.clock.now() };
    let mut tx = app.db.write().await.unwrap();
    let file = files::insert(&mut tx, &sent).await.unwrap();
    tx.commit().await.unwrap();
    let needle = hex(b"Condition 1; Condition 3");
    assert!(everything(&app.db).await.contains(&needle));
    let mut tx = app.db.write().await.unwrap();
    let health = asked.version.questionnaire.find(2).unwrap().clone().sealed_for(Category::Health, WHY);
    build::change(&mut tx, &asked, |questions| questions.replace(2, health)).await.unwrap();
    tx.commit().await.unwrap();
    assert!(!everything(&app.db).await.contains(&needle));
    let mut tx = app.db.read().await.unwrap();
    let asked = store::find(&mut tx, asked.survey.id).await.unwrap().unwrap();
    assert_eq!(files::find(&mut tx, &asked, file).await.unwrap().unwrap().content.as_deref(), Some(content.as_slice()));
});
