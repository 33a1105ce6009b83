//! Files of evidence of an audit, and reading each before it goes out: a file goes into the bundle only when an auditor has read it and says that it names no member of the public.

use super::audit::{Audit, AuditId, Drawn};
use super::error::AuditError;
use super::named::PublicNames;
use super::store::{audits, findings, verdicts};
use crate::app::App;
use crate::db::{self, Tx};
use crate::files::{self, StoredFile};
use crate::improvement::store::{activities, sign_offs};
use crate::thread::id::{AccountId, ActivityId};

/// A file of evidence.
#[derive(Debug, Clone)]
pub struct AuditFile {
    pub file: StoredFile,
    /// What it was attached as.
    pub title: String,
    /// Its folder in the bundle: "report-12".
    pub folder: String,
    /// Where it can be read.
    pub href: String,
    /// What an auditor said after reading it: that it names no member of the public, or that it does.
    pub names_nobody: Option<bool>,
}

/// Every file that shows something of what was drawn or of what came of a finding, in a fixed order, each once.
///
/// # Errors
/// When the database refuses.
pub async fn list(tx: &mut Tx, audit: &Audit) -> Result<Vec<AuditFile>, db::Error> {
    let said = verdicts::list_files(tx, audit.id).await?;
    let mut found: Vec<(String, String, String, String)> = Vec::new();
    for item in audits::list_items(tx, audit.id).await?.into_iter().filter(|item| item.place.is_some()) {
        for activity in activities_of(tx, item.of.drawn).await? {
            for one in activities::list_evidence(tx, activity).await? {
                if let Some(file) = one.file_id.clone().filter(|_| one.attached_at <= audit.opened_at) {
                    found.push((file, one.title.clone(), item.of.drawn.reference(), one.href()));
                }
            }
        }
    }
    for whole in findings::list_whole(tx, audit.id).await? {
        for one in whole.follow_ups {
            if let Some(file) = one.file_id {
                let folder = format!("finding-{}", whole.finding.number);
                let href = format!("/staff/improvement/audit-follow-ups/{}", one.follow_up_id);
                found.push((file, format!("Follow-up, {}", one.progress.label().to_lowercase()), folder, href));
            }
        }
    }
    let mut all: Vec<AuditFile> = Vec::new();
    for (id, title, folder, href) in found {
        if all.iter().any(|one| one.file.file_id == id) {
            continue;
        }
        let names_nobody = said.iter().rev().find(|(file, _)| *file == id).map(|(_, nobody)| *nobody);
        if let Some(file) = files::find(tx, &id).await? {
            all.push(AuditFile { file, title, folder, href, names_nobody });
        }
    }
    Ok(all)
}

async fn activities_of(tx: &mut Tx, drawn: Drawn) -> Result<Vec<ActivityId>, db::Error> {
    Ok(match drawn {
        Drawn::Report(id) => sign_offs::find(tx, id).await?.into_iter().map(|one| one.activity_id).collect(),
        Drawn::Plan(id, version) => activities::list(tx, id, version).await?.into_iter().map(|one| one.id).collect(),
    })
}

/// True when a file is plain text that names a member of the public: then nobody can let it out.
#[must_use]
pub fn names_somebody(file: &StoredFile, bytes: &[u8], names: &PublicNames) -> bool {
    file.content_type.starts_with("text/") && names.are_in(&String::from_utf8_lossy(bytes))
}

/// Keeps what an auditor said of a file after reading it, also after the audit is finished.
///
/// # Errors
/// `NotSo` when the file is none of the audit's, or the audit is taken back, or when the database refuses.
pub async fn say(
    app: &App,
    tx: &mut Tx,
    id: AuditId,
    file: &str,
    names_nobody: bool,
    by: AccountId,
) -> Result<(), AuditError> {
    let audit = audits::find(tx, id).await?.filter(|one| one.withdrawn_at.is_none()).ok_or(AuditError::NotSo)?;
    if !list(tx, &audit).await?.iter().any(|one| one.file.file_id == file) {
        return Err(AuditError::NotSo);
    }
    Ok(verdicts::insert_file(tx, id, file, names_nobody, by, app.clock.now()).await?)
}
