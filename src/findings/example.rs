//! The example landlord's eight entries in "what changed because of you": voices, decisions with their reasons, and the actions they caused.

use chrono::{Days, TimeDelta};

use super::finding::{Decision, Text};
use super::store;
use crate::app::App;
use crate::db::{self, Tx};
use crate::thread::{self, Record};
use crate::web::slug::slug;
use crate::{focus_groups, people, plans, standards, surveys};

/// Where the words of an entry came from.
enum Voice {
    /// The past focus group.
    Group,
    /// The survey of that title.
    Survey(&'static str),
    /// Comments on promises, in words.
    Comments,
}

struct Entry {
    title: &'static str,
    asked: &'static str,
    said: &'static str,
    heard_from: &'static str,
    did: &'static str,
    decision: Decision,
    reason: &'static str,
    /// Days before today.
    decided: u64,
    voice: Voice,
    /// Addresses of standards.
    standards: &'static [&'static str],
    /// The references of the actions it caused.
    actions: &'static [&'static str],
}

const ENTRIES: &[Entry] = &[
    Entry {
        title: "Repairs in the evening and on Saturday morning",
        asked: "What is it like to wait in for a repair, and which times would suit you?",
        said: "Half a day off work for a dripping tap is too much. Six of eight would take a visit after 5 pm, and most would take a Saturday.\n\nTwo people who care for somebody said that a two-hour slot matters more to them than the day. Everybody wanted a message when the worker sets off.",
        heard_from: "Eight residents in a focus group",
        did: "Evening and Saturday appointments can be booked in every area. You choose a slot of two hours when you report the repair.\n\nA text goes out the day before, and another when the worker sets off; those who prefer a call get a call. Missed visits fell from 112 to 61 a month.",
        decision: Decision::Accepted,
        reason: "Missed visits cost us about as much as the evening rounds do, and nobody should lose pay over a repair.",
        decided: 226,
        voice: Voice::Group,
        standards: &["appointments-kept", "routine-repairs"],
        actions: &["1.1", "1.2"],
    },
    Entry {
        title: "Leaving a key with a neighbour",
        asked: "What would save you from waiting in at all?",
        said: "One person would rather leave a key with a neighbour, and others could see why.",
        heard_from: "One of eight residents in a focus group",
        did: "We did not change this rule. If you cannot be at home, any adult you name can let us in; tell us who when you book.",
        decision: Decision::NotAccepted,
        reason: "Our insurance does not cover work in an empty home, and the worker should be able to ask you what is wrong.",
        decided: 211,
        voice: Voice::Group,
        standards: &["appointments-kept"],
        actions: &[],
    },
    Entry {
        title: "We ring back, so that you need not wait in the queue",
        asked: "How did it go when you phoned us?",
        said: "The wait costs money on a pay-as-you-go phone. People who rang twice told their story twice.",
        heard_from: "Comments on our promises, and people in the queue whom we asked",
        did: "After one minute the telephone offers to ring you back, at any time of the day. 95 in 100 are rung back the same day.",
        decision: Decision::Accepted,
        reason: "The people who wait longest are often those who can least afford it.",
        decided: 176,
        voice: Voice::Comments,
        standards: &["calls-answered", "call-backs-kept"],
        actions: &["4.2"],
    },
    Entry {
        title: "A website that works on a phone instead of an app",
        asked: "Would you use an app of ours for rent and repairs?",
        said: "Four in five would not. Another app takes up room on the phone and wants another password. They would rather have the website work well on a small screen.",
        heard_from: "Residents at open evenings, and comments on our promises",
        did: "We stopped the app. Its money went to evening appointments and to answering the telephone.",
        decision: Decision::Accepted,
        reason: "An app that one in five would use is not worth £95,000 of rent.",
        decided: 147,
        voice: Voice::Comments,
        standards: &["emails-answered"],
        actions: &["4.5"],
    },
    Entry {
        title: "Plain advice on damp, written by tenants",
        asked: "Is our leaflet on damp any use to you?",
        said: "It blames us. “Open a window” is no answer to a leaking gutter. And not everybody reads English easily.",
        heard_from: "Eleven residents who had reported damp, and comments on our promises",
        did: "Tenants wrote a new leaflet. It says what we do and by when, and comes in English, Polish, Welsh and Urdu, with every welcome pack.",
        decision: Decision::Accepted,
        reason: "They were right: damp is seldom the fault of the person who lives with it.",
        decided: 110,
        voice: Voice::Comments,
        standards: &["damp-inspected"],
        actions: &["2.4"],
    },
    Entry {
        title: "A picture of what clean means, in every entrance",
        asked: "How clean are the halls and stairs of your block?",
        said: "It depends on the week and on the cleaner. Nobody knows what is meant to be done, so nobody can say that it was not.\n\nSome asked for cleaning every day.",
        heard_from: "Tenants of twenty blocks, on the walks round the estates",
        did: "All 64 entrances have a page with photographs, taken by tenants, of what clean means there and on which day.",
        decision: Decision::Partly,
        reason: "Daily cleaning would add about £4 a week to everybody’s service charge, and two in three did not want that.",
        decided: 76,
        voice: Voice::Comments,
        standards: &["cleaning-grade", "cleaning-satisfaction"],
        actions: &["6.1"],
    },
    Entry {
        title: "Our own gardeners on two estates",
        asked: "How are the lawns and beds round your home looked after?",
        said: "A different crew each time, and the same corners left out. Many want a gardener who knows the place.",
        heard_from: "Tenants on the walks round ten estates, and comments on our promises",
        did: "Four gardeners of our own start on Orchard Row and Harrow Green in spring. After half a year we ask you how it went, before we decide about the other estates.",
        decision: Decision::Partly,
        reason: "The contract for the other estates runs on, and we want to see first what it costs and whether it is better.",
        decided: 52,
        voice: Voice::Comments,
        standards: &["grass-cut", "grounds-satisfaction"],
        actions: &["6.3"],
    },
    Entry {
        title: "The right parts on every van",
        asked: "How was your last repair, and was it mended at the first visit?",
        said: "Where it took two visits, the part was mostly missing from the van. People do not mind waiting for a rare part; they do mind waiting for a tap washer.",
        heard_from: "Residents who answered the survey “Your last repair”",
        did: "Every van gets the twenty parts the crews miss most often. Nine of fifteen vans carry them; the others follow as soon as their new racks are here.",
        decision: Decision::Accepted,
        reason: "A second visit costs more than the part, and your time too.",
        decided: 41,
        voice: Voice::Survey("Your last repair"),
        standards: &["fixed-first-visit", "repairs-satisfaction"],
        actions: &["1.4"],
    },
];

/// Adds the example entries: written by the officer, read and published by the manager a week later; and one draft that waits for the manager.
///
/// # Errors
/// When the database refuses.
pub async fn load(app: &App, tx: &mut Tx) -> Result<(), db::Error> {
    let Some((officer, _)) = people::store::find_by_email(tx, "officer@larkfield.example").await? else {
        return Ok(());
    };
    let Some((manager, _)) = people::store::find_by_email(tx, "manager@larkfield.example").await? else {
        return Ok(());
    };
    for entry in ENTRIES {
        let text = text(app, tx, entry).await?;
        let written = app.clock.now() - TimeDelta::days(i64::try_from(entry.decided).unwrap_or(0));
        let id = store::insert(tx, &text, officer.id, written).await?;
        for record in &text.joined {
            let finding = Record::Finding(id);
            let (from, to) = if matches!(record, Record::Action(_)) { (finding, *record) } else { (*record, finding) };
            thread::connect(tx, from, to, written).await?;
        }
        store::mark_published(tx, id, manager.id, written + TimeDelta::days(6)).await?;
    }
    let Some(draft) = ENTRIES.first() else { return Ok(()) };
    let mut text = text(app, tx, draft).await?;
    text.title = "Brighter lights on Shuttle Lane".into();
    text.slug = slug(&text.title);
    text.asked = "Where do you feel unsafe after dark?".into();
    text.said = "On Shuttle Lane, between the hall and the bus stop. Three lamps have been out since summer.".into();
    text.heard_from = "Residents who walked the estate with us".into();
    text.did = "The three lamps are mended. New lamps along the whole lane are part of next year’s plan.".into();
    text.reason = "It was quick to do, and everybody who walked with us named it.".into();
    text.decided_on = app.clock.today();
    text.joined = standard(tx, "asb-satisfaction").await?.into_iter().collect();
    let id = store::insert(tx, &text, officer.id, app.clock.now() - TimeDelta::hours(20)).await?;
    for record in text.joined {
        thread::connect(tx, record, Record::Finding(id), app.clock.now()).await?;
    }
    Ok(())
}

async fn standard(tx: &mut Tx, slug: &str) -> Result<Option<Record>, db::Error> {
    Ok(standards::find_published_by_slug(tx, slug).await?.map(|standard| Record::Standard(standard.id)))
}

async fn text(app: &App, tx: &mut Tx, entry: &Entry) -> Result<Text, db::Error> {
    let today = app.clock.today();
    let mut joined = Vec::new();
    match entry.voice {
        Voice::Group => {
            let past =
                focus_groups::list_all(tx).await?.into_iter().find(|group| group.slug == focus_groups::example::PAST);
            joined.extend(past.map(|group| Record::FocusGroup(group.id)));
        }
        Voice::Survey(title) => {
            let held = surveys::list_published(tx).await?.into_iter().find(|survey| survey.title == title);
            joined.extend(held.map(|survey| Record::Survey(survey.id)));
        }
        Voice::Comments => {}
    }
    for slug in entry.standards {
        joined.extend(standard(tx, slug).await?);
    }
    for reference in entry.actions {
        let start = format!("{reference} ");
        let action = plans::list_choices(tx, today).await?.into_iter().find(|(_, name)| name.starts_with(&start));
        joined.extend(action.map(|(id, _)| Record::Action(id)));
    }
    Ok(Text {
        slug: slug(entry.title),
        title: entry.title.into(),
        asked: entry.asked.into(),
        said: entry.said.into(),
        heard_from: entry.heard_from.into(),
        did: entry.did.into(),
        decision: entry.decision,
        reason: entry.reason.into(),
        decided_on: today.checked_sub_days(Days::new(entry.decided)).unwrap_or(today),
        joined,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::db_test;
    use crate::testing::app_on;

    db_test!(the_example_has_eight_published_entries_with_their_actions_and_a_draft, db => {
        let app = app_on(db);
        crate::example::load(&app).await.unwrap();
        let mut tx = app.db.read().await.unwrap();
        let all = store::list_latest(&mut tx, 100).await.unwrap();
        assert_eq!(all.len(), 8);
        assert_eq!(store::list_all(&mut tx).await.unwrap().len(), 9);
        for finding in all.iter().filter(|finding| finding.decision != Decision::NotAccepted) {
            let around = crate::findings::around::read(&mut tx, finding.id, app.clock.now()).await.unwrap();
            assert!(!around.actions.is_empty(), "{}", finding.title);
        }
    });
}
