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
    say("The example landlord is loaded. Sign in with any of these:");
    for person in people::example::PEOPLE {
        say(&format!("  {:<34} {:<28} {}", person.email, person.role.label(), people::example::PASSWORD));
    }
    Ok(())
}
