//! What in focus groups needs a person now.

use chrono::{DateTime, TimeDelta, Utc};

use super::group::{Group, Stage};
use super::place::{Need, NeedState, Place, State};
use super::store;
use crate::clock;
use crate::db::{self, Tx};
use crate::thread::Attention;

/// Everything to do in sessions to come and in those of the last three months.
///
/// # Errors
/// When the database refuses.
pub async fn needs_attention(tx: &mut Tx, now: DateTime<Utc>) -> Result<Vec<Attention>, db::Error> {
    let mut all = Vec::new();
    for group in store::groups::list_to_come(tx, now).await? {
        let places = store::places::list(tx, group.id).await?;
        let needs = store::places::list_needs_of_group(tx, group.id).await?;
        all.extend(to_come(&group, &places, &needs, now));
    }
    for group in store::groups::list_held(tx, now, 20).await? {
        if group.starts_at + TimeDelta::days(92) < now {
            continue;
        }
        let record = format!("/staff/focus-groups/{}/record", group.id);
        let on = group.on();
        if store::places::list(tx, group.id).await?.iter().any(|p| p.state == State::Booked && p.attended.is_none()) {
            all.push(Attention {
                sentence: format!("Say who came to “{}” on {on}", group.title),
                href: record.clone(),
            });
        }
        if group.heard_published_at.is_none() {
            all.push(Attention {
                sentence: format!("Publish what was heard in “{}” on {on}", group.title),
                href: record,
            });
        }
    }
    Ok(all)
}

fn to_come(group: &Group, places: &[Place], needs: &[Need], now: DateTime<Utc>) -> Vec<Attention> {
    let mut all = Vec::new();
    if group.stage(now) != Stage::Open {
        return all;
    }
    let people = format!("/staff/focus-groups/{}/people", group.id);
    let open = needs.iter().filter(|need| need.state == NeedState::Requested).count();
    if open > 0 {
        let what = if open == 1 { "1 support need".into() } else { format!("{open} support needs") };
        let on = group.on();
        all.push(Attention {
            sentence: format!("{what} to arrange for “{}” on {on}", group.title),
            href: people.clone(),
        });
    }
    for place in places.iter().filter(|place| place.email.is_none() && place.state == State::Offered) {
        let until = place.offer_until.map(clock::day_and_time).unwrap_or_default();
        let href = format!("{people}/{}", place.id);
        all.push(Attention {
            sentence: format!(
                "Phone {} before {until}: a place in “{}” is offered to them",
                place.shown_name(),
                group.title
            ),
            href,
        });
    }
    let free = group.capacity - group.taken;
    if free > 0 && group.waiting > 0 {
        let sentence = format!(
            "Phone round: “{}” starts within a day, {free} free and {} on the waiting list",
            group.title, group.waiting
        );
        all.push(Attention { sentence, href: people });
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::db_test;
    use crate::focus_groups::place::NeedKind;
    use crate::focus_groups::testing::{self, opened};
    use crate::testing::app_on;

    db_test!(open_needs_people_to_phone_and_missing_records_are_named, db => {
        let app = app_on(db);
        let id = opened(&app, 1).await;
        let ann = testing::sign_up(&app, id, "Ann").await;
        let mut tx = app.db.write().await.unwrap();
        crate::focus_groups::support::add(&app, &mut tx, ann.place_id, NeedKind::Transport).await.unwrap();
        let found = needs_attention(&mut tx, app.clock.now()).await.unwrap();
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].sentence, "1 support need to arrange for “Talk about repairs” on 10 December 2026");
        let after = testing::group(&app, id).await.ends_at;
        let found = needs_attention(&mut tx, after).await.unwrap();
        assert_eq!(found.len(), 2);
        assert!(found[0].sentence.starts_with("Say who came") && found[1].sentence.starts_with("Publish what was heard"));
    });
}
