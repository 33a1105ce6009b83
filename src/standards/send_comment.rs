//! A resident says how a standard went for them.

use chrono::TimeDelta;
use futures::future::BoxFuture;

use super::comment::NewComment;
use super::store::comments;
use crate::app::App;
use crate::db::{self, Tx};
use crate::jobs::JobError;
use crate::random::sha256;
use crate::thread::id::{CommentId, StandardId};

/// How many comments one network address may send in an hour: enough for a library or an office.
pub const MOST_AN_HOUR: i64 = 20;

/// What became of a comment.
#[derive(Debug, PartialEq, Eq)]
pub enum Sent {
    /// It waits to be read.
    Kept(CommentId),
    /// The same form was sent before; there is one comment.
    Before,
    /// Too many came from one place; nothing was kept.
    TooMany,
}

/// Keeps a comment that passed the form's checks. `client` is the network address, kept as a hash for an hour to stop floods.
///
/// # Errors
/// When the database refuses.
pub async fn send(
    app: &App,
    tx: &mut Tx,
    standard: StandardId,
    new: &NewComment,
    client: &str,
) -> Result<Sent, db::Error> {
    let now = app.clock.now();
    let counter = sha256(&format!("comment from {client}"));
    if comments::count_sent(tx, &counter, now - TimeDelta::hours(1)).await? >= MOST_AN_HOUR {
        return Ok(Sent::TooMany);
    }
    let Some(id) = comments::insert(tx, standard, new, now).await? else { return Ok(Sent::Before) };
    comments::insert_sender(tx, &counter, now).await?;
    Ok(Sent::Kept(id))
}

/// Forgets where comments came from once the hour is over.
pub fn forget_senders(app: App) -> BoxFuture<'static, Result<(), JobError>> {
    Box::pin(async move {
        let mut tx = app.db.write().await?;
        comments::forget_senders(&mut tx, app.clock.now() - TimeDelta::hours(1)).await?;
        tx.commit().await?;
        Ok(())
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::db_test;
    use crate::standards::store::tests::published;
    use crate::testing::app_on;

    db_test!(a_form_sent_twice_is_one_comment_and_a_flood_from_one_place_stops, db => {
        let app = app_on(db);
        let mut tx = app.db.write().await.unwrap();
        let standard = published(&app, &mut tx, "Calls").await;
        let new = |key: i64| NewComment { submission_key: format!("key {key}"), words: "They rang back.".into(), ..NewComment::default() };
        assert!(matches!(send(&app, &mut tx, standard, &new(0), "a").await.unwrap(), Sent::Kept(_)));
        assert_eq!(send(&app, &mut tx, standard, &new(0), "a").await.unwrap(), Sent::Before);
        for key in 1..MOST_AN_HOUR {
            send(&app, &mut tx, standard, &new(key), "a").await.unwrap();
        }
        assert_eq!(send(&app, &mut tx, standard, &new(90), "a").await.unwrap(), Sent::TooMany);
        assert!(matches!(send(&app, &mut tx, standard, &new(91), "b").await.unwrap(), Sent::Kept(_)));
        assert_eq!(comments::count_waiting(&mut tx).await.unwrap(), MOST_AN_HOUR + 1);
        tx.commit().await.unwrap();
        app.clock.advance(TimeDelta::minutes(61));
        forget_senders(app.clone()).await.unwrap();
        let mut tx = app.db.write().await.unwrap();
        assert!(matches!(send(&app, &mut tx, standard, &new(92), "a").await.unwrap(), Sent::Kept(_)));
    });
}
