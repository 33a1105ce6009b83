//! Files out of a survey through the real router: who gets them, and what another program reads in them.

use std::io::Cursor;

use calamine::{Data, Reader, Xlsx};

use super::tests::{AT, open, three_questions};
use crate::app::App;
use crate::people::Role::{self, Administrator, Analyst, Auditor, Equality, Officer};
use crate::permissions::{TABLE, Who};
use crate::surveys::survey::{Access, Asked};
use crate::testing::{self, Browser};

/// A way a file leaves: method, address, form, and those who have the right.
type Way = (&'static str, &'static str, &'static [(&'static str, &'static str)], &'static [Role]);

/// Every way a file of results or questions leaves.
const OUT: &[Way] = &[
    ("POST", "/staff/surveys/{id}/answers", &[], &[Officer, Analyst, Equality, Administrator]),
    ("POST", "/staff/surveys/{id}/answers", &[("as", "xlsx")], &[Officer, Analyst, Equality, Administrator]),
    ("POST", "/staff/surveys/{id}/answers", &[("as", "sav")], &[Officer, Analyst, Equality, Administrator]),
    ("GET", "/staff/surveys/{id}/questionnaire.json", &[], &[Officer, Analyst, Equality, Auditor, Administrator]),
    ("GET", "/staff/surveys/{id}/figures.csv", &[], &[Officer, Analyst, Equality, Auditor, Administrator]),
];

/// A survey that so many people answered, one of them with words that begin like a formula.
async fn answered(app: &App, people: usize) -> Asked {
    let asked = open(app, Access::Open, &three_questions()).await;
    let mut browser = Browser::new(app);
    for person in 0..people {
        let page = browser.get(&format!("{AT}/all")).await.expect(200);
        let (key, seal) = (page.hidden("key"), page.hidden("seal"));
        let words = if person == 0 { "=SUM(A1:A9)" } else { "" };
        let form = [("key", &*key), ("seal", &*seal), ("q1", "0"), ("q2", "1"), ("q3", words)];
        browser.post(&format!("{AT}/all"), &form).await.expect(303);
    }
    asked
}

#[tokio::test]
async fn v20_whoever_lacks_the_right_gets_no_file() {
    let app = testing::app().await;
    let asked = answered(&app, 6).await;
    for role in Role::ALL {
        let (mut browser, _) = Browser::signed_in(&app, role).await;
        for (method, path, form, allowed) in OUT {
            let path = path.replace("{id}", &asked.survey.id.to_string());
            let answer = if *method == "GET" { browser.get(&path).await } else { browser.post(&path, form).await };
            let expected = if allowed.contains(&role) { 200 } else { 403 };
            assert_eq!(answer.status.as_u16(), expected, "{role:?} {method} {path} {form:?}");
            assert_eq!(answer.headers.contains_key("content-disposition"), expected == 200, "{role:?} {path}");
        }
    }
    let mut visitor = Browser::new(&app);
    for (method, path, form, _) in OUT {
        let path = path.replace("{id}", &asked.survey.id.to_string());
        let answer = if *method == "GET" { visitor.get(&path).await } else { visitor.post(&path, form).await };
        assert!(!answer.headers.contains_key("content-disposition"), "{path}");
    }
}

#[test]
fn v20_no_file_of_the_workspace_is_for_all_staff() {
    let is_file =
        |path: &str| path.starts_with("/staff/") && [".csv", ".json", ".xlsx"].iter().any(|end| path.ends_with(end));
    // The texts of a survey hold nobody's answers, and all staff read them on its pages.
    let is_texts = |path: &str| path.ends_with("/texts.csv");
    // The pack of a plan is what the board is given, and holds no resident's answer either.
    let is_plan = |path: &str| path.starts_with("/staff/plan/");
    // Nor does what others found out and published, or the list of reports that an audit draws from.
    let is_work = |path: &str| path == "/staff/research.csv" || path.starts_with("/staff/improvement/audits/");
    let of_nobody = |path: &str| is_texts(path) || is_plan(path) || is_work(path);
    for (path, reads, _) in TABLE.iter().filter(|(path, _, _)| is_file(path) && !of_nobody(path)) {
        assert!(matches!(reads, Who::Only(roles) if !roles.contains(&Role::Board)), "{path}");
    }
}

#[tokio::test]
async fn v23_a_file_is_handed_to_whoever_asked_and_kept_nowhere() {
    let app = testing::app().await;
    let asked = answered(&app, 6).await;
    let kept = || {
        let mut names: Vec<_> = walk(&app.config.data);
        names.sort();
        names
    };
    let before = kept();
    let (mut staff, _) = Browser::signed_in(&app, Role::Officer).await;
    for (method, path, form, _) in OUT {
        let path = path.replace("{id}", &asked.survey.id.to_string());
        let answer = if *method == "GET" { staff.get(&path).await } else { staff.post(&path, form).await };
        let answer = answer.expect(200);
        assert_eq!(answer.headers["cache-control"], "no-store", "{path}");
        // The address of a file of answers is a form's: to open it hands out nothing.
        if *method == "POST" {
            let opened = staff.get(&path).await;
            assert!(!opened.headers.contains_key("content-disposition"), "{path}");
        }
    }
    assert_eq!(kept(), before, "no copy lies where its name could be guessed");
}

/// Every file below a folder.
fn walk(folder: &std::path::Path) -> Vec<std::path::PathBuf> {
    let entries = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    entries.flat_map(|path| if path.is_dir() { walk(&path) } else { vec![path] }).collect()
}

#[tokio::test]
async fn a_workbook_holds_codes_words_their_meaning_and_released_tables() {
    let app = testing::app().await;
    let asked = answered(&app, 6).await;
    let (mut staff, _) = Browser::signed_in(&app, Role::Officer).await;
    let at = format!("/staff/surveys/{}", asked.survey.id);
    let page = staff.get(&format!("{at}/files")).await.expect(200);
    page.holds("Answers for SPSS")
        .holds("Consultation officer, Performance analyst")
        .holds("The order of the rows means nothing");
    let file = staff.post(&format!("{at}/answers"), &[("as", "xlsx")]).await.expect(200);
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(file.bytes.clone())).unwrap();
    assert_eq!(book.sheet_names(), ["About", "Data", "Labels", "Codebook", "Tables"]);
    for sheet in book.sheet_names() {
        assert!(book.worksheet_formula(&sheet).unwrap().is_empty(), "{sheet} holds a formula");
    }
    let mut rows =
        |sheet: &str| -> Vec<Vec<Data>> { book.worksheet_range(sheet).unwrap().rows().map(<[Data]>::to_vec).collect() };
    let words = |words: &str| Data::String(words.to_owned());
    let data = rows("Data");
    assert_eq!(data[0], ["came_by", "q1", "q2", "q3"].map(words));
    assert_eq!(data.len(), 7);
    assert_eq!(data[1][..3], [8.0, 8.0, 9.0].map(Data::Float));
    assert_eq!(data.iter().filter(|row| row[3] == words("=SUM(A1:A9)")).count(), 1);
    let labels = rows("Labels");
    assert_eq!(labels[1][..3], ["Open link", "Yes", "Fairly satisfied"].map(words));
    let codebook = rows("Codebook");
    assert!(codebook.iter().any(|row| row[..2] == ["q2", "How was it?"].map(words) && row[3] == Data::Float(8.0)));
    let tables = rows("Tables");
    assert!(
        tables
            .iter()
            .any(|row| row[..2] == ["How was it?", "Fairly satisfied"].map(words) && row[2] == Data::Float(6.0))
    );
    let (mut board, _) = Browser::signed_in(&app, Role::Board).await;
    board.get(&format!("{at}/files")).await.expect(200).lacks("Answers for SPSS").lacks("/figures.csv\"");
}

#[tokio::test]
async fn of_too_few_people_no_file_is_handed_out_and_the_log_names_who_took_one() {
    let app = testing::app().await;
    let asked = answered(&app, 4).await;
    let (mut staff, _) = Browser::signed_in(&app, Role::Analyst).await;
    let at = format!("/staff/surveys/{}", asked.survey.id);
    staff.get(&format!("{at}/files")).await.expect(200).holds("once 5 people have answered").lacks("Answers for SPSS");
    for kind in ["csv", "xlsx", "sav"] {
        let refused = staff.post(&format!("{at}/answers"), &[("as", kind)]).await.expect(422);
        refused.holds("once 5 people have answered").holds("Files out");
    }
    let mut browser = Browser::new(&app);
    let page = browser.get(&format!("{AT}/all")).await.expect(200);
    let (key, seal) = (page.hidden("key"), page.hidden("seal"));
    browser.post(&format!("{AT}/all"), &[("key", &*key), ("seal", &*seal), ("q1", "1")]).await.expect(303);
    let file = staff.post(&format!("{at}/answers"), &[("as", "sav")]).await.expect(200);
    assert!(file.bytes.starts_with(b"$FL2@(#) SPSS DATA FILE"));
    let mut tx = app.db.read().await.unwrap();
    let details: Vec<String> = crate::on!(tx, c => sqlx::query_scalar(
        "SELECT detail FROM audit_entries WHERE action = 'exported answers'").fetch_all(c).await.unwrap());
    assert_eq!(details, ["5 answers as sav"]);
}
