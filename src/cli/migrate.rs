//! `doorstep migrate`.

use super::{Outcome, say, text};
use crate::app::App;
use crate::db::migrate;

pub(super) async fn run(app: &App) -> Outcome {
    migrate::run(&app.db).await.map_err(text)?;
    say(&format!("The database has the shape of script {}.", migrate::newest()));
    Ok(())
}
