//! `doorstep import plan`: the landlord's plan from the table it is kept in.

use super::{ImportCommand, Outcome, say, text};
use crate::app::App;
use crate::db::migrate;
use crate::plans;

pub(super) async fn run(app: &App, command: ImportCommand) -> Outcome {
    migrate::run(&app.db).await.map_err(text)?;
    let ImportCommand::Plan { file, leads, as_of, dry_run } = command;
    let report = plans::import::run(app, &file, leads.as_deref(), as_of, dry_run).await.map_err(text)?;
    say(report.to_string().trim_end());
    Ok(())
}
