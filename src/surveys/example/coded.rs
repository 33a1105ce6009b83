//! What people wrote: about their last repair under themes, checked by a second person, read and published; about their
//! block and estate half done.

use std::collections::BTreeSet;

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};

use crate::db::{self, Tx};
use crate::random::Random;
use crate::statistics::disclosure::Policy;
use crate::surveys::store as surveys;
use crate::surveys::survey::Asked;
use crate::surveys::verbatims::code::{self, Found};
use crate::surveys::verbatims::frame::{self, Worded};
use crate::surveys::verbatims::open_question::OpenQuestion;
use crate::surveys::verbatims::standing::{Decision, Standing, Turn};
use crate::surveys::verbatims::{publish, review, sample, store};
use crate::thread::id::{AccountId, ThemeId};
use crate::thread::{self, Record};
use crate::{people, plans};

/// A theme: its name, what belongs under it, and words by which the example knows it.
type Known = (&'static str, &'static str, &'static [&'static str]);

/// What people wrote about repairs.
const REPAIRS: &[Known] = &[
    (
        "Waiting and appointments",
        "How long it took, and whether anybody came when they said.",
        &["wait", "day off", "came at nine", "slot", "late", "weeks", "days", "appointment", "hours", "not in"],
    ),
    (
        "How well it was done",
        "Whether it works now, and how it looks.",
        &["mended", "fixed", "leaks again", "job", "skirting", "plaster", "soft", "tied up", "mess"],
    ),
    (
        "How people were treated",
        "Manners, care and respect.",
        &["polite", "friendly", "boots", "explained", "caretaker", "showed me", "sheets", "fuss"],
    ),
    (
        "Being told what happens",
        "Calls, texts and letters, before and after.",
        &["text", "phone", "tell", "rang", "record", "somebody would ring", "explain the same", "passed between"],
    ),
    (
        "More than one visit",
        "Coming back, missing parts, the wrong trade.",
        &["three visits", "came back", "first a joiner", "second time", "all over again"],
    ),
];

/// What people wrote about the places between homes.
const ESTATE: &[Known] = &[
    ("Cleaning", "Halls, stairs, lifts and windows.", &["clean", "mop", "stairs", "hall"]),
    ("Rubbish and bins", "Bins, litter and what is dumped.", &["bin", "rubbish", "dumped", "rats"]),
    ("Lights, doors and safety", "Whether people feel safe.", &["light", "door", "walks in", "afraid", "noise"]),
    ("Lawns and paths", "Grass, hedges, trees and paths.", &["grass", "hedge", "trees", "flower", "path", "gardening"]),
];

/// The action of the plan that answers the first theme, by its number.
const ANSWERS: &str = "1.1";

/// Which answers are seen differently by the second person: one in so many.
const ONE_IN: usize = 9;

/// Loads the work of two people of the example landlord. Without them there is none.
pub async fn load(tx: &mut Tx, today: NaiveDate) -> Result<(), db::Error> {
    let (officer, analyst) = (account(tx, "officer").await?, account(tx, "analyst").await?);
    let Some(by) = officer.zip(analyst) else { return Ok(()) };
    published(tx, by, today).await?;
    half_done(tx, by).await
}

/// The question in words of a survey, with its themes.
async fn framed(
    tx: &mut Tx,
    slug: &str,
    known: &[Known],
) -> Result<Option<(Asked, OpenQuestion, Vec<ThemeId>)>, db::Error> {
    let Some(asked) = surveys::find_by_slug(tx, slug).await? else { return Ok(None) };
    let Some(of) = OpenQuestion::all(&asked).first().map(|(of, _)| *of) else { return Ok(None) };
    let mut themes = Vec::new();
    for (name, description, _) in known {
        themes.extend(frame::add(tx, of, Worded { name, description }).await.ok());
    }
    Ok(Some((asked, of, themes)))
}

async fn published(tx: &mut Tx, (officer, analyst): (AccountId, AccountId), today: NaiveDate) -> Result<(), db::Error> {
    let Some((asked, of, themes)) = framed(tx, "your-last-repair", REPAIRS).await? else { return Ok(()) };
    for word in store::load(tx, of).await?.words {
        look(tx, of, (&word.word_key, Turn::First), &under(&word.value, REPAIRS, &themes), analyst).await?;
    }
    // Chance is its own, so that what else the example holds stays as it is.
    let _ = sample::draw(tx, &Random::seeded(1_960), of, sample::USUAL_SHARE).await;
    check(tx, of, (REPAIRS, &themes), usize::MAX, officer).await?;
    let standing = store::load(tx, of).await?;
    for word in standing.differing() {
        look(tx, of, (&word.word_key, Turn::Third), &under(&word.value, REPAIRS, &themes), analyst).await?;
    }
    for word in &standing.words {
        // Who nearly names a person or a day is left out.
        let is_shown = !["my mother", "baby", "Sunday"].iter().any(|words| word.value.contains(words));
        let decision = if is_shown { Decision::Show } else { Decision::Withhold };
        let _ = review::decide(tx, of, &word.word_key, review::decided(decision, Vec::new(), 0, officer)).await;
    }
    let at = noon(today - TimeDelta::days(40));
    let _ = publish::publish(tx, &asked, of, 6, &Policy::public(), at).await;
    join(tx, themes.first().copied(), today).await
}

async fn half_done(tx: &mut Tx, (officer, analyst): (AccountId, AccountId)) -> Result<(), db::Error> {
    let Some((_, of, themes)) = framed(tx, "your-block-and-estate", ESTATE).await? else { return Ok(()) };
    let words = store::load(tx, of).await?.words;
    for word in words.iter().take(2 * words.len() / 3) {
        look(tx, of, (&word.word_key, Turn::First), &under(&word.value, ESTATE, &themes), analyst).await?;
    }
    let _ = sample::draw(tx, &Random::seeded(1_961), of, sample::USUAL_SHARE).await;
    check(tx, of, (ESTATE, &themes), 8, officer).await
}

/// The themes of an answer, as the example knows them.
fn under(words: &str, known: &[Known], themes: &[ThemeId]) -> BTreeSet<ThemeId> {
    let words = words.to_lowercase();
    let fits = known.iter().zip(themes).filter(|((_, _, signs), _)| signs.iter().any(|sign| words.contains(sign)));
    fits.map(|(_, id)| *id).collect()
}

/// The second person looks at so many answers that were drawn, and sees most of them as the first did.
async fn check(
    tx: &mut Tx,
    of: OpenQuestion,
    (known, themes): (&[Known], &[ThemeId]),
    many: usize,
    by: AccountId,
) -> Result<(), db::Error> {
    let standing: Standing = store::load(tx, of).await?;
    let due = standing.words.iter().filter(|word| standing.is_due_second(&word.word_key, by));
    for (at, word) in due.take(many).enumerate() {
        let mut found = under(&word.value, known, themes);
        if at % ONE_IN == 0
            && let Some(other) = themes.get(at % themes.len().max(1))
            && !found.remove(other)
        {
            found.insert(*other);
        }
        look(tx, of, (&word.word_key, Turn::Second), &found, by).await?;
    }
    Ok(())
}

async fn look(
    tx: &mut Tx,
    of: OpenQuestion,
    (word, turn): (&str, Turn),
    themes: &BTreeSet<ThemeId>,
    by: AccountId,
) -> Result<(), db::Error> {
    match code::code(tx, of, &Found { word, turn, themes, note: "", revision: 0, by }).await {
        Err(code::Refused::Internal(error)) => Err(error),
        _ => Ok(()),
    }
}

async fn account(tx: &mut Tx, who: &str) -> Result<Option<AccountId>, db::Error> {
    let found = people::store::find_by_email(tx, &format!("{who}@larkfield.example")).await?;
    Ok(found.map(|(account, _)| account.id))
}

async fn join(tx: &mut Tx, theme: Option<ThemeId>, today: NaiveDate) -> Result<(), db::Error> {
    let actions = plans::list_choices(tx, today).await?;
    let action = actions.into_iter().find(|(_, name)| name.split(' ').next() == Some(ANSWERS));
    if let Some((theme, (action, _))) = theme.zip(action) {
        thread::connect(tx, Record::Theme(theme), Record::Action(action), noon(today)).await?;
    }
    Ok(())
}

fn noon(on: NaiveDate) -> DateTime<Utc> {
    on.and_hms_opt(12, 0, 0).unwrap_or_default().and_utc()
}

#[cfg(test)]
mod tests {
    use crate::people::Role;
    use crate::testing::Browser;

    #[tokio::test]
    async fn the_example_shows_what_people_wrote_and_what_is_done_about_it() {
        let app = crate::testing::app().await;
        crate::example::load(&app).await.unwrap();
        let page = Browser::new(&app).get("/surveys/your-last-repair/results").await.expect(200);
        let page = page.holds("What people wrote about: What is the main reason").holds("Waiting and appointments");
        let page = page.holds("What we are doing").holds("In people’s own words");
        let action = page.text.split("/plan/actions/").nth(1).unwrap().split('"').next().unwrap().to_owned();
        let page = Browser::new(&app).get(&format!("/plan/actions/{action}")).await.expect(200);
        page.holds("What people wrote about “Waiting and appointments”");
        let (mut staff, _) = Browser::signed_in(&app, Role::Analyst).await;
        let results = staff.get("/staff/surveys").await.expect(200);
        let id = results.text.split("/staff/surveys/").find(|rest| rest.contains("Your last repair")).unwrap();
        let id: String = id.chars().take_while(char::is_ascii_digit).collect();
        let page = staff.get(&format!("/staff/surveys/{id}/words")).await.expect(200).holds("Published.");
        let at = page.text.split(&format!("/staff/surveys/{id}/words/")).nth(1).unwrap();
        let key: String = at.chars().take_while(char::is_ascii_digit).collect();
        let check = staff.get(&format!("/staff/surveys/{id}/words/{key}/check")).await.expect(200);
        check.holds("30 of 30").holds("Very good").lacks("Seen differently");
        // A published theme can still be joined to what changed, and is then among its voices.
        let themes = format!("/staff/surveys/{id}/words/{key}/themes");
        let page = staff.get(&themes).await.expect(200).holds("What you do because of it");
        let start = format!("{themes}/");
        let theme: String = page.text.split(&start).nth(2).unwrap().chars().take_while(char::is_ascii_digit).collect();
        let one = format!("{themes}/{theme}");
        let page = staff.get(&one).await.expect(200).lacks("Merge it into").lacks("Save the words");
        let entries = page.text.split("id=\"finding\"").nth(1).unwrap().split("<option value=\"").nth(2).unwrap();
        let finding = entries.split('"').next().unwrap().to_owned();
        staff.post(&one, &[("~step", "words"), ("name", "Other")]).await.expect(422).holds("so they stay as they are");
        staff.post(&one, &[("~step", "join"), ("action", ""), ("finding", &finding)]).await.expect(303);
        let page = Browser::new(&app).get("/surveys/your-last-repair/results").await.expect(200);
        let (_, written) = page.text.split_once("What people wrote about: What is").unwrap();
        let changed = written.split("/what-changed/").nth(1).unwrap();
        let changed = changed.split('"').next().unwrap().to_owned();
        let page = Browser::new(&app).get(&format!("/what-changed/{changed}")).await.expect(200);
        page.holds("What people wrote about “How well it was done”");
        // The other survey has something to do on every page.
        let other = results.text.split("/staff/surveys/").find(|rest| rest.contains("Your block and estate")).unwrap();
        let other: String = other.chars().take_while(char::is_ascii_digit).collect();
        let page = staff.get(&format!("/staff/surveys/{other}/words/10")).await.expect(200);
        page.holds("/words/10/code").holds("/words/10/review").holds("Not under a theme yet");
        let (mut officer, _) = Browser::signed_in(&app, Role::Officer).await;
        let page = officer.get(&format!("/staff/surveys/{other}/words/10/check")).await.expect(200);
        page.holds("Check answers").holds("Seen differently").holds("/words/10/settle?word=");
    }
}
