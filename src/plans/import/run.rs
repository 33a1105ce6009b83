//! Importing from the command line: look, apply, report.

use std::path::Path;

use chrono::NaiveDate;

use super::apply::{Into, apply};
use super::look::{LookError, look_as_of};
use super::report::Report;
use super::rows::FileError;
use crate::app::App;
use crate::audit::{self, Actor};
use crate::db;
use crate::exchange::sheet;
use crate::plans::start::StartError;
use crate::plans::store::{self, Sent, Written};

/// Why nothing was imported.
#[derive(Debug, thiserror::Error)]
pub enum RunError {
    /// A file cannot be opened.
    #[error("{0} cannot be opened: {1}")]
    Open(String, std::io::Error),
    /// A file cannot be read as a plan.
    #[error("{0}: {1}")]
    Look(String, LookError),
    /// The day given cannot be that of the plan in the file.
    #[error("{0}")]
    Day(String),
    /// The plan was closed or opened meanwhile.
    #[error("somebody else changed which plan is current; try again")]
    Raced,
    /// The database refused.
    #[error(transparent)]
    Database(#[from] db::Error),
}

/// Imports a plan from a file, with the leads' names from a second one, as it stood on `as_of`: when that is not
/// given, on the day the file names, or today. A dry run only tells.
///
/// # Errors
/// When a file cannot be read; then nothing was changed.
pub async fn run(
    app: &App,
    path: &Path,
    leads: Option<&Path>,
    as_of: Option<NaiveDate>,
    dry_run: bool,
) -> Result<Report, RunError> {
    let open = |path: &Path| std::fs::read(path).map_err(|error| RunError::Open(path.display().to_string(), error));
    let bytes = open(path)?;
    let names = leads.map(open).transpose()?;
    let file_name = path.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default();
    let wrong = |error| RunError::Look(path.display().to_string(), error);
    sheet::check_name(&file_name, &bytes).map_err(|error| wrong(LookError::File(FileError::Sheet(error))))?;
    let (now, today) = (app.clock.now(), app.clock.today());
    let mut tx = app.db.write().await?;
    let seen = look_as_of(&mut tx, &bytes, names.as_deref(), today, as_of).await.map_err(wrong)?;
    if let Some(refusal) = seen.refusal(as_of, today) {
        return Err(RunError::Day(refusal));
    }
    let as_new = seen.is_another;
    let report = Report::of(&seen, as_new, dry_run);
    if dry_run {
        return Ok(report);
    }
    let written = Written { at: now, by: None };
    let into = if as_new { Into::NewPlan } else { Into::Current };
    let plan = apply(&mut tx, &seen, into, written).await.map_err(|error| match error {
        StartError::AnotherIsOpen => RunError::Raced,
        StartError::Database(error) => error.into(),
    })?;
    let sent = Sent { name: &file_name, bytes: &bytes };
    let id = store::insert_import(&mut tx, sent, None, seen.dated(), written).await?;
    store::decide_import(&mut tx, id, Some((plan, seen.dated())), &report.sentence(), now).await?;
    audit::record(&mut tx, now, &Actor::system(), "imported a plan", &file_name, &report.sentence()).await?;
    tx.commit().await?;
    Ok(report)
}
