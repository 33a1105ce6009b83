//! `doorstep example`: loads the example landlord, a plainly invented one, into an empty database.

use super::{Outcome, say, text};
use crate::app::App;
use crate::db::migrate;
use crate::people;

pub(super) async fn run(app: &App) -> Outcome {
    if !app.config.listen.ip().is_loopback() {
        return Err("the example landlord has well-known passwords: it is for a loopback address only".into());
    }
    migrate::run(&app.db).await.map_err(text)?;
    let mut tx = app.db.write().await.map_err(text)?;
    if people::store::count(&mut tx).await.map_err(text)? > 0 {
        return Err("this database already holds something: the example landlord is for an empty one".into());
    }
    drop(tx);
    crate::example::load(app).await?;
    say("The example landlord is loaded.");
    Ok(())
}

/// Prints the example accounts with their password, when there are any.
pub(super) async fn say_sign_ins(app: &App) -> Outcome {
    let mut tx = app.db.read().await.map_err(text)?;
    let accounts = people::store::list(&mut tx).await.map_err(text)?;
    if accounts.iter().any(|account| account.is_example) {
        say(&format!(
            "Sign in at {}/sign-in with the password {} as any of these:",
            app.config.base_url,
            people::example::PASSWORD
        ));
        for account in accounts.iter().filter(|account| account.is_example && account.has_password) {
            say(&format!("  {:<34} {}", account.email, account.role.label()));
        }
    }
    Ok(())
}
