//! `doorstep example`: loads the example landlord, a plainly invented one, into an empty database.

use super::{Outcome, say, text};
use crate::app::App;
use crate::db::{self, migrate};
use crate::{focus_groups, people, plans, standards, surveys};

pub(super) async fn run(app: &App) -> Outcome {
    if !app.config.is_loopback_only() {
        return Err("the example landlord has well-known passwords: it is for a portal that listens on a loopback address and is reached by one".into());
    }
    migrate::run(&app.db).await.map_err(text)?;
    if holds_anything(app).await.map_err(text)? {
        return Err("this database already holds something: the example landlord is for an empty one".into());
    }
    crate::example::load(app).await?;
    say("The example landlord is loaded.");
    Ok(())
}

async fn holds_anything(app: &App) -> Result<bool, db::Error> {
    let mut tx = app.db.read().await?;
    Ok(people::store::count(&mut tx).await? > 0
        || !plans::store::list_plans(&mut tx).await?.is_empty()
        || !standards::store::versions::list_for_staff(&mut tx).await?.is_empty()
        || !surveys::store::list(&mut tx).await?.is_empty()
        || !focus_groups::list_all(&mut tx).await?.is_empty())
}

/// Prints the example accounts with their password, when there are any.
pub(super) async fn say_sign_ins(app: &App) -> Outcome {
    let mut tx = app.db.read().await.map_err(text)?;
    let accounts = people::store::list(&mut tx).await.map_err(text)?;
    if app.config.is_loopback_only() && accounts.iter().any(|account| account.is_example) {
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
