//! What people need to take part: asked for, then arranged or, with the reason, not possible. The person is told each time.

use super::letters::Envelope;
use super::place::{NeedKind, NeedState, PlaceId};
use super::store;
use super::store::places;
use crate::app::App;
use crate::db::{self, Tx};
use crate::settings::Landlord;

/// What became of one need.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    pub kind: NeedKind,
    pub state: NeedState,
    pub words: String,
}

/// Keeps the answers and writes to the person if any of them is new. Returns how many are.
///
/// # Errors
/// When the database refuses.
pub async fn answer(
    app: &App,
    landlord: &Landlord,
    tx: &mut Tx,
    id: PlaceId,
    answers: &[Answer],
) -> Result<usize, db::Error> {
    let now = app.clock.now();
    let mut changed = 0;
    for one in answers {
        if places::set_need(tx, id, one.kind, one.state, &one.words, now).await? {
            changed += 1;
        }
    }
    if changed == 0 {
        return Ok(0);
    }
    let Some(place) = places::find(tx, id).await? else { return Ok(changed) };
    let needs = places::list_needs(tx, id).await?;
    if let Some(group) = store::groups::find_by_id(tx, place.group_id).await?
        && place.is_live()
        && group.stage(now) == super::group::Stage::Open
    {
        Envelope { app, landlord, group: &group, place: &place }.support(tx, &needs).await?;
    }
    Ok(changed)
}

/// Adds a need that somebody told us of later.
///
/// # Errors
/// When the database refuses.
pub async fn add(app: &App, tx: &mut Tx, id: PlaceId, kind: NeedKind) -> Result<(), db::Error> {
    places::insert_need(tx, id, kind, app.clock.now()).await
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::db_test;
    use crate::focus_groups::testing::{self, opened};
    use crate::testing::app_on;

    db_test!(the_person_is_told_when_a_need_is_arranged_and_not_when_nothing_changed, db => {
        let app = app_on(db);
        let landlord = Landlord::default();
        let id = opened(&app, 2).await;
        let ann = testing::sign_up(&app, id, "Ann").await;
        let mut tx = app.db.write().await.unwrap();
        add(&app, &mut tx, ann.place_id, NeedKind::Transport).await.unwrap();
        add(&app, &mut tx, ann.place_id, NeedKind::Transport).await.unwrap();
        assert_eq!(places::list_needs_of_group(&mut tx, id).await.unwrap().len(), 1);
        let done = [Answer { kind: NeedKind::Transport, state: NeedState::Arranged, words: "A taxi comes at 1:30 pm".into() }];
        assert_eq!(answer(&app, &landlord, &mut tx, ann.place_id, &done).await.unwrap(), 1);
        assert_eq!(answer(&app, &landlord, &mut tx, ann.place_id, &done).await.unwrap(), 0);
        tx.commit().await.unwrap();
        let letters = testing::letters(&app).await;
        let told: Vec<_> = letters.iter().filter(|letter| letter.subject.starts_with("What we have arranged")).collect();
        assert_eq!(told.len(), 1);
        assert!(told[0].body.contains("Transport: arranged. A taxi comes at 1:30 pm"));
    });
}
