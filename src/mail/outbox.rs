//! Draining the outbox: each letter is tried for 72 hours, then shown to staff as failed.

use super::smtp::SendError;
use super::store::{self, Posted};
use crate::app::App;
use crate::db;
use crate::jobs::runner::{LEASE, can_wait, wait_after};
use crate::settings;

/// Sends every letter that is due now, until the mail server turns out to be away. Returns how many left.
///
/// # Errors
/// When the database refuses; a letter's own failure is kept with the letter.
pub async fn drain(app: &App) -> Result<usize, db::Error> {
    let mut sent = 0;
    while let Some(letter) = claim(app).await? {
        let mut tx = app.db.read().await?;
        let landlord = settings::store::find(&mut tx).await?.name;
        drop(tx);
        let outcome = app.mailer.send(&letter, &landlord).await;
        sent += usize::from(outcome.is_ok());
        let away = matches!(outcome, Err(SendError::Away(_)));
        note(app, &letter, outcome).await?;
        if away {
            break;
        }
    }
    Ok(sent)
}

async fn claim(app: &App) -> Result<Option<Posted>, db::Error> {
    let now = app.clock.now();
    // A look before the leap: an idle node must not take SQLite's write lock every second.
    let mut tx = app.db.read().await?;
    if !store::any_due(&mut tx, now).await? {
        return Ok(None);
    }
    drop(tx);
    let mut tx = app.db.write().await?;
    let claimed = store::claim(&mut tx, now, now + LEASE).await?;
    tx.commit().await?;
    Ok(claimed)
}

async fn note(app: &App, letter: &Posted, outcome: Result<(), SendError>) -> Result<(), db::Error> {
    let (id, now) = (letter.letter_id, app.clock.now());
    let mut tx = app.db.write().await?;
    match outcome {
        Ok(()) => store::mark_sent(&mut tx, id, now, app.mailer.folder().is_some()).await?,
        Err(SendError::Away(error) | SendError::Later(error)) if can_wait(letter.created_at, now) => {
            tracing::warn!(letter = id, %error, "letter {id} will be tried again");
            store::postpone(&mut tx, id, now + wait_after(letter.attempts), &error).await?;
        }
        Err(SendError::Away(error) | SendError::Later(error) | SendError::Never(error)) => {
            tracing::error!(letter = id, %error, "letter {id} failed for good");
            store::mark_failed(&mut tx, id, now, &error).await?;
        }
    }
    tx.commit().await
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Config;
    use crate::db_test;
    use crate::mail::{Letter, Mailer, post};
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
        assert!(text.lines().any(|line| line.starts_with("From:") && line.contains("Your landlord")), "{text}");
        assert!(!text.lines().any(|line| line.starts_with("Bcc:")));
        let mut tx = app.db.write().await.unwrap();
        let kept = async |tx: &mut db::Tx| store::list(tx, 1).await.unwrap().remove(0);
        assert!(kept(&mut tx).await.is_in_folder);
        store::mark_sent(&mut tx, id, app.clock.now(), false).await.unwrap();
        assert!(!kept(&mut tx).await.is_in_folder);
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

    /// A program whose mail server is a port at which nothing listens.
    fn without_a_server(app: App) -> App {
        let config = Config { smtp_url: Some("smtps://127.0.0.1:9".into()), ..app.config.clone() };
        let mailer = Mailer::from_config(&config).unwrap();
        App::new(config, app.db.clone(), app.clock.clone(), app.random.clone(), mailer)
    }

    db_test!(a_letter_is_tried_for_72_hours_then_shown_as_failed_and_leaves_when_sent_again, db => {
        let app = without_a_server(app_on(db));
        let mut tx = app.db.write().await.unwrap();
        let letter = Letter { to: "pat@example.org".into(), subject: "A test".into(), body: "Hello".into(), attachment: None };
        let id = post(&mut tx, app.clock.now(), &letter).await.unwrap();
        tx.commit().await.unwrap();
        let written = app.clock.now();
        let mut tries = 0;
        let failed_after = loop {
            assert_eq!(drain(&app).await.unwrap(), 0);
            tries += 1;
            let mut tx = app.db.read().await.unwrap();
            let kept = store::list(&mut tx, 1).await.unwrap().remove(0);
            assert!(!kept.last_error.is_empty());
            if kept.failed_at.is_some() {
                break app.clock.now() - written;
            }
            drop(tx);
            app.clock.advance(wait_after(tries));
        };
        assert_eq!(failed_after.num_hours(), 72);
        let mut tx = app.db.write().await.unwrap();
        assert!(store::resend(&mut tx, id, app.clock.now()).await.unwrap());
        tx.commit().await.unwrap();
        let back = app_on(app.db.clone());
        back.clock.advance(app.clock.now() - back.clock.now());
        assert_eq!(drain(&back).await.unwrap(), 1);
    });

    db_test!(while_the_mail_server_is_away_one_letter_is_tried_a_turn, db => {
        let app = without_a_server(app_on(db));
        let mut tx = app.db.write().await.unwrap();
        for to in ["pat@example.org", "sam@example.org"] {
            let letter = Letter { to: to.into(), subject: "A test".into(), body: "Hello".into(), attachment: None };
            post(&mut tx, app.clock.now(), &letter).await.unwrap();
        }
        tx.commit().await.unwrap();
        let tried = async || {
            let mut tx = app.db.read().await.unwrap();
            store::list(&mut tx, 9).await.unwrap().iter().filter(|letter| letter.attempts > 0).count()
        };
        assert_eq!(drain(&app).await.unwrap(), 0);
        assert_eq!(tried().await, 1);
        assert_eq!(drain(&app).await.unwrap(), 0);
        assert_eq!(tried().await, 2);
    });
}
