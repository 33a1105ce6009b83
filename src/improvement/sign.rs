//! Signing an activity off: a report with evidence, approved or sent back by somebody else than its author.

use super::sign_off::{Decision, PublicSummary, Report, SignOff, SignOffId};
use super::store::{activities, groups, plans, sign_offs as store};
use crate::app::App;
use crate::db::{self, Tx};
use crate::findings;
use crate::findings::finding::Text;
use crate::findings::publish::PublishError;
use crate::findings::write::WriteError;
use crate::people;
use crate::thread::id::{AccountId, ActivityId};
use crate::thread::{self, Record};
use crate::web::slug::slug_or;

/// Why a report was not taken, or not decided.
#[derive(Debug, thiserror::Error)]
pub enum SignError {
    /// No evidence is attached to the activity.
    #[error("no evidence is attached")]
    NoEvidence,
    /// A report waits or is approved.
    #[error("a report waits or is approved")]
    Waiting,
    /// The activity was stopped, or is not there.
    #[error("the activity is not under way")]
    NotUnderWay,
    /// What residents read names a member of staff.
    #[error("the summary names {0}")]
    Names(String),
    /// Nobody decides on their own report.
    #[error("somebody else must read it")]
    OwnWork,
    /// It is decided, or not there.
    #[error("it is no longer as it was")]
    NotSo,
    /// The database refused.
    #[error(transparent)]
    Internal(db::Error),
}

impl From<db::Error> for SignError {
    fn from(error: db::Error) -> Self {
        let again = ["sign_offs_activity_id_key", "sign_offs_activity_id_number_key"];
        if again.iter().any(|name| error.is_conflict(name)) {
            Self::Waiting
        } else if error.is_conflict("sign_offs_second_person") {
            Self::OwnWork
        } else {
            Self::Internal(error)
        }
    }
}

/// Sends a report for approval. At least one piece of evidence is attached to the activity before.
///
/// # Errors
/// Why it was not taken, or when the database refuses.
pub async fn send(
    app: &App,
    tx: &mut Tx,
    id: ActivityId,
    by: AccountId,
    report: &Report,
) -> Result<SignOffId, SignError> {
    let plan = activities::find(tx, id).await?.ok_or(SignError::NotUnderWay)?.plan_id;
    plans::take_turn(tx, plan).await?;
    // Read in our turn: whoever changed or stopped it before us has committed.
    let activity = activities::find(tx, id).await?.ok_or(SignError::NotUnderWay)?;
    if !activity.wording.stopped_reason.is_empty() {
        return Err(SignError::NotUnderWay);
    }
    if let Some(public) = &report.public
        && let Some(name) = named_staff(tx, public).await?
    {
        return Err(SignError::Names(name));
    }
    let version = activity.activity_version_id;
    store::insert(tx, id, version, report, by, app.clock.now()).await?.ok_or(SignError::NoEvidence)
}

/// The first member of staff whom a summary names, by the whole name: who has an account, and who is or was in a group.
async fn named_staff(tx: &mut Tx, public: &PublicSummary) -> Result<Option<String>, db::Error> {
    let PublicSummary { title, asked, said, heard_from, reason, did } = public;
    let staff = people::Names::of_staff(tx).await?.and(groups::list_names(tx).await?);
    Ok([title, asked, said, heard_from, reason, did].into_iter().find_map(|text| staff.named_in(text)))
}

/// Approves a report that somebody else wrote, which completes its activity. Where residents are to be told, they are now:
/// the author wrote the summary, and the approver is the second person who read it.
///
/// # Errors
/// `OwnWork`, `NotSo`, or when the database refuses.
pub async fn approve(app: &App, tx: &mut Tx, id: SignOffId, by: AccountId, words: &str) -> Result<(), SignError> {
    let sign_off = decide(app, tx, id, by, Decision::Approved, words).await?;
    if let Some(public) = &sign_off.report.public {
        tell(app, tx, &sign_off, public, by).await?;
    }
    Ok(())
}

/// Sends a report back to its author with the reasons.
///
/// # Errors
/// `OwnWork`, `NotSo`, or when the database refuses.
pub async fn send_back(app: &App, tx: &mut Tx, id: SignOffId, by: AccountId, reasons: &str) -> Result<(), SignError> {
    decide(app, tx, id, by, Decision::SentBack, reasons).await.map(|_| ())
}

async fn decide(
    app: &App,
    tx: &mut Tx,
    id: SignOffId,
    by: AccountId,
    decision: Decision,
    words: &str,
) -> Result<SignOff, SignError> {
    let sign_off = store::find(tx, id).await?.ok_or(SignError::NotSo)?;
    if sign_off.written_by == by {
        return Err(SignError::OwnWork);
    }
    if !store::decide(tx, id, decision, words, by, app.clock.now()).await? {
        return Err(SignError::NotSo);
    }
    Ok(sign_off)
}

async fn tell(
    app: &App,
    tx: &mut Tx,
    sign_off: &SignOff,
    public: &PublicSummary,
    by: AccountId,
) -> Result<(), SignError> {
    let activity = activities::find_version(tx, sign_off.activity_version_id).await?;
    let standard = activity.and_then(|activity| activity.wording.standard_id);
    let short: String = public.title.chars().take(40).collect();
    let text = Text {
        // Two improvements may have one title.
        slug: format!("{}-{}", slug_or(&short, "improvement"), sign_off.activity_id),
        title: public.title.clone(),
        asked: public.asked.clone(),
        said: public.said.clone(),
        heard_from: public.heard_from.clone(),
        did: public.did.clone(),
        decision: findings::finding::Decision::Accepted,
        reason: public.reason.clone(),
        decided_on: app.clock.today(),
        joined: standard.map(Record::Standard).into_iter().collect(),
    };
    let finding = findings::write::create(app, tx, sign_off.written_by, &text).await.map_err(|error| match error {
        WriteError::Internal(error) => SignError::Internal(error),
        WriteError::SlugTaken | WriteError::NotADraft => SignError::NotSo,
    })?;
    findings::publish::publish(app, tx, finding, by).await.map_err(|error| match error {
        PublishError::Internal(error) => SignError::Internal(error),
        PublishError::OwnWork => SignError::OwnWork,
        PublishError::NotSo => SignError::NotSo,
    })?;
    let activity = Record::Activity(sign_off.activity_id);
    Ok(thread::connect(tx, activity, Record::Finding(finding), app.clock.now()).await?)
}
