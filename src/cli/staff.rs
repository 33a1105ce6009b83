//! `doorstep staff invite` and `doorstep staff reset`: ways in when no administrator can sign in or mail is down.

use super::{Outcome, StaffCommand, say, text};
use crate::app::App;
use crate::audit::Actor;
use crate::db::migrate;
use crate::people::invite::{self, NewPerson};
use crate::people::reset;

pub(super) async fn run(app: &App, command: StaffCommand) -> Outcome {
    migrate::run(&app.db).await.map_err(text)?;
    let mut tx = app.db.write().await.map_err(text)?;
    let link = match &command {
        StaffCommand::Invite { email, role, name } => {
            let name = name.as_deref().unwrap_or(email);
            let person = NewPerson { email, name, role: *role };
            invite::invite(app, &mut tx, &Actor::system(), person).await.map_err(text)?
        }
        StaffCommand::Reset { email } => reset::link_for(app, &mut tx, &Actor::system(), email).await.map_err(text)?,
    };
    tx.commit().await.map_err(text)?;
    say(&link);
    Ok(())
}
