//! What goes to a text message service or a printer: a link and a code for each home, made as the file is made, so that
//! they stand nowhere else.

use chrono::{DateTime, Utc};

use crate::clock;
use crate::db::{self, Tx};
use crate::exchange::csv;
use crate::random::{Random, sha256};
use crate::residents::{self, Household, Way};
use crate::surveys::sample::code;
use crate::surveys::sample::languages::{self, Languages};
use crate::surveys::sample::mail::{Sender, text};
use crate::surveys::sample::plan::Framed;
use crate::surveys::sample::store::samples::Sample;
use crate::surveys::sample::store::{homes, keys, samples};
use crate::surveys::survey::Survey;

/// What one home is sent.
#[derive(Clone, Debug)]
pub struct Sendable {
    pub household: Household,
    /// As it is printed.
    pub code: String,
    /// In the language in which the home is written to.
    pub link: String,
}

/// All homes, from the first place of the draw on.
pub const EVERY: (i64, usize) = (0, usize::MAX);

/// Makes a link and a code for homes to be written to by a way, at most so many after a place of the draw, and notes that
/// they are written to. On the same day it may be done again, for a file that got lost. Beside them is the place after which
/// the rest begins; none when no home is left.
///
/// # Errors
/// When the database refuses; the transaction must then be dropped.
pub async fn make(
    tx: &mut Tx,
    random: &Random,
    (survey, sample, languages): (&Survey, &Sample, &Languages),
    sender: Sender<'_>,
    way: Way,
    (mut after, most_homes): (i64, usize),
    now: DateTime<Utc>,
) -> Result<(Vec<Sendable>, Option<i64>), db::Error> {
    let today = clock::london_day(now);
    let most = (sample.plan.most_reminders + 1, today);
    let (mut made, mut made_to, mut rest) = (Vec::new(), after, None);
    'all: loop {
        let batch = homes::list_to_write(tx, survey.id, way, most, after).await?;
        let Some(last) = batch.last() else { break };
        after = last.place;
        for home in batch {
            let household = residents::find(tx, home.household).await?;
            let household = household.filter(|household| household.may_be_contacted() && household.has(way));
            let Some(household) = household else { continue };
            if made.len() == most_homes {
                rest = Some(made_to);
                break 'all;
            }
            made_to = home.place;
            let code = code::new(random);
            let token = code::token(&code);
            keys::insert(tx, home.id, &sha256(&token)).await?;
            homes::mark_written(tx, home.id, today).await?;
            let Some(language) = languages.of(&household).map(|spoken| spoken.tongue.language()) else { continue };
            let link = languages::link_in(&sender.link(&token), language);
            made.push(Sendable { household, code: code::printed(&code), link });
        }
    }
    if !made.is_empty() {
        samples::begin(tx, survey.id, now).await?;
    }
    Ok((made, rest))
}

/// The file for a text message service.
#[must_use]
pub fn texts(languages: &Languages, sender: Sender<'_>, made: &[Sendable]) -> Vec<u8> {
    let head = ["Mobile", "Text", "Link", "Language"].map(str::to_owned);
    let rows = made.iter().filter_map(|one| {
        let spoken = languages.of(&one.household)?;
        Some([
            one.household.mobile.clone(),
            text(spoken, sender, &one.link),
            one.link.clone(),
            one.household.language.clone(),
        ])
    });
    csv::write(std::iter::once(head).chain(rows))
}

/// The file for a printer of letters.
#[must_use]
pub fn letters(languages: &Languages, sender: Sender<'_>, made: &[Sendable]) -> Vec<u8> {
    let head = [
        "Reference",
        "Name",
        "Address",
        "Language",
        "Written in",
        "Survey",
        "Open until",
        "Type this address",
        "Code",
        "Link",
    ];
    let rows = made.iter().filter_map(|one| {
        let spoken = languages.of(&one.household)?;
        Some([
            one.household.reference.clone(),
            one.household.name.clone(),
            one.household.address.clone(),
            one.household.language.clone(),
            spoken.tongue.language().english.to_owned(),
            spoken.survey.title.clone(),
            languages::until(&spoken.survey, spoken),
            sender.typed_at(),
            one.code.clone(),
            one.link.clone(),
        ])
    });
    csv::write(std::iter::once(head.map(str::to_owned)).chain(rows))
}

/// The draw as anybody can check it: every home of the list by its reference, with what became of it.
#[must_use]
pub fn frame(seed: &str, frame: &[Framed]) -> Vec<u8> {
    let head = ["Reference", "Group", "Result", "SHA-256 of seed:reference"].map(str::to_owned);
    let rows = frame.iter().map(|framed| {
        [
            framed.reference.clone(),
            framed.stratum.clone(),
            framed.standing.label().to_owned(),
            sha256(&format!("{seed}:{}", framed.reference)),
        ]
    });
    csv::write(std::iter::once(head).chain(rows))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::db_test;
    use crate::questionnaires::questionnaire::Questionnaire;
    use crate::questionnaires::version::Version;
    use crate::surveys::sample::testing::{SENDER, drawn};
    use crate::surveys::survey::Asked;
    use crate::surveys::survey::tests::november;
    use crate::testing::app_on;

    #[test]
    fn v16_no_cell_of_a_file_is_a_formula() {
        let mut household = Household::of_reference("=1+1");
        household.name = "@SUM(A1)".to_owned();
        household.mobile = "+447700900001".to_owned();
        household.language = "-1".to_owned();
        let version = Version { id: 1, revision: 1, locked_at: None, questionnaire: Questionnaire::default() };
        let languages = Languages::english(Asked { survey: november(), version });
        let made = [Sendable { household, code: "ABCDE-FGHJK".to_owned(), link: "https://d.example/s/x".to_owned() }];
        let sheet = csv::read(&texts(&languages, SENDER, &made)).unwrap();
        assert_eq!(sheet.rows[0].cell("mobile"), "+447700900001");
        for file in [texts(&languages, SENDER, &made), letters(&languages, SENDER, &made)] {
            let text = String::from_utf8(file).unwrap();
            let row = text.split("\r\n").nth(1).unwrap();
            assert!(row.split(',').all(|cell| !cell.starts_with(['=', '+', '-', '@'])), "{row}");
        }
        let framed = Framed {
            reference: "=1+1".to_owned(),
            stratum: "@x".to_owned(),
            standing: crate::surveys::sample::plan::Standing::Drawn,
        };
        assert!(String::from_utf8(frame("s", &[framed])).unwrap().contains("'=1+1,'@x,Drawn,"));
    }

    db_test!(each_home_gets_a_link_and_a_code_of_its_own_and_the_same_day_counts_once, db => {
        let app = app_on(db);
        let asked = drawn(&app, 12).await;
        let now = app.clock.now();
        let mut tx = app.db.write().await.unwrap();
        let sample = samples::find(&mut tx, asked.survey.id).await.unwrap().unwrap();
        let languages = Languages::load(&mut tx, &asked).await.unwrap();
        let of = (&asked.survey, &sample, &languages);
        let first = make(&mut tx, &app.random, of, SENDER, Way::Post, EVERY, now).await.unwrap().0;
        let again = make(&mut tx, &app.random, of, SENDER, Way::Post, EVERY, now).await.unwrap().0;
        assert_eq!((first.len(), again.len()), (3, 3));
        let read = code::read(&first[0].code).unwrap();
        assert_eq!(first[0].link, SENDER.link(&code::token(&read)));
        assert_ne!(first[0].code, again[0].code);
        // Both lead to the one invitation of the home.
        assert!(keys::spend(&mut tx, asked.survey.id, &sha256(&code::token(&read))).await.unwrap());
        let other = code::read(&again[0].code).unwrap();
        assert!(!keys::spend(&mut tx, asked.survey.id, &sha256(&code::token(&other))).await.unwrap());
        let mut of_days = Vec::new();
        for days in 1..4 {
            let later = now + chrono::TimeDelta::days(days);
            of_days.push(make(&mut tx, &app.random, of, SENDER, Way::Post, EVERY, later).await.unwrap().0.len());
        }
        assert_eq!(of_days, [2, 2, 0], "two reminders to those who have not answered, then none");
        let texts = make(&mut tx, &app.random, of, SENDER, Way::Text, EVERY, now).await.unwrap().0;
        assert_eq!(texts.len(), 3);
        tx.commit().await.unwrap();
    });

    db_test!(letters_come_in_parts_that_leave_nobody_out, db => {
        let app = app_on(db);
        let asked = drawn(&app, 20).await;
        let mut tx = app.db.write().await.unwrap();
        let sample = samples::find(&mut tx, asked.survey.id).await.unwrap().unwrap();
        let languages = Languages::load(&mut tx, &asked).await.unwrap();
        let of = (&asked.survey, &sample, &languages);
        let (mut after, mut parts, mut homes) = (0, Vec::new(), std::collections::HashSet::new());
        loop {
            let part = make(&mut tx, &app.random, of, SENDER, Way::Post, (after, 2), app.clock.now()).await.unwrap();
            parts.push(part.0.len());
            homes.extend(part.0.into_iter().map(|one| one.household.reference));
            let Some(rest) = part.1 else { break };
            after = rest;
        }
        assert_eq!((parts, homes.len()), (vec![2, 2, 1], 5));
    });
}
