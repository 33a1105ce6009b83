//! The example landlord's focus groups: one full with a waiting list, one with places left, one that has taken place.

use chrono::{DateTime, Days, NaiveDate, NaiveTime, TimeDelta, Utc};

use super::Group;
use super::arrange::Plan;
use super::group::Format;
use super::place::{CameBy, NeedKind, NeedState, PlaceId, State, person_key};
use super::record::{self, Record};
use super::store::groups;
use super::store::places::{self, NewPlace};
use crate::app::App;
use crate::clock;
use crate::db::{self, Tx};
use crate::random::Random;
use crate::thread::id::FocusGroupId;

/// The address of the group that has taken place, for those who write of what came of it.
pub const PAST: &str = "waiting-in-for-repairs";

const NAMES: &[&str] = &[
    "Wren Attley",
    "Morgan Pell",
    "Idris Vale",
    "Joan Larch",
    "Sunil Marsh",
    "Bea Cotter",
    "Tomasz Reed",
    "Hattie Flint",
    "Olu Bright",
    "Greta Moss",
    "Fergus Hale",
    "Nadia Quince",
    "Percy Underhill",
    "Lil Sparrow",
    "Dev Orchard",
    "Mabel Tarn",
];

/// Adds the example focus groups.
///
/// # Errors
/// When the database refuses.
pub async fn load(app: &App, tx: &mut Tx, chance: &Random) -> Result<(), db::Error> {
    let today = app.clock.today();
    past(app, tx, chance, today).await?;
    full(app, tx, chance, today).await?;
    with_places(app, tx, chance, today).await
}

/// A weekday near the day, at a time in London.
fn at(day: NaiveDate, hour: u32, minute: u32) -> DateTime<Utc> {
    use chrono::Datelike as _;
    let ahead = match day.weekday() {
        chrono::Weekday::Sat => 2,
        chrono::Weekday::Sun => 1,
        _ => 0,
    };
    let day = day.checked_add_days(Days::new(ahead)).unwrap_or(day);
    let time = NaiveTime::from_hms_opt(hour, minute, 0).unwrap_or(NaiveTime::MIN);
    clock::london_instant(day.and_time(time)).unwrap_or_else(|_| day.and_time(time).and_utc())
}

fn after(today: NaiveDate, days: u64) -> NaiveDate {
    today.checked_add_days(Days::new(days)).unwrap_or(today)
}

fn before(today: NaiveDate, days: u64) -> NaiveDate {
    today.checked_sub_days(Days::new(days)).unwrap_or(today)
}

async fn open(tx: &mut Tx, plan: &Plan, on: DateTime<Utc>) -> Result<FocusGroupId, db::Error> {
    let id = groups::insert(tx, plan, on).await?;
    groups::mark_published(tx, id, on).await?;
    Ok(id)
}

/// Signs an example person up without a letter: nobody real is behind the address.
async fn sign_up(
    tx: &mut Tx,
    chance: &Random,
    group: FocusGroupId,
    who: usize,
    on: DateTime<Utc>,
) -> Result<Option<PlaceId>, db::Error> {
    let Some((taken, number)) = groups::take(tx, group, on).await? else { return Ok(None) };
    let name = NAMES.get(who % NAMES.len()).copied().unwrap_or("Robin Hearth");
    let phoned = who % 4 == 3;
    let email = format!("{}@residents.example", name.to_lowercase().replace(' ', "."));
    let phone = format!("01632 960 {:03}", 200 + who);
    let (email, phone) = if phoned { (None, Some(phone)) } else { (Some(email), None) };
    let key = person_key(name, email.as_deref(), phone.as_deref());
    let new = NewPlace {
        group_id: group,
        number,
        reference: &chance.reference(),
        person_key: &key,
        name,
        email: email.as_deref(),
        phone: phone.as_deref(),
        wishes: if who % 5 == 2 { "I use a walking frame and tire after an hour." } else { "" },
        came_by: if phoned { CameBy::Phone } else { CameBy::Web },
        state: if taken.waiting == 0 { State::Booked } else { State::Waiting },
    };
    places::insert(tx, &new, on).await.map(Some)
}

async fn past(app: &App, tx: &mut Tx, chance: &Random, today: NaiveDate) -> Result<(), db::Error> {
    let starts_at = at(before(today, 250), 14, 0);
    let plan = Plan {
        slug: PAST.into(),
        title: "Waiting in for repairs".into(),
        purpose: "To hear what it is like to wait in for a repair, before we set the new appointment times.".into(),
        can_change:
            "The length of the time slots, evening and Saturday visits, and how we tell you that we are on our way."
                .into(),
        cannot_change: "Emergency repairs come first, whatever else is booked.".into(),
        format: Format::InPerson,
        place: "The Lantern Room, Millbeck Library\n4 Weir Street, Millbeck".into(),
        starts_at,
        ends_at: starts_at + TimeDelta::minutes(90),
        offers: NeedKind::ALL.to_vec(),
        capacity: 9,
    };
    let asked = starts_at - TimeDelta::days(24);
    let id = open(tx, &plan, asked).await?;
    let mut attendance = Vec::new();
    for who in 0..9 {
        let on = asked + TimeDelta::hours(7 * i64::try_from(who).unwrap_or(0) + 3);
        if let Some(place) = sign_up(tx, chance, id, who, on).await? {
            attendance.push((place, Some(who != 4)));
        }
    }
    let Some(group) = groups::find_by_id(tx, id).await? else { return Ok(()) };
    let record = Record {
        attendance,
        information_given: "“Repairs appointments: the facts”, version 2, sent a week before and read out at the start.".into(),
        notes: "How long is too long to wait in?\nMost said half a day is the most they can take off. Two carers said two hours.\n\nHow do you want to hear that we are coming?\nA text for most; a call for those who do not see well.\n\nA view of few: one person would rather leave a key with a neighbour.".into(),
        heard: "Half a day is too long for people who work or care. Everybody wanted a message when the repairs worker sets off.\n\nSix of eight would take a visit after 5pm, and most would take a Saturday.\n\nA few do not use a mobile phone: a call to the landline matters to them.".into(),
        next_steps: "The repairs manager answers each point within twelve weeks. What changes is written under “What changed because of you”.".into(),
        publish: true,
    };
    record::keep(app, tx, &group, &record).await
}

async fn full(app: &App, tx: &mut Tx, chance: &Random, today: NaiveDate) -> Result<(), db::Error> {
    let starts_at = at(after(today, 11), 18, 0);
    let plan = Plan {
        slug: "feeling-safe-on-the-estate".into(),
        title: "Feeling safe on the estate".into(),
        purpose: "To decide with you where the money for lighting, gates and patrols should go next year.".into(),
        can_change: "Which places come first, and how we answer when you report something.".into(),
        cannot_change: "The sum for the year is set. Policing is for the police, who will send somebody to listen."
            .into(),
        format: Format::InPerson,
        place: "Weavers’ Community Hall\nShuttle Lane, Millbeck".into(),
        starts_at,
        ends_at: starts_at + TimeDelta::minutes(105),
        offers: NeedKind::ALL.to_vec(),
        capacity: 8,
    };
    let now = app.clock.now();
    let opened = now - TimeDelta::days(12);
    let id = open(tx, &plan, opened).await?;
    let mut ids = Vec::new();
    for who in 0..13 {
        let on = opened + TimeDelta::hours(9 * i64::try_from(who).unwrap_or(0) + 2);
        ids.extend(sign_up(tx, chance, id, who + 2, on).await?);
    }
    ask(tx, &ids, now).await?;
    // Somebody withdrew this morning, and the first of those who wait has been offered the place.
    let this_morning = now - TimeDelta::hours(3);
    if let Some(leaver) = ids.get(5)
        && places::change_state(tx, *leaver, State::Booked, State::Withdrawn, this_morning, None).await?
    {
        places::forget_person_key(tx, *leaver).await?;
        groups::give_back(tx, id).await?;
        offer_next(tx, id, this_morning).await?;
    }
    Ok(())
}

async fn offer_next(tx: &mut Tx, id: FocusGroupId, on: DateTime<Utc>) -> Result<(), db::Error> {
    let Some(group) = groups::find_by_id(tx, id).await? else { return Ok(()) };
    let Some(next) = places::first_waiting(tx, id).await? else { return Ok(()) };
    groups::move_up(tx, id).await?;
    places::change_state(tx, next.id, State::Waiting, State::Offered, on, Group::hold_until(&group, on)).await?;
    Ok(())
}

async fn ask(tx: &mut Tx, ids: &[PlaceId], now: DateTime<Utc>) -> Result<(), db::Error> {
    let wanted =
        [(0, NeedKind::Transport), (2, NeedKind::Childcare), (3, NeedKind::Papers), (6, NeedKind::Interpreter)];
    for (who, kind) in wanted {
        if let Some(id) = ids.get(who) {
            places::insert_need(tx, *id, kind, now - TimeDelta::days(8)).await?;
        }
    }
    if let Some(id) = ids.first() {
        let words = "A taxi from your door at 5:30pm, and home again afterwards.";
        places::set_need(tx, *id, NeedKind::Transport, NeedState::Arranged, words, now - TimeDelta::days(4)).await?;
    }
    if let Some(id) = ids.get(3) {
        let words = "The papers come to you in large print three days before.";
        places::set_need(tx, *id, NeedKind::Papers, NeedState::Arranged, words, now - TimeDelta::days(4)).await?;
    }
    Ok(())
}

async fn with_places(app: &App, tx: &mut Tx, chance: &Random, today: NaiveDate) -> Result<(), db::Error> {
    let starts_at = at(after(today, 23), 10, 30);
    let plan = Plan {
        slug: "reporting-a-problem-online".into(),
        title: "Reporting a problem online".into(),
        purpose: "To try out the new repairs form with you before we order it.".into(),
        can_change: "The questions, their order and words, and what you hear from us afterwards.".into(),
        cannot_change: "You can always phone instead: that stays.".into(),
        format: Format::Online,
        place: "A video call. We send you the link, and lend you a tablet if you need one.".into(),
        starts_at,
        ends_at: starts_at + TimeDelta::minutes(90),
        offers: vec![NeedKind::HomeVisit, NeedKind::Childcare, NeedKind::Interpreter, NeedKind::Papers],
        capacity: 10,
    };
    let opened = app.clock.now() - TimeDelta::days(5);
    let id = open(tx, &plan, opened).await?;
    for who in 0..4 {
        let on = opened + TimeDelta::hours(20 * i64::try_from(who).unwrap_or(0) + 5);
        sign_up(tx, chance, id, who + 8, on).await?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::db_test;
    use crate::testing::app_on;

    db_test!(the_example_has_a_full_group_one_with_places_and_a_past_one_with_its_record, db => {
        let app = app_on(db);
        let mut tx = app.db.write().await.unwrap();
        load(&app, &mut tx, &Random::seeded(1)).await.unwrap();
        let open = groups::open_now(&mut tx, app.clock.now()).await.unwrap();
        assert_eq!(open.iter().map(|group| group.places_left).collect::<Vec<_>>(), [0, 6]);
        let full = groups::find_by_slug(&mut tx, "feeling-safe-on-the-estate").await.unwrap().unwrap();
        assert_eq!((full.taken, full.capacity, full.waiting), (8, 8, 4));
        let past = groups::find_by_slug(&mut tx, PAST).await.unwrap().unwrap();
        assert_eq!(record::count_came(&mut tx, &past).await.unwrap(), 8);
        assert!(past.heard_published_at.is_some());
    });
}
