//! Draining the outbox: each letter is tried for 72 hours, then shown to staff as failed.

use super::smtp::SendError;
use super::store;
use crate::app::App;
use crate::db;
use crate::jobs::runner::{LEASE, can_wait, wait_after};

/// Sends every letter that is due now. Returns how many left.
///
/// # Errors
/// When the database refuses; a letter's own failure is kept with the letter.
pub async fn drain(app: &App) -> Result<usize, db::Error> {
    let mut sent = 0;
    loop {
        let now = app.clock.now();
        let mut tx = app.db.read().await?;
        if !store::any_due(&mut tx, now).await? {
            return Ok(sent);
        }
        drop(tx);
        let mut tx = app.db.write().await?;
        let claimed = store::claim(&mut tx, now, now + LEASE).await?;
        tx.commit().await?;
        let Some(letter) = claimed else { return Ok(sent) };
        let outcome = app.mailer.send(&letter).await;
        let now = app.clock.now();
        let mut tx = app.db.write().await?;
        match outcome {
            Ok(()) => {
                store::mark_sent(&mut tx, letter.letter_id, now).await?;
                sent += 1;
            }
            Err(SendError::Later(error)) if can_wait(letter.created_at, now) => {
                tracing::warn!(letter = letter.letter_id, %error, "letter {} will be tried again", letter.letter_id);
                store::postpone(&mut tx, letter.letter_id, now + wait_after(letter.attempts), &error).await?;
            }
            Err(SendError::Later(error) | SendError::Never(error)) => {
                tracing::error!(letter = letter.letter_id, %error, "letter {} failed for good", letter.letter_id);
                store::mark_failed(&mut tx, letter.letter_id, now, &error).await?;
            }
        }
        tx.commit().await?;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::db_test;
    use crate::mail::{Letter, post};
    use crate::testing::app_on;

    db_test!(without_a_mail_server_letters_are_written_to_the_folder, db => {
        let app = app_on(db);
        let mut tx = app.db.write().await.unwrap();
        let letter = Letter { to: "pat@example.org".into(), subject: "A test\r\nBcc: x@example.org".into(), body: "Hello".into(), attachment: None };
        let id = post(&mut tx, app.clock.now(), &letter).await.unwrap();
        tx.commit().await.unwrap();
        assert_eq!(drain(&app).await.unwrap(), 1);
        assert_eq!(drain(&app).await.unwrap(), 0);
        let text = std::fs::read_to_string(app.mailer.folder().unwrap().join(format!("letter-{id}.eml"))).unwrap();
        assert!(text.contains("To: pat@example.org"));
        assert!(!text.lines().any(|line| line.starts_with("Bcc:")));
    });

    db_test!(a_letter_that_can_never_leave_is_shown_as_failed_and_can_be_resent, db => {
        let app = app_on(db);
        let mut tx = app.db.write().await.unwrap();
        let letter = Letter { to: "not an address".into(), subject: "A test".into(), body: "Hello".into(), attachment: None };
        let id = post(&mut tx, app.clock.now(), &letter).await.unwrap();
        tx.commit().await.unwrap();
        assert_eq!(drain(&app).await.unwrap(), 0);
        let mut tx = app.db.write().await.unwrap();
        assert_eq!(store::count_failed(&mut tx).await.unwrap(), 1);
        assert!(store::resend(&mut tx, id, app.clock.now()).await.unwrap());
        assert!(!store::resend(&mut tx, id, app.clock.now()).await.unwrap());
        assert_eq!(store::count_failed(&mut tx).await.unwrap(), 0);
        let listed = store::list(&mut tx, 10).await.unwrap();
        assert_eq!(listed.len(), 1);
        assert_eq!(store::hold_waiting(&mut tx, app.clock.now(), "held").await.unwrap(), 1);
        assert_eq!(store::hold_waiting(&mut tx, app.clock.now(), "held").await.unwrap(), 0);
        assert_eq!(store::count_failed(&mut tx).await.unwrap(), 1);
    });
}
